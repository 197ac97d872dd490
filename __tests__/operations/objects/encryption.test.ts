import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument } from '../../support/documents';
import { answered, refusal } from '../../support/objects';
import { addPart, begin, complete, copyPart, etagIn, type Headers, sendPart, undeclared } from '../../support/uploads';
import { send } from '../../support/wire-client';

const named = (KMSMasterKeyID: string, more: object = {}) =>
  ({
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID }, ...more }],
  }) as const;

const s3 = mockS3({
  account: '111122223333',
  buckets: {
    plain: { objects: { old: 'data' } },
    explicit: { encryption: 'AES256', objects: { old: 'data' } },
    kms: { encryption: 'aws:kms', objects: { old: 'data' } },
    second: { encryption: 'aws:kms' },
    dsse: {
      encryption: {
        Rules: [{ BucketKeyEnabled: true, ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' } }],
      },
    },
    keyed: {
      encryption: named('1234abcd-12ab-34cd-56ef-1234567890ab', { BucketKeyEnabled: true }),
      region: 'us-east-1',
    },
    wrong: { encryption: named('fake-key-id') },
    bad: { encryption: named('aws/s3') },
    allowing: {
      encryption: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['NONE'] } }] },
      objects: { old: 'data' },
    },
  },
});

const prefix = 'x-amz-server-side-encryption';
/** Sends a request with a signature that KMS accepts (F631). */
const put = (path: string, headers: Headers = {}) => send({ method: 'PUT', path, body: 'data', headers });
const copy = (path: string, source: string) => send({ method: 'PUT', path, headers: { 'x-amz-copy-source': source } });
const plainETag = '8d777f385d3dfec8815d20f7496026dc';
const managed = 'arn:aws:kms:us-east-1:111122223333:key/';
const ownKey = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

interface Answered {
  readonly header: (name: string) => string | undefined;
}

const encryptionOf = ({ header }: Answered) => ({
  algorithm: header(prefix),
  key: header(`${prefix}-aws-kms-key-id`),
  bucketKey: header(`${prefix}-bucket-key-enabled`),
});
const ofS3 = { algorithm: 'AES256', key: undefined, bucketKey: undefined };

// Recorded: localstack, test_s3_bucket_encryption_sse_kms, test_s3_bucket_encryption_sse_kms_aws_managed_key,
// test_s3_sse_bucket_key_default, test_s3_sse_default_kms_key and test_s3_bucket_encryption_sse_s3. F324
describe('the encryption of a write that names none', () => {
  it.each`
    bucket        | algorithm         | key                                 | bucketKey
    ${'plain'}    | ${'AES256'}       | ${undefined}                        | ${undefined}
    ${'explicit'} | ${'AES256'}       | ${undefined}                        | ${undefined}
    ${'kms'}      | ${'aws:kms'}      | ${expect.stringContaining(managed)} | ${undefined}
    ${'dsse'}     | ${'aws:kms:dsse'} | ${expect.stringContaining(managed)} | ${undefined}
    ${'keyed'}    | ${'aws:kms'}      | ${ownKey}                           | ${'true'}
  `('is the default of the bucket $bucket in each answer', async ({ bucket, algorithm, key, bucketKey }) => {
    const encryption = { algorithm, key, bucketKey };
    const path = `/${bucket}/k`;
    const written = await put(path);
    const id = await begin(`/${bucket}/big`);
    const begun = await send({ method: 'POST', path: `/${bucket}/other?uploads` });
    const part = await sendPart(`/${bucket}/big`, id, 1, 'data');
    const copiedPart = await copyPart(`/${bucket}/big`, id, path);
    const named = await addPart(`/${bucket}/big`, id, 1, 'data');
    const completed = await complete(`/${bucket}/big`, id, named);
    const copied = await copy(`/${bucket}/copy`, path);
    const reads = [await send({ path }), await send({ method: 'HEAD', path }), await send({ path: `/${bucket}/big` })];
    for (const answer of [written, begun, part, copiedPart, completed, copied, ...reads])
      expect({ status: answer.status, encryption: encryptionOf(answer) }).toEqual({ status: 200, encryption });
    expect(written.header('etag') === `"${plainETag}"`).toBe(algorithm === 'AES256');
    expect(written.header('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    expect(etagIn(copied) === plainETag).toBe(algorithm === 'AES256');
  });

  it('leaves objects as they are that were written before', async () => {
    const before = await send({ path: '/kms/old' });
    expect({ etag: before.header('etag'), encryption: encryptionOf(before) }).toEqual({
      etag: `"${plainETag}"`,
      encryption: ofS3,
    });
    await put('/kms/k');
    s3.bucket('kms').encryption = 'AES256';
    expect((await send({ path: '/kms/k' })).header(prefix)).toBe('aws:kms');
    expect((await put('/kms/k')).header(prefix)).toBe('AES256');
  });

  it('is that of the destination of a copy, not of its source', async () => {
    await put('/keyed/k');
    expect(encryptionOf(await copy('/plain/k', '/keyed/k'))).toEqual(ofS3);
    expect(encryptionOf(await copy('/keyed/old', '/plain/old'))).toEqual({
      algorithm: 'aws:kms',
      key: ownKey,
      bucketKey: 'true',
    });
  });

  it('is that of objects which a test puts', async () => {
    s3.bucket('keyed').put('k', 'data');
    expect(encryptionOf(await send({ path: '/keyed/k' }))).toEqual({
      algorithm: 'aws:kms',
      key: ownKey,
      bucketKey: 'true',
    });
    s3.bucket('keyed').put('k', 'data', { encryption: 'AES256' });
    expect(encryptionOf(await send({ path: '/keyed/k' }))).toEqual(ofS3);
    expect(() => s3.bucket('wrong').put('k', 'data')).toThrow("bucket 'wrong', key 'k': Invalid keyId 'fake-key-id'");
  });

  it('has one key of AWS in all buckets of an account and a region', async () => {
    const keys = await Promise.all(
      ['kms', 'second'].map(async (bucket) => encryptionOf(await put(`/${bucket}/k`)).key),
    );
    expect(keys[0]).toMatch(
      /^arn:aws:kms:us-east-1:111122223333:key\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(keys[1]).toBe(keys[0]);
    s3.createBucket('third', { encryption: named('alias/aws/s3') });
    expect(encryptionOf(await put('/third/k')).key).toBe(keys[0]);
    s3.createBucket('fourth', { encryption: 'aws:kms', region: 'eu-west-1' });
    expect(encryptionOf(await put('/fourth/k')).key).not.toBe(keys[0]);
  });

  // Recorded: localstack, test_s3_sse_validate_kms_key. F325
  it.each([
    ['wrong', 'fake-key-id'],
    ['bad', 'aws/s3'],
  ])('is refused if the default of the bucket %s names no key', async (bucket, id) => {
    expect(await answered(put(`/${bucket}/k`))).toEqual(refusal(400, 'KMS.NotFoundException', `Invalid keyId '${id}'`));
  });
});

const needsKms =
  'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms';
const ofAlgorithm = `<ArgumentName>${prefix}</ArgumentName>`;

// F325
describe('the encryption that a write names', () => {
  const kms = { [prefix]: 'aws:kms' };
  const key = (id: string) => ({ ...kms, [`${prefix}-aws-kms-key-id`]: id });
  const bucketKey = (word: string) => ({ [`${prefix}-bucket-key-enabled`]: word });

  it.each<readonly [bucket: string, headers: Headers, algorithm: string, key: unknown, bucketKey: string | undefined]>([
    ['keyed', { [prefix]: 'AES256' }, 'AES256', undefined, undefined],
    ['plain', { ...bucketKey('true') }, 'AES256', undefined, undefined],
    ['plain', { [prefix]: 'AES256', ...bucketKey('true') }, 'AES256', undefined, undefined],
    ['plain', kms, 'aws:kms', expect.stringContaining(managed), undefined],
    ['plain', { ...kms, ...bucketKey('true') }, 'aws:kms', expect.stringContaining(managed), 'true'],
    ['keyed', { ...bucketKey('false') }, 'aws:kms', ownKey, undefined],
    ['kms', { ...bucketKey('True') }, 'aws:kms', expect.stringContaining(managed), 'true'],
    [
      'keyed',
      { [prefix]: 'aws:kms:dsse', ...bucketKey('true') },
      'aws:kms:dsse',
      expect.not.stringContaining('1234abcd'),
      undefined,
    ],
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html: without a key it is AWS's, not the default's.
    ['keyed', kms, 'aws:kms', expect.not.stringContaining('1234abcd'), 'true'],
    ['keyed', key('1234abcd-12ab-34cd-56ef-1234567890ab'), 'aws:kms', ownKey, 'true'],
    ['keyed', key(ownKey), 'aws:kms', ownKey, 'true'],
    ['keyed', key('mrk-1234abcd12ab34cd56ef1234567890ab'), 'aws:kms', expect.stringMatching(/:key\/mrk-1234/), 'true'],
    [
      'keyed',
      key('alias/vault'),
      'aws:kms',
      expect.stringMatching(/^arn:aws:kms:us-east-1:111122223333:key\/[0-9a-f-]{36}$/),
      'true',
    ],
    [
      'keyed',
      key('arn:aws:kms:us-east-1:999988887777:alias/vault'),
      'aws:kms',
      expect.stringMatching(/^arn:aws:kms:us-east-1:999988887777:key\/[0-9a-f-]{36}$/),
      'true',
    ],
  ])('in %s by %j is %s', async (bucket, headers, algorithm, key, bucketKey) => {
    const written = await put(`/${bucket}/k`, headers);
    const encryption = { algorithm, key, bucketKey };
    expect({ status: written.status, encryption: encryptionOf(written) }).toEqual({ status: 200, encryption });
    expect(encryptionOf(await send({ path: `/${bucket}/k` }))).toEqual(encryptionOf(written));
  });

  const argument = (name: string, value: string) =>
    `<ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`;
  const unknown = 'The encryption method specified is not supported';
  const { [prefix]: _kms, ...keyAlone } = key(ownKey);

  it.each<readonly [what: string, headers: Headers, code: string, message: string, fields: string]>([
    ['a malformed id', key('fake-key-id'), 'KMS.NotFoundException', "Invalid keyId 'fake-key-id'", ''],
    [
      'a key of another region',
      key('arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
      'KMS.NotFoundException',
      'Invalid arn us-west-2',
      '',
    ],
    ['a key without KMS', keyAlone, 'InvalidArgument', needsKms, ofAlgorithm],
    ['a key for AES256', { ...keyAlone, [prefix]: 'AES256' }, 'InvalidArgument', needsKms, ofAlgorithm],
    ['aws:fsx', { [prefix]: 'aws:fsx' }, 'InvalidArgument', unknown, argument(prefix, 'aws:fsx')],
    ['aws:backup', { [prefix]: 'aws:backup' }, 'InvalidArgument', unknown, argument(prefix, 'aws:backup')],
  ])('is refused if it is %s', async (_what, headers, code, message, fields) => {
    expect(await answered(put('/keyed/k', headers))).toEqual(refusal(400, code, message, fields));
    expect((await send({ method: 'POST', path: '/keyed/k?uploads', headers })).status).toBe(400);
  });
});

// Recorded: dyus/meeseeks-s3, for UploadPart; justincormack/argmin, object_attributes.rs, for the attributes;
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html for the reads. F431
describe('an encryption that a request may not name', () => {
  it.each(['AES256', 'aws:kms', ''])('is refused: %j', async (word) => {
    const id = await begin('/kms/big');
    const headers = { [prefix]: word };
    const words = 'x-amz-server-side-encryption header is not supported for this operation.';
    const fields = `<ArgumentName>${prefix}</ArgumentName><ArgumentValue>${word}</ArgumentValue>`;
    const [refused, ofCopy] = [errorDocument, undeclared].map((write) => ({
      status: 400,
      text: write('InvalidArgument', words, fields),
    }));
    const answers = [
      await sendPart('/kms/big', id, 1, 'data', headers),
      await send({ path: '/plain/old', headers }),
      await send({ path: '/plain/none', headers }),
      await send({ path: '/plain/old?attributes', headers: { ...headers, 'x-amz-object-attributes': 'ETag' } }),
    ];
    for (const { status, text } of answers) expect({ status, text }).toEqual(refused);
    expect(await answered(copyPart('/kms/big', id, '/plain/old', headers))).toEqual(ofCopy);
    expect((await send({ method: 'HEAD', path: '/plain/old', headers })).status).toBe(400);
  });

  // justincormack/argmin, byte for byte: without a value, and without a declaration for the attributes.
  it('is also refused to reads if it is a key of KMS', async () => {
    const headers = { [`${prefix}-aws-kms-key-id`]: ownKey, 'x-amz-object-attributes': 'ETag' };
    expect(await answered(send({ path: '/plain/old', headers }))).toEqual(
      refusal(400, 'InvalidArgument', needsKms, ofAlgorithm),
    );
    expect(s3.requests.last()?.why).toContain(`${prefix}-aws-kms-key-id is '`);
    expect(await answered(send({ path: '/plain/old?attributes', headers }))).toEqual({
      status: 400,
      text: undeclared('InvalidArgument', needsKms, ofAlgorithm),
    });
    expect((await send({ method: 'HEAD', path: '/plain/old', headers })).status).toBe(400);
  });

  it('is ignored by IBM COS', async () => {
    const host = 's3.us-south.cloud-object-storage.appdomain.cloud';
    const headers = { [prefix]: 'AES256', Authorization: 'Bearer a.b.c' };
    expect((await send({ path: '/plain/old', host, headers })).status).toBe(200);
  });
});

// Recorded: localstack, test_copy_in_place_with_bucket_encryption and test_s3_copy_object_in_place_with_encryption. F94
describe('a copy onto itself', () => {
  it.each([
    ['plain', 400],
    // Its owner said which keys it takes, and not how it encrypts. F616
    ['allowing', 400],
    ['explicit', 200],
    ['kms', 200],
  ])('in the bucket %s is answered with %i', async (bucket, status) => {
    expect((await copy(`/${bucket}/old`, `/${bucket}/old`)).status).toBe(status);
    // Once more, when the object is encrypted as the bucket's default says.
    expect((await copy(`/${bucket}/old`, `/${bucket}/old`)).status).toBe(status);
  });
});
