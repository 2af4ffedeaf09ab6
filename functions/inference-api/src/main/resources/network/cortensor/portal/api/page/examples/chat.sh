curl {{base}}/v1/chat/completions \
  -H "Authorization: Bearer $PORTAL_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "{{model}}",
    "messages": [{"role": "user", "content": "Tell me a story about a lighthouse."}]
  }'
