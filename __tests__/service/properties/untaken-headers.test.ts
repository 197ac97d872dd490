import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { operations } from '../../../src/operations/table';
import { cosHost } from '../../support/clients/story-client';
import { refusalIn, textOf } from '../../support/documents';
import { answered, refusal } from '../../support/objects';
import { rowCalls } from '../../support/rows';
import { rowsOfColumn } from '../../support/runs';
import {
  begin,
  complete,
  copyPart,
  etagIn,
  type Headers,
  partElement,
  sendPart,
  undeclared,
} from '../../support/uploads';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ verifySignatures: false, buckets: { vault: { objects: { 'report.pdf': 'data' } } } });

const encryption = 'x-amz-server-side-encryption';
const kmsKey = `${encryption}-aws-kms-key-id`;
const notSupported = 'x-amz-server-side-encryption header is not supported for this operation.';
const needsKms =
  'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms';

interface AnyRow {
  readonly handle: unknown;
  readonly input: object;
}

const rows = operations as unknown as Readonly<Record<string, AnyRow>>; // without the types of their inputs
const calls: readonly (WireCall & { readonly name: string })[] = [
  ...rowCalls.filter(({ name, dialect }) => dialect === 'aws' && rows[name]?.handle !== undefined),
  { name: 'CreateBucket', method: 'PUT', path: '/other' },
  { name: 'ListBuckets', path: '/' },
];
const withoutTaking = calls.filter(({ name }) => !('ServerSideEncryption' in (rows[name]?.input ?? {})));

let upload: string;
beforeEach(async () => {
  upload = await begin('/vault/report.pdf');
});

function sendWith(call: WireCall, headers: Headers) {
  const withUpload = call.path.replace('uploadId', `uploadId=${upload}`);
  // Without an id, a PUT or a DELETE of such a configuration is refused for that.
  const withId = withUpload.replace(/\?(?:analytics|intelligent-tiering|inventory|metrics)$/, '$&&id=ID');
  const path = call.method === 'GET' ? withUpload : withId;
  return send({ ...call, path, headers: { ...call.headers, ...headers } });
}

const untaken: readonly (readonly [what: string, headers: Headers, message: string])[] = [
  ['an encryption', { [encryption]: 'AES256' }, notSupported],
  ['an encryption beside a key of KMS', { [encryption]: 'aws:kms', [kmsKey]: 'alias/a' }, notSupported],
  ['a key of KMS', { [kmsKey]: 'alias/a' }, needsKms],
];

// https://github.com/boto/botocore, botocore/data/s3/2006-03-01/service-2.json. F1680
it('the operations that take x-amz-server-side-encryption are those of the model of AWS, and forms', () => {
  const taking = Object.keys(rows).filter((name) => 'ServerSideEncryption' in (rows[name]?.input ?? {}));
  expect(taking.toSorted()).toEqual(['CopyObject', 'CreateMultipartUpload', 'PostObject', 'PutObject']);
});

// Measured: ClickHouse/ClickHouse#64570, s3fs-fuse/s3fs-fuse#2401, cloudyr/aws.s3#206, archiecobbs/s3backer#116. F1680
describe.each(withoutTaking)('$name', (call) => {
  const isHead = call.method === 'HEAD';

  it.each(rowsOfColumn(untaken, withoutTaking.indexOf(call) % untaken.length, untaken.length))(
    'refuses %s',
    async (_what, headers, message) => {
      const answer = await sendWith(call, headers);
      expect(answer.status).toBe(400);
      if (!isHead) expect(refusalIn(answer)).toEqual({ status: 400, code: 'InvalidArgument', message });
      expect(s3.requests.last()?.error).toMatchObject({ code: 'InvalidArgument' });
    },
  );
});

// Measured: justincormack/argmin, multipart.rs. F431
it.each([
  ['an encryption', { [encryption]: 'AES256' }, notSupported, '<ArgumentValue>AES256</ArgumentValue>'],
  ['a key of KMS', { [kmsKey]: 'alias/a' }, needsKms, ''],
])('the copy of a part and a completion are refused %s in a document without a declaration', async (...row) => {
  const [, headers, message, value] = row;
  const path = '/vault/report.pdf';
  const text = undeclared('InvalidArgument', message, `<ArgumentName>${encryption}</ArgumentName>${value}`);
  const expected = { status: 400, text };
  expect(await answered(copyPart(path, upload, path, headers))).toEqual(expected);
  const part = partElement(1, etagIn(await copyPart(path, upload, path)) ?? '');
  expect(await answered(complete(path, upload, part, headers))).toEqual(expected);
  expect((await complete(path, upload, part)).status).toBe(200);
});

it('nothing is done by a request that is refused', async () => {
  await send({ method: 'DELETE', path: '/vault/report.pdf', headers: { [encryption]: 'AES256' } });
  await send({ method: 'PUT', path: '/other', headers: { [encryption]: 'AES256' } });
  expect((await send({ path: '/vault/report.pdf' })).body).toBe('data');
  expect((await send({ path: '/other' })).status).toBe(404);
});

it('a presigned URL may have the header in its query', async () => {
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=KEY%2F20260331%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260331T073505Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature=${'a'.repeat(64)}`;
  const path = `/vault?list-type=2&${encryption}=AES256&${query}`;
  expect(refusalIn(await send({ path, headers: { Authorization: undefined } }))).toMatchObject({
    message: notSupported,
  });
});

it('IBM COS ignores the headers', async () => {
  const host = 's3.us-south.cloud-object-storage.appdomain.cloud';
  const headers = { [encryption]: 'AES256', [kmsKey]: 'alias/a', Authorization: 'Bearer a.b.c' };
  for (const path of ['/vault', '/vault/report.pdf']) expect((await send({ path, host, headers })).status).toBe(200);
  const copied = { ...headers, 'x-amz-copy-source': '/vault/report.pdf', Range: 'bytes=0-2' };
  expect((await send({ method: 'PUT', path: '/vault/copy', host, headers: copied })).status).toBe(200);
});

// Measured: openstack/swift, test_object_copy_with_range_error. F1682
it('CopyObject refuses a range', async () => {
  const headers = { 'x-amz-copy-source': '/vault/report.pdf', Range: 'bytes=0-2' };
  const fields = '<ArgumentName>Range</ArgumentName><ArgumentValue>bytes=0-2</ArgumentValue>';
  expect(await answered(send({ method: 'PUT', path: '/vault/copy', headers }))).toEqual({
    status: 400,
    text: undeclared('InvalidArgument', 'RANGE is not supported in Copy!', fields),
  });
  expect((await send({ path: '/vault/copy' })).status).toBe(404);
});

// F1681
describe('the requests of an upload that has begun', () => {
  const path = '/vault/report.pdf';
  const requests: readonly (readonly [string, (headers: Headers) => ReturnType<typeof send>])[] = [
    ['UploadPart', (headers) => sendPart(path, upload, 1, 'data', headers)],
    ['UploadPartCopy', (headers) => copyPart(path, upload, path, headers)],
    ['CompleteMultipartUpload', (headers) => complete(path, upload, partElement(1, 'etag'), headers)],
  ];
  const notValid = 'The specified header is not valid in this context';

  // Recorded: boto/boto3#2675, aws/aws-cli#1674, bji/libs3#80, apache/pekko-connectors#1245, akka/alpakka#2906; minio/minio-py#675 for metadata.
  it.each([
    ['x-amz-tagging', 'a=b', notValid],
    ['x-amz-acl', 'bucket-owner-full-control', notValid],
    ['x-amz-grant-read', 'id="a"', notValid],
    ['x-amz-metadata-directive', 'REPLACE', notValid],
    ['x-amz-storage-class', 'STANDARD_IA', notValid],
    ['x-amz-meta-sha256', '1f29', 'Metadata cannot be specified in this context.'],
  ])('refuse %s: %s', async (name, value, message) => {
    const fields = `<ArgumentName>${name}</ArgumentName><ArgumentValue>${value.replaceAll('"', '&quot;')}</ArgumentValue>`;
    for (const [operation, request] of requests) {
      const expected =
        operation === 'UploadPart'
          ? refusal(400, 'InvalidArgument', message, fields)
          : { status: 400, text: undeclared('InvalidArgument', message, fields) };
      expect(await answered(request({ [name]: value }))).toEqual(expected);
    }
    expect((await send({ path: `${path}?uploadId=${upload}` })).text).not.toContain('<Part>');
  });

  // Recorded: radkawar/stackd, mpu-complete-explicit-init, for locks. F106
  it('ignore headers that describe a body, and locks', async () => {
    const headers = {
      'Content-Type': 'text/plain',
      'Cache-Control': 'no-cache',
      'x-amz-object-lock-mode': 'COMPLIANCE',
    };
    const part = etagIn(await copyPart(path, upload, path, headers)) ?? '';
    expect((await complete(path, upload, partElement(1, part), headers)).status).toBe(200);
  });
});

// F1680
it('the refusal of an encryption names its value', async () => {
  const answer = await send({ path: '/vault/report.pdf', headers: { [encryption]: 'AES256' } });
  expect(textOf('ArgumentValue', answer)).toBe('AES256');
});

// F1680
it.each<[what: string, call: () => WireCall]>([
  ['a range of a write', () => ({ method: 'PUT', path: '/vault/new', body: 'data', headers: { Range: 'bytes=0-1' } })],
  [
    'a description of a list of parts',
    () => ({ path: `/vault/report.pdf?uploadId=${upload}`, headers: { 'x-amz-meta-a': 'b' } }),
  ],
  ['a description of a read', () => ({ path: '/vault/report.pdf', headers: { 'x-amz-meta-a': 'b' } })],
  [
    'a range of the copy of a part',
    () => ({
      method: 'PUT',
      path: `/vault/report.pdf?partNumber=1&uploadId=${upload}`,
      headers: { 'x-amz-copy-source': '/vault/report.pdf', Range: 'bytes=0-1' },
    }),
  ],
  [
    'a description of tags',
    () => ({
      method: 'PUT',
      path: '/vault/report.pdf?tagging',
      body: '<Tagging><TagSet/></Tagging>',
      headers: { 'x-amz-meta-a': 'b' },
    }),
  ],
  [
    'an unknown trailer of a document',
    () => ({
      method: 'PUT',
      path: '/vault/report.pdf?tagging',
      body: '<Tagging><TagSet/></Tagging>',
      headers: { 'x-amz-trailer': 'x-amz-unknown' },
    }),
  ],
  [
    'an encryption, at S3 Control',
    () => ({
      path: '/v20180820/accesspoint',
      host: `${s3.account.id}.s3-control.us-east-1.amazonaws.com`,
      headers: { [encryption]: 'AES256' },
    }),
  ],
  [
    'an encryption, at IBM COS',
    () => ({ path: '/vault/report.pdf', host: cosHost, headers: { [encryption]: 'AES256' } }),
  ],
])('S3 ignores %s', async (_what, call) => {
  expect((await send(call())).status).toBe(200);
});
