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
  const guesses = evidence.filter((line) => line.kind === 'Unverified guess').length;
  return { number: Number(number), title, kind, guesses };
}

/** A link to an entry, with its best evidence and the number of its guesses. The entry has their words, and those of its tests. */
function lineOf({ number, title, kind, guesses }) {
  const shown = kind === 'Unverified guess' ? [] : [kind.toLowerCase()];
  const guessed = guesses === 0 ? [] : [guesses === 1 ? 'a guess' : `${guesses} guesses`];
  return `- [F${number}](#${anchorOf(`F${number} ${title}`)}) ${title}: ${[...shown, ...guessed].join(', ')}`;
}

function writeIndex() {
  const subjects = readSubjects();
  const all = subjects.flatMap(({ entries }) => entries);
  const guessed = all.filter((entry) => entry.guesses > 0);
  const guesses = all.reduce((sum, entry) => sum + entry.guesses, 0);
  const counts = kinds.map((kind) => `| ${kind} | ${all.filter((entry) => entry.kind === kind).length} |`);
  return [
    '## Index\n',
    '`npm run generate facts` writes this index from the entries below.\n',
    `A line names the kind of an entry's best evidence. ${guesses} unverified guesses are in ${guessed.length} of the ${all.length} entries, and \`docs/proof.md\` lists them all. A recorded answer to any of them is welcome.\n`,
    '### Entries by kind of evidence\n',
    '| Kind | Entries |\n| --- | --- |',
    ...counts,
    ...subjects.flatMap(({ heading, entries }) => [`\n### Index: ${heading}\n`, ...entries.map(lineOf)]),
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
