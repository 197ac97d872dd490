import { S3MockError } from '../s3-mock-error';
import { aligned, columnWidths } from '../text/columns';
import { firstLines } from '../text/counts';
import { visible } from '../text/values';
import { RequestIds, writeRequest } from './noted-request';
import type { SentRequest } from './run-of-code';
import { type ScreenContext, writeRows, writeWay } from './screen';
import type { WayReport } from './way-run';

/** The two runs without a failure, of which only the first one holds. */
interface PlainRuns {
  readonly first: WayReport;
  readonly second: WayReport;
  readonly context: ScreenContext;
  /** Whether the test has a function that resets what the code keeps. */
  readonly hasRestart: boolean;
}

/** The requests that only the first run sent are listed up to this number. */
const LISTED = 12;

/** Makes the error of an exploration whose code cannot run twice. */
export function makeSecondRunError(runs: PlainRuns): S3MockError {
  const { problem } = runs.second;
  const error = new S3MockError('RUN_FAILED', writeSecondRun(runs).join('\n'));
  if (problem !== undefined && 'error' in problem)
    // As `new Error(message, { cause })` has it: runners print a member that is listed once more.
    Object.defineProperty(error, 'cause', { value: problem.error, writable: true, configurable: true });
  return error;
}

function writeSecondRun({ first, second, context, hasRestart }: PlainRuns): readonly string[] {
  const { happenings } = second;
  const isSilent = happenings.every(({ kind }) => kind !== 'request');
  const lines = [
    ...(isSilent ? ['The second run sent no request.'] : []),
    ...writeWay(second, context),
    ...writeUnsent(first, second, context),
  ];
  return [
    `${context.subject} holds in its first run without a failure, but not in its second, so nothing was tried`,
    ...lines.map((line) => `  ${line}`),
    'Both runs began with the same state of S3, so the code keeps something from its first run, such as a value in memory, a cache or a client.',
    hasRestart
      ? 'The function restart does not reset it.'
      : 'Reset it in restart: s3.explore({ …, restart: () => { … } }).',
  ];
}

/** Lists the requests of the first run that the second run did not send. */
function writeUnsent(first: WayReport, second: WayReport, { callers }: ScreenContext): readonly string[] {
  const missing = findUnsent(first.requests, second.requests, callers.length > 0);
  const unsent = new Set(missing.map((request) => first.requests.indexOf(request)));
  if (unsent.size === 0) return [];
  const rows = writeRows(first.requests).map(([operation = '', ...cells], index) => {
    const caller = first.requests[index]?.caller ?? '';
    return [callers.length > 0 ? `${visible(caller)}: ${operation}` : operation, ...cells];
  });
  const listed = rows.filter((_, index) => unsent.has(index));
  const widths = columnWidths(listed, 3);
  const lines = listed.map((row) => `  ${aligned(row, widths)}`);
  return ['Only the first run sent:', ...firstLines(lines, LISTED)];
}

/** A request that asks for the same, but for a date or a number in its key, counts as sent if no other request of the first run is exactly like it. */
function findUnsent(
  first: readonly SentRequest[],
  second: readonly SentRequest[],
  hasCallers: boolean,
): readonly SentRequest[] {
  const name = () => {
    const ids = new RequestIds(new Set(), hasCallers);
    return (request: SentRequest) => ids.take(request);
  };
  const missing = without(first, second, name);
  const further = without(second, first, name);
  return without(missing, further, nameAlike);
}

/** Returns a function that names requests that are alike by the same names in each run. */
function nameAlike(): (request: SentRequest) => string {
  const counts = new Map<string, number>();
  return (request) => {
    const { caller, operation } = request;
    const name = `${caller}: ${writeRequest(request, new Set([`${operation} .Key`, `${operation} .Prefix`]))}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name} ${count}`;
  };
}

function without(
  requests: readonly SentRequest[],
  others: readonly SentRequest[],
  makeNames: () => (request: SentRequest) => string,
): readonly SentRequest[] {
  const known = new Set(others.map(makeNames()));
  const nameOf = makeNames();
  return requests.filter((request) => !known.has(nameOf(request)));
}
