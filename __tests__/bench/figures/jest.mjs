import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { costOf } from '../cost.mjs';
import { libraryFolder } from '../library.mjs';

const files = 20;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const code = {
  empty: "test('nothing', () => {});",
  entry: "require('s3-versioning-mock/jest');\ntest('nothing', () => {});",
};

/** A test file of jest, in milliseconds of the processor: an empty one, or one that imports the entry for jest. */
export async function measure(subject) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-jest-')));
  try {
    writeProject(folder, code[subject]);
    process.chdir(folder); // where jest looks for packages
    const { runCLI } = createRequire(join(root, 'package.json'))('jest');
    const run = () =>
      runCLI({ runInBand: true, silent: true, reporters: [], cache: true, _: [], $0: '', config: '{}' }, [folder]);
    await run(); // fills the cache of transformed files
    return { file: (await costOf(run)) / files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeProject(folder, test) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, jest: {} }));
  const packages = join(folder, 'node_modules');
  mkdirSync(packages);
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(packages, name));
  }
  symlinkSync(dirname(libraryFolder), join(packages, 's3-versioning-mock'));
  for (let file = 0; file < files; file += 1) writeFileSync(join(folder, `file-${file}.test.js`), test);
}
