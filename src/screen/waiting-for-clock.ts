import { refusedParts } from '../journal/batch';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { writeRestoresUnderWay } from '../model/archives/restore';
import type { Bucket } from '../model/bucket';
import { lockedUntil } from '../model/object-lock';
import { protectedUntil } from '../model/protection';
import { writeWaitingCopies } from '../model/replication/missing-replicas';
import type { Store } from '../model/store';
import { findVersion } from '../model/versions/version-lookup';
import { lockedMessage } from '../service/why';
import { counted, firstLines } from '../text/counts';
import { splitDuration } from '../text/durations';
import { writeSentence } from '../text/sentences';
import { isArray, isDate, isRecord, memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';
import type { FailedError } from '../thrown-errors';
import type { ComparedTexts } from './compared-texts';
import { isErrorOf } from './errors';
import type { AssertedObject } from './library-assertions';

/** The number of requests that are examined, since more would take long. */
const LOOKED_AT = 100;
const LISTED = 5;

interface TestOfClock {
  readonly entries: readonly RequestEntry[];
  /** The values that an assertion of the test compared, such as those of a handle. */
  readonly received: ReadonlySet<string>;
  /** Whether an assertion of the library failed, which itself says what is under way. */
  readonly isOfLibrary: boolean;
}

/** Writes which copies and restores a test has seen under way that end only when the mock's clock moves. */
export function writeWaitingForClock(
  { entries: all, received, isOfLibrary }: TestOfClock,
  store: Store,
  errors: readonly FailedError[],
): string | undefined {
  const entries = all.slice(-LOOKED_AT);
  const has = (name: string, value: string) =>
    !isOfLibrary &&
    (received.has(value) || entries.some(({ output }) => isRecord(output) && Reflect.get(output, name) === value));
  const now = store.clock.now();
  // Whoever has moved the clock waits for the end of the retention.
  const areForCompliance = store.clock.moved === 0 ? entries.filter((entry) => isBypassOfCompliance(entry)) : [];
  // A test that goes on after the refusal has expected it. A refusal within a batch is no error of the client.
  const isReason = areForCompliance.some(
    (entry) => entry.error === undefined || entry === entries.at(-1) || errors.some((error) => isErrorOf(error, entry)),
  );
  const lines = [
    ...(has('ReplicationStatus', 'PENDING') ? writeWaitingCopies(store) : []),
    ...(has('Restore', 'ongoing-request="true"')
      ? [...store.buckets.values()].flatMap((bucket) => writeRestoresUnderWay(bucket, store.clock))
      : []),
    ...(writeCountedByDate(entries, store) ??
      writeRetained(
        now,
        entries.filter((entry) => isHeldBack(entry, store) && !areForCompliance.includes(entry)),
      )),
    ...(isReason ? [ofCompliance] : []),
  ];
  return lines.length === 0 ? undefined : firstLines(lines.map(String), LISTED).map(writeSentence).join('\n');
}

/** Clocks that differ by less are those of two processes. */
const APART = 60_000;

/** A test has moved the clock of the mock, and its code can have compared the times of S3 with its own Date. */
export function writeTwoClocks(
  { entries }: Pick<TestOfClock, 'entries'>,
  { clock, buckets }: Store,
): string | undefined {
  const apart = clock.now() - clock.processNow();
  if (clock.moved === 0 || Math.abs(apart) < APART) return undefined;
  // A test that waits for the rules of a bucket, or for the end of a URL, compares no times.
  const isOfRules = entries.some(({ bucket = '' }) => hasRules(buckets.get(bucket)));
  if (isOfRules || !entries.slice(-LOOKED_AT).some(readTimes)) return undefined;
  const [[unit, count] = ['seconds', 0]] = Object.entries(splitDuration(Math.abs(apart)));
  return `The clock of the mock is ${counted(count, unit.slice(0, -1))} ${apart > 0 ? 'ahead of' : 'behind'} Date.now(). Code that compares the times of S3 with Date.now() sees only the second: give it s3.clock.now(), or fake Date, which the clock of the mock follows.`;
}

interface Listed {
  readonly key: string;
  /** The milliseconds between LastModified and the listing, by the clock of the mock. */
  readonly age: number;
}

/** What code that chooses objects by their age would choose: the older ones, or the younger ones. */
interface Choice {
  readonly isOld: boolean;
  readonly expected: ReadonlySet<string>;
  readonly received: ReadonlySet<string>;
}

/**
 * A test with the option now compares keys that differ as if the code had chosen them by their age and read Date: there is an age by which the
 * clock of the mock chooses the expected keys, and Date the received ones.
 */
export function writeAgesByDate(
  { entries }: Pick<TestOfClock, 'entries'>,
  { clock }: Pick<Store, 'clock'>,
  compared: readonly Pick<ComparedTexts, 'expected' | 'received'>[],
): string | undefined {
  const apart = clock.processNow() - clock.now();
  const list = entries.slice(-LOOKED_AT).findLast(({ operation }) => /^ListObjects(?:V2)?$/.test(operation ?? ''));
  if (clock.moved !== 0 || Math.abs(apart) < APART || list === undefined) return undefined;
  const listed = readAges(list);
  const isMeant = compared.some(
    (sides) =>
      areSomeOf(sides.expected, listed) &&
      areSomeOf(sides.received, listed) &&
      [true, false].some((isOld) => isChosenByDate(listed, apart, { ...sides, isOld })),
  );
  if (!isMeant) return undefined;
  const [[unit, count] = ['seconds', 0]] = Object.entries(splitDuration(Math.abs(apart)));
  const [now, process] = [clock.now(), clock.processNow()].map((one) => new Date(one).toISOString());
  return `The clock of the mock stands at ${now}, and Date at ${process}: for code that compares LastModified with Date.now(), the objects of ${writeCall(list)} are ${counted(count, unit.slice(0, -1))} ${apart > 0 ? 'older' : 'younger'}, and by their age it gets what the test received. Set the system time of the runner's fake timers to s3.clock.now().`;
}

/**
 * A test with the option now misses a key that the code has deleted with all others of a listing: by the clock of the mock the key is younger
 * than another one, and by Date it is older than all of them.
 */
export function writeDeletedByDate(
  { entries }: Pick<TestOfClock, 'entries'>,
  { clock }: Pick<Store, 'clock'>,
  missing: Pick<AssertedObject, 'bucket' | 'key'> | undefined,
): string | undefined {
  const apart = clock.processNow() - clock.now();
  const sent = entries.slice(-LOOKED_AT);
  const at = sent.findLastIndex(
    ({ operation, bucket }) => /^ListObjects(?:V2)?$/.test(operation ?? '') && bucket === missing?.bucket,
  );
  const list = sent[at];
  if (clock.moved !== 0 || list === undefined || missing === undefined) return undefined;
  const listed = readAges(list);
  const deleted = new Set(sent.slice(at + 1).flatMap(listDeleted));
  const age = listed.find(({ key }) => key === missing.key)?.age;
  const oldest = listed.reduce((most, one) => Math.max(most, one.age), 0);
  if (age === undefined || age >= oldest || age + apart < oldest || !listed.every(({ key }) => deleted.has(key)))
    return undefined;
  const [[unit, count] = ['seconds', 0]] = Object.entries(splitDuration(apart));
  const [now, process] = [clock.now(), clock.processNow()].map((one) => new Date(one).toISOString());
  return `The clock of the mock stands at ${now}, and Date at ${process}: for code that compares LastModified with Date.now(), the objects of ${writeCall(list)} are ${counted(count, unit.slice(0, -1))} older, also ${writeKey(missing.key)}. The code deleted all of them: if it chose them by their age, set the system time of the runner's fake timers to s3.clock.now().`;
}

function listDeleted({ operation, key = '', output }: RequestEntry): readonly string[] {
  if (operation === 'DeleteObject') return [key];
  const deleted: unknown = operation === 'DeleteObjects' ? memberOf(output, 'Deleted') : undefined;
  return isArray(deleted) ? deleted.map((one: unknown) => String(memberOf(one, 'Key'))) : [];
}

function readAges({ output, time }: RequestEntry): readonly Listed[] {
  const contents: unknown = memberOf(output, 'Contents');
  return (isArray(contents) ? contents : []).flatMap((one: unknown) => {
    const [key, date] = [memberOf(one, 'Key'), memberOf(one, 'LastModified')];
    return typeof key === 'string' && isDate(date) ? { key, age: time.getTime() - date.getTime() } : [];
  });
}

/** Whether a side has some of the keys, and nothing else but its printed form. */
function areSomeOf(side: ReadonlySet<string>, listed: readonly Listed[]): boolean {
  const keys = new Set(listed.map(({ key }) => key));
  const texts = [...side].filter((text) => !/^(?:\w+ )?[[{]/.test(text));
  return texts.length > 0 && texts.every((text) => keys.has(text));
}

function isChosenByDate(listed: readonly Listed[], apart: number, { isOld, expected, received }: Choice): boolean {
  const ages = listed.flatMap(({ key, age }) => [
    { age, isOlder: expected.has(key) === isOld },
    { age: age + apart, isOlder: received.has(key) === isOld },
  ]);
  const isSame = listed.every(({ key }) => expected.has(key) === received.has(key));
  const most = ages.reduce((last, { age, isOlder }) => (isOlder ? last : Math.max(last, age)), 0);
  const least = ages.reduce((first, { age, isOlder }) => (isOlder ? Math.min(first, age) : first), Infinity);
  return !isSame && most < least;
}

/** The date of a retention that code counted from its own Date, while the clock of the mock is elsewhere. */
export function writePastForMock(
  { entries }: Pick<TestOfClock, 'entries'>,
  { clock }: Pick<Store, 'clock'>,
  errors: readonly FailedError[],
): string | undefined {
  const real = clock.processNow();
  const refused = entries.slice(-LOOKED_AT).findLast((entry) => isPastForMock(entry, real));
  // A test that goes on after the refusal has expected it.
  const isReason = refused === entries.at(-1) || errors.some((error) => refused && isErrorOf(error, refused));
  if (refused === undefined || !isReason) return undefined;
  return `By Date.now(), ${new Date(real).toISOString()}, the date of the retention is in the future. Let Date and the clock of the mock agree: set the system time of the runner's fake timers to s3.clock.now(), or leave out the option now.`;
}

function readEnd({ input }: RequestEntry): unknown {
  return memberOf(input, 'ObjectLockRetainUntilDate') ?? memberOf(memberOf(input, 'Retention'), 'RetainUntilDate');
}

/** A test takes no longer from a request to its failure. */
const TEST = 10_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * A retention that holds a version back ends whole hours after the time of Date at which the code sent it, and no whole minutes after that of the mock:
 * the code has counted from its own Date.
 */
function writeCountedByDate(entries: readonly RequestEntry[], store: Store): readonly string[] | undefined {
  const real = store.clock.processNow();
  const sent = entries.findLast((entry) => {
    const end = readEnd(entry);
    if (!isDate(end) || entry.error !== undefined || Math.abs(real - entry.time.getTime()) < APART) return false;
    const rest = (end.getTime() - real) % HOUR;
    const isOfDate = end.getTime() > real && (rest === 0 || rest > HOUR - TEST);
    return isOfDate && (end.getTime() - entry.time.getTime()) % (HOUR / 60) !== 0;
  });
  const end = sent === undefined ? undefined : readEnd(sent);
  if (sent === undefined || !isDate(end) || !entries.some((entry) => isHeldUntil(entry, end, store))) return undefined;
  const [ofDate, ofMock] = [real, sent.time.getTime()].map((from) => writeLength(end.getTime() - from));
  const without = store.clock.isStopped ? ', or leave out the option now' : '';
  return [
    `the code has counted the date of ${writeCall(sent)} from Date, which is at ${new Date(real).toISOString()}, while the clock of the mock stood at ${sent.time.toISOString()}: the retention lasts ${ofDate} by Date, and ${ofMock} by the mock. Set the system time of the runner's fake timers to s3.clock.now() before the code runs${without}`,
  ];
}

function writeLength(milliseconds: number): string {
  const unit = milliseconds < 2 * DAY ? HOUR : DAY;
  return counted(Math.round(milliseconds / unit), unit === DAY ? 'day' : 'hour');
}

function isHeldUntil(entry: RequestEntry, end: Date, store: Store): boolean {
  return entry.why?.includes(end.toISOString()) === true && isHeldBack(entry, store);
}

/** Whether S3 refused a date of a retention that is in the future for code that reads Date. */
function isPastForMock(entry: RequestEntry, processNow: number): boolean {
  const { error, time } = entry;
  if (error?.code !== 'InvalidArgument') return false;
  const date = readEnd(entry);
  return isDate(date) && date.getTime() > processNow && date.getTime() <= time.getTime();
}

function hasRules(bucket: Bucket | undefined): boolean {
  return bucket?.lifecycle !== undefined || bucket?.settings.replication !== undefined;
}

/** Whether an answer has a time that code can compare. A presigned URL is fetched for its bytes. */
function readTimes({ output, url }: RequestEntry): boolean {
  if (/[?&](?:X-Amz-Signature|Signature)=/i.test(url)) return false;
  const lists = ['Contents', 'Entries'].flatMap((name) => memberOf(output, name) ?? []);
  const hasTime = (value: unknown) => isDate(memberOf(value, 'LastModified'));
  return [output, ...lists].some((one) => hasTime(one) || hasTime(memberOf(one, 'Versions')));
}

/** Whoever changes a retention does not wait for its end. */
function writeRetained(now: number, all: readonly RequestEntry[]): readonly string[] {
  const held = all.filter(({ operation }) => operation !== 'PutObjectRetention');
  if (held.length === 0) return [];
  // Only a caller that may, and says so, ends a retention of this mode before its time. A refusal of a whole request has its own trial.
  const isGovernance = held.some(({ why, error }) => error === undefined && why?.includes('GOVERNANCE') === true);
  const bypass = isGovernance ? '; with BypassGovernanceRetention: true a delete does not wait for its end' : '';
  const at = new Date(now).toISOString();
  return [`the clock of the mock is at ${at}; s3.clock.advance moves it past the retention${bypass}`];
}

const ofCompliance =
  "nobody can shorten or end a retention in COMPLIANCE mode before its date. If somebody has to be able to, lock the version with Mode: 'GOVERNANCE'";

/** Whether a request asked to lift a lock that nobody can lift, so that its sender does not wait for the end. */
function isBypassOfCompliance({ input, why = '' }: RequestEntry): boolean {
  return memberOf(input, 'BypassGovernanceRetention') === true && why.includes('retained in COMPLIANCE mode');
}

interface HeldBack {
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** Whether S3 refused to change a version whose retention ends at a time, or one of a batch. */
function isHeldBack(entry: RequestEntry, store: Store): boolean {
  const { method, error, key, versionId } = entry;
  if (method === 'GET' || method === 'HEAD') return false;
  const parts = refusedParts(entry).map(({ part: { Key, VersionId }, code, message }) => ({
    key: String(Key),
    versionId: VersionId === undefined ? undefined : String(VersionId),
    code,
    message,
  }));
  return [{ key, versionId, ...error }, ...parts].some((one) => isRetained(one, entry, store));
}

function isRetained(
  { key = '', versionId, code, message }: HeldBack,
  { bucket = '', why = '' }: RequestEntry,
  store: Store,
) {
  const named = store.buckets.get(bucket);
  if (code !== 'AccessDenied' || named === undefined) return false;
  const version = versionId === undefined ? named.versions.current(key) : findVersion(store, named, key, versionId);
  if (version === undefined) return false;
  // IBM COS says of a protected version only that access is denied.
  const isLocked = message === lockedMessage || why.includes('retained in ');
  const end = isLocked ? lockedUntil(version) : protectedUntil(version);
  return end > store.clock.now() && end < Number.POSITIVE_INFINITY;
}
