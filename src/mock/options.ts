import type { HostsOption, Nock } from '../capture/index';
import type { EventHandlers, HandlersByText } from '../events/handler-types';
import type { JournalOptions } from '../journal/journal';
import { isAddress } from '../model/access/source-address';
import type { Duration } from '../model/clock';
import type { EventVersion } from '../model/events/report';
import type { RequestConditions } from '../preset/access-conditions';
import type { AccountFixture, RoleFixtures, UserFixtures } from '../preset/account-fixture';
import type { BucketFixture } from '../preset/bucket-fixture';
import type { KmsKeyFixtures } from '../preset/kms-keys-handle';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { DialectName } from '../wire';

/** The options of a mock. All are optional. */
export interface MockS3Options {
  /** Buckets by name, in the state that each test begins with. */
  readonly buckets?: Readonly<Record<string, BucketFixture>>;
  /** Further hosts to answer: `'http://localhost:9000'`, `'minio.test'` or a RegExp on `host:port`. `{ only: [...] }` answers these hosts and no others, `{ only: [] }` none. */
  readonly hosts?: HostsOption;
  /** The region that SDKs find in the environment if you set none there. Default `us-east-1`. */
  readonly region?: string;
  /** The 12 digits of the default account. Default `000000000000`. */
  readonly account?: string;
  /** The organization that the default account is a member of, `o-...`: `aws:PrincipalOrgID` of its callers and `aws:ResourceOrgID` of its buckets. Default: none. */
  readonly organizationId?: string;
  /** Further accounts as `createAccount` makes them, or only their names; buckets may name them as their owners. */
  readonly accounts?: readonly (string | AccountFixture)[];
  /** Users of the default account by name: `{ writer: { policy } }`. Without a policy, a user may do everything that the account may. */
  readonly users?: UserFixtures;
  /** Roles of the default account by name, with their policies and who may assume them. Their sessions send requests. */
  readonly roles?: RoleFixtures;
  /** The one of `users` that sends the requests with unknown keys, and with those that SDKs find in the environment. Default: the root user. */
  readonly caller?: string;
  /** The dialect of your own hosts. Default `aws`. */
  readonly dialect?: DialectName;
  /** `false` leaves STS's hosts alone, and does not answer STS on hosts of your own and ports. Default `true`: the sessions that code asks for are those of the mock. */
  readonly sts?: boolean;
  /** The seed of ids, keys and secrets: the same seed makes the same ones. Default `s3-versioning-mock`. */
  readonly seed?: string;
  /** The moment at which the clock is stopped. Default: the clock runs with the process's time, faked or not. */
  readonly now?: Date | number | string;
  /** `false` leaves the environment unchanged. Default: SDKs find a key pair and a region there if you set none. */
  readonly credentials?: boolean;
  /** `true` fails every connection of this process to another host that would leave this machine; worker threads and child processes are not guarded. Default `false`. */
  readonly guard?: boolean;
  /** Your nock, if the suite uses it: its net-connect guard then lets S3's hosts through. */
  readonly nock?: Nock;
  /** The GUID or CRN of the account's instance of IBM COS: listings and new buckets of another instance are refused. Default: any instance is accepted. */
  readonly serviceInstanceId?: string;
  /** The seconds, by the mock's clock, until all of S3 knows that a bucket's versioning was enabled for the first time. Default 0. */
  readonly propagation?: { readonly seconds: number };
  /** The time, by the mock's clock, between a request and the copies that replication rules make of what it wrote: `{ minutes: 5 }`. Default: none, so that they are there before the next request is answered. */
  readonly replicationDelay?: Duration;
  /** `true` checks dates, signatures, expiry and keys as S3 does. Default `false`: every signature that can be read is accepted. */
  readonly verifySignatures?: boolean;
  /** The largest number of entries on a page of any listing: `1` makes the code under test paginate. Default: S3's own. */
  readonly pageSize?: number;
  /** The address that requests come from, for conditions on `aws:SourceIp`. Default `127.0.0.1`. */
  readonly sourceIp?: string;
  /** Values of condition keys in all requests, such as `{ 'aws:SourceVpc': 'vpc-1' }`: keys of all services, `aws:...`, and of identity providers. Those of users, roles and sessions win over them. */
  readonly conditions?: RequestConditions;
  /** `'allowed'`: new buckets accept SSE-C, encryption with a key that the client sends, as before April 2026. Default `'blocked'`, as on S3: such writes are refused. */
  readonly sseC?: 'blocked' | 'allowed';
  /** The states of KMS keys by id, ARN or alias: `{ 'alias/vault': 'disabled' }`. Default: every well-formed name is that of an enabled key. */
  readonly kmsKeys?: KmsKeyFixtures;
  /** `false`: under a test runner, the mock is not reset between tests. Default `true`. */
  readonly reset?: boolean;
  /** `false`: under jest and vitest, a failed test does not show the requests that S3 refused. Default `true`. */
  readonly explain?: boolean;
  /**
   * `true` prints each request as it comes, with its outcome and the reason of a refusal, and what S3 does by itself: under jest and vitest beside
   * what the tests print, elsewhere on stderr. Default: as `S3_MOCK_TRACE` in the environment says, `1` or `0`.
   */
  readonly trace?: boolean;
  /** The size of the journal. */
  readonly journal?: JournalOptions;
  /** The epoch of the messages of events, whether they are delivered twice and out of order, and what becomes of a handler's error that nobody awaits. */
  readonly events?: EventsOption;
  /** The handlers that get the events of buckets, by the ARN of a function, a queue or a topic, or `eventbridge`, each with a role or without. `deliverTo` adds one in a test. */
  readonly deliver?: EventHandlers | HandlersByText;
}

const optionNames: readonly (keyof MockS3Options)[] = [
  'buckets',
  'hosts',
  'region',
  'account',
  'organizationId',
  'accounts',
  'users',
  'roles',
  'caller',
  'dialect',
  'sts',
  'seed',
  'now',
  'credentials',
  'guard',
  'nock',
  'serviceInstanceId',
  'propagation',
  'replicationDelay',
  'verifySignatures',
  'pageSize',
  'sourceIp',
  'conditions',
  'sseC',
  'kmsKeys',
  'reset',
  'explain',
  'trace',
  'journal',
  'events',
  'deliver',
];

/** Whether a mock answers STS on its ports and on hosts of the user: IBM COS has none. */
export function answersSts({ sts, dialect }: Pick<MockS3Options, 'sts' | 'dialect'>): boolean {
  return sts !== false && dialect !== 'ibm-cos';
}

/** Throws a TypeError for an unknown or wrong option; it names the value and what is allowed. */
export function checkOptions(options: MockS3Options, call = 'mockS3'): void {
  checkIsNoClient(options, call);
  checkOptionNames(call, options, optionNames);
  for (const name of ['sts', 'credentials', 'guard', 'verifySignatures', 'reset', 'explain', 'trace'] as const)
    checkType(name, options[name], 'boolean', 'true or false');
  checkType('seed', options.seed, 'string', 'text');
  checkInstance(options.serviceInstanceId);
  checkPropagation(options.propagation);
  const { account, region, dialect, buckets, journal, sseC } = options;
  // SDKs put it into the name of a host.
  if (region !== undefined && !(typeof region === 'string' && /^[a-z\d]+(?:-[a-z\d]+)*$/i.test(region)))
    throw invalidValue('mockS3', 'region', region, "a region, such as 'eu-west-1', or undefined");
  if (account !== undefined && !(typeof account === 'string' && /^\d{12}$/.test(account)))
    throw invalidValue('mockS3', 'account', account, '12 digits in a string');
  checkAccounts(options.accounts, call);
  checkCaller(options, call);
  checkPageSize(options.pageSize);
  checkSourceIp(options.sourceIp);
  if (journal !== undefined) checkOptionNames('mockS3: journal', journal, ['limit']);
  checkEventsOption(options.events);
  if (dialect !== undefined && dialect !== 'aws' && dialect !== 'ibm-cos') {
    throw invalidValue('mockS3', 'dialect', dialect, "'aws' or 'ibm-cos'");
  }
  if (sseC !== undefined && sseC !== 'blocked' && sseC !== 'allowed') {
    throw invalidValue('mockS3', 'sseC', sseC, "'blocked' or 'allowed', or undefined");
  }
  if (buckets !== undefined && !isRecord(buckets)) {
    throw invalidValue(
      call,
      'buckets',
      buckets,
      "an object of buckets by name, such as { vault: { versioning: 'Enabled' } }",
    );
  }
}

/** Throws for what libraries that replace a client's methods are given: its class, or the client. */
function checkIsNoClient(options: unknown, call: string): void {
  const client: unknown = typeof options === 'function' ? options.prototype : options;
  if (typeof client !== 'object' || client === null || !('send' in client) || typeof client.send !== 'function') return;
  const given = typeof options === 'function' ? writeGiven(options) : 'a client';
  throw new TypeError(
    `${call}: ${given} is not an object of options. The mock answers the clients of this process as they are. Give the state, such as { buckets: { vault: {} } }.`,
  );
}

function checkAccounts(accounts: unknown, call: string): void {
  if (accounts === undefined) return;
  const known = new Set<unknown>(['default']);
  const isNew = (name: unknown) => typeof name === 'string' && name !== '' && known.size < known.add(name).size;
  if (Array.isArray(accounts) && accounts.every((one) => isNew(isRecord(one) ? one['name'] : one))) return;
  throw invalidValue(
    call,
    'accounts',
    accounts,
    "a list of different names, such as ['partner'], or of accounts, such as [{ name: 'partner' }]; 'default' is the default account's",
  );
}

function checkCaller({ caller, users }: MockS3Options, call: string): void {
  // A value that is not an object is refused as the users are read.
  if (caller === undefined || (users !== undefined && !isRecord(users))) return;
  const names = Object.keys(users ?? {});
  // A user of a fixture may have its path in front of its name.
  if (typeof caller === 'string' && names.some((name) => name === caller || name.endsWith(`/${caller}`))) return;
  const known = names.length === 0 ? 'the mock has no users' : `the users are: ${names.join(', ')}`;
  throw invalidValue(call, 'caller', caller, `the name of one of users, or undefined; ${known}`, names);
}

function checkInstance(instance: unknown): void {
  if (instance === undefined || (typeof instance === 'string' && instance !== '')) return;
  throw invalidValue('mockS3', 'serviceInstanceId', instance, 'the GUID or the CRN of an instance, or undefined');
}

function checkPropagation(propagation: MockS3Options['propagation']): void {
  if (propagation === undefined) return;
  checkOptionNames('mockS3: propagation', propagation, ['seconds']);
  const { seconds } = propagation;
  if (typeof seconds === 'number' && seconds >= 0 && Number.isFinite(seconds)) return;
  throw invalidValue('mockS3: propagation', 'seconds', seconds, 'a number from 0 on, such as 900');
}

function checkType(name: string, value: unknown, type: 'boolean' | 'string', right: string): void {
  if (value === undefined || typeof value === type) return;
  throw invalidValue('mockS3', name, value, `${right}, or undefined`);
}

function checkSourceIp(sourceIp: unknown): void {
  if (sourceIp === undefined || (typeof sourceIp === 'string' && isAddress(sourceIp))) return;
  throw invalidValue(
    'mockS3',
    'sourceIp',
    sourceIp,
    "an address, such as '203.0.113.7' or '2001:db8::1', or undefined",
  );
}

function checkPageSize(pageSize: number | undefined): void {
  if (pageSize === undefined || (Number.isInteger(pageSize) && pageSize >= 1)) return;
  throw invalidValue('mockS3', 'pageSize', pageSize, 'a whole number from 1 on, or undefined');
}

/** The options of the events that S3 sends. */
interface EventsOption {
  /**
   * The epoch of the records: `'2.6'`, the one version of all that S3 sends since 2026, or `'2.1'`, those of before, with versions from 2.1
   * to 2.3 by the kind of the event. Default `'2.6'`.
   */
  readonly version?: EventVersion | undefined;
  /** `true`: handlers get some events twice, as S3 promises each once at least. Default `false`. */
  readonly duplicates?: boolean | undefined;
  /**
   * `true`: handlers get events in another order than that of their causes, since S3 promises none. The events wait until
   * `s3.events.settled()` is awaited, so that the seed alone decides the order. Default `false`.
   */
  readonly outOfOrder?: boolean | undefined;
  /**
   * What becomes of a handler's error that no `s3.events.settled()` has thrown. `'throw'`: under jest and vitest it fails the test at its end,
   * after the mock has waited up to a second for handlers; elsewhere `reset()` and `stop()` throw what failed by then. `'record'`: only
   * `settled()` throws it. Default `'throw'`.
   */
  readonly onHandlerError?: 'throw' | 'record' | undefined;
}

const names: readonly (keyof EventsOption)[] = ['version', 'duplicates', 'outOfOrder', 'onHandlerError'];
const versions: readonly unknown[] = ['2.1', '2.6'] satisfies readonly EventVersion[];

/** Throws a TypeError for a wrong option. */
function checkEventsOption(options: EventsOption | undefined): void {
  if (options === undefined) return;
  const call = 'mockS3: events';
  checkOptionNames(call, options, names);
  const { version } = options;
  if (version !== undefined && !versions.includes(version))
    throw invalidValue(call, 'version', version, "'2.1' or '2.6', or undefined");
  const { onHandlerError } = options;
  if (onHandlerError !== undefined && onHandlerError !== 'throw' && onHandlerError !== 'record')
    throw invalidValue(call, 'onHandlerError', onHandlerError, "'throw' or 'record', or undefined", [
      'throw',
      'record',
    ]);
  for (const name of ['duplicates', 'outOfOrder'] as const) {
    const value = options[name];
    if (value !== undefined && typeof value !== 'boolean')
      throw invalidValue(call, name, value, 'true or false, or undefined');
  }
}
