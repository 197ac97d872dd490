import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    ledger: { objectLock: { defaultRetention: { Mode: 'COMPLIANCE', Years: 7 } } },
    reports: {
      objectLock: true,
      objects: {
        'q4.pdf': {
          body: 'the fourth quarter',
          versionId: 'v1',
          retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-03-01T00:00:00Z' },
        },
        'draft.pdf': { body: 'a draft', versionId: 'd1' },
      },
    },
    scratch: { versioning: 'Enabled' },
  },
});

const client = new S3Client();
afterAll(() => client.destroy());

const Bucket = 'reports';

async function keep(Key: string, days: number): Promise<void> {
  const RetainUntilDate = new Date(s3.clock.now().getTime() + days * 86_400_000);
  const Retention = { Mode: 'GOVERNANCE', RetainUntilDate } as const;
  await client.send(new PutObjectRetentionCommand({ Bucket, Key, Retention }));
}

async function clean(BypassGovernanceRetention?: boolean): Promise<readonly string[]> {
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
  const Objects = Versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
  const { Errors = [] } = await client.send(
    new DeleteObjectsCommand({
      Bucket,
      Delete: { Objects },
      ...(BypassGovernanceRetention && { BypassGovernanceRetention }),
    }),
  );
  return Errors.map(({ Key, Code }) => `${Key}: ${Code}`);
}

describe('keeping reports', () => {
  test('a report cannot be removed before its retention ends', async () => {
    await keep('draft.pdf', 30);
    expect(s3.bucket(Bucket)).toBeLocked('draft.pdf');
    const remove = () => client.send(new DeleteObjectCommand({ Bucket, Key: 'draft.pdf', VersionId: 'd1' }));
    await expect(remove()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Access Denied because object protected by object lock.',
      $metadata: { httpStatusCode: 403 },
    });
    s3.clock.advance({ days: 30 });
    expect(s3.bucket(Bucket)).not.toBeLocked('draft.pdf');
    await remove();
    expect(s3.bucket(Bucket)).toHaveVersions('draft.pdf', []);
  });

  test('the job requests the retention that it is meant to request', async () => {
    await keep('draft.pdf', 30);
    expect(s3).toHaveReceived('PutObjectRetention', {
      Bucket,
      Key: 'draft.pdf',
      Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2026-03-02T10:00:00Z') },
    });
  });

  test('cleaning leaves a retained report, and reports it', async () => {
    expect(await clean()).toEqual(['q4.pdf: AccessDenied']);
    expect(s3.bucket(Bucket)).toHaveVersions('draft.pdf', []);
    expect(s3.bucket(Bucket)).toHaveVersions('q4.pdf', ['the fourth quarter']);
  });

  test('cleaning removes reports under governance if it asks for the bypass', async () => {
    expect(await clean(true)).toEqual([]);
    expect(s3).toHaveReceived('DeleteObjects', { Bucket, BypassGovernanceRetention: true });
  });

  test('deleting hides a retained report, and deleting the delete marker brings it back', async () => {
    const { VersionId } = await client.send(new DeleteObjectCommand({ Bucket, Key: 'q4.pdf' }));
    expect(s3.bucket(Bucket)).toHaveDeleteMarker('q4.pdf');
    expect(s3.bucket(Bucket)).toBeLocked('q4.pdf', 'v1');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'q4.pdf', VersionId }));
    expect(s3.bucket(Bucket)).toHaveObject('q4.pdf', { body: 'the fourth quarter' });
  });

  test('anybody extends a retention, and only a caller with the bypass shortens it', async () => {
    await keep('q4.pdf', 60);
    await expect(keep('q4.pdf', 1)).rejects.toMatchObject({ name: 'AccessDenied' });
    const { Retention } = await client.send(new GetObjectRetentionCommand({ Bucket, Key: 'q4.pdf' }));
    expect(Retention).toEqual({ Mode: 'GOVERNANCE', RetainUntilDate: new Date('2026-04-01T10:00:00Z') });
  });

  test('a copy of a report has no lock', async () => {
    const to = { Bucket, Key: 'copy.pdf' };
    const { VersionId } = await client.send(new CopyObjectCommand({ ...to, CopySource: 'reports/q4.pdf' }));
    expect(s3.bucket(Bucket)).not.toBeLocked('copy.pdf', VersionId);
  });
});

describe('a legal hold', () => {
  const on = (Status: 'ON' | 'OFF') =>
    client.send(new PutObjectLegalHoldCommand({ Bucket, Key: 'draft.pdf', LegalHold: { Status } }));

  test('has no end until it is lifted', async () => {
    await on('ON');
    s3.clock.advance({ days: 36_500 });
    expect(s3.bucket(Bucket)).toBeLocked('draft.pdf');
    expect(await clean(true)).toEqual(['draft.pdf: AccessDenied']);
    await on('OFF');
    expect(await clean()).toEqual([]);
  });

  test('shows in the answers to HeadObject and GetObjectLegalHold', async () => {
    await on('ON');
    const where = { Bucket, Key: 'draft.pdf' };
    expect(await client.send(new HeadObjectCommand(where))).toMatchObject({ ObjectLockLegalHoldStatus: 'ON' });
    expect((await client.send(new GetObjectLegalHoldCommand(where))).LegalHold).toEqual({ Status: 'ON' });
  });
});

describe('a ledger that keeps everything for seven years', () => {
  beforeEach(() => client.send(new PutObjectCommand({ Bucket: 'ledger', Key: 'entry', Body: 'debit 1' })));

  test('keeps each version separately', async () => {
    s3.clock.advance({ days: 365 });
    await client.send(new PutObjectCommand({ Bucket: 'ledger', Key: 'entry', Body: 'debit 2' }));
    const ends = s3
      .bucket('ledger')
      .versions('entry')
      .map(({ retention }) => retention?.RetainUntilDate.toISOString());
    expect(ends).toEqual(['2034-01-31T10:00:00.000Z', '2033-01-31T10:00:00.000Z']);
  });

  test('lets nobody shorten that, not even the root user', async () => {
    const shorter = client.send(
      new PutObjectRetentionCommand({
        Bucket: 'ledger',
        Key: 'entry',
        Retention: { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2027-01-01') },
        BypassGovernanceRetention: true,
      }),
    );
    await expect(shorter).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(s3.requests.last()?.why).toBe(
      'retained in COMPLIANCE mode until 2033-01-31T10:00:00.000Z; BypassGovernanceRetention does not lift COMPLIANCE mode',
    );
  });

  test('cannot be switched off by suspending versioning', async () => {
    const suspend = client.send(
      new PutBucketVersioningCommand({ Bucket: 'ledger', VersioningConfiguration: { Status: 'Suspended' } }),
    );
    await expect(suspend).rejects.toMatchObject({ name: 'InvalidBucketState', $metadata: { httpStatusCode: 409 } });
    expect(s3.bucket('ledger')).toHaveVersioning('Enabled');
  });
});

test('object lock is turned on in a bucket that has versions', async () => {
  const lock = { Bucket: 'scratch', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } } as const;
  await expect(client.send(new GetObjectLockConfigurationCommand({ Bucket: 'scratch' }))).rejects.toMatchObject({
    name: 'ObjectLockConfigurationNotFoundError',
  });
  await client.send(new PutObjectLockConfigurationCommand(lock));
  const { ObjectLockConfiguration } = await client.send(new GetObjectLockConfigurationCommand({ Bucket: 'scratch' }));
  expect(ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' });
  expect(s3.bucket('scratch').objectLock).toBe(true);
});

test('an object is locked by the PUT that writes it', async () => {
  const ObjectLockRetainUntilDate = new Date('2026-12-31T00:00:00Z');
  await client.send(
    new PutObjectCommand({
      Bucket,
      Key: 'new.pdf',
      Body: 'new',
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate,
      ObjectLockLegalHoldStatus: 'ON',
    }),
  );
  expect(s3.bucket(Bucket)).toHaveObject('new.pdf', {
    retention: { Mode: 'COMPLIANCE', RetainUntilDate: ObjectLockRetainUntilDate },
    legalHold: 'ON',
  });
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'new.pdf' }))).toMatchObject({
    ObjectLockMode: 'COMPLIANCE',
    ObjectLockRetainUntilDate,
    ObjectLockLegalHoldStatus: 'ON',
  });
});
