import { AssertionError } from 'node:assert';
import { assertionText, writeExpected } from './assertion-text';
import type { ComparedRequest, Comparison } from './comparison';

/** Whether a claim about the requests holds, and the text for when that is not what the test wants. */
export interface Verdict {
  readonly pass: boolean;
  /** Of a claim that does not hold, why; of one that holds, what is wrong with that where the opposite was expected. */
  readonly message: () => string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Throws an AssertionError where the claim does not hold. */
export function affirm(verdict: Verdict, from: (...claim: never) => void): void {
  if (!verdict.pass) throw assertionError(verdict, from);
}

/** Throws an AssertionError where the claim holds. */
export function deny(verdict: Verdict, from: (...claim: never) => void): void {
  if (verdict.pass) throw assertionError(verdict, from);
}

/** What a claim came to, with the requests that show it. */
export function verdictOn(
  { recorded, expected, all }: Comparison,
  pass: boolean,
  headline: string,
  evidence: readonly ComparedRequest[],
): Verdict {
  const nearest = evidence[0]?.entry;
  return {
    pass,
    message: () => assertionText(recorded, headline, evidence, all),
    expected,
    actual: nearest && { operation: nearest.operation, input: nearest.input },
  };
}

/** Neither a claim nor its opposite can be made about requests that are no longer known. */
export function checkAllIsKnown(comparison: Comparison): void {
  const unsure = comparison.same.filter((one) => one.unsure);
  if (comparison.recorded.dropped > 0 || unsure.length > 0) throw undecidableError(comparison, unsure);
}

/** That nobody can tell, which fails a claim and its opposite alike. */
export function undecidableError(
  { recorded, expected, all }: Comparison,
  unsure: readonly ComparedRequest[],
): AssertionError {
  const reason =
    recorded.dropped > 0 ? 'the journal no longer has all requests' : 'the journal no longer has all bytes';
  const headline = `Whether ${writeExpected(expected)} was received as claimed cannot be told: ${reason}.`;
  return new AssertionError({ message: assertionText(recorded, headline, unsure, all), expected });
}

function assertionError({ message, expected, actual }: Verdict, from: (...claim: never) => void): AssertionError {
  return new AssertionError({ message: message(), expected, actual, stackStartFn: from });
}
