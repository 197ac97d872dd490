import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from '@jest/globals';
import { root } from '../house/files';
import { installOnce } from '../matrix/installation';
import { online, plainEnvironment } from '../support/plain-environment';
import { type Ended, execute, Project } from '../support/project';
import { itWith, type Lack } from '../support/tools';
import type { Manager, Variant } from './variants';

const cache = join(root, 'node_modules/.cache/installed');
const managersFolder = join(cache, 'managers');
const pnpm = join(managersFolder, 'node_modules/pnpm/bin');
const yarn1 = join(managersFolder, 'node_modules/yarn/bin/yarn.js');
const yarn4 = join(managersFolder, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');

const patience = { registry: 30_000, installation: 300_000 };

interface Registry {
  readonly address: string;
}

function findRegistry(): Registry | Lack {
  const [address, answer] = [
    ['config', 'get', 'registry'],
    ['view', 'sax', 'version', '--fetch-retries=0'],
  ].map((args) =>
    spawnSync('npm', args, {
      env: { ...plainEnvironment(), ...online() },
      encoding: 'utf8',
      timeout: patience.registry,
    }),
  );
  if (address?.status === 0 && answer?.status === 0) return { address: address.stdout.trim() };
  return { lack: 'It needs a package registry, and none answers' };
}

/** Without a registry the tests are left out, or fail if `CI` is set. */
export function describeInstalled(title: string, tests: (registry: string) => void): void {
  const found = findRegistry();
  if ('address' in found) describe(title, () => tests(found.address));
  else if (process.env['CI'])
    it(title, () => {
      throw new Error(found.lack);
    });
  else itWith(found, title, async () => {});
}

export async function installManagers(): Promise<void> {
  await installOnce(managersFolder, { pnpm: '12.21.0', yarn: '1.22.22', '@yarnpkg/cli-dist': '4.18.1' }, [], online());
}

/** It is too large to be a package of the checkout. 6.4 runs on Node 20. */
export async function installAva(): Promise<string> {
  const folder = join(cache, 'ava');
  await installOnce(folder, { ava: '6.4.1' }, [], online());
  return join(folder, 'node_modules');
}

/** bun and deno are too large to be packages of the checkout: a hundred megabytes each. Their scripts fetch the binary of the platform. */
export async function installRuntimes(): Promise<Readonly<Record<'bun' | 'deno' | 'bunTypes', string>>> {
  const folder = join(cache, 'runtimes');
  const versions = { bun: '1.4.5', 'bun-types': '1.4.5', deno: '2.9.6' };
  await installOnce(folder, versions, ['bun', 'deno'], online());
  const packages = join(folder, 'node_modules');
  return {
    bun: join(packages, 'bun/bin/bun.exe'),
    deno: join(packages, 'deno/deno'),
    bunTypes: join(packages, 'bun-types/index.d.ts'),
  };
}

/** Installs the packed library as a variant's user does, in an empty folder outside of the checkout. */
export async function install(variant: Variant, tarball: string, registry: string): Promise<Project> {
  const { manager, end, packages, forced } = variant;
  const project = new Project(`installed-${end}-${manager.replaceAll(/\W+/g, '-')}`);
  const dependencies = { 's3-versioning-mock': `file:${tarball}`, ...packages };
  const rules = manager === 'npm' ? { overrides: forced } : { resolutions: forced };
  project.write('package.json', JSON.stringify({ name: 'user', private: true, dependencies, ...rules }));
  const [program, args] = commandOf[manager](project, forced, registry);
  const ended = await execute(project.folder, program, args, online(registry), patience.installation);
  if (ended.code !== 0) throw new Error(`${manager}, ${end}:\n${ended.stdout}${ended.stderr}`);
  return project;
}

export function installWithNpm({ folder }: Project, args: readonly string[]): Promise<Ended> {
  const plain = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', '--loglevel=error'];
  return execute(folder, 'npm', ['install', ...plain, ...args], online(), patience.installation);
}

type Command = readonly [program: string, args: readonly string[]];

/** Each writes the settings of its manager first. No command runs scripts, or reads or keeps a lock. */
const commandOf: Readonly<
  Record<Manager, (project: Project, forced: Readonly<Record<string, string>>, registry: string) => Command>
> = {
  npm: () => [
    'npm',
    [...'install --no-package-lock --no-audit --no-fund --prefer-offline --ignore-scripts --loglevel=error'.split(' ')],
  ],
  pnpm: (project, overrides) => {
    // It reads YAML, which JSON is.
    project.write('pnpm-workspace.yaml', JSON.stringify({ packages: ['.'], overrides }));
    const program = join(pnpm, readdirSync(pnpm).find((file) => /^pnpm\.[cm]js$/.test(file)) ?? 'pnpm.cjs');
    const plain = ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'];
    return [process.execPath, [program, ...plain, '--store-dir', join(cache, 'pnpm')]];
  },
  'yarn 1': () => {
    // Offline it would take the newest version that it has met, not the newest one.
    const plain = ['install', '--ignore-scripts', '--no-lockfile', '--non-interactive'];
    return [process.execPath, [yarn1, ...plain, '--cache-folder', join(cache, 'yarn-1')]];
  },
  'yarn 4, node_modules': (project, _, registry) => installWithYarn4(project, 'node-modules', registry),
  'yarn 4, PnP': (project, _, registry) => installWithYarn4(project, 'pnp', registry),
};

function installWithYarn4(project: Project, nodeLinker: string, npmRegistryServer: string): Command {
  const settings = {
    nodeLinker,
    pnpEnableEsmLoader: true,
    npmRegistryServer,
    unsafeHttpWhitelist: [new URL(npmRegistryServer).hostname],
    cacheFolder: join(cache, 'yarn-4'),
    globalFolder: join(cache, 'yarn-4-global'),
    enableGlobalCache: false,
    enableTelemetry: false,
    enableScripts: false,
    enableImmutableInstalls: false,
  };
  project.write('.yarnrc.yml', JSON.stringify(settings));
  // It makes the folder the root of a project.
  project.write('yarn.lock', '');
  return [process.execPath, [yarn4, 'install']];
}

/** The arguments of Node for a program in an installation: those of `yarn node` for PnP. */
export function nodeArguments(manager: Manager): readonly string[] {
  return manager === 'yarn 4, PnP' ? ['-r', './.pnp.cjs', '--experimental-loader', './.pnp.loader.mjs'] : [];
}
