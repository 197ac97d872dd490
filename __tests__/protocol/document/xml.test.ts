import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginsLikeXml, escapeXml, parseXml, type XmlElement, xmlText } from '../../../src/protocol/document/xml';

const parse = (text: string) => parseXml(Buffer.from(text));

/** An element as plain data. */
interface Seen {
  readonly name: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Seen[];
}

const seen = ({ name, text, attributes, children }: XmlElement): Seen => ({
  name,
  text,
  attributes: Object.fromEntries(attributes),
  children: children.map(seen),
});
const leaf = (name: string, text: string, attributes = {}): Seen => ({ name, text, attributes, children: [] });

describe('a well-formed document', () => {
  it.each([
    ['an element', '<a>b</a>', leaf('a', 'b')],
    ['an empty one', '<a></a>', leaf('a', '')],
    ['a closed one', '<a/>', leaf('a', '')],
    ['a declaration', '<?xml version="1.0" encoding="UTF-8"?>\n<a>b</a>', leaf('a', 'b')],
    ['a comment before the root', '<!-- x --><a>b</a>', leaf('a', 'b')],
    ['a comment behind the root', '<a>b</a><!-- x -->', leaf('a', 'b')],
    ['blanks around the root', '\n <a>b</a> \n', leaf('a', 'b')],
    ['a byte order mark', '\ufeff<a>b</a>', leaf('a', 'b')],
    ["XML's five entities", '<a>&amp;&lt;&gt;&quot;&apos;</a>', leaf('a', '&<>"\'')],
    ['numeric references', '<a>&#65;&#x42;</a>', leaf('a', 'AB')],
    ['blanks alone', '<a> \n </a>', leaf('a', ' \n ')],
    ['text around an element', '<a>b<c/>d</a>', { ...leaf('a', 'bd'), children: [leaf('c', '')] }],
    [
      'an element that looks like what it is parsed with',
      '<a><__text__>b</__text__></a>',
      { ...leaf('a', ''), children: [leaf('__text__', 'b')] },
    ],
    ['CDATA', '<a><![CDATA[<b>&nbsp;]]></a>', leaf('a', '<b>&nbsp;')],
    ['CDATA that speaks of document types', '<a><![CDATA[<!DOCTYPE b>]]></a>', leaf('a', '<!DOCTYPE b>')],
    ['letters beyond ASCII', '<a>ä€😀</a>', leaf('a', 'ä€😀')],
    ['a namespace', '<a xmlns="urn:x">b</a>', leaf('a', 'b')],
    [
      'names that objects have',
      '<a><__proto__>b</__proto__></a>',
      { ...leaf('a', ''), children: [leaf('__proto__', 'b')] },
    ],
    ['a constructor', '<constructor>b</constructor>', leaf('constructor', 'b')],
  ])('with %s is read', (_what, document, element) => {
    const root = parse(document);
    expect(root && seen(root)).toEqual(element);
  });

  it('names elements and attributes without their prefixes', () => {
    const root = parse('<s:a xmlns:s="urn:x" s:b="c"><s:d/></s:a>');
    expect([root?.name, root?.children[0]?.name, root?.attributes.get('b')]).toEqual(['a', 'd', 'c']);
  });

  it('keeps the order of its elements', () => {
    expect(parse('<a><b/><c/><b/></a>')?.children.map(({ name }) => name)).toEqual(['b', 'c', 'b']);
  });
});

describe('a document that is not well-formed', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['a declaration alone', '<?xml version="1.0"?>'],
    ['a comment alone', '<!-- x -->'],
    ['text', 'hello'],
    ['JSON', '{"Status":"Enabled"}'],
    ['text before the root', 'x<a/>'],
    ['text behind the root', '<a/>x'],
    ['two roots', '<a/><b/>'],
    ['a tag left open', '<a><b></b>'],
    ['a tag closed twice', '<a></a></a>'],
    ['tags that cross', '<a><b></a></b>'],
    ['an attribute without quotes', '<a b=c/>'],
    ['an ampersand by itself', '<a>&</a>'],
    ["HTML's entities", '<a>&nbsp;</a>'],
    ['entities that nobody declared', '<a>&b;</a>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['a declaration within the root', '<a><!ELEMENT b ANY></a>'],
    ['a document type beside CDATA', '<!DOCTYPE a><a><![CDATA[b]]></a>'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an entity of a file', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ['a prefix that is bound to nothing', '<s:a/>'],
    ['an attribute that comes twice', '<a b="c" b="d"/>'],
    ["HTML's entities beside CDATA", '<a><![CDATA[b]]>&nbsp;</a>'],
    ["HTML's entities in an attribute", '<a b="&nbsp;"/>'],
    ['a comment without an end', '<a><!-- </a>'],
    ['an instruction without an end', '<a><? </a>'],
    ['a tag without an end', '<a'],
    ['an attribute without an end', '<a b="c/>'],
    ['an end of what it is parsed in', '</s3-0000000000000000><a/>'],
  ])('%s', (_what, document) => {
    expect(parse(document)).toBeUndefined();
  });

  it.each([
    ['invalid UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])],
    ['UTF-16', Buffer.from('<a/>', 'utf16le')],
    ['NUL bytes', Buffer.from('\0\0<a/>')],
  ])('%s', (_what, bytes) => {
    expect(parseXml(bytes)).toBeUndefined();
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

// Escapes as ETags and keys were recorded: dyus/meeseeks-s3 and localstack. F6
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

  it('has an empty element as two tags', () => {
    expect(xmlText('Prefix', '')).toBe('<Prefix></Prefix>');
  });
});

describe('whatever the bytes', () => {
  const markup = fc.array(
    fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      '&',
      ';',
      '"',
      '=',
      ' ',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!--',
      '-->',
      '\ufeff',
      '\0',
      '#x1',
      'xmlns:',
    ),
  );

  it('reading throws nothing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parseXml(bytes)?.children));
    fc.assert(fc.property(markup, (parts) => void parseXml(Buffer.from(parts.join('')))?.text));
  });

  it('text that XML can express reads back as it was written', () => {
    const text = fc.string({ unit: 'grapheme-composite', maxLength: 50 });
    fc.assert(fc.property(text, (value) => expect(parse(xmlText('a', value))?.text).toBe(value)));
  });
});
