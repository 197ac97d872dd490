import { beforeEach, describe, expect, it } from '@jest/globals';
import { makePlaceholder, type ObjectBody } from '../../../src/formats/sparse-body';
import type { Bucket } from '../../../src/model/bucket';
import { writeSequencer } from '../../../src/model/events/sequencers';
import type { Store } from '../../../src/model/store';
import { checkChecksumType, readChecksumSettings } from '../../../src/model/uploads/checksums';
import { checkUnchanged, chooseParts, completeUpload, makeContentOfParts } from '../../../src/model/uploads/completion';
import { pageUploads } from '../../../src/model/uploads/listings';
import type { NamedPart, Upload } from '../../../src/model/uploads/upload';
import {
  abortUpload,
  beginUpload,
  makePartsEtag,
  makeUploadId,
  putPart,
  readOpenUpload,
} from '../../../src/model/uploads/uploads';
import type { VersioningStatus } from '../../../src/model/versioning';
import { removeVersion } from '../../../src/model/versions/writes';
import { makeStacks, type Stacks } from '../../support/stacks';
import { refusalThrownBy } from '../../support/thrown';
import { plainSettings } from '../../support/upload-settings';

const bytes = (text: string) => Buffer.from(text);

let stacks: Stacks;
let store: Store;
let bucket: Bucket;
beforeEach(() => {
  stacks = makeStacks('Enabled');
  ({ store, bucket } = stacks);
});

function begin(key = 'k', settings: Partial<Upload> = {}): Upload {
  return beginUpload(store, bucket, {
    id: makeUploadId(store, 'opaque'),
    key,
    initiator: { account: store.defaultAccount, user: undefined, accessKeyId: undefined },
    ...plainSettings,
    ...settings,
  });
}

const present = ({ key, id }: Upload) => readOpenUpload(bucket, key, id);
const part = (upload: Upload, number: number, text: string) =>
  putPart(store, bucket, present(upload), { number, body: bytes(text), checksum: undefined });
function beginWithPart(): Upload {
  const upload = begin();
  part(upload, 1, 'data');
  return upload;
}

const named = (PartNumber: number, ETag: string) => ({ PartNumber, ETag, checksums: {} });

function complete(upload: Upload) {
  const open = present(upload);
  const names = [...open.parts.values()].map(({ number, etag }) => named(number, etag));
  return completeUpload(store, bucket, open, makeContentOfParts(open, chooseParts(bucket, open, names)), names);
}

describe('an upload', () => {
  it('has a random id, or one that begins with the time', () => {
    expect(makeUploadId(store, 'opaque')).toMatch(/^[\w.]{128}$/);
    expect(makeUploadId(store, 'timed')).toMatch(/^0000019d-42d1-4ace-[\da-f]{4}-[\da-f]{12}$/);
  });

  it('stays as it was in a snapshot', () => {
    const upload = begin();
    part(upload, 1, 'first');
    const before = bucket.copy();
    part(upload, 1, 'second');
    part(upload, 2, 'third');
    abortUpload(bucket, present(upload));
    expect(before.uploads.get(upload.id)?.parts.size).toBe(1);
    expect(bucket.uploads.get(upload.id)).toMatchObject({ isAborted: true, parts: new Map() });
    expect(bucket.uploads.get(upload.id)?.parts.size).toBe(0);
    expect(before.uploads.get(upload.id)?.isAborted).toBe(false);
  });

  it('stores the bytes of its parts without a copy, and shares them with an object of one part', () => {
    const upload = begin();
    const body = bytes('data');
    putPart(store, bucket, upload, { number: 1, body, checksum: undefined });
    complete(upload);
    expect(bucket.versions.currentObject('k')?.content.body).toBe(body);
  });

  it('forgets its parts once it is complete', () => {
    const upload = beginWithPart();
    complete(upload);
    expect(bucket.uploads.get(upload.id)).toMatchObject({ completion: expect.anything(), parts: new Map() });
  });

  it('is no longer open once it is complete or aborted, or under another key', () => {
    const [upload, aborted] = [begin(), begin()];
    expect(() => readOpenUpload(bucket, 'other', upload.id)).toThrow("NoSuchUpload: the upload is of 'k'");
    expect(() => readOpenUpload(bucket, 'k', 'nothing')).toThrow(
      "NoSuchUpload: no upload of this bucket has the UploadId 'nothing'",
    );
    part(upload, 1, 'data');
    complete(upload);
    expect(() => readOpenUpload(bucket, 'k', upload.id)).toThrow('NoSuchUpload: the upload was completed');
    abortUpload(bucket, aborted);
    expect(() => readOpenUpload(bucket, 'k', aborted.id)).toThrow('NoSuchUpload: the upload was aborted');
  });
});

// F769
it('an upload has a sequencer of its own from its beginning, though the clock was set back', () => {
  const { sequencers, clock } = store;
  clock.advance({ hours: 1 });
  const { sequence: usual, initiated: created } = begin();
  expect(sequencers.ofUpload({ sequence: usual, created })).toBe(writeSequencer({ sequence: usual, created }));
  const first = sequencers.takeForWrite({ sequence: store.nextSequence(), created: clock.now() });
  clock.set(0);
  const { sequence, initiated } = begin();
  const ofUpload = sequencers.ofUpload({ sequence, created: initiated });
  const after = sequencers.takeForWrite({ sequence: store.nextSequence(), created: clock.now() });
  expect([after, ofUpload, first].toSorted()).toEqual([first, ofUpload, after]);
});

// F88
it('a listing of uploads goes on after a key', () => {
  for (const key of ['b', 'a', 'undefined', 'b']) begin(key);
  const page = pageUploads(bucket, { prefix: '', delimiter: '', after: 'a', limit: 10 });
  expect(page.items.map((item) => 'upload' in item && item.upload.key)).toEqual(['b', 'b', 'undefined']);
});

// F81, F1604
describe('a part that a completion names', () => {
  it.each<[what: string, change: Partial<NamedPart>]>([
    ['another ETag', { ETag: '0'.repeat(32) }],
    ['the number of a part that does not exist', { PartNumber: 2 }],
    ['a checksum, although its upload has no algorithm', { checksums: { CRC32: 'rfPzYw==' } }],
  ])('is refused with %s', (_what, change) => {
    const upload = present(beginWithPart());
    const { etag = '' } = upload.parts.get(1) ?? {};
    const wrong = { ...named(1, etag), ...change };
    const { PartNumber, ETag } = wrong;
    expect(chooseParts(bucket, upload, [named(1, etag)])).toHaveLength(1);
    expect(refusalThrownBy(() => chooseParts(bucket, upload, [wrong]))).toMatchObject({
      refusal: 'InvalidPart',
      details: { UploadId: upload.id, PartNumber, ETag },
    });
  });
});

describe('the parts of an object', () => {
  const algorithm = { checksumAlgorithm: 'CRC32', checksumType: 'FULL_OBJECT' } as const;
  const made = (settings: Partial<Upload>, body: ObjectBody, checksum: string | undefined) => {
    const upload = begin('k', settings);
    const uploaded = putPart(store, bucket, upload, { number: 3, body, checksum });
    return makeContentOfParts(upload, [uploaded]).parts;
  };

  it('keep their numbers, sizes and checksums', () => {
    const checksum = { algorithm: 'CRC32', type: 'FULL_OBJECT', value: 'rfPzYw==' };
    expect(made(algorithm, bytes('data'), 'rfPzYw==')).toEqual([{ number: 3, size: 4, checksum }]);
    expect(made({}, bytes('data'), undefined)).toEqual([{ number: 3, size: 4, checksum: undefined }]);
  });

  it('have no checksum if nobody has their bytes', () => {
    const length = 2 ** 40;
    expect(made(algorithm, makePlaceholder({ seed: 'seed', start: 0, length }), 'rfPzYw==')).toEqual([
      { number: 3, size: length, checksum: undefined },
    ]);
  });
});

// F822
it('the protection that a completion names is that of its object', () => {
  const days = (Days: number) => ({ Days });
  stacks.setVersioning(undefined);
  bucket.change({
    protection: {
      Status: 'Retention',
      MinimumRetention: days(1),
      DefaultRetention: days(2),
      MaximumRetention: days(3),
    },
  });
  const open = present(beginWithPart());
  const names = [...open.parts.values()].map(({ number, etag }) => named(number, etag));
  const content = makeContentOfParts(open, chooseParts(bucket, open, names));
  completeUpload(store, bucket, open, content, names, { protection: { period: 259_200, holds: [] } });
  expect(bucket.versions.current('k')?.protection).toEqual({ period: 259_200, source: 'Object', holds: [] });
});

// F84
describe('the version that an upload becomes', () => {
  it('has the date of the upload', () => {
    const begun = store.clock.now();
    const upload = beginWithPart();
    store.clock.advance({ hours: 1 });
    complete(upload);
    expect(bucket.versions.currentObject('k')?.created).toBe(begun);
  });

  type Act = (state: Stacks) => unknown;
  const put: Act = ({ put }) => put('k');
  const remove: Act = (state) => state.delete('k');
  const removeNull: Act = ({ deleteVersion }) => deleteVersion('k', 'null');
  const enable: Act = ({ setVersioning }) => setVersioning('Enabled');
  const suspend: Act = ({ setVersioning }) => setVersioning('Suspended');

  it.each<{
    first: VersioningStatus | undefined;
    before: readonly Act[];
    since: readonly Act[];
    history: readonly string[];
    what: string;
  }>`
    first          | before           | since                        | history                    | what
    ${undefined}   | ${[]}            | ${[]}                        | ${['upload']}              | ${'nothing'}
    ${undefined}   | ${[put]}         | ${[]}                        | ${['upload']}              | ${'nothing'}
    ${undefined}   | ${[put]}         | ${[put]}                     | ${['null']}                | ${'a put'}
    ${undefined}   | ${[put]}         | ${[remove]}                  | ${[]}                      | ${'a delete'}
    ${undefined}   | ${[]}            | ${[remove]}                  | ${[]}                      | ${'a delete of nothing'}
    ${undefined}   | ${[]}            | ${[put, removeNull]}         | ${[]}                      | ${'a put and its removal'}
    ${undefined}   | ${[put]}         | ${[enable]}                  | ${['upload', 'null']}      | ${'versioning'}
    ${undefined}   | ${[]}            | ${[put, enable]}             | ${['null', 'upload']}      | ${'a put and versioning'}
    ${'Suspended'} | ${[put]}         | ${[]}                        | ${['upload']}              | ${'nothing'}
    ${'Suspended'} | ${[remove]}      | ${[]}                        | ${['upload']}              | ${'nothing after a marker'}
    ${'Suspended'} | ${[]}            | ${[remove]}                  | ${['marker null']}         | ${'a marker'}
    ${'Suspended'} | ${[put]}         | ${[removeNull]}              | ${[]}                      | ${'the removal of the null version'}
    ${'Suspended'} | ${[]}            | ${[remove, removeNull]}      | ${[]}                      | ${'a marker and its removal'}
    ${'Enabled'}   | ${[put]}         | ${[put]}                     | ${['v3', 'upload', 'v1']}  | ${'a put'}
    ${'Enabled'}   | ${[]}            | ${[remove]}                  | ${['marker v2', 'upload']} | ${'a marker'}
    ${'Enabled'}   | ${[]}            | ${[put, suspend]}            | ${['v2', 'upload']}        | ${'a put and the suspension'}
    ${'Enabled'}   | ${[]}            | ${[suspend, put]}            | ${['null']}                | ${'the suspension and a put'}
    ${'Suspended'} | ${[put, enable]} | ${[put, suspend]}            | ${['v3', 'upload']}        | ${'a version, and the null one before'}
    ${'Suspended'} | ${[]}            | ${[put, removeNull, enable]} | ${['upload']}              | ${'a null version that is gone'}
  `('of $first, after $what, becomes $history', ({ first, before, since, history }) => {
    stacks = makeStacks(first);
    ({ store, bucket } = stacks);
    const names = new Map([['null', 'null']]);
    const act = (one: Act) => {
      const number = store.sequence;
      one(stacks);
      if (store.sequence > number) names.set(store.versionIds.writeId(number), `v${number}`);
    };
    before.forEach(act);
    const upload = beginWithPart();
    since.forEach(act);
    const { sequence } = complete(upload);
    const found = [...bucket.versions.of('k')].map((version) =>
      version.sequence === sequence
        ? 'upload'
        : `${version.content === undefined ? 'marker ' : ''}${names.get(stacks.idOf(version))}`,
    );
    expect(found).toEqual(history);
  });

  it('is forgotten with the transaction that would have written it', () => {
    stacks.setVersioning('Suspended');
    const upload = beginWithPart();
    const undone = () =>
      store.transaction(() => {
        complete(upload);
        throw new Error('undone');
      });
    expect(undone).toThrow('undone');
    expect(stacks.history('k')).toEqual([]);
    expect(readOpenUpload(bucket, 'k', upload.id).parts.size).toBe(1);
  });
});

// F82
describe('a change of the key of an upload', () => {
  it.each<{ what: readonly string[]; change: string | undefined }>`
    what                     | change
    ${[]}                    | ${undefined}
    ${['put']}               | ${'written to'}
    ${['delete']}            | ${'deleted'}
    ${['put', 'delete']}     | ${'deleted'}
    ${['delete', 'put']}     | ${'written to'}
    ${['put', 'undo']}       | ${undefined}
    ${['delete', 'undo']}    | ${undefined}
    ${['delete for good']}   | ${'written to'}
    ${['delete all']}        | ${'deleted'}
    ${['delete an old one']} | ${undefined}
    ${['put elsewhere']}     | ${undefined}
    ${['complete an older']} | ${'written to'}
    ${['complete a buried']} | ${undefined}
  `('$what: the version that was current is no longer current, since the key was $change', ({ what, change }) => {
    const [old, buried, current, older] = [stacks.put('k'), begin(), stacks.put('k'), begin()];
    const acts: Readonly<Record<string, () => void>> = {
      put: () => stacks.put('k'),
      delete: () => stacks.delete('k'),
      undo() {
        const last = bucket.versions.current('k');
        if (last) removeVersion(bucket, last);
      },
      'delete for good': () => stacks.deleteVersion('k', current),
      'delete all': () => [current, old].map((id) => stacks.deleteVersion('k', id)),
      'delete an old one': () => stacks.deleteVersion('k', old),
      'put elsewhere': () => stacks.put('other'),
      'complete an older': () => complete(older),
      'complete a buried': () => complete(buried),
    };
    for (const one of [buried, older]) part(one, 1, 'data');
    const upload = begin();
    for (const name of what) acts[name]?.();
    for (const condition of ['If-Match', 'If-None-Match'] as const) {
      const told = () => checkUnchanged(bucket, present(upload), condition);
      if (change === undefined) expect(told).not.toThrow();
      else expect(told).toThrow(`ConditionalRequestConflict: the key was ${change} since the upload began`);
    }
  });
});

describe('an ETag of parts', () => {
  it('is the MD5 of their MD5s, and their number', () => {
    const upload = begin();
    expect(makePartsEtag([part(upload, 1, 'data')])).toBe('2068bfdec27f4616282c1124300f0ae6-1');
    expect(makePartsEtag([part(upload, 1, 'v1'), part(upload, 2, 'v2')])).toBe('cb662da895d59679c42914df7a97a8f8-2');
  });
});

it('the checksum of an upload has an algorithm and a type in upper or lower case', () => {
  expect(readChecksumSettings('sha256', 'composite')).toEqual({
    checksumAlgorithm: 'SHA256',
    checksumType: 'COMPOSITE',
  });
});

// F83
describe('the checksum settings of an upload', () => {
  it.each([
    [undefined, undefined, undefined, undefined],
    ['CRC32', undefined, 'CRC32', 'COMPOSITE'],
    ['CRC32', 'FULL_OBJECT', 'CRC32', 'FULL_OBJECT'],
    ['CRC64NVME', undefined, 'CRC64NVME', 'FULL_OBJECT'],
    ['SHA1', undefined, 'SHA1', 'COMPOSITE'],
  ])('for %s and %s', (name, type, checksumAlgorithm, checksumType) => {
    expect(readChecksumSettings(name, type)).toEqual({ checksumAlgorithm, checksumType });
  });

  it.each<[name: string | undefined, type: string | undefined, refusal: string, facts: object]>([
    [undefined, 'COMPOSITE', 'ChecksumTypeAlone', { quoted: { 'x-amz-checksum-type': 'COMPOSITE' } }],
    ['SHA1', 'FULL_OBJECT', 'ChecksumTypeUnusable', { details: { type: 'FULL_OBJECT', algorithm: 'sha1' } }],
    ['CRC64NVME', 'COMPOSITE', 'ChecksumTypeUnusable', { details: { type: 'COMPOSITE', algorithm: 'crc64nvme' } }],
    [
      'CRC32',
      'WHOLE',
      'ChecksumInvalid',
      { details: { header: 'x-amz-checksum-type' }, quoted: { 'x-amz-checksum-type': 'WHOLE' } },
    ],
    ['CRC16', undefined, 'ChecksumAlgorithmUnsupported', { quoted: { 'the algorithm': 'CRC16' } }],
    ['CRC32,SHA1', undefined, 'ChecksumAlgorithmsSeveral', { quoted: { 'the algorithm': 'CRC32,SHA1' } }],
  ])('are refused for %s and %s: %s', (name, type, refusal, facts) => {
    expect(refusalThrownBy(() => readChecksumSettings(name, type))).toMatchObject({ refusal, ...facts });
  });
});

it('a completion of another type than its upload is refused', () => {
  const settings = { checksumAlgorithm: 'CRC32', checksumType: 'FULL_OBJECT' } as const;
  expect(() => checkChecksumType(settings, undefined)).not.toThrow();
  expect(() => checkChecksumType(settings, 'FULL_OBJECT')).not.toThrow();
  expect(refusalThrownBy(() => checkChecksumType(settings, 'COMPOSITE'))).toMatchObject({
    refusal: 'ChecksumModeMismatch',
    details: { type: 'FULL_OBJECT' },
    quoted: { 'x-amz-checksum-type': 'COMPOSITE' },
  });
});
