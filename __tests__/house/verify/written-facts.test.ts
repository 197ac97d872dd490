import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { root } from '../files';
import { mendedBy } from '../mended-by';

describe('specification/facts', () => {
  it.each([
    ['page of facts', 'docs/facts-page.mjs'],
    ['page of proof', 'docs/proof.mjs'],
    ['pages for users', 'docs/excerpts.mjs'],
  ])('has the %s that npm run generate facts writes', (_written, script) => {
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { cwd: root });
    mendedBy('npm run generate facts', () =>
      expect({ status, problem: String(stderr) }).toEqual({ status: 0, problem: '' }),
    );
  });
});
