import { describe, expect, it } from '@jest/globals';
import type { VersioningStatus } from '../../../src/model/versioning';
import { VersionIds } from '../../../src/model/versions/version-id';
import { checkVersionId, findVersion, gone, whereIsVersion } from '../../../src/model/versions/version-lookup';
import { deleteKey, deleteVersion } from '../../../src/model/versions/writes';
import { S3Error } from '../../../src/refusals/s3-error';
import { makeStacks, type Stacks } from '../../support/stacks';

/** Replaces the names in a table's stack with ids: `v1` and `d2` are the ids that the steps got. */
function named(stacks: Stacks, ids: Readonly<Record<string, string>>): readonly string[] {
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  return stacks
    .history('k')
    .map((entry) => entry.replace(/[^ ]+$/, (id) => (id === 'null' ? id : (names.get(id) ?? id))));
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html. F51, F52
describe('a write', () => {
  it.each`
    versioning     | before                   | after
    ${undefined}   | ${[]}                    | ${['null']}
    ${undefined}   | ${['null']}              | ${['null']}
    ${'Enabled'}   | ${[]}                    | ${['v2']}
    ${'Enabled'}   | ${['v1']}                | ${['v2', 'v1']}
    ${'Enabled'}   | ${['null']}              | ${['v2', 'null']}
    ${'Enabled'}   | ${['marker null']}       | ${['v2', 'marker null']}
    ${'Suspended'} | ${[]}                    | ${['null']}
    ${'Suspended'} | ${['v1']}                | ${['null', 'v1']}
    ${'Suspended'} | ${['null', 'v1']}        | ${['null', 'v1']}
    ${'Suspended'} | ${['v1', 'null']}        | ${['null', 'v1']}
    ${'Suspended'} | ${['marker null', 'v1']} | ${['null', 'v1']}
  `('with versioning $versioning: $before becomes $after', ({ versioning, before, after }) => {
    const { stacks, ids } = stackOf(before as readonly string[]);
    stacks.setVersioning(versioning as VersioningStatus | undefined);
    const v2 = stacks.put('k');
    expect(named(stacks, { ...ids, v2 })).toEqual(after);
  });
});

describe('a delete without a version id', () => {
  it.each`
    versioning     | before                   | after                                | marker
    ${undefined}   | ${[]}                    | ${[]}                                | ${undefined}
    ${undefined}   | ${['null']}              | ${[]}                                | ${undefined}
    ${'Enabled'}   | ${[]}                    | ${['marker d']}                      | ${'d'}
    ${'Enabled'}   | ${['v1']}                | ${['marker d', 'v1']}                | ${'d'}
    ${'Enabled'}   | ${['null']}              | ${['marker d', 'null']}              | ${'d'}
    ${'Enabled'}   | ${['marker null', 'v1']} | ${['marker d', 'marker null', 'v1']} | ${'d'}
    ${'Suspended'} | ${[]}                    | ${['marker null']}                   | ${'null'}
    ${'Suspended'} | ${['v1']}                | ${['marker null', 'v1']}             | ${'null'}
    ${'Suspended'} | ${['null', 'v1']}        | ${['marker null', 'v1']}             | ${'null'}
    ${'Suspended'} | ${['v1', 'null']}        | ${['marker null', 'v1']}             | ${'null'}
    ${'Suspended'} | ${['marker null', 'v1']} | ${['marker null', 'v1']}             | ${'null'}
  `('with versioning $versioning: $before becomes $after', ({ versioning, before, after, marker }) => {
    const { stacks, ids } = stackOf(before as readonly string[]);
    stacks.setVersioning(versioning as VersioningStatus | undefined);
    const { versionId, deleteMarker } = deleteKey(stacks.store, stacks.bucket, 'k');
    expect(deleteMarker).toBe(marker !== undefined);
    expect(marker === 'd' ? versionId?.length : versionId).toBe(marker === 'd' ? 32 : marker);
    expect(named(stacks, { ...ids, ...(versionId?.length === 32 && { d: versionId }) })).toEqual(after);
  });
});

describe('a delete of a version', () => {
  it.each`
    before                         | deleted   | after           | deleteMarker
    ${['v2', 'v1']}                | ${'v2'}   | ${['v1']}       | ${false}
    ${['v2', 'v1']}                | ${'v1'}   | ${['v2']}       | ${false}
    ${['v2', 'null']}              | ${'null'} | ${['v2']}       | ${false}
    ${['null', 'v1']}              | ${'null'} | ${['v1']}       | ${false}
    ${['marker null', 'v1']}       | ${'null'} | ${['v1']}       | ${true}
    ${['v2', 'marker null', 'v1']} | ${'null'} | ${['v2', 'v1']} | ${true}
    ${['v2', 'v1']}                | ${'null'} | ${['v2', 'v1']} | ${false}
    ${[]}                          | ${'null'} | ${[]}           | ${false}
  `('$deleted of $before leaves $after', ({ before, deleted, after, deleteMarker }) => {
    const { stacks, ids } = stackOf(before as readonly string[]);
    const versionId = ids[deleted as string] ?? (deleted as string);
    const told = deleteVersion(stacks.store, stacks.bucket, 'k', versionId);
    expect(told).toEqual({ versionId, deleteMarker });
    expect(named(stacks, ids)).toEqual(after);
  });

  it('does nothing if the version is gone or belongs to another key (F54)', () => {
    const stacks = makeStacks('Enabled');
    const gone = stacks.put('k');
    stacks.deleteVersion('k', gone);
    const other = stacks.put('other');
    for (const versionId of [gone, other]) {
      expect(deleteVersion(stacks.store, stacks.bucket, 'k', versionId)).toEqual({ versionId, deleteMarker: false });
    }
    expect(stacks.history('other')).toEqual([other]);
  });
});

// F50
describe('the check of a version id', () => {
  const refusalOf = (stacks: Stacks, versionId: string | undefined) => {
    try {
      checkVersionId(stacks.store, stacks.bucket, versionId);
      return undefined;
    } catch (thrown) {
      return thrown instanceof S3Error ? { refusal: thrown.refusal, details: thrown.details } : thrown;
    }
  };

  it('accepts ids that were issued, even of removed versions and other keys, and that of the null version', () => {
    const stacks = makeStacks('Enabled');
    const gone = stacks.put('k');
    stacks.deleteVersion('k', gone);
    expect([undefined, gone, stacks.put('other'), 'null'].map((id) => refusalOf(stacks, id))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['', 'VersionIdEmpty', { ArgumentName: 'versionId' }],
    ['bad-vid', 'VersionIdInvalid', { ArgumentName: 'versionId', ArgumentValue: 'bad-vid' }],
    ['NULL', 'VersionIdInvalid', { ArgumentName: 'versionId', ArgumentValue: 'NULL' }],
  ])('refuses %j', (versionId, refusal, details) => {
    expect(refusalOf(makeStacks('Enabled'), versionId)).toEqual({ refusal, details });
  });

  it('refuses the id that the next write will get', () => {
    const stacks = makeStacks('Enabled');
    const next = new VersionIds('seed').writeId(stacks.store.sequence);
    expect(refusalOf(stacks, next)).toEqual({
      refusal: 'VersionIdInvalid',
      details: { ArgumentName: 'versionId', ArgumentValue: next },
    });
    expect(stacks.put('k')).toBe(next);
    expect(refusalOf(stacks, next)).toBeUndefined();
  });

  it('finds no null version by the number of its write, in no bucket', () => {
    const { store, bucket, put } = makeStacks(undefined);
    const { sequence } = store;
    put('k');
    const id = new VersionIds('seed').writeId(sequence);
    expect(findVersion(store, bucket, 'k', id)).toBeUndefined();
    const other = store.addBucket({ ...bucket, name: 'other' });
    expect([bucket, other].map((one) => whereIsVersion(store, one, id))).toEqual([gone, gone]);
  });
});

/** Makes a key with the stack from a table, newest first, in a bucket with versioning Enabled. */
function stackOf(before: readonly string[]): { stacks: Stacks; ids: Readonly<Record<string, string>> } {
  const stacks = makeStacks(undefined);
  const ids: Record<string, string> = {};
  for (const entry of before.toReversed()) {
    const name = entry.replace('marker ', '');
    stacks.setVersioning(name === 'null' ? 'Suspended' : 'Enabled');
    const id = entry.startsWith('marker') ? (stacks.delete('k') ?? '') : stacks.put('k');
    if (name !== 'null') ids[name] = id;
  }
  stacks.setVersioning('Enabled');
  return { stacks, ids };
}
