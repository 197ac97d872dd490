import { join } from 'node:path';
import { runCLI } from 'jest';
import { root } from '../house/files';
import { mutantsIn } from './broken-sources';
import { type Shared, sharedKey } from './environment';
import { Rounds, type RoundsOptions, type Word } from './rounds';
import { install, Switch } from './switch';
import type { TestRun } from './test-files';

/**
 * Runs test files for `run.ts`, which started it: gets a file and mutants, and says of each whether a test notices. Its folder of compiled
 * sources is an argument.
 * @module
 */

export type TestQuestion =
  | (Pick<RoundsOptions, 'mutants' | 'mostPlaces'> & { readonly file: string; readonly known?: TestRun | undefined })
  /** A mutant whose place is passed while the file is evaluated: the whole file runs with it. */
  | { readonly file: string; readonly loaded: number };

export interface TestAnswer {
  /** Of a whole file. */
  readonly isFailed: boolean;
  /** What is left to try needs a new process. */
  readonly isSpoilt: boolean;
}

const [, , folder = ''] = process.argv;
const theSwitch = new Switch(mutantsIn(folder).length);
install(globalThis, theSwitch);
Object.assign(process.env, {
  COMPILED_SOURCES: folder,
  // Each file evaluates the sources anew, so that no mutant leaves anything to the next.
  S3_VERSIONING_MOCK_IN_PLACE: '1',
});

const config = '__tests__/mutants.config.cjs';

function say(word: Word): void {
  process.send?.(word);
}

async function answer(question: TestQuestion): Promise<TestAnswer> {
  const options = { config, ci: true, runInBand: true, runTestsByPath: true, silent: true, watchman: false };
  const rounds = 'loaded' in question ? undefined : new Rounds({ ...question, known: question.known, theSwitch, say });
  const shared: Shared = { theSwitch, rounds };
  Object.assign(globalThis, { [sharedKey]: shared });
  theSwitch.takePassed();
  if ('loaded' in question) theSwitch.turnOn(question.loaded);
  // The other options have defaults.
  const { results } = await runCLI({ ...options, _: [join(root, question.file)], $0: 'jest' } as never, [root]);
  theSwitch.turnOff();
  return {
    isFailed: !results.success || results.numTotalTests === 0,
    isSpoilt: rounds?.isSpoilt ?? true,
  };
}

process.on('message', (question: TestQuestion) => {
  void answer(question).then((found) => process.send?.(found));
});
process.send?.('ready');
