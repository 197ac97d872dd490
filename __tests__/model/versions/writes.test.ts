import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { VersioningStatus } from '../../../src/model/versioning';
import { VersionIds } from '../../../src/model/versions/version-id';
import { checkVersionId, findVersion } from '../../../src/model/versions/version-lookup';
import { deleteKey, deleteVersion } from '../../../src/model/versions/writes';
import { S3Error } from '../../../src/refusals/s3-error';
import { makeStacks, type Stacks } from '../../support/stacks';

/** Replaces the names in a table's stack with ids: `v1` and `d2` are the ids that the steps got. */
function named(stacks: Stacks, ids: Readonly<Record<string, string>>, key = 'k'): readonly string[] {
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  return stacks
    .history(key)
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

// Recorded: localstack, test_delete_object_versioned, test_put_object_on_suspended_bucket; ceph s3-tests, test_versioning_obj_plain_null_version_*
describe('a worked scenario', () => {
  it('A: deletes and their markers while Enabled', () => {
    const stacks = makeStacks('Enabled');
    const v1 = stacks.put('k');
    const d2 = stacks.delete('k') ?? '';
    expect(named(stacks, { v1, d2 })).toEqual(['marker d2', 'v1']);
    const d3 = stacks.delete('k') ?? '';
    expect(named(stacks, { v1, d2, d3 })).toEqual(['marker d3', 'marker d2', 'v1']);
    expect(stacks.deleteVersion('k', d2)).toBe(true);
    expect(named(stacks, { v1, d3 })).toEqual(['marker d3', 'v1']);
    expect(stacks.deleteVersion('k', v1)).toBe(false);
    expect(named(stacks, { d3 })).toEqual(['marker d3']);
    const d4 = stacks.delete('other') ?? '';
    expect(named(stacks, { d4 }, 'other')).toEqual(['marker d4']);
    expect(stacks.bucket.versions.size).toBe(2);
  });

  it('B: Enabled, then Suspended', () => {
    const stacks = makeStacks('Enabled');
    const ids = { v1: stacks.put('k'), v2: stacks.put('k') };
    stacks.setVersioning('Suspended');
    expect(named(stacks, ids)).toEqual(['v2', 'v1']);
    expect(stacks.delete('k')).toBe('null');
    expect(named(stacks, ids)).toEqual(['marker null', 'v2', 'v1']);
    expect(stacks.put('k', 'first')).toBe('null');
    expect(named(stacks, ids)).toEqual(['null', 'v2', 'v1']);
    expect(stacks.put('k', 'second')).toBe('null');
    expect(named(stacks, ids)).toEqual(['null', 'v2', 'v1']);
    expect(stacks.bucket.versions.currentObject('k')?.content.body.toString()).toBe('second');
    expect(stacks.delete('k')).toBe('null');
    expect(stacks.delete('k')).toBe('null');
    expect(named(stacks, ids)).toEqual(['marker null', 'v2', 'v1']);
    expect(stacks.deleteVersion('k', 'null')).toBe(true);
    expect(named(stacks, ids)).toEqual(['v2', 'v1']);
  });

  it('C: an object from before versioning', () => {
    const stacks = makeStacks(undefined);
    stacks.put('k');
    stacks.setVersioning('Enabled');
    expect(stacks.history('k')).toEqual(['null']);
    const v1 = stacks.put('k');
    expect(named(stacks, { v1 })).toEqual(['v1', 'null']);
    expect(stacks.deleteVersion('k', v1)).toBe(false);
    expect(stacks.history('k')).toEqual(['null']);
    expect(stacks.deleteVersion('k', 'null')).toBe(false);
    expect(stacks.history('k')).toEqual([]);
    expect(stacks.bucket.versions.size).toBe(0);
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
    const next = new VersionIds('seed').idOf(stacks.store.sequence);
    expect(refusalOf(stacks, next)).toEqual({
      refusal: 'VersionIdInvalid',
      details: { ArgumentName: 'versionId', ArgumentValue: next },
    });
    expect(stacks.put('k')).toBe(next);
    expect(refusalOf(stacks, next)).toBeUndefined();
  });

  it('finds no null version by the number of its write', () => {
    const stacks = makeStacks(undefined);
    const sequence = stacks.store.sequence;
    stacks.put('k');
    expect(findVersion(stacks.store, stacks.bucket, 'k', new VersionIds('seed').idOf(sequence))).toBeUndefined();
  });
});

type Step =
  | { readonly kind: 'put' | 'delete'; readonly key: string }
  | { readonly kind: 'deleteVersion'; readonly key: string; readonly index: number }
  | { readonly kind: 'versioning'; readonly status: VersioningStatus };

const keys = fc.constantFrom('a', 'b', 'b/c');
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), key: keys }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), key: keys }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('deleteVersion' as const), key: keys, index: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('versioning' as const),
      status: fc.constantFrom('Enabled' as const, 'Suspended' as const),
    }),
  },
);

/** The versions that S3's documentation describes, as plain arrays: newest first, each entry with its id and kind. */
class NaiveBucket {
  readonly #stacks = new Map<string, { readonly id: string; readonly marker: boolean }[]>();
  status: VersioningStatus | undefined;

  history(key: string): readonly string[] {
    return this.#of(key).map(({ id, marker }) => (marker ? `marker ${id}` : id));
  }

  idAt(key: string, index: number): string | undefined {
    return this.#of(key)[index]?.id;
  }

  push(key: string, id: string, marker: boolean): void {
    if (id === 'null') this.take(key, 'null');
    this.#stacks.set(key, [{ id, marker }, ...this.#of(key)]);
  }

  take(key: string, id: string): void {
    this.#stacks.set(
      key,
      this.#of(key).filter((entry) => entry.id !== id),
    );
  }

  #of(key: string) {
    return this.#stacks.get(key) ?? [];
  }
}

function play(stacks: Stacks, naive: NaiveBucket, step: Step): void {
  switch (step.kind) {
    case 'versioning':
      stacks.setVersioning(step.status);
      naive.status = step.status;
      return;
    case 'put': {
      const id = stacks.put(step.key);
      expect(id === 'null').toBe(naive.status !== 'Enabled');
      naive.push(step.key, id, false);
      return;
    }
    case 'delete': {
      const id = stacks.delete(step.key);
      expect(id === undefined).toBe(naive.status === undefined);
      if (id === undefined) naive.take(step.key, 'null');
      else naive.push(step.key, id, true);
      return;
    }
    case 'deleteVersion': {
      const id = naive.idAt(step.key, step.index) ?? 'null';
      stacks.deleteVersion(step.key, id);
      naive.take(step.key, id);
    }
  }
}

it('a stack agrees with plain arrays on any history, and on any of its snapshots', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 40 }), fc.nat(40), (history, snapshotAt) => {
      const stacks = makeStacks(undefined);
      const naive = new NaiveBucket();
      let kept = { copy: stacks.bucket.copy(), told: ['a', 'b', 'b/c'].map((key) => naive.history(key)) };
      for (const [index, step] of history.entries()) {
        if (index === snapshotAt)
          kept = { copy: stacks.bucket.copy(), told: ['a', 'b', 'b/c'].map((key) => naive.history(key)) };
        play(stacks, naive, step);
        for (const key of ['a', 'b', 'b/c']) {
          expect(stacks.history(key)).toEqual(naive.history(key));
          const nullVersion = stacks.bucket.versions.nullVersion(key);
          expect(nullVersion !== undefined).toBe(naive.history(key).some((entry) => entry.endsWith('null')));
          expect(nullVersion && stacks.idOf(nullVersion)).toBe(nullVersion && 'null');
        }
      }
      const copied = { ...stacks, bucket: kept.copy };
      const told = ['a', 'b', 'b/c'].map((key) => [...copied.bucket.versions.of(key)].length);
      expect(told).toEqual(kept.told.map((entries) => entries.length));
    }),
    { numRuns: 300 },
  );
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
