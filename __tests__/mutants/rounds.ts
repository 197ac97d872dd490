import { Places, type Switch } from './switch';
import type { KnownTest, TestRun } from './test-files';

/**
 * Runs the tests of one file again and again inside jest-circus: a file is evaluated once, and each mutant costs the tests that pass its
 * place, not the file. A round is one test with its hooks, as a block of its own that is added while jest runs the blocks.
 * @module
 */

/** Of jest-circus: what is read and made of a test. */
interface Test {
  readonly type: 'test';
  readonly name: string;
  readonly duration?: number | null;
  errors: readonly unknown[];
  readonly unhandledRejectionErrorByPromise: ReadonlyMap<unknown, unknown>;
  parent: Block;
  timeout?: number | undefined;
}

interface Block {
  readonly type: 'describeBlock';
  readonly name: string;
  parent?: Block | undefined;
  children: (Test | Block)[];
  hooks: readonly object[];
}

export interface CircusEvent {
  readonly name: string;
  readonly test?: Test;
  readonly hook?: { readonly type: string; readonly parent: Block };
  readonly describeBlock?: Block;
}

export interface CircusState {
  readonly rootDescribeBlock: Block;
  readonly unhandledErrors: unknown[];
}

/** What is said while the rounds go on, since the process may end before the last word. */
export type Word =
  | { readonly word: 'known'; readonly run: TestRun }
  | { readonly word: 'begins'; readonly mutant: number }
  | { readonly word: 'ends'; readonly mutant: number; readonly tests: number; readonly isNoticed: boolean };

interface Round {
  /** Without it, all tests of the file, in their order. */
  readonly test?: Test;
  readonly mutant?: number;
  /** In milliseconds: a broken place may leave a request without an answer. */
  readonly patience?: number;
}

export interface RoundsOptions {
  readonly mutants: readonly number[];
  /** How many places a test passes at most that is tried with each of them. */
  readonly mostPlaces: readonly number[];
  /** What the tests do while nothing is broken; undefined if that is to be found out first. */
  readonly known: TestRun | undefined;
  readonly theSwitch: Switch;
  readonly say: (word: Word) => void;
}

/** How many tests of a file are tried with one mutant, and for how long: those that pass the fewest places first. */
const mostTests = 60;
const mostMilliseconds = 3000;

const leastPatience = 2000;

export class Rounds {
  /** A test fails that passed before, and nothing is broken: only a new process can go on. */
  isSpoilt = false;

  readonly #options: RoundsOptions;
  readonly #steps: Generator<Round, void, boolean>;
  readonly #tests: Test[] = [];
  readonly #passed = new Map<Test | Block, Places>();
  #whole: Block | undefined;
  #running: Block | undefined;
  #isFailed = false;

  constructor(options: RoundsOptions) {
    this.#options = options;
    this.#steps = this.#plan();
  }

  handle(event: CircusEvent, { rootDescribeBlock: root, unhandledErrors }: CircusState): void {
    const { name, test, hook, describeBlock } = event;
    if (name === 'run_start') this.#begin(root);
    if (name === 'test_start' || (name === 'hook_start' && hook?.type === 'beforeAll')) this.#takePassed();
    if (name === 'hook_success' && hook?.type === 'beforeAll') this.#note(hook.parent);
    if (name === 'test_done' && test !== undefined) this.#note(test);
    if (name === 'hook_failure' || name === 'error') this.#isFailed = true;
    if (name === 'run_describe_finish' && describeBlock === this.#running) this.#goOn(root);
    if (name !== 'run_finish') return;
    // Jest would write a text of each failure.
    root.children = [];
    unhandledErrors.length = 0;
  }

  /** The hooks of the file go into a block, so that each round has them. */
  #begin(root: Block): void {
    const whole: Block = { ...root, parent: root };
    for (const child of whole.children) child.parent = whole;
    this.#tests.push(...testsOf(whole));
    this.#whole = whole;
    root.hooks = [];
    root.children = [];
    this.#goOn(root);
  }

  #goOn(root: Block): void {
    const running = this.#running;
    this.#options.theSwitch.turnOff();
    const isFailed =
      this.#isFailed || (running !== undefined && testsOf(running).some(({ errors }) => errors.length > 0));
    if (running !== undefined && running !== this.#whole) running.children = [];
    this.#isFailed = false;
    const { done, value: round } = this.#steps.next(isFailed);
    if (done || this.#whole === undefined) return;
    this.#running = round.test === undefined ? this.#whole : alone(round.test, root, round.patience);
    root.children.push(this.#running);
    if (round.mutant !== undefined) this.#options.theSwitch.turnOn(round.mutant);
  }

  *#plan(): Generator<Round, void, boolean> {
    const { mutants, mostPlaces, say } = this.#options;
    const known = this.#options.known ?? (yield* this.#findOut());
    const places = known.tests.map((test) => new Places(test.passed));
    let isFirst = true;
    for (const [position, mutant] of mutants.entries()) {
      const most = mostPlaces[position] ?? Number.MAX_SAFE_INTEGER;
      const tests = [...places.entries()].flatMap(([index, passed]) =>
        known.tests[index]?.isSteady && passed.size <= most && passed.has(mutant) ? [index] : [],
      );
      if (tests.length === 0) continue;
      const chosen = affordable(
        tests.toSorted((one, other) => (places[one]?.size ?? 0) - (places[other]?.size ?? 0)),
        (index) => known.tests[index]?.milliseconds ?? 0,
      );
      say({ word: 'begins', mutant });
      let isNoticed = false;
      for (const index of chosen) {
        const test = this.#tests[index] as Test; // the index is one of its keys
        const patience = Math.max(leastPatience, 4 * (known.tests[index]?.milliseconds ?? 0));
        if (!(yield { test, mutant, patience })) continue;
        this.isSpoilt = yield { test };
        // What an earlier mutant left behind can fail the test as well, unless there was none.
        if (this.isSpoilt && !isFirst) return;
        isNoticed = true;
        break;
      }
      isFirst = false;
      say({ word: 'ends', mutant, tests: chosen.length, isNoticed });
      if (this.isSpoilt) return;
    }
  }

  /** All tests together, then each alone: what does not pass twice says nothing about a mutant. */
  *#findOut(): Generator<Round, TestRun, boolean> {
    const loaded = this.#options.theSwitch.takePassed();
    yield {};
    const together = this.#tests.map((test) => test.errors.length === 0);
    const tests: KnownTest[] = [];
    for (const [index, test] of this.#tests.entries()) {
      const isSteady = together[index] === true && !(yield { test });
      tests.push({ name: test.name, milliseconds: test.duration ?? 0, isSteady, passed: this.#placesOf(test).packed });
    }
    const run: TestRun = { loaded: Places.of(loaded).packed, tests };
    this.#options.say({ word: 'known', run });
    return run;
  }

  #takePassed(): readonly number[] {
    return this.#options.known === undefined ? this.#options.theSwitch.takePassed() : [];
  }

  #note(place: Test | Block): void {
    if (this.#options.known !== undefined || this.#running !== this.#whole) return;
    const before = this.#passed.get(place);
    const places = Places.of(this.#takePassed());
    this.#passed.set(place, before === undefined ? places : before.with(places));
  }

  /** With what is done once for the blocks around a test. */
  #placesOf(test: Test): Places {
    let places = this.#passed.get(test) ?? Places.of([]);
    for (let block: Block | undefined = test.parent; block !== undefined; block = block.parent) {
      const more = this.#passed.get(block);
      if (more !== undefined) places = places.with(more);
    }
    return places;
  }
}

function affordable(tests: readonly number[], cost: (test: number) => number): readonly number[] {
  let sum = 0;
  return tests.slice(0, mostTests).filter((test) => {
    if (sum + cost(test) > mostMilliseconds) return false;
    sum += cost(test);
    return true;
  });
}

function testsOf({ children }: Block): readonly Test[] {
  return children.flatMap((child) => (child.type === 'test' ? [child] : testsOf(child)));
}

function alone(test: Test, root: Block, patience: number | undefined): Block {
  const again: Test = { ...test, errors: [], unhandledRejectionErrorByPromise: new Map() };
  if (patience !== undefined) again.timeout = patience;
  let child: Test | Block = again;
  for (let block: Block | undefined = test.parent; block !== undefined && block !== root; block = block.parent) {
    const around: Block = { ...block, children: [child] };
    child.parent = around;
    child = around;
  }
  child.parent = root;
  return child as Block; // the hooks of the file are those of a block
}
