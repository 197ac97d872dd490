import { expect, it } from '@jest/globals';
import { type CircusState, Rounds, type Word } from './rounds';
import { Places, Switch } from './switch';
import type { TestRun } from './test-files';

type Block = CircusState['rootDescribeBlock'];

/** A test file of two tests, `passes 0` and `passes 0 and 1`, which fail when one of their places is broken. */
class TestFile {
  readonly theSwitch = new Switch(4);
  readonly words: Word[] = [];
  readonly run: string[] = [];
  /** Once a mutant of these was on, every test fails. */
  poison: readonly number[] = [];
  isPoisoned = false;
  /** The mutant before whose first test something else spoils the file. */
  poisonedFrom: number | undefined;

  readonly #root: Block = { type: 'describeBlock', name: '', children: [], hooks: [{ type: 'beforeAll' }] };

  constructor(tests: Readonly<Record<string, readonly number[]>>) {
    for (const name of Object.keys(tests))
      this.#root.children.push({
        type: 'test',
        name,
        parent: this.#root,
        errors: [],
        unhandledRejectionErrorByPromise: new Map(),
      });
    this.#places = tests;
  }

  readonly #places: Readonly<Record<string, readonly number[]>>;

  play(mutants: readonly number[], mostPlaces: readonly number[] = []): Rounds {
    const rounds = new Rounds({
      mutants,
      mostPlaces,
      known: undefined,
      theSwitch: this.theSwitch,
      say: (word) => {
        this.words.push(word);
        this.isPoisoned ||= word.word === 'begins' && word.mutant === this.poisonedFrom;
      },
    });
    this.theSwitch.ask(3);
    this.#say(rounds, { name: 'run_start' });
    this.#runBlock(rounds, this.#root);
    this.#say(rounds, { name: 'run_finish' });
    return rounds;
  }

  #runBlock(rounds: Rounds, block: Block): void {
    for (const hook of block.hooks) {
      const event = { hook: { ...hook, type: 'beforeAll', parent: block } };
      this.#say(rounds, { name: 'hook_start', ...event });
      this.theSwitch.ask(2);
      this.#say(rounds, { name: 'hook_success', ...event });
    }
    for (const child of block.children) {
      if (child.type === 'describeBlock') this.#runBlock(rounds, child);
      else this.#runTest(rounds, child);
    }
    this.#say(rounds, { name: 'run_describe_finish', describeBlock: block });
  }

  #runTest(rounds: Rounds, test: Extract<Block['children'][number], { type: 'test' }>): void {
    this.#say(rounds, { name: 'test_start', test });
    const broken = (this.#places[test.name] ?? []).filter((place) => this.theSwitch.ask(place));
    this.isPoisoned ||= broken.some((place) => this.poison.includes(place));
    this.run.push(`${test.name}${broken.length > 0 ? ' broken' : ''}`);
    if (broken.length > 0 || this.isPoisoned) test.errors = [new Error('fails')];
    this.#say(rounds, { name: 'test_done', test });
  }

  #say(rounds: Rounds, event: Parameters<Rounds['handle']>[0]): void {
    rounds.handle(event, { rootDescribeBlock: this.#root, unhandledErrors: [] });
  }
}

const twoTests = { 'passes 0': [0], 'passes 0 and 1': [0, 1] };

function known(file: TestFile): TestRun | undefined {
  return file.words.flatMap((word) => (word.word === 'known' ? [word.run] : []))[0];
}

it('finds out what each test passes, with the hooks around it, and what the file passes while it is evaluated', () => {
  const file = new TestFile(twoTests);
  file.play([]);
  const run = known(file);
  expect(run?.tests.map(({ name, isSteady, passed }) => [name, isSteady, new Places(passed).all])).toEqual([
    ['passes 0', true, [0, 2]],
    ['passes 0 and 1', true, [0, 1, 2]],
  ]);
  expect(new Places(run?.loaded ?? '').all).toEqual([3]);
});

it('runs each test once with the others and once alone, then a mutant with the tests that pass its place', () => {
  const file = new TestFile(twoTests);
  file.play([1, 0]);
  expect(file.run).toEqual([
    ...['passes 0', 'passes 0 and 1'],
    ...['passes 0', 'passes 0 and 1'],
    ...['passes 0 and 1 broken', 'passes 0 and 1'],
    ...['passes 0 broken', 'passes 0'],
  ]);
  expect(file.words.slice(1)).toEqual([
    { word: 'begins', mutant: 1 },
    { word: 'ends', mutant: 1, tests: 1, isNoticed: true },
    { word: 'begins', mutant: 0 },
    { word: 'ends', mutant: 0, tests: 2, isNoticed: true },
  ]);
});

it('says how many tests did not notice a mutant, and nothing of one that no test passes', () => {
  const file = new TestFile(twoTests);
  file.play([2, 3]);
  expect(file.words.slice(1)).toEqual([
    { word: 'begins', mutant: 2 },
    { word: 'ends', mutant: 2, tests: 2, isNoticed: false },
  ]);
});

it('leaves the rest to another process if a test fails that nothing breaks any more', () => {
  const file = new TestFile(twoTests);
  file.poison = [1];
  const rounds = file.play([1, 0]);
  expect(rounds.isSpoilt).toBe(true);
  expect(file.words.slice(1)).toEqual([
    { word: 'begins', mutant: 1 },
    { word: 'ends', mutant: 1, tests: 1, isNoticed: true },
  ]);
});

it('does not say that a mutant is noticed if an earlier one can be the reason', () => {
  const file = new TestFile(twoTests);
  file.poisonedFrom = 1;
  expect(file.play([2, 1]).isSpoilt).toBe(true);
  expect(file.words.slice(1)).toEqual([
    { word: 'begins', mutant: 2 },
    { word: 'ends', mutant: 2, tests: 2, isNoticed: false },
    { word: 'begins', mutant: 1 },
  ]);
});

it('does not ask a test that fails with nothing broken', () => {
  const file = new TestFile(twoTests);
  file.isPoisoned = true;
  file.play([0]);
  expect(known(file)?.tests.map(({ isSteady }) => isSteady)).toEqual([false, false]);
  expect(file.words).toHaveLength(1);
});

it('tries a mutant with no test that passes more places than are wanted', () => {
  const file = new TestFile(twoTests);
  file.play([0, 2], [1, 2]);
  expect(file.words.slice(1)).toEqual([
    { word: 'begins', mutant: 2 },
    { word: 'ends', mutant: 2, tests: 1, isNoticed: false },
  ]);
});
