import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeWords, encodeWords } from '../../../src/formats/encoded-words';
import { anyCharacter } from '../../support/characters';
import { runs } from '../../support/runs';

const carried = /^[\t\x20-\x7e]*$/;

it('text in a header comes back as it was, in characters that a header can carry', () => {
  // Printable ASCII is never encoded, so S3 decodes what looks like an encoded word there.
  const isWord = (text: string) => text.includes('=?') && carried.test(text);
  const texts = fc
    .string({ unit: fc.oneof(fc.constantFrom('=?', '?=', 'UTF-8', 'é', '👑'), fc.string({ unit: anyCharacter })) })
    .filter((text) => !isWord(text) && !/\p{Surrogate}/u.test(text));
  fc.assert(
    fc.property(texts, (text) => {
      const written = encodeWords(text);
      expect(written).toMatch(carried);
      expect(decodeWords(written)).toBe(text);
    }),
    runs(100),
  );
});
