import type { Ended, Project } from './project';

export interface Runner {
  readonly extension: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly passed: RegExp;
  /** Whether only the matrix runs it, since a package that it needs is not installed here. */
  readonly isInMatrixOnly?: boolean;
}

const mocha = { extension: 'spec.cjs', args: ['node_modules/mocha/bin/mocha.js'], passed: /^ *1 passing/m };
const runJest = ['node_modules/jest/bin/jest.js', '--rootDir', '.'];

/** The runners of the documents, by the name behind the language of a block: "```js mocha". */
export const runners: Readonly<Record<string, Runner>> = {
  'node:test': { extension: 'test.mjs', args: ['--test', '--test-reporter=tap'], passed: /^# pass 1\n# fail 0$/m },
  mocha,
  'mocha-in-matrix': { ...mocha, isInMatrixOnly: true },
  vitest: {
    extension: 'test.mjs',
    args: ['node_modules/vitest/vitest.mjs', 'run'],
    environment: { NO_COLOR: '1' },
    passed: /Tests +1 passed \(1\)/,
  },
  'jest-fixed-jsdom': { extension: 'fixed.test.js', args: runJest, passed: /^Tests: +1 passed, 1 total$/m },
  'happy-dom': { extension: 'happy.test.js', args: runJest, passed: /^Tests: +1 passed, 1 total$/m },
  bun: { extension: 'test.mjs', args: [], passed: /^ *1 pass\n *0 fail$/m, isInMatrixOnly: true },
  deno: { extension: 'test.mjs', args: [], passed: /^ok \| 1 passed \| 0 failed/m, isInMatrixOnly: true },
};

export function runWith(runner: Runner, project: Project, name: string, code: string): Promise<Ended> {
  for (const [file, text] of Object.entries(runner.files ?? {})) project.write(file, text);
  const file = `${name}.${runner.extension}`;
  project.write(file, code);
  return project.run([...runner.args, file], runner.environment);
}
