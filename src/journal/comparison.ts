import { invalidValue } from '../text/invalid-value';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import type { Elsewhere } from './elsewhere';
import type { OperationName, RequestEntry } from './entry';
import type { NumberedEntry } from './entry-text';
import { type Difference, differencesFrom, type FindDifferences } from './input-matching';
import { type List, lazyList } from './lazy-list';
import type { ServiceAction } from './service-actions';

/** The part of a journal that assertions read. */
export interface RecordedRequests extends Iterable<RequestEntry> {
  readonly length: number;
  /** All of them, in an array of the caller's own. */
  slice(): RequestEntry[];
  /** The number of entries that were dropped since the journal was cleared. */
  readonly dropped: number;
  /** The actions of lifecycle, oldest first. */
  readonly serviceActions: readonly ServiceAction[];
  operationNamed(name: string): OperationName;
  /** Throws a TypeError for an error code that is misspelt. */
  checkCode(code: string): void;
  /** The connections and requests that the mock did not answer. */
  readonly elsewhere: Pick<Elsewhere, 'lines' | 'seenHost' | 'cure'>;
  /** Throws a TypeError that names the call, for a member that the input of an operation does not have. */
  checkInput(call: string, operation: OperationName, input: unknown): void;
}

/** The requests, and the call of a test that reads them, which errors name. They are read when they are asked for: a call may wait for more. */
export interface Reading {
  readonly call: string;
  readonly recorded: RecordedRequests;
}

/** The request that a test expects. */
export interface ExpectedRequest {
  readonly operation: OperationName;
  /** Undefined if any input matches. */
  readonly input: unknown;
}

/** All requests that came, compared with the expected one, oldest first. */
export interface Comparison {
  readonly recorded: RecordedRequests;
  readonly expected: ExpectedRequest;
  readonly all: ComparedRequests;
  /** Those of the expected operation. */
  readonly same: ComparedRequests;
  readonly fitting: ComparedRequests;
  /** Those that match except for members that the journal dropped. */
  readonly unsure: readonly ComparedRequest[];
}

/** Requests that were compared, oldest first. Those of a comparison are made when they are read, and made again if they are read again. */
export type ComparedRequests = List<ComparedRequest>;

/** A request compared with the expected one. */
export interface ComparedRequest extends NumberedEntry {
  readonly sameOperation: boolean;
  /** The number of differences. */
  readonly distance: number;
  readonly differences: readonly Difference[];
  readonly fits: boolean;
  /** It matches except for members that the journal dropped, so nobody knows whether it matches. */
  readonly unsure: boolean;
}

/** Compares all requests with the one that a test expects; a mistake in that is a TypeError. */
export function compareRequests(
  reading: Reading,
  operation: string,
  input: unknown,
  findFor: (expected: ExpectedRequest) => FindDifferences = (expected) => differencesFrom(expected.input),
): Comparison {
  const { recorded } = reading;
  const expected = readExpected(reading, operation, input);
  const find = findFor(expected);
  const entries = recorded.slice();
  // Each entry is read once, since the time goes to the memory of many: the rest is decided by numbers.
  const distances: number[] = [];
  const same: number[] = [];
  const fitting: number[] = [];
  // A matcher of the test is asked once only, so that its answers are kept.
  const answers = new Map<number, ComparedRequest>();
  for (const entry of entries) {
    const index = distances.length;
    distances.push(otherOperation);
    if (entry.operation !== expected.operation) continue;
    same.push(index);
    const answer = isPlain(entry, find) ? undefined : compareEntry(entry, recorded.dropped + index + 1, expected, find);
    if (answer) answers.set(index, answer);
    const distance = answer?.distance ?? find.count?.(entry.input) ?? otherOperation;
    distances[index] = distance;
    if (answer ? answer.fits : distance === 0) fitting.push(index);
  }
  const at = (index: number): ComparedRequest => {
    const entry = entries[index] as RequestEntry; // below the length, each has one
    const distance = distances[index] ?? otherOperation;
    return (
      answers.get(index) ?? new PlainComparison(recorded.dropped + index + 1, entry, distance, expected.operation, find)
    );
  };
  const listOf = (indexes: readonly number[]) => lazyList(indexes.length, (place) => at(indexes[place] ?? -1));
  return {
    recorded,
    expected,
    all: lazyList(entries.length, at),
    same: listOf(same),
    fitting: listOf(fitting),
    unsure: [...answers.values()].filter((one) => one.unsure),
  };
}

/** The matching requests, oldest first. */
export function fittingRequests(reading: Reading, operation: string, input?: unknown): readonly RequestEntry[] {
  const expected = readExpected(reading, operation, input);
  const find = differencesFrom(input);
  const fitting: RequestEntry[] = [];
  for (const entry of reading.recorded.slice())
    if (entry.operation === expected.operation && compareEntry(entry, 1, expected, find).fits) fitting.push(entry);
  return fitting;
}

/** Reads the request that a test expects; a mistake in it is a TypeError. */
export function readExpected({ call, recorded }: Reading, operation: string, input: unknown): ExpectedRequest {
  if (input !== undefined && !isAsymmetric(input) && !isRecord(input))
    throw invalidValue(call, 'input', input, "an object such as { Bucket: 'vault' }, or an asymmetric matcher");
  const name = recorded.operationNamed(operation);
  recorded.checkInput(call, name, input);
  return { operation: name, input };
}

/** Whether a request that has just come is the expected one. */
export function isExpected(entry: RequestEntry, expected: ExpectedRequest): boolean {
  return compareEntry(entry, 1, expected, differencesFrom(expected.input)).fits;
}

/** Throws a TypeError unless a number can count requests: 'times' from 0, 'n' from 1. */
export function readWholeNumber({ call }: Reading, name: 'times' | 'n', value: unknown): number {
  const least = name === 'n' ? 1 : 0;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw invalidValue(call, name, value, `a whole number from ${least} on`);
}

/** The distance of a request of another operation, which nothing can match. */
const otherOperation = -1;

const none: readonly Difference[] = Object.freeze([]);

type Counting = Required<FindDifferences> & FindDifferences;

/** Whether the differences of an entry can be counted, and found later. */
function isPlain(entry: RequestEntry, find: FindDifferences): find is Counting {
  return find.count !== undefined && entry.dropped === undefined;
}

function compareEntry(
  entry: RequestEntry,
  number: number,
  { operation, input }: ExpectedRequest,
  find: FindDifferences,
): ComparedRequest {
  // A matcher is not asked about the input of another operation: its author did not write it for that.
  if (entry.operation !== operation) return new PlainComparison(number, entry, otherOperation, operation, find);
  if (isPlain(entry, find)) return new PlainComparison(number, entry, find.count(entry.input), operation, find);
  const differences = input === undefined ? none : find(entry.input);
  const distance = differences.length;
  if (entry.dropped === undefined)
    return { number, entry, sameOperation: true, distance, differences, unsure: false, fits: distance === 0 };
  // An expected input does not depend on the answer. A dropped member of the input is in it, as undefined.
  const dropped = entry.dropped.filter((name) => Object.hasOwn(entry.input, name) && dependsOn(input, name));
  const certain = differences.filter(({ path }) => path !== '' && !dropped.includes(path));
  const unsure = dropped.length > 0 && certain.length === 0;
  return { number, entry, sameOperation: true, distance, differences, unsure, fits: !unsure && distance === 0 };
}

/** A comparison whose differences are found when they are printed: a journal has many requests, and prints few. */
class PlainComparison implements ComparedRequest {
  constructor(
    readonly number: number,
    readonly entry: RequestEntry,
    readonly distance: number,
    private readonly operation: OperationName,
    private readonly find: FindDifferences,
  ) {}

  get sameOperation(): boolean {
    return this.distance !== otherOperation;
  }

  get unsure(): boolean {
    return false;
  }

  get fits(): boolean {
    return this.distance === 0;
  }

  get differences(): readonly Difference[] {
    if (this.sameOperation) return this.find(this.entry.input);
    return [{ path: 'operation', expected: this.operation, actual: this.entry.operation }];
  }
}

/** Whether the expected input depends on a member; an asymmetric matcher may depend on any. */
function dependsOn(input: unknown, name: string): boolean {
  return isAsymmetric(input) || (typeof input === 'object' && input !== null && Object.hasOwn(input, name));
}
