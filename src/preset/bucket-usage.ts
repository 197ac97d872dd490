import type { ArchiveMetadata, StorageAmount } from '../model/usage';

/** The storage that the versions of one storage class take. */
export interface StorageClassUsage {
  /** Current and noncurrent versions together. */
  readonly versions: StorageAmount;
  /** The current versions that are objects. */
  readonly current: StorageAmount;
  /** The versions below the current one, which may be a delete marker. */
  readonly noncurrent: StorageAmount;
  /** The versions that are smaller than the 128 KB that Amazon S3 bills at least in STANDARD_IA, ONEZONE_IA and GLACIER_IR. The bytes are those that it bills beyond theirs, and are not among `bytes`. */
  readonly belowMinimumSize: StorageAmount;
  /** The versions that Amazon S3 bills for longer if they go now, with their bytes: in STANDARD_IA and ONEZONE_IA up to 30 days after their write or move, in GLACIER_IR and GLACIER up to 90, in DEEP_ARCHIVE up to 180. */
  readonly belowMinimumDays: StorageAmount;
  /** What Amazon S3 stores beside the versions in GLACIER, DEEP_ARCHIVE and the archive tiers of INTELLIGENT_TIERING, and bills: 32 KB each at the rate of the archive, 8 KB at that of STANDARD. It is not among `bytes`. */
  readonly archiveMetadata: ArchiveMetadata;
}

/** The storage that the keys with one prefix take. */
export interface PrefixUsage extends StorageClassUsage {
  /** The bytes of all versions, and of the parts of uploads that are not complete. */
  readonly bytes: number;
  /** The delete markers, current or not. Their bytes are those of their keys, and are not among `bytes`. */
  readonly deleteMarkers: StorageAmount;
  /** The copies of archived versions that restores made, until they are removed. They are not among `bytes`. */
  readonly restoredCopies: StorageAmount;
  /** The uploads that were neither completed nor aborted: the bytes are those of their parts. */
  readonly uploads: StorageAmount & {
    /** The number of their parts. */
    readonly parts: number;
  };
  /** The same for each storage class that has versions. */
  readonly storageClasses: Readonly<Record<string, StorageClassUsage>>;
}

/** The storage that a bucket takes: the numbers that S3's inventory and Storage Lens go by, and what its bill adds. Printed, it is a table. */
export interface BucketUsage extends PrefixUsage {
  /** The moment that it is of. */
  readonly at: Date;
  /** With `delimiter`: the keys up to the delimiter that follows the prefix, together. Keys without it are under the prefix itself. */
  readonly prefixes?: Readonly<Record<string, PrefixUsage>>;
  /** With `at`: the usage now. */
  readonly before?: BucketUsage;
}

/** The options of `usage`. */
export interface UsageOptions {
  /** Only keys that begin with it. Default: all keys. */
  readonly prefix?: string | undefined;
  /** Also counts by prefix, up to this text after `prefix`, such as `'/'`. */
  readonly delimiter?: string | undefined;
  /** The usage that S3 will leave at this moment by lifecycle rules, restores and archive tiers, if nothing else changes. Default: now. */
  readonly at?: Date | number | string | undefined;
}
