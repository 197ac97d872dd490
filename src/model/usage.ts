import type { Bucket } from './bucket';
import { isOpen } from './uploads/upload';
import type { Version } from './versions/version';
import { newest } from './versions/version-stacks';

/** A number of things in a bucket, and the bytes that they take. */
export interface StorageAmount {
  /** The number. */
  readonly count: number;
  /** The sum of their bytes. */
  readonly bytes: number;
}

/** The storage of a bucket, or of the keys with one prefix, in numbers. */
export interface Usage {
  readonly current: StorageAmount;
  readonly noncurrent: StorageAmount;
  /** Their bytes are those of their keys, which S3 charges (F840). */
  readonly deleteMarkers: StorageAmount;
  /** The copies of archived versions that restores made, which S3 charges beside the archive. */
  readonly restoredCopies: StorageAmount;
  /** The uploads that were neither completed nor aborted, with the bytes of their parts. */
  readonly uploads: StorageAmount & { readonly parts: number };
  /** The versions of each storage class that there are. */
  readonly storageClasses: ReadonlyMap<string, ClassUsage>;
}

/** The versions of one storage class. */
export interface ClassUsage {
  readonly current: StorageAmount;
  readonly noncurrent: StorageAmount;
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
}

/** Counts versions and uploads. */
export class UsageCounter extends ClassCounter implements Usage {
  readonly deleteMarkers = new Counter();
  readonly restoredCopies = new Counter();
  readonly uploads = Object.assign(new Counter(), { parts: 0 });
  readonly storageClasses = new Map<string, ClassCounter>();

  addVersion({ key, content, restore }: Version, isCurrent: boolean): void {
    if (content === undefined) {
      this.deleteMarkers.add(Buffer.byteLength(key));
      return;
    }
    const place = isCurrent ? 'current' : 'noncurrent';
    const { storageClass, body } = content;
    const ofClass = this.storageClasses.get(storageClass) ?? new ClassCounter();
    this.storageClasses.set(storageClass, ofClass);
    for (const counter of [this, ofClass]) counter[place].add(body.byteLength);
    if (restore?.isOngoing === false && restore.expires !== undefined) this.restoredCopies.add(body.byteLength);
  }

  addUpload(parts: Iterable<{ readonly body: Uint8Array }>): void {
    this.uploads.count += 1;
    for (const { body } of parts) {
      this.uploads.parts += 1;
      this.uploads.bytes += body.byteLength;
    }
  }
}

/** Counts what a bucket holds, each key in the counters that `countersOf` returns for it (F840). */
export function countUsage({ versions, uploads }: Bucket, countersOf: (key: string) => readonly UsageCounter[]): void {
  let above: string | undefined;
  for (const version of versions.from({ sortKey: '', sequence: newest })) {
    const isCurrent = version.sortKey !== above;
    above = version.sortKey;
    for (const counter of countersOf(version.key)) counter.addVersion(version, isCurrent);
  }
  for (const upload of uploads.values()) {
    if (!isOpen(upload)) continue;
    for (const counter of countersOf(upload.key)) counter.addUpload(upload.parts.values());
  }
}
