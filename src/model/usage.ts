import { day } from '../formats/durations';
import { isCosLocation } from '../formats/regions';
import type { Bucket } from './bucket';
import { isOpen } from './uploads/upload';
import { archiveStorageClasses } from './versions/content';
import { isObject, type ObjectVersion, type Version } from './versions/version';
import { newest } from './versions/version-stacks';

interface Minimum {
  readonly bytes: number;
  readonly days: number;
}

const kilobyte = 1024;

/** Amazon S3 stores bytes beside a version in an archive, some at the rate of its class and some at the rate of STANDARD (F952). */
const archiveMetadata = { own: 32 * kilobyte, standard: 8 * kilobyte } as const;

const leastSize = 128 * kilobyte;

const minimums: ReadonlyMap<string, Minimum> = new Map([
  ['STANDARD_IA', { bytes: leastSize, days: 30 }],
  ['ONEZONE_IA', { bytes: leastSize, days: 30 }],
  ['GLACIER_IR', { bytes: leastSize, days: 90 }],
  ['GLACIER', { bytes: 0, days: 90 }],
  ['DEEP_ARCHIVE', { bytes: 0, days: 180 }],
]);

const none: Minimum = { bytes: 0, days: 0 };

/** The number of versions, delete markers or parts, and the number of their bytes. */
export interface StorageAmount {
  /** The number. */
  readonly count: number;
  /** The sum of their bytes. */
  readonly bytes: number;
}

/** The metadata that S3 stores beside archived versions. */
export interface ArchiveMetadata extends StorageAmount {
  /** The bytes of the metadata that S3 bills at the rate of STANDARD, not at the rate of the archive. `bytes` does not include them. */
  readonly standardBytes: number;
}

export interface ClassUsage {
  readonly current: StorageAmount;
  readonly noncurrent: StorageAmount;
  /** The bytes are the missing bytes (F952). */
  readonly belowMinimumSize: StorageAmount;
  readonly belowMinimumDays: StorageAmount;
  readonly archiveMetadata: ArchiveMetadata;
}

export interface Usage extends ClassUsage {
  /** The delete markers. Their bytes are the bytes of their keys, which S3 charges (F840). */
  readonly deleteMarkers: StorageAmount;
  readonly restoredCopies: StorageAmount;
  readonly uploads: StorageAmount & { readonly parts: number };
  readonly storageClasses: ReadonlyMap<string, ClassUsage>;
}

class Counter implements StorageAmount {
  count = 0;
  bytes = 0;

  add(bytes: number): void {
    this.count += 1;
    this.bytes += bytes;
  }
}

class ClassCounter implements ClassUsage {
  readonly current = new Counter();
  readonly noncurrent = new Counter();
  readonly belowMinimumSize = new Counter();
  readonly belowMinimumDays = new Counter();
  readonly archiveMetadata = Object.assign(new Counter(), { standardBytes: 0 });

  addMinimums(version: ObjectVersion, at: number): void {
    const { created, moved = created } = version;
    const { storageClass, body } = version.content;
    const { bytes, days } = minimums.get(storageClass) ?? none;
    if (body.byteLength < bytes) this.belowMinimumSize.add(bytes - body.byteLength);
    if (at < moved + days * day) this.belowMinimumDays.add(body.byteLength);
    if (version.accessTier === undefined && !archiveStorageClasses.has(storageClass)) return;
    this.archiveMetadata.add(archiveMetadata.own);
    this.archiveMetadata.standardBytes += archiveMetadata.standard;
  }
}

interface Circumstances {
  readonly at: number;
  readonly hasMinimums: boolean;
}

export class UsageCounter extends ClassCounter implements Usage {
  readonly deleteMarkers = new Counter();
  readonly restoredCopies = new Counter();
  readonly uploads = Object.assign(new Counter(), { parts: 0 });
  readonly storageClasses = new Map<string, ClassCounter>();

  addVersion(version: Version, isCurrent: boolean, { at, hasMinimums }: Circumstances): void {
    if (!isObject(version)) {
      this.deleteMarkers.add(Buffer.byteLength(version.key));
      return;
    }
    const place = isCurrent ? 'current' : 'noncurrent';
    const { restore } = version;
    const { storageClass, body } = version.content;
    const ofClass = this.storageClasses.get(storageClass) ?? new ClassCounter();
    this.storageClasses.set(storageClass, ofClass);
    for (const counter of [this, ofClass]) {
      counter[place].add(body.byteLength);
      if (hasMinimums) counter.addMinimums(version, at);
    }
    if (restore?.isOngoing === false && restore.expires !== undefined) this.restoredCopies.add(body.byteLength);
  }

  addUpload(parts: Iterable<{ readonly body: { readonly byteLength: number } }>): void {
    this.uploads.count += 1;
    for (const { body } of parts) {
      this.uploads.parts += 1;
      this.uploads.bytes += body.byteLength;
    }
  }
}

export function countUsage(
  { versions, uploads, location = '' }: Bucket,
  at: number,
  countersOf: (key: string) => readonly UsageCounter[],
): void {
  const circumstances = { at, hasMinimums: !isCosLocation(location) };
  let above: string | undefined;
  for (const version of versions.from({ sortKey: '', sequence: newest })) {
    const isCurrent = version.sortKey !== above;
    above = version.sortKey;
    for (const counter of countersOf(version.key)) counter.addVersion(version, isCurrent, circumstances);
  }
  for (const upload of uploads.values()) {
    if (!isOpen(upload)) continue;
    for (const counter of countersOf(upload.key)) counter.addUpload(uploads.partsOf(upload).values());
  }
}
