import { inheritedName } from './names';
import type { Random } from './random';

const attributes = [
  ' a=b',
  ' a=b c=d',
  ' a',
  ' a=',
  ' a="1" a="2"',
  ' a="1"b="2"',
  ` a='"'`,
  ' a="<"',
  ' a="&"',
  ' a="&#1;"',
  ' a = "1"',
  ' xmlns=""',
  ' xmlns:a="b" a:c="1"',
  ' a:b="1"',
  ' xml:space="preserve"',
  ' xsi:type=Group',
  ' =',
  ' "a"',
];

const between = [
  '<!---->',
  '<!----->',
  '<!-->',
  '<!--->',
  '<!-- -- -->',
  '<!-- a --',
  '<!-- <Status>Enabled</Status> -->',
  '<![CDATA[a]]>',
  '<![CDATA[<b>]]]]>',
  '<![CDATA[a',
  '<![cdata[a]]>',
  ']]>',
  '<?a b?>',
  '<?a',
  '<?xml version="1.0"?>',
  '<??>',
  '&#1;',
  '&#0;',
  '&#xB;',
  '&#x1F;',
  '&#xFFFE;',
  '&#xD800;',
  '&#x110000;',
  '&#99999999999;',
  '&nbsp;',
  '&constructor;',
  '\u0001',
  '\ufffe',
];

export function withOddMarkup(random: Random, document: string): string {
  let text = document;
  for (let left = random.between(1, 3); left > 0; left -= 1)
    text = random.below(2) === 0 ? withAttributes(random, text) : insertBetween(random, text);
  return text;
}

function withAttributes(random: Random, document: string): string {
  const ends = [...document.matchAll(/<\w+(?=[\s/>])/g)].map(({ 0: start, index }) => index + start.length);
  if (ends.length === 0) return document;
  const at = random.pick(ends);
  const name = inheritedName(random);
  const written = random.one(
    () => random.pick(attributes),
    () => random.pick(attributes).repeat(random.size(1, 2000)),
    () => ` ${name}="1" ${name}="2"`,
    () => ` ${name}=${name}`,
    () => random.some(1, 3000, (index) => ` a${index}="b"`).join(''),
  );
  return document.slice(0, at) + written + document.slice(at);
}

function insertBetween(random: Random, document: string): string {
  const places = [...document.matchAll(/[<>]/g)].map(({ 0: sign, index }) => (sign === '<' ? index : index + 1));
  if (places.length === 0) return document;
  const at = random.pick(places);
  const inserted = random.one(
    () => random.pick(between),
    () => random.pick(between).repeat(random.size(1, 2000)),
    () => random.some(2, 8, () => random.pick(between)).join(''),
  );
  return document.slice(0, at) + inserted + document.slice(at);
}

const units = [
  '<!-',
  '<!',
  '<!A',
  '1',
  'a',
  '<!--',
  '-->',
  '- ',
  '<a>',
  '</a>',
  '<a/>',
  '<?',
  '<?a ',
  ']]>',
  '<![CDATA[',
  ']',
  '&',
  '&#1',
  '&amp;',
  '&#x',
  '<',
  '"',
  "'",
  '\0',
  '\n',
  ' a="b"',
];

export function hostileMarkup(random: Random): string {
  const size = random.size(64, 200_000);
  const many = (unit: string) => unit.repeat(Math.ceil(size / unit.length));
  const numbered = (make: (at: number) => string) =>
    Array.from({ length: Math.ceil(size / 16) }, (_, at) => make(at)).join('');
  return random.one(
    () => `${random.pick(units)}${many(random.pick(units))}${random.pick(['', '>', '</a>'])}`,
    () => `<a>${random.pick(units)}${many(random.pick(units))}</a>`,
    () => `<a>${random.pick(['<!', '<!-', '<!A'])}${many(random.pick(['a', '1', ' ']))}${random.pick(['', '></a>'])}`,
    () => many('<a>') + (random.chance(0.5) ? many('</a>') : ''),
    () => `<a${numbered((at) => ` b${at}="c"`)}/>`,
    () => `<a${numbered((at) => ` xmlns:b${at}="c"`)}>${many('<b/>')}</a>`,
    () => numbered((at) => `<a xmlns:b${at}="c">`),
    () => `<!DOCTYPE a [<!ENTITY b "${many('c')}">]><a>${many('&b;')}</a>`,
    () => `<a><!--${many('-')}${random.pick(['', '-->', '->', '--></a>'])}`,
    () =>
      `<a>${many(random.pick(['<!---->', '<!-- a -->', '<![CDATA[b]]>', '<?c d?>', '&#x1;', '&#0;', '&#xD800;']))}</a>`,
    () => `<${many('n')}>${many('b')}</${many('n')}>`,
    () => `<a ${many('n')}="1" ${random.pick(['', many('v'), `m=${many('v')}`])}/>`,
    () => `<a${many(random.pick([' b', ' b=c', " b='c'", ' b="c"', ' xmlns="c"', ' b="', '/']))}/>`,
    () => `<a>&${many(random.pick(['a', '#', '1', '#1']))};</a>`,
  );
}
