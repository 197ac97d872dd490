import { expect, it } from '@jest/globals';
import { comparePictures } from '../../src/tried/picture';

const plain = { reports: { a: '1', b: '2' } };

it.each([
  ['the same', plain, { lacks: [], others: [], more: [] }],
  ['an object less', { reports: { b: '2' } }, { lacks: ['reports/a'], others: [], more: [] }],
  ['another object', { reports: { a: '0', b: '2' } }, { lacks: [], others: ['reports/a'], more: [] }],
  ['an object more', { reports: { a: '1', b: '2', c: '' } }, { lacks: [], others: [], more: ['reports/c'] }],
  ['a bucket less', {}, { lacks: ['bucket reports'], others: [], more: [] }],
  ['a bucket more', { ...plain, other: {} }, { lacks: [], others: [], more: ['bucket other'] }],
])('a state can have %s', (_what, way, difference) => {
  expect(comparePictures(plain, plain, way)).toEqual(difference);
});

it('an object that differs between the plain runs only has to be there', () => {
  const [first, second] = [{ reports: { a: '1' } }, { reports: { a: '2' } }];
  expect(comparePictures(first, second, { reports: { a: '3' } })).toEqual({ lacks: [], others: [], more: [] });
  expect(comparePictures(first, second, { reports: {} })).toEqual({ lacks: ['reports/a'], others: [], more: [] });
});

it('objects whose keys differ between the plain runs are counted', () => {
  const [first, second] = [{ reports: { x1: '', x2: '' } }, { reports: { x3: '', x4: '' } }];
  expect(comparePictures(first, second, { reports: { x5: '', x6: '' } })).toEqual({ lacks: [], others: [], more: [] });
  expect(comparePictures(first, second, { reports: { x5: '' } }).lacks).toEqual(['1 of the objects of reports']);
  expect(comparePictures(first, second, { reports: { x5: '', x6: '', x7: '' } }).more).toEqual([
    '1 more objects in reports',
  ]);
});

it('objects whose keys differ between the plain runs are counted by folder, if their folder is the same', () => {
  const [first, second] = [{ reports: { 'log/1': '', 'x1/a': '' } }, { reports: { 'log/2': '', 'x2/a': '' } }];
  expect(comparePictures(first, second, { reports: { 'log/3': '', 'x3/a': '' } })).toEqual({
    lacks: [],
    others: [],
    more: [],
  });
  expect(comparePictures(first, second, { reports: { 'x3/a': '' } }).lacks).toEqual([
    '1 of the objects of reports/log/',
  ]);
  expect(comparePictures(first, second, { reports: { 'log/3': '' } }).lacks).toEqual(['1 of the objects of reports']);
  expect(comparePictures(first, second, { reports: { 'log/3': '', 'log/4': '', 'x3/a': '' } }).more).toEqual([
    '1 more objects in reports/log/',
  ]);
});
