import { posix } from 'node:path';
import { help, leftOutList } from '../../../src/cli/help';
import { anchorsOf } from '../../package/links';
import { filesIn, textOf } from '../files';
import { declarationOf } from './declarations';
import { type Links, type Style, sectionOf } from './sections';

/** The place of a section in a template. */
interface Directive extends Style {
  readonly start: number;
  readonly end: number;
}

/** A page of the reference. Its template has the text by hand, and a comment in the place of each section of a type. */
export interface Page {
  readonly file: string;
  readonly template: string;
  readonly directives: readonly Directive[];
}

export const pages: readonly Page[] = filesIn('__tests__/house/reference/templates').map((file) => {
  const template = textOf(file);
  return { file: `docs/reference/${posix.basename(file)}`, template, directives: directivesIn(template) };
});

function directivesIn(template: string): readonly Directive[] {
  const names = '(?:\\s\\w+)+';
  const pattern = new RegExp(
    `^<!-- (?<kind>members|table|definition|words): (?<type>\\w+)(?: as (?<prefix>\\w+))?(?<own> own)?` +
      `(?: except (?<except>\\w+))?(?: with(?<also>${names}))?(?: of(?<only>${names}))? -->$`,
    'gm',
  );
  return [...template.matchAll(pattern)].map(({ 0: text, index: start, groups = {} }) => ({
    start,
    end: start + text.length,
    kind: groups['kind'] as Style['kind'], // the pattern has no other
    type: groups['type'] ?? '',
    prefix: groups['prefix'],
    isOwn: groups['own'] !== undefined,
    except: groups['except'],
    also: groups['also']?.trim().split(/\s/) ?? [],
    only: groups['only']?.trim().split(/\s/),
    depth: headingsAbove(template, start).at(-1)?.length ?? 0,
  }));
}

function headingsAbove(template: string, index: number): readonly string[] {
  const prose = template.slice(0, index).replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^(#+) /gm)].map(([, hashes = '']) => hashes);
}

/** A page as its template, the types, and the help of the command line say that it is. */
export function written({ file, template, directives }: Page): string {
  const links = linksFrom(file);
  const parts = directives.map((one, index) => {
    const text = template.slice(directives[index - 1]?.end ?? 0, one.start);
    return `${text}${sectionOf(one, links)}`;
  });
  return `${parts.join('')}${template.slice(directives.at(-1)?.end ?? 0)}`
    .replace('<!-- help -->', () => `\`\`\`text\n${help}\`\`\``)
    .replace('<!-- left out -->', () => leftOutList.trimEnd());
}

/** The headings of a page that have the same anchor as an earlier one, so that a link to a member leads elsewhere. */
export function ambiguousAnchors(page: Page): readonly string[] {
  const anchors = anchorsOf(written(page));
  return anchors.filter((anchor) => anchors.includes(anchor.replace(/-\d+$/, '')) && /-\d+$/.test(anchor));
}

/** The types whose members a page shows in groups, each with the members of the type and those of the groups. */
export function groupedTypes({
  directives,
}: Page): readonly (readonly [type: string, members: readonly string[], grouped: readonly string[]])[] {
  const groups = directives.filter(({ only }) => only !== undefined);
  return [...new Set(groups.map(({ type }) => type))].map((type) => {
    const own = groups.filter((one) => one.type === type);
    const members = declarationOf(type, own[0]?.isOwn).members.map(({ name }) => name);
    return [type, members, own.flatMap(({ only = [] }) => only)];
  });
}

/** The link to each type from a page: to the heading above its section. */
function linksFrom(from: string): Links {
  const links = new Map<string, string>();
  for (const { file, template, directives } of pages) {
    const page = file === from ? '' : posix.relative(posix.dirname(from), file);
    for (const { type, also, start } of directives) {
      const anchor = anchorsOf(template.slice(0, start)).at(-1);
      for (const name of [type, ...also]) if (!links.has(name)) links.set(name, `${page}#${anchor}`);
    }
  }
  return links;
}
