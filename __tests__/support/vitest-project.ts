import { Project } from './project';

export interface VitestTest {
  readonly status: string;
  readonly message: string;
}

/** The tests by `file: name`. */
export interface VitestRun {
  readonly tests: Readonly<Record<string, VitestTest>>;
  /** The error of a file that threw while it was loaded, by its name; empty for the others. */
  readonly files: Readonly<Record<string, string>>;
  readonly printed: string;
}

export function listTests({ tests }: VitestRun): readonly string[] {
  return Object.entries(tests).map(([name, { status, message }]) => `${status} ${name}${message}`);
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the files in the order of their names, one after another. */
const configuration = `
class InOrder {
  async shard(files) { return files; }
  async sort(files) { return [...files].sort((one, other) => (one.moduleId < other.moduleId ? -1 : 1)); }
}
export default { test: { sequence: { sequencer: InOrder }, fileParallelism: false } };
`;

export class VitestProject extends Project {
  constructor(name: string) {
    super(name);
    this.linkPackages();
    this.compileLibrary();
    this.write('vitest.config.mjs', configuration);
  }

  async vitest(folder: string, args: readonly string[] = []): Promise<VitestRun> {
    const report = `${folder}/report.json`;
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { stdout, stderr } = await this.run(
      ['node_modules/vitest/vitest.mjs', 'run', '--dir', folder, ...reporters, ...args],
      { NO_COLOR: '1', NODE_NO_WARNINGS: '1' },
    );
    const { testResults }: Report = JSON.parse(this.read(report));
    const named = testResults.map((file) => ({ ...file, name: file.name.replace(/^.*\/|\.test\.\w+$/g, '') }));
    return {
      tests: Object.fromEntries(
        named.flatMap(({ name, assertionResults }) =>
          assertionResults.map(({ title, status, failureMessages }) => [
            `${name}: ${title}`,
            { status, message: failureMessages.join('\n') },
          ]),
        ),
      ),
      files: Object.fromEntries(named.map(({ name, message }) => [name, message])),
      printed: `${stdout}${stderr}`,
    };
  }
}
