import { inspect } from 'node:util';
import type { Bucket } from '../model/bucket';
import { readMoment } from '../model/clock';
import type { Store } from '../model/store';
import { type ClassUsage, countUsage, type StorageAmount, type Usage, UsageCounter } from '../model/usage';
import { standard } from '../model/versions/content';
import { groupOf } from '../model/versions/listings';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import type { BucketUsage, PrefixUsage, StorageClassUsage, UsageOptions } from './bucket-usage';
import { bucketAt } from './lifecycle-plan';
import { drawUsage } from './usage-picture';

/** Counts what a bucket holds, now or once lifecycle has run until a moment. */
export function bucketUsage(store: Store, bucket: Bucket, options: UsageOptions = {}): BucketUsage {
  const label = `bucket '${bucket.name}': usage`;
  checkOptionNames(label, options, ['prefix', 'delimiter', 'at']);
  const { prefix = '', delimiter, at } = options;
  if (typeof prefix !== 'string') throw invalidValue(label, 'prefix', prefix, "text, such as 'images/', or undefined");
  if (delimiter !== undefined && (typeof delimiter !== 'string' || delimiter === ''))
    throw invalidValue(label, 'delimiter', delimiter, "text, such as '/', or undefined");
  const scope = { prefix, delimiter };
  const now = store.clock.now();
  const before = usageAt(bucket, scope, now);
  if (at === undefined) return printable(bucket.name, before);
  const moment = readMoment(at, `${label}: at`);
  if (moment < now)
    throw invalidValue(label, 'at', at, `a moment from ${new Date(now).toISOString()} on, the present one of the mock`);
  const after = usageAt(bucketAt(store, bucket, moment), scope, moment);
  return printable(bucket.name, { ...after, before: printable(bucket.name, before) });
}

interface Scope {
  readonly prefix: string;
  readonly delimiter: string | undefined;
}

function usageAt(bucket: Bucket, { prefix, delimiter }: Scope, at: number): BucketUsage {
  const whole = new UsageCounter();
  const groups = new Map<string, UsageCounter>();
  countUsage(bucket, at, (key) => {
    if (!key.startsWith(prefix)) return [];
    if (delimiter === undefined) return [whole];
    const name = groupOf(key, prefix, delimiter) ?? prefix;
    const group = groups.get(name) ?? new UsageCounter();
    groups.set(name, group);
    return [whole, group];
  });
  const usage = { at: new Date(at), ...prefixUsage(whole) };
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

/** By name, but the usual storage class first. */
function record<Given, Made>(given: ReadonlyMap<string, Given>, make: (value: Given) => Made) {
  const rank = (name: string) => (name === standard ? '' : name);
  const sorted = [...given].toSorted(([one], [other]) => (rank(one) < rank(other) ? -1 : 1));
  return Object.freeze(Object.fromEntries(sorted.map(([name, value]) => [name, make(value)])));
}

/** Test runners compare enumerable members only. */
function printable(bucket: string, usage: BucketUsage): BucketUsage {
  const draw = () => drawUsage(bucket, usage);
  return Object.freeze(
    Object.defineProperties({ ...usage }, { toString: { value: draw }, [inspect.custom]: { value: draw } }),
  );
}
