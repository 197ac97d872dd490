import { counted } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { nearestRequests, whyNone, writeExpected } from './assertion-text';
import { batchDifferences, isBatch, lacksRefusals } from './batch';
import {
  type ComparedRequest,
  type Comparison,
  compareRequests,
  type Reading,
  type RecordedRequests,
} from './comparison';
import type { ComparedValues } from './difference-text';
import type { RequestEntry } from './entry';
import { differencesFrom } from './input-matching';
import {
  comparedOutcomes,
  hasOutcome,
  type Judgement,
  judge,
  type OutcomeFilter,
  type Refusal,
  writeOutcome,
  writeRefusal,
} from './outcome';
import { checkAllIsKnown, type Verdict, verdictOn } from './verdict';

/** A matching request with what became of it. */
interface JudgedRequest {
  readonly request: ComparedRequest;
  readonly judgement: Judgement;
}

/** The matching requests with an outcome, oldest first. */
export function requestsWithOutcome(
  reading: Reading,
  operation: string,
  input: unknown,
  filter: OutcomeFilter,
): readonly RequestEntry[] {
  checkFilter(reading.recorded, 'of', filter, ['applied', 'status', 'code']);
  const { judged } = judgeRequests(reading, operation, input);
  return judged.filter(({ judgement }) => hasOutcome(judgement, filter)).map(({ request }) => request.entry);
}

/** Whether S3 applied a matching request. */
export function applied(reading: Reading, operation: string, input?: unknown): Verdict {
  const { comparison, judged } = judgeRequests(reading, operation, input);
  const { expected, fitting } = comparison;
  const done = judged.filter(({ judgement }) => judgement.applied);
  if (done.length > 0) {
    const headline = `Expected S3 not to apply ${writeExpected(expected)}, but it applied ${counted(done.length, 'matching request')}.`;
    return verdictOn(comparison, true, headline, requestsOf(done));
  }
  checkAllIsKnown(comparison);
  const headline = `Expected S3 to apply ${writeExpected(expected)}, but ${whyNot(comparison, judged)}.`;
  const evidence = fitting.length > 0 ? fitting : nearestRequests(comparison);
  return verdictOn(comparison, false, headline, evidence, outcomesOf(judged, 'applied'));
}

/** Whether S3 refused a matching request, with a code and a status if they are given. */
export function refused(reading: Reading, operation: string, input?: unknown, refusal: Refusal = {}): Verdict {
  checkIsNoRefusal(reading.call, input);
  checkFilter(reading.recorded, 'toHaveRefused and expectRefused', refusal, ['code', 'status']);
  const { comparison, judged } = judgeRequests(reading, operation, input);
  const { expected, fitting } = comparison;
  const done = judged.filter(({ judgement }) => judgement.isRefused(refusal));
  const what = `${writeExpected(expected)}${writeRefusal(refusal)}`;
  if (done.length > 0) {
    const headline = `Expected S3 not to refuse ${what}, but ${whyNot(comparison, done)}.`;
    return verdictOn(comparison, true, headline, requestsOf(done));
  }
  checkAllIsKnown(comparison);
  const headline = `Expected S3 to refuse ${what}, but ${whyNot(comparison, judged)}.`;
  const evidence = fitting.length > 0 ? fitting : nearestRequests(comparison);
  return verdictOn(comparison, false, headline, evidence, outcomesOf(judged, refusal));
}

/** Compares all requests with the expected one, and judges the matching ones; the parts of a batch are compared and judged by themselves. */
function judgeRequests(
  reading: Reading,
  operation: string,
  input: unknown,
): { readonly comparison: Comparison; readonly judged: readonly JudgedRequest[] } {
  const comparison = compareRequests(reading, operation, input, (expected) =>
    isBatch(expected.operation) ? (actual) => batchDifferences(input, actual) : differencesFrom(input),
  );
  const own = isBatch(comparison.expected.operation) ? withUnsure(comparison) : comparison;
  const judged = own.fitting.slice(0).map((request) => ({ request, judgement: judge(request.entry, input) }));
  return { comparison: own, judged };
}

/** Of batches whose refusals the journal dropped, nobody knows whether they match. */
function withUnsure(comparison: Comparison): Comparison {
  const isUnsure = ({ fits, entry }: ComparedRequest) => fits && lacksRefusals(entry);
  const same = comparison.same.slice(0).map((one) => (isUnsure(one) ? { ...one, fits: false, unsure: true } : one));
  return { ...comparison, same, fitting: same.filter(({ fits }) => fits), unsure: same.filter(({ unsure }) => unsure) };
}

/** The outcome of the last matching request, and the one that is expected; undefined if no request matches, since then the inputs differ. */
function outcomesOf(judged: readonly JudgedRequest[], expected: 'applied' | Refusal): ComparedValues | undefined {
  const last = judged.at(-1);
  return last && comparedOutcomes(last.judgement, expected);
}

/** The outcome of the last request of several, or the reason why there is no request. */
function whyNot(comparison: Comparison, judged: readonly JudgedRequest[]): string {
  const last = judged.at(-1);
  if (last === undefined) return whyNone(comparison);
  const outcome = writeOutcome(last.judgement);
  return judged.length === 1 ? outcome : `of ${counted(judged.length, 'matching request')}, the last: ${outcome}`;
}

/** Throws if the refusal is given in the place of the input, which no operation has members of such names for. */
function checkIsNoRefusal(call: string, input: unknown): void {
  if (!isRecord(input)) return;
  const names = Object.keys(input);
  if (names.length === 0 || !names.every((name) => name === 'code' || name === 'status')) return;
  throw invalidValue(
    call,
    'input',
    input,
    `the members of the request, or undefined, and ${writeGiven(input)} after it`,
  );
}

function requestsOf(judged: readonly JudgedRequest[]): readonly ComparedRequest[] {
  return judged.map(({ request }) => request);
}

function checkFilter(
  recorded: RecordedRequests,
  call: string,
  filter: OutcomeFilter,
  names: readonly (keyof OutcomeFilter)[],
): void {
  checkOptionNames(call, filter, names);
  const { applied: isApplied, status, code } = filter;
  if (isApplied !== undefined && typeof isApplied !== 'boolean')
    throw invalidValue(call, 'applied', isApplied, 'true or false, or undefined');
  if (status !== undefined && !(Number.isInteger(status) && status >= 0 && status <= 599))
    throw invalidValue(call, 'status', status, 'a number such as 403, or undefined');
  if (code === undefined) return;
  if (typeof code !== 'string' || code.trim() === '')
    throw invalidValue(call, 'code', code, "a code such as 'AccessDenied', or undefined");
  recorded.checkCode(code);
}
