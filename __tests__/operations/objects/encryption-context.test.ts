import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { isEncryptionContext } from '../../../src/model/versions/encryption';
import { errorDocument } from '../../support/documents';
import { refusal } from '../../support/objects';
import type { Headers } from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { objects: { old: 'data' } } } });

const prefix = 'x-amz-server-side-encryption';
const name = `${prefix}-context`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const context = base64('{"team":"archive"}');
const kms = { [prefix]: 'aws:kms', [name]: context };
const put = (headers: Headers) => send({ method: 'PUT', path: '/vault/k', body: 'data', headers });

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html and API_CopyObject.html. F630
describe('the encryption context', () => {
  it.each([
    ['aws:kms', { [prefix]: 'aws:kms' }, 'vault/k'],
    ['aws:kms:dsse', { [prefix]: 'aws:kms:dsse' }, 'vault/k'],
    ["the bucket's key", { [prefix]: 'aws:kms', [`${prefix}-bucket-key-enabled`]: 'true' }, 'vault'],
  ])('of %s is answered by writes and reads, with the ARN first', async (_what, encryption, resource) => {
    const headers: Headers = { ...encryption, [name]: context };
    const kept = base64(`{"aws:s3:arn":"arn:aws:s3:::${resource}","team":"archive"}`);
    const written = await put(headers);
    const read = await send({ path: '/vault/k' });
    const head = await send({ method: 'HEAD', path: '/vault/k' });
    const begun = await send({ method: 'POST', path: '/vault/k?uploads', headers });
    const copied = await send({
      method: 'PUT',
      path: '/vault/k',
      headers: { ...headers, 'x-amz-copy-source': 'vault/old' },
    });
    for (const answer of [written, read, head, begun, copied])
      expect({ status: answer.status, context: answer.header(name) }).toEqual({ status: 200, context: kept });
  });

  it('that has an ARN of its own keeps it', async () => {
    const own = base64('{"aws:s3:arn":"arn:aws:s3:::other/k","team":"archive"}');
    expect((await put({ ...kms, [name]: own })).header(name)).toBe(own);
  });

  it('is not copied, nor kept by UpdateObjectEncryption', async () => {
    await put(kms);
    const copied = await send({
      method: 'PUT',
      path: '/vault/copy',
      headers: { 'x-amz-copy-source': 'vault/k', [prefix]: 'aws:kms' },
    });
    expect([copied.header(prefix), copied.header(name)]).toEqual(['aws:kms', undefined]);
    const key = `arn:aws:kms:us-east-1:${s3.account.id}:key/00000000-0000-4000-8000-000000000001`;
    const body = `<ObjectEncryption><SSE-KMS><KMSKeyArn>${key}</KMSKeyArn></SSE-KMS></ObjectEncryption>`;
    const updated = await send({ method: 'PUT', path: '/vault/k?encryption', body });
    expect([updated.status, (await send({ path: '/vault/k' })).header(name)]).toEqual([200, undefined]);
  });

  it('is part of the pictures of an object', async () => {
    await put(kms);
    const { buckets } = s3.toJSON();
    const answered = (await send({ path: '/vault/k' })).header(name);
    expect(s3.bucket('vault').object('k')?.encryption).toMatchObject({ SSEKMSEncryptionContext: answered });
    s3.reset();
    s3.createBucket('again', buckets?.['vault']);
    expect((await send({ path: '/again/k' })).header(name)).toBe(answered);
  });

  // Pasted in minio/minio-go#2235, for a value that is not text.
  it.each([
    ['a nested object', base64('{"Context":{"Context":{"Context":{}}}}')],
    ['no base64', '{"team":"archive"}'],
    ['no JSON', base64('team=archive')],
    ['no text', ''],
  ])('that is %s is refused', async (_what, value) => {
    const text =
      "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map";
    const written = value.replaceAll('"', '&quot;');
    const fields = `<ArgumentName>${name}</ArgumentName><ArgumentValue>${written}</ArgumentValue>`;
    const { status, body } = await put({ ...kms, [name]: value });
    expect({ status, body: body.replace(/<RequestId>.*/s, '') }).toEqual({
      status: 400,
      body: errorDocument('InvalidArgument', text, fields).replace(/<RequestId>.*/s, ''),
    });
  });

  it.each([{ [name]: context }, { [prefix]: 'AES256', [name]: context }])('of %j needs KMS', async (headers) => {
    const { status, body } = await put(headers);
    expect(status).toBe(400);
    expect(body).toContain('requires HTTP header x-amz-server-side-encryption : aws:kms');
  });

  it.each([
    ['{}', true],
    ['{"a":"1","b":"é"}', true],
    ['{"a":1}', false],
    ['{"a":null}', false],
    ['["a"]', false],
    ['null', false],
    ['"a"', false],
  ])('%s is one: %s', (json, expected) => {
    expect(isEncryptionContext(base64(json))).toBe(expected);
  });

  it('is not one if its bytes are not UTF-8', () => {
    expect(isEncryptionContext(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x22, 0x22, 0x7d]).toString('base64'))).toBe(
      false,
    );
  });
});

// F634
describe('IBM COS', () => {
  const host = 's3.us-south.cloud-object-storage.appdomain.cloud';

  it.each<Headers>([
    { [prefix]: 'nonsense' },
    { [prefix]: '' },
    { [prefix]: 'aws:kms', [`${prefix}-aws-kms-key-id`]: 'fake-key-id', [name]: 'nonsense' },
    { [`${prefix}-bucket-key-enabled`]: 'maybe' },
  ])('ignores %j', async (headers) => {
    const all = { Authorization: 'Bearer a.b.c', ...headers };
    const written = await send({ method: 'PUT', path: '/vault/k', host, body: 'data', headers: all });
    expect({ status: written.status, encryption: written.header(prefix), context: written.header(name) }).toEqual({
      status: 200,
      encryption: undefined,
      context: undefined,
    });
    expect((await send({ path: '/vault/k', host, headers: { Authorization: 'Bearer a.b.c' } })).body).toBe('data');
  });
});

// F617
describe('IBM COS, asked for an object that an AWS endpoint or a test encrypted', () => {
  const cos = { host: 's3.us-south.cloud-object-storage.appdomain.cloud', headers: { Authorization: 'Bearer a.b.c' } };

  it.each(['AES256', 'aws:kms', 'aws:kms:dsse'] as const)(
    'returns the bytes, and no word of %s',
    async (encryption) => {
      s3.bucket('vault').put('k', 'data', { encryption });
      for (const method of ['GET', 'HEAD']) {
        const answer = await send({ method, path: '/vault/k', ...cos });
        expect({ status: answer.status, head: answer.head.filter((line) => line.includes(prefix)) }).toEqual({
          status: 200,
          head: [],
        });
      }
    },
  );

  it('asks no KMS, whose key is disabled', async () => {
    s3.kmsKeys.set('alias/vault', 'disabled');
    const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/vault' } as const;
    s3.bucket('vault').put('k', 'data', { encryption });
    expect((await send({ path: '/vault/k', ...cos })).body).toBe('data');
  });
});

// Pasted in aws/aws-sdk-php#2251, for 1. F325
it.each(['1', 'yes', ''])('x-amz-server-side-encryption-bucket-key-enabled %j is refused', async (word) => {
  const header = `${prefix}-bucket-key-enabled`;
  const { status, text } = await put({ [prefix]: 'aws:kms', [header]: word });
  const fields = `<ArgumentName>${header}</ArgumentName><ArgumentValue>${word}</ArgumentValue>`;
  expect({ status, text }).toEqual(refusal(400, 'InvalidArgument', 'Invalid Argument', fields));
});

// Pasted in aws/aws-sdk-cpp#1771, for an empty word. F325
it.each(['', 'aes256', 'AES512', 'aes:kms'])('x-amz-server-side-encryption %j is refused', async (word) => {
  const fields = `<ArgumentName>${prefix}</ArgumentName><ArgumentValue>${word}</ArgumentValue>`;
  const refused = refusal(400, 'InvalidArgument', 'The encryption method specified is not supported', fields);
  expect(await put({ [prefix]: word })).toMatchObject(refused);
});
