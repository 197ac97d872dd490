import { type Reading, requestAssertions } from '../journal/assertions';
import type { Verdict } from '../journal/comparison';
import { writeSubject } from '../text/values';
import * as access from './access-matchers';
import * as bucket from './bucket-matchers';
import * as events from './event-matchers';
import * as replication from './replication-matcher';
import { isBucket, isRecorded, type MatcherResult } from './subjects';
import * as versions from './version-matchers';

type Assertions = typeof requestAssertions;

const requests = Object.fromEntries(
  Object.entries(requestAssertions).map(([matcher, { verdict }]) => {
    const judge = verdict as (reading: Reading, ...given: readonly unknown[]) => Verdict; // which reads what it is given
    return [matcher, (mock: unknown, ...given: readonly unknown[]) => judge(readingOf(mock, matcher), ...given)];
  }),
) as Readonly<Record<keyof Assertions, (mock: unknown, ...given: readonly unknown[]) => MatcherResult>>; // by those names

/** They read what they are given, whatever its type says. */
export const matcherFunctions = { ...requests, ...events, ...bucket, ...versions, ...replication, ...access };

function readingOf(given: unknown, matcher: string): Reading {
  const requests = typeof given === 'object' && given !== null && 'requests' in given ? given.requests : given;
  if (isRecorded(requests) && !isBucket(given)) return { call: matcher, recorded: requests };
  throw new TypeError(
    `${matcher} takes the mock or its requests: expect(s3).${matcher}(...). It was given ${writeSubject(given)}.`,
  );
}
