import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, textOf } from './files';
import { type Block, blocks, nameOf } from './readme';

/** A mistake that a guide shows: a block whose last test fails on purpose, and the screen of jest that the guide prints below it. */
export interface Mistake {
  readonly block: Block;
  readonly title: string;
  readonly screen: string;
  /** The first test of its guide, in whose file it runs; undefined if the mistake has a mock of its own. */
  readonly context: Block | undefined;
}

export const mistakes: readonly Mistake[] = blocks.flatMap((block, index) =>
  block.isMistake ? [{ block, ...shownOf(block), context: contextOf(block, blocks.slice(0, index)) }] : [],
);

/** The code that a block runs in: that of a test with its mistakes, or that of a mistake with a mock of its own. */
export function codeWithMistakes(block: Block): string {
  return [block, ...mistakesIn(block).map((mistake) => mistake.block)].map(({ code }) => code).join('\n');
}

export function mistakesIn(block: Block): readonly Mistake[] {
  return mistakes.filter(({ context }) => context === block);
}

export function fileOf({ block, context }: Mistake): string {
  return nameOf(context ?? block);
}

function contextOf(block: Block, before: readonly Block[]): Block | undefined {
  if (/\bmockS3\(/.test(block.code)) return undefined;
  const context = before.find(
    ({ page, runner, isFragment, language }) =>
      page === block.page && runner === 'jest' && !isFragment && language === block.language,
  );
  if (context === undefined) throw new Error(`${block.page}, line ${block.line}: no test above this mistake`);
  return context;
}

function shownOf({ page, line, code }: Block): { readonly title: string; readonly screen: string } {
  const [, , title] = [...code.matchAll(/^test(?:\.concurrent)?\((['"])(.*?)\1,/gm)].at(-1) ?? [];
  const below = textOf(page).split('\n').slice(line).join('\n');
  const [, screen] = /^[\s\S]*?\n```\n\n```text\n([\s\S]*?)```\n/.exec(below) ?? [];
  if (title === undefined || screen === undefined || below.indexOf('```text\n') > below.indexOf('\n```\n') + 6)
    throw new Error(`${page}, line ${line}: a mistake is a test, and a block of text follows it`);
  return { title, screen: screen.trim() };
}

/** The screen of each failed test by its title, without excerpts of code, stacks and versions. Their times are those of the option `now`. */
export function screensOf(message: string): ReadonlyMap<string, string> {
  const parts = message.split(/^(?= {2}● )/m).filter((part) => part.startsWith('  ● '));
  return new Map(parts.map((part) => [/^ {2}● (.*)$/m.exec(part)?.[1] ?? '', screenOf(part)]));
}

function screenOf(part: string): string {
  // jest indents its screens. What begins a line is the title of the next file, or a warning of Node.
  const [own = ''] = part.split(/\n(?=\S)/);
  const lines = own.split('\n').map((line) => line.replace(/^ {2}/, '').trimEnd());
  const end = lines.findIndex((line) => /^ *(?:> )?\d+ \|(?: |$)|^ +at /.test(line));
  return lines
    .slice(0, end === -1 ? undefined : end)
    .join('\n')
    .replace(/aws-sdk-js\/3\.[\d.]+/g, 'aws-sdk-js/3')
    .trim();
}

export function writeScreens(screens: (mistake: Mistake) => string): void {
  for (const page of new Set(mistakes.map(({ block }) => block.page))) {
    const parts = textOf(page).split(/^(?=```[jt]s mistake$)/m);
    const own = mistakes.filter(({ block }) => block.page === page);
    const written = parts.map((part, index) => {
      const mistake = own[index - 1];
      if (mistake === undefined) return part;
      return part.replace(/```text\n[\s\S]*?```\n/, () => `\`\`\`text\n${screens(mistake)}\n\`\`\`\n`);
    });
    writeFileSync(join(root, page), written.join(''));
  }
}
