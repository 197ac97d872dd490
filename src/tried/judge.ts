import { looksAtRequests } from './assertions';
import { findKind, type WayKind } from './kinds';
import type { Picture, ResultNote, TestNote } from './notes';
import { keyOf } from './notes';
import { comparePictures, type Difference } from './picture';
import type { Run, Way } from './plan';

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

const same: Difference = { lacks: [], more: [] };

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
  const { lacks, more } = compare(first, second, pass, key);
  if (lacks.length > 0) return tell('not noticed', `the test passes, and ${writeState('lacks', lacks)}`);
  if (more.length > 0) return tell('differs', `the test passes, and ${writeState('has', more)}`);
  return tell(way.isWrite ? 'handled' : 'falls back');
}

interface DailyEvidence {
  readonly result: ResultNote;
  readonly notes: readonly TestNote[];
  readonly state: Difference;
  readonly readLines: ReadLines;
}

function judgeDaily(way: Way, { nature, lasts }: WayKind, { result, notes, state, readLines }: DailyEvidence): Judged {
  const tell = (verdict: Verdict, evidence = ''): Judged => ({ way, verdict, evidence, failedAt: result.line });
  const isArguable = nature === 'arguable';
  if (result.result === 'failed') {
    // A client without retries hands the failure on, which is no mistake of the code.
    if (!lasts && !notes.some(({ isRepeated }) => isRepeated)) return tell('does not retry');
    if (isOfRequests(result, readLines)) return tell('asserts requests', firstLine(result.message));
    const refused = notes.find(({ refusedAgain }) => refusedAgain !== undefined)?.refusedAgain;
    if (refused !== undefined) return tell('arguable', `the client asked again, and S3 refused that with ${refused}`);
    return tell(isArguable ? 'arguable' : 'does not survive', firstLine(result.message));
  }
  const differences = [...state.lacks, ...state.more];
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

function isOfRequests({ line = '' }: ResultNote, readLines: ReadLines): boolean {
  const [, file, number] = /^(.*):(\d+)$/s.exec(line) ?? [];
  return file !== undefined && looksAtRequests(readLines(file), Number(number));
}

function writeState(verb: 'lacks' | 'has', items: readonly string[]): string {
  return verb === 'lacks' ? `the state lacks ${list(items)}` : `the state has ${list(items)} beyond the first run`;
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

/** The findings, the most certain first, and what is no finding. */
export const order: readonly Verdict[] = [
  ...(['not noticed', 'does not survive', 'differs', 'falls back', 'arguable', 'asserts requests'] as const),
  ...(['does not retry', 'hangs', 'not reached', 'shares state', 'noticed', 'handled', 'survives'] as const),
];

export const certain: readonly Verdict[] = ['not noticed', 'does not survive'];

/** Tests that fail although their way was not reached depend on the tests before them. All ways of their describe are left out. */
export function leaveOutShared(judged: readonly Judged[]): {
  readonly judged: readonly Judged[];
  readonly groups: readonly string[];
} {
  const groupOf = ({ way: { test } }: Judged) => JSON.stringify([test.file, test.group]);
  const shared = new Set(judged.filter(({ verdict }) => verdict === 'shares state').map(groupOf));
  return {
    judged: judged.filter((one) => !shared.has(groupOf(one))),
    groups: [...shared].map((text) => {
      const [file = '', group = ''] = JSON.parse(text) as readonly string[]; // as written above
      return group === '' ? file : `${file}: ${group}`;
    }),
  };
}
