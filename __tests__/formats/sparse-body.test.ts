import { describe, expect, it } from '@jest/globals';
import { computeBodyDigest } from '../../src/formats/body-digests';
import { md5 } from '../../src/formats/digests';
import { joinBodies, makePlaceholder, readAllBytes, SparseBody } from '../../src/formats/sparse-body';

const MEBIBYTE = 1024 ** 2;
const TEBIBYTE = 1024 ** 4;

const make = (length: number, seed = 'a', start = 0) => makePlaceholder({ seed, start, length });
const read = (body: Uint8Array | SparseBody, first: number, end: number) =>
  Buffer.from(readAllBytes(body.subarray(first, end))).toString();

describe('a placeholder', () => {
  it.each([0, 1, MEBIBYTE, MEBIBYTE + 1, 6 * 1024 ** 3, 48 * TEBIBYTE])('has %d bytes', (size) => {
    const { length, byteLength } = make(size);
    expect({ length, byteLength }).toEqual({ length: size, byteLength: size });
  });

  it('has lines of numbers, the same at each reading', () => {
    const body = make(6 * 1024 ** 3);
    expect(read(body, 0, 20)).toMatch(/^\d{7}\n\d{7}\n\d{4}$/);
    expect(read(body, 0, 20)).toBe(read(make(6 * 1024 ** 3), 0, 20));
  });

  it('has the same bytes in a range as in a reading of all', () => {
    const body = make(4 * MEBIBYTE);
    const whole = read(body, 0, body.length);
    for (const [first, end] of [
      [0, 10],
      [MEBIBYTE - 3, MEBIBYTE + 3],
      [5, 3 * MEBIBYTE + 1],
      [4 * MEBIBYTE - 1, 4 * MEBIBYTE],
      [7, 7],
    ] as const)
      expect(read(body, first, end) === whole.slice(first, end)).toBe(true);
  });

  it('begins as a shorter one of its seed, and others begin otherwise', () => {
    expect(read(make(100), 0, 100)).toBe(read(make(TEBIBYTE), 0, 100));
    expect(read(make(TEBIBYTE, 'b'), 0, 100)).not.toBe(read(make(TEBIBYTE), 0, 100));
  });

  it('has other bytes at round distances', () => {
    const body = make(48 * TEBIBYTE);
    const places = [0, 1, 2, 5, 1024, 5 * 1024, 128 * 1024, TEBIBYTE / MEBIBYTE, (5 * TEBIBYTE) / MEBIBYTE];
    expect(new Set(places.map((page) => read(body, page * MEBIBYTE, page * MEBIBYTE + 16))).size).toBe(places.length);
  });

  it('has true digests up to 1 MiB, and further on that of its outline', () => {
    const [short, long] = [make(MEBIBYTE), make(MEBIBYTE + 1)];
    expect(computeBodyDigest('MD5', short).hex).toBe(md5(readAllBytes(short)).toString('hex'));
    expect(computeBodyDigest('MD5', long.subarray(0, 5)).hex).toBe(
      md5(readAllBytes(long.subarray(0, 5))).toString('hex'),
    );
    expect(computeBodyDigest('MD5', long).hex).toBe(computeBodyDigest('MD5', make(MEBIBYTE + 1)).hex);
    expect(computeBodyDigest('MD5', long).hex).not.toBe(md5(readAllBytes(long)).toString('hex'));
    expect(computeBodyDigest('MD5', make(5 * TEBIBYTE)).hex).not.toBe(computeBodyDigest('MD5', long).hex);
  });
});

describe('bodies one after another', () => {
  it('are the placeholder again, if they are its ranges in order', () => {
    const body = make(10 * MEBIBYTE);
    const cuts = [0, MEBIBYTE, 6 * MEBIBYTE + 1, 10 * MEBIBYTE - 3, 10 * MEBIBYTE];
    const joined = joinBodies(cuts.slice(1).map((end, index) => body.subarray(cuts[index] ?? 0, end)));
    expect(joined).toEqual(body);
  });

  it('are bytes, if all are or they are short', () => {
    expect(Buffer.from(readAllBytes(joinBodies([Buffer.from('ab'), Buffer.from('c')]))).toString()).toBe('abc');
    expect(joinBodies([Buffer.from('ab'), make(TEBIBYTE).subarray(0, 3)])).not.toBeInstanceOf(SparseBody);
  });

  it('keep their order around bytes', () => {
    const [one, other] = [make(2 * MEBIBYTE), make(2 * MEBIBYTE, 'b', 7)];
    const joined = joinBodies([one, Buffer.from('between'), other]);
    expect({ length: joined.length, bytes: read(joined, 2 * MEBIBYTE - 2, 2 * MEBIBYTE + 10) }).toEqual({
      length: 4 * MEBIBYTE + 7,
      bytes: `${read(one, 2 * MEBIBYTE - 2, 2 * MEBIBYTE)}between${read(other, 0, 3)}`,
    });
  });
});
