/**
 * Plays the recorded cases at AWS itself, where requests cost money: `npm run tool at-aws -- --endpoint https://s3.us-east-1.amazonaws.com`. The
 * options of `npx s3-versioning-mock facts` can follow, and `--max-dollars`.
 * @module
 */
import { facts } from '../../src/cli/facts';
import { UsageError } from '../../src/cli/usage-error';
import { cases } from '../facts/cases';
import { makeAtAws, takeDollars } from './terms';

async function play(args: readonly string[]): Promise<number> {
  const { dollars, others } = takeDollars(args);
  const { version } = require('../../package.json') as { readonly version: string };
  return await facts(others, { version, print: console.log, cases, atAws: makeAtAws(dollars) });
}

play(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    console.error(`npm run tool at-aws: ${error.message}`);
    process.exitCode = 2;
  },
);
