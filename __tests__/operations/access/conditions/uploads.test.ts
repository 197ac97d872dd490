import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { absent, ann, asAnn, type Condition, equals, holdsFor } from '../../../support/conditions';
import { md5Of } from '../../../support/objects';
import { addPart, begin } from '../../../support/uploads';
import { signedWith, type WireCall } from '../../../support/wire-client';

const s3 = mockS3({ sseC: 'allowed', buckets: { vault: { objects: { k: 'data' } } } });
const encryption = 'x-amz-server-side-encryption';
const kmsKey = `${encryption}-aws-kms-key-id`;

const holds = (condition: Condition, call: WireCall) =>
  holdsFor(s3, { action: 's3:PutObject', condition, ask: () => asAnn(s3, { ...call, headers: headersOf(call) }) });

/** The headers of a call with a signature that KMS accepts (F631). */
const headersOf = ({ headers }: WireCall) => ({ ...signedWith(ann(s3).credentials.accessKeyId), ...headers });

async function stepsOf(headers: Readonly<Record<string, string>> = {}, more: WireCall['headers'] = {}) {
  const id = await begin('/vault/parts', { ...headers });
  const part = await addPart('/vault/parts', id, 1, 'data', { ...more });
  const path = `/vault/parts?uploadId=${id}`;
  const calls: Readonly<Record<string, WireCall>> = {
    UploadPart: { method: 'PUT', path: `${path}&partNumber=1`, body: 'data', headers: more },
    UploadPartCopy: {
      method: 'PUT',
      path: `${path}&partNumber=2`,
      headers: { ...more, 'x-amz-copy-source': 'vault/k' },
    },
    CompleteMultipartUpload: {
      method: 'POST',
      path,
      body: `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>`,
    },
  };
  return calls;
}

beforeEach(() => {
  ann(s3);
});

const steps = ['UploadPart', 'UploadPartCopy', 'CompleteMultipartUpload'];

// Measured: justincormack/argmin, for UploadPartCopy and CompleteMultipartUpload. F488
describe.each(steps)('the encryption of an upload, at %s', (step) => {
  const call = async (...given: Parameters<typeof stepsOf>) => (await stepsOf(...given))[step] ?? { path: '' };

  it('is the one that its beginning named', async () => {
    expect(await holds(equals(`s3:${encryption}`, 'AES256'), await call({ [encryption]: 'AES256' }))).toBe(true);
    expect(await holds(equals(`s3:${encryption}`, 'aws:kms'), await call({ [encryption]: 'AES256' }))).toBe(false);
    const named = { [encryption]: 'aws:kms', [kmsKey]: 'alias/a' };
    expect(await holds(equals(`s3:${kmsKey}`, 'alias/a'), await call(named))).toBe(true);
  });

  it('is not the default of the bucket', async () => {
    s3.bucket('vault').encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] };
    const given = await call();
    expect(await holds(absent(`s3:${encryption}`), given)).toBe(true);
    expect(await holds(absent(`s3:${kmsKey}`), given)).toBe(true);
  });

  it("is not a customer's key of its beginning", async () => {
    const key = Buffer.alloc(32, 1);
    const customer = {
      [`${encryption}-customer-algorithm`]: 'AES256',
      [`${encryption}-customer-key`]: key.toString('base64'),
      [`${encryption}-customer-key-md5`]: md5Of(key),
    };
    const condition = absent(`s3:${encryption}-customer-algorithm`);
    const isSent = step !== 'CompleteMultipartUpload';
    expect(await holds(condition, await call(customer, customer))).toBe(!isSent);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html F486
describe('s3:ObjectCreationOperation', () => {
  it.each([
    ['UploadPart', 'false'],
    ['UploadPartCopy', 'false'],
    ['CompleteMultipartUpload', 'true'],
  ])('of %s is %s', async (step, value) => {
    const call = (await stepsOf())[step] ?? { path: '' };
    expect(await holds({ Bool: { 's3:ObjectCreationOperation': value } }, call)).toBe(true);
    expect(await holds(absent('s3:ObjectCreationOperation'), call)).toBe(false);
  });

  it('of CreateMultipartUpload is false', async () => {
    const call = { method: 'POST', path: '/vault/parts?uploads' };
    expect(await holds({ Bool: { 's3:ObjectCreationOperation': 'false' } }, call)).toBe(true);
  });
});

it('s3:x-amz-metadata-directive is absent in UploadPartCopy', async () => {
  const call = (await stepsOf())['UploadPartCopy'] ?? { path: '' };
  expect(await holds({ StringNotEquals: { 's3:x-amz-metadata-directive': 'COPY' } }, call)).toBe(true);
});

it('s3:x-amz-copy-source of UploadPartCopy is compared as it was sent', async () => {
  const call = (await stepsOf())['UploadPartCopy'] ?? { path: '' };
  expect(await holds({ StringLike: { 's3:x-amz-copy-source': 'vault/*' } }, call)).toBe(true);
  const encoded = { ...call, headers: { ...call.headers, 'x-amz-copy-source': 'vault%2Fk' } };
  expect(await holds({ StringLike: { 's3:x-amz-copy-source': 'vault/*' } }, encoded)).toBe(false);
});
