import type { MockS3 } from '../../src';
import { fromListing, mockS3 } from '../../src';
import { optionShapes } from '../../src/mock/options';
import type { GivenShape } from '../../src/shapes/given';
import type { MatcherResult } from '../../src/testing/matchers';
import { matchers } from '../../src/testing/matchers';

/** A call of the library with right values, at each place of which a test puts wrong ones. */
export interface Call {
  readonly name: string;
  readonly given: readonly unknown[];
  readonly make: (s3: MockS3, ...given: readonly unknown[]) => unknown;
  /** Values that are right at a place, or at all below it if the place ends with a dot: `0.deliver.`. */
  readonly right?: Readonly<Record<string, readonly string[]>>;
  /** Whether S3's own words say what is wrong; those do not quote each value. */
  readonly inWordsOfS3?: true;
}

interface Untyped {
  readonly [name: string]: (...given: readonly unknown[]) => unknown;
}

/** What is right where an object may have any members. */
const json = ['an instance of a class with members', 'an object without a prototype that has members'];
const further = ['a member that nothing has', ...json];

const call = (object: object, name: string, ...given: readonly unknown[]) => {
  const untyped = object as Untyped; // called with wrong values on purpose
  return untyped[name]?.call(object, ...given);
};
const at = (name: string, ...given: readonly unknown[]): Call => ({
  name: `s3.${name}`,
  given,
  make: (s3, ...values) => call(s3, name, ...values),
});
const on = (part: 'clock' | 'requests' | 'events' | 'account' | 'kmsKeys' | 'iam' | 'lifecycle' | 'replication') => {
  return (name: string, ...given: readonly unknown[]): Call => ({
    name: `s3.${part}.${name}`,
    given,
    make: (s3, ...values) => call(s3[part], name, ...values),
  });
};
const vault = (name: string, ...given: readonly unknown[]): Call => ({
  name: `s3.bucket().${name}`,
  given,
  make: (s3, ...values) => call(s3.bucket('vault'), name, ...values),
});
const set = (name: string, value: unknown): Call => ({
  name: `s3.bucket().${name} =`,
  given: [value],
  make: (s3, given) => Object.assign(s3.bucket('vault'), { [name]: given }),
  right: { 0: ['null'] },
});
const setOfWriter = (value: unknown): Call => ({
  name: 's3.account.user().policy =',
  given: [value],
  make: (s3, given) => Object.assign(s3.account.user('writer'), { policy: given }),
});
/** A rule needs a step. */
const rule = (...given: readonly unknown[]): Call => ({
  name: 's3.on',
  given,
  make: (s3, ...values) =>
    call(call(s3, 'on', ...values) as object, 'fail', given[0] === 'AssumeRole' ? 'Throttling' : 'SlowDown'), // a rule
});
const step = (operation: string, name: string, ...given: readonly unknown[]): Call => ({
  name: `s3.on('${operation}').${name}`,
  given,
  make: (s3, ...values) => call(call(s3, 'on', operation) as object, name, ...values), // a rule
});
const matcher = (name: keyof typeof matchers, subject: (s3: MockS3) => object, ...given: readonly unknown[]): Call => ({
  name: `expect().${name}`,
  given,
  make: (s3, ...values) => (call(matchers, name, subject(s3), ...values) as MatcherResult).pass, // what each returns
});

const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*', Condition: {} }];
const policy = { Version: '2012-10-17', Statement };
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
};
const role = { maxSessionDuration: { hours: 2 }, tags: { team: 'a' }, conditions: { 'aws:SourceVpc': 'vpc-1' } };
const moment = '2026-01-31T10:00:00Z';
const version = {
  ...{ body: 'first', versionId: 'v1', lastModified: moment, metadata: { author: 'ann' }, tags: { team: 'a' } },
  ...{ annotations: { summary: 'short' }, contentType: 'text/plain', headers: { 'cache-control': 'no-cache' } },
  ...{ encryption: 'AES256', storageClass: 'GLACIER', restore: { Days: 90, Tier: 'Standard', requested: moment } },
  ...{
    retention: { Mode: 'GOVERNANCE', RetainUntilDate: moment, EventHold: 'ON', EventHoldDuration: { Days: 2 } },
    legalHold: 'ON',
    writeNumber: 4,
  },
};
const Grants = [{ Grantee: { Type: 'CanonicalUser', ID: 'default' }, Permission: 'READ' }];
const lifecycle = {
  Rules: [
    {
      ...{ ID: 'old', Status: 'Enabled', Expiration: { Days: 30 } },
      Filter: { And: { Prefix: 'a', Tags: [{ Key: 'team', Value: 'a' }], ObjectSizeGreaterThan: 1 } },
      Transitions: [{ Days: 1, StorageClass: 'GLACIER' }],
      NoncurrentVersionExpiration: { NoncurrentDays: 3, NewerNoncurrentVersions: 2 },
    },
  ],
};
const Role = 'arn:aws:iam::000000000000:role/replication';
const replication = {
  Role,
  Rules: [{ ID: 'all', Status: 'Enabled', Prefix: '', Destination: { Bucket: 'arn:aws:s3:::replica' } }],
};
const cors = { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAgeSeconds: 30 }] };
const queue = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const event = { bucket: 'vault', key: 'a', destination: queue, time: new Date(0) };
const stored = { body: 'a', metadata: { author: 'ann' }, size: 3, lastModified: new Date(0), acl: 'private' };
const deletes = { Bucket: 'vault', Delete: { Objects: [{ Key: 'a' }], Quiet: true } };
const listed = { Key: 'a', VersionId: 'v1', IsLatest: true, LastModified: moment };

/** The values that do not follow from the shape of an option. */
const optionsByHand: Readonly<Record<string, unknown>> = {
  ...{ hosts: ['http://localhost:9000'], account: '111122223333', organizationId: 'o-abcdefghij' },
  accounts: { partner: { id: '444455556666', credentials: { accessKeyId: 'KEY', secretAccessKey: 'secret' } } },
  ...{ users: { writer: { tags: { team: 'a' } } }, roles: { deployer: role }, caller: 'writer' },
  ...{ publicAccessBlock: { BlockPublicAcls: true }, guard: false, trace: false, serviceInstanceId: 'guid' },
  ...{
    replicationDelay: { minutes: 5 },
    conditions: { 'aws:SourceVpc': 'vpc-1' },
    deliver: { [queue]: () => undefined },
  },
  ...{ kmsKeys: { 'alias/vault': 'disabled' }, buckets: { vault: { versioning: 'Enabled', objects: { a: 'first' } } } },
};

/** A right value by the shape of an option: its first word, its example, or the example in the words of its mistake. */
function rightValue(name: string, shape: GivenShape): unknown {
  const { kind, example, expected = '' } = shape;
  const quoted = /'([^']+)'/.exec(expected)?.[1];
  if (kind === 'structure')
    return Object.fromEntries(Object.entries(shape.members).map(([member, one]) => [member, rightValue(member, one)]));
  if (kind === 'words') return shape.words[0];
  if (kind === 'boolean') return true;
  if (kind === 'date') return moment;
  if (example !== undefined) return JSON.parse(example);
  if (kind === 'text' && !shape.isJudged && (quoted !== undefined || shape.accepts === undefined)) return quoted ?? 'a';
  throw new Error(`Write a right value of ${name} into optionsByHand`);
}

// A nock is not plain data.
const { nock: _nock, ...plainOptions } = optionShapes;
const options = Object.fromEntries(
  Object.entries<GivenShape>(plainOptions).map(([name, shape]) => [
    name,
    optionsByHand[name] ?? rightValue(name, shape),
  ]),
);

const accountOf = on('account');
const requests = on('requests');
const ofPolicies: Pick<Call, 'inWordsOfS3'> = { inWordsOfS3: true };

export const calls: readonly Call[] = [
  {
    name: 'mockS3',
    given: [options],
    make: (_s3, given) => call({ mockS3 }, 'mockS3', given),
    right: { '0.hosts.0': ['a RegExp'], '0.publicAccessBlock': ['null'], [`0.deliver.${queue}`]: ['a function'] },
  },
  {
    ...at('createBucket', 'other', {
      ...{ versioning: 'Enabled', mfaDelete: 'Disabled', region: 'eu-west-1', owner: 'default', tags: { team: 'a' } },
      ...{
        objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 3, DefaultEventHold: { Years: 1 } } },
        objects: { a: version },
        acl: 'private',
      },
      ...{ ownershipControls: 'ObjectWriter' },
    }),
    right: { '1.tags': ['null'], '1.ownershipControls': ['null'] },
  },
  {
    ...at('createBucket', 'other', { ownershipControls: 'ObjectWriter', acl: { Grants }, lifecycle }),
    right: { '1.ownershipControls': ['null'], '1.lifecycle': ['null'] },
  },
  { ...at('createBucket', 'other', { versioning: 'Enabled', replication }), right: { '1.replication': ['null'] } },
  at('createAccount', 'partner', {
    id: '777788889999',
    credentials: { accessKeyId: 'KEY', secretAccessKey: 'secret' },
  }),
  at('createMfaDevice', { serial: 'arn:aws:iam::000000000000:mfa/two', secret: 'JBSWY3DPEHPK3PXP', digits: 6 }),
  at('actAs', 'writer'),
  at('answers', 'https://vault.s3.amazonaws.com'),
  { ...at('deliverTo', queue, () => undefined), right: { 1: ['a function'] } },
  {
    ...at('deliverTo', queue, { handler: () => undefined, role: 'worker', timeout: { seconds: 10 } }),
    right: { 1: ['a function'], '1.handler': ['a function'] },
  },
  {
    ...rule('PutObject', { Bucket: 'vault', Key: 'a', Metadata: { author: 'ann' }, ContentLength: 3, Body: 'a' }),
    right: { '1.Body': json },
  },
  rule('DeleteObjects', deletes),
  rule('AssumeRole', { RoleArn: Role, DurationSeconds: 900, Tags: [{ Key: 'a', Value: 'b' }] }),
  rule('ReplicateObject', { Bucket: 'vault', Key: 'a', DestinationBucket: 'replica', Part: 'object' }),
  {
    ...step('PutObject', 'fail', 'SlowDown', { times: 2, probability: 0.5, retryAfter: 2 }),
    right: { '1.times': ['Infinity'] },
  },
  step('PutObject', 'fail', { code: 'Teapot', status: 418, message: 'Short' }),
  { ...step('PutObject', 'delay', { milliseconds: 1, times: 2 }), right: { '0.times': ['Infinity'] } },
  { ...step('PutObject', 'disconnect', { when: 'before', times: 2 }), right: { '0.times': ['Infinity'] } },
  { ...step('PutObject', 'corrupt', { how: 'alter', times: 2 }), right: { '0.times': ['Infinity'] } },
  {
    ...step('GetObject', 'disconnect', { when: 'during', after: 1, times: 2 }),
    right: { '0.times': ['Infinity'] },
  },
  { ...step('GetObject', 'stall', { after: 1, times: 2 }), right: { '0.times': ['Infinity'] } },
  {
    ...step('PutObject', 'reply', { status: 503, headers: { 'x-a': 'b' }, body: 'a' }, { times: 1 }),
    right: { '1.times': ['Infinity'] },
  },
  {
    ...step('DeleteObjects', 'failEntries', [{ Key: 'a', VersionId: 'v1' }], 'InternalError', { times: 1 }),
    right: { '2.times': ['Infinity'] },
  },
  {
    ...step('ReplicateObject', 'fail', 'SlowDown', { times: 2, probability: 0.5 }),
    right: { '1.times': ['Infinity'] },
  },
  on('clock')('set', moment),
  on('clock')('advance', { days: 1, milliseconds: 1 }),
  on('lifecycle')('plan', { until: '2027-01-31T10:00:00Z' }),
  on('replication')('plan', { until: '2027-01-31T10:00:00Z' }),
  on('kmsKeys')('set', 'alias/vault', 'disabled'),
  on('iam')('refuse', 'key'),
  accountOf('user', 'reader', { tags: { team: 'a' }, conditions: { 'aws:SourceVpc': 'vpc-1' }, id: 'AIDAEXAMPLE' }),
  accountOf('role', 'builder', role),
  { ...accountOf('user', 'reader', { policy, managedPolicies: { Read: policy } }), ...ofPolicies },
  { ...accountOf('role', 'builder', { trust }), ...ofPolicies },
  { ...setOfWriter(policy), ...ofPolicies },
  accountOf('session', { mfa: true, expiresIn: { hours: 1 }, conditions: { 'aws:SourceVpc': 'vpc-1' } }),
  accountOf('may', 's3:GetObject', 'vault/a', { 'aws:SourceVpc': 'vpc-1' }),
  vault('put', 'a', 'first', { metadata: { author: 'ann' }, lastModified: moment, storageClass: 'STANDARD_IA' }),
  ...['delete', 'versions', 'current', 'object'].map((name) => vault(name, 'a')),
  vault('newest', 'a', 0),
  vault('oldest', 'a', 0),
  vault('usage', { prefix: 'a', delimiter: '/', at: '2027-01-31' }),
  vault('event', 'ObjectCreated:Put', 'a', { versionId: 'v1', as: 'eventbridge' }),
  set('cors', cors),
  set('lifecycle', lifecycle),
  { ...set('policy', { ...policy, Statement: [{ ...Statement[0], Principal: '*' }] }), ...ofPolicies },
  set('tags', { team: 'a' }),
  { ...set('objectLock', { defaultRetention: { Mode: 'GOVERNANCE', Years: 1 } }), right: {} },
  { ...set('versioning', 'Enabled'), right: {} },
  requests('of', 'PutObject', { Key: 'a', ContentLength: 3 }, { applied: true, status: 200, code: 'SlowDown' }),
  requests('expectNone', 'DeleteObjects', deletes),
  requests('expectTimes', 'PutObject', 0, { Bucket: 'vault' }),
  on('events')('of', 'ObjectCreated:*', event),
  matcher('toHaveReceived', (s3) => s3, 'PutObject', { Bucket: 'vault' }),
  matcher('toHaveRefused', (s3) => s3, 'PutObject', { Bucket: 'vault' }, { code: 'SlowDown', status: 503 }),
  matcher('toHaveSent', (s3) => s3, 'ObjectCreated:*', event),
  { ...matcher('toHaveObject', (s3) => s3.bucket('vault'), 'a', stored), right: { '1.body': json, '1.acl': json } },
  matcher('toHaveVersions', (s3) => s3.bucket('vault'), 'a', ['first', { versionId: 'v1' }]),
  matcher('toHaveUsage', (s3) => s3.bucket('vault'), { noncurrent: { count: 0 }, storageClasses: { GLACIER: {} } }),
  matcher('toHaveConfiguration', (s3) => s3.bucket('vault'), 'cors', cors),
  matcher('toAllow', (s3) => s3.account, 's3:GetObject', 'vault/a', { 'aws:SourceVpc': 'vpc-1' }),
  {
    name: 'fromListing',
    given: [{ Versions: [{ ...listed, ETag: '"a"', Size: 3, StorageClass: 'STANDARD' }], DeleteMarkers: [] }],
    make: (_s3, given) => call({ fromListing }, 'fromListing', given),
    right: {
      ...{ '0': [...further, 'an object whose getter throws', 'an object that is no text'], '0.Versions.0': further },
      ...{ '0.Versions': ['null'], '0.DeleteMarkers': ['null'], '0.Versions.0.StorageClass': ['null'] },
    },
  },
];
