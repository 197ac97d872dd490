// Writes docs/proof.md from docs/facts.md and the recorded cases: `npm run generate facts`.
// With --check it writes nothing, and fails if the page is not as it would be written.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const page = new URL('proof.md', import.meta.url);
// A checkout may end its lines as Windows does.
const textOf = (file) => readFileSync(new URL(file, root), 'utf8').replaceAll('\r\n', '\n');

/** The entries of the book, by subject. */
function readSubjects() {
  const [, entries] = textOf('docs/facts.md').split('<!-- /index -->\n');
  const subjects = new Map();
  for (const part of entries.split(/^## /m).slice(1)) {
    const [head, ...rest] = part.split(/^(?=### F\d)/m);
    const [heading] = head.split('\n', 1);
    // Two parts of the book have the same subject.
    subjects.set(heading, [...(subjects.get(heading) ?? []), ...rest.map(readEntry)]);
  }
  return [...subjects].map(([heading, list]) => ({ heading, entries: list }));
}

function readEntry(entry) {
  const [, number, title] = /^### (F\d+) (.+)/.exec(entry);
  const evidence = [...entry.matchAll(/^- (Recorded|Measured|Documented|Decided|Unverified guess): (.*)$/gm)];
  const guesses = evidence.filter(([, kind]) => kind === 'Unverified guess').map(([, , words]) => words);
  return { number, title, kind: evidence[0][1], guesses };
}

/** The numbers of the facts that a case plays. */
function playedFacts() {
  const files = readdirSync(new URL('specification/cases/', root), { recursive: true }).filter((name) => name.endsWith('.ts'));
  const texts = files.map((name) => textOf(`specification/cases/${name.replaceAll('\\', '/')}`));
  return new Set(texts.flatMap((text) => [...text.matchAll(/fact: '(F\d+)'/g)].map(([, number]) => number)));
}

/** The runs against services, as `npm run tool runs` wrote them. */
function readRuns() {
  const files = readdirSync(new URL('specification/runs/', root));
  const runs = files.map((name) => {
    const { service, source, date, played, same } = JSON.parse(textOf(`specification/runs/${name}`));
    return `| ${service} | ${source} | ${date} | ${played} | ${same} | ${played - same} |`;
  });
  return runs.toSorted();
}

function writePage() {
  const subjects = readSubjects();
  const all = subjects.flatMap(({ entries }) => entries);
  const played = playedFacts();
  const of = (entries, ...kinds) => entries.filter(({ kind }) => kinds.includes(kind)).length;
  const row = (heading, entries) =>
    `| ${heading} | ${entries.length} | ${of(entries, 'Recorded', 'Measured')} | ${of(entries, 'Documented', 'Decided')} | ${of(entries, 'Unverified guess')} | ${entries.filter(({ guesses }) => guesses.length > 0).length} | ${entries.filter(({ number }) => played.has(number)).length} |`;
  const count = all.flatMap(({ guesses }) => guesses).length;
  return `# Proof

The mock is useful only if it answers as S3 does. This page summarizes the evidence for its answers. The documentation of S3 and IBM COS leaves ${all.length} behaviours open. For each of these behaviours,
the book of facts in the repository contains an entry with its evidence.

## Guesses

${count} details are guesses, because we found nothing that shows them. One request to the real service settles a guess, and costs less than a thousandth of a cent. Send it with any client, and keep the
status, the headers and the body, without keys, signatures and account numbers. The README says [where to report it](../README.md#questions-and-reports). The form "An answer differs from S3" asks for
everything that a fact needs. [By subject](#by-subject) contains the numbers.

Each line below begins with the title of a fact. The words behind the title say which details of this fact are guesses: a sentence with "that" is a rule which nothing shows, and a list names cases that
nobody has tried.

${subjects.flatMap(guessesOf).join('\n')}
## By subject

The table counts each entry by its best evidence. *Guessed in part* counts the entries with a guess about a detail. *Played* counts the entries that a case of
[\`npx s3-versioning-mock facts\`](guides/check-a-service.md) shows. You can read the cases, call by call with the answers of AWS, in \`specification/cases\` of the repository.

| Subject | Facts | Recorded or measured | Documented or decided | Guessed | Guessed in part | Played |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${subjects.map(({ heading, entries }) => row(heading, entries)).join('\n')}
${row('**All**', all)}

## Runs against services

We have played the cases against the other services that we could run. The files of these runs are in \`specification/runs\` of the repository; with such a file,
[a run shows only new differences](guides/check-a-service.md#the-next-run). A case differs if a detail of one of its answers differs, and most cases have many details.

| Service | How it was started | Run on | Cases played | Same | Differing |
| --- | --- | --- | ---: | ---: | ---: |
${readRuns().join('\n')}

Nobody has sent us the file of a run against AWS yet: the recordings come from other projects, which the facts name.

## Repeat it

\`\`\`sh
# Plays the cases against the mock, in this process.
npx s3-versioning-mock facts

# Prints what a run against another service would send; --run sends it.
npx s3-versioning-mock facts --endpoint http://127.0.0.1:9000
\`\`\`

A run against AWS costs a cent or two. The package has no command for it: clone the repository, where \`npm run tool at-aws\` plays the cases within a limit of dollars.

The tests of the library play all cases against the mock. They also play some cases of each kind through a port, and some with the AWS SDK instead of our own client. Finally, they play some
cases against \`s3rver\`, a program with known mistakes, and fail if the cases do not find these mistakes.
`;
}

/** The guesses of a subject. They name other facts in the repository alone. */
function guessesOf({ heading, entries }) {
  const lines = entries.flatMap(({ title, guesses }) => guesses.map((words) => `- ${title}: ${words}`));
  return lines.length === 0 ? [] : [`### Guesses: ${heading}\n`, ...lines.map((line) => line.replaceAll(/ ?\(F\d+\)/g, '').replaceAll(/\bF\d+\b/g, 'another fact')), ''];
}

const written = writePage();
if (!process.argv.includes('--check')) writeFileSync(page, written);
else if (textOf('docs/proof.md') !== written) {
  console.error('docs/proof.md is not as docs/proof.mjs writes it. Write it with: npm run generate facts');
  process.exitCode = 1;
}
