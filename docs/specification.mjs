// Writes docs/specification from the recorded cases of src/facts/cases, a page for each subject, and into each entry of docs/facts.md the links to its
// cases: `npm run generate facts`. With --check it writes nothing, and fails if a page or a link is not as it would be written.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { anchorOf } from './anchors.mjs';
import { findProblems, readSources, readSubjects as readCases, withoutCommit, withoutFact } from './case-sources.mjs';
import { grouped } from './literals.mjs';
import { counted, writeCase } from './recorded-cases.mjs';

const root = new URL('../', import.meta.url);
const folder = 'docs/specification';
const book = 'docs/facts.md';

/** What each subject is about, behind the title of its page. */
const about = {
  versioning: ['Versioning', 'the states of versioning, version ids, the null version, listings of versions'],
  'delete-markers': ['Delete markers', 'reads and deletions of delete markers under policies'],
  'ordinary-objects': ['Objects', 'headers of objects, buckets without versioning, digests of bodies'],
  conditions: ['Conditional deletions', '`If-Match` of deletions, of versions and of batches, and the policies that demand it'],
  checksums: ['Checksums', 'algorithms of objects and uploads, checksums of parts and of all bytes'],
  uploads: ['Multipart uploads', 'parts, listings, completions and aborts of uploads, and the order of their checks'],
  parts: ['Parts of objects', 'reads by range and by part number, the attributes of an object'],
  'storage-classes': ['Storage classes', 'the classes of writes, copies and uploads, conditions before archives'],
  archives: ['Archives', 'restores, and the archive tiers of Intelligent-Tiering'],
  lifecycle: ['Lifecycle', 'configurations of lifecycle rules, and the header `x-amz-expiration`'],
  'object-lock': ['Object lock', 'retention, legal holds, event holds, and the rights to bypass them'],
  replication: ['Replication', 'configurations, replicas, their tags, locks and owners'],
  buckets: ['Buckets', 'a second creation of a bucket, and the tags of buckets'],
  configurations: ['Configurations of buckets', 'websites, acceleration, logging, analytics, metrics and inventories'],
  cors: ['CORS', 'configurations, preflights, and the headers of answers'],
  access: ['Access', 'public policies, ACLs, ownership, public access blocks, ABAC'],
  'access-points': ['Access points', 'access points, their policies and tags, and requests of S3 Control'],
  'customer-keys': ["Customers' keys", 'SSE-C: keys of reads, writes, copies and uploads, and buckets that block them'],
  'requester-pays': ['Requester Pays', 'who pays, and which answers say that it is charged'],
  documents: ['Documents of configurations', 'roots, namespaces and unknown elements of request documents'],
  'web-identities': ['Web identities', 'AssumeRoleWithWebIdentity of STS: tokens and trust policies'],
};

/** A fact with more cases than these has links to their pages. */
const mostLinks = 6;

const facts = readFacts();
const subjects = readSubjects();
const sources = readSources();
const problems = findProblems({ subjects, sources, book: textOf(book), withoutFact, withoutCommit });
if (problems.length > 0) throw new Error(`These cases are no evidence:\n${problems.join('\n')}`);
const pages = new Map([['README.md', writeIndex()], ...Object.entries(subjects).map(([name, recordings]) => [`${name}.md`, writePage(name, recordings)])]);
const files = new Map([...[...pages].map(([page, text]) => [`${folder}/${page}`, text]), [book, linkFacts()]]);

const stale = [...files].filter(([file, text]) => textOf(file) !== text).map(([file]) => file);
const left = pagesThere().filter((page) => !pages.has(page)).map((page) => `${folder}/${page}`);
if (!process.argv.includes('--check')) writeAll();
else if (stale.length + left.length > 0) {
  console.error(`Not as docs/specification.mjs writes them: ${[...stale, ...left].join(', ')}. Write them with: npm run generate facts`);
  process.exitCode = 1;
}

function writeAll() {
  mkdirSync(new URL(folder, root), { recursive: true });
  for (const file of left) rmSync(new URL(file, root));
  for (const file of stale) writeFileSync(new URL(file, root), files.get(file));
}

function pagesThere() {
  try {
    return readdirSync(new URL(folder, root));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return [];
  }
}

function textOf(file) {
  try {
    // A checkout may end its lines as Windows does.
    return readFileSync(new URL(file, root), 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** The recorded cases by subject, in the order of `src/facts/cases/index.ts`. */
function readSubjects() {
  const read = readCases();
  const nameless = Object.keys(read).filter((name) => about[name] === undefined);
  if (nameless.length > 0) throw new Error(`docs/specification.mjs: say in \`about\` what these subjects are: ${nameless.join(', ')}.`);
  return read;
}

/** The titles of the entries of the book, by their numbers. */
function readFacts() {
  return new Map([...textOf(book).matchAll(/^### (F\d+) (.+)$/gm)].map(([, number, title]) => [number, title]));
}

/** A title begins with a small letter, since it is the name of a test. */
function headingOf(title) {
  const [word] = title.split(' ');
  return /^[a-z]+[,;]?$/.test(word) ? `${title[0].toUpperCase()}${title.slice(1)}` : title;
}

function casesOf(recordings) {
  return recordings.flatMap(({ file, recorded, cases }) => Object.entries(cases).map(([title, recordedCase]) => ({ file, recorded, title, recordedCase })));
}

function sizeOf(recordings) {
  const cases = casesOf(recordings);
  return { cases: cases.length, calls: cases.reduce((sum, { recordedCase }) => sum + recordedCase.calls.length, 0) };
}

function writePage(name, recordings) {
  const [title, content] = about[name];
  const { cases, calls } = sizeOf(recordings);
  const states = new Map();
  const parts = casesOf(recordings).map((one) => {
    const state = JSON.stringify(one.recordedCase.state ?? {});
    const link = `[${headingOf(one.title)}](#${anchorOf(one.title)})`;
    const sameAs = state.length > 60 ? states.get(state) : undefined;
    if (sameAs === undefined) states.set(state, link);
    return `## ${headingOf(one.title)}\n\n${writeCase(one.recordedCase, { evidence: writeEvidence(one), sameAs })}\n`;
  });
  return `# ${title}

What S3 answered about ${content}: ${counted(cases, 'case')} with ${counted(calls, 'call')}. [How to read a case](README.md#how-to-read-a-case).

${parts.join('\n')}`;
}

function writeEvidence({ file, recorded, recordedCase }) {
  const { fact } = recordedCase;
  if (fact !== undefined && !facts.has(fact)) throw new Error(`docs/facts.md has no entry ${fact}.`);
  const shows = fact === undefined ? '' : `Shows [${fact} ${facts.get(fact)}](../facts.md#${anchorOf(`${fact} ${facts.get(fact)}`)}). `;
  const { repository, path, commit } = sources[file];
  const at = commit === null ? '' : `, commit [\`${commit.slice(0, 10)}\`](https://github.com/${repository}/blob/${commit}/${path})`;
  return `${shows}Recorded in ${monthOf(recorded)}: \`${path}\` of [${repository}](https://github.com/${repository})${at}.`;
}

function monthOf(recorded) {
  const [, year, month] = /^(\d{4})-(\d\d)$/.exec(recorded) ?? [];
  if (year === undefined) return recorded;
  return `${new Date(Date.UTC(Number(year), Number(month) - 1)).toLocaleString('en-US', { month: 'long', timeZone: 'UTC' })} ${year}`;
}

/** The book of facts with a line of links at the end of each entry that has cases. */
function linkFacts() {
  const [index, entries] = textOf(book).split(/(?<=<!-- \/index -->\n)/);
  const linked = entries
    .replaceAll(/\n\*\*Cases\*\* .*\n/g, '')
    .replaceAll(/^### (F\d+) .*\n[^]*?\n\*\*Test\*\* .*\n/gm, (entry, number) => `${entry}${linksTo(number)}`);
  return `${index}${linked}`;
}

function linksTo(number) {
  const all = Object.entries(subjects).flatMap(([name, recordings]) =>
    casesOf(recordings).flatMap(({ title, recordedCase }) => (recordedCase.fact === number ? [{ name, title }] : [])),
  );
  if (all.length === 0) return '';
  const names = [...new Set(all.map(({ name }) => name))];
  const ofPage = (name) => all.filter((one) => one.name === name);
  const link = ({ name, title }) => `[${headingOf(title)}](specification/${name}.md#${anchorOf(title)})`;
  const links =
    all.length <= mostLinks
      ? all.map(link)
      : names.map((name) => `${counted(ofPage(name).length, 'case')} of [${about[name][0]}](specification/${name}.md#${anchorOf(ofPage(name)[0].title)})`);
  return `\n**Cases** ${links.join(', ')}\n`;
}

function writeIndex() {
  const rows = Object.entries(subjects).map(([name, recordings]) => {
    const { cases, calls } = sizeOf(recordings);
    const [title, content] = about[name];
    return `| [${title}](${name}.md) | ${content} | ${cases} | ${calls} |`;
  });
  const { cases, calls } = sizeOf(Object.values(subjects).flat());
  return `# Specification

How S3 behaves, as it was recorded: each case of these pages has the buckets that were there, the calls in their order, and the answers that AWS gave to them. The mock has to give the
same answers, and a test plays every case against it. Where these pages say nothing, the [facts](../facts.md) have what else is known, each with its evidence.

\`npm run generate facts\` writes the pages from \`src/facts/cases\`. \`CONTRIBUTING.md\` says how a case is added.

## Subjects

| Subject | What the cases show | Cases | Calls |
| --- | --- | ---: | ---: |
${rows.join('\n')}
| **All** | | ${grouped(cases)} | ${grouped(calls)} |

## Replay them

The package has the cases. This command plays them against the mock, or against a service that you name:

\`\`\`sh
npx s3-versioning-mock facts
npx s3-versioning-mock facts --only versioning
npx s3-versioning-mock facts --only F51
npx s3-versioning-mock facts --endpoint http://127.0.0.1:9000 --run
\`\`\`

\`--only\` takes a subject, which is the name of its page, the number of a fact, or words of a title, whose first letter is small there. [Check a service](../guides/check-a-service.md) has all options, and says
which cases cannot be played against a service.

## How to read a case

\`\`\`text
PutObject { Bucket: 'vault', Key: 'k', Body: 'one' }           → 200 { VersionId: '$(v1)' }
-- 1 second later
ann: DeleteObject { Bucket: 'vault', Key: 'k' }                → 204 { DeleteMarker: true, VersionId: '$(marker)' }
      x-amz-delete-marker: true
GetObject { Bucket: 'vault', Key: 'k' }                        → 404 NoSuchKey
      no VersionId
\`\`\`

A call is the operation with its input, in the words of the AWS SDK. \`sts:\` stands before an operation of STS. A request that no SDK would send has its line, its headers and its body
instead. Behind the arrow are the status, the code of an error, and those members of the answer that were compared: an answer may have more members, but a list has exactly these
entries. Lines below it have headers of the answer, and, behind \`no\`, members and headers that the answer lacks.

The state before the first call is written as [an option of \`mockS3\`](../reference/options.md). Without one there is nothing. The clock of the mock stands still, except where a line says
what time it is or how much later.

| In a case | What it means |
| --- | --- |
| \`ann:\`, \`role/reader:\` | a user or a role of the account sends the call. Without a name it is the root user |
| \`partner:\`, \`partner:ann:\` | the root user or a user of another account, \`partner\`, sends it |
| \`unsigned:\` | nobody signs it |
| \`role/reader, session 1:\` | a session of the role sends it, which the state describes |
| \`$(v1)\` | an id, a date or an entity tag that S3 chose. Where the name comes first it is any text, and the same text from then on. \`$(version-1)\` and \`$(version-2)\` are different ids |
| \`$(any)\`, \`$(date)\` | any value, any moment |
| \`$(account)\`, \`$(owner)\` | the number of the account, and the canonical id of its owner |
| \`$(account:other)\`, \`$(owner:other)\` | those of the account \`other\` |
| \`$(bodyMD5)\` | the digest of the body that the request has |
| \`json({ … })\` | the text of this JSON document |
| \`jwt({ … }, { … })\` | a token of a web identity with this header and these claims. \`now\` is the second at which it is sent |
| \`bytes(5,242,880, 'a')\` | so many bytes of this letter |
| \`base64('…')\` | the bytes of this base64 |
| \`'a' × 300\`, \`a…(× 300)\` | this letter so many times |
| \`'…' (65,536 characters)\` | the beginning of a text, and its whole length |
| \`\\x09\` | a control character in a text, here a tab |
| \`/* 97 more */\` | that many entries of a list are left out |
`;
}
