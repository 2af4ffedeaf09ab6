// The official Anthropic client.
import assert from 'node:assert/strict';
import test from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { KEY, LIMIT, PROMPT, SLOW, TEXT, fronts, model, paused, withoutWaiting } from './portal.js';

const messages = [{ role: 'user', content: TEXT }];
const max_tokens = 100;

for (const [front, base] of fronts) {
  const client = new Anthropic({ baseURL: base, apiKey: KEY });
  const check = (what, body) => test(`anthropic, ${front}: ${what}`, LIMIT, body);

  check('lists and retrieves models', async () => {
    const ids = [];
    for await (const each of client.models.list()) ids.push(each.id);
    assert.ok(ids.includes('gpt-oss-20b') && ids.includes('gemma-4-26b'), ids.join());
    const one = await client.models.retrieve('gemma-4-26b');
    assert.equal(one.display_name, 'Gemma 4 26B');
    assert.equal(one.type, 'model');
    assert.match(one.created_at, /^\d{4}-\d\d-\d\dT00:00:00Z$/);
  });

  check('is answered whole with usage', async () => {
    const answer = await client.messages.create({ model: 'gemma-4-26b', max_tokens, messages, system: 'Be brief.' });
    assert.equal(answer.content[0].text, TEXT);
    assert.equal(answer.stop_reason, 'end_turn');
    assert.equal(answer.usage.output_tokens, 9);
    assert.match(answer._request_id, /^req_/);
  });

  check('counts the tokens that a message then begins with', async () => {
    const counted = await client.messages.countTokens({ model: 'gpt-oss-20b', messages, system: 'Be brief.' });
    const answer = await client.messages.create({ model: 'gpt-oss-20b', max_tokens, messages, system: 'Be brief.' });
    assert.equal(counted.input_tokens, answer.usage.input_tokens);
  });

  check('runs tools with the whole conversation, since there are no threads', async () => {
    const runner = client.beta.messages.toolRunner({
      model: 'gpt-oss-120b',
      max_tokens: 1000,
      max_iterations: 2,
      tools: [{ type: 'custom', name: 'look_up', input_schema: { type: 'object' }, run: async () => 'it stands', parse: (input) => input }],
      messages: [{ role: 'user', content: 'call look_up {"text":"the lighthouse"}' }],
    });
    const answers = [];
    for await (const answer of runner) answers.push(answer);
    assert.equal(answers.length, 2);
    assert.equal(answers[0].stop_reason, 'tool_use');
  });

  check('is heard as agents speak', async () => {
    const answer = await client.messages.create({
      model: 'gpt-oss-20b',
      max_tokens: 20_000,
      output_config: { effort: 'high' },
      thinking: { type: 'disabled' },
      messages: [{ role: 'user', content: 'hi' }, { role: 'system', content: 'It rains.' }, ...messages],
    });
    assert.equal(answer.content[0].text, TEXT);
  });

  check('is told how long a prompt may be, in the words by which agents shorten theirs', async () => {
    const long = [{ role: 'user', content: 'word '.repeat(140_000) }];
    await assert.rejects(client.messages.create({ model: 'gpt-oss-20b', max_tokens, messages: long }),
      (error) => error instanceof Anthropic.BadRequestError && error.error.error.type === 'invalid_request_error'
        && /prompt is too long: \d+ tokens > \d+ maximum/.test(error.error.error.message));
  });

  check('may ask for longer answers than the model gives', async () => {
    const answer = await client.messages.create({ model: 'gpt-oss-20b', max_tokens: 128_000, messages }, { timeout: 80_000 });
    assert.equal(answer.content[0].text, TEXT);
    assert.equal(answer.stop_reason, 'end_turn');
  });

  for (const [kind, block] of Object.entries({
    image: { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
    'image by URL': { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
    document: { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a page' } },
    'tool reference': { type: 'tool_reference', tool_name: 'look_up' },
    'search result': { type: 'search_result', source: 'https://example.com', title: 'A page', content: [{ type: 'text', text: 'a page' }] },
  })) {
    check(`goes on after a tool returned: ${kind}`, async () => {
      const answer = await client.messages.create({
        model: 'gpt-oss-20b',
        max_tokens,
        tools: [{ name: 'look_up', input_schema: { type: 'object' } }],
        messages: [
          { role: 'user', content: 'look' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look_up', input: {} }] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: [block, { type: 'text', text: 'seen' }] }, { type: 'text', text: 'thank you' }] },
        ],
      });
      assert.match(answer.content[0].text, /thank you/);
    });
  }

  check('streams with usage', async () => {
    const stream = client.messages.stream({ model: 'gpt-oss-20b', max_tokens, messages });
    let text = '';
    stream.on('text', (piece) => { text += piece; });
    const answer = await stream.finalMessage();
    assert.equal(text, TEXT);
    assert.equal(answer.content[0].text, TEXT);
    assert.equal(answer.usage.output_tokens, 11);
  });

  check('leaves no slot behind when it goes away in the middle', async () => {
    const slow = await model(SLOW);
    const stream = await client.messages.create({ model: slow.alias, max_tokens, messages, stream: true });
    for await (const event of stream) {
      if (event.type === 'content_block_delta') break;
    }
    stream.controller.abort();

    const next = await client.messages.create({ model: slow.alias, max_tokens, messages }, { maxRetries: 0 });
    assert.equal(next.content[0].text, TEXT);
    assert.equal((await slow.counts()).maxInFlight, 1);
  });

  check('asks again after the time we say', async () => {
    const flaky = await model({ ...PROMPT, fault: 'error-500', faultTimes: 1 });
    const waits = await withoutWaiting(async () => {
      const answer = await client.messages.create({ model: flaky.alias, max_tokens, messages });
      assert.equal(answer.content[0].text, TEXT);
    });
    assert.deepEqual(waits, [5_000]);
  });

  check('gives up on a closed model after three times', async () => {
    const waits = await withoutWaiting(() => assert.rejects(
      client.messages.create({ model: paused, max_tokens, messages }),
      (error) => error instanceof Anthropic.InternalServerError && error.error.error.type === 'overloaded_error'));
    assert.deepEqual(waits, [30_000, 30_000]);
  });

  check('raises on a stream that breaks', async () => {
    const cut = await model({ ...PROMPT, fault: 'cut' });
    await assert.rejects(client.messages.stream({ model: cut.alias, max_tokens, messages }).finalMessage(), Anthropic.APIError);
  });

  check('raises its own errors and does not ask again', async () => {
    const waits = await withoutWaiting(async () => {
      await assert.rejects(client.messages.create({ model: 'claude-9', max_tokens, messages }),
        (error) => error instanceof Anthropic.NotFoundError && error.error.error.type === 'not_found_error'
          && error.requestID.startsWith('req_'));
      await assert.rejects(
        new Anthropic({ baseURL: base, apiKey: 'x'.repeat(300) }).messages.create({ model: 'gemma-4-26b', max_tokens, messages }),
        Anthropic.AuthenticationError);
    });
    assert.deepEqual(waits, []);
  });

  check('is told which field is not served', async () => {
    const refused = {
      previous_response_id: 'resp_1',
      mcp_servers: [{ type: 'url' }],
      temperature: 2,
      stop_sequences: 'x',
    };
    for (const [field, value] of Object.entries(refused)) {
      await assert.rejects(client.messages.create({ model: 'gpt-oss-20b', max_tokens, messages, [field]: value }),
        (error) => error instanceof Anthropic.BadRequestError && error.error.error.message.startsWith(`${field}: `), field);
    }
    await assert.rejects(client.messages.batches.list(),
      (error) => error instanceof Anthropic.NotFoundError && error.error.error.type === 'not_found_error');
  });

  check('uses a tool and gives its result back', async () => {
    const tools = [{ name: 'look_up', input_schema: { type: 'object', properties: {} } }];
    const asked = [{ role: 'user', content: 'call look_up {"text":"the lighthouse"}' }];
    const called = await client.messages.stream({ model: 'gpt-oss-120b', max_tokens, messages: asked, tools }).finalMessage();
    assert.equal(called.stop_reason, 'tool_use');
    const use = called.content.find((block) => block.type === 'tool_use');
    assert.deepEqual(use.input, { text: 'the lighthouse' });

    const answered = await client.messages.create({
      model: 'gpt-oss-120b',
      max_tokens,
      tools,
      messages: [
        ...asked,
        { role: 'assistant', content: called.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'it stands' }, { type: 'text', text: 'thank you' }] },
      ],
    });
    assert.equal(answered.content[0].text, 'thank you');
  });
}
