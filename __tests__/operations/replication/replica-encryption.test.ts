import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { testKey } from '../../support/customer-keys';
import { get, head, put } from '../../support/objects';
import { copiesOf, toReplica, withReplicaKey } from '../../support/replication';
import { send } from '../../support/wire-client';

const id = '11111111-2222-3333-4444-555555555555';
const arn = `arn:aws:kms:eu-west-1:000000000000:key/${id}`;
const s3 = mockS3({
  sseC: 'allowed',
  buckets: {
    vault: { versioning: 'Enabled', replication: toReplica() },
    replica: { versioning: 'Enabled', region: 'eu-west-1' },
  },
});

const host = 's3.eu-west-1.amazonaws.com';
const kms = { 'x-amz-server-side-encryption': 'aws:kms' };
const bucketKey = { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' };

async function encryptionOf(path: string, headers = {}, at = 's3.amazonaws.com') {
  const { header } = await head(path, headers, { host: at });
  return {
    algorithm: header('x-amz-server-side-encryption'),
    key: header('x-amz-server-side-encryption-aws-kms-key-id'),
    bucketKey: header('x-amz-server-side-encryption-bucket-key-enabled'),
  };
}
const encryptionOfReplica = () => encryptionOf('/replica/k', {}, host);
const etags = async () => ({
  source: (await head('/vault/k')).header('etag'),
  replica: (await head('/replica/k', {}, { host })).header('etag'),
});
const failure = () => s3.requests.serviceActions.at(-1);

// F880
describe('the replica of an object', () => {
  it('that S3 encrypts with its own key is so as well, whatever the default of the destination is', async () => {
    s3.bucket('replica').encryption = 'aws:kms';
    await put('/vault/k');
    expect(await encryptionOfReplica()).toEqual({ algorithm: 'AES256', key: undefined, bucketKey: undefined });
    const { source, replica } = await etags();
    expect(replica).toBe(source);
  });

  it.each([
    ['an ARN', arn],
    ['an id', id],
  ])('that KMS encrypts has the key of the rule, named by %s', async (_name, key) => {
    s3.bucket('vault').replication = toReplica(withReplicaKey(key));
    await put('/vault/k', 'data', kms);
    expect(await encryptionOfReplica()).toEqual({ algorithm: 'aws:kms', key: arn, bucketKey: undefined });
    const { source, replica } = await etags();
    expect(replica).toBe(source);
  });

  // F1622
  it('that a multi-Region key encrypts has the related key of its region, if the rule says so', async () => {
    const mrk = `mrk-${'0123456789abcdef'.repeat(2)}`;
    const using = (Status: 'Enabled' | 'Disabled') =>
      toReplica({
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: { EncryptionConfiguration: { ReplicaKmsKeyID: id, UseSourceMultiRegionKey: { Status } } },
      });
    const withMrk = { ...kms, 'x-amz-server-side-encryption-aws-kms-key-id': mrk };
    s3.bucket('vault').replication = using('Enabled');
    await put('/vault/k', 'data', withMrk);
    expect((await encryptionOfReplica()).key).toBe(`arn:aws:kms:eu-west-1:000000000000:key/${mrk}`);
    await put('/vault/k', 'of a key of one Region', kms);
    expect((await encryptionOfReplica()).key).toBe(arn);
    s3.bucket('vault').replication = using('Disabled');
    await put('/vault/k', 'data', withMrk);
    expect((await encryptionOfReplica()).key).toBe(arn);
  });

  it('that KMS encrypts has the key of the rule, named by an alias', async () => {
    s3.bucket('vault').replication = toReplica(withReplicaKey('alias/replicas'));
    await put('/vault/k', 'data', kms);
    const { key } = await encryptionOfReplica();
    expect(key).toMatch(/^arn:aws:kms:eu-west-1:000000000000:key\//);
    const named = { ...kms, 'x-amz-server-side-encryption-aws-kms-key-id': 'alias/replicas' };
    await send({ method: 'PUT', path: '/replica/own', headers: named, host });
    expect(await encryptionOf('/replica/own', {}, host)).toMatchObject({ key });
  });

  it.each([
    ['with a bucket key has one', bucketKey, 'true', false],
    ['without a bucket key has none', {}, undefined, true],
  ])('%s, whatever the default of the destination is', async (_name, headers, has, byDefault) => {
    s3.bucket('replica').encryption = {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: byDefault }],
    };
    s3.bucket('vault').replication = toReplica(withReplicaKey(arn));
    await put('/vault/k', 'data', { ...kms, ...headers });
    expect(await encryptionOfReplica()).toEqual({ algorithm: 'aws:kms', key: arn, bucketKey: has });
  });

  it('that has two layers of encryption has two as well', async () => {
    s3.bucket('vault').replication = toReplica(withReplicaKey(arn));
    await put('/vault/k', 'data', { 'x-amz-server-side-encryption': 'aws:kms:dsse' });
    expect(await encryptionOfReplica()).toEqual({ algorithm: 'aws:kms:dsse', key: arn, bucketKey: undefined });
  });

  it("with a customer's key has the same key", async () => {
    const { headers } = testKey('a');
    await put('/vault/k', 'data', headers);
    expect(await get('/replica/k', headers, { host })).toMatchObject({ status: 200, body: 'data' });
    expect((await get('/replica/k', testKey('b').headers, { host })).status).toBe(403);
    expect((await head('/replica/k', headers, { host })).header('etag')).toBe(
      (await head('/vault/k', headers)).header('etag'),
    );
  });

  it("with a customer's key is not made in a bucket that refuses such writes", async () => {
    s3.bucket('replica').encryption = { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }] };
    await put('/vault/k', 'data', testKey('a').headers);
    expect(copiesOf(s3)).toEqual(['object FAILED DstPutObjectNotPermitted']);
    expect(failure()?.why).toBe("bucket 'replica' refuses writes with a customer's key");
    expect(s3.bucket('replica').current('k')).toBeUndefined();
  });

  it('without encryption has the default of the destination, and an ETag of its own', async () => {
    s3.bucket('replica').encryption = {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn },
          BucketKeyEnabled: true,
        },
      ],
    };
    // IBM COS says nothing of its own keys, and this bucket is of both services.
    await send({ method: 'PUT', path: '/vault/k', body: 'data', host: cosHost });
    expect(await encryptionOf('/vault/k')).toMatchObject({ algorithm: undefined });
    expect(await encryptionOfReplica()).toEqual({ algorithm: 'aws:kms', key: arn, bucketKey: 'true' });
    const { source, replica } = await etags();
    expect(replica).not.toBe(source);
  });

  it('without encryption has the key of S3 if the destination has no default', async () => {
    await send({ method: 'PUT', path: '/vault/k', body: 'data', host: cosHost });
    expect(await encryptionOfReplica()).toMatchObject({ algorithm: 'AES256' });
    const { source, replica } = await etags();
    expect(replica).toBe(source);
  });
});
