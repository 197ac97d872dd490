/**
 * Writes a profile of `npx s3-versioning-mock facts --profile` from the file that `--write` wrote:
 * `npm run profile -- facts-moto-2026-11-23.json moto 'moto 5.2.1' 'moto_server of PyPI'`. A profile that is new goes into the index beside it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The module of a profile that has the places where a run differed. */
export function writeProfile({ date, outcomes }, name, service, source) {
  const played = outcomes.filter(({ outcome }) => outcome !== 'not played');
  const places = Object.fromEntries(
    played.filter(({ outcome }) => outcome !== 'same').map((one) => [`${one.file}: ${one.title}`, placesOf(one).join('\n')]),
  );
  const profile = { service, evidence: 'run', source, date, played: played.length, same: played.length - Object.keys(places).length, places };
  return `import type { RunProfile } from '../profile';

export const ${name}: RunProfile = ${JSON.stringify(profile, null, 2)};
`;
}

/** A case that failed has one place without a name. */
function placesOf({ outcome, differences }) {
  return outcome === 'failed' ? [''] : [...new Set(differences.map((difference) => difference.split(': expected ')[0]))];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, name, service, source] = process.argv.slice(2);
  if (source === undefined) {
    console.error("npm run profile -- FILE NAME SERVICE SOURCE: expected the file of a run, and of the profile its name, the service with its version, and how it was started");
    process.exitCode = 2;
  } else {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(new URL(`../src/facts/profiles/${name}.ts`, import.meta.url), writeProfile(report, name, service, source));
  }
}
