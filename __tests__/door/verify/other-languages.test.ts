import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import { mockS3 } from '../../../src/index';
import { event } from '../../capture/scene';
import { root, textOf } from '../../house/files';
import { blocks } from '../../house/readme';
import { libraryProject } from '../../support/library-project';
import { offline } from '../../support/plain-environment';
import { findBoto3, findCurl, findPytest, itWith } from '../../support/tools';

const examples = path.join(root, 'docs/examples');
const project = libraryProject('pytest');

async function run(program: string, args: readonly string[], folder: string) {
  const fixtures = JSON.parse(textOf('docs/examples/python/fixtures.json'));
  await using s3 = mockS3({ ...fixtures, hosts: { only: [] } });
  const { url } = await s3.listen();
  return await start(program, args, path.resolve(examples, folder), { S3_MOCK: url });
}

async function start(program: string, args: readonly string[], cwd: string, more: NodeJS.ProcessEnv = {}) {
  const env = { ...offline, PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', ...more };
  const child: ChildProcess = spawn(program, args, { cwd, env });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  const [code] = await event(child, 'close');
  return { code, printed };
}

itWith(
  findBoto3('1.26'),
  'a suite in Python controls the mock by its door alone',
  async ({ program }) => {
    const { code, printed } = await run(program, ['-m', 'unittest'], 'python');
    expect(printed).toMatch(/Ran 20 tests in .*\n\nOK/);
    expect(code).toBe(0);
  },
  60_000,
);

itWith(
  findPytest('1.28'),
  'the suite in Python of the guide passes',
  async ({ program }) => {
    const [, conftest = '', suite = ''] = blocks
      .filter(({ page, language }) => page === 'docs/guides/other-processes.md' && language === 'python')
      .map(({ code }) => code);
    project.write('conftest.py', conftest);
    project.write('test_publish.py', suite);
    const cli = path.join(project.folder, 'node_modules/s3-versioning-mock/dist/cli/run.js');
    const command = project.write(
      'node_modules/.bin/s3-versioning-mock',
      `#!/bin/sh\necho $$ > mock.pid\nexec "${process.execPath}" "${cli}" "$@"\n`,
    );
    chmodSync(command, 0o755);
    const args = ['-m', 'pytest', '-p', 'no:cacheprovider', '--quiet'];
    const { code, printed } = await start(program, args, project.folder);
    expect({ code, passed: /^\d+ passed/m.exec(printed)?.[0], isEnded: !isAlive(readPid()) }).toEqual({
      code: 0,
      passed: '4 passed',
      isEnded: true,
    });
  },
  60_000,
);

function readPid(): number {
  return Number(project.read('mock.pid'));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

itWith(
  findCurl('7.75'),
  'a suite with curl alone controls the mock by its door alone',
  async () => {
    const { code, printed } = await run('sh', ['vault.sh'], 'curl');
    expect(printed.split('\n').filter((line) => !line.startsWith('ok '))).toEqual(['']);
    expect(code).toBe(0);
  },
  60_000,
);
