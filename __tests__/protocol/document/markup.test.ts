import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MarkupProblem } from '../../../src/protocol/document/characters';
import { readMarkup } from '../../../src/protocol/document/markup';
import { readXml } from '../../../src/protocol/document/xml';
import { filled, growsWithItsLength, numbered } from '../../support/hostile-text';
import { editedBodies, problemOf } from '../../support/xml';

const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
const withAttributes = (count: number) =>
  `<a${Array.from({ length: count }, (_, index) => ` b${index}="c"`).join('')}/>`;

const isRefused = (document: string) => readXml(Buffer.from(document)) instanceof MarkupProblem;

// sax under xml2js takes seconds for most of these: a time that is quadratic in their length.
describe('256 KB of hostile markup', () => {
  it.each([
    ['half a comment', () => `<a><!-${filled('a')}`],
    ['dashes', () => `<a><!--${filled('-')}`],
    ['a comment without an end', () => `<a><!--${filled('a')}`],
    ['a declaration without an end', () => `<a><!${filled('1')}`],
    ['a declaration with an end', () => `<a><!${filled('1')}></a>`],
    ['a declaration behind CDATA', () => `<a><![CDATA[b]]><!${filled('A')}></a>`],
    ['a declaration with quotes', () => `<a><!${filled('"1')}></a>`],
    ['a document type', () => `<!DOCTYPE a [${filled('<!ENTITY b "c">')}]><a/>`],
    ['attributes', () => `<a${numbered((index) => ` b${index}="c"`).join('')}/>`],
    ['attributes without quotes', () => `<a ${filled('b=c ')}/>`],
    ['attributes without values', () => `<a ${filled('b ')}/>`],
    ['the same attribute', () => `<a ${filled('b="c" ')}/>`],
    ['a value without an end', () => `<a b="${filled("c'")}`],
    ['namespaces', () => `<a${numbered((index) => ` xmlns:b${index}="c"`).join('')}/>`],
    ['nested namespaces', () => numbered((index) => `<a xmlns:b${index}="c">`).join('')],
    ['a long prefix', () => `<${filled('a')}:b/>`],
    ['deep elements', () => `${filled('<a>')}${filled('</a>')}`],
    ['brackets', () => `<a>${filled('<')}`],
    ['ampersands', () => `<a>${filled('&')}</a>`],
    ['a long entity', () => `<a>&${filled('b')};</a>`],
    ['a long number', () => `<a>&#${filled('9')};</a>`],
    ['CDATA without an end', () => `<a>${filled('<![CDATA[')}`],
    ['instructions without an end', () => `<a>${filled('<?b ')}`],
    ['a long declaration', () => `<?xml version="1.0"${filled(' ')}a?><a/>`],
    ['line breaks before a problem', () => `<a>${filled('\n')}&`],
    ['blanks in a tag', () => `<a${filled(' ')}=`],
    ['roots', () => filled('<a/>')],
    ['ends', () => filled('</a>')],
    ['NULs', () => filled('\0')],
  ])('is refused in a time that grows with its length: %s', (_what, document) => {
    expect(isRefused(document())).toBe(true);
    expect(growsWithItsLength(() => isRefused(document()))).toBe(true);
  });

  it.each([
    ['comments', () => `<a>${filled('<!-- -->')}</a>`],
    ['dashes in a comment', () => `<a><!--${filled('- ')}--></a>`],
    ['brackets in CDATA', () => `<a><![CDATA[${filled(']')}]]></a>`],
    ['markup in CDATA', () => `<a><![CDATA[${filled('<')}]]></a>`],
    ['CDATA', () => `<a>${filled('<![CDATA[b]]>')}</a>`],
    ['instructions', () => `<a>${filled('<?b c?>')}</a>`],
    ['a long instruction', () => `<a><?b ${filled('? ')}?></a>`],
    ['entities', () => `<a>${filled('&amp;')}</a>`],
    ['references', () => `<a>${filled('&#x1F600;')}</a>`],
    ['zeros', () => `<a>&#${filled('0')}65;</a>`],
    ['a long name', () => `<${filled('a')}/>`],
    ['a long attribute', () => `<a ${filled('b')}="${filled('c')}"/>`],
    ['blanks', () => `<a>${filled(' ')}</a>`],
    ['blanks in tags', () => `<a${filled(' ')}b${filled(' ')}=${filled(' ')}"c"></a${filled(' ')}>`],
    ['carriage returns', () => `<a>${filled('\r')}</a>`],
    ['elements', () => `<a>${filled('<b>c</b>')}</a>`],
    ['elements with attributes', () => `<a>${filled('<b c="d"/>')}</a>`],
    [
      'elements in namespaces',
      () => `<a${Array.from({ length: 15 }, (_, index) => ` xmlns:b${index}="c"`).join('')}>${filled('<b0:c/>')}</a>`,
    ],
  ])('is read in a time that grows with its length: %s', (_what, document) => {
    expect(isRefused(document())).toBe(false);
    expect(growsWithItsLength(() => isRefused(document()))).toBe(true);
  });
});

// F270
describe('the limits of a document', () => {
  it.each`
    what                                     | within                                        | beyond
    ${'32 elements in each other'}           | ${nested(32)}                                 | ${nested(33)}
    ${'16 attributes'}                       | ${withAttributes(16)}                         | ${withAttributes(17)}
    ${'16 attributes of open tags'}          | ${'<a b="c">'.repeat(16) + '</a>'.repeat(16)} | ${'<a b="c">'.repeat(17) + '</a>'.repeat(17)}
    ${'16 attributes in an element without'} | ${`<a>${withAttributes(16)}</a>`}             | ${`<a>${withAttributes(17)}</a>`}
    ${'any attributes of closed tags'}       | ${`<a>${withAttributes(16).repeat(20)}</a>`}  | ${`<a d="e">${withAttributes(16).repeat(20)}</a>`}
    ${'100,000 elements'}                    | ${`<a>${'<b/>'.repeat(99_999)}</a>`}          | ${`<a>${'<b/>'.repeat(100_000)}</a>`}
  `('are $what', ({ within = '', beyond = '' }) => {
    expect([within, beyond].map((document) => readMarkup(document) instanceof MarkupProblem)).toEqual([false, true]);
  });

  it('are named by the problem', () => {
    expect([nested(33), withAttributes(17), `<a>${'<b/>'.repeat(100_000)}</a>`].map(problemOf)).toEqual([
      '<a> at character 97 is within 32 other elements',
      'the attribute b16 at character 122 is one too many: open elements may have 16',
      '<b> at character 400000 comes after 100000 other elements',
    ]);
  });
});

// The parser sees only the part of XML that all versions of sax read alike.
describe('plain markup', () => {
  it.each([
    ['<a>b</a>', '<a>b</a>'],
    ['<?xml version="1.0"?>\n<a> </a>\n', '<a> </a>'],
    ['<!-- x --><a><?y?>b<!-- z -->c</a><?y?>', '<a>bc</a>'],
    ['<p:a xmlns:p="u"><p:b /></p:a >', '<a><b/></a>'],
    ['<a>b</a >', '<a>b</a>'],
    ['<a b="c"><d e="f"/></a>', '<a><d/></a>'],
    ['<a><![CDATA[<b>&]]></a>', '<a>&lt;b&gt;&amp;</a>'],
    ['<a>&#65;&#x1F600;&#60;&apos;&#13;</a>', "<a>A😀&lt;'&#13;</a>"],
    ['<a>]<!---->]></a>', '<a>]]&gt;</a>'],
  ])('of %j is %j', (document, text) => {
    expect(readMarkup(document)).toMatchObject({ text });
  });

  it('has tags without prefixes and attributes, text and six references', () => {
    // A name may have U+FEFF, which is one of \s but no blank of XML.
    const plain = /^(?:<\/?[^ \t\n\r<>&/=:"'-][^ \t\n\r<>&/=:"']*\/?>|[^<>&\r]|&(?:amp|lt|gt|quot|apos|#13);)+$/;
    const property = fc.property(editedBodies, (document) => {
      const markup = readMarkup(document);
      if (!(markup instanceof MarkupProblem)) expect(markup.text).toMatch(plain);
    });
    fc.assert(property, { numRuns: 2000 });
  });
});
