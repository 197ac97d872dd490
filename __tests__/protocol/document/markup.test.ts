import { describe, expect, it } from '@jest/globals';
import { MarkupProblem } from '../../../src/protocol/document/characters';
import { readMarkup } from '../../../src/protocol/document/markup';
import { growsWithItsLength } from '../../support/hostile-text';
import { checkRows } from '../../support/rows-of-table';
import { problemOf } from '../../support/xml';
import { isRefused, read, refused } from './hostile-markup';

const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
const withAttributes = (count: number) =>
  `<a${Array.from({ length: count }, (_, index) => ` b${index}="c"`).join('')}/>`;

/** `npm run test:verify` reads 256 KB of each. */
const short = 16 * 1024;

// sax under xml2js takes seconds for most of these: a time that is quadratic in their length.
describe('hostile markup', () => {
  it.each([
    ['refused', refused, true],
    ['read', read, false],
  ] as const)('is %s in a time that grows with its length', (_what, rows, expected) =>
    checkRows({
      rows,
      nameOf: ([what]) => what,
      check: ([, document]) => {
        const answers: boolean[] = [];
        expect(growsWithItsLength(() => answers.push(isRefused(document())), short)).toBe(true);
        // The first text is the whole, of which the others are pieces.
        expect(answers[0]).toBe(expected);
      },
    }),
  );
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
});
