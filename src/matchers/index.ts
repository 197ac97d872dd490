import { type EventReading, type LoggedEvents, sent, sentTimes } from '../events/expectations';
import { judgeBy, type Reading, requestAssertions } from '../journal/assertions';
import { checkNegation } from '../journal/comparison';
import { makeMistake } from '../text/mistakes';
import { writeSubject } from '../text/values';
import * as access from './access-matchers';
import * as bucket from './bucket-matchers';
import * as replication from './replication-matcher';
import { hasMembers, isBucket, isRecorded, type MatcherResult } from './subjects';
import * as versions from './version-matchers';

type Assertions = typeof requestAssertions;

const requests = Object.fromEntries(
  Object.entries(requestAssertions).map(([matcher, { verdict }]) => {
    const match = (mock: unknown, ...values: readonly unknown[]) =>
      judgeBy(verdict, readRequests(mock, matcher), values);
    return [matcher, match];
  }),
) as Readonly<Record<keyof Assertions, (mock: unknown, ...values: readonly unknown[]) => MatcherResult>>; // by those names

const events = {
  toHaveSent: (subject: unknown, name: unknown, expected?: unknown): MatcherResult =>
    sent(readEvents(subject, 'toHaveSent'), name, expected),
  toHaveSentTimes: (subject: unknown, name: unknown, times: unknown, expected?: unknown): MatcherResult =>
    sentTimes(readEvents(subject, 'toHaveSentTimes'), name, times, expected),
};

/** The functions of all matchers. Each checks its arguments, which plain JavaScript does not. */
export const matcherFunctions = makeMatchers({
  ...{ ...requests, ...events, ...bucket, ...versions, ...replication, ...access },
});

type Matcher = (subject: unknown, ...values: readonly unknown[]) => MatcherResult;

/** Makes the matchers of functions. Each one refuses negations that would hold whatever happens. */
function makeMatchers<Functions extends Readonly<Record<string, Matcher>>>(functions: Functions): Functions {
  const entries = Object.entries(functions).map(([name, match]) => {
    // Runners call it on an object that says whether the test wrote `not`.
    function matcher(this: unknown, subject: unknown, ...values: readonly unknown[]): MatcherResult {
      const result = match(subject, ...values);
      if (!result.pass && hasMembers(this, 'isNot') && this.isNot === true) checkNegation(result);
      return noteText(subject, result);
    }
    return [name, matcher];
  });
  return Object.fromEntries(entries) as Functions; // by the same names
}

/** The assertions on requests and events note their texts themselves. */
function noteText(subject: unknown, result: MatcherResult): MatcherResult {
  if (!isBucket(subject) || !isRecorded(subject.requests)) return result;
  const { written } = subject.requests;
  const message = () => {
    const text = result.message();
    written.finish(text);
    return text;
  };
  return { ...result, message };
}

function readRequests(subject: unknown, call: string): Reading {
  const recorded = hasMembers(subject, 'requests') ? subject.requests : subject;
  if (isRecorded(recorded) && !isBucket(subject)) return { call, recorded };
  throw makeMistake(
    `${call} takes the mock or its requests: expect(s3).${call}(...). It was given ${writeSubject(subject)}.`,
  );
}

function readEvents(subject: unknown, call: string): EventReading {
  const events = hasMembers(subject, 'events') ? subject.events : subject;
  if (hasMembers(events, 'waitFor', 'context', 'dropped'))
    return { call, events: events as unknown as LoggedEvents, ...(isBucket(subject) && { bucket: subject.name }) }; // its members say so
  throw makeMistake(
    `${call} takes the mock, its events or a bucket: expect(s3).${call}(...). It was given ${writeSubject(subject)}.`,
  );
}
