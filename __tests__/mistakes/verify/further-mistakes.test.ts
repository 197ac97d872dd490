import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { root, textOf } from '../../house/files';
import { mendedBy } from '../../house/mended-by';
import { libraryProject } from '../../support/library-project';
import { plainEnvironment } from '../../support/plain-environment';
import { servedMistakes } from '../further/served';

// The tests of the fixtures fail on purpose, each in the runner of its user.
const folder = '__tests__/mistakes/further';
const page = join(root, folder, 'README.md');
const project = libraryProject('further-mistakes');

interface Mistake {
  readonly user: string;
  readonly title: string;
  readonly cause: string;
  readonly cure: string;
}

const verdicts = ['cause and cure', 'cause alone', 'cure alone', 'neither'] as const;
type Verdict = (typeof verdicts)[number];

function readMistakes(fixture: string): readonly Mistake[] {
  const [, ...parts] = textOf(`${folder}/${fixture}`).split(/^\/\/ ## /m);
  return parts.flatMap((part) => {
    const [user = ''] = part.split('\n', 1);
    const heads = part.matchAll(/^\/\/ Cause: (.+)\n\/\/ Cure: (.+)\ndescribe\('(.+)', \(\) => \{$/gm);
    return [...heads].map(([, cause = '', cure = '', title = '']) => ({ user, title, cause, cure }));
  });
}

const fixturesOfJest = ['jest.fixture.js', 'mocked-module.fixture.js', 's3.fixture.js'] as const;
const [ofVitest, ofNode] = ['vitest.fixture.mjs', 'node-test.fixture.mjs'] as const;
const served = servedMistakes.map((one) => ({ user: 'a served mock, with curl or Python', ...one }));
const mistakes: readonly Mistake[] = [...[...fixturesOfJest, ofVitest, ofNode].flatMap(readMistakes), ...served];

/** What was printed below each heading, by the mistake that it names. */
function screensOf(printed: string, heading: RegExp): ReadonlyMap<string, string> {
  const screens = new Map<string, string>();
  const [, ...parts] = printed.split(heading);
  for (const [index, title] of parts.entries())
    if (index % 2 === 0) screens.set(title, `${screens.get(title) ?? ''}${parts[index + 1]}`);
  return screens;
}

/** An excerpt of the code would show what it quotes. */
function withoutCode(screen: string): string {
  return screen.replace(/^ *(?:> *)?\d* ?\|.*$/gm, '');
}

async function runJest(): Promise<ReadonlyMap<string, string>> {
  for (const fixture of fixturesOfJest)
    project.write(`jest/${fixture.replace('fixture', 'test')}`, textOf(`${folder}/${fixture}`));
  const config = JSON.stringify({ testMatch: ['**/jest/*.test.js'], transform: {} });
  const { stderr } = await project.jest(['--config', config, '--no-color']);
  return screensOf(stderr, /^ {2}● (.+?) › .*$/m);
}

async function runVitest(): Promise<ReadonlyMap<string, string>> {
  project.write('vitest/mistakes.test.mjs', textOf(`${folder}/${ofVitest}`));
  project.write('vitest.config.mjs', 'export default {};');
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--dir', 'vitest'];
  const { stdout, stderr } = await project.run(args, { NO_COLOR: '1' });
  return screensOf(`${stdout}${stderr}`, /^ FAIL .*? > (.+) > .*$/m);
}

async function runNode(): Promise<ReadonlyMap<string, string>> {
  project.write('node/mistakes.test.mjs', textOf(`${folder}/${ofNode}`));
  const { stdout } = await project.run(['--test', '--test-reporter=tap', 'node/mistakes.test.mjs']);
  return screensOf(stdout, /^# Subtest: (.+)$/m);
}

async function runServed(): Promise<ReadonlyMap<string, string>> {
  return new Map(await Promise.all(served.map(async (one) => [one.title, await serve(one)] as const)));
}

const cli = join(project.folder, 'node_modules/s3-versioning-mock/dist/cli/run.js');

/** Ends the command when it has printed a line for the request; the door prints none. */
async function serve({ args, request }: (typeof servedMistakes)[number]): Promise<string> {
  const child = spawn(process.execPath, [cli, '--port', '0', ...args], { env: plainEnvironment() });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let printed = '';
  const address = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        printed += String(chunk);
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
        if (found !== undefined) resolve(found);
      });
    child.on('close', () => resolve(''));
  });
  const base = await address;
  if (request !== undefined && base !== '') {
    const { path, ...init } = request;
    const answer = await (await fetch(`${base}${path}`, init)).text();
    printed += `${answer}\n`;
    while (!path.startsWith('/_mock') && !/^[\d:.]{12} {2}\d{3} {2}/m.test(printed)) await once(child.stdout, 'data');
  }
  child.kill();
  await ended;
  return printed;
}

function judge(screen: string, { cause, cure }: Mistake): Verdict {
  const [hasCause, hasCure] = [cause, cure].map((words) => screen.includes(words));
  if (hasCause) return hasCure ? 'cause and cure' : 'cause alone';
  return hasCure ? 'cure alone' : 'neither';
}

/** What the screens had before the library was mended stays as it was written. */
function tableOf(now: ReadonlyMap<string, Verdict>, written: string): string {
  const before = new Map(
    [...written.matchAll(/^\| [^|]+ \| (.+?) \| ([a-z ]+) \|/gm)].map(([, title = '', what = '']) => [title, what]),
  );
  const rows = mistakes.map(({ user, title }) => {
    const verdict = now.get(title) ?? 'neither';
    return `| ${user} | ${title} | ${before.get(title) ?? verdict} | ${verdict} |`;
  });
  const count = (which: (title: string) => string | undefined) =>
    verdicts.map((one) => `${mistakes.filter(({ title }) => which(title) === one).length} ${one}`).join(', ');
  const counts = `Before the library was mended: ${count((title) => before.get(title) ?? now.get(title))}. Now: ${count((title) => now.get(title))}.`;
  return `${head}\n${counts}\n\n| User | Mistake | Before | Now |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

const head = `# Mistakes of many kinds of users, and whether the screen names cause and cure

Each is a test or a command line as its user writes it, in the files of this folder, below the words that its screen has to show: those that name
the cause, and those that name the cure. \`npm run generate mistakes\` writes this page.
`;

let screens: ReadonlyMap<string, string>;
beforeAll(async () => {
  const all = await Promise.all([runJest(), runVitest(), runNode(), runServed()]);
  screens = new Map(all.flatMap((some) => [...some].map(([title, screen]) => [title, withoutCode(screen)] as const)));
});

test('each mistake fails, and the page says what its screen names', () => {
  expect(mistakes.filter(({ title }) => !screens.has(title))).toEqual([]);
  const now = new Map(mistakes.map((one) => [one.title, judge(screens.get(one.title) ?? '', one)]));
  const written = tableOf(now, readFileSync(page, 'utf8'));
  if (process.env['WRITE_MISTAKES']) writeFileSync(page, written);
  mendedBy('npm run generate mistakes', () => expect(readFileSync(page, 'utf8')).toBe(written));
});

test('each mistake has a title of its own', () => {
  const titles = mistakes.map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) < index)).toEqual([]);
});

test('each screen names cause and cure', () => {
  const verdicts = mistakes.map((one) => [one.title, judge(screens.get(one.title) ?? '', one)] as const);
  expect(verdicts.filter(([, verdict]) => verdict !== 'cause and cure')).toEqual([]);
});
