curl {{base}}/v1/messages \
  -H "x-api-key: $PORTAL_API_KEY" \
  -H "anthropic-version: 2023-06-01" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "{{model}}",
    "max_tokens": 500,
    "messages": [{"role": "user", "content": "Tell me a story about a lighthouse."}]
  }'
