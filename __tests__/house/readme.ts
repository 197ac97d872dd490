import { filesIn, textOf } from './sources';

/** A block of code in the README or in a guide. */
export interface Block {
  readonly page: string;
  /** The line on which it begins. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** Whether the block is no test by itself. A fragment is compiled, but not run. */
  readonly isFragment: boolean;
  /** Whether the block is a mistake, `<!-- mistake -->`: a test that fails on purpose, with its screen below it. It is a fragment, too. */
  readonly isMistake: boolean;
  /** The runner that the comment above it names, `<!-- run: mocha -->`; jest if there is no such comment. */
  readonly runner: string;
}

const readme = textOf('README.md');

/** The guides, whose code is held as that of the README. */
export const guides: readonly string[] = [
  'docs/neighbours.md',
  'docs/runners.md',
  ...filesIn('docs/guides').filter((file) => file.endsWith('.md')),
];

/** All blocks of code of the README and the guides, in order. */
export const blocks: readonly Block[] = ['README.md', ...guides].flatMap(blocksOf);

function blocksOf(page: string): readonly Block[] {
  const text = textOf(page);
  return [...text.matchAll(/(?:<!-- (fragment|mistake|run: (\S+)) -->\n)?```(\w+)\n([\s\S]*?)```/g)].map(
    ({ index, 1: mark, 2: runner = 'jest', 3: language = '', 4: code = '' }) => ({
      page,
      line: text.slice(0, index).split('\n').length,
      language,
      code,
      isFragment: mark === 'fragment' || mark === 'mistake',
      isMistake: mark === 'mistake',
      runner,
    }),
  );
}

/** The name of a block, by which files are named: `readme-line-12`, `guides-restore-line-7`. */
export function nameOf({ page, line }: Pick<Block, 'page' | 'line'>): string {
  return `${page
    .replace(/^docs\/|\.md$/g, '')
    .replaceAll('/', '-')
    .toLowerCase()}-line-${line}`;
}

/** The extension by which jest reads a block. Plain JavaScript with an import is an ES module. */
export function extensionOf({ language, code }: Block): 'ts' | 'mjs' | 'js' {
  if (language === 'ts') return 'ts';
  return /^import /m.test(code) ? 'mjs' : 'js';
}

/** The names in the first column of the table between the two comments with the given name. */
export function namesInTable(name: string): readonly string[] {
  const [, table = ''] = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme) ?? [];
  return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, first = '']) => first);
}
