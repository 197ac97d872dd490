import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { afterAll } from '@jest/globals';
import { plainEnvironment } from '../support/plain-environment';
import { root } from './files';

/** Answers each question on a port, and wakes who waits for it. */
const program = `
const { port, answered } = require('node:worker_threads').workerData;
port.on('message', async ({ address, expression, values }) => {
  const evaluate = new Function('module', 'values', 'return ' + expression);
  const answer = await import(address)
    .then((module) => ({ json: JSON.stringify(evaluate(module, values)) }))
    .catch((error) => ({ problem: error.stack }));
  port.postMessage(answer);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
});`;

const { port1: port, port2: itsPort } = new MessageChannel();
const answered = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(program, {
  ...{ eval: true, env: plainEnvironment(), workerData: { port: itsPort, answered }, transferList: [itsPort] },
});
worker.unref();
afterAll(() => worker.terminate());

/** Evaluates an expression about a module of the checkout, `module`, which a test cannot load, since it is an ES module. Its value is data. */
export function askModule(file: string, expression: string, values: unknown = null): unknown {
  port.postMessage({ address: pathToFileURL(path.join(root, file)).href, expression, values });
  Atomics.wait(answered, 0, 0);
  Atomics.store(answered, 0, 0);
  const { json, problem }: { json?: string; problem?: string } = receiveMessageOnPort(port)?.message ?? {};
  if (json === undefined) throw new Error(problem ?? 'the value is not data');
  return JSON.parse(json);
}
