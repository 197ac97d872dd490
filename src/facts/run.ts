import { hasXxhash, loadXxhash } from '../formats/xxhash';
import { messageOf } from '../text/value-kinds';
import { Budget, RunEnded } from './budget';
import type { LeftOutCall, RecordedCase, RecordedCases } from './case';
import { type Played, play } from './play';
import { needsSecondAccount, type Service, ServiceStage } from './service-stage';
import { LeftOut, type Stage } from './stage';

export interface ChosenCase {
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

/** Lists the cases of all subjects, in their order. */
export function listCases(subjects: Readonly<Record<string, readonly RecordedCases[]>>): readonly ChosenCase[] {
  return Object.entries(subjects).flatMap(([subject, recordings]) =>
    recordings.flatMap(({ file, recorded, cases }) =>
      Object.entries(cases).map(([title, recordedCase]) => ({ subject, file, recorded, title, recordedCase })),
    ),
  );
}

export function choose(words: readonly string[], all: readonly ChosenCase[]): readonly ChosenCase[] {
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

export interface Plan {
  readonly cases: number;
  /** The requests without the requests that remove buckets. */
  readonly requests: number;
  /** The calls that would name what is not of the run, or follow such a call. */
  readonly leftOut: readonly LeftOutCall[];
  /** The cases that lack nothing but the keys of a second account. */
  readonly ofTwoAccounts: readonly Outcome[];
}

/** What a run at a service would do. Its requests are written as in a run, and answered by nobody. */
export async function plan(
  service: Service,
  chosen: readonly ChosenCase[],
  budget = new Budget(Number.POSITIVE_INFINITY),
): Promise<Plan> {
  const answer = async () => ({ status: 200, headers: new Map<string, string>(), body: new Uint8Array() });
  const outcomes = await run(new ServiceStage(service, budget, async () => {}, answer), chosen);
  return {
    cases: outcomes.filter(({ outcome }) => outcome !== 'not played').length,
    requests: budget.ofCases,
    leftOut: outcomes.flatMap(({ leftOut = [] }, index) =>
      leftOut.slice(chosen[index]?.recordedCase.leftOut?.length ?? 0),
    ),
    ofTwoAccounts: outcomes.filter(({ reason }) => reason === needsSecondAccount),
  };
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
      const played = await play(stage, recordedCase);
      outcomes.push({ ...known, ...read(played, recordedCase) });
    } catch (error) {
      const reason = messageOf(error);
      if (error instanceof RunEnded) ended = reason;
      const isPlayed = ended === undefined && !(error instanceof LeftOut);
      outcomes.push({ ...known, outcome: isPlayed ? 'failed' : 'not played', reason });
    }
  }
  return outcomes;
}

function read(
  { differences, leftOut }: Played,
  recordedCase: RecordedCase,
): Pick<Outcome, 'outcome' | 'differences' | 'leftOut' | 'reason'> {
  if (leftOut.length === 0) return { outcome: differences.length === 0 ? 'same' : 'differs', differences };
  const all = { leftOut: [...(recordedCase.leftOut ?? []), ...leftOut], differences };
  return leftOut.length < recordedCase.calls.length
    ? { ...all, outcome: differences.length === 0 ? 'same' : 'differs' }
    : { ...all, outcome: 'not played', reason: `none of its calls can be sent: ${leftOut[0]?.reason}` };
}
