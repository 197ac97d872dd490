import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// Each part has a process of its own: one that exhausts its memory fails alone, and none begins with what another left.
const parts = ['cycles', 'transfers', 'requests', 'listings', 'entries', 'deliveries', 'placeholders'];
const flags = ['--expose-gc', '--max-old-space-size=512'];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !parts.includes(name));
if (unknown.length > 0) throw new TypeError(`no part is called ${unknown}. There are ${parts}.`);

const failed = parts.filter((part) => (chosen.length === 0 || chosen.includes(part)) && !passes(part));
console.log(failed.length === 0 ? '\nNothing grew.' : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function passes(part) {
  console.log(`\n${part}`);
  const file = fileURLToPath(new URL(`${part}.mjs`, import.meta.url));
  const { status, signal } = spawnSync(process.execPath, [...flags, file], { stdio: 'inherit' });
  if (status !== 0) console.log(`  ${part} ended with ${signal ?? `exit code ${status}`}`);
  return status === 0;
}
