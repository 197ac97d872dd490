import { counted } from '../text/counts';
import { writeBlock } from '../text/values';
import { nearestRequests, whyNone, writeExpected } from './assertion-text';
import {
  type ComparedRequest,
  type ComparedRequests,
  compareRequests,
  type Reading,
  readWholeNumber,
} from './comparison';
import { comparedValues } from './difference-text';
import { checkAllIsKnown, undecidableError, type Verdict, verdictOn } from './verdict';

/** Whether a matching request came. */
export function received(reading: Reading, operation: string, input?: unknown): Verdict {
  const comparison = compareRequests(reading, operation, input);
  const { expected, fitting } = comparison;
  if (fitting.length > 0) {
    return verdictOn(
      comparison,
      true,
      `Expected not to receive ${writeExpected(expected)}, but ${came(fitting.length)}.`,
      fitting,
    );
  }
  checkAllIsKnown(comparison);
  const headline = `Expected to receive ${writeExpected(expected)}, but ${whyNone(comparison)}.`;
  return verdictOn(comparison, false, headline, nearestRequests(comparison));
}

/** Whether exactly this many matching requests came. */
export function receivedTimes(reading: Reading, operation: string, times: number, input?: unknown): Verdict {
  const count = readWholeNumber(reading, 'times', times);
  const comparison = compareRequests(reading, operation, input);
  const { expected, same, fitting } = comparison;
  checkAllIsKnown(comparison);
  const pass = fitting.length === count;
  const found = fitting.length === 0 ? whyNone(comparison) : came(fitting.length);
  const headline = pass
    ? `Expected to receive ${writeExpected(expected)} any number of times except ${count}, but that many came.`
    : `Expected to receive ${writeExpected(expected)} ${counted(count, 'time')}, but ${found}.`;
  const evidence =
    fitting.length < count ? nearestRequests({ all: noRequests, same: differing(same), expected }) : fitting;
  return verdictOn(comparison, pass, headline, evidence, { expected: count, actual: fitting.length });
}

/** Whether the n-th request of the operation, counted from 1, matches. */
export function receivedNth(reading: Reading, n: number, operation: string, input?: unknown): Verdict {
  const number = readWholeNumber(reading, 'n', n);
  const comparison = compareRequests(reading, operation, input);
  const { expected, same } = comparison;
  const nth = same.at(number - 1);
  checkAllIsKnown(comparison);
  const name = `${expected.operation} request ${number}`;
  const withInput = expected.input === undefined ? '' : ` with ${writeBlock(expected.input)}`;
  if (nth === undefined) {
    const found =
      same.length === 0 ? whyNone(comparison) : `only ${counted(same.length, `${expected.operation} request`)} came`;
    // The last of those that came may match, and is not the one that is missing.
    return verdictOn(
      comparison,
      false,
      `Expected a ${name}${withInput}, but ${found}.`,
      same,
      comparedValues(expected, undefined),
    );
  }
  const headline = nth.fits
    ? `Expected no ${name}${withInput}, but it came.`
    : `Expected ${name} to be one${withInput}, but it differs.`;
  return verdictOn(comparison, nth.fits, headline, [nth]);
}

/** Whether the last of all requests matches. */
export function receivedLast(reading: Reading, operation: string, input?: unknown): Verdict {
  const comparison = compareRequests(reading, operation, input);
  const { expected, all } = comparison;
  const last = all.at(-1);
  if (last?.unsure) throw undecidableError(comparison, [last]);
  const pass = last?.fits === true;
  const found = last === undefined ? whyNone(comparison) : 'it is not';
  const headline = pass
    ? `Expected the last request not to be ${writeExpected(expected)}, but it is.`
    : `Expected the last request to be ${writeExpected(expected)}, but ${found}.`;
  return verdictOn(comparison, pass, headline, last === undefined ? [] : [last]);
}

/** Whether at least one matching request came, and no other request. */
export function receivedOnly(reading: Reading, operation: string, input?: unknown): Verdict {
  const comparison = compareRequests(reading, operation, input);
  const { expected, all, fitting } = comparison;
  const others = differing(all);
  checkAllIsKnown(comparison);
  if (all.length > 0 && others.length === 0) {
    return verdictOn(
      comparison,
      true,
      `Expected to receive something other than ${writeExpected(expected)}, but nothing else came.`,
      all,
    );
  }
  const found = fitting.length === 0 ? whyNone(comparison) : `${counted(others.length, 'other request')} came`;
  // The headline already says that they are of other operations.
  const evidence = others.map((one) => (one.sameOperation ? one : { ...one, differences: [] }));
  return verdictOn(comparison, false, `Expected to receive only ${writeExpected(expected)}, but ${found}.`, evidence);
}

const noRequests: readonly ComparedRequest[] = [];

function differing(requests: ComparedRequests): readonly ComparedRequest[] {
  return requests.filter(({ fits }) => !fits);
}

function came(count: number): string {
  return `${counted(count, 'matching request')} came`;
}
