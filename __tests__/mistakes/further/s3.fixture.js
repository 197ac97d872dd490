// As in jest.fixture.js: mistakes about S3 itself, whatever the test runner.
const { Buffer } = require('node:buffer');
const { createHash } = require('node:crypto');
const { Readable } = require('node:stream');
const { mockS3 } = require('s3-versioning-mock/jest');
const sdk = require('@aws-sdk/client-s3');

const client = new sdk.S3Client({ maxAttempts: 1 });
const send = (name, input) => client.send(new sdk[`${name}Command`]({ Bucket: 'vault', ...input }));
const get = (Key) => send('GetObject', { Key });
const put = (Key, Body = 'text', more = {}) => send('PutObject', { Key, Body, ...more });
const now = '2026-03-01T12:00:00Z';
const empty = { now, buckets: { vault: {} } };
const versioned = { now, buckets: { vault: { versioning: 'Enabled' } } };
const withObjects = (objects, more = {}) => ({ now, buckets: { vault: { objects, ...more } } });
const three = { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' };

// ## Pages of listings

// Wrong: await send('ListObjectsV2');
// Right: await send('ListObjectsV2', {
// Right:   ContinuationToken: page?.NextContinuationToken,
// Right: });
// Send NextContinuationToken of each answer as ContinuationToken of the next request, or use paginateListObjectsV2 of the SDK.
// Cause: ListObjectsV2 requests had the same input, and each answer was truncated
// Cure: send its NextContinuationToken as ContinuationToken
describe('A loop over the pages does not send the token', () => {
  mockS3({ ...withObjects(three), pageSize: 2 });

  test('lists all keys', async () => {
    const keys = [];
    for (let page; page === undefined || page.IsTruncated; ) {
      page = await send('ListObjectsV2');
      keys.push(...page.Contents.map(({ Key }) => Key));
    }
    expect(keys).toHaveLength(3);
  }, 120_000);
});

// Cause: ListObjects requests had the same input, and each answer was truncated
// Cure: send its last Key as Marker; ListObjects answers NextMarker only to a request with a Delimiter
describe('A loop over the pages of ListObjects sends NextMarker without a Delimiter', () => {
  mockS3({ ...withObjects(three), pageSize: 2 });

  test('lists all keys', async () => {
    for (let page = {}, isFirst = true; isFirst || page.IsTruncated; isFirst = false)
      page = await send('ListObjects', { Marker: page.NextMarker });
  }, 120_000);
});

// Cause: ListObjectVersions requests had the same input, and each answer was truncated
// Cure: send its NextKeyMarker and NextVersionIdMarker as KeyMarker and VersionIdMarker
describe('A loop over the versions tests IsTruncated and sends nothing', () => {
  mockS3({ ...withObjects({ 'a.txt': ['1', '2', '3'] }, { versioning: 'Enabled' }), pageSize: 2 });

  test('lists all versions', async () => {
    while ((await send('ListObjectVersions', { Prefix: 'a.txt' })).IsTruncated);
  }, 120_000);
});

// Wrong: const { Contents } = await send('ListObjects');
// Right: const first = await send('ListObjects');
// Right: const next = await send('ListObjects', { Marker: first.Contents.at(-1).Key });
// Right: const Contents = [...first.Contents, ...next.Contents];
// Without a Delimiter, ListObjects answers no NextMarker: send the last Key as Marker, or use ListObjectsV2.
// Cause: returned only one page of the listing
// Cure: Request the next page with its last Key as Marker
describe('The first page of ListObjects is taken for all', () => {
  mockS3({ ...withObjects(three), pageSize: 2 });

  test('lists the keys', async () => {
    const { Contents } = await send('ListObjects');
    expect(Contents.map(({ Key }) => Key)).toEqual(['a.txt', 'b.txt', 'c.txt']);
  });
});

// ## Keys

// Wrong: await get('report.pdf');
// Right: await get('Report.pdf');
// Keys differ in upper and lower case. The reason names the key that the bucket has.
// Cause: the bucket has 'Report.pdf', which differs in upper and lower case
// Cure: 'Report.pdf'
describe('A key is read in another case', () => {
  mockS3(withObjects({ 'Report.pdf': 'first' }));

  test('reads the report', async () => {
    await get('report.pdf');
  });
});

// Wrong: await get('cafe\u0301.txt');
// Right: await get('cafe\u0301.txt'.normalize('NFC'));
// Some programs write an accent as a letter of its own (NFD), most do not (NFC). Write `key.normalize('NFC')` where keys enter your code.
// Cause: which differs in its Unicode form
// Cure: key.normalize('NFC')
describe('A key is read in another Unicode form', () => {
  mockS3(withObjects({ 'caf\u00e9.txt': 'first' }));

  test('reads the menu', async () => {
    await get('cafe\u0301.txt');
  });
});

// Cause: in two Unicode forms
// Cure: key.normalize('NFC')
describe('Keys in two Unicode forms are compared', () => {
  mockS3(withObjects({ 'cafe\u0301.txt': 'first' }));

  test('lists the menu', async () => {
    const { Contents } = await send('ListObjectsV2');
    expect(Contents.map(({ Key }) => Key)).toEqual(['caf\u00e9.txt']);
  });
});

// Cause: the bucket has 'reports/', which differs in the slash at its end
// Cure: 'reports/'
describe('A folder is read without its slash', () => {
  mockS3(withObjects({ 'reports/': '', 'reports/a.pdf': 'a' }));

  test('finds the folder', async () => {
    await send('HeadObject', { Key: 'reports' });
  });
});

// Wrong: await send('HeadObject', { Key: 'reports/' });
// Right: const { KeyCount } = await send('ListObjectsV2', { Prefix: 'reports/' });
// Right: expect(KeyCount).toBeGreaterThan(0);
// S3 has no folders. List the prefix, or read one of its keys.
// Cause: S3 has no folders: 'reports/' is only the beginning of 'reports/a.pdf'
// Cure: 'reports/a.pdf'
describe('A prefix is taken for an object', () => {
  mockS3(withObjects({ 'reports/a.pdf': 'a' }));

  test('finds the folder', async () => {
    await send('HeadObject', { Key: 'reports/' });
  });
});

// Cause: the bucket has 'reports/a.pdf', which differs in a slash that is doubled
// Cure: 'reports/a.pdf'
describe('A path is joined with two slashes', () => {
  mockS3(withObjects({ 'reports/a.pdf': 'a' }));

  test('reads the tags', async () => {
    await send('GetObjectTagging', { Key: 'reports//a.pdf' });
  });
});

// Cause: which differs in the name of the bucket in front
// Cure: the bucket is not a part of the key
describe('The key contains its bucket', () => {
  mockS3(withObjects({ 'a.pdf': 'a' }));

  test('reads the report', async () => {
    await get('vault/a.pdf');
  });
});

// Wrong: 's3://vault/p/q.txt'
// Right: 'p/q.txt'
// The key is the part of the URI behind the bucket.
// Cause: which differs in the name of the bucket in front
// Cure: the bucket is not a part of the key
describe('The key is a URI of S3', () => {
  mockS3(withObjects({ 'p/q.txt': 'a' }));

  test('reads the report', async () => {
    await get('s3://vault/p/q.txt');
  });
});

// Wrong: get(encodeURIComponent('my report.pdf'))
// Right: get('my report.pdf')
// Clients encode keys by themselves. Pass the key as it is.
// Cause: which differs in its URL encoding
// Cure: encoded once too often
describe('The key is encoded before the SDK encodes it', () => {
  mockS3(withObjects({ 'my report.pdf': 'a' }));

  test('reads the report', async () => {
    await get(encodeURIComponent('my report.pdf'));
  });
});

// Cause: the bucket has 'my report.pdf', which differs in plus signs and blanks
// Cure: 'my report.pdf'
describe('A key of a form has plus signs for its blanks', () => {
  mockS3(withObjects({ 'my report.pdf': 'a' }));

  test('reads the report', async () => {
    await get('my+report.pdf');
  });
});

// Cause: which differs in blanks at its ends
// Cure: 'a.txt'
describe('A key has the line break of its file', () => {
  mockS3(withObjects({ 'a.txt': 'a' }));

  test('reads the line', async () => {
    await get('a.txt\n');
  });
});

// Cause: the source vault/report.pdf has no versions; the bucket has 'Report.pdf'
// Cure: 'Report.pdf'
describe('A copy names its source in another case', () => {
  mockS3(withObjects({ 'Report.pdf': 'a' }));

  test('copies the report', async () => {
    await send('CopyObject', { Key: 'copy.pdf', CopySource: 'vault/report.pdf' });
  });
});

// Wrong: { Key: 'report.pdf' }
// Right: { Key: 'Report.pdf' }
// S3 answers 204 to a delete of any key. The note names the key that the bucket has.
// Cause: nothing was deleted for 'report.pdf', which has no versions
// Cure: the bucket has 'Report.pdf', which differs in upper and lower case
describe('A delete names its key in another case', () => {
  const s3 = mockS3(withObjects({ 'Report.pdf': 'a' }));

  test('deletes the report', async () => {
    await send('DeleteObject', { Key: 'report.pdf' });
    expect(s3.bucket('vault').keys).toEqual([]);
  });
});

// Cause: there is no such key
// Cure: The bucket has 'Report.pdf', which differs in upper and lower case
describe('A matcher names a key in another case', () => {
  const s3 = mockS3(empty);

  test('stores the report', async () => {
    await put('Report.pdf');
    expect(s3.bucket('vault')).toHaveObject('report.pdf');
  });
});

// Cause: there is no object '/Reports/a.pdf'
// Cure: The bucket has 'reports/a.pdf', which differs in the slash at its start and upper and lower case
describe('A handle names a key in two other ways', () => {
  const s3 = mockS3(empty);

  test('stores the report', async () => {
    await put('reports/a.pdf');
    expect(s3.bucket('vault').object('/Reports/a.pdf').text()).toBe('text');
  });
});

// Cause: the key has no versions
// Cure: the bucket has 'reports/june.pdf', which differs in a letter
describe('A key is misspelt', () => {
  mockS3(withObjects({ 'reports/june.pdf': 'a' }));

  test('reads the report', async () => {
    await get('repots/june.pdf');
  });
});

// ## Members of answers

// Wrong: { Objects, Quiet: true }
// Right: { Objects }
// Send DeleteObjects without Quiet if your code reads Deleted.
// Cause: Quiet: true, which leaves Deleted out of the answer
// Cure: Send it without Quiet
describe('Deleted is read from a quiet answer', () => {
  mockS3(withObjects(three));

  test('deletes both', async () => {
    const Objects = [{ Key: 'a.txt' }, { Key: 'b.txt' }];
    const { Deleted } = await send('DeleteObjects', { Delete: { Objects, Quiet: true } });
    expect(Deleted.map(({ Key }) => Key)).toEqual(['a.txt', 'b.txt']);
  });
});

// Cause: as Deleted[0].DeleteMarkerVersionId
// Cure: VersionId is the id that the request named, and DeleteMarkerVersionId that of the new marker
describe('The id of a new marker is read as VersionId', () => {
  const s3 = mockS3(withObjects(three, { versioning: 'Enabled' }));

  test('returns the id of the marker', async () => {
    const { Deleted } = await send('DeleteObjects', { Delete: { Objects: [{ Key: 'a.txt' }] } });
    expect(Deleted[0].VersionId).toBe(s3.bucket('vault').newest('a.txt').versionId);
  });
});

// Wrong: expect(Contents.length).toBe(0);
// Right: expect((Contents ?? []).length).toBe(0);
// The SDK leaves empty lists out: write `Contents ?? []`.
// Cause: has no Contents, because no key begins with 'reports/' on this page
// Cure: read a list with ?? []
describe('An empty listing is read', () => {
  mockS3(withObjects(three));

  test('lists no reports', async () => {
    const { Contents } = await send('ListObjectsV2', { Prefix: 'reports/' });
    expect(Contents.length).toBe(0);
  });
});

// Cause: has no VersionId, because versioning of bucket 'vault' was not enabled at the time
// Cure: versioning: 'Enabled'
describe('A version id is expected without versioning', () => {
  mockS3(empty);

  test('returns the id', async () => {
    expect(await put('a.txt')).toMatchObject({ VersionId: expect.any(String) });
  });
});

// Cause: nobody has set the versioning of the bucket, and then it has no Status
// Cure: nobody has set the versioning
describe('The status of a new bucket is expected to be Suspended', () => {
  mockS3(empty);

  test('is suspended', async () => {
    const { Status } = await send('GetBucketVersioning');
    expect(Status).toBe('Suspended');
  });
});

// Cause: has no ChecksumSHA256
// Cure: ChecksumMode: 'ENABLED'
describe('A checksum is read without asking for it', () => {
  mockS3(empty);

  test('has the checksum', async () => {
    await put('a.txt', 'text', { ChecksumAlgorithm: 'SHA256' });
    const { ChecksumSHA256 } = await send('HeadObject', { Key: 'a.txt' });
    expect(ChecksumSHA256).toBe(createHash('sha256').update('text').digest('base64'));
  });
});

// Cause: as CopyObjectResult.ETag
// Cure: SDKs have the document of the copy there
describe('The ETag of a copy is read beside its document', () => {
  const s3 = mockS3(withObjects(three));

  test('has the ETag', async () => {
    const { ETag } = await send('CopyObject', { Key: 'd.txt', CopySource: 'vault/a.txt' });
    expect(ETag).toBe(s3.bucket('vault').object('a.txt').etag);
  });
});

// Wrong: Metadata.userId
// Right: Metadata.userid
// S3 stores the names of metadata in lower case: read `Metadata.userid`.
// Cause: as Metadata.userid: S3 stores the names of metadata in lower case
// Cure: Metadata.userid
describe('Metadata is read by its name in camel case', () => {
  mockS3(empty);

  test('has the user', async () => {
    await put('a.txt', 'text', { Metadata: { userId: 'user-17' } });
    const { Metadata } = await send('HeadObject', { Key: 'a.txt' });
    expect(Metadata.userId).toBe('user-17');
  });
});

// Cause: S3 stores the names of metadata in lower case
// Cure: expect 'userid' in place of 'userId'
describe('Metadata is compared with names in camel case', () => {
  mockS3(empty);

  test('has the user', async () => {
    await put('a.txt', 'text', { Metadata: { userId: 'user-17' } });
    const { Metadata } = await send('HeadObject', { Key: 'a.txt' });
    expect(Metadata).toEqual({ userId: 'user-17' });
  });
});

// Cause: S3 stores the names of metadata in lower case
// Cure: Write { metadata: { userid: 'user-17' } }
describe('A matcher gets metadata in camel case', () => {
  const s3 = mockS3(empty);

  test('has the user', async () => {
    await put('a.txt', 'text', { Metadata: { userId: 'user-17' } });
    expect(s3.bucket('vault')).toHaveObject('a.txt', { metadata: { userId: 'user-17' } });
  });
});

// ## Values of answers

// Compare the bytes, or a checksum that the upload asked for.
// Cause: ends in -1, because the object was uploaded in 1 part
// Cure: Compare the bytes
describe('The ETag of an upload in parts is compared with an MD5', () => {
  mockS3(empty);

  test('has the digest', async () => {
    const upload = { Key: 'a.txt' };
    const { UploadId } = await send('CreateMultipartUpload', upload);
    const { ETag } = await send('UploadPart', { ...upload, UploadId, PartNumber: 1, Body: 'text' });
    await send('CompleteMultipartUpload', {
      ...upload,
      UploadId,
      MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] },
    });
    const found = await send('HeadObject', upload);
    expect(found.ETag).toBe(`"${createHash('md5').update('text').digest('hex')}"`);
  });
});

// Wrong: { author: 'Jürgen' }
// Right: { author: encodeURIComponent('Jürgen') }
// Wrong: expect(Metadata.author)
// Right: expect(decodeURIComponent(Metadata.author))
// Encode the value before you send it, and decode what you read: encodeURIComponent and decodeURIComponent.
// Cause: Headers carry metadata in ASCII
// Cure: encodeURIComponent('Jürgen')
describe('Metadata has a letter beyond ASCII', () => {
  mockS3(empty);

  test('has the author', async () => {
    await put('a.txt', 'text', { Metadata: { author: 'Jürgen' } });
    const { Metadata } = await send('HeadObject', { Key: 'a.txt' });
    expect(Metadata.author).toBe('Jürgen');
  });
});

// Wrong: 'dept=R&D'
// Right: 'dept=R%2BD'
// Wrong: { dept: 'R&D' }
// Right: { dept: 'R+D' }
// Tagging of a write is a query: encode names and values with encodeURIComponent. S3 accepts no & in a tag, encoded or not: choose another text.
// Cause: the Tagging of a write is a query
// Cure: S3 accepts only letters, digits, blanks and + - = . _ : / @ in tags
describe('A tag has an ampersand', () => {
  const s3 = mockS3(empty);

  test('has the department', async () => {
    await put('a.txt', 'text', { Tagging: 'dept=R&D' });
    expect(s3.bucket('vault').object('a.txt').tags).toEqual({ dept: 'R&D' });
  });
});

// Cause: The Tagging of a write is a query
// Cure: 'C%2B%2B'
describe('A tag has plus signs', () => {
  const s3 = mockS3(empty);

  test('has the language', async () => {
    await put('a.txt', 'text', { Tagging: 'language=C++' });
    expect(s3.bucket('vault')).toHaveObject('a.txt', { tags: { language: 'C++' } });
  });
});

// Wrong: byDate.at(-1).VersionId
// Right: Versions.find(({ IsLatest }) => IsLatest).VersionId
// Find the newest version by IsLatest, or move the clock between the writes: `s3.clock.advance({ seconds: 1 })`.
// Cause: 2 versions of 'a.txt' have the same LastModified
// Cure: The newest version has IsLatest: true
describe('The newest version is found by its date while the clock stands', () => {
  const s3 = mockS3(versioned);

  test('finds the second version', async () => {
    await put('a.txt', 'first');
    await put('a.txt', 'second');
    const { Versions } = await send('ListObjectVersions');
    const byDate = Versions.toSorted((one, other) => one.LastModified - other.LastModified);
    expect(byDate.at(-1).VersionId).toBe(s3.bucket('vault').newest('a.txt').versionId);
  });
});

// Cause: 2 objects have the same LastModified
// Cure: s3.clock.advance({ seconds: 1 })
describe('The newest object is found by its date while the clock stands', () => {
  mockS3(empty);

  test('finds the second object', async () => {
    await put('2.txt', 'first');
    await put('1.txt', 'second');
    const { Contents } = await send('ListObjectsV2');
    const byDate = Contents.toSorted((one, other) => one.LastModified - other.LastModified);
    expect(byDate.at(-1).Key).toBe('1.txt');
  });
});

// ## Small objects and lifecycle rules

const cold = (StorageClass, Filter) => ({
  lifecycle: { Rules: [{ ID: 'cold', Status: 'Enabled', Filter, Transitions: [{ Days: 30, StorageClass }] }] },
});

// Wrong: 'm/a': 'x'
// Right: 'm/a': Buffer.alloc(131_072)
// Write 128 KB in the test, or give the rule a size: `Filter: { ObjectSizeGreaterThan: 0 }`.
// Cause: moves no object below 128 KB to GLACIER, and 'm/a' has 1 byte
// Cure: Filter: { And: { Prefix: 'm/', ObjectSizeGreaterThan: 0 } }
describe('A small fixture is expected in GLACIER', () => {
  const s3 = mockS3(withObjects({ 'm/a': 'x' }, cold('GLACIER', { Prefix: 'm/' })));

  test('is moved after a month', () => {
    s3.clock.advance({ days: 40 });
    expect(s3.bucket('vault')).toHaveObject('m/a', { storageClass: 'GLACIER' });
  });
});

// Cause: moves no object below 128 KB to STANDARD_IA, and 'a.txt' has 1 byte
// Cure: Filter: { ObjectSizeGreaterThan: 0 }
describe('A small object is expected in STANDARD_IA', () => {
  const s3 = mockS3(withObjects(three, cold('STANDARD_IA', {})));

  test('is moved after a month', async () => {
    s3.clock.advance({ days: 40 });
    const { StorageClass } = await send('HeadObject', { Key: 'a.txt' });
    expect(StorageClass).toBe('STANDARD_IA');
  });
});

// Cause: By lifecycle, 'a.txt' moves to GLACIER on 2026-04-01
// Cure: s3.clock.advance moves it
describe('A transition is expected before its day', () => {
  const s3 = mockS3(withObjects({ 'a.txt': Buffer.alloc(200_000) }, cold('GLACIER', {})));

  test('is moved after a month', () => {
    s3.clock.advance({ days: 29 });
    expect(s3.bucket('vault')).toHaveObject('a.txt', { storageClass: 'GLACIER' });
  });
});

// ## Deletes and uploads

// Wrong: send('DeleteObject', { Key: 'report.pdf' })
// Right: send('HeadObject', { Key: 'report.pdf' })
// S3 answers 204 for any key. Send a HeadObject to find out whether a key exists.
// Cause: S3 answers a delete of any key, whether the key exists or not
// Cure: send a HeadObject before
describe('A delete of a key that never was is expected to fail', () => {
  mockS3(versioned);

  test('finds no report', async () => {
    await expect(send('DeleteObject', { Key: 'report.pdf' })).rejects.toThrow();
  });
});

// Cause: there is no member 'uploads'
// Cure: Write usage().uploads
describe('The incomplete uploads are read from the bucket', () => {
  const s3 = mockS3(empty);

  test('has one upload', async () => {
    await send('CreateMultipartUpload', { Key: 'a.txt' });
    expect(s3.bucket('vault').uploads).toHaveLength(1);
  });
});

// Cause: there is no such key
// Cure: An upload of the key is under way: CompleteMultipartUpload makes it an object
describe('An object is expected before its upload is completed', () => {
  const s3 = mockS3(empty);

  test('stores the file', async () => {
    const { UploadId } = await send('CreateMultipartUpload', { Key: 'a.txt' });
    await send('UploadPart', { Key: 'a.txt', UploadId, PartNumber: 1, Body: 'text' });
    expect(s3.bucket('vault')).toHaveObject('a.txt');
  });
});

// Cause: the client sent PutObject with an empty key, which S3 takes for CreateBucket
// Cure: give it a Key
describe('The key of a write is empty', () => {
  mockS3(empty);

  test('stores the file', async () => {
    await put('');
  });
});

// Cause: The SDK does not know the length of the stream in Body
// Cure: use Upload of @aws-sdk/lib-storage
describe('The body is a stream of unknown length', () => {
  mockS3(empty);

  test('stores the file', async () => {
    await put('a.txt', Readable.from(['a', 'b']));
  });
});

// Cause: nothing was deleted for 'reports/', which has no versions
// Cure: S3 has no folders: 'reports/' is only the beginning of 'reports/a.pdf'
describe('A folder is deleted by its name', () => {
  const s3 = mockS3(withObjects({ 'reports/a.pdf': 'a' }));

  test('deletes the reports', async () => {
    await send('DeleteObject', { Key: 'reports/' });
    expect(s3.bucket('vault').keys).toEqual([]);
  });
});

// Cause: no key begins with '/reports/'
// Cure: the bucket has 'reports/a.pdf'
describe('A prefix begins with a slash', () => {
  mockS3(withObjects({ 'reports/a.pdf': 'a' }));

  test('lists the reports', async () => {
    const { KeyCount } = await send('ListObjectsV2', { Prefix: '/reports/' });
    expect(KeyCount).toBe(1);
  });
});

// ## Version ids

const twice = withObjects({ 'a.txt': ['first', 'second'] }, { versioning: 'Enabled' });

// Cause: the version id is empty
// Cure: leave it out to name the current version
describe('The version id is an empty text', () => {
  mockS3(twice);

  test('reads the file', async () => {
    await send('GetObject', { Key: 'a.txt', VersionId: '' });
  });
});

// Cause: versionId 'undefined' is not an id that S3 issued
// Cure: leave the version id out to name the current version
describe('The version id is undefined in a template', () => {
  mockS3(twice);

  test('reads the file', async () => {
    await send('GetObject', { Key: 'a.txt', VersionId: `${undefined}` });
  });
});

// Cause: the key has no null version
// Cure: leave the version id out to name the current version
describe('The version id is null in a template', () => {
  mockS3(twice);

  test('reads the file', async () => {
    await send('GetObject', { Key: 'a.txt', VersionId: `${null}` });
  });
});

// Cause: which differs in a version id at its end
// Cure: in a CopySource, encode the key alone, and write ?versionId= behind it
describe('The version id of a source is encoded with its key', () => {
  const s3 = mockS3(twice);

  test('copies the first version', async () => {
    const { versionId } = s3.bucket('vault').oldest('a.txt');
    const CopySource = encodeURIComponent(`vault/a.txt?versionId=${versionId}`);
    await send('CopyObject', { Key: 'b.txt', CopySource });
  });
});

// Cause: the code wrote a value that is undefined into the key
// Cure: users/undefined/a.txt
describe('A part of the key is undefined', () => {
  mockS3(twice);

  test('reads the file', async () => {
    await get(`users/${undefined}/a.txt`);
  });
});

// ## What S3 ignores, and how often code asks

// Cause: was sent with Metadata: { owner: 'ann' }, which S3 ignored
// Cure: MetadataDirective: 'REPLACE'
describe('A copy is given metadata without a directive', () => {
  mockS3(withObjects(three));

  test('has the owner', async () => {
    await send('CopyObject', { Key: 'd.txt', CopySource: 'vault/a.txt', Metadata: { owner: 'ann' } });
    const { Metadata } = await send('HeadObject', { Key: 'd.txt' });
    expect(Metadata.owner).toBe('ann');
  });
});

// Cause: was sent with Range: '0-4', which S3 ignored
// Cure: bytes=0-4
describe('A range lacks its unit', () => {
  mockS3(withObjects({ 'a.txt': 'first and second' }));

  test('reads the beginning', async () => {
    const { Body } = await send('GetObject', { Key: 'a.txt', Range: '0-4' });
    expect(await Body.transformToString()).toBe('first');
  });
});

// Cause: has no Body, because S3 answers a HEAD without one
// Cure: send a GetObject
describe('The body of a HEAD is read', () => {
  mockS3(withObjects(three));

  test('reads the file', async () => {
    const { Body } = await send('HeadObject', { Key: 'a.txt' });
    expect(await Body.transformToString()).toBe('a');
  });
});

// Cause: as ContentLength
// Cure: Size is the name in listings
describe('The size of an object is read as Size', () => {
  mockS3(withObjects({ 'a.txt': 'first and second' }));

  test('has the size', async () => {
    const { Size } = await send('HeadObject', { Key: 'a.txt' });
    expect(Size).toBe(16);
  });
});

// Cause: has no StorageClass, because S3 answers it only for other classes than STANDARD
// Cure: StorageClass ?? 'STANDARD'
describe('The class STANDARD is expected in an answer', () => {
  mockS3(withObjects(three));

  test('is standard', async () => {
    const { StorageClass } = await send('HeadObject', { Key: 'a.txt' });
    expect(StorageClass).toBe('STANDARD');
  });
});

// Cause: The SDK itself sent PutObject vault/a.txt 3 times
// Cure: maxAttempts: 1
describe('Code tries again around an SDK that tries again', () => {
  const s3 = mockS3(empty);
  const patient = new sdk.S3Client({ maxAttempts: 3 });

  test('tries three times', async () => {
    s3.on('PutObject').fail('SlowDown', { times: 2 });
    let attempts = 0;
    for (let isDone = false; !isDone; attempts += 1)
      isDone = await patient.send(new sdk.PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: 'text' })).then(
        () => true,
        () => false,
      );
    expect(attempts).toBe(3);
  });
});

// Cause: 1 PutObject request came before the journal was last cleared
// Cure: Count the requests since then: 1
describe('The requests of two tests are counted', () => {
  const s3 = mockS3(empty);

  test('stores the first file', async () => {
    await put('a.txt');
  });

  test('has stored two files', async () => {
    await put('b.txt');
    expect(s3).toHaveReceivedTimes('PutObject', 2);
  });
});

// ## What a request leaves as it was

const rules = (...Rules) => ({
  LifecycleConfiguration: { Rules: Rules.map((rule) => ({ ID: 'old', Status: 'Enabled', Filter: {}, ...rule })) },
});
const tags = (...names) => ({ Tagging: { TagSet: names.map((Key) => ({ Key, Value: 'yes' })) } });

// Cause: its prefix is '/logs/'
// Cure: 'logs/' would match
describe('The prefix of a rule begins with a slash', () => {
  const s3 = mockS3(withObjects({ 'logs/a.log': 'text', 'a.txt': 'text' }));

  test('expires the logs', async () => {
    await send('PutBucketLifecycleConfiguration', rules({ Filter: { Prefix: '/logs/' }, Expiration: { Days: 7 } }));
    s3.clock.advance({ days: 9 });
    const { KeyCount } = await send('ListObjectsV2');
    expect(KeyCount).toBe(1);
  });
});

// Cause: its Expiration puts a delete marker on top
// Cure: NoncurrentVersionExpiration: { NoncurrentDays: 1 } beside it removes noncurrent versions
describe('A listing of versions is expected to be empty after an Expiration', () => {
  const s3 = mockS3(withObjects({ 'a.txt': ['first', 'second'] }, { versioning: 'Enabled' }));

  test('frees the storage', async () => {
    await send('PutBucketLifecycleConfiguration', rules({ Expiration: { Days: 30 } }));
    s3.clock.advance({ days: 32 });
    const { Versions } = await send('ListObjectVersions');
    expect(Versions ?? []).toHaveLength(0);
  });
});

// Cause: removed the null version for good, since the versioning of the bucket is Suspended
// Cure: a delete keeps what it hides only while versioning is Enabled
describe('A delete is undone while versioning is suspended', () => {
  mockS3({ now, buckets: { vault: { versioning: 'Suspended' } } });

  test('brings the note back', async () => {
    await put('note.txt', 'note');
    const { VersionId } = await send('DeleteObject', { Key: 'note.txt' });
    await send('DeleteObject', { Key: 'note.txt', VersionId });
    await get('note.txt');
  });
});

// Cause: named that version, and left the delete marker above it
// Cure: delete its delete marker by the id of the marker
describe('The version is deleted in place of its delete marker', () => {
  mockS3(versioned);

  test('brings the file back', async () => {
    await put('a.txt', 'text');
    await send('DeleteObject', { Key: 'a.txt' });
    const { Versions } = await send('ListObjectVersions');
    await send('DeleteObject', { Key: 'a.txt', VersionId: Versions[0].VersionId });
    await get('a.txt');
  });
});

// Cause: the expected one is Versions[1], and the code took Versions[2]
// Cure: lists the newest version of a key first
describe('The last version of a listing is taken for the one before', () => {
  mockS3(withObjects({ 'a.txt': ['one', 'two', 'three'] }, { versioning: 'Enabled' }));

  test('reads the version before', async () => {
    const { Versions } = await send('ListObjectVersions', { Prefix: 'a.txt' });
    const { Body } = await send('GetObject', { Key: 'a.txt', VersionId: Versions.at(-1).VersionId });
    expect(await Body.transformToString()).toBe('two');
  });
});

// Cause: PutObjectTagging vault/a.txt replaced all that was there, and 1 more item of TagSet
// Cure: read it first with GetObjectTagging, and send all of it
describe('A put of tags is expected to add one', () => {
  mockS3(withObjects({ 'a.txt': { body: 'text', tags: { stage: 'test' } } }));

  test('adds a tag', async () => {
    await send('PutObjectTagging', { Key: 'a.txt', ...tags('reviewed') });
    const { TagSet } = await send('GetObjectTagging', { Key: 'a.txt' });
    expect(TagSet).toHaveLength(2);
  });
});

// Cause: so the object lost what the request does not name, such as 'application/pdf'
// Cure: name that as well
describe('A copy with new metadata is expected to keep the type', () => {
  mockS3(withObjects({ 'a.pdf': { body: 'text', contentType: 'application/pdf' } }));

  test('keeps the type', async () => {
    const replaced = { MetadataDirective: 'REPLACE', Metadata: { reviewed: 'yes' } };
    await send('CopyObject', { Key: 'a.pdf', CopySource: 'vault/a.pdf', ...replaced });
    const { ContentType } = await send('HeadObject', { Key: 'a.pdf' });
    expect(ContentType).toBe('application/pdf');
  });
});

// Cause: PutObjectTagging vault/a.txt named no version, so it changed the current one
// Cure: send VersionId: 'v1' with PutObjectTagging as well
describe('Tags are put without the version that is read', () => {
  mockS3(withObjects({ 'a.txt': [{ body: 'one', versionId: 'v1' }, 'two'] }, { versioning: 'Enabled' }));

  test('approves the first version', async () => {
    await send('PutObjectTagging', { Key: 'a.txt', ...tags('approved') });
    const { TagSet } = await send('GetObjectTagging', { Key: 'a.txt', VersionId: 'v1' });
    expect(TagSet).toEqual([{ Key: 'approved', Value: 'yes' }]);
  });
});

// Cause: it came before PutObject vault/a.txt
// Cure: await the write first
describe('A listing does not wait for the write', () => {
  mockS3(empty);

  test('has the file', async () => {
    const listing = send('ListObjectsV2');
    const writing = listing.then(() => put('a.txt'));
    const { KeyCount } = await listing;
    await writing;
    expect(KeyCount).toBe(1);
  });
});

// Cause: since nobody has completed its upload in parts
// Cure: CompleteMultipartUpload
describe('An upload is listed before its end', () => {
  mockS3(empty);

  test('has the film', async () => {
    const { UploadId } = await send('CreateMultipartUpload', { Key: 'film.mp4' });
    await send('UploadPart', { Key: 'film.mp4', UploadId, PartNumber: 1, Body: 'text' });
    const { KeyCount } = await send('ListObjectsV2');
    expect(KeyCount).toBe(1);
  });
});

// ## Moments, ranges and addresses

// Cause: includes byte 5, as both ends belong to a range
// Cure: with Range: 'bytes=0-4' it would have returned what the test expects
describe('The end of a range is taken for the first byte behind it', () => {
  mockS3(withObjects({ 'a.txt': 'hello world' }));

  test('reads a word', async () => {
    const { Body } = await send('GetObject', { Key: 'a.txt', Range: 'bytes=0-5' });
    expect(await Body.transformToString()).toBe('hello');
  });
});

// Cause: is in whole seconds, as S3 keeps no milliseconds
// Cure: date.setMilliseconds(0)
describe('LastModified is expected with its milliseconds', () => {
  const s3 = mockS3({ now: '2026-03-01T12:00:00.500Z', buckets: { vault: {} } });

  test('is the time of the write', async () => {
    await put('a.txt');
    const { LastModified } = await send('HeadObject', { Key: 'a.txt' });
    expect(LastModified).toEqual(s3.clock.now());
  });
});

// Cause: of which JavaScript makes the text '[object Object]'
// Cure: await Body.transformToString()
describe('The Body is put into a text', () => {
  mockS3(withObjects({ 'a.txt': 'text' }));

  test('reads the text', async () => {
    const { Body } = await get('a.txt');
    expect(`${Body}`).toBe('text');
  });
});

// Cause: which knows no index documents
// Cure: it would have been answered at 'http://vault.s3-website-us-east-1.amazonaws.com/'
describe('The page of a website is asked of S3 itself', () => {
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }];
  const policy = { Version: '2012-10-17', Statement };
  const website = { IndexDocument: { Suffix: 'index.html' } };
  mockS3(withObjects({ 'index.html': 'home' }, { publicAccessBlock: null, policy, website }));

  test('shows the page', async () => {
    expect(await (await fetch('https://vault.s3.us-east-1.amazonaws.com/')).text()).toBe('home');
  });
});

// Cause: without the public access block that new buckets have
// Cure: send DeletePublicAccessBlock before, or give the fixture publicAccessBlock: null
describe('A new bucket gets a public policy', () => {
  mockS3(empty);

  test('is public', async () => {
    const Statement = [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }];
    await send('PutBucketPolicy', { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  });
});

// Cause: retained in GOVERNANCE mode
// Cure: it would have been answered with BypassGovernanceRetention: true
describe('A retention is shortened', () => {
  const retention = { Mode: 'GOVERNANCE', RetainUntilDate: '2026-06-01T00:00:00Z' };
  mockS3(withObjects({ 'a.txt': { body: 'text', retention } }, { objectLock: true }));

  test('ends in April', async () => {
    const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2026-04-01') };
    await send('PutObjectRetention', { Key: 'a.txt', Retention });
  });
});

// Cause: the delete marker on vault/a.txt is not copied
// Cure: DeleteMarkerReplication: { Status: 'Enabled' }
describe('A delete is expected in the replica', () => {
  const rule = {
    ...{ ID: 'all', Priority: 1, Status: 'Enabled', Filter: { Prefix: '' } },
    ...{ DeleteMarkerReplication: { Status: 'Disabled' }, Destination: { Bucket: 'arn:aws:s3:::replica' } },
  };
  const replication = { Role: 'arn:aws:iam::000000000000:role/replication', Rules: [rule] };
  const s3 = mockS3({
    now,
    buckets: { replica: { versioning: 'Enabled' }, vault: { versioning: 'Enabled', replication } },
  });

  test('removes the replica', async () => {
    await put('a.txt');
    await send('DeleteObject', { Key: 'a.txt' });
    s3.clock.advance({ minutes: 30 });
    await expect(send('GetObject', { Bucket: 'replica', Key: 'a.txt' })).rejects.toThrow();
  });
});
