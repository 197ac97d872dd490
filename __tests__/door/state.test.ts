import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const rule = { Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } } as const;
const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: { vault: { versioning: 'Enabled', lifecycle: { Rules: [rule] }, objects: { 'a.txt': ['first'] } } },
  accounts: { partner: { credentials: { accessKeyId: 'AKIAPARTNER', secretAccessKey: 'of-the-partner' } } },
});
const { door, client } = serveDoor(s3);
const put = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body }));

describe('the state, through the door', () => {
  it('is in short at /mock', async () => {
    expect(await door('GET', '/mock')).toEqual({
      status: 200,
      body: {
        now: '2026-01-31T10:00:00.000Z',
        account: { id: '000000000000', name: 'default' },
        buckets: ['vault'],
        changes: expect.any(Number),
        started: expect.any(String),
      },
    });
  });

  it('counts the calls that may have changed it, for those who follow it', async () => {
    const changes = async () => {
      const { body } = await door('GET', '/mock');
      return (body as { readonly changes: number }).changes;
    };
    const before = await changes();
    await door('GET', '/state');
    expect(await changes()).toBe(before);
    await door('POST', '/reset');
    expect(await changes()).toBe(before + 1);
  });

  it('is that of the start after a reset', async () => {
    await put('a.txt', 'second');
    expect(await door('POST', '/reset')).toEqual({ status: 204, body: undefined });
    expect(s3.bucket('vault').versions('a.txt')).toHaveLength(1);
    expect(s3.requests).toHaveLength(0);
  });

  it('is that of a snapshot after it is restored', async () => {
    // A reset keeps the snapshots of the tests before.
    const { snapshots: before } = (await door('GET', '/snapshots')).body as { readonly snapshots: readonly object[] };
    const { status, body } = await door('POST', '/snapshot');
    expect({ status, body }).toEqual({ status: 201, body: { id: expect.any(String), at: '2026-01-31T10:00:00.000Z' } });
    expect(await door('GET', '/snapshots')).toEqual({
      status: 200,
      body: { snapshots: [...before, body].slice(-100) },
    });
    await client.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
    expect(await door('POST', '/restore', { id: (body as { readonly id: string }).id })).toEqual({
      status: 204,
      body: undefined,
    });
    expect(s3.bucket('vault').keys).toEqual(['a.txt']);
  });

  it('has no snapshot that was never taken', async () => {
    expect(await door('POST', '/restore', { id: '4711' })).toEqual({
      status: 404,
      body: {
        error: {
          name: 'DoorError',
          code: 'NO_SUCH_SNAPSHOT',
          message: "there is no snapshot '4711'. GET /_mock/snapshots lists the snapshots of this mock.",
        },
      },
    });
  });

  it('is replaced by one that was read before', async () => {
    await put('a.txt', 'second');
    const { body } = await door('GET', '/state');
    const before = JSON.stringify(s3);
    await door('POST', '/reset');
    expect(await door('PUT', '/state', body)).toEqual({ status: 204, body: undefined });
    expect(JSON.stringify(s3)).toBe(before);
  });

  it('has the keys that the mock was given', async () => {
    const { body } = await door('GET', '/state');
    expect(body).toMatchObject({
      accounts: { partner: { credentials: { accessKeyId: 'AKIAPARTNER', secretAccessKey: 'of-the-partner' } } },
    });
  });

  it('returns with the accounts that the door made, also after a reset', async () => {
    await door('POST', '/accounts', { name: 'made' });
    await door('POST', '/accounts', {
      name: 'given',
      credentials: { accessKeyId: 'AKIAGIVEN', secretAccessKey: 'of-the-given' },
    });
    const { body } = await door('GET', '/state');
    const before = JSON.stringify(s3);
    await door('POST', '/reset');
    expect(await door('PUT', '/state', body)).toMatchObject({ status: 204 });
    expect(JSON.stringify(s3)).toBe(before);
  });

  it('has the public access blocks of accounts and the access points of buckets', async () => {
    const block = { BlockPublicPolicy: true };
    await door('PATCH', '/accounts/default', { publicAccessBlock: block });
    await door('PATCH', '/accounts/partner', { publicAccessBlock: { RestrictPublicBuckets: true } });
    const points = { reports: { tags: { team: 'finance' } }, inside: { vpcId: 'vpc-1', account: 'partner' } };
    expect(await door('PATCH', '/buckets/vault', { accessPoints: points })).toMatchObject({ status: 200 });
    const { body } = await door('GET', '/state');
    const before = JSON.stringify(s3);
    await door('POST', '/reset');
    expect(s3.bucket('vault').accessPoints).toBeUndefined();
    expect(await door('PUT', '/state', body)).toMatchObject({ status: 204 });
    expect(JSON.stringify(s3)).toBe(before);
    expect((await door('GET', '/buckets/vault')).body).toMatchObject({ accessPoints: points });
    expect((await door('GET', '/accounts/partner')).body).toMatchObject({
      publicAccessBlock: { RestrictPublicBuckets: true, BlockPublicPolicy: false },
    });
    await door('PUT', '/state', { buckets: { vault: {} }, accounts: { partner: {} } });
    expect((await door('GET', '/accounts/default')).body).not.toHaveProperty('publicAccessBlock');
  });

  it('stays as it is if the new one is wrong', async () => {
    const before = JSON.stringify(s3);
    const wrong = { buckets: { other: {}, vault: { versioning: 'On' } } };
    expect(await door('PUT', '/state', wrong)).toMatchObject(
      refused(400, { name: 'TypeError', message: expect.stringMatching(/^(?!POST).*'On'/) }),
    );
    expect(JSON.stringify(s3)).toBe(before);
    expect(await door('PUT', '/state', { buckets: {}, seed: 'another' })).toMatchObject(
      refused(400, /^PUT \/_mock\/state: .*seed/),
    );
    expect(await door('PUT', '/state', { buckets: {}, hosts: ['s3.test'] })).toMatchObject({ status: 400 });
  });
});

describe('the clock, through the door', () => {
  beforeEach(async () => {
    await put('a.txt', 'second');
  });

  it('ends versions as it moves', async () => {
    expect(await door('GET', '/lifecycle/plan')).toMatchObject({
      body: { actions: [{ action: 'remove', bucket: 'vault', key: 'a.txt', at: '2026-02-02T00:00:00.000Z' }] },
    });
    expect(await door('GET', '/lifecycle/plan?until=%7B%22hours%22:1%7D')).toEqual({
      status: 200,
      body: { actions: [] },
    });
    expect(await door('POST', '/clock/advance', { days: 2 })).toEqual({
      status: 200,
      body: { now: '2026-02-02T10:00:00.000Z' },
    });
    expect(s3.bucket('vault').versions('a.txt')).toHaveLength(1);
    expect(await door('GET', '/service-actions')).toMatchObject({
      body: { serviceActions: [{ id: expect.any(Number), action: 'remove', key: 'a.txt' }] },
    });
  });

  it('is set to a moment', async () => {
    expect(await door('PUT', '/clock', { now: '2026-03-01T12:00:00Z' })).toEqual({
      status: 200,
      body: { now: '2026-03-01T12:00:00.000Z' },
    });
    expect(await door('GET', '/clock')).toEqual({ status: 200, body: { now: '2026-03-01T12:00:00.000Z' } });
  });

  it.each([
    ['POST', '/clock/advance', { dayz: 1 }, /Did you mean days\?/],
    ['PUT', '/clock', { now: 'tomorrow' }, /'tomorrow'/],
    ['PUT', '/clock', { moment: '2026-03-01' }, /no option 'moment'/],
    ['PUT', '/clock', '[]', /not a JSON object/],
    ['PUT', '/clock', '{', /not JSON/],
    ['GET', '/lifecycle/plan?until=%7B', undefined, /plan: until: it is not JSON/],
    ['GET', '/usage?at=yesterday', undefined, /'yesterday'/],
    ['GET', '/usage?moment=2026-03-01', undefined, /no option 'moment'/],
    ['GET', '/lifecycle/plan?until=a&until=b', undefined, /until is given twice/],
    ['POST', '/reset', {}, /takes no body/],
  ])('%s %s refuses %j', async (method, path, body, message) => {
    expect(await door(method, path, body)).toMatchObject(
      refused(400, { name: 'TypeError', message: expect.stringMatching(message) }),
    );
  });

  it('shows what buckets will take', async () => {
    const { body } = await door('GET', '/usage?bucket=vault&at=%7B%22days%22:2%7D');
    expect(body).toMatchObject({
      usage: { vault: { noncurrent: { count: 0 }, before: { noncurrent: { count: 1, bytes: 5 } } } },
    });
    expect(await door('GET', '/usage?bucket=volt')).toMatchObject(
      refused(404, { name: 'S3MockError', code: 'NO_SUCH_BUCKET' }),
    );
  });
});
