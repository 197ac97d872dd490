// Writes the source of a file of recorded answers, and the hashes of its cases, into specification/sources.json: `npm run tool sources -- CHECKOUT FILE…`.
// CHECKOUT is a git checkout of the repository that has the file, FILE the name that the cases give it. A case is refused if the file lacks a label of
// its calls, or the month in which it says that it was recorded.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { monthOf, hashWords, readSources, readSubjects, writeSources } from '../specification/sources.mjs';

const [checkout, ...files] = process.argv.slice(2);
if (checkout === undefined || files.length === 0) {
  console.error('Give a checkout of the repository, and the files of the cases: npm run tool sources -- ../stackd versioning.json');
  process.exit(2);
}

const git = (...args) => execFileSync('git', ['-C', checkout, ...args], { encoding: 'utf8' }).trim();
const commit = git('rev-parse', 'HEAD');
const repository = /([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(git('remote', 'get-url', 'origin'))?.[1];
const sources = readSources();
const recordings = Object.values(readSubjects()).flat();
const problems = [];

for (const file of files) {
  const ofFile = recordings.filter((one) => one.file === file);
  if (ofFile.length === 0) problems.push(`${file}: no case names this file`);
  const place = sources[file]?.path ?? findPlace(file);
  if (place === undefined) {
    problems.push(`${file}: the checkout has no such file. Name it in the case by its path in the repository`);
    continue;
  }
  const text = readFileSync(path.join(checkout, place), 'utf8');
  if (git('status', '--porcelain', '--', place) !== '') problems.push(`${file}: the checkout has changed it`);
  const words = {};
  for (const { recorded, cases } of ofFile) {
    if (!hasMonth(text, monthOf(recorded))) problems.push(`${file}: it does not say that it was recorded in ${recorded}`);
    for (const [title, one] of Object.entries(cases)) {
      const lost = one.calls.map(([label]) => label).filter((label) => !label.startsWith('set-up') && !text.includes(label));
      if (lost.length > 0) problems.push(`${file}: ${title}: it lacks the labels ${lost.join(', ')}`);
      words[title] = hashWords(recorded, one);
    }
  }
  const months = [...new Set(ofFile.map(({ recorded }) => monthOf(recorded)))];
  sources[file] = { repository, path: place, commit, months, words };
}

if (problems.length === 0) writeSources(sources);
else {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

/** The files of stackd are named without their folder. */
function findPlace(file) {
  const [name] = file.split(' of ');
  return [name, `testdata/aws/s3/${name}`].find((place) => existsSync(path.join(checkout, place)));
}

/** `2026-09`, as in `2026-09-15T01:42:49Z`, or `15-09-2026`. */
function hasMonth(text, month) {
  const [year, number] = month.split('-');
  return text.includes(`${year}-${number}`) || text.includes(`-${number}-${year}`);
}
