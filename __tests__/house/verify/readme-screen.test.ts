import { afterAll, expect, test } from '@jest/globals';
import { VitestProject } from '../../support/vitest-project';
import { textOf } from '../files';

const project = new VitestProject('readme-screen');
afterAll(() => project.remove());

test('the README shows what its first test prints if the code names another bucket', async () => {
  const readme = textOf('README.md');
  const [, code = '', between = '', screen] =
    /^```ts vitest\n([\s\S]*?)^```\n([\s\S]*?)^```text\n([\s\S]*?)\n```/m.exec(readme) ?? [];
  expect(between).toContain("`Bucket: 'report'`");
  project.write('first/publish.test.mjs', code.replace("Bucket: 'reports'", "Bucket: 'report'"));
  const { tests } = await project.vitest('first');
  const { status, message = '' } = tests['publish: publishing replaces the draft'] ?? {};
  const [printed] = message.split(/\n {4}at /, 1);
  expect({ status, printed }).toEqual({ status: 'failed', printed: screen });
});
