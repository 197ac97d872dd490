import type { ListenOptions } from '../capture/index';
import { type MockS3Options, optionShapes } from '../mock/options';
import type { Flag, GivenShape } from '../shapes/given';
import {
  entries,
  type FlagReader,
  json,
  moment,
  number,
  oneOf,
  pem,
  port,
  settings,
  text,
  trueOrFalse,
} from './flag-values';

interface FlagText {
  /** The name, if it is not the option's name in small letters with hyphens. */
  readonly name?: string;
  readonly about: string | readonly string[];
}

interface ValueFlag<Value> extends FlagText {
  readonly value: string;
  readonly read: FlagReader<Value>;
}

interface RepeatableFlag<Value> extends FlagText {
  readonly value: string;
  readonly isRepeatable: true;
  /** Reads all texts of the flag. If it is left out, the values are combined with the values in fixtures (`arguments.ts`). */
  readonly readAll?: (texts: readonly string[]) => Value;
}

interface Switch<Value> extends FlagText {
  readonly sets: Value;
  /** The purpose of the flag with `no-` before the name, which sets the opposite value. */
  readonly opposite?: string;
}

interface FlagGroup<Value> {
  readonly members: FlagsOf<Exclude<Value, false>>;
  readonly off?: Switch<false>;
}

interface LeftOut {
  readonly leftOut: string;
}

type OptionFlag<Value> =
  | ValueFlag<Value>
  | RepeatableFlag<Value>
  | Switch<Value>
  | LeftOut
  | ([Exclude<Value, false>] extends [object] ? FlagGroup<Value> : never);

/** The flags of all options. A new option does not compile until it has a flag here. */
type FlagsOf<Options> = {
  readonly [Name in keyof Required<Options>]: OptionFlag<NonNullable<Options[Name]>>;
};

export const listenFlags: FlagsOf<ListenOptions> = {
  port: { value: '<number>', read: port, about: 'the port; 0 for any free port (default 9000)' },
  hostname: {
    name: 'address',
    value: '<address>',
    read: text,
    about: 'the address to listen on; 0.0.0.0 admits other machines (default 127.0.0.1)',
  },
  base: {
    name: 'host',
    value: '<name>',
    read: text,
    about: 'a host name of this machine: with s3.test, vault.s3.test is the bucket vault',
  },
  door: {
    members: {
      path: { name: 'door-path', value: '<path>', read: text, about: 'the path of the door (default /_mock)' },
      hosts: {
        name: 'door-host',
        value: '<host>',
        isRepeatable: true,
        readAll: (texts) => texts,
        about:
          'a further host name that may use the door, or the host of a web page, such as localhost:3000; may be repeated',
      },
      deliverHosts: {
        name: 'deliver-host',
        value: '<host>',
        isRepeatable: true,
        readAll: (texts) => texts,
        about: 'a further host to which events may be delivered; may be repeated',
      },
    },
    off: {
      name: 'no-door',
      sets: false,
      about: 'close the door, and serve no page (default: open)',
    },
  },
  tls: {
    members: {
      cert: {
        name: 'tls-cert',
        value: '<file>',
        read: pem,
        about: 'a certificate as PEM, with which the port speaks HTTPS; needs --tls-key',
      },
      key: { name: 'tls-key', value: '<file>', read: pem, about: 'the private key of that certificate, as PEM' },
    },
  },
  ref: { leftOut: 'the port of the command keeps its process alive' },
  env: { leftOut: 'no SDK reads the environment of this process; the command prints the variables to export' },
};

/** The flags of `mockS3`, made from the shapes of its options. */
export const mockFlags: FlagsOf<MockS3Options> = Object.fromEntries(
  Object.entries<GivenShape & { readonly flag: Flag }>(optionShapes).map(([name, shape]) => [name, makeFlag(shape)]),
) as FlagsOf<MockS3Options>; // option by option

function makeFlag(shape: GivenShape & { readonly flag: Flag }): OptionFlag<unknown> {
  const { flag } = shape;
  if (!('value' in flag) || flag.isRepeatable) return flag as OptionFlag<unknown>; // which have no reader
  return { ...flag, read: makeReader(shape, flag) };
}

function makeReader(
  shape: GivenShape,
  { member, entries: example, json: exampleOfJson }: ValueOfFlag,
): FlagReader<unknown> {
  if (exampleOfJson !== undefined) return json(exampleOfJson);
  if (example !== undefined) return entries(example);
  if (member === undefined || shape.kind !== 'structure') return readerFor(shape);
  const read = readerFor(shape.members[member] ?? shape);
  return (given, flag) => ({ [member]: read(given, flag) });
}

type ValueOfFlag = Extract<Flag, { readonly value: string }>;

function readerFor(shape: GivenShape): FlagReader<unknown> {
  switch (shape.kind) {
    case 'structure':
      return settings<Readonly<Record<string, NonNullable<unknown>>>>(
        Object.fromEntries(
          Object.entries(shape.members).map(([name, member]) => [
            name,
            readerFor(member) as FlagReader<NonNullable<unknown>>,
          ]),
        ),
      );
    case 'words':
      return oneOf(...shape.words);
    case 'boolean':
      return trueOrFalse;
    case 'date':
      return moment;
    case 'long':
      return number(Number(shape.example));
    default:
      return text;
  }
}

const fixtures: RepeatableFlag<never> = {
  value: '<path>',
  isRepeatable: true,
  about: [
    'buckets with their versions; may be repeated. The output of JSON.stringify(mock):',
    '  {"buckets":{"vault":{"versioning":"Enabled"}}}',
    'or the listing of a real bucket, in a file with the name of the bucket:',
    '  aws s3api list-object-versions --bucket vault \\',
    '    --output json > vault.json',
    'or a folder with the name of the bucket: its files are the objects, and report@1.pdf, report@2.pdf, report.pdf the versions of report.pdf',
  ],
};

const ownSwitches = {
  quiet: { sets: true, about: 'print no line for each request' },
  json: { sets: true, about: 'print JSON, a line for the address and the keys, and one for each request' },
  version: { sets: true, about: 'print the version' },
  help: { sets: true, about: 'print the usual options; --help all prints all' },
};

type ListedFlag = ValueFlag<unknown> | RepeatableFlag<unknown> | Switch<unknown>;

type Table = Readonly<
  Record<string, ListedFlag | LeftOut | { readonly members: object; readonly off?: Switch<false> }>
>;

type NamedFlag = ListedFlag & {
  readonly flag: string;
  readonly path: readonly string[];
};

export function flagsIn(table: Table, above: readonly string[] = []): readonly NamedFlag[] {
  return Object.entries(table).flatMap(([option, one]): readonly NamedFlag[] => {
    const path = [...above, option];
    if ('leftOut' in one) return [];
    if ('members' in one)
      return [
        ...flagsIn({ ...one.members }, path),
        ...(one.off === undefined ? [] : [{ ...one.off, path, flag: writeName(option, one.off) }]),
      ];
    const flag = writeName(option, one);
    const own = { ...one, path, flag };
    if (!('sets' in one) || one.opposite === undefined) return [own];
    return [own, { sets: !one.sets, about: one.opposite, path, flag: flag.replace('--', '--no-') }];
  });
}

function writeName(
  option: string,
  { name = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) },
): string {
  return `--${name}`;
}

export const flags: readonly NamedFlag[] = [
  ...flagsIn(listenFlags),
  ...flagsIn({ fixtures }),
  ...flagsIn(mockFlags),
  ...flagsIn(ownSwitches),
];

export const leftOut = [listenFlags, mockFlags].flatMap((table: Table) =>
  Object.entries(table).flatMap(([option, one]) =>
    'leftOut' in one ? [{ option, flag: writeName(option, {}), why: one.leftOut }] : [],
  ),
);

/** The options under each title of the help. The last title has the options that no other one has. */
const titles: readonly (readonly [title: string, options: readonly string[]])[] = [
  ['Server', ['port', 'hostname', 'base', 'tls', 'region', 'sts', 'control', 'quiet', 'json', 'version', 'help']],
  ['Buckets and their versions', ['fixtures', 'buckets', 'sseC', 'acls', 'kmsKeys']],
  [
    'Accounts and who sends the requests',
    [
      ...['account', 'organizationId', 'accounts', 'users', 'roles', 'publicAccessBlock', 'serviceInstanceId'],
      ...['caller', 'verifySignatures', 'sourceIp', 'conditions'],
    ],
  ],
  ['The door: paths below /_mock, by which other programs control the mock', ['door']],
  ['Behaviour', []],
];

const COLUMN = 24;
const WIDTH = 80;

/** The lines of a text in the second column. A line that begins with a blank is an example, which stays whole. */
function breakLines(text: string): readonly string[] {
  if (text.startsWith(' ')) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= WIDTH - COLUMN) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function writeFlag(one: NamedFlag): string {
  const short = { '--help': '-h, ', '--version': '-v, ' }[one.flag] ?? '';
  const head = `  ${short}${one.flag}${'value' in one ? ` ${one.value}` : ''}`;
  const lines = [one.about].flat().flatMap(breakLines);
  const indent = ' '.repeat(COLUMN);
  const [first = '', ...others] = head.length < COLUMN - 1 ? lines : ['', ...lines];
  return [`${head.padEnd(COLUMN)}${first}`.trimEnd(), ...others.map((other) => `${indent}${other}`)].join('\n');
}

function isUnder(title: string, { path: [option = ''] }: NamedFlag): boolean {
  const named = titles.find(([, options]) => options.includes(option)) ?? titles.at(-1);
  return named?.[0] === title;
}

const listed = titles.map(
  ([title]) =>
    `${title}\n${flags
      .filter((one) => isUnder(title, one))
      .map(writeFlag)
      .join('\n')}\n`,
);

const usage = `Usage: s3-versioning-mock [options]
                        serves a mock at a port of this machine
       s3-versioning-mock try -- <tests>
                        repeats your tests with failures of S3; see try --help
       s3-versioning-mock facts [options]
                        compares the mock with answers of AWS; see facts --help

Answers like Amazon S3, STS and S3 Control at http://127.0.0.1:9000 until it is
stopped (Ctrl+C). For example:
  try something by hand:
    s3-versioning-mock --bucket vault:versioning=Enabled
  serve a test suite at a free port, with the buckets in s3.json:
    s3-versioning-mock --port 0 --quiet --fixtures s3.json
  answer as IBM COS:
    s3-versioning-mock --dialect ibm-cos --bucket archive

http://127.0.0.1:9000/_mock/ is its page, which shows and changes buckets,
versions and the clock. If npx or an npm script runs the command in the
foreground, it ends when that ends (not on Windows).
`;

const notes = `Let clients address buckets in the path (forcePathStyle: true in AWS's SDKs,
pathStyle: true in minio's): names such as vault.localhost do not resolve on
every machine.

To keep the buckets, store the state before you stop the command, and start with
it: curl http://127.0.0.1:9000/_mock/state > s3.json, then --fixtures s3.json

On SIGUSR2 it prints a new MFA header, a serial number and an unused code:
  kill -USR2 <pid>

To wait until it is ready: npx wait-on http://127.0.0.1:9000/_mock/
How other languages use it: docs/guides/serve.md in the folder of the package
`;

/** What the command is started with on most days; the others are one question away. */
const usual = ['--port', '--bucket', '--fixtures', '--dialect', '--now', '--quiet', '--json', '--version', '--help'];

export const help = `${usage}
Usual options
${usual.flatMap((name) => flags.filter(({ flag }) => flag === name).map(writeFlag)).join('\n')}

--help all lists all options: also addresses and TLS, accounts, users, roles and
signatures, KMS keys, delays, pages, events, and the door of other programs.

${notes}`;

export const helpOfAll = `${usage}
${listed.join('\n')}
A <json> is JSON, or @ and the path of a file with it. What is given here wins
over what the files of --fixtures say.

${notes}`;

/** The names of the options that the command does not have. */
export const leftOutList = leftOut.map(({ option }) => `\`${option}\``).join(', ');
