import { type Expectation, readMembers } from '../journal/comparison';
import type { Expected } from '../journal/input-matching';
import { notificationEvents } from '../model/configurations/notification';
import type { EventName } from '../model/events/report';
import { structure } from '../shapes/elements';
import { checkExpectedKinds, checkIsSet } from '../shapes/expected-values';
import { checkMemberNames } from '../shapes/known-names';
import { namesOf } from '../shapes/member-names';
import { dateWithMilliseconds, text } from '../shapes/values';
import { makeMistake } from '../text/mistakes';
import { checkPlainValues } from '../text/plain-values';
import { writeSuggestion } from '../text/spelling';
import { writeGiven } from '../text/values';
import type { EventEntry } from './entry';

/** The members of an event that a test can expect: any of them, and parts of the record. The key is not encoded. */
export type ExpectedEvent = Expected<
  Pick<EventEntry, 'bucket' | 'key' | 'versionId' | 'destination' | 'configurationId' | 'time' | 'record' | 'document'>
>;

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

/** The members that each event has. The key is not among them, since a test event has none. */
const alwaysSet: ReadonlySet<string> = new Set(['bucket', 'destination', 'time', 'document']);

const members = { ...namesOf(shape.members), record: 'any', document: 'any' } as const;

export interface EventExpectation extends Expectation<EventEntry> {
  readonly name: EventNameOrFamily;
}

export function readExpectedEvent(call: string, event: unknown, expected: unknown): EventExpectation {
  const name = readEventName(call, event);
  const find = readMembers(call, 'event', expected, "{ key: 'report.pdf' }");
  const where = `${call}: an event`;
  checkMemberNames(where, members, expected);
  checkPlainValues(where, expected);
  checkIsSet(where, expected, (member) => alwaysSet.has(member) || (member === 'key' && name !== 'TestEvent'));
  checkExpectedKinds(where, shape, expected);
  return {
    name,
    members: expected,
    isNamed: (event) => isNamed(event, name),
    partOf: (event) => event,
    find,
    isPartial: () => false,
    isUnsure: () => false,
    otherName: (event) => ({ path: 'name', expected: name, actual: event.name }),
  };
}

/** The name of a family of events, as configurations write it: `ObjectCreated:*`. */
type EventFamily =
  Extract<(typeof notificationEvents)[number], `${string}:*`> extends infer Name
    ? Name extends `s3:${infer Family}`
      ? Family
      : never
    : never;

/** The name of an event, or of a family of events, without `s3:`. */
export type EventNameOrFamily = EventName | EventFamily;

const known = [...notificationEvents.map((name) => name.slice('s3:'.length)), 'TestEvent'];
const eventNames = known.filter((name): name is EventName => !name.endsWith(':*'));

function isNamed({ name }: { readonly name: EventName }, expected: EventNameOrFamily): boolean {
  return expected.endsWith(':*') ? name.startsWith(expected.slice(0, -1)) : name === expected;
}

export function eventNamesIn(expected: EventNameOrFamily): readonly EventName[] {
  return eventNames.filter((name) => isNamed({ name }, expected));
}

function readEventName(call: string, event: unknown): EventNameOrFamily {
  if (isEventName(event)) return event;
  if (event === undefined) throw makeMistake(`${call}: no event was given. ${general}`);
  const hint = hintFor(event);
  throw makeMistake(`${call}: S3 has no event ${writeGiven(event)}. ${hint ?? general}`);
}

const general = "Events are named without s3:, as in 'ObjectCreated:Put' or 'ObjectRemoved:*'.";

function isEventName(event: unknown): event is EventNameOrFamily {
  return typeof event === 'string' && known.includes(event);
}

function hintFor(event: unknown): string | undefined {
  if (typeof event !== 'string') return undefined;
  const bare = event.replace(/^s3:/i, '');
  if (bare !== event && known.includes(bare)) return `It is named without s3: here: '${bare}'.`;
  const ofAnyFamily = known.filter((name) => bare !== '' && name.endsWith(`:${bare}`));
  if (ofAnyFamily.length > 0) return `Did you mean ${ofAnyFamily.join(', ')}?`;
  return writeSuggestion(bare, known);
}
