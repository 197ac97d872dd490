import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3, S3MockError } from '../../src';
import { replicatedPair } from '../support/replicated-pair';
import { thrownBy } from '../support/thrown';
import { send } from '../support/wire-client';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ ...replicatedPair, replicationDelay: { minutes: 15 } });
});
afterEach(() => s3.stop());

const broken = new RangeError('broken on purpose');
const matcher = {
  $$typeof: Symbol.for('jest.asymmetricMatcher'),
  asymmetricMatch: (): boolean => {
    throw broken;
  },
};
/** An input whose getter is read when the rule is made, and throws when it is compared. */
const inputOfGetter = () => {
  let reads = 0;
  return {
    get Key(): string {
      reads += 1;
      if (reads > 10) throw broken;
      return 'a.pdf';
    },
  };
};
const put = () => send({ method: 'PUT', path: '/vault/a.pdf', body: 'x' });
const problem = (operation: string) =>
  `s3.on('${operation}'): a matcher or a getter that the test gave threw RangeError: broken on purpose`;
const thrown = (operation: string) =>
  Object.assign(new S3MockError('TEST_THREW', problem(operation)), { cause: broken });

describe("what a test gave to s3.on and that throws is named as the test's", () => {
  it.each([
    ['a matcher of a member', { Key: matcher }],
    ['a matcher of the whole input', matcher],
    ['a getter', inputOfGetter()],
  ])('%s', async (_what, input) => {
    s3.on('PutObject', input as object).delay({ milliseconds: 0 });
    let { status, body } = await put();
    // Those that the getter let pass.
    while (status === 200) ({ status, body } = await put());
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining('<Code>S3MockTestThrew</Code>') });
    expect(body).not.toContain('A bug in s3-versioning-mock');
    expect(s3.requests.last()).toMatchObject({
      operation: 'PutObject',
      error: { code: 'S3MockTestThrew' },
      why: problem('PutObject'),
    });
    expect(s3.requests.last()).not.toHaveProperty('failure');
    const error = thrownBy(() => s3.reset());
    expect(error).toEqual(thrown('PutObject'));
    expect(error).toMatchObject({ code: 'TEST_THREW', cause: broken });
  });

  it('an entry of failEntries, and nothing of the batch is applied', async () => {
    s3.bucket('vault').put('a.pdf', 'x');
    s3.on('DeleteObjects').failEntries(matcher, 'InternalError');
    const body = '<Delete><Object><Key>a.pdf</Key></Object></Delete>';
    const headers = { 'x-amz-checksum-crc32': crc32(body) };
    const answer = await send({ method: 'POST', path: '/vault?delete', body, headers });
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 400,
      body: expect.stringContaining(problem('DeleteObjects')),
    });
    expect(s3.bucket('vault').versions('a.pdf')).toHaveLength(1);
    expect(thrownBy(() => s3.reset())).toEqual(thrown('DeleteObjects'));
  });

  it('a matcher for attempts of replication, from the call that moves the clock', async () => {
    await put();
    const rule = s3.on('ReplicateObject', { Key: matcher }).fail('SlowDown');
    expect(thrownBy(() => s3.clock.advance({ minutes: 15 }))).toEqual(thrown('ReplicateObject'));
    s3.reset();
    expect(String(rule)).toContain('removed when the mock was reset');
  });

  it('a matcher for attempts of replication, at a request that finds one due', async () => {
    await put();
    s3.on('ReplicateObject', { Key: matcher }).fail('SlowDown');
    thrownBy(() => s3.clock.advance({ minutes: 15 }));
    const { status, body } = await send({ path: '/vault/a.pdf' });
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining(problem('ReplicateObject')) });
    thrownBy(() => s3.reset());
  });

  it('a rule for STS', async () => {
    s3.on('GetCallerIdentity', matcher).fail('Throttling');
    const body = 'Action=GetCallerIdentity&Version=2011-06-15';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await send({ method: 'POST', host: 'sts.amazonaws.com', path: '/', body, headers });
    expect(answer.body).toContain('<Code>S3MockTestThrew</Code>');
    expect(thrownBy(() => s3.reset())).toEqual(thrown('GetCallerIdentity'));
  });

  it('several times', async () => {
    s3.on('PutObject', matcher).fail('SlowDown');
    await put();
    await put();
    expect(thrownBy(() => s3.reset())).toMatchObject({
      message: 'what the test gave to s3.on threw several times',
      errors: [thrown('PutObject'), thrown('PutObject')],
    });
  });

  it('a matcher that waitFor asks, whose promise rejects with its error', async () => {
    const waiting = s3.requests.waitFor('PutObject', { Key: matcher });
    await Promise.all([expect(waiting).rejects.toBe(broken), put()]);
    expect(thrownBy(() => s3.reset())).toBe('nothing');
  });
});

/** Of the one body that is sent. */
function crc32(text: string): string {
  let crc = -1;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((crc ^ -1) >>> 0);
  return bytes.toString('base64');
}
