/**
 * Writes specification/runs/NAME.json from the files that `npx s3-versioning-mock facts --write` wrote of a service:
 * `npm run tool runs -- moto 'moto 5.2.1' 'moto_server of the PyPI package moto' facts-moto-2026-11-23.json`. A service that makes ids at random
 * may answer otherwise in each run: name the files of several. The file is a smaller form of theirs, which `--known` reads as well.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The run that has the places where one of the runs differed, without what was expected and what came. */
export function joinRuns(service, source, reports) {
  const played = reports.flatMap(({ outcomes }) => outcomes.filter(({ outcome }) => outcome !== 'not played'));
  const others = new Map();
  for (const one of played.filter(({ outcome }) => outcome !== 'same')) {
    const { subject, file, title, outcome, differences, reason } = one;
    const key = `${titleOf(one)}: ${outcome}`;
    const places = [...(others.get(key)?.differences ?? []), ...differences.map((difference) => difference.split(': expected ')[0])];
    others.set(key, { subject, file, title, outcome, differences: [...new Set(places)], reason });
  }
  const count = new Set(played.map(titleOf)).size;
  const same = count - new Set([...others.values()].map(titleOf)).size;
  return { service, source, date: reports.at(-1).date, played: count, same, outcomes: [...others.values()] };
}

const titleOf = ({ file, title }) => `${file}: ${title}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, service, source, ...files] = process.argv.slice(2);
  if (files.length === 0) {
    console.error(
      'npm run tool runs -- NAME SERVICE SOURCE FILE…: expected the name of the file, the service with its version, how it was started, and files of runs',
    );
    process.exitCode = 2;
  } else {
    const reports = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(new URL(`../specification/runs/${name}.json`, import.meta.url), writeRun(joinRuns(service, source, reports)));
  }
}

/** A line for each case. */
function writeRun({ outcomes, ...run }) {
  const lines = outcomes.map((one) => `  ${JSON.stringify(one)}`);
  return `${JSON.stringify(run, null, 1).slice(0, -2)},\n "outcomes": [\n${lines.join(',\n')}\n ]\n}\n`;
}
