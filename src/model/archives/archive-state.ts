/** Three of AWS, and `Bulk` and `Accelerated` of IBM COS. */
export const restoreTiers = ['Expedited', 'Standard', 'Bulk', 'Accelerated'] as const;

export type RestoreTier = (typeof restoreTiers)[number];

/** A tier of INTELLIGENT_TIERING that archives objects. They cannot be read before they are restored. */
export type AccessTier = 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS';

/** A restore that goes on, or that is over and has made a copy. Times are milliseconds since 1970. */
export interface Restore {
  readonly tier: RestoreTier;
  /** Is undefined for an object of INTELLIGENT_TIERING, which leaves its archive for good. */
  readonly days: number | undefined;
  /** The moment at which the copy was requested or its days were changed. */
  readonly requested: number;
  readonly ready: number;
  /** The moment at which S3 removes the copy; undefined if the restore has no days. */
  readonly expires: number | undefined;
  /** Whether the copy is not there yet. S3 makes it once it is due, and a clock that goes back takes no copy away. */
  readonly isOngoing: boolean;
}

/** The members of a version that was in an archive. Nearly all versions lack them. */
export interface Archivable {
  readonly restore?: Restore | undefined;
  /** The moment at which the last restored copy was removed, for messages. */
  readonly copyEnded?: number | undefined;
  /** The archive tier of an object in INTELLIGENT_TIERING; undefined in the tiers that can be read. */
  readonly accessTier?: AccessTier | undefined;
  /** The moment at which an object in INTELLIGENT_TIERING was last read or moved there, if that is later than its write. */
  readonly accessed?: number | undefined;
  /** The moment at which lifecycle moved the object into its storage class. */
  readonly moved?: number | undefined;
}
