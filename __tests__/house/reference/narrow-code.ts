import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The columns of a code block that a phone, a terminal beside an editor, and the site show without a scroll. */
export const mostColumns = 80;

/** A block of code of a page; screens and other output are not code. */
export const codeBlock = /^```(?<info>(?:ts|js|typescript)\b.*)\n(?<code>[\s\S]*?)\n```$/gm;

/** What a reader cannot break: a text, or the name of a type with its parameters. */
const unbreakable = /^\s*(?:[\w.]+\()?(?:\w+: )?(['"`])(?:(?!\1).)*\1[),;]*$/;

export function wideLines(code: string): readonly string[] {
  return code.split('\n').filter((line) => line.length > mostColumns && !unbreakable.test(line));
}

/** Formats the blocks of a page that are wider. Doc comments and signatures in the sources have the width of the sources. */
export function narrowed(page: string): string {
  const wide = [...page.matchAll(codeBlock)].flatMap(({ groups: { info = '', code = '' } = {} }) =>
    wideLines(code).length > 0 ? [{ code, wrapped: wrapperOf(info, code) }] : [],
  );
  const formatted = format(
    wide.map(({ wrapped: { before, after }, code }) => `${before}${foldComments(code)}${after}`),
  );
  const texts = new Map(wide.map(({ code, wrapped }, index) => [code, unwrap(formatted[index] ?? '', wrapped)]));
  return page.replace(codeBlock, (block: string, info: string, code: string) => {
    const text = texts.get(code);
    return text === undefined ? block : `\`\`\`${info}\n${text}\n\`\`\``;
  });
}

interface Wrapper {
  readonly before: string;
  readonly after: string;
  readonly depth: number;
  /** Whether it is a declaration, which the reference shows without a semicolon. */
  readonly isDeclared: boolean;
}

const plain: Wrapper = { before: '', after: '', depth: 0, isDeclared: false };

/** Around the signature of a member or a function, so that it is a program. */
function wrapperOf(info: string, code: string): Wrapper {
  if (!info.startsWith('typescript')) return plain;
  if (/^(?:type|interface) /.test(code)) return { ...plain, isDeclared: true };
  if (/^(?:function|const|class|abstract class) /.test(code)) return { ...plain, before: 'declare ', isDeclared: true };
  return { before: 'interface Members {\n', after: '\n}', depth: 1, isDeclared: true };
}

function unwrap(formatted: string, { before, depth, isDeclared }: Wrapper): string {
  const lines = formatted.trimEnd().split('\n');
  const own = depth === 0 ? lines : lines.slice(1, -1).map((line) => line.replace(/^ {2}/, ''));
  const text = own.join('\n').slice(depth === 0 ? before.length : 0);
  return isDeclared ? text.replace(/^(\S.*);$/gm, '$1').replace(/;(?=\n\n\S|$)/g, '') : text;
}

/** The formatter breaks no comment: those above a line get several lines, those behind code go above it. */
function foldComments(code: string): string {
  const documented = code.replace(/^( *)\/\*\*([\s\S]*?)\*\/$/gm, (comment, indent: string, text: string) =>
    comment.split('\n').every((line: string) => line.length <= mostColumns)
      ? comment
      : [`${indent}/**`, ...fold(text.replace(/\s*\n *\* ?/g, ' ').trim(), `${indent} * `), `${indent} */`].join('\n'),
  );
  const lines = documented.split('\n');
  return lines.flatMap((line) => (line.length > mostColumns ? foldComment(line) : [line])).join('\n');
}

function foldComment(line: string): readonly string[] {
  const above = /^(?<indent> *)\/\/ (?<words>.*)$/.exec(line)?.groups;
  if (above !== undefined) return fold(above['words'] ?? '', `${above['indent']}// `);
  const behind = /^(?<indent> *)(?<code>\S.*?[;,{]) +\/\/ (?<words>.*)$/.exec(line)?.groups;
  if (behind === undefined) return [line];
  return [...fold(behind['words'] ?? '', `${behind['indent']}// `), `${behind['indent']}${behind['code']}`];
}

function fold(words: string, begin: string): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > mostColumns) lines.push(`${begin}${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const config = {
  formatter: { indentStyle: 'space', lineWidth: mostColumns },
  javascript: { formatter: { quoteStyle: 'single' } },
};

/** The texts as the formatter of this repository writes them in 80 columns. */
function format(texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return [];
  const folder = mkdtempSync(path.join(tmpdir(), 'narrow-code-'));
  try {
    writeFileSync(path.join(folder, 'biome.json'), JSON.stringify(config));
    mkdirSync(path.join(folder, 'blocks'));
    const files = texts.map((_, index) => path.join(folder, 'blocks', `${index}.ts`));
    for (const [index, file] of files.entries()) writeFileSync(file, `${texts[index]}\n`);
    const biome = require.resolve('@biomejs/biome/bin/biome');
    const args = ['format', '--write', `--config-path=${folder}`, 'blocks'];
    execFileSync(process.execPath, [biome, ...args], { cwd: folder, stdio: 'pipe' });
    return files.map((file) => readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
