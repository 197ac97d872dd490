import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedV4, textOf } from '../support/documents';
import { md5Of } from '../support/objects';
import { send, type WireCall } from '../support/wire-client';

const account = '111122223333';
const alias = `reports-${'a'.repeat(34)}-s3alias`;
const s3 = mockS3({
  account,
  now: '2020-01-01T00:00:00Z',
  buckets: {
    vault: { objects: { a: { body: 'data', tags: { team: 'a' } } }, accessPoints: { reports: { alias } } },
    other: { objects: { a: { body: 'data', tags: { team: 'a' } } } },
    open: { objects: { a: 'data' }, publicAccessBlock: null },
    locked: { objects: { a: 'data' }, objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } },
  },
});

type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

const absent = (key: string): Condition => ({ Null: { [key]: 'true' } });
const equal = (key: string, value: string): Condition => ({ StringEquals: { [key]: value } });

/** The answer to a user who may do everything, under a condition. */
async function askUnder(Condition: Condition, { headers, ...call }: WireCall) {
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*', Condition }];
  const { credentials } = s3.account.user('ann', { policy: { Version: '2012-10-17', Statement } as never });
  const Authorization = signedV4(credentials.accessKeyId);
  const signed = { Authorization, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...headers };
  const answer = await send({ ...call, headers: signed });
  return { status: answer.status, code: textOf('Code', answer) };
}

const basic = (time: number) => `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

// F147, F489
describe('the age of a signature', () => {
  it('is absent from a request without a signature, and from a signature without a date', async () => {
    s3.bucket('open').policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::open/*',
          Condition: absent('s3:signatureAge'),
        },
      ] as never,
    };
    const dated = { Authorization: undefined, 'x-amz-date': '20200101T000000Z' };
    expect((await send({ path: '/open/a', headers: dated })).status).toBe(200);
    expect(await askUnder(absent('s3:signatureAge'), { path: '/other/a' })).toMatchObject({ status: 200 });
  });

  it('is counted by the clock by which the request was signed', async () => {
    const tenMinutesAgo = { 'x-amz-date': basic(Date.now() - 600_000) };
    const older: Condition = { NumericGreaterThan: { 's3:signatureAge': '300000' } };
    expect(await askUnder(older, { path: '/other/a', headers: tenMinutesAgo })).toMatchObject({ status: 200 });
  });
});

const lock = 'x-amz-object-lock-event-hold';
const days = 's3:object-lock-event-hold-duration-days';

// F490, F602
describe('the lock of a write', () => {
  const held = { 'x-amz-object-lock-mode': 'GOVERNANCE', [lock]: 'ON', 'Content-MD5': md5Of('x') };
  const done = undefined;

  it.each<[what: string, condition: Condition, headers: WireCall['headers'], code: string | undefined]>([
    ['is held for the days of its header', equal(days, '7'), { [`${lock}-duration-days`]: '7' }, done],
    ['is held for 365 days a year of its header', equal(days, '730'), { [`${lock}-duration-years`]: '2' }, done],
    ['is held for no days that are no number', absent(days), { [`${lock}-duration-days`]: 'many' }, 'InvalidArgument'],
    [
      'is held for no years that are no number',
      absent(days),
      { [`${lock}-duration-years`]: 'many' },
      'InvalidArgument',
    ],
    [
      'has no end if its hold is longer than a date can say',
      absent('s3:object-lock-retain-until-date'),
      { [`${lock}-duration-days`]: '999999999999' },
      'InvalidArgument',
    ],
  ])('%s', async (_what, condition, headers, code) => {
    const call = { method: 'PUT', path: '/locked/b', body: 'x', headers: { ...held, ...headers } };
    expect(await askUnder(condition, call)).toMatchObject({ code });
  });

  it('that removes a retention has no mode, whatever is the default of the bucket', async () => {
    const remove = { method: 'PUT', path: '/locked/a?retention', body: '<Retention/>' };
    const condition = absent('s3:object-lock-mode');
    expect((await askUnder(condition, remove)).code).not.toBe('AccessDenied');
  });
});

// F1113
describe('a further action of a request through an access point', () => {
  const denyAtPoint = (Action: string) => {
    const Resource = `arn:aws:s3:us-east-1:${account}:accesspoint/reports/object/*`;
    const Statement = [{ Effect: 'Deny', Principal: '*', Action, Resource }];
    s3.bucket('vault').accessPoints = {
      reports: { alias, policy: { Version: '2012-10-17', Statement } as never },
    };
  };
  const copy = (source: string): WireCall => ({
    method: 'PUT',
    path: `/${alias}/copy`,
    headers: { 'x-amz-copy-source': source },
  });

  it('on an entry of a batch is up to the policy of the point', async () => {
    denyAtPoint('s3:DeleteObject');
    const body = '<Delete><Object><Key>a</Key></Object></Delete>';
    const headers = { 'Content-MD5': md5Of(body) };
    const answer = await send({ method: 'POST', path: `/${alias}?delete`, body, headers });
    expect({ status: answer.status, code: textOf('Code', answer) }).toEqual({ status: 200, code: 'AccessDenied' });
  });

  it('on its own bucket is up to the policy of the point, and on another bucket it is not', async () => {
    denyAtPoint('s3:GetObjectTagging');
    expect((await send(copy('/vault/a'))).status).toBe(403);
    expect((await send(copy('/other/a'))).status).toBe(200);
  });
});
