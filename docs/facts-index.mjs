// Writes the index of docs/facts.md from its entries: `npm run generate facts`.
// With --check it writes nothing, and fails if the index is not that of the entries.
import { readFileSync, writeFileSync } from 'node:fs';
import { anchorOf } from './anchors.mjs';

const book = new URL('facts.md', import.meta.url);
const text = readFileSync(book, 'utf8');
const [begin, end] = ['<!-- index -->\n', '<!-- /index -->\n'];
const kinds = ['Recorded', 'Measured', 'Documented', 'Decided', 'Unverified guess'];

/** The subjects of the book, each a heading of the second level, with their entries. */
function readSubjects() {
  const entries = text.slice(text.indexOf(end) + end.length);
  return entries.split(/^## /m).slice(1).map((part) => {
    const [heading, ...rest] = part.split(/^(?=### )/m);
    return { heading: heading.split('\n')[0], entries: rest.map(readEntry).sort((a, b) => a.number - b.number) };
  });
}

function readEntry(entry) {
  const [, number, title] = /^### F(\d+) (.+)/.exec(entry) ?? [];
  if (number === undefined) throw new Error(`Not an entry's title: ${entry.split('\n')[0]}`);
  const evidence = [...entry.matchAll(/^- ([A-Z][a-z]+(?: [a-z]+)*): (.+)$/gm)].map(([, kind, words]) => ({ kind, words }));
  const kind = evidence[0]?.kind;
  if (!kinds.includes(kind)) throw new Error(`F${number}: its evidence has to begin with ${kinds.join(', ')}.`);
  const guesses = evidence.filter((line) => line.kind === 'Unverified guess').map(({ words }) => words);
  const tests = [...(/^\*\*Test\*\* (.+)$/m.exec(entry)?.[1] ?? '').matchAll(/`__tests__\/([^`]+)`/g)].map(([, file]) => file);
  return { number: Number(number), title, kind, guesses, tests };
}

/** A link to an entry. */
function linkTo({ number, title }) {
  return `[F${number}](#${anchorOf(`F${number} ${title}`)})`;
}

function rowOf(entry) {
  const kind = entry.kind.toLowerCase();
  const evidence = entry.guesses.length === 0 ? kind : `${kind}, guessed in part`;
  return `| ${linkTo(entry)} | ${entry.title} | ${evidence} | ${entry.tests.map((file) => `\`${file}\``).join(' ')} |`;
}

function writeIndex() {
  const subjects = readSubjects();
  const all = subjects.flatMap(({ entries }) => entries);
  const guessed = all.filter(({ guesses }) => guesses.length > 0);
  const guesses = guessed.flatMap((entry) => entry.guesses.map((words) => `- ${linkTo(entry)} ${entry.title}: ${words}`));
  const counts = kinds.map((kind) => `| ${kind} | ${all.filter((entry) => entry.kind === kind).length} |`);
  return [
    '## Index\n',
    '`npm run generate facts` writes this index from the entries below.\n',
    '### Unverified guesses\n',
    `${guesses.length} guesses in ${guessed.length} of ${all.length} entries. A recorded answer to any of them is welcome.\n`,
    ...guesses,
    '\n### Entries by kind of evidence\n',
    '| Kind | Entries |\n| --- | --- |',
    ...counts,
    ...subjects.flatMap(({ heading, entries }) => [
      `\n### Index: ${heading}\n`,
      '| Entry | Title | Evidence | Tests |\n| --- | --- | --- | --- |',
      ...entries.map(rowOf),
    ]),
    '',
  ].join('\n');
}

const [before, rest] = text.split(begin);
if (rest === undefined || !rest.includes(end)) throw new Error(`docs/facts.md lacks the lines ${begin.trim()} and ${end.trim()}.`);
const indexed = `${before}${begin}\n${writeIndex()}\n${rest.slice(rest.indexOf(end))}`;
if (!process.argv.includes('--check')) {
  writeFileSync(book, indexed);
  console.log(`The next free number of docs/facts.md is F${Math.max(...readSubjects().flatMap(({ entries }) => entries.map(({ number }) => number))) + 1}.`);
}
else if (indexed !== text) {
  console.error('docs/facts.md: its index is not that of its entries. Write it with: npm run generate facts');
  process.exitCode = 1;
}
