import { types } from 'node:util';
import type { CallerResult } from '../mock/exploration';
import { aligned, columnWidths } from '../text/columns';
import { counted, grouped } from '../text/counts';
import { visible, writeGiven } from '../text/values';
import { describeRequest, type Varying, writeRequest } from './noted-request';
import type { SentRequest } from './run-of-code';
import type { Problem, Stop, WayReport } from './way-run';
import type { PlannedFailure } from './ways';

/** What the screen says beside the way itself. */
export interface ScreenContext {
  /** The code under test: `move()`. */
  readonly subject: string;
  /** The names of the callers, if there are several. */
  readonly callers: readonly string[];
}

/** Requests that are shown before the one that fails, and behind it. */
const SHOWN = 12;
const WIDEST = 60;
/** Between the columns of two callers. */
const WIDTH_OF_ANSWER = 8;

export function writeTitle({ plan, steps }: WayReport, { subject }: ScreenContext): string {
  if (plan.failures.length > 0)
    return `${subject} does not survive this: ${visible(plan.failures.map(writeFailure).join(', and then '))}`;
  if (plan.name === '') return `${subject} does not hold without a failure, so nothing was tried`;
  return `${subject} does not hold in this order of ${counted(steps.length, 'request')}`;
}

function writeFailure({ kind, name, code, entry }: PlannedFailure): string {
  const failing = name.slice(0, name.lastIndexOf(`, ${kind}`));
  switch (kind) {
    case 'fail':
    case 'deny':
      return `${failing} fails with ${code}`;
    case 'lasting':
      return `${failing} fails with ${code}, and so does each later one`;
    case 'no answer before':
      return `S3 never answers ${failing}, and did not apply it`;
    case 'no answer after':
      return `S3 applied ${failing}, and never answers`;
    case 'late':
      return `the answer to ${failing} comes after the code has given up waiting`;
    case 'disconnect before':
      return `the connection is lost before S3 applies ${failing}`;
    case 'disconnect during':
      return `the connection is lost in the middle of the answer to ${failing}`;
    case 'disconnect after':
      return `the connection is lost after S3 applied ${failing}`;
    case 'corrupt':
      return `half of the answer to ${failing} is missing`;
    case 'error in 200':
      return `${failing} fails with ${code} inside of a 200`;
    case 'fail entry':
      return `${failing} fails for its entry ${entry?.name}`;
    case 'crash before':
      return `the process ends before S3 applies ${failing}`;
    case 'crash after':
      return `the process ends after S3 applied ${failing}`;
  }
}

/** The requests, a line each, with what happened between them, and then what does not hold. */
export function writeWay(report: WayReport, context: ScreenContext): readonly string[] {
  const { happenings, problem } = report;
  const requests = happenings.flatMap((one) => (one.kind === 'request' ? [one.request] : []));
  const first = firstShown(requests, report);
  const rows = requests.map((request, index) => rowOf(request, index + 1, requests.length));
  const widths = columnWidths(rows, 2, WIDEST);
  const lines: string[] = first > 0 ? [`(${counted(first, 'request')} before these)`] : [];
  let number = 0;
  for (const happening of happenings) {
    if (happening.kind === 'stop') {
      lines.push(writeStop(happening, context));
      continue;
    }
    const row = rows[number] ?? [];
    number += 1;
    if (number <= first) continue;
    if (number > first + 2 * SHOWN) continue;
    lines.push(inColumn(aligned(row, widths), happening.request, context, widths));
  }
  const left = requests.length - first - 2 * SHOWN;
  if (left > 0) lines.push(`(${counted(left, 'request')} after these)`);
  return [...lines, ...(problem === undefined ? [] : writeProblem(problem))];
}

/** Without a failure, the last requests are shown. */
function firstShown(requests: readonly SentRequest[], { plan }: WayReport): number {
  const [failure] = plan.failures;
  if (failure === undefined) return Math.max(0, requests.length - 2 * SHOWN);
  const at = requests.findIndex(({ id }) => id === failure.id);
  return at < SHOWN || requests.length <= 2 * SHOWN ? 0 : at - SHOWN;
}

const none: Varying = new Set();

function rowOf(request: SentRequest, number: number, count: number): readonly string[] {
  const { operation, subject } = describeRequest(request, none);
  const place = `${number}.`.padStart(`${count}.`.length);
  return [`${place} ${operation}`, visible(subject), writeOutcome(request)];
}

/** Each caller has a column, if there are several. */
function inColumn(
  line: string,
  { caller }: SentRequest,
  { callers }: ScreenContext,
  widths: readonly number[],
): string {
  const place = callers.indexOf(caller);
  if (place <= 0) return line;
  const width = widths.reduce((sum, one) => sum + one + 2, WIDTH_OF_ANSWER);
  return ' '.repeat(place * width) + line;
}

function writeOutcome({ entry, attempts, silence, isOpen }: SentRequest): string {
  const times = attempts > 1 ? [`${attempts} attempts`] : [];
  if (isOpen === true) return [silence === 'applied' ? 'applied, no answer' : 'not applied, no answer', ...times].join(', ');
  if (silence === 'not applied') return ['not applied: the process ended', ...times].join(', ');
  if (entry === undefined) return 'no answer';
  const { status, error, failure } = entry;
  const answer = status === 0 ? [] : [error === undefined ? `${status}` : `${status} ${error.code}`];
  const done = failure === undefined || failure.kind === 'fail' ? [] : [failure.what];
  const end = silence === 'applied' ? ['but the process ended before the answer'] : [];
  return [...answer, ...done, ...times, ...end].join(', ');
}

function writeStop({ ends, restart }: Stop, { callers }: ScreenContext): string {
  const sentences = ends.map(([caller, { outcome, error }]) => {
    if (outcome === 'crashed') return 'The process ended.';
    if (outcome === 'waits') return `${callers.length > 0 ? caller : 'The run'} waits for an answer that never comes: it has no time-out.`;
    return `${callers.length > 0 ? caller : 'The run'} failed: ${describeError(error)}.`;
  });
  return [...sentences, ...(restart === undefined ? [] : [writeRestart(restart.result)])].join(' ');
}

function writeRestart(result: CallerResult | undefined): string {
  if (result === undefined) return 'It ran again:';
  if (result.outcome === 'resolved') return 'It ran again, and succeeded:';
  return `It ran again, and failed with ${describeError(result.error)}:`;
}

const LONGEST = 160;

/** Without a full stop at its end, since it is a part of a sentence. */
export function describeError(error: unknown): string {
  if (!types.isNativeError(error)) return writeGiven(error);
  const line = (error.message.split('\n', 1)[0] ?? '').replace(/\.$/, '');
  const text = line === '' || error.name === line ? error.name : `${error.name}: ${line}`;
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

function writeProblem(problem: Problem): readonly string[] {
  switch (problem.kind) {
    case 'rejected':
      return ['The run has to resolve.'];
    case 'again':
      return ['The run after a restart has to resolve.'];
    case 'check':
    case 'checkFailed':
      return messageOf(problem.error).split('\n');
    case 'rejection':
      return [`A promise rejected that nobody awaits: ${describeError(problem.error)}`];
    case 'exception':
      return [`An error was thrown that nobody catches: ${describeError(problem.error)}`];
    case 'no time-out':
      return [`The run has to resolve, and waits for ${problem.waitsFor.map((one) => writeRequest(one, none)).join(', ')} without a time-out.`];
    case 'time':
      return [`It did not end within ${Math.round(problem.milliseconds / 100) / 10} s. ${writeWait(problem)}`];
  }
}

function writeWait({ waitsFor: [request], hasTimers }: Extract<Problem, { kind: 'time' }>): string {
  if (request !== undefined) return `It waits for the answer to ${writeRequest(request, none)}.`;
  return hasTimers
    ? 'Each of its requests has its answer. A timer was set meanwhile: perhaps it waits for that.'
    : 'Each of its requests has its answer. Perhaps it waits for a faked timer, or for a lock in its own memory.';
}

function messageOf(error: unknown): string {
  return types.isNativeError(error) ? error.message : writeGiven(error);
}

interface Tried {
  readonly holding: number;
  readonly tried: number;
  readonly noun: 'way' | 'order';
  /** Whether the exploration goes on after a way that does not hold. */
  readonly isAll: boolean;
}

export function writeTried({ holding, tried, noun, isAll }: Tried): string {
  if (isAll) return `${grouped(holding)} of ${counted(tried, noun)} ${holding === 1 ? 'holds' : 'hold'}.`;
  const before = holding === 0 ? `It is the first ${noun} that was tried` : `${counted(holding, noun)} before it ${holding === 1 ? 'holds' : 'hold'}`;
  return `${before}; all: true tries the others, too.`;
}
