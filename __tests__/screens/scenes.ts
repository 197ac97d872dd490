import { createHash } from 'node:crypto';
import { type BucketFixture, deleteMarker, type MockS3, type MockS3Options } from '../../src';
import { replication, ruleTo } from '../support/replicated-pair';
import { send, type WireCall } from '../support/wire-client';

/** What a test has at its end when it fails: a state and requests, as many as are asked for. */
export interface Scene {
  readonly options: (count: number) => MockS3Options;
  readonly play: (s3: MockS3, count: number) => Promise<unknown>;
}

const queue = 'arn:aws:sqs:us-east-1:000000000000:reports';

const get = (path: string) => send({ path });
const head = (path: string) => send({ method: 'HEAD', path });
const remove = (path: string) => send({ method: 'DELETE', path });
const put = (path: string, body: WireCall['body'] = 'x', headers: WireCall['headers'] = {}) =>
  send({ method: 'PUT', path, body, headers });

async function repeat(count: number, request: (index: number) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index += 1) await request(index);
}

async function deleteAll(count: number, entry: (index: number) => string): Promise<void> {
  const entries = Array.from({ length: count }, (_, index) => `<Object>${entry(index)}</Object>`);
  for (let from = 0; from < count; from += 1000) {
    const body = `<Delete>${entries.slice(from, from + 1000).join('')}</Delete>`;
    const md5 = createHash('md5').update(body).digest('base64');
    await send({ method: 'POST', path: '/vault?delete', body, headers: { 'content-md5': md5 } });
  }
}

type Objects = NonNullable<BucketFixture['objects']>;

function objects(count: number, fixture: (index: number) => Objects[string], key = keyOf): Objects {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [key(index), fixture(index)]));
}

/** All numbers have as many digits, so that no hint takes some keys for another kind of text than others. */
const numberOf = (index: number) => 10_000 + index;
export const keyOf = (index: number) => `key-${numberOf(index)}`;
const longKeyOf = (index: number) => `${'folder/'.repeat(140)}${numberOf(index)}`;
/** The key about which matchers ask. */
export const askedKey = keyOf(1);
/** An id of the length of those that S3 issues. */
const idOf = (index: number) => `id${String(index).padStart(30, '0')}`;

const inVault = (count: number, vault: BucketFixture, more: MockS3Options = {}): MockS3Options => ({
  now: '2026-03-01T12:00:00Z',
  pageSize: Math.max(1000, count),
  ...more,
  buckets: { vault, ...more.buckets },
});

const listObjects = (_s3: MockS3, count: number) => get(`/vault?list-type=2&max-keys=${count}`);
const listVersions = (_s3: MockS3, count: number) => get(`/vault?versions&max-keys=${count}`);

/** By what each has much of. */
export const scenes: Readonly<Record<string, Scene>> = {
  'keys of a listing': {
    options: (count) => inVault(count, { objects: objects(count, () => 'x') }),
    play: listObjects,
  },
  'versions of a key': {
    options: (count) => {
      const versions = Array.from({ length: count }, (_, index) => ({
        body: `${numberOf(index)}`,
        versionId: idOf(index),
      }));
      return inVault(count, { versioning: 'Enabled', objects: { [askedKey]: versions } });
    },
    play: listVersions,
  },
  'delete markers of a listing': {
    options: (count) => inVault(count, { versioning: 'Enabled', objects: objects(count, () => ['x', deleteMarker]) }),
    play: listVersions,
  },
  'prefixes of a listing': {
    options: (count) =>
      inVault(count, {
        objects: objects(
          count,
          () => 'x',
          (index) => `folder-${numberOf(index)}/x`,
        ),
      }),
    play: (_s3, count) => get(`/vault?list-type=2&delimiter=/&max-keys=${count}`),
  },
  'pages of one listing': {
    options: (count) => inVault(count, { objects: objects(10, () => 'x') }),
    play: (_s3, count) => repeat(count, () => get('/vault?list-type=2&max-keys=2')),
  },
  buckets: {
    options: (count) => ({
      buckets: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`bucket-${numberOf(index)}`, { objects: { [askedKey]: 'x' } }]),
      ),
    }),
    play: (_s3, count) => repeat(count, (index) => get(`/bucket-${numberOf(index)}/${askedKey}`)),
  },
  'buckets that notify and copy': {
    options: (count) => ({
      buckets: {
        replica: { versioning: 'Enabled' },
        ...Object.fromEntries(
          Array.from({ length: count }, (_, index) => [
            index === 0 ? 'vault' : `bucket-${numberOf(index)}`,
            {
              versioning: 'Enabled' as const,
              replication: replication(ruleTo('replica')),
              notification: {
                QueueConfigurations: [
                  { QueueArn: `${queue}-${numberOf(index)}`, Events: ['s3:ObjectCreated:Copy' as const] },
                ],
              },
            },
          ]),
        ),
      },
      deliver: { [queue]: () => {} },
    }),
    play: (_s3, count) =>
      repeat(count, (index) => put(`/${index === 0 ? 'vault' : `bucket-${numberOf(index)}`}/${askedKey}`)),
  },
  'long keys': {
    options: (count) => inVault(count, { objects: objects(count, () => 'x', longKeyOf) }),
    play: async (s3, count) => {
      await listObjects(s3, count);
      await repeat(count, (index) => head(`/vault/${longKeyOf(index)}`));
      await repeat(10, (index) => get(`/vault/${longKeyOf(index)}x`));
    },
  },
  'requests of many kinds': {
    options: (count) => inVault(count, { versioning: 'Enabled', objects: objects(count, () => ['first', 'second']) }),
    play: (_s3, count) => {
      const requests: readonly ((key: string) => Promise<unknown>)[] = [
        (key) => put(`/vault/${key}`, `body of ${key}`, { 'x-amz-meta-name': key, 'x-amz-tagging': 'a=b' }),
        (key) => get(`/vault/${key}`),
        (key) => put(`/vault/copy-of-${key}`, '', { 'x-amz-copy-source': `/vault/${key}`, 'x-amz-meta-a': 'b' }),
        (key) => remove(`/vault/${key}`),
        (key) => get(`/vault?list-type=2&prefix=${key}&max-keys=3`),
        () => put('/vault?versioning', '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'),
      ];
      return repeat(count, async (index) => requests[index % requests.length]?.(keyOf(index)));
    },
  },
  'writes of a key': {
    options: (count) => inVault(count, {}),
    play: (_s3, count) => repeat(count, (index) => put(`/vault/${askedKey}`, `${numberOf(index)}`)),
  },
  'deletes of missing keys': {
    options: (count) => inVault(count, { objects: objects(count, () => 'x') }),
    play: (_s3, count) => repeat(count, (index) => remove(`/vault/Key-${numberOf(index)}`)),
  },
  'refused requests': {
    options: (count) => inVault(count, { objects: objects(count, () => 'x') }),
    play: (_s3, count) => repeat(count, (index) => get(`/vault/kye-${numberOf(index)}`)),
  },
  'locked versions': {
    options: (count) =>
      inVault(count, {
        objectLock: true,
        objects: objects(count, (index) => ({
          body: 'x',
          versionId: idOf(index),
          retention: { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2027-01-01') },
        })),
      }),
    play: (_s3, count) => repeat(count, (index) => remove(`/vault/${keyOf(index)}?versionId=${idOf(index)}`)),
  },
  'attempts of calls': {
    options: (count) => inVault(count, {}),
    play: (s3, count) => {
      s3.on('PutObject').fail('SlowDown');
      return repeat(count, (index) => put(`/vault/${keyOf(index)}`, 'x', { 'amz-sdk-invocation-id': `${index >> 1}` }));
    },
  },
  'keys of a batch': {
    options: (count) => inVault(count, { objects: objects(count, () => 'x') }),
    play: (_s3, count) => deleteAll(count, (index) => `<Key>${keyOf(index)}</Key>`),
  },
  'missing keys of a batch': {
    options: (count) => inVault(count, { objects: objects(count, () => 'x') }),
    play: (_s3, count) => deleteAll(count, (index) => `<Key>Key-${numberOf(index)}</Key>`),
  },
  'refused keys of a batch': {
    options: (count) =>
      inVault(count, {
        objectLock: true,
        objects: objects(count, (index) => ({ body: 'x', versionId: idOf(index), legalHold: 'ON' })),
      }),
    play: (_s3, count) =>
      deleteAll(count, (index) => `<Key>${keyOf(index)}</Key><VersionId>${idOf(index)}</VersionId>`),
  },
  'failed keys of a batch': {
    options: (count) => inVault(count, { objects: objects(count, () => 'x') }),
    play: (s3, count) => {
      s3.on('DeleteObjects').failEntries({}, 'InternalError');
      return deleteAll(count, (index) => `<Key>${keyOf(index)}</Key>`);
    },
  },
  'a large text': {
    options: (count) => inVault(count, { objects: { [askedKey]: 'line of a text\n'.repeat(70 * count) } }),
    play: async (_s3, count) => {
      await get(`/vault/${askedKey}`);
      await put('/vault/key-2', 'another line of a text\n'.repeat(50 * count));
    },
  },
  'large bodies': {
    options: (count) => inVault(count, { objects: { [askedKey]: 'line of a text\n'.repeat(70_000) } }),
    play: (_s3, count) => repeat(count / 20, () => get(`/vault/${askedKey}`)),
  },
  rules: {
    options: (count) => inVault(count, { objects: { [askedKey]: 'x' } }),
    play: async (s3, count) => {
      for (let index = 0; index < count; index += 1)
        s3.on('GetObject', { Key: `other-${numberOf(index)}` }).fail('SlowDown');
      await repeat(count, () => get(`/vault/${askedKey}`));
    },
  },
  'copies and restores that wait': {
    options: (count) =>
      inVault(
        count,
        { versioning: 'Enabled', replication: replication(ruleTo('replica')) },
        {
          buckets: {
            replica: { versioning: 'Enabled' },
            archive: { objects: objects(count, () => ({ body: 'x', storageClass: 'GLACIER' })) },
          },
        },
      ),
    play: async (_s3, count) => {
      const body = '<RestoreRequest><Days>1</Days></RestoreRequest>';
      await repeat(count, (index) => put(`/vault/${keyOf(index)}`));
      await repeat(count, (index) => send({ method: 'POST', path: `/archive/${keyOf(index)}?restore`, body }));
      await head(`/vault/${askedKey}`);
      await head(`/archive/${askedKey}`);
    },
  },
  'actions of S3': {
    options: (count) =>
      inVault(count, {
        versioning: 'Enabled',
        objects: objects(count, () => 'x'),
        lifecycle: { Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] },
      }),
    play: (s3, count) => {
      s3.clock.advance({ days: 3 });
      return repeat(count, (index) => head(`/vault/${keyOf(index)}`));
    },
  },
  'versions that lifecycle keeps': {
    options: (count) =>
      inVault(count, {
        versioning: 'Enabled',
        objects: objects(count, () => ['first', 'second']),
        lifecycle: {
          Rules: Array.from({ length: 20 }, (_, index) => ({
            ID: `rule-${index}`,
            Status: 'Enabled' as const,
            Filter: { Prefix: keyOf(index) },
            Transitions: [{ Days: 30 + index, StorageClass: 'GLACIER' as const }],
            NoncurrentVersionExpiration: { NoncurrentDays: 30 + index },
          })),
        },
      }),
    play: (_s3, count) => repeat(count, (index) => head(`/vault/${keyOf(index)}`)),
  },
  'events and silent keys': {
    options: (count) =>
      inVault(
        count,
        {
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
        { deliver: { [queue]: () => {} } },
      ),
    play: async (s3, count) => {
      await repeat(count, (index) => put(`/vault/${keyOf(index)}`));
      for (let index = 0; index < count; index += 1) s3.bucket('vault').put(`silent-${numberOf(index)}`, 'x');
      await s3.events.settled();
    },
  },
  'handlers that fail': {
    options: (count) =>
      inVault(
        count,
        { notification: { QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectCreated:*'] }] } },
        {
          deliver: {
            [queue]: () => {
              throw new TypeError('a bug of the handler');
            },
          },
        },
      ),
    play: async (s3, count) => {
      await repeat(count, (index) => put(`/vault/${keyOf(index)}`));
      await s3.events.settled().catch(() => undefined);
    },
  },
  'configurations that are put': {
    options: (count) => inVault(count, {}),
    play: (_s3, count) => repeat(count, () => put('/vault?notification', '<NotificationConfiguration/>')),
  },
};
