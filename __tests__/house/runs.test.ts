import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { expect, it } from '@jest/globals';
import { filesIn, root } from './files';

function filesOfRun(...args: readonly string[]): readonly string[] {
  const jest = ['node_modules/jest/bin/jest.js', '--listTests', '--json', ...args];
  const { stdout } = spawnSync(process.execPath, jest, { cwd: root, encoding: 'utf8' });
  const found: readonly string[] = JSON.parse(stdout);
  return found.map((file) => relative(root, file).replaceAll('\\', '/'));
}

it('each test file belongs to npm test, or to npm run test:verify if a folder says so', () => {
  const files = filesIn('__tests__').filter((file) => file.endsWith('.test.ts'));
  const isOfVerify = (file: string) => /\/verify\/|^__tests__\/installed\//.test(file);
  const known = (found: readonly string[]) => found.filter((file) => files.includes(file)).toSorted();
  expect(known(filesOfRun())).toEqual(files.filter((file) => !isOfVerify(file)).toSorted());
  expect(known(filesOfRun('--config', '__tests__/verify.config.cjs'))).toEqual(files.filter(isOfVerify).toSorted());
});
