import { describe, expect, it } from '@jest/globals';
import { parseXml, problemOf, seen } from '../../support/xml';

const textOf = (document: string) => parseXml(document)?.text;
const attributesOf = (document: string) => {
  const root = parseXml(document);
  return root && seen(root).attributes;
};

// F550
describe('[2] Char', () => {
  it.each([
    '&#9;',
    '&#xA;',
    '&#13;',
    '&#x20;',
    '&#x7F;',
    '&#x85;',
    '&#xD7FF;',
    '&#xE000;',
    '&#xFFFD;',
    '&#x10000;',
    '&#x10FFFF;',
  ])('has %s', (reference) => {
    const code = Number(reference.slice(2, -1).replace('x', '0x'));
    expect(textOf(`<a>${reference}</a>`)).toBe(String.fromCodePoint(code));
    expect(attributesOf(`<a b="${reference}"/>`)).toEqual({ b: String.fromCodePoint(code) });
  });

  it.each([
    ...[
      '&#0;',
      '&#x0;',
      '&#x1;',
      '&#x8;',
      '&#xB;',
      '&#xC;',
      '&#xE;',
      '&#31;',
      '&#xD800;',
      '&#xDBFF;',
      '&#xDC00;',
      '&#xDFFF;',
    ],
    ...['&#xFFFE;', '&#xFFFF;', '&#x110000;', '&#1114112;', '&#xFFFFFFFFFF;', '&#99999999999999999999999;'],
  ])('does not have %s', (reference) => {
    expect(problemOf(`<a>${reference}</a>`)).toBe(`${reference} at character 4 is not a character of XML 1.0`);
    expect(problemOf(`<a b="${reference}"/>`)).toBe(`${reference} at character 7 is not a character of XML 1.0`);
  });

  it.each(['0000', '0001', '0008', '000B', '000C', '000E', '001F', 'FFFE', 'FFFF'])('does not have U+%s', (code) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    const problem = `U+${code} at character 4 is not a character of XML 1.0`;
    for (const document of [`<a>${character}</a>`, `<a ${character}/>`, `<?a${character}?><b/>`, `<!${character}-->`])
      expect(problemOf(document)).toMatch(/^U\+[\dA-F]{4} at character [34] is not a character of XML 1\.0$/);
    expect(problemOf(`<a>${character}</a>`)).toBe(problem);
  });

  it('has zeros before any number', () => {
    expect(textOf(`<a>&#${'0'.repeat(100)}65;&#x${'0'.repeat(100)}42;</a>`)).toBe('AB');
  });
});

// F551
describe('the encoding', () => {
  it.each([
    ['invalid UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])],
    ['a surrogate in UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e])],
    ['UTF-16 with a byte order mark', Buffer.from('\ufeff<a/>', 'utf16le')],
  ])('is not %s', (_what, bytes) => {
    expect(problemOf(bytes)).toBe('it is not UTF-8');
  });

  it('is UTF-8 with one byte order mark at most', () => {
    expect(textOf('\ufeff<a>b</a>')).toBe('b');
    expect(textOf('\ufeff<?xml version="1.0"?><a>b</a>')).toBe('b');
    expect(problemOf('\ufeff\ufeff<a/>')).toContain('is outside of the root element');
    expect(problemOf(Buffer.from('<a/>', 'utf16le'))).toBe('U+0000 at character 2 is not a character of XML 1.0');
  });
});

describe('well-formed', () => {
  it.each<[string, readonly string[]]>([
    ['[1] document', ['<a/>', ' \n<a/>\t\r\n', '<!-- b --><?c?><a/><?c?><!-- b -->']],
    [
      '[5] Name',
      ['<_/>', '<a-b.c1/>', '<é/>', '<中/>', '<a·/>', '<Ͱ/>', '<constructor/>', '<__proto__/>', '<toString/>'],
    ],
    ['[14] CharData', ['<a>]]</a>', '<a>]] ></a>', '<a>></a>', '<a>]>]</a>']],
    ['[15] Comment', ['<a><!----></a>', '<a><!-- - --></a>', '<a><!-- <b> & ]]> --></a>', '<a><!-- -x-y --></a>']],
    ['[16] PI', ['<a><?b?></a>', '<a><?b ?></a>', '<a><?b ?c> < & ?></a>', '<a><?xml-b c?></a>', '<a><?b ??></a>']],
    ['[18] CDSect', ['<a><![CDATA[]]></a>', '<a><![CDATA[<&]]]></a>', '<a><![CDATA[]]]]><![CDATA[>]]></a>']],
    [
      '[23] XMLDecl',
      [
        '<?xml version="1.0"?><a/>',
        "<?xml version='1.0' encoding='utf-8'?><a/>",
        '<?xml\tversion = "1.0"\nencoding="UTF-8" standalone="yes" ?><a/>',
        '<?xml version="1.0" standalone=\'no\'?><a/>',
        '<?xml version="1.1"?><a/>',
      ],
    ],
    [
      '[40] STag',
      ['<a b="c"></a>', '<a b = "c" ></a>', '<a b=\'"\' c="\'"/>', '<a b=">"/>', '<a\n\tb="c"\r\nd="e"/>', '<a b=""/>'],
    ],
    ['[42] ETag', ['<a></a >', '<a></a\n>', '<a.b></a.b>']],
    ['[44] EmptyElemTag', ['<a />', '<a b="c" />']],
    ['[66] CharRef', ['<a>&#65;</a>', '<a>&#x4a;</a>', '<a>&#x4A;</a>']],
    ['[68] EntityRef', ['<a>&amp;&lt;&gt;&quot;&apos;</a>', '<a b="&amp;&lt;&gt;&quot;&apos;"/>']],
    [
      'a namespace',
      [
        '<a xmlns="urn:x"/>',
        '<a xmlns=""/>',
        '<b:a xmlns:b="urn:x"/>',
        '<a xmlns:b="urn:x"><b:c/></a>',
        '<a xml:lang="de"/>',
        '<xml:a/>',
        '<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
        '<a xmlns:b="urn:x" xmlns:c="urn:y" b:d="" c:d="" d=""/>',
        '<a xmlns:b="urn:x"><c xmlns:b="urn:y"><b:d/></c><b:e/></a>',
        '<a xmlns:b="urn:x" b:xmlns="c"/>',
      ],
    ],
  ])('%s', (_production, documents) => {
    expect(documents.filter((document) => problemOf(document) !== undefined)).toEqual([]);
  });
});

describe('not well-formed', () => {
  it.each([
    // [1] document
    ['', 'it has no element'],
    [' \n ', 'it has no element'],
    ['<?xml version="1.0"?>', 'it has no element'],
    ['<!-- x -->', 'it has no element'],
    ['hello', "the text 'hello' at character 1 is outside of the root element"],
    ['x<a/>', "the text 'x' at character 1 is outside of the root element"],
    ['<a/>\nx', "the text 'x' at line 2, character 1 is outside of the root element"],
    ['<a/>&#32;', "the text '&#32;' at character 5 is outside of the root element"],
    ['<a/>\u00a0', "the text '\u00a0' at character 5 is outside of the root element"],
    ['<a/><![CDATA[ ]]>', '<![CDATA[ at character 5 is outside of the root element'],
    ['<a/><b/>', '<b> at character 5 is a second root element'],
    // [39] element
    ['<a><b></b>', '<a> at character 1 is never closed'],
    [`<${'a'.repeat(30)}>`, `<${'a'.repeat(30)}> at character 1 is never closed`],
    [`<${'a'.repeat(31)}>`, `<${'a'.repeat(30)}…> at character 1 is never closed`],
    ['<a>\n<b>\n', '<b> at line 2, character 1 is never closed'],
    ['<a></a></a>', '</a> at character 8 closes nothing'],
    ['<a><b></a></b>', '</a> at character 7 does not close <b>, which is open'],
    ['<a></A>', '</A> at character 4 does not close <a>, which is open'],
    ['<a></ab>', '</ab> at character 4 does not close <a>, which is open'],
    ['<a></a b="c">', '</a b="c"> at character 4 does not close <a>, which is open'],
    ['<a></ a>', '</ a> at character 4 does not close <a>, which is open'],
    ['<a></a', '</a at character 4 does not close <a>, which is open'],
    ['<b:a xmlns:b="u" xmlns:c="u"></c:a>', '</c:a> at character 30 does not close <b:a>, which is open'],
    // [40] STag and [41] Attribute
    ['<', '< at character 1 does not begin a tag'],
    ['<a', 'the end at character 3 is not an attribute or the end of a tag'],
    ['<a>< b/></a>', '< b/></a> at character 4 does not begin a tag'],
    ['<1/>', '<1/> at character 1 does not begin a tag'],
    ['<-a/>', '<-a/> at character 1 does not begin a tag'],
    ['<\u{1f600}/>', '<\u{1f600}/> at character 1 does not begin a tag'],
    ['<a//>', '//> at character 3 is not an attribute or the end of a tag'],
    ['<a / >', '/ > at character 4 is not an attribute or the end of a tag'],
    ['<a b=c/>', 'the attribute b at character 4 has no value in quotes'],
    ['<a b"c"/>', 'the attribute b at character 4 has no value in quotes'],
    ['<a b/>', 'the attribute b at character 4 has no value in quotes'],
    ['<a b="c', 'the value of b at character 6 has no end'],
    ['<a b="c"d="e"/>', 'd="e"/> at character 9 is not an attribute or the end of a tag'],
    ['<a="b"/>', '="b"/> at character 3 is not an attribute or the end of a tag'],
    ['<a 1="b"/>', '1="b"/> at character 4 is not an attribute or the end of a tag'],
    ['<a b="<"/>', '< at character 7 is in the value of b, which has &lt; for it'],
    ['<a b="c" b="d"/>', 'the attribute b at character 10 comes twice'],
    ['<a b="&"/>', '& at character 7 does not begin a reference; text has &amp; for &'],
    // [67] Reference
    ['<a>&</a>', '& at character 4 does not begin a reference; text has &amp; for &'],
    ['<a>&b</a>', '&b at character 4 does not begin a reference; text has &amp; for &'],
    ['<a>&;</a>', '&; at character 4 does not begin a reference; text has &amp; for &'],
    ['<a>&#;</a>', '&#; at character 4 is not one of &amp;, &lt;, &gt;, &quot;, &apos;'],
    ['<a>&#x;</a>', '&#x; at character 4 is not one of &amp;, &lt;, &gt;, &quot;, &apos;'],
    ['<a>&#X41;</a>', '&#X41; at character 4 is not one of &amp;, &lt;, &gt;, &quot;, &apos;'],
    ['<a>&#-1;</a>', '&#-1; at character 4 is not one of &amp;, &lt;, &gt;, &quot;, &apos;'],
    ['<a>&#6 5;</a>', '&#6 5; at character 4 does not begin a reference; text has &amp; for &'],
    ['<a>&nbsp;</a>', '&nbsp; at character 4 is not one of &amp;, &lt;, &gt;, &quot;, &apos;'],
    ['<a>&AMP;</a>', '&AMP; at character 4 is not one of &amp;, &lt;, &gt;, &quot;, &apos;'],
    ['<a>&toString;</a>', '&toString; at character 4 is not one of &amp;, &lt;, &gt;, &quot;, &apos;'],
    ['<a b="&nbsp;"/>', '&nbsp; at character 7 is not one of &amp;, &lt;, &gt;, &quot;, &apos;'],
    ['<a><![CDATA[b]]>&nbsp;</a>', '&nbsp; at character 17 is not one of &amp;, &lt;, &gt;, &quot;, &apos;'],
    // [14] CharData, [15] Comment, [16] PI, [18] CDSect
    ['<a>b]]></a>', ']]> at character 5 is in text, which has ]]&gt; for it'],
    ['<a><!-- </a>', 'the comment at character 4 has no end'],
    ['<a><!-- -- --></a>', '-- at character 9 is within a comment'],
    ['<a><!-- ---></a>', '-- at character 9 is within a comment'],
    ['<a><!---></a>', 'the comment at character 4 has no end'],
    ['<a><!- b --></a>', '<!- b --> at character 4 is a declaration'],
    ['<a><? b?></a>', '<? b?></a> at character 4 is not a processing instruction'],
    ['<a><??></a>', '<??></a> at character 4 is not a processing instruction'],
    ['<a><?b:c?></a>', '<?b:c?></a> at character 4 is not a processing instruction'],
    ['<a><?b?c?></a>', '<?b?c?></a> at character 4 is not a processing instruction'],
    ['<a><?b </a>', '<?b at character 4 has no end'],
    ['<a><![CDATA[b]] ></a>', '<![CDATA[ at character 4 has no end'],
    ['<a><![cdata[b]]></a>', '<![cdata[ at character 4 is a declaration'],
    // [23] XMLDecl
    [' <?xml version="1.0"?><a/>', '<?xml version="1.0"?><a/> at character 2 is not a processing instruction'],
    ['<a><?xml version="1.0"?></a>', '<?xml version="1.0"?></a> at character 4 is not a processing instruction'],
    ['<?XML version="1.0"?><a/>', '<?XML version="1.0"?><a/> at character 1 is not a processing instruction'],
    ['<?xml?><a/>', '<?xml?><a/> at character 1 is not an XML declaration of version 1'],
    ['<?xml version="2.0"?><a/>', '<?xml version="2.0"?><a/> at character 1 is not an XML declaration of version 1'],
    ['<?xml version="1.0\'?><a/>', '<?xml version="1.0\'?><a/> at character 1 is not an XML declaration of version 1'],
    ['<?xml version=1.0?><a/>', '<?xml version=1.0?><a/> at character 1 is not an XML declaration of version 1'],
    [
      '<?xml encoding="UTF-8"?><a/>',
      '<?xml encoding="UTF-8"?><a/> at character 1 is not an XML declaration of version 1',
    ],
    [
      '<?xml version="1.0"encoding="a"?>',
      '<?xml version="1.0"encoding="a… at character 1 is not an XML declaration of version 1',
    ],
    [
      '<?xml version="1.0" encoding="8"?>',
      '<?xml version="1.0" encoding="… at character 1 is not an XML declaration of version 1',
    ],
    [
      '<?xml version="1.0" standalone="1"?>',
      '<?xml version="1.0" standalone… at character 1 is not an XML declaration of version 1',
    ],
    // [28] doctypedecl: S3 reads none (F270)
    ['<!DOCTYPE a><a/>', '<!DOCTYPE at character 1 is a declaration'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<!DOCTYPE at character 1 is a declaration'],
    ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', '<!DOCTYPE at character 1 is a declaration'],
    ['<a><!ELEMENT b ANY></a>', '<!ELEMENT at character 4 is a declaration'],
    // Namespaces in XML 1.0
    ['<b:a/>', 'the prefix b at character 2 is bound to no namespace'],
    ['<a b:c="d"/>', 'the prefix b at character 4 is bound to no namespace'],
    ['<a><b xmlns:c="u"/><c:d/></a>', 'the prefix c at character 21 is bound to no namespace'],
    ['<:a/>', '<:a/> at character 1 does not begin a tag'],
    ['<a:/>', ':/> at character 3 is not an attribute or the end of a tag'],
    ['<a:b:c xmlns:a="u"/>', ':c xmlns:a="u"/> at character 5 is not an attribute or the end of a tag'],
    ['<a xmlns:b=""/>', 'xmlns:b at character 4 binds a prefix to nothing'],
    ['<a xmlns:xmlns="u"/>', 'xmlns:xmlns at character 4 binds what XML has reserved'],
    ['<a xmlns:xml="u"/>', 'xmlns:xml at character 4 binds what XML has reserved'],
    ['<a xmlns:b="http://www.w3.org/XML/1998/namespace"/>', 'xmlns:b at character 4 binds what XML has reserved'],
    ['<a xmlns="http://www.w3.org/2000/xmlns/"/>', 'xmlns at character 4 binds what XML has reserved'],
    ['<xmlns:a/>', '<xmlns:a at character 1 has a prefix that XML has reserved'],
    ['<a xmlns:b="u" xmlns:c="u" b:d="" c:d=""/>', 'the attribute d at character 35 comes twice in its namespace'],
  ])('%j', (document, problem) => {
    expect(problemOf(document)).toBe(problem);
  });
});

// F552
describe('[11] line breaks', () => {
  it.each([
    ['a carriage return', '<a>\r</a>', '\n'],
    ['both', '<a>b\r\nc\r\r\nd</a>', 'b\nc\n\nd'],
    ['both in CDATA', '<a><![CDATA[b\r\nc\r]]></a>', 'b\nc\n'],
    ['a carriage return as a reference', '<a>b&#13;c&#xD;&#xA;</a>', 'b\rc\r\n'],
  ])('in text: %s', (_what, document, text) => {
    expect(textOf(document)).toBe(text);
  });

  it('are blanks in attributes, unless they are references', () => {
    expect(attributesOf('<a b="c\td\ne\r\nf" g="&#9;&#10;&#13;"/>')).toEqual({ b: 'c d e f', g: '\t\n\r' });
  });
});
