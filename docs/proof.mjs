// Writes docs/proof.md from specification/facts and the recorded cases, and the counts in the README and in the comparison: `npm run generate facts`.
// With --check it writes nothing, and fails if a page is not as it would be written.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { guessesOf, readSubjects } from '../specification/facts.mjs';

const root = new URL('../', import.meta.url);
// A checkout may end its lines as Windows does.
const textOf = (file) => readFileSync(new URL(file, root), 'utf8').replaceAll('\r\n', '\n');

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
  const all = subjects.flatMap(({ facts }) => facts);
  const played = playedFacts();
  const row = (heading, facts) => {
    const found = facts.flatMap(({ rows }) => rows.map(({ kind }) => kind));
    const of = (...kinds) => found.filter((kind) => kinds.includes(kind)).length;
    const counts = [found.length, of('recorded', 'measured'), of('documented', 'decided'), of('guess')];
    return `| ${[heading, facts.length, ...counts, facts.filter(({ fact }) => played.has(fact)).length].join(' | ')} |`;
  };
  const count = all.flatMap(guessesOf).length;
  return `# Proof

The mock is useful only if it answers as S3 does. This page summarizes the evidence for its answers. The API references of S3 and IBM COS do not say everything plainly. The project's book of facts
contains the other behaviours in ${all.length} entries. Each row of an entry is a behaviour with its evidence.

## Guesses

${count} behaviours are guesses, because we found nothing that shows them. One request to the real service settles a guess, and costs less than a thousandth of a cent.

The book marks each of them. The table says where they are, and the [facts](reference/facts.md) of this package have those that other pages name.

## By subject

The table counts the rows of the entries by their evidence. *Played* counts the entries that a case of
[\`npx s3-versioning-mock facts\`](guides/check-a-service.md) shows. If you have a clone of the repository, its folder \`specification/cases\` has the cases, call by call with the answers of AWS.

| Subject | Facts | Rows | Recorded or measured | Documented or decided | Guessed | Played |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${subjects.map(({ subject, facts }) => row(subject, facts)).join('\n')}
${row('**All**', all)}

## Runs against services

We have played the cases against the other services that we could run. A clone of the repository has the files of these runs in \`specification/runs\`. With such a file,
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

/** A text with its counts of behaviours by their evidence, which are those of now. */
function withCounts(text) {
  const kinds = readSubjects().flatMap(({ facts }) => facts.flatMap(({ rows }) => rows.map(({ kind }) => kind)));
  const of = (...counted) => kinds.filter((kind) => counted.includes(kind)).length;
  const counts = [of('recorded', 'measured'), of('documented', 'decided'), of('guess')];
  const [shown, said, guessed] = counts.map((count) => Math.round((100 * count) / kinds.length));
  const [all, ...exact] = [kinds.length, ...counts].map((count) => count.toLocaleString('en-US'));
  const places = [
    [/We list about [\d,]+ small/, `We list about ${(Math.round(kinds.length / 500) * 500).toLocaleString('en-US')} small`],
    [/\d+ % are recorded or measured(.*) \d+ % follow(.*) \d+ % are guesses/, `${shown} % are recorded or measured$1 ${said} % follow$2 ${guessed} % are guesses`],
    [
      /\[[\d,]+ behaviours\]\(proof\.md\): .* guessed/,
      `[${all} behaviours](proof.md): ${exact[0]} recorded or measured, ${exact[1]} documented or decided, ${exact[2]} guessed`,
    ],
  ].filter(([place]) => place.test(text));
  if (places.length === 0) throw new Error('A page has no counts of behaviours where docs/proof.mjs looks for them.');
  return places.reduce((changed, [place, counted]) => changed.replace(place, counted), text);
}

const pages = [
  ['docs/proof.md', writePage()],
  ['README.md', withCounts(textOf('README.md'))],
  ['docs/comparison.md', withCounts(textOf('docs/comparison.md'))],
];
for (const [file, written] of pages) {
  if (!process.argv.includes('--check')) writeFileSync(new URL(file, root), written);
  else if (textOf(file) !== written) {
    console.error(`${file} is not as docs/proof.mjs writes it. Write it with: npm run generate facts`);
    process.exitCode = 1;
  }
}
