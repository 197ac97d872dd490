import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { expect, it } from '@jest/globals';
import { filesIn, root } from '../files';

interface Rooms {
  (paths: readonly string[]): { readonly filtered: readonly string[] };
  readonly rooms: Readonly<Record<string, Readonly<Record<string, string>>>>;
  filesTogether(room: string): readonly string[];
}

const choose = require('../../support/rooms.cjs') as Rooms;
const members = (room: string) => choose.filesTogether(room).map((file) => `__tests__/${room}/${file}`);

function filesOfRun(...args: readonly string[]): readonly string[] {
  const jest = ['node_modules/jest/bin/jest.js', '--listTests', '--json', ...args];
  const { stdout } = spawnSync(process.execPath, jest, { cwd: root, encoding: 'utf8' });
  const found: readonly string[] = JSON.parse(stdout);
  return found.map((file) => relative(root, file).replaceAll('\\', '/'));
}

it('the folders of a test file say whether it belongs to npm test, to npm run test:verify, or to both', () => {
  const files = filesIn('__tests__').filter((file) => file.endsWith('.test.ts'));
  const isOnlyOfVerify = (file: string) => /\/verify\/|^__tests__\/installed\//.test(file);
  // The entry of a room is of npm test alone.
  const isOfVerify = (file: string) =>
    isOnlyOfVerify(file) || (file.includes('/properties/') && !file.endsWith('/together.test.ts'));
  const known = (found: readonly string[]) => found.filter((file) => files.includes(file)).toSorted();
  const run = filesOfRun().flatMap((file) => {
    const [, room = ''] = /^__tests__\/(\w+)\/together\.test\.ts$/.exec(file) ?? [];
    return room === '' ? [file] : [file, ...members(room)];
  });
  expect(known(run)).toEqual(files.filter((file) => !isOnlyOfVerify(file)).toSorted());
  expect(known(filesOfRun('--config', '__tests__/verify.config.cjs'))).toEqual(files.filter(isOfVerify).toSorted());
});
