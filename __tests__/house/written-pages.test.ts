import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, textOf } from './files';
import { mendedBy } from './mended-by';

it('each guide names the packages that its tests import', () => {
  const { status, stderr } = spawnSync(process.execPath, ['docs/installs.mjs', '--check'], { cwd: root });
  mendedBy('npm run generate installs', () =>
    expect({ status, problem: String(stderr) }).toEqual({ status: 0, problem: '' }),
  );
});

describe('llms.txt', () => {
  it('is made of the README, the guides and the page of tasks', () => {
    const { status, stderr } = spawnSync(process.execPath, ['docs/llms.mjs', '--check'], { cwd: root });
    mendedBy('npm run generate llms', () =>
      expect({ status, problem: String(stderr) }).toEqual({ status: 0, problem: '' }),
    );
  });

  it('leads to files of the package, and has a test in each of its sections', () => {
    const text = textOf('llms.txt');
    const files = [...text.matchAll(/\]\(([\w./-]+)/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    const tests = text.match(/^### .+\n\nFrom docs\/guides\/.+\n\n```(?:ts|js)\n/gm) ?? [];
    expect(tests).toHaveLength(10);
  });
});
