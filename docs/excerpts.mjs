// Writes the pages of docs/reference that are made of the pages of maintainers, for people who have the package and not the repository:
// without the tests and the cases that hold a row, and of the facts those alone that the package cites. `npm run generate facts`.
// With --check it writes nothing, and fails if a page is not as it would be written.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readRepositories, readSubjects } from '../specification/facts.mjs';
import { headingOf, writeFact, writeOther } from '../specification/pages/facts.mjs';
import { anchorOf } from './anchors.mjs';

const root = new URL('../', import.meta.url);
/** The pages of maintainers, each with one of users in docs/reference. */
const pages = ['cos.md', 'refusals.md'];
const ofMaintainers = [...pages, 'facts.md', 'architecture.md', 'sts.md', 'events.md'];
const written = [...pages, 'facts.md'];

const introduction = `# Facts

This page lists behaviours of S3 and IBM COS that their API references do not say plainly. If nothing shows a behaviour, the entry says what we chose.
The page contains the entries that the other documents cite. The repository contains the book of all entries.

Each row of an entry is one behaviour: a request and the state that it meets, the answer, and what shows it, with a link to the source. The kind of the evidence is one of these:
`;

const facts = readFacts();
const excerpts = new Map(pages.map((page) => [page, excerptOf(page)]));
excerpts.set('facts.md', citedFacts([...excerpts.values(), ...otherTexts()]));

const stale = [...excerpts].filter(([page, text]) => text !== textOf(`docs/reference/${page}`));
if (!process.argv.includes('--check')) for (const [page, text] of stale) writeFileSync(new URL(`docs/reference/${page}`, root), text);
else if (stale.length > 0) {
  console.error(`Not as docs/excerpts.mjs writes them: ${stale.map(([page]) => page).join(', ')}. Write them with: npm run generate facts`);
  process.exitCode = 1;
}

function textOf(file) {
  try {
    // A checkout may end its lines as Windows does.
    return readFileSync(new URL(file, root), 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return '';
  }
}

/** The other texts of the package. */
function otherTexts() {
  const below = (folder) => readdirSync(new URL(folder, root)).map((name) => `${folder}${name}`);
  const own = written.map((page) => `docs/reference/${page}`).concat(ofMaintainers.map((page) => `docs/${page}`));
  const files = ['docs/', 'docs/guides/', 'docs/reference/'].flatMap(below);
  return ['README.md', 'CHANGELOG.md', ...files.filter((file) => file.endsWith('.md') && !own.includes(file))].map(textOf);
}

/** A page of maintainers as users read it, in docs/reference. */
function excerptOf(page) {
  return linksFromReference(textOf(`docs/${page}`))
    .replaceAll(/<!-- maintainers -->\n.*?<!-- \/maintainers -->\n/gs, '')
    .replaceAll(/^\|.* Test \|\n(?:\|.*\n)+/gm, (table) => table.replaceAll(/^(.* \|)(?: Test \|| --- \|| `__tests__.* \|)$/gm, '$1'))
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(/(?<![[\w])F(\d{1,4})\b/g, (cited, number) => `[${cited}](facts.md#${anchorOf(facts.get(Number(number)).title)})`);
}

/** A text of docs with its links as docs/reference needs them. */
function linksFromReference(text) {
  return text.replaceAll(/\]\((?![#/]|[a-z]+:)([^)]*)\)/g, (_, target) => `](${fromReference(target)})`);
}

/** The way from docs/reference to a target that is named from docs. */
function fromReference(target) {
  const [, below] = /^reference\/(.*)$/.exec(target) ?? [];
  const isWritten = written.includes(target.split('#')[0]);
  return below ?? (isWritten ? target : `../${target}`);
}

/** The facts by their numbers, with their texts and the headings of their subjects. */
function readFacts() {
  const repositories = readRepositories();
  const found = readSubjects().flatMap(({ subject, facts: own }) =>
    own.map((fact) => {
      const parts = [headingOf(fact), ...writeFact(fact, repositories), writeOther(fact, repositories)];
      const text = `${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
      return [Number(fact.fact.slice(1)), { title: `${fact.fact} ${fact.title}`, subject: `## ${subject}`, text }];
    }),
  );
  return new Map(found);
}

/** The page of the facts that texts cite, and of those that these cite. */
function citedFacts(texts) {
  const cited = new Set(texts.flatMap(numbersIn));
  // A set is also iterated over what is added meanwhile.
  for (const number of cited) for (const other of numbersIn(facts.get(number).text)) cited.add(other);
  const kept = [...facts].filter(([number]) => cited.has(number)).map(([, fact]) => fact);
  const [, kinds] = /\n(\| Kind \|.*?\n\n)/s.exec(textOf('docs/facts.md'));
  const subjects = [...new Set(kept.map(({ subject }) => subject))];
  const bodies = subjects.map((subject) => [`${subject}\n\n`, ...kept.filter((fact) => fact.subject === subject).map(({ text }) => text)]);
  return `${introduction}\n${kinds}${linksFromReference(bodies.flat().join('')).trimEnd()}\n`.replaceAll(/\n{3,}/g, '\n\n');
}

function numbersIn(text) {
  return [...text.matchAll(/(?<!\w)(?:F|facts\.md#f)(\d{1,4})\b/g)].map(([, number]) => Number(number)).filter((number) => facts.has(number));
}
