import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';
import { listTests, VitestProject } from '../../support/vitest-project';

describe('outside of vitest', () => {
  const project = libraryProject('no-vitest');

  it.each([['installed'], ['not installed']])('the entry names those of other runners, vitest %s', async (state) => {
    if (state === 'not installed') rmSync(join(project.folder, 'node_modules/vitest'), { recursive: true });
    project.write('run.mjs', "import 's3-versioning-mock/vitest';");
    const { code, stderr } = await project.run(['run.mjs']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'S3MockError: s3-versioning-mock/vitest was imported outside of vitest. Under jest, import s3-versioning-mock/jest; under another ' +
        'runner, s3-versioning-mock, with reset() before each test and stop() after the last; for an expect of your own, ' +
        's3-versioning-mock/matchers. docs/runners.md has an example of each.\n',
    );
  });
});

describe('under vitest', () => {
  const project = new VitestProject('vitest-entry');
  afterAll(() => project.remove());

  it('the main entry and this one are one instance, and the guard holds files without a mock', async () => {
    project.write('guarded.config.mjs', "export default { test: { setupFiles: ['s3-versioning-mock/guard'] } };");
    project.write(
      'one/first.test.mjs',
      `import { createRequire } from 'node:module';
       import { expect, test } from 'vitest';
       import { MockS3 } from 's3-versioning-mock';
       import * as entry from 's3-versioning-mock/vitest';
       const s3 = entry.mockS3({ buckets: { vault: {} } });
       test('one instance', () => {
         expect(s3).toBeInstanceOf(MockS3);
         expect(entry.MockS3).toBe(MockS3);
         expect(createRequire(import.meta.url)('s3-versioning-mock').MockS3).toBe(MockS3);
       });`,
    );
    const guarded = `import { expect, test } from 'vitest';
       test('the guard refuses', async () => {
         const { cause } = await fetch('https://vault.s3.amazonaws.com/').catch((error) => error);
         expect(cause.message).toMatch(/refused by the S3 mock: .*s3-versioning-mock.guard was imported/);
       });`;
    project.write('one/second.test.mjs', guarded);
    project.write('one/third.test.mjs', guarded);
    for (const pool of [['--pool=forks', '--no-isolate', '--no-file-parallelism'], ['--pool=vmThreads']]) {
      const run = await project.vitest('one', ['--config=guarded.config.mjs', ...pool]);
      expect(listTests(run).toSorted()).toEqual([
        'passed first: one instance',
        'passed second: the guard refuses',
        'passed third: the guard refuses',
      ]);
      expect(run.printed).not.toContain('S3MockWarning');
    }
  });

  it('answers a page of jsdom and one of happy-dom', async () => {
    for (const environment of ['jsdom', 'happy-dom'])
      project.write(
        `pages/${environment}.test.mjs`,
        `// @vitest-environment ${environment}
         import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
         import { expect, test } from 'vitest';
         import { mockS3 } from 's3-versioning-mock/vitest';
         const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Enabled' } } });
         test('stores a text', async () => {
           document.body.innerHTML = '<p>first</p>';
           const Body = document.querySelector('p').textContent;
           await new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key: 'page.txt', Body }));
           expect(s3.bucket('vault')).toHaveVersions('page.txt', ['first']);
           expect(s3.mfa.header()).toMatch(/ \\d{6}$/);
         });`,
      );
    for (const pool of ['threads', 'vmThreads']) {
      const run = await project.vitest('pages', [`--pool=${pool}`]);
      expect(listTests(run).toSorted()).toEqual(['passed happy-dom: stores a text', 'passed jsdom: stores a text']);
    }
  });
});
