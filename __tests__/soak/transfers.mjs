import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { mockS3 } from '../../dist/index.js';
import { beginRequest, makeClient } from './client.mjs';
import { growthOf, memoryUsed, reportMegabytes, reportNone } from './figures.mjs';
import { changesSince, processState } from './process-state.mjs';

const IN_MEMORY = 18_000;
const OVER_A_PORT = 2_000;
const MEGABYTE = 2 ** 20;
const half = Buffer.alloc(64 * 1024, 'half');

const fresh = mockS3();
await fresh.stop();
await memoryUsed();
const before = processState();
const s3 = mockS3({ buckets: { vault: { objects: { large: Buffer.alloc(MEGABYTE, 'l') } } } });
// A delayed request is applied although its client has gone, so it is kept for that long.
s3.on('HeadObject').delay({ milliseconds: 20 });
const { port } = await s3.listen();

await measure(IN_MEMORY, 'in memory', { path: '/large' });
await measure(OVER_A_PORT, 'over a port', { host: '127.0.0.1', port, path: '/vault/large' });
await checkState();
await s3.stop();
await memoryUsed();
reportNone('changes of the process', changesSince(before));

async function measure(wholeTimes, where, target) {
  const ways = [duringUpload, duringDownload, beforeReply, duringDelay];
  const { times, grown, seconds } = await growthOf(wholeTimes, async (index) => {
    await ways[index % ways.length](target);
    // The entries of those that were applied; the journal has a soak of its own.
    if (index % 100 === 0) s3.requests.clear();
  });
  reportMegabytes(`${times} aborted transfers ${where}, growth`, grown, 1, `${seconds.toFixed(0)} s`);
}

async function duringUpload({ path, ...target }) {
  const request = beginRequest('PUT', path, { ...target, headers: { 'Content-Length': 2 * half.length } });
  request.write(half);
  await turn();
  await broken(request);
}

async function duringDownload({ path, ...target }) {
  const request = beginRequest('GET', path, target);
  request.end();
  const [response] = await once(request, 'response');
  response.on('error', () => {});
  await once(response, 'data');
  await broken(request);
}

async function beforeReply({ path, ...target }) {
  const request = beginRequest('GET', path, target);
  request.end();
  await broken(request);
}

async function duringDelay({ path, ...target }) {
  const request = beginRequest('HEAD', path, target);
  request.end();
  await turn();
  await turn();
  await broken(request);
}

async function broken(request) {
  // Not `once`, which throws if the request emits an error first.
  const closed = new Promise((resolve) => request.on('close', resolve));
  request.destroy();
  await closed;
}

async function checkState() {
  const client = makeClient();
  const { status, text } = await client.send('GET', '/large');
  client.close();
  reportNone('changes of the object', status === 200 && text.length === MEGABYTE ? [] : [`${status} ${text.length}`]);
}
