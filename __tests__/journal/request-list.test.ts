import { describe, expect, it } from '@jest/globals';
import { comparableList } from '../../src/journal/log';
import { created, enabled, entry, journalOf, put, suspended } from './entries';

const all = [created, enabled, suspended, put('a')];

describe.each([
  ['a journal', journalOf(all)],
  ['its face', comparableList(journalOf(all))],
])('%s', (_name, journal) => {
  const names = ['CreateBucket', 'PutBucketVersioning', 'PutBucketVersioning', 'PutObject'];
  const isVersioning = ({ operation }: { readonly operation: string | undefined }) =>
    operation === 'PutBucketVersioning';

  it('has the methods of an array that only read', () => {
    expect(journal.map(({ operation }) => operation)).toEqual(names);
    expect(journal.filter(isVersioning)).toEqual([enabled, suspended]);
    expect(journal.find(isVersioning)).toBe(journal.at(1));
    expect(journal.findLast(isVersioning)).toBe(journal.at(2));
    expect(journal.find(({ status }) => status === 500)).toBeUndefined();
    expect({ some: journal.some(isVersioning), every: journal.every(isVersioning) }).toEqual({
      some: true,
      every: false,
    });
    expect(journal.slice(1, -1)).toEqual([enabled, suspended]);
    expect(journal.slice()).toEqual(all);
  });

  it('has a last request, of any operation', () => {
    expect(journal.last()).toEqual(put('a'));
    const last: (...given: readonly unknown[]) => unknown = journal.last.bind(journal);
    expect(() => last('CreateBucket')).toThrow(
      new TypeError(
        "s3.requests.last takes no argument; it was given 'CreateBucket'. The last request of one operation: " +
          "s3.requests.of('PutObject').at(-1).",
      ),
    );
  });

  it('gives a function the request, its index and all requests', () => {
    const given: unknown[] = [];
    journal.forEach((request, index, requests) => {
      given.push([request.operation, index, requests.length]);
    });
    expect(given).toEqual(names.map((name, index) => [name, index, 4]));
  });

  it('is not changed by the arrays that it returns', () => {
    journal.slice().pop();
    journal.filter(isVersioning).reverse();
    expect(journal).toHaveLength(4);
  });
});

describe('the face of a journal', () => {
  const journal = journalOf(all);
  const face = comparableList(journal);

  it('has each request under its index', () => {
    expect(face[0]).toBe(journal.at(0));
    expect(face[4]).toBeUndefined();
    expect({ hasFirst: 0 in face, hasBeyondLast: 4 in face, hasMap: 'map' in face }).toEqual({
      hasFirst: true,
      hasBeyondLast: false,
      hasMap: true,
    });
    expect(Object.keys(face)).toEqual(['0', '1', '2', '3']);
  });

  it('follows the journal, which drops requests and is cleared', () => {
    const few = journalOf([created], { limit: 2 });
    const growing = comparableList(few);
    for (const one of [enabled, suspended]) few.append(one);
    expect({ keys: Object.keys(growing), oldest: growing[0] }).toEqual({ keys: ['0', '1'], oldest: few.at(0) });
    growing.clear();
    expect({ keys: Object.keys(growing), length: growing.length }).toEqual({ keys: [], length: 0 });
  });

  it('equals an array of its requests, and no other', () => {
    expect(face).toEqual(all);
    expect(face).toEqual(all.map(({ operation }) => expect.objectContaining({ operation })));
    expect(face).not.toEqual(all.slice(1));
    expect(face).not.toEqual(all.toReversed());
    expect(face).not.toEqual([]);
    expect(face).not.toEqual({});
    expect(face).not.toEqual([...all, enabled]);
    expect(comparableList(journalOf([]))).toEqual([]);
  });

  it('matches a part of each request', () => {
    expect(face).toMatchObject([
      { operation: 'CreateBucket' },
      { input: { Bucket: 'vault' } },
      { status: 403 },
      { input: { Key: 'a' } },
    ]);
    expect(face).not.toMatchObject([{ operation: 'CreateBucket' }]);
    expect(face).not.toMatchObject([{ operation: 'CreateBucket' }, {}, { status: 200 }, {}]);
  });

  it('equals the face of a journal with the same requests', () => {
    expect(face).toEqual(comparableList(journalOf(all)));
    expect(face).not.toEqual(comparableList(journalOf([enabled])));
  });

  it('shows the requests in the message of a comparison that fails', () => {
    const compare = () => expect(comparableList(journalOf([entry('GetObject')]))).toEqual([enabled]);
    expect(compare).toThrow(/GetObject/);
    expect(compare).toThrow(/PutBucketVersioning/);
  });

  it('has one function for each method', () => {
    expect(face.map).toBe(face.map);
    expect(`${face}`).toBe(`${journal}`);
    expect(face.constructor).toBe(journal.constructor);
  });
});
