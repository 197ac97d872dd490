import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeInDocument, escapeXml, xmlText } from '../../../src/protocol/document/characters';
import { beginsLikeXml } from '../../../src/protocol/document/xml';
import { parseXml, type Seen, seen } from '../../support/xml';

const leaf = (name: string, text: string, attributes = {}): Seen => ({ name, text, attributes, children: [] });

describe('a well-formed document', () => {
  it.each([
    ['an element', '<a>b</a>', leaf('a', 'b')],
    ['a closed one', '<a/>', leaf('a', '')],
    ['a comment before the root', '<!-- x --><a>b</a>', leaf('a', 'b')],
    ["XML's five entities", '<a>&amp;&lt;&gt;&quot;&apos;</a>', leaf('a', '&<>"\'')],
    ['numeric references', '<a>&#65;&#x42;</a>', leaf('a', 'AB')],
    ['blanks alone', '<a> \n </a>', leaf('a', ' \n ')],
    ['a blank of a reference', '<a>&#32;</a>', leaf('a', ' ')],
    ['blanks beside elements', '<a> <b> </b> </a>', { ...leaf('a', ''), children: [leaf('b', ' ')] }],
    ['a blank beyond ASCII', '<a>\u00a0</a>', leaf('a', '\u00a0')],
    ['a blank in CDATA', '<a><![CDATA[ ]]></a>', leaf('a', ' ')],
    ['text in pieces', '<a>b<!-- x -->c<?d e?>f<![CDATA[g]]>&#104;</a>', leaf('a', 'bcfgh')],
    [
      'what looks like the end of CDATA in pieces',
      '<a>]<!-- x -->]><![CDATA[]]]]><![CDATA[>]]></a>',
      leaf('a', ']]>]]>'),
    ],
    ['markup in references', '<a>&#60;b&#x3E;&#38;amp;</a>', leaf('a', '<b>&amp;')],
    ['text around an element', '<a>b<c/>d</a>', { ...leaf('a', 'bd'), children: [leaf('c', '')] }],
    [
      'an element that looks like what it is parsed with',
      '<a><__text__>b</__text__></a>',
      { ...leaf('a', ''), children: [leaf('__text__', 'b')] },
    ],
    ['CDATA', '<a><![CDATA[<b>&nbsp;]]></a>', leaf('a', '<b>&nbsp;')],
    ['letters beyond ASCII', '<a>ä€😀</a>', leaf('a', 'ä€😀')],
    [
      'names that objects have',
      '<a><__proto__>b</__proto__></a>',
      { ...leaf('a', ''), children: [leaf('__proto__', 'b')] },
    ],
    ['a constructor', '<constructor>b</constructor>', leaf('constructor', 'b')],
  ])('with %s is read', (_what, document, element) => {
    const root = parseXml(document);
    expect(root && seen(root)).toEqual(element);
  });

  it('names elements and attributes without their prefixes', () => {
    const root = parseXml('<s:a xmlns:s="urn:x" s:b="c"><s:d/></s:a>');
    expect({ root: root?.name, child: root?.children[0]?.name, attribute: root?.attributes.get('b') }).toEqual({
      root: 'a',
      child: 'd',
      attribute: 'c',
    });
  });

  it('keeps the order of its elements', () => {
    expect(parseXml('<a><b/><c/><b/></a>')?.children.map(({ name }) => name)).toEqual(['b', 'c', 'b']);
  });
});

describe('beginsLikeXml', () => {
  it.each([
    ['<a/>', true],
    [' \n<', true],
    ['\ufeff<a', true],
    ['', false],
    ['\0<a/>', false],
    ['a<', false],
  ])('%j: %s', (text, expected) => {
    expect(beginsLikeXml(Buffer.from(text))).toBe(expected);
  });
});

// Escapes as ETags and keys were recorded: dyus/meeseeks-s3, google/go-cloud. F6
describe('text as S3 writes it', () => {
  it.each([
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
    ['"', '&quot;'],
    ["'", "'"],
    ['\r', '&#13;'],
    ['\n', '\n'],
    ['\t', '\t'],
    ['\u0000', '&#0;'],
    ['\u0001', '&#x1;'],
    ['\u001f', '&#x1f;'],
    ['\ufffe', '&#xfffe;'],
    ['ä€😀', 'ä€😀'],
  ])('%j is %s', (text, written) => {
    expect(escapeXml(text)).toBe(written);
  });

  it('has apostrophes as references in the document of an answer that succeeds', () => {
    expect(escapeInDocument(`it's "<a>"`)).toBe('it&apos;s &quot;&lt;a&gt;&quot;');
  });

  it('has an empty element as two tags', () => {
    expect(xmlText('Prefix', '')).toBe('<Prefix></Prefix>');
  });
});

describe('whatever the bytes', () => {
  it('reading throws nothing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parseXml(bytes)?.children));
  });

  it('text that XML can express reads back as it was written', () => {
    const text = fc.string({ unit: 'grapheme-composite', maxLength: 50 });
    fc.assert(fc.property(text, (value) => expect(parseXml(xmlText('a', value))?.text).toBe(value)));
  });
});
