// Writes the pages of docs/reference that are made of the pages of maintainers, for people who have the package and not the repository:
// without the tests and the cases that hold a row, and of the facts those alone that the package cites. `npm run generate facts`.
// With --check it writes nothing, and fails if a page is not as it would be written.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { anchorOf } from './anchors.mjs';

const root = new URL('../', import.meta.url);
/** The pages of maintainers, each with one of users in docs/reference. */
const pages = ['cos.md', 'refusals.md'];
const ofMaintainers = [...pages, 'facts.md', 'architecture.md', 'sts.md', 'events.md'];
const written = [...pages, 'facts.md'];

const introduction = `# Facts

This page lists behaviours of S3 and IBM COS that their documentation leaves open. If nothing shows a behaviour, the entry says what we chose.
The page contains the entries that the other documents cite. The repository contains the book of all entries.

An entry contains a title, the rule, and its evidence. Each line of evidence begins with its kind; the first line is the evidence for the rule itself:
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

/** The entries of docs/facts.md by their numbers, with the parts around them. */
function readFacts() {
  const entries = textOf('docs/facts.md').split('<!-- /index -->\n')[1].split(/^(?=## |### )/m).slice(1);
  const found = new Map();
  let subject = '';
  for (const entry of entries) {
    const [heading] = entry.split('\n');
    const [, title, number] = /^### (F(\d+) .+)/.exec(heading) ?? [];
    if (title === undefined) subject = heading;
    else found.set(Number(number), { title, subject, text: entry.replaceAll(/\n\*\*(?:Test|Cases)\*\* .*\n/g, '') });
  }
  return found;
}

/** The page of the facts that texts cite, and of those that these cite. */
function citedFacts(texts) {
  const cited = new Set(texts.flatMap(numbersIn));
  // A set is also iterated over what is added meanwhile.
  for (const number of cited) for (const other of numbersIn(facts.get(number).text)) cited.add(other);
  const kept = [...facts].filter(([number]) => cited.has(number)).map(([, fact]) => fact);
  const [, kinds] = /\n(\| Kind \|.*?)<!-- index -->/s.exec(textOf('docs/facts.md'));
  const subjects = [...new Set(kept.map(({ subject }) => subject))];
  const bodies = subjects.map((subject) => [`${subject}\n\n`, ...kept.filter((fact) => fact.subject === subject).map(({ text }) => text)]);
  return `${introduction}\n${kinds}${linksFromReference(bodies.flat().join('')).trimEnd()}\n`.replaceAll(/\n{3,}/g, '\n\n');
}

function numbersIn(text) {
  return [...text.matchAll(/(?<!\w)(?:F|facts\.md#f)(\d{1,4})\b/g)].map(([, number]) => Number(number)).filter((number) => facts.has(number));
}
