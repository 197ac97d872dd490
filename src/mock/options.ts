import type { HostsOption, Nock } from '../capture/index';
import type { JournalOptions } from '../journal/journal';
import type { BucketFixture } from '../preset/bucket-fixture';
import { checkOptionNames } from '../text/option-names';
import { writeGiven } from '../text/values';
import type { Dialect } from '../wire';

/** What a mock is made with. All of it may be left out. */
export interface MockS3Options {
  /** Buckets by name, as they stand before each test. */
  readonly buckets?: Readonly<Record<string, BucketFixture>>;
  /** Further hosts to answer for, `'http://localhost:9000'`, `'minio.test'` or a RegExp on `host:port`; `{ only: [...] }` for no others, and `{ only: [] }` for none. */
  readonly hosts?: HostsOption;
  /** The region that SDKs find in the environment where none is set. Default `us-east-1`. */
  readonly region?: string;
  /** The 12 digits of the default account. Default `000000000000`. */
  readonly account?: string;
  /** The names of other accounts, made as `createAccount` makes them, for buckets to name as their owners. */
  readonly accounts?: readonly string[];
  /** How hosts of your own speak. Default `aws`. */
  readonly dialect?: Dialect;
  /** What ids, keys and secrets are made from. The same seed makes the same ones. Default `s3-versioning-mock`. */
  readonly seed?: string;
  /** The moment at which the clock stands. Default: it runs with the real time, faked or not. */
  readonly now?: Date | number | string;
  /** `false` leaves the environment alone. Default: SDKs find a key and a region there where none are set. */
  readonly credentials?: boolean;
  /** `true` refuses every connection to other hosts that would leave this process. Default `false`. */
  readonly guard?: boolean;
  /** Your nock, if the suite uses one: S3's hosts are let through its net-connect guard. */
  readonly nock?: Nock;
  /** The GUID or CRN of the account's instance of IBM COS: listings and new buckets of another are refused. Default: any will do. */
  readonly serviceInstanceId?: string;
  /** How many seconds it takes, by the mock's clock, until all of S3 knows that a bucket's versioning was enabled for the first time. Default none. */
  readonly propagation?: { readonly seconds: number };
  /** `true` has dates, signatures, expiry and keys checked as S3 does. Default `false`: what can be read is believed. */
  readonly verifySignatures?: boolean;
  /** How many entries a page of any listing has at most: `1` makes the pagination of the code under test run. Default: S3's own. */
  readonly pageSize?: number;
  /** `false`: with a test runner, nothing is reset between tests. Default `true`. */
  readonly reset?: boolean;
  /** How many requests are kept. */
  readonly journal?: JournalOptions;
}

const optionNames: readonly (keyof MockS3Options)[] = [
  'buckets',
  'hosts',
  'region',
  'account',
  'accounts',
  'dialect',
  'seed',
  'now',
  'credentials',
  'guard',
  'nock',
  'serviceInstanceId',
  'propagation',
  'verifySignatures',
  'pageSize',
  'reset',
  'journal',
];

/** Throws a TypeError for options that mean nothing, naming the value and what would be right. */
export function checkOptions(options: MockS3Options): void {
  checkOptionNames('mockS3', options, optionNames);
  for (const name of ['credentials', 'guard', 'verifySignatures', 'reset'] as const)
    checkType(name, options[name], 'boolean', 'true or false');
  checkType('seed', options.seed, 'string', 'text');
  checkInstance(options.serviceInstanceId);
  checkPropagation(options.propagation);
  const { account, region, dialect, buckets, journal } = options;
  if (region !== undefined && (typeof region !== 'string' || region === ''))
    throw new TypeError(`mockS3: region ${writeGiven(region)}. Give a region, such as 'eu-west-1', or leave it out.`);
  if (account !== undefined && !(typeof account === 'string' && /^\d{12}$/.test(account)))
    throw new TypeError(`mockS3: account ${writeGiven(account)}. Give 12 digits in a string.`);
  checkAccounts(options.accounts);
  checkPageSize(options.pageSize);
  if (journal !== undefined) checkOptionNames('mockS3: journal', journal, ['limit']);
  if (dialect !== undefined && dialect !== 'aws' && dialect !== 'ibm-cos') {
    throw new TypeError(`mockS3: dialect ${writeGiven(dialect)}. Give 'aws' or 'ibm-cos'.`);
  }
  if (buckets !== undefined && (typeof buckets !== 'object' || buckets === null || Array.isArray(buckets))) {
    throw new TypeError(
      `mockS3: buckets ${writeGiven(buckets)}. Give an object with a bucket under each name, such as { vault: { versioning: 'Enabled' } }.`,
    );
  }
}

function checkAccounts(names: unknown): void {
  if (names === undefined) return;
  const known = new Set<unknown>(['default']);
  const isName = (name: unknown) => typeof name === 'string' && name !== '' && known.size < known.add(name).size;
  if (Array.isArray(names) && names.every(isName)) return;
  throw new TypeError(
    `mockS3: accounts ${writeGiven(names)}. Give a list of names, each once, such as ['partner']; the default account has its own.`,
  );
}

function checkInstance(instance: unknown): void {
  if (instance === undefined || (typeof instance === 'string' && instance !== '')) return;
  throw new TypeError(
    `mockS3: serviceInstanceId ${writeGiven(instance)}. Give the GUID or the CRN of an instance, or leave it out.`,
  );
}

function checkPropagation(propagation: MockS3Options['propagation']): void {
  if (propagation === undefined) return;
  checkOptionNames('mockS3: propagation', propagation, ['seconds']);
  const { seconds } = propagation;
  if (typeof seconds === 'number' && seconds >= 0 && Number.isFinite(seconds)) return;
  throw new TypeError(`mockS3: propagation: seconds ${writeGiven(seconds)}. Give a number from 0 on, such as 900.`);
}

function checkType(name: string, value: unknown, type: 'boolean' | 'string', right: string): void {
  if (value === undefined || typeof value === type) return;
  throw new TypeError(`mockS3: ${name} ${writeGiven(value)}. Give ${right}, or leave it out.`);
}

function checkPageSize(pageSize: number | undefined): void {
  if (pageSize === undefined || (Number.isInteger(pageSize) && pageSize >= 1)) return;
  throw new TypeError(`mockS3: pageSize ${writeGiven(pageSize)}. Give a whole number from 1 on, or leave it out.`);
}
