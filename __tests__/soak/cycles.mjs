import { mockS3 } from '../../dist/index.js';
import { makeClient } from './client.mjs';
import { growthOf, memoryUsed, reportMegabytes, reportNone } from './figures.mjs';
import { changesSince, processState } from './process-state.mjs';

const CYCLES = 2_000;
const buckets = { vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', 'second'] } } };

await cycle(0); // loads what Node loads when it is first used
await cycle(1);
await memoryUsed();
const before = processState();
const { times, grown, seconds } = await growthOf(CYCLES, cycle);
reportMegabytes(`${times} starts and stops, growth`, grown, 1, `${seconds.toFixed(0)} s`);
reportNone('changes of the process', changesSince(before));

async function cycle(index) {
  const s3 = mockS3({
    buckets,
    ...(index % 3 === 0 && { guard: true }),
    ...(index % 2 === 0 && { hosts: ['minio.test'] }),
  });
  const client = makeClient();
  await client.send('GET', '/report.pdf');
  if (index % 10 === 0) {
    const { port } = await s3.listen();
    await client.send('GET', '/vault/report.pdf', { host: '127.0.0.1', port });
  }
  // Some clients close their connections before the stop, and some leave that to it.
  if (index % 2 === 0) client.close();
  await s3.stop();
  client.close();
}
