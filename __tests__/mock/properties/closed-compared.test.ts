import assert, { AssertionError, deepEqual, deepStrictEqual } from 'node:assert';
import { format, inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from 's3-versioning-mock';
import { messageOf } from '../../../src/text/value-kinds';
import { rowsOfColumn } from '../../support/runs';
import { thrownBy } from '../../support/thrown';

const s3 = mockS3({
  users: { writer: {} },
  buckets: { vault: { versioning: 'Enabled', objects: { a: ['first', 'second'] } } },
});
beforeAll(() => fetch('https://vault.s3.amazonaws.com/a'));
afterAll(() => s3.stop());

type Row = readonly [what: string, find: (mock: MockS3) => object];

const data: readonly Row[] = [
  ['an entry', ({ requests }) => requests.last() ?? {}],
  ['a version', (mock) => mock.bucket('vault').newest('a')],
  ['a delete marker', (mock) => mock.bucket('vault').delete('b') ?? {}],
  ['usage', (mock) => mock.bucket('vault').usage()],
  ['a part of usage', (mock) => mock.bucket('vault').usage().versions],
  ['a permission', (mock) => mock.account.may('s3:GetObject', 'vault/a')],
];
const handles: readonly Row[] = [
  ['the mock', (mock) => mock],
  ['the clock', ({ clock }) => clock],
  ['the MFA device', ({ mfa }) => mfa],
  ['a user', ({ account }) => account.user('writer')],
  ['a bucket', (mock) => mock.bucket('vault')],
  ['an object', (mock) => mock.bucket('vault').object('a')],
  ['the requests', ({ requests }) => requests],
  ['the events', ({ events }) => events],
];

describe.each([...data, ...handles])('%s', (_, find) => {
  let closed: object;
  beforeAll(() => {
    closed = find(s3);
  });

  it('has undefined for a name that means nothing, whoever reads it', () => {
    const read = closed as Record<string, unknown>;
    expect([read['other'], Reflect.get(closed, 'other'), read['Key'], read['VersionId']]).toEqual(
      new Array(4).fill(undefined),
    );
  });

  it('is asked by jest for members that it does not have', () => {
    expect(closed).not.toHaveProperty('other');
    expect(closed).not.toMatchObject({ other: 1 });
    expect(closed).not.toEqual({ other: 1 });
    expect(closed).not.toEqual(expect.objectContaining({ other: 1 }));
    expect(closed).not.toStrictEqual({ other: undefined });
    expect([closed]).not.toContainEqual({ other: 1 });
    expect(closed).toEqual(closed);
    expect(closed).toStrictEqual(closed);
  });

  it('is printed by jest if a comparison fails', () => {
    const failed = 'expect(received)';
    expect(() => expect(closed).toEqual({ other: 1, another: undefined })).toThrow(failed);
    expect(() => expect({ other: 1 }).toEqual(closed)).toThrow(failed);
    expect(() => expect(closed).toMatchObject({ other: 1 })).toThrow(failed);
    expect(() => expect(closed).toMatchObject({ other: undefined })).toThrow(failed);
    expect(() => expect(closed).toHaveProperty('other')).toThrow(failed);
    expect(() => expect(closed).toHaveProperty('other.of', 1)).toThrow(failed);
    expect(() => expect(closed).toStrictEqual({ other: 1 })).toThrow(failed);
    expect(() => expect(closed).toHaveLength(99)).toThrow(failed);
  });

  it('is awaited, printed, spread and asked for names as any object', async () => {
    expect(await closed).toBe(closed);
    expect(await Promise.resolve(closed)).toBe(closed);
    expect({ isThere: 'other' in closed, own: Object.hasOwn(closed, 'other') }).toEqual({ isThere: false, own: false });
    expect(Object.keys({ ...closed })).toEqual(Object.keys(closed));
    const printed = `${inspect(closed)}${format('%o %O %s %j', closed, closed, closed, closed)}${JSON.stringify(closed)}`;
    expect(printed).not.toContain('there is no member');
  });
});

describe.each(data)('%s', (_, find) => {
  it('is a plain object for whoever compares, clones or prints it', () => {
    const copy = find(s3);
    const plain = { ...copy };
    expect(copy).toEqual(plain);
    expect(copy).toStrictEqual(plain);
    deepEqual(copy, plain);
    deepStrictEqual(copy, copy);
    expect(copy.constructor).toBe(Object);
    expect(structuredClone(copy)).toEqual(structuredClone(plain));
    expect(JSON.stringify(copy)).toBe(JSON.stringify(plain));
    expect(Object.isFrozen(copy)).toBe(true);
  });
});

const plain: readonly Row[] = [
  ['an object with names of S3', () => ({ Key: 'a', VersionId: 'v1', key: 'a', bucket: 'vault' })],
  ['an empty object', () => ({})],
];

const comparisons: Readonly<Record<string, (one: object, other: object) => void>> = {
  toBe: (one, other) => expect(one).toBe(other),
  toEqual: (one, other) => expect(one).toEqual(other),
  toStrictEqual: (one, other) => expect(one).toStrictEqual(other),
  toMatchObject: (one, other) => expect(one).toMatchObject(other),
  toContainEqual: (one, other) => expect([one]).toContainEqual(other),
  objectContaining: (one, other) => expect({ one }).toEqual({ one: expect.objectContaining(other) }),
  'assert.strictEqual': (one, other) => assert.strictEqual(one, other),
  'assert.deepEqual': (one, other) => assert.deepEqual(one, other),
  'assert.deepStrictEqual': (one, other) => assert.deepStrictEqual(one, other),
};

describe.each(Object.entries(comparisons))('%s', (comparison, compare) => {
  const rows = [...data, ...handles, ...plain];
  const isPartial = ['toMatchObject', 'objectContaining'].includes(comparison);

  it('passes for a value and itself, with each kind of value', () => {
    for (const [, find] of rows) {
      const value = find(s3);
      expect(() => compare(value, value)).not.toThrow();
    }
  });

  it('fails with its own error, which prints both, with each kind of value on either side', () => {
    const others = rows.filter(([name]) => ['an entry', 'a bucket', 'an object'].includes(name));
    const pairs = rows
      .flatMap((row) => others.flatMap((other) => [[row, other] as const, [other, row] as const]))
      .filter(([row, other]) => row !== other);
    const columns = Object.keys(comparisons);
    const wrong = rowsOfColumn(pairs, columns.indexOf(comparison), columns.length).flatMap(
      ([[name, find], [nameOfOther, findOther]]) => {
        const error = thrownBy(() => compare(find(s3), findOther(s3)));
        // An object contains fewer members, such as none, so a comparison of these alone passes.
        if (error === 'nothing' && isPartial) return [];
        return isOfComparison(error) ? [] : [`${name}, ${nameOfOther}: ${error}`];
      },
    );
    expect(wrong).toEqual([]);
  });
});

/** Node marks each Proxy that it prints, since version 26. */
const isMarked = inspect(new Proxy({}, {})) !== inspect({});
const foreign = /\[Object: null prototype\] {}|function made|there is no member/;

function isOfComparison(error: unknown): boolean {
  const message = messageOf(error);
  if (foreign.test(message) || (!isMarked && message.includes('Proxy'))) return false;
  return error instanceof AssertionError || (error instanceof Error && 'matcherResult' in error);
}
