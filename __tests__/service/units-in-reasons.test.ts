import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start({
    now: '2026-01-31T12:00:00Z',
    buckets: { vault: { objects: { a: 'first' } }, locked: { objectLock: true } },
  });
});

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

async function why(call: Sent) {
  await send(call);
  return String(s3.requests.last()?.why);
}

const put = (headers: NonNullable<Sent['headers']>, path = '/vault/b'): Sent => ({
  method: 'PUT',
  path,
  headers,
  body: 'first',
});
const document = (path: string, body: string): Sent => ({
  method: 'PUT',
  path,
  body,
  headers: { 'Content-MD5': createHash('md5').update(body).digest('base64') },
});
const rule = (actions: string): Sent =>
  document(
    '/vault?lifecycle',
    `<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter/>${actions}</Rule></LifecycleConfiguration>`,
  );
const period = (text: string): Sent =>
  document(
    '/locked?object-lock',
    `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode>${text}</DefaultRetention></Rule></ObjectLockConfiguration>`,
  );
const hex = (algorithm: string) => createHash(algorithm).update('first').digest('hex');

describe('the reason of a refusal has the unit, the rule and what to write', () => {
  it.each<[name: string, why: string, call: Sent]>([
    [
      'a range behind the end',
      "Range is 'bytes=5-9', and the object has 5 bytes, which count from 0: its last byte is 4",
      { path: '/vault/a', headers: { Range: 'bytes=5-9' } },
    ],
    [
      'an empty range at the end',
      "Range is 'bytes=-0', the last 0 bytes: ask for bytes=-1 or more",
      { path: '/vault/a', headers: { Range: 'bytes=-0' } },
    ],
    [
      'a part of an object that was written whole',
      'the object was written whole, so it has part 1 alone: read it without PartNumber, or with one up to 1',
      { path: '/vault/a?partNumber=2' },
    ],
    [
      'a negative page',
      'MaxKeys is -1, and it counts the entries of a page, from 0 on: leave it out for pages of 1,000',
      { path: '/vault?list-type=2&max-keys=-1' },
    ],
    [
      'a number that code did not have',
      "max-keys 'NaN' is not a whole number of 32 bits: the code made it of undefined, or of a text that is no number",
      { path: '/vault?max-keys=NaN' },
    ],
    [
      'a digest in hexadecimal',
      `Content-MD5 is '${hex('md5')}', which is hexadecimal, and S3 takes the 16 bytes of the MD5 in base64: createHash('md5').update(body).digest('base64')`,
      put({ 'Content-MD5': hex('md5') }),
    ],
    [
      'a checksum in hexadecimal',
      `x-amz-checksum-sha256 is '${hex('sha256')}', which is hexadecimal, and S3 takes the 32 bytes of the SHA256 in base64: createHash('sha256').update(body).digest('base64')`,
      put({ 'x-amz-checksum-sha256': hex('sha256') }),
    ],
    [
      'a checksum as a number',
      "x-amz-checksum-crc32 is '2154378903', which is a decimal number, and S3 takes the 4 bytes of the CRC32 in base64",
      put({ 'x-amz-checksum-crc32': '2154378903' }),
    ],
    [
      'a digest of other bytes',
      'Content-MD5 is 1B2M2Y8AsgTpgAmY7PhCfg==, and the 5 bytes of the body have the MD5 i0A41XcDg5Z0X8cI3FyFyg==: compute it of the bytes that are sent'.replace(
        'i0A41XcDg5Z0X8cI3FyFyg==',
        createHash('md5').update('first').digest('base64'),
      ),
      put({ 'Content-MD5': '1B2M2Y8AsgTpgAmY7PhCfg==' }),
    ],
    [
      'an old ETag',
      `the object's ETag is "${hex('md5')}", and If-Match is 'old': send the ETag that the last answer has`,
      put({ 'If-Match': 'old' }, '/vault/a'),
    ],
    [
      'a write of a key that exists',
      "'a' has an object, and IfNoneMatch: '*' writes only where there is none",
      put({ 'If-None-Match': '*' }, '/vault/a'),
    ],
    [
      'a condition that a write does not have',
      `If-None-Match is '"x"': with a write, S3 takes * alone, which writes only where the key has no object; to write only if the object still has an ETag, send the ETag as If-Match`,
      put({ 'If-None-Match': '"x"' }, '/vault/a'),
    ],
    [
      'a read of what was changed since',
      'the version was last modified at 2026-01-31T12:00:00.000Z, which is after If-Unmodified-Since, 2026-01-01T00:00:00.000Z',
      { path: '/vault/a', headers: { 'If-Unmodified-Since': 'Thu, 01 Jan 2026 00:00:00 GMT' } },
    ],
    [
      'a key of more than a KiB',
      'the key has 1,025 bytes of UTF-8, and a key has 1,024 at most: write a shorter one',
      put({}, `/vault/${'k'.repeat(1025)}`),
    ],
    [
      'metadata of more than two KiB',
      'the names and values of Metadata have 2,049 bytes of UTF-8 together, and S3 stores 2,048 at most: write what is longer into an object',
      put({ 'x-amz-meta-a': 'x'.repeat(2048) }),
    ],
    [
      'a lock without its mode',
      "the request has ObjectLockRetainUntilDate, '2027-01-01T00:00:00Z', without ObjectLockMode: send both",
      put({ 'x-amz-object-lock-retain-until-date': '2027-01-01T00:00:00Z' }, '/locked/a'),
    ],
    [
      'a lock of no day',
      'Days is 0: Days of a default retention counts whole days from 1 to 36,500',
      period('<Days>0</Days>'),
    ],
    [
      'a lock of too many years',
      'Years is 101: Years of a default retention counts whole years from 1 to 100',
      period('<Years>101</Years>'),
    ],
    [
      'a rule of no day',
      'Days is 0, and it counts whole days from 1 on; a rule acts at the midnight UTC after them: write Days: 1 and move the clock, s3.clock.advance({ days: 2 })',
      rule('<Expiration><Days>0</Days></Expiration>'),
    ],
    [
      'a rule that keeps no version',
      'NewerNoncurrentVersions is 0, and it counts versions from 1 on: leave it out to keep none',
      rule(
        '<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays><NewerNoncurrentVersions>0</NewerNoncurrentVersions></NoncurrentVersionExpiration>',
      ),
    ],
    [
      'a rule at noon',
      "Date is 2027-01-01T12:00:00.000Z, and a rule acts at midnight UTC: write new Date('2027-01-01T00:00:00.000Z')",
      rule('<Expiration><Date>2027-01-01T12:00:00Z</Date></Expiration>'),
    ],
    [
      'a class that an object leaves too soon',
      'an object stays 30 days in STANDARD_IA at least, before it moves to GLACIER: give GLACIER 70 or later',
      rule(
        '<Transition><Days>40</Days><StorageClass>STANDARD_IA</StorageClass></Transition><Transition><Days>50</Days><StorageClass>GLACIER</StorageClass></Transition>',
      ),
    ],
    [
      'an end before the transition',
      'the rule moves objects to GLACIER at 40 days, and ends them at 30 days: end them later, or leave the Transition out',
      rule(
        '<Expiration><Days>30</Days></Expiration><Transition><Days>40</Days><StorageClass>GLACIER</StorageClass></Transition>',
      ),
    ],
    [
      'an upload that nobody began',
      "no upload of this bucket has the UploadId 'x': give the UploadId of the answer to CreateMultipartUpload",
      put({}, '/vault/a?uploadId=x&partNumber=1'),
    ],
  ])('%s', async (_name, expected, call) => {
    expect(await why(call)).toBe(expected);
  });
});

describe('parts of an upload', () => {
  const etag = hex('md5');
  const part = (number: number, tag: string) => `<Part><PartNumber>${number}</PartNumber><ETag>${tag}</ETag></Part>`;

  it.each<[name: string, parts: string, why: string]>([
    [
      'of a few bytes',
      part(1, etag) + part(2, etag),
      'part 1 has 5 bytes, and every part but the last needs 5 MiB: in a test, give it Buffer.alloc(5 * 1024 * 1024)',
    ],
    [
      'that were not uploaded',
      part(1, etag) + part(3, etag),
      'part 3 was not uploaded: the upload has the parts 1, 2, by the PartNumber of each UploadPart',
    ],
    [
      'by another ETag',
      part(1, 'x'),
      `part 1 was uploaded with the ETag "${etag}", and the list names 'x': take the ETag of the answer to its UploadPart`,
    ],
    ['in no number', '', 'Part comes 0 times, and a request has 1 at least'],
  ])('%s', async (_name, parts, expected) => {
    const { body } = await send({ method: 'POST', path: '/vault/a?uploads' });
    const id = /<UploadId>(.*)<\/UploadId>/.exec(String(body))?.[1];
    for (const number of [1, 2]) await send(put({}, `/vault/a?uploadId=${id}&partNumber=${number}`));
    const list = `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`;
    expect(await why({ method: 'POST', path: `/vault/a?uploadId=${id}`, body: list })).toBe(expected);
  });
});

describe('the time of a presigned URL', () => {
  const link = (expires: string) =>
    `/vault/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${s3.account.credentials.accessKeyId}%2F20260131%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260131T120000Z&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0'.repeat(64)}`;
  const version2 = (expires: string) =>
    `/vault/a?AWSAccessKeyId=${s3.account.credentials.accessKeyId}&Expires=${expires}&Signature=x`;
  const seconds =
    'in version 2 it is the moment of the end, in whole seconds since 1970: Math.floor(Date.now() / 1000) + 900';

  it.each<[name: string, path: () => string, why: string]>([
    [
      'in milliseconds',
      () => link('3600000'),
      'expiresIn is 3,600,000, and it counts seconds, not milliseconds, up to a week, 604,800: write 3600',
    ],
    ['in a fraction', () => link('60.5'), "expiresIn is '60.5', and it counts whole seconds: round it"],
    [
      'below 0',
      () => link('-5'),
      'expiresIn is -5, and it counts the seconds from now on: it is not a moment, and not below 0',
    ],
    ['as a moment in milliseconds', () => version2('1769860800000'), `Expires is '1769860800000', and ${seconds}`],
    ['as a duration', () => version2('3600'), `Expires is '3600', and ${seconds}`],
    ['as a date', () => version2('2027-01-01'), `Expires is '2027-01-01', and ${seconds}`],
  ])('%s', async (_name, path, expected) => {
    expect(await why({ path: path(), headers: { Authorization: undefined } })).toBe(expected);
  });
});
