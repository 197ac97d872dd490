import { day } from '../../formats/durations';
import type { Bucket } from '../../model/bucket';
import { readMoment } from '../../model/clock';
import {
  type DefaultRetention,
  type EventHold,
  endOfRetention,
  type LegalHoldStatus,
  type Lock,
  lockAtCreation,
  longestPeriod,
  type Period,
  problemOfPeriod,
  type Retention,
  type RetentionMode,
  writePeriod,
} from '../../model/object-lock';
import { structure } from '../../shapes/elements';
import { date, text } from '../../shapes/values';
import { makeCloser, sameCure } from '../../text/closed-members';
import { invalidValue } from '../../text/invalid-value';
import { checkOptionNames } from '../../text/member-names';
import { isRecord } from '../../text/value-kinds';
import { count, type Part, writeMoment } from './part';

/** Object lock of a bucket: `true` or `false`, or on with a default retention. */
export type ObjectLockFixture =
  | boolean
  | {
      /** The retention of versions that are written without one. */
      readonly defaultRetention?: DefaultRetentionFixture | undefined;
    };

/** The retention of versions that are written without one: `{ Mode: 'GOVERNANCE', Days: 30 }`. */
export interface DefaultRetentionFixture {
  readonly Mode: RetentionMode;
  /** Either `Days` or `Years`. */
  readonly Days?: number | undefined;
  /** Years of the calendar. */
  readonly Years?: number | undefined;
  /** New versions are under an event hold: the time that they are kept after its release, `{ Days: 30 }` or `{ Years: 1 }`. It may replace `Days` and `Years`, or be beside them. */
  readonly DefaultEventHold?: PeriodFixture | undefined;
}

/** Either days, 1 to 36,500, or years of the calendar, 1 to 100. */
export interface PeriodFixture {
  readonly Days?: number | undefined;
  readonly Years?: number | undefined;
}

/** The retention of a version, as AWS's SDKs write it. */
export interface RetentionFixture {
  readonly Mode: RetentionMode;
  /**
   * A Date, milliseconds since 1970, or ISO 8601; it may be in the past. While an event hold is on it is the least end, and may be left out:
   * then it is the time of the version.
   */
  readonly RetainUntilDate?: Date | number | string | undefined;
  /** The event hold: `'ON'`, or `'OFF'` after its release. If left out, it was never set. */
  readonly EventHold?: 'ON' | 'OFF' | undefined;
  /** The time that the version is kept after the release of the hold, only if that is ON: `{ Days: 30 }` or `{ Years: 1 }`. */
  readonly EventHoldDuration?: PeriodFixture | undefined;
}

/** The retention of a version as a test reads it. */
export interface StoredRetention {
  readonly Mode: RetentionMode;
  /** While an event hold is on, the end that it would have if the hold were released now. */
  readonly RetainUntilDate: Date;
  /** The event hold; absent if it was never set. */
  readonly EventHold?: 'ON' | 'OFF';
  /** The time that the version is kept after the release of the hold; absent unless the hold is ON. */
  readonly EventHoldDuration?: { readonly Days?: number; readonly Years?: number };
}

/** The lock of a version in a literal. */
export interface LockDetails {
  /** Its retention, only if the bucket has object lock. Default: the bucket's default if a test puts it without a legal hold, else none. */
  readonly retention?: RetentionFixture | undefined;
  /** Its legal hold, only if the bucket has object lock. If left out, it was never set. */
  readonly legalHold?: LegalHoldStatus | undefined;
}

export interface StoredLock {
  /** Its retention, over or not; undefined if it was never set or was removed. */
  readonly retention: StoredRetention | undefined;
  /** Its legal hold; undefined if it was never set. */
  readonly legalHold: LegalHoldStatus | undefined;
}

export interface LockOutline extends Pick<LockDetails, 'legalHold'> {
  /** If it ends a number of whole days after the write, that number. */
  readonly retention?: {
    readonly Mode: RetentionMode;
    readonly Days?: number;
    readonly RetainUntilDate?: string;
  } & EventHoldMembers;
}

type EventHoldMembers = Pick<StoredRetention, 'EventHold' | 'EventHoldDuration'>;

export const objectLock: Part<LockDetails, StoredLock> = {
  members: ['retention', 'legalHold'],
  shape: {
    retention: structure({
      Mode: text,
      RetainUntilDate: date,
      EventHold: text,
      EventHoldDuration: structure({ Days: count, Years: count }),
    }),
    legalHold: text,
  },
  accept: (given, { at, created }) => ({ lock: readLock(at, given, created) }),
  check(at, { objectLock: isOn }, { lock }) {
    if (lock === undefined || isOn) return;
    throw new TypeError(
      `${at}: it has ${lock.retention ? 'retention' : 'legalHold'}, but the bucket has no object lock. Leave it out, or give objectLock: true beside objects.`,
    );
  },
  complete: ({ lock, created }, bucket) => ({ lock: lockAtCreation(bucket, lock, created) }),
  show: ({ lock }, { store }) => ({
    retention: lock?.retention && showRetention(lock.retention, endOfRetention(lock.retention, store.clock.now())),
    legalHold: lock?.legalHold,
  }),
  write: ({ lock }) => ({
    ...(lock?.retention && { retention: writeRetention(lock.retention) }),
    ...(lock?.legalHold && { legalHold: lock.legalHold }),
  }),
  outline: ({ retention: _retention, ...others }, { lock, created }) => ({
    ...others,
    ...(lock?.retention && { retention: outlineRetention(lock.retention, created) }),
  }),
  draw: ({ retention, legalHold }) => [
    ...(retention ? [retentionInWords(retention)] : []),
    ...(legalHold === 'ON' ? ['legal hold'] : []),
  ],
};

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
  checkOptionNames(at, given, ['Mode', 'Days', 'Years', 'DefaultEventHold']);
  const { Mode, Days, Years, DefaultEventHold: hold } = given;
  checkMode(at, Mode);
  const isHeldAlone = hold !== undefined && Days === undefined && Years === undefined;
  return Object.freeze({
    Mode,
    ...(!isHeldAlone && readPeriod(at, { Days, Years })),
    ...(hold !== undefined && { DefaultEventHold: readHoldDuration(`${at}, DefaultEventHold`, hold) }),
  });
}

function readHoldDuration(at: string, given: PeriodFixture): Period {
  checkOptionNames(at, given, ['Days', 'Years']);
  return Object.freeze(readPeriod(at, given));
}

function readPeriod(at: string, { Days, Years }: PeriodFixture): Period {
  const period = Days ?? Years;
  if ((Days === undefined) === (Years === undefined) || !Number.isInteger(period) || problemOfPeriod(Days, Years))
    throw invalidValue(
      at,
      'period',
      { Days, Years },
      `either Days, 1 to ${longestPeriod.Days}, or Years, 1 to ${longestPeriod.Years}`,
    );
  return { ...(Days !== undefined && { Days }), ...(Years !== undefined && { Years }) };
}

export function writeObjectLock({ objectLock, defaultRetention }: Bucket): ObjectLockFixture {
  return defaultRetention ? Object.freeze({ defaultRetention }) : objectLock;
}

function readLock(at: string, { retention, legalHold }: LockDetails, created: number): Lock {
  if (legalHold !== undefined && legalHold !== 'ON' && legalHold !== 'OFF')
    throw invalidValue(at, 'legalHold', legalHold, "'ON' or 'OFF', or undefined");
  return {
    retention: retention === undefined ? undefined : readRetention(`${at}, retention`, retention, created),
    legalHold,
  };
}

function readRetention(at: string, retention: RetentionFixture, created: number): Retention {
  checkOptionNames(at, retention, ['Mode', 'RetainUntilDate', 'EventHold', 'EventHoldDuration']);
  const { Mode, RetainUntilDate, EventHold } = retention;
  checkMode(at, Mode);
  const eventHold = readEventHold(at, retention);
  const isDateless = RetainUntilDate === undefined && EventHold === 'ON';
  // A missing date is refused as another wrong moment is.
  const until = isDateless ? created : readMoment(RetainUntilDate as Date, `${at}: RetainUntilDate`);
  return { Mode, until: Math.trunc(until), ...(eventHold && { eventHold }) };
}

function readEventHold(at: string, { EventHold, EventHoldDuration }: RetentionFixture): EventHold | undefined {
  if (EventHold !== undefined && EventHold !== 'ON' && EventHold !== 'OFF')
    throw invalidValue(at, 'EventHold', EventHold, "'ON' or 'OFF', or undefined");
  if (EventHold === 'ON') {
    if (EventHoldDuration === undefined)
      throw new TypeError(
        `${at}: EventHold is 'ON', but there is no EventHoldDuration. Give { Days } or { Years } beside it.`,
      );
    return { Status: 'ON', duration: readHoldDuration(`${at}, EventHoldDuration`, EventHoldDuration) };
  }
  if (EventHoldDuration !== undefined)
    throw new TypeError(
      `${at}: it has an EventHoldDuration, but EventHold is not 'ON'. Leave it out, or give EventHold: 'ON'.`,
    );
  return EventHold && { Status: 'OFF' };
}

function checkMode(at: string, Mode: RetentionMode): void {
  if (Mode !== 'GOVERNANCE' && Mode !== 'COMPLIANCE')
    throw invalidValue(at, 'Mode', Mode, "'GOVERNANCE' or 'COMPLIANCE'");
}

const closeRetention = makeCloser<StoredRetention>({
  label: 'retention of a version',
  cures: sameCure(['until', 'date', 'expires'], 'Write RetainUntilDate.'),
  others: ['EventHold', 'EventHoldDuration'],
});

function showRetention(retention: Retention, end: number): StoredRetention {
  return closeRetention({ Mode: retention.Mode, RetainUntilDate: new Date(end), ...writeEventHold(retention) });
}

function writeRetention(retention: Retention): RetentionFixture {
  const { Mode, until } = retention;
  return { Mode, RetainUntilDate: new Date(until).toISOString(), ...writeEventHold(retention) };
}

function writeEventHold({ eventHold }: Retention): EventHoldMembers {
  return {
    ...(eventHold && { EventHold: eventHold.Status }),
    ...(eventHold?.Status === 'ON' && { EventHoldDuration: Object.freeze({ ...eventHold.duration }) }),
  };
}

/** A default retention ends days after the write, at a moment that differs in each run. */
function outlineRetention(retention: Retention, created: number): LockOutline['retention'] {
  const { Mode, until } = retention;
  const days = (until - created) / day;
  const end = Number.isInteger(days) ? { Days: days } : { RetainUntilDate: new Date(until).toISOString() };
  return { Mode, ...end, ...writeEventHold(retention) };
}

/** Under an event hold, a retention ends at no moment that is known: `GOVERNANCE, event hold and 30 days`. */
function retentionInWords({ Mode, RetainUntilDate, EventHoldDuration: duration }: StoredRetention): string {
  return duration === undefined
    ? `${Mode} until ${writeMoment(RetainUntilDate)}`
    : `${Mode}, event hold and ${writePeriod(duration)}`;
}
