import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VersionIds } from '../../../src/model/versions/version-id';

const ids = new VersionIds('seed');
const sequences = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html#version-ids. F50
describe('a version id', () => {
  it("has S3's shape: 32 letters, digits, dots and underscores", () => {
    fc.assert(fc.property(sequences, (sequence) => /^[A-Za-z0-9._]{32}$/.test(ids.writeId(sequence))));
  });

  it('returns the number of its write', () => {
    fc.assert(fc.property(sequences, (sequence) => ids.readSequence(ids.writeId(sequence)) === sequence));
  });

  it.each([[1], [2], [0xffffffff], [0x100000000], [0x100000001], [Number.MAX_SAFE_INTEGER]])(
    'of write %i leads back to it',
    (sequence) => {
      expect(ids.readSequence(ids.writeId(sequence))).toBe(sequence);
    },
  );

  it('is the same with the same seed, and differs with another', () => {
    expect(new VersionIds('seed').writeId(7)).toBe(ids.writeId(7));
    expect(new VersionIds('other').writeId(7)).not.toBe(ids.writeId(7));
  });

  it('does not show the order of writes', () => {
    const made = Array.from({ length: 100 }, (_, index) => ids.writeId(index + 1));
    expect(new Set(made).size).toBe(100);
    expect(made.toSorted()).not.toEqual(made);
    expect(made.toSorted().reverse()).not.toEqual(made);
    for (let at = 0; at < 32; at += 1) expect(new Set(made.map((id) => id[at])).size).toBeGreaterThan(20);
  });
});

// Documented: 00000000-0000-0000-0000-019b0c114413, of 2025-12-11T06:20:16.787Z. F50
describe('a version id of IBM COS', () => {
  const time = Date.parse('2025-12-11T06:20:16.787Z');

  it('is a UUID that ends with the time of the write', () => {
    const id = ids.writeUuid(1, time);
    expect({ id, end: id.slice(-12) }).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/),
      end: '019b0c114413',
    });
  });

  it('returns the number of its write', () => {
    const numbers = fc.integer({ min: 1, max: 2 ** 48 - 1 });
    const times = fc.integer({ min: 0, max: 8_640_000_000_000_000 % 2 ** 48 });
    fc.assert(fc.property(numbers, times, (number, at) => ids.readSequence(ids.writeUuid(number, at)) === number));
  });

  it('is the same with the same seed, and differs with another, another write and another time', () => {
    const id = ids.writeUuid(7, time);
    expect(new VersionIds('seed').writeUuid(7, time)).toBe(id);
    const others = [new VersionIds('other').writeUuid(7, time), ids.writeUuid(8, time), ids.writeUuid(7, time + 1)];
    expect(new Set([id, ...others]).size).toBe(4);
  });

  it.each([
    ['00000000-0000-0000-0000-019b0c114413'],
    [ids.writeUuid(7, time).toUpperCase()],
    [new VersionIds('other').writeUuid(7, time)],
  ])('%s is of no write', (id) => {
    expect(ids.readSequence(id)).toBeUndefined();
  });
});

describe('a text that is not a version id', () => {
  it.each([
    ['INVALID_FORMAT_12345'],
    ['9999999999999999'],
    ['nonexistent-version-id-12345'],
    ['bad-vid'],
    ['HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD'],
    ['Eyn7lxdGE1WU1SU6QTbW1X6cbSIIRY0R'],
    ['null'],
    [''],
    [`${ids.writeId(1)} `],
    [ids.writeId(1).slice(1)],
    [new VersionIds('other').writeId(1)],
  ])('%j names no write, whether ids were made before or not', (text) => {
    expect({ before: new VersionIds('seed').readSequence(text), after: ids.readSequence(text) }).toEqual({
      before: undefined,
      after: undefined,
    });
  });

  it('may be an id with one changed character', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';
    const changes = fc.tuple(sequences, fc.nat(31), fc.constantFrom(...alphabet));
    fc.assert(
      fc.property(changes, ([sequence, at, character]) => {
        const id = ids.writeId(sequence);
        const changed = id.slice(0, at) + character + id.slice(at + 1);
        return changed === id || ids.readSequence(changed) === undefined;
      }),
    );
  });

  it('may have the shape of an id', () => {
    const made = fc.stringMatching(/^[A-Za-z0-9._]{32}$/);
    fc.assert(fc.property(made, (text) => ids.readSequence(text) === undefined));
  });
});
