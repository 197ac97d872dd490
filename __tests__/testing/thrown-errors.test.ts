import assert from 'node:assert';
import { describe, expect, it } from '@jest/globals';
import { writeGiven } from '../../src/text/values';
import { readFailedErrors } from '../../src/thrown-errors';
import { thrownBy } from '../support/thrown';

const read = (thrown: unknown) => readFailedErrors([thrown], writeGiven);
const sides = (expected: unknown, actual: unknown) => read({ message: 'they differ', expected, actual })[0]?.compared;

describe('an error of a failed test', () => {
  it.each([
    ['at send (/code/node_modules/@smithy/core/dist/index.js:1:1)', true],
    [
      'at Object.<anonymous> (/code/a.test.js:1:1)\n    at send (/code/node_modules/@smithy/core/dist/index.js:1:1)',
      false,
    ],
  ])('is one of a client by its first frame: %s', (frames, isOfClient) => {
    const error = Object.assign(new TypeError('not iterable'), { stack: `TypeError: not iterable\n    ${frames}` });
    expect(read(error)).toMatchObject([{ isOfClient }]);
  });

  it('has its name, its code and its message', () => {
    const error = Object.assign(new RangeError('too long'), { code: 'E_LONG' });
    expect(read(error)).toEqual([
      { name: 'RangeError', code: 'E_LONG', message: 'too long', compared: undefined, isOfClient: false },
    ]);
    expect(read('a text')).toEqual([{ name: '', message: 'a text' }]);
  });

  it('is followed by its causes and by the errors that it joins, each once', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const joined = new AggregateError([refused, refused], 'all failed');
    const error = new TypeError('fetch failed', { cause: joined });
    Object.assign(refused, { cause: error });
    expect(read(error).map(({ message }) => message)).toEqual(['fetch failed', 'all failed', 'connect']);
  });

  it('is empty if reading it throws', () => {
    const hostile = Object.defineProperty(new Error('hidden'), 'message', {
      get: () => {
        throw new Error('not to be read');
      },
    });
    expect(read(hostile)).toEqual([{ name: '', message: '' }]);
  });
});

describe('what an assertion compared', () => {
  it('is in the result of a matcher of jest', () => {
    const thrown = thrownBy(() => expect({ Key: 'a' }).toEqual({ Key: 'b' }));
    expect(read(thrown)).toMatchObject([
      { compared: { expected: [{ name: 'Key', value: 'b' }], received: [{ name: 'Key', value: 'a' }] } },
    ]);
  });

  it('is in the error of node:assert', () => {
    const thrown = thrownBy(() => assert.equal('a', 'b'));
    expect(read(thrown)).toMatchObject([
      {
        name: 'AssertionError',
        compared: { expected: [{ name: '', value: 'b' }], received: [{ name: '', value: 'a' }] },
      },
    ]);
  });

  it('is missing if nothing was expected', () => {
    expect(sides(undefined, 'a')).toBeUndefined();
  });

  it('is the texts and numbers of a value at any depth, of an error too; bytes say that they are bytes', () => {
    const circular: Record<string, unknown> = { list: [{ Size: 7 }], bytes: Buffer.from('first'), flag: true };
    circular['self'] = circular;
    const error = Object.assign(new Error('No such key.'), { name: 'NoSuchKey' });
    expect(sides(circular, error)).toEqual({
      expected: [
        { name: 'bytes', value: 'first', isBytes: true },
        { name: 'Size', value: 7 },
      ],
      received: expect.arrayContaining([
        { name: 'name', value: 'NoSuchKey' },
        { name: 'message', value: 'No such key.' },
      ]),
    });
  });

  it('is in the items of sets and maps', () => {
    expect(sides(new Set(['a', 'b']), new Map([['Key', 'c']]))).toEqual({
      expected: [
        { name: '', value: 'a' },
        { name: '', value: 'b' },
      ],
      received: [
        { name: '', value: 'Key' },
        { name: 'Key', value: 'c' },
      ],
    });
  });

  it('has its first thousand values', () => {
    expect(sides(Array(5000).fill('a'), 'b')?.expected).toHaveLength(1000);
  });
});
