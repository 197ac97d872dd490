import { day } from '../../formats/durations';
import { S3Error } from '../../refusals/s3-error';
import { nameCall } from '../../text/calls';
import { writeDue } from '../../text/durations';
import { clause, type Said, say } from '../../text/reason';
import { writeGiven } from '../../text/values';
import type { Bucket } from '../bucket';
import type { Clock } from '../clock';
import { midnightFrom } from '../lifecycle/rules';
import { type DueSubjects, expectDue, never } from '../schedule/due-times';
import { carryOut, type Done, type DueSource, type ServiceAction } from '../schedule/service-action';
import type { Store } from '../store';
import { archiveStorageClasses } from '../versions/content';
import { isObject, type ObjectVersion, type Version } from '../versions/version';
import { versionIdOf } from '../versions/version-lookup';
import type { Restore, RestoreTier } from './archive-state';

export const intelligentTiering = 'INTELLIGENT_TIERING';

type RestoreTimes = Readonly<Partial<Record<RestoreTier, number>>>;

export interface RestoreRules {
  /** The times by storage class, or by archive tier of INTELLIGENT_TIERING (F801). */
  readonly times: Readonly<Record<string, RestoreTimes>>;
  readonly expiryOf: (requested: number, days: number, ready: number) => number;
}

export function listTiers({ times }: RestoreRules): readonly RestoreTier[] {
  const names = Object.values(times).flatMap((one) => Object.keys(one) as RestoreTier[]); // the keys of the records
  return [...new Set(names)];
}

interface ClosedArchive {
  readonly StorageClass: string;
  readonly AccessTier?: string | undefined;
}

export function findClosedArchive({ content, restore, accessTier }: ObjectVersion): ClosedArchive | undefined {
  const { storageClass: StorageClass } = content;
  if (accessTier !== undefined) return { StorageClass, AccessTier: accessTier };
  return archiveStorageClasses.has(StorageClass) && restore?.isOngoing !== false ? { StorageClass } : undefined;
}

export function whyClosed({ restore, copyEnded, accessTier, content: { storageClass } }: ObjectVersion): Said {
  if (restore?.isOngoing === true)
    return say`${writeBegun(restore)} by the mock's clock${clause`, which ${nameCall('s3.clock.advance(...)')} moves`}`;
  if (accessTier !== undefined)
    return `the object is in the archive tier ${accessTier}, until RestoreObject moves it back`;
  return copyEnded === undefined
    ? `the object is in ${storageClass}, and has no restored copy: RestoreObject creates a copy`
    : `the restored copy was removed at ${new Date(copyEnded).toISOString()} by the mock's clock, since its days were over: RestoreObject creates another copy`;
}

/** While the clock follows the time, the next run begins anew, and so the time counts from the request. */
export function writeRestoresUnderWay({ name, versions }: Bucket, clock: Clock): readonly Said[] {
  return [...versions.restored.keys()]
    .flatMap((sortKey) => [...versions.stackAt(sortKey)])
    .flatMap(({ key, restore }) => {
      if (!restore?.isOngoing) return [];
      const due = writeDue(restore.ready, clock.isStopped ? clock.now() : restore.requested);
      return [say`the restore of object ${name}/${key} waits for the mock's clock: it is ready ${due}`];
    });
}

interface RestoreWish {
  readonly days: number | undefined;
  readonly tier: RestoreTier | undefined;
}

/** Throws in the order of S3 (F802). Returns whether a restore is under way now. */
export function restoreVersion(
  store: Store,
  bucket: Bucket,
  version: ObjectVersion,
  wish: RestoreWish,
  rules: RestoreRules,
): boolean {
  const now = store.clock.now();
  const times = readTimes(version, wish, rules);
  const tier = wish.tier ?? chooseDefaultTier(times);
  const restore = restoreAt(version, { ...wish, tier }, rules, { times, now });
  // A restore is an access, after which the days of the archive tiers begin again (F812).
  const accessed = version.content.storageClass === intelligentTiering ? { accessed: now } : {};
  bucket.versions.replace({ ...version, ...accessed, restore });
  expectDue(store, restore.isOngoing ? restore.ready : restore.expires);
  return restore.isOngoing;
}

export function chooseDefaultTier(times: RestoreTimes): RestoreTier {
  const [first] = Object.keys(times) as RestoreTier[]; // the keys of the record
  return times.Standard !== undefined || first === undefined ? 'Standard' : first;
}

/** S3 refuses versions outside of archives before it reads the request's document (F802). */
export function checkRestorable(version: ObjectVersion, rules: RestoreRules): void {
  if (rules.times[findArchive(version) ?? ''] !== undefined) return;
  const { storageClass } = version.content;
  const why =
    storageClass === intelligentTiering
      ? 'the object is in no archive tier'
      : `the object is in ${storageClass}, which is read without a restore; a restore is from ${Object.keys(rules.times).join(', ')}`;
  throw new S3Error('RestoreOfReadable').because(why);
}

function findArchive({ content, accessTier }: ObjectVersion): string | undefined {
  return content.storageClass === intelligentTiering ? accessTier : content.storageClass;
}

function readTimes(version: ObjectVersion, { days, tier }: RestoreWish, rules: RestoreRules): RestoreTimes {
  checkRestorable(version, rules);
  checkDays(version, days);
  const archive = findArchive(version) ?? '';
  const times = rules.times[archive] ?? {};
  if (tier === undefined || times[tier] !== undefined) return times;
  const tiers = Object.keys(times).join(', ');
  throw new S3Error('RestoreTierNotOffered', {}, `Tier is ${writeGiven(tier)}; from ${archive} it is one of ${tiers}`);
}

function checkDays({ content: { storageClass } }: ObjectVersion, Days: number | undefined): void {
  if (Days !== undefined && storageClass === intelligentTiering)
    throw new S3Error('RestoreDaysNotExpected').quoting({ Days });
  if (Days !== undefined && Days < 1) throw new S3Error('RestoreDaysNotPositive', { ArgumentValue: String(Days) });
  if (Days === undefined && storageClass !== intelligentTiering)
    throw new S3Error('MalformedXML', {}, `there is no Days, which a restore from ${storageClass} needs`);
}

function restoreAt(
  { restore: present }: ObjectVersion,
  wish: RestoreWish & { readonly tier: RestoreTier },
  rules: RestoreRules,
  { times, now }: { readonly times: RestoreTimes; readonly now: number },
): Restore {
  const { tier, days } = wish;
  if (present === undefined) return makeRestore(wish, rules, { requested: now, ready: now + timeOf(times, tier) });
  if (!present.isOngoing) {
    // The days count from this request, and a tier has no effect: the copy is there.
    return { ...present, days, requested: now, expires: days && rules.expiryOf(now, days, present.ready) };
  }
  const isFaster = timeOf(times, tier) < timeOf(times, present.tier);
  if (!isFaster || days !== present.days) throw refusalForOngoing(present, wish, isFaster);
  // A faster restore never makes the copy ready later than before.
  const ready = Math.min(present.ready, now + timeOf(times, tier));
  return makeRestore(wish, rules, { requested: present.requested, ready });
}

export function makeRestore(
  { tier, days }: RestoreWish & { readonly tier: RestoreTier },
  { expiryOf }: RestoreRules,
  { requested, ready }: Pick<Restore, 'requested' | 'ready'>,
): Restore {
  const expires = days === undefined ? undefined : expiryOf(requested, days, ready);
  return { tier, days, requested, ready, expires, isOngoing: true };
}

function timeOf(times: RestoreTimes, tier: RestoreTier): number {
  return times[tier] ?? Number.POSITIVE_INFINITY;
}

function refusalForOngoing(present: Restore, { tier, days }: RestoreWish, isFaster: boolean): S3Error {
  const begun = writeBegun(present);
  const why = isFaster
    ? `${begun}; a change to a faster tier must keep Days ${present.days}, and the request has ${days}`
    : `${begun}; ${tier} is not faster`;
  return new S3Error('RestoreOngoing', {}, why);
}

const begun = 'a restore by ';

/** Whether S3 refused a request since a restore of the object goes on. */
export function isOfRestoreUnderWay(why: string | undefined): boolean {
  return why?.startsWith(begun) === true;
}

function writeBegun({ tier, ready }: Restore): string {
  return `${begun}${tier} is ready at ${new Date(ready).toISOString()}`;
}

/** The days count from the completion, or from a later request for the copy that is there (F803). */
export function expiryAtMidnight(requested: number, days: number, ready: number): number {
  return midnightFrom(Math.max(requested, ready) + days * day);
}

// Nothing outside of the versions decides when a restore goes on, so the basis never changes.
const basis = {};

export function makeRestoreSource(store: ArchiveStore): DueSource {
  return {
    concerns: ({ versions }) => !versions.restored.isEmpty,
    next: ({ versions }, after) =>
      versions.restored.isEmpty ? never : Math.max(after, versions.due.restores.soonest(makeSubjects(versions))),
    *act(bucket, at) {
      const { versions } = bucket;
      for (const sortKey of versions.due.restores.take(at)) {
        // The oldest first, as lifecycle does.
        const due = [...versions.stackAt(sortKey)].filter((version) => dueOf(version) <= at).toReversed();
        for (const version of due) if (isObject(version)) yield goOn(store, bucket, version);
      }
    },
  };
}

function goOn(store: ArchiveStore, bucket: Bucket, version: ObjectVersion): Done {
  const at = dueOf(version);
  const { restore } = version;
  if (!restore?.isOngoing)
    return changeArchived(
      store,
      { bucket, at },
      { ...version, restore: undefined, copyEnded: at },
      { action: 'discard', operation: 'S3.EXPIRE.RESTORED_COPY' },
    );
  // A restore without days moves the object back into the tier that is read at once, and no restore is left (F811).
  const after =
    restore.expires === undefined
      ? { ...version, restore: undefined, accessTier: undefined }
      : { ...version, restore: { ...restore, isOngoing: false } };
  return changeArchived(store, { bucket, at }, after, { action: 'restore', operation: 'S3.RESTORE.OBJECT' });
}

export type ArchiveStore = Pick<Store, 'commit' | 'versionIds'>;

/** The names of the actions have the form of the names in S3's server access logs (F808). */
export function changeArchived(
  store: ArchiveStore,
  { bucket, at, rule }: { readonly bucket: Bucket; readonly at: number; readonly rule?: string },
  version: ObjectVersion,
  { action, operation, accessTier }: Pick<ServiceAction, 'action' | 'operation' | 'accessTier'>,
): Done {
  return carryOut(store, { bucket, at, rule }, () => {
    bucket.versions.replace(version);
    return { action, operation, key: version.key, versionId: versionIdOf(store, version), accessTier };
  });
}

function makeSubjects(versions: Bucket['versions']): DueSubjects {
  const { restored } = versions;
  const dueAt = (sortKey: string) =>
    [...versions.stackAt(sortKey)].reduce((least, one) => Math.min(least, dueOf(one)), never);
  return { basis, names: () => restored.keys(), dueAt };
}

function dueOf({ restore }: Version): number {
  if (restore === undefined) return never;
  return (restore.isOngoing ? restore.ready : restore.expires) ?? never;
}
