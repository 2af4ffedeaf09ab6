curl {{base}}/v1/completions \
  -H "Authorization: Bearer $PORTAL_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"model": "{{model}}", "prompt": "Once upon a time, in a lighthouse,"}'
