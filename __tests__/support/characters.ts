import fc from 'fast-check';

/**
 * Any character of Unicode, as the unit of a `fc.string`. The unit 'binary' of fast-check gives the same characters, but notes each of them before the
 * first run, which takes two seconds in each file.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));
