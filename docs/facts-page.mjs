// Writes docs/facts.md from specification/facts and the recorded cases: `npm run generate facts`.
// With --check it writes nothing, and fails if the page is not as it would be written. In both ways it refuses facts with mistakes and cases that are no evidence.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileOf, findMistakes, readRepositories, readSubjects } from '../specification/facts.mjs';
import { checkCases, writeLinks } from '../specification/links.mjs';
import { headingOf, writeFact, writeOther } from '../specification/pages/facts.mjs';
import { anchorOf } from './anchors.mjs';

const page = new URL('facts.md', import.meta.url);
const subjects = readSubjects();
const facts = subjects.flatMap((subject) => subject.facts);
const repositories = readRepositories();

const mistakes = findMistakes(subjects);
if (mistakes.length > 0) throw new Error(`These facts have mistakes:\n${mistakes.join('\n')}`);
checkCases(facts);

const written = writePage();
if (!process.argv.includes('--check')) {
  writeFileSync(page, written);
  console.log(`The next free number of the facts is F${Math.max(...facts.map(({ fact }) => Number(fact.slice(1)))) + 1}.`);
}
// A checkout may end its lines as Windows does.
else if (readFileSync(page, 'utf8').replaceAll('\r\n', '\n') !== written) {
  console.error('docs/facts.md is not as docs/facts-page.mjs writes it. Write it with: npm run generate facts');
  process.exitCode = 1;
}

function writePage() {
  return `# Facts

This page lists the behaviours of S3 and IBM COS that their API references do not say plainly. If nothing shows a behaviour, the page says what the mock does.
Code and tests cite the entries by number. A number is never used again.

Each row of an entry is one behaviour: a request and the state that it meets, the answer, and what shows it. The kind of the evidence is one of these:

| Kind | Meaning |
| --- | --- |
| recorded | somebody published the answer of the real service, byte for byte or parsed |
| measured | somebody asked the real service and wrote down its answer |
| documented | a document of AWS or IBM says so |
| decided | nothing shows it; the repository says why we chose it |
| guess | nothing shows it, and another answer is as likely |

The link behind the kind leads to the source. \`npm run generate facts\` writes this page from \`specification/facts\`, a file for each subject, which
contains each source with the words that show the row. \`CONTRIBUTING.md\` says how to add a row. If nobody could open a source, the
row is a guess. In November 2026 people compared the evidence with its sources again.

If the mock lacks a behaviour of the real service, a row says what the mock does instead. The behaviours that a test can meet are also in \`docs/limits.md\`.

These repositories appear often. If a source names no commit, the commit of this list is meant:

${repositories.map(({ repository, about, commits }) => `- \`${repository}\`: ${about}. ${commits.length === 1 ? 'Commit' : 'Commits'}: ${commits.join(', ')}.`).join('\n')}

The API reference of AWS is that of \`boto/botocore\`. Newer pages of docs.aws.amazon.com are quoted by public notes. Public notes and public code are files of public repositories
that were found by their words. The quoted words lead to them, because the search did not say where they are.

<!-- index -->

## Index

| Subject | Facts | Rows |
| --- | ---: | ---: |
${subjects.map(({ subject, facts: own }) => `| [${subject}](#${anchorOf(subject)}) | ${own.length} | ${own.flatMap(({ rows }) => rows).length} |`).join('\n')}

<!-- /index -->

${subjects.map(writeSubject).join('\n')}`;
}

function writeSubject({ subject, facts: own }) {
  return `## ${subject}\n\nThe evidence with its quotes is in [the data](../${fileOf(subject)}).\n\n${own.map(writeEntry).join('\n')}`;
}

function writeEntry(fact) {
  const tests = `**Test** ${fact.tests.map((file) => `\`${file}\``).join(', ')}`;
  const last = [writeOther(fact, repositories), tests, writeLinks(fact.fact)].filter((part) => part !== '');
  return `${[headingOf(fact), ...writeFact(fact, repositories), last.join(' ')].join('\n\n')}\n`;
}
