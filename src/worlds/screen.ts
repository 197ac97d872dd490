import { types } from 'node:util';
import { writeTarget } from '../journal/entry-text';
import type { CallerResult } from '../mock/exploration';
import { aligned, columnWidths, longestLength } from '../text/columns';
import { counted, grouped } from '../text/counts';
import { visible, writeGiven } from '../text/values';
import { type CallerColumns, layOutColumns } from './caller-columns';
import { writeFailures } from './failure-text';
import { LONGEST_TIMER } from './held-answers';
import { describeRequest, type Varying, writeRequest } from './noted-request';
import { writeDetails } from './request-details';
import type { SentRequest } from './run-of-code';
import { shortenApart } from './short-texts';
import type { Happening, Problem, Stop, WayReport } from './way-run';

/** What the screen says beside the way itself. */
export interface ScreenContext {
  /** The code under test: `move()`. */
  readonly subject: string;
  /** The names of the callers, if there are several. */
  readonly callers: readonly string[];
}

/** A longer time-out of the code is not waited for. */
function writeLongest(): string {
  return `${LONGEST_TIMER / 1000} s`;
}

/** Requests that are shown before the one that fails, and behind it. */
const SHOWN = 12;
const WIDEST = 60;
/** Between the columns of two callers. */
const WIDTH_OF_ANSWER = 8;

export function writeTitle(report: WayReport, { subject }: ScreenContext): string {
  const { plan } = report;
  if (plan.failures.length > 0) return `${subject} does not survive this: ${visible(writeFailures(plan.failures))}`;
  if (plan.name === '') return `${subject} does not hold without a failure, so nothing was tried`;
  return `${subject} does not hold in this order of ${counted(listRequests(report).length, 'request')}`;
}

/** The requests, a line each, with what happened between them, and then what does not hold. */
export function writeWay(report: WayReport, context: ScreenContext): readonly string[] {
  const requests = listRequests(report);
  const first = firstShown(requests, report);
  const shown = requests.slice(first, first + 2 * SHOWN);
  const left = requests.length - first - shown.length;
  const table = makeTable(requests, context);
  return [
    ...(first > 0 ? [`(${counted(first, 'request')} before these)`] : []),
    ...(requests.length > 0 ? table.columns.heading : []),
    ...writeHappenings(report, context, { ...table, shown: new Set(shown) }),
    ...(left > 0 ? [`(${counted(left, 'request')} after these)`] : []),
    ...(report.problem === undefined ? [] : writeProblem(report.problem)),
  ];
}

function writeHappenings(
  { happenings }: WayReport,
  context: ScreenContext,
  { lines, columns, shown }: Table & { readonly shown: ReadonlySet<SentRequest> },
): readonly string[] {
  const named = new Set(context.callers);
  return happenings.flatMap((happening, index) => {
    if (happening.kind === 'stop') return [writeStop(happening, context, happenings[index + 1])];
    if (happening.kind === 'silent')
      return [columns.place(happening.caller, `${visible(happening.caller)} runs, without a request.`)];
    if (happening.kind === 'clock') return [`The clock moves to ${happening.moment.toISOString()}.`];
    const { request } = happening;
    if (!shown.has(request)) return [];
    const { caller } = request;
    const isNew = context.callers.length > 0 && !named.has(caller);
    named.add(caller);
    const own = lines.get(request) ?? '';
    return (isNew ? [nameRestart(caller, context), own] : [own]).map((line) => columns.place(caller, line));
  });
}

function listRequests({ happenings }: WayReport): readonly SentRequest[] {
  return happenings.flatMap((one) => (one.kind === 'request' ? [one.request] : []));
}

/** The function `again` of the test belongs to no caller. */
function nameRestart(caller: string, { callers }: ScreenContext): string {
  return callers.some((name) => caller === `${name} again`) ? visible(caller) : 'again';
}

interface Table {
  readonly lines: ReadonlyMap<SentRequest, string>;
  /** Each caller has a column, if there are several. */
  readonly columns: CallerColumns;
}

function makeTable(requests: readonly SentRequest[], { callers }: ScreenContext): Table {
  const rows = writeRows(requests).map(([operation, ...cells], index) => [
    `${`${index + 1}.`.padStart(`${requests.length}.`.length)} ${operation}`,
    ...cells,
  ]);
  const widths = columnWidths(rows, 3, WIDEST);
  const lines = rows.map((row) => aligned(row, widths));
  const width = widths.filter((one) => one > 0).reduce((sum, one) => sum + one + 2, WIDTH_OF_ANSWER);
  return {
    lines: new Map(requests.map((request, index) => [request, lines[index] ?? ''])),
    columns: layOutColumns(callers, width, longestLength(lines)),
  };
}

/** Writes a request in four cells: the operation, its subject, what tells it from requests like it, and the answer. */
export function writeRows(requests: readonly SentRequest[]): readonly (readonly string[])[] {
  const details = writeDetails(requests);
  const subjects = requests.map(writeSubject);
  const shorten = shortenApart(subjects, WIDEST);
  return requests.map((request, index) => [
    request.operation ?? '(no operation)',
    shorten(subjects[index] ?? ''),
    details[index] ?? '',
    writeOutcome(request),
  ]);
}

/** A request that is no operation is shown by its method and URL. */
function writeSubject(request: SentRequest): string {
  const { operation, entry } = request;
  if (operation === undefined && entry !== undefined) return visible(writeTarget(entry));
  return visible(describeRequest(request, none).subject);
}

/** Without a failure, the last requests are shown. */
function firstShown(requests: readonly SentRequest[], { plan }: WayReport): number {
  const [failure] = plan.failures;
  if (failure === undefined) return Math.max(0, requests.length - 2 * SHOWN);
  const at = requests.findIndex(({ id }) => id === failure.id);
  return at < SHOWN || requests.length <= 2 * SHOWN ? 0 : at - SHOWN;
}

const none: Varying = new Set();

function writeOutcome({ entry, attempts, silence, isOpen, isLate, lostStatus }: SentRequest): string {
  const times = attempts > 1 ? [`${attempts} attempts`] : [];
  if (silence === 'not applied')
    return [isOpen === true ? 'not applied, and never answered' : 'not applied: the process ended', ...times].join(
      ', ',
    );
  if (entry === undefined) return 'no answer';
  const { error, failure } = entry;
  const status = lostStatus ?? entry.status;
  const answer = status === 0 ? [] : [error === undefined ? `${status}` : `${status} ${error.code}`];
  const done = failure === undefined || failure.kind === 'fail' ? [] : [failure.what];
  const why = isOpen === true ? 'but it was never sent' : 'but the process ended before the answer';
  const end = silence === 'applied' ? [why] : [];
  const late = isLate === true ? ['too late'] : [];
  return [...answer, ...done, ...late, ...times, ...end].join(', ');
}

function writeStop({ ends, restart }: Stop, { callers }: ScreenContext, next: Happening | undefined): string {
  const sentences = ends.map(([caller, { outcome, error }]) => {
    const name = callers.length > 0 ? visible(caller) : 'The run';
    if (outcome === 'crashed') return callers.length > 0 ? `The process of ${name} ended.` : 'The process ended.';
    if (outcome === 'waits')
      return `${name} waits for an answer that never comes: it has no time-out of ${writeLongest()} or less.`;
    return `${name} failed: ${describeError(error)}.`;
  });
  if (restart === undefined) return sentences.join(' ');
  // If one caller has failed, the sentence before names it.
  const restarted = ends.length === 1 ? undefined : findRestarted(next, callers);
  return [...sentences, writeRestart(restarted ?? 'It', restart.result)].join(' ');
}

function findRestarted(next: Happening | undefined, callers: readonly string[]): string | undefined {
  if (next?.kind !== 'request') return undefined;
  const { caller } = next.request;
  const name = callers.find((one) => caller === `${one} again`);
  return name === undefined ? undefined : visible(name);
}

function writeRestart(name: string, result: CallerResult | undefined): string {
  if (result === undefined) return `${name} ran again:`;
  if (result.outcome === 'resolved') return `${name} ran again, and succeeded:`;
  if (result.outcome === 'crashed') return `${name} ran again, and did not end:`;
  if (result.outcome === 'waits') return `${name} ran again, and waits for an answer that never comes:`;
  return `${name} ran again, and failed with ${describeError(result.error)}:`;
}

const LONGEST = 160;
/** Code that sends the same request more often than this perhaps waits for something that never comes. */
const OFTEN = 100;

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
      return [`A promise rejected that nobody awaits: ${describeError(problem.error)}.`];
    case 'exception':
      return [`An error was thrown that nobody catches: ${describeError(problem.error)}.`];
    case 'no time-out':
      return [
        `The run has to resolve, and waits for ${problem.waitsFor.map((one) => writeRequest(one, none)).join(', ')} without such a time-out.`,
      ];
    case 'time':
      return [
        `${problem.function ?? 'It'} did not end within ${Math.round(problem.milliseconds / 100) / 10} s. ${writeWait(problem)}`,
      ];
  }
}

function writeWait(problem: Extract<Problem, { kind: 'time' }>): string {
  const { waitsFor, asked, hasTimers } = problem;
  const [request] = waitsFor;
  const [text = '', times = 0] = asked ?? [];
  if (problem.function !== undefined) return 'The code had ended before.';
  if (times > OFTEN) return `It sent ${text} ${grouped(times)} times, and perhaps asks for ever.`;
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
  const before = holding === 0 ? `It is the first ${noun} that was tried` : `Before it, ${counted(holding, noun)} held`;
  return `${before}. With all: true, the rest is tried too.`;
}
