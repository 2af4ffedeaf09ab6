// The official OpenAI client.
import assert from 'node:assert/strict';
import test from 'node:test';
import OpenAI from 'openai';
import { KEY, LIMIT, PROMPT, SLOW, TEXT, fronts, model, paused, withoutWaiting } from './portal.js';

const messages = [{ role: 'user', content: TEXT }];

for (const [front, base] of fronts) {
  const client = new OpenAI({ baseURL: `${base}/v1`, apiKey: KEY });
  const check = (what, body) => test(`openai, ${front}: ${what}`, LIMIT, body);

  check('lists and retrieves models', async () => {
    const ids = [];
    for await (const each of client.models.list()) ids.push(each.id);
    assert.ok(ids.includes('gpt-oss-20b') && ids.includes('gemma-4-26b'), ids.join());
    const one = await client.models.retrieve('gemma-4-26b');
    assert.equal(one.owned_by, 'cortensor');
    assert.equal(one.context_length, 262_144);
  });

  check('chats whole with usage', async () => {
    const { data, response } = await client.chat.completions.create({ model: 'gpt-oss-20b', messages }).withResponse();
    assert.equal(data.choices[0].message.content, TEXT);
    assert.equal(data.choices[0].finish_reason, 'stop');
    assert.equal(data.usage.completion_tokens, 11);
    assert.match(data._request_id, /^req_/);
    assert.equal(response.headers.get('x-request-id'), data._request_id);
  });

  check('is told the maximum context length', async () => {
    const long = [{ role: 'user', content: 'word '.repeat(140_000) }];
    await assert.rejects(client.chat.completions.create({ model: 'gpt-oss-20b', messages: long }),
      (error) => error instanceof OpenAI.BadRequestError && error.code === 'context_length_exceeded'
        && error.message.includes('maximum context length'));
  });

  check('streams with usage in the last chunk', async () => {
    const stream = await client.chat.completions.create({
      model: 'qwen-3.5-9b', messages, stream: true, stream_options: { include_usage: true },
    });
    let text = '';
    let last;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? '';
      last = chunk;
    }
    assert.equal(text, TEXT);
    assert.equal(last.usage.completion_tokens, 10);
    assert.deepEqual(last.choices, []);
  });

  check('gets a response, whole and streamed', async () => {
    const whole = await client.responses.create({ model: 'gpt-oss-20b', instructions: 'Be brief.', input: TEXT });
    assert.equal(whole.output_text, TEXT);
    assert.equal(whole.status, 'completed');
    assert.equal(whole.usage.output_tokens, 11);

    const stream = client.responses.stream({ model: 'qwen-3.5-9b', input: [{ role: 'user', content: TEXT }] });
    const kinds = [];
    for await (const event of stream) kinds.push(event.type);
    assert.equal((await stream.finalResponse()).output_text, TEXT);
    assert.equal(kinds[0], 'response.created');
    assert.equal(kinds.at(-1), 'response.completed');
  });

  for (const name of ['gpt-oss-20b', 'qwen-3.5-9b', 'gpt-oss-120b']) {
    check(`calls a function through responses on ${name}, and goes on with its result`, async () => {
      const tools = [{ type: 'function', name: 'look_up', strict: false, parameters: { type: 'object' } }, { type: 'web_search' }];
      const input = [{ role: 'user', content: 'call look_up {"text":"the lighthouse"}' }];
      const first = await client.responses.create({ model: name, tools, input, store: false });
      const call = first.output.find((item) => item.type === 'function_call');
      assert.equal(call.name, 'look_up');
      assert.deepEqual(JSON.parse(call.arguments), { text: 'the lighthouse' });

      input.push(...first.output, { type: 'function_call_output', call_id: call.call_id, output: 'it stands' });
      input.push({ role: 'user', content: 'thank you' });
      const second = await client.responses.create({ model: name, tools, input, store: false });
      assert.match(second.output_text, /thank you/);
    });
  }

  check('is told that no response is kept', async () => {
    await assert.rejects(
      client.responses.create({ model: 'gpt-oss-20b', previous_response_id: 'resp_1', input: TEXT }),
      { status: 400, code: 'previous_response_not_found', param: 'previous_response_id' },
    );
  });

  check('asks models in turn', async () => {
    const answer = await client.chat.completions.create({ model: paused, models: ['gpt-oss-20b'], messages });
    assert.equal(answer.model, 'gpt-oss-20b');
    assert.equal(answer.choices[0].message.content, TEXT);
  });

  check('continues a bare prompt', async () => {
    const answer = await client.completions.create({ model: 'gpt-oss-20b', prompt: TEXT });
    assert.equal(answer.choices[0].text.trim(), TEXT);
  });

  check('leaves no slot behind when it goes away in the middle', async () => {
    const slow = await model(SLOW);
    const stream = await client.chat.completions.create({ model: slow.alias, messages, stream: true });
    for await (const _ of stream) break;
    stream.controller.abort();

    const next = await client.chat.completions.create({ model: slow.alias, messages }, { maxRetries: 0 });
    assert.equal(next.choices[0].message.content, TEXT);
    assert.equal((await slow.counts()).maxInFlight, 1);
  });

  check('asks again after the time we say', async () => {
    const flaky = await model({ ...PROMPT, fault: 'error-500', faultTimes: 1 });
    const waits = await withoutWaiting(async () => {
      const answer = await client.chat.completions.create({ model: flaky.alias, messages });
      assert.equal(answer.choices[0].message.content, TEXT);
    });
    assert.deepEqual(waits, [5_000]);
    assert.equal((await flaky.counts()).served, 2);
  });

  check('gives up on a closed model after three times', async () => {
    const waits = await withoutWaiting(() => assert.rejects(
      client.chat.completions.create({ model: paused, messages }),
      (error) => error instanceof OpenAI.InternalServerError && error.code === 'model_unavailable'));
    assert.deepEqual(waits, [30_000, 30_000]);
  });

  check('raises on a stream that breaks', async () => {
    const cut = await model({ ...PROMPT, fault: 'cut' });
    const stream = await client.chat.completions.create({ model: cut.alias, messages, stream: true });
    await assert.rejects(async () => {
      for await (const _ of stream);
    }, (error) => error instanceof OpenAI.APIError && error.code === 'upstream_error');
  });

  check('raises its own errors and does not ask again', async () => {
    const waits = await withoutWaiting(async () => {
      await assert.rejects(client.chat.completions.create({ model: 'gpt-9', messages }),
        (error) => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found' && error.param === 'model');
      await assert.rejects(client.models.retrieve('gpt-9'), OpenAI.NotFoundError);
      await assert.rejects(
        new OpenAI({ baseURL: `${base}/v1`, apiKey: 'x'.repeat(300) }).chat.completions.create({ model: 'gpt-oss-20b', messages }),
        (error) => error instanceof OpenAI.AuthenticationError && error.code === 'invalid_api_key');
    });
    assert.deepEqual(waits, []);
  });

  check('is told which field is not served', async () => {
    const refused = {
      n: 2,
      logprobs: true,
      logit_bias: { 50256: -100 },
      previous_response_id: 'resp_1',
      conversation: 'conv_1',
      modalities: ['audio'],
      temperature: 3,
    };
    for (const [param, value] of Object.entries(refused)) {
      await assert.rejects(client.chat.completions.create({ model: 'gpt-oss-20b', messages, [param]: value }),
        (error) => error instanceof OpenAI.BadRequestError && error.param === param, param);
    }
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
    await assert.rejects(
      client.chat.completions.create({ model: 'gpt-oss-20b', messages: [{ role: 'user', content: [image] }] }),
      (error) => error instanceof OpenAI.BadRequestError && error.param.startsWith('messages[0].content[0]'));
    await assert.rejects(client.embeddings.create({ model: 'gpt-oss-20b', input: TEXT }), OpenAI.NotFoundError);
    await assert.rejects(client.responses.retrieve('resp_1'), OpenAI.NotFoundError);
  });

  check('calls a tool and gives its result back', async () => {
    const tools = [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: {} } } }];
    const asked = [{ role: 'user', content: 'call look_up {"text":"the lighthouse"}' }];
    const runner = client.chat.completions.stream({ model: 'gpt-oss-120b', messages: asked, tools });
    const called = (await runner.finalChatCompletion()).choices[0];
    assert.equal(called.finish_reason, 'tool_calls');
    const [call] = called.message.tool_calls;
    assert.deepEqual(JSON.parse(call.function.arguments), { text: 'the lighthouse' });

    const answered = await client.chat.completions.create({
      model: 'gpt-oss-120b',
      tools,
      messages: [
        ...asked,
        called.message,
        { role: 'tool', tool_call_id: call.id, content: 'it stands' },
        { role: 'user', content: 'thank you' },
      ],
    });
    assert.equal(answered.choices[0].message.content, 'thank you');
  });
}
