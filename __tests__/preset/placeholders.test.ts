import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3, type MockS3Options, mockS3, type VersionFixture } from '../../src';
import { toHaveObject, toHaveVersions } from '../../src/matchers/version-matchers';

const MEBIBYTE = 1024 ** 2;
const GIBIBYTE = 1024 ** 3;
const large = 6 * GIBIBYTE;

const client = new S3Client({});
afterAll(() => client.destroy());

const open: MockS3[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((s3) => s3.stop()));
});

function begin(options: MockS3Options): MockS3 {
  const s3 = mockS3(options);
  open.push(s3);
  return s3;
}

const hold = (...versions: readonly VersionFixture[]) =>
  begin({ buckets: { vault: { versioning: 'Enabled', objects: { dump: versions } } } });

const read = async (Key: string, Range: string, VersionId?: string) =>
  (await client.send(new GetObjectCommand({ Bucket: 'vault', Key, Range, VersionId }))).Body?.transformToString();

describe('a version that is given by its size', () => {
  it.each<[string, VersionFixture]>([
    ['beside its other members', { size: large, tags: { state: 'old' } }],
    ['as its body', { body: { size: large } }],
    ['with a body of that size', { size: large, body: { size: large } }],
  ])('has that size, %s', (_what, version) => {
    expect(hold(version).bucket('vault').object('dump').size).toBe(large);
  });

  it('has bytes that follow from its key and its id, or from a seed', async () => {
    const named = { size: large, versionId: 'v1' };
    hold(named, { ...named, versionId: 'v2' }, { body: { size: large, seed: 'a' } }, { body: { size: 9, seed: 'a' } });
    const tails = [await read('dump', 'bytes=-8', 'v1'), await read('dump', 'bytes=-8', 'v2')];
    expect(new Set(tails).size).toBe(2);
    const [seeded] = await Promise.all([read('dump', 'bytes=0-8')]);
    expect(seeded).toMatch(/^\d{7}\n\d$/);
  });

  it('has the bytes of `start` on', async () => {
    begin({
      buckets: {
        vault: {
          objects: { a: { body: { size: large, seed: 's' } }, b: { body: { size: 50, seed: 's', start: GIBIBYTE } } },
        },
      },
    });
    expect(await read('a', `bytes=${GIBIBYTE}-${GIBIBYTE + 49}`)).toBe(await read('b', 'bytes=0-49'));
  });

  it('may be put by a handle', () => {
    const vault = hold('first').bucket('vault');
    const { size, etag } = vault.put('dump', { size: large }, { versionId: 'v2' });
    expect({ size, etag, now: vault.object('dump').etag }).toEqual({
      size: large,
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      now: etag,
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['two sizes', { size: 5, body: 'four' }, /its size is 5, but its body has 4 bytes\. Leave one of them out\.$/],
    ['a size as text', { size: '5' }, /invalid size '5'; expected a number of bytes$/],
    ['a negative size', { size: -1 }, /invalid size -1; expected a number of bytes/],
    ['half a byte', { body: { size: 0.5 } }, /body: invalid size 0\.5; expected a number of bytes/],
    [
      'more than S3 stores',
      { size: 53_687_091_200_001 },
      /invalid size 53687091200001; expected 53687091200000 at most, since S3 stores 10,000 parts of 5 GiB$/,
    ],
    ['a size beside no body', { size: 5, body: null }, /invalid body null; expected text/],
    ['a misspelt member', { body: { size: 5, sed: 'a' } }, /sed/],
    ['a seed that is no text', { body: { size: 5, seed: 7 } }, /body: invalid seed 7; expected text$/],
    ['a negative start', { body: { size: 5, start: -1 } }, /body: invalid start -1; expected a number of bytes$/],
    ['pieces that are no list', { body: { pieces: 'a' } }, /invalid pieces 'a'; expected a list of bodies$/],
    ['a marker with a size', { deleteMarker: true, size: 5 }, /a delete marker has no size/],
  ])('is refused with %s', (_what, version, message) => {
    expect(() => hold(version as VersionFixture)).toThrow(message);
  });
});

describe('a handle of a placeholder', () => {
  it('gives the bytes of one that fits into memory when they are asked for', () => {
    const { body, size } = hold({ size: 3 * MEBIBYTE })
      .bucket('vault')
      .object('dump');
    expect({ is: Buffer.isBuffer(body), length: body.length, size }).toEqual({
      is: true,
      length: 3 * MEBIBYTE,
      size: 3 * MEBIBYTE,
    });
  });

  const tooLarge = "the object 'dump' has 6,442,450,944 bytes, too many for a Buffer. Read a range of it: ";

  it.each<[string, (s3: MockS3) => unknown]>([
    ['object().body', (s3) => s3.bucket('vault').object('dump').body],
    ['object().text()', (s3) => s3.bucket('vault').object('dump').text()],
    ['current().body', (s3) => s3.bucket('vault').current('dump')?.body],
    ['versions()[0].body', (s3) => s3.bucket('vault').versions('dump')[0]?.body],
    ['put().body', (s3) => s3.bucket('vault').put('dump', { size: large }).body],
  ])('throws for %s of a larger one', (_what, give) => {
    const s3 = hold({ size: large });
    expect(() => give(s3)).toThrow(tooLarge);
    expect(() => give(s3)).toThrow(expect.objectContaining({ name: 'S3MockError', code: 'BODY_TOO_LARGE' }));
  });

  it('can be printed and compared without its bytes', () => {
    const vault = hold({ size: large, versionId: 'v1' }).bucket('vault');
    const [version] = vault.versions();
    expect(JSON.parse(JSON.stringify(version))).toMatchObject({ key: 'dump', size: large });
    expect(version).toEqual({ ...version });
    expect(String(vault)).toContain('6,442,450,944 bytes');
    expect(vault.toJSON()?.objects?.['dump']).toMatchObject([{ body: { size: large }, versionId: 'v1' }]);
  });

  it('is counted by usage', () => {
    expect(hold({ size: large }).bucket('vault').usage()).toMatchObject({ current: { count: 1, bytes: large } });
  });
});

describe('matchers', () => {
  const stack: readonly VersionFixture[] = [{ size: large, versionId: 'v1' }, 'second', { size: 2 * MEBIBYTE }];

  it('find members of a placeholder, and of versions above one', () => {
    const vault = hold(...stack, deleteMarker, 'last').bucket('vault');
    expect(toHaveObject(vault, 'dump', { body: 'last' }).pass).toBe(true);
    expect(
      toHaveVersions(vault, 'dump', [{ size: large }, 'second', { size: 2 * MEBIBYTE }, deleteMarker, 'last']).pass,
    ).toBe(true);
  });

  it('print its size in place of its bytes', () => {
    const vault = hold({ size: large }).bucket('vault');
    const results = [toHaveObject(vault, 'dump', { body: 'first' }), toHaveVersions(vault, 'dump', ['first'])];
    expect(results.map(({ pass }) => pass)).toEqual([false, false]);
    for (const { message } of results) expect(message()).toMatch(/'first', received \{ size: 6442450944 \}/);
  });
});

describe('the state as JSON', () => {
  it('has the size of a placeholder, from which the same bytes are made', async () => {
    const first = hold(
      { size: large, versionId: 'v1' },
      { body: { size: large, seed: 'a', start: 7 }, versionId: 'v2' },
    );
    const state = JSON.parse(JSON.stringify(first));
    const tails = async () => [await read('dump', 'bytes=-20', 'v1'), await read('dump', 'bytes=-20', 'v2')];
    const before = [await tails(), first.bucket('vault').versions()];
    await first.stop();
    expect(state.buckets.vault.objects.dump).toMatchObject([
      { size: large, versionId: 'v1' },
      { body: { size: large, seed: 'a', start: 7 }, versionId: 'v2' },
    ]);
    const second = begin(state);
    expect([await tails(), second.bucket('vault').versions()]).toEqual(before);
    expect(JSON.parse(JSON.stringify(second))).toEqual(state);
  });

  it('has the pieces of an upload', async () => {
    const first = hold({ size: large, versionId: 'v1' });
    const named = { Bucket: 'vault', Key: 'joined' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(named));
    const part = (PartNumber: number) => ({ ...named, UploadId, PartNumber });
    const source = { CopySource: 'vault/dump', CopySourceRange: `bytes=100-${5 * GIBIBYTE + 99}` };
    const copied = await client.send(new UploadPartCopyCommand({ ...part(1), ...source }));
    const put = await client.send(new UploadPartCommand({ ...part(2), Body: 'the end' }));
    const Parts = [copied.CopyPartResult, put].map((one, index) => ({
      PartNumber: index + 1,
      ETag: one?.ETag,
    }));
    await client.send(new CompleteMultipartUploadCommand({ ...named, UploadId, MultipartUpload: { Parts } }));
    expect(await read('joined', 'bytes=-12')).toMatch(/^[\d\n]{5}the end$/);
    const state = JSON.parse(JSON.stringify(first));
    expect(state.buckets.vault.objects.joined).toMatchObject([
      { body: { pieces: [{ size: 5 * GIBIBYTE, seed: 'dump\nv1', start: 100 }, 'the end'] } },
    ]);
    const before = await read('joined', 'bytes=-50');
    await first.stop();
    expect(JSON.parse(JSON.stringify(begin(state)))).toEqual(state);
    expect(await read('joined', 'bytes=-50')).toBe(before);
  });
});
