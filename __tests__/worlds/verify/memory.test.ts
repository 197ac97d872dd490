import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock';
import { Pool } from 'undici';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function measureMemory(): Promise<number> {
  // An ended world is watched until the event loop is at rest.
  await pause(100);
  for (let time = 0; time < 3; time += 1) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const host = 'vault.s3.amazonaws.com';
const headers = { authorization: 'AWS AKIDEXAMPLE:c2ln' };

it('leaves no world in memory after a thousand of them, though their connections stay open in pools', async () => {
  const s3 = mockS3({ buckets: { vault: {} } });
  const agent = new https.Agent({ keepAlive: true });
  const pool = new Pool(`https://${host}`, { connections: 2 });
  const body = Buffer.alloc(100_000);
  const put = (key: string) =>
    new Promise<void>((resolve, reject) => {
      const options = { method: 'PUT', agent, headers: { ...headers, 'Content-Length': body.length } };
      const request = https.request(`https://${host}/${key}`, options, (response) => {
        response.resume().on('end', resolve);
      });
      request.on('error', reject);
      request.end(body);
    });
  const runWorlds = async (count: number) => {
    for (let number = 0; number < count; number += 1)
      await s3.fork(async (world) => {
        await put('first');
        const answer = await pool.request({ path: '/second', method: 'PUT', headers, body });
        await answer.body.text();
        expect(world.bucket('vault').keys).toEqual(['first', 'second']);
      });
  };
  // Code that V8 compiles, and what is remembered up to a bound, grow in the first thousand worlds.
  await runWorlds(1000);
  const before = await measureMemory();
  await runWorlds(1000);
  const perWorld = ((await measureMemory()) - before) / 1000;
  agent.destroy();
  await pool.close();
  await s3.stop();
  // Each world stored 200 KB.
  expect({ perWorld, isSmall: perWorld < 4_000 }).toEqual({ perWorld, isSmall: true });
});
