import type { HostsOption, Nock } from '../capture/index';
import type { EventHandlers, HandlersByText } from '../events/handler-types';
import { type JournalOptions, journalOptions } from '../journal/journal';
import { isAddress } from '../model/access/source-address';
import type { PublicAccessBlock } from '../model/configurations/public-access-switches';
import type { EventVersion } from '../model/events/report';
import { organizationId, type RequestConditions } from '../preset/access-conditions';
import { type AccountFixtures, accountsByName, type RoleFixtures, type UserFixtures } from '../preset/account-fixture';
import { type BucketFixture, optionNames } from '../preset/bucket-fixture';
import type { KmsKeyFixtures } from '../preset/kms-keys-handle';
import { required, structure } from '../shapes/elements';
import {
  byRule,
  expecting,
  type Flag,
  type GivenShape,
  inFlag,
  judgedByRule,
  matching,
  shapeOf,
  suchAs,
} from '../shapes/given';
import { readOptions } from '../shapes/given-reader';
import { boolean, date, long, ranging, text, words } from '../shapes/values';
import { invalidValue } from '../text/invalid-value';
import { makeMistake } from '../text/mistakes';
import type { Duration } from '../text/moments';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { DialectName, FurtherService } from '../wire';

const isText = (value: unknown): value is string => typeof value === 'string';
const isHost = (value: unknown) => isText(value) && isAddress(value);
const isSeconds = (value: unknown) => typeof value === 'number' && value >= 0 && Number.isFinite(value);

const duration = shapeOf<Duration>()({
  days: suchAs(long, '1'),
  hours: suchAs(long, '2'),
  minutes: suchAs(long, '5'),
  seconds: suchAs(long, '30'),
  milliseconds: suchAs(long, '500'),
});

/** The options of the events that S3 sends. */
export interface EventsOption {
  /**
   * The version of the records: `'2.6'`, which S3 uses for all events since 2026, or `'2.1'` for records as S3 sent them before, with
   * versions from 2.1 to 2.3 by the kind of the event. Default `'2.6'`.
   */
  readonly version?: EventVersion | undefined;
  /** If `true`, handlers get some events twice, since S3 promises each event at least once. Default `false`. */
  readonly duplicates?: boolean | undefined;
  /**
   * If `true`, handlers get events in another order than their causes, since S3 promises no order. The events wait until
   * `s3.events.settled()` is awaited, so that the seed alone decides the order. Default `false`.
   */
  readonly outOfOrder?: boolean | undefined;
  /**
   * What happens to a handler's error that no `s3.events.settled()` has thrown. `'throw'`: under jest and vitest the test fails at its end.
   * The mock first waits until no handler has ended for a second, four seconds at most. Elsewhere `reset()` and `stop()` throw what failed
   * by then. `'record'`: only `settled()` throws it. Default `'throw'`.
   */
  readonly onHandlerError?: 'throw' | 'record' | undefined;
}

const eventsOptions = shapeOf<EventsOption>()({
  version: words('2.1', '2.6'),
  duplicates: boolean,
  outOfOrder: boolean,
  onHandlerError: words('throw', 'record'),
});

/** The options of a mock. All are optional. */
export interface MockS3Options {
  /** Buckets by name, in the state that each test begins with. */
  readonly buckets?: Readonly<Record<string, BucketFixture>>;
  /** The states of KMS keys by id, ARN or alias: `{ 'alias/vault': 'disabled' }`. Default: every well-formed name is the name of an enabled key. */
  readonly kmsKeys?: KmsKeyFixtures;
  /** The id of the default account, 12 digits. Default `000000000000`. */
  readonly account?: string;
  /**
   * Further accounts by name: `{ partner: { id: '111122223333' } }`; or only their names: `['partner']`. A bucket can name such an account as
   * its owner.
   */
  readonly accounts?: AccountFixtures | readonly string[];
  /** Users of the default account by name: `{ writer: { policy } }`. A user without a policy can do everything that the account can. */
  readonly users?: UserFixtures;
  /** Roles of the default account by name, with their policies and who can assume them. Sessions of a role send its requests. */
  readonly roles?: RoleFixtures;
  /**
   * The switches that keep all buckets of the default account from being public, whatever the buckets' own switches say, as
   * PutPublicAccessBlock of S3 Control sets them. Default: none.
   */
  readonly publicAccessBlock?: PublicAccessBlock;
  /**
   * The name of a user of `users`. This user sends the requests that are signed with an unknown key, such as the key that SDKs find in the
   * environment. Default: the root user.
   */
  readonly caller?: string;
  /** The organization of the default account, `o-...`: the value of `aws:PrincipalOrgID` for its callers and of `aws:ResourceOrgID` for its buckets. Default: none. */
  readonly organizationId?: string;
  /**
   * The values of condition keys in all requests, such as `{ 'aws:SourceVpc': 'vpc-1' }`: global keys, `aws:...`, and keys of identity
   * providers. The `conditions` of a user, a role or a session take precedence.
   */
  readonly conditions?: RequestConditions;
  /** The address from which requests come. Conditions on `aws:SourceIp` compare it. Default `127.0.0.1`. */
  readonly sourceIp?: string;
  /**
   * Further hosts to answer: `'http://localhost:9000'`, `'minio.test'` or a RegExp on the host or on `host:port`. `{ also, only, pass,
   * websites }` says more: the mock answers the hosts of `also` too, or the hosts of `only` and no others, leaves the hosts of `pass` to the
   * network, and answers the domains of `websites` as the websites of buckets of their names.
   *
   * @example
   * mockS3({ hosts: { also: ['http://localhost:9000'], pass: ['nyc3.digitaloceanspaces.com'] } });
   */
  readonly hosts?: HostsOption;
  /** The service whose rules apply at your own hosts and ports: Amazon S3 or IBM COS. Default `aws`. */
  readonly dialect?: DialectName;
  /**
   * If `false`, the mock leaves requests to the hosts of STS alone, and does not answer STS on your own hosts or on ports. Default `true`:
   * the mock begins the sessions that code asks for.
   */
  readonly sts?: boolean;
  /**
   * If `false`, the mock leaves requests to the hosts of S3 Control alone, and does not answer it on your own hosts or on ports. Default
   * `true`.
   */
  readonly control?: boolean;
  /** The region that SDKs find in the environment, unless you have set one there. Default `us-east-1`. */
  readonly region?: string;
  /**
   * `false` leaves the environment unchanged. Default: the mock sets a key pair and a region there, if you have set none. A file of
   * credentials that `AWS_SHARED_CREDENTIALS_FILE` names counts as keys, and a file that `AWS_CONFIG_FILE` names as a region; with
   * `AWS_PROFILE` it counts as keys too.
   */
  readonly credentials?: boolean;
  /**
   * If `true`, all other connections that would leave this machine fail, and on this machine each request that is signed for S3 and that no mock answers.
   * Worker threads and child processes are not guarded. Default `false`.
   */
  readonly guard?: boolean;
  /** Your nock, if the suite uses it. After `nock.disableNetConnect()`, it then lets requests to S3's hosts through. */
  readonly nock?: Nock;
  /** The moment at which the clock stands still. Default: the clock follows the time of the process, faked or not. */
  readonly now?: Date | number | string;
  /** The seconds, by the mock's clock, until all of S3 knows that versioning was enabled on a bucket for the first time. Default 0. */
  readonly propagation?: { readonly seconds: number };
  /**
   * The time, by the mock's clock, that replication takes to copy what a request wrote: `{ minutes: 5 }`. By default it takes no time, so
   * the copies exist before the next request is answered.
   */
  readonly replicationDelay?: Duration;
  /** The seed of ids, keys and secrets: the same seed gives a test the same values. Default `s3-versioning-mock`. */
  readonly seed?: string;
  /**
   * If `true`, the mock checks the date, the signature, the expiry and the key of each request as S3 does. If `false`, it accepts every
   * signature that it can read. Default: it checks the expiry and the signed headers of presigned URLs, and the signatures of presigned
   * URLs and forms in this process whose secret it knows.
   */
  readonly verifySignatures?: boolean;
  /**
   * `'allowed'` lets new buckets accept SSE-C, which is encryption with a key that the client sends, as S3 did before April 2026. Default
   * `'blocked'`, as on S3: such writes are refused.
   */
  readonly sseC?: 'blocked' | 'allowed';
  /**
   * `'allowed'` lets new buckets accept ACLs, also public ACLs, as S3 did before April 2023. The buckets of fixtures and of the code under
   * test then have no ownership controls and no public access block. Default `'blocked'`, as on S3: ACLs are refused.
   */
  readonly acls?: 'blocked' | 'allowed';
  /** The GUID or the CRN of the account's instance of IBM COS. Requests that list or create buckets for another instance are refused. Default: any instance is accepted. */
  readonly serviceInstanceId?: string;
  /** The largest number of entries on a page of any listing. `1` forces the code under test to paginate. Default: S3's page size. */
  readonly pageSize?: number;
  /**
   * The handlers that get the events of buckets, by destination: the ARN of a function, a queue or a topic, or `eventbridge`. A handler can
   * have a role, and a time after which its delivery fails. `{ forward }` gets the messages of a queue or a topic as text. `deliverTo` adds a
   * handler in a test.
   */
  readonly deliver?: EventHandlers | HandlersByText;
  /**
   * The version of event messages, whether handlers get events twice or out of order, and what happens to a handler's error that nobody
   * awaits.
   */
  readonly events?: EventsOption;
  /** If `false`, a test runner does not reset the mock between tests, so the state stays from one test to the next. Default `true`. */
  readonly reset?: boolean;
  /**
   * If `false`, the output of a failed test under jest, vitest and bun does not contain the test's requests, their notes and the rules that no
   * request met. Default `true`.
   */
  readonly explain?: boolean;
  /**
   * `'fail'` makes a test fail at its end if it made a rule of `on`, or an outage, that no request met. Under jest and vitest the test itself
   * fails; elsewhere `reset()` and `stop()` throw. Rules that were made outside of a test do not count. Default `'note'`: the output of a failed
   * test names them.
   */
  readonly unusedRules?: 'fail' | 'note';
  /**
   * If `true`, the mock prints each request with its outcome and the reason of a refusal, and each action of S3 itself. Under jest and
   * vitest, the lines appear in the output of the tests, elsewhere on stderr. Default: the value of `S3_MOCK_TRACE` in the environment, `1`
   * or `0`.
   */
  readonly trace?: boolean;
  /** The number of requests that the journal keeps. */
  readonly journal?: JournalOptions;
}

/** The shapes of all options, each with its flag on the command line. An option without a flag does not compile. */
export const optionShapes: { readonly [Name in keyof Required<MockS3Options>]: GivenShape & { readonly flag: Flag } } =
  {
    buckets: inFlag(
      expecting(byRule, "an object of buckets by name, such as { vault: { versioning: 'Enabled' } }", isRecord),
      {
        name: 'bucket',
        value: '<bucket>',
        isRepeatable: true,
        about: [
          'a bucket and its settings; may be repeated',
          '  --bucket scratch',
          '  --bucket vault:versioning=Enabled,mfaDelete=Enabled',
          '  --bucket archive:region=eu-west-1,objectLock=true',
          'a setting is an option of a bucket whose value is a word, such as versioning, mfaDelete, objectLock=true, region, owner, acl, ownershipControls, encryption, accelerate, requestPayment or abac; for others, such as a policy, use --fixtures',
        ],
      },
    ),
    hosts: inFlag(byRule, {
      leftOut: 'nothing is captured in this process, and the port answers whatever host a request names',
    }),
    region: inFlag(matching(/^[a-z\d]+(?:-[a-z\d]+)*$/i, "a region, such as 'eu-west-1', or undefined"), {
      value: '<region>',
      about:
        'the AWS_REGION that the command prints (default us-east-1); for a bucket, write --bucket vault:region=...',
    }),
    account: inFlag(matching(/^\d{12}$/, '12 digits in a string'), {
      name: 'account-id',
      value: '<12 digits>',
      about: 'the id of the default account (default 000000000000)',
    }),
    organizationId: inFlag(organizationId, {
      value: '<id>',
      about: 'the organization of the default account, o-... (default: none)',
    }),
    accounts: inFlag(expecting(byRule, 'an object of accounts by name, such as { partner: {} }', isAccounts), {
      name: 'account',
      value: '<account>',
      isRepeatable: true,
      about: [
        'a further account, with an id and keys of your own or generated ones; may be repeated',
        '  --account partner',
        '  --account partner:111122223333',
        '  --account partner:AKIAIOSFODNN7EXAMPLE:a-secret',
      ],
    }),
    users: inFlag(byRule, {
      value: '<json>',
      json: '{ "writer": {} }',
      about: ['users of the default account by name, each with its policy', '  --users @users.json'],
    }),
    roles: inFlag(byRule, {
      value: '<json>',
      json: '{ "worker": {} }',
      about: ['roles of the default account by name, each with its policy and its trust', '  --roles @roles.json'],
    }),
    publicAccessBlock: inFlag(byRule, {
      value: '<json>',
      json: '{ "BlockPublicPolicy": true }',
      about: [
        'the switches that keep all buckets of the default account from being public',
        '  --public-access-block \'{"BlockPublicPolicy":true}\'',
      ],
    }),
    caller: inFlag(byRule, {
      value: '<user>',
      about: 'the user that sends the requests with unknown keys (default: the root user)',
    }),
    dialect: inFlag(words('aws', 'ibm-cos'), { value: '<dialect>', about: 'aws or ibm-cos (default aws)' }),
    sts: inFlag(boolean, {
      name: 'no-sts',
      sets: false,
      about: 'leave STS unanswered (default: it is answered at the same port)',
    }),
    control: inFlag(boolean, {
      name: 'no-control',
      sets: false,
      about: 'leave S3 Control unanswered (default: it is answered at the same port, by its path)',
    }),
    seed: inFlag(text, {
      value: '<text>',
      about: 'the seed of ids, keys and secrets; the same seed makes the same ones',
    }),
    now: inFlag(date, {
      value: '<moment>',
      about: 'the moment at which the clock is stopped, such as 2026-01-31T10:00:00Z (default: it runs)',
    }),
    credentials: inFlag(boolean, {
      leftOut: 'no SDK reads the environment of this process; the command prints the keys to export',
    }),
    guard: inFlag(boolean, { leftOut: 'it guards the process of a test, and this one has no other calls' }),
    nock: inFlag(byRule, { leftOut: 'it is a module of the process of a test' }),
    serviceInstanceId: inFlag(matching(/./s, 'the GUID or the CRN of an instance, or undefined'), {
      value: '<id>',
      about: "the account's instance of IBM COS, a GUID or CRN (default: any instance is accepted)",
    }),
    propagation: inFlag(
      structure({ seconds: required(expecting(suchAs(long, '900'), 'a number from 0 on, such as 900', isSeconds)) }),
      {
        value: '<seconds>',
        member: 'seconds',
        about: 'how long until all of S3 knows that versioning was enabled for the first time (default 0)',
      },
    ),
    replicationDelay: inFlag(judgedByRule(duration), {
      value: '<time>',
      about: [
        'how long replication waits before it copies what was written (default: not at all)',
        '  minutes=5,seconds=30',
      ],
    }),
    verifySignatures: inFlag(boolean, {
      sets: true,
      about:
        'check dates, signatures, expiry and keys as S3 does (default: expiry and signed headers of presigned URLs)',
      opposite: 'check no signature, and no expiry of a presigned URL',
    }),
    pageSize: inFlag(suchAs(ranging(long, [1, Number.POSITIVE_INFINITY]), '2'), {
      value: '<number>',
      about: "the largest number of entries on a page of any listing (default: S3's own)",
    }),
    sourceIp: inFlag(expecting(text, "an address, such as '203.0.113.7' or '2001:db8::1', or undefined", isHost), {
      value: '<address>',
      about: 'the address that requests come from, for conditions on aws:SourceIp (default 127.0.0.1)',
    }),
    conditions: inFlag(byRule, {
      value: '<settings>',
      entries: 'aws:SourceVpc=vpc-1',
      about: [
        'values of condition keys for every request; for several values of a key, give JSON',
        '  aws:SourceVpc=vpc-1',
      ],
    }),
    sseC: inFlag(words('blocked', 'allowed'), {
      value: '<word>',
      about: 'whether new buckets accept SSE-C: blocked or allowed (default blocked, as on S3)',
    }),
    acls: inFlag(words('blocked', 'allowed'), {
      value: '<word>',
      about: 'whether new buckets accept ACLs: blocked or allowed (default blocked, as on S3)',
    }),
    kmsKeys: inFlag(byRule, {
      value: '<settings>',
      entries: 'alias/vault=disabled',
      about: ['the states of KMS keys: enabled, disabled, pending deletion or missing', '  alias/vault=disabled'],
    }),
    reset: inFlag(boolean, { leftOut: 'no test runner resets this process between tests; POST /_mock/reset does' }),
    explain: inFlag(boolean, {
      leftOut: 'it adds to the failures of a test runner; the command prints the reason of each refusal',
    }),
    trace: inFlag(boolean, { leftOut: 'the command prints each request, unless --quiet is given' }),
    unusedRules: inFlag(words('fail', 'note'), {
      leftOut: 'no test ends in this process; GET /_mock/rules says which rules were used',
    }),
    journal: inFlag(journalOptions, {
      value: '<settings>',
      about: 'how many requests are kept: limit=100 (default 10,000)',
    }),
    events: inFlag(eventsOptions, {
      value: '<settings>',
      about: ['how events are sent', '  version=2.1,duplicates=true', '  outOfOrder=true,onHandlerError=record'],
    }),
    deliver: inFlag(byRule, {
      leftOut: 'handlers are functions of a test; PUT /_mock/deliver/{arn} names a URL',
    }),
  };

/** Names that occur once, or accounts by name, whose fixtures a rule reads. */
function isAccounts(given: unknown): boolean {
  return isRecord(accountsByName(given as AccountFixtures)); // checked here
}

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
  if (!isRecord(options))
    throw makeMistake(`${call}: ${writeGiven(options)} is not an object of options. ${stateCure}`);
  readOptions(optionShapes, options, { at: call, now: 0, joint: ': ' }, undefined, cures);
  checkCaller(options, call);
}

const stateCure = 'Give the state, such as { buckets: { vault: {} } }.';

/** What people write beside `buckets`: the options of a bucket, of a client and of a server. */
const cures = {
  ...Object.fromEntries(
    optionNames
      .filter((name) => !(name in optionShapes))
      .map((name) => [name, `It is an option of a bucket: { buckets: { vault: { ${name} } } }.`]),
  ),
  endpoint: "If your client has an endpoint of its own, write { hosts: ['http://localhost:9000'] }.",
  port: 'To open a port, call s3.listen({ port }).',
};

/** Libraries that replace a client's methods take the class or the instance of one. */
function checkIsNoClient(options: unknown, call: string): void {
  const client: unknown = typeof options === 'function' ? options.prototype : options;
  if (typeof client !== 'object' || client === null || !('send' in client) || typeof client.send !== 'function') return;
  const given = typeof options === 'function' ? writeGiven(options) : 'a client';
  throw makeMistake(
    `${call}: ${given} is not an object of options. The mock answers every client of this process, so it needs no client. ${stateCure}`,
  );
}

function checkCaller({ caller, users }: MockS3Options, call: string): void {
  // A value that is not an object is refused as the users are read.
  if (caller === undefined || (users !== undefined && !isRecord(users))) return;
  const names = Object.keys(users ?? {});
  // A user of a fixture may have its path in front of its name.
  if (typeof caller === 'string' && names.some((name) => name === caller || name.endsWith(`/${caller}`))) return;
  const known = names.length === 0 ? 'the mock has no users' : `the users are: ${names.join(', ')}`;
  throw invalidValue(call, 'caller', caller, `the name of a user of the option users, or undefined; ${known}`, names);
}
