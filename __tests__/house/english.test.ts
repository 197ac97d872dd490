import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { filesIn, textOf } from './files';
import { visit } from './nodes';
import { isBareClause, type Tic, tics, ticsOutsideTests } from './tics';

/** The folders and files that the test reads. */
const written: readonly string[] = [
  'src',
  '__tests__',
  'build',
  'docs',
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
];

/** The lists of the tics themselves. */
const own = ['__tests__/house/tics.ts', '__tests__/house/english.test.ts'];

/** A piece of prose: a comment, a test's title, a message, a line of a document. */
interface Prose {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly isComment: boolean;
}

function proseOf(file: string): readonly Prose[] {
  if (own.includes(file)) return [];
  if (file.endsWith('.md')) return proseOfDocument(file);
  return /\.[cm]?[jt]s$/.test(file) ? proseOfProgram(file) : [];
}

/** A document's lines without what it quotes: code, S3's words, addresses. */
function proseOfDocument(file: string): readonly Prose[] {
  const text = textOf(file).replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ''));
  return text.split('\n').map((line, index) => ({
    file,
    line: index + 1,
    text: line.startsWith('#') ? line.replace(/^#+ /, '') : line,
    isComment: false,
  }));
}

/** The comments of a program; the titles of a test; the messages of a file of src. */
function proseOfProgram(file: string): readonly Prose[] {
  const text = textOf(file);
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const lineAt = (position: number) => tree.getLineAndCharacterOfPosition(position).line + 1;
  const found = commentsOf(tree).map(({ position, text: comment }) => ({
    file,
    line: lineAt(position),
    text: comment,
    isComment: true,
  }));
  visit(tree, (node) => {
    const words = file.startsWith('src/') ? messageOf(node) : titleOf(node);
    if (words !== undefined) found.push({ file, line: lineAt(node.getStart(tree)), text: words, isComment: false });
  });
  return found;
}

/** The comments of a file; lines of `//` that follow each other are one. */
function commentsOf(tree: ts.SourceFile): readonly { readonly position: number; readonly text: string }[] {
  const { text } = tree;
  const ranges = new Map<number, number>();
  const look = (node: ts.Node): void => {
    const children = node.getChildren(tree);
    if (children.length === 0) {
      const leading = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
      for (const { pos, end } of [...leading, ...(ts.getTrailingCommentRanges(text, node.end) ?? [])])
        ranges.set(pos, end);
    }
    for (const child of children) look(child);
  };
  look(tree);
  const comments: { position: number; end: number; text: string }[] = [];
  for (const [position, end] of [...ranges].toSorted(([a], [b]) => a - b)) {
    const words = text.slice(position, end);
    const last = comments.at(-1);
    const follows =
      last !== undefined && words.startsWith('//') && /^\r?\n[ \t]*$/.test(text.slice(last.end, position));
    if (last !== undefined && follows && last.text.startsWith('//')) {
      last.text += `\n${words}`;
      last.end = end;
    } else comments.push({ position, end, text: words });
  }
  return comments.map((comment) => ({ position: comment.position, text: bare(comment.text) }));
}

/** A comment's words without its signs, on one line. */
function bare(comment: string): string {
  return comment
    .replace(/^\/\*\*?|\*\/$|^[ \t]*\/\/+|^[ \t]*\*/gm, '')
    .replace(/@example[\s\S]*/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The title of a test or of a describe, of a table's too. */
function titleOf(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !/^(?:it|test|describe)\b/.test(node.expression.getText())) return undefined;
  const [title] = node.arguments;
  return title !== undefined && ts.isStringLiteralLike(title) ? title.text : undefined;
}

/** A string of several words; of a template the whole text, with an ellipsis for each value. */
function messageOf(node: ts.Node): string | undefined {
  const text = ts.isStringLiteralLike(node)
    ? node.text
    : ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
      : undefined;
  return text !== undefined && /[a-z] [a-z]/i.test(text) ? text : undefined;
}

/** The words that are ours, without quoted code, S3's texts, addresses, and the places that a table fills. */
function ownWords(text: string): string {
  return text
    .replace(/`[^`]*`/g, '`…`')
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/https?:\/\/\S+/g, '')
    .replace(/\$[\w.]+/g, '…');
}

/** Places with texts that are older than some of the tics. What the changelog says of a release stays as it was. */
const older = ['__tests__/', 'CHANGELOG.md'];

/** The tics that are sought in a file. */
function ticsOf(file: string): readonly Tic[] {
  return older.some((place) => file.startsWith(place)) ? tics : [...tics, ...ticsOutsideTests];
}

function problemsOf(prose: Prose): readonly string[] {
  const words = ownWords(prose.text);
  const place = `${prose.file}:${prose.line}`;
  const found = ticsOf(prose.file).flatMap(({ pattern, instead }) => {
    const [tic] = pattern.exec(words) ?? [];
    return tic === undefined ? [] : [`${place} "${tic.trim()}": write ${instead}`];
  });
  const isBare = prose.isComment && isBareClause(words);
  return isBare ? [...found, `${place} "${words.slice(0, 40)}…" is no sentence: begin with the subject`] : found;
}

describe('a tic', () => {
  it.each([
    ['The last of all requests is such a one.', 'such a one'],
    ['A word that is none of its own.', 'is none'],
    ['What of a request the refusals may tell.', 'What of'],
    ["A refusal of S3's, as sent.", "of S3's"],
    ['A mistake of ours.', 'of ours'],
    ['Known are the keys of accounts.', 'Known are'],
    ['It goes on for ever.', 'for ever'],
    ['A code is good once.', 'is good'],
    ['The region, undefined where the bucket answers everywhere.', 'undefined where'],
    ['NoSuchBucket where there is none.', 'where there is'],
    ['S3 tells the key.', 'tells'],
    ['Its reason stands below.', 'stands'],
    ['The body is no JSON.', 'is no'],
    ['A DELETE without an id is refused, too.', ', too'],
    ['Exactly so many requests came.', 'so many'],
    ['Expected it not to be locked, but it has.', 'but it has.'],
    ['No mock runs that answers it.', 'No mock runs that'],
    ['Nothing is captured while no mock runs.', 'while no mock runs'],
    ['The server has an own emit.', 'an own'],
    ['Whom keys stand for that nobody was given.', 'Whom'],
    ['Of all bytes, or made of the checksums of the parts.', 'Of all bytes'],
    ['reply: status …. Give a whole number from 200 to 599.', ': status …. Give'],
    ['timeout …. It should be a number.', 'timeout …. It should'],
  ])('is found: %s', (text, tic) => {
    expect(problemsOf({ file: 'a.ts', line: 1, text, isComment: true }).join()).toContain(`"${tic}"`);
  });

  it.each([['What a fixture may be made of.'], ['How an upload ended.']])('is a bare clause: %s', (text) => {
    expect(problemsOf({ file: 'a.ts', line: 1, text, isComment: true }).join()).toContain('is no sentence');
  });

  it.each([
    ['What setPrototypeOf returns has the methods of MemorySocket.'],
    ['Whether a read by key sees this version.'],
    ["S3 checks it in the order of S3's own documents."],
    ['S3 can tell an id that it issued from one that it did not.'],
    ['The file where the rule is declared.'],
    ['Each code works once; `for ever` and "such a one" are quoted.'],
    ['There is no bucket, which is no longer than a page and no larger.'],
    ['A text that is empty, too long or too old is refused.'],
    ['The request was refused so often that many came, but it is over.'],
    ['It is an own enumerable member.'],
    ['Of all refusals with the code, it means this one.'],
    ["may: there is no action …. Give an action of S3, such as 's3:GetObject'."],
  ])('is not found: %s', (text) => {
    expect(problemsOf({ file: 'a.ts', line: 1, text, isComment: true })).toEqual([]);
  });
});

describe('the English of comments, titles, messages and documents', () => {
  it.each(written)('has no tic in %s', (place) => {
    const files = /\.\w+$/.test(place) ? [place] : filesIn(place);
    expect(files.flatMap(proseOf).flatMap(problemsOf)).toEqual([]);
  });
});
