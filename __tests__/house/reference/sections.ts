import { type Declared, declarationOf, type Member } from './declarations';

export type Links = ReadonlyMap<string, string>;

export interface Style {
  readonly kind: 'members' | 'table' | 'definition' | 'words';
  readonly type: string;
  /** The word before the names of members in headings, if several types on a page have the same ones. */
  readonly prefix: string | undefined;
  /** Only the members that the type itself declares. */
  readonly isOwn: boolean;
  /** A type whose members have a section of their own. */
  readonly except: string | undefined;
  /** Further types that a definition shows, since it mentions them. */
  readonly also: readonly string[];
  /** The members of a group; undefined if the section is about all of them. The words of the type are not among a group's. */
  readonly group: readonly string[] | undefined;
  readonly depth: number;
}

export function sectionOf(style: Style, links: Links): string {
  const declared = declarationOf(style.type, style.isOwn);
  const elsewhere = new Map([...links].filter(([name]) => name !== style.type && !style.also.includes(name)));
  const members = membersOf(declared, style);
  return [
    ...(style.group === undefined ? [declared.text] : []),
    ...(style.kind === 'definition' ? [fence(definitionOf(declared, style.also))] : []),
    ...(style.group === undefined ? declared.examples.map(exampleOf) : []),
    ...(style.kind === 'definition' ? seeOf(declared.definition, elsewhere, 'See ') : []),
    ...(style.kind === 'table' ? [tableOf(members, elsewhere)] : []),
    ...(style.kind === 'members' ? listOf(members, style, elsewhere) : []),
  ].join('\n\n');
}

function membersOf({ members }: Declared, { except, group }: Style): readonly Member[] {
  if (group !== undefined) return group.flatMap((one) => members.filter(({ name }) => name === one));
  const others = except === undefined ? [] : declarationOf(except).members.map(({ name }) => name);
  return members.filter(({ name }) => !others.includes(name));
}

function definitionOf({ definition }: Declared, also: readonly string[]): string {
  return [definition, ...also.map((name) => declarationOf(name).definition)].join('\n\n');
}

function exampleOf(code: string): string {
  return `\`\`\`ts fragment\n${code}\n\`\`\``;
}

/** A language that readers colour, and that the tests of the documents do not compile. */
function fence(signature: string): string {
  return `\`\`\`typescript\n${signature}\n\`\`\``;
}

function listOf(members: readonly Member[], style: Style, links: Links): readonly string[] {
  const contents = members.length > 2 ? [contentsOf(members, style)] : [];
  return [...contents, ...members.map((one) => memberOf(one, style, links))];
}

function headingOf({ name }: Member, { prefix }: Style): string {
  return prefix === undefined ? name : `${prefix}.${name}`;
}

function contentsOf(members: readonly Member[], style: Style): string {
  const rows = members.map((one) => {
    const anchor = headingOf(one, style).toLowerCase().replaceAll('.', '');
    const [{ text }] = one.variants;
    return [`[\`${one.name}\`](#${anchor})`, /^.*?[.](?= |$)/.exec(text)?.[0] ?? text];
  });
  return [['Member', ''], ['---', '---'], ...rows].map(rowOf).join('\n');
}

function memberOf(member: Member, style: Style, links: Links): string {
  return [
    `${'#'.repeat(style.depth + 1)} ${headingOf(member, style)}`,
    ...member.variants.flatMap(({ signature, text, examples }) => [
      fence(signature),
      // What it throws is a paragraph of its own.
      text.replace(/ (?=Throws )/, '\n\n'),
      ...examples.map(exampleOf),
    ]),
    ...seeOf(member.variants.map(({ signature }) => signature).join('\n'), links, 'See '),
  ].join('\n\n');
}

function tableOf(members: readonly Member[], links: Links): string {
  const rows = members.map((member) => {
    const [text, standard] = withoutDefault(member.variants[0].text);
    const words = [text, ...seeOf(member.type, links, 'See ')].join(' ');
    return [`\`${member.name}${member.isMethod ? '()' : ''}\``, `\`${member.type}\``, words, standard];
  });
  const hasDefaults = rows.some(([, , , standard]) => standard !== '');
  const lines = [['Member', 'Type', '', 'Left out'], ['---', '---', '---', '---'], ...rows];
  return lines.map((cells) => rowOf(hasDefaults ? cells : cells.slice(0, 3))).join('\n');
}

function rowOf(cells: readonly string[]): string {
  return `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell.replaceAll('|', '\\|')} `)).join('|')}|`;
}

function seeOf(signature: string, links: Links, word: string): readonly string[] {
  const names = [...new Set(signature.match(/\b[A-Z]\w+/g) ?? [])].filter((name) => links.has(name));
  return names.length === 0 ? [] : [`${word}${names.map((name) => `[${name}](${links.get(name)})`).join(', ')}.`];
}

function withoutDefault(text: string): readonly [text: string, standard: string] {
  const pattern = /(?:^| )(?:Default:? |If left out, )(.+?)\.(?= |$)/;
  return [text.replace(pattern, '').trim(), pattern.exec(text)?.[1] ?? ''];
}
