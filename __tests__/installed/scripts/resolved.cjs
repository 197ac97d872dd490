// Prints the packages that the installed library loads: [name, range, the package that asks for it, version], as JSON.
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');

const rows = [];
const asked = new Set();

function add(name, range, by, from, isFollowed) {
  if (asked.has(`${name} of ${by}`)) return;
  asked.add(`${name} of ${by}`);
  const manifest = manifestOf(name, from);
  if (manifest === undefined) return;
  rows.push([name, range, by, manifest.version]);
  if (!isFollowed) return;
  for (const [one, of] of Object.entries(manifest.dependencies ?? {})) add(one, of, name, manifest.file, true);
  for (const [one, of] of Object.entries(manifest.peerDependencies ?? {})) add(one, of, name, manifest.file, false);
}

function manifestOf(name, from) {
  const found = [`${name}/package.json`, name].map((one) => resolved(one, from)).find((one) => one !== undefined);
  for (let folder = path.dirname(found ?? '/'); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (!fs.existsSync(file)) continue;
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (manifest.name === name) return { ...manifest, file };
  }
  return undefined;
}

function resolved(name, from) {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

add('s3-versioning-mock', 'the tarball', 'the user', path.join(process.cwd(), 'package.json'), true);
console.log(JSON.stringify(rows));
