import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { checksum } from '../../../src/formats/digests';
import { cosHost } from '../../support/clients/story-client';
import { archiveOf, ongoing, restoreRequest, type SentRestore, sendRestore, until } from '../../support/restores';
import { send } from '../../support/wire-client';

const host = cosHost;
const rule = (StorageClass: string) => ({
  Rules: [{ ID: 'cold', Status: 'Enabled' as const, Filter: {}, Transitions: [{ Days: 0, StorageClass }] }],
});
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    vault: {
      region: 'us-south-vault',
      objects: {
        old: { body: 'old', storageClass: 'GLACIER' },
        fast: { body: 'fast', storageClass: 'ACCELERATED' },
        plain: 'plain',
      },
    },
  },
});

const restore = (key: string, sent: SentRestore = { days: 2 }) => sendRestore(key, { ...sent, host });
const crcOfTwoDays = checksum('CRC32', Buffer.from(restoreRequest({ days: 2 })));
const refusalIn = (body: string) => [/<Code>(.*?)</.exec(body)?.[1], /<Message>(.*?)</.exec(body)?.[1]];

// F813
describe('a restore at IBM COS', () => {
  it.each([
    { key: 'old', tier: {}, time: { hours: 12 }, storageClass: 'GLACIER' },
    { key: 'old', tier: { tier: 'Bulk' }, time: { hours: 12 }, storageClass: 'GLACIER' },
    { key: 'fast', tier: {}, time: { hours: 2 }, storageClass: 'ACCELERATED' },
    { key: 'fast', tier: { tier: 'Accelerated' }, time: { hours: 2 }, storageClass: 'ACCELERATED' },
  ])('of $key by $tier takes $time, and its copy stays its days to the second', async (one) => {
    const { key, tier, time, storageClass } = one;
    const { status } = await restore(key, { days: 2, ...tier });
    const before = await archiveOf(key, host);
    s3.clock.advance(time);
    const after = await archiveOf(key, host);
    s3.clock.set('2026-03-03T12:00:00Z');
    expect({ status, before, after, over: await archiveOf(key, host) }).toEqual({
      status: 202,
      before: { status: 403, restore: ongoing, storageClass },
      after: { status: 200, restore: until('Tue, 03 Mar 2026 12:00:00 GMT'), storageClass },
      over: { status: 403, restore: undefined, storageClass },
    });
  });

  // api-reference-objects.md: "A `Content-MD5` header or a `checksum` header … is required as an integrity check for the payload."
  it.each<{ headers: SentRestore['headers']; status: number }>`
    headers                                                               | status
    ${{ 'Content-MD5': undefined }}                                       | ${400}
    ${{ 'Content-MD5': undefined, 'x-amz-checksum-crc32': crcOfTwoDays }} | ${202}
  `('with the headers $headers answers $status', async ({ headers, status }) => {
    expect((await restore('old', { days: 2, headers })).status).toBe(status);
  });

  it('changes the days of a copy that is there', async () => {
    await restore('fast');
    s3.clock.advance({ hours: 3 });
    expect((await restore('fast', { days: 1 })).status).toBe(200);
    expect((await archiveOf('fast', host)).restore).toBe(until('Mon, 02 Mar 2026 15:00:00 GMT'));
  });

  it.each<{ key: string; sent: SentRestore; status: number; refusal: readonly string[] }>`
    what                                 | key        | sent                                | status | refusal
    ${'by the tier of the other class'}  | ${'old'}   | ${{ days: 1, tier: 'Accelerated' }} | ${400} | ${['InvalidArgument', 'Invalid Argument']}
    ${'by a tier of AWS'}                | ${'old'}   | ${{ days: 1, tier: 'Standard' }}    | ${400} | ${['MalformedXML', expect.any(String)]}
    ${'without Days'}                    | ${'old'}   | ${{}}                               | ${400} | ${['MalformedXML', expect.any(String)]}
    ${'of a class that is read at once'} | ${'plain'} | ${{ days: 1 }}                      | ${403} | ${['InvalidObjectState', 'The operation is not valid for the current state of the object.']}
  `('is refused $what', async ({ key, sent, status, refusal }) => {
    const answer = await restore(key, sent);
    expect({ status: answer.status, refusal: refusalIn(answer.body) }).toEqual({ status, refusal });
  });
});

// F814
describe('the head of an archived object at IBM COS', () => {
  it.each<{ storageClass: string; transition: string }>`
    storageClass     | transition
    ${'GLACIER'}     | ${'ARCHIVE'}
    ${'ACCELERATED'} | ${'ACCELERATED'}
  `('says when a rule moved it to $storageClass', async ({ storageClass, transition }) => {
    s3.bucket('vault').put('new', 'new');
    s3.bucket('vault').lifecycle = rule(storageClass);
    s3.clock.advance({ days: 3 });
    const { header } = await send({ method: 'HEAD', path: '/vault/new', host });
    expect({ moved: header('x-ibm-transition'), copy: header('x-ibm-restored-copy-storage-class') }).toEqual({
      moved: `transition="${transition}", date="Mon, 02 Mar 2026 00:00:00 GMT"`,
      copy: undefined,
    });
    await restore('new', { days: 1 });
    const restored = await send({ method: 'HEAD', path: '/vault/new', host });
    expect(restored.header('x-ibm-restored-copy-storage-class')).toBe('Vault');
  });

  it('says when a rule will move it, until it did', async () => {
    s3.bucket('vault').put('new', 'new');
    s3.bucket('vault').lifecycle = {
      Rules: [{ ID: 'cold', Status: 'Enabled', Filter: {}, Transitions: [{ Days: 7, StorageClass: 'GLACIER' }] }],
    };
    const timeOf = async (key: string, more = {}) =>
      (await send({ method: 'HEAD', path: `/vault/${key}`, host, ...more })).header('x-ibm-archive-transition-time');
    const due = 'Mon, 09 Mar 2026 00:00:00 GMT';
    expect(await timeOf('new')).toBe(due);
    expect(await timeOf('new', { method: 'GET' })).toBe(due);
    expect(await timeOf('old')).toBeUndefined();
    s3.clock.set('2026-03-10T00:00:00Z');
    expect(await timeOf('new')).toBeUndefined();
  });

  it('says nothing of a rule that moves none', async () => {
    s3.bucket('vault').put('new', 'new');
    s3.bucket('vault').lifecycle = {
      Rules: [{ ID: 'gone', Status: 'Enabled', Filter: {}, Expiration: { Days: 7 } }],
    };
    const { status, header } = await send({ method: 'HEAD', path: '/vault/new', host });
    expect({ status, due: header('x-ibm-archive-transition-time') }).toEqual({ status: 200, due: undefined });
  });

  it('has neither at Amazon S3, nor for an object that is read at once', async () => {
    const heads = [
      await send({ method: 'HEAD', path: '/vault/plain', host }),
      await send({ method: 'HEAD', path: '/vault/old' }),
    ];
    expect(heads.map(({ header }) => header('x-ibm-transition'))).toEqual([undefined, undefined]);
  });
});

it('a listing of IBM COS ignores x-amz-optional-object-attributes', async () => {
  await restore('old');
  const headers = { 'x-amz-optional-object-attributes': 'RestoreStatus' };
  const { status, body } = await send({ path: '/vault', host, headers });
  expect({ status, hasIt: body.includes('RestoreStatus') }).toEqual({ status: 200, hasIt: false });
});
