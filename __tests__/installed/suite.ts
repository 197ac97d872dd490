import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { filesIn, root } from '../house/files';
import { execute, type Project } from '../support/project';

export interface Failure {
  readonly file: string;
  readonly title: string;
  readonly message: string;
}

export interface Run {
  readonly version: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly printed: string;
}

/** The tests that speak through public entries only and meet most of the library: documents, refusals, stories, a fuzz run. */
export const tellingTests: readonly string[] = [
  '__tests__/fuzz/properties/requests.test.ts',
  '__tests__/installed/clients.ts',
  ...['configurations', 'deletes', 'tagging', 'versioning'].flatMap((room) => testsIn(`__tests__/operations/${room}`)),
  ...['cos', 'forms', 'lifecycle', 'object-lock', 'presigned', 'objects', 'streams'].map(
    (name) => `__tests__/stories/${name}.test.ts`,
  ),
];

function testsIn(folder: string): readonly string[] {
  return filesIn(folder).filter((file) => file.endsWith('.test.ts'));
}

/** The modules that belong to the library: these come from the installation. */
const libraryModules = /^src\/(?:index|testing\/\w+)\.ts$/;

/** Writes test files and the modules that they load into a project, without their types. Returns the paths of the modules. */
export function writeTests(project: Project, files: readonly string[]): readonly string[] {
  const written = new Set<string>();
  const write = (file: string) => {
    if (written.has(file) || libraryModules.test(file)) return;
    written.add(file);
    project.compileModules([file]);
    const text = project.read(file.replace(/ts$/, 'js'));
    for (const [, specifier = ''] of text.matchAll(/\brequire\("(\.[^"]+)"\)/g)) write(moduleAt(file, specifier));
  };
  files.forEach(write);
  return [...written];
}

function moduleAt(from: string, specifier: string): string {
  const path = posix.join(posix.dirname(from), specifier);
  const found = [`${path}.ts`, `${path}/index.ts`].find((file) => existsSync(join(root, file)));
  if (found === undefined) throw new Error(`${from}: ${specifier} is not a module of the checkout`);
  return found;
}

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

export async function runTests(project: Project, files: readonly string[]): Promise<Run> {
  writeTests(project, files);
  // In one sandbox, as the rooms of the checkout are: what differs between installations is not what a sandbox keeps apart.
  const modules = files.map((file) => `./${file.replace(/\.ts$/, '')}`);
  project.write(
    'together.test.js',
    `for (const file of ${JSON.stringify(modules)}) describe(file, () => void require(file));`,
  );
  const config = {
    rootDir: project.folder,
    testMatch: ['<rootDir>/together.test.js'],
    transform: {},
    restoreMocks: true,
    testEnvironment: 'node',
    // For what hangs: as in our own suites.
    testTimeout: 120_000,
    moduleNameMapper: {
      '^(?:\\.\\./)+src(?:/index)?$': 's3-versioning-mock',
      '^(?:\\.\\./)+src/testing/(\\w+)$': 's3-versioning-mock/$1',
    },
  };
  project.write('jest.config.json', JSON.stringify(config));
  const jest = join(project.folder, 'node_modules/jest');
  const report = join(project.folder, 'report.json');
  // A test that fails may leave a port open, for which jest would wait.
  const args = ['--config', 'jest.config.json', '--runInBand', '--forceExit', '--json', '--outputFile', report];
  const quiet = { NODE_NO_WARNINGS: '1' };
  const { stdout, stderr } = await execute(
    project.folder,
    process.execPath,
    [join(jest, 'bin/jest.js'), ...args],
    quiet,
    600_000,
  );
  const printed = `${stdout}${stderr}`;
  if (!existsSync(report)) throw new Error(printed);
  const { numPassedTests, testResults }: Report = JSON.parse(project.read('report.json'));
  const { version } = JSON.parse(readFileSync(join(jest, 'package.json'), 'utf8'));
  return { version, passed: numPassedTests, failures: testResults.flatMap((one) => failuresIn(project, one)), printed };
}

function failuresIn(
  project: Project,
  { name, message, assertionResults }: Report['testResults'][number],
): readonly Failure[] {
  const file = name.slice(project.folder.length + 1);
  if (assertionResults.length === 0) return [{ file, title: 'it loads', message: message.slice(0, 500) }];
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => ({
      file,
      title: fullName,
      message: failureMessages.join('\n').slice(0, 300),
    }));
}
