// Writes a fact as pages show it: a table of its rows, and below it the evidence that no row names.
import { anchorOf } from '../../docs/anchors.mjs';
import { evidenceOf, kinds, linkTo } from '../facts.mjs';

export function headingOf({ fact, title }) {
  return `### ${fact} ${title}`;
}

export function anchorOfFact({ fact, title }) {
  return anchorOf(`${fact} ${title}`);
}

/** The paragraphs below the heading of a fact. */
export function writeFact(fact, repositories) {
  const table = fact.rows.length === 0 ? [] : [writeTable(fact, repositories)];
  return [...table, ...(fact.notes === undefined ? [] : [escapeTags(fact.notes)])].map((text) => text.trimEnd());
}

function writeTable({ rows, evidence }, repositories) {
  const lines = rows.map(({ asks, answer, kind, shown = [] }) => {
    const links = unique(shown.map((number) => linkTo(evidence[number], repositories)));
    return writeRow([asks, answer, [kind, links.join(', ')].filter((part) => part !== '').join(' ')]);
  });
  return ['|Request and state|Answer|Shown|', '|---|---|---|', ...lines].join('\n');
}

function writeRow(cells) {
  return `|${cells.map((cell) => escapeTags(cell).replaceAll('|', '\\|')).join('|')}|`;
}

/** The evidence that no row names, by kind. */
export function writeOther(fact, repositories) {
  const named = new Set(fact.rows.flatMap(({ shown = [] }) => shown));
  const others = evidenceOf(fact).filter(({ number }) => !named.has(number));
  const parts = kinds.flatMap((kind) => {
    const links = unique(others.filter((one) => one.kind === kind).map((one) => linkTo(one, repositories)));
    return links.length === 0 ? [] : [`${kind} ${links.join(', ')}`];
  });
  return parts.length === 0 ? '' : `**Also** ${parts.join('; ')}.`;
}

/** Words of S3 such as `<YOUR-AKID>` are no tags, also where they are not marked as code. */
function escapeTags(text) {
  return text.replaceAll(/`[^`]*`|</g, (part) => (part === '<' ? '\\<' : part));
}

function unique(links) {
  return [...new Set(links)].filter((link) => link !== '');
}
