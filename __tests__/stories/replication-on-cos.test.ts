import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosClient } from '../support/cos-client';
import { crnOf, ofCos, ruleTo } from '../support/cos-replication';

const s3 = mockS3({ now: '2026-03-01T12:00:00Z', buckets: { vault: ofCos, replica: ofCos } });

const cos = cosClient();

const versioning = (Status: string) => ({ Bucket: 'replica', VersioningConfiguration: { Status } });
const replicate = () =>
  cos
    .putBucketReplication({ Bucket: 'vault', ReplicationConfiguration: { Rules: [ruleTo('replica')] } } as never) // its types want a role
    .promise();
const put = (Key: string) => cos.putObject({ Bucket: 'vault', Key, Body: Key }).promise();
const failures = async (more: object = {}) =>
  (await cos.listBucketReplicationFailures({ Bucket: 'vault', ...more }).promise()).ListReplicationFailureResult;

describe("a replica at IBM COS as IBM's SDK sees it", () => {
  it('has the id and the tags of its source', async () => {
    await replicate();
    const { VersionId } = await cos.putObject({ Bucket: 'vault', Key: 'a', Body: 'a', Tagging: 'by=me' }).promise();
    await cos
      .putObjectTagging({ Bucket: 'vault', Key: 'a', Tagging: { TagSet: [{ Key: 'by', Value: 'you' }] } })
      .promise();
    expect(await cos.getObjectTagging({ Bucket: 'replica', Key: 'a' }).promise()).toEqual({
      VersionId,
      TagSet: [{ Key: 'by', Value: 'you' }],
    });
    expect(s3.bucket('vault').replication).toMatchObject({ Rules: [{ Destination: { Bucket: crnOf('replica') } }] });
  });

  it('is missing while its bucket is suspended, which the list of failures says, page by page', async () => {
    await replicate();
    await cos.putBucketVersioning(versioning('Suspended')).promise();
    for (const key of ['one', 'two', 'three']) {
      await put(key);
      s3.clock.advance({ seconds: 1 });
    }
    const first = await failures({ MaxKeys: 2 });
    const second = await failures({ MaxKeys: 2, ContinuationToken: first?.NextContinuationToken });
    expect(first).toEqual({
      Name: 'vault',
      MaxKeys: 2,
      IsTruncated: true,
      KeyCount: 2,
      NextContinuationToken: expect.any(String),
      Contents: [expect.objectContaining({ Key: 'three' }), expect.objectContaining({ Key: 'two' })],
    });
    expect(second?.Contents).toEqual([
      {
        Key: 'one',
        VersionId: s3.bucket('vault').current('one')?.versionId,
        SyncType: 'Content',
        FirstSyncAttempted: new Date('2026-03-01T12:00:00Z'),
        LastSyncAttempted: new Date('2026-03-01T12:00:00Z'),
        SyncFailureCause: 'Versioning disabled on destination bucket',
      },
    ]);
  });

  it('is copied by a reattempt, after COS has given it up', async () => {
    await replicate();
    await cos.putBucketVersioning(versioning('Suspended')).promise();
    await put('a');
    s3.clock.advance({ days: 31 });
    await cos.putBucketVersioning(versioning('Enabled')).promise();
    s3.clock.advance({ days: 31 });
    const before = await failures();
    await cos.putBucketReplicationReattempt({ Bucket: 'vault' }).promise();
    s3.clock.advance({ days: 1 });
    expect({ before: before?.KeyCount, after: (await failures())?.KeyCount }).toEqual({ before: 1, after: 0 });
    const copy = await cos.getObject({ Bucket: 'replica', Key: 'a' }).promise();
    expect(String(copy.Body)).toBe('a');
    expect(s3).toHaveReceived('PutBucketReplicationReattempt', { Bucket: 'vault' });
  });
});
