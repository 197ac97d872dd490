import { dialects } from '../../dialects';
import type { AccessTier, Archivable, Restore } from '../../model/archives/archive-state';
import { chooseDefaultTier, intelligentTiering, makeRestore } from '../../model/archives/restore';
import { archiveStorageClasses as archiveClasses, standard } from '../../model/versions/content';
import {
  alwaysShown,
  type Complete,
  givenOnly,
  inPast,
  judgedByRule,
  shapeOf,
  shownOnly,
  suchAs,
  unwritten,
} from '../../shapes/given';
import type { ValueOf } from '../../shapes/shape';
import { boolean, date, words } from '../../shapes/values';
import { invalidValue } from '../../text/invalid-value';
import { writeAlternatives } from '../../text/lists';
import { makeMistake } from '../../text/mistakes';
import { writeGiven } from '../../text/values';
import { count, type ObjectContext, type Part, type VersionContext } from './part';

/**
 * The restore of a version in an archive, as a request started it. It continues by the mock's clock.
 *
 * @example
 * const objects: ObjectFixtures = {
 *   'asked.pdf': { body: 'old', storageClass: 'GLACIER', restore: { Days: 3 } },
 *   'there.pdf': { body: 'old', storageClass: 'GLACIER', restore: { Days: 3, ongoing: false } },
 * };
 */
export interface RestoreFixture {
  /** The days that the copy is kept. Leave them out for an object of INTELLIGENT_TIERING. */
  readonly Days?: number | undefined;
  /**
   * Its speed: `'Expedited'`, `'Standard'` or `'Bulk'`; at IBM COS `'Bulk'` or `'Accelerated'`. Default: `'Standard'`; in a bucket of IBM
   * COS the speed of its storage class.
   */
  readonly Tier?: 'Expedited' | 'Standard' | 'Bulk' | 'Accelerated' | undefined;
  /** Whether the copy is still missing. Default: whether `ready` is in the future. */
  readonly ongoing?: boolean | undefined;
  /**
   * The time of the request: a Date, milliseconds since 1970, or ISO 8601. It cannot be in the future. Default: now, by the mock's clock.
   */
  readonly requested?: Date | number | string | undefined;
  /**
   * The time at which the copy is ready. Default: `requested` plus the longest time that `Tier` takes. If `ongoing` is false, it is
   * `requested`.
   */
  readonly ready?: Date | number | string | undefined;
}

/** The restore of a version as a test reads it. */
export interface StoredRestore {
  /** Whether the copy is still missing. */
  readonly ongoing: boolean;
  /** The days that the copy is kept; undefined for an object of INTELLIGENT_TIERING. */
  readonly Days: number | undefined;
  /** Its speed. */
  readonly Tier: 'Expedited' | 'Standard' | 'Bulk' | 'Accelerated';
  /** The time at which the restore was requested, or its days were changed. */
  readonly requested: Date;
  /** The time at which the copy is ready. */
  readonly ready: Date;
  /** The time at which S3 removes the copy; undefined for an object of INTELLIGENT_TIERING. */
  readonly expires: Date | undefined;
}

/** The members that archives add to a version in a literal. */
export interface ArchiveDetails {
  /** Its restore, only if it is in an archive: `{ Days: 3 }`. If left out, nobody requested a restore. */
  readonly restore?: RestoreFixture | undefined;
  /** Its archive tier, only if its storage class is INTELLIGENT_TIERING. Default: a tier that is read at once. */
  readonly accessTier?: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS' | undefined;
  /**
   * When the object was last read. Only for objects of INTELLIGENT_TIERING; it cannot be in the future. Default: when its restore was
   * requested. If nobody requested a restore, it is the time of the write.
   */
  readonly lastAccessed?: Date | number | string | undefined;
  /**
   * When lifecycle moved the object into its storage class. Only for classes other than STANDARD; it cannot be in the future. Default: when
   * the object was written.
   */
  readonly transitioned?: Date | number | string | undefined;
}

export interface StoredArchive {
  /** Its restore from an archive; undefined if nobody requested a restore, and once the restore is over. */
  readonly restore: StoredRestore | undefined;
  /** The archive tier of an object in INTELLIGENT_TIERING; undefined if the object can be read at once. */
  readonly accessTier: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS' | undefined;
}

export interface ArchiveOutline {
  /** The restore without its times. */
  readonly restore?: Pick<RestoreFixture, 'Days' | 'Tier'> & { readonly ongoing: boolean };
  readonly accessTier?: AccessTier;
}

const restore = suchAs(
  shapeOf<RestoreFixture, StoredRestore>()({
    ongoing: unwritten(alwaysShown(boolean)),
    Days: judgedByRule(alwaysShown(count)),
    Tier: judgedByRule(alwaysShown(words('Expedited', 'Standard', 'Bulk', 'Accelerated'))),
    requested: alwaysShown(inPast(date)),
    ready: alwaysShown(date),
    expires: shownOnly(alwaysShown(date)),
  }),
  '{ Days: 3 }',
);

const archive = shapeOf<ArchiveDetails, StoredArchive>()({
  restore: alwaysShown(restore),
  accessTier: alwaysShown(words('ARCHIVE_ACCESS', 'DEEP_ARCHIVE_ACCESS')),
  lastAccessed: givenOnly(inPast(date)),
  transitioned: givenOnly(inPast(date)),
});

type ArchiveValues = ValueOf<typeof archive>;

interface SeenArchive extends StoredArchive {
  readonly storageClass: string;
}

export const archives: Part<ArchiveDetails, StoredArchive, ArchiveValues, SeenArchive> = {
  shape: archive.members,
  toModel: makeArchive,
  fromModel: ({ restore: one, accessTier, accessed, moved }) => ({
    restore: one && describeRestore(one),
    accessTier,
    lastAccessed: makeDate(accessed),
    transitioned: makeDate(moved),
  }),
  due: ({ restore: one }) => (one?.isOngoing ? one.ready : one?.expires),
  outline: (_literal, { restore: one, accessTier }) => ({
    ...(one && { restore: outlineRestore(one) }),
    ...(accessTier && { accessTier }),
  }),
  draw: ({ storageClass = standard, accessTier, restore: shown }) => [
    ...(storageClass === standard ? [] : [accessTier === undefined ? storageClass : `${storageClass} ${accessTier}`]),
    ...(shown ? [restoreInWords(shown)] : []),
  ],
};

const accessTiers: readonly string[] = archive.members.accessTier.words;

function makeArchive(
  { restore: given, accessTier, lastAccessed, transitioned }: ArchiveValues,
  context: ObjectContext,
): Complete<Omit<Archivable, 'copyEnded'>> {
  const { at, content } = context;
  const { storageClass } = content;
  if (storageClass !== intelligentTiering && (accessTier ?? lastAccessed) !== undefined)
    throw makeMistake(
      `${at}: only storageClass 'INTELLIGENT_TIERING' has ${accessTier === undefined ? 'lastAccessed' : 'accessTier'}, and this one is '${storageClass}'. Leave it out, or give that class beside it.`,
    );
  const place = accessTier ?? storageClass;
  if (given !== undefined && accessTier === undefined && !archiveClasses.has(storageClass))
    throw makeMistake(
      `${at}: only a version in an archive has a restore, and the storage class is '${storageClass}'. Leave it out, or give storageClass 'GLACIER' beside it.`,
    );
  if (transitioned !== undefined && storageClass === standard)
    throw makeMistake(
      `${at}: nothing is moved into the storage class 'STANDARD'. Leave transitioned out, or give a storageClass such as 'GLACIER' beside it.`,
    );
  const read = given && makeGivenRestore(given, place, { ...context, at: `${at}, restore` });
  // A restore is an access (F812).
  const byRestore = accessTier && read?.requested;
  return {
    restore: read,
    accessTier,
    accessed: lastAccessed?.getTime() ?? byRestore,
    moved: transitioned?.getTime(),
  };
}

function makeGivenRestore(
  given: ValueOf<typeof restore>,
  place: string,
  { at, now, restores: own }: VersionContext,
): Restore {
  // A bucket without a region may be one of either service, and only one of them has the archive.
  const all = [own, ...Object.values(dialects).map((dialect) => dialect.restores)];
  const restores = all.find(({ times }) => times[place] !== undefined) ?? own;
  const times = restores.times[place] ?? {};
  const { Tier: tier = chooseDefaultTier(times) } = given;
  const time = typeof tier === 'string' && Object.hasOwn(times, tier) ? times[tier] : undefined;
  if (time === undefined) throw invalidValue(at, 'Tier', tier, `${writeAlternatives(Object.keys(times))} for ${place}`);
  const days = readDays(at, given.Days, place);
  const requested = given.requested?.getTime() ?? now;
  const ready = given.ready?.getTime() ?? (given.ongoing === false ? requested : requested + time);
  const isOngoing = ready > now;
  if (given.ongoing !== undefined && given.ongoing !== isOngoing)
    throw makeMistake(
      `${at}: ongoing is ${writeGiven(given.ongoing)}, but the copy is there at ${new Date(ready).toISOString()}, and the mock's clock says ${new Date(now).toISOString()}. Leave ongoing out, or give another ready.`,
    );
  const made = { ...makeRestore({ days, tier }, restores, { requested, ready }), isOngoing };
  checkIsPresent(at, made, now);
  return made;
}

function readDays(at: string, days: number | undefined, place: string): number | undefined {
  const isTier = accessTiers.includes(place);
  if (isTier && days === undefined) return undefined;
  if (isTier)
    throw invalidValue(at, 'Days', days, 'undefined: an object of INTELLIGENT_TIERING leaves its archive for good');
  if (typeof days === 'number' && Number.isInteger(days) && days >= 1) return days;
  throw invalidValue(at, 'Days', days, 'a whole number from 1 on');
}

function checkIsPresent(at: string, { isOngoing, expires }: Restore, now: number): void {
  if (!isOngoing && expires === undefined)
    throw makeMistake(
      `${at}: an object of INTELLIGENT_TIERING that is restored is in no archive tier any more. Leave out restore and accessTier.`,
    );
  if (expires !== undefined && expires <= now)
    throw makeMistake(
      `${at}: the copy was removed at ${new Date(expires).toISOString()}, and the mock's clock says ${new Date(now).toISOString()}. Leave restore out, or give more Days or a later requested.`,
    );
}

function describeRestore({
  isOngoing,
  days,
  tier,
  requested,
  ready,
  expires,
}: Restore): Complete<ValueOf<typeof restore>> {
  return {
    ongoing: isOngoing,
    Days: days,
    Tier: tier,
    requested: new Date(requested),
    ready: new Date(ready),
    expires: makeDate(expires),
  };
}

function makeDate(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}

function outlineRestore({ days, tier: Tier, isOngoing: ongoing }: Restore): ArchiveOutline['restore'] {
  return { ...(days !== undefined && { Days: days }), Tier, ongoing };
}

function restoreInWords({ ongoing, ready, expires }: StoredRestore): string {
  if (ongoing) return `restore ready at ${ready.toISOString().slice(0, 16).replace('T', ' ')}Z`;
  return `restored until ${expires?.toISOString().slice(0, 10)}`;
}
