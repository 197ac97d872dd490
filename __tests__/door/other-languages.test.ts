import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { expect } from '@jest/globals';
import { type MockS3Options, mockS3 } from '../../src/index';
import { event } from '../capture/scene';
import { root, textOf } from '../house/files';
import { blocks } from '../house/readme';
import { offline } from '../support/plain-environment';
import { Project } from '../support/project';
import { findBoto3, findCurl, findPytest, itWith } from '../support/tools';

const examples = path.join(root, 'docs/examples');

async function run(program: string, args: readonly string[], folder: string, options?: MockS3Options) {
  const fixtures = options ?? JSON.parse(textOf('docs/examples/python/fixtures.json'));
  await using s3 = mockS3({ ...fixtures, hosts: { only: [] } });
  const { url } = await s3.listen();
  const env = { ...offline, PATH: process.env['PATH'], S3_MOCK: url, PYTHONDONTWRITEBYTECODE: '1' };
  const child: ChildProcess = spawn(program, args, { cwd: path.resolve(examples, folder), env });
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
    const project = new Project('pytest');
    try {
      const [, conftest = '', suite = ''] = blocks
        .filter(({ page, language }) => page === 'docs/guides/other-processes.md' && language === 'python')
        .map(({ code }) => code);
      project.write('conftest.py', conftest);
      project.write('test_publish.py', suite);
      const buckets = { vault: { versioning: 'Enabled' } } as const;
      const args = ['-m', 'pytest', '-p', 'no:cacheprovider', '--quiet'];
      const { code, printed } = await run(program, args, project.folder, { buckets });
      expect(printed).toMatch(/^4 passed in/m);
      expect(code).toBe(0);
    } finally {
      project.remove();
    }
  },
  60_000,
);

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
