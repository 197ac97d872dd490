import { writeDifferenceIn } from '../journal/difference-text';
import { undecidable, type Verdict } from '../journal/verdict';
import { counted, firstLines } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { writeBlock } from '../text/values';
import { whyAbsent } from './absence';
import type { ComparedEvent, EventComparison, EventReading } from './comparison';
import { numbered, writeLastEvents } from './event-lines';
import { isNamed, readExpectedEvent } from './expected-event';

const NEAREST = 3;
const DIFFERENCES = 6;

/** Whether a matching event was sent. */
export function sent(reading: EventReading, name: unknown, expected?: unknown): Verdict {
  const comparison = compareEvents(reading, name, expected);
  const { fitting } = comparison;
  if (fitting.length > 0) {
    const headline = `Expected ${senderOf(reading)} not to send ${writeExpected(comparison)}, but it sent ${counted(fitting.length, 'matching event')}.`;
    return verdictOn(comparison, true, headline, fitting);
  }
  checkAllIsKnown(comparison);
  const headline = `Expected ${senderOf(reading)} to send ${writeExpected(comparison)}, but ${whyNone(comparison)}.`;
  return verdictOn(comparison, false, headline, nearestEvents(comparison.same));
}

/** Whether exactly this many matching events were sent. */
export function sentTimes(reading: EventReading, name: unknown, times: unknown, expected?: unknown): Verdict {
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 0)
    throw invalidValue(reading.call, 'times', times, 'a whole number from 0 on');
  const comparison = compareEvents(reading, name, expected);
  checkAllIsKnown(comparison);
  const { fitting, same } = comparison;
  const pass = fitting.length === times;
  const found = fitting.length === 0 ? whyNone(comparison) : `it sent ${counted(fitting.length, 'matching event')}`;
  const headline = pass
    ? `Expected ${senderOf(reading)} to send ${writeExpected(comparison)} any number of times except ${times}, but it sent that many.`
    : `Expected ${senderOf(reading)} to send ${writeExpected(comparison)} ${counted(times, 'time')}, but ${found}.`;
  const differing = same.filter(({ differences }) => differences.length > 0);
  return verdictOn(comparison, pass, headline, fitting.length < times ? nearestEvents(differing) : fitting);
}

function compareEvents(reading: EventReading, name: unknown, given: unknown): EventComparison {
  const expectation = readExpectedEvent(reading.call, name, given);
  const all = numbered(reading.events).filter(
    ({ event }) => reading.bucket === undefined || event.bucket === reading.bucket,
  );
  const same = all
    .filter(({ event }) => isNamed(event, expectation.name))
    .map((one) => ({ ...one, differences: expectation.find(one.event) }));
  const fitting = same.filter(({ differences }) => differences.length === 0);
  return { reading, expectation, all, same, fitting };
}

/** Throws if the log dropped events that could decide: then neither the assertion nor its negation is known to hold. */
function checkAllIsKnown({ reading, expectation }: EventComparison): void {
  const { dropped } = reading.events;
  if (dropped === 0) return;
  throw undecidable(
    `It is unknown whether ${expectation.name} was sent as expected: the log no longer has the ${counted(dropped, 'oldest event')}; journal: { limit } keeps more.`,
  );
}

function senderOf({ bucket }: EventReading): string {
  return bucket === undefined ? 'S3' : `bucket '${bucket}'`;
}

function writeExpected({ expectation: { name, expected } }: EventComparison): string {
  return expected === undefined ? name : `${name} with ${writeBlock(expected)}`;
}

function whyNone({ all, same, expectation: { name } }: EventComparison): string {
  if (all.length === 0) return 'it sent no event at all';
  if (same.length === 0)
    return all.length === 1
      ? 'the only event that it sent has another name'
      : `none of the ${counted(all.length, 'event')} that it sent has that name`;
  return same.length === 1
    ? `the one ${name} event differs`
    : `none of the ${counted(same.length, `${name} event`)} matches`;
}

/** The events with the fewest differences; of those with as many the last. */
function nearestEvents(same: readonly ComparedEvent[]): readonly ComparedEvent[] {
  return same
    .toSorted((one, other) => one.differences.length - other.differences.length || other.number - one.number)
    .slice(0, NEAREST);
}

function verdictOn(
  comparison: EventComparison,
  pass: boolean,
  headline: string,
  evidence: readonly ComparedEvent[],
): Verdict {
  const { all, fitting } = comparison;
  const isTooMany = evidence === fitting;
  const message = () =>
    [
      headline,
      evidence.length === 0 ? '' : writeLastEvents(evidence, differencesBelow),
      isTooMany ? '' : whyAbsent(comparison).join('\n'),
      evidence.length === all.length
        ? ''
        : `${all.length === 1 ? 'The one event' : `All ${counted(all.length, 'event')}`} that it sent:\n${writeLastEvents(all)}`,
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  return { pass, message };
}

function differencesBelow({ differences }: ComparedEvent): readonly string[] {
  const lines = differences.map((one) => writeDifferenceIn('event', one));
  return firstLines(lines, DIFFERENCES, 'difference').map((line) => `- ${line}`);
}
