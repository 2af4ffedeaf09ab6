// Where the local product is, and models of one session each whose router does as it is told. NodeClientsTest says all of it.
import assert from 'node:assert/strict';
import { basename } from 'node:path';

const settings = JSON.parse(process.env.PORTAL ?? '{}');

/** `[name, base URL without a path]` of each front. */
export const fronts = Object.entries(settings.fronts ?? {});

export const KEY = settings.key;
export const TEXT = 'one two three four five six seven';

/** This file's models, each for one test. */
const unused = settings.models?.[basename(process.argv[1], '.test.js')] ?? [];

/** A model of one session of capacity 1, not yet used by any other test, whose router behaves as `behaviour` says. */
export async function model(behaviour) {
  const { alias, session } = unused.shift() ?? assert.fail('no model is left: NodeClientsTest makes too few');
  await control(`/sessions/${session}`, { method: 'PUT', body: JSON.stringify(behaviour) });
  return { alias, counts: () => counts(session) };
}

/** Closed to all requests. */
export const paused = settings.paused;

async function counts(session) {
  const { sessions } = await control('', {});
  return sessions.find((each) => each.sessionId === session);
}

async function control(path, init) {
  const response = await fetch(`${settings.router}/_control${path}`, init);
  assert.equal(response.status, 200);
  return response.json();
}

/** How long `fetch` itself keeps an idle connection, which is no wait of an SDK. */
const KEEP_ALIVE = 4_000;

/**
 * Does `work` in a world where the waits of retries, which are up to 60 s, pass at once, and says how many milliseconds each would have
 * been. SDKs' own timeouts are longer and stay as they are.
 */
export async function withoutWaiting(work) {
  const setTimeout = globalThis.setTimeout;
  const waits = [];
  globalThis.setTimeout = (callback, milliseconds, ...rest) => {
    const retry = milliseconds >= 100 && milliseconds <= 60_000 && milliseconds !== KEEP_ALIVE;
    if (retry) waits.push(milliseconds);
    return setTimeout(callback, retry ? 0 : milliseconds, ...rest);
  };
  try {
    await work();
  } finally {
    globalThis.setTimeout = setTimeout;
  }
  return waits;
}

/** A faultless router, and one slow enough to go away from in the middle of an answer. */
export const PROMPT = { latencyMillis: 5, tokensPerSecond: 2_000 };
export const SLOW = { latencyMillis: 5, tokensPerSecond: 10 };

export const LIMIT = { timeout: 90_000 };
