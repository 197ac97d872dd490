import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fromListing, type MockS3, mockS3, type VersionListing } from '../../src';

let s3: MockS3 | undefined;
afterEach(() => s3?.stop());

const md5 = (digit: string) => `"${digit.repeat(32)}"`;
const version = (Key: string, VersionId: string, LastModified: string, IsLatest = false, more = {}) => ({
  ETag: md5('a'),
  Size: 5,
  StorageClass: 'STANDARD',
  Key,
  VersionId,
  IsLatest,
  LastModified,
  Owner: { DisplayName: 'team', ID: 'f'.repeat(64) },
  ...more,
});
const marker = (Key: string, VersionId: string, LastModified: string, IsLatest = false) => ({
  Owner: { ID: 'f'.repeat(64) },
  Key,
  VersionId,
  IsLatest,
  LastModified,
});

/** The output of `aws s3api list-object-versions --bucket vault`. */
const printed = JSON.stringify({
  Versions: [
    version('docs/a b.pdf', 'k7zHzk3GfDEQgfiMHUZwFVRIrdG9QrLT', '2024-03-01T10:00:02+00:00', false, { ETag: md5('b') }),
    version('docs/a b.pdf', 'null', '2023-01-31T23:30:00+02:00', false, { ETag: `"${'c'.repeat(32)}-2"`, Size: 12 }),
    version('notes', 'JrMQEO5xxkHRUQkzUCqUPsWzWZF9n0Tb', '2024-03-01T10:00:00+00:00', true, {
      StorageClass: 'GLACIER',
      ChecksumAlgorithm: ['CRC64NVME'],
      ChecksumType: 'FULL_OBJECT',
    }),
  ],
  DeleteMarkers: [marker('docs/a b.pdf', 'ZxP4AhbPYpHZDXRTKD.lqt_fwsQYWYJ0', '2024-03-01T10:00:03+00:00', true)],
  RequestCharged: null,
  Prefix: '',
});

describe('a listing that aws s3api prints', () => {
  it('is a bucket with the same versions', async () => {
    const objects = fromListing(JSON.parse(printed));
    s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects } } });
    const client = new S3Client({});
    const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
    client.destroy();
    const listing = JSON.parse(printed);
    const bare = ({ Owner, ChecksumAlgorithm, ChecksumType, LastModified, ...entry }: Record<string, unknown>) => ({
      ...entry,
      LastModified: new Date(String(LastModified)).getTime(),
    });
    const listed = (entries: readonly object[] = []) => entries.map((entry) => bare({ ...entry }));
    expect({ Versions: listed(Versions), DeleteMarkers: listed(DeleteMarkers) }).toEqual({
      Versions: listing.Versions.map(bare),
      DeleteMarkers: listing.DeleteMarkers.map(bare),
    });
  });

  it('has bodies of the right size, each its own, the same at each run', () => {
    const bodies = () => {
      const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: fromListing(JSON.parse(printed)) } } });
      const read = s3
        .bucket('vault')
        .versions()
        .flatMap((one) => (one.deleteMarker ? [] : [one.body.toString()]));
      void s3.stop();
      return read;
    };
    expect(
      bodies()
        .map((body) => body.length)
        .sort(),
    ).toEqual([12, 5, 5]);
    expect(bodies().find((body) => body.length === 12)).toMatch(/^\d{7}\n\d{4}$/);
    expect(new Set(bodies()).size).toBe(3);
    expect(bodies()).toEqual(bodies());
  });

  it.each([0, 1024 ** 2 + 1, 6 * 1024 ** 3, 5 * 1024 ** 4, 10_000 * 5 * 1024 ** 3])(
    'keeps a size of %d',
    async (Size) => {
      const objects = fromListing({ Versions: [version('a', 'v1', '2024-03-01', true, { Size })] });
      const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects } } });
      expect(s3.bucket('vault').object('a').size).toBe(Size);
      await s3.stop();
    },
  );

  it.each([2 ** 53, -1, 1.5, Number.NaN, '6442450944', null, undefined])(
    'refuses the size %p, and names its row',
    (Size) => {
      const listing = { Versions: [version('a', 'v1', '2024-03-01', true, { Size })] } as unknown as VersionListing;
      expect(() => fromListing(listing)).toThrow(
        /^fromListing: Versions\[0\] \('a'\): invalid Size .*; expected a number of bytes$/,
      );
    },
  );

  it('refuses a size that S3 does not store', () => {
    const Size = 10_000 * 5 * 1024 ** 3 + 1;
    expect(() => fromListing({ Versions: [version('a', 'v1', '2024-03-01', true, { Size })] })).toThrow(
      "fromListing: Versions[0] ('a'): invalid Size 53687091200001; expected 53687091200000 at most, since S3 stores 10,000 parts of 5 GiB",
    );
  });

  it('may come from an SDK, with Dates', () => {
    const LastModified = new Date('2024-03-01T10:00:00Z');
    const entry = { Key: 'a', VersionId: 'v1', IsLatest: true, LastModified };
    expect(fromListing({ DeleteMarkers: [entry] })).toEqual({
      a: [{ deleteMarker: true, versionId: 'v1', lastModified: LastModified }],
    });
  });

  it('may be the listing of an empty bucket', () => {
    expect(fromListing({ Versions: null, DeleteMarkers: null })).toEqual({});
    expect(fromListing({ Versions: [] })).toEqual({});
    const ofCommandLine = { RequestCharged: null };
    expect(fromListing(ofCommandLine as VersionListing)).toEqual({});
    const ofSdk = { IsTruncated: false, MaxKeys: 1000, Name: 'vault', Prefix: '' };
    expect(fromListing(ofSdk as VersionListing)).toEqual({});
  });
});

describe('the order of versions and delete markers', () => {
  const order = (listing: VersionListing) =>
    [fromListing(listing)['a']].flat().map((one) => (one as { versionId: string }).versionId);
  const same = '2024-03-01T10:00:00+00:00';

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['goes by time', ['v2@3', 'v1@1'], ['d2@4*', 'd1@2'], ['v1', 'd1', 'v2', 'd2']],
    ['goes by time beside an older marker', ['v3@9*', 'v2@8', 'v1@1'], ['d1@2'], ['v1', 'd1', 'v2', 'v3']],
    ['has what is current on top, whatever its time', ['v2@5', 'v1@1'], ['d1@3*'], ['v1', 'v2', 'd1']],
    ['takes turns within a second', ['v2@1', 'v1@1'], ['d2@1*', 'd1@1'], ['v1', 'd1', 'v2', 'd2']],
    ['takes turns within a second, a version on top', ['v2@1*', 'v1@1'], ['d1@1'], ['v1', 'd1', 'v2']],
    ['keeps that of the listing', ['v3@1*', 'v2@7', 'v1@3'], [], ['v1', 'v2', 'v3']],
    ['has markers alone', [], ['d2@2*', 'd1@1'], ['d1', 'd2']],
  ])('%s', (_what, versions, markers, written) => {
    const read = (text: string) => {
      const [, id = '', second = '', latest] = /^(\w+)@(\d)(\*?)$/.exec(text) ?? [];
      return [id, same.replace('00+', `0${second}+`), latest === '*'] as const;
    };
    const Versions = versions.map((text) => version('a', ...read(text)));
    const DeleteMarkers = markers.map((text) => marker('a', ...read(text)));
    expect(order({ Versions, DeleteMarkers })).toEqual(written);
  });
});

describe('a listing that is not valid', () => {
  const right =
    "Give the object that 'aws s3api list-object-versions --output json' prints, parsed: { Versions: [...], DeleteMarkers: [...] }.";
  const time = '2024-03-01T10:00:00+00:00';
  const good = version('a', 'v1', time, true);
  it.each<[unknown, string]>([
    ['{"Versions":[]}', `fromListing was given '{"Versions":[]}'. ${right}`],
    [undefined, `fromListing was given undefined. ${right}`],
    [[good], expect.stringMatching(/^fromListing was given \[\{ .* \}\]\. Give the object/s) as never],
    [{ Contents: [] }, `fromListing was given a listing of objects, which has no versions. ${right}`],
    [
      { IsTruncated: false, KeyCount: 0 },
      `fromListing was given a listing of objects, which has no versions. ${right}`,
    ],
    [{ IsTruncated: false, Marker: '' }, `fromListing was given a listing of objects, which has no versions. ${right}`],
    [{}, `fromListing was given {}. ${right}`],
    [{ Buckets: [] }, `fromListing was given { Buckets: [] }. ${right}`],
    [{ Versions: {} }, 'fromListing: invalid Versions {}; expected a list'],
    [{ DeleteMarkers: 'x' }, "fromListing: invalid DeleteMarkers 'x'; expected a list"],
    [{ Versions: [good, null] }, 'fromListing: invalid Versions[1] null; expected an object with a Key'],
    [{ Versions: [{ ...good, Key: undefined }] }, 'fromListing: Versions[0]: invalid Key undefined; expected text'],
    [{ DeleteMarkers: [{ Key: 7 }] }, 'fromListing: DeleteMarkers[0]: invalid Key 7; expected text'],
    [
      { Versions: [{ ...good, VersionId: undefined }] },
      "fromListing: Versions[0] ('a'): invalid VersionId undefined; expected text, 'null' for the null version",
    ],
    [
      { Versions: [{ ...good, IsLatest: 'true' }] },
      "fromListing: Versions[0] ('a'): invalid IsLatest 'true'; expected true or false",
    ],
    [
      { Versions: [{ ...good, LastModified: 'today' }] },
      "fromListing: Versions[0] ('a'): invalid LastModified 'today'; expected a time such as '2026-01-31T10:00:00+00:00'",
    ],
    [
      { Versions: [{ ...good, LastModified: undefined }] },
      "fromListing: Versions[0] ('a'): invalid LastModified undefined; expected a time such as '2026-01-31T10:00:00+00:00'",
    ],
    [
      { Versions: [{ ...good, ETag: undefined }] },
      "fromListing: Versions[0] ('a'): invalid ETag undefined; expected text",
    ],
    [
      { Versions: [{ ...good, StorageClass: 5 }] },
      "fromListing: Versions[0] ('a'): invalid StorageClass 5; expected text, such as 'STANDARD', or undefined",
    ],
    [
      { Versions: [{ ...good, Size: '5' }] },
      "fromListing: Versions[0] ('a'): invalid Size '5'; expected a number of bytes",
    ],
    [
      { Versions: [{ ...good, Size: -1 }] },
      "fromListing: Versions[0] ('a'): invalid Size -1; expected a number of bytes",
    ],
    [
      { Versions: [{ ...good, IsLatest: false }] },
      "fromListing: no entry of 'a' has IsLatest true. The listing begins in the middle of its versions; give all pages from the first.",
    ],
    [
      { Versions: [good], DeleteMarkers: [marker('a', 'd1', time, true)] },
      "fromListing: Versions[0] ('a') and DeleteMarkers[0] ('a') both have IsLatest true. Only one version of a key is the latest.",
    ],
    [
      { Versions: [version('a', 'v0', time), good] },
      "fromListing: Versions[1] ('a') has IsLatest true, but is not the first of its key. Give the entries in the order in which S3 lists them.",
    ],
  ])('%p is a TypeError', (listing, message) => {
    let error: unknown;
    try {
      fromListing(listing as VersionListing);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toEqual(message);
  });

  it('is refused with the name of its bucket if that bucket cannot store it', () => {
    const objects = fromListing({ Versions: [version('a', 'v1', time, true, { StorageClass: 'OUTPOSTS' })] });
    expect(() => mockS3({ buckets: { vault: { versioning: 'Enabled', objects } } })).toThrow(
      new TypeError(
        "bucket 'vault', key 'a': invalid storage class 'OUTPOSTS'; expected one of STANDARD, REDUCED_REDUNDANCY, STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE",
      ),
    );
  });
});
