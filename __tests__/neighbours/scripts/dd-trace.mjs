import assert from 'node:assert';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const spans = [];

// The exporter `log` writes a line of JSON for each trace.
const { write } = process.stdout;
process.stdout.write = (text, ...rest) => {
  if (!String(text).startsWith('{"traces":')) return write.call(process.stdout, text, ...rest);
  spans.push(...JSON.parse(text).traces.flat());
  return true;
};

const settings = {
  experimental: { exporter: 'log' },
  startupLogs: false,
  flushInterval: 0,
  profiling: false,
  remoteConfig: { enabled: false },
  telemetry: { enabled: false },
};

export default {
  /** It has no function that undoes its patches. */
  stays: true,
  start: () => void require(process.env.DD_TRACE ?? 'dd-trace').init(settings),
  async stop() {
    for (let turn = 0; turn < 100 && spans.length === 0; turn += 1) await new Promise(setImmediate);
    assert.deepStrictEqual([...new Set(spans.map(({ meta }) => meta['span.kind']))], ['client']);
    assert.ok(spans.some(({ name }) => name === 'http.request'));
  },
};
