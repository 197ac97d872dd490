import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { answerDocument, textOf } from '../../support/documents';
import { closingRefusalHead, documentHead } from '../../support/heads';
import {
  answered,
  badArgument,
  elements,
  get,
  markDeleted,
  noSuchBucket,
  put,
  putVersion,
  refusal,
  remove,
  type StatusAndText,
  threeStates,
} from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3(threeStates);

const list = (query = '', bucket = 'vault') => get(`/${bucket}?versions${query}`);

const owner = () => `<Owner><ID>${s3.account.canonicalId}</ID></Owner>`;
const time = '<LastModified>2026-03-31T07:35:05.000Z</LastModified>';
const version = (Key: string, VersionId: string, isLatest: boolean, of: { etag: string; size: number }) =>
  `<Version>${elements({ Key, VersionId, IsLatest: String(isLatest) })}${time}<ETag>&quot;${of.etag}&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>${of.size}</Size>${owner()}<StorageClass>STANDARD</StorageClass></Version>`;
const marker = (Key: string, VersionId: string, isLatest: boolean) =>
  `<DeleteMarker>${elements({ Key, VersionId, IsLatest: String(isLatest) })}${time}${owner()}</DeleteMarker>`;
const answer = (content: string) => answerDocument('ListVersionsResult', content);

const v1 = { etag: '6654c734ccab8f440ff0825eb443dc7f', size: 2 };
const v2 = { etag: '1b267619c4812cc46ee281747884ca50', size: 2 };

/** Key, version id and latest of each entry, in order: `k v1*`; a delete marker begins with `marker`. */
function entriesOf(
  { body }: { readonly body: string },
  names: Readonly<Record<string, string>> = {},
): readonly string[] {
  const known = new Map(Object.entries(names).map(([name, id]) => [id, name]));
  const form = /<(Version|DeleteMarker)><Key>(.*?)<\/Key><VersionId>(.*?)<\/VersionId><IsLatest>(.*?)<\/IsLatest>/g;
  return [...body.matchAll(form)].map(([, kind, key, id = '', latest]) => {
    const told = `${key} ${known.get(id) ?? id}${latest === 'true' ? '*' : ''}`;
    return kind === 'Version' ? told : `marker ${told}`;
  });
}

// Recorded: dyus/meeseeks-s3, tests/list_object_versions/golden
describe('GET ?versions', () => {
  it('answers with the headers of S3', async () => {
    const { status, head } = await list();
    expect(status).toBe(200);
    expect(head).toEqual(documentHead());
  });

  // TestListVersionsWithMixedContent.test_both_versions_and_markers_present.json
  it('lists versions and delete markers side by side, the newest of each key first', async () => {
    const alive = [await putVersion('/vault/p/obj-alive', 'v1'), await putVersion('/vault/p/obj-alive', 'v2')];
    const gone = [await putVersion('/vault/p/obj-deleted', 'v1'), await markDeleted('/vault/p/obj-deleted')];
    const revived = [
      await putVersion('/vault/p/obj-revived', 'v1'),
      await markDeleted('/vault/p/obj-revived'),
      await putVersion('/vault/p/obj-revived', 'v2'),
    ];
    expect((await list('&prefix=p%2F')).text).toBe(
      answer(
        '<Name>vault</Name><Prefix>p/</Prefix><KeyMarker></KeyMarker><VersionIdMarker></VersionIdMarker><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>' +
          version('p/obj-alive', alive[1] ?? '', true, v2) +
          version('p/obj-alive', alive[0] ?? '', false, v1) +
          marker('p/obj-deleted', gone[1] ?? '', true) +
          version('p/obj-deleted', gone[0] ?? '', false, v1) +
          version('p/obj-revived', revived[2] ?? '', true, v2) +
          marker('p/obj-revived', revived[1] ?? '', false) +
          version('p/obj-revived', revived[0] ?? '', false, v1),
      ),
    );
  });

  // TestListObjectVersionsDelimiter.test_delimiter_truncated_next_key_marker.json, TestListObjectVersionsEmptyParams.test_empty_delimiter_same_as_absent.json
  it.each([
    ['', ''],
    ['&delimiter=%2F', '<Delimiter>/</Delimiter>'],
    ['&delimiter=', '<Delimiter></Delimiter>'],
    ['&encoding-type=url', '<EncodingType>url</EncodingType>'],
  ])('names the markers of the next page (%s)', async (query, told) => {
    await remove('/paused/a');
    await remove('/paused/b');
    expect((await list(`${query}&max-keys=1`, 'paused')).text).toBe(
      answer(
        `<Name>paused</Name><Prefix></Prefix><KeyMarker></KeyMarker><VersionIdMarker></VersionIdMarker><NextKeyMarker>a</NextKeyMarker><NextVersionIdMarker>null</NextVersionIdMarker><MaxKeys>1</MaxKeys>${told}<IsTruncated>true</IsTruncated>${marker('a', 'null', true)}`,
      ),
    );
  });

  // TestListObjectVersionsVersionIdNullPagination.test_vid_null_with_nonexistent_key.json
  it('returns the markers of the request, and none for a next page if this page is the last', async () => {
    expect((await list('&key-marker=zzz-nonexistent-key&max-keys=5&version-id-marker=null')).text).toBe(
      answer(
        '<Name>vault</Name><Prefix></Prefix><KeyMarker>zzz-nonexistent-key</KeyMarker><VersionIdMarker>null</VersionIdMarker><MaxKeys>5</MaxKeys><IsTruncated>false</IsTruncated>',
      ),
    );
  });

  it('lists each object of a bucket without versioning as its null version', async () => {
    await put('/plain/b', 'v1');
    await put('/plain/a', 'v1');
    expect((await list('', 'plain')).text).toContain(version('a', 'null', true, v1) + version('b', 'null', true, v1));
  });

  it('ignores a body', async () => {
    await put('/plain/k');
    const path = '/plain?versions';
    expect((await send({ path, body: 'x'.repeat(2000), headers: { 'Content-Length': '2000' } })).text).toBe(
      (await list('', 'plain')).text,
    );
  });
});

// Recorded: dyus/meeseeks-s3, test_dependency_empty_key_with_valid_vid; measured: brekkylab/backlot, 2026-09-29. F68
it('the markers of GET ?versions continue inside the first key if they name a version and an empty key', async () => {
  const ids = { a1: await putVersion('/vault/a'), a2: await putVersion('/vault/a'), b1: await putVersion('/vault/b') };
  const page = await list(`&key-marker=&version-id-marker=${ids.a2}`);
  expect(entriesOf(page, ids)).toEqual(['a a1', 'b b1*']);
  expect(textOf('VersionIdMarker', page)).toBe(ids.a2);
  expect(entriesOf(await list('&key-marker=&version-id-marker=null'))).toEqual([]);
});

// Recorded: localstack, TestS3ListObjectVersions. F60
describe('a delimiter of GET ?versions', () => {
  it('rolls up versions and markers, and counts each prefix as one', async () => {
    for (const key of ['folder/aSubfolder/subFile1', 'folder/aSubfolder/subFile2', 'folder/file1', 'folder/file2'])
      await put(`/vault/${key}`);
    await put('/vault/folder/file1');
    const query = '&prefix=folder/&delimiter=/';
    const whole = await list(query);
    expect(entriesOf(whole).map((entry) => entry.split(' ')[0])).toEqual([
      'folder/file1',
      'folder/file1',
      'folder/file2',
    ]);
    expect(whole.body).toMatch(
      /<\/Version><CommonPrefixes><Prefix>folder\/aSubfolder\/<\/Prefix><\/CommonPrefixes><\/ListVersionsResult>$/,
    );
    const first = await list(`${query}&max-keys=1`);
    expect(textOf('NextKeyMarker', first)).toBe('folder/aSubfolder/');
    expect(textOf('NextVersionIdMarker', first)).toBeUndefined();
    const next = await list(`${query}&max-keys=1&key-marker=folder/aSubfolder/`);
    expect(entriesOf(next)[0]).toMatch(/^folder\/file1 /);
    expect(next.body).not.toContain('<CommonPrefixes>');
  });
});

describe('max-keys of GET ?versions', () => {
  it.each([
    ['', '1000', 3, 'false'],
    ['0', '0', 0, 'false'],
    ['1', '1', 1, 'true'],
    ['3', '3', 3, 'false'],
    ['05', '5', 3, 'false'],
    ['1001', '1001', 3, 'false'],
    ['2147483647', '2147483647', 3, 'false'],
  ])('%j is returned as %s, with %i entries', async (value, told, count, truncated) => {
    for (const key of ['a', 'b', 'c']) await put(`/plain/${key}`);
    const { body } = await list(`&max-keys=${value}`, 'plain');
    expect({
      maxKeys: textOf('MaxKeys', { body }),
      entries: entriesOf({ body }).length,
      isTruncated: textOf('IsTruncated', { body }),
    }).toEqual({
      maxKeys: told,
      entries: count,
      isTruncated: truncated,
    });
    expect(body.includes('<NextKeyMarker>')).toBe(truncated === 'true');
  });
});

const notInteger = (value: string) =>
  badArgument('Provided max-keys not an integer or within integer range', 'max-keys', value);
const withoutKey = (value: string) =>
  badArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', value);
const empty = badArgument('A version-id marker cannot be empty.', 'version-id-marker', '');
const invalid = (value: string) => badArgument('Invalid version id specified', 'version-id-marker', value);
const encoding = (value: string) => badArgument('Invalid Encoding Method specified in Request', 'encoding-type', value);
const hasNull = (name: string) =>
  badArgument('Value must be a sequence of Unicode characters and cannot include Null.', name, '&#0;');

// Recorded: dyus/meeseeks-s3, tests/list_object_versions/golden, TestMaxKeysValidation, TestNullByte* and the order of checks. F67
describe('GET ?versions that S3 refuses', () => {
  const cases: readonly (readonly [string, StatusAndText])[] = [
    ['max-keys=abc', notInteger('abc')],
    ['max-keys=1.5', notInteger('1.5')],
    ['max-keys=2147483648', notInteger('2147483648')],
    ['max-keys=-1', badArgument('max-keys cannot be negative', 'max-keys')],
    ['version-id-marker=bad-vid', withoutKey('bad-vid')],
    ['version-id-marker=', withoutKey('')],
    ['key-marker=k&version-id-marker=', empty],
    ['key-marker=&version-id-marker=', empty],
    ['key-marker=k&version-id-marker=bad-vid', invalid('bad-vid')],
    ['key-marker=&version-id-marker=bad-vid', invalid('bad-vid')],
    ['key-marker=k&version-id-marker=HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD', invalid('HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD')],
    ['key-marker=k&version-id-marker=%00', invalid('&#0;')],
    ['version-id-marker=%00', withoutKey('&#0;')],
    ['encoding-type=invalid', encoding('invalid')],
    ['encoding-type=', encoding('')],
    ['prefix=%00', hasNull('prefix')],
    ['key-marker=%00', hasNull('key-marker')],
    ['delimiter=%00', refusal(500, 'InternalError', 'We encountered an internal error. Please try again.')],
    // Of two problems, S3 names the first in its order.
    ['encoding-type=invalid&max-keys=abc', notInteger('abc')],
    ['key-marker=k&max-keys=abc&version-id-marker=bad-vid', notInteger('abc')],
    ['max-keys=abc&version-id-marker=', notInteger('abc')],
    ['encoding-type=invalid&key-marker=k&version-id-marker=', empty],
    ['encoding-type=invalid&version-id-marker=bad-vid', withoutKey('bad-vid')],
    ['encoding-type=invalid&key-marker=&version-id-marker=bad-vid', invalid('bad-vid')],
    ['encoding-type=invalid&max-keys=-1', encoding('invalid')],
    ['encoding-type=invalid&prefix=%00', encoding('invalid')],
    ['prefix=%00&max-keys=-1', badArgument('max-keys cannot be negative', 'max-keys')],
    ['delimiter=%00&max-keys=abc', notInteger('abc')],
    ['encoding-type=invalid&key-marker=k&version-id-marker=%00', invalid('&#0;')],
  ];
  it.each(cases)('%s', async (query, expected) => {
    expect(await answered(list(`&${query}`))).toEqual(expected);
  });

  it('is quoted in the journal', async () => {
    await list('&max-keys=-1');
    expect(s3.requests.last()?.why).toContain('MaxKeys is -1');
  });

  it('closes the connection', async () => {
    for (const query of ['max-keys=abc', 'delimiter=%00']) {
      expect((await list(`&${query}`)).head).toEqual(closingRefusalHead());
    }
  });

  it('is refused before or after the checks of the caller and the bucket', async () => {
    const asked = (query: string) => answered(get(`/missing?versions&${query}`, { Authorization: 'AWS bad' }));
    expect(await asked('max-keys=abc')).toEqual(notInteger('abc'));
    expect(await asked('version-id-marker=x')).toEqual(withoutKey('x'));
    expect(await asked('key-marker=k&version-id-marker=')).toEqual(empty);
    for (const query of ['key-marker=k&version-id-marker=bad-vid', 'encoding-type=x', 'max-keys=-1', 'prefix=%00'])
      expect(await answered(get(`/missing?versions&${query}`))).toEqual(noSuchBucket('missing'));
  });
});

describe('encoding-type=url of GET ?versions', () => {
  it('applies to keys, prefixes and key markers, and not to version ids', async () => {
    await put('/vault/a%20b/c');
    await put('/vault/a%20b/d%26/e');
    const { body } = await list('&encoding-type=url&prefix=a%20b/&delimiter=%26/&key-marker=a%20&max-keys=1');
    expect(['Prefix', 'KeyMarker', 'Delimiter', 'Key', 'NextKeyMarker'].map((name) => textOf(name, { body }))).toEqual([
      'a+b/',
      'a+',
      '%26/',
      'a+b/c',
      'a+b/c',
    ]);
    const next = await list('&encoding-type=url&prefix=a%20b/&delimiter=%26/&key-marker=a%20b/c');
    expect(next.body).toContain('<CommonPrefixes><Prefix>a+b/d%26/</Prefix></CommonPrefixes>');
  });

  it('is off by default, so that control characters are references', async () => {
    await put('/plain/%01');
    expect(textOf('Key', await list('', 'plain'))).toBe('&#x1;');
  });
});

it('GET ?versions at COS returns names of owners and milliseconds', async () => {
  await markDeleted('/vault/k');
  const { body } = await get('/vault?versions', {}, { host: cosHost });
  expect(body).toContain(
    `<LastModified>2026-03-31T07:35:05.678Z</LastModified><Owner>${elements({ ID: '000000000000', DisplayName: '000000000000' })}</Owner></DeleteMarker>`,
  );
});

it('the journal records the input of ListObjectVersions, and the answer keeps its order', async () => {
  await put('/vault/k');
  await markDeleted('/vault/k');
  await list('&prefix=k&key-marker=a&version-id-marker=null&max-keys=7');
  const [entry] = s3.requests.of('ListObjectVersions');
  expect(entry?.input).toMatchObject({
    Bucket: 'vault',
    Prefix: 'k',
    KeyMarker: 'a',
    VersionIdMarker: 'null',
    MaxKeys: 7,
  });
  expect(entry?.output?.Entries?.map((item) => Object.keys(item))).toEqual([['DeleteMarkers'], ['Versions']]);
});
