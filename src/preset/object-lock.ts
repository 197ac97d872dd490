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
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';

/** Object lock of a bucket: `true` or `false`, or on with a default retention. */
export type ObjectLockFixture =
  | boolean
  | {
      /** The retention of versions that are written without one. */
      readonly defaultRetention?: DefaultRetentionFixture | undefined;
    };

/** The retention of versions that are written without one: `{ Mode: 'GOVERNANCE', Days: 30 }`. */
interface DefaultRetentionFixture {
  readonly Mode: RetentionMode;
  /** Either `Days` or `Years`. */
  readonly Days?: number | undefined;
  /** A year has 365 days. */
  readonly Years?: number | undefined;
}

/** The retention of a version, as AWS's SDKs write it. */
interface RetentionFixture {
  readonly Mode: RetentionMode;
  /** A Date, milliseconds since 1970, or ISO 8601; it may be in the past. */
  readonly RetainUntilDate: Date | number | string;
}

/** The retention of a version as a test reads it. */
export interface StoredRetention {
  readonly Mode: RetentionMode;
  readonly RetainUntilDate: Date;
}

/** The lock of a version in a literal. */
export interface LockDetails {
  /** Its retention, only if the bucket has object lock. Default: the bucket's default if a test puts it, else none. */
  readonly retention?: RetentionFixture | undefined;
  /** Its legal hold, only if the bucket has object lock. If left out, it was never set. */
  readonly legalHold?: LegalHoldStatus | undefined;
}

/** Reads a bucket's object lock. A value that S3 refuses is a TypeError that says what to write instead. */
export function readObjectLock(
  bucket: string,
  objectLock: ObjectLockFixture,
): { readonly objectLock: boolean; readonly defaultRetention: DefaultRetention | undefined } {
  if (typeof objectLock === 'boolean') return { objectLock, defaultRetention: undefined };
  if (!isRecord(objectLock))
    throw invalidValue(
      bucket,
      'objectLock',
      objectLock,
      "true, or { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }, or undefined",
    );
  checkOptionNames(`${bucket}, objectLock`, objectLock, ['defaultRetention']);
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
  checkOptionNames(at, given, ['Mode', 'Days', 'Years']);
  const { Mode, Days, Years } = given;
  checkMode(at, Mode);
  const period = Days ?? Years;
  if ((Days === undefined) === (Years === undefined) || !Number.isInteger(period) || problemOfPeriod(Days, Years))
    throw invalidValue(
      at,
      'period',
      { Days, Years },
      `either Days, 1 to ${longestPeriod.Days}, or Years, 1 to ${longestPeriod.Years}`,
    );
  return Object.freeze({ Mode, ...(Days !== undefined && { Days }), ...(Years !== undefined && { Years }) });
}

/** A bucket's object lock as a fixture. */
export function objectLockOf({ objectLock, defaultRetention }: Bucket): ObjectLockFixture {
  return defaultRetention ? Object.freeze({ defaultRetention }) : objectLock;
}

/** Reads the lock of a version; undefined if the literal has none. */
export function readLockDetails(at: string, { retention, legalHold }: LockDetails): Lock | undefined {
  if (legalHold !== undefined && legalHold !== 'ON' && legalHold !== 'OFF')
    throw invalidValue(at, 'legalHold', legalHold, "'ON' or 'OFF', or undefined");
  if (retention === undefined && legalHold === undefined) return undefined;
  return { retention: retention === undefined ? undefined : readRetention(`${at}, retention`, retention), legalHold };
}

function readRetention(at: string, retention: RetentionFixture): Retention {
  checkOptionNames(at, retention, ['Mode', 'RetainUntilDate']);
  const { Mode, RetainUntilDate } = retention;
  checkMode(at, Mode);
  return { Mode, until: Math.trunc(readMoment(RetainUntilDate, `${at}: RetainUntilDate`)) };
}

function checkMode(at: string, Mode: RetentionMode): void {
  if (Mode !== 'GOVERNANCE' && Mode !== 'COMPLIANCE')
    throw invalidValue(at, 'Mode', Mode, "'GOVERNANCE' or 'COMPLIANCE'");
}

/** Throws a TypeError if a version has a lock and its bucket has no object lock. */
export function checkAgainstObjectLock(at: string, objectLock: boolean, lock: Lock | undefined): void {
  if (lock === undefined || objectLock) return;
  throw new TypeError(
    `${at}: it has ${lock.retention ? 'retention' : 'legalHold'}, but the bucket has no object lock. Leave it out, or give objectLock: true beside objects.`,
  );
}

/** The lock of a version as a test reads it. */
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

/** The lock of a version in a form that JSON can store. */
export function lockLiteral(lock: Lock | undefined): LockDetails {
  const { retention, legalHold } = lock ?? {};
  return {
    ...(retention && {
      retention: { Mode: retention.Mode, RetainUntilDate: new Date(retention.until).toISOString() },
    }),
    ...(legalHold && { legalHold }),
  };
}
