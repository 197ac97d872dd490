import { fiftyWorlds } from '../../support/fifty-worlds';
import type { Cell } from '../cell';

const sdk = { '@aws-sdk/client-s3': '3.1169.0' };
const { jest: inJest, vitest: inVitest } = fiftyWorlds;
const cell = { matrix: 'runners', column: 'fifty concurrent tests in worlds' } as const;

const jestCells = ['29.7.0', '30.5.2'].map(
  (version): Cell => ({
    ...cell,
    row: `jest ${version}`,
    packages: { ...sdk, jest: version },
    files: { [inJest.file]: inJest.text },
    args: ['node_modules/jest/bin/jest.js', '--testTimeout', '60000'],
    passed: inJest.passed,
  }),
);

const vitestCells = ['4.1.12', '5.1.1'].map(
  (version): Cell => ({
    ...cell,
    row: `vitest ${version}`,
    packages: { ...sdk, vitest: version },
    files: { [inVitest.file]: inVitest.text },
    args: ['node_modules/vitest/vitest.mjs', 'run', '--testTimeout', '60000'],
    environment: { NO_COLOR: '1' },
    passed: inVitest.passed,
  }),
);

export const cells: readonly Cell[] = [...jestCells, ...vitestCells];
