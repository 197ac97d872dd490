import type { Played } from './play';

export interface Finding {
  readonly index: number;
  readonly problem: string;
  readonly about?: string;
  readonly bytes?: Uint8Array;
}

const slowest = 8;
const bytesShown = 600;

export class Report {
  readonly findings: Finding[] = [];
  readonly #counts = {
    operations: new Map<string, number>(),
    statuses: new Map<string, number>(),
    framings: new Map<string, number>(),
  };
  #slowest: readonly Played[] = [];
  #number = 0;

  add(played: Played): void {
    this.#number += 1;
    count(this.#counts.operations, played.operation);
    count(this.#counts.statuses, played.statuses);
    count(this.#counts.framings, `${played.framing}, ${played.place}`);
    this.#slowest = [...this.#slowest, played].sort((one, other) => other.seconds - one.seconds).slice(0, slowest);
    for (const problem of played.problems)
      this.find({ ...played, problem, about: `${played.operation}, ${played.framing}, ${played.place}` });
  }

  /** Prints it at once: what follows may take long. */
  find(finding: Finding): void {
    this.findings.push(finding);
    const { index, problem, about = '', bytes } = finding;
    const shown =
      bytes === undefined
        ? ''
        : `\n    ${bytes.length} bytes: ${JSON.stringify(Buffer.from(bytes).toString('latin1', 0, bytesShown))}`;
    console.log(`request ${index}: ${problem.slice(0, 2000)}${about === '' ? '' : ` (${about})`}${shown}`);
  }

  print(seed: number): void {
    for (const [title, counts] of Object.entries(this.#counts))
      console.log(
        `\n${counts.size} ${title}\n  ${largestFirst(counts)
          .map(([name, times]) => `${name}: ${times}`)
          .join('\n  ')}`,
      );
    console.log('\nThe slowest requests, by the time in which the process was busy');
    for (const { index, seconds, operation, framing } of this.#slowest)
      console.log(`  ${seconds.toFixed(3)} s  ${index}  ${operation}, ${framing}`);
    console.log(`\nseed ${seed}: ${this.#number} requests, ${this.findings.length} findings`);
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function largestFirst(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].sort(([, one], [, other]) => other - one).slice(0, 25);
}
