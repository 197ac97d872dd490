import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { operations } from '../../src/operations/table';
import { matchers } from '../../src/testing/matchers';
import { type Ended, Project } from '../support/project';
import { type Block, blocks, extensionOf, nameOf, namesInTable } from './readme';
import { codeWithMistakes, fileOf, type Mistake, mistakes, mistakesIn, screensOf, writeScreens } from './screens';
import { root, sources, visit } from './sources';

describe('the tables of the README are complete:', () => {
  it.each([
    ['options', 'MockS3Options'],
    ['bucket', 'BucketFixture'],
    ['mock', 'MockS3'],
    ['requests', 'Journal'],
  ])('%s', (table, type) => {
    expect(namesInTable(table)).toEqual(membersOf(type));
  });

  it('request', () => {
    const members = [...membersOf('OperationEntry'), ...membersOf('EntryFacts')];
    expect(namesInTable('request')).toEqual(members);
  });

  it('matchers', () => {
    expect(namesInTable('matchers')).toEqual(Object.keys(matchers));
  });

  it('operations', () => {
    const answered = Object.entries(operations).filter(([, row]) => row.handle !== undefined);
    expect(namesInTable('operations').toSorted()).toEqual(answered.map(([name]) => name).toSorted());
  });
});

describe('the code of the README and the guides', () => {
  const project = new Project('readme');
  const tests = blocks.filter(
    ({ language, isFragment, runner }) => /^(?:js|ts)$/.test(language) && !isFragment && runner === 'jest',
  );
  const alone = mistakes.flatMap(({ block, context }) => (context === undefined ? [block] : []));
  const typed = blocks.filter((one) => one.language === 'ts' && (!one.isMistake || alone.includes(one)));
  let runs: readonly Ended[] = [];
  let compiled: Ended | undefined;

  beforeAll(async () => {
    project.linkPackages();
    project.compileLibrary();
    for (const block of [...tests, ...alone])
      project.write(`tests/${nameOf(block)}.test.${extensionOf(block)}`, codeWithMistakes(block));
    for (const block of typed) project.write(`types/${nameOf(block)}.ts`, typedCode(block));
    project.write('tsconfig.json', JSON.stringify(checking));
    const testTimeout = 30_000; // three runs share the machine
    const transform = { '\\.ts$': ['ts-jest', { tsconfig: transpiling }] };
    const asCommonJs = { transform, testTimeout, testMatch: ['**/*.test.?s'] };
    const asEsModule = { transform: {}, testTimeout, testMatch: ['**/*.test.mjs'] };
    [compiled, ...runs] = await Promise.all([
      project.tsc('tsconfig.json'),
      project.jest(['--json', '--config', JSON.stringify(asCommonJs)]),
      project.jest(['--json', '--config', JSON.stringify(asEsModule)], { NODE_OPTIONS: '--experimental-vm-modules' }),
    ]);
    if (process.env['WRITE_SCREENS']) writeScreens(screenOf);
  }, 240_000);
  afterAll(() => project.remove());

  const resultOf = (name: string) =>
    runs
      .flatMap(({ stdout, stderr }) => resultsOf(stdout, stderr))
      .find((result) => result.name.includes(`/${name}.test.`));
  const screenOf = (mistake: Mistake) =>
    screensOf(resultOf(fileOf(mistake))?.message ?? '').get(mistake.title) ?? 'The test does not fail.';

  it('has every form: TypeScript, CommonJS, ES module', () => {
    expect(new Set(tests.map(extensionOf))).toEqual(new Set(['ts', 'js', 'mjs']));
  });

  it('compiles', () => {
    const errors = compiled?.stdout.split('\n').filter((line) => line.startsWith('types/'));
    expect({ code: compiled?.code, errors }).toEqual({ code: 0, errors: [] });
  });

  it.each(tests)('runs: $page, line $line', (block) => {
    const result = resultOf(nameOf(block));
    const titles = mistakesIn(block).map(({ title }) => title);
    const own = (result?.assertionResults ?? []).filter(({ title }) => !titles.includes(title));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ status }) => status !== 'passed')).toEqual([]);
    if (titles.length === 0) expect(result).toMatchObject({ status: 'passed', message: '' });
  });

  it.each(mistakes)('fails as its guide says: $block.page, line $block.line', (mistake) => {
    expect(screenOf(mistake)).toBe(mistake.screen);
  });
});

const transpiling = { module: 'node16', target: 'es2022', isolatedModules: true, esModuleInterop: true };
const checking = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    noUnusedLocals: false,
    noUnusedParameters: false,
    typeRoots: [join(root, 'node_modules/@types')],
    paths: {
      's3-versioning-mock': [join(root, 'src/index.ts')],
      's3-versioning-mock/*': [join(root, 'src/testing/*.ts')],
    },
  },
  include: ['types'],
};

interface JestResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
}

function resultsOf(stdout: string, stderr: string): readonly JestResult[] {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout).testResults;
}

/** A test is compiled with its mistakes. A fragment uses a mock and clients that another block declares. */
function typedCode(block: Block): string {
  const { code, isFragment, isMistake } = block;
  if (!isFragment || isMistake) return codeWithMistakes(block);
  const imports =
    "import { S3Client } from '@aws-sdk/client-s3';\nimport { type MockS3, mockS3 } from 's3-versioning-mock';";
  return `${imports}\nexport async function fragment(s3: MockS3) {\n${code}}\n`;
}

/** The public members of an exported type, in their order; first those of the class that it extends. */
function membersOf(type: string): readonly string[] {
  const names: string[] = [];
  for (const { tree } of sources) {
    visit(tree, (node) => {
      const isShape = ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node);
      if (!isShape || node.name?.text !== type) return;
      if (ts.isClassDeclaration(node)) names.push(...baseClassesOf(node).flatMap(membersOf));
      for (const { name } of [...node.members].filter((member) => isPublic(member))) {
        if (name !== undefined && ts.isIdentifier(name) && !names.includes(name.text)) names.push(name.text);
      }
    });
  }
  return names;
}

function baseClassesOf({ heritageClauses = ts.factory.createNodeArray() }: ts.ClassDeclaration): readonly string[] {
  const bases = heritageClauses.filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return bases.flatMap(({ types }) => types.map(({ expression }) => expression.getText()));
}

function isPublic(member: ts.Node): boolean {
  return ts.getJSDocTags(member).every(({ tagName }) => tagName.text !== 'internal');
}
