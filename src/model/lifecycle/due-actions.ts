import { lockedUntil } from '../object-lock';
import { protectedUntil } from '../protection';
import { isOpen, type Upload } from '../uploads/upload';
import { archives, storageClasses } from '../versions/content';
import { isObject, type ObjectVersion, type Version } from '../versions/version';
import { candidatesFor, type IndexedRule } from './rule-index';
import { dueAfterDays, dueAt, type LifecycleConfiguration, type LifecycleRule, meets, subjectOf } from './rules';
import { abortionOf, type Due } from './soonest';

/** An action that a rule has due for a version, and its time. */
export type VersionAction = Due &
  (
    | { readonly kind: 'expire'; readonly version: ObjectVersion }
    | { readonly kind: 'remove'; readonly version: Version }
    | { readonly kind: 'transition'; readonly version: ObjectVersion; readonly storageClass: string }
  );

/** An action that a rule has due for an upload, and its time. */
export type UploadAction = Due & { readonly kind: 'abort'; readonly upload: Upload };

/** All actions that the rules have due for a key, now or later; `stack` is newest first (F113). */
export function actionsOfStack(
  configuration: LifecycleConfiguration,
  stack: readonly Version[],
): readonly VersionAction[] {
  const [current, below] = stack;
  if (!current) return [];
  const tags = below ? stack.flatMap((version) => version.tags) : current.tags;
  // One list for all: it is asked for each key of a bucket.
  const actions: VersionAction[] = [];
  for (const rule of candidatesFor(configuration, current.key, tags)) {
    if (meets(subjectOf(current), rule.predicates)) addActionsOnCurrent(actions, configuration, rule, current, below);
    if (below) addActionsOnNoncurrent(actions, configuration, rule, stack);
  }
  return actions;
}

function addActionsOnCurrent(
  actions: VersionAction[],
  configuration: LifecycleConfiguration,
  indexed: IndexedRule,
  version: Version,
  below: Version | undefined,
): void {
  const { rule } = indexed;
  const at = rule.Expiration && dueAt(version.created, rule.Expiration);
  if (isObject(version)) {
    if (at !== undefined) addExpiration(actions, rule, version, at);
    addTransitionsByAge(actions, configuration, indexed, version);
    return;
  }
  // A delete marker is removed if no version is below it: at its own age, or at the next midnight.
  const due = rule.Expiration?.ExpiredObjectDeleteMarker ? version.created : at;
  if (!below && due !== undefined) actions.push({ at: due, rule, kind: 'remove', version });
}

/** IBM COS expires a protected object when its retention ends, and not while it has legal holds (F829). */
function addExpiration(actions: VersionAction[], rule: LifecycleRule, version: ObjectVersion, due: number): void {
  const at = Math.max(due, protectedUntil(version));
  if (Number.isFinite(at)) actions.push({ at, rule, kind: 'expire', version });
}

function addTransitionsByAge(
  actions: VersionAction[],
  configuration: LifecycleConfiguration,
  indexed: IndexedRule,
  version: ObjectVersion,
): void {
  for (const transition of indexed.rule.Transitions ?? [])
    addTransition(actions, configuration, indexed, version, {
      at: dueAt(version.created, transition),
      storageClass: transition.StorageClass,
    });
}

function addActionsOnNoncurrent(
  actions: VersionAction[],
  configuration: LifecycleConfiguration,
  indexed: IndexedRule,
  stack: readonly Version[],
): void {
  const { rule, predicates } = indexed;
  const { NoncurrentVersionExpiration = {}, NoncurrentVersionTransitions = [] } = rule;
  const { NoncurrentDays, NewerNoncurrentVersions = 0 } = NoncurrentVersionExpiration;
  const eachByItsAge = configuration.TransitionDefaultMinimumObjectSize === undefined;
  for (const [index, version] of stack.entries()) {
    const successor = stack[index - 1];
    if (!successor || !meets(subjectOf(version), predicates)) continue;
    // A version is noncurrent from the moment at which its successor was made.
    const since = successor.created;
    if (NoncurrentDays !== undefined && index > NewerNoncurrentVersions)
      addRemoval(actions, rule, version, dueAfterDays(since, NoncurrentDays));
    if (!isObject(version)) continue;
    for (const {
      NoncurrentDays: days = 0,
      NewerNoncurrentVersions: newer = 0,
      StorageClass,
    } of NoncurrentVersionTransitions)
      if (index > newer)
        addTransition(actions, configuration, indexed, version, {
          at: dueAfterDays(since, days),
          storageClass: StorageClass,
        });
    if (eachByItsAge) addTransitionsByAge(actions, configuration, indexed, version);
  }
}

/** A locked version is removed when its lock ends. */
function addRemoval(actions: VersionAction[], rule: LifecycleRule, version: Version, due: number): void {
  const at = Math.max(due, lockedUntil(version));
  if (Number.isFinite(at)) actions.push({ at, rule, kind: 'remove', version });
}

/** The storage classes of both services, the warmest first. Transitions only lead to colder ones. */
const classes = storageClasses.toSpliced(storageClasses.indexOf('GLACIER'), 0, 'ACCELERATED');

/** The rank of a storage class: the colder of two has the greater number. */
export function coldness(storageClass: string): number {
  return classes.indexOf(storageClass);
}

// User Guide, "Transitioning objects using Amazon S3 Lifecycle": each class leads to colder ones, except for this pair.
function maySink(from: string, to: string): boolean {
  return coldness(to) > coldness(from) && !(from === 'ONEZONE_IA' && to === 'GLACIER_IR');
}

const leastSize = 128 * 1024;

function addTransition(
  actions: VersionAction[],
  { TransitionDefaultMinimumObjectSize: least }: LifecycleConfiguration,
  { rule, predicates }: IndexedRule,
  version: ObjectVersion,
  { at, storageClass = '' }: { readonly at: number | undefined; readonly storageClass: string | undefined },
): void {
  if (at === undefined || !maySink(version.content.storageClass, storageClass)) return;
  const { greater, less } = predicates;
  // Sizes in a rule's filter replace the least size.
  const anySize =
    greater !== undefined ||
    less !== undefined ||
    least === undefined ||
    (archives.has(storageClass) && least === 'varies_by_storage_class');
  if (anySize || version.content.body.length >= leastSize)
    actions.push({ at, rule, kind: 'transition', version, storageClass });
}

/** The action that the rules have due for an upload. */
export function actionOnUpload(configuration: LifecycleConfiguration, upload: Upload): UploadAction | undefined {
  const due = isOpen(upload) ? abortionOf(configuration, upload) : undefined;
  return due && { ...due, kind: 'abort', upload };
}
