import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import axios from 'axios';
import { ask, startScene, stopScenes } from './scene';
import { createClient } from './sdk-client';

const vault = 'https://vault.s3.amazonaws.com/';

afterEach(() => {
  jest.useRealTimers();
  stopScenes();
});

describe('R5 fake timers of jest that never advance', () => {
  it.each([
    ['modern', undefined],
    ['legacy', { legacyFakeTimers: true } as const],
  ])('%s ones do not delay a call, whether installed before the start or after it', async (_, config) => {
    for (const isFirst of [true, false]) {
      if (isFirst) jest.useFakeTimers(config);
      const scene = startScene({
        reply: () => ({ status: 200, headers: [], body: '<VersioningConfiguration/>' }),
      });
      if (!isFirst) jest.useFakeTimers(config);
      expect((await ask(vault)).status).toBe(200);
      expect((await fetch(vault)).status).toBe(200);
      expect((await axios.get(vault, { adapter: 'http', proxy: false })).status).toBe(200);
      await createClient().send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
      expect(scene.requests).toHaveLength(4);
      scene.stop();
      jest.useRealTimers();
    }
  });
});
