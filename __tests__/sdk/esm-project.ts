import { filesIn } from '../house/files';
import { Project } from '../support/project';

export interface Played {
  readonly client: string;
  readonly dialect: string;
  readonly story: string;
  readonly failure?: string;
}

const modules = filesIn('__tests__/support/clients')
  .concat(filesIn('__tests__/sdk'))
  .filter((file) => !/(\.test\.ts|esm-project\.ts)$/.test(file))
  .concat('__tests__/support/customer-keys.ts');

/** Plays the stories with the clients that are only ES modules, which jest cannot load. */
export async function playWithEsmClients(args: readonly string[] = []): Promise<readonly Played[]> {
  const project = new Project('esm-clients');
  try {
    project.linkPackages();
    project.compileLibrary();
    project.compileModules(modules);
    const { stdout, stderr } = await project.run(['__tests__/sdk/esm-run.mjs', ...args]);
    if (stdout === '') throw new Error(stderr);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  } finally {
    project.remove();
  }
}
