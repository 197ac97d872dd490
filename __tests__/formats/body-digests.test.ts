import crypto from 'node:crypto';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { computeBodyChecksum, computeBodyDigest, reuseBody } from '../../src/formats/body-digests';
import { checksumAlgorithms, computeDigest } from '../../src/formats/digests';
import { loadXxhash } from '../../src/formats/xxhash';

beforeAll(() => loadXxhash());

const bytesOf = (filling: string, length: number) => Buffer.alloc(length, filling);
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
  it('is that of its bytes, whatever bodies came before and whatever a test made of them', () => {
    const algorithm = fc.constantFrom(...checksumAlgorithms);
    // Few bytes and lengths, so that bodies repeat and differ by little.
    const body = fc.tuple(fc.constantFrom(63, 64, 65, 200), fc.nat({ max: 3 }), fc.nat({ max: 199 })).map(
      ([length, value, at]) =>
        () =>
          Buffer.alloc(length, 'x').fill(value, at % length, (at % length) + 1),
    );
    const change = fc.option(fc.tuple(fc.nat({ max: 39 }), body));
    fc.assert(
      fc.property(fc.array(fc.tuple(algorithm, body, change), { maxLength: 40 }), (asked) => {
        const kept: Uint8Array[] = [];
        for (const [name, bytesOfBody, changed] of asked) {
          const sent = bytesOfBody();
          const bytes = reuseBody(sent);
          expect(Buffer.compare(bytes, bytesOfBody())).toBe(0);
          const digest = computeDigest(name, sent);
          const { hex, base64 } = computeBodyDigest(name, bytes);
          expect({ hex, base64 }).toEqual({ hex: digest.toString('hex'), base64: digest.toString('base64') });
          kept.push(bytes);
          if (changed) kept[changed[0] % kept.length]?.set(changed[1]().subarray(0, 63));
        }
      }),
    );
  });

  it('is not that of a body which a test has made equal since', () => {
    const changed = bytesOf('before', 100);
    computeBodyDigest('MD5', changed);
    computeBodyDigest('MD5', bytesOf('another one', 100));
    changed.fill('after');
    const after = computeDigest('MD5', changed).toString('hex');
    expect({
      same: computeBodyDigest('MD5', changed).hex,
      equal: computeBodyDigest('MD5', bytesOf('after', 100)).hex,
    }).toEqual({
      same: after,
      equal: after,
    });
  });

  it('is taken once for equal bytes, and once for each algorithm', () => {
    const [one, other] = [bytesOf('once', 100), bytesOf('once', 100)];
    expect(takenBy(() => computeBodyDigest('MD5', one))).toBe(1);
    expect(takenBy(() => computeBodyDigest('MD5', other))).toBe(0);
    expect(takenBy(() => computeBodyDigest('SHA256', other))).toBe(1);
    expect(takenBy(() => computeBodyChecksum('SHA256', one))).toBe(0);
  });

  it('is forgotten after 16 other bodies', () => {
    const first = bytesOf('first', 100);
    computeBodyDigest('MD5', first);
    const others = Array.from({ length: 16 }, (_, index) => bytesOf(`other ${index}`, 100));
    for (const other of others.slice(1)) computeBodyDigest('MD5', other);
    expect(takenBy(() => computeBodyDigest('MD5', first))).toBe(0);
    computeBodyDigest('MD5', others[0] ?? first);
    expect(takenBy(() => computeBodyDigest('MD5', first))).toBe(1);
  });

  it('is taken anew each time for a short body', () => {
    expect(takenBy(() => [1, 2].map(() => computeBodyDigest('MD5', bytesOf('x', 63))))).toBe(2);
  });
});

describe('a body that came before', () => {
  it('is the one that was kept, once its digest was taken', () => {
    const [first, again] = [bytesOf('comes twice', 100), bytesOf('comes twice', 100)];
    expect(reuseBody(first)).toBe(first);
    computeBodyDigest('MD5', first);
    expect(reuseBody(again)).toBe(first);
  });

  it.each([
    ['bytes', bytesOf('knowm', 100)],
    ['length', bytesOf('known', 101)],
  ])('has the same %s', (_, other) => {
    computeBodyDigest('MD5', bytesOf('known', 100));
    expect(reuseBody(other)).toBe(other);
  });

  it('is not one that a test has changed', () => {
    const first = bytesOf('to be changed', 100);
    computeBodyDigest('MD5', first);
    first.fill('changed');
    const again = bytesOf('changed', 100);
    expect(reuseBody(again)).toBe(again);
  });

  it('is not kept in its place if it is a part of a larger memory', () => {
    const form = bytesOf('part of a form', 200);
    const [file, again] = [form.subarray(0, 100), bytesOf('part of a form', 100)];
    computeBodyDigest('MD5', file);
    expect(reuseBody(again)).toBe(again);
    expect(computeBodyDigest('MD5', again)).toBe(computeBodyDigest('MD5', file));
  });

  it('is not looked for if it is short', () => {
    const [first, again] = [bytesOf('y', 63), bytesOf('y', 63)];
    computeBodyDigest('MD5', first);
    expect(reuseBody(again)).toBe(again);
  });
});
