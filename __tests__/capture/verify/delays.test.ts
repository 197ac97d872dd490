import { describe, expect, it } from '@jest/globals';
import { begin, compiledCapture } from '../compiled';

const vault = 'https://vault.s3.amazonaws.com/';

const compiled = compiledCapture();

describe('a delay', () => {
  const script = (milliseconds: number, then: string) => `${begin}
    const capture = start({
      accept: () => () => ({ until: ${milliseconds}, onOvertaken() {}, reply: () => ({ status: 200, headers: [], body: '' }) }),
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
    process.on('exit', () => console.log(Date.now() - began < 50_000));`;
    expect((await compiled.run('gone.cjs', script(60_000, then))).stdout).toBe('gone\ntrue\n');
  });
});
