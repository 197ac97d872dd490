import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  RestoreObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { deleteMarker, type MockS3, type MockS3Options } from '../../src';
import { replication, ruleTo } from '../support/replicated-pair';

/** What a test can leave behind when it fails: a state and requests, as many as are asked for. */
export interface Scene {
  readonly options: (count: number) => MockS3Options;
  readonly play: (parts: { readonly s3: MockS3; readonly client: S3Client; readonly count: number }) => Promise<void>;
  /** The most that the scene is played with. */
  readonly most?: number;
}

const vault = { Bucket: 'vault' } as const;
const queue = 'arn:aws:sqs:us-east-1:000000000000:reports';

async function each(count: number, send: (index: number) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index += 1) await send(index);
}

function keys(count: number, write = (index: number) => `key-${index}`): readonly string[] {
  return Array.from({ length: count }, (_, index) => write(index));
}

function objects<Value>(names: readonly string[], value: Value): Readonly<Record<string, Value>> {
  return Object.fromEntries(names.map((name) => [name, value]));
}

const longKey = (index: number) => `${'folder/'.repeat(140)}${index}`;
/** As S3 issues them. */
const idOf = (index: number) => `id${String(index).padStart(30, '0')}`;

/** By what is large in each. */
export const scenes: Readonly<Record<string, Scene>> = {
  'the keys of a listing': {
    options: (count) => ({ buckets: { vault: { objects: objects(keys(count), 'x') } }, pageSize: count }),
    play: async ({ client, count }) => {
      await client.send(new ListObjectsV2Command({ ...vault, MaxKeys: count }));
    },
  },
  'the versions of a key': {
    options: (count) => ({
      buckets: {
        vault: {
          versioning: 'Enabled',
          objects: {
            'key-1': Array.from({ length: count }, (_, index) => ({ body: `${index}`, versionId: idOf(index) })),
          },
        },
      },
      pageSize: count,
    }),
    play: async ({ client, count }) => {
      await client.send(new ListObjectVersionsCommand({ ...vault, MaxKeys: count }));
    },
  },
  'the delete markers of a listing': {
    options: (count) => ({
      buckets: { vault: { versioning: 'Enabled', objects: objects(keys(count), ['x', deleteMarker]) } },
      pageSize: count,
    }),
    play: async ({ client, count }) => {
      await client.send(new ListObjectVersionsCommand({ ...vault, MaxKeys: count }));
    },
  },
  'the prefixes of a listing': {
    options: (count) => ({
      buckets: {
        vault: {
          objects: objects(
            keys(count, (index) => `folder-${index}/x`),
            'x',
          ),
        },
      },
      pageSize: count,
    }),
    play: async ({ client, count }) => {
      await client.send(new ListObjectsV2Command({ ...vault, Delimiter: '/', MaxKeys: count }));
    },
  },
  buckets: {
    options: (count) => ({
      buckets: Object.fromEntries(
        keys(count, (index) => `bucket-${index}`).map((name) => [name, { objects: { 'key-1': 'x' } }]),
      ),
    }),
    play: async ({ client, count }) => {
      await client.send(new ListBucketsCommand({}));
      await each(count, (index) =>
        client
          .send(new GetObjectCommand({ Bucket: `bucket-${index}`, Key: 'key-1' }))
          .then(({ Body }) => Body?.transformToString()),
      );
    },
  },
  'long keys': {
    options: (count) => ({ buckets: { vault: { objects: objects(keys(count, longKey), 'x') } }, pageSize: count }),
    play: async ({ client, count }) => {
      await client.send(new ListObjectsV2Command({ ...vault, MaxKeys: count }));
      await each(count, (index) => client.send(new HeadObjectCommand({ ...vault, Key: longKey(index) })));
    },
  },
  'requests of many kinds': {
    options: (count) => ({
      buckets: { vault: { versioning: 'Enabled', objects: objects(keys(count), ['first', 'second']) } },
    }),
    play: async ({ client, count }) => {
      const sending = [
        (Key: string) =>
          client.send(new PutObjectCommand({ ...vault, Key, Body: `body of ${Key}`, Metadata: { name: Key } })),
        (Key: string) =>
          client.send(new GetObjectCommand({ ...vault, Key })).then(({ Body }) => Body?.transformToString()),
        (Key: string) =>
          client.send(
            new CopyObjectCommand({
              ...vault,
              Key: `copy-of-${Key}`,
              CopySource: `vault/${Key}`,
              Metadata: { a: 'b' },
            }),
          ),
        (Key: string) => client.send(new DeleteObjectCommand({ ...vault, Key })),
        (Prefix: string) => client.send(new ListObjectsV2Command({ ...vault, Prefix, MaxKeys: 3 })),
        () => client.send(new PutBucketVersioningCommand({ ...vault, VersioningConfiguration: { Status: 'Enabled' } })),
      ];
      await each(count, async (index) => sending[index % sending.length]?.(`key-${index}`));
    },
  },
  'writes of one key': {
    options: () => ({ buckets: { vault: {} } }),
    play: ({ client, count }) =>
      each(count, (index) => client.send(new PutObjectCommand({ ...vault, Key: 'key-1', Body: `${index}` }))),
  },
  'deletes of missing keys': {
    options: (count) => ({ buckets: { vault: { objects: objects(keys(count), 'x') } } }),
    play: ({ client, count }) =>
      each(count, (index) => client.send(new DeleteObjectCommand({ ...vault, Key: `Key-${index}` }))),
  },
  'refused requests': {
    options: (count) => ({ buckets: { vault: { objects: objects(keys(count), 'x') } } }),
    play: ({ client, count }) =>
      each(count, (index) =>
        client.send(new GetObjectCommand({ ...vault, Key: `kye-${index}` })).catch(() => undefined),
      ),
  },
  'refused deletes of locked versions': {
    options: (count) => ({
      buckets: {
        vault: {
          objectLock: true,
          objects: Object.fromEntries(
            keys(count).map((name, index) => [
              name,
              { body: 'x', versionId: idOf(index), retention: { Mode: 'COMPLIANCE', Days: 7 } },
            ]),
          ),
        },
      },
    }),
    play: ({ client, count }) =>
      each(count, (index) =>
        client
          .send(new DeleteObjectCommand({ ...vault, Key: `key-${index}`, VersionId: idOf(index) }))
          .catch(() => undefined),
      ),
  },
  'attempts of calls': {
    options: () => ({ buckets: { vault: {} } }),
    play: async ({ s3, client, count }) => {
      s3.on('PutObject').fail('SlowDown');
      await each(count / 2, (index) =>
        client.send(new PutObjectCommand({ ...vault, Key: `key-${index}`, Body: 'x' })).catch(() => undefined),
      );
    },
  },
  'the keys of a batch': {
    options: (count) => ({
      buckets: { vault: { objects: objects(keys(count), 'x') } },
    }),
    play: async ({ client, count }) => {
      const Objects = keys(count).map((Key) => ({ Key }));
      for (let from = 0; from < count; from += 1000)
        await client.send(
          new DeleteObjectsCommand({ ...vault, Delete: { Objects: Objects.slice(from, from + 1000) } }),
        );
    },
  },
  'the refused keys of a batch': {
    options: (count) => ({
      buckets: {
        vault: {
          objectLock: true,
          objects: Object.fromEntries(
            keys(count).map((name, index) => [name, { body: 'x', versionId: idOf(index), legalHold: 'ON' }]),
          ),
        },
      },
    }),
    play: async ({ client, count }) => {
      const Objects = keys(count).map((Key, index) => ({ Key, VersionId: idOf(index) }));
      for (let from = 0; from < count; from += 1000)
        await client.send(
          new DeleteObjectsCommand({ ...vault, Delete: { Objects: Objects.slice(from, from + 1000) } }),
        );
    },
  },
  'large texts': {
    options: (count) => ({ buckets: { vault: { objects: { 'key-1': 'line of a text\n'.repeat(70 * count) } } } }),
    play: async ({ client, count }) => {
      await client.send(new GetObjectCommand({ ...vault, Key: 'key-1' })).then(({ Body }) => Body?.transformToString());
      await client.send(
        new PutObjectCommand({ ...vault, Key: 'key-2', Body: 'another line of a text\n'.repeat(50 * count) }),
      );
    },
  },
  rules: {
    options: () => ({ buckets: { vault: { objects: { 'key-1': 'x' } } } }),
    play: async ({ s3, client, count }) => {
      for (const Key of keys(count)) s3.on('GetObject', { ...vault, Key: `other-${Key}` }).fail('SlowDown');
      await each(count / 10, () =>
        client.send(new GetObjectCommand({ ...vault, Key: 'key-1' })).then(({ Body }) => Body?.transformToString()),
      );
    },
  },
  'copies and restores that wait': {
    options: (count) => ({
      buckets: {
        vault: { versioning: 'Enabled', replication: replication(ruleTo('replica')) },
        replica: { versioning: 'Enabled' },
        archive: {
          objects: Object.fromEntries(keys(count).map((name) => [name, { body: 'x', storageClass: 'GLACIER' }])),
        },
      },
    }),
    play: async ({ client, count }) => {
      await each(count / 2, (index) => client.send(new PutObjectCommand({ ...vault, Key: `key-${index}`, Body: 'x' })));
      await each(count / 2, (index) =>
        client.send(new RestoreObjectCommand({ Bucket: 'archive', Key: `key-${index}`, RestoreRequest: { Days: 1 } })),
      );
      await client.send(new HeadObjectCommand({ ...vault, Key: 'key-1' }));
      await client.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'key-1' }));
    },
  },
  'actions of S3': {
    options: (count) => ({
      now: '2026-03-01T12:00:00Z',
      buckets: {
        vault: {
          versioning: 'Enabled',
          objects: objects(keys(count), 'x'),
          lifecycle: {
            Rules: [
              { ID: 'old', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } },
              {
                ID: 'cold',
                Status: 'Enabled',
                Filter: { Prefix: 'other' },
                Transitions: [{ Days: 30, StorageClass: 'GLACIER' }],
              },
            ],
          },
        },
      },
    }),
    play: async ({ s3, client, count }) => {
      s3.clock.advance({ days: 3 });
      await each(count / 2, (index) =>
        client.send(new HeadObjectCommand({ ...vault, Key: `key-${index}` })).catch(() => undefined),
      );
    },
  },
  'kept objects': {
    options: (count) => ({
      now: '2026-03-01T12:00:00Z',
      buckets: {
        vault: {
          versioning: 'Enabled',
          objects: objects(keys(count), ['first', 'second']),
          lifecycle: {
            Rules: Array.from({ length: 20 }, (_, index) => ({
              ID: `rule-${index}`,
              Status: 'Enabled' as const,
              Filter: { Prefix: `key-${index}` },
              Transitions: [{ Days: 30 + index, StorageClass: 'GLACIER' as const }],
              NoncurrentVersionExpiration: { NoncurrentDays: 30 + index },
            })),
          },
        },
      },
    }),
    play: async ({ client, count }) => {
      await each(count / 2, (index) => client.send(new HeadObjectCommand({ ...vault, Key: `key-${index}` })));
    },
  },
  events: {
    options: () => ({
      buckets: {
        vault: {
          notification: {
            QueueConfigurations: [
              {
                QueueArn: queue,
                Events: ['s3:ObjectCreated:*'],
                Filter: { Key: { FilterRules: [{ Name: 'suffix', Value: '1' }] } },
              },
            ],
          },
        },
      },
      deliver: { [queue]: () => {} },
    }),
    play: async ({ s3, client, count }) => {
      await each(count, (index) => client.send(new PutObjectCommand({ ...vault, Key: `key-${index}`, Body: 'x' })));
      for (const key of keys(count)) s3.bucket('vault').put(`silent-${key}1`, 'x');
      await s3.events.settled();
    },
  },
  'handlers that fail': {
    options: () => ({
      buckets: {
        vault: { notification: { QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectCreated:*'] }] } },
      },
      deliver: {
        [queue]: () => {
          throw new TypeError('of a handler');
        },
      },
      events: { onHandlerError: 'throw' },
    }),
    play: async ({ s3, client, count }) => {
      await each(count, (index) => client.send(new PutObjectCommand({ ...vault, Key: `key-${index}`, Body: 'x' })));
      await s3.events.settled().catch(() => undefined);
    },
  },
  'notifications that are put': {
    options: () => ({ buckets: { vault: {} } }),
    play: ({ client, count }) =>
      each(count, () =>
        client.send(new PutBucketNotificationConfigurationCommand({ ...vault, NotificationConfiguration: {} })),
      ),
  },
  'pages that are asked for again': {
    options: () => ({ buckets: { vault: { objects: objects(keys(10), 'x') } } }),
    play: ({ client, count }) =>
      each(count, () => client.send(new ListObjectsV2Command({ ...vault, MaxKeys: 2 })).catch(() => undefined)),
  },
};
