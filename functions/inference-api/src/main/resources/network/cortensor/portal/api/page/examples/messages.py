import os
from anthropic import Anthropic

client = Anthropic(base_url="{{base}}", api_key=os.environ["PORTAL_API_KEY"])

with client.messages.stream(
    model="{{model}}",
    max_tokens=500,
    messages=[{"role": "user", "content": "Tell me a story about a lighthouse."}],
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
