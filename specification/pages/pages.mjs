// Makes the pages of the site that show the recorded cases: a page for each subject, or several with a list of them if one would be too long.
import { readFileSync } from 'node:fs';
import { anchorOf } from '../../docs/anchors.mjs';
import { fileOf, readSources } from '../sources.mjs';
import { about, casesOf, headingOf, readNamedSubjects, sizeOf, titleOf } from '../subjects.mjs';
import { grouped } from './literals.mjs';
import { counted, writeCase } from './recorded-cases.mjs';

/** A phone shows so many characters in some thirty of its heights. A case that is longer has a page of its own. */
export const mostCharacters = 30_000;

const book = new URL('../../docs/facts.md', import.meta.url);

/** The texts of the pages by their names. Their links are written as if they were in `docs/specification`. */
export function makePages() {
  const subjects = readNamedSubjects();
  const known = { facts: readFacts(), sources: readSources() };
  const pages = Object.entries(subjects).flatMap(([name, recordings]) => makePagesOfSubject(name, recordings, known));
  return new Map([['README.md', writeIndex(subjects)], ...pages]);
}

function makePagesOfSubject(name, recordings, known) {
  const cases = casesOf(recordings);
  const [title, content] = about[name];
  const { cases: count, calls } = sizeOf(recordings);
  const opening = `What S3 answered about ${content}: ${counted(count, 'case')} with ${counted(calls, 'call')}.`;
  const whole = `# ${title}\n\n${opening} [How to read a case](README.md#how-to-read-a-case).\n\n${writeCases(cases, known)}`;
  if (whole.length <= mostCharacters) return [[`${name}.md`, whole]];
  const parts = partsOf(name, recordings, known);
  const list = parts.map((part) => `## [${part.title}](${name}/${part.name}.md)\n\n${part.cases.map(listed).join('\n')}\n`);
  return [
    [`${name}.md`, `# ${title}\n\n${opening}\n\n${list.join('\n')}`],
    ...parts.map((part) => [`${name}/${part.name}.md`, writePart(part, `[${title}](../${name}.md)`, known)]),
  ];
}

/** The page that lists them was the page of all cases: the theme goes on from an address of then to the new place. */
function listed({ title }) {
  const anchor = anchorOf(title);
  return `- <span id="${anchor}" class="moved"></span>[${headingOf(title)}](#${anchor})`;
}

function writePart(part, subject, known) {
  const text = writeCases(part.cases, known).replaceAll('](../facts.md', '](../../facts.md');
  return `# ${part.title}\n\nA part of ${subject}. [How to read a case](../README.md#how-to-read-a-case).\n\n${text}`;
}

/** The cases of each file on a page, or on several if they are too long for one. */
function partsOf(subject, recordings, known) {
  const files = new Map();
  for (const one of recordings) {
    const file = fileOf(subject, one);
    files.set(file, [...(files.get(file) ?? []), one]);
  }
  return [...files].flatMap(([file, own]) => {
    const pages = pagesOf(casesOf(own), known);
    const title = titleOf(subject, file);
    if (pages.length === 1) return [{ name: file, title, cases: pages[0] }];
    return pages.map((cases, at) => ({ name: `${file}-${at + 1}`, title: `${title}, ${at + 1} of ${pages.length}`, cases }));
  });
}

/** As few pages as can be, of about the same length. */
function pagesOf(cases, known) {
  const lengths = cases.map((one) => writeCases([one], known).length);
  const fewest = filled(cases, lengths, mostCharacters).length;
  let most = lengths.reduce((sum, length) => sum + length, 0) / fewest;
  while (filled(cases, lengths, most).length > fewest) most += 500;
  return filled(cases, lengths, most);
}

function filled(cases, lengths, most) {
  const pages = [];
  let room = 0;
  for (const [at, one] of cases.entries()) {
    if (lengths[at] > room) {
      pages.push([]);
      room = most;
    }
    pages.at(-1).push(one);
    room -= lengths[at];
  }
  return pages;
}

/** The titles of the entries of the book, by their numbers. */
function readFacts() {
  return new Map([...readFileSync(book, 'utf8').matchAll(/^### (F\d+) (.+?)\r?$/gm)].map(([, number, title]) => [number, title]));
}

function writeCases(cases, { facts, sources }) {
  const states = new Map();
  const parts = cases.map((one) => {
    const state = JSON.stringify(one.recordedCase.state ?? {});
    const link = `[${headingOf(one.title)}](#${anchorOf(one.title)})`;
    const sameAs = state.length > 60 ? states.get(state) : undefined;
    if (sameAs === undefined) states.set(state, link);
    return `## ${headingOf(one.title)}\n\n${writeCase(one.recordedCase, { evidence: writeEvidence(one, facts, sources), sameAs })}\n`;
  });
  return parts.join('\n');
}

function writeEvidence({ file, recorded, recordedCase }, facts, sources) {
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

function writeIndex(subjects) {
  const rows = Object.entries(subjects).map(([name, recordings]) => {
    const { cases, calls } = sizeOf(recordings);
    const [title, content] = about[name];
    return `| [${title}](${name}.md) | ${content} | ${cases} | ${calls} |`;
  });
  const { cases, calls } = sizeOf(Object.values(subjects).flat());
  return `# Specification

How S3 behaves, as it was recorded: each case of these pages has the buckets that were there, the calls in their order, and the answers that AWS gave to them. The mock has to give the
same answers, and a test plays every case against it. Where these pages say nothing, the [facts](../facts.md) have what else is known, each with its evidence.

The cases are in \`specification/cases\` of the repository, from which these pages are made. \`CONTRIBUTING.md\` says how a case is added.

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
