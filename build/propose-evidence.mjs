/**
 * Reads files that `npx s3-versioning-mock facts --write` wrote, and prints what each says of the book of facts: the evidence that an entry gains
 * by answers that were as here, and the answers that were not. `npm run tool evidence -- facts-aws-2026-11-23.json`, after `npm run build`. It
 * changes nothing: somebody reads the proposal, and writes the entry.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { guessesOf, kindOf, readFacts } from '../specification/facts.mjs';

/** The facts by number: the title, the kind of the best evidence, and the guesses. */
export function readEntries(facts) {
  return new Map(facts.map((fact) => [fact.fact, { title: fact.title, kind: kindOf(fact), guesses: guessesOf(fact) }]));
}

/** What the runs say of each fact, in Markdown. `callsOf` returns the calls of a case. */
export function proposalOf(reports, entries, callsOf) {
  const outcomes = reports.flatMap(({ outcomes, ...run }) => outcomes.map((one) => ({ ...one, run })));
  const shown = outcomes.filter(({ fact, outcome }) => entries.has(fact) && (outcome === 'same' || outcome === 'differs'));
  const numbers = [...new Set(shown.map(({ fact }) => fact))].toSorted((one, other) => Number(one.slice(1)) - Number(other.slice(1)));
  const parts = numbers.map((number) => {
    const { title, kind, guesses } = entries.get(number);
    const lines = shown.filter(({ fact }) => fact === number).map((one) => lineOf(one, callsOf(one)));
    const open = guesses.length === 0 ? [] : ['', 'Guesses of the entry, which these answers may settle:', '', ...guesses.map((words) => `- ${words}`)];
    return [`### ${number} ${title}`, '', `Its best row is ${kind}. Add this evidence and name it in a row, or correct the row:`, '', ...lines, ...open, ''].join('\n');
  });
  return parts.length === 0 ? 'No case of these runs shows a fact.\n' : parts.join('\n');
}

function lineOf({ title, outcome, differences, run: { service, region, date } }, calls) {
  const place = `${service}, ${region}, ${date}, \`npx s3-versioning-mock facts\`, "${title}"`;
  if (outcome === 'differs') return [`- Answered otherwise: ${place}:`, ...differences.map((difference) => `  - \`${difference.trim()}\``)].join('\n');
  return `- Recorded: ${place}: ${calls.map(([label, , , answer]) => `\`${label}\` \`${answer}\``).join(', ')}.`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = process.argv.slice(2);
  if (files.length === 0) {
    console.error('npm run tool evidence -- FILE…: expected files that `npx s3-versioning-mock facts --write FOLDER` wrote');
    process.exitCode = 2;
  } else {
    const cases = createRequire(import.meta.url)('../dist/facts/index.js').readPackedCases();
    const callsOf = ({ subject, file, title }) =>
      cases.find((one) => one.subject === subject && one.file === file && one.title === title)?.recordedCase.calls ?? [];
    const reports = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
    console.log(proposalOf(reports, readEntries(readFacts()), callsOf));
  }
}
