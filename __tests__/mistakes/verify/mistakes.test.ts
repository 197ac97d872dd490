import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { root, textOf } from '../../house/files';
import { mendedBy } from '../../house/mended-by';
import { libraryProject } from '../../support/library-project';

// The tests of the fixture fail on purpose, in a jest of their own.
const source = '__tests__/mistakes/mistakes.fixture.js';
const page = 'docs/mistakes.md';
const project = libraryProject('mistakes');

interface Mistake {
  readonly subject: string;
  readonly cure: string;
  readonly title: string;
  readonly code: string;
}

function readMistakes(): readonly Mistake[] {
  const [, ...parts] = textOf(source).split(/^\/\/ ## /m);
  return parts.flatMap((part) => {
    const [subject = ''] = part.split('\n', 1);
    const blocks = part.matchAll(/^\/\/ (.+)\ndescribe\((['"])(.+)\2, \(\) => \{\n([\s\S]*?)^\}\);$/gm);
    return [...blocks].map(([, cure = '', , title = '', body = '']) => ({
      subject,
      cure,
      title,
      code: dedented(body).trim(),
    }));
  });
}

const mistakes = readMistakes();
const subjects = [...new Set(mistakes.map(({ subject }) => subject))];

function dedented(text: string): string {
  return text.replace(/^ {2}/gm, '');
}

/** The screen of each failed test, by the title of its describe, without paths of this machine and frames of packages. */
function screensOf(output: string): ReadonlyMap<string, string> {
  const screens = new Map<string, string>();
  for (const part of output.split(/\n(?= {2}● )/)) {
    const title = /^ {2}● (.+?) › /.exec(part)?.[1];
    if (title !== undefined && !screens.has(title)) screens.set(title, screen(part));
  }
  return screens;
}

function screen(part: string): string {
  return dedented(part.replace(/\nTest Suites: [\s\S]*/, ''))
    .split('\n')
    .filter(
      (line) => !/^ +at .*node_modules|^ +at .*\(?node:|^ +at new Promise|^ +at async? ?.*node_modules/.test(line),
    )
    .join('\n')
    .replaceAll(`${project.folder}/`, '')
    .replace(/called from \S*?(node_modules\/[^:\s]+):\d+:\d+/g, 'called from $1')
    .replace(/aws-sdk-js\/3\.[\d.]+/g, 'aws-sdk-js/3')
    .replace(/(?<!T)\d\d:\d\d:\d\d\.\d{3}/g, '12:00:00.000')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

function pageOf(screens: ReadonlyMap<string, string>): string {
  const parts = subjects.map((subject) => {
    const entries = ofSubject(subject).map((mistake) => entryOf(mistake, screens));
    return `## ${subject}\n\n${entries.join('\n')}`;
  });
  return `${head}\n${parts.join('\n')}`;
}

function entryOf({ title, cure, code }: Mistake, screens: ReadonlyMap<string, string>): string {
  return `### ${title}\n\n${cure}\n\n\`\`\`js\n${code}\n\`\`\`\n\n\`\`\`text\n${screens.get(title)}\n\`\`\`\n`;
}

const head = `# ${mistakes.length} mistakes, and what the screen shows

Below each mistake, the page shows its cure, the test that makes it, and the output of jest. \`npm run generate mistakes\` runs all of these tests and
writes the page; a test of the library fails if an output changes.

${subjects.map((subject) => `- [${subject}](#${subject.toLowerCase().replaceAll(' ', '-')}): ${ofSubject(subject).length}`).join('\n')}
`;

function ofSubject(subject: string): readonly Mistake[] {
  return mistakes.filter((mistake) => mistake.subject === subject);
}

let written: string;
beforeAll(async () => {
  project.write('mistakes.test.js', textOf(source));
  const config = JSON.stringify({ testMatch: ['**/mistakes.test.js'], transform: {} });
  const { stderr } = await project.jest(['--config', config, '--no-color']);
  written = pageOf(screensOf(stderr));
  if (process.env['WRITE_MISTAKES']) writeFileSync(join(root, page), written);
});

test('docs/mistakes.md has what jest shows for each mistake', () => {
  mendedBy('npm run generate mistakes', () => expect(readFileSync(join(root, page), 'utf8')).toBe(written));
});

test('every mistake fails, below a subject', () => {
  expect({ mistakes: mistakes.length, subjects: subjects.length }).toEqual({
    mistakes: textOf(source).match(/^describe\(/gm)?.length,
    subjects: textOf(source).match(/^\/\/ ## /gm)?.length,
  });
  expect(written).not.toContain('undefined\n```');
});
