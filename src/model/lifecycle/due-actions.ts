import { lockedUntil } from '../object-lock';
import { isOpen, type Upload } from '../uploads/upload';
import { archives, storageClasses } from '../versions/content';
import { isObject, type ObjectVersion, type Version } from '../versions/version';
import {
  abortionOf,
  appliesTo,
  type Due,
  dueAfterDays,
  dueAt,
  type LifecycleConfiguration,
  type LifecycleRule,
  predicatesOf,
  subjectOf,
} from './rules';

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
  return configuration.Rules.flatMap((rule) =>
    rule.Status === 'Enabled'
      ? [...actionsOnCurrent(configuration, rule, stack), ...actionsOnNoncurrent(configuration, rule, stack)]
      : [],
  );
}

function actionsOnCurrent(
  configuration: LifecycleConfiguration,
  rule: LifecycleRule,
  [version, ...noncurrent]: readonly Version[],
): readonly VersionAction[] {
  if (!version || !appliesTo(rule, subjectOf(version))) return [];
  const { Expiration = {} } = rule;
  const at = dueAt(version.created, Expiration);
  if (isObject(version)) {
    const transitions = transitionsByAge(configuration, rule, version);
    return at === undefined ? transitions : [{ at, rule, kind: 'expire', version }, ...transitions];
  }
  // A delete marker is removed if no version is below it: at its own age, or at the next midnight.
  const due = Expiration.ExpiredObjectDeleteMarker ? version.created : at;
  return noncurrent.length > 0 || due === undefined ? [] : [{ at: due, rule, kind: 'remove', version }];
}

function transitionsByAge(
  configuration: LifecycleConfiguration,
  rule: LifecycleRule,
  version: ObjectVersion,
): readonly VersionAction[] {
  return (rule.Transitions ?? []).flatMap((transition) =>
    transitionAt(configuration, rule, version, dueAt(version.created, transition), transition.StorageClass),
  );
}

function actionsOnNoncurrent(
  configuration: LifecycleConfiguration,
  rule: LifecycleRule,
  stack: readonly Version[],
): readonly VersionAction[] {
  const { NoncurrentVersionExpiration = {}, NoncurrentVersionTransitions = [] } = rule;
  const { NoncurrentDays, NewerNoncurrentVersions = 0 } = NoncurrentVersionExpiration;
  const eachByItsAge = configuration.TransitionDefaultMinimumObjectSize === undefined;
  return stack.flatMap((version, index): readonly VersionAction[] => {
    const successor = stack[index - 1];
    if (!successor || !appliesTo(rule, subjectOf(version))) return [];
    // A version is noncurrent from the moment at which its successor was made.
    const since = successor.created;
    const removed = NoncurrentDays !== undefined && index > NewerNoncurrentVersions;
    const removal = removed ? removalAt(rule, version, dueAfterDays(since, NoncurrentDays)) : [];
    if (!isObject(version)) return removal;
    const transitions = NoncurrentVersionTransitions.flatMap(
      ({ NoncurrentDays: days = 0, NewerNoncurrentVersions: newer = 0, StorageClass }) =>
        index > newer ? transitionAt(configuration, rule, version, dueAfterDays(since, days), StorageClass) : [],
    );
    return [...removal, ...transitions, ...(eachByItsAge ? transitionsByAge(configuration, rule, version) : [])];
  });
}

/** A locked version is removed when its lock ends. */
function removalAt(rule: LifecycleRule, version: Version, due: number): readonly VersionAction[] {
  const at = Math.max(due, lockedUntil(version));
  return Number.isFinite(at) ? [{ at, rule, kind: 'remove', version }] : [];
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

function transitionAt(
  { TransitionDefaultMinimumObjectSize: least }: LifecycleConfiguration,
  rule: LifecycleRule,
  version: ObjectVersion,
  at: number | undefined,
  storageClass = '',
): readonly VersionAction[] {
  if (at === undefined || !maySink(version.content.storageClass, storageClass)) return [];
  const { greater, less } = predicatesOf(rule);
  // Sizes in a rule's filter replace the least size.
  const anySize =
    greater !== undefined ||
    less !== undefined ||
    least === undefined ||
    (archives.has(storageClass) && least === 'varies_by_storage_class');
  if (!anySize && version.content.body.length < leastSize) return [];
  return [{ at, rule, kind: 'transition', version, storageClass }];
}

/** The action that the rules have due for an upload. */
export function actionOnUpload(configuration: LifecycleConfiguration, upload: Upload): UploadAction | undefined {
  const due = isOpen(upload) ? abortionOf(configuration, upload) : undefined;
  return due && { ...due, kind: 'abort', upload };
}
