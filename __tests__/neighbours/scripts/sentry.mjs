import assert from 'node:assert';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const name = process.env.SENTRY ?? '@sentry/node';
const operations = [];

export default {
  /** It has no function that undoes its patches. */
  stays: true,
  start() {
    const Sentry = require(name);
    const transport = () => ({ send: async () => ({}), flush: async () => true });
    const client = Sentry.init({ dsn: 'https://key@sentry.invalid/1', tracesSampleRate: 1, transport });
    client.on('spanEnd', (span) => operations.push(Sentry.spanToJSON(span).attributes['sentry.op']));
  },
  within: (run) => require(name).startSpan({ name: 'test', op: 'test' }, run),
  stop() {
    assert.ok(operations.includes('http.client'));
    assert.ok(!operations.includes('http.server'));
  },
};
