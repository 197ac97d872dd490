import { join } from 'node:path';
import { runCLI } from 'jest';
import { root } from '../house/files';
import { mutantsIn } from './broken-sources';
import { type ListensToTests, listenerKey } from './environment';
import type { Question, Word } from './player';
import { Switch } from './switch';

/**
 * Runs test files for `run.ts`, which started it, each test with the mutants of the plan on. Its folder of compiled sources is an argument.
 * @module
 */

const [, , folder = ''] = process.argv;
const theSwitch = new Switch(mutantsIn(folder).length);
Object.assign(process.env, {
  COMPILED_SOURCES: folder,
  // Each file evaluates the sources anew, so that no mutant leaves anything to the next.
  S3_VERSIONING_MOCK_IN_PLACE: '1',
});

function say(word: Word): void {
  process.send?.(word);
}

/** The number of a test is its place in the file, from 1 on. Number 0 is what runs outside of all tests, and fails if one of them does. */
class Listener implements ListensToTests {
  readonly ask = theSwitch.ask;
  readonly #plan: ReadonlyMap<number, readonly number[]> | undefined;
  readonly #outside = new Set<number>();
  #test = 0;
  #isFailed = false;

  constructor(plan: Question['plan']) {
    this.#plan = plan && new Map(plan);
    this.#enter(0);
  }

  begin(): void {
    for (const place of theSwitch.takePassed()) this.#outside.add(place);
    this.#test += 1;
    this.#enter(this.#test);
  }

  end(name: string, isFailed: boolean): void {
    this.#isFailed ||= isFailed;
    this.#leave(this.#test, name, isFailed, theSwitch.takePassed());
    if (this.#plan?.has(0) === true) theSwitch.turnOn(this.#plan.get(0) ?? []);
  }

  endFile(isFailed: boolean): void {
    for (const place of theSwitch.takePassed()) this.#outside.add(place);
    this.#leave(0, '', isFailed || this.#isFailed, [...this.#outside]);
    say('done');
  }

  #enter(unit: number): void {
    if (this.#plan?.has(unit) === true) say({ began: unit });
    theSwitch.turnOn(this.#plan?.get(unit) ?? []);
  }

  #leave(unit: number, name: string, isFailed: boolean, passed: readonly number[]): void {
    theSwitch.turnOff();
    const result = isFailed ? 'failed' : 'passed';
    if (this.#plan === undefined) say({ ended: unit, result, name, passes: passed });
    // A test that fails with no mutant on says that one has left something behind.
    else if (isFailed || this.#plan.has(unit)) say({ ended: unit, result, name });
  }
}

async function run({ file, plan }: Question): Promise<void> {
  const listener = new Listener(plan);
  Object.assign(globalThis, { [listenerKey]: listener });
  const options = { config: '__tests__/mutants.config.cjs', runInBand: true, runTestsByPath: true, silent: true };
  // The other options have defaults.
  const { results } = await runCLI({ ...options, watchman: false, _: [join(root, file)], $0: 'jest' } as never, [root]);
  listener.endFile(results.numTotalTests === 0);
}

process.on('message', (question: Question) => void run(question));
process.send?.('ready');
