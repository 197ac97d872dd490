import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { deleteMarker, fromListing, mockS3, type ObjectFixtures, type VersionFixture } from '../../src';
import { addBucket, type BucketFixture } from '../../src/preset/bucket-fixture';
import type { BucketHandle } from '../../src/preset/bucket-handle';
import { versionDetailNames } from '../../src/preset/object-fixtures';
import { thrownBy } from '../support/thrown';
import { makeStore, makeVault, noon } from '../support/vault';

/** The versions of a bucket in a few words, by key, newest first: `a.txt null first`; generated ids are `id`. */
const told = (vault: BucketHandle) =>
  vault
    .versions()
    .map((one) =>
      [
        one.key,
        one.versionId.length === 32 ? 'id' : one.versionId,
        one.deleteMarker ? 'marker' : one.body.toString(),
      ].join(' '),
    );

const first = { body: 'first', versionId: 'null' } as const;

describe('objects of a literal', () => {
  it.each<[BucketFixture['versioning'], ObjectFixtures, readonly string[]]>([
    [undefined, { a: 'one', b: ['two'] }, ['a null one', 'b null two']],
    [undefined, { a: first }, ['a null first']],
    [undefined, { a: [] }, []],
    ['Enabled', { a: 'one' }, ['a id one']],
    ['Enabled', { a: ['one', 'two', deleteMarker] }, ['a id marker', 'a id two', 'a id one']],
    ['Enabled', { a: [deleteMarker, deleteMarker] }, ['a id marker', 'a id marker']],
    ['Enabled', { a: [first, 'two'] }, ['a id two', 'a null first']],
    ['Enabled', { a: ['one', first, 'two'] }, ['a id two', 'a null first', 'a id one']],
    ['Suspended', { a: ['one', 'two'] }, ['a id two', 'a id one']],
    ['Suspended', { a: ['one', first] }, ['a null first', 'a id one']],
    ['Suspended', { a: ['one', { deleteMarker: true, versionId: 'null' }] }, ['a null marker', 'a id one']],
    ['Enabled', { a: { body: 'one', versionId: 'v1' }, b: { body: 'two', versionId: 'v1' } }, ['a v1 one', 'b v1 two']],
    [
      'Enabled',
      {
        a: [
          { deleteMarker: true, versionId: 'v2' },
          { body: '', versionId: 'v3' },
        ],
      },
      ['a v3 ', 'a v2 marker'],
    ],
    ['Enabled', { a: Buffer.from('bytes'), b: { body: { base64: 'Zmlyc3Q=' } } }, ['a id bytes', 'b id first']],
    ['Enabled', { z: 'z', '\u{1f600}': 'smile', '\uffff': 'last' }, ['z id z', '\uffff id last', '\u{1f600} id smile']],
    ['Enabled', JSON.parse('{ "__proto__": "own", "constructor": "too" }'), ['__proto__ id own', 'constructor id too']],
  ])('where versioning is %s: %j', (versioning, objects, versions) => {
    expect(told(makeVault({ versioning, objects }))).toEqual(versions);
  });

  it('keep all members of the literal', () => {
    const vault = makeVault({
      versioning: 'Enabled',
      objects: {
        a: {
          body: Uint8Array.of(0, 255),
          versionId: 'v1',
          lastModified: '2024-02-29T10:00:00Z',
          metadata: { Author: 'Ann', note: '' },
          tags: { team: 'archive', 'a b': '' },
          contentType: 'text/plain',
          storageClass: 'GLACIER',
        },
      },
    });
    expect(vault.versions()).toEqual([
      {
        key: 'a',
        versionId: 'v1',
        isLatest: true,
        deleteMarker: false,
        lastModified: new Date('2024-02-29T10:00:00Z'),
        size: 2,
        etag: '"d07d34efac6328007ad67c7e0a985e00"',
        body: Buffer.of(0, 255),
        headers: {},
        metadata: { author: 'Ann', note: '' },
        tags: { team: 'archive', 'a b': '' },
        annotations: {},
        contentType: 'text/plain',
        encryption: { ServerSideEncryption: 'AES256' },
        storageClass: 'GLACIER',
      },
    ]);
  });

  it('have the present time by default, and the default type and class of S3', () => {
    const [version] = makeVault({ objects: { a: { body: '', metadata: undefined } } }).versions();
    expect(version).toMatchObject({
      lastModified: new Date(noon),
      size: 0,
      metadata: {},
      headers: {},
      tags: {},
      contentType: 'binary/octet-stream',
      storageClass: 'STANDARD',
    });
  });

  it.each([
    ['2024-01-31', '2024-01-31T00:00:00.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [1.9, '1970-01-01T00:00:00.001Z'],
    [new Date(noon), '2026-01-31T12:00:00.000Z'],
  ])('accept %p as a time', (lastModified, time) => {
    const [version] = makeVault({ objects: { a: { body: '', lastModified } } }).versions();
    expect(version?.lastModified.toISOString()).toBe(time);
  });

  it('are a copy of the bytes given', () => {
    const bytes = Buffer.from('first');
    const vault = makeVault({ objects: { a: bytes } });
    bytes.fill('x');
    expect(vault.object('a').text()).toBe('first');
  });

  it('keep an ETag that is not the MD5 of the bytes', () => {
    const etag = `${'ab'.repeat(16)}-3`;
    const vault = makeVault({ objects: { plain: { body: '', etag }, quoted: { body: '', etag: `"${etag}"` } } });
    expect(vault.versions().map((one) => one.etag)).toEqual([`"${etag}"`, `"${etag}"`]);
  });

  it('have ids that no later write gets', () => {
    const ids = makeVault({ versioning: 'Enabled', objects: { a: ['one', 'two', 'three'] } })
      .versions('a')
      .map(({ versionId }) => versionId);
    const again = makeVault({
      versioning: 'Enabled',
      objects: { b: 'new', a: ids.map((versionId) => ({ body: '', versionId })) },
    });
    for (let write = 0; write < 3; write += 1) again.put('a', 'more');
    const all = again.versions().map(({ versionId }) => versionId);
    expect(new Set(all).size).toBe(7);
    const third = makeVault({ versioning: 'Enabled' });
    third.put('a', 'old', { versionId: ids[0] });
    for (let write = 0; write < 3; write += 1) third.put('a', 'more');
    expect(new Set(third.versions().map(({ versionId }) => versionId)).size).toBe(4);
  });

  it.each([
    [undefined, { ServerSideEncryption: 'AES256' }],
    ['eu-west-1', { ServerSideEncryption: 'AES256' }],
    ['us-south-standard', {}],
  ])('of a bucket in %s are kept with the encryption of the service', (region, encryption) => {
    const store = makeStore();
    makeVault({ region, objects: { a: '' } }, store).put('b', '');
    const bucket = store.buckets.get('vault');
    const kept = ['a', 'b'].map((key) => bucket?.versions.currentObject(key)?.content.encryption);
    expect(kept).toEqual([encryption, encryption]);
  });
});

describe('objects that S3 cannot store', () => {
  const long = 'k'.repeat(1025);
  const beside = "or give versioning 'Enabled' or 'Suspended' beside objects.";
  const options = `The options are: ${['body', 'size', 'deleteMarker', 'owner', ...versionDetailNames, 'writeNumber'].join(', ')}.`;
  const moment = "expected a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'";
  const right =
    "Give its bytes as text or a Uint8Array, deleteMarker, or an object such as { body: 'first', versionId: 'v1' }.";
  const ids = "expected 1 to 1,024 letters, digits or any of . _ ~ -, or 'null' for the null version";
  const header = 'expected text that a header can carry: one line of Latin-1';
  const tag = 'expected a key of 1 to 128 and a value of up to 256 letters, digits, spaces or any of _ . : / = + - @';
  const record = "expected an object with the versions of each key, such as { 'report.pdf': ['first', 'second'] }";

  it.each<[BucketFixture['versioning'], unknown, string]>([
    ['Enabled', null, `: invalid objects null; ${record}`],
    ['Enabled', ['a'], `: invalid objects ['a']; ${record}`],
    ['Enabled', new Map([['a', 'first']]), `: invalid objects Map(1) { 'a' => 'first' }; ${record}`],
    ['Enabled', { '': 'x' }, ": invalid key '': it has 0 bytes in UTF-8, and a key has 1 to 1,024"],
    [
      'Enabled',
      { [long]: 'x' },
      `: invalid key '${'k'.repeat(80)}…' (1,025 characters): it has 1,025 bytes in UTF-8, and a key has 1 to 1,024`,
    ],
    [
      'Enabled',
      { ['é'.repeat(513)]: 'x' },
      `: invalid key '${'é'.repeat(80)}…' (513 characters): it has 1,026 bytes in UTF-8, and a key has 1 to 1,024`,
    ],
    [
      'Enabled',
      { 'a\ud800': 'x' },
      ": invalid key 'a\\u{d800}': it contains half of a surrogate pair, and a key is a text that UTF-8 can write",
    ],
    ['Enabled', { a: null }, `, key 'a': null is not a version. ${right}`],
    ['Enabled', { a: 7 }, `, key 'a': 7 is not a version. ${right}`],
    ['Enabled', { a: Symbol.for('other') }, `, key 'a': Symbol(other) is not a version. ${right}`],
    ['Enabled', { a: ['x', ['y']] }, `, key 'a', version 2 of 2: ['y'] is not a version. ${right}`],
    [
      'Enabled',
      { a: new ArrayBuffer(1) },
      expect.stringMatching(/^bucket 'vault', key 'a': ArrayBuffer .* is not a version\. Give/) as never,
    ],
    ['Enabled', { a: { bodi: 'x' } }, `, key 'a': there is no option 'bodi'. Did you mean body? ${options}`],
    [
      'Enabled',
      { a: { body: 7 } },
      ", key 'a': invalid body 7; expected text, a Uint8Array, { base64: 'Zmlyc3Q=' }, or { size: 6442450944 } for a placeholder",
    ],
    [
      'Enabled',
      { a: { body: null } },
      ", key 'a': invalid body null; expected text, a Uint8Array, { base64: 'Zmlyc3Q=' }, or { size: 6442450944 } for a placeholder",
    ],
    [
      'Enabled',
      { a: { body: { base64: 'a' } } },
      ", key 'a', body: invalid base64 'a'; expected text such as 'Zmlyc3Q='",
    ],
    [
      'Enabled',
      { a: { body: { base64: '', utf8: '' } } },
      ", key 'a', body: there is no option 'utf8'. The options are: base64, size, pieces.",
    ],
    ['Enabled', { a: { body: {} } }, ", key 'a', body: invalid base64 undefined; expected text such as 'Zmlyc3Q='"],
    ['Enabled', { a: { versionId: '' } }, `, key 'a': invalid version id ''; ${ids}`],
    ['Enabled', { a: { versionId: 'v 1' } }, `, key 'a': invalid version id 'v 1'; ${ids}`],
    ['Enabled', { a: { versionId: null } }, `, key 'a': invalid version id null; ${ids}`],
    [
      'Enabled',
      { a: { versionId: 'v'.repeat(1025) } },
      `, key 'a': invalid version id '${'v'.repeat(60)}…' (1,025 characters); ${ids}`,
    ],
    [
      'Enabled',
      { a: ['x', { deleteMarker: true, body: '' }] },
      ", key 'a', version 2 of 2: a delete marker has no body; it has only a versionId, a lastModified, an owner and a replicationStatus",
    ],
    [
      'Enabled',
      { a: { deleteMarker: true, tags: {} } },
      ", key 'a': a delete marker has no tags; it has only a versionId, a lastModified, an owner and a replicationStatus",
    ],
    [
      'Enabled',
      { a: { deleteMarker: false } },
      ", key 'a': invalid deleteMarker false; expected true, or undefined: without it the version is an object",
    ],
    ['Enabled', { a: { body: '', lastModified: 'soon' } }, `, key 'a': lastModified: invalid moment 'soon'; ${moment}`],
    ['Enabled', { a: { body: '', lastModified: null } }, `, key 'a': lastModified: invalid moment null; ${moment}`],
    [
      'Enabled',
      { a: { body: '', lastModified: -1 } },
      ", key 'a': lastModified: invalid moment -1; expected a moment within the years 1970 to 9999",
    ],
    [
      'Enabled',
      { a: { body: '', lastModified: '2026-01-31T12:00:00.001Z' } },
      ", key 'a': lastModified '2026-01-31T12:00:00.001Z' is in the future: the mock's clock says 2026-01-31T12:00:00.000Z. Give an earlier moment, or begin at a later one: mockS3({ now: … }).",
    ],
    [
      'Enabled',
      { a: { deleteMarker: true, lastModified: Date.UTC(9999, 0) } },
      ", key 'a': lastModified 253370764800000 is in the future: the mock's clock says 2026-01-31T12:00:00.000Z. Give an earlier moment, or begin at a later one: mockS3({ now: … }).",
    ],
    [
      'Enabled',
      { a: { body: '', metadata: 'x' } },
      ", key 'a': invalid metadata 'x'; expected an object such as { author: 'ann' }",
    ],
    [
      'Enabled',
      { a: { body: '', metadata: { 'a b': 'x' } } },
      ", key 'a': invalid metadata name 'a b'; expected letters, digits and hyphens, without x-amz-meta-",
    ],
    [
      'Enabled',
      { a: { body: '', metadata: { A: 'x', a: 'y' } } },
      ", key 'a': metadata 'a' is given twice, since S3 stores the names in lower case",
    ],
    [
      'Enabled',
      { a: { body: '', metadata: { a: '\ud800' } } },
      ", key 'a': invalid metadata 'a' '\\u{d800}'; expected text, without half a pair of surrogates",
    ],
    [
      'Enabled',
      { a: { body: '', metadata: { a: 1 } } },
      ", key 'a': invalid metadata 'a' 1; expected text, without half a pair of surrogates",
    ],
    [
      'Enabled',
      { a: { body: '', metadata: { a: 'x'.repeat(2048) } } },
      ", key 'a': metadata has 2,049 bytes; S3 stores 2,048 at most, names and values together",
    ],
    ['Enabled', { a: { body: '', contentType: 'a\0' } }, `, key 'a': invalid contentType 'a\\u{0}'; ${header}`],
    [
      'Enabled',
      { a: { body: '', headers: { 'cache-control': 'a\0' } } },
      `, key 'a': invalid header 'cache-control' 'a\\u{0}'; ${header}`,
    ],
    [
      'Enabled',
      { a: { body: '', headers: { 'content-type': 'text/css' } } },
      ", key 'a': the header 'content-type' cannot be given here. Give contentType.",
    ],
    [
      'Enabled',
      { a: { body: '', headers: { 'x-amz-meta-author': 'ann' } } },
      ", key 'a': the header 'x-amz-meta-author' cannot be given here. Give metadata, such as metadata: { author: 'ann' }.",
    ],
    [
      'Enabled',
      { a: { body: '', WebsiteRedirectLocation: '/b' } },
      ", key 'a': there is no option 'WebsiteRedirectLocation'. Write headers: { 'x-amz-website-redirect-location': … }. The options are: body, size, deleteMarker, owner, versionId, lastModified, etag, metadata, contentType, headers, storageClass, encryption, restore, accessTier, lastAccessed, transitioned, tags, annotations, retention, legalHold, protection, acl, replicationStatus, replicas, replicaOf, writeNumber.",
    ],
    [
      'Enabled',
      { a: { body: '', headers: { 'Cache-Control': 'no-cache' } } },
      ", key 'a': S3 does not store the header 'Cache-Control'. Did you mean cache-control? The headers are: cache-control, content-disposition, content-encoding, content-language, expires, x-amz-website-redirect-location.",
    ],
    [
      'Enabled',
      { a: { body: '', headers: { 'x-amz-website-redirect-location': 'b' } } },
      ", key 'a': invalid header 'x-amz-website-redirect-location' 'b'; expected a text that begins with /, http:// or https://",
    ],
    [
      'Enabled',
      { a: { body: '', headers: { 'cache-control': 'x'.repeat(2036) } } },
      ", key 'a': headers have 2,049 bytes; S3 stores 2,048 at most, names and values together",
    ],
    [
      'Enabled',
      { a: { body: '', tags: ['x'] } },
      ", key 'a': invalid tags ['x']; expected an object of texts such as { team: 'archive' }",
    ],
    [
      'Enabled',
      { a: { body: '', tags: { a: 1 } } },
      ", key 'a': invalid tags { a: 1 }; expected an object of texts such as { team: 'archive' }",
    ],
    ['Enabled', { a: { body: '', tags: { '': 'x' } } }, `, key 'a': invalid tag { '': 'x' }; ${tag}`],
    ['Enabled', { a: { body: '', tags: { a: '?' } } }, `, key 'a': invalid tag { a: '?' }; ${tag}`],
    [
      'Enabled',
      { a: { body: '', tags: { 'aws:a': 'x' } } },
      ", key 'a': S3 reserves tags that begin with aws:, such as 'aws:a'",
    ],
    [
      'Enabled',
      { a: { body: '', tags: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`t${index}`, ''])) } },
      ", key 'a': it has 11 tags; an object has 10 at most",
    ],
    [
      'Enabled',
      { a: { body: '', storageClass: 'COLD' } },
      ", key 'a': invalid storage class 'COLD'; expected one of STANDARD, REDUCED_REDUNDANCY, STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE",
    ],
    [
      'Enabled',
      { a: { body: '', etag: 'abc' } },
      ", key 'a': invalid ETag 'abc'; expected 32 hexadecimal digits, and for a multipart upload a hyphen and the number of parts",
    ],
    [
      'Enabled',
      { a: [{ body: '', versionId: 'v1' }, 'x', { deleteMarker: true, versionId: 'v1' }] },
      ", key 'a': the version id 'v1' is given twice. Give each version an id of its own, or none.",
    ],
    [
      'Suspended',
      { a: [first, 'x', { deleteMarker: true, versionId: 'null' }] },
      ", key 'a': it has 2 null versions, and a key can have only one. Give the others their own ids, or none.",
    ],
    [
      undefined,
      { b: 'x', a: ['x', 'y'] },
      `, key 'a': it has 2 versions, but versioning was never set, and S3 then keeps the last one only. Give that one, ${beside}`,
    ],
    [
      undefined,
      { a: deleteMarker },
      `, key 'a': it is a delete marker, but versioning was never set, and S3 then deletes permanently. Leave it out, ${beside}`,
    ],
    [
      undefined,
      { a: { body: '', versionId: 'v1' } },
      `, key 'a': its version id is 'v1', but versioning was never set, and S3 then has the null version only. Leave it out, ${beside}`,
    ],
  ])('where versioning is %s: %p is a TypeError', (versioning, objects, message) => {
    const store = makeStore();
    const error = thrownBy(() => addBucket(store, 'vault', { versioning, objects: objects as ObjectFixtures }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toEqual(typeof message === 'string' ? `bucket 'vault'${message}` : message);
    expect({ buckets: store.buckets.size, sequence: store.sequence }).toEqual({ buckets: 0, sequence: 1 });
  });
});

describe('deleteMarker', () => {
  it('is a value, which can be compared and printed, and not changed', () => {
    expect(deleteMarker).toStrictEqual({ deleteMarker: true });
    expect(Object.isFrozen(deleteMarker)).toBe(true);
    expect(inspect(deleteMarker)).toBe('{ deleteMarker: true }');
  });

  it('is a delete marker with the members that are spread beside it', () => {
    const marker = { ...deleteMarker, versionId: 'v2', lastModified: '2026-01-30T10:00:00Z' };
    const [newest] = makeVault({ versioning: 'Enabled', objects: { a: ['first', marker] } }).versions();
    expect(newest).toMatchObject({
      deleteMarker: true,
      versionId: 'v2',
      lastModified: new Date('2026-01-30T10:00:00Z'),
    });
  });

  it('survives JSON and a clone', () => {
    const objects = { a: ['first', JSON.parse(JSON.stringify(deleteMarker)), structuredClone(deleteMarker)] };
    expect(told(makeVault({ versioning: 'Enabled', objects }))).toEqual(['a id marker', 'a id marker', 'a id first']);
  });
});

describe('a version with neither a body nor deleteMarker', () => {
  const cure =
    "Give its bytes, such as body: 'first', or body: '' for an empty object; a delete marker is deleteMarker, or { ...deleteMarker, versionId: 'v2' }.";

  it.each([{}, { versionId: 'v1' }, { lastModified: 0 }, { metadata: { by: 'ann' } }])(
    'is a TypeError: %j',
    (given) => {
      const fixture = { versioning: 'Enabled', objects: { a: given as VersionFixture } } as const;
      expect(() => addBucket(makeStore(), 'vault', fixture)).toThrow(
        new TypeError(`bucket 'vault', key 'a': it has neither a body nor deleteMarker: true. ${cure}`),
      );
    },
  );

  it('is one whose body is undefined as well', () => {
    const fixture = { objects: { a: { body: undefined } } };
    const right = "expected text, a Uint8Array, { base64: 'Zmlyc3Q=' }, or { size: 6442450944 } for a placeholder";
    expect(() => addBucket(makeStore(), 'vault', fixture)).toThrow(
      new TypeError(`bucket 'vault', key 'a': invalid body undefined; ${right}`),
    );
    expect(() => makeVault({}).put('a', undefined as unknown as string)).toThrow(
      new TypeError(`bucket 'vault', key 'a': invalid body undefined; ${right}`),
    );
  });
});

describe('objects of a mock', () => {
  it('are restored by each reset', async () => {
    const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { a: 'first' } } }, hosts: { only: [] } });
    const before = s3.bucket('vault').versions();
    s3.bucket('vault').put('a', 'second');
    s3.reset();
    expect(s3.bucket('vault').versions()).toEqual(before);
    await s3.stop();
  });

  it('come from a listing, and from a literal beside it', () => {
    const objects = { ...fromListing({ Versions: [] }), b: 'x' };
    expect(told(makeVault({ objects }))).toEqual(['b null x']);
  });
});
