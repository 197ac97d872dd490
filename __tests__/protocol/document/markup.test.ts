import { describe, expect, it } from '@jest/globals';
import { isPlainMarkup } from '../../../src/protocol/document/markup';
import { parseXml } from '../../../src/protocol/document/xml';

const parse = (text: string) => parseXml(Buffer.from(text));
const length = 64 * 1024;
const filled = (part: string) => part.repeat(Math.ceil(length / part.length));
const numbered = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join('');
const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
const withAttributes = (count: number) => `<a${numbered(count, (index) => ` b${index}="c"`)}/>`;

// The parser takes seconds for each of these: a time that is quadratic in their length.
describe('64 KB of hostile markup', () => {
  it.each([
    ['half a comment', `<a><!-${filled('a')}`],
    ['a declaration without an end', `<a><!${filled('1')}`],
    ['a declaration with an end', `<a><!${filled('1')}></a>`],
    ['a declaration behind CDATA', `<a><![CDATA[b]]><!${filled('A')}></a>`],
    ['a declaration with quotes', `<a><!${filled('"1')}></a>`],
    ['a document type', `<!DOCTYPE a [${filled('<!ENTITY b "c">')}]><a/>`],
    ['attributes', withAttributes(6_000)],
    ['the same attribute', `<a ${filled('b="c" ')}/>`],
    ['namespaces', `<a${numbered(4_000, (index) => ` xmlns:b${index}="c"`)}/>`],
    [
      'namespaces around many elements',
      `<a${numbered(2_000, (index) => ` xmlns:b${index}="c"`)}>${filled('<b/>')}</a>`,
    ],
    ['nested namespaces', `${numbered(3_000, (index) => `<a xmlns:b${index}="c">`)}${'</a>'.repeat(3_000)}`],
    ['nested default namespaces', `${'<a xmlns="b">'.repeat(4_000)}${'</a>'.repeat(4_000)}`],
    ['deep elements', nested(9_000)],
    ['roots', filled('<a/>')],
    ['ends', filled('</a>')],
  ])('is refused before it is parsed: %s', (_what, document) => {
    expect(isPlainMarkup(document)).toBe(false);
    expect(parse(document)).toBeUndefined();
  });

  it.each([
    ['comments', `<a>${filled('<!-- -->')}</a>`],
    ['dashes in a comment', `<a><!--${filled('- ')}--></a>`],
    ['brackets in CDATA', `<a><![CDATA[${filled(']')}]]></a>`],
    ['CDATA', `<a>${filled('<![CDATA[b]]>')}</a>`],
    ['instructions', `<a>${filled('<?b c?>')}</a>`],
    ['entities', `<a>${filled('&amp;')}</a>`],
    ['a long name', `<${filled('a')}/>`],
    ['a long attribute', `<a ${filled('b')}="${filled('c')}"/>`],
    ['blanks', `<a>${filled(' ')}</a>`],
    ['elements', `<a>${filled('<b>c</b>')}</a>`],
  ])('that takes the parser no longer than other text is read: %s', (_what, document) => {
    expect(parse(document)?.name.startsWith('a')).toBe(true);
  });
});

// F270
describe('the limits of a document', () => {
  it.each`
    what                               | within                                        | beyond
    ${'32 elements in each other'}     | ${nested(32)}                                 | ${nested(33)}
    ${'16 attributes'}                 | ${withAttributes(16)}                         | ${withAttributes(17)}
    ${'16 attributes of open tags'}    | ${'<a b="c">'.repeat(16) + '</a>'.repeat(16)} | ${'<a b="c">'.repeat(17) + '</a>'.repeat(17)}
    ${'any attributes of closed tags'} | ${`<a>${withAttributes(16).repeat(20)}</a>`}  | ${`<a d="e">${withAttributes(16).repeat(20)}</a>`}
    ${'100,000 elements'}              | ${`<a>${'<b/>'.repeat(99_999)}</a>`}          | ${`<a>${'<b/>'.repeat(100_000)}</a>`}
  `('are $what', ({ within = '', beyond = '' }) => {
    expect([isPlainMarkup(within), isPlainMarkup(beyond)]).toEqual([true, false]);
  });
});
