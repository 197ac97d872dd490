import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { URL } from 'node:url';
import { parseArgs, types } from 'node:util';
import { isHostOfAws } from '../capture/aws-hosts';
import type { Budget, ChosenCase, Outcome, Plan, Report, Service, ServiceStage } from '../facts';
import { counted } from '../text/counts';
import { parseUrl } from '../text/parsed-url';
import { readJsonFile } from './json-file';
import { readArgumentProblem, UsageError } from './usage-error';

export const factsHelp = `Usage: s3-versioning-mock facts [options]

Plays recorded answers of S3: against the mock in this process, or against a
service that speaks S3.

  --only <word>         a subject, the number of a fact, a file or a part of a
                        title; may be repeated
  --list                print the titles, and play nothing
  --endpoint <url>      a service in place of the mock, with the keys in
                        AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; no host of
                        AWS, where requests cost money
  --region <region>     its region; default us-east-1
  --service <name>      what the file of the run calls it; default the host of
                        the endpoint
  --run                 play the cases there: without it, the command says what
                        it would send
  --prefix <name>       what the names of its buckets begin with; default
                        s3-facts
  --max-requests <n>    how many requests the cases may send; default 5000
  --known <file>        the file of an earlier run, whose differences are not
                        counted as new
  --write <folder>      where the run writes facts-SERVICE-DATE.json
  -h, --help            print this text

Buckets are removed whatever happens, by requests beyond these. The exit code is
1 if an answer differs and the earlier run does not have this difference, if the
run was stopped, or if a bucket is left.
`;

type Facts = typeof import('../facts');

export const factsOptions = {
  only: { type: 'string', multiple: true },
  list: { type: 'boolean' },
  endpoint: { type: 'string' },
  region: { type: 'string' },
  service: { type: 'string' },
  run: { type: 'boolean' },
  prefix: { type: 'string' },
  'max-requests': { type: 'string' },
  known: { type: 'string' },
  write: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const signals = ['SIGINT', 'SIGTERM'] as const;

type Given = ReturnType<typeof readGiven>;

export interface FactsSetting {
  readonly version: string;
  readonly print: (text: string) => void;
  /** Prints a line of progress, which is no part of the report. */
  readonly tell?: (line: string) => void;
  /** The cases to play. By default, they are the cases of the package. */
  readonly cases?: readonly ChosenCase[] | undefined;
  /** The tool of the repository that plays cases at AWS gives it. */
  readonly atAws?: AtAws;
}

interface AtAws {
  readonly makeBudget: (mostRequests: number) => Budget;
  /** Writes what the requests of a budget cost: ` and 0.0012 dollars`. */
  readonly writeCost: (budget: Budget) => string;
  /** Finds other keys than those of the environment. */
  readonly findKeys: (environment: NodeJS.ProcessEnv) => Service['keys'] | undefined;
}

export async function facts(
  args: readonly string[],
  { version, print, tell, cases, atAws }: FactsSetting,
): Promise<number> {
  const given = readGiven(args);
  if (given.help) {
    print(factsHelp.trimEnd());
    return 0;
  }
  const loaded: Facts = require('../facts/index') as Facts; // what the path leads to
  const chosen = loaded.choose(given.only ?? [], cases ?? loaded.readPackedCases());
  if (chosen.length === 0)
    throw new UsageError(`--only ${given.only?.join(', ')}: no case matches. --list lists all cases.`);
  if (given.list) {
    print(chosen.map(({ recordedCase: { fact }, ...one }) => loaded.writeTitle({ ...one, fact })).join('\n'));
    return 0;
  }
  checkGiven(given);
  const earlier = given.known === undefined ? [] : readEarlier(given.known);
  const service = given.endpoint === undefined ? undefined : readService(given, given.endpoint, atAws);
  if (service === undefined) {
    tell?.(`Plays ${counted(chosen.length, 'case')} against the mock in this process …`);
    return report(loaded, given, await loaded.run(loaded.mockStage, chosen), earlier, version, print);
  }
  const { makeBudget, writeCost } = atAws ?? {
    makeBudget: (mostRequests) => new loaded.Budget(mostRequests),
    writeCost: () => '',
  };
  const budget = makeBudget(readMostRequests(given));
  const stage = new loaded.ServiceStage(service, budget);
  const planned = makeBudget(Number.POSITIVE_INFINITY);
  const plan = await loaded.plan(service, chosen, planned);
  print(writePlan(plan, chosen.length, service, writeCost(planned)));
  if (plan.ofTwoAccounts.length > 0) print(writeOfTwoAccounts(loaded, plan.ofTwoAccounts));
  if (!given.run) return 0;
  print(await writeEarlier(stage));
  // The buckets of the case that is being played are removed before the end. A second signal ends the process, by Node's default.
  const stop = () => budget.end('the run was stopped');
  for (const signal of signals) process.once(signal, stop);
  tell?.(`Plays ${counted(chosen.length, 'case')} at ${service.endpoint} …`);
  const outcomes = await loaded.run(stage, chosen);
  for (const signal of signals) process.off(signal, stop);
  const { left } = stage;
  const removed =
    left.length === 0 ? 'All of its buckets are removed.' : `These buckets could not be removed: ${left.join(', ')}.`;
  print(`Sent ${counted(budget.sent, 'request')}${writeCost(budget)}. ${removed}`);
  const code = report(loaded, given, outcomes, earlier, version, print);
  return left.length > 0 || budget.isStopped ? 1 : code;
}

function readGiven(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: factsOptions, strict: true }).values;
  } catch (error) {
    const { text } = readArgumentProblem(error, Object.keys(factsOptions));
    throw new UsageError(`facts: ${text} facts --help lists the options.`);
  }
}

/** Throws for an argument that would have no effect, and for a folder that does not exist: a run can take minutes. */
function checkGiven(given: Given): void {
  const ofServices = ['run', 'region', 'prefix', 'max-requests'] as const;
  const idle = given.endpoint === undefined ? ofServices.find((name) => given[name] !== undefined) : undefined;
  if (idle !== undefined) throw new UsageError(`--${idle} needs a service: give its address with --endpoint`);
  if (given.write !== undefined && !statSync(given.write, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--write ${given.write} is not a folder`);
}

function readService(given: Given, endpoint: string, atAws: AtAws | undefined): Service {
  const { protocol = '', hostname = '', origin = '' } = parseUrl(endpoint) ?? {};
  if (!/^https?:$/.test(protocol))
    throw new UsageError(`--endpoint ${withoutSecrets(endpoint)} is not an address such as http://127.0.0.1:9000`);
  if (isHostOfAws(hostname)) checkAtAws(origin, hostname, atAws);
  const keys = findKeys(process.env) ?? atAws?.findKeys(process.env);
  if (keys === undefined)
    throw new UsageError('--endpoint needs keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment');
  const { region = 'us-east-1', prefix = 's3-facts' } = given;
  if (!/^[a-z0-9][a-z0-9-]{0,29}$/.test(prefix))
    throw new UsageError(`--prefix ${prefix}: expected up to 30 small letters, digits and hyphens`);
  return { endpoint: origin, region, prefix, keys };
}

/** A command of a package for unit tests never costs money. */
function checkAtAws(origin: string, hostname: string, atAws: AtAws | undefined): void {
  if (atAws === undefined)
    throw new UsageError(
      `--endpoint ${origin} is a host of AWS, where requests cost money. The repository of this package has a tool for it: npm run tool at-aws`,
    );
  if (!/^(?:s3|bucket\.vpce)[.-]/.test(hostname))
    throw new UsageError(`--endpoint ${origin} names a bucket: give the address of the service, without it`);
}

function findKeys(environment: NodeJS.ProcessEnv): Service['keys'] | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment;
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken } : undefined;
}

/** The text before the host may be a password, and a query may contain a signature. */
const withoutSecrets = (address: string): string => address.replace(/^.*@/s, '').replace(/[?#].*$/s, '');

function readMostRequests({ 'max-requests': text }: Given): number {
  if (text === undefined) return 5000;
  const number = Number(text);
  if (text.trim() === '' || !(number > 0)) throw new UsageError(`--max-requests ${text}: expected a number above 0`);
  return number;
}

function readEarlier(file: string): readonly Outcome[] {
  const { outcomes } = Object(readJsonFile(file, `--known ${file}`, writtenByRun)) as Partial<Report>; // checked below
  if (Array.isArray(outcomes)) return outcomes;
  throw new UsageError(`--known ${file} is not the file of a run: it has no outcomes`);
}

const writtenByRun = 'Give the file of a run, which --write writes.';

function writePlan(
  { cases, requests, leftOut }: Plan,
  count: number,
  { endpoint, region, prefix }: Service,
  cost: string,
): string {
  const without = leftOut.length === 0 ? '' : `: ${counted(leftOut.length, 'call')} of the recordings are left out`;
  return (
    `${counted(cases, 'case')} of ${count} can be played at ${endpoint} (${region}): about ` +
    `${counted(requests, 'request')}${cost}, and those that remove the buckets, ` +
    `whose names begin with ${prefix}-. No other bucket is named${without}. --run plays them.`
  );
}

function writeOfTwoAccounts({ writeTitle }: Facts, ofTwoAccounts: Plan['ofTwoAccounts']): string {
  const isOne = ofTwoAccounts.length === 1;
  const head = `${counted(ofTwoAccounts.length, 'case')} ${isOne ? 'needs' : 'need'} only a second account, and ${isOne ? 'is' : 'are'} not played:`;
  return [head, ...ofTwoAccounts.map((one) => `  ${writeTitle(one)}`)].join('\n');
}

/** Lists the buckets of earlier runs. A run that was killed could neither remove its buckets nor name them. */
async function writeEarlier(stage: ServiceStage): Promise<string> {
  try {
    const earlier = await stage.findEarlier();
    if (earlier.length === 0) return 'No earlier run left a bucket.';
    const isOne = earlier.length === 1;
    const names = earlier.map(({ name, created }) => `  ${name}${created === undefined ? '' : `, made ${created}`}`);
    return [
      isOne
        ? '1 bucket of an earlier run is left, or belongs to a run that has not ended:'
        : `${counted(earlier.length, 'bucket')} of earlier runs are left, or belong to a run that has not ended:`,
      ...names,
      `This run does not touch ${isOne ? 'it' : 'them'}. If no other run is going on, delete the versions, delete markers and ` +
        'uploads, then the bucket. A version with a retention is deleted with the permission to bypass it.',
    ].join('\n');
  } catch (error) {
    return `It is not known whether an earlier run left buckets: ${types.isNativeError(error) ? error.message : error}.`;
  }
}

const columns = `played  the cases that were played
same    all answers are as recorded
other   an answer differs, or the case failed
known   cases of 'other' whose differences are in the file of --known
new     cases of 'other' with a new difference`;

function report(
  { newsIn, writeTable, writeDifferences, writeReasons, writeLeftOut }: Facts,
  given: Given,
  outcomes: readonly Outcome[],
  earlier: readonly Outcome[],
  version: string,
  print: (text: string) => void,
): number {
  const news = newsIn(outcomes, earlier);
  const reasons = writeReasons(outcomes);
  const leftOut = writeLeftOut(outcomes);
  const parts = [
    `${writeTable(outcomes, news)}\n\n${columns}`,
    writeDifferences(news),
    reasons === '' ? '' : `Not played, since\n${reasons}`,
    leftOut === '' ? '' : `Left out, since\n${leftOut}`,
  ];
  print(parts.filter((part) => part !== '').join('\n\n'));
  if (given.write !== undefined) print(`Written: ${writeReport(given, outcomes, version, given.write)}`);
  return news.length === 0 ? 0 : 1;
}

function writeReport(given: Given, outcomes: readonly Outcome[], version: string, folder: string): string {
  const { region = 'us-east-1' } = given;
  // The report contains only the origin of the address, since the address may contain a password.
  const { origin: endpoint, hostname } =
    given.endpoint === undefined ? { origin: 'in this process', hostname: 'mock' } : new URL(given.endpoint);
  const service = given.service ?? hostname;
  const date = new Date().toISOString().slice(0, 10);
  const file = path.join(folder, `facts-${service.replace(/[^\w.-]/g, '-')}-${date}.json`);
  const content: Report = { service, endpoint, region, date, version, outcomes };
  writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
  return file;
}
