import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ListenOptions } from '../capture/index';
import type { MockS3Options } from '../mock/options';
import type { BucketFixture } from '../preset/bucket-fixture';
import { hintFor } from '../text/spelling';

/** A command that the command line can give. */
type Command = 'help' | 'version' | ServeCommand;

/** The command to answer requests until a signal arrives. */
export interface ServeCommand {
  readonly mock: MockS3Options;
  readonly listen: ListenOptions;
  /** Whether the line for each request is left out. */
  readonly quiet: boolean;
}

/** A mistake on the command line; the message is for the user who typed it. */
export class UsageError extends Error {}

/** The text of --help. */
export const help = `Usage: s3-versioning-mock [options]

Answers like Amazon S3 at http://127.0.0.1:9000 until it is stopped (Ctrl+C).

  --port <number>       the port; 0 for any free port (default 9000)
  --address <address>   the address to listen on; 0.0.0.0 admits other machines (default 127.0.0.1)
  --host <name>         a host name of this machine: with s3.test, vault.s3.test is the bucket vault
  --bucket <bucket>     a bucket and its settings; may be repeated
                          --bucket scratch
                          --bucket vault:versioning=Enabled,mfaDelete=Enabled
                          --bucket archive:region=eu-west-1,objectLock=true
  --fixtures <file>     buckets with their versions, the output of JSON.stringify(mock):
                          { "buckets": { "vault": { "versioning": "Enabled", "objects": { "a.txt": ["first", "second"] } } } }
  --region <region>     the region to print for clients (default us-east-1)
  --dialect <dialect>   aws or ibm-cos (default aws)
  --seed <text>         the seed of ids, keys and secrets; the same seed makes the same ones
  --quiet               print no line for each request
  --version             print the version
  --help                print this text

On SIGUSR2 it prints a new MFA header, a serial number and an unused code: kill -USR2 <pid>
`;

const options = {
  port: { type: 'string' },
  address: { type: 'string' },
  host: { type: 'string' },
  bucket: { type: 'string', multiple: true },
  fixtures: { type: 'string' },
  region: { type: 'string' },
  dialect: { type: 'string' },
  seed: { type: 'string' },
  quiet: { type: 'boolean' },
  version: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const defaultPort = 9000;

/** Reads the command line; throws a UsageError that names the wrong argument and says what is allowed. */
export function readArguments(args: readonly string[]): Command {
  const values = parse(args);
  if (values.help) return 'help';
  if (values.version) return 'version';
  const { address, host, region, dialect, seed } = values;
  const fixtures = values.fixtures === undefined ? {} : readFixtures(values.fixtures);
  return {
    mock: {
      ...fixtures,
      buckets: readBuckets(fixtures.buckets, values.bucket ?? []),
      ...(region !== undefined && { region }),
      ...(dialect !== undefined && { dialect: readDialect(dialect) }),
      ...(seed !== undefined && { seed }),
    },
    listen: {
      port: values.port === undefined ? defaultPort : readPort(values.port),
      ...(address !== undefined && { hostname: address }),
      ...(host !== undefined && { base: host }),
    },
    quiet: values.quiet ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // The first sentence of Node's message; the rest is about positional arguments, which this command does not have.
    const [sentence] = String(error instanceof Error ? error.message : error).split('. ');
    const name = /^Unknown option '--([^']*)'/.exec(String(sentence))?.[1];
    const hint = hintFor(name, Object.keys(options)).replace('mean ', 'mean --');
    throw new UsageError(`${sentence?.replace(/\.$/, '')}.${hint} The options are listed by --help.`);
  }
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`--port ${text}: give a number up to 65535, or 0 for any free port.`);
}

function readDialect(text: string): 'aws' | 'ibm-cos' {
  if (text === 'aws' || text === 'ibm-cos') return text;
  throw new UsageError(`--dialect ${text}: give aws or ibm-cos.`);
}

type Buckets = Readonly<Record<string, BucketFixture>>;

function readBuckets(given: Buckets = {}, list: readonly string[]): Buckets {
  const buckets = new Map(Object.entries(given));
  for (const text of list) {
    const colon = text.indexOf(':');
    const name = colon === -1 ? text : text.slice(0, colon);
    if (buckets.has(name))
      throw new UsageError(`--bucket ${text}: there is a bucket ${name} already. Give each bucket once.`);
    buckets.set(name, colon === -1 ? {} : readSettings(text, text.slice(colon + 1)));
  }
  return Object.fromEntries(buckets);
}

/** Reads `versioning=Enabled,mfaDelete=Enabled`. The mock checks names and values. */
function readSettings(whole: string, text: string): BucketFixture {
  const settings = text.split(',').map((part) => {
    const [name = '', value, ...rest] = part.split('=');
    if (name === '' || !value || rest.length > 0) {
      throw new UsageError(
        `--bucket ${whole}: '${part}' is not a setting. Give name=value, such as versioning=Enabled.`,
      );
    }
    return [name, value === 'true' || value === 'false' ? value === 'true' : value] as const;
  });
  return Object.fromEntries(settings);
}

/** Reads the options of a mock, which checks them itself. */
function readFixtures(file: string): MockS3Options {
  const right =
    'Give a file with the output of JSON.stringify(mock): { "buckets": { "vault": { "versioning": "Enabled" } } }.';
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--fixtures ${file}: ${error instanceof Error ? error.message : error}. ${right}`);
  }
  if (isObject(content) && isObject(content['buckets'])) return content;
  throw new UsageError(`--fixtures ${file}: it has no buckets. ${right}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
