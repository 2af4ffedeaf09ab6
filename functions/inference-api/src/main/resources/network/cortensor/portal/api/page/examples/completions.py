import os
from openai import OpenAI

client = OpenAI(base_url="{{base}}/v1", api_key=os.environ["PORTAL_API_KEY"])

stream = client.completions.create(
    model="{{model}}",
    prompt="Once upon a time, in a lighthouse,",
    stream=True,
)
for chunk in stream:
    print(chunk.choices[0].text, end="", flush=True)
