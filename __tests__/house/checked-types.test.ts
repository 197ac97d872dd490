import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { scripts } from '../../package.json';
import { madeOnce } from '../support/made-once';
import { root } from './files';

const inputs = ['package.json', 'package-lock.json', 'tsconfig.json', 'src', 'build', 'specification', '__tests__'];

// jest compiles each file by itself, without a check of its types. The check takes most of a minute of the processor, so it is not made again
// until a file changes. The compiler's own memory, --incremental, is not used: it named an error that was already mended.
it('src and the tests have no wrong types', () => {
  madeOnce('checked-types', inputs, () => {
    const { status, stdout, stderr } = spawnSync(scripts.types, { cwd: root, encoding: 'utf8', shell: true });
    expect({ status, text: stdout + stderr }).toEqual({ status: 0, text: '' });
  });
});
