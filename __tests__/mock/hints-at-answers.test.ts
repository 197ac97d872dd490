import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { readFailedErrors } from '../../src/thrown-errors';
import { thrownBy } from '../support/thrown';

// Each hint is followed: the comparison that failed with the hint holds after it. Beside it stands a comparison that fails for another reason.
let control: MockControl;
const client = new sdk.S3Client({});
const small = { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' };
const rule = (Filter: object) => ({
  Rules: [{ Status: 'Enabled' as const, Filter, Transitions: [{ Days: 30, StorageClass: 'GLACIER' as const }] }],
});

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      pageSize: 3,
      buckets: { vault: { objects: small }, versioned: { versioning: 'Enabled' } },
    },
    mockS3,
  );
  control.lifetime.start();
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

const Bucket = 'vault';
const put = (Key: string, more: Partial<sdk.PutObjectCommandInput> = {}) =>
  client.send(new sdk.PutObjectCommand({ Bucket, Key, Body: 'text', ...more }));
const head = (Key: string, more: Partial<sdk.HeadObjectCommandInput> = {}) =>
  client.send(new sdk.HeadObjectCommand({ Bucket, Key, ...more }));
const remove = (more: Partial<sdk.Delete> = {}, bucket = Bucket) =>
  client.send(
    new sdk.DeleteObjectsCommand({
      Bucket: bucket,
      Delete: { Objects: [{ Key: 'a.txt' }, { Key: 'b.txt' }], ...more },
    }),
  );

/** What a failed test shows below the error of an assertion, or of code that throws. */
function shownFor(assertion: () => unknown): string {
  const errors = readFailedErrors([thrownBy(assertion)], String);
  return control.lifetime.explain({ errors, isConcurrent: false, isTimedOut: false }).join('\n\n');
}

describe('what an answer leaves out', () => {
  const quiet = 'was sent with Quiet: true, which leaves Deleted out of the answer. Send it without Quiet.';

  it('is Deleted, if the request is quiet', async () => {
    const { Deleted } = await remove({ Quiet: true });
    const compare = (deleted: typeof Deleted) => expect(deleted?.map(({ Key }) => Key)).toEqual(['a.txt', 'b.txt']);
    expect(shownFor(() => compare(Deleted))).toContain(quiet);
    expect(shownFor(() => Object(Deleted).map(String))).not.toContain(quiet);
    expect(shownFor(() => (Deleted as unknown as string[]).map(String))).toContain(quiet);
    compare((await remove()).Deleted);
    expect(shownFor(() => compare(undefined))).not.toContain(quiet);
  });

  it('is a list without entries', async () => {
    const { Contents } = await client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: 'reports/' }));
    const read = (contents: typeof Contents) => (contents as NonNullable<typeof Contents>).length;
    expect(shownFor(() => read(Contents))).toContain(
      "The answer to ListObjectsV2 vault has no Contents, because no key begins with 'reports/' on this page. SDKs leave empty lists out, so read a list with ?? [].",
    );
    expect(read(Contents ?? [])).toBe(0);
    expect(shownFor(() => expect(Contents).toBe('reports'))).not.toContain('leave empty lists out');
  });

  it('is the version id of a bucket without versioning', async () => {
    const compare = (answer: sdk.PutObjectCommandOutput) =>
      expect(answer).toMatchObject({ VersionId: expect.any(String) });
    const answer = await put('a.txt');
    expect(shownFor(() => compare(answer))).toContain(
      "The answer to PutObject vault/a.txt has no VersionId, because versioning of bucket 'vault' was not enabled at the time: give the bucket versioning: 'Enabled'.",
    );
    compare(await put('a.txt', { Bucket: 'versioned' }));
    expect(shownFor(() => expect(answer).toMatchObject({ Size: 3 }))).not.toContain('VersionId, because');
  });

  it('is a checksum that nobody asked for', async () => {
    await put('a.txt', { ChecksumAlgorithm: 'SHA256' });
    const compare = ({ ChecksumSHA256 }: sdk.HeadObjectCommandOutput) =>
      expect(ChecksumSHA256).toBe(createHash('sha256').update('text').digest('base64'));
    const answer = await head('a.txt');
    expect(shownFor(() => compare(answer))).toContain(
      "The answer to HeadObject vault/a.txt has no ChecksumSHA256, because the request has no ChecksumMode: 'ENABLED'.",
    );
    compare(await head('a.txt', { ChecksumMode: 'ENABLED' }));
  });

  it('is the owner in a listing that does not ask for it', async () => {
    const compare = ({ Contents }: sdk.ListObjectsV2CommandOutput) =>
      expect(Contents?.[0]).toMatchObject({ Owner: { ID: control.mock.account.canonicalId } });
    const list = (more = {}) => client.send(new sdk.ListObjectsV2Command({ Bucket, ...more }));
    const answer = await list();
    expect(shownFor(() => compare(answer))).toContain('has no Owner, because the request has no FetchOwner: true');
    compare(await list({ FetchOwner: true }));
  });
});

describe('a value under another name', () => {
  it('is that of metadata, in lower case', async () => {
    await put('a.txt', { Metadata: { userId: 'user-17' } });
    const { Metadata = {} } = await head('a.txt');
    expect(shownFor(() => expect(Metadata['userId']).toBe('user-17'))).toContain(
      "The answer to HeadObject vault/a.txt has 'user-17' as Metadata.userid: S3 stores the names of metadata in lower case",
    );
    expect(shownFor(() => expect(Metadata).toEqual({ userId: 'user-17' }))).toContain(
      "expect 'userid' in place of 'userId'",
    );
    expect(Metadata).toEqual({ userid: 'user-17' });
    expect(shownFor(() => expect(Metadata).toEqual({ userid: 'user-18' }))).not.toContain('in lower case');
  });

  it('is the id of a new delete marker', async () => {
    const { Deleted = [] } = await remove({}, 'versioned');
    const { versionId } = control.mock.bucket('versioned').newest('a.txt');
    expect(shownFor(() => expect(Deleted[0]?.VersionId).toBe(versionId))).toContain(
      'as Deleted[0].DeleteMarkerVersionId: VersionId is the id that the request named',
    );
    expect(Deleted[0]?.DeleteMarkerVersionId).toBe(versionId);
  });

  it('is the ETag of a copy', async () => {
    const answer = await client.send(new sdk.CopyObjectCommand({ Bucket, Key: 'd.txt', CopySource: 'vault/a.txt' }));
    const { etag } = control.mock.bucket('vault').object('a.txt');
    expect(shownFor(() => expect(Object(answer).ETag).toBe(etag))).toContain('as CopyObjectResult.ETag');
    expect(answer.CopyObjectResult?.ETag).toBe(etag);
  });
});

describe('a value that S3 writes otherwise', () => {
  it('is the ETag of an upload in parts', async () => {
    const upload = { Bucket, Key: 'a.txt' };
    const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(upload));
    const { ETag } = await client.send(new sdk.UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'text' }));
    const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
    await client.send(new sdk.CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload }));
    const answer = await head('a.txt');
    const md5 = createHash('md5').update('text').digest('hex');
    const hint = 'ends in -1, because the object was uploaded in 1 part, and is not the MD5 of its bytes';
    expect(shownFor(() => expect(answer.ETag).toBe(`"${md5}"`))).toContain(hint);
    expect(shownFor(() => expect(md5).toBe(answer.ETag?.slice(1, -1)))).toContain(hint);
    expect(shownFor(() => expect(answer.ETag).toBe('text'))).not.toContain(hint);
    expect(control.mock.bucket('vault').object('a.txt').text()).toBe('text');
  });

  it('is metadata beyond ASCII', async () => {
    await put('a.txt', { Metadata: { author: 'Jürgen' } });
    const { Metadata = {} } = await head('a.txt');
    const hint = "send encodeURIComponent('Jürgen'), and read it with decodeURIComponent";
    expect(shownFor(() => expect(Metadata['author']).toBe('Jürgen'))).toContain(hint);
    expect(shownFor(() => expect(Metadata['author']).toBe('Jörg'))).not.toContain('encodeURIComponent');
    await put('a.txt', { Metadata: { author: encodeURIComponent('Jürgen') } });
    expect(decodeURIComponent((await head('a.txt')).Metadata?.['author'] ?? '')).toBe('Jürgen');
  });

  it.each([
    ['C++', "write 'C%2B%2B', as encodeURIComponent does", 'C%2B%2B', 'C++'],
    ['R&D', 'Choose another text, since S3 accepts only letters', 'R and D', 'R and D'],
  ])('is the tag %s', async (tag, cure, sent, stored) => {
    const readTags = () => control.mock.bucket('vault').object('a.txt').tags;
    await put('a.txt', { Tagging: `dept=${tag}` });
    const shown = shownFor(() => expect(readTags()).toEqual({ dept: tag }));
    expect(shown).toContain(`the Tagging of a write is a query, which ends the value '${tag}' early`);
    expect(shown).toContain(cure);
    expect(shownFor(() => expect(readTags()).toEqual({ dept: 'Sales' }))).not.toContain('is a query');
    await put('a.txt', { Tagging: `dept=${sent}` });
    expect(readTags()).toEqual({ dept: stored });
  });

  it('is a key in another Unicode form', async () => {
    await put('cafe\u0301');
    const hint = 'in two Unicode forms: expected in NFC, received in NFD';
    expect(shownFor(() => expect(control.mock.bucket('vault').keys.at(-1)).toBe('caf\u00e9'))).toContain(hint);
    expect(shownFor(() => expect(control.mock.bucket('vault').keys.at(-1)).toBe('cafe'))).not.toContain(hint);
    expect(control.mock.bucket('vault').keys.at(-1)?.normalize('NFC')).toBe('caf\u00e9');
  });
});

describe('what S3 ignores', () => {
  it('is the metadata of a copy without a directive', async () => {
    const copy = async (more = {}) => {
      const source = { CopySource: 'vault/a.txt', Metadata: { owner: 'ann' }, ...more };
      await client.send(new sdk.CopyObjectCommand({ Bucket, Key: 'd.txt', ...source }));
      return (await head('d.txt')).Metadata?.['owner'];
    };
    const hint = "which S3 ignored: send MetadataDirective: 'REPLACE'";
    const owner = await copy();
    expect(shownFor(() => expect(owner).toBe('ann'))).toContain(hint);
    expect(shownFor(() => expect(owner).toBe('ben'))).not.toContain(hint);
    expect(await copy({ MetadataDirective: 'REPLACE' })).toBe('ann');
  });

  it('is a range in another form', async () => {
    const read = async (Range: string) => {
      const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key: 'a.txt', Range }));
      return await Body?.transformToString();
    };
    await put('a.txt');
    const body = await read('0-2');
    expect(shownFor(() => expect(body).toBe('tex'))).toContain(
      "GetObject vault/a.txt was sent with Range: '0-2', which S3 ignored: send it as bytes=0-2",
    );
    expect(shownFor(() => expect(body).toBe('other'))).not.toContain('which S3 ignored');
    expect(await read('bytes=0-2')).toBe('tex');
  });

  it.each(['bytes=2-1', '2026-11-29', 'bytes=-', 'all'])('is %s, which has no range in it', async (Range) => {
    await put('a.txt');
    const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key: 'a.txt', Range }));
    const body = await Body?.transformToString();
    expect(shownFor(() => expect(body).toBe('tex'))).toContain(
      `Range: '${Range}', which S3 ignored: send it as bytes=0-99; S3 ignores a range in another form`,
    );
  });
});

describe('a test that did not end', () => {
  const list = () => client.send(new sdk.ListObjectsV2Command({ Bucket, MaxKeys: 1 }));
  const shownAtEnd = () => control.lifetime.explain({ errors: [], isConcurrent: false, isTimedOut: true }).join('\n\n');

  it('has asked for one page again and again, and its open request says nothing', async () => {
    for (let times = 0; times < 10; times += 1) await list();
    control.mock.on('GetObject').delay({ milliseconds: 60_000 });
    const open = client.send(new sdk.GetObjectCommand({ Bucket, Key: 'a.txt' })).catch(() => undefined);
    await list();
    const shown = shownAtEnd();
    expect(shown).toContain(
      '11 ListObjectsV2 requests had the same input, and each answer was truncated: send its NextContinuationToken as ContinuationToken.',
    );
    expect(shown).not.toContain('still waiting');
    await control.mock.stop();
    await open;
  });

  it('shows its open request if it has not', async () => {
    for (let times = 0; times < 9; times += 1) await list();
    expect(shownAtEnd()).not.toContain('had the same input');
  });
});

describe('the number of attempts', () => {
  it('of code is less than expected if its SDK tries again', async () => {
    const attempt = async (maxAttempts: number) => {
      control.mock.on('PutObject').fail('SlowDown', { times: 2 });
      const own = new sdk.S3Client({ maxAttempts });
      for (let attempts = 1; ; attempts += 1) {
        const sent = own.send(new sdk.PutObjectCommand({ Bucket, Key: 'a.txt', Body: 'text' }));
        if (await sent.then(Boolean, () => false)) return attempts;
      }
    };
    const hint =
      'The SDK itself sent PutObject vault/a.txt 3 times, so the code has less to repeat: give its client maxAttempts: 1.';
    const attempts = await attempt(3);
    expect(shownFor(() => expect(attempts).toBe(3))).toContain(hint);
    expect(shownFor(() => expect(attempts).toBe(9))).not.toContain(hint);
    expect(await attempt(1)).toBe(3);
  });
});

describe('versions with equal dates', () => {
  const list = async () => {
    const { Versions = [] } = await client.send(new sdk.ListObjectVersionsCommand({ Bucket: 'versioned' }));
    return Versions.toSorted((one, other) => Number(one.LastModified) - Number(other.LastModified));
  };
  const hint = "2 versions of 'a.txt' have the same LastModified";

  it('are told apart by IsLatest, or by a clock that moves', async () => {
    await put('a.txt', { Bucket: 'versioned', Body: 'first' });
    await put('a.txt', { Bucket: 'versioned', Body: 'second' });
    const newest = () => control.mock.bucket('versioned').newest('a.txt').versionId;
    const versions = await list();
    const shown = shownFor(() => expect(versions.at(-1)?.VersionId).toBe(newest()));
    expect(shown).toContain(`${hint}, since the clock of the mock did not move between their writes.`);
    expect(versions.find(({ IsLatest }) => IsLatest)?.VersionId).toBe(newest());
    control.mock.clock.advance({ seconds: 1 });
    await put('a.txt', { Bucket: 'versioned', Body: 'third' });
    expect((await list()).at(-1)?.VersionId).toBe(newest());
    expect(shownFor(() => expect(versions.length).toBe(7))).not.toContain(hint);
  });
});

describe('a transition that has not happened', () => {
  const hint = 'moves no object below 128 KB to GLACIER';
  const storageClass = async () => {
    control.mock.clock.advance({ days: 40 });
    return (await head('a.txt')).StorageClass;
  };

  it.each([
    [{}, { ObjectSizeGreaterThan: 0 }, 'Filter: { ObjectSizeGreaterThan: 0 }'],
    [
      { Prefix: 'a' },
      { And: { Prefix: 'a', ObjectSizeGreaterThan: 0 } },
      "Filter: { And: { Prefix: 'a', ObjectSizeGreaterThan: 0 } }",
    ],
  ])('of a small object happens with a filter of its size: %j', async (filter, cure, written) => {
    control.mock.bucket('vault').lifecycle = rule(filter);
    const found = await storageClass();
    const shown = shownFor(() => expect(found).toBe('GLACIER'));
    expect(shown).toContain(
      `- rule 1 ${hint}, and 'a.txt' has 1 byte: write 131,072 bytes in the test, or give the rule ${written}`,
    );
    expect(shownFor(() => expect(found).toBe('text'))).not.toContain(hint);
    control.mock.bucket('vault').lifecycle = rule(cure);
    expect(await storageClass()).toBe('GLACIER');
  });

  it('happens to an object of 128 KB', async () => {
    control.mock.bucket('vault').lifecycle = rule({});
    control.mock.bucket('vault').put('a.txt', Buffer.alloc(131_072));
    expect(await storageClass()).toBe('GLACIER');
  });
});

describe('a delete of a key that never was', () => {
  it('succeeds, and a HeadObject tells whether the key exists', async () => {
    const hint = 'S3 answers a delete of any key, whether the key exists or not';
    const shownForDelete = async (Bucket: string, Key: string) => {
      const deleted = client.send(new sdk.DeleteObjectCommand({ Bucket, Key }));
      const [error] = await expect(deleted)
        .rejects.toThrow()
        .then(
          () => [],
          (thrown: unknown) => [thrown],
        );
      return shownFor(() => {
        throw error;
      });
    };
    expect(await shownForDelete('versioned', 'none')).toContain(hint);
    expect(await shownForDelete('vault', 'none')).toContain(hint);
    await put('a.txt', { Bucket: 'versioned' });
    expect(await shownForDelete('versioned', 'a.txt')).not.toContain(hint);
    await expect(head('none')).rejects.toMatchObject({ name: 'NotFound' });
  });
});
