import { looksAtPage, looksAtRequests } from './assertions';
import { findKind, type WayKind } from './kinds';
import type { Picture, ResultNote, TestNote } from './notes';
import { keyOf } from './notes';
import { comparePictures, type Difference } from './picture';
import { addressRequests, type Run, type Way } from './plan';

/** What a way has shown. Only the first two are findings for certain. */
export type Verdict =
  | 'not noticed'
  | 'does not survive'
  | 'differs'
  | 'falls back'
  | 'arguable'
  | 'noticed'
  | 'handled'
  | 'survives'
  | 'asserts requests'
  | 'does not retry'
  | 'hangs'
  | 'not reached'
  | 'shares state';

export interface Judged {
  readonly way: Way;
  readonly verdict: Verdict;
  /** What the tests said, or what the state lacks. */
  readonly evidence: string;
  /** The line of the test file at which it failed. */
  readonly failedAt?: string | undefined;
}

const same: Difference = { lacks: [], others: [], more: [] };

/** Returns the lines of a file; none if it cannot be read. */
export type ReadLines = (file: string) => readonly string[];

export interface Evidence {
  readonly plain: readonly [Run, Run];
  readonly pass: Run;
  readonly readLines: ReadLines;
}

/** Judges what a pass has shown of a way, by the plain runs. */
export function judge(way: Way, { plain: [first, second], pass, readLines }: Evidence): Judged {
  const key = keyOf(way.test);
  const result = pass.results.get(key);
  const notes = pass.tests.get(key) ?? [];
  const tell = (verdict: Verdict, evidence = ''): Judged => ({ way, verdict, evidence });
  if (result === undefined) return tell('hangs', 'the test has no result');
  if (result.result === 'timed out') return tell('hangs', firstLine(result.message));
  if (!notes.some(({ isReached }) => isReached))
    return result.result === 'failed' ? tell('shares state') : tell('not reached');
  const kind = findKind(way.kind);
  if (kind !== undefined && kind.nature !== 'refusal')
    return judgeDaily(way, kind, { result, notes, state: compare(first, second, pass, key), readLines });
  if (result.result === 'failed') return tell('noticed', firstLine(result.message));
  const { lacks, others, more } = compare(first, second, pass, key);
  if (lacks.length + others.length > 0)
    return tell('not noticed', `the test passes, and the state ${writeLoss(lacks, others)}`);
  if (more.length > 0) return tell('differs', `the test passes, and the state has ${list(more)} beyond the first run`);
  return tell(way.isWrite ? 'handled' : 'falls back');
}

interface DailyEvidence {
  readonly result: ResultNote;
  readonly notes: readonly TestNote[];
  readonly state: Difference;
  readonly readLines: ReadLines;
}

function judgeDaily(
  way: Way,
  { name, nature, lasts }: WayKind,
  { result, notes, state, readLines }: DailyEvidence,
): Judged {
  const tell = (verdict: Verdict, evidence = ''): Judged => ({ way, verdict, evidence, failedAt: result.line });
  const isArguable = nature === 'arguable';
  if (result.result === 'failed') {
    // A client without retries hands the failure on, which is no mistake of the code.
    if (!lasts && !notes.some(({ isRepeated }) => isRepeated)) return tell('does not retry');
    if (isOfRequests(result, readLines, name === 'pages of one'))
      return tell('asserts requests', firstLine(result.message));
    const refused = notes.find(({ refusedAgain }) => refusedAgain !== undefined)?.refusedAgain;
    if (refused !== undefined) return tell('arguable', `the client asked again, and S3 refused that with ${refused}`);
    return tell(isArguable ? 'arguable' : 'does not survive', firstLine(result.message));
  }
  const differences = [...state.lacks, ...state.others, ...state.more];
  if (differences.length === 0) return tell('survives');
  return tell(isArguable ? 'arguable' : 'differs', `the test passes, and the state differs: ${list(differences)}`);
}

function compare(first: Run, second: Run, pass: Run, key: string): Difference {
  const pictures = [first, second, pass].map((run) => mergePictures(run.tests.get(key) ?? []));
  const [one, other, after] = pictures;
  return one && other && after ? comparePictures(one, other, after) : same;
}

/** A file can have several mocks, with buckets of the same names. */
function mergePictures(notes: readonly TestNote[]): Picture {
  const isOnly = notes.length === 1;
  return Object.fromEntries(
    notes.flatMap(({ mock, picture }) =>
      Object.entries(picture).map(([bucket, objects]) => [isOnly ? bucket : `${bucket} of mock ${mock + 1}`, objects]),
    ),
  );
}

function isOfRequests({ line = '' }: ResultNote, readLines: ReadLines, isOfPages: boolean): boolean {
  const [, file, number] = /^(.*):(\d+)$/s.exec(line) ?? [];
  if (file === undefined) return false;
  const lines = readLines(file);
  return looksAtRequests(lines, Number(number)) || (isOfPages && looksAtPage(lines, Number(number)));
}

function writeLoss(lacks: readonly string[], others: readonly string[]): string {
  const texts = [
    ...(lacks.length > 0 ? [`lacks ${list(lacks)}`] : []),
    ...(others.length > 0 ? [`has another ${list(others)}`] : []),
  ];
  return texts.join(', and ');
}

const SHOWN = 3;

function list(items: readonly string[]): string {
  const rest = items.length - SHOWN;
  return `${items.slice(0, SHOWN).join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`;
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '') ?? ''
  );
}

/** What a test or the code did well. */
export const good: readonly Verdict[] = ['noticed', 'handled', 'survives'];

/** The findings, the most certain first, and what is no finding. */
export const order: readonly Verdict[] = [
  ...(['not noticed', 'does not survive', 'differs', 'falls back', 'arguable', 'asserts requests'] as const),
  ...(['does not retry', 'hangs', 'not reached', 'shares state'] as const),
  ...good,
];

export const certain: readonly Verdict[] = ['not noticed', 'does not survive'];

export function isFinding({ verdict }: Judged): boolean {
  return certain.includes(verdict);
}

/** What the report shows as one finding has one name: a line of the code, with what it sends. Which of several such requests it is does not matter. */
export function nameFinding({ verdict, way: { line, kind, request, subject } }: Judged): string {
  if (request === undefined) return JSON.stringify([verdict, kind, subject, line]);
  const { operation, bucket, key, folder } = request;
  return JSON.stringify([verdict, operation, bucket, key, folder, line]);
}

/** The first of each name comes before the others. */
export function sortByFinding(findings: readonly Judged[]): readonly Judged[] {
  const seen = new Set<string>();
  const first: Judged[] = [];
  const others: Judged[] = [];
  for (const one of findings) {
    (seen.has(nameFinding(one)) ? others : first).push(one);
    seen.add(nameFinding(one));
  }
  return [...first, ...others];
}

/** If only one test of a file has a way, another test of the file that fails has noticed it. */
export function noticeElsewhere(one: Judged, pass: Run): Judged {
  if (one.verdict !== 'not noticed') return one;
  const { test } = one.way;
  const other = [...pass.results.values()].find(
    ({ file, result, ...rest }) =>
      file === test.file && result !== 'passed' && keyOf({ file, ...rest }) !== keyOf(test),
  );
  return other === undefined ? one : { ...one, verdict: 'noticed', evidence: `another test fails: ${other.name}` };
}

/** Whether a test passes each time with the state and the requests that it had in the plain runs. A run with a plan notes no requests. */
export function isSteady(key: string, [first, second]: readonly [Run, Run], repeated: readonly Run[]): boolean {
  const listRequests = (run: Run) => (run.tests.get(key) ?? []).flatMap(({ requests }) => requests);
  return repeated.every((run) => {
    const requests = listRequests(run);
    const { lacks, others, more } = compare(first, second, run, key);
    return (
      run.results.get(key)?.result === 'passed' &&
      lacks.length + others.length + more.length === 0 &&
      (requests.length === 0 || addressRequests(listRequests(first), requests) !== undefined)
    );
  });
}

/** A group of tests of a file that depend on each other, and in how many passes they showed it. */
export interface SharedGroup {
  readonly group: string;
  readonly passes: number;
}

/**
 * Tests that fail although their way was not reached depend on the tests before them. In that pass, nothing that their describe shows is certain. Each
 * list is what one pass has shown.
 */
export function leaveOutShared(passes: readonly (readonly Judged[])[]): {
  readonly judged: readonly Judged[];
  readonly groups: readonly SharedGroup[];
} {
  const groupOf = ({ way: { test } }: Judged) => JSON.stringify([test.file, test.group]);
  const counts = new Map<string, number>();
  const judged = passes.flatMap((ofPass) => {
    const shared = new Set(ofPass.filter(({ verdict }) => verdict === 'shares state').map(groupOf));
    for (const group of shared) counts.set(group, (counts.get(group) ?? 0) + 1);
    return ofPass.filter((one) => !shared.has(groupOf(one)));
  });
  return {
    judged,
    groups: [...counts].map(([text, count]) => {
      const [file = '', group = ''] = JSON.parse(text) as readonly string[]; // as written above
      return { group: group === '' ? file : `${file}: ${group}`, passes: count };
    }),
  };
}
