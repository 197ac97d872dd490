// Writes what each guide needs above its first section: the command that installs the packages of its tests. `npm run generate installs`;
// with --check it writes nothing, and fails if a guide is not as it would be written. `npm run tool guides` runs the commands, and the tests after them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('guides/', import.meta.url);
const beginning = 'Install what the tests below need:';
const transformer = 'npm install --save-dev ts-jest typescript@6 @types/jest @types/node';
const transformerIs = `With [\`tsconfig.json\`](../runners.md#typescript-under-jest) and [\`jest.config.json\`](../runners.md#ts-jest),
the second command lets jest run TypeScript. Leave it out if your jest already does.`;

/** Packages whose types do not compile as they are installed, with what a reader does about it. */
const wrongTypes = {
  'aws-sdk-client-mock': `Set \`"skipLibCheck": true\` in \`compilerOptions\` as well, because two packages that aws-sdk-client-mock installs have types that do not fit each other.`,
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

function withInstall(text) {
  const [before, ...sections] = text.split(/^(?=## )/m);
  const [introduction] = before.split(beginning);
  return `${introduction}${installOf(text)}${sections.join('')}`;
}

function installOf(text) {
  const blocks = [...text.matchAll(/^```(ts|js)(?: (\w+))?\n([^]*?)^```$/gm)].filter(([, , mark]) => mark !== 'fragment');
  const names = new Set(blocks.flatMap(([, , , code]) => packagesIn(code)));
  if (!names.has('s3-versioning-mock')) return '';
  const packages = [...names].toSorted(byOrder).map((name) => versions[name] ?? name);
  const command = broken(`npm install --save-dev ${packages.join(' ')}`);
  const isTypeScript = names.has('jest') && blocks.some(([, language]) => language === 'ts');
  const advice = [...names].flatMap((name) => wrongTypes[name] ?? []);
  const commands = isTypeScript ? [command, transformer] : [command];
  return `${beginning}\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n\n${isTypeScript ? [transformerIs, ...advice].map((text) => `${text}\n\n`).join('') : ''}`;
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
