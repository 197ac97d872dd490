import type { ListenOptions } from '../capture/index';
import type { MockS3Options } from '../mock/options';
import {
  entries,
  type FlagReader,
  json,
  moment,
  number,
  oneOf,
  port,
  settings,
  text,
  trueOrFalse,
} from './flag-values';

interface FlagText {
  /** If it is not that of the option in small letters with hyphens. */
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
  /** If it is left out, the values are put together with what is in fixtures (`arguments.ts`). */
  readonly readAll?: (texts: readonly string[]) => Value;
}

interface Switch<Value> extends FlagText {
  readonly sets: Value;
}

interface FlagGroup<Value> {
  readonly members: FlagsOf<Exclude<Value, false>>;
  readonly off: Switch<false>;
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

/** A new option does not compile until it is here. */
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
          "a host beside this machine's own, or a page's as localhost:3000, that may use the door; may be repeated",
      },
      deliverHosts: {
        name: 'deliver-host',
        value: '<host>',
        isRepeatable: true,
        readAll: (texts) => texts,
        about: 'a host beside this machine to which the door may deliver events; may be repeated',
      },
    },
    off: {
      name: 'no-door',
      sets: false,
      about: 'close the door, by which other languages control the mock (default: open)',
    },
  },
  env: { leftOut: 'no SDK reads the environment of this process; the command prints the variables to export' },
};

export const mockFlags: FlagsOf<MockS3Options> = {
  buckets: {
    name: 'bucket',
    value: '<bucket>',
    isRepeatable: true,
    about: [
      'a bucket and its settings; may be repeated',
      '  --bucket scratch',
      '  --bucket vault:versioning=Enabled,mfaDelete=Enabled',
      '  --bucket archive:region=eu-west-1,objectLock=true',
    ],
  },
  accounts: {
    name: 'account',
    value: '<account>',
    isRepeatable: true,
    about: [
      'a further account, with keys of your own or generated ones; may be repeated',
      '  --account partner',
      '  --account partner:AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    ],
  },
  account: {
    name: 'account-id',
    value: '<12 digits>',
    read: text,
    about: 'the id of the default account (default 000000000000)',
  },
  organizationId: {
    value: '<id>',
    read: text,
    about: 'the organization of the default account, o-... (default: none)',
  },
  users: {
    value: '<json>',
    read: json(),
    about: ['users of the default account by name, each with its policy', '  --users @users.json'],
  },
  roles: {
    value: '<json>',
    read: json(),
    about: ['roles of the default account by name, each with its policy and its trust', '  --roles @roles.json'],
  },
  publicAccessBlock: {
    value: '<json>',
    read: json(),
    about: [
      'the switches that keep all buckets of the default account from being public',
      '  --public-access-block \'{"BlockPublicPolicy":true}\'',
    ],
  },
  caller: {
    value: '<user>',
    read: text,
    about: 'the one of the users that sends the requests with unknown keys (default: the root user)',
  },
  region: { value: '<region>', read: text, about: 'the region to print for clients (default us-east-1)' },
  dialect: { value: '<dialect>', read: oneOf('aws', 'ibm-cos'), about: 'aws or ibm-cos (default aws)' },
  serviceInstanceId: {
    value: '<id>',
    read: text,
    about: "the account's instance of IBM COS, a GUID or CRN (default: any instance is accepted)",
  },
  sts: { name: 'no-sts', sets: false, about: 'leave STS unanswered (default: it is answered at the same port)' },
  control: {
    name: 'no-control',
    sets: false,
    about: 'leave S3 Control unanswered (default: it is answered at the same port, by its path)',
  },
  seed: { value: '<text>', read: text, about: 'the seed of ids, keys and secrets; the same seed makes the same ones' },
  now: {
    value: '<moment>',
    read: moment,
    about: 'the moment at which the clock is stopped, such as 2026-01-31T10:00:00Z (default: it runs)',
  },
  pageSize: {
    value: '<number>',
    read: number(2),
    about: "the largest number of entries on a page of any listing (default: S3's own)",
  },
  propagation: {
    value: '<seconds>',
    read: (given, flag) => ({ seconds: number(900)(given, flag) }),
    about: 'how long until all of S3 knows that versioning was enabled for the first time (default 0)',
  },
  replicationDelay: {
    value: '<time>',
    read: settings({
      days: number(1),
      hours: number(2),
      minutes: number(5),
      seconds: number(30),
      milliseconds: number(500),
    }),
    about: [
      'how long replication waits before it copies what was written (default: not at all)',
      '  minutes=5,seconds=30',
    ],
  },
  verifySignatures: { sets: true, about: 'check dates, signatures, expiry and keys as S3 does' },
  sourceIp: {
    value: '<address>',
    read: text,
    about: 'the address that requests come from, for conditions on aws:SourceIp (default 127.0.0.1)',
  },
  conditions: {
    value: '<settings>',
    read: entries('aws:SourceVpc=vpc-1'),
    about: ['values of condition keys in all requests; as JSON, a key may have several', '  aws:SourceVpc=vpc-1'],
  },
  sseC: {
    value: '<word>',
    read: oneOf('blocked', 'allowed'),
    about: 'whether new buckets accept SSE-C: blocked or allowed (default blocked, as on S3)',
  },
  kmsKeys: {
    value: '<settings>',
    read: entries('alias/vault=disabled'),
    about: ['the states of KMS keys: enabled, disabled, pending deletion or missing', '  alias/vault=disabled'],
  },
  journal: {
    value: '<settings>',
    read: settings({ limit: number(100) }),
    about: 'how many requests are kept: limit=100 (default 10,000)',
  },
  events: {
    value: '<settings>',
    read: settings({
      version: oneOf('2.1', '2.6'),
      duplicates: trueOrFalse,
      outOfOrder: trueOrFalse,
      onHandlerError: oneOf('throw', 'record'),
    }),
    about: ['how events are sent', '  version=2.1,duplicates=true,outOfOrder=true,onHandlerError=record'],
  },
  hosts: { leftOut: 'nothing is captured in this process, and the port answers whatever host a request names' },
  credentials: { leftOut: 'no SDK reads the environment of this process; the command prints the keys to export' },
  guard: { leftOut: 'it guards the process of a test, and this one has no other calls' },
  nock: { leftOut: 'it is a module of the process of a test' },
  reset: { leftOut: 'no test runner resets this process between tests; POST /_mock/reset does' },
  explain: { leftOut: 'it adds to the failures of a test runner; the command prints the reason of each refusal' },
  trace: { leftOut: 'the command prints each request, unless --quiet is given' },
  deliver: { leftOut: 'handlers are functions of a test; PUT /_mock/deliver/{arn} names a URL' },
};

const fixtures: RepeatableFlag<never> = {
  value: '<path>',
  isRepeatable: true,
  about: [
    'buckets with their versions; may be repeated. The output of JSON.stringify(mock):',
    '  { "buckets": { "vault": { "versioning": "Enabled", "objects": { "a.txt": ["first", "second"] } } } }',
    'or the listing of a real bucket, in a file with the name of the bucket:',
    '  aws s3api list-object-versions --bucket vault --output json > vault.json',
    'or a folder with the name of the bucket: its files are the objects,',
    'and report@1.pdf, report@2.pdf, report.pdf the versions of report.pdf',
  ],
};

const ownSwitches = {
  quiet: { sets: true, about: 'print no line for each request' },
  version: { sets: true, about: 'print the version' },
  help: { sets: true, about: 'print this text' },
};

type Flag = ValueFlag<unknown> | RepeatableFlag<unknown> | Switch<unknown>;

type Table = Readonly<Record<string, Flag | LeftOut | { readonly members: object; readonly off: Switch<false> }>>;

type NamedFlag = Flag & {
  readonly flag: string;
  readonly path: readonly string[];
};

export function flagsIn(table: Table, above: readonly string[] = []): readonly NamedFlag[] {
  return Object.entries(table).flatMap(([option, one]): readonly NamedFlag[] => {
    const path = [...above, option];
    if ('leftOut' in one) return [];
    if ('members' in one)
      return [...flagsIn({ ...one.members }, path), { ...one.off, path, flag: writeName(option, one.off) }];
    return [{ ...one, path, flag: writeName(option, one) }];
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

const COLUMN = 24;

function writeFlag(head: string, [first = '', ...others]: readonly string[]): string {
  const indent = ' '.repeat(COLUMN);
  const line = head.length < COLUMN - 1 ? `${head.padEnd(COLUMN)}${first}` : `${head}\n${indent}${first}`;
  return [line, ...others.map((other) => `${indent}${other}`)].join('\n');
}

const listed = flags.map((one) =>
  writeFlag(`  ${one.flag}${'value' in one ? ` ${one.value}` : ''}`, [one.about].flat()),
);

export const help = `Usage: s3-versioning-mock [options]
       s3-versioning-mock facts [options]    plays recorded answers of AWS; facts --help lists its options

Answers like Amazon S3, and STS, at http://127.0.0.1:9000 until it is stopped (Ctrl+C).

${listed.join('\n')}

A <json> is JSON, or @ and the path of a file with it. What is given here wins over what the files of --fixtures say.

Let clients address buckets in the path (forcePathStyle: true in AWS's SDKs, pathStyle: true in minio's): names such as
vault.localhost do not resolve on every machine.

On SIGUSR2 it prints a new MFA header, a serial number and an unused code: kill -USR2 <pid>
`;

export const leftOutList = leftOut.map(({ option, why }) => `- \`${option}\`: ${why}.\n`).join('');
