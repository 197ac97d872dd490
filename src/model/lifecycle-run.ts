import type { Bucket } from './bucket';
import { nextMidnight } from './lifecycle';
import { actionsOfStack, actionsOnUploads, type LifecycleAction } from './lifecycle-actions';
import { deleteKey } from './objects';
import type { Store } from './store';
import { isObject, type Version } from './version';
import { newest } from './version-stacks';

/** What lifecycle did, or will do, at a midnight. */
export interface LifecycleDeed {
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds since 1970: a midnight UTC. */
  readonly at: number;
  readonly rule: string;
  readonly action: LifecycleAction;
}

/**
 * Does what is due in a bucket at the midnights after one moment and up to another, each midnight's deeds in the order of keys, as
 * they would be done if it were looked at day by day (F114).
 */
export function runLifecycle(store: Store, bucket: Bucket, from: number, to: number): readonly LifecycleDeed[] {
  const deeds: LifecycleDeed[] = [];
  let midnight = nextMidnight(from);
  let actions = dueActions(bucket);
  while (midnight <= to) {
    const due = actions.filter(({ at }) => at <= midnight);
    if (due.length === 0) {
      const soonest = Math.min(...actions.map(({ at }) => at));
      // Nothing changes before the next action is due, so the midnights until then are passed over.
      midnight = Math.max(
        nextMidnight(midnight),
        Number.isFinite(soonest) ? nextMidnight(soonest - 1) : Number.POSITIVE_INFINITY,
      );
      continue;
    }
    for (const action of decide(due)) {
      carryOut(store, bucket, action, midnight);
      deeds.push(deedOf(bucket, action, midnight));
    }
    midnight = nextMidnight(midnight);
    actions = dueActions(bucket);
  }
  return deeds;
}

/** What the rules of a bucket have due, whatever the hour. */
export function dueActions(bucket: Bucket): readonly LifecycleAction[] {
  const { lifecycle } = bucket;
  if (!lifecycle) return [];
  return [...stacksOf(bucket)]
    .flatMap((stack) => actionsOfStack(lifecycle, stack))
    .concat(actionsOnUploads(lifecycle, bucket));
}

function* stacksOf({ versions }: Bucket): Generator<readonly Version[]> {
  let stack: Version[] = [];
  for (const version of versions.from({ order: '', sequence: newest })) {
    if (stack[0] && stack[0].order !== version.order) {
      yield stack;
      stack = [];
    }
    stack.push(version);
  }
  if (stack.length > 0) yield stack;
}

/** One action a version: a removal before a transition, and of transitions the farthest down. */
function decide(due: readonly LifecycleAction[]): readonly LifecycleAction[] {
  const chosen = new Map<unknown, LifecycleAction>();
  for (const action of due) {
    const subject = action.kind === 'abort' ? action.upload.id : action.version.sequence;
    const before = chosen.get(subject);
    if (before === undefined || weight(action) > weight(before)) chosen.set(subject, action);
  }
  return [...chosen.values()];
}

const depths = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
];

function weight(action: LifecycleAction): number {
  return action.kind === 'transition' ? depths.indexOf(action.storageClass) : 100;
}

function carryOut(store: Store, bucket: Bucket, action: LifecycleAction, at: number): void {
  switch (action.kind) {
    case 'expire':
      // In a bucket with versioning this leaves a delete marker, and takes nothing but a null version that is in its way.
      deleteKey(store, bucket, action.version.key, at);
      return;
    case 'remove':
      bucket.versions.remove(action.version);
      return;
    case 'transition':
      if (isObject(action.version)) {
        bucket.versions.replace({
          ...action.version,
          content: { ...action.version.content, storageClass: action.storageClass },
        });
      }
      return;
    case 'abort':
      bucket.uploads.delete(action.upload.id);
  }
}

function deedOf(bucket: Bucket, action: LifecycleAction, at: number): LifecycleDeed {
  const key = action.kind === 'abort' ? action.upload.key : action.version.key;
  return { bucket: bucket.name, key, at, rule: action.rule.ID, action };
}
