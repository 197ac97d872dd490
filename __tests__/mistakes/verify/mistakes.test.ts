import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { root, textOf } from '../../house/files';
import { mendedBy } from '../../house/mended-by';
import { libraryProject } from '../../support/library-project';

// The tests of the fixture fail on purpose, in a jest of their own.
const source = '__tests__/mistakes/mistakes.fixture.js';
/** A cure stands above those of its mistakes that users meet most. */
const further = '__tests__/mistakes/further/s3.fixture.js';
const page = 'docs/mistakes.md';
const project = libraryProject('mistakes');

interface Mistake {
  readonly subject: string;
  readonly cure: string;
  readonly title: string;
  /** The lines that change. There are none if no change of the test is the cure. */
  readonly difference: readonly string[];
  /** The describe as it would be written. */
  readonly mended: string;
}

/** Stands above a describe as two comments, which begin with `Wrong:` and `Right:`. */
interface Change {
  readonly wrong: string;
  readonly right: string;
}

const commentsOfChange = /^((?:\/\/ Wrong: .+\n)+)((?:\/\/ Right: .+\n)*)/gm;

/** Subjects of one entry on the page, whose entry stands below another subject. */
const merged: Readonly<Record<string, string>> = {
  'Small objects and lifecycle rules': 'Lifecycle and costs',
  'Deletes and uploads': 'Objects and versions',
};

function readMistakes(): readonly Mistake[] {
  return [textOf(source), textOf(further).replace(/^\/\/ (?:Cause|Cure): .+\n/gm, '')].flatMap((fixture) => {
    const [, ...parts] = fixture.split(/^\/\/ ## /m);
    return parts.flatMap((part) => {
      const [subject = ''] = part.split('\n', 1);
      const blocks = part.matchAll(
        /^((?:\/\/ (?:Wrong|Right):.*\n)*)\/\/ (.+)\n(describe\((['"])(.+)\4, \(\) => \{\n[\s\S]*?^\}\);)$/gm,
      );
      return [...blocks].map(([, comments = '', cure = '', block = '', , title = '']) => {
        const { text, difference } = readChanges(comments).reduce(mend, { text: block, difference: [] });
        return { subject: merged[subject] ?? subject, cure, title, difference, mended: text };
      });
    });
  });
}

function readChanges(comments: string): readonly Change[] {
  return [...comments.matchAll(commentsOfChange)].map(([, wrong = '', right = '']) => ({
    wrong: codeOf(wrong),
    right: codeOf(right),
  }));
}

function codeOf(comments: string): string {
  return [...comments.matchAll(/^\/\/ (?:Wrong|Right): (.+)$/gm)].map(([, line]) => line).join('\n    ');
}

interface Mended {
  readonly text: string;
  readonly difference: readonly string[];
}

/** Throws if the text does not have what is wrong, or has it twice. */
function mend({ text, difference }: Mended, { wrong, right }: Change): Mended {
  const [before = '', after, again] = text.split(wrong);
  if (after === undefined || again !== undefined) throw new Error(`Wrong: '${wrong}' has to stand once in:\n${text}`);
  const [start = ''] = before.split('\n').slice(-1);
  const [end = ''] = after.split('\n', 1);
  const whole = [...linesOf('-', start + wrong + end), ...linesOf('+', start + right + end)];
  const changed = [...linesOf('-', wrong), ...linesOf('+', right)];
  const lines = whole.some((line) => line.length > LINE_WIDTH) ? changed : whole;
  return { text: before + right + after, difference: [...difference, ...lines] };
}

/** As all code of the documents. A line that is longer shows the part that changes alone. */
const LINE_WIDTH = 80;

function linesOf(sign: '-' | '+', part: string): readonly string[] {
  return part.split('\n').flatMap((line) => (line.trim() === '' ? [] : `${sign} ${line.trim()}`));
}

const mistakes = readMistakes();
/** What a new user meets first stands first. */
const first = [
  'The code under test',
  'Where the test creates the mock',
  'Buckets of a test',
  'Regions and endpoints',
  'Access',
  'Objects and versions',
  'Keys',
  'Assertions on requests',
  'Assertions on buckets',
  'Pages of listings',
  'Members of answers',
  'Values of answers',
];
const subjects = [...new Set([...first, ...mistakes.map(({ subject }) => subject)])];

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
  return dedented(part.replace(/\n(?:Test Suites: |FAIL |\(node:)[\s\S]*/, ''))
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
    const shown = new Set<string>(); // the site has a page a subject
    const entries = ofSubject(subject).map((mistake) => entryOf(mistake, withoutRepeats(screens, mistake, shown)));
    return `## ${subject}\n\n${writeShortForms(subject)}${entries.join('\n')}`;
  });
  return `${head}\n${parts.join('\n')}`;
}

/** What the changed lines call that the fixture declares at its top. A subject is a page of the site, whose reader sees no other. */
const shortForms: ReadonlyMap<string, string> = new Map([
  ['put', '`put(key, body)` is PutObject'],
  ['get', '`get(key)` is GetObject'],
  ['enable', '`enable()` is PutBucketVersioning with the status Enabled'],
  ['suspend', '`suspend(mfa)` is PutBucketVersioning with the status Suspended'],
  ['send', '`send(name, input)` is the operation of that name'],
  ['client', '`client()` is `new S3Client({ maxAttempts: 2 })`'],
]);

function writeShortForms(subject: string): string {
  const code = ofSubject(subject).flatMap(({ difference }) => difference);
  const used = [...shortForms].flatMap(([name, says]) =>
    code.some((line) => new RegExp(`(?<![.\\w])${name}\\(`).test(line)) ? says : [],
  );
  if (used.length === 0) return '';
  const sentence = used.length === 1 ? used : [used.slice(0, -1).join(', '), used.at(-1)];
  const bucket = used.some((says) => !says.startsWith('`client')) ? ', in the bucket `vault`' : '';
  return `In the lines that change, ${sentence.join(' and ')}${bucket}.\n\n`;
}

/** What the library adds to the error of the runner says enough without an excerpt of the code. */
function entryOf({ title, cure, difference }: Mistake, screen: string): string {
  return `### ${title}\n\n\`\`\`text\n${screen}\n\`\`\`\n\n${cure}\n${writeDifference(difference)}`;
}

function writeDifference(difference: readonly string[]): string {
  return difference.length === 0 ? '' : `\n\`\`\`diff\n${difference.join('\n')}\n\`\`\`\n`;
}

const LONG_LINE = 100;

/** A long line that an earlier entry of the subject shows is an ellipsis, so that an entry shows what is its own. */
function withoutRepeats(screens: ReadonlyMap<string, string>, { title }: Mistake, shown: Set<string>): string {
  const lines = withoutCode(screens.get(title)).split('\n');
  const kept = lines.map((line) => (line.length > LONG_LINE && shown.has(line) ? '…' : line));
  for (const line of lines) shown.add(line);
  return kept.join('\n').replace(/…(?:\n…)+/g, '…');
}

function withoutCode(screen = ''): string {
  return dedented(screen)
    .split('\n')
    .slice(1)
    .filter((line) => !/^ *(?:> *)?\d* \||^ +at /.test(line))
    .join('\n')
    .replace(listedNames, '$1: …')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The page need not change with each new option, and nobody looks for a mistake by the names that the library lists. */
const listedNames = /\b(The (?:options|members that can be set) are): [\w, ]+\./g;

const head = `# Common mistakes, and what to write

Search for a few words of your screen. Each entry has what a failed test shows under jest, below it what to write, and the lines that change where a change of the test or of its buckets is the cure.
The library adds its lines to the
error of the test under jest, vitest and bun; under other runners, \`s3.requests.explain()\` returns the lines on refused requests. Long lists of options, and long lines that an entry of the same subject shows above, stand here as an ellipsis (…). If no entry has your words, read [what a hint says](hints.md) and the reasons of the refused requests.

| Your screen has | Look at |
| --- | --- |
| \`no request came at all\` | [the call is not awaited](#the-test-does-not-await-the-code-under-test), [it is not called](#the-test-does-not-call-the-code-under-test), [a spy replaces the client](#a-spy-replaces-the-client), [the client has an endpoint of its own](#the-client-has-an-endpoint-of-its-own) |
| \`NoSuchKey\` | [it was deleted](#the-object-was-deleted), [another case](#a-key-is-read-in-another-case), [encoded twice](#the-key-is-encoded-before-the-sdk-encodes-it), [a slash in front](#the-key-begins-with-a-slash) |
| \`NotFound\`, \`404\` | [a HEAD of a folder](#a-prefix-is-taken-for-an-object), and what \`NoSuchKey\` lists: the answer to a HEAD contains no code |
| \`AccessDenied\`, \`403\` | [no signature](#the-request-has-no-signature), [another account](#the-bucket-belongs-to-another-account), [a policy](#the-policy-of-a-user-lacks-s3deleteobjectversion), [a lock](#the-version-is-locked), [an MFA code](#mfa-delete-is-on-and-the-request-has-no-code) |
| \`NoSuchBucket\` | [it does not exist](#the-bucket-does-not-exist) |
| \`PermanentRedirect\`, \`IllegalLocationConstraintException\` | [the client is in another region](#the-client-is-in-another-region-than-the-bucket), [it creates the bucket in another one](#the-code-creates-a-bucket-in-another-region-than-its-client) |
| \`MethodNotAllowed\`, \`NoSuchVersion\` | [the id of a delete marker](#the-version-id-belongs-to-a-delete-marker), [the version was removed](#the-version-was-removed) |
| \`MalformedXML\` | [a status in lower case](#the-status-is-written-in-lower-case), [the status Disabled](#the-status-is-disabled), [a lifecycle rule](guides/lifecycle.md#what-goes-wrong) |
| \`InvalidArgument\` | [a version id that is made up](#the-version-id-is-made-up), [a copy source without its bucket](#the-source-of-a-copy-lacks-its-bucket), [an MFA code without its serial](#the-code-is-sent-without-its-serial), [a customer's key](#a-customers-key-is-given-in-hexadecimal-digits), [a form whose file comes first](#the-file-is-the-first-field-of-a-form) |
| \`SignatureDoesNotMatch\` | [a header that was signed is missing](#a-presigned-url-is-used-without-a-header-that-it-signs) |
| \`InvalidObjectState\` | [it is not restored](#an-archive-is-read-before-it-is-restored), [it is no archive](#the-code-restores-an-object-that-is-not-in-an-archive), [its copy is over](#an-archive-is-read-after-its-restored-copy-was-removed) |
| \`ExpiredToken\` | [the session is over](#the-session-of-a-role-is-over) |
| \`TokenCodeInvalidError\` | [a code is sent twice](#a-code-is-sent-twice), [it is wrong](#a-code-is-wrong) |
| \`already answers hosts\` | [a nested describe creates a mock](#a-nested-describe-creates-another-mock), [two mocks](#two-mocks-answer-the-same-hosts) |
| \`ENETUNREACH\` | [the describe of the mock has ended](#the-mock-belongs-to-a-describe-that-has-ended) |
| \`there is no member\` | [of a bucket](#a-property-of-a-bucket-is-misspelt), [objects belong to a bucket](#the-test-asks-the-mock-for-an-object), [the calls of a command](#the-test-asks-the-mock-for-the-calls-of-a-command), [a rule is not a stub](#the-test-gives-a-rule-an-answer-as-if-it-were-a-stub) |
| \`there is no option\` | [of a fixture](#an-option-of-a-fixture-is-misspelt) |
| \`Cannot read properties of undefined\` | [an empty listing](#an-empty-listing-is-read), [a quiet answer](#deleted-is-read-from-a-quiet-answer) |
| \`Exceeded timeout\`, in vitest \`Test timed out\` | [a body is not read](#a-body-is-not-read-to-its-end), [a timer is faked](#a-retry-waits-for-a-faked-timer) |

${subjects.map((subject) => `- [${subject}](#${subject.toLowerCase().replaceAll(' ', '-')}): ${ofSubject(subject).length}`).join('\n')}
`;

function ofSubject(subject: string): readonly Mistake[] {
  return mistakes.filter((mistake) => mistake.subject === subject);
}

let written: string;
beforeAll(async () => {
  project.write('mistakes.test.js', textOf(source));
  project.write('s3.test.js', textOf(further));
  const config = JSON.stringify({ testMatch: ['**/mistakes.test.js', '**/s3.test.js'], transform: {} });
  const { stderr } = await project.jest(['--config', config, '--no-color']);
  written = pageOf(screensOf(stderr));
  if (process.env['WRITE_MISTAKES']) writeFileSync(join(root, page), written);
});

test('docs/mistakes.md has what jest shows for each mistake', () => {
  mendedBy('npm run generate mistakes', () => expect(readFileSync(join(root, page), 'utf8')).toBe(written));
});

test('every mistake fails, below a subject', () => {
  const described = textOf(source).match(/^describe\(['"](.+)['"], \(\) => \{$/gm) ?? [];
  const titles = new Set(mistakes.map(({ title }) => title));
  expect(described.filter((line) => !titles.has(line.slice("describe('".length, -"', () => {".length)))).toEqual([]);
  expect(written).not.toContain('```text\n\n```');
});

test('what is to be written in place of a mistake passes', async () => {
  project.write('mended.test.js', mendedText(source));
  project.write('mended-s3.test.js', mendedText(further));
  const config = JSON.stringify({ testMatch: ['**/mended*.test.js'], transform: {} });
  const { stderr } = await project.jest(['--config', config, '--no-color']);
  expect(stderr).not.toContain('● ');
  expect(stderr).toMatch(/^Tests: +(\d+) passed, \1 total$/m);
});

/** The fixture with each mistake mended, and without those that no change of their text mends. */
function mendedText(fixture: string): string {
  const changed = mistakes.filter(({ difference }) => difference.length > 0);
  const mended = new Map(changed.map((mistake) => [mistake.title, mistake.mended]));
  return textOf(fixture).replace(
    /^describe\((['"])(.+)\1, \(\) => \{\n[\s\S]*?^\}\);$/gm,
    (_block, _quote, title: string) => mended.get(title) ?? '',
  );
}
