// One JSON line for each test that ran: its name, and what went wrong if anything did.
export default async function* lines(events) {
  for await (const { type, data } of events) {
    if ((type === 'test:pass' || type === 'test:fail') && data.nesting === 0) {
      yield JSON.stringify({ name: data.name, problem: problem(data.details.error) }) + '\n';
    }
  }
}

function problem(error) {
  if (!error) return null;
  const cause = error.cause ?? error;
  return String(cause.stack ?? cause);
}
