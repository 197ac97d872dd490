import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MarkupProblem } from '../../../src/protocol/document/characters';
import { readMarkup } from '../../../src/protocol/document/markup';
import { runs } from '../../support/runs';
import { editedBodies } from '../../support/xml';

it('markup that is read has tags without prefixes and attributes, text and six references', () => {
  // A name may have U+FEFF, which is one of \s but no blank of XML.
  const plain = /^(?:<\/?[^ \t\n\r<>&/=:"'-][^ \t\n\r<>&/=:"']*\/?>|[^<>&\r]|&(?:amp|lt|gt|quot|apos|#13);)+$/;
  const property = fc.property(editedBodies, (document) => {
    const markup = readMarkup(document);
    if (!(markup instanceof MarkupProblem)) expect(markup.text).toMatch(plain);
  });
  fc.assert(property, runs(2000));
});
