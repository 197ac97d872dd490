import { posix } from 'node:path';
import { factsHelp } from '../../../src/cli/facts';
import { helpOfAll, leftOutList } from '../../../src/cli/flags';
import { tryHelp } from '../../../src/cli/try';
import { anchorsOf } from '../../package/links';
import { filesIn, textOf } from '../files';
import { declarationOf } from './declarations';
import { narrowed } from './narrow-code';
import { type Links, type Style, sectionOf } from './sections';

interface Heading {
  readonly depth: number;
  readonly title: string;
  readonly anchor: string;
}

interface Directive extends Style {
  readonly start: number;
  readonly end: number;
  readonly anchor: string;
  /** The first member of a group that names no other member. */
  readonly from: string | undefined;
}

/** A page of the reference. Its template has the text by hand, and a comment in the place of each section of a type. */
export interface Page {
  readonly file: string;
  readonly template: string;
  readonly directives: readonly Directive[];
  readonly hasContents: boolean;
}

const contents = '<!-- contents -->';

export const pages: readonly Page[] = filesIn('__tests__/house/reference/templates').map((file) => {
  const template = textOf(file);
  const hasContents = template.includes(contents);
  return {
    file: `docs/reference/${posix.basename(file)}`,
    template,
    directives: directivesIn(template).map(withGroup),
    hasContents,
  };
});

function directivesIn(template: string): readonly Directive[] {
  const names = '(?:\\s\\w+)+';
  const pattern = new RegExp(
    `^<!-- (?<kind>members|table|definition|words): (?<type>\\w+)(?: as (?<prefix>\\w+))?(?<own> own)?` +
      `(?: except (?<except>\\w+))?(?: from (?<from>\\w+))?(?: with(?<also>${names}))?(?: of(?<group>${names}))? -->$`,
    'gm',
  );
  return [...template.matchAll(pattern)].map(({ 0: text, index: start, groups = {} }) => {
    const { depth = 0, anchor = '' } = headingsIn(template.slice(0, start)).at(-1) ?? {};
    return {
      start,
      end: start + text.length,
      anchor,
      depth,
      kind: groups['kind'] as Style['kind'], // the pattern has no other
      type: groups['type'] ?? '',
      prefix: groups['prefix'],
      isOwn: groups['own'] !== undefined,
      except: groups['except'],
      from: groups['from'],
      also: namesIn(groups['also']) ?? [],
      group: namesIn(groups['group']),
    };
  });
}

/**
 * The group of `from` is the members from that one up to the member that begins the next group, in the order of the declaration. It leaves
 * out the members that another comment names with `of`.
 */
function withGroup(directive: Directive, _index: number, directives: readonly Directive[]): Directive {
  const { type, from } = directive;
  if (from === undefined) return directive;
  const ofType = directives.filter((one) => one.type === type);
  const named = ofType.flatMap(({ group = [] }) => group);
  const names = namesOfMembers(type, ofType);
  const start = names.indexOf(from);
  if (start === -1) throw new Error(`${type} has no member ${from}`);
  const next = names.findIndex((name, index) => index > start && ofType.some((one) => one.from === name));
  const group = names.slice(start, next === -1 ? undefined : next).filter((name) => !named.includes(name));
  return { ...directive, group };
}

/** The names of the members of a type, without those that have a section of their own. */
function namesOfMembers(type: string, directives: readonly Directive[]): readonly string[] {
  const namesOf = (name: string) => declarationOf(name).members.map((member) => member.name);
  const elsewhere = directives.flatMap(({ except }) => (except === undefined ? [] : namesOf(except)));
  return namesOf(type).filter((name) => !elsewhere.includes(name));
}

function namesIn(text: string | undefined): readonly string[] | undefined {
  return text?.trim().split(/\s/);
}

function headingsIn(text: string): readonly Heading[] {
  const anchors = anchorsOf(text);
  const found = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^(#+) +(.*)$/gm)];
  return found.map(([, { length: depth } = '', title = ''], index) => ({ depth, title, anchor: anchors[index] ?? '' }));
}

const texts = new Map<Page, string>();

export function written(page: Page): string {
  const text = texts.get(page) ?? write(page);
  texts.set(page, text);
  return text;
}

function write(page: Page): string {
  const { file, template, directives } = page;
  const links = linksFrom(file);
  const parts = directives.map((one, index) => {
    const above = template.slice(directives[index - 1]?.end ?? 0, one.start);
    return `${above}${sectionOf(one, links)}`;
  });
  const whole = `${parts.join('')}${template.slice(directives.at(-1)?.end ?? 0)}`;
  const text = whole.replace('<!-- help -->', () => writeHelp());
  return narrowed(text)
    .replace(contents, () => contentsOf(page, text))
    .replace('<!-- left out -->', () => leftOutList)
    .replace('<!-- help of try -->', () => `\`\`\`text\n${tryHelp}\`\`\``)
    .replace('<!-- help of facts -->', () => `\`\`\`text\n${factsHelp}\`\`\``);
}

/** What a reader of the page has to know before the flags of a group; the help says it beside the name of the group. */
const introductions: Readonly<Record<string, string>> = {
  'The door':
    'The door is the JSON interface at `/_mock/`, by which a program or the page controls the mock ([routes](door.md)).',
};

/** The help with a heading for each group of flags, to which other pages and readers can link. */
function writeHelp(): string {
  const [usage = '', ...groups] = helpOfAll.split(/^(?=\S.*\n {2}--)/m);
  const sections = groups.flatMap((group) => {
    const [title = '', ...lines] = group.split('\n');
    const [flags = '', ...rest] = lines.join('\n').split(/\n\n(?=\S)/);
    const name = title.replace(/:.*/, '');
    const introduction = introductions[name];
    const heading = introduction === undefined ? `### ${name}` : `### ${name}\n\n${introduction}`;
    return [heading, flags, ...(rest.length > 0 ? ['### Notes', rest.join('\n\n')] : [])];
  });
  const blocks = [usage, ...sections].map((part) =>
    part.startsWith('###') ? part : `\`\`\`text\n${part.trimEnd()}\n\`\`\``,
  );
  return blocks.join('\n\n');
}

function contentsOf({ directives }: Page, text: string): string {
  const sections: { readonly link: string; readonly items: string[] }[] = [];
  for (const { depth, title, anchor } of headingsIn(text)) {
    const link = `[${/^[a-z][\w.]*$/.test(title) ? `\`${title}\`` : title}](#${anchor})`;
    const rows = directives.flatMap((one) => (one.anchor === anchor && one.kind === 'table' ? (one.group ?? []) : []));
    if (depth === 2) sections.push({ link, items: rows.map((name) => `\`${name}\``) });
    if (depth === 3) sections.at(-1)?.items.push(link);
  }
  return sections
    .map(({ link, items }) => `- ${[link, ...(items.length > 0 ? [items.join(', ')] : [])].join(': ')}`)
    .join('\n');
}

/** The headings of a page that have the same anchor as an earlier one, so that a link to a member leads elsewhere. */
export function ambiguousAnchors(page: Page): readonly string[] {
  const anchors = anchorsOf(written(page));
  return anchors.filter((anchor) => anchors.includes(anchor.replace(/-\d+$/, '')) && /-\d+$/.test(anchor));
}

interface GroupedType {
  readonly type: string;
  readonly members: readonly string[];
  readonly grouped: readonly string[];
}

export function groupedTypes({ directives }: Page): readonly GroupedType[] {
  const groups = directives.filter(({ group }) => group !== undefined);
  return [...new Set(groups.map(({ type }) => type))].map((type) => {
    const own = directives.filter((one) => one.type === type);
    return { type, members: namesOfMembers(type, own), grouped: own.flatMap(({ group = [] }) => group) };
  });
}

/** The link to each type from a page: to the heading above its section, and not to that of a group of its members. */
function linksFrom(from: string): Links {
  const links = new Map<string, string>();
  for (const { file, directives } of pages) {
    const page = file === from ? '' : posix.relative(posix.dirname(from), file);
    for (const { type, also, group, anchor } of directives)
      for (const name of group === undefined ? [type, ...also] : [])
        if (!links.has(name)) links.set(name, `${page}#${anchor}`);
  }
  return links;
}
