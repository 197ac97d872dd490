import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';
import { root, textOf } from '../files';
import { mendedBy } from '../mended-by';
import { badgeOf, terminalsOf } from '../pictures';
import { blocks } from '../readme';

const { engines, license } = JSON.parse(textOf('package.json'));
const download = /^\| Download \| (.*) \|$/m.exec(textOf('docs/benchmarks.md'))?.[1] ?? '';

describe('the pictures of the README', () => {
  const project = libraryProject('pictures');
  const code = blocks.find(({ runner }) => runner === 'picture')?.code ?? '';
  const pictures = new Map([
    ['licence', badgeOf('licence', license)],
    ['node', badgeOf('Node', engines.node.replace('>=', '≥ '))],
    ['size', badgeOf('download', download)],
  ]);
  let screens: readonly string[] = [];

  beforeAll(async () => {
    project.write('restore.test.ts', code);
    const tsconfig = { module: 'node16', target: 'es2022', isolatedModules: true, esModuleInterop: true };
    const transform = { '\\.ts$': ['ts-jest', { tsconfig }] };
    const config = JSON.stringify({ testMatch: ['**/restore.test.ts'], transform, verbose: true });
    const { stderr } = await project.jest(['--config', config, '--color']);
    screens = [listOf(stderr), failureOf(stderr)];
    pictures.set('stub-and-mock', terminalsOf('A test that passes with a stub, and fails with this library', screens));
    if (process.env['WRITE_PICTURES']) write();
  });

  function write(): void {
    for (const [name, picture] of pictures) writeFileSync(join(root, `docs/pictures/${name}.svg`), picture);
    const readme = textOf('README.md').replace(
      shownAsText,
      () => `\`\`\`text\n${plain(screens)}\n\`\`\`\n\n</details>`,
    );
    writeFileSync(join(root, 'README.md'), readme);
  }

  it.each(['licence', 'node', 'size', 'stub-and-mock'])('%s is what the library shows', (name) => {
    const drawn = readFileSync(join(root, `docs/pictures/${name}.svg`), 'utf8');
    mendedBy('npm run generate pictures', () => expect(drawn).toBe(pictures.get(name)));
  });

  it('are in the README as text, for readers who see no pictures', () => {
    mendedBy('npm run generate pictures', () =>
      expect(shownAsText.exec(textOf('README.md'))?.[1]).toBe(`${plain(screens)}\n`),
    );
  });

  it('show a test that passes with a stub and fails with the library', () => {
    expect(plain(screens.slice(0, 1))).toMatch(/✓ [\w :]*with a stub\n *✕ [\w :]*with this library$/);
  });

  it('are those that the README shows', () => {
    const shown = [...textOf('README.md').matchAll(/!\[[^\]]+\]\(docs\/pictures\/([\w-]+)\.svg\)/g)].map(
      ([, name]) => name,
    );
    expect(shown.toSorted()).toEqual([...pictures.keys()].toSorted());
  });
});

const shownAsText = /```text\n([^`]*)```\n\n<\/details>/;
const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d*m`, 'g');

/** The lines of jest that list the tests of the file, without their times. */
function listOf(output: string): string {
  const [list = ''] = /^.*FAIL.*\n(?:.*[✓✕].*\n)+/m.exec(output) ?? [];
  return list.replace(/ \(\d+ ms\)/g, '').trimEnd();
}

/** What jest shows for the failed test, without the excerpt of code. */
function failureOf(output: string): string {
  const [, failure = ''] = output.split(/^(?=.*●)/m);
  const [screen = ''] = failure.split(/\n(?=.* \d+ \|)/);
  return screen
    .replace(/^(\S*) {2}/gm, '$1')
    .replace(/aws-sdk-js\/3\.[\d.]+/g, 'aws-sdk-js/3')
    .trimEnd();
}

function plain(screens: readonly string[]): string {
  return screens
    .map((screen) => screen.replace(colours, '').replace(/ +$/gm, ''))
    .join('\n\n')
    .trim();
}
