import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, textOf } from '../house/files';
import { mendedBy } from '../house/mended-by';
import { nameOf } from './cell';
import { cells } from './cells';
import { nodes, oldestNodes } from './nodes';

const page = 'docs/matrix.md';

describe('the cells', () => {
  it('have a name each', () => {
    const names = cells.map(nameOf);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('name exact versions of packages', () => {
    const versions = cells.flatMap(({ packages }) => Object.entries(packages));
    const loose = versions.filter(([, version]) => !/^(?:npm:[@\w/-]+@)?\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it('include the lowest version of each peer, for each of the majors that package.json allows', () => {
    const peers: Readonly<Record<string, string>> = JSON.parse(textOf('package.json')).peerDependencies;
    const lowest = Object.entries(peers).flatMap(([name, range]) =>
      [...range.matchAll(/\d+(?:\.\d+)*/g)].map(
        ([version]) => `${name} ${version.includes('.') ? version : `${version}.0.0`}`,
      ),
    );
    expect(lowest).toEqual(expect.arrayContaining(['vitest 3.0.0', 'nock 13.0.0', '@jest/globals 29.0.0']));
    const used = new Set(cells.flatMap(({ packages }) => Object.entries(packages).map((one) => one.join(' '))));
    expect(lowest.filter((one) => !used.has(one))).toEqual([]);
  });
});

describe(page, () => {
  const text = existsSync(join(root, page)) ? textOf(page) : '';
  const rows = [...text.matchAll(/^\| (?!Program|Runner|Neighbour|---)(.+?) \| (.+?) \|/gm)];

  it('has a row for each cell, and no other', () => {
    mendedBy('npm run tool matrix -- --write', () =>
      expect(rows.map(([, row, column]) => `${row}, ${column}`).toSorted()).toEqual(cells.map(nameOf).toSorted()),
    );
  });

  it('has a column for each version of Node, and no field that failed', () => {
    const [head] = text.split('\n').filter((line) => line.startsWith('| Program'));
    for (const version of [...oldestNodes, ...nodes]) expect(head).toContain(`| Node ${version} |`);
    expect(text).not.toContain('FAILED');
  });
});
