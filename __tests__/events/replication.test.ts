import { DeleteObjectsCommand, PutObjectCommand, PutObjectTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import type { SQSHandler } from 'aws-lambda';
import type { notificationEvents } from '../../src/model/configurations/notification';
import { mockS3 } from '../../src/testing/jest';

const queueNamed = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}` as const;
const atVault = queueNamed('vault');
const atReplica = queueNamed('replica');
const atArchive = queueNamed('archive');

const rule = (ID: string, bucket: string, Priority: number) => ({
  ID,
  Priority,
  Status: 'Enabled' as const,
  Filter: { Prefix: '' },
  DeleteMarkerReplication: { Status: 'Enabled' as const },
  Destination: { Bucket: `arn:aws:s3:::${bucket}`, Metrics: { Status: 'Enabled' as const } },
});

const s3 = mockS3({
  buckets: {
    replica: { versioning: 'Enabled' },
    archive: { versioning: 'Enabled' },
    vault: {
      versioning: 'Enabled',
      replication: {
        Role: 'arn:aws:iam::000000000000:role/replication',
        Rules: [rule('first', 'replica', 1), rule('second', 'archive', 2)],
      },
    },
  },
});

function notify(
  bucket: string,
  QueueArn: string,
  Events: readonly (typeof notificationEvents)[number][] = ['s3:ObjectCreated:*'],
  prefix?: string,
): void {
  const filter = prefix !== undefined && {
    Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: prefix }] } },
  };
  s3.bucket(bucket).notification = { QueueConfigurations: [{ Id: bucket, QueueArn, Events: [...Events], ...filter }] };
}

const client = new S3Client({ maxAttempts: 1 });
const put = (Key: string, Bucket = 'vault') => client.send(new PutObjectCommand({ Bucket, Key, Body: 'bytes' }));

function recorder() {
  const seen: string[] = [];
  const handler: SQSHandler = ({ Records }) => {
    for (const { body } of Records) {
      const { Records: records } = JSON.parse(body);
      for (const { eventName, s3: about } of records)
        seen.push(`${eventName} ${about.bucket.name}/${about.object.key}`);
    }
  };
  return { seen, handler: async (event: Parameters<SQSHandler>[0]) => void handler(event, {} as never, () => {}) };
}

describe('the event of a replica', () => {
  it('reaches its handler before settled() ends', async () => {
    const { seen, handler } = recorder();
    s3.deliverTo(atReplica, handler);
    notify('replica', atReplica);
    const { events } = s3;
    await put('a.txt');
    await events.settled();
    expect(seen).toEqual(['ObjectCreated:Put replica/a.txt']);
  });

  it('reaches its handler without a further call', async () => {
    const called = new Promise((resolve) => s3.deliverTo(atReplica, async (event) => resolve(event.Records.length)));
    notify('replica', atReplica);
    await put('a.txt');
    expect(await called).toBe(1);
  });

  it('ends a wait that began before the request', async () => {
    notify('replica', atReplica);
    const wait = s3.events.waitFor('ObjectCreated:Put', { bucket: 'replica' });
    const { VersionId } = await put('a.txt');
    expect(await wait).toMatchObject({ key: 'a.txt', versionId: VersionId, destination: atReplica });
  });

  it('comes after the events of the request', async () => {
    const { seen, handler } = recorder();
    for (const queue of [atVault, atReplica]) s3.deliverTo(queue, handler);
    notify('vault', atVault);
    notify('replica', atReplica);
    await put('a.txt');
    await s3.events.settled();
    expect(seen).toEqual(['ObjectCreated:Put vault/a.txt', 'ObjectCreated:Put replica/a.txt']);
  });

  it('has the copy as its cause, also of several destinations', async () => {
    notify('replica', atReplica);
    notify('archive', atArchive);
    await put('a.txt');
    await put('b.txt');
    const causes = s3.events
      .map(({ bucket, key = '', cause }) => ({ bucket, key, cause }))
      .toSorted((one, other) => one.key.localeCompare(other.key) || other.bucket.localeCompare(one.bucket));
    const copied = (bucket: string, key: string) => ({
      bucket,
      key,
      cause: expect.objectContaining({
        action: 'replicate',
        bucket: 'vault',
        key,
        destination: bucket,
        result: 'COMPLETED',
      }),
    });
    expect(causes).toEqual([
      copied('replica', 'a.txt'),
      copied('archive', 'a.txt'),
      copied('replica', 'b.txt'),
      copied('archive', 'b.txt'),
    ]);
  });

  it('has the copy of its own key as its cause if others at that time have no event', async () => {
    notify('archive', atArchive, ['s3:ObjectRemoved:*'], 'b');
    const Objects = ['a', 'b', 'c', 'b2'].map((Key) => ({ Key }));
    await client.send(new DeleteObjectsCommand({ Bucket: 'vault', Delete: { Objects } }));
    expect(s3.events.map(({ key, cause }) => ({ key, cause }))).toEqual(
      ['b', 'b2'].map((key) => ({
        key,
        cause: expect.objectContaining({ key, destination: 'archive', part: 'delete marker' }),
      })),
    );
  });

  it('has the copy of its own part as its cause', async () => {
    notify('replica', atReplica, ['s3:ObjectTagging:*']);
    await put('a.txt');
    const Tagging = { TagSet: [{ Key: 'k', Value: 'v' }] };
    await client.send(new PutObjectTaggingCommand({ Bucket: 'vault', Key: 'a.txt', Tagging }));
    expect(s3.events.map(({ name, cause }) => ({ name, cause }))).toEqual([
      { name: 'ObjectTagging:Put', cause: expect.objectContaining({ part: 'tags', destination: 'replica' }) },
    ]);
  });

  it('has the copy as its cause in words', async () => {
    notify('replica', atReplica);
    await put('a.txt');
    expect(String(s3.events)).toContain("(S3.REPLICATE.OBJECT by rule 'first')");
  });
});

describe('the event of a failure', () => {
  it('comes from the source for each destination that failed', async () => {
    notify('vault', atVault, ['s3:Replication:*']);
    notify('archive', atArchive);
    s3.bucket('replica').versioning = 'Suspended';
    await put('a.txt');
    const events = s3.events.map(({ name, bucket, cause }) => ({ name, bucket, cause }));
    expect(events.toSorted((one, other) => other.name.localeCompare(one.name))).toEqual([
      {
        name: 'Replication:OperationFailedReplication',
        bucket: 'vault',
        cause: expect.objectContaining({ destination: 'replica', reason: 'DstBucketUnversioned' }),
      },
      { name: 'ObjectCreated:Put', bucket: 'archive', cause: expect.objectContaining({ destination: 'archive' }) },
    ]);
  });

  it('reaches its handler', async () => {
    const { seen, handler } = recorder();
    s3.deliverTo(atVault, handler);
    notify('vault', atVault, ['s3:Replication:OperationFailedReplication']);
    s3.bucket('replica').versioning = 'Suspended';
    await put('a.txt');
    await s3.events.settled();
    expect(seen).toEqual(['Replication:OperationFailedReplication vault/a.txt']);
  });
});

describe('a handler at the destination that writes to the source', () => {
  const write = () => put('again.txt');
  it.each<[what: string, answers: boolean, write: () => unknown]>([
    ['as a recursive loop', true, write],
    ['though its answers are lost', false, () => write().catch(() => {})],
    ['though it does not await its request', true, () => void write()],
  ])('is stopped %s', async (_what, answers, again) => {
    let calls = 0;
    s3.deliverTo(atReplica, async () => {
      calls += 1;
      await again();
    });
    notify('replica', atReplica);
    if (!answers) s3.on('PutObject', { Key: 'again.txt' }).disconnect({ when: 'after' });
    await put('a.txt');
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const error = await s3.events.settled().catch((thrown: unknown) => thrown);
    expect({ error, calls }).toEqual({ error: expect.objectContaining({ code: 'RECURSIVE_LOOP' }), calls: 16 });
  });

  it('may write once', async () => {
    let calls = 0;
    s3.deliverTo(atReplica, async () => {
      calls += 1;
      if (calls === 1) await put('a-done.txt');
    });
    notify('replica', atReplica);
    await put('a.txt');
    await s3.events.settled();
    expect({
      calls,
      keys: s3
        .bucket('replica')
        .versions()
        .map(({ key }) => key),
    }).toEqual({
      calls: 2,
      keys: ['a-done.txt', 'a.txt'],
    });
  });
});

function messageOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
}

describe('a failed toHaveSent of replication', () => {
  const failed = 'Replication:OperationFailedReplication';
  const missed = 'Replication:OperationMissedThreshold';
  /** The paragraphs after the headline, without times. */
  const whyNot = (name: string, key = 'a.txt', bucket = 'vault') =>
    messageOf(() => expect(s3.bucket(bucket)).toHaveSent(name as typeof failed, { key }))
      .split('\n\n')
      .slice(1)
      .join('\n\n')
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'TIME')
      .replaceAll(/version \S{32}/g, 'version ID');

  it('says that the bucket has no rules', () => {
    notify('replica', atReplica, ['s3:Replication:*']);
    expect(whyNot(failed, 'a.txt', 'replica')).toBe("Bucket 'replica' has no replication configuration.");
  });

  it('says that no rule has metrics', () => {
    notify('vault', atVault, ['s3:Replication:*']);
    const { Destination, ...others } = rule('all', 'replica', 1);
    s3.bucket('vault').replication = {
      Role: 'arn:aws:iam::000000000000:role/replication',
      Rules: [{ ...others, Destination: { Bucket: Destination.Bucket } }],
    };
    expect(whyNot(failed)).toBe(
      "No rule of bucket 'vault' has Metrics: { Status: 'Enabled' }, and S3 sends these events only for rules with Metrics.",
    );
  });

  it('says that no rule has a threshold', () => {
    notify('vault', atVault, ['s3:Replication:*']);
    expect(whyNot(missed)).toBe(
      "No rule of bucket 'vault' has ReplicationTime: { Status: 'Enabled' }, so S3 measures no threshold.",
    );
  });

  it('says that nothing failed', async () => {
    notify('vault', atVault, ['s3:Replication:*']);
    await put('a.txt');
    expect(whyNot(failed).split('\n').toSorted()).toEqual([
      "  TIME  S3.REPLICATE.OBJECT  vault/a.txt  version ID to archive, by rule 'second'",
      "  TIME  S3.REPLICATE.OBJECT  vault/a.txt  version ID to replica, by rule 'first'",
      'What replication did:',
    ]);
  });

  // F888
  it('says that S3 does not report a replica without its tags', async () => {
    notify('vault', atVault, ['s3:Replication:*']);
    s3.bucket('replica').policy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Principal: '*', Action: 's3:ReplicateTags', Resource: 'arn:aws:s3:::replica/*' },
    };
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: 'bytes', Tagging: 'stage=draft' }));
    expect(s3.events).toHaveLength(0);
    expect(whyNot(failed)).toContain(
      "to replica, by rule 'first'  FAILED DstPutTaggingNotPermitted: copied without its tags, for which S3 sends no event: ",
    );
  });

  it('says that there is nothing to copy', () => {
    notify('vault', atVault, ['s3:Replication:*']);
    expect(whyNot(failed)).toBe("Replication has nothing to copy from bucket 'vault' with the key 'a.txt'.");
  });

  it('says why the destination has no replica', async () => {
    notify('replica', atReplica);
    s3.bucket('replica').versioning = 'Suspended';
    await put('a.txt');
    expect(whyNot('ObjectCreated:Put', 'a.txt', 'replica')).toBe(
      "What replication did:\n  TIME  S3.REPLICATE.OBJECT  vault/a.txt  version ID to replica, by rule 'first'  FAILED DstBucketUnversioned: versioning of bucket 'replica' is Suspended",
    );
  });

  it('says that EventBridge gets none of it', () => {
    s3.bucket('vault').notification = { EventBridgeConfiguration: {} };
    expect(whyNot(failed)).toBe("No configuration of bucket 'vault' sends it:\n- EventBridge does not get this event");
  });
});
