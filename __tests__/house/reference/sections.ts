import { type Declared, declarationOf, type Member } from './declarations';

/** The section of each type: its name, and the link to it from the page that is written. */
export type Links = ReadonlyMap<string, string>;

/** The form of a section. */
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
}

/** Returns the section of a type: what its doc comments and its declarations say. */
export function sectionOf(style: Style, links: Links): string {
  const declared = declarationOf(style.type, style.isOwn);
  const elsewhere = new Map([...links].filter(([name]) => name !== style.type && !style.also.includes(name)));
  const members = membersOf(declared, style.except);
  return [
    declared.text,
    ...(style.kind === 'definition' ? [fence(definitionOf(declared, style.also))] : []),
    ...declared.examples.map(exampleOf),
    ...(style.kind === 'definition' ? seeOf(declared.definition, elsewhere, 'See ') : []),
    ...(style.kind === 'table' ? [tableOf(members, elsewhere)] : []),
    ...(style.kind === 'members' ? listOf(members, style.prefix, elsewhere) : []),
  ].join('\n\n');
}

function membersOf({ members }: Declared, except: string | undefined): readonly Member[] {
  const others = except === undefined ? [] : declarationOf(except).members.map(({ name }) => name);
  return members.filter(({ name }) => !others.includes(name));
}

function definitionOf({ definition }: Declared, also: readonly string[]): string {
  return [definition, ...also.map((name) => declarationOf(name).definition)].join('\n\n');
}

function exampleOf(code: string): string {
  return `<!-- fragment -->\n\`\`\`ts\n${code}\n\`\`\``;
}

/** A language that readers colour, and that the tests of the documents do not compile. */
function fence(signature: string): string {
  return `\`\`\`typescript\n${signature}\n\`\`\``;
}

function listOf(members: readonly Member[], prefix: string | undefined, links: Links): readonly string[] {
  const contents = members.length > 4 ? [contentsOf(members, prefix)] : [];
  return [...contents, ...members.map((one) => memberOf(one, prefix, links))];
}

function headingOf({ name }: Member, prefix: string | undefined): string {
  return prefix === undefined ? name : `${prefix}.${name}`;
}

function contentsOf(members: readonly Member[], prefix: string | undefined): string {
  return members
    .map((one) => `[\`${one.name}\`](#${headingOf(one, prefix).toLowerCase().replaceAll('.', '')})`)
    .join(' · ');
}

function memberOf(member: Member, prefix: string | undefined, links: Links): string {
  return [
    `### ${headingOf(member, prefix)}`,
    fence(member.signature),
    // What it throws is a paragraph of its own.
    member.text.replace(/ (?=Throws )/, '\n\n'),
    ...member.examples.map(exampleOf),
    ...seeOf(member.signature, links, 'See '),
  ].join('\n\n');
}

function tableOf(members: readonly Member[], links: Links): string {
  const rows = members.map((member) => {
    const [text, standard] = withoutDefault(member.text);
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

/** Links to the sections of the types that a signature mentions. */
function seeOf(signature: string, links: Links, word: string): readonly string[] {
  const names = [...new Set(signature.match(/\b[A-Z]\w+/g) ?? [])].filter((name) => links.has(name));
  return names.length === 0 ? [] : [`${word}${names.map((name) => `[${name}](${links.get(name)})`).join(', ')}.`];
}

/** Returns a text without the sentence about its default, and the default. */
function withoutDefault(text: string): readonly [text: string, standard: string] {
  const pattern = /(?:^| )(?:Default:? |If left out, )(.+?)\.(?= |$)/;
  return [text.replace(pattern, '').trim(), pattern.exec(text)?.[1] ?? ''];
}
