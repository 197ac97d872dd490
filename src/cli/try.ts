import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeSuggestion } from '../text/spelling';
import type { KindName, Verdict } from '../tried/command';
import { readJsonFile } from './json-file';
import { readArgumentProblem, UsageError } from './usage-error';

export const tryHelp = `Usage: s3-versioning-mock try [options] -- <command that runs your tests>

Runs your suite twice as it is, and then again and again while S3 does what S3
may do: 24 runs at most, and each with failures is slower than a plain one. It
reports failures that the code swallows and no test notices, and daily events
that break the code although they should not. Every run has the effects of your
tests on databases, files and other services. A "way" is one request of a test,
and what S3 does to it.

  npx s3-versioning-mock try -- npx jest
  npx s3-versioning-mock try -- npx vitest run

  --passes <n>          the most passes that look for findings (default 12);
                        each tries one way of each test
  --only <way>          this way alone, as the report names it:
                        'PutObject reports/q3.pdf, AccessDenied'
  --also <kinds>        try buckets that are set up otherwise, too:
                        versioning,retention,kms
  --changed <commit>    only requests of files that have changed since this
                        commit, and of changed test files
  --accept <file>       a list of accepted ways as JSON:
                        [{ "way": "…", "test": "…", "reason": "…" }]
  --fail-on <verdicts>  end with 1 if one was found:
                        not-noticed,does-not-survive
  --json                print the report as JSON
  --html <file>         write the report as a page
  --kinds               print what S3 may do, and how it is judged
  -h, --help            print this text

The exit code is 0, 1 by --fail-on, or 2 if nothing could be tried: the suite is
red, a flag is unknown, or no test sends requests to a mock.
`;

export const tryOptions = {
  passes: { type: 'string' },
  only: { type: 'string' },
  also: { type: 'string' },
  changed: { type: 'string' },
  accept: { type: 'string' },
  'fail-on': { type: 'string' },
  json: { type: 'boolean' },
  html: { type: 'string' },
  kinds: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const defaultPasses = 12;

type Tried = typeof import('../tried/command');

export interface TryOutput {
  readonly print: (text: string) => void;
  /** Prints a line of progress, which is no part of the report. */
  readonly tell: (line: string) => void;
}

/** Carries out `s3-versioning-mock try`, and returns its exit code. */
export async function tryCommand(args: readonly string[], { print, tell }: TryOutput): Promise<number> {
  const end = args.indexOf('--');
  const words = end === -1 ? [] : args.slice(end + 1);
  const given = readGiven(end === -1 ? args : args.slice(0, end));
  if (given.help) {
    print(tryHelp.trimEnd());
    return 0;
  }
  const tried: Tried = require('../tried/command') as Tried; // what the path leads to
  if (given.kinds) {
    print(writeKinds(tried));
    return 0;
  }
  const failOn = readFailOn(given['fail-on'], tried);
  const passes = readPasses(given.passes);
  const also = readAlso(given.also, tried);
  const accepted = given.accept === undefined ? [] : readAccepted(given.accept, tried);
  if (words.length === 0)
    throw new UsageError('try: give the command that runs your tests after --, such as: try -- npx jest');
  const command = tried.readRunnerCommand(words);
  const refused = tried.whyRefused(command);
  if (refused !== undefined) throw new UsageError(`try: ${refused}`);
  const { only, changed } = given;
  const setting = { command, passes, only, also, changed, accepted, tell };
  const report = await tried.trySuite(setting).catch((error: unknown) => {
    throw error instanceof tried.CannotTry ? new UsageError(`try: ${error.message}`) : error;
  });
  print(given.json ? tried.writeJson(report) : tried.writeReport(report));
  if (given.html !== undefined) writeFileSync(given.html, tried.writeHtml(report));
  return tried.hasFailed(report, failOn) ? 1 : 0;
}

function readGiven(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: tryOptions, strict: true }).values;
  } catch (error) {
    const { text } = readArgumentProblem(error, Object.keys(tryOptions));
    throw new UsageError(
      `try: ${text} try --help lists the options. The command of your tests comes after --, as in: s3-versioning-mock try -- npx jest`,
    );
  }
}

function readPasses(text: string | undefined): number {
  if (text === undefined) return defaultPasses;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UsageError(`--passes ${text}: expected a whole number from 1 to 9999`);
}

function readAlso(text: string | undefined, { askedKinds }: Tried): readonly KindName[] {
  return readWords('--also', text, askedKinds);
}

function readFailOn(text: string | undefined, { certain }: Tried): readonly Verdict[] {
  return readWords('--fail-on', text, certain);
}

/** A word of the command line has hyphens in place of blanks. */
function readWords<Word extends string>(
  flag: string,
  text: string | undefined,
  words: readonly Word[],
): readonly Word[] {
  if (text === undefined) return [];
  const names = words.map((word) => word.replaceAll(' ', '-'));
  return text.split(',').map((name) => {
    const word = words[names.indexOf(name)];
    if (word !== undefined) return word;
    const hint = writeSuggestion(name, names);
    const expected = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
    throw new UsageError(`${flag} ${name}: expected ${expected}.${hint === undefined ? '' : ` ${hint}`}`);
  });
}

function readAccepted(file: string, { readAccepted: read }: Tried) {
  const right =
    'Give a list as JSON, such as [{ "way": "PutObject reports/cache.json, AccessDenied", "reason": "…" }].';
  const accepted = read(readJsonFile(file, `--accept ${file}`, right));
  if (typeof accepted === 'string') throw new UsageError(`--accept ${file}: ${accepted}. ${right}`);
  return accepted;
}

const judgedBy = {
  refusal: 'the test has to fail, or the state has to be the same',
  daily: 'the test has to pass',
  arguable: 'the test has to pass if the code is meant for such buckets (tried with --also)',
} as const;

function writeKinds({ kinds }: Tried): string {
  return kinds
    .map(
      ({ name, nature, about, source }) =>
        `${name}\n  ${about}\n  Judged as ${nature}: ${judgedBy[nature]}.\n  ${source}`,
    )
    .join('\n\n');
}
