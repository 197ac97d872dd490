import type { OperationName } from '../operations/table';
import { isAsymmetric } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { RequestEntry } from './entry';
import type { Numbered } from './entry-lines';
import { type Difference, difference } from './input-matching';

/** What a journal shows of itself to those who judge it. */
export interface Recorded extends Iterable<RequestEntry> {
  readonly length: number;
  /** How many entries it had to drop since it was cleared. */
  readonly dropped: number;
  operationNamed(name: string): OperationName;
}

/** The request that a test asks for. */
export interface Wanted {
  readonly operation: OperationName;
  /** Undefined where any input will do. */
  readonly input: unknown;
}

/** All requests that came, held against what is wanted, oldest first. */
export interface Situation {
  readonly recorded: Recorded;
  readonly wanted: Wanted;
  readonly all: readonly Assessed[];
  readonly same: readonly Assessed[];
  readonly fitting: readonly Assessed[];
}

/** A request held against what is wanted. */
export interface Assessed extends Numbered {
  readonly sameOperation: boolean;
  readonly differences: readonly Difference[];
  readonly fits: boolean;
  /** It would fit, but for bytes that the journal dropped: nobody can tell. */
  readonly unsure: boolean;
}

/** All requests held against what a test asks for; a mistake in that is a TypeError. */
export function situationOf(recorded: Recorded, operation: string, input: unknown): Situation {
  const wanted = wantedFrom(recorded, operation, input);
  const all = assess(recorded, wanted);
  const same = all.filter(({ sameOperation }) => sameOperation);
  return { recorded, wanted, all, same, fitting: same.filter(({ fits }) => fits) };
}

function wantedFrom(recorded: Recorded, operation: string, input: unknown): Wanted {
  const askable =
    input === undefined ||
    isAsymmetric(input) ||
    (typeof input === 'object' && input !== null && !Array.isArray(input));
  if (!askable) {
    throw new TypeError(
      `The expected input is an object such as { Bucket: 'vault' }, or an asymmetric matcher; it was ${writeGiven(input)}.`,
    );
  }
  return { operation: recorded.operationNamed(operation), input };
}

function assess(recorded: Recorded, wanted: Wanted): readonly Assessed[] {
  return [...recorded].map((entry, index) => assessEntry(entry, recorded.dropped + index + 1, wanted));
}

/** A number that a test counts by: 'times' from 0, 'n' from 1; anything else is a TypeError. */
export function wholeNumber(name: 'times' | 'n', value: unknown): number {
  const least = name === 'n' ? 1 : 0;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw new TypeError(`'${name}' is a whole number from ${least} on; it was ${writeGiven(value)}.`);
}

function assessEntry(entry: RequestEntry, number: number, { operation, input }: Wanted): Assessed {
  if (entry.operation !== operation) {
    // What a matcher says of the input of another operation is nothing that its author thought of.
    const differences = [{ path: 'operation', expected: operation, actual: entry.operation }];
    return { number, entry, sameOperation: false, differences, unsure: false, fits: false };
  }
  const differences = input === undefined ? [] : difference(input, entry.input);
  const dropped = (entry.dropped ?? []).filter((name) => asksFor(input, name));
  const certain = differences.filter(({ path }) => path !== '' && !dropped.includes(path));
  const unsure = dropped.length > 0 && certain.length === 0;
  return { number, entry, sameOperation: true, differences, unsure, fits: !unsure && differences.length === 0 };
}

/** An asymmetric matcher may ask for anything. */
function asksFor(input: unknown, name: string): boolean {
  return isAsymmetric(input) || (typeof input === 'object' && input !== null && Object.hasOwn(input, name));
}
