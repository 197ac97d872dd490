import https from 'node:https';
import { describe, expect, it } from '@jest/globals';
import type { MockS3, MockS3Options } from '../../src/index';
import { writeGiven } from '../../src/text/values';
import { startedMocks } from '../support/started-mocks';
import { thrownBy } from '../support/thrown';
import { send } from '../support/wire-client';

const at = '2026-01-31T10:00:00Z';
const enable = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';

const start = startedMocks();

const putVersioning = (host = 'vault.s3.amazonaws.com', path = '/?versioning') =>
  send({ method: 'PUT', host, path, body: enable });

/** `finish` sends the other half of the body, and returns the answer. */
async function begin(host: string): Promise<{
  readonly answer: Promise<{ status: number | undefined; body: string }>;
  readonly finish: () => Promise<{ status: number | undefined; body: string }>;
}> {
  const headers = { 'Content-Length': enable.length, Authorization: 'AWS AKIAIOSFODNN7EXAMPLE:c2ln' };
  const request = https.request({ method: 'PUT', host, path: '/?versioning', agent: false, headers });
  const answer = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
  });
  await new Promise<void>((resolve) => request.write(enable.slice(0, 20), () => resolve()));
  // The head is read in a later turn of the event loop; a whole exchange on another connection takes more turns.
  await send({ path: '/' });
  return {
    answer,
    finish: () => {
      request.end(enable.slice(20));
      return answer;
    },
  };
}

describe('reset', () => {
  it('restores the fixtures: buckets, accounts, clock, ids, codes; and clears the journal', async () => {
    const s3 = start({ buckets: { vault: { versioning: 'Suspended' } }, now: at });
    const ids = async () => (await send({ path: '/' })).header('x-amz-request-id');
    const header = s3.mfa.header();
    const firstId = await ids();
    await putVersioning();
    s3.createBucket('scratch');
    s3.createAccount('partner');
    s3.clock.advance({ days: 1 });

    s3.reset();

    expect(s3.buckets.map(({ name, versioning }) => [name, versioning])).toEqual([['vault', 'Suspended']]);
    expect(s3.clock.now()).toEqual(new Date(at));
    expect(s3.requests.length).toBe(0);
    expect(s3.mfa.header()).toBe(header);
    expect(await ids()).toBe(firstId);
    expect(() => s3.createAccount('partner')).not.toThrow();
  });

  it('keeps the MFA device that a test holds', async () => {
    const s3 = start({ buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Enabled' } } });
    const { mfa } = s3;
    s3.reset();
    mfa.deactivate();
    const body = enable.replace('</Status>', '</Status><MfaDelete>Enabled</MfaDelete>');
    const put = () =>
      send({
        method: 'PUT',
        host: 'vault.s3.amazonaws.com',
        path: '/?versioning',
        body,
        headers: { 'x-amz-mfa': mfa.header() },
      });
    expect({ serial: s3.mfa.serial, body: (await put()).body }).toEqual({
      serial: mfa.serial,
      body: expect.stringContaining('<Code>DeviceNotActiveError</Code>'),
    });
    mfa.activate();
    expect({ status: (await put()).status, statusOfNext: (await put()).status }).toEqual({
      status: 200,
      statusOfNext: 200,
    });
  });

  it('invalidates the keys of accounts that it removes', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const { accessKeyId } = s3.createAccount('partner').credentials;
    s3.reset();
    const answer = await send({ path: '/', headers: { Authorization: `AWS ${accessKeyId}:c2ln` } });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('<Code>InvalidAccessKeyId</Code>');
    expect(s3.requests.last()?.why).toBe(
      `the account, the user or the session of ${accessKeyId} was removed when the mock was reset`,
    );
  });

  it('answers requests that began before it from the state before it: not applied, counted, not recorded', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const early = await begin('vault.s3.amazonaws.com');
    s3.reset();
    const { status, body } = await early.finish();
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(s3.bucket('vault').versioning).toBeUndefined();
    expect(s3.requests.length).toBe(0);
    expect(String(s3.requests)).toBe(
      'No requests came.\nAn earlier test had ended when 1 of its requests was answered, from the state in which it ended; the last was PUT https://vault.s3.amazonaws.com/?versioning.',
    );
    expect((await putVersioning()).status).toBe(200);
  });

  it('refuses a request whose body does not come', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const early = await begin('vault.s3.amazonaws.com');
    s3.reset();
    const { status, body } = await early.answer;
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining('<Code>S3MockReset</Code>') });
    void early.finish();
  });
});

describe('stop', () => {
  it('answers requests in flight from the state before it: not applied, not recorded', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const early = await begin('vault.s3.amazonaws.com');
    s3.requests.clear();
    const answer = early.finish();
    await s3.stop();
    const { status, body } = await answer;
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(s3.bucket('vault').versioning).toBeUndefined();
    expect(s3.requests.length).toBe(0);
  });

  it('is the same promise until the mock has stopped, and nothing afterwards', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const early = await begin('vault.s3.amazonaws.com');
    const [first, second] = [s3.stop(), s3.stop()];
    expect(s3.answers('s3.amazonaws.com')).toBe(true);
    const answer = early.finish();
    await Promise.all([first, second]);
    expect({ status: (await answer).status, answers: s3.answers('s3.amazonaws.com') }).toEqual({
      status: 200,
      answers: false,
    });
    await s3.stop();
  });

  it.each([
    ['503', (s3: MockS3) => s3.on('PutBucketVersioning').fail('SlowDown')],
    ['a broken connection', (s3: MockS3) => s3.on('PutBucketVersioning').disconnect({ when: 'before' })],
  ])('gives a request in flight no answer that its client repeats, such as %s', async (_, fail) => {
    const s3 = start({ buckets: { vault: {} } });
    fail(s3);
    const early = await begin('vault.s3.amazonaws.com');
    const answer = early.finish();
    await s3.stop();
    const { status, body } = await answer;
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining('<Code>S3MockStopped</Code>') });
  });
});

describe('a snapshot', () => {
  it('restores the whole state, and keeps the journal', async () => {
    const s3 = start({ buckets: { vault: {} }, now: at });
    const before = s3.snapshot();
    await putVersioning();
    const [, after] = [s3.createBucket('scratch'), s3.snapshot()];
    s3.clock.advance({ days: 1 });

    s3.restore(before);
    expect(s3.buckets.map(({ name, versioning }) => [name, versioning])).toEqual([['vault', undefined]]);
    expect(s3.clock.now()).toEqual(new Date(at));
    expect(s3.requests.length).toBe(1);

    s3.restore(after);
    expect(s3.buckets.map(({ name, versioning }) => [name, versioning])).toEqual([
      ['scratch', undefined],
      ['vault', 'Enabled'],
    ]);
  });

  it('is also what toJSON() wrote, of this mock or of another with the same options', async () => {
    const s3 = start({ buckets: { vault: {} }, accounts: { partner: {} }, now: at });
    await putVersioning();
    s3.createAccount('other');
    s3.clock.advance({ days: 1 });
    const written = JSON.stringify(s3);
    s3.reset();
    s3.restore(JSON.parse(written) as MockS3Options);
    expect(JSON.stringify(s3)).toBe(written);
    expect(s3.bucket('vault').versioning).toBe('Enabled');
    await s3.stop();
    const again = start({ now: at });
    again.restore(JSON.parse(written) as MockS3Options);
    expect(JSON.stringify(again)).toBe(written);
  });

  it.each([
    [{ buckets: { other: {}, vault: { versioning: 'On' } } }, /'On'/],
    [{ buckets: {}, caller: 'nobody' }, /^restore: invalid caller/],
    [{ buckets: {}, accounts: 'partner' }, /^restore: invalid accounts/],
    [{ buckets: {}, seed: 'another' }, /^restore: invalid seed 'another'; expected undefined, since this mock/],
    [{ buckets: {}, guard: true }, /^restore: there is no option 'guard'/],
  ])('of %j is refused, and nothing changes', (given, message) => {
    const s3 = start({ buckets: { vault: { objects: { a: 'first' } } } });
    const before = JSON.stringify(s3);
    expect(() => s3.restore(given as never)).toThrow(message);
    expect(JSON.stringify(s3)).toBe(before);
  });

  it('says what other libraries mean by restore, if nothing is given', () => {
    const untyped = start() as unknown as { restore(): void };
    expect(() => untyped.restore()).toThrow(
      new TypeError(
        'restore: undefined is not a snapshot. Give what s3.snapshot() or s3.toJSON() returned. To return to the state of the options, write s3.reset(), which the hooks of jest and vitest call before each test. To end the mock, write s3.stop().',
      ),
    );
  });

  it.each([[{}], [{ store: 'all' }], ['before']])('is what snapshot() returned; %j is a TypeError', (given) => {
    const error = thrownBy(() => start().restore(given as never));
    expect(error).toEqual(
      new TypeError(
        `restore: ${writeGiven(given)} is not a snapshot. Give what s3.snapshot() or s3.toJSON() returned.`,
      ),
    );
    expect(error).toBeInstanceOf(TypeError);
  });
});
