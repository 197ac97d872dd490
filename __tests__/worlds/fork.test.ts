import { describe, expect, it } from '@jest/globals';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();

const put = (key: string, body = 'data') =>
  send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: `/${key}`, body });

describe('s3.fork', () => {
  it('answers what its function calls from a copy of the state, and changes the copy alone', async () => {
    const s3 = start({ buckets: { vault: { objects: { before: 'data' } } } });
    const keys = await s3.fork(async (world) => {
      await put('inside');
      return world.bucket('vault').keys;
    });
    await put('outside');
    expect({ world: keys, mock: s3.bucket('vault').keys }).toEqual({
      world: ['before', 'inside'],
      mock: ['before', 'outside'],
    });
  });

  it('begins with an empty journal, and leaves no request in the journal of the mock', async () => {
    const s3 = start({ buckets: { vault: {} } });
    await put('before');
    const inWorld = await s3.fork(async (world) => {
      await put('inside');
      return world.requests.map(({ key }) => key);
    });
    expect({ inWorld, outside: s3.requests.map(({ key }) => key) }).toEqual({
      inWorld: ['inside'],
      outside: ['before'],
    });
  });

  it('keeps worlds apart that run at the same time, with the same bucket', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const run = (name: string) =>
      s3.fork(async (world) => {
        for (let number = 0; number < 5; number += 1) await put(`${name}-${number}`);
        return world.bucket('vault').keys.join();
      });
    expect(await Promise.all([run('a'), run('b'), run('c')])).toEqual([
      'a-0,a-1,a-2,a-3,a-4',
      'b-0,b-1,b-2,b-3,b-4',
      'c-0,c-1,c-2,c-3,c-4',
    ]);
    expect(s3.bucket('vault').keys).toEqual([]);
  });
});
