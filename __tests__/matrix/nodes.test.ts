import { expect, it } from '@jest/globals';
import { textOf } from '../house/sources';
import { allows } from './node-range';
import { nodes, oldestNodes, versionsNamed } from './nodes';

it('the oldest version is the lowest that engines allows', () => {
  const range: string = JSON.parse(textOf('package.json')).engines.node;
  expect(range).toBe('>=20.17');
  expect(oldestNodes[0]).toBe('20.17.0');
  expect([...oldestNodes, ...nodes].filter((version) => !allows(range, version))).toEqual([]);
});

it('a version of Node is named by its major version, or whole', () => {
  expect(versionsNamed(undefined)).toEqual([...oldestNodes, ...nodes]);
  expect(versionsNamed('22,20.17.0')).toEqual(['22.0.0', '22.23.3', '20.17.0']);
  expect(() => versionsNamed('2')).toThrow('--node 2: there are 20.17.0, 22.0.0,');
});
