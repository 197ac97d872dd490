import { parseArgs } from 'node:util';
import type { ListenOptions } from '../capture/index';
import type { MockS3Options } from '../mock/options';
import { type AccountFixture, type AccountFixtures, accountsByName } from '../preset/account-fixture';
import type { BucketFixture } from '../preset/bucket-fixture';
import { readSettings, settingNames } from './bucket-flag';
import { findCommand } from './commands';
import { readFixtures } from './fixtures';
import { invalidFlag, maskSecrets } from './flag-values';
import { flags, flagsIn, leftOut, listenFlags, mockFlags } from './flags';
import { readArgumentProblem, UsageError } from './usage-error';

type Command = 'help' | 'version' | ServeCommand;

export interface ServeCommand {
  readonly mock: MockS3Options;
  readonly listen: ListenOptions;
  readonly quiet: boolean;
  readonly json: boolean;
  readonly inFlags: (message: string) => string;
}

const defaultPort = 9000;

export function readArguments(args: readonly string[]): Command {
  const written = parse(args);
  if (written.has('--help')) return 'help';
  if (written.has('--version')) return 'version';
  const { options, listed, at } = readFixtures(written.get('--fixtures') ?? []);
  return {
    mock: readMock(written, options, listed),
    listen: { port: defaultPort, ...readOptions(listenFlags, written) },
    quiet: written.has('--quiet'),
    json: written.has('--json'),
    inFlags: (message) => inFlags(message, written, at),
  };
}

type WrittenFlags = ReadonlyMap<string, readonly string[]>;

function readMock(
  written: WrittenFlags,
  ofFixtures: MockS3Options,
  listed: ReadonlyMap<string, BucketFixture>,
): MockS3Options {
  const accounts = written.get('--account');
  return {
    ...ofFixtures,
    buckets: readBuckets(ofFixtures.buckets ?? {}, listed, written.get('--bucket') ?? []),
    ...(accounts && { accounts: readAccounts(ofFixtures.accounts ?? {}, accounts) }),
    ...readOptions(mockFlags, written),
  };
}

function readOptions<Options>(table: Parameters<typeof flagsIn>[0], written: WrittenFlags): Partial<Options> {
  const options = new Map<string, unknown>();
  const members = new Map<string, Record<string, unknown>>();
  for (const one of flagsIn(table)) {
    const texts = written.get(one.flag);
    if (texts === undefined || ('isRepeatable' in one && one.readAll === undefined)) continue;
    const [option = '', member] = one.path;
    const value = readValue(one, texts);
    if (member !== undefined) members.set(option, { ...members.get(option), [member]: value });
    else if (members.has(option) || options.has(option))
      throw new UsageError(`${one.flag} cannot be combined with the other flags for ${option}. Leave out one of them.`);
    else options.set(option, value);
  }
  return Object.fromEntries([...options, ...members]) as Partial<Options>; // by the table
}

function readValue(one: (typeof flags)[number], texts: readonly string[]): unknown {
  const [text = ''] = texts;
  if ('sets' in one) return one.sets;
  return 'isRepeatable' in one ? one.readAll?.(texts) : one.read(text, one.flag);
}

const parsed = Object.fromEntries(
  flags.map((one) => [
    one.flag.slice(2),
    {
      type: 'value' in one ? ('string' as const) : ('boolean' as const),
      multiple: true,
      ...(one.flag === '--help' && { short: 'h' }),
      ...(one.flag === '--version' && { short: 'v' }),
    },
  ]),
);

function parse(args: readonly string[]): WrittenFlags {
  const written = new Map<string, string[]>();
  for (const token of readTokens(args)) {
    if (token.kind !== 'option') continue;
    const flag = `--${token.name}`;
    written.set(flag, [...(written.get(flag) ?? []), ...(token.value === undefined ? [] : [token.value])]);
  }
  for (const one of flags) {
    const values = written.get(one.flag) ?? [];
    if (values.length > 1 && !('isRepeatable' in one))
      throw new UsageError(`${one.flag} is given twice: ${values.map(maskSecrets).join(' and ')}. Give it once.`);
  }
  return written;
}

function readTokens(args: readonly string[]) {
  try {
    return parseArgs({ args: joinNegative(args), options: parsed, tokens: true }).tokens;
  } catch (error) {
    const { name, text } = readArgumentProblem(error, Object.keys(parsed), exampleOf);
    const command = findCommand(/^Unexpected argument '(.*)'/.exec(text)?.[1]);
    if (command !== undefined)
      throw new UsageError(`${command} is a command, so write it first. ${command} --help lists its options.`);
    const absent = leftOut.find(({ flag, option }) => flag === `--${name}` || option === name);
    if (absent !== undefined)
      throw new UsageError(`This command has no option ${absent.flag}: ${absent.why}. --help all lists the options.`);
    const setting = settingNames.find((one) => one === name);
    if (setting !== undefined)
      throw new UsageError(`--${setting} is no option: it is a setting of a bucket. Write --bucket NAME:${setting}=…`);
    throw new UsageError(`${text} --help all lists the options.`);
  }
}

/** The first example with a setting that `--help` prints, or the kind of value. */
function exampleOf(flag: string): string {
  const named = flags.find((one) => one.flag === flag);
  if (named === undefined || !('value' in named)) return '';
  const examples = [named.about].flat().filter((line) => line.trim().startsWith(`${flag} `));
  const example = examples.find((line) => line.includes('=')) ?? examples[0];
  return example === undefined ? `: ${flag} ${named.value}` : `, such as ${example.trim()}`;
}

/** Node takes the dash of a negative number for a flag, and its message does not say what the value may be. */
function joinNegative(args: readonly string[]): string[] {
  const isNegative = (text: string | undefined) => text !== undefined && /^-\d/.test(text);
  const takesValue = (flag: string | undefined) => flags.some((one) => one.flag === flag && 'value' in one);
  return args.flatMap((one, index) => {
    if (isNegative(one) && takesValue(args[index - 1])) return [];
    return takesValue(one) && isNegative(args[index + 1]) ? [`${one}=${args[index + 1]}`] : [one];
  });
}

/** `mockS3: invalid pageSize 0` is `--page-size: invalid value 0`. */
function inFlags(message: string, written: WrittenFlags, fixtures: string | undefined): string {
  // A program can pass undefined; a command line cannot, so its message leaves that out.
  const text = message.replace(', or undefined', '');
  const [, bucket, problemOfBucket = ''] = /^(?:bucket|invalid bucket name) '([^']*)': (.*)$/s.exec(text) ?? [];
  if (bucket !== undefined) {
    const argument = written.get('--bucket')?.find((one) => one === bucket || one.startsWith(`${bucket}:`));
    if (argument !== undefined) return `--bucket ${argument}: ${writePlainly(problemOfBucket)}`;
    return fixtures === undefined ? text : `${fixtures}: ${text}`;
  }
  const [, call, problem] = /^(mockS3|listen): (.*)$/s.exec(text) ?? [];
  if (call === undefined || problem === undefined) return message;
  const named = flagsIn(call === 'listen' ? listenFlags : mockFlags)
    .filter(({ flag }) => call === 'listen' || written.has(flag))
    .flatMap((one) => {
      const found = writeProblem(one.flag, one.path, problem);
      if (found === undefined) return [];
      return 'value' in one && /^<(?:json|settings)>$/.test(one.value) ? found : writePlainly(found);
    });
  if (named[0] !== undefined) return named[0];
  return call === 'mockS3' && fixtures !== undefined ? `${fixtures}: ${problem}` : message;
}

/** Writes the texts, lists and objects of a message as a shell takes them, and options as flags. */
function writePlainly(problem: string): string {
  return problem
    .replace(/\[([^[\]]*)\]/g, '$1')
    .replace(/\{ ([^{}]*) \}/g, (words, members: string) =>
      members.includes(': ') ? members.replaceAll(': ', '=').replaceAll(', ', ',') : words,
    )
    .replace(/'([^' ]+)'/g, '$1')
    .replace(
      /the option (\w+)/,
      (words, name) => flagsIn(mockFlags).find(({ path }) => path[0] === name)?.flag ?? words,
    )
    .replace('a list of host names', 'host names')
    .replace(' in a string', '');
}

function writeProblem(flag: string, path: readonly string[], problem: string): string | undefined {
  const above = path.slice(0, -1).map((name) => `${name}: `);
  const [, invalid, rest] = new RegExp(`^${above.join('')}(invalid )?${path.at(-1)}\\b(.*)$`, 's').exec(problem) ?? [];
  if (rest === undefined) return undefined;
  return invalid === undefined ? `${flag}${rest}` : `${flag}: invalid value${rest}`;
}

function readAccounts(fixtures: AccountFixtures | readonly string[], list: readonly string[]): AccountFixtures {
  const accounts = new Map(Object.entries(accountsByName(fixtures)));
  for (const text of list) {
    const [name, fixture] = readAccount(text);
    if (accounts.has(name))
      throw new UsageError(`--account ${name}: there is an account ${name} already. Give each account once.`);
    accounts.set(name, fixture);
  }
  return Object.fromEntries(accounts);
}

/** Reads `name:id:accessKeyId:secretAccessKey`. The id and the keys can be left out, and the secret itself can contain colons. */
function readAccount(text: string): readonly [name: string, fixture: AccountFixture] {
  const [, name = '', id, keys] = /^([^:]*)(?::(\d{12})(?=:[^:]+:|$))?(?::(.*))?$/s.exec(text) ?? [];
  const ofId = id === undefined ? {} : { id };
  if (keys === undefined && name !== '') return [name, ofId];
  const [accessKeyId = '', ...rest] = keys?.split(':') ?? [];
  const secretAccessKey = rest.join(':');
  if (name !== '' && accessKeyId !== '' && secretAccessKey !== '')
    return [name, { ...ofId, credentials: { accessKeyId, secretAccessKey } }];
  throw invalidFlag(
    '--account',
    rest.length === 0 ? text : `${name}:${accessKeyId}:<secret>`,
    'name, name:id, name:key:secret or name:id:key:secret, where the id has 12 digits',
  );
}

type Buckets = Readonly<Record<string, BucketFixture>>;

function readBuckets(fixtures: Buckets, listed: ReadonlyMap<string, BucketFixture>, list: readonly string[]): Buckets {
  const buckets = new Map([...Object.entries(fixtures), ...listed]);
  const seen = new Set<string>();
  for (const text of list) {
    const colon = text.indexOf(':');
    const name = colon === -1 ? text : text.slice(0, colon);
    if (seen.has(name) || (buckets.has(name) && !listed.has(name)))
      throw new UsageError(`--bucket ${text}: there is a bucket ${name} already. Give each bucket once.`);
    if (colon === -1 && /[,=]/.test(name))
      throw new UsageError(`--bucket ${text}: settings stand behind a colon: --bucket NAME:versioning=Enabled`);
    seen.add(name);
    buckets.set(name, { ...buckets.get(name), ...(colon === -1 ? {} : readSettings(text, text.slice(colon + 1))) });
  }
  return Object.fromEntries(buckets);
}
