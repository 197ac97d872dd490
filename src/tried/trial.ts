import { readFileSync } from 'node:fs';
import {
  isFinding,
  isSteady,
  type Judged,
  judge,
  leaveOutShared,
  nameFinding,
  noticeElsewhere,
  type ReadLines,
  sortByFinding,
} from './judge';
import { keyOf } from './notes';
import { type LeftOut, type Pass, planConfirmations, type Run, type Way } from './plan';

/** Runs the user's command again, for the files that are needed. */
export interface RepeatableRuns {
  readonly run: (pass: Pass, files: readonly string[]) => Promise<Run>;
  readonly repeat: (files: readonly string[]) => Promise<Run>;
}

/** The passes of a suite, and what they show. */
export class Trial {
  readonly #runs: RepeatableRuns;
  readonly #plain: readonly [Run, Run];
  readonly #tell: (line: string) => void;
  readonly #readLines = makeReadLines();
  #passes = 0;

  constructor(runs: RepeatableRuns, plain: readonly [Run, Run], tell: (line: string) => void) {
    this.#runs = runs;
    this.#plain = plain;
    this.#tell = tell;
  }

  get passes(): number {
    return this.#passes;
  }

  async look(passes: readonly Pass[]): Promise<ReturnType<typeof leaveOutShared>> {
    const judged: (readonly Judged[])[] = [];
    for (const [index, pass] of passes.entries())
      judged.push((await this.#judge(pass, `Pass ${index + 1} of ${passes.length} …`)).judged);
    return leaveOutShared(judged);
  }

  /** Tries what was found for certain once more, each line of code before a line comes again. */
  async confirm(judged: readonly Judged[], most: number): Promise<readonly Judged[]> {
    const findings = judged.filter(isFinding);
    const passes = planConfirmations(sortByFinding(findings).map(({ way }) => way)).slice(0, most);
    const again = new Map<Way, Judged>();
    for (const [index, pass] of passes.entries()) {
      const { run, judged: ofPass } = await this.#judge(
        pass,
        `Confirms what it found, ${index + 1} of ${passes.length} …`,
      );
      for (const one of ofPass) again.set(one.way, noticeElsewhere(one, run));
    }
    const known = new Set([...again.values()].filter(isFinding).map(nameFinding));
    return judged.map(
      (one) => again.get(one.way) ?? (isFinding(one) && !known.has(nameFinding(one)) ? seenOnce(one) : one),
    );
  }

  /** Repeats the tests that have findings, as they are: once as a pass runs them, and once as a plain run. */
  async leaveOutUnsteady(
    judged: readonly Judged[],
  ): Promise<{ steady: readonly Judged[]; unsteady: readonly LeftOut[] }> {
    const found = new Map(judged.filter(isFinding).map(({ way: { test } }) => [keyOf(test), test]));
    if (found.size === 0) return { steady: judged, unsteady: [] };
    this.#tell('Repeats the tests of what it found, as they are, twice …');
    const files = [...new Set([...found.values()].map(({ file }) => file))];
    const repeated = [await this.#runs.run(new Map(), files), await this.#runs.repeat(files)];
    this.#passes += repeated.length;
    const unsteady = [...found].filter(([key]) => !isSteady(key, this.#plain, repeated));
    const keys = new Set(unsteady.map(([key]) => key));
    return {
      steady: judged.filter(({ way: { test } }) => !keys.has(keyOf(test))),
      unsteady: unsteady.map(([, test]) => ({ test, why: whyUnsteady })),
    };
  }

  async #judge(pass: Pass, what: string): Promise<{ readonly run: Run; readonly judged: readonly Judged[] }> {
    this.#tell(what);
    this.#passes += 1;
    const run = await this.#runs.run(pass, [...new Set([...pass.values()].map(({ test }) => test.file))]);
    const evidence = { plain: this.#plain, pass: run, readLines: this.#readLines };
    return { run, judged: [...pass.values()].map((way) => judge(way, evidence)) };
  }
}

const whyUnsteady = 'it ends otherwise if it is repeated as it is';

/** A finding for which no pass was left says so. */
function seenOnce(one: Judged): Judged {
  return { ...one, evidence: one.evidence === '' ? 'seen once' : `${one.evidence} (seen once)` };
}

/** Reads each file once. */
function makeReadLines(): ReadLines {
  const files = new Map<string, readonly string[]>();
  return (file) => {
    const known = files.get(file) ?? readLines(file);
    files.set(file, known);
    return known;
  };
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
