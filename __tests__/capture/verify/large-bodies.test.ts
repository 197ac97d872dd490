import { describe, expect, it } from '@jest/globals';
import { ask, closedNetwork, startScene } from '../scene';

closedNetwork();

const vault = 'https://vault.s3.eu-west-1.amazonaws.com';

describe('bodies of 64 MB', () => {
  const size = 64 * 1024 * 1024;

  it('go up', async () => {
    const scene = startScene();
    const body = Buffer.alloc(size, 'upload');
    expect((await ask(vault, { method: 'PUT', body })).text).toBe(`PUT / ${size}`);
    expect(Buffer.compare(scene.requests[0]?.body ?? Buffer.alloc(0), body)).toBe(0);
  });

  it('come down', async () => {
    const body = Buffer.alloc(size, 'download');
    startScene({ reply: () => ({ status: 200, headers: [], body }) });
    const answer = await ask(vault);
    expect(answer.headers['content-length']).toBe(String(size));
    expect(Buffer.compare(answer.body, body)).toBe(0);
  });
});
