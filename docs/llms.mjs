// Writes llms.txt, which tells a program that writes tests for somebody what to import, what a test looks like, and what not to write.
// The tests are those of the README and the guides, which run as printed. `npm run generate llms`; with --check it writes nothing,
// and fails if the file is not as it would be written.
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);

/** The first test of each guide, under what a test needs it for. */
const patterns = [
  ['MFA Delete, with a code of the device', 'mfa-delete'],
  ['Restore a deleted or older version', 'restore'],
  ['Read every page of a listing', 'pagination'],
  ['Failures, lost connections and retries', 'failures'],
  ['Every failure at every request', 'what-if-it-fails'],
  ['Lifecycle rules, by the clock of the mock', 'lifecycle'],
  ['Users, roles and policies', 'access'],
  ['Presigned URLs and forms of browsers', 'browser-uploads'],
  ['Events of a bucket', 'events'],
  ['A child process or a worker thread', 'other-processes'],
];

const notToWrite = [
  'No endpoint and no fake client: the mock captures the calls of any client of the process. `new S3Client({})` in the code under test works.',
  'No `jest.mock` or `vi.mock` of the SDK, and no stub of `send`: then nothing is sent, and nothing is captured.',
  "No sleeping. Time stands under `now`, and `s3.clock.advance({ days: 30 })` moves it; lifecycle, locks and expiry follow.",
  'No computed codes of an MFA device: `s3.mfa.header()` returns a serial number and an unused code.',
  'No client calls to prepare or read the state: fixtures and `s3.bucket(name)` do it, and leave no requests behind.',
  'No reset between tests with the entries for jest and vitest: they restore the buckets of `mockS3` before each test.',
  'No `toHaveBeenCalled` on requests: `expect(s3).toHaveReceived(operation, input)`, with the names of the AWS SDK v3.',
  'No plain `fetch` of an object without a signature, as on S3: presign its URL, or make the bucket public.',
];

const text = `# s3-versioning-mock

> ${summary()}

## Import

- jest: \`import { mockS3 } from 's3-versioning-mock/jest';\`
- vitest: \`import { mockS3 } from 's3-versioning-mock/vitest';\`
- bun: \`import { mockS3 } from 's3-versioning-mock/bun';\`
- node:test, mocha, deno and others: \`import { mockS3 } from 's3-versioning-mock';\` and call \`await s3.reset()\` and \`await s3.stop()\` in your hooks.
- the command line, for other processes and languages: \`npx s3-versioning-mock --port 9000 --bucket vault:versioning=Enabled\`

Call \`mockS3\` once, at the top of the test file.

## A first test

${firstBlock(read('README.md'))}

## What not to write

${notToWrite.map((line) => `- ${line}`).join('\n')}

## Tests to begin with

${patterns.map(([title, guide]) => `### ${title}\n\nFrom docs/guides/${guide}.md.\n\n${firstBlock(read(`docs/guides/${guide}.md`))}\n`).join('\n')}
## All pages

${pages()}

The members of each object, with types, defaults and errors, are in docs/reference.
`;

if (!process.argv.includes('--check')) writeFileSync(new URL('llms.txt', root), text);
else if (text !== read('llms.txt')) {
  console.error('llms.txt is not as docs/llms.mjs writes it. Write it with: npm run generate llms');
  process.exitCode = 1;
}

function read(file) {
  // A checkout may end its lines as Windows does.
  return readFileSync(new URL(file, root), 'utf8').replaceAll('\r\n', '\n');
}

/** The sentence in bold letters at the top of the README. */
function summary() {
  return /^\*\*(.+?)\*\*/m.exec(read('README.md'))[1];
}

function firstBlock(page) {
  const [block] = /^```(?:ts|js)(?: vitest)?\n.*?^```$/ms.exec(page);
  return block.replace(' vitest', '');
}

/** The rows of the page of tasks, a line each. */
function pages() {
  return read('docs/tasks.md')
    .split('\n')
    .flatMap((line) => (line.startsWith('## ') ? [`\n### ${line.slice(3)}\n`] : rowOf(line)))
    .join('\n')
    .trim();
}

function rowOf(line) {
  const [, what, where] = /^\| (.+) \| (.+) \|$/.exec(line) ?? [];
  if (what === undefined || what === 'What' || what === '---') return [];
  return [`- ${linked(what)}: ${linked(where)}`];
}

/** Links as they are from the folder of the package. */
function linked(cell) {
  return cell.replaceAll(/\]\((?!https?:)/g, '](docs/').replaceAll('](docs/../', '](');
}
