import { join } from 'node:path';
import { runCLI } from 'jest';
import { root } from '../house/files';
import { mutantsIn } from './broken-sources';
import { switchKey } from './environment';
import { install, Switch } from './switch';

/**
 * Runs test files for `run.ts`, which started it: gets a file and a mutant, and answers whether the file fails, and which places it passes.
 * Its folder of compiled sources is an argument.
 * @module
 */

export interface TestQuestion {
  readonly file: string;
  readonly mutant?: number;
}

export interface TestAnswer {
  readonly isFailed: boolean;
  readonly milliseconds: number;
  readonly passed: readonly number[];
}

const [, , folder = ''] = process.argv;
const theSwitch = new Switch(mutantsIn(folder).length);
install(globalThis, theSwitch);
Object.assign(globalThis, { [switchKey]: theSwitch });
Object.assign(process.env, {
  COMPILED_SOURCES: folder,
  // Each file evaluates the sources anew, so that no mutant leaves anything to the next.
  S3_VERSIONING_MOCK_IN_PLACE: '1',
});

const config = '__tests__/mutants.config.cjs';

async function answer({ file, mutant }: TestQuestion): Promise<TestAnswer> {
  const options = { config, runInBand: true, runTestsByPath: true, silent: true, watchman: false };
  theSwitch.takePassed();
  if (mutant !== undefined) theSwitch.turnOn(mutant);
  const began = Date.now();
  // The other options have defaults.
  const { results } = await runCLI({ ...options, _: [join(root, file)], $0: 'jest' } as never, [root]);
  theSwitch.turnOff();
  return {
    isFailed: !results.success || results.numTotalTests === 0,
    milliseconds: Date.now() - began,
    passed: mutant === undefined ? theSwitch.takePassed() : [],
  };
}

process.on('message', (question: TestQuestion) => {
  void answer(question).then((found) => process.send?.(found));
});
process.send?.('ready');
