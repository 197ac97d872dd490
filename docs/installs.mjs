// Writes what a reader of each guide has to install, by the imports of its tests: above the first section, or where the guide has this block.
// `npm run generate installs`; with --check it writes nothing, and fails if a guide is not as it would be written. `npm run tool guides` runs the commands, and the tests after them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('guides/', import.meta.url);
const beginning = 'Install what the tests below need:';
const runners = ['jest', 'vitest'];

const forVitest = `- **vitest:** install \`vitest\` in place of \`jest\` (on Node 20, \`vitest@4\`). In the tests, replace \`'@jest/globals'\` by \`'vitest'\`,
  and \`'s3-versioning-mock/jest'\` by \`'s3-versioning-mock/vitest'\`.`;
const forVi = `
  Write \`vi\` in place of \`jest\` in the import and in the calls.`;
const forTypeScript =
  '- **jest that does not run TypeScript yet:** also set up [TypeScript](../runners.md#typescript-under-jest).';

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
  const ofSections = packagesOfSections(text);
  const imported = blocks.flatMap(([, , , code]) => packagesIn(code));
  const names = new Set(imported.filter((name) => !ofSections.includes(name)));
  if (!names.has('s3-versioning-mock')) return '';
  const has = (expression) => blocks.some(([, , , code]) => expression.test(code));
  if (has(/from 'bun:test'/)) return paragraphs([beginning, commandForBun(names)]);
  if (!names.has('jest')) return paragraphs([beginning, commandOf(names)]);
  const readers = [
    has(/\bjest\./) ? forVitest + forVi : forVitest,
    ...(blocks.some(([, language]) => language === 'ts') ? [forTypeScript] : []),
  ];
  return paragraphs([
    beginning,
    commandOf(names, 'jest'),
    readers.join('\n'),
    ...[...names].flatMap((name) => wrongTypes[name] ?? []),
  ]);
}

/** The packages that a section of the guide installs, because only its test needs them. */
function packagesOfSections(text) {
  const commands = [...text.matchAll(/^This section also needs .*:\n\n```sh\nnpm install --save-dev (.+)\n```$/gm)];
  return commands.flatMap(([, names]) => names.split(' ')).filter((name) => !runners.includes(name));
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

/** bun brings its runner, and finds each file whose name ends with `.test.js`. */
function commandForBun(names) {
  return `\`\`\`sh\nbun add --dev ${[...names].toSorted(byOrder).join(' ')}\nbun test   # runs publish.test.js\n\`\`\``;
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
