import { dialects } from '../../dialects';
import type { AccessTier, Archivable, Restore } from '../../model/archives/archive-state';
import { chooseDefaultTier, intelligentTiering, makeRestore } from '../../model/archives/restore';
import { readMoment } from '../../model/clock';
import { archiveStorageClasses as archiveClasses, standard } from '../../model/versions/content';
import { structure } from '../../shapes/elements';
import { boolean, date, text } from '../../shapes/values';
import { makeCloser } from '../../text/closed-members';
import { invalidValue } from '../../text/invalid-value';
import { writeAlternatives } from '../../text/lists';
import { checkOptionNames } from '../../text/member-names';
import { isRecord } from '../../text/value-kinds';
import { writeGiven } from '../../text/values';
import { count, type ObjectContext, type Part, type VersionContext } from './part';

/**
 * The restore of a version in an archive: one that was asked for with these days, and goes on by the mock's clock.
 *
 * @example
 * const objects: ObjectFixtures = {
 *   'asked.pdf': { body: 'old', storageClass: 'GLACIER', restore: { Days: 3 } },
 *   'there.pdf': { body: 'old', storageClass: 'GLACIER', restore: { Days: 3, ongoing: false } },
 * };
 */
export interface RestoreFixture {
  /** The days that the copy is kept. An object of INTELLIGENT_TIERING has none. */
  readonly Days?: number | undefined;
  /** Its speed: `'Expedited'`, `'Standard'` or `'Bulk'`; at IBM COS `'Bulk'` or `'Accelerated'`. Default: `'Standard'`; in a bucket of IBM COS the one of its storage class. */
  readonly Tier?: 'Expedited' | 'Standard' | 'Bulk' | 'Accelerated' | undefined;
  /** Whether the copy is not there yet. Default: whether `ready` is in the future. */
  readonly ongoing?: boolean | undefined;
  /** When it was asked for: a Date, milliseconds since 1970, or ISO 8601; not in the future. Default: now, by the mock's clock. */
  readonly requested?: Date | number | string | undefined;
  /** When the copy is there. Default: as long after `requested` as `Tier` takes at most; `requested` itself if `ongoing` is false. */
  readonly ready?: Date | number | string | undefined;
}

/** The restore of a version as a test reads it. */
export interface StoredRestore {
  /** Whether the copy is not there yet. */
  readonly ongoing: boolean;
  /** The days that the copy is kept; undefined for an object of INTELLIGENT_TIERING. */
  readonly Days: number | undefined;
  /** Its speed. */
  readonly Tier: 'Expedited' | 'Standard' | 'Bulk' | 'Accelerated';
  /** When it was asked for, or its days were changed. */
  readonly requested: Date;
  /** When the copy is there. */
  readonly ready: Date;
  /** When the copy is removed; undefined for an object of INTELLIGENT_TIERING. */
  readonly expires: Date | undefined;
}

/** The members of a version in a literal that archives have. */
export interface ArchiveDetails {
  /** Its restore, only if it is in an archive: `{ Days: 3 }`. If left out, nobody asked for one. */
  readonly restore?: RestoreFixture | undefined;
  /** Its archive tier, only if its storage class is INTELLIGENT_TIERING. Default: one that is read at once. */
  readonly accessTier?: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS' | undefined;
  /** When it was last read, only if its storage class is INTELLIGENT_TIERING; not in the future. Default: when its restore was asked for, or else when it was written. */
  readonly lastAccessed?: Date | number | string | undefined;
  /** When lifecycle moved it into its storage class, only if that is not STANDARD; not in the future. Default: when it was written. */
  readonly transitioned?: Date | number | string | undefined;
}

export interface StoredArchive {
  /** Its restore from the archive that its storage class is; undefined if nobody asked for one, and once it is over. */
  readonly restore: StoredRestore | undefined;
  /** The archive tier of an object in INTELLIGENT_TIERING; undefined in the tiers that are read at once. */
  readonly accessTier: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS' | undefined;
}

export interface ArchiveOutline {
  /** Without its times. */
  readonly restore?: Pick<RestoreFixture, 'Days' | 'Tier'> & { readonly ongoing: boolean };
  readonly accessTier?: AccessTier;
}

export const archives: Part<ArchiveDetails, StoredArchive & { readonly storageClass?: string }> = {
  members: ['restore', 'accessTier', 'lastAccessed', 'transitioned'],
  shape: {
    restore: structure({ ongoing: boolean, Days: count, Tier: text, requested: date, ready: date, expires: date }),
    accessTier: text,
  },
  accept: readArchive,
  due: ({ restore }) => (restore?.isOngoing ? restore.ready : restore?.expires),
  show: ({ restore, accessTier }) => ({ restore: restore && showRestore(restore), accessTier }),
  write: ({ restore, accessTier, accessed, moved }) => ({
    ...(restore && { restore: writeRestore(restore) }),
    ...(accessTier && { accessTier }),
    ...(accessed !== undefined && { lastAccessed: new Date(accessed).toISOString() }),
    ...(moved !== undefined && { transitioned: new Date(moved).toISOString() }),
  }),
  outline: (_literal, { restore, accessTier }) => ({
    ...(restore && { restore: outlineRestore(restore) }),
    ...(accessTier && { accessTier }),
  }),
  draw: ({ storageClass = standard, accessTier, restore }) => [
    ...(storageClass === standard ? [] : [accessTier === undefined ? storageClass : `${storageClass} ${accessTier}`]),
    ...(restore ? [restoreInWords(restore)] : []),
  ],
};

const accessTiers: readonly AccessTier[] = ['ARCHIVE_ACCESS', 'DEEP_ARCHIVE_ACCESS'];

function readArchive(
  { restore, accessTier, lastAccessed, transitioned }: ArchiveDetails,
  context: ObjectContext,
): Archivable {
  const { at, now, content } = context;
  const { storageClass } = content;
  if (accessTier !== undefined && !accessTiers.includes(accessTier))
    throw invalidValue(at, 'accessTier', accessTier, `${writeAlternatives(accessTiers)}, or undefined`);
  if (storageClass !== intelligentTiering && (accessTier ?? lastAccessed) !== undefined)
    throw new TypeError(
      `${at}: only storageClass 'INTELLIGENT_TIERING' has ${accessTier === undefined ? 'lastAccessed' : 'accessTier'}, and this one is '${storageClass}'. Leave it out, or give that class beside it.`,
    );
  const archive = accessTier ?? storageClass;
  if (restore !== undefined && accessTier === undefined && !archiveClasses.has(storageClass))
    throw new TypeError(
      `${at}: only a version in an archive has a restore, and the storage class is '${storageClass}'. Leave it out, or give storageClass 'GLACIER' beside it.`,
    );
  if (transitioned !== undefined && storageClass === standard)
    throw new TypeError(
      `${at}: nothing is moved into the storage class 'STANDARD'. Leave transitioned out, or give a storageClass such as 'GLACIER' beside it.`,
    );
  const read = restore === undefined ? undefined : readRestore(restore, archive, { ...context, at: `${at}, restore` });
  // A restore is an access (F812).
  const byRestore = accessTier && read?.requested;
  const accessed = lastAccessed === undefined ? byRestore : readPast(`${at}: lastAccessed`, lastAccessed, now);
  return {
    ...(read && { restore: read }),
    ...(accessTier !== undefined && { accessTier }),
    ...(accessed !== undefined && { accessed }),
    ...(transitioned !== undefined && { moved: readPast(`${at}: transitioned`, transitioned, now) }),
  };
}

function readRestore(given: RestoreFixture, archive: string, { at, now, restores: own }: VersionContext): Restore {
  if (!isRecord(given)) throw invalidValue(at, 'restore', given, 'an object such as { Days: 3 }');
  checkOptionNames(at, given, ['Days', 'Tier', 'ongoing', 'requested', 'ready']);
  const fixture: RestoreFixture = given;
  // A bucket without a region may be one of either service, and only one of them has the archive.
  const all = [own, ...Object.values(dialects).map((dialect) => dialect.restores)];
  const restores = all.find(({ times }) => times[archive] !== undefined) ?? own;
  const times = restores.times[archive] ?? {};
  const { Tier: tier = chooseDefaultTier(times) } = fixture;
  const time = typeof tier === 'string' && Object.hasOwn(times, tier) ? times[tier] : undefined;
  if (time === undefined)
    throw invalidValue(at, 'Tier', tier, `${writeAlternatives(Object.keys(times))} for ${archive}`);
  const days = readDays(at, fixture.Days, archive);
  const requested = fixture.requested === undefined ? now : readPast(`${at}: requested`, fixture.requested, now);
  const byDefault = fixture.ongoing === false ? requested : requested + time;
  const ready = fixture.ready === undefined ? byDefault : readMoment(fixture.ready, `${at}: ready`);
  const isOngoing = ready > now;
  if (fixture.ongoing !== undefined && fixture.ongoing !== isOngoing)
    throw new TypeError(
      `${at}: ongoing is ${writeGiven(fixture.ongoing)}, but the copy is there at ${new Date(ready).toISOString()}, and the mock's clock says ${new Date(now).toISOString()}. Leave ongoing out, or give another ready.`,
    );
  const restore = { ...makeRestore({ days, tier }, restores, { requested, ready }), isOngoing };
  checkIsPresent(at, restore, now);
  return restore;
}

function readDays(at: string, days: number | undefined, archive: string): number | undefined {
  const isTier = accessTiers.some((tier) => tier === archive);
  if (isTier && days === undefined) return undefined;
  if (isTier)
    throw invalidValue(at, 'Days', days, 'undefined: an object of INTELLIGENT_TIERING leaves its archive for good');
  if (typeof days === 'number' && Number.isInteger(days) && days >= 1) return days;
  throw invalidValue(at, 'Days', days, 'a whole number from 1 on');
}

function checkIsPresent(at: string, { isOngoing, expires }: Restore, now: number): void {
  if (!isOngoing && expires === undefined)
    throw new TypeError(
      `${at}: an object of INTELLIGENT_TIERING that is restored is in no archive tier any more. Leave out restore and accessTier.`,
    );
  if (expires !== undefined && expires <= now)
    throw new TypeError(
      `${at}: the copy was removed at ${new Date(expires).toISOString()}, and the mock's clock says ${new Date(now).toISOString()}. Leave restore out, or give more Days or a later requested.`,
    );
}

function readPast(call: string, moment: Date | number | string, now: number): number {
  const time = readMoment(moment, call);
  if (time <= now) return time;
  throw new TypeError(
    `${call} ${writeGiven(moment)} is in the future: the mock's clock says ${new Date(now).toISOString()}. Give an earlier moment.`,
  );
}

const closeRestore = makeCloser<StoredRestore>({ label: 'restore of a version' });

function showRestore({
  isOngoing: ongoing,
  days: Days,
  tier: Tier,
  requested,
  ready,
  expires,
}: Restore): StoredRestore {
  return closeRestore({
    ongoing,
    Days,
    Tier,
    requested: new Date(requested),
    ready: new Date(ready),
    expires: expires === undefined ? undefined : new Date(expires),
  });
}

function writeRestore({ days, tier: Tier, requested, ready }: Restore): RestoreFixture {
  return {
    ...(days !== undefined && { Days: days }),
    Tier,
    requested: new Date(requested).toISOString(),
    ready: new Date(ready).toISOString(),
  };
}

function outlineRestore({ days, tier: Tier, isOngoing: ongoing }: Restore): ArchiveOutline['restore'] {
  return { ...(days !== undefined && { Days: days }), Tier, ongoing };
}

function restoreInWords({ ongoing, ready, expires }: StoredRestore): string {
  if (ongoing) return `restore ready at ${ready.toISOString().slice(0, 16).replace('T', ' ')}Z`;
  return `restored until ${expires?.toISOString().slice(0, 10)}`;
}
