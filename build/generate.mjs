/**
 * Writes the files of the repository that follow from others: `npm run generate` writes all, `npm run generate reference` one kind.
 * A test compares each of them, and names the kind to write.
 */
import { findUnknown, run, testsOf } from './commands.mjs';

const kinds = {
  shapes: {
    about: 'src/operations/lacking/sent-members.ts: the members of operations that the mock lacks, from the schemas of the SDK',
    variable: 'WRITE_SHAPES',
    commands: [
      testsOf('verify', '__tests__/house/verify/sent-members.test.ts'),
      ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', 'src/operations/lacking'],
    ],
  },
  names: {
    about: '__tests__/house/public-names.txt: the public names and the routes of the door',
    variable: 'WRITE_NAMES',
    commands: [testsOf('verify', '__tests__/house/verify/public-names.test.ts')],
  },
  operations: {
    about: 'docs/reference/operations.md, from the table of operations',
    variable: 'WRITE_OPERATIONS',
    commands: [testsOf('test', '__tests__/house/operations-table.test.ts')],
  },
  facts: {
    about: 'docs/facts.md from specification/facts, docs/proof.md, the counts in the README and the comparison, and the pages of maintainers for users',
    commands: [['docs/facts-page.mjs'], ['docs/proof.mjs'], ['docs/excerpts.mjs']],
  },
  reference: {
    about: 'docs/reference, from its templates and from the comments of the public types',
    variable: 'WRITE_REFERENCE',
    commands: [testsOf('verify', '__tests__/house/reference')],
  },
  installs: {
    about: 'docs/guides: the packages that the tests of each guide import',
    commands: [['docs/installs.mjs']],
  },
  llms: {
    about: 'llms.txt, from the README, the guides and docs/tasks.md',
    commands: [['docs/llms.mjs']],
  },
  mistakes: {
    about: 'docs/mistakes.md: the screens of the mistakes in __tests__/mistakes',
    variable: 'WRITE_MISTAKES',
    commands: [testsOf('verify', '__tests__/mistakes')],
  },
  screens: {
    about: 'the screens in docs/guides: what jest prints for the mistakes of each guide',
    variable: 'WRITE_SCREENS',
    commands: [testsOf('verify', '__tests__/house/verify/readme.test.ts')],
  },
  pictures: {
    about: 'docs/pictures, and the same screens as text in the README',
    variable: 'WRITE_PICTURES',
    commands: [testsOf('verify', '__tests__/house/verify/pictures.test.ts')],
  },
  window: {
    about: 'docs/window: the pictures of the page of a mock, which Chromium takes',
    variable: 'WRITE_WINDOW',
    commands: [testsOf('verify', '__tests__/window/verify/screens.test.ts')],
  },
};

const names = process.argv.slice(2);
const unknown = findUnknown(names, kinds);
if (unknown !== undefined) {
  console.error(`npm run generate: ${unknown}`);
  process.exitCode = 2;
} else {
  for (const name of names.length === 0 ? Object.keys(kinds) : names) {
    const { commands, variable } = kinds[name];
    process.exitCode ||= run(commands, variable === undefined ? {} : { [variable]: '1' });
  }
}
