import { day } from '../../formats/durations';
import type { Bucket } from '../../model/bucket';
import {
  type DefaultRetention,
  type EventHold,
  endOfRetention,
  type LegalHoldStatus,
  lockAtCreation,
  longestPeriod,
  type Retention,
  type RetentionMode,
  writePeriod,
} from '../../model/object-lock';
import { required } from '../../shapes/elements';
import { alwaysShown, type Complete, readBy, shapeOf, withOneOf } from '../../shapes/given';
import { readGiven } from '../../shapes/given-reader';
import type { ValueOf } from '../../shapes/shape';
import { date, integer, ranging, words } from '../../shapes/values';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import { readMoment } from '../../text/moments';
import { isRecord } from '../../text/value-kinds';
import { type BucketOption, type Part, withoutUnset, writeMoment } from './part';
import { checkVersioning } from './versioning';

/** The object lock of a bucket: `true`, `false`, or `{ defaultRetention }`, which turns object lock on and sets a default retention. */
export type ObjectLockFixture =
  | boolean
  | {
      /** The retention of versions that are written without a retention. */
      readonly defaultRetention?: DefaultRetentionFixture | undefined;
    };

/** The retention of versions that are written without a retention: `{ Mode: 'GOVERNANCE', Days: 30 }`. */
export interface DefaultRetentionFixture {
  readonly Mode: RetentionMode;
  /** The days; write either `Days` or `Years`. */
  readonly Days?: number | undefined;
  /** The calendar years. */
  readonly Years?: number | undefined;
  /**
   * Puts new versions under an event hold: the time that they are kept after its release, `{ Days: 30 }` or `{ Years: 1 }`. It can replace
   * `Days` and `Years`, or be beside them.
   */
  readonly DefaultEventHold?: PeriodFixture | undefined;
}

/** A period: either days, 1 to 36,500, or calendar years, 1 to 100. */
export interface PeriodFixture {
  readonly Days?: number | undefined;
  readonly Years?: number | undefined;
}

/** The retention of a version, as AWS's SDKs write it. */
export interface RetentionFixture {
  readonly Mode: RetentionMode;
  /**
   * When the retention ends: a Date, milliseconds since 1970, or ISO 8601; it can be in the past. While an event hold is on, this is the
   * earliest end. If you leave it out then, it is the time of the version.
   */
  readonly RetainUntilDate?: Date | number | string | undefined;
  /** The event hold: `'ON'`, or `'OFF'` after its release. If left out, it was never set. */
  readonly EventHold?: 'ON' | 'OFF' | undefined;
  /** The time that the version is kept after the release of the hold, only if the hold is ON: `{ Days: 30 }` or `{ Years: 1 }`. */
  readonly EventHoldDuration?: PeriodFixture | undefined;
}

/** The retention of a version as a test reads it. */
export interface StoredRetention {
  readonly Mode: RetentionMode;
  /** The end of the retention. While an event hold is on, it is the end that would follow if the hold were released now. */
  readonly RetainUntilDate: Date;
  /** The event hold; missing if it was never set. */
  readonly EventHold?: 'ON' | 'OFF';
  /** The time that the version is kept after the release of the hold; missing if the hold is not ON. */
  readonly EventHoldDuration?: { readonly Days?: number; readonly Years?: number };
}

/** The lock of a version in a literal. */
export interface LockDetails {
  /**
   * Its retention, only if the bucket has object lock. Default: if a test puts the version without a legal hold, the bucket's default;
   * otherwise none.
   */
  readonly retention?: RetentionFixture | undefined;
  /** Its legal hold, only if the bucket has object lock. If left out, it was never set. */
  readonly legalHold?: LegalHoldStatus | undefined;
}

export interface StoredLock {
  /** Its retention, even if it is over; undefined if it was never set or was removed. */
  readonly retention: StoredRetention | undefined;
  /** Its legal hold; undefined if it was never set. */
  readonly legalHold: LegalHoldStatus | undefined;
}

export interface LockOutline extends Pick<LockDetails, 'legalHold'> {
  /** The retention. If it ends whole days after the write, `Days` is the number of days. */
  readonly retention?: {
    readonly Mode: RetentionMode;
    readonly Days?: number;
    readonly RetainUntilDate?: string;
  } & EventHoldMembers;
}

type EventHoldMembers = Pick<StoredRetention, 'EventHold' | 'EventHoldDuration'>;

const days = ranging(integer, [1, longestPeriod.Days]);
const years = ranging(integer, [1, longestPeriod.Years]);
const mode = required(words('GOVERNANCE', 'COMPLIANCE'));

const period = withOneOf(shapeOf<PeriodFixture>()({ Days: days, Years: years }), {
  thing: 'period',
  names: ['Days', 'Years'],
});

const defaultRetention = withOneOf(
  shapeOf<DefaultRetentionFixture>()({ Mode: mode, Days: days, Years: years, DefaultEventHold: period }),
  { thing: 'period', names: ['Days', 'Years'], unless: 'DefaultEventHold' },
);

const bucketLock = shapeOf<Exclude<ObjectLockFixture, boolean>>()({ defaultRetention });

const retention = shapeOf<RetentionFixture, StoredRetention>()({
  Mode: mode,
  RetainUntilDate: date,
  EventHold: words('ON', 'OFF'),
  EventHoldDuration: period,
});

const lock = shapeOf<LockDetails, StoredLock>()({
  retention: alwaysShown(retention),
  legalHold: alwaysShown(words('ON', 'OFF')),
});

export const objectLock: Part<LockDetails, StoredLock, ValueOf<typeof lock>> = {
  shape: lock.members,
  toModel: ({ retention: values, legalHold }, { at, created }) => ({
    lock: { retention: values && makeRetention(`${at}, retention`, values, created), legalHold },
  }),
  // While an event hold is on, a handle shows the end that there would be if it were released now.
  fromModel: ({ lock: stored }, { store }, form) => ({
    retention:
      stored?.retention &&
      describeRetention(
        stored.retention,
        form === 'literal' ? stored.retention.until : endOfRetention(stored.retention, store.clock.now()),
      ),
    legalHold: stored?.legalHold,
  }),
  rules(at, { objectLock: isOn }, { lock: given }) {
    if (given === undefined || isOn) return;
    throw makeMistake(
      `${at}: it has ${given.retention ? 'retention' : 'legalHold'}, but the bucket has no object lock. Leave it out, or give objectLock: true beside objects.`,
    );
  },
  complete: ({ lock: given, created }, bucket) => ({ lock: lockAtCreation(bucket, given, created) }),
  outline: ({ retention: _retention, ...others }, { lock: given, created }) => ({
    ...others,
    ...(given?.retention && { retention: outlineRetention(given.retention, created) }),
  }),
  draw: ({ retention: shown, legalHold }) => [
    ...(shown ? [retentionInWords(shown)] : []),
    ...(legalHold === 'ON' ? ['legal hold'] : []),
  ],
};

export const bucketObjectLock: BucketOption<ObjectLockFixture, boolean | ValueOf<typeof bucketLock>> = {
  shape: readBy((at, fixture: ObjectLockFixture, { name, now }) => {
    if (typeof fixture === 'boolean') return fixture;
    const expected = "true, or { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }, or undefined";
    if (!isRecord(fixture)) throw invalidValue(at, name, fixture, expected);
    return readGiven({ [name]: bucketLock }, { [name]: fixture }, { at, now })[name];
  }),
  get: ({ bucket }) => writeObjectLock(bucket),
  set({ bucket }, read = false) {
    const objectLock = read !== false;
    if (!objectLock && bucket.objectLock)
      throw makeMistake(`bucket '${bucket.name}': object lock cannot be removed, as on S3. Create another bucket.`);
    checkVersioning(bucket, { objectLock });
    bucket.change({
      defaultRetention: typeof read === 'object' ? read.defaultRetention : undefined,
      ...(objectLock && { objectLock }),
    });
  },
  literal: ({ bucket }) => (bucket.objectLock ? writeObjectLock(bucket) : undefined),
  draw: ({ objectLock, defaultRetention: stored }) =>
    objectLock ? `object lock${stored ? ` (${describeDefault(stored)})` : ''}` : undefined,
};

function describeDefault({ Mode, DefaultEventHold: hold, ...period }: DefaultRetention): string {
  const times = [
    ...((period.Days ?? period.Years) === undefined ? [] : [writePeriod(period)]),
    ...(hold ? [`${writePeriod(hold)} after an event hold`] : []),
  ];
  return `${Mode} for ${times.join(' and ')} by default`;
}

function writeObjectLock({ objectLock, defaultRetention: stored }: Bucket): ObjectLockFixture {
  return stored ? Object.freeze({ defaultRetention: stored }) : objectLock;
}

function makeRetention(at: string, values: ValueOf<typeof retention>, created: number): Retention {
  const { Mode: mode, RetainUntilDate: end, EventHold: status } = values;
  const eventHold = makeEventHold(at, values);
  const isDateless = end === undefined && status === 'ON';
  // A missing date is refused as another wrong moment is.
  const until = isDateless ? created : readMoment(end as Date, `${at}: RetainUntilDate`);
  return { Mode: mode, until: Math.trunc(until), ...(eventHold && { eventHold }) };
}

function makeEventHold(
  at: string,
  { EventHold: status, EventHoldDuration: duration }: ValueOf<typeof retention>,
): EventHold | undefined {
  if (status === 'ON' && duration === undefined)
    throw makeMistake(
      `${at}: EventHold is 'ON', but there is no EventHoldDuration. Give { Days } or { Years } beside it.`,
    );
  if (status !== 'ON' && duration !== undefined)
    throw makeMistake(
      `${at}: it has an EventHoldDuration, but EventHold is not 'ON'. Leave it out, or give EventHold: 'ON'.`,
    );
  return status === 'ON' && duration ? { Status: status, duration } : status && { Status: 'OFF' };
}

function describeRetention({ Mode: mode, eventHold }: Retention, end: number): Complete<ValueOf<typeof retention>> {
  return {
    Mode: mode,
    RetainUntilDate: new Date(end),
    EventHold: eventHold?.Status,
    EventHoldDuration: eventHold?.Status === 'ON' ? eventHold.duration : undefined,
  };
}

/** A default retention ends days after the write, at a moment that differs in each run. */
function outlineRetention(kept: Retention, created: number): LockOutline['retention'] {
  const { RetainUntilDate: end, ...others } = withoutUnset(describeRetention(kept, kept.until));
  const passed = (kept.until - created) / day;
  return {
    ...others,
    ...(Number.isInteger(passed) ? { Days: passed } : { RetainUntilDate: end?.toISOString() ?? '' }),
  };
}

/** While an event hold is on, the end of a retention is unknown: `GOVERNANCE, event hold and 30 days`. */
function retentionInWords({ Mode, RetainUntilDate, EventHoldDuration: duration }: StoredRetention): string {
  return duration === undefined
    ? `${Mode} until ${writeMoment(RetainUntilDate)}`
    : `${Mode}, event hold and ${writePeriod(duration)}`;
}
