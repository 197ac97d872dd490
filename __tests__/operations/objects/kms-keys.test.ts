import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 as startMock } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { answered, refusal } from '../../support/objects';
import { addPart, begin, complete, copyPart, sendPart, undeclared } from '../../support/uploads';
import { send, signedWith } from '../../support/wire-client';

const account = '111122223333';
const arnOf = (id: string) => `arn:aws:kms:us-east-1:${account}:key/${id}`;
const off = arnOf('00000000-0000-4000-8000-000000000001');
const dying = arnOf('00000000-0000-4000-8000-000000000002');
const gone = arnOf('00000000-0000-4000-8000-000000000003');
const good = arnOf('00000000-0000-4000-8000-000000000004');
const encrypted = (SSEKMSKeyId: string) =>
  ({ body: 'data', encryption: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId } }) as const;

const s3 = mockS3({
  account,
  kmsKeys: { [off]: 'disabled', [dying]: 'pending deletion', [gone]: 'missing' },
  buckets: {
    vault: {
      objects: {
        plain: 'data',
        good: encrypted(good),
        off: encrypted(off),
        dying: encrypted(dying),
        gone: encrypted(gone),
      },
    },
    default: {
      encryption: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: off } }],
      },
    },
  },
});

const prefix = 'x-amz-server-side-encryption';
const kms = (key: string) => ({ [prefix]: 'aws:kms', [`${prefix}-aws-kms-key-id`]: key });
const refusals = {
  off: ['KMS.DisabledException', `${off} is disabled.`],
  dying: ['KMS.KMSInvalidStateException', `${dying} is pending deletion.`],
  gone: ['KMS.NotFoundException', `Key '${gone}' does not exist`],
} as const;
const keys = { off, dying, gone };

// Recorded: localstack, test_s3_sse_validate_kms_key and test_s3_sse_validate_kms_key_state. F632
describe.each(['off', 'dying', 'gone'] as const)('with a key that is %s', (name) => {
  const [code, message] = refusals[name];
  const refused = refusal(400, code, message);

  it('PutObject, CreateMultipartUpload and CopyObject are refused', async () => {
    const headers = kms(keys[name]);
    const put = await send({ method: 'PUT', path: '/vault/k', body: 'data', headers });
    const begun = await send({ method: 'POST', path: '/vault/k?uploads', headers });
    const copy = { 'x-amz-copy-source': 'vault/good', ...headers };
    const copied = await send({ method: 'PUT', path: '/vault/k', headers: copy });
    expect(put).toMatchObject(refused);
    expect(begun).toMatchObject(refused);
    expect(copied).toMatchObject({ status: 400, text: undeclared(code, message) });
    expect(s3.bucket('vault').versions('k')).toEqual([]);
    expect(s3.requests.last()?.why).toBe(
      `kmsKeys has '${keys[name]}' as '${{ off: 'disabled', dying: 'pending deletion', gone: 'missing' }[name]}'`,
    );
  });

  it('GetObject and the copies of an object are refused, and HeadObject with its checksum, and GetObjectAttributes', async () => {
    expect(await answered(send({ path: `/vault/${name}` }))).toEqual(refused);
    const copy = { 'x-amz-copy-source': `vault/${name}` };
    expect(await answered(send({ method: 'PUT', path: '/vault/k', headers: copy }))).toEqual({
      status: 400,
      text: undeclared(code, message),
    });
    const id = await begin('/vault/k');
    expect(await answered(copyPart('/vault/k', id, `vault/${name}`))).toEqual({
      status: 400,
      text: undeclared(code, message),
    });
    const withChecksum = await send({
      method: 'HEAD',
      path: `/vault/${name}`,
      headers: { 'x-amz-checksum-mode': 'ENABLED' },
    });
    expect(withChecksum.status).toBe(400);
    const attributes = { 'x-amz-object-attributes': 'ETag' };
    expect(await answered(send({ path: `/vault/${name}?attributes`, headers: attributes }))).toEqual(refused);
  });

  it('other operations on an object go on', async () => {
    expect((await send({ method: 'HEAD', path: `/vault/${name}` })).header(`${prefix}-aws-kms-key-id`)).toBe(
      keys[name],
    );
    expect((await send({ path: `/vault/${name}?tagging` })).status).toBe(200);
    expect((await send({ method: 'PUT', path: `/vault/${name}`, body: 'new' })).status).toBe(200);
    expect((await send({ method: 'DELETE', path: `/vault/${name}` })).status).toBe(204);
  });
});

describe('a key', () => {
  it('of the default of a bucket is asked at the write', async () => {
    expect(await answered(send({ method: 'PUT', path: '/default/k', body: 'data' }))).toEqual(
      refusal(400, 'KMS.DisabledException', `${off} is disabled.`),
    );
    const own = { [prefix]: 'AES256' };
    expect((await send({ method: 'PUT', path: '/default/k', body: 'data', headers: own })).status).toBe(200);
  });

  it.each([
    ['without a checksum', {}, 200],
    ['with a checksum', { 'x-amz-checksum-algorithm': 'CRC32' }, 400],
  ])('of an upload %s is asked for each part; ListParts and its completion are %j', async (_what, more, status) => {
    const id = await begin('/vault/big', { ...kms(good), ...more });
    const checksum = status === 400 ? { 'x-amz-checksum-crc32': 'rfPzYw==' } : {};
    const part = await addPart('/vault/big', id, 1, 'data', { ...checksum });
    s3.kmsKeys.set(good, 'disabled');
    const refused = refusal(400, 'KMS.DisabledException', `${good} is disabled.`);
    expect(await answered(sendPart('/vault/big', id, 2, 'data'))).toEqual(refused);
    const listed = await send({ path: `/vault/big?uploadId=${id}` });
    expect(listed.status).toBe(status);
    if (status === 400) expect(listed.text).toBe(refused.text);
    expect((await complete('/vault/big', id, part)).status).toBe(status);
  });

  // Recorded: radkawar/stackd, kms-copy-dest-no-decrypt-false-predicate and kms-disabled-source-false-predicate. F632
  it('of an upload or of a source is asked for a copied part after the conditions on the source', async () => {
    const id = await begin('/vault/big', kms(good));
    s3.kmsKeys.set(good, 'disabled');
    const unmet = { 'x-amz-copy-source-if-match': '"other"' };
    expect((await copyPart('/vault/big', id, 'vault/plain', unmet)).text).toContain('<Code>PreconditionFailed</Code>');
    expect((await copyPart('/vault/big', id, 'vault/good', unmet)).text).toContain('<Code>PreconditionFailed</Code>');
    expect((await copyPart('/vault/big', id, 'vault/plain')).text).toContain('<Code>KMS.DisabledException</Code>');
  });

  it('is the one that an id or an alias stands for, in each account and region', async () => {
    s3.kmsKeys.set('alias/vault', 'disabled');
    s3.kmsKeys.set('00000000-0000-4000-8000-000000000009', 'missing');
    s3.createBucket('west', { region: 'eu-west-1' });
    for (const bucket of ['vault', 'west']) {
      const host = `${bucket}.s3.amazonaws.com`;
      const byAlias = await send({ method: 'PUT', path: '/k', host, headers: kms('alias/vault') });
      expect(byAlias.text).toContain('<Code>KMS.DisabledException</Code>');
      const byId = await send({
        method: 'PUT',
        path: '/k',
        host,
        headers: kms('00000000-0000-4000-8000-000000000009'),
      });
      expect(byId.text).toContain('<Code>KMS.NotFoundException</Code>');
    }
    expect((await send({ method: 'PUT', path: '/vault/k', headers: kms('alias/other') })).status).toBe(200);
  });

  it('works again once it is enabled', async () => {
    s3.kmsKeys.set(off, 'enabled');
    expect((await send({ path: '/vault/off' })).body).toBe('data');
  });

  it('is disabled again after a reset and after restore', async () => {
    const before = s3.snapshot();
    s3.kmsKeys.set(off, 'enabled');
    s3.restore(before);
    expect((await send({ path: '/vault/off' })).status).toBe(400);
    s3.kmsKeys.set(good, 'disabled');
    s3.reset();
    expect((await send({ path: '/vault/good' })).status).toBe(200);
    expect((await send({ path: '/vault/off' })).status).toBe(400);
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html F325
  it("is looked for in the caller's account, unless its account is named", async () => {
    const partner = s3.createAccount('partner');
    s3.bucket('vault').policy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: partner.id }, Action: 's3:*', Resource: 'arn:aws:s3:::vault/*' },
    };
    const asPartner = signedWith(partner.credentials.accessKeyId);
    const keyOf = async (headers: object) =>
      (await send({ method: 'PUT', path: '/vault/k', headers: { ...asPartner, ...headers } })).header(
        `${prefix}-aws-kms-key-id`,
      );
    expect(await keyOf(kms('00000000-0000-4000-8000-000000000004'))).toContain(`:${partner.id}:key/`);
    expect(await keyOf(kms('alias/vault'))).toContain(`:${partner.id}:key/`);
    expect(await keyOf({ [prefix]: 'aws:kms' })).toContain(`:${partner.id}:key/`);
    expect(await keyOf(kms(good))).toBe(good);
  });
});

describe('the option kmsKeys', () => {
  const start = (kmsKeys: object) => () => startMock({ hosts: { only: [] }, kmsKeys: kmsKeys as never }); // wrong on purpose

  it.each([
    [{ 'fake-key-id': 'disabled' }, "mockS3: kmsKeys: invalid KMS key 'fake-key-id'; "],
    [
      { 'alias/vault': 'Disabled' },
      "mockS3: kmsKeys: 'alias/vault': invalid state 'Disabled'; expected one of enabled, disabled,",
    ],
    [{ 'alias/vault': true }, "mockS3: kmsKeys: 'alias/vault': invalid state true; expected one of enabled, disabled,"],
    [{ 'alias/aws/s3': 'disabled' }, "mockS3: kmsKeys: 'alias/aws/s3' is the key that AWS makes for S3"],
    [['alias/vault'], "mockS3: invalid kmsKeys ['alias/vault']; expected an object of states by key"],
  ])('%j is a TypeError', (kmsKeys, message) => {
    expect(start(kmsKeys)).toThrow(TypeError);
    expect(start(kmsKeys)).toThrow(message);
  });

  it('is checked in the same way by the handle', () => {
    const { kmsKeys } = s3;
    expect(() => kmsKeys.set('', 'disabled')).toThrow(
      "s3.kmsKeys.set: invalid KMS key ''; expected an id, an ARN, or an alias",
    );
  });

  it('is kept by toJSON, with what a test set', async () => {
    s3.kmsKeys.set('alias/vault', 'missing');
    const literal = JSON.parse(JSON.stringify(s3));
    expect(literal.kmsKeys).toEqual({
      [off]: 'disabled',
      [dying]: 'pending deletion',
      [gone]: 'missing',
      'alias/vault': 'missing',
    });
    const again = startMock({ ...literal, hosts: { only: ['http://again.test'] } });
    expect(JSON.parse(JSON.stringify(again)).kmsKeys).toEqual(literal.kmsKeys);
    await again.stop();
  });
});

it('a refusal of KMS has its code in the AWS SDK', async () => {
  const client = new S3Client({ region: 'us-east-1' });
  const write = client.send(
    new PutObjectCommand({
      Bucket: 'vault',
      Key: 'k',
      Body: 'data',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: off,
    }),
  );
  await expect(write).rejects.toMatchObject({ name: 'KMS.DisabledException', message: `${off} is disabled.` });
  const read = client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'dying' }));
  await expect(read).rejects.toMatchObject({ name: 'KMS.KMSInvalidStateException' });
});

// Recorded: localstack, test_s3_multipart_upload_sse. F600
describe('the answer of a completion', () => {
  const checksumsIn = ({ text }: { readonly text: string }) => text.match(/<Checksum.*<\/Checksum\w+>/)?.[0];
  const crc64 = '<ChecksumCRC64NVME>';

  it.each([
    ['aws:kms', kms(good)],
    ['aws:kms:dsse', { [prefix]: 'aws:kms:dsse' }],
  ])('of an upload under %s has no checksum if none was asked for, and the object has one', async (_which, headers) => {
    const id = await begin('/vault/big', headers);
    const part = await addPart('/vault/big', id, 1, 'data');
    const completed = await complete('/vault/big', id, part);
    const again = await complete('/vault/big', id, part);
    expect({ completed: completed.status, again: again.status }).toEqual({ completed: 200, again: 200 });
    expect({ completed: checksumsIn(completed), again: checksumsIn(again) }).toEqual({
      completed: undefined,
      again: undefined,
    });
    const read = await send({ path: '/vault/big', headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    expect({
      checksumCrc64nvme: read.header('x-amz-checksum-crc64nvme'),
      checksumType: read.header('x-amz-checksum-type'),
    }).toEqual({
      checksumCrc64nvme: expect.any(String),
      checksumType: 'FULL_OBJECT',
    });
  });

  it('has the checksum that was asked for, and that of an upload under AES256', async () => {
    const asked = { ...kms(good), 'x-amz-checksum-algorithm': 'CRC64NVME' };
    for (const headers of [asked, { [prefix]: 'AES256' }]) {
      const id = await begin('/vault/big', headers);
      const completed = await complete('/vault/big', id, await addPart('/vault/big', id, 1, 'data'));
      expect(checksumsIn(completed)).toContain(crc64);
    }
  });
});
