// Writes what each guide needs above its first section: the packages that its tests import. `npm run generate installs`;
// with --check it writes nothing, and fails if a guide is not as it would be written.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('guides/', import.meta.url);
const beginning = 'The tests below need ';

const stale = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) => {
    // A checkout may end its lines as Windows does.
    const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n');
    const right = withInstall(text);
    return right === text ? [] : [{ name, right }];
  });
if (!process.argv.includes('--check')) for (const { name, right } of stale) writeFileSync(new URL(name, folder), right);
else if (stale.length > 0) {
  console.error(`Guides with another list of packages: ${stale.map(({ name }) => name).join(', ')}. Write it with: npm run generate installs`);
  process.exitCode = 1;
}

function withInstall(text) {
  const [before, ...sections] = text.replace(new RegExp(`^${beginning}.*\\n(?:.+\\n)*\\n`, 'm'), '').split(/^(?=## )/m);
  const line = installOf(text);
  return `${before}${line === undefined ? '' : `${line}\n\n`}${sections.join('')}`;
}

function installOf(text) {
  const blocks = [...text.matchAll(/^```(ts|js)(?: (\w+))?\n([^]*?)^```$/gm)].filter(([, , mark]) => mark !== 'fragment' && mark !== 'mistake');
  const names = new Set(blocks.flatMap(([, , , code]) => packagesIn(code)));
  if (!names.has('s3-versioning-mock')) return undefined;
  const isTypeScript = blocks.some(([, language]) => language === 'ts');
  const transformer = isTypeScript && names.has('jest') ? ', and [a transformer for TypeScript](../runners.md#typescript-under-jest)' : '';
  return `${beginning}\`npm install --save-dev ${[...names].toSorted(byOrder).join(' ')}\`${transformer}.`;
}

function packagesIn(code) {
  const imports = [...code.matchAll(/^(?:import|\}) (?:(type) )?[^;]*?from '([^'.][^']*)';$|^import '([^'.][^']*)';$|require\('([^'.][^']*)'\)/gm)];
  return imports.flatMap(([, isType, ...names]) => {
    const name = names.find((one) => one !== undefined);
    if (name.startsWith('node:')) return [];
    const [scope, rest] = name.split('/');
    const packageName = name.startsWith('@') ? `${scope}/${rest}` : scope;
    if (packageName === '@jest/globals') return ['jest'];
    if (name === 's3-versioning-mock/jest') return [packageName, 'jest'];
    return isType && packageName === 'aws-lambda' ? ['@types/aws-lambda'] : [packageName];
  });
}

/** The library and the runner stand first. */
function byOrder(one, other) {
  const first = ['s3-versioning-mock', 'jest', 'vitest', 'mocha'];
  const rank = (name) => (first.includes(name) ? first.indexOf(name) : first.length);
  return rank(one) - rank(other) || one.localeCompare(other, 'en');
}
