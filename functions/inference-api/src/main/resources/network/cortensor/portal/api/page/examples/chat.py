import os
from openai import OpenAI

client = OpenAI(base_url="{{base}}/v1", api_key=os.environ["PORTAL_API_KEY"])

stream = client.chat.completions.create(
    model="{{model}}",
    messages=[{"role": "user", "content": "Tell me a story about a lighthouse."}],
    stream=True,
)
for chunk in stream:
    print(chunk.choices[0].delta.content or "", end="", flush=True)
