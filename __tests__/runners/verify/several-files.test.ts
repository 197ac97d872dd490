import { beforeAll, describe, expect, it } from '@jest/globals';
import { blocks } from '../../house/readme';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('several');

function testOf(name: string): string {
  const block = blocks.find(({ page, runner }) => page === 'docs/runners.md' && runner === name);
  if (block === undefined) throw new Error(`docs/runners.md has no test for ${name}`);
  return block.code;
}

const mocha = (args: readonly string[]) => project.run(['node_modules/mocha/bin/mocha.js', ...args]);

const failing = (code: string) =>
  code
    .replace(/(?<=import \{ |const \{ )PutObjectCommand/, 'HeadBucketCommand')
    .replace('new PutObjectCommand(report)', "new HeadBucketCommand({ Bucket: 'scratch' })");

const explained = 'S3 refused 1 request of this test: HeadBucket scratch 404';

describe('mocha', () => {
  beforeAll(() => {
    for (const name of ['a', 'b']) project.write(`mocha/${name}.spec.cjs`, testOf('mocha'));
    const asModule = testOf('mocha').replaceAll(
      /^const (.*) = require\((.*)\);$/gm,
      (_, names: string, from: string) => `import ${names.replace(/: /g, ' as ')} from ${from};`,
    );
    project.write('mocha/c.spec.mjs', asModule);
    const outside = `it('is refused', () => require('node:assert').rejects(fetch('https://vault.s3.amazonaws.com/'), ({ cause }) =>
      /s3-versioning-mock\\/guard was imported/.test(cause.message)));`;
    project.write('mocha/d.spec.cjs', outside);
    // mocha is linked, so it does not find the packages of the project by their names.
    project.write('guard.cjs', "require('s3-versioning-mock/guard');");
  });

  const files = ['mocha/*.spec.{cjs,mjs}', '--require', './guard.cjs'];
  it.each([
    ['in one process', files],
    ['in parallel', [...files, '--parallel']],
  ])('runs several files of the document %s, with the guard between them', async (_, args) => {
    const { code, stdout, stderr } = await mocha(args);
    expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: expect.stringMatching(/^ *4 passing/m) });
    expect(stderr).not.toContain('S3MockWarning');
  });

  it('stops at the second file that calls mockS3 at its top', async () => {
    const top =
      "const { mockS3 } = require('s3-versioning-mock'); const s3 = mockS3(); after(() => s3.stop()); it('runs', () => {});";
    for (const name of ['a', 'b']) project.write(`top/${name}.spec.cjs`, top);
    const { code, stdout, stderr } = await mocha(['top/*.spec.cjs']);
    const output = expect.stringMatching(
      /S3MockError: the mock started at \S*a\.spec\.cjs:1:\d+ already answers .* before hook of a describe, as in docs\/runners\.md#mocha/,
    );
    expect({ code, output: stdout + stderr }).toEqual({ code: 1, output });
  });

  it('prints below a failed test the requests that S3 refused in it', async () => {
    project.write('failing.spec.cjs', failing(testOf('mocha')));
    const { code, stdout } = await mocha(['failing.spec.cjs']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining(explained) });
  });
});

describe('node:test', () => {
  it('runs several files of the document', async () => {
    for (const name of ['a', 'b']) project.write(`node/${name}.test.mjs`, testOf('node:test'));
    const { code, stdout } = await project.run(['--test', 'node/']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^# pass 2\n# fail 0$/m) });
  });

  it('refuses requests with the guard, and prints those that S3 refused in a failed test', async () => {
    const outside = `import { test } from 'node:test';
      await test('outside', (t) => fetch('https://vault.s3.amazonaws.com/').catch(({ cause }) => t.diagnostic(cause.message)));`;
    project.write('guarded/outside.test.mjs', outside);
    project.write('guarded/failing.test.mjs', failing(testOf('node:test')));
    const { code, stdout } = await project.run(['--import', 's3-versioning-mock/guard', '--test', 'guarded/']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining(`# ${explained}`) });
    expect(stdout).toContain('s3-versioning-mock/guard was imported');
  });
});
