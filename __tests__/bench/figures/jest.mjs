import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { costOf } from '../cost.mjs';
import { inProject } from '../project.mjs';

const files = 20;
const code = {
  empty: "test('nothing', () => {});",
  entry: "require('s3-versioning-mock/jest');\ntest('nothing', () => {});",
  mock: "require('s3-versioning-mock/jest').mockS3({ buckets: { vault: {} } });\ntest('nothing', () => {});",
};

/** A test file of jest, in milliseconds of the processor: an empty one, one that imports the entry for jest, or one that makes a mock. */
export function measure(subject) {
  return inProject(async (folder) => {
    for (let file = 0; file < files; file += 1) writeFileSync(join(folder, `file-${file}.test.js`), code[subject]);
    process.chdir(folder); // where jest looks for packages
    const { runCLI } = createRequire(import.meta.url)('jest');
    const run = () =>
      runCLI({ runInBand: true, silent: true, reporters: [], cache: true, _: [], $0: '', config: '{}' }, [folder]);
    await run(); // fills the cache of transformed files
    return { file: (await costOf(run)) / files };
  });
}
