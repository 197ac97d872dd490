import http from 'node:http';
import { mockS3 } from '../../dist/index.js';
import { makeClient } from './client.mjs';
import { growthOf, memoryUsed, reportMegabytes } from './figures.mjs';

const RESETS = 1_000;
const EVENTS = 4;

const arn = (name) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const Events = ['s3:ObjectCreated:*'];
const notification = {
  LambdaFunctionConfigurations: ['url', 'process'].map((name, index) => ({
    LambdaFunctionArn: arn(name),
    Events,
    Filter: { Key: { FilterRules: [{ Name: 'suffix', Value: `.${index}` }] } },
  })),
};

/** Functions that never answer. */
const functions = http.createServer(() => {});
await new Promise((resolve) => functions.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${functions.address().port}/`;
const s3 = mockS3({ buckets: { vault: { notification } }, deliver: { [arn('process')]: () => new Promise(() => {}) } });
const client = makeClient();
const { url: endpoint } = await s3.listen();
const openSockets = () => new Promise((resolve) => functions.getConnections((_, count) => resolve(count)));
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function cycle() {
  const body = JSON.stringify({ url, timeout: { minutes: 15 } });
  const answer = await fetch(`${endpoint}/_mock/deliver/${encodeURIComponent(arn('url'))}`, { method: 'PUT', body });
  if (answer.status !== 204) throw new Error(await answer.text());
  for (let index = 0; index < EVENTS; index += 1) {
    await client.send('PUT', `/${index}.0`, { body: 'x' });
    await client.send('PUT', `/${index}.1`, { body: 'x' });
  }
  for (let count = 0; count < 20; count += 1) await turn();
  s3.reset();
}

for (let count = 0; count < 50; count += 1) await cycle();
const before = await memoryUsed();
const { times, most, seconds } = await growthOf(RESETS, cycle);
reportMegabytes(
  `${times} resets with ${EVENTS * 2} events of functions that hang, at most`,
  most - before,
  32,
  `${seconds.toFixed(0)} s`,
);
reportMegabytes('the same at the end', (await memoryUsed()) - before, 2);
for (let count = 0; count < 100 && (await openSockets()) > 0; count += 1)
  await new Promise((resolve) => setTimeout(resolve, 20));
const left = {
  sockets: await openSockets(),
  timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
};
console.log(`  left: ${left.sockets} sockets to the functions, ${left.timers} timers`);
if (left.sockets > 0 || left.timers > 5) process.exitCode = 1;
client.close();
const began = performance.now();
await s3.stop();
functions.closeAllConnections();
functions.close();
if (performance.now() - began > 1_000) {
  console.log('  stop() took longer than a second');
  process.exitCode = 1;
}
