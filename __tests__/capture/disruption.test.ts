import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { WireReply } from '../../src/wire';
import { begin, type Compiled, compileCapture } from './compiled';
import { ask, startScene, stopScenes } from './scene';

const vault = 'https://vault.s3.amazonaws.com/';
const ok: WireReply = { status: 200, headers: [], body: 'x'.repeat(1000) };

let compiled: Compiled;
beforeAll(() => {
  compiled = compileCapture();
});
afterAll(() => compiled.remove());
afterEach(stopScenes);

/** Returns the error of a call whose answer is not complete. */
const lost = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    ({ code }: NodeJS.ErrnoException) => code,
  );

describe('a reply whose connection breaks (R8)', () => {
  it.each([['before'], ['during']] as const)(
    '%s: https and fetch fail, and the next call passes',
    async (disconnect) => {
      let reply: WireReply = { ...ok, disconnect };
      startScene({ reply: () => reply });
      expect(await lost(ask(vault))).toBe('ECONNRESET');
      await expect(fetch(vault).then((answer) => answer.text())).rejects.toThrow(/fetch failed|terminated/);
      reply = ok;
      expect((await ask(vault)).status).toBe(200);
    },
  );

  it('during: sends half of a large body, even to a slow reader', async () => {
    startScene({ reply: () => ({ ...ok, body: Buffer.alloc(4 << 20), disconnect: 'during' }) });
    const { body } = await fetch(vault);
    let size = 0;
    await expect(
      (async () => {
        for await (const chunk of body ?? []) size += chunk.length;
      })(),
    ).rejects.toThrow('terminated');
    expect(size).toBe(2 << 20);
  });
});

describe('a delay', () => {
  const script = (milliseconds: number, then: string) => `${begin}
    const capture = start({
      accept: () => () => ({ milliseconds: ${milliseconds}, onOvertaken() {}, reply: () => ({ status: 200, headers: [], body: '' }) }),
    });
    const call = require('node:https').get('${vault}', { agent: false }, ({ statusCode }) => console.log(statusCode));
    call.on('error', () => console.log('gone'));
    ${then}`;

  it('keeps the process alive while a client waits, as a connection to the service does', async () => {
    expect((await compiled.run('waits.cjs', script(50, ''))).stdout).toBe('200\n');
  });

  it('lets the process end once the client has gone', async () => {
    const then = `setTimeout(() => call.destroy(), 20);
    const began = Date.now();
    process.on('exit', () => console.log(Date.now() - began < 5000));`;
    expect((await compiled.run('gone.cjs', script(10_000, then))).stdout).toBe('gone\ntrue\n');
  });
});
