import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deleteMarker, type MockS3, mockS3, type ObjectFixtures, type VersionFixture } from '../../../src';
import { runs } from '../../support/runs';

const Bucket = 'vault';
const now = '2026-01-31T12:00:00Z';

/** A client that sends no checksum of its own, so that S3's default is kept. */
const makeClient = () => new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });

/** The type that S3 uses by default; the client sends another if none is given. */
const ContentType = 'binary/octet-stream';

async function told(s3: MockS3): Promise<unknown> {
  const client = makeClient();
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
  const heads = Versions.map(async ({ Key, VersionId }) => {
    const { $metadata, ...head } = await client.send(
      new HeadObjectCommand({ Bucket, Key, VersionId, ChecksumMode: 'ENABLED' }),
    );
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId }));
    return { ...head, body: await Body?.transformToString(), TagSet };
  });
  const answer = { Versions, DeleteMarkers, heads: await Promise.all(heads), versions: s3.bucket(Bucket).versions() };
  client.destroy();
  return answer;
}

/** One word for all of them, since their order differs. */
const withoutIds = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer, (name, value) => (/^versionId$/i.test(name) && value !== 'null' ? 'id' : value)));

async function stopped<Answer>(s3: MockS3, look: (s3: MockS3) => Promise<Answer>): Promise<Answer> {
  try {
    return await look(s3);
  } finally {
    await s3.stop();
  }
}

describe('objects of a literal and the same objects written by a client', () => {
  it('are the same to the last header and id', async () => {
    const literal: ObjectFixtures = {
      'a/b.txt': [
        'first',
        {
          body: Uint8Array.of(0, 255),
          metadata: { author: 'Ann', empty: '' },
          tags: { team: 'archive', 'a b': 'é' },
          contentType: 'text/plain; charset=utf-8',
          storageClass: 'STANDARD_IA',
        },
        deleteMarker,
      ],
      '\u{1f600}': '',
    };
    const preset = mockS3({ now, buckets: { vault: { versioning: 'Enabled', objects: literal } } });
    const expected = await stopped(preset, told);
    const wire = mockS3({ now, buckets: { vault: { versioning: 'Enabled' } } });
    const actual = await stopped(wire, async () => {
      const client = makeClient();
      await client.send(new PutObjectCommand({ Bucket, Key: 'a/b.txt', Body: 'first', ContentType }));
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: 'a/b.txt',
          Body: Uint8Array.of(0, 255),
          Metadata: { Author: 'Ann', empty: '' },
          Tagging: 'team=archive&a%20b=%C3%A9',
          ContentType: 'text/plain; charset=utf-8',
          StorageClass: 'STANDARD_IA',
        }),
      );
      await client.send(new DeleteObjectCommand({ Bucket, Key: 'a/b.txt' }));
      await client.send(new PutObjectCommand({ Bucket, Key: '\u{1f600}', Body: Buffer.from(''), ContentType }));
      client.destroy();
      return told(wire);
    });
    expect(actual).toEqual(expected);
  });

  const key = fc.constantFrom('a', 'b', '\u{1f600}', '\uffff');
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ put: key, body: fc.string({ maxLength: 5 }) }) },
    { weight: 2, arbitrary: fc.record({ delete: key }) },
    { weight: 1, arbitrary: fc.record({ set: fc.constantFrom('Enabled' as const, 'Suspended' as const) }) },
  );

  it('are the same after any history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (history) => {
        const wire = mockS3({ now, buckets: { vault: {} } });
        const actual = await stopped(wire, async () => {
          const client = makeClient();
          for (const one of history) {
            if ('put' in one)
              await client.send(
                new PutObjectCommand({ Bucket, Key: one.put, Body: Buffer.from(one.body), ContentType }),
              );
            else if ('delete' in one) await client.send(new DeleteObjectCommand({ Bucket, Key: one.delete }));
            else
              await client.send(
                new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: one.set } }),
              );
          }
          client.destroy();
          return told(wire);
        });
        const preset = mockS3({ now, buckets: { vault: literalOf(history) } });
        expect(withoutIds(actual)).toEqual(withoutIds(await stopped(preset, told)));
      }),
      runs(60),
    );
  });
});

type Step =
  | { readonly put: string; readonly body: string }
  | { readonly delete: string }
  | { readonly set: 'Enabled' | 'Suspended' };

/** The versions that remain after a history by S3's documentation, written in the simplest way. */
function literalOf(history: readonly Step[]) {
  let versioning: 'Enabled' | 'Suspended' | undefined;
  const stacks = new Map<string, { isNull: boolean; body: string | undefined }[]>();
  for (const one of history) {
    if ('set' in one) {
      versioning = one.set;
      continue;
    }
    const key = 'put' in one ? one.put : one.delete;
    const isNull = versioning !== 'Enabled';
    const stack = (stacks.get(key) ?? []).filter((version) => !(isNull && version.isNull));
    stacks.set(key, stack);
    if ('put' in one) stack.push({ isNull, body: one.body });
    else if (versioning !== undefined) stack.push({ isNull, body: undefined });
  }
  const entry = ({ isNull, body }: { isNull: boolean; body: string | undefined }): VersionFixture => ({
    ...(body === undefined ? { deleteMarker: true } : { body }),
    ...(isNull && { versionId: 'null' }),
  });
  const objects = Object.fromEntries([...stacks].map(([key, stack]) => [key, stack.map(entry)]));
  return { versioning, objects };
}
