import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { md5 } from '../../src/formats/digests';
import { put, remove } from '../support/objects';
import { send } from '../support/wire-client';

const s3 = mockS3({ now: '2026-03-31T07:35:05Z', buckets: { vault: { versioning: 'Enabled' } } });
const noon = new Date('2026-03-31T12:00:00Z');

function recorded(begin: string): object {
  const members = Object.entries(s3.requests.at(-1)?.input ?? {});
  return Object.fromEntries(members.filter(([name]) => name.startsWith(begin)));
}

it.each([
  ['Tue, 31 Mar 2026 12:00:00 GMT', noon],
  ['Tuesday, 31-Mar-26 12:00:00 GMT', noon],
  ['Tue Mar 31 12:00:00 2026', noon],
  ['2026-03-31T12:00:00Z', '2026-03-31T12:00:00Z'],
  ['yesterday', 'yesterday'],
])('the journal records the date %j of a condition, or the text as it was sent', async (sent, expected) => {
  await put('/vault/k');
  const { status } = await send({ path: '/vault/k', headers: { 'If-Unmodified-Since': sent } });
  expect(status).toBe(200);
  expect(recorded('If')).toEqual({ IfUnmodifiedSince: expected });
});

it.each([
  ['0', '0'],
  ['Tue, 31 Mar 2026 12:00:00 GMT', noon],
])('an object keeps Expires %j as it was sent', async (sent, expected) => {
  await put('/vault/k', 'data', { Expires: sent });
  expect(recorded('Expires')).toEqual({ Expires: expected });
  const answer = await send({ path: '/vault/k' });
  expect(answer.header('expires')).toBe(sent);
  expect(s3.requests.at(-1)?.output).toMatchObject({ ExpiresString: sent });
});

// F74
it.each([
  ['5', { IfMatchSize: 5 }],
  ['five', { IfMatchSize: 'five' }],
])('a delete with the condition x-amz-if-match-size %j is refused, whatever its value is', async (sent, expected) => {
  expect(await remove('/vault/k', { 'x-amz-if-match-size': sent })).toMatchObject({
    status: 501,
    body: expect.stringContaining('<Code>NotImplemented</Code>'),
  });
  expect(recorded('IfMatchSize')).toEqual(expected);
});

it('the journal records the value for which a document was refused', async () => {
  const body = '<VersioningConfiguration><Status>Enabeld</Status></VersioningConfiguration>';
  const { status } = await send({ method: 'PUT', path: '/vault?versioning', body });
  expect(status).toBe(400);
  expect(recorded('Versioning')).toEqual({ VersioningConfiguration: { Status: 'Enabeld' } });
});

// F71
it.each([
  ['Size', '<Size>5</Size>', { Size: 5 }],
  [
    'LastModifiedTime',
    '<LastModifiedTime>Tue, 31 Mar 2026 12:00:00 GMT</LastModifiedTime>',
    { LastModifiedTime: noon },
  ],
])('the journal records the %s of an entry to delete, which is refused', async (_name, element, expected) => {
  const document = `<Delete><Object><Key>k</Key>${element}</Object></Delete>`;
  const headers = { 'content-md5': md5(Buffer.from(document)).toString('base64') };
  expect(await send({ method: 'POST', path: '/vault?delete', headers, body: document })).toMatchObject({
    status: 400,
    body: expect.stringContaining('<Code>MalformedXML</Code>'),
  });
  expect(recorded('Delete')).toEqual({ Delete: { Objects: [{ Key: 'k', ...expected }] } });
});

it('the journal records members that the mock ignores, or refuses elsewhere', async () => {
  await put('/vault/k', 'data', {
    'x-amz-grant-read': 'id=abc',
    'x-amz-acl': 'everybody',
    'x-amz-storage-class': 'ICE',
    'x-amz-object-lock-retain-until-date': 'tomorrow',
    'x-amz-write-offset-bytes': 'end',
  });
  expect(s3.requests.at(-1)).toMatchObject({
    status: 400,
    input: {
      ACL: 'everybody',
      ContentLength: 4,
      GrantRead: 'id=abc',
      ObjectLockRetainUntilDate: 'tomorrow',
      StorageClass: 'ICE',
      WriteOffsetBytes: 'end',
    },
  });
});

// F231
it('the journal records the members of SelectObjectContent, which the mock does not carry out', async () => {
  const body =
    '<SelectObjectContentRequest><Expression>SELECT 1</Expression><ExpressionType>SQL</ExpressionType></SelectObjectContentRequest>';
  await send({ method: 'POST', path: '/vault/k?select&select-type=2&versionId=v1', body });
  expect(s3.requests.at(-1)).toMatchObject({
    operation: 'SelectObjectContent',
    error: { code: 'S3MockNotImplemented' },
    input: {
      ...{ Bucket: 'vault', Key: 'k', VersionId: 'v1' },
      ...{ Expression: 'SELECT 1', ExpressionType: 'SQL' },
      Body: Buffer.from(body),
    },
  });
});

it('the journal records the members of every request behind those of its operation', async () => {
  await put('/vault/k');
  const headers = { 'x-amz-expected-bucket-owner': '000000000000', 'x-amz-request-payer': 'requester' };
  expect((await send({ path: '/vault/k?partNumber=1', headers })).status).toBe(206);
  expect(Object.entries(s3.requests.at(-1)?.input ?? {})).toEqual([
    ['Bucket', 'vault'],
    ['Key', 'k'],
    ['PartNumber', 1],
    ['ExpectedBucketOwner', '000000000000'],
    ['RequestPayer', 'requester'],
  ]);
});

it('the journal records the length of a body without its chunks', async () => {
  const headers = {
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '4',
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  };
  await put('/vault/k', '4\r\ndata\r\n0\r\n\r\n', headers);
  expect(s3.requests.at(-1)).toMatchObject({ status: 200, input: { ContentLength: 4 } });
});

// F193
it.each([
  ['-1', -1, 200],
  ['many', 'many', 400],
])('GetObjectAttributes has x-amz-max-parts %s', async (sent, MaxParts, expected) => {
  await put('/vault/k');
  const headers = { 'x-amz-object-attributes': 'ObjectSize', 'x-amz-max-parts': sent };
  const { status } = await send({ path: '/vault/k?attributes', headers });
  expect(status).toBe(expected);
  expect(recorded('MaxParts')).toEqual({ MaxParts });
});

it('a member that cannot be read is expected by a matcher as it was sent', async () => {
  await send({ path: '/vault/k', headers: { 'If-Modified-Since': 'yesterday' } });
  expect(s3).toHaveReceived('GetObject', { IfModifiedSince: expect.stringContaining('yesterday') });
  expect(s3).not.toHaveReceived('GetObject', { IfModifiedSince: expect.any(Date) });
});

it('dates are compared by their time, in assertions and in rules', async () => {
  s3.on('GetObject', { IfModifiedSince: new Date(noon) }).fail('SlowDown');
  const headers = { 'If-Modified-Since': noon.toUTCString() };
  expect((await send({ path: '/vault/k', headers })).status).toBe(503);
  expect(s3).toHaveReceived('GetObject', { IfModifiedSince: new Date(noon) });
  expect(s3).not.toHaveReceived('GetObject', { IfModifiedSince: new Date(0) });
});
