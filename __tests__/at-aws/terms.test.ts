import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { facts } from '../../src/cli/facts';
import { writeRequest } from '../../src/facts/wire-form';
import { cases } from '../facts/cases';
import { DollarBudget } from './dollar-budget';
import { makeAtAws, takeDollars } from './terms';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

let folder: string;
let s3: MockS3;
const before = { ...process.env };
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 's3-versioning-mock-at-aws-'));
  s3 = mockS3();
  const { accessKeyId, secretAccessKey } = s3.account.credentials;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
});
afterEach(async () => {
  await s3.stop();
  process.env = { ...before };
  rmSync(folder, { recursive: true, force: true });
});

/** The host of AWS is answered by the mock. */
async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly printed: string }> {
  const printed: string[] = [];
  const { dollars, others } = takeDollars(args);
  const given = ['--endpoint', 'https://s3.us-east-1.amazonaws.com', ...others];
  const print = (text: string) => printed.push(text);
  const code = await facts(given, { version: '1.2.3', print, cases, atAws: makeAtAws(dollars) });
  return { code, printed: printed.join('\n') };
}

describe('a run at AWS', () => {
  it('says what it would cost, and sends nothing', async () => {
    const { code, printed } = await run('--only', 'versioning');
    expect({ code, sent: s3.requests.length }).toEqual({ code: 0, sent: 0 });
    expect(printed).toMatch(
      /about \d+ requests and 0\.000\d dollars at the prices of us-east-1, and those that remove/,
    );
  });

  it('says what it has cost', async () => {
    const { code, printed } = await run('--only', 'versioning', '--run');
    expect({ code, buckets: s3.buckets.length }).toEqual({ code: 0, buckets: 0 });
    expect(printed).toMatch(/^Sent \d+ requests and 0\.000\d dollars at the prices of us-east-1\. All of its buckets/m);
  });

  it('ends with its dollars, and still removes its buckets', async () => {
    const { code, printed } = await run('--only', 'versioning', '--run', '--max-dollars', '0.00001');
    expect({ code, buckets: s3.buckets.length }).toEqual({ code: 1, buckets: 0 });
    expect(printed).toContain(
      'the run may cost 0.00001 dollars: raise it with --max-dollars, or choose cases with --only',
    );
  });

  it('removes its buckets for more than its dollars, which does not end it', () => {
    const budget = new DollarBudget(1, 0);
    budget.beginCase()(writeRequest('ListObjectVersions', { Bucket: 'vault' }), true);
    expect({ isStopped: budget.isStopped, sent: budget.sent, hasCost: budget.dollars > 0 }).toEqual({
      isStopped: false,
      sent: 1,
      hasCost: true,
    });
  });

  it('refuses an address that names a bucket', async () => {
    await expect(run('--endpoint', 'https://production.s3.amazonaws.com')).rejects.toThrow(
      '--endpoint https://production.s3.amazonaws.com names a bucket: give the address of the service, without it',
    );
  });

  it.each([
    ['credentials', 'AWS_SHARED_CREDENTIALS_FILE', '[other]\naws_access_key_id = A\n[emulator]\n'],
    ['config', 'AWS_CONFIG_FILE', '[default]\nregion = us-east-1\n\n[profile emulator]\nregion=us-east-1\n'],
  ])('uses the keys of a profile in the file of %s', async (name, variable, before) => {
    for (const one of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[one];
    const file = path.join(folder, name);
    writeFileSync(file, `${before}aws_access_key_id = AKIAOFTHEPROFILE\naws_secret_access_key=se/cret\n`);
    for (const one of ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE']) process.env[one] = path.join(folder, 'none');
    Object.assign(process.env, { [variable]: file, AWS_PROFILE: 'emulator' });
    expect((await run('--only', 'F53', '--run')).code).toBe(0);
    expect(s3.requests.last()?.headers['authorization']).toContain('Credential=AKIAOFTHEPROFILE/');
    process.env['AWS_PROFILE'] = 'another';
    await expect(run()).rejects.toThrow('--endpoint needs keys');
  });

  it.each([
    [['--max-dollars', '0'], '--max-dollars 0: expected a number above 0'],
    [['--max-dollars=much'], '--max-dollars much: expected a number above 0'],
    [['--max-dollars'], '--max-dollars : expected a number above 0'],
  ])('refuses %p', (args, message) => {
    expect(() => takeDollars(args)).toThrow(new Error(message));
  });

  it('takes its own option alone', () => {
    expect(takeDollars(['--run', '--max-dollars=2', '--list'])).toEqual({ dollars: 2, others: ['--run', '--list'] });
  });
});
