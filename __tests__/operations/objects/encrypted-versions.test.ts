import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketReplicationCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketReplicationCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from '@jest/globals';
import { deleteMarker, mockS3 } from 's3-versioning-mock/jest';
import { testKey } from '../../support/customer-keys';
import { send } from '../../support/wire-client';

const key = testKey('k');
const kmsKey = 'arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const withKey = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: key.text } as const;

/** The ways to encrypt an object: as a fixture, as a write names it, as a read names it, and as answers have it. */
const encryptions = {
  'SSE-S3': { fixture: 'AES256', write: {}, read: {}, answer: { ServerSideEncryption: 'AES256' } },
  'SSE-KMS': {
    fixture: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey, BucketKeyEnabled: true },
    write: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey, BucketKeyEnabled: true },
    read: {},
    answer: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey, BucketKeyEnabled: true },
  },
  'DSSE-KMS': {
    fixture: { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: kmsKey },
    write: { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: kmsKey },
    read: {},
    answer: { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: kmsKey },
  },
  'SSE-C': {
    fixture: { SSECustomerKey: key.bytes },
    write: withKey,
    read: withKey,
    answer: { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: key.md5 },
  },
} as const;
const kinds = ['SSE-S3', 'SSE-KMS', 'DSSE-KMS', 'SSE-C'] as const;

/** The current version and the one below it are encrypted alike. */
const objectsOf = (kind: (typeof kinds)[number]) => {
  const encryption = encryptions[kind].fixture;
  return {
    file: [
      { body: 'first', encryption, lastModified: '2026-01-01T10:00:00Z' },
      { body: 'the second', encryption, lastModified: '2026-01-02T10:00:00Z' },
    ],
  };
};

const s3 = mockS3({
  now: '2026-01-03T10:00:00Z',
  sseC: 'allowed',
  buckets: {
    'sse-s3': { versioning: 'Enabled', ownershipControls: 'ObjectWriter', objects: objectsOf('SSE-S3') },
    'sse-kms': { versioning: 'Enabled', ownershipControls: 'ObjectWriter', objects: objectsOf('SSE-KMS') },
    'dsse-kms': { versioning: 'Enabled', ownershipControls: 'ObjectWriter', objects: objectsOf('DSSE-KMS') },
    'sse-c': { versioning: 'Enabled', ownershipControls: 'ObjectWriter', objects: objectsOf('SSE-C') },
    locked: { objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 10 } } },
    paused: { versioning: 'Suspended' },
    copies: { versioning: 'Enabled' },
  },
});

const client = new S3Client({});
afterAll(() => client.destroy());

const Key = 'file';
const digest = { ChecksumAlgorithm: 'CRC32' } as const;

describe.each(kinds)('versions with %s', (kind) => {
  const Bucket = kind.toLowerCase();
  const { write, read, answer } = encryptions[kind];
  const lifecycle = { ID: 'rule', Status: 'Enabled', Filter: { ObjectSizeGreaterThan: 1 } } as const;
  const headOf = (VersionId?: string) => client.send(new HeadObjectCommand({ Bucket, Key, VersionId, ...read }));
  const firstId = () => s3.bucket(Bucket).versions(Key)[1]?.versionId;

  it('are listed with the size and the ETag that reads have, and without their encryption', async () => {
    const list = await send({ path: `/${Bucket}?versions` });
    expect(list.body).not.toMatch(/<\w*(?:encryption|SSE|KMS)|aws:kms|AES256/i);
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions.map(({ Size }) => Size)).toEqual([10, 5]);
    for (const { VersionId, ETag, Size } of Versions)
      expect(await headOf(VersionId)).toMatchObject({ ETag, ContentLength: Size, ...answer });
  });

  it('are moved to another storage class with their bytes, ETag and encryption', async () => {
    s3.bucket(Bucket).lifecycle = {
      Rules: [
        {
          ...lifecycle,
          Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }],
          NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'GLACIER' }],
        },
      ],
    };
    const [current, noncurrent] = [await headOf(), await headOf(firstId())];
    s3.clock.advance({ days: 40 });
    expect(await headOf()).toMatchObject({ StorageClass: 'STANDARD_IA', ETag: current.ETag, ...answer });
    expect(await headOf(firstId())).toMatchObject({ StorageClass: 'GLACIER', ETag: noncurrent.ETag, ...answer });
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...read }));
    expect(await Body?.transformToString()).toBe('the second');
    await expect(
      client.send(new GetObjectCommand({ Bucket, Key, VersionId: firstId(), ...read })),
    ).rejects.toMatchObject({ name: 'InvalidObjectState', StorageClass: 'GLACIER' });
  });

  it('expire as others do: the current one below a delete marker, the other one for good', async () => {
    s3.bucket(Bucket).lifecycle = {
      Rules: [{ ...lifecycle, Expiration: { Days: 30 }, NoncurrentVersionExpiration: { NoncurrentDays: 5 } }],
    };
    s3.clock.advance({ days: 20 });
    expect(s3.bucket(Bucket)).toHaveVersions(Key, ['the second']);
    s3.clock.advance({ days: 12 });
    expect(s3.bucket(Bucket)).toHaveVersions(Key, ['the second', deleteMarker]);
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html: only the bytes need the key. F650
  it('have tags, an ACL and an end without a key', async () => {
    const Tagging = { TagSet: [{ Key: 'kind', Value: kind }] };
    for (const VersionId of [firstId(), undefined]) {
      const version = { Bucket, Key, VersionId };
      await client.send(new PutObjectTaggingCommand({ ...version, Tagging }));
      expect(await client.send(new GetObjectTaggingCommand(version))).toMatchObject(Tagging);
      await client.send(new PutObjectAclCommand({ ...version, ACL: 'bucket-owner-full-control' }));
      expect((await client.send(new GetObjectAclCommand(version))).Grants).toHaveLength(1);
      expect(await headOf(VersionId)).toMatchObject({ TagCount: 1, ...answer });
    }
    const Objects = [{ Key, VersionId: firstId() }];
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Errors).toEqual([]);
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(s3.bucket(Bucket)).toHaveVersions(Key, ['the second', deleteMarker]);
  });

  it('are locked when they are written, and the lock is read and changed without a key', async () => {
    const locked = { Bucket: 'locked', Key };
    const until = new Date('2026-02-01T00:00:00Z');
    const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until } as const;
    const { VersionId } = await client.send(
      new PutObjectCommand({ ...locked, Body: 'first', ...write, ...lock, ...digest }),
    );
    const version = { ...locked, VersionId };
    expect(await client.send(new HeadObjectCommand({ ...version, ...read }))).toMatchObject({ ...lock, ...answer });
    const longer = { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2026-03-01T00:00:00Z') } as const;
    await client.send(new PutObjectRetentionCommand({ ...version, Retention: longer, ...digest }));
    expect((await client.send(new GetObjectRetentionCommand(version))).Retention).toEqual(longer);
    await client.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: 'ON' }, ...digest }));
    expect((await client.send(new GetObjectLegalHoldCommand(version))).LegalHold).toEqual({ Status: 'ON' });
    await expect(client.send(new DeleteObjectCommand(version))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('are copied to a bucket with object lock, whose default retention the copy gets', async () => {
    const copied = await client.send(
      new CopyObjectCommand({
        Bucket: 'locked',
        Key,
        CopySource: `${Bucket}/${Key}?versionId=${firstId()}`,
        ...('SSECustomerKey' in read && {
          CopySourceSSECustomerAlgorithm: 'AES256',
          CopySourceSSECustomerKey: read.SSECustomerKey,
        }),
        ...write,
      }),
    );
    expect(copied).toMatchObject(answer);
    expect(s3.bucket('locked')).toHaveVersions(Key, [
      {
        body: 'first',
        encryption: answer,
        retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2026-01-13T10:00:00Z') },
      },
    ]);
  });

  it('give their place to a null version of another encryption while versioning is suspended', async () => {
    const put = (Body: string, more: object) =>
      client.send(new PutObjectCommand({ Bucket: 'paused', Key, Body, ...more }));
    const paused = (more: object) => client.send(new GetObjectCommand({ Bucket: 'paused', Key, ...more }));
    await put('first', write);
    expect(await paused({ VersionId: 'null', ...read })).toMatchObject(answer);
    await put('second', { ServerSideEncryption: 'AES256' });
    expect(await paused({ VersionId: 'null' })).toMatchObject({ ServerSideEncryption: 'AES256' });
    await put('third', write);
    expect(await paused(read)).toMatchObject({ VersionId: 'null', ...answer });
    expect(s3.bucket('paused')).toHaveVersions(Key, ['third']);
  });

  it('are kept as they are when the default of the bucket changes', async () => {
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' as const } }];
    await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    expect(await headOf(firstId())).toMatchObject(answer);
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'third' }));
    expect(await client.send(new HeadObjectCommand({ Bucket, Key, VersionId }))).toMatchObject({
      ServerSideEncryption: 'aws:kms:dsse',
    });
  });

  // The mock delivers no replicas, so that the document is all that there is.
  it('are written and read as ever in a bucket that replicates them under another key', async () => {
    const ReplicationConfiguration = {
      Role: 'arn:aws:iam::000000000000:role/replication',
      Rules: [
        {
          ID: 'all',
          Priority: 1,
          Status: 'Enabled' as const,
          Filter: { Prefix: '' },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' as const } },
          Destination: { Bucket: 'arn:aws:s3:::copies', EncryptionConfiguration: { ReplicaKmsKeyID: kmsKey } },
          DeleteMarkerReplication: { Status: 'Disabled' as const },
        },
      ],
    };
    await client.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
    expect(await client.send(new GetBucketReplicationCommand({ Bucket }))).toMatchObject({ ReplicationConfiguration });
    expect(await client.send(new PutObjectCommand({ Bucket, Key, Body: 'third', ...write }))).toMatchObject(answer);
    expect(await headOf()).toMatchObject(answer);
    expect(s3.bucket('copies').versions(Key)).toMatchObject([{ replicationStatus: 'REPLICA', size: 5 }]);
  });
});
