import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ListenOptions } from '../capture/index';
import type { MockS3Options } from '../mock/options';
import type { BucketFixture } from '../preset/bucket-fixture';

/** What the command line asks for. */
export type Command = 'help' | 'version' | ServeCommand;

/** To answer requests until a signal comes. */
export interface ServeCommand {
  readonly mock: MockS3Options;
  readonly listen: ListenOptions;
  /** No line for each request. */
  readonly quiet: boolean;
}

/** A mistake on the command line, in words for the one who typed it. */
export class UsageError extends Error {}

/** What --help prints. */
export const help = `Usage: s3-versioning-mock [options]

Answers as Amazon S3 does, at http://127.0.0.1:9000, until it is told to stop (Ctrl+C).

  --port <number>       the port; 0 for any that is free (default 9000)
  --address <address>   where to listen; 0.0.0.0 lets other machines in (default 127.0.0.1)
  --host <name>         a host name that leads here: s3.test makes vault.s3.test the bucket vault
  --bucket <bucket>     a bucket, and what is set on it; may be given again
                          --bucket scratch
                          --bucket vault:versioning=Enabled,mfaDelete=Enabled
                          --bucket archive:region=eu-west-1,objectLock=true
  --fixtures <file>     buckets with their versions, as JSON.stringify(mock) writes them:
                          { "buckets": { "vault": { "versioning": "Enabled", "objects": { "a.txt": ["first", "second"] } } } }
  --region <region>     the region that is printed for clients (default us-east-1)
  --dialect <dialect>   aws or ibm-cos (default aws)
  --seed <text>         what ids, keys and secrets are made from; the same seed makes the same ones
  --quiet               no line for each request
  --version             the version
  --help                this text

SIGUSR2 has it print a fresh MFA header, a serial number and a code that was not used yet: kill -USR2 <pid>
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

/** Reads the command line; throws a UsageError that names what cannot be read and says what would be right. */
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
    // Node's own sentence; what it says after that is about positional arguments, which there are none of.
    const [sentence] = String(error instanceof Error ? error.message : error).split('. ');
    throw new UsageError(`${sentence?.replace(/\.$/, '')}. The options are listed by --help.`);
  }
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`--port ${text}: give a number up to 65535, or 0 for any port that is free.`);
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
    if (buckets.has(name)) throw new UsageError(`--bucket ${text}: there is a bucket ${name} already. Give each once.`);
    buckets.set(name, colon === -1 ? {} : readSettings(text, text.slice(colon + 1)));
  }
  return Object.fromEntries(buckets);
}

/** `versioning=Enabled,mfaDelete=Enabled`. What the words mean is for the mock to say. */
function readSettings(whole: string, text: string): BucketFixture {
  const settings = text.split(',').map((part) => {
    const [name = '', value, ...rest] = part.split('=');
    if (name === '' || !value || rest.length > 0) {
      throw new UsageError(`--bucket ${whole}: '${part}' is no setting. Give name=value, such as versioning=Enabled.`);
    }
    return [name, value === 'true' || value === 'false' ? value === 'true' : value] as const;
  });
  return Object.fromEntries(settings);
}

/** Options of a mock, which the mock checks itself. */
function readFixtures(file: string): MockS3Options {
  const right = 'Give what JSON.stringify(mock) writes: { "buckets": { "vault": { "versioning": "Enabled" } } }.';
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--fixtures ${file}: ${error instanceof Error ? error.message : error}. ${right}`);
  }
  if (isObject(content) && isObject(content['buckets'])) return content;
  throw new UsageError(`--fixtures ${file}: there are no buckets in it. ${right}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
