import OpenAI from "openai";

const client = new OpenAI({ baseURL: "{{base}}/v1", apiKey: process.env.PORTAL_API_KEY });

const stream = await client.completions.create({
  model: "{{model}}",
  prompt: "Once upon a time, in a lighthouse,",
  stream: true,
});
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.text ?? "");
}
