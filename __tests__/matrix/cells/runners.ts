import { blocks, firstTest } from '../../house/readme';
import { runners } from '../../support/runners';
import type { Cell } from '../cell';

const sdk = { '@aws-sdk/client-s3': '3.1169.0' };
const jestProgram = 'node_modules/jest/bin/jest.js';
const passedByJest = /^Tests: +1 passed, 1 total$/m;

function ofGuide(runner: string): string {
  const block = blocks.find((one) => one.page === 'docs/runners.md' && one.runner === runner && !one.isFragment);
  if (block === undefined) throw new Error(`docs/runners.md has no test for ${runner}`);
  return block.code;
}
/** Packages of Node's own kind: jsdom chooses the files for browsers otherwise. */
const asNode = JSON.stringify({ testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] } });
const plainly = ['--config', JSON.stringify({ testMatch: ['**/*.test.?(m)js'], transform: {} })];

/** `aws-sdk` 2 under plain jsdom, where the SDK v3 does not load. */
const underJsdom = `/** @jest-environment jsdom */
const AWS = require('aws-sdk');
const { mockS3 } = require('s3-versioning-mock/jest');
const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
test('reads the versioning of the vault', async () => {
  expect(document.body).toBeDefined();
  expect(await new AWS.S3().getBucketVersioning({ Bucket: 'vault' }).promise()).toEqual({ Status: 'Enabled' });
  expect(s3).toHaveReceivedOnly('GetBucketVersioning', { Bucket: 'vault' });
});
`;

const versionsOfJest = [
  { version: '29.7.0', jsdom: '29.7.0', happyDom: '20.14.5', fixed: '0.0.9' },
  { version: '30.5.2', jsdom: '30.5.2', happyDom: '20.14.5', fixed: '0.0.11' },
] as const;

const jestCells = versionsOfJest.flatMap(({ version, jsdom, happyDom, fixed }): readonly Cell[] => {
  const cell = { matrix: 'runners', row: `jest ${version}`, passed: passedByJest } as const;
  const packages = { ...sdk, jest: version };
  const withJsdom = { ...packages, 'jest-environment-jsdom': jsdom };
  return [
    {
      ...cell,
      column: 'node, CommonJS',
      packages,
      files: { 'first.test.js': firstTest('js').code },
      args: [jestProgram],
    },
    {
      ...cell,
      column: 'node, ES module',
      packages,
      files: { 'first.test.mjs': firstTest('mjs').code },
      args: ['--experimental-vm-modules', jestProgram, ...plainly],
    },
    {
      ...cell,
      column: 'jsdom, CommonJS',
      packages: { ...withJsdom, 'aws-sdk': '2.1693.0' },
      files: { 'first.test.js': underJsdom, 'jest.config.json': asNode },
      args: [jestProgram],
    },
    {
      ...cell,
      column: 'jest-fixed-jsdom, CommonJS',
      packages: { ...withJsdom, 'jest-fixed-jsdom': fixed },
      files: { 'first.test.js': ofGuide('jest-fixed-jsdom') },
      args: [jestProgram],
    },
    {
      ...cell,
      column: 'happy-dom, CommonJS',
      packages: { ...packages, '@happy-dom/jest-environment': happyDom },
      files: { 'first.test.js': ofGuide('happy-dom') },
      args: [jestProgram],
    },
  ];
});

/** The test of a document for CommonJS as an ES module, or the reverse. */
const asModule = (code: string) =>
  code.replaceAll(
    /^const (\{[^}]*\}|.*) = require\((.*)\);$/gm,
    (_, names: string, from: string) => `import ${names} from ${from};`,
  );
const asCommonJS = (code: string) =>
  code.replaceAll(
    /^import (\{[^}]*\}|.*) from (.*);$/gm,
    (_, names: string, from: string) => `const ${names} = require(${from});`,
  );

const nodeTestCells: readonly Cell[] = (
  [
    ['CommonJS', 'first.test.cjs', asCommonJS(ofGuide('node:test'))],
    ['ES module', 'first.test.mjs', ofGuide('node:test')],
  ] as const
).map(([column, file, code]) => ({
  matrix: 'runners',
  row: 'node:test',
  column: `node, ${column}`,
  packages: sdk,
  files: { [file]: code },
  args: ['--test', '--test-reporter=tap', file],
  passed: /^# pass 1\n# fail 0$/m,
}));

const mochaCells = ['11.8.0', '12.0.3'].flatMap((version): readonly Cell[] =>
  (
    [
      ['CommonJS', 'first.spec.cjs', ofGuide('mocha')],
      ['ES module', 'first.spec.mjs', asModule(ofGuide('mocha'))],
    ] as const
  ).map(([column, file, code]) => ({
    matrix: 'runners',
    row: `mocha ${version}`,
    column: `node, ${column}`,
    packages: { ...sdk, mocha: version },
    files: { [file]: code },
    args: ['node_modules/mocha/bin/mocha.js', file],
    passed: /^ *1 passing/m,
  })),
);

/** Started by a script, since the arguments of a cell are Node's. */
const start = (file: string, args: readonly string[]) => `
const { spawnSync } = require('node:child_process');
const { error, status } = spawnSync(${JSON.stringify(file)}, ${JSON.stringify(args)}, { stdio: 'inherit' });
if (error) throw error;
process.exitCode = status ?? 1;
`;

const otherRuntimes = [
  { name: 'bun', version: '1.4.5', file: 'node_modules/bun/bin/bun.exe', args: ['test'] },
  {
    name: 'deno',
    version: '2.9.6',
    file: 'node_modules/deno/deno',
    args: ['test', '--no-check', '--no-lock', '--allow-env', '--allow-read', '--allow-sys', '--allow-net=127.0.0.1'],
  },
] as const;

const runtimeCells = otherRuntimes.map(({ name, version, file, args }): Cell => {
  const passed = runners[name]?.passed;
  if (passed === undefined) throw new Error(`unknown runner ${name}`);
  return {
    matrix: 'runners',
    row: `${name} ${version}`,
    column: 'ES module',
    packages: { ...sdk, [name]: version },
    // They fetch the binary of the platform.
    scripts: [name],
    files: { 'first.test.mjs': ofGuide(name), 'start.cjs': start(file, args) },
    args: ['start.cjs'],
    environment: { NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' },
    passed,
  };
});

/** bun and deno are started by Node, whose version does not matter to them. */
export const cells: readonly Cell[] = [...jestCells, ...nodeTestCells, ...mochaCells, ...runtimeCells];
