import type { HostsOption, Nock } from '../capture/index';
import type { EventHandlers, HandlersByText } from '../events/handler-types';
import type { JournalOptions } from '../journal/journal';
import { isAddress } from '../model/access/source-address';
import type { Duration } from '../model/clock';
import type { PublicAccessBlock } from '../model/configurations/public-access-switches';
import type { EventVersion } from '../model/events/report';
import type { RequestConditions } from '../preset/access-conditions';
import type { AccountFixture, RoleFixtures, UserFixtures } from '../preset/account-fixture';
import type { BucketFixture } from '../preset/bucket-fixture';
import type { KmsKeyFixtures } from '../preset/kms-keys-handle';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { isObject, isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { DialectName, FurtherService } from '../wire';

/** The options of a mock. All are optional. */
export interface MockS3Options {
  /** Buckets by name, in the state that each test begins with. */
  readonly buckets?: Readonly<Record<string, BucketFixture>>;
  /** Further hosts to answer: `'http://localhost:9000'`, `'minio.test'` or a RegExp that matches `host:port`. With `{ only: [...] }` the mock answers these hosts and no others, with `{ only: [] }` none. */
  readonly hosts?: HostsOption;
  /** The region that SDKs find in the environment, unless you have set one there. Default `us-east-1`. */
  readonly region?: string;
  /** The id of the default account, 12 digits. Default `000000000000`. */
  readonly account?: string;
  /** The organization of the default account, `o-...`: the value of `aws:PrincipalOrgID` for its callers and of `aws:ResourceOrgID` for its buckets. Default: none. */
  readonly organizationId?: string;
  /** Further accounts, as `createAccount` takes them, or only their names. A bucket may name one as its owner. */
  readonly accounts?: readonly (string | AccountFixture)[];
  /** Users of the default account by name: `{ writer: { policy } }`. A user without a policy may do everything that the account may. */
  readonly users?: UserFixtures;
  /** Roles of the default account by name, with their policies and who may assume them. Sessions of a role send its requests. */
  readonly roles?: RoleFixtures;
  /** The switches that keep all buckets of the default account from being public, whatever their own say, as PutPublicAccessBlock of S3 Control puts them. Default: none. */
  readonly publicAccessBlock?: PublicAccessBlock;
  /** The name of the user of `users` that sends requests whose key nobody has, such as the one that SDKs find in the environment. Default: the root user. */
  readonly caller?: string;
  /** The service whose rules apply at your own hosts and ports: Amazon S3 or IBM COS. Default `aws`. */
  readonly dialect?: DialectName;
  /** `false` leaves requests to the hosts of STS alone, and answers STS neither on your own hosts nor on ports. Default `true`: the sessions that code asks for are the mock's. */
  readonly sts?: boolean;
  /** `false` leaves requests to the hosts of S3 Control alone, and answers it neither on your own hosts nor on ports. Default `true`. */
  readonly control?: boolean;
  /** The seed of ids, keys and secrets: with the same seed, a test gets the same ones. Default `s3-versioning-mock`. */
  readonly seed?: string;
  /** The moment at which the clock is stopped. Default: the clock runs with the process's time, faked or not. */
  readonly now?: Date | number | string;
  /** `false` leaves the environment unchanged. Default: SDKs find a key pair and a region there, unless you have set them. */
  readonly credentials?: boolean;
  /** `true` makes every other connection fail that would leave this machine. Worker threads and child processes are not guarded. Default `false`. */
  readonly guard?: boolean;
  /** Your nock, if the suite uses it: after `nock.disableNetConnect()` it then lets requests to S3's hosts through. */
  readonly nock?: Nock;
  /** The GUID or the CRN of the account's instance of IBM COS. Requests that list or create buckets for another instance are refused. Default: any instance is accepted. */
  readonly serviceInstanceId?: string;
  /** How many seconds pass, by the mock's clock, until all of S3 knows that versioning was enabled on a bucket for the first time. Default 0. */
  readonly propagation?: { readonly seconds: number };
  /** How long, by the mock's clock, replication takes to copy what a request wrote: `{ minutes: 5 }`. Default: no time, so that the copies exist before the next request is answered. */
  readonly replicationDelay?: Duration;
  /** `true` checks the date, the signature, the expiry and the key of each request as S3 does. Default `false`: every signature that can be read is accepted. */
  readonly verifySignatures?: boolean;
  /** The largest number of entries on a page of any listing: with `1` the code under test has to paginate. Default: S3's own. */
  readonly pageSize?: number;
  /** The address that requests come from, which conditions on `aws:SourceIp` compare. Default `127.0.0.1`. */
  readonly sourceIp?: string;
  /** The values of condition keys in all requests, such as `{ 'aws:SourceVpc': 'vpc-1' }`: global keys, `aws:...`, and keys of identity providers. The `conditions` of a user, a role or a session win over them. */
  readonly conditions?: RequestConditions;
  /** `'allowed'` lets new buckets accept SSE-C, encryption with a key that the client sends, as S3 did before April 2026. Default `'blocked'`, as on S3: such writes are refused. */
  readonly sseC?: 'blocked' | 'allowed';
  /** The states of KMS keys by id, ARN or alias: `{ 'alias/vault': 'disabled' }`. Default: every well-formed name is the name of an enabled key. */
  readonly kmsKeys?: KmsKeyFixtures;
  /** `false` keeps the state from one test to the next under a test runner: the mock is not reset. Default `true`. */
  readonly reset?: boolean;
  /** `false` leaves the requests of a failed test, their notes and the rules that none met out of its output, under jest and vitest. Default `true`. */
  readonly explain?: boolean;
  /**
   * `true` prints each request as it comes, with its outcome and the reason of a refusal, and each action of S3 itself: under jest and vitest beside
   * what the tests print, elsewhere on stderr. Default: the value of `S3_MOCK_TRACE` in the environment, `1` or `0`.
   */
  readonly trace?: boolean;
  /** How many requests the journal keeps. */
  readonly journal?: JournalOptions;
  /** The version of event messages, whether handlers get events twice and out of order, and what happens to a handler's error that nobody awaits. */
  readonly events?: EventsOption;
  /** The handlers that get the events of buckets, by destination: the ARN of a function, a queue or a topic, or `eventbridge`. Each may have a role, and a time after which its delivery fails. `deliverTo` adds one in a test. */
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
  'publicAccessBlock',
  'caller',
  'dialect',
  'sts',
  'control',
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

export function capturedServices({
  sts,
  control,
}: Pick<MockS3Options, 'sts' | 'control'>): ReadonlySet<FurtherService> {
  return new Set([...(sts === false ? [] : ['sts' as const]), ...(control === false ? [] : ['s3-control' as const])]);
}

/** IBM COS has no STS and no S3 Control. */
export function answeredServices(
  options: Pick<MockS3Options, 'sts' | 'control' | 'dialect'>,
): ReadonlySet<FurtherService> {
  return options.dialect === 'ibm-cos' ? new Set() : capturedServices(options);
}

export function checkOptions(options: MockS3Options, call = 'mockS3'): void {
  checkIsNoClient(options, call);
  checkOptionNames(call, options, optionNames);
  for (const name of [
    'sts',
    'control',
    'credentials',
    'guard',
    'verifySignatures',
    'reset',
    'explain',
    'trace',
  ] as const)
    check(name, options[name], isBoolean, 'true or false, or undefined');
  check('seed', options.seed, isText, 'text, or undefined');
  const { account, region, dialect, buckets, journal, sseC, pageSize, sourceIp, serviceInstanceId } = options;
  check('serviceInstanceId', serviceInstanceId, isFilled, 'the GUID or the CRN of an instance, or undefined');
  checkPropagation(options.propagation);
  // SDKs put it into the name of a host.
  check('region', region, isWord(/^[a-z\d]+(?:-[a-z\d]+)*$/i), "a region, such as 'eu-west-1', or undefined");
  check('account', account, isWord(/^\d{12}$/), '12 digits in a string');
  checkAccounts(options.accounts, call);
  checkCaller(options, call);
  check('pageSize', pageSize, isCount, 'a whole number from 1 on, or undefined');
  check('sourceIp', sourceIp, isHost, "an address, such as '203.0.113.7' or '2001:db8::1', or undefined");
  if (journal !== undefined) checkOptionNames('mockS3: journal', journal, ['limit']);
  checkEventsOption(options.events);
  check('dialect', dialect, isWord(/^(?:aws|ibm-cos)$/), "'aws' or 'ibm-cos'");
  check('sseC', sseC, isWord(/^(?:blocked|allowed)$/), "'blocked' or 'allowed', or undefined");
  if (buckets !== undefined && !isRecord(buckets)) {
    throw invalidValue(
      call,
      'buckets',
      buckets,
      "an object of buckets by name, such as { vault: { versioning: 'Enabled' } }",
    );
  }
}

function check(name: string, value: unknown, isRight: (value: unknown) => boolean, right: string): void {
  if (value !== undefined && !isRight(value)) throw invalidValue('mockS3', name, value, right);
}

const isBoolean = (value: unknown) => typeof value === 'boolean';
const isText = (value: unknown): value is string => typeof value === 'string';
const isFilled = (value: unknown) => isText(value) && value !== '';
const isWord = (form: RegExp) => (value: unknown) => isText(value) && form.test(value);
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 1;
const isHost = (value: unknown) => isText(value) && isAddress(value);

/** Libraries that replace a client's methods take the class or the instance of one. */
function checkIsNoClient(options: unknown, call: string): void {
  const client: unknown = typeof options === 'function' ? options.prototype : options;
  if (typeof client !== 'object' || client === null || !('send' in client) || typeof client.send !== 'function') return;
  const given = typeof options === 'function' ? writeGiven(options) : 'a client';
  throw makeMistake(
    `${call}: ${given} is not an object of options. The mock answers the clients of this process as they are. Give the state, such as { buckets: { vault: {} } }.`,
  );
}

function checkAccounts(accounts: unknown, call: string): void {
  if (accounts === undefined) return;
  const known = new Set<unknown>(['default']);
  const isNew = (name: unknown) => typeof name === 'string' && name !== '' && known.size < known.add(name).size;
  const items: readonly unknown[] = Array.isArray(accounts) ? accounts : [];
  if (Array.isArray(accounts) && items.every((one) => isNew(isRecord(one) ? one['name'] : one))) return;
  const unnamed = items.find((one) => isRecord(one) && isObject(one['name']));
  if (isRecord(unnamed)) throw invalidValue(call, 'name of an account', unnamed['name'], 'a text');
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

function checkPropagation(propagation: MockS3Options['propagation']): void {
  if (propagation === undefined) return;
  checkOptionNames('mockS3: propagation', propagation, ['seconds']);
  const { seconds } = propagation;
  if (typeof seconds === 'number' && seconds >= 0 && Number.isFinite(seconds)) return;
  throw invalidValue('mockS3: propagation', 'seconds', seconds, 'a number from 0 on, such as 900');
}

/** The options of the events that S3 sends. */
export interface EventsOption {
  /**
   * The version of the records: `'2.6'`, which all events have since 2026, or `'2.1'` for those that S3 sent before, with versions from 2.1
   * to 2.3 by the kind of the event. Default `'2.6'`.
   */
  readonly version?: EventVersion | undefined;
  /** `true`: handlers get some events twice, since S3 promises each at least once. Default `false`. */
  readonly duplicates?: boolean | undefined;
  /**
   * `true`: handlers get events in another order than their causes had, since S3 promises no order. The events wait until
   * `s3.events.settled()` is awaited, so that the seed alone decides the order. Default `false`.
   */
  readonly outOfOrder?: boolean | undefined;
  /**
   * What happens to a handler's error that no `s3.events.settled()` has thrown. `'throw'`: under jest and vitest it fails the test at its end,
   * after the mock has waited until none has ended for a second, four at most; elsewhere `reset()` and `stop()` throw what failed by then. `'record'`: only
   * `settled()` throws it. Default `'throw'`.
   */
  readonly onHandlerError?: 'throw' | 'record' | undefined;
}

const names: readonly (keyof EventsOption)[] = ['version', 'duplicates', 'outOfOrder', 'onHandlerError'];

function checkEventsOption(options: EventsOption | undefined): void {
  if (options === undefined) return;
  const call = 'mockS3: events';
  checkOptionNames(call, options, names);
  const { version } = options;
  if (version !== undefined && version !== '2.1' && version !== '2.6')
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
