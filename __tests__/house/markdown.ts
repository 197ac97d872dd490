import MarkdownIt from 'markdown-it';

/** CommonMark, with the tables and the struck text of GitHub. */
const parser = new MarkdownIt('default', { html: true });

/** The first word behind a fence: what GitHub and the site colour, and `text` for what is printed. */
const languages = new Set([
  'diff',
  'go',
  'hcl',
  'java',
  'js',
  'json',
  'md',
  'mermaid',
  'python',
  'sh',
  'text',
  'ts',
  'typescript',
  'yaml',
]);

/** Something that a reader would see otherwise than its author meant it, with its line. */
interface Problem {
  readonly line: number;
  readonly words: string;
}

/** What encloses a block: a quote, or an item of a list with the column at which its text begins. */
type Container = { readonly kind: 'quote' } | { readonly kind: 'item'; readonly column: number };

type Token = ReturnType<typeof parser.parse>[number];

interface Page {
  readonly lines: readonly string[];
  readonly tokens: readonly Token[];
}

export interface Fence {
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** What is wrong with the form of a page, as `LINE: PROBLEM`. Parts of a page, such as a part of a form, need no heading. */
export function problemsOf(text: string, { isPart = false } = {}): readonly string[] {
  const page = { lines: text.split('\n'), tokens: parser.parse(text, {}) };
  const found = [
    ...problemsOfTables(page),
    ...problemsOfLists(page),
    ...problemsOfNumbers(page),
    ...problemsOfParagraphs(page),
    ...problemsOfFences(page),
    ...problemsOfMarkup(page),
    ...(isPart ? [] : problemsOfHeadings(page)),
  ];
  return found.toSorted((one, other) => one.line - other.line).map(({ line, words }) => `${line}: ${words}`);
}

export function fencesOf(text: string): readonly Fence[] {
  return parser
    .parse(text, {})
    .filter(({ type }) => type === 'fence')
    .map((token) => ({ line: lineOf(token), language: languageOf(token), code: token.content }));
}

/** A parser fills a short row and drops the rest of a long one, so the cells are counted in the text. */
function problemsOfTables({ lines, tokens }: Page): readonly Problem[] {
  return tokens
    .filter(({ type }) => type === 'table_open')
    .flatMap((table) => {
      const [start, end] = rangeOf(table);
      const wanted = cellsOf(lines[start] ?? '').length;
      const rows = lines.slice(start, end).flatMap((row, index) => {
        const line = start + index + 1;
        if (!/^\s*\|.*\|\s*$/.test(row)) return [{ line, words: `a row without its | at both ends: ${brief(row)}` }];
        const count = cellsOf(row).length;
        return count === wanted ? [] : [{ line, words: `a row of ${count} cells below a header of ${wanted}` }];
      });
      const isOpen = (lines[end] ?? '').trim() !== '';
      return isOpen ? [...rows, { line: end + 1, words: 'no empty line behind a table' }] : rows;
    });
}

function cellsOf(row: string): readonly string[] {
  return row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/);
}

function problemsOfLists({ lines, tokens }: Page): readonly Problem[] {
  const containers: Container[] = [];
  return tokens.flatMap((token) => {
    if (token.type === 'list_item_close' || token.type === 'blockquote_close') containers.pop();
    if (token.type === 'blockquote_open') containers.push({ kind: 'quote' });
    if (token.type === 'inline') return lazyLines(lines, token, containers);
    if (token.type !== 'list_item_open') return [];
    const line = lineOf(token);
    const { column, words } = readItem(lines[line - 1] ?? '', columnOf(containers));
    containers.push({ kind: 'item', column });
    return words === undefined ? [] : [{ line, words }];
  });
}

/** Markdown shows the first number of a list, and counts on from it. */
function problemsOfNumbers({ tokens }: Page): readonly Problem[] {
  const counts: number[] = [];
  return tokens.flatMap((token) => {
    if (token.type === 'ordered_list_open') counts.push(0);
    if (token.type === 'ordered_list_close') counts.pop();
    // An item of another list has no number.
    if (token.type !== 'list_item_open' || token.info === '') return [];
    const next = (counts.pop() ?? 0) + 1;
    counts.push(next);
    const words = `item ${token.info} where ${next} comes next`;
    return Number(token.info) === next ? [] : [{ line: lineOf(token), words }];
  });
}

function readItem(line: string, outer: number): { readonly column: number; readonly words?: string } {
  const [marker = '', margin = ''] = /^(\s*)(?:[-*+]|\d+[.)])\s*/.exec(line.slice(outer)) ?? [];
  const column = outer + marker.length;
  return margin === '' ? { column } : { column, words: `an item ${margin.length} columns off the margin of its list` };
}

function columnOf(containers: readonly Container[]): number {
  const inner = containers.at(-1);
  return inner?.kind === 'item' ? inner.column : 0;
}

/** Lines of a paragraph that belong to an item or a quote only since nothing ends it before them. */
function lazyLines(lines: readonly string[], token: Token, containers: readonly Container[]): readonly Problem[] {
  const [start, end] = rangeOf(token);
  const inner = containers.at(-1);
  if (inner === undefined) return [];
  return lines.slice(start + 1, end).flatMap((text, index) => {
    const margin = text.length - text.trimStart().length;
    const isInside = inner.kind === 'quote' ? text.trimStart().startsWith('>') : margin >= inner.column;
    return isInside ? [] : [{ line: start + index + 2, words: `a line of an item at the margin: ${brief(text)}` }];
  });
}

function problemsOfParagraphs({ tokens }: Page): readonly Problem[] {
  let row = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'tr_open') row = lineOf(token);
    if (token.type !== 'inline') return [];
    // The parser says no line of a cell.
    const first = token.map === null ? row : lineOf(token);
    const inLines = token.content.split('\n').flatMap((text, index) => {
      const words = wrongLine(text, index === 0);
      return words === undefined ? [] : [{ line: first + index, words: `${words}: ${brief(text)}` }];
    });
    const texts = (token.children ?? []).filter(({ type }) => type === 'text');
    const inTexts = texts.flatMap(({ content }) => {
      const words = wrongText(content);
      return words === undefined ? [] : [{ line: first, words: `${words}: ${brief(content)}` }];
    });
    return [...inLines, ...inTexts];
  });
}

function wrongLine(text: string, isFirst: boolean): string | undefined {
  if (/^\s*\|.*\|\s*$/.test(text)) return 'a row outside of a table';
  if (/^\s*#{1,6}[^\s#\d]/.test(text)) return 'a heading without a space';
  if (!isFirst && /^\s*(?:[-*+]|\d+[.)])\s/.test(text)) return 'an item inside of a paragraph';
  return text.replace(code, '').includes('`') ? 'code that does not end in its line' : undefined;
}

const code = /(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g;

function wrongText(text: string): string | undefined {
  if (text.includes('`')) return 'a backtick that opens no code';
  if (text.includes('**')) return 'stars that open nothing';
  return /\]\(|\]\[/.test(text) ? 'a link that is none' : undefined;
}

function problemsOfFences({ lines, tokens }: Page): readonly Problem[] {
  return tokens.flatMap((token) => {
    const line = lineOf(token);
    if (token.type === 'code_block') return [{ line, words: 'code by its margin alone' }];
    if (token.type !== 'fence') return [];
    const [start, end] = rangeOf(token);
    const isClosed = end - start > 1 && (lines[end - 1] ?? '').trim() === token.markup;
    const language = languageOf(token);
    return [
      ...(isClosed ? [] : [{ line, words: 'a fence that nothing closes' }]),
      ...(languages.has(language) ? [] : [{ line, words: `a fence of the language '${language}'` }]),
    ];
  });
}

function languageOf({ info }: Token): string {
  return info.split(' ')[0] ?? '';
}

/** What begins with a tag is read as HTML up to the next empty line, sentences included. */
function problemsOfMarkup({ tokens }: Page): readonly Problem[] {
  return tokens.flatMap((token) => {
    if (token.type !== 'html_block') return [];
    const line = lineOf(token);
    const comment = token.content.trim();
    if (comment.startsWith('<!--')) {
      return comment.endsWith('-->') ? [] : [{ line, words: 'a comment with text behind it, or without an end' }];
    }
    const plain = token.content.split('\n').find((text) => !/^(?:\s*<.*)?$/.test(text));
    return plain === undefined ? [] : [{ line, words: `a sentence that is read as HTML: ${brief(plain)}` }];
  });
}

function problemsOfHeadings({ tokens }: Page): readonly Problem[] {
  const headings = tokens.filter(({ type }) => type === 'heading_open');
  return headings.flatMap((heading, index) => {
    const line = lineOf(heading);
    const level = levelOf(heading);
    const before = headings[index - 1];
    if (!heading.markup.startsWith('#')) return [{ line, words: 'a heading by the line below it' }];
    if (before === undefined) return level === 1 ? [] : [{ line, words: 'a page that does not begin with its title' }];
    if (level === 1) return [{ line, words: 'a second title' }];
    return level > levelOf(before) + 1 ? [{ line, words: `a heading of level ${level} below ${levelOf(before)}` }] : [];
  });
}

function levelOf({ tag }: Token): number {
  return Number(tag.slice(1));
}

function lineOf(token: Token): number {
  return rangeOf(token)[0] + 1;
}

function rangeOf({ map }: Token): readonly [start: number, end: number] {
  return map ?? [0, 0];
}

function brief(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed;
}
