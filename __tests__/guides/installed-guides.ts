import { fileOf, type Mistake, screensOf } from '../house/screens';
import { filesOf, sections } from '../house/transformers';
import { online } from '../support/plain-environment';
import { type Ended, execute, Project } from '../support/project';
import type { Guide } from './guide';

export interface Result {
  readonly name: string;
  readonly passed: number;
  /** How many mistakes fail with the screen that the guide prints. */
  readonly shown: number;
  readonly checked: number;
  readonly problems: readonly string[];
}

interface Outcome {
  readonly path: string;
  readonly title: string;
  readonly status: string;
  readonly message: string;
}

/** What jest and vitest write as JSON. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/** Installs what guides with the same commands say, runs their tests, and compiles those in TypeScript. */
export async function runGuides(guides: readonly Guide[], tarball: string): Promise<readonly Result[]> {
  const project = new Project('guides');
  try {
    const problem = await install(project, guides[0]?.commands ?? [], tarball);
    if (problem !== undefined) return guides.map(({ name }) => ({ ...nothing, name, problems: [problem] }));
    const files = guides.flatMap((guide) => guide.files);
    for (const { path, code } of files) project.write(path, code);
    const isTyped = files.some(({ isTypeScript }) => isTypeScript);
    for (const [name, text] of isTyped ? configuration() : []) project.write(name, text);
    const outcomes = [
      ...(await outcomesOf(project, guides, 'jest', ['jest', '--json', `--testTimeout=${patience}`, 'jest/'])),
      ...(await outcomesOf(project, guides, 'vitest', [
        'vitest',
        'run',
        '--reporter=json',
        `--testTimeout=${patience}`,
        'vitest/',
      ])),
    ];
    const skipping = guides.some(({ skipsPackageTypes }) => skipsPackageTypes) ? ['--skipLibCheck'] : [];
    const types = isTyped ? await project.run(['tsc', '--noEmit', ...skipping], {}, 'npx') : undefined;
    const errors =
      types === undefined || types.code === 0 ? [] : types.stdout.split('\n').filter((line) => line !== '');
    const strange = errorsBeside(files, errors);
    return guides.map((guide) => {
      const result = judge(guide, outcomes, errors);
      return { ...result, problems: [...result.problems, ...strange] };
    });
  } finally {
    project.remove();
  }
}

/** Errors of the compiler in its options, or in the types of a package: a reader's `tsc` fails with them as well. */
function errorsBeside(files: Guide['files'], errors: readonly string[]): readonly string[] {
  // A line with a margin goes on with the error above it.
  return errors.filter((line) => /^\S/.test(line) && !files.some(({ path }) => line.startsWith(`${path}(`)));
}

/** All files of a group run at a time. On a busy machine, the first test of a file waits long for its packages. */
const patience = 60_000;

const nothing = { passed: 0, shown: 0, checked: 0 };

/** The files of the page of runners for ts-jest. */
function configuration(): readonly (readonly [name: string, text: string])[] {
  return sections.slice(0, 1).flatMap((section) => filesOf(section, 'commonjs'));
}

async function install(project: Project, commands: Guide['commands'], tarball: string): Promise<string | undefined> {
  for (const command of commands) {
    const args = command.map((one) => (one === 's3-versioning-mock' ? tarball : one));
    const plain = ['--prefer-offline', '--no-audit', '--no-fund'];
    const { code, stderr } = await execute(project.folder, 'npm', [...args, ...plain], online());
    if (code !== 0) return `npm ${command.join(' ')}\n${stderr}`;
  }
  return undefined;
}

async function outcomesOf(
  project: Project,
  guides: readonly Guide[],
  runner: string,
  command: readonly string[],
): Promise<readonly Outcome[]> {
  if (!guides.some(({ files }) => files.some((file) => file.runner === runner))) return [];
  return readReport(project, await project.run(command, {}, 'npx'));
}

/** A file that does not load has a message and no tests. */
function readReport({ folder }: Project, { stdout, stderr }: Ended): readonly Outcome[] {
  if (!stdout.startsWith('{')) throw new Error(`${stdout}\n${stderr}`);
  const { testResults }: Report = JSON.parse(stdout);
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const path = name.slice(folder.length + 1);
    if (assertionResults.length === 0) return [{ path, title: path, status: 'does not load', message }];
    return assertionResults.map(({ title, status }) => ({ path, title, status, message }));
  });
}

function judge({ name, files, mistakes }: Guide, all: readonly Outcome[], errors: readonly string[]): Result {
  const outcomes = all.filter(({ path }) => files.some((file) => file.path === path));
  const own = outcomes.filter((outcome) => !mistakes.some((mistake) => isOf(outcome, mistake)));
  const others = mistakes.filter((mistake) => screenOf(outcomes, mistake) !== mistake.screen);
  const typed = files.filter(({ isTypeScript }) => isTypeScript);
  const wrong = typed.filter(({ path }) => errors.some((line) => line.startsWith(`${path}(`)));
  const expected = files.filter(({ runner }) => runner === 'jest' || runner === 'vitest');
  const silent = expected.filter(({ path }) => !outcomes.some((outcome) => outcome.path === path));
  return {
    name,
    passed: own.filter(({ status }) => status === 'passed').length,
    shown: mistakes.length - others.length,
    checked: typed.length - wrong.length,
    problems: [
      ...silent.map(({ path }) => `${path} did not run`),
      ...own.flatMap(({ title, status, message }) => (status === 'passed' ? [] : [`${title}: ${status}\n${message}`])),
      ...others.map((mistake) => `${mistake.title}: does not fail as printed\n${screenOf(outcomes, mistake)}`),
      ...wrong.flatMap(({ path }) => errors.filter((line) => line.startsWith(`${path}(`))),
    ],
  };
}

/** Two files of a guide may have a test of the same title. */
function isOf({ path, title }: Outcome, mistake: Mistake): boolean {
  return title === mistake.title && path.includes(`/${fileOf(mistake)}.test.`);
}

function screenOf(outcomes: readonly Outcome[], mistake: Mistake): string {
  const outcome = outcomes.find((one) => isOf(one, mistake));
  return screensOf(outcome?.message ?? '').get(mistake.title) ?? 'The test does not fail.';
}
