import OpenAI from "openai";

const client = new OpenAI({ baseURL: "{{base}}/v1", apiKey: process.env.PORTAL_API_KEY });

const stream = await client.chat.completions.create({
  model: "{{model}}",
  messages: [{ role: "user", content: "Tell me a story about a lighthouse." }],
  stream: true,
});
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
}
