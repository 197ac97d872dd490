/**
 * Plays answers that other projects recorded, in place of the cases of the specification: `npm run tool recordings -- ../stackd/testdata/aws/s3`. The
 * options of `npx s3-versioning-mock facts` can follow the path.
 * @module
 */
import { facts } from '../../src/cli/facts';
import { UsageError } from '../../src/cli/usage-error';
import { readRecordings, writeExtent } from './files';

async function play([place, ...options]: readonly string[]): Promise<number> {
  if (place === undefined || place.startsWith('-'))
    throw new UsageError('give a file or a folder of recordings: npm run tool recordings -- PATH [options of facts]');
  const cases = readRecordings(place);
  console.log(writeExtent(cases));
  const { version } = require('../../package.json') as { readonly version: string };
  return await facts(options, { version, print: console.log, cases });
}

play(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    console.error(`npm run tool recordings: ${error.message}`);
    process.exitCode = 2;
  },
);
