import { describe, expect, it } from '@jest/globals';
import { begin, compiledCapture } from '../compiled';

const vault = 'https://vault.s3.amazonaws.com/';
const compiled = compiledCapture();

describe('R5 fake timers of the process', () => {
  it('installed later do not delay a call', async () => {
    const script = `${begin}
      const https = require('node:https');
      const timers = require('node:timers');
      start();
      globalThis.setImmediate = timers.setImmediate = () => { throw new Error('never to be called'); };
      https.get('${vault}', (response) => response.on('data', (chunk) => console.log(String(chunk))));
    `;
    expect((await compiled.run('later.cjs', script)).stdout).toBe('GET / 0\n');
  });

  it.each([
    ['as sinon leaves them', 'timers.setImmediate = Object.assign(() => undefined, { clock: {} });'],
    ['of node:test', "require('node:test').mock.timers.enable({ apis: ['setImmediate'] });"],
  ])('installed before the import are reported at the start: %s', async (_, fake) => {
    const script = `
      const timers = require('node:timers');
      ${fake}
      ${begin}
      try { start(); } catch (error) { console.log(error.name, error.code, error.message); }
    `;
    expect((await compiled.run('before.cjs', script)).stdout).toBe(
      'S3MockError FAKE_TIMERS setImmediate of node:timers was already fake when s3-versioning-mock was imported, so the mock could ' +
        'not answer any call. Import s3-versioning-mock before you install fake timers, or do not fake setImmediate. ' +
        'docs/guides/fake-timers-and-guard.md has examples.\n',
    );
  });
});

describe('fake timers that hold process.nextTick, as sinon leaves them', () => {
  const hold = `
    const jobs = [];
    const { nextTick } = process;
    const fake = (...job) => void jobs.push(job);
    process.nextTick = Object.assign(fake, { clock: {} });
    const runJobs = () => { for (const [act, ...given] of jobs.splice(0)) act(...given); };`;
  const script = (call: string, after = '') => `
    const { setTimeout: inAWhile, setInterval: each, clearInterval } = require('node:timers');
    const https = require('node:https');
    ${begin}
    let seen = 0;
    start({ onHeld: () => { seen += 1; } });
    ${hold}
    const tell = (text) => require('node:fs').writeSync(1, text + ' ' + (seen > 0) + '\\n');
    const end = (error) => { tell((error.cause ?? error).code + ': ' + (error.cause ?? error).message.split(',')[0]); process.reallyExit(0); };
    ${call}
    ${after}`;

  it.each([
    ['https', `https.get('${vault}').on('error', end);`],
    [
      'https with a kept connection',
      `https.get('${vault}', { agent: new https.Agent({ keepAlive: true }) }).on('error', end);`,
    ],
    ['fetch', `fetch('${vault}').catch(end);`],
  ])('fail a call of %s, which would have no answer', async (_, call) => {
    const { stdout } = await compiled.run('held.cjs', script(call));
    expect(stdout).toBe('FAKE_TIMERS: process.nextTick is faked true\n');
  });

  it('leave a call alone if the test runs what they hold', async () => {
    const call = `https.get('${vault}', (response) => response.on('data', (chunk) => { tell(String(chunk)); clearInterval(running); })).on('error', end);`;
    const { stdout } = await compiled.run('run.cjs', script(call, 'const running = each(runJobs, 5);'));
    expect(stdout).toBe('GET / 0 true\n');
  });
});
