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
    // jest prints the time of a file that is slow, as all are on a busy machine.
    const options = { testMatch: ['**/restore.test.ts'], transform, verbose: true, slowTestThreshold: 3600 };
    const config = JSON.stringify(options);
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

describe('the picture of the guide to suites that are tried', () => {
  const page = 'docs/guides/try-a-suite.md';
  const project = libraryProject('tried-picture');
  const [, shown = ''] = /```ts fragment\n([^`]*)```/.exec(textOf(page)) ?? [];
  const file = join(root, 'docs/pictures/tried-suite.svg');
  let screen = '';
  let picture = '';

  beforeAll(async () => {
    const code = `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';\nconst client = new S3Client({});\n${shown}\nexport { publish };\n`;
    project.write('app/publish.ts', code);
    project.write('app/publish.test.ts', testOfPublish);
    const tsconfig = { module: 'node16', target: 'es2022', isolatedModules: true, esModuleInterop: true };
    const transform = { '\\.ts$': ['ts-jest', { tsconfig }] };
    project.write('jest.config.json', JSON.stringify({ testMatch: ['**/app/*.test.ts'], transform }));
    const program = 'node_modules/s3-versioning-mock/dist/cli/run.js';
    const { stdout } = await project.run([program, 'try', '--', 'node', 'node_modules/jest/bin/jest.js']);
    screen = `$ npx s3-versioning-mock try -- npx jest\n\n${withoutTimes(stdout)}`;
    picture = terminalsOf('What try says of a suite whose code swallows a failure', [screen]);
    if (process.env['WRITE_PICTURES']) write();
  });

  function write(): void {
    writeFileSync(file, picture);
    const text = textOf(page).replace(shownAsText, () => `\`\`\`text\n${screen}\n\`\`\`\n\n</details>`);
    writeFileSync(join(root, page), text);
  }

  it('is what the command prints', () => {
    mendedBy('npm run generate pictures', () => expect(readFileSync(file, 'utf8')).toBe(picture));
  });

  it('is in the guide as text, for readers who see no pictures', () => {
    mendedBy('npm run generate pictures', () => expect(shownAsText.exec(textOf(page))?.[1]).toBe(`${screen}\n`));
  });

  it('shows the line of the code, what S3 did, and the command that tries this way alone', () => {
    expect(screen).toMatch(/^app\/publish\.ts:\d+\n {2}not noticed: PutObject reports\/index\.json, AccessDenied\n/m);
    expect(screen).toContain("-- npx jest app/publish.test.ts -t '^publishes$'");
  });
});

const testOfPublish = `
import { expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { publish } from './publish';
const s3 = mockS3({ buckets: { reports: {} } });
test('publishes', async () => {
  await publish('q3.pdf', 'final');
  expect(s3.bucket('reports')).toHaveObject('q3.pdf', { body: 'final' });
});
`;

/** Each run takes another time, and a reader types another command. */
function withoutTimes(report: string): string {
  return report
    .replace(/: [\d.]+ s, [\d.]+ times the plain suite\.$/m, '.')
    .replaceAll('node node_modules/jest/bin/jest.js', 'npx jest')
    .trimEnd();
}

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
