import { hasXxhash, loadXxhash } from '../formats/xxhash';
import { computePrice, RunEnded } from './budget';
import type { LeftOutCall, RecordedCase } from './case';
import { subjects } from './cases';
import { play } from './play';
import { makeSteps } from './set-up';
import type { Stage } from './stage';
import { writePlainRequest, writeRequest } from './wire-form';

export interface ChosenCase {
  /** A subject of ours, or the file of an imported recording. */
  readonly subject: string;
  readonly file: string;
  readonly recorded: string;
  readonly title: string;
  readonly recordedCase: RecordedCase;
}

export interface Outcome extends Omit<ChosenCase, 'recordedCase'> {
  readonly fact: string | undefined;
  readonly outcome: 'same' | 'differs' | 'failed' | 'not played';
  readonly differences: readonly string[];
  readonly leftOut?: readonly LeftOutCall[] | undefined;
  readonly reason?: string;
}

function ownCases(): readonly ChosenCase[] {
  return Object.entries(subjects).flatMap(([subject, recordings]) =>
    recordings.flatMap(({ file, recorded, cases }) =>
      Object.entries(cases).map(([title, recordedCase]) => ({ subject, file, recorded, title, recordedCase })),
    ),
  );
}

export function choose(words: readonly string[], all = ownCases()): readonly ChosenCase[] {
  if (words.length === 0) return all;
  const names = new Set(all.map(({ subject }) => subject));
  return all.filter(({ subject, file, title, recordedCase }) =>
    words.some((word) =>
      names.has(word) ? subject === word : recordedCase.fact === word || file === word || title.includes(word),
    ),
  );
}

/** Cases with XXHash need the package that computes it, as the mock does (decision 49). */
export function whyNotPlayed(stage: Stage, recordedCase: RecordedCase, canHash = hasXxhash()): string | undefined {
  if (recordedCase.notPlayed !== undefined) return recordedCase.notPlayed;
  if (!canHash && JSON.stringify(recordedCase.calls).includes('XXHASH'))
    return 'it needs the package hash-wasm: npm install --save-dev hash-wasm';
  return stage.whyNot(recordedCase);
}

/** What a run at a service would do: its cases, and their requests and dollars without those that remove buckets. */
export async function plan(stage: Stage, chosen: readonly ChosenCase[], region: string) {
  await loadXxhash();
  const played = chosen.filter(({ recordedCase }) => whyNotPlayed(stage, recordedCase) === undefined);
  const requests = played.flatMap(({ recordedCase }) => [
    ...makeSteps(recordedCase, region).map(({ operation, input }) => writeRequest(operation, input)),
    ...recordedCase.calls.map(([, operation, input]) =>
      operation.includes(' ') ? writePlainRequest(operation, {}) : writeRequest(operation, { ...input }),
    ),
  ]);
  const dollars = requests.reduce((sum, request) => sum + computePrice(request), 0);
  return { cases: played.length, requests: requests.length, dollars };
}

/** Once the run has ended no further case is played. */
export async function run(stage: Stage, chosen: readonly ChosenCase[]): Promise<readonly Outcome[]> {
  await loadXxhash();
  const outcomes: Outcome[] = [];
  let ended: string | undefined;
  for (const one of chosen) {
    const { recordedCase, ...place } = one;
    const { fact, leftOut } = recordedCase;
    const known = { ...place, fact, leftOut, differences: [] };
    const whyNot = ended ?? whyNotPlayed(stage, recordedCase);
    if (whyNot !== undefined) {
      outcomes.push({ ...known, outcome: 'not played', reason: whyNot });
      continue;
    }
    try {
      const differences = await play(stage, recordedCase);
      outcomes.push({ ...known, outcome: differences.length === 0 ? 'same' : 'differs', differences });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof RunEnded) ended = reason;
      outcomes.push({ ...known, outcome: ended === undefined ? 'failed' : 'not played', reason });
    }
  }
  return outcomes;
}
