import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ baseURL: "{{base}}", apiKey: process.env.PORTAL_API_KEY });

const stream = client.messages.stream({
  model: "{{model}}",
  max_tokens: 500,
  messages: [{ role: "user", content: "Tell me a story about a lighthouse." }],
});
stream.on("text", (text) => process.stdout.write(text));
await stream.finalMessage();
