import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { textOf } from '../house/files';
import { packLibrary } from '../support/packed';
import { online } from '../support/plain-environment';
import { type Ended, execute, Project } from '../support/project';
import { findTerraform, itWith } from '../support/tools';
import { describeInstalled } from './installation';

/** A reader gets the newest versions. These run on Node 20, and stay the same from run to run. */
const versions: Readonly<Record<string, string>> = {
  '@aws-sdk/client-s3': '3.1169.0',
  '@sveltejs/kit': '2',
  '@sveltejs/vite-plugin-svelte': '6',
  '@uppy/companion': '6.2.2',
  'aws-cdk-lib': '2.276.0',
  hono: '4.13.19',
  jest: '30.5.2',
  'react-router': '7',
  sst: '4.17.1',
  vite: '7',
  vitest: '4.1.12',
};

/** The sections whose tests are run by vitest alone, with the number of their tests. */
const counts = { Hono: 2, SvelteKit: 2, 'React Router and Remix': 2, Uppy: 1, SST: 1, CDK: 1 };

interface Section {
  readonly heading: string;
  readonly files: readonly { readonly path: string; readonly code: string }[];
  readonly commands: readonly string[];
}

const sections = textOf('docs/guides/frameworks.md').split(/^## /m).slice(1).map(readSection);

/** A line with the name of a file is above the code of this file. */
function readSection(text: string): Section {
  const [heading = ''] = text.split('\n', 1);
  const files = [...text.matchAll(/^`([^`\n]+)`:\n\n```\w+[^\n]*\n([\s\S]*?)```$/gm)];
  const scripts = [...text.matchAll(/^```sh\n([\s\S]*?)```$/gm)].map(([, code = '']) => code.replaceAll(/\\\n */g, ''));
  return {
    heading,
    files: files.map(([, path = '', code = '']) => ({ path, code })),
    commands: scripts.flatMap((script) => script.trim().split('\n')),
  };
}

function findSection(heading: string): Section {
  const found = sections.find((section) => section.heading === heading);
  if (found === undefined) throw new Error(`The guide has no section ${heading}`);
  return found;
}

describeInstalled('the guide to frameworks', () => {
  const store = new Project('frameworks');
  const tarball = join(store.folder, 's3-versioning-mock.tgz');
  beforeAll(async () => {
    copyFileSync((await packLibrary()).tarball, tarball);
  });
  afterAll(() => store.remove());

  const settings = { NO_COLOR: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

  function npm({ folder }: Project, command: string): Promise<Ended> {
    const [, ...args] = command.split(/\s+/).map((word) => {
      if (word === 's3-versioning-mock') return tarball;
      return versions[word] === undefined ? word : `${word}@${versions[word]}`;
    });
    const plain = args[0] === 'install' ? ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'] : [];
    return execute(folder, 'npm', [...args, ...plain], { ...online(), ...settings });
  }

  /** The guide has ranges of versions. */
  function pinned(manifest: string): string {
    return manifest.replaceAll(/"([^"]+)": "[*^][^"]*"/g, (found, name: string) => {
      if (name === 's3-versioning-mock') return `"${name}": "file:${tarball}"`;
      return versions[name] === undefined ? found : `"${name}": "${versions[name]}"`;
    });
  }

  /** Does in an empty folder what the section says. Returns what the last command printed. */
  async function follow({ files, commands }: Section, more: NodeJS.ProcessEnv = {}): Promise<string> {
    const project = new Project('frameworks');
    try {
      for (const { path, code } of files) project.write(path, path.endsWith('package.json') ? pinned(code) : code);
      let printed = '';
      for (const command of commands) printed = outputOf(command, await npm(project, command));
      if (commands.some((command) => command.startsWith('npm test'))) return printed;
      const vitest = ['node_modules/vitest/vitest.mjs', 'run'];
      return outputOf('npx vitest run', await project.run(vitest, { ...settings, ...more }));
    } finally {
      project.remove();
    }
  }

  function outputOf(command: string, { code, stdout, stderr }: Ended): string {
    if (code !== 0) throw new Error(`${command}\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  it('has a section for each of them', () => {
    expect(sections.map(({ heading }) => heading)).toEqual([...Object.keys(counts), 'Terraform', 'A monorepo']);
  });

  it.each(Object.entries(counts))('runs in an empty folder: %s', async (heading, count) => {
    const line = new RegExp(`Tests +${count} passed \\(${count}\\)`);
    expect(await follow(findSection(heading))).toMatch(line);
  });

  it('runs in an empty folder: a monorepo, with jest and vitest', async () => {
    const printed = await follow(findSection('A monorepo'));
    expect(printed).toMatch(/Tests: +1 passed, 1 total/);
    expect(printed).toMatch(/Tests +1 passed \(1\)/);
  });

  itWith(findTerraform(), 'runs in an empty folder: Terraform', async ({ environment }) => {
    expect(await follow(findSection('Terraform'), environment)).toMatch(/Tests +1 passed \(1\)/);
  });
});
