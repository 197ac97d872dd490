import assert from 'node:assert';
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = load('@opentelemetry/sdk-trace-node');
const { registerInstrumentations } = load('@opentelemetry/instrumentation');

const exporter = new InMemorySpanExporter();
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
tracerProvider.register();
const instrumentations = [new (load('@opentelemetry/instrumentation-http').HttpInstrumentation)({ enabled: false })];
// Of fetch and undici, in a row of its own.
const { MORE_INSTRUMENTATION } = process.env;
if (MORE_INSTRUMENTATION)
  instrumentations.push(new (load(MORE_INSTRUMENTATION).UndiciInstrumentation)({ enabled: false }));
registerInstrumentations({ tracerProvider, instrumentations });

export default {
  start() {
    for (const instrumentation of instrumentations) instrumentation.enable();
    load('node:http');
    load('node:https');
  },
  stop() {
    for (const instrumentation of instrumentations) instrumentation.disable();
    const spans = exporter.getFinishedSpans();
    exporter.reset();
    // 2 is CLIENT. The mock's own server has no spans.
    assert.ok(spans.length > 0);
    assert.deepStrictEqual([...new Set(spans.map(({ kind }) => kind))], [2]);
  },
};
