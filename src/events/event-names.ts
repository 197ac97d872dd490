import { notificationEvents } from '../model/configurations/notification';
import type { EventName } from '../model/events/report';
import { suggestion } from '../text/spelling';
import { writeGiven } from '../text/values';

/** All events of a family, as configurations have it: `ObjectCreated:*`. */
export type EventFamily =
  Extract<(typeof notificationEvents)[number], `${string}:*`> extends infer Name
    ? Name extends `s3:${infer Family}`
      ? Family
      : never
    : never;

/** The name of an event, or of a family of events, without `s3:`. */
export type EventNameOrFamily = EventName | EventFamily;

const known = [...notificationEvents.map((name) => name.slice('s3:'.length)), 'TestEvent'];
const eventNames = known.filter((name): name is EventName => !name.endsWith(':*'));

/** Whether an event has a name, or is of the family with this name. */
export function isNamed({ name }: { readonly name: EventName }, expected: EventNameOrFamily): boolean {
  return expected.endsWith(':*') ? name.startsWith(expected.slice(0, -1)) : name === expected;
}

/** The names of the events that are meant. */
export function eventNamesIn(expected: EventNameOrFamily): readonly EventName[] {
  return eventNames.filter((name) => isNamed({ name }, expected));
}

/** The name of an event or of a family; any other value is a TypeError with the nearest right one. */
export function eventNamed(call: string, given: unknown): EventNameOrFamily {
  if (isEventName(given)) return given;
  if (given === undefined) throw new TypeError(`${call}: no event was given. ${general}`);
  const hint = hintFor(given);
  throw new TypeError(`${call}: S3 has no event ${writeGiven(given)}. ${hint ?? general}`);
}

const general = "Events are named without s3:, as in 'ObjectCreated:Put' or 'ObjectRemoved:*'.";

function isEventName(given: unknown): given is EventNameOrFamily {
  return typeof given === 'string' && known.includes(given);
}

function hintFor(given: unknown): string | undefined {
  if (typeof given !== 'string') return undefined;
  const bare = given.replace(/^s3:/i, '');
  if (bare !== given && known.includes(bare)) return `It is named without s3: here: '${bare}'.`;
  const ofAnyFamily = known.filter((name) => bare !== '' && name.endsWith(`:${bare}`));
  if (ofAnyFamily.length > 0) return `Did you mean ${ofAnyFamily.join(', ')}?`;
  return suggestion(bare, known);
}
