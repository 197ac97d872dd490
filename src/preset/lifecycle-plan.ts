import { day } from '../formats/durations';
import type { Bucket } from '../model/bucket';
import { readMoment } from '../model/clock';
import { type LifecycleAction, runLifecycle } from '../model/lifecycle/run';
import type { Store } from '../model/store';
import { checkMembers } from '../text/members';

/** What a lifecycle rule will do. */
export interface PlannedAction {
  /** The bucket's name. */
  readonly bucket: string;
  /** The object's key. */
  readonly key: string;
  /** The version it will be done to; `undefined` where that is an upload. */
  readonly versionId: string | undefined;
  /** In a bucket with versioning a version that expires stays, below a delete marker; one that is removed is gone. */
  readonly action: 'expire' | 'remove' | 'transition' | 'abort';
  /** A midnight UTC. */
  readonly at: Date;
  /** The id of the rule. */
  readonly rule: string;
  /** The upload that will be aborted. */
  readonly uploadId?: string;
  /** The storage class that a transition leads to. */
  readonly storageClass?: string;
}

/** What lifecycle will do as things stand, soonest first. It is done on copies, so that nothing changes. */
export function planLifecycle(
  store: Store,
  options: { readonly until?: Date | number | string | undefined } = {},
): readonly PlannedAction[] {
  checkMembers('lifecycle.plan', options, ['until']);
  const until = options.until === undefined ? Number.POSITIVE_INFINITY : readMoment(options.until);
  return Object.freeze(lookAhead(store, [...store.buckets.values()], until).map(planned));
}

/** When the versions of a bucket end, in words, each by its key and id: `expires on 2026-02-03`. */
export function endsOf(store: Store, bucket: Bucket): (key: string, versionId: string) => string | undefined {
  const ends = new Map<string, string>();
  for (const { action, key, versionId, at } of lookAhead(store, [bucket], Number.POSITIVE_INFINITY)) {
    const name = `${versionId}\n${key}`;
    if (action === 'transition' || action === 'abort' || ends.has(name)) continue;
    const date = new Date(at).toISOString().slice(0, 10);
    ends.set(name, `${action === 'expire' ? 'expires' : 'removed'} on ${date}`);
  }
  return (key, versionId) => ends.get(`${versionId}\n${key}`);
}

function lookAhead(store: Store, buckets: readonly Bucket[], until: number): readonly LifecycleAction[] {
  const { clock, versionIds } = store;
  let { sequence } = store;
  const copies = {
    buckets: new Map(buckets.filter(({ lifecycle }) => lifecycle).map((bucket) => [bucket.name, bucket.copy()])),
    clock,
    versionIds,
    nextSequence() {
      sequence += 1;
      return sequence - 1;
    },
  };
  return runLifecycle(copies, store.lifecycleDay * day, until);
}

function planned(done: LifecycleAction): PlannedAction {
  const { bucket, key, versionId, action, at, rule, uploadId, storageClass } = done;
  return Object.freeze({
    bucket,
    key,
    versionId,
    action,
    at: new Date(at),
    rule,
    ...(uploadId !== undefined && { uploadId }),
    ...(storageClass !== undefined && { storageClass }),
  });
}
