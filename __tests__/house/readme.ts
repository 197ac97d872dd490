import { filesIn, textOf } from './files';

export interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** A fragment is compiled, but not run. */
  readonly isFragment: boolean;
  /** "```ts mistake": a test that fails on purpose, with its screen below it. It is a fragment, too. */
  readonly isMistake: boolean;
  /** The runner that is named behind its language, "```js mocha"; jest if none is; `picture` if the script of pictures runs it. */
  readonly runner: string;
}

export const guides: readonly string[] = [
  'docs/neighbours.md',
  'docs/runners.md',
  ...filesIn('docs/guides').filter((file) => file.endsWith('.md')),
];

const reference = filesIn('docs/reference').filter((file) => file.endsWith('.md'));

export const blocks: readonly Block[] = ['README.md', 'docs/how-it-works.md', ...guides, ...reference].flatMap(
  blocksOf,
);

function blocksOf(page: string): readonly Block[] {
  const text = textOf(page);
  return [...text.matchAll(/```(\w+)(?: (\S+))?\n([\s\S]*?)```/g)].map(
    ({ index, 1: language = '', 2: mark = 'jest', 3: code = '' }) => {
      const isMistake = mark === 'mistake';
      const isFragment = isMistake || mark === 'fragment';
      const line = text.slice(0, index).split('\n').length;
      return { page, line, language, code, isFragment, isMistake, runner: isFragment ? 'jest' : mark };
    },
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

/** The first test for jest in each of its forms. The guide to runners has it in CommonJS, and below it the lines with which the other forms begin. */
export function firstTest(form: ReturnType<typeof extensionOf>): Block {
  const page = 'docs/runners.md';
  const ofPage = blocks.filter((block) => block.page === page);
  const test = ofPage.find(({ language, isFragment, runner }) => language === 'js' && !isFragment && runner === 'jest');
  const imports = ofPage.find(({ language, code }) => language === 'ts' && /^(?:import .*\n)+$/.test(code));
  if (test === undefined || imports === undefined) throw new Error(`${page} has no first test in the form ${form}`);
  if (form === 'js') return test;
  const { line } = imports;
  const language = form === 'ts' ? 'ts' : 'js';
  return { ...test, line, language, code: test.code.replace(/^(?:const .* = require\(.*\);\n)+/, () => imports.code) };
}
