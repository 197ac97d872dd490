import type { HostsOption, Nock } from './capture';
import type { JournalOptions } from './journal/journal';
import { type BucketFixture, checkMembers } from './preset/fixtures';
import type { Dialect } from './protocol/wire';

/** What a mock is made with. All of it may be left out. */
export interface MockS3Options {
  /** Buckets by name, as they stand before each test. */
  readonly buckets?: Readonly<Record<string, BucketFixture>>;
  /** Further hosts to answer for, `'http://localhost:9000'`, `'minio.test'` or a RegExp on `host:port`; `{ only: [...] }` for no others. */
  readonly hosts?: HostsOption;
  /** The region that SDKs find in the environment where none is set. Default `us-east-1`. */
  readonly region?: string;
  /** The 12 digits of the default account. Default `000000000000`. */
  readonly account?: string;
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
  'dialect',
  'seed',
  'now',
  'credentials',
  'guard',
  'nock',
  'reset',
  'journal',
];

/** Throws a TypeError for options that mean nothing, naming the value and what would be right. */
export function checkOptions(options: MockS3Options): void {
  checkMembers('mockS3', options, optionNames);
  const { account, dialect, buckets } = options;
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new TypeError(`mockS3: account ${JSON.stringify(account)}. Give 12 digits.`);
  if (dialect !== undefined && dialect !== 'aws' && dialect !== 'ibm-cos') {
    throw new TypeError(`mockS3: dialect ${JSON.stringify(dialect)}. Give 'aws' or 'ibm-cos'.`);
  }
  if (buckets !== undefined && (typeof buckets !== 'object' || buckets === null || Array.isArray(buckets))) {
    throw new TypeError(
      "mockS3: buckets is an object with a bucket under each name, such as { vault: { versioning: 'Enabled' } }.",
    );
  }
}
