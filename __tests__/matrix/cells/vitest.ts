import { blocks } from '../../house/readme';
import type { Cell } from '../cell';

const [first] = blocks.filter(({ runner }) => runner === 'vitest');
if (first === undefined) throw new Error('docs/runners.md has no test for vitest');
const { code } = first;

const versions = ['3.2.7', '4.0.18', '4.1.12', '5.1.1'];
const columns: Readonly<Record<string, readonly string[]>> = {
  forks: ['--pool=forks'],
  threads: ['--pool=threads'],
  'threads, no isolation': ['--pool=threads', '--no-isolate'],
  'vm threads': ['--pool=vmThreads'],
  'vm forks': ['--pool=vmForks'],
  'globals, CommonJS package': ['--globals'],
};

/** Test files are always ES modules there. */
export const cells: readonly Cell[] = versions.flatMap((version) =>
  Object.entries(columns).map(([column, args]) => ({
    matrix: 'runners',
    row: `vitest ${version}`,
    column,
    packages: { vitest: version, '@aws-sdk/client-s3': '3.1169.0' },
    files: args.includes('--globals')
      ? { 'first.test.ts': code.replace(/^import .* from 'vitest';\n/m, '') }
      : { 'first.test.mjs': code },
    args: ['node_modules/vitest/vitest.mjs', 'run', ...args],
    environment: { NO_COLOR: '1' },
    passed: /Tests {2}1 passed \(1\)/,
  })),
);
