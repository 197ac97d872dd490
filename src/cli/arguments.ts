import { parseArgs } from 'node:util';
import type { ListenOptions } from '../capture/index';
import type { MockS3Options } from '../mock/options';
import type { AccountFixture } from '../preset/account-fixture';
import type { BucketFixture } from '../preset/bucket-fixture';
import { invalidText } from '../text/invalid-value';
import { hintFor } from '../text/spelling';
import { readFixtures } from './fixtures';
import { UsageError } from './usage-error';

type Command = 'help' | 'version' | ServeCommand;

/** The command to answer requests until a signal arrives. */
export interface ServeCommand {
  readonly mock: MockS3Options;
  readonly listen: ListenOptions;
  /** Whether the line for each request is left out. */
  readonly quiet: boolean;
}

export const help = `Usage: s3-versioning-mock [options]

Answers like Amazon S3, and STS, at http://127.0.0.1:9000 until it is stopped (Ctrl+C).

  --port <number>       the port; 0 for any free port (default 9000)
  --address <address>   the address to listen on; 0.0.0.0 admits other machines (default 127.0.0.1)
  --host <name>         a host name of this machine: with s3.test, vault.s3.test is the bucket vault
  --bucket <bucket>     a bucket and its settings; may be repeated
                          --bucket scratch
                          --bucket vault:versioning=Enabled,mfaDelete=Enabled
                          --bucket archive:region=eu-west-1,objectLock=true
  --fixtures <path>     buckets with their versions; may be repeated. The output of JSON.stringify(mock):
                          { "buckets": { "vault": { "versioning": "Enabled", "objects": { "a.txt": ["first", "second"] } } } }
                        or the listing of a real bucket, in a file with the name of the bucket:
                          aws s3api list-object-versions --bucket vault --output json > vault.json
                        or a folder with the name of the bucket: its files are the objects,
                        and report@1.pdf, report@2.pdf, report.pdf the versions of report.pdf
  --account <account>   a further account, with keys of your own or generated ones; may be repeated
                          --account partner
                          --account partner:AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
  --caller <user>       the user of the fixtures that sends the requests with unknown keys (default: the root user)
  --region <region>     the region to print for clients (default us-east-1)
  --dialect <dialect>   aws or ibm-cos (default aws)
  --no-sts              leave STS unanswered (default: it is answered at the same port)
  --seed <text>         the seed of ids, keys and secrets; the same seed makes the same ones
  --now <moment>        the moment at which the clock is stopped, such as 2026-01-31T10:00:00Z (default: it runs)
  --page-size <number>  the largest number of entries on a page of any listing (default: S3's own)
  --propagation <seconds>
                        how long until all of S3 knows that versioning was enabled for the first time (default 0)
  --verify-signatures   check dates, signatures, expiry and keys as S3 does
  --quiet               print no line for each request
  --version             print the version
  --help                print this text

Let clients address buckets in the path (forcePathStyle: true in AWS's SDKs, pathStyle: true in minio's): names such as
vault.localhost do not resolve on every machine.

On SIGUSR2 it prints a new MFA header, a serial number and an unused code: kill -USR2 <pid>
`;

const options = {
  port: { type: 'string' },
  address: { type: 'string' },
  host: { type: 'string' },
  bucket: { type: 'string', multiple: true },
  fixtures: { type: 'string', multiple: true },
  account: { type: 'string', multiple: true },
  caller: { type: 'string' },
  region: { type: 'string' },
  dialect: { type: 'string' },
  'no-sts': { type: 'boolean' },
  seed: { type: 'string' },
  now: { type: 'string' },
  'page-size': { type: 'string' },
  propagation: { type: 'string' },
  'verify-signatures': { type: 'boolean' },
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
  const { address, host } = values;
  return {
    mock: readMock(values),
    listen: {
      port: values.port === undefined ? defaultPort : readPort(values.port),
      ...(address !== undefined && { hostname: address }),
      ...(host !== undefined && { base: host }),
    },
    quiet: values.quiet ?? false,
  };
}

type Values = ReturnType<typeof parse>;

/** The options of the mock: those of the fixtures, and on top of them those of the command line. */
function readMock(values: Values): MockS3Options {
  const { region, dialect, seed, now, caller } = values;
  const { 'page-size': pageSize, 'verify-signatures': verifySignatures, propagation } = values;
  const { options: given, listed } = readFixtures(values.fixtures ?? []);
  const accounts = (values.account ?? []).map(readAccount);
  return {
    ...given,
    buckets: readBuckets(given.buckets ?? {}, listed, values.bucket ?? []),
    ...(accounts.length > 0 && { accounts: [...(given.accounts ?? []), ...accounts] }),
    ...(region !== undefined && { region }),
    ...(dialect !== undefined && { dialect: readDialect(dialect) }),
    ...(values['no-sts'] && { sts: false }),
    ...(seed !== undefined && { seed }),
    ...(now !== undefined && { now }),
    ...(caller !== undefined && { caller }),
    ...(pageSize !== undefined && { pageSize: readNumber('page-size', pageSize) }),
    ...(propagation !== undefined && { propagation: { seconds: readNumber('propagation', propagation) } }),
    ...(verifySignatures !== undefined && { verifySignatures }),
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

function invalidArgument(option: string, thing: string, written: string, expected: string): UsageError {
  return new UsageError(invalidText(option, thing, written, expected));
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw invalidArgument('--port', 'value', text, 'a number up to 65535, or 0 for any free port');
}

function readDialect(text: string): 'aws' | 'ibm-cos' {
  if (text === 'aws' || text === 'ibm-cos') return text;
  throw invalidArgument('--dialect', 'value', text, 'aws or ibm-cos');
}

/** Reads a number. The mock checks its size. */
function readNumber(name: string, text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  throw invalidArgument(`--${name}`, 'value', text, `a number, such as ${name === 'propagation' ? 900 : 2}`);
}

/** Reads `partner` or `partner:KEY:SECRET`. The secret may have any characters. */
function readAccount(text: string): AccountFixture {
  const [name = '', accessKeyId, ...rest] = text.split(':');
  if (accessKeyId === undefined) return { name };
  const secretAccessKey = rest.join(':');
  if (name !== '' && accessKeyId !== '' && secretAccessKey !== '')
    return { name, credentials: { accessKeyId, secretAccessKey } };
  throw invalidArgument(
    '--account',
    'value',
    text,
    'a name, or a name, an access key id and a secret: partner:AKIA...:secret',
  );
}

type Buckets = Readonly<Record<string, BucketFixture>>;

/** Adds the buckets of the command line; one that has come from a listing or a folder gets settings there. */
function readBuckets(given: Buckets, listed: ReadonlyMap<string, BucketFixture>, list: readonly string[]): Buckets {
  const buckets = new Map([...Object.entries(given), ...listed]);
  const seen = new Set<string>();
  for (const text of list) {
    const colon = text.indexOf(':');
    const name = colon === -1 ? text : text.slice(0, colon);
    if (seen.has(name) || (buckets.has(name) && !listed.has(name)))
      throw new UsageError(`--bucket ${text}: there is a bucket ${name} already. Give each bucket once.`);
    seen.add(name);
    buckets.set(name, { ...buckets.get(name), ...(colon === -1 ? {} : readSettings(text, text.slice(colon + 1))) });
  }
  return Object.fromEntries(buckets);
}

/** Reads `versioning=Enabled,mfaDelete=Enabled`. The mock checks names and values. */
function readSettings(whole: string, text: string): BucketFixture {
  const settings = text.split(',').map((part) => {
    const [name = '', value, ...rest] = part.split('=');
    if (name === '' || !value || rest.length > 0) {
      throw invalidArgument(`--bucket ${whole}`, 'setting', `'${part}'`, 'name=value, such as versioning=Enabled');
    }
    return [name, value === 'true' || value === 'false' ? value === 'true' : value] as const;
  });
  const names = settings.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`--bucket ${whole}: ${twice} is given twice. Give it once.`);
  return Object.fromEntries(settings);
}
