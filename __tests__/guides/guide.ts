import { textOf } from '../house/files';
import { type Block, blocks, extensionOf, nameOf } from '../house/readme';
import { codeWithMistakes, type Mistake, mistakes } from '../house/screens';
import { sections } from '../house/transformers';

/** A guide as its reader uses it: the commands that install what its tests need, and its blocks as files. */
export interface Guide {
  readonly name: string;
  /** The arguments of npm. */
  readonly commands: readonly (readonly string[])[];
  /** Whether the guide tells its reader to leave the types of packages unchecked. */
  readonly skipsPackageTypes: boolean;
  readonly files: readonly GuideFile[];
  readonly mistakes: readonly Mistake[];
}

export interface GuideFile {
  readonly path: string;
  readonly runner: string;
  readonly isTypeScript: boolean;
  readonly code: string;
}

export function readGuide(page: string): Guide {
  const name = page.replace(/^docs\/guides\/|\.md$/g, '');
  const own = mistakes.filter(({ block }) => block.page === page);
  const alone = own.flatMap(({ block, context }) => (context === undefined ? [block] : []));
  const whole = blocks.filter((block) => block.page === page && isProgram(block));
  const hasVitest = whole.some(({ runner }) => runner === 'vitest');
  return {
    name,
    commands: [
      ...commandsOf(textOf(page)).flatMap((command) => (hasVitest ? [command, inVitest(command)] : [command])),
      ...commandsForTypeScript(whole),
    ],
    skipsPackageTypes: textOf(page).includes('`"skipLibCheck": true`'),
    files: [...whole, ...alone].map((block) => fileOf(name, block)),
    mistakes: own,
  };
}

function isProgram({ language, isFragment }: Block): boolean {
  return /^(?:js|ts)$/.test(language) && !isFragment;
}

/** The command above the first section, and the commands of sections whose tests need further packages. */
function commandsOf(page: string): readonly (readonly string[])[] {
  const intros =
    /^(?:Install what the tests below need|This section also needs .*):\n\n```sh\n(npm install (?:.*\\\n)*.*)$/gm;
  return [...page.matchAll(intros)].map(([, command = '']) => wordsOf(command.replaceAll(/\\\n/g, ' ')));
}

/** What the guide of the runners installs first, for tests in TypeScript. */
function commandsForTypeScript(blocks: readonly Block[]): readonly (readonly string[])[] {
  const isTyped = blocks.some(({ language }) => language === 'ts');
  return isTyped ? sections.slice(0, 1).map(({ packages }) => ['install', '--save-dev', ...packages]) : [];
}

function wordsOf(command: string): readonly string[] {
  return command.trim().split(/\s+/).slice(1);
}

/** What each guide says below its command. */
function inVitest(command: readonly string[]): readonly string[] {
  return command.map((word) => (word === 'jest' ? 'vitest' : word));
}

function fileOf(guide: string, block: Block): GuideFile {
  const { language, runner } = block;
  // vitest is an ES module, which a package of CommonJS imports only from a file that says it is one, too.
  const extension = runner === 'vitest' ? `m${language}` : extensionOf(block);
  return {
    path: `${runner}/${guide}/${nameOf(block)}.test.${extension}`,
    runner,
    isTypeScript: language === 'ts',
    code: codeWithMistakes(block),
  };
}
