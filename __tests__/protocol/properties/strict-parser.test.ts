import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { runs } from '../../support/runs';
import { editedBodies, parseXml, type Seen, seen } from '../../support/xml';

/** What a name may have, but not at its beginning. */
const neverFirst = /^(?:[-.\d\u00b7\u203f\u2040]|[\u0300-\u036f])/;

/**
 * Reads a document with saxes, which takes XML 1.0 at its word; undefined if saxes refuses it or finds a document type. Where saxes is not strict, it
 * reads x:-a, of which Namespaces in XML demands that the part behind the colon is a name of its own.
 */
function strictlyRead(document: string): Seen | undefined {
  const parser = new SaxesParser({ xmlns: true });
  const outermost = { name: '', text: '', attributes: {}, children: [] as Seen[] };
  const open = [outermost];
  let refused = false;
  const refuse = () => {
    refused = true;
  };
  const read = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('text', read);
  parser.on('cdata', read);
  parser.on('opentag', ({ local, attributes }) => {
    if ([local, ...Object.values(attributes).map((one) => one.local)].some((name) => neverFirst.test(name))) refuse();
    const others = Object.values(attributes).filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns');
    const element = {
      name: local,
      text: '',
      attributes: Object.fromEntries(others.map((one) => [one.local, one.value])),
      children: [],
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.write(document).close();
  return refused ? undefined : outermost.children[0];
}

/** Without blanks beside elements, which have no meaning. */
function withoutBlanks({ name, text, attributes, children }: Seen): Seen {
  const blank = children.length > 0 && text.trim() === '';
  return { name, text: blank ? '' : text, attributes, children: children.map(withoutBlanks) };
}

/** Where saxes is not strict: it reads instructions without a blank behind their target, and trims the names of namespaces. */
const lenient = /<\?[^\s?>]+\?(?!>)|xmlns[^=]*=\s*(["'])(?:\s|[^"']*\s\1)/;

describe('a document', () => {
  it('is well-formed, and means, what a strict parser says', () => {
    let wellFormed = 0;
    const tried = runs(3000);
    fc.assert(
      fc.property(editedBodies, (document) => {
        fc.pre(!lenient.test(document));
        const expected = strictlyRead(document);
        const root = parseXml(document);
        expect(root && seen(root)).toEqual(expected && withoutBlanks(expected));
        if (root !== undefined) wellFormed += 1;
      }),
      tried,
    );
    expect(wellFormed).toBeGreaterThan(tried.numRuns / 20);
  });
});
