import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, errorDocument, signedBy } from '../../support/documents';
import { answered } from '../../support/objects';
import { addPart, begin, complete, type Headers, undeclared } from '../../support/uploads';
import { send, type WireCall } from '../../support/wire-client';

const prefix = 'x-amz-server-side-encryption-customer';
const key = {
  [`${prefix}-algorithm`]: 'AES256',
  [`${prefix}-key`]: 'K0+/yQHJcx5CgotqScZJqhfJ8hpfw4leiB3Bzyo8HSo=',
  [`${prefix}-key-md5`]: 'I0aPuXuw4REDJuP1fw07QQ==',
};
const sourceKey = Object.fromEntries(
  Object.entries(key).map(([name, value]) => [name.replace('x-amz-', 'x-amz-copy-source-'), value]),
);
const put = (path: string, headers: Headers = {}) => send({ method: 'PUT', path, body: 'data', headers });
const configuration = (blocked: string) =>
  `<ServerSideEncryptionConfiguration><Rule><BlockedEncryptionTypes><EncryptionType>${blocked}</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>`;
const configure = (bucket: string, blocked: string) =>
  send({ method: 'PUT', path: `/${bucket}?encryption`, body: configuration(blocked) });
const blocking = (word: 'NONE' | 'SSE-C') =>
  ({ Rules: [{ BlockedEncryptionTypes: { EncryptionType: [word] } }] }) as const;
const message = (caller: string, action: string, name: string) =>
  `User: arn:aws:iam::111122223333:${caller} is not authorized to perform: ${action} on resource: "arn:aws:s3:::${name}" because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html. F322
describe('a new bucket', () => {
  const s3 = mockS3({
    account: '111122223333',
    buckets: { vault: { objects: { a: 'data' } }, open: { encryption: blocking('NONE') } },
  });

  const writes = (id: string): Readonly<Record<string, WireCall>> => ({
    PutObject: { method: 'PUT', path: '/vault/a', body: 'data' },
    CreateMultipartUpload: { method: 'POST', path: '/vault/a?uploads' },
    UploadPart: { method: 'PUT', path: `/vault/a?partNumber=1&uploadId=${id}`, body: 'data' },
    CopyObject: { method: 'PUT', path: '/vault/a', headers: { 'x-amz-copy-source': '/vault/a' } },
    UploadPartCopy: {
      method: 'PUT',
      path: `/vault/a?partNumber=1&uploadId=${id}`,
      headers: { 'x-amz-copy-source': '/vault/a' },
    },
  });

  it.each(['PutObject', 'CreateMultipartUpload', 'UploadPart', 'CopyObject', 'UploadPartCopy'])(
    'refuses %s with a key of the customer',
    async (operation) => {
      const call = writes(await begin('/vault/a'))[operation] ?? { path: '/' };
      const { status, text } = await send({ ...call, headers: { ...call.headers, ...key } });
      const action = operation === 'CopyObject' ? 's3:CopyObject' : 's3:PutObject';
      const write = operation.includes('Copy') ? undeclared : errorDocument;
      expect({ status, text }).toEqual({
        status: 403,
        text: write('AccessDenied', message('root', action, 'vault/a')),
      });
      expect(s3.requests.at(-1)?.why).toContain("sseC: 'allowed'");
    },
  );

  it.each<readonly [what: string, headers: Headers]>([
    ['a key alone', { [`${prefix}-key`]: 'short' }],
    ['an MD5 alone', { [`${prefix}-key-md5`]: '' }],
    ['another encryption beside it', { ...key, 'x-amz-server-side-encryption': 'aws:kms' }],
  ])('refuses malformed headers of a key for what they are: %s', async (_what, headers) => {
    expect(await answered(put('/vault/new', headers))).toEqual({
      status: 400,
      text: expect.stringContaining('<Code>InvalidArgument</Code>'),
    });
  });

  it('names the user', async () => {
    const Authorization = signedBy(s3.account.user('ann'));
    const { text } = await put('/vault/a', { ...key, Authorization });
    expect(text).toBe(errorDocument('AccessDenied', message('user/ann', 's3:PutObject', 'vault/a')));
  });

  it('accepts such keys when its owner has allowed them, and no more when they are blocked again', async () => {
    await configure('vault', 'NONE');
    expect((await put('/vault/a', key)).status).toBe(200);
    const id = await begin('/vault/big', key);
    const part = await addPart('/vault/big', id, 1, 'data', key);
    await configure('vault', 'SSE-C');
    expect((await put('/vault/a', key)).status).toBe(403);
    expect((await send({ path: '/vault/a', headers: key })).body).toBe('data');
    expect((await send({ method: 'HEAD', path: '/vault/a', headers: key })).status).toBe(200);
    const copied = { 'x-amz-copy-source': '/vault/a', ...sourceKey };
    expect((await send({ method: 'PUT', path: '/vault/copy', headers: copied })).status).toBe(200);
    expect((await complete('/vault/big', id, part, key)).status).toBe(200);
  });

  it('of IBM COS accepts them', async () => {
    const host = 's3.us-south.cloud-object-storage.appdomain.cloud';
    // IBM COS has no keys of KMS, and does not read their names.
    const headers = { ...key, 'x-amz-server-side-encryption-aws-kms-key-id': 'alias/vault' };
    expect((await send({ method: 'PUT', path: '/vault/a', host, body: 'data', headers })).status).toBe(200);
    expect((await send({ path: '/vault/a', host, headers: key })).body).toBe('data');
    expect((await send({ path: '/vault/a', host })).status).toBe(400);
  });
});

// F321
describe("a mock with sseC: 'allowed'", () => {
  mockS3({ sseC: 'allowed', buckets: { vault: {}, closed: { encryption: blocking('SSE-C') } } });

  const told = async (bucket: string) => (await send({ path: `/${bucket}?encryption` })).text;
  const document = (algorithm: string, blocked: string) =>
    answerDocument(
      'ServerSideEncryptionConfiguration',
      `<Rule><BucketKeyEnabled>false</BucketKeyEnabled><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BlockedEncryptionTypes><EncryptionType>${blocked}</EncryptionType></BlockedEncryptionTypes></Rule>`,
    );

  it('has buckets that accept keys of the customer, and say so', async () => {
    expect((await put('/vault/a', key)).status).toBe(200);
    expect(await told('vault')).toBe(document('AES256', 'NONE'));
    await send({ method: 'PUT', path: '/new' });
    expect((await put('/new/a', key)).status).toBe(200);
  });

  it('has the blocks of their owners nevertheless', async () => {
    expect((await put('/closed/a', key)).status).toBe(403);
    expect(await told('closed')).toBe(document('AES256', 'SSE-C'));
    await configure('vault', 'SSE-C');
    expect((await put('/vault/a', key)).status).toBe(403);
  });

  it('keeps its answer when another default is put', async () => {
    const body =
      '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>';
    await send({ method: 'PUT', path: '/vault?encryption', body });
    expect(await told('vault')).toBe(document('aws:kms', 'NONE'));
  });
});
