import type { Bucket } from '../model/bucket';
import { readMoment } from '../model/clock';
import {
  type DefaultRetention,
  type LegalHoldStatus,
  type Lock,
  longestPeriod,
  problemOfPeriod,
  type Retention,
  type RetentionMode,
} from '../model/object-lock';
import { checkMembers, isRecord, wrong } from '../text/members';

/** Object lock of a bucket: `true`, or with what it gives to versions that name no retention of their own. */
export type ObjectLockFixture =
  | boolean
  | {
      /** For so many days or years from when a version is made. */
      readonly defaultRetention?: DefaultRetentionFixture | undefined;
    };

/** What versions are given that name no retention of their own: `{ Mode: 'GOVERNANCE', Days: 30 }`. */
export interface DefaultRetentionFixture {
  readonly Mode: RetentionMode;
  /** Or `Years`. */
  readonly Days?: number | undefined;
  /** Of 365 days each. */
  readonly Years?: number | undefined;
}

/** How long, and how firmly, a version is kept, in the words of SDKs. */
export interface RetentionFixture {
  readonly Mode: RetentionMode;
  /** A Date, milliseconds since 1970, or ISO 8601; the past, too. */
  readonly RetainUntilDate: Date | number | string;
}

/** A retention as a test is told of it. */
export interface StoredRetention {
  readonly Mode: RetentionMode;
  readonly RetainUntilDate: Date;
}

/** What may be said of the lock of a version. */
export interface LockDetails {
  /** Only where the bucket has object lock. */
  readonly retention?: RetentionFixture | undefined;
  /** Only where the bucket has object lock. Left out: it was never set. */
  readonly legalHold?: LegalHoldStatus | undefined;
}

/** Reads a bucket's object lock. What S3 does not take is a TypeError that says what would be right. */
export function readObjectLock(
  bucket: string,
  objectLock: ObjectLockFixture,
): { readonly objectLock: boolean; readonly defaultRetention: DefaultRetention | undefined } {
  if (typeof objectLock === 'boolean') return { objectLock, defaultRetention: undefined };
  if (!isRecord(objectLock))
    throw new TypeError(
      `${bucket}: objectLock ${wrong(objectLock)}. Give true, or { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }, or leave it out.`,
    );
  checkMembers(`${bucket}, objectLock`, objectLock, ['defaultRetention']);
  const { defaultRetention }: Exclude<ObjectLockFixture, boolean> = objectLock;
  return {
    objectLock: true,
    defaultRetention:
      defaultRetention === undefined
        ? undefined
        : readDefault(`${bucket}, objectLock, defaultRetention`, defaultRetention),
  };
}

function readDefault(at: string, given: DefaultRetentionFixture): DefaultRetention {
  checkMembers(at, given, ['Mode', 'Days', 'Years']);
  const { Mode, Days, Years } = given;
  checkMode(at, Mode);
  const period = Days ?? Years;
  if ((Days === undefined) === (Years === undefined) || !Number.isInteger(period) || problemOfPeriod(Days, Years))
    throw new TypeError(
      `${at}: ${wrong({ Days, Years })}. Give either Days, 1 to ${longestPeriod.Days}, or Years, 1 to ${longestPeriod.Years}.`,
    );
  return Object.freeze({ Mode, ...(Days !== undefined && { Days }), ...(Years !== undefined && { Years }) });
}

/** A bucket's object lock as a fixture gives it. */
export function objectLockOf({ objectLock, defaultRetention }: Bucket): ObjectLockFixture {
  return defaultRetention ? Object.freeze({ defaultRetention }) : objectLock;
}

/** Reads the lock of a version; undefined where nothing is said of it. */
export function readLockDetails(at: string, { retention, legalHold }: LockDetails): Lock | undefined {
  if (legalHold !== undefined && legalHold !== 'ON' && legalHold !== 'OFF')
    throw new TypeError(`${at}: legalHold ${wrong(legalHold)}. Give 'ON' or 'OFF', or leave it out.`);
  if (retention === undefined && legalHold === undefined) return undefined;
  return { retention: retention === undefined ? undefined : readRetention(`${at}, retention`, retention), legalHold };
}

function readRetention(at: string, retention: RetentionFixture): Retention {
  checkMembers(at, retention, ['Mode', 'RetainUntilDate']);
  const { Mode, RetainUntilDate } = retention;
  checkMode(at, Mode);
  try {
    return { Mode, until: Math.trunc(readMoment(RetainUntilDate)) };
  } catch (error) {
    throw new TypeError(`${at}: RetainUntilDate: ${(error as Error).message}`); // what readMoment throws
  }
}

function checkMode(at: string, Mode: RetentionMode): void {
  if (Mode !== 'GOVERNANCE' && Mode !== 'COMPLIANCE')
    throw new TypeError(`${at}: Mode ${wrong(Mode)}. Give 'GOVERNANCE' or 'COMPLIANCE'.`);
}

/** Throws a TypeError for a lock where the bucket has no object lock. */
export function checkAgainstObjectLock(at: string, objectLock: boolean, lock: Lock | undefined): void {
  if (lock === undefined || objectLock) return;
  throw new TypeError(
    `${at}: ${lock.retention ? 'retention' : 'legalHold'} where the bucket has no object lock. Leave it out, or give objectLock: true beside objects.`,
  );
}

/** The lock of a version as a test is told of it. */
export function storedLock(lock: Lock | undefined): {
  readonly retention: StoredRetention | undefined;
  readonly legalHold: LegalHoldStatus | undefined;
} {
  const { retention, legalHold } = lock ?? {};
  return {
    retention: retention && Object.freeze({ Mode: retention.Mode, RetainUntilDate: new Date(retention.until) }),
    legalHold,
  };
}

/** The lock of a version as JSON can hold it. */
export function lockLiteral(lock: Lock | undefined): LockDetails {
  const { retention, legalHold } = lock ?? {};
  return {
    ...(retention && {
      retention: { Mode: retention.Mode, RetainUntilDate: new Date(retention.until).toISOString() },
    }),
    ...(legalHold && { legalHold }),
  };
}
