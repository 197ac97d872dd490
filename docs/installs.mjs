// Writes what a reader of each guide has to install, by the imports of its tests: above the first section, or where the guide has this block.
// `npm run generate installs`; with --check it writes nothing, and fails if a guide is not as it would be written. `npm run tool guides` runs the commands, and the tests after them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('guides/', import.meta.url);
const beginning = 'Install what the tests below need:';
const runners = ['jest', 'vitest'];

const forVitest = `For vitest, install \`vitest\` in place of \`jest\`, on Node 20 \`vitest@4\`. In the tests, write \`vitest\` in place of \`@jest/globals\`, and
\`s3-versioning-mock/vitest\` in place of \`s3-versioning-mock/jest\`.`;
const forVi = ' Import `vi` in place of `jest`.';
const forRequire = `
Write \`import\` in place of \`require\`, and import \`expect\`, \`test\` and the hooks from \`vitest\`.`;
const forTypeScript = `If your jest does not run TypeScript yet, it also needs [\`tsconfig.json\`](../runners.md#typescript-under-jest),
[\`jest.config.json\`](../runners.md#ts-jest) and \`npm install --save-dev ts-jest typescript@6 @types/jest @types/node\`.`;

/** Packages whose types do not compile as they are installed, with what a reader does about it. */
const wrongTypes = {
  'aws-sdk-client-mock': `In \`tsconfig.json\`, add \`"skipLibCheck": true\` to \`compilerOptions\`, because two packages that aws-sdk-client-mock installs have types that do not fit each other.`,
};

/** The newest nock is an ES module, which jest on Node 20 cannot require. */
const versions = { nock: 'nock@14' };

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

/** The block ends at the next heading. */
function withInstall(text) {
  const parts = text.split(/^(?=##+ )/m);
  const place = Math.max(
    parts.findIndex((part) => part.includes(beginning)),
    0,
  );
  const [before] = parts[place].split(beginning);
  return parts.with(place, `${before}${installOf(text)}`).join('');
}

function installOf(text) {
  const blocks = [...text.matchAll(/^```(ts|js)(?: (\w+))?\n([^]*?)^```$/gm)].filter(([, , mark]) => mark !== 'fragment');
  const names = new Set(blocks.flatMap(([, , , code]) => packagesIn(code)));
  if (!names.has('s3-versioning-mock')) return '';
  if (!names.has('jest')) return paragraphs([beginning, commandOf(names)]);
  const has = (expression) => blocks.some(([, , , code]) => expression.test(code));
  const changes = [forVitest, ...(has(/\bjest\./) ? [forVi] : []), ...(has(/^const .* = require\('s3-/m) ? [forRequire] : [])];
  return paragraphs([
    beginning,
    commandOf(names, 'jest'),
    changes.join(''),
    ...(blocks.some(([, language]) => language === 'ts') ? [forTypeScript] : []),
    ...[...names].flatMap((name) => wrongTypes[name] ?? []),
  ]);
}

function paragraphs(texts) {
  return texts.map((text) => `${text}\n\n`).join('');
}

/** The command for the packages that a guide imports, with one of the two runners, or with the runners that it imports. */
function commandOf(names, runner) {
  const chosen = runner === undefined ? [...names] : [runner, ...[...names].filter((name) => !runners.includes(name))];
  const packages = chosen.toSorted(byOrder).map((name) => versions[name] ?? name);
  return `\`\`\`sh\n${broken(`npm install --save-dev ${packages.join(' ')}`)}\n\`\`\``;
}

/** A command in lines that a narrow screen shows whole. */
function broken(command) {
  const end = command.length <= 80 ? -1 : command.lastIndexOf(' ', 78);
  return end === -1 ? command : `${command.slice(0, end)} \\\n  ${broken(command.slice(end + 1))}`;
}

function packagesIn(code) {
  const imports = [...code.matchAll(/^(?:import|\}) (?:(type) )?[^;]*?from '([^'.][^']*)';$|^import '([^'.][^']*)';$|require\('([^'.][^']*)'\)/gm)];
  return imports.flatMap(([, isType, ...names]) => {
    const name = names.find((one) => one !== undefined);
    if (/^(?:node|bun):/.test(name)) return [];
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
