import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstTest } from '../house/readme';
import { chapter, filesOf, type Section, sections } from '../house/transformers';
import { packLibrary } from '../support/packed';
import { Project } from '../support/project';
import { describeInstalled, installWithNpm } from './installation';

describeInstalled('TypeScript under jest as users install it', () => {
  it('has its sections in the guide', () => {
    expect(sections.map((section) => section.title)).toEqual([
      'ts-jest',
      'ts-jest and TypeScript 7',
      '@swc/jest',
      'babel-jest',
    ]);
  });

  it('needs another name for TypeScript 7 beside ts-jest, as npm says in the guide', async () => {
    const project = new Project('refused');
    const { code, stderr } = await installWithNpm(project, ['--dry-run', '--save-dev', 'ts-jest', 'typescript@7']);
    project.remove();
    const [, screen = ''] = /^```text\n(npm error [\s\S]*?)\n```$/m.exec(chapter) ?? [];
    const withoutVersions = (text: string) => text.replace(/@\d+\.\d+\.\d+/g, '@');
    const lines = withoutVersions(stderr).split('\n');
    expect({
      code,
      missing: withoutVersions(screen)
        .split('\n')
        .filter((line) => !lines.includes(line)),
    }).toEqual({
      code: 1,
      missing: [],
    });
  });

  describe.each(sections)('$title', (section) => testSection(section));
});

function testSection(section: Section): void {
  const project = new Project('transformers');
  const test = firstTest('ts').code;
  afterAll(() => project.remove());
  beforeAll(async () => {
    const { tarball } = await packLibrary();
    const packages = [tarball, '@aws-sdk/client-s3', ...section.packages];
    const { code, stderr } = await installWithNpm(project, ['--save-dev', ...packages]);
    if (code !== 0) throw new Error(stderr);
    project.write('imported.test.ts', test);
    project.write('global.test.ts', test.replace("import { expect, test } from '@jest/globals';\n", ''));
  });

  it.each(['commonjs', 'module'])('runs the first test of the README, in a package of the type %s', async (type) => {
    const { devDependencies } = JSON.parse(project.read('package.json'));
    project.write('package.json', JSON.stringify({ type, devDependencies }));
    for (const [name, text] of filesOf(section, type)) project.write(name, text);
    const environment = type === 'module' ? { NODE_OPTIONS: '--experimental-vm-modules' } : {};
    const { code, stderr } = await project.run(['node_modules/jest/bin/jest.js'], environment);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^Tests: +2 passed, 2 total$/m) });
  });

  it('has the compiler of its command, which accepts the test and refuses a misspelt member', async () => {
    const compiler = ['node_modules/.bin/tsc', '--noEmit'];
    const asked = section.packages.filter((one) => /typescript@\d$/.test(one)).map((one) => one.slice(-1));
    const { stdout: version } = await project.run([...compiler, '--version']);
    expect(asked).toEqual([/^Version (\d+)/.exec(version)?.[1]]);
    expect(await project.run(compiler)).toEqual({ code: 0, stdout: '', stderr: '' });
    project.write('misspelt.test.ts', test.replace(/('PutObject', \{\s*)Bucket:/, '$1Buket:'));
    const { code, stdout } = await project.run(compiler);
    expect({ code, stdout }).toEqual({
      code: expect.any(Number),
      stdout: expect.stringContaining("'Buket' does not exist"),
    });
    expect(code).not.toBe(0);
  });
}
