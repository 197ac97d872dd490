import { MarkupProblem } from '../../../src/protocol/document/characters';
import { readXml } from '../../../src/protocol/document/xml';
import { filled, numbered } from '../../support/hostile-text';

type Hostile = readonly (readonly [what: string, document: () => string])[];

export const isRefused = (document: string) => readXml(Buffer.from(document)) instanceof MarkupProblem;

export const refused: Hostile = [
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
];

export const read: Hostile = [
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
];
