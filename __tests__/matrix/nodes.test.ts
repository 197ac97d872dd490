import { expect, it } from '@jest/globals';
import { textOf } from '../house/files';
import { allows } from './node-range';
import { nodes, oldestNodes, versionsNamed } from './nodes';

it('the oldest version is the lowest that engines allows', () => {
  const range: string = JSON.parse(textOf('package.json')).engines.node;
  expect(range).toBe('>=20.17');
  expect(oldestNodes.at(-1)).toBe('20.17.0');
  expect([...oldestNodes, ...nodes].filter((version) => !allows(range, version))).toEqual([]);
});

it('a version of Node is named by its major version, or whole', () => {
  const all = ['22.0.0', '22.23.3', '24.21.0', '26.10.0', '20.17.0', '20.20.2'];
  expect(versionsNamed(undefined)).toEqual(all);
  expect(versionsNamed('22,20.17.0')).toEqual(['22.0.0', '22.23.3', '20.17.0']);
  expect(() => versionsNamed('2')).toThrow('--node 2: there are 22.0.0, 22.23.3,');
});
