import { type Difference, differencesFrom, type Expected } from '../journal/input-matching';
import { structure } from '../shapes/elements';
import { dateWithMilliseconds, text } from '../shapes/values';
import { checkExpectedKinds } from '../text/expected-values';
import { invalidValue } from '../text/invalid-value';
import { checkMemberNames } from '../text/member-names';
import { checkPlainValues } from '../text/plain-values';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import type { EventEntry } from './entry';
import { type EventNameOrFamily, eventNamed, isNamed } from './event-names';

/** The members of an event that a test may expect: any of them, and parts of the record. The key is not encoded. */
export type ExpectedEvent = Expected<
  Pick<EventEntry, 'bucket' | 'key' | 'versionId' | 'destination' | 'configurationId' | 'time' | 'record' | 'document'>
>;

const members = {
  bucket: 'none',
  key: 'none',
  versionId: 'none',
  destination: 'none',
  configurationId: 'none',
  time: 'none',
  record: 'any',
  document: 'any',
} as const;

/** Its members. Those of a record and of a document may be any. */
const shape = structure({
  bucket: text,
  key: text,
  versionId: text,
  destination: text,
  configurationId: text,
  time: dateWithMilliseconds,
  record: structure({}),
  document: structure({}),
});

/** The event that a test expects. */
export interface EventExpectation {
  readonly name: EventNameOrFamily;
  /** Undefined if any event of that name matches. */
  readonly expected: unknown;
  /** The parts of an event that are not as expected; none of them is looked for in an event of another name. */
  readonly find: (event: EventEntry) => readonly Difference[];
}

/** Reads what a test expects of an event; a mistake in it is a TypeError that names the call. */
export function readExpectedEvent(call: string, name: unknown, expected: unknown): EventExpectation {
  const read = eventNamed(call, name);
  if (expected !== undefined && !isAsymmetric(expected) && !isRecord(expected))
    throw invalidValue(call, 'event', expected, "an object such as { key: 'report.pdf' }, or an asymmetric matcher");
  const where = `${call}: an event`;
  checkMemberNames(where, members, expected);
  checkPlainValues(where, expected);
  checkExpectedKinds(where, shape, expected);
  return { name: read, expected, find: expected === undefined ? () => [] : differencesFrom(expected) };
}

/** Whether an event is as expected. */
export function isExpectedEvent(event: EventEntry, { name, find }: EventExpectation): boolean {
  return isNamed(event, name) && find(event).length === 0;
}
