import { writeShellWord } from '../text/values';

/** The runners whose arguments the command knows. */
export type RunnerName = 'jest' | 'vitest' | 'mocha' | 'node:test' | 'another runner';

/** A command of the user, `npx jest -i`, and the runner that it starts. */
export interface RunnerCommand {
  readonly words: readonly string[];
  readonly runner: RunnerName;
  /** Whether the command names no test files itself, so that some can be left out. */
  readonly takesFiles: boolean;
}

const programs: readonly (readonly [RegExp, RunnerName])[] = [
  [/(?:^|[\\/])jest(?:\.js|\.cmd)?$/, 'jest'],
  [/(?:^|[\\/])vitest(?:\.mjs|\.cmd)?$/, 'vitest'],
  [/(?:^|[\\/])_?mocha(?:\.js|\.cjs|\.cmd)?$/, 'mocha'],
];

/** Flags of jest and vitest whose value is the next word. */
const withValue =
  /^(?:-[ct]|--(?:config|testNamePattern|testTimeout|maxWorkers|project|root|dir|reporter|pool|rootDir|selectProjects))$/;

export function readRunnerCommand(words: readonly string[]): RunnerCommand {
  for (const [at, word] of words.entries()) {
    const runner = programs.find(([pattern]) => pattern.test(word))?.[1];
    if (runner !== undefined) return { words, runner, takesFiles: !namesFiles(runner, words.slice(at + 1)) };
  }
  const runner = words.includes('--test') ? 'node:test' : 'another runner';
  return { words, runner, takesFiles: false };
}

function namesFiles(runner: RunnerName, others: readonly string[]): boolean {
  if (runner === 'mocha') return true;
  return others.some((word, at) => !word.startsWith('-') && word !== 'run' && !withValue.test(others[at - 1] ?? ''));
}

/** Returns what is wrong with a command whose results would mean nothing; undefined for any other. */
export function whyRefused({ words, runner }: RunnerCommand): string | undefined {
  const find = (pattern: RegExp) => words.find((word) => pattern.test(word));
  const watch = find(/^--watch(?:All)?(?:=true)?$/) ?? (runner === 'vitest' ? find(/^(?:watch|dev|-w)$/) : undefined);
  if (watch !== undefined) return `${watch} watches files, and never ends. Leave it out.`;
  const update = find(/^(?:-u|--update|--updateSnapshot)(?:=true)?$/);
  if (update !== undefined)
    return `${update} writes what a test gets as what it expects, so no test could fail. Leave it out.`;
  return undefined;
}

const added: Readonly<Record<RunnerName, readonly string[]>> = {
  // The first attempt of each test counts, and all tests run.
  jest: ['--ci', '--coverage=false', '--bail=0', '--watchAll=false'],
  vitest: ['--coverage.enabled=false', '--retry=0', '--bail=0'],
  mocha: ['--retries', '0', '--no-bail'],
  'node:test': [],
  'another runner': [],
};

/** Returns the words of a run. `files` are the only test files that it needs. */
export function writeWords(
  { words, runner, takesFiles }: RunnerCommand,
  files: readonly string[] | undefined,
): string[] {
  const chosen = files === undefined || !takesFiles ? [] : runner === 'jest' ? ['--runTestsByPath', ...files] : files;
  return [...words, ...added[runner], ...chosen];
}

/** The flags of jest, vitest and mocha that choose tests by name. */
const filters = /^(?:-t|--testNamePattern|-g|--grep)$/;

/** Returns the words that run one test alone, as a user writes them. */
export function writeOneTest({ words: all, runner, takesFiles }: RunnerCommand, file: string, name: string): string {
  const words = all.filter((word, at) => !filters.test(word) && !filters.test(all[at - 1] ?? ''));
  const filter = writeShellWord(`^${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);
  const plain = words.map(writeShellWord).join(' ');
  if (runner === 'another runner') return plain;
  if (runner === 'node:test') {
    const at = words.indexOf('--test') + 1;
    return [
      ...words.slice(0, at).map(writeShellWord),
      `--test-name-pattern ${filter}`,
      ...words.slice(at).map(writeShellWord),
    ].join(' ');
  }
  if (runner === 'mocha') return `${plain} -g ${filter}`;
  return `${plain}${takesFiles ? ` ${writeShellWord(file)}` : ''} -t ${filter}`;
}
