/** The answers of the door, as far as the page reads them. Moments are text in ISO 8601. */

export interface MockOutline {
  readonly now: string;
  readonly account: { readonly id: string; readonly name: string };
  readonly buckets: readonly string[];
  /** Counts the calls of the door that may have changed something. */
  readonly changes: number;
  /** Another text for each process that served the mock. */
  readonly started: string;
}

export interface SnapshotLine {
  readonly id: string;
  readonly at: string;
}

export interface MfaCode {
  readonly code: string;
  readonly header: string;
}

export interface BucketLine {
  readonly name: string;
  readonly versioning?: string;
  readonly mfaDelete?: string;
  readonly region?: string;
  /** The id of the account that owns it. */
  readonly owner: string;
  readonly objectLock?: unknown;
  readonly accessPoints: number;
  readonly objects: number;
  readonly versions: number;
  readonly deleteMarkers: number;
  readonly bytes: number;
}

/** A bucket without its objects: its configurations by their names in the options. */
export type BucketOutline = Readonly<Record<string, unknown>>;

export type PublicAccessBlock = Readonly<Record<string, boolean>>;

export interface AccessPointLine {
  readonly name: string;
  readonly arn: string;
  readonly alias: string;
  readonly publicAccessBlock: PublicAccessBlock;
  readonly vpcId?: string;
  readonly account?: string;
  readonly policy?: unknown;
}

export interface KeyLine {
  readonly key: string;
  /** The number of its versions, without delete markers. */
  readonly versions: number;
  readonly deleteMarkers: number;
  readonly current: 'object' | 'deleteMarker';
  readonly size: number;
  readonly lastModified: string;
  readonly removed?: HistoryLine;
}

/** The keys that have the same name up to a slash. */
export interface FolderLine {
  readonly folder: string;
  readonly keys: number;
}

export type Caller =
  | {
      readonly account: string;
      readonly user?: string;
      readonly role?: string;
      readonly session?: string;
      readonly federatedUser?: string;
      readonly accessKeyId?: string;
    }
  | 'anonymous';

/** The request that changed a version, or what S3 did by itself. */
export interface Author {
  readonly request?: number;
  readonly serviceAction?: number;
  readonly operation: string;
  readonly caller?: Caller;
  readonly rule?: string;
}

/** A version that was written or removed. */
export interface HistoryLine {
  readonly key: string;
  readonly versionId: string;
  readonly what: 'written' | 'removed' | 'replaced';
  readonly deleteMarker: boolean;
  readonly size: number;
  readonly lastModified: string;
  readonly at: string;
  readonly by: Author;
}

export interface VersionLine {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly deleteMarker: boolean;
  readonly lastModified: string;
  readonly size: number;
  readonly etag?: string;
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly storageClass?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly retention?: { readonly Mode: string; readonly RetainUntilDate: string; readonly EventHold?: string };
  readonly legalHold?: string;
  readonly replicationStatus?: string;
  readonly accessTier?: string;
  readonly restore?: { readonly ongoing: boolean; readonly ready: string; readonly expires?: string };
  readonly ends?: string;
  readonly writtenBy?: Author;
  /** What removed the version since the moment that is shown. */
  readonly removed?: HistoryLine;
}

export interface RequestLine {
  readonly id: number;
  /** `s3`, `sts` or `s3-control`. */
  readonly service: string;
  /** The ARN of the access point that it named in the place of a bucket. */
  readonly accessPoint?: string;
  readonly time: string;
  readonly operation?: string;
  readonly input?: unknown;
  readonly bucket?: string;
  readonly key?: string;
  readonly versionId?: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly why?: string;
  readonly notes?: readonly string[];
  readonly failure?: { readonly kind: string; readonly what: string; readonly applied: boolean };
  readonly client?: string;
  readonly caller: Caller;
}

export interface WholeRequest extends RequestLine {
  readonly output?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ActionLine {
  readonly id: number;
  readonly at: string;
  readonly action: string;
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  readonly storageClass?: string;
  readonly accessTier?: string;
  readonly destination?: string;
  readonly part?: string;
  /** What became of a copy; `PENDING` is tried again, or takes longer than its rule allows. */
  readonly result?: 'COMPLETED' | 'FAILED' | 'PENDING';
  readonly reason?: string;
  readonly why?: string;
  readonly rule?: string;
}

export interface EventLine {
  readonly id: number;
  readonly name: string;
  readonly bucket: string;
  readonly key?: string;
  readonly versionId?: string;
  readonly destination: string;
  readonly configurationId?: string;
  readonly time: string;
  readonly document?: unknown;
  readonly notes?: readonly string[];
}

export interface RuleLine {
  readonly id: string;
  readonly text: string;
  readonly operation: string;
  readonly input?: unknown;
  readonly isInForce: boolean;
  readonly used: number;
  readonly requests: readonly number[];
  /** The call of the door that made it; undefined if the process did. */
  readonly made?: { readonly path: string; readonly body: object };
}

export interface PlannedAction {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  readonly action: string;
  readonly at: string;
  readonly rule: string;
  readonly storageClass?: string;
}

export interface PlannedCopy {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly part: string;
  readonly destination: string;
  readonly rule: string;
  readonly at: string;
}

export interface Amount {
  readonly count: number;
  readonly bytes: number;
}

export interface ClassUsage {
  readonly versions: Amount;
  readonly current: Amount;
  readonly noncurrent: Amount;
  readonly belowMinimumSize: Amount;
  readonly archiveMetadata: Amount & { readonly standardBytes: number };
}

export interface BucketUsage extends ClassUsage {
  readonly at: string;
  readonly bytes: number;
  readonly deleteMarkers: Amount;
  readonly restoredCopies: Amount;
  readonly uploads: Amount & { readonly parts: number };
  readonly storageClasses: Readonly<Record<string, ClassUsage>>;
  readonly before?: BucketUsage;
}

export interface AccountLine {
  readonly id: string;
  readonly name: string;
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly publicAccessBlock?: PublicAccessBlock;
}
