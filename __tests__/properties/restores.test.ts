import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { aws } from '../../src/dialects';
import { day, hour } from '../../src/formats/durations';
import type { RestoreTier } from '../../src/model/archives/archive-state';
import { restoreVersion } from '../../src/model/archives/restore';
import { noteAccess } from '../../src/model/archives/tiering';
import type { Bucket } from '../../src/model/bucket';
import type { LifecycleRule } from '../../src/model/lifecycle/rules';
import type { ServiceAction } from '../../src/model/schedule/service-action';
import { settle } from '../../src/model/schedule/settle';
import type { Store } from '../../src/model/store';
import { isObject, type ObjectVersion } from '../../src/model/versions/version';
import { deleteKey, putVersion, removeVersion } from '../../src/model/versions/writes';
import { areAllRuns, runs } from '../support/runs';
import { makeStacks, plainContent } from '../support/stacks';
import { refusalThrownBy } from '../support/thrown';

const start = Date.UTC(2026, 0, 15, 10, 30);
const classes = ['GLACIER', 'DEEP_ARCHIVE', 'INTELLIGENT_TIERING', 'STANDARD'] as const;
const tiers = ['Expedited', 'Standard', 'Bulk', undefined] as const;

const rules: readonly (readonly Partial<LifecycleRule>[])[] = [
  [],
  [{ NoncurrentVersionExpiration: { NoncurrentDays: 3 } }],
  [{ Transitions: [{ Days: 2, StorageClass: 'DEEP_ARCHIVE' }], Expiration: { Days: 200 } }],
];

interface Step {
  readonly act: 'put' | 'restore' | 'delete' | 'remove' | 'read';
  readonly key: string;
  readonly number: number;
  readonly tier: RestoreTier | undefined;
  /** The milliseconds that pass before it, in pieces. */
  readonly pieces: readonly number[];
}

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('put', 'restore', 'restore', 'restore', 'delete', 'remove', 'read'),
  key: fc.constantFrom('a', 'b'),
  number: fc.nat(7),
  tier: fc.constantFrom(...tiers),
  pieces: fc.array(fc.constantFrom(1, 299_999, 300_000, hour, 5 * hour, 13 * hour, day, 3 * day + 7, 40 * day), {
    minLength: 1,
    maxLength: 4,
  }),
});

/** A store in which the clock stops at each piece of time, or only at the end of each step. */
class Scene {
  readonly store: Store;
  readonly bucket: Bucket;
  readonly done: ServiceAction[] = [];

  constructor(number: number) {
    const { store, bucket } = makeStacks('Enabled');
    this.store = store;
    this.bucket = bucket;
    const Rules = (rules[number % rules.length] ?? []).map((rule, index) => {
      return { ID: `${index}`, Status: 'Enabled', Filter: {}, ...rule } as const;
    });
    store.clock.set(start);
    this.settle();
    bucket.change({
      ...(Rules.length > 0 && { lifecycle: { Rules, TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' } }),
      intelligentTiering: [
        {
          Id: 'cold',
          Status: 'Enabled',
          Tierings: [
            { AccessTier: 'ARCHIVE_ACCESS', Days: 90 },
            { AccessTier: 'DEEP_ARCHIVE_ACCESS', Days: 180 },
          ],
        },
      ],
    });
  }

  settle(): void {
    this.done.push(...settle(this.store));
  }

  pass(milliseconds: number): void {
    this.store.clock.advance({ milliseconds });
    this.settle();
  }

  /** Whether it was refused counts, not the words. */
  act({ act, key, number, tier }: Step): string {
    const { store, bucket } = this;
    const version = this.#pick(key, number);
    if (act === 'put') {
      const content = plainContent(store, large, classes[number % 4]);
      putVersion(store, bucket, { key, content, tags: [], lock: undefined });
    } else if (act === 'delete') deleteKey(store, bucket, key);
    else if (version === undefined) return 'no version';
    else if (act === 'remove') removeVersion(bucket, version);
    else if (act === 'read') noteAccess(bucket, version, store.clock.now());
    else return this.#restore(version, number, tier);
    return 'done';
  }

  #restore(version: ObjectVersion, number: number, tier: RestoreTier | undefined): string {
    const isTiered = version.content.storageClass === 'INTELLIGENT_TIERING';
    const wish = { tier, days: isTiered ? undefined : (number % 3) + 1 };
    let isOngoing = false;
    const refusal = refusalThrownBy(() => {
      isOngoing = restoreVersion(this.store, this.bucket, version, wish, aws.restores);
    });
    return refusal?.refusal ?? (isOngoing ? 'ongoing' : 'there');
  }

  #pick(key: string, number: number): ObjectVersion | undefined {
    const all = [...this.bucket.versions.of(key)].filter(isObject);
    return all[number % all.length];
  }

  picture() {
    const { versions } = this.bucket;
    return ['a', 'b'].map((key) =>
      [...versions.of(key)].map(({ restore, accessTier, accessed, content, sequence }) => {
        return { sequence, restore, accessTier, accessed, storageClass: content?.storageClass };
      }),
    );
  }
}

// Intelligent-Tiering moves no smaller objects.
const large = Buffer.alloc(128 * 1024);

it('a jump of the clock has the same restores, tiers and actions as its steps', () => {
  const seen = new Set<string>();
  void fc.assert(
    fc.property(fc.nat(2), fc.array(step, { minLength: 6, maxLength: 30 }), (number, steps) => {
      const [slow, fast] = [new Scene(number), new Scene(number)];
      for (const one of steps) {
        for (const piece of one.pieces) slow.pass(piece);
        fast.pass(one.pieces.reduce((total, piece) => total + piece, 0));
        const before = slow.act(one);
        expect(fast.act(one)).toBe(before);
        seen.add(before);
      }
      expect(fast.picture()).toEqual(slow.picture());
      expect(fast.done).toEqual(slow.done);
      for (const { action } of slow.done) seen.add(action);
    }),
    { ...runs(300), seed: 1 },
  );
  // The histories reach what the property is about.
  const rare = ['ongoing', 'there', 'RestoreOngoing', 'restore', 'discard', 'archive', 'transition', 'remove'];
  if (areAllRuns) expect([...seen]).toEqual(expect.arrayContaining(rare));
});

it('a restore whose request is undone leaves nothing due', () => {
  const { store, bucket } = new Scene(0);
  const content = plainContent(store, large, 'GLACIER');
  const version = putVersion(store, bucket, { key: 'a', content, tags: [], lock: undefined });
  expect(() =>
    store.transaction(() => {
      restoreVersion(store, bucket, version, { days: 1, tier: undefined }, aws.restores);
      throw new RangeError('undone');
    }),
  ).toThrow(RangeError);
  store.clock.advance({ days: 5 });
  const actions = settle(store);
  expect({ actions, restore: bucket.versions.current('a')?.restore }).toEqual({ actions: [], restore: undefined });
});
