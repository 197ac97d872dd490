import { inspect } from 'node:util';
import type { Bucket } from '../model/bucket';
import type { Store } from '../model/store';
import {
  type ArchiveMetadata,
  type ClassUsage,
  countUsage,
  type StorageAmount,
  type Usage,
  UsageCounter,
} from '../model/usage';
import { standard } from '../model/versions/content';
import { findCommonPrefix } from '../model/versions/listings';
import { expecting, matching, readBy, shapeOf } from '../shapes/given';
import { readOptions } from '../shapes/given-reader';
import { text } from '../shapes/values';
import { longestLength } from '../text/columns';
import { counted, grouped } from '../text/counts';
import { type Duration, readComingMoment } from '../text/moments';
import { makeBucketAt } from './plans';

/** The storage that the versions of one storage class take. */
export interface StorageClassUsage {
  /** The current and the noncurrent versions together. */
  readonly versions: StorageAmount;
  /** The current versions that are objects. */
  readonly current: StorageAmount;
  /** The noncurrent versions, also the versions below a delete marker. */
  readonly noncurrent: StorageAmount;
  /**
   * The versions that are smaller than the 128 KB that Amazon S3 bills at least in STANDARD_IA, ONEZONE_IA and GLACIER_IR. The bytes are
   * the difference, which `bytes` does not include.
   */
  readonly belowMinimumSize: StorageAmount;
  /**
   * The versions that are younger than the shortest time that Amazon S3 bills, with their bytes: 30 days in STANDARD_IA and ONEZONE_IA, 90
   * days in GLACIER_IR and GLACIER, 180 days in DEEP_ARCHIVE. S3 bills this time even if a version is deleted earlier. It counts from the
   * write, or from the move into the storage class.
   */
  readonly belowMinimumDays: StorageAmount;
  /**
   * The metadata that Amazon S3 stores and bills with the versions in GLACIER, DEEP_ARCHIVE and the archive tiers of INTELLIGENT_TIERING:
   * 32 KB each at the rate of the archive, and 8 KB at the rate of STANDARD. `bytes` does not include it.
   */
  readonly archiveMetadata: ArchiveMetadata;
}

/** The storage that the keys with one prefix take. */
export interface PrefixUsage extends StorageClassUsage {
  /** The bytes of all versions, and of the parts of incomplete uploads. */
  readonly bytes: number;
  /** The delete markers, current or not. Their bytes are the bytes of their keys, which `bytes` does not include. */
  readonly deleteMarkers: StorageAmount;
  /** The copies of archived versions that restores made, until they are removed. `bytes` does not include them. */
  readonly restoredCopies: StorageAmount;
  /** The uploads that were neither completed nor aborted, with the bytes of their parts. */
  readonly uploads: StorageAmount & {
    /** The number of parts of these uploads. */
    readonly parts: number;
  };
  /** The usage of each storage class that contains versions. */
  readonly storageClasses: Readonly<Record<string, StorageClassUsage>>;
}

/**
 * The storage that a bucket takes: the numbers that S3's inventory and Storage Lens use, and what its bill adds. Print it to see a table.
 */
export interface BucketUsage extends PrefixUsage {
  /** The moment of these numbers. */
  readonly at: Date;
  /**
   * The usage by prefix, with the option `delimiter`: keys are counted together up to the delimiter that follows the prefix, and keys without
   * the delimiter under the prefix itself.
   */
  readonly prefixes?: Readonly<Record<string, PrefixUsage>>;
  /** The usage now, with the option `at`. */
  readonly before?: BucketUsage;
}

/** The options of `usage`. */
export interface UsageOptions {
  /** Counts only keys that begin with this text. Default: all keys. */
  readonly prefix?: string | undefined;
  /**
   * If given, the result also counts by prefix. A prefix ends with the first occurrence of this text after `prefix`; `'/'` counts by
   * folder.
   */
  readonly delimiter?: string | undefined;
  /**
   * Counts what S3 will store at this moment, or after the time from now, `{ days: 30 }`, because of lifecycle rules, restores and archive
   * tiers, if nothing else changes. Default: now.
   */
  readonly at?: Date | number | string | Duration | undefined;
}

export const namesOfUsage = [
  ...(['at', 'bytes', 'versions', 'current', 'noncurrent', 'deleteMarkers', 'uploads', 'storageClasses'] as const),
  ...(['prefixes', 'before'] as const),
] as const satisfies readonly (keyof BucketUsage)[];

const shape = shapeOf<UsageOptions>()({
  prefix: expecting(text, "text, such as 'images/', or undefined"),
  delimiter: matching(/./s, "text, such as '/', or undefined"),
  at: readBy((at, given: NonNullable<UsageOptions['at']>, { name, now }) => readComingMoment(given, now, [at, name])),
});

export function countBucketUsage(store: Store, bucket: Bucket, options: UsageOptions = {}): BucketUsage {
  const label = `bucket '${bucket.name}': usage`;
  const now = store.clock.now();
  const { prefix = '', delimiter, at: moment } = readOptions(shape.members, options, { at: label, now });
  const scope = { prefix, delimiter };
  const before = countUsageAt(bucket, scope, now);
  if (moment === undefined) return withText(bucket.name, before);
  const after = countUsageAt(makeBucketAt(store, bucket, moment), scope, moment);
  return withText(bucket.name, { ...after, before: withText(bucket.name, before) });
}

interface Scope {
  readonly prefix: string;
  readonly delimiter: string | undefined;
}

function countUsageAt(bucket: Bucket, { prefix, delimiter }: Scope, at: number): BucketUsage {
  const ofBucket = new UsageCounter();
  const groups = new Map<string, UsageCounter>();
  countUsage(bucket, at, (key) => {
    if (!key.startsWith(prefix)) return [];
    if (delimiter === undefined) return [ofBucket];
    const name = findCommonPrefix(key, prefix, delimiter) ?? prefix;
    const group = groups.get(name) ?? new UsageCounter();
    groups.set(name, group);
    return [ofBucket, group];
  });
  const usage = { at: new Date(at), ...prefixUsage(ofBucket) };
  return delimiter === undefined ? usage : { ...usage, prefixes: record(groups, prefixUsage) };
}

function prefixUsage(counted: Usage): PrefixUsage {
  const { deleteMarkers, restoredCopies, uploads, storageClasses } = counted;
  const ofVersions = classUsage(counted);
  return Object.freeze({
    bytes: ofVersions.versions.bytes + uploads.bytes,
    ...ofVersions,
    deleteMarkers: amount(deleteMarkers),
    restoredCopies: amount(restoredCopies),
    uploads: Object.freeze({ ...amount(uploads), parts: uploads.parts }),
    storageClasses: record(storageClasses, classUsage),
  });
}

function classUsage({ current, noncurrent, ...billed }: ClassUsage): StorageClassUsage {
  const { belowMinimumSize, belowMinimumDays, archiveMetadata } = billed;
  const versions = amount({ count: current.count + noncurrent.count, bytes: current.bytes + noncurrent.bytes });
  return Object.freeze({
    versions,
    current: amount(current),
    noncurrent: amount(noncurrent),
    belowMinimumSize: amount(belowMinimumSize),
    belowMinimumDays: amount(belowMinimumDays),
    archiveMetadata: Object.freeze({ ...amount(archiveMetadata), standardBytes: archiveMetadata.standardBytes }),
  });
}

function amount({ count, bytes }: StorageAmount): StorageAmount {
  return Object.freeze({ count, bytes });
}

/** The records are sorted by name, but the usual storage class comes first. */
function record<Given, Made>(given: ReadonlyMap<string, Given>, make: (value: Given) => Made) {
  const rank = (name: string) => (name === standard ? '' : name);
  const sorted = [...given].toSorted(([one], [other]) => (rank(one) < rank(other) ? -1 : 1));
  return Object.freeze(Object.fromEntries(sorted.map(([name, value]) => [name, make(value)])));
}

/** Adds the usage as text. The members are not enumerable, since test runners compare enumerable members only. */
function withText(bucket: string, usage: BucketUsage): BucketUsage {
  const draw = () => drawUsage(bucket, usage);
  return Object.freeze(
    Object.defineProperties({ ...usage }, { toString: { value: draw }, [inspect.custom]: { value: draw } }),
  );
}

interface Line {
  readonly name: string;
  readonly amount: StorageAmount;
  readonly before: StorageAmount | undefined;
}

function drawUsage(bucket: string, usage: BucketUsage): string {
  const { before } = usage;
  const lines = [
    ...kinds
      .filter((kind) => always.has(kind) || isThere(kind, usage, before))
      .map((kind) => ({
        name: names[kind],
        amount: usage[kind],
        before: before?.[kind],
      })),
    ...makeLines(usage.storageClasses, before?.storageClasses, ({ versions }) => versions),
    ...makeLines(usage.prefixes, before?.prefixes, ({ versions, bytes }: PrefixUsage) => ({ ...versions, bytes })),
  ];
  const time = usage.at.toISOString().slice(0, 16).replace('T', ' ');
  return [`bucket '${bucket}' on ${time}: ${headline(usage)}`, ...drawLines(lines)].join('\n');
}

type Kind = keyof typeof names;

/** The kinds that are drawn even if there are none. */
const always: ReadonlySet<Kind> = new Set<Kind>(['current', 'noncurrent', 'deleteMarkers', 'uploads']);

function isThere(kind: Kind, ...usages: readonly (BucketUsage | undefined)[]): boolean {
  return usages.some((usage) => usage !== undefined && usage[kind].count > 0);
}

const names = {
  current: 'current',
  noncurrent: 'noncurrent',
  deleteMarkers: 'delete markers',
  restoredCopies: 'restored copies',
  uploads: 'uploads',
  belowMinimumSize: 'below minimum size',
  belowMinimumDays: 'below minimum days',
  archiveMetadata: 'archive metadata',
} as const;

const kinds = Object.keys(names) as readonly Kind[];

function headline({ versions, bytes, before }: BucketUsage): string {
  const total = before ?? { versions, bytes };
  const of = before === undefined ? '' : `${grouped(versions.count)} of `;
  return `${of}${counted(total.versions.count, 'version')}, ${writeBytes(bytes, before?.bytes)}`;
}

function makeLines<Of>(
  now: Readonly<Record<string, Of>> = {},
  before: Readonly<Record<string, Of>> | undefined,
  amountOf: (of: Of) => StorageAmount,
): readonly Line[] {
  const known = new Set([...Object.keys(before ?? {}), ...Object.keys(now)]);
  const amountIn = (all: Readonly<Record<string, Of>>, name: string) => {
    const found = Object.hasOwn(all, name) ? all[name] : undefined;
    return found === undefined ? nothing : amountOf(found);
  };
  return [...known].map((name) => ({
    name: name === '' ? "''" : name,
    amount: amountIn(now, name),
    before: before && amountIn(before, name),
  }));
}

const nothing: StorageAmount = { count: 0, bytes: 0 };

function drawLines(lines: readonly Line[]): readonly string[] {
  const rows = lines.map(({ name, amount, before }) => ({
    name,
    count: before === undefined ? grouped(amount.count) : `${grouped(amount.count)} of ${grouped(before.count)}`,
    bytes: writeBytes(amount.bytes, before?.bytes),
  }));
  const widest = longestLength(rows.map(({ name }) => name));
  const counts = longestLength(rows.map(({ count }) => count));
  return rows.map(({ name, count, bytes }) => `  ${name.padEnd(widest)}  ${count.padStart(counts)}  ${bytes}`);
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

function writeBytes(bytes: number, before?: number): string {
  const largest = Math.max(bytes, before ?? 0);
  const power = Math.min(units.length - 1, largest < 1000 ? 0 : Math.floor(Math.log10(largest) / 3));
  const write = (value: number) => shortened(value / 1000 ** power);
  const unit = power === 0 && largest === 1 ? 'byte' : units[power];
  return before === undefined ? `${write(bytes)} ${unit}` : `${write(bytes)} of ${write(before)} ${unit}`;
}

function shortened(value: number): string {
  return String(Math.round(value * 10) / 10);
}
