import crypto from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { checksumOfBody, digestOfBody, knownBody } from '../../src/formats/body-digests';
import { checksumAlgorithms, digestOf } from '../../src/formats/digests';

const bytesOf = (filling: string, length: number) => Buffer.alloc(length, filling);
/** The number of digests that an action takes. */
function takenBy(action: () => void): number {
  const hash = jest.spyOn(crypto, 'hash');
  try {
    action();
    return hash.mock.calls.length;
  } finally {
    hash.mockRestore();
  }
}

describe('the digest of a body', () => {
  it('is that of its bytes, whatever bodies came before', () => {
    const algorithm = fc.constantFrom(...checksumAlgorithms);
    // Few bytes and lengths, so that bodies repeat and differ by little.
    const body = fc
      .tuple(fc.constantFrom(63, 64, 65, 200), fc.nat({ max: 3 }), fc.nat({ max: 199 }))
      .map(([length, value, at]) => Buffer.alloc(length, 'x').fill(value, at % length, (at % length) + 1));
    fc.assert(
      fc.property(fc.array(fc.tuple(algorithm, body), { maxLength: 40 }), (asked) => {
        for (const [name, bytes] of asked) {
          const digest = digestOf(name, bytes);
          const { hex, base64 } = digestOfBody(name, bytes);
          expect({ hex, base64 }).toEqual({ hex: digest.toString('hex'), base64: digest.toString('base64') });
        }
      }),
    );
  });

  it('is taken once for equal bytes, and once for each algorithm', () => {
    const [one, other] = [bytesOf('once', 100), bytesOf('once', 100)];
    expect(takenBy(() => digestOfBody('MD5', one))).toBe(1);
    expect(takenBy(() => digestOfBody('MD5', other))).toBe(0);
    expect(takenBy(() => digestOfBody('SHA256', other))).toBe(1);
    expect(takenBy(() => checksumOfBody('SHA256', one))).toBe(0);
  });

  it('is forgotten after 16 other bodies', () => {
    const first = bytesOf('first', 100);
    digestOfBody('MD5', first);
    const others = Array.from({ length: 16 }, (_, index) => bytesOf(`other ${index}`, 100));
    for (const other of others.slice(1)) digestOfBody('MD5', other);
    expect(takenBy(() => digestOfBody('MD5', first))).toBe(0);
    digestOfBody('MD5', others[0] ?? first);
    expect(takenBy(() => digestOfBody('MD5', first))).toBe(1);
  });

  it('is taken anew each time for a short body', () => {
    expect(takenBy(() => [1, 2].map(() => digestOfBody('MD5', bytesOf('x', 63))))).toBe(2);
  });
});

describe('a body that came before', () => {
  it('is the one that was kept, once its digest was taken', () => {
    const [first, again] = [bytesOf('known', 100), bytesOf('known', 100)];
    expect(knownBody(first)).toBe(first);
    digestOfBody('MD5', first);
    expect(knownBody(again)).toBe(first);
  });

  it.each([
    ['bytes', bytesOf('knowm', 100)],
    ['length', bytesOf('known', 101)],
  ])('has the same %s', (_, other) => {
    digestOfBody('MD5', bytesOf('known', 100));
    expect(knownBody(other)).toBe(other);
  });

  it('is not kept in its place if it is a part of a larger memory', () => {
    const form = bytesOf('part of a form', 200);
    const [file, again] = [form.subarray(0, 100), bytesOf('part of a form', 100)];
    digestOfBody('MD5', file);
    expect(knownBody(again)).toBe(again);
    expect(digestOfBody('MD5', again)).toBe(digestOfBody('MD5', file));
  });

  it('is not looked for if it is short', () => {
    const [first, again] = [bytesOf('y', 63), bytesOf('y', 63)];
    digestOfBody('MD5', first);
    expect(knownBody(again)).toBe(again);
  });
});
