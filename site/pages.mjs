// The pages of the site, and where the links of a document lead on it. The documents themselves stay as GitHub and npm show them.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anchorOf } from '../docs/anchors.mjs';
import { makePages } from '../specification/pages/pages.mjs';
import { homeOf } from './home.mjs';
import { withRunners } from './runner-tabs.mjs';
import { terminalOf } from './terminal.mjs';

export const root = fileURLToPath(new URL('../', import.meta.url));

/** The facts that users have in the package. The site has all facts in their place, those of `bookOfFacts`. */
const citedFacts = 'docs/reference/facts.md';
const bookOfFacts = 'docs/facts.md';

/** Facts or cases of so many characters are more than fifteen screens: their page shows their titles, and opens what an address names. */
const mostOpen = 25_000;

/** The recorded cases, of which the package has no pages. Documents name their folder, and on the site the name is a link. */
const cases = 'specification/cases';
const specification = 'docs/specification';
const pagesOfCases = new Map([...makePages()].map(([name, text]) => [`${specification}/${name}`, text]));

/** Where the cases of subjects with several pages are, by the anchors of the page that lists them. */
const placesOfCases = [...pagesOfCases].flatMap(([source, text]) => {
  const subject = /^(docs\/specification\/[^/]+)\//.exec(source)?.[1];
  const titles = subject === undefined ? [] : text.matchAll(/^## (.*)$/gm);
  return [...titles].map(([, title]) => [`${subject}.md#${anchorOf(title)}`, `/${pageOf(source)}#${anchorOf(title)}`]);
});

/** The page that lists all documents. */
const listOfDocuments = 'tasks.md';

/** Documents that are too long for one page, with what their subjects are called. The site has a page for each subject, and a page that lists them. */
const divided = new Map([
  ['docs/mistakes.md', 'Mistakes: '],
  ['docs/runners.md', 'Runners: '],
  ['docs/changes-0-3.md', 'Changes in 0.3.0: '],
  ['docs/reference/bucket.md', ''],
  ['docs/reference/accounts.md', 'Accounts: '],
  ['docs/reference/events.md', 'Events: '],
  ['docs/reference/failures.md', 'Failures: '],
  ['docs/reference/mock.md', 'The mock: '],
  ['docs/reference/operations.md', 'Operations: '],
  ['docs/reference/requests.md', 'Requests: '],
  ['docs/reference/refusals.md', 'Refusals: '],
  ['docs/reference/cos.md', 'AWS and COS: '],
]);

/** Where the sections are that had their place in another document: the site leads on from their older addresses. */
const moved = new Map([
  [
    'docs/runners.md',
    {
      'a-slow-worker': 'slow-suites.md#jest-gets-slower-with-each-file',
      'start-up': 'slow-suites.md#start-up',
      'bundled-tests': 'slow-suites.md#bundled-tests',
    },
  ],
  [
    'docs/guides/other-processes.md',
    {
      'a-suite-in-python': 'python.md',
      'without-a-test-the-command-line': 'serve.md#the-command-line',
      'wait-until-it-is-ready': 'serve.md#wait-until-it-is-ready',
      'workers-that-run-at-the-same-time': 'serve.md#workers-that-run-at-the-same-time',
      'in-a-container': 'serve.md#in-a-container',
      'a-client-that-refuses-http': 'serve.md#a-client-that-refuses-http',
      'a-suite-in-another-language': 'serve.md#a-suite-in-another-language',
      'the-door-control-from-any-language': 'serve.md#the-door-control-from-any-language',
      'look-at-the-buckets': 'window.md',
    },
  ],
  [
    'docs/guides/sessions.md',
    {
      'a-backup-in-another-account': 'web-identities.md#a-backup-in-another-account',
      'the-web-identity-of-a-lambda-function-or-a-pod': 'web-identities.md#the-web-identity-of-a-pod',
      'a-release-from-github-actions': 'web-identities.md#a-release-from-github-actions',
      'the-users-of-an-app-by-cognito': 'web-identities.md#the-users-of-an-app-by-cognito',
    },
  ],
  [
    'docs/guides/events.md',
    {
      'a-consumer-of-a-queue-that-fails-for-some-of-its-messages': 'failed-events.md#a-consumer-of-a-queue-that-fails-for-some-of-its-messages',
      'a-dead-letter-queue': 'failed-events.md#a-dead-letter-queue',
      'duplicates-and-another-order': 'failed-events.md#duplicates-and-another-order',
    },
  ],
]);

/** What the navigation calls documents whose titles are sentences. */
const shortNames = new Map([
  ['docs/mistakes.md', 'Mistakes'],
  ['docs/hints.md', 'Hints'],
]);

/** Documents that say something else on the site than in the package. */
const textsOfTheSite = new Map([
  ['README.md', introductionOf],
  // The package has no search, and the site no files.
  ['docs/tasks.md', (text) => text.replace(/run `grep -r` in\s`node_modules\/s3-versioning-mock\/docs`/, 'use the search above')],
]);

/**
 * The pages by their paths below the top of the site: the document that each is from, and its text. A `name` is shorter than the title, for
 * the navigation.
 */
export const pages = new Map([
  ['index.md', { source: 'README.md', text: homeOf(textOf) }],
  ...packedDocuments().flatMap((source) => (divided.has(source) ? pagesOfSubjects(source) : [pageOfDocument(source)])),
  ...pagesOfFacts(),
  ...pagesOfSpecification(),
]);

/** Where the headings of the facts and of the divided documents are on the site, by document and anchor. */
const places = new Map([
  ...placesOfCases,
  ...[...pages].flatMap(([page, { source, text }]) =>
    source === bookOfFacts ? anchorsIn(text).map((anchor) => [`${source}#${anchor}`, `/${page}#${anchor}`]) : [],
  ),
  ...[...divided.keys()].flatMap((source) =>
    subjectsOf(source).flatMap(({ heading, page, text }) => [
      [`${source}#${anchorOf(heading)}`, `/${page}`],
      ...anchorsIn(text).map((anchor) => [`${source}#${anchor}`, `/${page}#${anchor}`]),
    ]),
  ),
]);

export function textOf(file) {
  // A checkout may end its lines as Windows does.
  return pagesOfCases.get(file) ?? readFileSync(posix.join(root, file), 'utf8').replaceAll('\r\n', '\n');
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
  if (source === 'README.md') return 'introduction.md';
  return source.replace(/^docs\//, '').replace(/\/README\.md$/, '/index.md').toLowerCase();
}

function pageOfDocument(source) {
  const text = `${withRunners(withSpecification(source))}${placesThatMoved(source)}`;
  return [pageOf(source), { source, name: shortNames.get(source), text: (textsOfTheSite.get(source) ?? String)(text) }];
}

/** The theme goes on from each anchor to the link behind it. Readers do not see them. */
function placesThatMoved(source) {
  const links = Object.entries(moved.get(source) ?? {}).map(([anchor, link]) => {
    const [document, place] = link.split('#');
    const address = `/${pageOf(posix.join(posix.dirname(source), document)).replace(/\.md$/, '.html')}`;
    return `<span id="${anchor}" class="moved"></span><a href="${address}${place === undefined ? '' : `#${place}`}" hidden></a>`;
  });
  return links.length === 0 ? '' : `\n<div hidden>${links.join('')}</div>\n`;
}

/**
 * The README as the introduction, without its badges, which are for GitHub and npm, and with the screens of jest as text, which a phone shows as
 * well.
 */
function introductionOf(readme) {
  const picture = /!\[([^\]]*)\]\((docs\/pictures\/stub-and-mock\.svg)\)\n\n<details>[^]*?<\/details>\n/;
  const text = readme.replace(/^# .*$/m, '# Introduction');
  return text.replace(/^!\[MIT licence\].*\n\n/m, '').replace(picture, (_, what, file) => `${terminalOf(textOf(file), what)}\n`);
}

/** The subjects of a document that is divided: each begins with a heading of the second level. */
function subjectsOf(source) {
  const folder = pageOf(source).replace(/\.md$/, '');
  const parts = withSpecification(source).split(/^## /m).slice(1);
  return parts.map((part) => {
    const [heading] = part.split('\n', 1);
    return { heading, page: `${folder}/${anchorOf(heading)}.md`, text: part.slice(heading.length) };
  });
}

/**
 * The pages of a divided document, and the page at its address, which lists them. Each entry of the list has the anchor that the heading had
 * when all subjects were on that page, so older addresses still lead somewhere; the theme goes on to the new place.
 */
function pagesOfSubjects(source) {
  const [introduction] = withSpecification(source).split(/^## /m);
  const subjects = subjectsOf(source);
  const [, title] = /^# (.*)$/m.exec(introduction);
  // A search leads to the middle of a document, where not every subject says of what it is a part.
  const openingOf = (text) => (/^\s*###/.test(text) ? `\nA part of [${title}](${posix.basename(source)}).\n` : '');
  const list = subjects.map(({ heading, text }) => {
    const entries = [...text.matchAll(/^###(#*) (.*)$/gm)].map(([, { length }, entry]) => {
      const anchor = anchorOf(entry);
      return `${'  '.repeat(length)}- <span id="${anchor}" class="moved"></span>[${entry}](#${anchor})`;
    });
    return `## [${heading}](#${anchorOf(heading)})\n\n${entries.join('\n')}\n`;
  });
  return [
    [pageOf(source), { source, name: shortNames.get(source), text: `${introduction.replace(/^- \[.*\n/gm, '').trimEnd()}\n\n${list.join('\n')}${placesThatMoved(source)}` }],
    ...subjects.map(({ heading, page, text }) => [
      page,
      { source, name: heading, text: `# ${divided.get(source)}${heading}\n${openingOf(text)}${text.replaceAll(/^##(?=#+ )/gm, '#')}` },
    ]),
  ];
}

/** The index of the specification, and its pages in the order of its table. */
function pagesOfSpecification() {
  return [...pagesOfCases].map(([source, text]) => [
    pageOf(source),
    { source, text: text.length > mostOpen ? folded(text, () => 'What was sent, and what S3 answered') : text },
  ]);
}

function withSpecification(source) {
  const index = posix.relative(posix.dirname(source), `${specification}/README.md`);
  return textOf(source).replaceAll(`\`${cases}\``, (name) => `[${name}](${index})`);
}

/** A page of facts for each subject, and one that lists them in place of the index of the book. */
function pagesOfFacts() {
  const [introduction, , entries] = textOf(bookOfFacts).split(/^<!-- (?:index|\/index) -->\n/m);
  const subjects = new Map();
  for (const part of entries.split(/^## /m).slice(1)) {
    const [subject] = part.split('\n', 1);
    subjects.set(subject, part.slice(subject.length));
  }
  const anchors = new Map([...entries.matchAll(/^### (F(\d+) .*)$/gm)].map(([, title, number]) => [number, anchorOf(title)]));
  const rows = [...subjects].map(([subject, text]) => `| [${subject}](facts.md#${anchorOf(subject)}) | ${text.match(/^### F\d/gm).length} |`);
  const list = `| Subject | Facts |\n| --- | ---: |\n${rows.join('\n')}\n`;
  return [
    ['facts/index.md', `${introduction}${list}`],
    ...[...subjects].map(([subject, text]) => {
      const facts = withLinks(text, anchors).replaceAll(/^### /gm, '## ');
      return [`facts/${anchorOf(subject)}.md`, `# ${subject}\n${facts.length > mostOpen ? folded(facts, evidenceInWords) : facts}`];
    }),
  ].map(([page, text]) => [page, { source: bookOfFacts, text }]);
}

/** Facts or cases whose page shows their titles, and a line on what is below each. */
function folded(text, lineOf) {
  const [introduction, ...parts] = text.split(/^(?=## )/m);
  const closed = parts.map((part) => {
    const [title] = part.split('\n', 1);
    return `${title}\n\n<details class="fact">\n<summary>${lineOf(part)}</summary>\n\n${part.slice(title.length).trim()}\n\n</details>\n\n`;
  });
  return introduction + closed.join('');
}

/** `3 answers: 1 recorded, 2 guesses`: the last column of the table begins with the kind of the evidence. */
function evidenceInWords(fact) {
  const [, , ...rows] = fact.match(/^\|.*\|$/gm) ?? [];
  const counts = new Map();
  for (const row of rows) {
    const [, kind] = /(?<!\\)\|(\w+)[^|]*\|$/.exec(row) ?? [];
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts].map(([kind, count]) => `${count} ${kind === 'guess' && count > 1 ? 'guesses' : kind}`);
  return `${rows.length} ${rows.length === 1 ? 'answer' : 'answers'}: ${kinds.join(', ')}`;
}

/** A text with a link from each fact that it cites, headings and code aside, and with links to pages of cases in place of those to their files. The site has no data. */
function withLinks(text, anchors) {
  const linked = text.replaceAll(/\[((?:[^\]]|\](?!\())+)\]\(\.\.\/specification\/cases\/([\w-]+)(?:\/[\w.-]+)?\)/g, (_, title, subject) => {
    const page = `specification/${subject}.md`;
    const place = `#${anchorOf(title)}`;
    const isCase = pagesOfCases.get(`docs/${page}`).includes(`\n## ${title}\n`) || placesOfCases.some(([anchor]) => anchor === `docs/${page}${place}`);
    return `[${title}](${page}${isCase ? place : ''})`;
  });
  const named = linked.replaceAll(/\[the data\]\(\.\.\/(specification\/facts\/[\w-]+\.yaml)\)/g, '`$1` of the repository');
  return named.replaceAll(/^#.*$|(`+)[^`][^]*?\1|(?<![[\w])F(\d{1,3})\b/gm, (found, _, number) =>
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
  const named = file === '' ? source : posix.join(posix.dirname(source), file);
  const document = named === citedFacts ? bookOfFacts : named;
  const place = places.get(`${document}#${anchor}`);
  if (place !== undefined) return place;
  const target = document === bookOfFacts ? 'facts/index.md' : pageOf(document);
  if (!pages.has(target)) throw new Error(`${source}: the site has no page for the link ${link}`);
  return `/${target}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** The navigation: the list at the end of the page of all tasks, and behind the facts the specification; a page that lists subjects has them below it. Throws if a page is not in it. */
export function navigation() {
  const [, list] = textOf(`docs/${listOfDocuments}`).split('\n## Documents\n\n');
  const [documents] = list.split('\n## ');
  const groups = documents.split(/^- /m).slice(1).map(groupOf);
  const listed = groups.flatMap(({ pages }) => pages).concat('index.md', 'introduction.md', 'specification/index.md');
  const shown = new Set(listed.flatMap(withPagesBelow));
  const missing = [...pages.keys()].filter((page) => !shown.has(page));
  if (missing.length > 0) throw new Error(`docs/${listOfDocuments} does not list: ${missing.map((page) => pages.get(page).source).join(', ')}`);
  // Eighty links are no list to read. The theme opens the group of the page that is shown.
  return groups.map((group, index) => ({ text: group.title, collapsed: index > 0, items: group.pages.flatMap(itemsOf) }));
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
  const item = { text: pages.get(page).name ?? titleOf(page), link: `/${page.replace(/\.md$/, '.html')}` };
  const subjects = subjectPagesOf(page);
  return subjects.length === 0 ? item : { ...item, collapsed: true, items: subjects.map(itemOf) };
}

/** The pages of the subjects that a page lists: they are in the folder of its name, or in its own folder if it is the index of that. */
function subjectPagesOf(page) {
  const folder = page.replace(/(?:\/index)?\.md$/, '');
  return [...pages.keys()].filter((one) => one !== page && posix.dirname(one) === folder);
}

function withPagesBelow(page) {
  return [page, ...subjectPagesOf(page).flatMap(withPagesBelow)];
}

function titleOf(page) {
  const [, title] = /^# (.*)$/m.exec(pages.get(page).text);
  return title;
}
