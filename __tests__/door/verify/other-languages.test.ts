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
import { findBoto3, findCurl, findGo, findJava, findPytest, itWith } from '../../support/tools';

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
    writeGuide('python', ['conftest.py', 'test_publish.py']);
    const args = ['-m', 'pytest', '-p', 'no:cacheprovider', '--quiet', project.folder];
    // The guide starts the mock from any folder.
    const { code, printed } = await start(program, args, root, withNode);
    expect({ code, passed: /^\d+ passed/m.exec(printed)?.[0], isEnded: !isAlive(readPid()) }).toEqual({
      code: 0,
      passed: '4 passed',
      isEnded: true,
    });
  },
  60_000,
);

itWith(
  findGo(),
  'the suite in Go of the guide passes',
  async ({ program, environment }) => {
    writeGuide('go', ['notes/publish.go', 'notes/mock_test.go', 'notes/publish_test.go'], inOlderSdk);
    const more = { ...environment, ...withNode, GOCACHE: path.join(root, 'node_modules/.cache/go') };
    const { code, printed } = await start(program, ['test', '-v'], path.join(project.folder, 'notes'), more);
    const verdicts = printed.match(/^--- \w+/gm);
    expect({ code, verdicts, isEnded: !isAlive(readPid()) }).toEqual({
      code: 0,
      verdicts: ['--- PASS', '--- PASS'],
      isEnded: true,
    });
  },
  // The SDK is compiled once.
  300_000,
);

itWith(
  findJava('17'),
  'the suite in Java of the guide passes',
  async ({ program, jar }) => {
    writeGuide('java', ['Publisher.java', 'MockS3.java', 'PublisherTest.java']);
    const sources = ['Publisher.java', 'MockS3.java', 'PublisherTest.java'];
    const compiled = await start(`${program}c`, ['-cp', jar, '-d', 'classes', ...sources], project.folder);
    expect(compiled).toEqual({ code: 0, printed: '' });
    const args = ['-jar', jar, '--class-path', 'classes', '--scan-class-path', 'classes', '--disable-ansi-colors'];
    const { code, printed } = await start(program, args, project.folder, withNode);
    expect({ code, printed, isEnded: !isAlive(readPid()) }).toEqual({
      code: 0,
      printed: expect.stringContaining('2 tests successful'),
      isEnded: true,
    });
  },
  120_000,
);

/** The code as the end of the guide changes it for the SDK of Debian, which is the SDK that is here. */
function inOlderSdk(code: string): string {
  const text = textOf('docs/guides/go.md');
  const [, older = '', today = ''] = /^- Write `(.+)` in place of `(.+)`\.$/m.exec(text) ?? [];
  const [, unused = ''] = /^- Delete the import of `(.+)`\.$/m.exec(text) ?? [];
  return code.includes(today) ? code.replace(today, older).replace(`\t"${unused}"\n`, '') : code;
}

/** A PATH that begins with a Node that notes the id of its process. */
const withNode = { PATH: `${path.join(project.folder, 'bin')}${path.delimiter}${process.env['PATH']}` };

/** Writes the code of a guide into files of those names. */
function writeGuide(guide: string, files: readonly string[], change = (code: string) => code): void {
  const codes = blocks.filter(({ page, language }) => page === `docs/guides/${guide}.md` && language === guide);
  expect(codes).toHaveLength(files.length);
  for (const [at, file] of files.entries()) project.write(file, change(codes[at]?.code ?? ''));
  const pid = path.join(project.folder, 'mock.pid');
  const node = project.write('bin/node', `#!/bin/sh\necho $$ > '${pid}'\nexec '${process.execPath}' "$@"\n`);
  chmodSync(node, 0o755);
}

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
