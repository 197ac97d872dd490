import { type EventReading, type LoggedEvents, sent, sentTimes } from '../events/expectations';
import { writeSubject } from '../text/values';
import { isBucket, type MatcherResult } from './subjects';

export function toHaveSent(subject: unknown, name: unknown, expected?: unknown): MatcherResult {
  return sent(readingOf(subject, 'toHaveSent'), name, expected);
}

export function toHaveSentTimes(subject: unknown, name: unknown, times: unknown, expected?: unknown): MatcherResult {
  return sentTimes(readingOf(subject, 'toHaveSentTimes'), name, times, expected);
}

function readingOf(given: unknown, call: string): EventReading {
  const events = typeof given === 'object' && given !== null && 'events' in given ? given.events : given;
  if (areEvents(events)) return { call, events, ...(isBucket(given) && { bucket: given.name }) };
  throw new TypeError(
    `${call} takes the mock, its events or a bucket: expect(s3).${call}(...). It was given ${writeSubject(given)}.`,
  );
}

function areEvents(value: unknown): value is LoggedEvents {
  return typeof value === 'object' && value !== null && 'waitFor' in value && 'context' in value && 'dropped' in value;
}
