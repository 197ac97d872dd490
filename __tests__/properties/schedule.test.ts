import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { day } from '../../src/formats/durations';
import type { Bucket } from '../../src/model/bucket';
import { makeLifecycleSource } from '../../src/model/lifecycle/due-source';
import type { LifecycleRule } from '../../src/model/lifecycle/rules';
import { runDue, settle } from '../../src/model/schedule/settle';
import type { Store } from '../../src/model/store';
import { beginUpload } from '../../src/model/uploads/uploads';
import { deleteKey, putVersion, removeVersion } from '../../src/model/versions/writes';
import { planLifecycle } from '../../src/preset/plans';
import { archived, cleanUp, inDays, noncurrent } from '../support/lifecycle-scene';
import { runs } from '../support/runs';
import { makeStacks, plainContent } from '../support/stacks';
import { plainSettings } from '../support/upload-settings';

const old = { Key: 'old', Value: 'yes' };

const ruleSets: readonly (readonly Partial<LifecycleRule>[])[] = [
  [inDays(3), noncurrent(2, 1), cleanUp],
  [{ Filter: { Tag: old }, ...inDays(1) }, archived(1), { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } }],
  [
    { Filter: { Prefix: 'a' }, ...noncurrent(1) },
    { Filter: { Prefix: 'b' }, ...inDays(2) },
  ],
];

interface Scene {
  readonly store: Store;
  readonly bucket: Bucket;
  readonly key: string;
  readonly number: number;
}

function pick<Item>(items: Iterable<Item>, number: number): Item | undefined {
  const all = [...items];
  return all[number % all.length];
}

const changes: Readonly<Record<string, (scene: Scene) => void>> = {
  write({ store, bucket, key, number }) {
    const body = Buffer.alloc(number);
    const tags = number % 2 === 0 ? [] : [old];
    putVersion(store, bucket, { key, content: plainContent(store, body), tags, lock: undefined });
  },
  delete({ store, bucket, key }) {
    deleteKey(store, bucket, key);
  },
  'remove a version'({ bucket, key, number }) {
    const version = pick(bucket.versions.of(key), number);
    if (version) removeVersion(bucket, version);
  },
  tag({ bucket, key, number }) {
    const version = pick(bucket.versions.of(key), number);
    if (version) bucket.versions.replace({ ...version, tags: version.tags.length > 0 ? [] : [old] });
  },
  lock({ store, bucket, key, number }) {
    const [, version] = bucket.versions.of(key);
    const retention = { Mode: 'GOVERNANCE', until: store.clock.now() + number * day } as const;
    if (version) bucket.versions.replace({ ...version, lock: { retention, legalHold: undefined } });
  },
  'begin an upload'({ store, bucket, key }) {
    beginUpload(store, bucket, {
      id: store.ids.text('upload', 'abc', 8),
      key,
      initiator: { account: undefined, user: undefined, accessKeyId: undefined },
      ...plainSettings,
    });
  },
  'delete an upload'({ bucket, number }) {
    const id = pick(bucket.uploads.keys(), number);
    if (id !== undefined) bucket.uploads.delete(id);
  },
  'put rules'({ bucket, number }) {
    const rules = ruleSets[number % ruleSets.length] ?? [];
    const Rules = rules.map((rule, index) => ({ ID: `${index}`, Status: 'Enabled', Filter: {}, ...rule }) as const);
    bucket.change({ lifecycle: { Rules, TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' } });
  },
  'pass half days'({ store, number }) {
    store.clock.set(store.clock.now() + (number * day) / 2);
    settle(store);
  },
};

interface Step extends Pick<Scene, 'key' | 'number'> {
  readonly change: string;
  readonly after: 'keep' | 'undo' | 'restore';
}

const step: fc.Arbitrary<Step> = fc.record({
  change: fc.constantFrom(...Object.keys(changes)),
  key: fc.constantFrom('a', 'b/1', 'b/2'),
  number: fc.nat(4),
  after: fc.constantFrom('keep', 'keep', 'keep', 'undo', 'restore'),
});

function take(store: Store, { change, key, number, after }: Step): void {
  const [bucket] = store.buckets.values();
  if (!bucket) return;
  const act = () => changes[change]?.({ store, bucket, key, number });
  const before = store.snapshot();
  if (after !== 'undo') act();
  else
    expect(() =>
      store.transaction(() => {
        act();
        throw new RangeError('undone');
      }),
    ).toThrow(RangeError);
  if (after === 'restore') store.restore(before);
}

/** Runs lifecycle over no time: the times that it asks for are kept. */
function askForTimes(store: Store): void {
  const now = store.lifecycleDay * day;
  expect(runDue([makeLifecycleSource(store)], [...store.buckets.values()], { from: now, to: now })).toEqual([]);
}

/** The plan of a store in which no time is known: rules that only equal the ones before are others. */
function planAnew(store: Store) {
  const kept = store.snapshot();
  for (const bucket of store.buckets.values())
    if (bucket.lifecycle) bucket.change({ lifecycle: { ...bucket.lifecycle } });
  const plan = planLifecycle(store);
  store.restore(kept);
  return plan;
}

it('the times that are kept between changes are those that would be found anew', () => {
  void fc.assert(
    fc.property(fc.nat(2), fc.array(step, { minLength: 8, maxLength: 30 }), (rules, steps) => {
      const { store } = makeStacks('Enabled');
      store.clock.set(Date.UTC(2026, 0, 15, 10, 30));
      settle(store);
      take(store, { change: 'put rules', key: 'a', number: rules, after: 'keep' });
      for (const one of steps) {
        take(store, one);
        expect(planLifecycle(store)).toEqual(planAnew(store));
        askForTimes(store);
      }
    }),
    runs(150),
  );
});
