import { describe, expect, it } from '@jest/globals';
import { deleteMarker } from '../../src';
import { Store } from '../../src/model/store';
import { addBucket } from '../../src/preset/bucket-fixture';
import { makeBucketHandle } from '../../src/preset/bucket-handle';
import { type MatcherResult, matchers } from '../../src/testing/matchers';
import { entry, journalOf } from '../journal/entries';

const noon = Date.UTC(2026, 0, 31, 12);
const store = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => noon, start: undefined });
addBucket(store, 'vault', {
  versioning: 'Enabled',
  objects: {
    bytes: { body: Uint8Array.of(255, 0), versionId: 'b1' },
    deleted: [
      { body: 'old', versionId: 'null' },
      { deleteMarker: true, versionId: 'd2' },
    ],
    report: [
      { body: 'first', versionId: 'v1' },
      { body: 'second', versionId: 'v2', metadata: { author: 'ann', team: 'x' }, tags: { kind: 'draft' } },
    ],
  },
});
addBucket(store, 'scratch', { objects: { a: 'x' } });
addBucket(store, 'orders', {
  objects: { a: 'x', 'order.json': '{ "id": 7, "lines": [{ "sku": "a", "count": 2 }] }' },
});
const handleOf = (name: string, requests?: Iterable<unknown>) =>
  makeBucketHandle(store, name, { settle: () => {}, wasRemoved: () => false }, requests);
const vault = handleOf('vault');

const report = ['report', '├─ v2  6 bytes  2026-01-31 12:00:00Z  current', '└─ v1  5 bytes  2026-01-31 12:00:00Z'];
const deleted = [
  'deleted',
  '├─ d2      delete marker  2026-01-31 12:00:00Z  current',
  '└─ (null)  3 bytes        2026-01-31 12:00:00Z',
];
const bytes = ['bytes', '└─ b1  2 bytes  2026-01-31 12:00:00Z  current'];
const whole = String(vault).split('\n');
const metadata = { author: 'ann', team: 'x' };

type Row = [MatcherResult, boolean, ...lines: (string | readonly string[])[]];

function check(result: MatcherResult, pass: boolean, paragraphs: readonly (string | readonly string[])[]): void {
  expect(result.pass).toBe(pass);
  expect(result.message()).toBe(paragraphs.map((one) => (typeof one === 'string' ? one : one.join('\n'))).join('\n\n'));
}

describe('toHaveObject', () => {
  const { toHaveObject } = matchers;
  it.each<Row>([
    [toHaveObject(vault, 'report'), true, "Expected bucket 'vault' not to have object 'report', but it does.", report],
    [
      toHaveObject(vault, 'report', { body: 'second', metadata: { author: 'ann' }, size: 6 }),
      true,
      "Expected bucket 'vault' not to have object 'report' with { body: 'second', metadata: { author: 'ann' }, size: 6 }, but it does.",
      report,
    ],
    [
      toHaveObject(vault, 'report', { body: 'secund', metadata: { author: 'bob' }, tags: { kind: undefined } }),
      false,
      "Expected bucket 'vault' to have object 'report' with { body: 'secund', metadata: { author: 'bob' }, tags: { kind: undefined } }, but it differs.",
      [
        "- body: expected 'secund', received 'second'",
        "- metadata.author: expected 'bob', received 'ann'",
        "- tags.kind: expected undefined, received 'draft'",
      ],
      report,
    ],
    [
      toHaveObject(vault, 'report', { body: 'first' }),
      false,
      "Expected bucket 'vault' to have object 'report' with { body: 'first' }, but it differs.",
      "- body: expected 'first', received 'second'",
      "A noncurrent version matches: 'v1'.",
      report,
    ],
    [
      toHaveObject(vault, 'bytes', { body: Uint8Array.of(255, 1) }),
      false,
      "Expected bucket 'vault' to have object 'bytes' with { body: <2 bytes: ff01> }, but it differs.",
      '- body: expected <2 bytes: ff01>, received <2 bytes: ff00> (from byte 2)',
      bytes,
    ],
    [
      toHaveObject(vault, 'report', expect.objectContaining({ size: 7 })),
      false,
      "Expected bucket 'vault' to have object 'report' with ObjectContaining { size: 7 }, but it differs.",
      [
        expect.stringMatching(
          /^- the object: expected ObjectContaining \{ size: 7 \}, received \{ key: 'report', /,
        ) as never,
      ],
      report,
    ],
    [
      toHaveObject(vault, 'deleted'),
      false,
      "Expected bucket 'vault' to have object 'deleted', but its current version is a delete marker.",
      "A noncurrent version matches: 'null'.",
      deleted,
    ],
    [
      toHaveObject(vault, 'deleted', { body: 'other' }),
      false,
      "Expected bucket 'vault' to have object 'deleted' with { body: 'other' }, but its current version is a delete marker.",
      deleted,
    ],
    [
      toHaveObject(vault, 'nope', { body: '' }),
      false,
      "Expected bucket 'vault' to have object 'nope' with { body: '' }, but there is no such key.",
      whole,
    ],
  ])('%#', (result, pass, ...paragraphs) => {
    if (paragraphs.some((one) => typeof one !== 'string' && typeof one[0] !== 'string')) {
      expect({ pass: result.pass, message: result.message().split('\n').slice(2, 3) }).toEqual({
        pass,
        message: paragraphs[1],
      });
    } else check(result, pass, paragraphs);
  });

  it.each<[unknown, boolean]>([
    [{ body: Buffer.from('second') }, true],
    [{ body: expect.stringContaining('sec') }, true],
    [{ body: expect.not.stringContaining('sec') }, false],
    [{ body: expect.any(Uint8Array) }, true],
    [{ metadata }, true],
    [{ metadata: {} }, true],
    [{ metadata: expect.objectContaining({ team: 'x' }) }, true],
    [{ lastModified: new Date(noon) }, true],
    [{ lastModified: new Date(noon + 1) }, false],
    [{ etag: '"a9f0e61a137d86aa9db53465e0801612"' }, true],
    [{ isLatest: true, deleteMarker: false, key: 'report' }, true],
    [expect.objectContaining({ versionId: 'v2' }), true],
    [expect.anything(), true],
  ])('of %p is %p', (expected, pass) => {
    expect(matchers.toHaveObject(vault, 'report', expected).pass).toBe(pass);
  });
});

describe('toHaveObject with the headers that S3 stores', () => {
  const cached = { 'cache-control': 'no-cache', 'content-encoding': 'gzip' };
  const stored = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => noon, start: undefined });
  addBucket(stored, 'site', { objects: { 'a.js': { body: 'x', headers: cached }, 'b.js': 'x' } });
  const site = makeBucketHandle(stored, 'site', { settle: () => {}, wasRemoved: () => false });

  it.each<[key: string, expected: object, pass: boolean]>([
    ['a.js', { headers: cached }, true],
    ['a.js', { headers: { 'cache-control': 'no-cache' } }, true],
    ['a.js', { headers: { 'cache-control': 'max-age=60' } }, false],
    ['a.js', { headers: expect.objectContaining({ 'content-encoding': 'gzip' }) }, true],
    ['b.js', { headers: { 'cache-control': 'no-cache' } }, false],
    ['b.js', { headers: { 'cache-control': undefined } }, true],
  ])('%s, %p is %p', (key, expected, pass) => {
    expect(matchers.toHaveObject(site, key, expected).pass).toBe(pass);
  });

  it.each<[expected: object, message: string]>([
    [
      { headers: { 'Cache-Control': 'no-cache' } },
      "toHaveObject: a version: S3 does not store the header 'Cache-Control'. Did you mean cache-control? The headers are: cache-control, content-disposition, content-encoding, content-language, expires, x-amz-website-redirect-location.",
    ],
    [
      { headers: { 'content-type': 'text/css' } },
      "toHaveObject: a version: the header 'content-type' cannot be given here. Give contentType.",
    ],
    [
      { headers: undefined },
      'toHaveObject: a version: invalid headers undefined; expected a value, which each has; leave headers out if any will do',
    ],
  ])('%p is a TypeError', (expected, message) => {
    expect(() => matchers.toHaveObject(site, 'a.js', expected)).toThrow(new TypeError(message));
  });

  it.each([
    ['cacheControl', 'cache-control'],
    ['ContentEncoding', 'content-encoding'],
    ['websiteRedirectLocation', 'x-amz-website-redirect-location'],
  ])('%s is not a member: the message names the header', (name, header) => {
    expect(() => matchers.toHaveObject(site, 'a.js', { [name]: 'x' })).toThrow(
      `toHaveObject: a version has no '${name}'. Write headers: { '${header}': … }.`,
    );
    expect(() => Reflect.get(site.object('a.js'), name)).toThrow(
      `object 'a.js': there is no member '${name}'. Write headers['${header}'].`,
    );
  });

  it('are read from the handle of an object and of a version', () => {
    expect([site.object('a.js').headers, site.versions('a.js')[0]?.headers, site.object('b.js').headers]).toEqual([
      cached,
      cached,
      {},
    ]);
  });
});

describe('toHaveVersions', () => {
  const { toHaveVersions } = matchers;
  const have = (list: string, key: string) =>
    `Expected bucket 'vault' to have the versions ${list} of '${key}', oldest first, but`;
  it.each<Row>([
    [
      toHaveVersions(vault, 'report', ['first', 'second']),
      true,
      "Expected bucket 'vault' not to have the versions ['first', 'second'] of 'report', oldest first, but it does.",
      report,
    ],
    [
      toHaveVersions(vault, 'deleted', [{ versionId: 'null', body: 'old' }, deleteMarker]),
      true,
      "Expected bucket 'vault' not to have the versions [{ versionId: 'null', body: 'old' }, deleteMarker] of 'deleted', oldest first, but it does.",
      deleted,
    ],
    [
      toHaveVersions(vault, 'nope', []),
      true,
      "Expected bucket 'vault' not to have the versions [] of 'nope', oldest first, but it does.",
      whole,
    ],
    [
      toHaveVersions(vault, 'report', ['second', 'first']),
      false,
      `${have("['second', 'first']", 'report')} they differ.`,
      ["- [0]: expected 'second', received 'first'", "- [1]: expected 'first', received 'second'"],
      'It has them in the opposite order. toHaveVersions takes them oldest first, as the literal of mockS3 does; versions() returns them newest first.',
      report,
    ],
    [
      toHaveVersions(vault, 'report', [
        deleteMarker,
        { body: 'x', metadata: { author: 'bob' } },
        'third',
        deleteMarker,
      ]),
      false,
      `${have("[deleteMarker, { body: 'x', metadata: { author: 'bob' } }, 'third', deleteMarker]", 'report')} they differ.`,
      [
        "- [0]: expected deleteMarker, received 'first'",
        "- [1].body: expected 'x', received 'second'",
        "- [1].metadata.author: expected 'bob', received 'ann'",
        "- [2]: expected 'third', received nothing",
        '- [3]: expected deleteMarker, received nothing',
      ],
      report,
    ],
    [
      toHaveVersions(vault, 'deleted', ['old', 'new']),
      false,
      `${have("['old', 'new']", 'deleted')} they differ.`,
      "- [1]: expected 'new', received a delete marker",
      deleted,
    ],
    [
      toHaveVersions(vault, 'deleted', []),
      false,
      `${have('[]', 'deleted')} they differ.`,
      ["- [0]: expected nothing, received 'old'", '- [1]: expected nothing, received a delete marker'],
      deleted,
    ],
    [
      toHaveVersions(vault, 'report', [expect.stringContaining('x'), expect.objectContaining({ size: 1 })]),
      false,
      `${have("[StringContaining 'x', ObjectContaining { size: 1 }]", 'report')} they differ.`,
      [
        "- [0]: expected StringContaining 'x', received 'first'",
        "- [1]: expected ObjectContaining { size: 1 }, received 'second'",
      ],
      report,
    ],
    [
      toHaveVersions(vault, 'report', expect.arrayContaining([expect.objectContaining({ size: 1 })])),
      false,
      `${have('ArrayContaining [ObjectContaining { size: 1 }]', 'report')} they differ.`,
      "- expected ArrayContaining [ObjectContaining { size: 1 }], received ['first', 'second']",
      report,
    ],
    [
      toHaveVersions(
        vault,
        'nope',
        Array.from({ length: 10 }, () => deleteMarker),
      ),
      false,
      `${have(`[${Array.from({ length: 10 }, () => 'deleteMarker').join(', ')}]`, 'nope')} there is no such key.`,
      [
        ...Array.from({ length: 8 }, (_, index) => `- [${index}]: expected deleteMarker, received nothing`),
        '- ... and 2 more differences',
      ],
      whole,
    ],
  ])('%#', (result, pass, ...paragraphs) => check(result, pass, paragraphs));

  it.each<[string, unknown, boolean]>([
    ['report', [Buffer.from('first'), expect.stringMatching(/^sec/)], true],
    ['report', ['first', expect.not.stringContaining('sec')], false],
    ['report', ['first', expect.objectContaining({ versionId: 'v2' })], true],
    ['report', ['first', expect.anything()], true],
    ['report', ['first', expect.any(String)], true],
    ['report', ['first', { versionId: expect.any(String) }], true],
    ['report', ['first', {}], true],
    ['report', ['first', { deleteMarker: true }], false],
    ['deleted', ['old', expect.any(String)], false],
    ['deleted', [{}, { deleteMarker: true, versionId: 'd2' }], true],
    ['deleted', [{}, { body: undefined }], true],
    ['report', expect.arrayContaining([expect.objectContaining({ body: Buffer.from('first') })]), true],
    ['report', expect.any(Array), true],
  ])('%s: %p is %p', (key, expected, pass) => {
    expect(toHaveVersions(vault, key, expected).pass).toBe(pass);
  });
});

describe('toHaveDeleteMarker', () => {
  const { toHaveDeleteMarker } = matchers;
  it.each<Row>([
    [
      toHaveDeleteMarker(vault, 'deleted'),
      true,
      "Expected bucket 'vault' not to have a delete marker as the current version of 'deleted', but it does.",
      deleted,
    ],
    [
      toHaveDeleteMarker(vault, 'report'),
      false,
      "Expected bucket 'vault' to have a delete marker as the current version of 'report', but it is an object.",
      report,
    ],
    [
      toHaveDeleteMarker(handleOf('scratch'), 'b'),
      false,
      "Expected bucket 'scratch' to have a delete marker as the current version of 'b', but there is no such key.",
      ['scratch  versioning never set', '└─ a', '   └─ (null)  1 byte  2026-01-31 12:00:00Z  current'],
    ],
  ])('%#', (result, pass, ...paragraphs) => check(result, pass, paragraphs));
});

describe('an expectation that no version can match is a TypeError', () => {
  const names =
    'key, versionId, isLatest, deleteMarker, lastModified, body, size, etag, metadata, contentType, headers, ' +
    'storageClass, encryption, restore, accessTier, tags, annotations, retention, legalHold, protection, ' +
    'acl, replicationStatus';
  const members = `It has: ${names}.`;
  it.each<[string, () => unknown, string]>([
    [
      'no bucket',
      () => matchers.toHaveObject({ name: 'vault', versioning: undefined, mfaDelete: undefined }, 'a'),
      "toHaveObject takes a bucket: expect(s3.bucket('vault')).toHaveObject(...). It was given { name: 'vault', versioning: undefined, mfaDelete: undefined }.",
    ],
    [
      'no key',
      () => matchers.toHaveDeleteMarker(vault, undefined),
      "toHaveDeleteMarker takes a key: expect(s3.bucket('vault')).toHaveDeleteMarker('report.pdf'). It was given undefined.",
    ],
    [
      'a body in the place of the members',
      () => matchers.toHaveObject(vault, 'report', 'first'),
      "toHaveObject expects an object such as { body: 'first' }; it was given 'first'.",
    ],
    [
      'a member that a version does not have',
      () => matchers.toHaveObject(vault, 'report', { Body: 'first' }),
      `toHaveObject: a version has no 'Body'. Did you mean body? ${members}`,
    ],
    [
      'a member that a retention does not have',
      () => matchers.toHaveObject(vault, 'report', { retention: { Mod: 'GOVERNANCE' } }),
      'toHaveObject: a version has no retention.Mod. Did you mean Mode? retention has: Mode, RetainUntilDate, EventHold, EventHoldDuration.',
    ],
    [
      'a member that an encryption does not have',
      () => matchers.toHaveObject(vault, 'report', { encryption: { SSEKMSKeyID: 'alias/vault' } }),
      'toHaveObject: a version has no encryption.SSEKMSKeyID. Did you mean SSEKMSKeyId? encryption has: ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled, SSEKMSEncryptionContext, SSECustomerAlgorithm, SSECustomerKeyMD5.',
    ],
    [
      'a member that an ACL does not have',
      () => matchers.toHaveObject(vault, 'report', { acl: { Grnats: [] } }),
      'toHaveObject: a version has no acl.Grnats. Did you mean Grants? acl has: Owner, Grants.',
    ],
    [
      'an ACL that is neither a word nor an object',
      () => matchers.toHaveObject(vault, 'report', { acl: 7 }),
      'toHaveObject: a version: invalid acl 7; expected an object, or a matcher such as expect.objectContaining({})',
    ],
    [
      'no list',
      () => matchers.toHaveVersions(vault, 'report', 'first'),
      "toHaveVersions expects a list of versions, oldest first, such as ['first', deleteMarker]; it was given 'first'.",
    ],
    [
      'a list with something else in it',
      () => matchers.toHaveVersions(vault, 'report', ['first', null]),
      "toHaveVersions expects the bytes of each version, an object such as { body: 'first' }, or the constant deleteMarker for a delete marker: import { deleteMarker } from 's3-versioning-mock'; it was given null in the list.",
    ],
    [
      'a list with a member that a version does not have',
      () => matchers.toHaveVersions(vault, 'report', [{ VersionId: 'v1' }]),
      `toHaveVersions: a version has no 'VersionId'. Did you mean versionId? ${members}`,
    ],
  ])('%s', (_what, call, message) => {
    expect(call).toThrow(new TypeError(message));
  });
});

describe('a matcher of a state', () => {
  const { toHaveObject, toHaveVersions, toHaveDeleteMarker } = matchers;
  const nothing =
    'No request came at all. If the code under test should have sent one: was it called, and awaited? forEach awaits nothing. A call of the SDK v2 without .promise() or a callback is not sent. Is its client replaced, by aws-sdk-client-mock or a stub? Then restore it.';
  const empty = handleOf('scratch', journalOf([]));

  it.each([
    ['toHaveObject', toHaveObject(empty, 'nope')],
    ['toHaveVersions', toHaveVersions(empty, 'nope', ['x'])],
    ['toHaveDeleteMarker', toHaveDeleteMarker(empty, 'nope')],
    ['toBeLocked', matchers.toBeLocked(empty, 'nope')],
    ['toHaveVersioning', matchers.toHaveVersioning(empty, 'Enabled')],
    ['toHaveMfaDelete', matchers.toHaveMfaDelete(empty, 'Enabled')],
    ['toHaveConfiguration', matchers.toHaveConfiguration(empty, 'cors')],
  ])('says that no request came at all: %s', (_name, result) => {
    expect(result.message().slice(-nothing.length)).toBe(nothing);
  });

  it('says nothing of the sort if a request came, or if it does not know the requests', () => {
    const handles = [handleOf('scratch', journalOf([entry('GetObject')])), handleOf('scratch')];
    expect(handles.map((handle) => toHaveObject(handle, 'nope').message().includes('No request'))).toEqual([
      false,
      false,
    ]);
  });

  it.each`
    expected                                  | pass
    ${{ id: 7 }}                              | ${true}
    ${{ lines: [{ sku: 'a' }] }}              | ${true}
    ${{ id: expect.any(Number) }}             | ${true}
    ${{ lines: expect.arrayContaining([]) }}  | ${true}
    ${expect.objectContaining({ id: 7 })}     | ${true}
    ${expect.any(Object)}                     | ${true}
    ${{ id: 8 }}                              | ${false}
    ${{ lines: [] }}                          | ${false}
    ${[]}                                     | ${false}
    ${expect.objectContaining({ id: 8 })}     | ${false}
    ${expect.not.objectContaining({ id: 7 })} | ${false}
    ${expect.arrayContaining([1])}            | ${false}
  `('takes the JSON of a body, as any part of it: $expected', ({ expected, pass }) => {
    const orders = handleOf('orders');
    expect(toHaveObject(orders, 'order.json', { body: expected }).pass).toBe(pass);
    expect(toHaveVersions(orders, 'order.json', [{ body: expected }]).pass).toBe(pass);
  });

  it('names the part of the JSON that differs, and the bytes that are not JSON', () => {
    const orders = handleOf('orders');
    expect(toHaveObject(orders, 'order.json', { body: { lines: [{ count: 3 }] } }).message()).toContain(
      '- body.lines[0].count: expected 3, received 2',
    );
    expect(toHaveObject(orders, 'a', { body: { id: 7 } }).message()).toContain(
      "- body: expected { id: 7 }, received 'x'",
    );
  });

  it('says how an id is written, if a text is one', () => {
    expect(toHaveVersions(vault, 'report', ['v1', 'v2']).message()).toContain(
      "A text is the body of a version. To expect a version by its id, write { versionId: 'v2' }.",
    );
    expect(toHaveVersions(vault, 'report', ['v3']).message()).not.toContain('A text is');
  });

  it('refuses a function in what it expects', () => {
    const text = () => 'second';
    expect(() => toHaveObject(vault, 'report', { body: text })).toThrow(
      'toHaveObject: a version: invalid body [Function: text]; expected a value: call the function, or give a matcher',
    );
    expect(() => toHaveVersions(vault, 'report', [{ body: text }])).toThrow('toHaveVersions: a version: invalid body');
  });

  it('names the class of an object that is no bucket', () => {
    class Client {
      readonly config = { region: 'us-east-1' };
    }
    expect(() => toHaveObject(new Client(), 'report')).toThrow(/It was given Client \{…\}\.$/);
    expect(() => matchers.toHaveReceived(new Client(), 'GetObject')).toThrow(/It was given Client \{…\}\.$/);
    expect(() => toHaveObject({ region: 'us-east-1' }, 'report')).toThrow(/It was given \{ region: 'us-east-1' \}\.$/);
  });
});
