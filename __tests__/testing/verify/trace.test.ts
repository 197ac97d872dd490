import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, it } from '@jest/globals';
import { plainEnvironment } from '../../support/plain-environment';
import { VitestProject } from '../../support/vitest-project';

const project = new VitestProject('trace');
afterAll(() => project.remove());

/** `spyOn` is that of its runner. */
const body = (spyOn: string) => `
const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
const ask = () => new Promise((resolve, reject) => {
  https.get('https://vault.s3.amazonaws.com/a.txt', (answer) => answer.resume().on('end', () => resolve(answer.statusCode))).on('error', reject);
});
test('prints nothing by itself', async () => {
  const spies = ['log', 'info', 'debug', 'warn', 'error', 'trace'].map((name) => ${spyOn}(console, name).mockImplementation(() => {}));
  globalThis.console = { debug: () => { throw new Error('another console'); } };
  expect(await ask()).toBe(403);
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});
test('prints elsewhere after its file', async () => {
  console._log = () => { throw new Error('the file is over'); };
  expect(await ask()).toBe(403);
});
`;
const line = '403  GetObject  vault/a.txt  AccessDenied: an anonymous caller does not own the bucket;';
const traced = { S3_MOCK_TRACE: '1', NODE_NO_WARNINGS: '1' };

project.write(
  'jest/a.test.js',
  `const https = require('node:https');\nconst { mockS3 } = require('s3-versioning-mock/jest');\nconst { console } = globalThis;${body('jest.spyOn')}`,
);
project.write(
  'vitest/a.test.mjs',
  `import https from 'node:https';\nimport { mockS3 } from 's3-versioning-mock/vitest';\nimport { expect, test, vi } from 'vitest';\nconst { console } = globalThis;${body('vi.spyOn')}`,
);
project.write(
  'plain.cjs',
  `const https = require('node:https');
const { mockS3 } = require('s3-versioning-mock');
const s3 = mockS3({ buckets: { vault: {} } });
https.get('https://vault.s3.amazonaws.com/a.txt', (answer) => answer.resume().on('end', () => s3.stop()));`,
);

describe('S3_MOCK_TRACE=1', () => {
  it('prints through the console of jest, whatever the test does to it, and to stderr once the file is over', async () => {
    const { code, stdout, stderr } = await project.jest(['jest/a.test.js', '--no-color'], traced);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(new RegExp(`^ {2}console\\.debug\n {4}${line} .*\n\n$`));
    expect(stderr.split('\n').filter((one) => one.startsWith(line)).length).toBe(1);
  });

  it('prints through the console of vitest, below the name of the test', async () => {
    const { code, stdout } = await project.run(['node_modules/vitest/vitest.mjs', 'run', '--dir', 'vitest'], {
      ...traced,
      NO_COLOR: '1',
    });
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toContain(`stdout | vitest/a.test.mjs > prints nothing by itself\n${line}`);
  });

  it('prints to stderr elsewhere, and nothing to stdout', async () => {
    const { code, stdout, stderr } = await project.run(['plain.cjs'], traced);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr.startsWith(line) && stderr.endsWith('\n')).toBe(true);
    expect(stderr.split('\n').length).toBe(2);
  });

  it('does not fail a program whose stderr nobody reads any more', async () => {
    const child = spawn(process.execPath, ['plain.cjs'], {
      cwd: project.folder,
      env: { ...plainEnvironment(), ...traced },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('is not read if the option says otherwise, and 0 is off', async () => {
    const { stderr } = await project.run(['plain.cjs'], { ...traced, S3_MOCK_TRACE: '0' });
    expect(stderr).toBe('');
  });
});
