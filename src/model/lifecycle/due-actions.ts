import { intelligentTiering } from '../archives/restore';
import type { FilterSubject, Selection } from '../configurations/filters';
import { lockedUntil } from '../object-lock';
import { protectedUntil } from '../protection';
import { never } from '../schedule/due-times';
import { isOpen, type Upload } from '../uploads/upload';
import { archiveStorageClasses, storageClasses } from '../versions/content';
import { isObject, type ObjectVersion, type Version } from '../versions/version';
import { findRuleIndex, type IndexedRule } from './rule-index';
import {
  dueAfterDays,
  dueAt,
  type LifecycleConfiguration,
  type LifecycleRule,
  type LifecycleTransition,
  makeFilterSubject,
} from './rules';

interface Due {
  readonly at: number;
  readonly rule: LifecycleRule;
}

export type VersionAction = Due &
  (
    | { readonly kind: 'expire'; readonly version: ObjectVersion }
    | { readonly kind: 'remove'; readonly version: Version }
    | { readonly kind: 'transition'; readonly version: ObjectVersion; readonly storageClass: string }
  );

export type UploadAction = Due & { readonly kind: 'abort'; readonly upload: Upload };

interface ActionListener {
  expire(at: number, rule: LifecycleRule, version: ObjectVersion): void;
  remove(at: number, rule: LifecycleRule, version: Version): void;
  transition(at: number, rule: LifecycleRule, version: ObjectVersion, storageClass: string): void;
}

/** Now or later; `stack` is newest first (F113). */
export function listActions(
  configuration: LifecycleConfiguration,
  stack: readonly Version[],
): readonly VersionAction[] {
  const actions: VersionAction[] = [];
  const list: ActionListener = {
    expire: (at, rule, version) => actions.push({ at, rule, kind: 'expire', version }),
    remove: (at, rule, version) => actions.push({ at, rule, kind: 'remove', version }),
    transition: (at, rule, version, storageClass) =>
      actions.push({ at, rule, kind: 'transition', version, storageClass }),
  };
  findActions(list, configuration, stack);
  return actions;
}

/** Finds the soonest moment at which something is due for a key. Most keys need only this, so no action is made for them. */
export function findSoonest(configuration: LifecycleConfiguration, stack: readonly Version[]): number {
  let soonest = never;
  const note = (at: number) => {
    soonest = Math.min(soonest, at);
  };
  findActions({ expire: note, remove: note, transition: note }, configuration, stack);
  return soonest;
}

function findActions(listener: ActionListener, configuration: LifecycleConfiguration, stack: readonly Version[]): void {
  const [current, below] = stack;
  if (!current) return;
  for (const rule of findRuleIndex(configuration).candidates(current.key, stack)) {
    if (isFor(rule, current) && !isHeld(configuration, current))
      findActionsOnCurrent(listener, configuration, rule, current, below);
    if (below) findActionsOnNoncurrent(listener, configuration, rule, stack);
  }
}

function isFor({ isSelective, selection }: IndexedRule, version: Version): boolean {
  return !isSelective || selection.selects(makeFilterSubject(version));
}

/**
 * S3 leaves a version alone until it was copied to the destinations of its replication rules. It also leaves a version alone that it failed
 * to copy (F872).
 */
function isHeld(configuration: LifecycleConfiguration, { replication }: Version): boolean {
  const isUncopied = replication?.status === 'PENDING' || replication?.status === 'FAILED';
  return isUncopied && !isOfCos(configuration);
}

function isOfCos({ TransitionDefaultMinimumObjectSize }: LifecycleConfiguration): boolean {
  return TransitionDefaultMinimumObjectSize === undefined;
}

function findActionsOnCurrent(
  listener: ActionListener,
  configuration: LifecycleConfiguration,
  indexed: IndexedRule,
  version: Version,
  below: Version | undefined,
): void {
  const { rule, expiration } = indexed;
  const at = expiration && dueAt(version.created, expiration);
  if (isObject(version)) {
    if (at !== undefined) findExpiration(listener, rule, version, at);
    findTransitionsByAge(listener, configuration, indexed, version);
    return;
  }
  // A delete marker is removed if no version is below it: at its own age, or at the next midnight.
  const due = expiration?.ExpiredObjectDeleteMarker ? version.created : at;
  if (!below && due !== undefined) listener.remove(due, rule, version);
}

/** IBM COS expires a protected object when its retention ends, and not while it has legal holds (F829). */
function findExpiration(listener: ActionListener, rule: LifecycleRule, version: ObjectVersion, due: number): void {
  const at = Math.max(due, protectedUntil(version));
  if (Number.isFinite(at)) listener.expire(at, rule, version);
}

function findTransitionsByAge(
  listener: ActionListener,
  configuration: LifecycleConfiguration,
  indexed: IndexedRule,
  version: ObjectVersion,
): void {
  for (const transition of indexed.transitions)
    findTransition(listener, configuration, indexed, version, transition, dueAt(version.created, transition));
}

function findActionsOnNoncurrent(
  listener: ActionListener,
  configuration: LifecycleConfiguration,
  indexed: IndexedRule,
  stack: readonly Version[],
): void {
  const { rule, noncurrentExpiration = {}, noncurrentTransitions } = indexed;
  const { NoncurrentDays, NewerNoncurrentVersions = 0 } = noncurrentExpiration;
  const eachByItsAge = isOfCos(configuration);
  for (const [index, version] of stack.entries()) {
    const successor = stack[index - 1];
    if (!successor || !isFor(indexed, version) || isHeld(configuration, version)) continue;
    // A version is noncurrent from the moment at which its successor was made.
    const since = successor.created;
    if (NoncurrentDays !== undefined && index > NewerNoncurrentVersions)
      findRemoval(listener, rule, version, dueAfterDays(since, NoncurrentDays));
    if (!isObject(version)) continue;
    for (const transition of noncurrentTransitions) {
      const { NoncurrentDays: days = 0, NewerNoncurrentVersions: newer = 0 } = transition;
      if (index > newer)
        findTransition(listener, configuration, indexed, version, transition, dueAfterDays(since, days));
    }
    if (eachByItsAge) findTransitionsByAge(listener, configuration, indexed, version);
  }
}

function findRemoval(listener: ActionListener, rule: LifecycleRule, version: Version, due: number): void {
  const at = Math.max(due, lockedUntil(version));
  if (Number.isFinite(at)) listener.remove(at, rule, version);
}

/** The classes, the warmest first. Transitions only lead to colder classes. */
const classes = storageClasses.toSpliced(storageClasses.indexOf('GLACIER'), 0, 'ACCELERATED');

export function coldness(storageClass: string): number {
  return classes.indexOf(storageClass);
}

// User Guide, "Transitioning objects using Amazon S3 Lifecycle": each class leads to colder ones, except for this pair.
function maySink(from: string, to: string): boolean {
  return coldness(to) > coldness(from) && !(from === 'ONEZONE_IA' && to === 'GLACIER_IR');
}

/**
 * Whether a transition is left out: what was due when S3 chose INTELLIGENT_TIERING before it is not done later either, while a rule names
 * that class (F114).
 */
function isOutdone({ Rules }: LifecycleConfiguration, { content, moved = 0 }: ObjectVersion, goal: string, at: number) {
  if (content.storageClass !== intelligentTiering || archiveStorageClasses.has(goal) || at > moved) return false;
  return Rules.some(({ Transitions = [], NoncurrentVersionTransitions = [] }) =>
    [...Transitions, ...NoncurrentVersionTransitions].some(({ StorageClass }) => StorageClass === intelligentTiering),
  );
}

/** 128 KB. S3 moves smaller objects only if a rule or the configuration says so. */
export const leastSize = 128 * 1024;

/** Whether a rule moves objects of any size that its filter selects to a storage class. */
export function movesAnySize(
  { TransitionDefaultMinimumObjectSize: least }: Pick<LifecycleConfiguration, 'TransitionDefaultMinimumObjectSize'>,
  { written }: Pick<Selection, 'written'>,
  storageClass: string,
): boolean {
  // Sizes in a rule's filter replace the least size.
  if (written.ObjectSizeGreaterThan !== undefined || written.ObjectSizeLessThan !== undefined) return true;
  return least === undefined || (archiveStorageClasses.has(storageClass) && least === 'varies_by_storage_class');
}

function concerns({ ofWrites }: LifecycleRule, { sequence }: Version): boolean {
  return ofWrites === undefined || (sequence >= ofWrites.from && sequence < ofWrites.to);
}

function findTransition(
  listener: ActionListener,
  configuration: LifecycleConfiguration,
  { rule, selection }: IndexedRule,
  version: ObjectVersion,
  { StorageClass: storageClass = '' }: Pick<LifecycleTransition, 'StorageClass'>,
  at: number | undefined,
): void {
  if (at === undefined || !maySink(version.content.storageClass, storageClass)) return;
  if (!concerns(rule, version)) return;
  if (isOutdone(configuration, version, storageClass, at)) return;
  if (movesAnySize(configuration, selection, storageClass) || version.content.body.length >= leastSize)
    listener.transition(at, rule, version, storageClass);
}

export function findUploadAction(configuration: LifecycleConfiguration, upload: Upload): UploadAction | undefined {
  const due = isOpen(upload) ? findAbortion(configuration, upload) : undefined;
  return due && { ...due, kind: 'abort', upload };
}

/** Finds the expiration for the header `x-amz-expiration` (F112). */
export function findDueExpiration(
  configuration: LifecycleConfiguration | undefined,
  version: Version,
): Due | undefined {
  return soonest(configuration, makeFilterSubject(version), ({ Expiration = {} }) =>
    dueAt(version.created, Expiration),
  );
}

/** Finds the transition for the header `x-ibm-archive-transition-time` (F814). */
export function findDueArchival(configuration: LifecycleConfiguration | undefined, version: Version): Due | undefined {
  return soonest(configuration, makeFilterSubject(version), (rule) =>
    rule.Transitions?.[0] && concerns(rule, version) ? dueAt(version.created, rule.Transitions[0]) : undefined,
  );
}

export function findAbortion(
  configuration: LifecycleConfiguration | undefined,
  { key, initiated }: Pick<Upload, 'key' | 'initiated'>,
): Due | undefined {
  return soonest(configuration, { key, tags: [], size: 0 }, ({ AbortIncompleteMultipartUpload }) => {
    const days = AbortIncompleteMultipartUpload?.DaysAfterInitiation;
    return days === undefined ? undefined : dueAfterDays(initiated, days);
  });
}

function soonest(
  configuration: LifecycleConfiguration | undefined,
  subject: FilterSubject,
  dueBy: (rule: LifecycleRule) => number | undefined,
): Due | undefined {
  if (configuration === undefined) return undefined;
  let found: Due | undefined;
  for (const { rule, selection } of findRuleIndex(configuration).candidates(subject.key, [subject])) {
    if (!selection.selects(subject)) continue;
    const at = dueBy(rule) ?? never;
    if (at < (found?.at ?? never)) found = { at, rule };
  }
  return found;
}
