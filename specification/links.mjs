// Writes into each entry of docs/facts.md the links to its recorded cases: `npm run generate facts`. With --check it writes nothing, and fails if a link is
// not as it would be written. In both ways it refuses cases that are no evidence.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { counted } from './pages/recorded-cases.mjs';
import { findProblems, readSources, withoutCommit, withoutFact } from './sources.mjs';
import { about, casesOf, headingOf, readNamedSubjects } from './subjects.mjs';

const book = new URL('../docs/facts.md', import.meta.url);
const folder = new URL('cases/', import.meta.url);

/** A fact with more cases than these has links to their folders. */
const mostLinks = 6;

const subjects = readNamedSubjects();
// A checkout may end its lines as Windows does.
const text = readFileSync(book, 'utf8').replaceAll('\r\n', '\n');
const problems = findProblems({ subjects, sources: readSources(), book: text, withoutFact, withoutCommit });
if (problems.length > 0) throw new Error(`These cases are no evidence:\n${problems.join('\n')}`);

const linked = linkFacts();
if (!process.argv.includes('--check')) writeFileSync(book, linked);
else if (linked !== text) {
  console.error('docs/facts.md: its links to cases are not those of specification/cases. Write them with: npm run generate facts');
  process.exitCode = 1;
}

/** The book of facts with a line of links at the end of each entry that has cases. */
function linkFacts() {
  const [index, entries] = text.split(/(?<=<!-- \/index -->\n)/);
  const linkedEntries = entries
    .replaceAll(/\n\*\*Cases\*\* .*\n/g, '')
    .replaceAll(/^### (F\d+) .*\n[^]*?\n\*\*Test\*\* .*\n/gm, (entry, number) => `${entry}${linksTo(number)}`);
  return `${index}${linkedEntries}`;
}

function linksTo(number) {
  const all = Object.entries(subjects).flatMap(([name, recordings]) =>
    casesOf(recordings).flatMap(({ title, recordedCase }) => (recordedCase.fact === number ? [{ name, title }] : [])),
  );
  if (all.length === 0) return '';
  const names = [...new Set(all.map(({ name }) => name))];
  const link = ({ name, title }) => `[${headingOf(title)}](../specification/cases/${name}${findFile(name, title)})`;
  const countOf = (name) => counted(all.filter((one) => one.name === name).length, 'case');
  const links = all.length <= mostLinks ? all.map(link) : names.map((name) => `${countOf(name)} of [${about[name][0]}](../specification/cases/${name})`);
  return `\n**Cases** ${links.join(', ')}\n`;
}

/** The file of a subject that has the title. A title that a program makes is in none, and its link leads to the folder. */
function findFile(name, title) {
  const quoted = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`];
  const files = readdirSync(new URL(`${name}/`, folder)).filter((file) => {
    const program = readFileSync(new URL(`${name}/${file}`, folder), 'utf8');
    return quoted.some((one) => program.includes(one));
  });
  return files.length === 1 ? `/${files[0]}` : '';
}
