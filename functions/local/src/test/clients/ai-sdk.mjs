// The AI SDK's default `openai` provider, which speaks the Responses API: a tool's loop streamed and whole, and an object.
import {createOpenAI} from '@ai-sdk/openai';
import {generateObject, generateText, stepCountIs, streamText, tool} from 'ai';
import {z} from 'zod';

const openai = createOpenAI({baseURL: process.env.PORTAL_URL, apiKey: process.env.PORTAL_KEY});
const model = openai(process.env.PORTAL_MODEL ?? 'gpt-oss-20b');
const prompt = 'Please\ncall get_weather {"city": "Paris"}\ncall get_weather {"city": "Kiel"}';
const tools = {
  get_weather: tool({
    description: 'The weather in a city.',
    inputSchema: z.object({city: z.string()}),
    execute: async ({city}) => `windy in ${city}`,
  }),
};

const cases = {
  ai_sdk_tools: async () => (await generateText({model, prompt, tools, stopWhen: stepCountIs(5)})).text,
  ai_sdk_tools_streamed: async () => {
    const result = streamText({model, prompt, tools, stopWhen: stepCountIs(5)});
    let text = '';
    for await (const part of result.fullStream) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'text-delta') text += part.text;
    }
    return text;
  },
  ai_sdk_object: async () => {
    const {object} = await generateObject({model, prompt: 'A place?', schema: z.object({name: z.string(), height: z.number()})});
    return `${JSON.stringify(object)} windy in Kiel`;
  },
};

let failed = 0;
for (const [name, run] of Object.entries(cases)) {
  let said;
  try {
    said = await run();
  } catch (error) {
    said = `${error.name}: ${error.message}`;
  }
  const good = said.includes('windy in Kiel');
  failed += good ? 0 : 1;
  console.log(good ? 'PASS' : 'FAIL', name, said.replaceAll('\n', ' ').slice(0, 300));
}
process.exit(failed ? 1 : 0);
