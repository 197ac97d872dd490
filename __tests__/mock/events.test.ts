import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type MockS3, type MockS3Options, mockS3 } from '../../src';

const queue = 'arn:aws:sqs:us-east-1:000000000000:thumbnails';
const notification = {
  QueueConfigurations: [
    { QueueArn: queue, Id: 'all', Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:LifecycleExpiration:*'] },
  ],
} as const;
const Bucket = 'vault';

let s3: MockS3;
const client = new S3Client({ region: 'us-east-1', maxAttempts: 1 });
afterEach(() => s3.stop());

function start(options: MockS3Options = {}): void {
  s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: { vault: { versioning: 'Enabled', notification }, quiet: {} },
    ...options,
  });
}

const put = (Key: string, bucket = Bucket) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'first' }));
const eventsAsText = () => s3.events.map(({ name, key }) => `${name} ${key}`);
const causes = () => s3.events.map(({ cause }) => (cause === undefined ? undefined : cause.operation));

describe('the events of requests', () => {
  it('are in the order of the changes, each with its request and the version that it made', async () => {
    start();
    const { VersionId } = await put('a b.txt');
    await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'vault/a%20b.txt' }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'large' }));
    const { ETag } = await client.send(
      new UploadPartCommand({ Bucket, Key: 'large', UploadId, PartNumber: 1, Body: 'x' }),
    );
    const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'large', UploadId, MultipartUpload }));
    expect({ events: eventsAsText(), causes: causes(), first: s3.events.at(0)?.versionId }).toEqual({
      events: ['ObjectCreated:Put a b.txt', 'ObjectCreated:Copy copy', 'ObjectCreated:CompleteMultipartUpload large'],
      causes: ['PutObject', 'CopyObject', 'CompleteMultipartUpload'],
      first: VersionId,
    });
  });

  it('are one for each entry of DeleteObjects, in the order of the entries', async () => {
    start({
      buckets: {
        vault: { versioning: 'Enabled', notification, objects: { a: 'x', b: 'y', c: { body: 'z', versionId: 'v1' } } },
      },
    });
    const Objects = [{ Key: 'c', VersionId: 'v1' }, { Key: 'a' }, { Key: 'b' }];
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect({ events: eventsAsText(), requests: new Set(s3.events.map(({ cause }) => cause)).size }).toEqual({
      events: ['ObjectRemoved:Delete c', 'ObjectRemoved:DeleteMarkerCreated a', 'ObjectRemoved:DeleteMarkerCreated b'],
      requests: 1,
    });
    expect(s3.events.at(0)?.cause).toBe(s3.requests.at(0));
  });

  it('are not those of buckets without a configuration, of fixtures and of handles', async () => {
    start({ buckets: { vault: { notification, objects: { fixture: 'x' } }, quiet: {} } });
    s3.bucket('vault').put('handle', 'x');
    s3.bucket('vault').delete('fixture');
    await put('a', 'quiet');
    expect(s3.events).toHaveLength(0);
    expect(s3.events).toEqual([]);
  });

  it('are not those of requests that were refused', async () => {
    start();
    s3.on('PutObject').fail('AccessDenied');
    await expect(put('a')).rejects.toThrow();
    expect(eventsAsText()).toEqual([]);
  });

  it('come if the connection was lost after the request was applied, and not if it was before', async () => {
    start();
    s3.on('PutObject', { Key: 'applied' }).disconnect({ when: 'after' });
    s3.on('PutObject', { Key: 'lost' }).disconnect({ when: 'before' });
    await expect(put('applied')).rejects.toThrow();
    await expect(put('lost')).rejects.toThrow();
    expect({ events: eventsAsText(), cause: s3.events.at(0)?.cause }).toMatchObject({
      events: ['ObjectCreated:Put applied'],
      cause: { status: 0, failure: { applied: true } },
    });
  });

  it('have the order in which delayed requests were applied', async () => {
    start();
    s3.on('PutObject', { Key: 'slow' }).delay({ milliseconds: 150 });
    await Promise.all([put('slow'), put('fast')]);
    expect({
      events: eventsAsText(),
      keys: s3.events.map(({ cause }) => (cause && 'key' in cause ? cause.key : '')),
    }).toEqual({
      events: ['ObjectCreated:Put fast', 'ObjectCreated:Put slow'],
      keys: ['fast', 'slow'],
    });
  });
});

describe('a bucket that IBM COS answers', () => {
  const cos = new S3Client({
    endpoint: 'https://s3.eu-de.cloud-object-storage.appdomain.cloud',
    region: 'eu-de',
    maxAttempts: 1,
  });
  const toCos = () => cos.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'first' }));

  it('sends nothing, though its fixture has a notification', async () => {
    start();
    await toCos();
    const ofCos = s3.events.length;
    await put('a');
    expect({ ofCos, causes: s3.events.map(({ cause }) => cause === s3.requests.at(-1)) }).toEqual({
      ofCos: 0,
      causes: [true],
    });
  });
});

describe('the events of lifecycle', () => {
  const lifecycle = {
    Rules: [
      {
        ID: 'old',
        Status: 'Enabled',
        Filter: { Prefix: 'logs/' },
        Expiration: { Days: 1 },
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      },
    ],
  } as const;

  it('have the actions as their causes, and come between those of requests by time', async () => {
    start({ buckets: { vault: { versioning: 'Enabled', notification, lifecycle } } });
    await put('logs/1');
    await put('logs/2');
    s3.clock.advance({ days: 2 });
    await put('after');
    s3.clock.advance({ days: 2 });
    expect(s3.events.map(({ name, key, cause }) => [name, key, cause?.operation])).toEqual([
      ['ObjectCreated:Put', 'logs/1', 'PutObject'],
      ['ObjectCreated:Put', 'logs/2', 'PutObject'],
      ['LifecycleExpiration:DeleteMarkerCreated', 'logs/1', 'S3.CREATE.DELETEMARKER'],
      ['LifecycleExpiration:DeleteMarkerCreated', 'logs/2', 'S3.CREATE.DELETEMARKER'],
      ['ObjectCreated:Put', 'after', 'PutObject'],
      ['LifecycleExpiration:Delete', 'logs/1', 'S3.EXPIRE.OBJECT'],
      ['LifecycleExpiration:Delete', 'logs/2', 'S3.EXPIRE.OBJECT'],
      // The markers, which are alone then.
      ['LifecycleExpiration:Delete', 'logs/1', 'S3.EXPIRE.OBJECT'],
      ['LifecycleExpiration:Delete', 'logs/2', 'S3.EXPIRE.OBJECT'],
    ]);
    const causes = s3.events.map(({ cause }) => cause).filter((cause) => cause !== undefined && 'rule' in cause);
    expect(causes).toEqual(s3.requests.serviceActions);
  });

  it('are those of buckets that notify, though actions of others are between them', async () => {
    const objects = {
      'logs/a': { body: 'x', lastModified: '2026-01-01' },
      'logs/b': { body: 'x', lastModified: '2026-01-01' },
    };
    start({
      buckets: {
        quiet: { lifecycle, objects },
        vault: { notification, lifecycle, objects },
        zoo: { lifecycle, objects },
      },
    });
    s3.clock.advance({ days: 2 });
    expect(s3.events.map(({ bucket, key, cause }) => ({ bucket, key, cause }))).toMatchObject([
      { bucket: 'vault', key: 'logs/a', cause: { bucket: 'vault', key: 'logs/a' } },
      { bucket: 'vault', key: 'logs/b', cause: { bucket: 'vault', key: 'logs/b' } },
    ]);
  });
});

describe('the log of a mock', () => {
  it('is cleared where the requests are, and keeps its events over a restore', async () => {
    start();
    const snapshot = s3.snapshot();
    await put('a');
    s3.restore(snapshot);
    expect(eventsAsText()).toEqual(['ObjectCreated:Put a']);
    s3.reset();
    expect(s3.events).toHaveLength(0);
    await put('b');
    expect(eventsAsText()).toEqual(['ObjectCreated:Put b']);
  });

  it('keeps its events over a clear() of the requests, without their causes and numbers', async () => {
    start();
    await put('a');
    s3.requests.clear();
    await put('b');
    expect(causes()).toEqual([undefined, 'PutObject']);
    const numbers = String(s3.events)
      .split('\n')
      .map((line) => /\(.*\)$/.exec(line)?.[0]);
    expect(numbers).toEqual([undefined, '(a request that was cleared, PutObject)', '(request 1, PutObject)']);
  });

  it('ends the waits at a reset', async () => {
    start();
    const waiting = s3.events.waitFor('ObjectCreated:Put');
    s3.reset();
    await expect(waiting).rejects.toThrow('the mock was reset before a matching event came');
  });

  it('lets a test wait for an event of code that runs meanwhile', async () => {
    start();
    const [event] = await Promise.all([s3.events.waitFor('ObjectCreated:*', { key: 'a' }), put('a')]);
    expect(event.record?.s3.object.key).toBe('a');
  });

  it('has as many events as the journal has requests', async () => {
    start({ journal: { limit: 2 } });
    for (const key of ['a', 'b', 'c']) await put(key);
    expect({ events: eventsAsText(), dropped: s3.events.dropped, causes: causes() }).toEqual({
      events: ['ObjectCreated:Put b', 'ObjectCreated:Put c'],
      dropped: 1,
      causes: ['PutObject', 'PutObject'],
    });
  });

  it('has messages of the epoch that the options name', async () => {
    start({ events: { version: '2.1' } });
    await put('a');
    expect(s3.events.last()?.record?.eventVersion).toBe('2.1');
  });

  it('keeps bodies no longer than the journal does', async () => {
    start();
    await put('a');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect(s3.events.at(0)?.cause).toBe(s3.requests.at(0));
  });
});

describe('the option events', () => {
  it.each([
    [
      { events: { version: '2.2' } },
      "mockS3: events: invalid version '2.2'; expected '2.1' or '2.6', or undefined. Did you mean 2.1?",
    ],
    [
      { events: { duplicate: true } },
      "mockS3: events: there is no option 'duplicate'. Did you mean duplicates? The options are: version, duplicates, outOfOrder, onHandlerError.",
    ],
    [{ events: { duplicates: 1 } }, 'mockS3: events: invalid duplicates 1; expected true or false, or undefined'],
    [
      { events: { outOfOrder: 'yes' } },
      "mockS3: events: invalid outOfOrder 'yes'; expected true or false, or undefined",
    ],
    [
      { events: { onHandlerError: 'throws' } },
      "mockS3: events: invalid onHandlerError 'throws'; expected 'throw' or 'record', or undefined. Did you mean throw?",
    ],
    [
      { events: true },
      'mockS3: events: true is not an object of options. The options are: version, duplicates, outOfOrder, onHandlerError.',
    ],
  ])('throws a TypeError for %j', (options, message) => {
    start();
    expect(() => Reflect.apply(mockS3, undefined, [options])).toThrow(new TypeError(message));
  });
});
