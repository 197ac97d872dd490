import { spawn } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { runsInForeground } from '../../../src/cli/package-manager';
import { ask, event } from '../../capture/scene';
import { libraryProject } from '../../support/library-project';
import { offline, plainEnvironment } from '../../support/plain-environment';
import { findSignals, itWith, type Lack, type Tool } from '../../support/tools';

const project = libraryProject('package-manager');
const cli = join(project.folder, 'node_modules/s3-versioning-mock/dist/cli/run.js');
const signals = findSignals();

/** The npx of this Node. */
const npx: Tool | Lack =
  'lack' in signals
    ? signals
    : existsSync(join(dirname(process.execPath), 'npx'))
      ? { program: join(dirname(process.execPath), 'npx'), version: process.version }
      : { lack: 'It needs npx beside node, which the packages of some systems leave out' };

const procFiles: Tool | Lack = existsSync('/proc/self/stat')
  ? { program: '/proc', version: process.platform }
  : { lack: 'It needs /proc, where Linux says what the parent of a process is' };

/** A program in the place of a package manager: it runs the command by a shell that waits for it, as npm does. */
const front = `
  const command = \`"$NODE" "$CLI" --port 0 --json; exit\`;
  require('node:child_process').spawn('sh', ['-c', command], { stdio: 'inherit' });
`;

const started: (() => boolean)[] = [];

/** Starts a program that starts the command; resolves when the command answers. */
async function begin(program: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
  const env = { ...plainEnvironment(), ...environment, NODE: process.execPath, CLI: cli };
  const child = spawn(program, args, { cwd: project.folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(() => child.kill('SIGKILL'));
  // The command has the other end of this pipe for as long as it runs.
  const ended = event(child, 'close');
  let out = '';
  for (;;) {
    const [chunk] = await event(child.stdout, 'data');
    out += String(chunk);
    const [, url = '', pid] = /"url":"([^"]+)".*"process":(\d+)\}\n/.exec(out) ?? [];
    if (pid === undefined) continue;
    started.push(() => process.kill(Number(pid), 'SIGKILL'));
    child.stdout.resume();
    return { child, url, ended };
  }
}

const npm = { npm_config_user_agent: 'npm/10.9.0 node/v22.0.0 linux x64', npm_lifecycle_script: 's3-versioning-mock' };

beforeAll(() => {
  chmodSync(project.write('node_modules/.bin/s3-versioning-mock', `#!/bin/sh\nexec "$NODE" "$CLI" "$@"\n`), 0o755);
});

afterEach(() => {
  for (const end of started.splice(0)) {
    try {
      end();
    } catch {
      // It has ended by itself.
    }
  }
});

describe('a command that a package manager runs', () => {
  itWith(signals, 'ends after the shell that ran it', async () => {
    const { child, url, ended } = await begin('sh', ['-c', `"$NODE" "$CLI" --port 0 --json; exit`], npm);
    child.kill('SIGTERM');
    await ended;
    await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  itWith(procFiles, 'ends after a package manager that was killed, whose shell stays', async () => {
    const { child, url, ended } = await begin(process.execPath, ['-e', front], npm);
    child.kill('SIGKILL');
    await ended;
    await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  itWith(npx, 'ends after npx', async ({ program }) => {
    const args = ['--no-install', 's3-versioning-mock', '--port', '0', '--json'];
    const { child, url, ended } = await begin(program, args, offline);
    child.kill('SIGTERM');
    await ended;
    await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('the environment of a command', () => {
  it.each<{ manager: string | undefined; script: string | undefined; isWaitedFor: boolean }>`
    manager      | script                                    | isWaitedFor
    ${'npm'}     | ${"'s3-versioning-mock'"}                 | ${true}
    ${'npm'}     | ${'s3-versioning-mock --port 9000'}       | ${true}
    ${'npm'}     | ${'npm run build && s3-versioning-mock'}  | ${true}
    ${'npm'}     | ${'s3-versioning-mock > log 2>&1'}        | ${true}
    ${'npm'}     | ${'s3-versioning-mock &> log'}            | ${true}
    ${'npm'}     | ${'s3-versioning-mock &'}                 | ${false}
    ${'npm'}     | ${'s3-versioning-mock > log 2>&1 & jest'} | ${false}
    ${'npm'}     | ${'s3-versioning-mock | tee log & jest'}  | ${false}
    ${'npm'}     | ${'./start-mock.sh'}                      | ${false}
    ${'pnpm'}    | ${undefined}                              | ${true}
    ${undefined} | ${undefined}                              | ${false}
    ${undefined} | ${'s3-versioning-mock'}                   | ${false}
  `('of $manager with the script $script: somebody waits for it: $isWaitedFor', ({ manager, script, isWaitedFor }) => {
    expect(runsInForeground({ npm_config_user_agent: manager, npm_lifecycle_script: script })).toBe(isWaitedFor);
  });
});
