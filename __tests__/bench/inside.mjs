import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundled } from './bundle.mjs';
import { libraryFolder } from './library.mjs';
import { inProject } from './project.mjs';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const limit = 600_000;

const runners = {
  jest: {
    format: 'cjs',
    file: 'figure.test.js',
    config: ['jest.config.js', `module.exports = { cacheDirectory: '${cacheOf('jest')}' };\n`],
    program: ['jest/bin/jest.js', '--runInBand', '--forceExit'],
  },
  vitest: {
    format: 'esm',
    file: 'figure.test.mjs',
    config: ['vitest.config.mjs', 'export default { test: { globals: true, fileParallelism: false } };\n'],
    program: ['vitest/vitest.mjs', 'run'],
  },
};

export function measureInRunner({ figure, subject, runner }) {
  const { format, file, config, program } = runners[runner];
  return inProject(async (folder) => {
    const [configName, configText] = config;
    writeFileSync(join(folder, configName), configText);
    writeFileSync(join(folder, file), await bundled(testOf({ figure, subject, runner }), format, isOfPackage));
    const numbers = join(folder, 'numbers.json');
    const [name, ...options] = program;
    const path = join(dirname(require.resolve(`${name.split('/')[0]}/package.json`)), ...name.split('/').slice(1));
    const env = { ...process.env, BENCH_LIBRARY: libraryFolder, BENCH_NUMBERS: numbers };
    await run(process.execPath, [path, ...options], { cwd: folder, env, maxBuffer: 2 ** 26 });
    return JSON.parse(readFileSync(numbers, 'utf8'));
  });
}

/** A runner loads packages itself. */
function isOfPackage(name) {
  return !name.startsWith('.') && !name.startsWith('/');
}

/** Only the subject that is the library loads it. */
function testOf({ figure, subject, runner }) {
  const isLibrary = subject === 'library';
  return `
    import { writeFileSync } from 'node:fs';
    import { prepare } from ${JSON.stringify(fileURLToPath(new URL(`figures/${figure}.mjs`, import.meta.url)))};
    ${isLibrary ? `import { mockS3 } from 's3-versioning-mock/${runner}';` : ''}
    const measure = prepare(${JSON.stringify(subject)}, ${isLibrary ? '{ mockS3, expect }' : 'undefined'});
    test('the figure', async () => {
      writeFileSync(process.env['BENCH_NUMBERS'], JSON.stringify(await measure()));
    }, ${limit});
  `;
}

/** A folder that is kept, so that a runner does not transform the same packages in each round. */
function cacheOf(name) {
  return fileURLToPath(new URL(`../../node_modules/.cache/bench/${name}`, import.meta.url));
}
