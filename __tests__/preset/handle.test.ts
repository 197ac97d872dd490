import { describe, expect, it } from '@jest/globals';
import {
  deleteMarker,
  type ObjectFixtures,
  S3MockError,
  type StoredVersion,
  type VersionDetails,
  type VersionFixture,
} from '../../src';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import type { BucketHandle } from '../../src/preset/bucket-handle';
import { versionDetailNames } from '../../src/preset/object-fixtures';
import { thrownBy } from '../support/thrown';
import { makeStore, makeVault, noon } from '../support/vault';

/** A key's stack in a few words, newest first: generated ids are `id`. */
const stackOf = (vault: BucketHandle, key = 'a') =>
  vault
    .versions(key)
    .map((one) =>
      [one.versionId.length === 32 ? 'id' : one.versionId, one.deleteMarker ? 'marker' : one.body.toString()].join(' '),
    );

type Entries = ObjectFixtures[string];
const nullVersion = { body: 'old', versionId: 'null' } as const;

describe('put', () => {
  it.each<[BucketFixture['versioning'], Entries, VersionDetails, readonly string[]]>([
    [undefined, [], {}, ['null new']],
    [undefined, 'old', {}, ['null new']],
    [undefined, 'old', { versionId: 'null' }, ['null new']],
    ['Enabled', [], {}, ['id new']],
    ['Enabled', nullVersion, {}, ['id new', 'null old']],
    ['Enabled', 'old', { versionId: 'v1' }, ['v1 new', 'id old']],
    ['Enabled', [nullVersion, 'mid'], { versionId: 'null' }, ['null new', 'id mid']],
    ['Suspended', 'old', {}, ['null new', 'id old']],
    ['Suspended', [nullVersion, 'mid'], {}, ['null new', 'id mid']],
    ['Suspended', [{ deleteMarker: true, versionId: 'null' }], {}, ['null new']],
    ['Suspended', nullVersion, { versionId: 'v1' }, ['v1 new', 'null old']],
  ])('where versioning is %s, on %j, with %j, leaves %j', (versioning, a, details, stack) => {
    const vault = makeVault({ versioning, objects: { a } });
    vault.put('a', 'new', details);
    expect(stackOf(vault)).toEqual(stack);
  });

  it('returns the written object', () => {
    const vault = makeVault({ versioning: 'Enabled' });
    const written = vault.put('a', Uint8Array.of(1), {
      versionId: 'v1',
      lastModified: noon - 1,
      metadata: { Author: 'ann' },
      tags: { team: 'x' },
      contentType: 'text/plain',
      storageClass: 'STANDARD_IA',
    });
    expect(written).toEqual({
      key: 'a',
      versionId: 'v1',
      isLatest: true,
      deleteMarker: false,
      lastModified: new Date(noon - 1),
      size: 1,
      etag: '"55a54008ad1ba589aa210d2629c1df41"',
      body: Buffer.of(1),
      metadata: { author: 'ann' },
      headers: {},
      tags: { team: 'x' },
      annotations: {},
      contentType: 'text/plain',
      encryption: { ServerSideEncryption: 'AES256' },
      storageClass: 'STANDARD_IA',
    });
    expect(vault.versions()).toEqual([written]);
    expect(vault.put('b', { base64: 'Zmlyc3Q=' }).body.toString()).toBe('first');
  });

  it('accepts the id of a version that is gone', () => {
    const store = makeStore();
    const vault = makeVault({ versioning: 'Suspended' }, store);
    const { versionId } = vault.put('a', 'old', { versionId: 'v1' });
    const [version] = store.buckets.get('vault')?.versions.of('a') ?? [];
    if (version) store.buckets.get('vault')?.versions.remove(version);
    expect(vault.put('a', 'new', { versionId }).versionId).toBe('v1');
    expect(stackOf(vault)).toEqual(['v1 new']);
  });

  const options = `The options are: ${versionDetailNames.join(', ')}`;
  const bytesOfAnObject =
    "expected the bytes of an object: delete('report.pdf') adds a delete marker, and objects of a fixture take one with an id";
  it.each<[BucketFixture['versioning'], string, unknown, unknown, string]>([
    ['Enabled', '', 'x', {}, ": invalid key '': it has 0 bytes in UTF-8, and a key has 1 to 1,024"],
    ['Enabled', 7 as never, 'x', {}, ': invalid key 7; expected a string'],
    ['Enabled', 'a', undefined, { body: 'x' }, `, key 'a': there is no option 'body'. ${options}.`],
    ['Enabled', 'a', deleteMarker, {}, `, key 'a': invalid body { deleteMarker: true }; ${bytesOfAnObject}`],
    [
      'Enabled',
      'a',
      { deleteMarker: true, versionId: 'v1' },
      {},
      `, key 'a': invalid body { deleteMarker: true, versionId: 'v1' }; ${bytesOfAnObject}`,
    ],
    [
      'Enabled',
      'a',
      { body: 'x' },
      {},
      ", key 'a': invalid body { body: 'x' }; expected the bytes first, and other members after them: put('report.pdf', 'first', { versionId: 'v1' })",
    ],
    ['Enabled', 'a', 'x', 'v1', `, key 'a': 'v1' is not an object of options. ${options}.`],
    [
      'Enabled',
      'a',
      'x',
      { versionId: 'old' },
      ", key 'a': there is already a version 'old' of it. Give another id, or none.",
    ],
    [
      undefined,
      'a',
      'x',
      { versionId: 'v1' },
      ", key 'a': its version id is 'v1', but versioning was never set, and S3 then has the null version only. Leave it out, or give versioning 'Enabled' or 'Suspended' beside objects.",
    ],
    [
      'Enabled',
      'a',
      'x',
      { lastModified: noon + 1 },
      `, key 'a': lastModified ${noon + 1} is in the future: the mock's clock says 2026-01-31T12:00:00.000Z. Give an earlier moment, or begin at a later one: mockS3({ now: … }).`,
    ],
  ])('where versioning is %s: %p, %p, %p is a TypeError', (versioning, key, body, details, message) => {
    const objects: ObjectFixtures = versioning ? { a: { body: 'old', versionId: 'old' } } : { a: 'old' };
    const vault = makeVault({ versioning, objects });
    const before = vault.versions();
    const error = thrownBy(() => vault.put(key, body as string, details as VersionDetails));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toBe(`bucket 'vault'${message}`);
    expect(vault.versions()).toEqual(before);
  });

  it('refuses ids that the mock generated', () => {
    const vault = makeVault({ versioning: 'Enabled', objects: { a: 'old' } });
    const versionId = vault.current('a')?.versionId ?? '';
    expect(thrownBy(() => vault.put('a', 'new', { versionId }))).toEqual(
      new TypeError(
        `bucket 'vault', key 'a': there is already a version '${versionId}' of it. Give another id, or none.`,
      ),
    );
  });
});

describe('delete', () => {
  it.each<[BucketFixture['versioning'], Entries, readonly string[], boolean]>([
    [undefined, [], [], false],
    [undefined, 'old', [], false],
    ['Enabled', [], ['id marker'], true],
    ['Enabled', 'old', ['id marker', 'id old'], true],
    ['Enabled', nullVersion, ['id marker', 'null old'], true],
    ['Suspended', 'old', ['null marker', 'id old'], true],
    ['Suspended', [nullVersion, 'mid'], ['null marker', 'id mid'], true],
  ])('where versioning is %s, of %j, leaves %j', (versioning, a, stack, marks) => {
    const vault = makeVault({ versioning, objects: { a } });
    const marker = vault.delete('a');
    expect(stackOf(vault)).toEqual(stack);
    expect(marker).toEqual(marks ? vault.versions('a')[0] : undefined);
  });

  it('refuses a key that S3 does not allow', () => {
    const vault = makeVault();
    expect(thrownBy(() => vault.delete(''))).toEqual(
      new TypeError("bucket 'vault': invalid key '': it has 0 bytes in UTF-8, and a key has 1 to 1,024"),
    );
  });
});

describe('keys', () => {
  it('are those whose current version is an object, in the order of a listing', () => {
    const objects = { b: 'x', ä: 'x', B: ['x', 'y'], gone: ['x', deleteMarker] };
    const vault = makeVault({ versioning: 'Enabled', objects });
    expect(vault.keys).toEqual(['B', 'b', 'ä']);
    vault.delete('b');
    expect(vault.keys).toEqual(['B', 'ä']);
    expect(() => Object.assign(vault, { keys: [] })).toThrow("bucket 'vault': keys cannot be set");
  });
});

describe('a version as it is read', () => {
  const objects: ObjectFixtures = {
    z: 'last',
    a: [nullVersion, { body: 'new', versionId: 'v1', lastModified: 5, metadata: { by: 'ann' }, tags: { t: '1' } }],
    gone: ['x', { deleteMarker: true, versionId: 'd1', lastModified: 7 }],
  };
  const make = () => makeVault({ versioning: 'Enabled', objects });

  it('is in the order of keys, newest first', () => {
    expect(
      make()
        .versions()
        .map(({ key, versionId, isLatest }) => [key, versionId.slice(0, 4), isLatest]),
    ).toEqual([
      ['a', 'v1', true],
      ['a', 'null', false],
      ['gone', 'd1', true],
      ['gone', expect.any(String), false],
      ['z', expect.any(String), true],
    ]);
    expect(make().versions('nope')).toEqual([]);
  });

  it('has no members of an object if it is a delete marker', () => {
    expect(make().versions('gone')[0]).toStrictEqual({
      key: 'gone',
      versionId: 'd1',
      isLatest: true,
      deleteMarker: true,
      lastModified: new Date(7),
    });
  });

  it('is a frozen copy', () => {
    const vault = make();
    const versions = vault.versions('a');
    const current = vault.current('a');
    const object = vault.object('a');
    for (const part of [
      versions,
      versions[0],
      versions[0]?.metadata,
      versions[0]?.tags,
      current,
      object,
      vault.delete('z'),
    ])
      expect(Object.isFrozen(part)).toBe(true);
    current?.body.fill('x');
    object.body.fill('x');
    current?.lastModified.setTime(0);
    expect(vault.current('a')).toMatchObject({ body: Buffer.from('new'), lastModified: new Date(5) });
    vault.put('a', 'newest');
    expect(object.text()).toBe('new');
    expect(versions.length).toBe(2);
  });

  it('is as it was at the time of the call, also if it is read after deletes, and after the clock was moved', () => {
    const store = makeStore();
    const vault = makeVault({ versioning: 'Enabled', objects: { a: ['first', 'second'] } }, store);
    const [versions, written] = [vault.versions(), vault.versions().map((one) => ({ ...one }))];
    vault.delete('a');
    vault.put('a', 'third');
    store.clock.advance({ days: 400 });
    expect(versions).toEqual(written);
    expect(versions.map(({ body, isLatest }) => [String(body), isLatest])).toEqual([
      ['second', true],
      ['first', false],
    ]);
  });

  it('is the current object', () => {
    const vault = make();
    expect(vault.current('a')).toEqual(vault.versions('a')[0]);
    expect({ gone: vault.current('gone'), nope: vault.current('nope') }).toEqual({ gone: undefined, nope: undefined });
    const { body, text, ...facts } = vault.object('a');
    const { body: bytes, ...same } = vault.current('a') ?? {};
    expect(facts).toEqual(same);
    expect({ body, text: text() }).toEqual({ body: bytes, text: 'new' });
  });

  it.each<[string, BucketHandle, string]>([
    ['nope', make(), "there is no object 'nope' in bucket 'vault'. The keys are: 'a', 'z'."],
    [
      'gone',
      make(),
      "there is no object 'gone' in bucket 'vault': its current version is a delete marker. The keys are: 'a', 'z'.",
    ],
    ['nope', makeVault(), "there is no object 'nope' in bucket 'vault'. The keys are: none."],
    [
      'nope',
      makeVault({ objects: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${10 + index}`, ''])) }),
      `there is no object 'nope' in bucket 'vault'. The keys are: ${Array.from({ length: 20 }, (_, index) => `'k${10 + index}'`).join(', ')}, and more.`,
    ],
  ])('throws if there is no object: %s', (key, vault, message) => {
    const error = thrownBy(() => vault.object(key));
    expect(error).toBeInstanceOf(S3MockError);
    const making = key === 'nope' ? ` To make it in the test, write s3.bucket('vault').put('nope', 'text').` : '';
    const absent = `If it should not exist, write s3.bucket('vault').current('${key}') === undefined, or with the matchers of this library expect(s3.bucket('vault')).not.toHaveObject('${key}').`;
    expect(error).toMatchObject({ code: 'NO_SUCH_OBJECT', message: `${message}${making} ${absent}` });
  });
});

describe('newest and oldest', () => {
  const vault = makeVault({
    versioning: 'Enabled',
    objects: { a: [{ body: 'one', versionId: 'v1' }, { body: 'two', versionId: 'v2' }, deleteMarker], b: 'only' },
  });
  const wordsOf = ({ key, isLatest, deleteMarker: isMarker, body }: StoredVersion) =>
    `${key} ${isMarker ? 'marker' : body.toString()}${isLatest ? ' latest' : ''}`;

  it.each<[name: 'newest' | 'oldest', key: string, steps: number | undefined, words: string]>([
    ['newest', 'a', undefined, 'a marker latest'],
    ['newest', 'a', 0, 'a marker latest'],
    ['newest', 'a', 1, 'a two'],
    ['newest', 'a', 2, 'a one'],
    ['oldest', 'a', undefined, 'a one'],
    ['oldest', 'a', 1, 'a two'],
    ['oldest', 'a', 2, 'a marker latest'],
    ['newest', 'b', undefined, 'b only latest'],
    ['oldest', 'b', undefined, 'b only latest'],
  ])('%s of %s with %p is %s', (name, key, steps, words) => {
    expect(wordsOf(vault[name](key, steps))).toBe(words);
  });

  it.each<[name: 'newest' | 'oldest', given: readonly [key: string, steps?: number], message: string]>([
    ['newest', ['a', 3], "bucket 'vault': key 'a' has 3 versions, but newest('a', 3) asks for a further version."],
    ['oldest', ['a', 3], "bucket 'vault': key 'a' has 3 versions, but oldest('a', 3) asks for a further version."],
    ['newest', ['nope'], "bucket 'vault': key 'nope' has no version, but newest('nope') asks for a further version."],
    ['oldest', ['b', 1], "bucket 'vault': key 'b' has 1 version, but oldest('b', 1) asks for a further version."],
    [
      'newest',
      ['a', -1],
      "bucket 'vault': newest: invalid number of steps -1; expected 0 for the newest, 1 for the next",
    ],
    [
      'oldest',
      ['a', 0.5],
      "bucket 'vault': oldest: invalid number of steps 0.5; expected 0 for the oldest, 1 for the next",
    ],
  ])('%s of %p throws', (name, given, message) => {
    expect(() => vault[name](...given)).toThrow(message);
  });
});

describe('a literal with the newest version first', () => {
  const early = '2026-01-01T00:00:00Z';
  const late = '2026-01-02T00:00:00Z';
  const drawn = (...versions: readonly VersionFixture[]) =>
    String(makeVault({ versioning: 'Enabled', objects: { a: versions } }));

  it('is noted in the picture of the bucket', () => {
    expect(drawn({ body: 'new', lastModified: late }, { body: 'old', lastModified: early })).toMatch(
      /2026-01-01 00:00:00Z {2}current {2}older than the version below it\n.*2026-01-02 00:00:00Z$/,
    );
  });

  it.each<[why: string, versions: readonly VersionFixture[]]>([
    [
      'it is in order',
      [
        { body: 'old', lastModified: early },
        { body: 'new', lastModified: late },
      ],
    ],
    ['all are of one time', ['one', 'two']],
    [
      'an upload began before',
      [
        { body: 'old', lastModified: late },
        { body: 'new', lastModified: early, etag: `${'a'.repeat(32)}-2` },
      ],
    ],
    [
      'a replica has the time of its source',
      [
        { body: 'old', lastModified: late },
        { body: 'new', lastModified: early, replicationStatus: 'REPLICA' },
      ],
    ],
  ])('is not noted if %s', (_, versions) => {
    expect(drawn(...versions)).not.toContain('older than');
  });
});
