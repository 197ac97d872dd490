/**
 * Writes a profile of `npx s3-versioning-mock facts --profile` from the files that `--write` wrote:
 * `npm run tool profile -- moto 'moto 5.2.1' 'moto_server of the PyPI package moto' facts-moto-2026-11-23.json`. A service that makes ids at random
 * may answer otherwise in each run: name the files of several. A profile that is new goes into the index beside it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The profile that has the places where one of the runs differed. */
export function makeProfile(service, source, reports) {
  const played = reports.flatMap(({ outcomes }) => outcomes.filter(({ outcome }) => outcome !== 'not played'));
  const places = new Map();
  for (const one of played.filter(({ outcome }) => outcome !== 'same')) {
    const title = titleOf(one);
    places.set(title, [...(places.get(title) ?? []), ...placesOf(one)]);
  }
  const count = new Set(played.map(titleOf)).size;
  return {
    service,
    source,
    date: reports.at(-1).date,
    played: count,
    same: count - places.size,
    places: Object.fromEntries([...places].map(([title, list]) => [title, [...new Set(list)].join('\n')])),
  };
}

const titleOf = ({ file, title }) => `${file}: ${title}`;

/** As `src/facts/profile.ts` has them: a case that failed has the operation that should have made its state. */
function placesOf({ outcome, differences, reason = '' }) {
  return outcome === 'failed' ? [/: (\w+) is /.exec(reason)?.[1] ?? ''] : differences.map((difference) => difference.split(': expected ')[0]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, service, source, ...files] = process.argv.slice(2);
  if (files.length === 0) {
    console.error(
      'npm run tool profile -- NAME SERVICE SOURCE FILE…: expected the name of the profile, the service with its version, how it was started, and files of runs',
    );
    process.exitCode = 2;
  } else {
    const reports = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
    const profile = JSON.stringify(makeProfile(service, source, reports), null, 2);
    writeFileSync(new URL(`../src/facts/profiles/${name}.json`, import.meta.url), `${profile}\n`);
  }
}
