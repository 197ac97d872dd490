// The facts: the rows of specification/facts, a file for each subject, with the evidence behind them. `npm run generate facts` and the tests read them here.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { anchorOf } from '../docs/anchors.mjs';

const folder = new URL('facts/', import.meta.url);

/** The subjects in the order of the book, which is about that of S3's own operations. The name of a file is the anchor of its subject. */
export const subjects = [
  'Requests and routing',
  'Bodies and checksums',
  'Replies',
  'Identity and access',
  'Signatures',
  'Buckets',
  'Versioning and MFA Delete',
  'Objects',
  'Forms of browsers',
  'Conditions',
  'Listings',
  'Multipart uploads',
  'Copies',
  'Deletes',
  'Tagging',
  'Annotations',
  'Object lock',
  'Lifecycle',
  'Archives',
  'Configurations of buckets',
  'Bucket policies',
  'Sessions of STS',
  'Decisions about access',
  'Static websites',
  'Logging',
  'Notifications',
  'Event notifications',
  'Replication',
  'Deliveries of events',
  'Failures',
  'STS on the wire',
  'S3 Control',
  'IBM COS',
];

/** From the best to none. A row is of the kind of the best evidence that it names. */
export const kinds = ['recorded', 'measured', 'documented', 'decided', 'guess'];
export const mostWords = 40;

const members = {
  fact: ['fact', 'title', 'rows', 'notes', 'evidence', 'tests'],
  row: ['asks', 'answer', 'kind', 'shown'],
  evidence: ['kind', 'issue', 'repository', 'commit', 'branch', 'path', 'page', 'source', 'label', 'quote', 'reason'],
};

export function fileOf(subject) {
  return `specification/facts/${anchorOf(subject)}.yaml`;
}

/** The facts of all subjects. `facts` are as their file has them; a file without text has none. */
export function readSubjects() {
  const strange = readdirSync(folder).filter((name) => !subjects.some((subject) => fileOf(subject).endsWith(`/${name}`)));
  if (strange.length > 0) throw new Error(`specification/facts: no subject has these files: ${strange.join(', ')}. Add it to \`subjects\` of specification/facts.mjs.`);
  return subjects.map((subject) => ({ subject, facts: readFile(fileOf(subject)) }));
}

export function readFacts() {
  return readSubjects().flatMap(({ facts }) => facts);
}

/** The repositories that many facts name, with the commits at which they are read. */
export function readRepositories() {
  return parse(readFileSync(new URL('repositories.yaml', import.meta.url), 'utf8'));
}

function readFile(file) {
  const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  try {
    return (parse(text) ?? []).map((fact) => ({ rows: [], evidence: {}, tests: [], ...fact }));
  } catch (error) {
    throw new Error(`${file}: ${error.message}`, { cause: error });
  }
}

/** The evidence of a fact as a list, with the numbers that rows name. */
export function evidenceOf({ evidence }) {
  return Object.entries(evidence).map(([number, members]) => ({ number: Number(number), ...members }));
}

/** The words of a piece of evidence in one line: where it is, and what it says. */
export function wordsOf({ issue, repository, commit, branch, path, page, source, label, quote, reason }) {
  const at = `${commit === undefined ? '' : ` at ${commit}`}${branch === undefined ? '' : `, of the branch \`${branch}\`,`}`;
  const place = repository === undefined ? (issue ?? page ?? source) : `\`${repository}\`${at}${path === undefined ? '' : ` \`${path}\``}`;
  const named = [place, label].filter((part) => part !== undefined).join(', ');
  return [named, quote ?? reason].filter((part) => part !== undefined && part !== '').join(': ');
}

/** The kind of the best row. */
export function kindOf({ rows }) {
  return kinds.find((kind) => rows.some((row) => row.kind === kind)) ?? 'guess';
}

/** What is only guessed, a sentence each. */
export function guessesOf({ rows }) {
  return rows.filter(({ kind }) => kind === 'guess').map(({ asks, answer }) => `${asks}: ${answer}`);
}

/** The numbers of the facts that an answer of the real service shows. */
export function shownFacts(facts) {
  return facts.filter((fact) => evidenceOf(fact).some(({ kind }) => kind === 'recorded' || kind === 'measured')).map(({ fact }) => fact);
}

/** What is wrong with the facts, a sentence each, which begins with the file and the number. */
export function findMistakes(read) {
  const numbers = read.flatMap(({ facts }) => facts.map(({ fact }) => fact));
  return read.flatMap(({ subject, facts }) =>
    facts.flatMap((fact) => {
      const twice = numbers.filter((number) => number === fact.fact).length > 1 ? ['its number occurs twice'] : [];
      return [...twice, ...mistakesOf(fact)].map((mistake) => `${fileOf(subject)}, ${fact.fact}: ${mistake}.`);
    }),
  );
}

function mistakesOf(fact) {
  const { title, rows, notes, evidence, tests } = fact;
  return [
    ...strangeMembers(fact, members.fact, 'the fact'),
    ...(/^F[1-9]\d{0,3}$/.test(fact.fact) ? [] : ['`fact` has to be a number such as F12']),
    ...(isText(title) ? [] : ['it needs a title']),
    ...(rows.length > 0 || notes !== undefined ? [] : ['it has no rows; say in `notes` where its rule is']),
    ...(tests.length === 0 ? ['it names no test'] : []),
    ...evidenceOf(fact).flatMap(mistakesOfEvidence),
    ...rows.flatMap((row, index) => mistakesOfRow(row, evidence).map((mistake) => `row ${index + 1}${isText(row.asks) ? `, "${row.asks.slice(0, 40)}"` : ''}: ${mistake}`)),
  ];
}

function mistakesOfEvidence({ number, ...one }) {
  const name = `evidence ${number}`;
  const places = ['issue', 'repository', 'page', 'source'].filter((member) => one[member] !== undefined);
  return [
    ...(Number.isInteger(number) && number > 0 ? [] : [`${name}: its name has to be a number`]),
    ...strangeMembers(one, members.evidence, name),
    ...(kinds.slice(0, 4).includes(one.kind) ? [] : [`${name}: the kind ${one.kind} is none of ${kinds.slice(0, 4).join(', ')}`]),
    ...(places.length > 1 ? [`${name}: it has ${places.join(' and ')}; each source is evidence of its own`] : []),
    ...(one.kind !== 'decided' && places.length === 0 ? [`${name}: it needs an issue, a repository, a page or a source`] : []),
    ...(one.repository === undefined || /^[\w-]+\/(?!.*\.(?:md|json|py|ts)$)[\w.-]+$/.test(one.repository) ? [] : [`${name}: a repository is written owner/name, and its file in \`path\``]),
    ...(isText(wordsOf(one)) ? [] : [`${name}: it has no words`]),
    ...Object.entries(one).flatMap(([member, value]) => (isText(value) ? [] : [`${name}: \`${member}\` has to be a text in one line; put a number into quotation marks`])),
  ];
}

function mistakesOfRow({ shown = [], ...row }, evidence) {
  if (!Array.isArray(shown)) return ['`shown` has to be a list of numbers, such as [1, 3]'];
  const lost = shown.filter((number) => evidence[number] === undefined);
  const isShown = row.kind === 'guess' || shown.some((number) => evidence[number]?.kind === row.kind);
  const words = `${row.asks} ${row.answer}`.split(/\s+/).length;
  return [
    ...strangeMembers(row, members.row, 'the row'),
    ...['asks', 'answer'].flatMap((member) => (isText(row[member]) ? [] : [`\`${member}\` has to be a text in one line`])),
    ...(kinds.includes(row.kind) ? [] : [`the kind ${row.kind} is none of ${kinds.join(', ')}`]),
    ...lost.map((number) => `there is no evidence ${number}`),
    ...(isShown || !kinds.includes(row.kind) || lost.length > 0 ? [] : [`it is ${row.kind}, but names no evidence that is; add its number to \`shown\``]),
    ...(words > mostWords ? [`it has ${words} words, and ${mostWords} are the most; make two rows`] : []),
  ];
}

function strangeMembers(value, known, name) {
  return Object.keys(value).flatMap((member) => (known.includes(member) ? [] : [`${name} has an unknown member, ${member}`]));
}

function isText(value) {
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\n');
}

/** A link to a piece of evidence, or the name of its source in a few words. A decision has none. */
export function linkTo(one, repositories) {
  const { kind, issue, repository, page, source } = one;
  if (issue !== undefined) return `[${issue}](https://github.com/${issue.replace('#', '/issues/')})`;
  if (repository !== undefined) return linkToRepository(one, repositories);
  if (page !== undefined) return `[${nameOfPage(page)}](${page})`;
  return kind === 'decided' || source === undefined ? '' : linkToWords(source, repositories);
}

function linkToRepository({ repository, commit, branch, path }, repositories) {
  const all = repositories.find((one) => one.repository === repository)?.commits ?? [];
  const at = all.find((one) => commit !== undefined && one.startsWith(commit)) ?? commit ?? branch ?? (all.length === 1 ? all[0] : undefined);
  // A name with a star or braces stands for several files: the link leads to their folder.
  const file = path === undefined || /^[\w./[\]-]+$/.test(path) ? path : path.slice(0, path.search(/[^\w./-]/)).replace(/[^/]*$/, '');
  const isFile = file?.includes('/') && at !== undefined;
  const top = at === undefined ? '' : `/tree/${at}`;
  const place = isFile ? `/blob/${at}/${encodeURI(file)}` : top;
  return `[${repository.split('/')[1]}](https://github.com/${repository}${place})`;
}

function nameOfPage(page) {
  const { hostname, pathname, hash } = new URL(page);
  const name = pathname.split('/').filter((part) => part !== '').at(-1)?.replace(/\.\w+$/, '') ?? hostname;
  return `${name}${hash}`.replaceAll('_', ' ');
}

/** The address, issue or repository that the words name; otherwise their beginning. */
function linkToWords(source, repositories) {
  const [address] = /https:\/\/[^\s,;()"`]+/.exec(source.replaceAll(/`[^`]*`/g, "")) ?? [];
  if (address !== undefined) return `[${nameOfPage(address)}](${address})`;
  const [issue] = /[\w.-]+\/[\w.-]+#\d+/.exec(source) ?? [];
  if (issue !== undefined) return linkTo({ issue }, repositories);
  const [, repository, commit] = /`([\w-]+\/[\w.-]+)`(?: at ([0-9a-f]{7,40}))?/.exec(source) ?? [];
  const isKnown = repository !== undefined && !/\.\w+$/.test(repository);
  const named = isKnown ? repository : repositories.map((one) => one.repository).find((name) => source.includes(name));
  return named === undefined ? inFewWords(source) : linkToRepository({ repository: named, commit }, repositories);
}

function inFewWords(source) {
  const [title] = /^"[^"]*"/.exec(source) ?? [];
  const [first] = source.replaceAll(/`[^`]*`/g, '').split(/[,;(:]| with | that | of which /);
  return (title ?? first).trim().split(/\s+/).slice(0, 6).join(' ') || 'a page';
}
