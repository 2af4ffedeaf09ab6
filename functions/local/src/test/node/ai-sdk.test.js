// Vercel's AI SDK with its provider for OpenAI-compatible APIs and the default one. It lists no models.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, RetryError, generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { KEY, LIMIT, PROMPT, SLOW, TEXT, fronts, model, paused, withoutWaiting } from './portal.js';

for (const [front, base] of fronts) {
  const portal = createOpenAICompatible({ name: 'portal', baseURL: `${base}/v1`, apiKey: KEY, includeUsage: true });
  const check = (what, body) => test(`ai, ${front}: ${what}`, LIMIT, body);

  check('generates whole with usage', async () => {
    const { text, usage, finishReason } = await generateText({ model: portal('gpt-oss-20b'), system: 'Be brief.', prompt: TEXT });
    assert.equal(text, TEXT);
    assert.equal(usage.outputTokens, 11);
    assert.equal(finishReason, 'stop');
  });

  check('streams with usage', async () => {
    const result = streamText({ model: portal('qwen-3.5-9b'), prompt: TEXT });
    let text = '';
    for await (const piece of result.textStream) text += piece;
    assert.equal(text, TEXT);
    assert.equal((await result.usage).outputTokens, 10);
    assert.equal(await result.finishReason, 'stop');
  });

  for (const name of ['gpt-oss-20b', 'qwen-3.5-9b']) {
    check(`runs a loop of tools through the default provider, which speaks the Responses API, on ${name}`, async () => {
      const openai = createOpenAI({ baseURL: `${base}/v1`, apiKey: KEY });
      const asked = {
        model: openai(name),
        prompt: 'call look_up {"text":"the lighthouse"} then call look_up {"text":"the keeper"}',
        tools: {
          look_up: tool({
            inputSchema: jsonSchema({ type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }),
            execute: async ({ text }) => `${text} stands`,
          }),
        },
        stopWhen: stepCountIs(5),
      };
      const { text, steps } = await generateText(asked);
      assert.deepEqual(steps.flatMap((step) => step.toolCalls).map((call) => call.input.text), ['the lighthouse', 'the keeper']);
      assert.equal(text, 'the keeper stands');

      let said = '';
      for await (const piece of streamText(asked).textStream) said += piece;
      assert.equal(said, 'the keeper stands');

      const schema = jsonSchema({
        type: 'object',
        properties: { name: { type: 'string' }, height: { type: 'number' } },
        required: ['name', 'height'],
        additionalProperties: false,
      });
      assert.deepEqual((await generateObject({ model: openai(name), prompt: 'A place?', schema })).object, { name: 'text', height: 1 });
    });
  }

  check('leaves no slot behind when it goes away in the middle', async () => {
    const slow = await model(SLOW);
    const away = new AbortController();
    const result = streamText({ model: portal(slow.alias), prompt: TEXT, abortSignal: away.signal, onError: () => {} });
    for await (const _ of result.textStream) break;
    away.abort();

    const next = await generateText({ model: portal(slow.alias), prompt: TEXT, maxRetries: 0 });
    assert.equal(next.text, TEXT);
    assert.equal((await slow.counts()).maxInFlight, 1);
  });

  check('asks again after the time we say', async () => {
    const flaky = await model({ ...PROMPT, fault: 'error-500', faultTimes: 1 });
    const waits = await withoutWaiting(async () => {
      assert.equal((await generateText({ model: portal(flaky.alias), prompt: TEXT })).text, TEXT);
    });
    assert.deepEqual(waits, [5_000]);
  });

  check('gives up on a closed model after three times', async () => {
    const waits = await withoutWaiting(() => assert.rejects(
      generateText({ model: portal(paused), prompt: TEXT }),
      (error) => RetryError.isInstance(error) && error.lastError.statusCode === 503));
    assert.deepEqual(waits, [30_000, 30_000]);
  });

  check('raises on a stream that breaks', async () => {
    const cut = await model({ ...PROMPT, fault: 'cut' });
    const parts = [];
    for await (const part of streamText({ model: portal(cut.alias), prompt: TEXT, onError: () => {} }).fullStream) parts.push(part);
    assert.ok(parts.some((part) => part.type === 'error'));
    assert.ok(!parts.some((part) => part.type === 'finish' && part.finishReason === 'stop'));
  });

  check('raises its own errors and does not ask again', async () => {
    const waits = await withoutWaiting(async () => {
      await assert.rejects(generateText({ model: portal('gpt-9'), prompt: TEXT }),
        (error) => APICallError.isInstance(error) && error.statusCode === 404 && error.data.error.code === 'model_not_found');
      await assert.rejects(generateText({ model: portal('gpt-oss-20b'), prompt: TEXT, temperature: 3 }),
        (error) => APICallError.isInstance(error) && error.statusCode === 400 && /^temperature: /.test(error.message));
    });
    assert.deepEqual(waits, []);
  });

  check('calls a tool and goes on with its result', async () => {
    const seen = [];
    const { steps } = await generateText({
      model: portal('gpt-oss-120b'),
      prompt: 'call look_up {"text":"the lighthouse"}',
      stopWhen: stepCountIs(2),
      tools: {
        look_up: tool({
          inputSchema: jsonSchema({ type: 'object', properties: { text: { type: 'string' } } }),
          execute: async (input) => {
            seen.push(input);
            return 'it stands';
          },
        }),
      },
    });
    assert.deepEqual(seen, [{ text: 'the lighthouse' }]);
    assert.equal(steps[0].finishReason, 'tool-calls');
    assert.equal(steps.length, 2);
  });

  check('is told where tools are not served', async () => {
    const tools = { f: tool({ inputSchema: jsonSchema({ type: 'object', properties: {} }) }) };
    await assert.rejects(generateText({ model: portal('gemma-4-26b'), prompt: TEXT, tools }),
      (error) => APICallError.isInstance(error) && error.data.error.param === 'tools');
  });
}
