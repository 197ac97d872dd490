// The links from the facts to their recorded cases, for `npm run generate facts`, which refuses cases that are no evidence.
import { readdirSync, readFileSync } from 'node:fs';
import { shownFacts } from './facts.mjs';
import { counted } from './pages/recorded-cases.mjs';
import { findProblems, readSources, withoutCommit, withoutFact } from './sources.mjs';
import { about, casesOf, headingOf, readNamedSubjects } from './subjects.mjs';

const folder = new URL('cases/', import.meta.url);

/** A fact with more cases than these has links to their folders. */
const mostLinks = 6;

const subjects = readNamedSubjects();

/** Throws if a case is no evidence. */
export function checkCases(facts) {
  const problems = findProblems({ subjects, sources: readSources(), shown: shownFacts(facts), withoutFact, withoutCommit });
  if (problems.length > 0) throw new Error(`These cases are no evidence:\n${problems.join('\n')}`);
}

/** The links from a fact to its cases, in the page of facts. */
export function writeLinks(number) {
  const all = Object.entries(subjects).flatMap(([name, recordings]) =>
    casesOf(recordings).flatMap(({ title, recordedCase }) => (recordedCase.fact === number ? [{ name, title }] : [])),
  );
  if (all.length === 0) return '';
  const names = [...new Set(all.map(({ name }) => name))];
  const link = ({ name, title }) => `[${headingOf(title)}](../specification/cases/${name}${findFile(name, title)})`;
  const countOf = (name) => counted(all.filter((one) => one.name === name).length, 'case');
  const links = all.length <= mostLinks ? all.map(link) : names.map((name) => `${countOf(name)} of [${about[name][0]}](../specification/cases/${name})`);
  return `**Cases** ${links.join(', ')}`;
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
