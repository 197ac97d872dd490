import { counted } from '../text/counts';
import { writeBlock } from '../text/values';
import { described, nearestOf, whyNone } from './assertion-text';
import { type Recorded, situationOf, wholeNumber } from './comparison';
import type { RequestEntry } from './entry';
import { failUnlessAllIsKnown, undecidable, type Verdict, verdict } from './verdict';

/** The requests that are such ones, oldest first. */
export function requestsOf(recorded: Recorded, operation: string, input?: unknown): readonly RequestEntry[] {
  return situationOf(recorded, operation, input).fitting.map(({ entry }) => entry);
}

/** That such a request came. */
export function received(recorded: Recorded, operation: string, input?: unknown): Verdict {
  const situation = situationOf(recorded, operation, input);
  const { wanted, all, fitting } = situation;
  if (fitting.length > 0) {
    return verdict(
      situation,
      true,
      `Expected not to receive ${described(wanted)}, but ${came(fitting.length)}.`,
      fitting,
    );
  }
  failUnlessAllIsKnown(situation);
  const headline = `Expected to receive ${described(wanted)}, but ${whyNone(situation)}.`;
  return verdict(situation, false, headline, nearestOf(all, wanted));
}

/** That such requests came so many times. */
export function receivedTimes(recorded: Recorded, operation: string, times: number, input?: unknown): Verdict {
  const count = wholeNumber('times', times);
  const situation = situationOf(recorded, operation, input);
  const { wanted, same, fitting } = situation;
  failUnlessAllIsKnown(situation);
  const pass = fitting.length === count;
  const found = fitting.length === 0 ? whyNone(situation) : came(fitting.length);
  const headline = pass
    ? `Expected to receive ${described(wanted)} any number of times but ${count}, but that many came.`
    : `Expected to receive ${described(wanted)} ${counted(count, 'time')}, but ${found}.`;
  const tooFew = fitting.length < count;
  const evidence = tooFew
    ? nearestOf(
        same.filter(({ fits }) => !fits),
        wanted,
      )
    : fitting;
  return { ...verdict(situation, pass, headline, evidence), expected: count, actual: fitting.length };
}

/** That the n-th request of the operation, counted from 1, is such a one. */
export function receivedNth(recorded: Recorded, n: number, operation: string, input?: unknown): Verdict {
  const number = wholeNumber('n', n);
  const situation = situationOf(recorded, operation, input);
  const { wanted, same } = situation;
  const nth = same[number - 1];
  failUnlessAllIsKnown(situation);
  const name = `${wanted.operation} request ${number}`;
  const withInput = wanted.input === undefined ? '' : ` with ${writeBlock(wanted.input)}`;
  if (nth === undefined) {
    const found =
      same.length === 0 ? whyNone(situation) : `only ${counted(same.length, `${wanted.operation} request`)} came`;
    return verdict(situation, false, `Expected a ${name}${withInput}, but ${found}.`, same);
  }
  const headline = nth.fits
    ? `Expected no ${name}${withInput}, but it came.`
    : `Expected ${name} to be one${withInput}, but it differs.`;
  return verdict(situation, nth.fits, headline, [nth]);
}

/** That the last of all requests is such a one. */
export function receivedLast(recorded: Recorded, operation: string, input?: unknown): Verdict {
  const situation = situationOf(recorded, operation, input);
  const { wanted, all } = situation;
  const last = all.at(-1);
  if (last?.unsure) throw undecidable(situation, [last]);
  const pass = last?.fits === true;
  const found = last === undefined ? whyNone(situation) : 'it is not';
  const headline = pass
    ? `Expected the last request not to be ${described(wanted)}, but it is.`
    : `Expected the last request to be ${described(wanted)}, but ${found}.`;
  return verdict(situation, pass, headline, last === undefined ? [] : [last]);
}

/** That at least one such request came, and nothing else. */
export function receivedOnly(recorded: Recorded, operation: string, input?: unknown): Verdict {
  const situation = situationOf(recorded, operation, input);
  const { wanted, all, fitting } = situation;
  const others = all.filter(({ fits }) => !fits);
  failUnlessAllIsKnown(situation);
  if (all.length > 0 && others.length === 0) {
    return verdict(
      situation,
      true,
      `Expected to receive something other than ${described(wanted)}, but nothing else came.`,
      all,
    );
  }
  const found = fitting.length === 0 ? whyNone(situation) : `${counted(others.length, 'other request')} came`;
  // The headline says already that they are others.
  const evidence = others.map((one) => (one.sameOperation ? one : { ...one, differences: [] }));
  return verdict(situation, false, `Expected to receive only ${described(wanted)}, but ${found}.`, evidence);
}

function came(count: number): string {
  return `${counted(count, 'such request')} came`;
}
