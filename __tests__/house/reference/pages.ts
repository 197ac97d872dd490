import { posix } from 'node:path';
import { help, leftOutList } from '../../../src/cli/help';
import { anchorsOf } from '../../package/links';
import { filesIn, textOf } from '../files';
import { type Links, type Style, sectionOf } from './sections';

const options = String.raw`(?: as (\w+))?( own)?(?: except (\w+))?(?: with ((?: ?\w+)+))?`;
const marker = new RegExp(
  `^<!-- (members|table|definition|words): (\\w+)${options} -->\\n[\\s\\S]*?^<!-- /\\1 -->$`,
  'gm',
);

const helpMarker = /^<!-- help -->\n[\s\S]*?^<!-- \/help -->$/m;
const leftOutMarker = /^<!-- left out -->\n[\s\S]*?^<!-- \/left out -->$/m;

/** A page of the reference: text by hand, and between markers the sections of types. */
export interface Page {
  readonly file: string;
  readonly text: string;
  /** The types that have a section on it. */
  readonly types: readonly string[];
}

/** The pages of the reference as they are. */
export const pages: readonly Page[] = filesIn('docs/reference')
  .filter((file) => file.endsWith('.md'))
  .map((file) => {
    const text = textOf(file);
    return { file, text, types: [...text.matchAll(marker)].map(([, , type = '']) => type) };
  });

/** A page as its types, and the help of the command line, say that it is. */
export function written({ file, text }: Page): string {
  const links = linksFrom(file);
  const withHelp = text.replace(helpMarker, () => `<!-- help -->\n\n\`\`\`text\n${help}\`\`\`\n\n<!-- /help -->`);
  const withLeftOut = withHelp.replace(leftOutMarker, () => `<!-- left out -->\n\n${leftOutList}\n<!-- /left out -->`);
  return withLeftOut.replace(
    marker,
    (section: string, kind: Style['kind'], type: string, prefix, own, except, also = '') => {
      const [first] = section.split('\n');
      const style = { kind, type, prefix, isOwn: own !== undefined, except, also: also.split(' ').filter(Boolean) };
      return `${first}\n\n${sectionOf(style, links)}\n\n<!-- /${kind} -->`;
    },
  );
}

/** The headings of a page that have the same anchor as an earlier one, so that a link to a member leads elsewhere. */
export function ambiguousAnchors({ text }: Page): readonly string[] {
  const anchors = anchorsOf(text);
  return anchors.filter((anchor) => anchors.includes(anchor.replace(/-\d+$/, '')) && /-\d+$/.test(anchor));
}

/** The link to each type from a page: to the heading above its section. */
function linksFrom(from: string): Links {
  const links = new Map<string, string>();
  for (const { file, text } of pages) {
    const anchors = anchorsOf(text);
    for (const { 2: type = '', 6: also = '', index } of text.matchAll(marker)) {
      const anchor = anchors[anchorsOf(text.slice(0, index)).length - 1];
      const page = file === from ? '' : posix.relative(posix.dirname(from), file);
      for (const name of [type, ...also.split(' ').filter(Boolean)])
        if (!links.has(name)) links.set(name, `${page}#${anchor}`);
    }
  }
  return links;
}
