import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import packageJson from '../../package.json';
import { root } from './files';

// jest runs tests without a check of their types. The compiler stores what it has found in node_modules/.cache, also for `npm run check`, so
// it checks again what has changed, and what depends on that.
it('src and the tests have no wrong types', () => {
  const { status, stdout, stderr } = spawnSync(packageJson.scripts.types, { cwd: root, encoding: 'utf8', shell: true });
  expect({ status, text: stdout + stderr }).toEqual({ status: 0, text: '' });
});
