// The pages of the site, and where the links of a document lead on it. The documents themselves stay as GitHub and npm show them.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anchorOf } from '../docs/anchors.mjs';

export const root = fileURLToPath(new URL('../', import.meta.url));

/** The facts that users have in the package. The site has all facts in their place, those of `bookOfFacts`. */
const citedFacts = 'docs/reference/facts.md';
const bookOfFacts = 'docs/facts.md';

/** The recorded cases, of which the package has no pages. Its documents name the folder, and on the site the name is a link. */
const specification = 'docs/specification';

/** The page that lists all documents. */
const listOfDocuments = 'tasks.md';

/** The pages by their paths below the top of the site: the document that each is from, and its text. */
export const pages = new Map([
  ...packedDocuments().map((source) => [pageOf(source), { source, text: withSpecification(source) }]),
  ...pagesOfFacts(),
  ...pagesOfSpecification(),
]);

/** The page of each fact, by the anchor of its heading. */
const pagesByFact = new Map(
  [...pages].flatMap(([page, { source, text }]) => (source === bookOfFacts ? anchorsIn(text).map((anchor) => [anchor, page]) : [])),
);

function textOf(file) {
  // A checkout may end its lines as Windows does.
  return readFileSync(posix.join(root, file), 'utf8').replaceAll('\r\n', '\n');
}

/** The documents of the package, as `files` of package.json names them. */
function packedDocuments() {
  const { files } = JSON.parse(textOf('package.json'));
  const leftOut = files.filter((one) => one.startsWith('!')).map((one) => one.slice(1));
  const isLeftOut = (file) => file === citedFacts || leftOut.some((one) => file === one || file.startsWith(`${one}/`));
  const below = readdirSync(posix.join(root, 'docs'), { recursive: true }).map((name) => `docs/${name.replaceAll('\\', '/')}`);
  return ['README.md', 'CHANGELOG.md', ...below.filter((file) => file.endsWith('.md') && !isLeftOut(file)).toSorted()];
}

function pageOf(source) {
  if (source === 'README.md') return 'index.md';
  return source.replace(/^docs\//, '').replace(/\/README\.md$/, '/index.md').toLowerCase();
}

/** The index of the specification, and its pages in the order of its table. */
function pagesOfSpecification() {
  const index = `${specification}/README.md`;
  const subjects = [...textOf(index).matchAll(/^\| \[[^\]]+\]\(([\w-]+\.md)\)/gm)].map(([, page]) => `${specification}/${page}`);
  return [index, ...subjects].map((source) => [pageOf(source), { source, text: textOf(source) }]);
}

function withSpecification(source) {
  const index = posix.relative(posix.dirname(source), `${specification}/README.md`);
  return textOf(source).replaceAll(`\`${specification}\``, (name) => `[${name}](${index})`);
}

/** A page of facts for each subject, and one that lists them in place of the index of the book. */
function pagesOfFacts() {
  const [introduction, , entries] = textOf(bookOfFacts).split(/^<!-- (?:index|\/index) -->\n/m);
  const subjects = new Map();
  for (const part of entries.split(/^## /m).slice(1)) {
    const [subject] = part.split('\n', 1);
    // Two parts of the book have the same subject.
    subjects.set(subject, `${subjects.get(subject) ?? ''}${part.slice(subject.length)}`);
  }
  const anchors = new Map([...entries.matchAll(/^### (F(\d+) .*)$/gm)].map(([, title, number]) => [number, anchorOf(title)]));
  const rows = [...subjects].map(([subject, text]) => `| [${subject}](facts.md#${anchorOf(subject)}) | ${text.match(/^### F\d/gm).length} |`);
  const list = `| Subject | Facts |\n| --- | ---: |\n${rows.join('\n')}\n`;
  return [
    ['facts/index.md', `${introduction}${list}`],
    ...[...subjects].map(([subject, text]) => [`facts/${anchorOf(subject)}.md`, `# ${subject}\n${withLinks(text, anchors).replaceAll(/^### /gm, '## ')}`]),
  ].map(([page, text]) => [page, { source: bookOfFacts, text }]);
}

/** A text with a link from each fact that it cites; headings and code aside. */
function withLinks(text, anchors) {
  return text.replaceAll(/^#.*$|(`+)[^`][^]*?\1|(?<![[\w])F(\d{1,3})\b/gm, (found, _, number) =>
    anchors.has(number) ? `[${found}](facts.md#${anchors.get(number)})` : found,
  );
}

function anchorsIn(text) {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));
}

/** Where a link of a page leads, from the top of the site, in the form `/guides/restore.md#a-heading`. Throws if the site has no such page. */
export function targetOf(page, link) {
  const [file, anchor] = decodeURI(link).split('#');
  const { source } = pages.get(page);
  const document = file === '' ? source : posix.join(posix.dirname(source), file);
  const isFact = document === citedFacts || document === bookOfFacts;
  const target = isFact ? (pagesByFact.get(anchor) ?? 'facts/index.md') : pageOf(document);
  if (!pages.has(target)) throw new Error(`${source}: the site has no page for the link ${link}`);
  return `/${target}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** The navigation: the list at the end of the page of all tasks, and behind the facts the specification, both with their subjects. Throws if a page is not in it. */
export function navigation() {
  const [, list] = textOf(`docs/${listOfDocuments}`).split('\n## Documents\n\n');
  const [documents] = list.split('\n## ');
  const groups = documents.split(/^- /m).slice(1).map(groupOf);
  const listed = new Set(groups.flatMap(({ pages }) => pages).concat('index.md'));
  const missing = [...pages.keys()].filter((page) => !listed.has(page) && !/^(?:facts|specification)\//.test(page));
  if (missing.length > 0) throw new Error(`docs/${listOfDocuments} does not list: ${missing.map((page) => pages.get(page).source).join(', ')}`);
  return groups.map((group) => ({ text: group.title, items: group.pages.flatMap(itemsOf) }));
}

function groupOf(text) {
  const [, title] = /^\[?([\w ]+)/.exec(text);
  const links = [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => targetOf(listOfDocuments, link).slice(1));
  return { title, pages: links };
}

function itemsOf(page) {
  return page === 'facts/index.md' ? [itemOf(page), itemOf('specification/index.md')] : [itemOf(page)];
}

function itemOf(page) {
  const item = { text: titleOf(page), link: `/${page.replace(/\.md$/, '.html')}` };
  const [, folder] = /^(facts|specification)\/index\.md$/.exec(page) ?? [];
  if (folder === undefined) return item;
  const subjects = [...pages.keys()].filter((one) => one.startsWith(`${folder}/`) && one !== page);
  return { ...item, collapsed: true, items: subjects.map(itemOf) };
}

function titleOf(page) {
  const [, title] = /^# (.*)$/m.exec(pages.get(page).text);
  return title;
}
