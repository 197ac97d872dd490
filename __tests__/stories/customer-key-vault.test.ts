import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from '@jest/globals';
import { deleteMarker, mockS3 } from 's3-versioning-mock/jest';
import { testKey } from '../support/customer-keys';

const old = testKey('o');
const fresh = testKey('f');
const withOldKey = { encryption: { SSECustomerKey: old.bytes } };

const s3 = mockS3({
  now: '2026-06-01T12:00:00Z',
  sseC: 'allowed',
  pageSize: 2,
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        'contract.pdf': [
          { body: 'a draft', metadata: { author: 'ann' }, lastModified: '2026-01-01T00:00:00Z', ...withOldKey },
          { deleteMarker: true, lastModified: '2026-01-02T00:00:00Z' },
          { body: 'final', metadata: { author: 'bob' }, lastModified: '2026-01-03T00:00:00Z', ...withOldKey },
        ],
        'withdrawn.pdf': [
          { body: 'an offer', tags: { year: '2026' }, lastModified: '2026-02-01T00:00:00Z', ...withOldKey },
          { deleteMarker: true, lastModified: '2026-02-02T00:00:00Z' },
        ],
      },
    },
  },
});

const client = new S3Client({});
afterAll(() => client.destroy());
const Bucket = 'vault';

type KeyMembers = Pick<CopyObjectCommandInput, 'SSECustomerAlgorithm' | 'SSECustomerKey'>;

// The code under test: a vault whose objects are encrypted with a key that S3 does not keep.
const keyMembers = (key: Buffer): KeyMembers => ({
  SSECustomerAlgorithm: 'AES256',
  SSECustomerKey: key.toString('base64'),
});

const sourceKeyMembers = (key: Buffer) => ({
  CopySourceSSECustomerAlgorithm: 'AES256',
  CopySourceSSECustomerKey: key.toString('base64'),
});

async function store(Key: string, Body: string, key: Buffer): Promise<string | undefined> {
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body, ...keyMembers(key) }));
  return VersionId;
}

async function read(Key: string, VersionId: string | undefined, key: Buffer): Promise<string | undefined> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId, ...keyMembers(key) }));
  return Body?.transformToString();
}

interface Past {
  readonly Key: string;
  readonly VersionId: string;
  readonly isMarker: boolean;
  readonly time: number;
}

async function history(): Promise<readonly Past[]> {
  const found: Past[] = [];
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    page = await client.send(
      new ListObjectVersionsCommand({
        Bucket,
        KeyMarker: page?.NextKeyMarker,
        VersionIdMarker: page?.NextVersionIdMarker,
      }),
    );
    const { Versions = [], DeleteMarkers = [] } = page;
    const entries = [
      ...Versions.map((version) => ({ ...version, isMarker: false })),
      ...DeleteMarkers.map((marker) => ({ ...marker, isMarker: true })),
    ];
    for (const { Key = '', VersionId = '', LastModified, isMarker } of entries)
      found.push({ Key, VersionId, isMarker, time: LastModified?.getTime() ?? 0 });
  } while (page.IsTruncated);
  return found.toSorted((one, other) => one.time - other.time);
}

function copyCommand(
  { Key, VersionId }: Pick<Past, 'Key' | 'VersionId'>,
  keys: Partial<CopyObjectCommandInput>,
): CopyObjectCommand {
  const CopySource = `${Bucket}/${encodeURIComponent(Key)}?versionId=${VersionId}`;
  return new CopyObjectCommand({ Bucket, Key, CopySource, ...keys });
}

async function rotate(from: Buffer, to: Buffer): Promise<void> {
  const past = await history();
  const keys = { ...sourceKeyMembers(from), ...keyMembers(to) };
  for (const version of past) {
    if (version.isMarker) await client.send(new DeleteObjectCommand({ Bucket, Key: version.Key }));
    else await client.send(copyCommand(version, keys));
  }
  const Objects = past.map(({ Key, VersionId }) => ({ Key, VersionId }));
  await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
}

const idsOf = (key: string) =>
  s3
    .bucket(Bucket)
    .versions(key)
    .filter((version) => !version.deleteMarker)
    .map(({ versionId }) => versionId)
    .toReversed();

const needsKey =
  'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.';
const correctKey =
  'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.';

describe('a vault whose keys the customer keeps', () => {
  test('gives a version to those who have its key', async () => {
    const id = await store('contract.pdf', 'amended', old.bytes);
    expect(await read('contract.pdf', id, old.bytes)).toBe('amended');
    await expect(read('contract.pdf', id, fresh.bytes)).rejects.toThrow(correctKey);
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'contract.pdf' }))).rejects.toThrow(needsKey);
  });

  test('has versions with different keys, each of which is read with its own', async () => {
    const [first] = idsOf('contract.pdf');
    const id = await store('contract.pdf', 'amended', fresh.bytes);
    expect(await read('contract.pdf', first, old.bytes)).toBe('a draft');
    expect(await read('contract.pdf', id, fresh.bytes)).toBe('amended');
    await expect(read('contract.pdf', first, fresh.bytes)).rejects.toThrow(correctKey);
  });
});

describe('the rotation of its key', () => {
  const withFreshKey = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: fresh.md5 } as const;

  test('keeps bytes, metadata, tags, order and delete markers, under the new key', async () => {
    await rotate(old.bytes, fresh.bytes);
    expect(s3.bucket(Bucket)).toHaveVersions('contract.pdf', [
      { body: 'a draft', metadata: { author: 'ann' }, encryption: withFreshKey },
      deleteMarker,
      { body: 'final', metadata: { author: 'bob' }, encryption: withFreshKey },
    ]);
    expect(s3.bucket(Bucket)).toHaveVersions('withdrawn.pdf', [
      { body: 'an offer', tags: { year: '2026' }, encryption: withFreshKey },
      deleteMarker,
    ]);
  });

  test('leaves no version that the old key reads', async () => {
    const before = [...idsOf('contract.pdf'), ...idsOf('withdrawn.pdf')];
    await rotate(old.bytes, fresh.bytes);
    for (const [key, bodies] of [
      ['contract.pdf', ['a draft', 'final']],
      ['withdrawn.pdf', ['an offer']],
    ] as const) {
      const ids = idsOf(key);
      expect(ids.filter((id) => before.includes(id))).toEqual([]);
      expect(await Promise.all(ids.map((id) => read(key, id, fresh.bytes)))).toEqual(bodies);
      for (const id of ids) await expect(read(key, id, old.bytes)).rejects.toThrow(correctKey);
    }
  });

  test('that was done before is refused, and changes nothing', async () => {
    await rotate(old.bytes, fresh.bytes);
    const rotated = s3.bucket(Bucket).versions();
    await expect(rotate(old.bytes, fresh.bytes)).rejects.toThrow('did not match the ones used originally');
    expect(s3.bucket(Bucket).versions()).toEqual(rotated);
    expect(s3.requests.last()?.why).toContain(
      `the MD5 of the key in the request is '${old.md5}', the MD5 of the key it was written with is '${fresh.md5}'`,
    );
  });

  // Its copies are above the delete marker then.
  test('that copies the versions alone brings deleted files back', async () => {
    const versions = (await history()).filter(({ isMarker }) => !isMarker);
    const keys = { ...sourceKeyMembers(old.bytes), ...keyMembers(fresh.bytes) };
    for (const version of versions) await client.send(copyCommand(version, keys));
    expect(s3.bucket(Bucket).current('withdrawn.pdf')).toMatchObject({ encryption: withFreshKey });
  });

  test.each<readonly [what: string, keys: Partial<CopyObjectCommandInput>, message: string, why: unknown]>([
    [
      'no key of the source',
      keyMembers(fresh.bytes),
      needsKey,
      expect.stringContaining('CopySourceSSECustomerAlgorithm, CopySourceSSECustomerKey in the SDKs'),
    ],
    [
      'the new key for the source',
      { ...sourceKeyMembers(fresh.bytes), ...keyMembers(fresh.bytes) },
      'The provided encryption parameters did not match the ones used originally.',
      expect.stringContaining(`the MD5 of the key in the request is '${fresh.md5}'`),
    ],
    [
      'no algorithm of the source',
      { ...sourceKeyMembers(old.bytes), CopySourceSSECustomerAlgorithm: undefined },
      'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
      'the request has SSECustomerKey and SSECustomerKeyMD5, and no SSECustomerAlgorithm',
    ],
    // The SDK takes a text that is not base64 of 32 bytes for the key itself: it sends its 24 letters.
    [
      'a new key of 16 bytes',
      { ...sourceKeyMembers(old.bytes), ...keyMembers(fresh.bytes.subarray(16)) },
      'The secret key was invalid for the specified algorithm.',
      expect.stringContaining('takes a key of 32 bytes, sent in base64; this key has 24'),
    ],
  ])('is refused with %s', async (_what, keys, message, why) => {
    const [first = ''] = idsOf('contract.pdf');
    const before = s3.bucket(Bucket).versions();
    await expect(client.send(copyCommand({ Key: 'contract.pdf', VersionId: first }, keys))).rejects.toThrow(message);
    expect(s3.requests.last()).toMatchObject({ status: 400, why });
    expect(s3.bucket(Bucket).versions()).toEqual(before);
  });

  test('without a new key is carried out, and leaves a copy that everybody reads who may read the bucket', async () => {
    const [first = ''] = idsOf('contract.pdf');
    await client.send(copyCommand({ Key: 'contract.pdf', VersionId: first }, sourceKeyMembers(old.bytes)));
    expect(s3.bucket(Bucket).current('contract.pdf')?.encryption).toEqual({ ServerSideEncryption: 'AES256' });
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'contract.pdf' }));
    expect(await Body?.transformToString()).toBe('a draft');
  });

  test('is refused by a bucket that blocks such keys, as new buckets do', async () => {
    s3.bucket(Bucket).encryption = { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }] };
    const before = s3.bucket(Bucket).versions();
    await expect(rotate(old.bytes, fresh.bytes)).rejects.toThrow('this bucket has blocked upload requests');
    expect(s3.requests.last()?.why).toContain("sseC: 'allowed'");
    expect(s3.bucket(Bucket).versions()).toEqual(before);
    expect(await read('contract.pdf', undefined, old.bytes)).toBe('final');
  });
});
