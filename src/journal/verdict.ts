import type { AssertionError } from 'node:assert';
import { assertionText, writeExpected } from './assertion-text';
import type { ComparedRequest, ComparedRequests, Comparison } from './comparison';
import { type ComparedValues, comparedValues } from './difference-text';

/** Whether an assertion about the requests holds, and the message if the test expects the opposite. */
export interface Verdict {
  readonly pass: boolean;
  /** Why the assertion does not hold; if it holds, why its negation does not. */
  readonly message: () => string;
  /** Reporters compare both. Undefined if the assertion holds, since its negation has no value that would be right. */
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** Throws an AssertionError if the assertion does not hold. */
export function affirm(verdict: Verdict, from: (...assertion: never) => void): void {
  if (!verdict.pass) throw assertionError(verdict, from);
}

/** Throws an AssertionError if the assertion holds. */
export function deny(verdict: Verdict, from: (...assertion: never) => void): void {
  if (verdict.pass) throw assertionError(verdict, from);
}

/** The verdict on an assertion, with the requests that show why. `values` are what is compared in place of a request. */
export function verdictOn(
  { recorded, expected, all }: Comparison,
  pass: boolean,
  headline: string,
  evidence: ComparedRequests,
  values?: ComparedValues,
): Verdict {
  const message = () => assertionText(recorded, headline, evidence, all);
  if (pass) return { pass, message };
  if (values !== undefined) return { pass, message, ...values };
  const nearest = evidence.at(0)?.entry;
  const actual = nearest && { operation: nearest.operation, input: nearest.input };
  // Made when one is read, since most verdicts are not: the MD5 of long bytes takes its time.
  let compared: ComparedValues | undefined;
  const made = () => {
    compared ??= comparedValues(expected, actual);
    return compared;
  };
  return {
    pass,
    message,
    get expected() {
      return made().expected;
    },
    get actual() {
      return made().actual;
    },
  };
}

/** Throws if the journal dropped requests or bytes that decide: then neither the assertion nor its negation is known to hold. */
export function checkAllIsKnown(comparison: Comparison): void {
  const { unsure } = comparison;
  if (comparison.recorded.dropped > 0 || unsure.length > 0) throw undecidableError(comparison, unsure);
}

// Loaded with the first failure, since most tests have none.
function loadAssertionError(): typeof AssertionError {
  return (require('node:assert') as typeof import('node:assert')).AssertionError;
}

/** The error that fails both an assertion and its negation, because the journal dropped what decides. */
export function undecidableError(
  { recorded, expected, all }: Comparison,
  unsure: readonly ComparedRequest[],
): AssertionError {
  const reason =
    recorded.dropped > 0 ? 'the journal no longer has all requests' : 'the journal no longer has all bytes';
  const headline = `It is unknown whether ${writeExpected(expected)} was received as expected: ${reason}.`;
  const values = comparedValues(expected, undefined);
  return new (loadAssertionError())({ message: assertionText(recorded, headline, unsure, all), ...values });
}

/** The same for other lists than requests, by its message. */
export function undecidable(message: string): AssertionError {
  return new (loadAssertionError())({ message });
}

function assertionError({ message, expected, actual }: Verdict, from: (...assertion: never) => void): AssertionError {
  return new (loadAssertionError())({ message: message(), expected, actual, stackStartFn: from });
}
