import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TRIED_FOLDER } from '../tried-tests';
import { type AcceptedWay, isAccepted } from './accepted';
import { askedKinds, type KindName } from './kinds';
import type { Note, Plan } from './notes';
import { gatherNotes, type Pass, type PlannedTests, planPasses, planWays, type Run, type Way } from './plan';
import type { Report } from './report';
import { type RunnerCommand, type RunnerName, writeWords } from './runner-command';
import { PLAN_FILE } from './suite';
import { Trial } from './trial';

export { readAccepted } from './accepted';
export { certain, order, type Verdict } from './judge';
export { askedKinds, type KindName, kinds } from './kinds';
export { hasFailed, writeHtml, writeJson, writeReport } from './report';
export { readRunnerCommand, whyRefused } from './runner-command';

export interface TrySetting {
  readonly command: RunnerCommand;
  readonly passes: number;
  /** The name of a single way. */
  readonly only: string | undefined;
  /** A commit: only requests of files that have changed since, or of changed test files, get a way. */
  readonly changed: string | undefined;
  /** The kinds that are tried only if the user asks for them. */
  readonly also: readonly KindName[];
  readonly accepted: readonly AcceptedWay[];
  readonly tell: (line: string) => void;
}

/** What stops the command before it has tried anything. */
export class CannotTry extends Error {}

/** Runs the suite twice as it is, and once for each pass. */
export async function trySuite(setting: TrySetting): Promise<Report> {
  const folder = mkdtempSync(path.join(tmpdir(), 's3-versioning-mock-try-'));
  const runs = new Runs(folder, setting.command);
  const endWith = (signal: NodeJS.Signals) => {
    runs.end(signal);
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  };
  for (const signal of signals) process.once(signal, endWith);
  try {
    return await trySuiteIn(runs, setting);
  } finally {
    for (const signal of signals) process.off(signal, endWith);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many passes confirm findings, as a share of those that look for them. */
const SHARE_OF_CONFIRMATIONS = 2 / 3;

const signals = ['SIGINT', 'SIGTERM'] as const;

async function trySuiteIn(runs: Runs, setting: TrySetting): Promise<Report> {
  const { command, tell } = setting;
  const begun = Date.now();
  tell('Runs the suite as it is, twice …');
  const first = await runs.runPlain(setting.only !== undefined);
  const plainSeconds = (Date.now() - begun) / 1000;
  const second = await runs.runPlain(false);
  const planned = planWays(first, second, findAsked(setting));
  const all = chooseWays(planned, setting);
  const passes = planPasses(all, setting.passes);
  const count = [...all.values()].reduce((total, ways) => total + ways.length, 0);
  if (count === 0) throw new CannotTry(writeNoWay(planned, first, setting));
  tell(writeEstimate(count, passes.length, plainSeconds));
  const trial = new Trial(runs, [first, second], tell);
  const { judged, groups } = await trial.look(passes);
  const confirmed = await trial.confirm(judged, Math.ceil(setting.passes * SHARE_OF_CONFIRMATIONS));
  const { steady, unsteady } = await trial.leaveOutUnsteady(confirmed);
  return {
    ...{ command, plainSeconds, groups, counts: first.counts, ways: count },
    leftOut: [...planned.leftOut, ...unsteady],
    judged: steady.filter((one) => !isAccepted(one, setting.accepted)),
    accepted: steady.filter((one) => isAccepted(one, setting.accepted)),
    tests: planned.ways.size + planned.leftOut.length,
    passes: trial.passes,
    seconds: (Date.now() - begun) / 1000,
    shorten: (file) => shortenPath(file),
  };
}

function shortenPath(file: string): string {
  const below = path.relative(process.cwd(), file);
  return below.startsWith('..') || path.isAbsolute(below) ? file : below.replaceAll('\\', '/');
}

function writeEstimate(ways: number, passes: number, plainSeconds: number): string {
  const seconds = Math.ceil(passes * plainSeconds);
  return `${ways} ways in ${passes === 1 ? '1 pass' : `${passes} passes`}: about ${seconds} s.`;
}

/** A way that --only names needs no --also. */
function findAsked({ also, only }: TrySetting): readonly KindName[] {
  return askedKinds.filter((name) => also.includes(name) || only?.endsWith(`, ${name}`) === true);
}

function chooseWays({ ways }: PlannedTests, { only, changed }: TrySetting): ReadonlyMap<string, readonly Way[]> {
  const files = changed === undefined ? undefined : listChanged(changed);
  const isChanged = (file: string | undefined) => file !== undefined && files?.has(path.resolve(file)) === true;
  const isChosen = ({ name, line, test }: Way) =>
    (only === undefined || name === only) &&
    (files === undefined || isChanged(test.file) || isChanged(line?.replace(/:\d+$/, '')));
  return new Map(
    [...ways].flatMap(([key, list]) => {
      const chosen = list.filter(isChosen);
      return chosen.length === 0 ? [] : [[key, chosen] as const];
    }),
  );
}

function listChanged(commit: string): ReadonlySet<string> {
  const git = (...args: readonly string[]) => spawnSync('git', [...args], { encoding: 'utf8' });
  const top = git('rev-parse', '--show-toplevel');
  const changed = git('diff', '--name-only', '--end-of-options', commit);
  const untracked = git('ls-files', '--others', '--exclude-standard', '--full-name');
  if (top.status !== 0 || changed.status !== 0)
    throw new CannotTry(`--changed ${commit}: git says: ${(top.stderr || changed.stderr || 'it does not run').trim()}`);
  const names = `${changed.stdout}\n${untracked.stdout ?? ''}`.split('\n').filter((name) => name !== '');
  return new Set(names.map((name) => path.resolve(top.stdout.trim(), name)));
}

function writeNoWay({ ways, leftOut }: PlannedTests, { counts }: Run, { only, changed }: TrySetting): string {
  if (only !== undefined) {
    const names = [...ways.values()].flat().map(({ name }) => name);
    const near = names.filter((name) => name.split(',')[0] === only.split(',')[0]);
    return `--only ${only}: no test has this way.${near.length > 0 ? ` Its request has: ${[...new Set(near)].join('; ')}.` : ''}`;
  }
  if (changed !== undefined) return `--changed ${changed}: no file that sends a request of a test has changed.`;
  if (leftOut.length > 0) return `No test can be tried: ${leftOut[0]?.test.name}: ${leftOut[0]?.why}.`;
  if (counts.unknown > 0)
    return `${counts.unknown} requests came, and nobody knows of which tests. Run it with jest, vitest or mocha.`;
  return 'No test sent a request to a mock of this library. Is it the right command?';
}

interface EndedRun {
  readonly run: Run;
  readonly output: string;
}

const SHOWN = 3000;

/** The runs of the user's command, each with a folder for its notes. */
class Runs {
  readonly #folder: string;
  readonly #command: RunnerCommand;
  #count = 0;
  #child: ChildProcess | undefined;
  #files: readonly string[] = [];

  constructor(folder: string, command: RunnerCommand) {
    this.#folder = folder;
    this.#command = command;
  }

  end(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async runPlain(isShown: boolean): Promise<Run> {
    const { run, output } = await this.#start(undefined, undefined, isShown);
    const failed = [...run.results.values()].filter(({ result }) => result !== 'passed');
    if (failed.length > 0) {
      const names = failed.map(({ file, name }) => `  ${shortenPath(file)}: ${name}`).join('\n');
      throw new CannotTry(`The suite has to be green as it is, and these tests fail:\n${names}`);
    }
    if (run.tests.size === 0 && run.counts.unknown === 0)
      throw new CannotTry(
        `No test sent a request to a mock of this library. Is it the right command? It printed${output === '' ? ' nothing.' : `:\n${output.slice(-SHOWN)}`}`,
      );
    this.#files = [...new Set([...run.tests.values()].flatMap(([note]) => note?.test.file ?? []))];
    return run;
  }

  /** Runs a pass. Of the files that send requests, it needs only `files`. */
  async run(pass: Pass, files: readonly string[]): Promise<Run> {
    const plan: Plan = {
      ways: Object.fromEntries([...pass].map(([key, { kind, request }]) => [key, { kind, request }])),
    };
    return (await this.#start(plan, this.#choose(files), false)).run;
  }

  /** Runs files as they are. */
  async repeat(files: readonly string[]): Promise<Run> {
    return (await this.#start(undefined, this.#choose(files), false)).run;
  }

  #choose(files: readonly string[]): readonly string[] | undefined {
    return files.length < this.#files.length ? files : undefined;
  }

  async #start(plan: Plan | undefined, files: readonly string[] | undefined, isShown: boolean): Promise<EndedRun> {
    this.#count += 1;
    const folder = path.join(this.#folder, String(this.#count));
    mkdirSync(folder);
    if (plan !== undefined) writeFileSync(path.join(folder, PLAN_FILE), JSON.stringify(plan));
    const output = await this.#spawn(writeWords(this.#command, files), folder, isShown);
    return { run: gatherNotes(readNotes(folder)), output };
  }

  #spawn([program = '', ...args]: readonly string[], folder: string, isShown: boolean): Promise<string> {
    const env = { ...process.env, CI: '1', [TRIED_FOLDER]: folder, ...giveHooks(this.#command.runner) };
    return new Promise((resolve, reject) => {
      // npx is a script on Windows, which only a shell starts.
      const child = spawn(program, args, {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: process.platform === 'win32',
      });
      this.#child = child;
      let output = '';
      const take = (chunk: Buffer) => {
        output = `${output}${chunk.toString()}`.slice(-10 * SHOWN);
        if (isShown) process.stderr.write(chunk);
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('error', (error) => reject(new CannotTry(writeFailedStart(program, error))));
      child.on('close', () => resolve(output));
    });
  }
}

function writeFailedStart(program: string, error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? `there is no command '${program}'` : `${program} does not start: ${error.message}`;
}

/** The entries of jest and vitest have hooks of their own. A script of a package can start any runner. */
function giveHooks(runner: RunnerName): NodeJS.ProcessEnv {
  if (runner === 'jest' || runner === 'vitest') return {};
  const give = (variable: string, file: string) =>
    [process.env[variable] ?? '', `--require ${JSON.stringify(path.join(__dirname, file))}`].join(' ').trim();
  return {
    ...(runner !== 'mocha' && { NODE_OPTIONS: give('NODE_OPTIONS', 'node-hooks.js') }),
    ...(runner !== 'node:test' && { MOCHA_OPTIONS: give('MOCHA_OPTIONS', 'mocha-hooks.js') }),
  };
}

function readNotes(folder: string): readonly Note[] {
  return (
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      // A process that was killed can leave half of a line at the end.
      .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n').slice(0, -1))
      .map((line) => JSON.parse(line) as Note)
  ); // written by the suite
}
