import { textOf } from './sources';

/** A block of code in the README. */
export interface Block {
  /** The line on which it begins. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** Not a test by itself: it is compiled, not run. */
  readonly isFragment: boolean;
}

const readme = textOf('README.md');

/** All blocks of code, in order. */
export const blocks: readonly Block[] = [...readme.matchAll(/(<!-- fragment -->\n)?```(\w+)\n([\s\S]*?)```/g)].map(
  ({ index, 1: mark, 2: language = '', 3: code = '' }) => ({
    line: readme.slice(0, index).split('\n').length,
    language,
    code,
    isFragment: mark !== undefined,
  }),
);

/** How jest reads a block: as an ES module where it imports in plain JavaScript. */
export function extensionOf({ language, code }: Block): 'ts' | 'mjs' | 'js' {
  if (language === 'ts') return 'ts';
  return /^import /m.test(code) ? 'mjs' : 'js';
}

/** The names in the first column of the table that stands between two comments of that name. */
export function namesInTable(name: string): readonly string[] {
  const [, table = ''] = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme) ?? [];
  return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, first = '']) => first);
}
