import { deepEqual } from 'node:assert';
import { inspect } from 'node:util';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, jest } from '@jest/globals';
import { fromListing, mockS3 } from 's3-versioning-mock/jest';
import { rejectionOf } from '../support/thrown';

const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
} as const;
const QueueConfigurations = [
  { QueueArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', Events: ['s3:ObjectCreated:*'] },
] as const;
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  users: { writer: { policy } },
  roles: { deployer: {} },
  buckets: {
    plain: {},
    vault: { versioning: 'Enabled', objects: { a: ['first', 'second'] }, notification: { QueueConfigurations } },
  },
});
const client = new S3Client({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
const upload = () => client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'third' }));

/** JavaScript has no compiler that refuses these. */
const read = (value: unknown, path: string): unknown =>
  path.split('.').reduce((at: unknown, name) => Reflect.get(at as object, name), value);
const call = (value: unknown, method: string, ...given: readonly unknown[]): unknown =>
  Reflect.apply(read(value, method) as () => unknown, value, given);
const vault = () => s3.bucket('vault');
const unset: string | undefined = undefined;

type Row = readonly [code: string, act: () => unknown, message: string];

/** What a call throws, or what the promise that it returns is rejected with. */
async function expectMistakes([code, act, message]: Row): Promise<void> {
  await upload();
  const error = await rejectionOf(Promise.resolve().then(act));
  expect({ code, isTypeError: error instanceof TypeError, error: String(error) }).toEqual({
    code,
    isTypeError: true,
    error: expect.stringContaining(message),
  });
}

const uncalled = (method: string) => `${method}: it is a method, which was not called. Write ${method}(`;
const handle = "s3.bucket('vault')";

describe('a method that is not called throws where its result is read', () => {
  it.each<Row>([
    ['s3.requests.last.operation', () => read(s3, 'requests.last.operation'), uncalled('s3.requests.last')],
    ['s3.requests.last.why', () => read(s3, 'requests.last.why'), uncalled('s3.requests.last')],
    ['s3.requests.of.map', () => read(s3, 'requests.of.map'), uncalled('s3.requests.of')],
    ['s3.events.last.key', () => read(s3, 'events.last.key'), uncalled('s3.events.last')],
    ['s3.events.of[0]', () => read(s3, 'events.of.0'), uncalled('s3.events.of')],
    ['s3.unusedRules.map', () => read(s3, 'unusedRules.map'), uncalled('s3.unusedRules')],
    ['s3.snapshot.store', () => read(s3, 'snapshot.store'), uncalled('s3.snapshot')],
    ['s3.outage.used', () => read(s3, 'outage.used'), uncalled('s3.outage')],
    ['s3.listen.url', () => read(s3, 'listen.url'), uncalled('s3.listen')],
    ['s3.bucket.versioning', () => read(s3, 'bucket.versioning'), uncalled('s3.bucket')],
    ['s3.bucket.keys', () => read(s3, 'bucket.keys'), uncalled('s3.bucket')],
    ['bucket.versions[0]', () => read(vault(), 'versions.0'), uncalled(`${handle}.versions`)],
    ['bucket.current.body', () => read(vault(), 'current.body'), uncalled(`${handle}.current`)],
    ['bucket.newest.versionId', () => read(vault(), 'newest.versionId'), uncalled(`${handle}.newest`)],
    ['bucket.oldest.retention', () => read(vault(), 'oldest.retention'), uncalled(`${handle}.oldest`)],
    ['bucket.object.body', () => read(vault(), 'object.body'), uncalled(`${handle}.object`)],
    ['bucket.usage.noncurrent', () => read(vault(), 'usage.noncurrent'), uncalled(`${handle}.usage`)],
    ['bucket.event.Records', () => read(vault(), 'event.Records'), uncalled(`${handle}.event`)],
    ['s3.clock.now.getTime', () => read(s3, 'clock.now.getTime'), uncalled('s3.clock.now')],
    ['s3.lifecycle.plan[0]', () => read(s3, 'lifecycle.plan.0'), uncalled('s3.lifecycle.plan')],
    ['s3.replication.plan.map', () => read(s3, 'replication.plan.map'), uncalled('s3.replication.plan')],
    ['user.may.allowed', () => read(s3.account.user('writer'), 'may.allowed'), uncalled('user.may')],
    ['session.may.by', () => read(s3.account.user('writer').session(), 'may.by'), uncalled('session.may')],
  ])('%s', (...row) => expectMistakes(row));

  it.each<readonly [string, () => unknown]>([
    ['s3.unusedRules', () => s3.unusedRules],
    ['s3.requests.of', () => s3.requests.of],
    ['s3.events.of', () => s3.events.of],
    ['bucket.versions', () => vault().versions],
    ['s3.lifecycle.plan', () => s3.lifecycle.plan],
    ['s3.replication.plan', () => s3.replication.plan],
  ])('and has no length of a list: %s', (_, read) => {
    for (const length of [0, 1, 2, 3]) expect(() => expect(read()).toHaveLength(length)).toThrow('toHaveLength');
  });

  it('and is a function for everything else', () => {
    const { unusedRules } = s3;
    expect(unusedRules.call(s3)).toEqual([]);
    expect(unusedRules.name).toBe('unusedRules');
    expect({ ...unusedRules }).toEqual({});
    const spy = jest.spyOn(s3, 'unusedRules');
    expect(s3.unusedRules()).toEqual([]);
    expect(spy).toHaveBeenCalledTimes(1);
    spy.mockRestore();
    expect(s3.unusedRules).toBe(unusedRules);
  });
});

describe('a promise that is not awaited throws where its result is read', () => {
  it('s3.listen().url', async () => {
    const listener = s3.listen();
    const message = 's3.listen: it returns a promise. Write const { url } = await s3.listen().';
    expect(() => read(listener, 'url')).toThrow(new TypeError(message));
    expect(() => read(listener, 'port')).toThrow(new TypeError(message));
    expect(() => read(listener, 'close')).toThrow(new TypeError(message));
    await (await listener).close();
  });

  it.each<Row>([
    [
      's3.requests.waitFor().status',
      () => read(s3.requests.waitFor('PutObject'), 'status'),
      's3.requests.waitFor: it returns a promise. Await it.',
    ],
    [
      's3.events.waitFor().key',
      () => read(s3.events.waitFor('ObjectCreated:*'), 'key'),
      's3.events.waitFor: it returns a promise. Await it.',
    ],
  ])('%s', (...row) => expectMistakes(row));

  it('and is a promise for everything else', async () => {
    await upload();
    await expect(s3.requests.waitFor('PutObject')).resolves.toMatchObject({ status: 200 });
    const [request, event] = await Promise.all([
      s3.requests.waitFor('PutObject'),
      s3.events.waitFor('ObjectCreated:*'),
    ]);
    expect({ key: request.key, of: event.key }).toEqual({ key: 'a', of: 'a' });
  });
});

describe('a function that decides on entries throws if it returns a promise, which is true whatever it comes to', () => {
  it.each(['filter', 'find', 'findLast', 'some', 'every'])('%s', async (method) => {
    await upload();
    for (const [log, label] of [
      [read(s3, 'requests'), 's3.requests'],
      [read(s3, 'events'), 's3.events'],
    ] as const) {
      expect(() => call(log, method, async () => false)).toThrow(
        new TypeError(
          `${label}.${method}: invalid result of its function <promise>; expected true or false: nothing awaits it`,
        ),
      );
      expect(() => call(log, method, () => false)).not.toThrow();
    }
  });
});

describe('an expected member that each has, and whose variable was not set, throws', () => {
  const noValue = (name: string) => `invalid ${name} undefined; expected a value, which each has`;
  it.each<Row>([
    ['s3.requests.of', () => s3.requests.of('PutObject', { Key: unset }), noValue('Key')],
    ['s3.requests.expectNone', () => s3.requests.expectNone('PutObject', { Bucket: unset }), noValue('Bucket')],
    ['not.toHaveReceived', () => expect(s3).not.toHaveReceived('GetObject', { Key: unset }), noValue('Key')],
    ['not.toHaveApplied', () => expect(s3).not.toHaveApplied('DeleteObject', { Key: unset }), noValue('Key')],
    [
      'toHaveReceivedTimes',
      () => expect(s3).toHaveReceivedTimes('DeleteObject', 0, { Bucket: unset }),
      noValue('Bucket'),
    ],
    ['s3.requests.waitFor', () => s3.requests.waitFor('PutObject', { Key: unset }), noValue('Key')],
    ['s3.on', () => s3.on('PutObject', { Bucket: unset }), noValue('Bucket')],
    ["s3.on('*')", () => s3.on('*', { Bucket: unset }), noValue('Bucket')],
    ["s3.on('ReplicateObject')", () => s3.on('ReplicateObject', { Key: unset as never }), noValue('Key')],
    ['failEntries', () => s3.on('DeleteObjects').failEntries({ Key: unset }, 'AccessDenied'), noValue('Key')],
    ['s3.events.of', () => s3.events.of('ObjectCreated:*', { key: unset }), noValue('key')],
    ['s3.events.last', () => s3.events.last('ObjectCreated:*', { bucket: unset }), noValue('bucket')],
    ['not.toHaveSent', () => expect(s3).not.toHaveSent('ObjectRemoved:*', { key: unset }), noValue('key')],
    ['s3.events.waitFor', () => s3.events.waitFor('ObjectCreated:*', { destination: unset }), noValue('destination')],
    [
      'not.toHaveObject, versionId',
      () => expect(vault()).not.toHaveObject('a', { versionId: unset }),
      noValue('versionId'),
    ],
    ['not.toHaveObject, body', () => expect(vault()).not.toHaveObject('a', { body: unset }), noValue('body')],
    ['not.toHaveVersions', () => expect(vault()).not.toHaveVersions('a', [{ versionId: unset }]), noValue('versionId')],
    ['not.toHaveUsage', () => expect(vault()).not.toHaveUsage({ current: unset }), noValue('current')],
    ['not.toHaveUsage, count', () => expect(vault()).not.toHaveUsage({ current: { count: unset } }), noValue('count')],
  ])('%s', (...row) => expectMistakes(row));

  it('and one that may be missing means that it is', async () => {
    await upload();
    expect(s3).toHaveReceived('PutObject', { Key: 'a', Tagging: undefined });
    expect(s3).not.toHaveReceived('PutObject', { Key: 'a', ContentLength: undefined });
    expect(vault()).toHaveObject('a', { legalHold: undefined });
    vault().notification = { QueueConfigurations };
    s3.bucket('plain').put('b', 'x');
    expect(s3.events.of('TestEvent', { key: undefined })).toEqual([]);
    expect(s3.events.of('ObjectCreated:*', { versionId: undefined })).toEqual([]);
  });
});

describe('a matcher of a state throws if it is given none', () => {
  it.each<Row>([
    [
      'toHaveVersioning()',
      () => call(expect(s3.bucket('plain')), 'toHaveVersioning'),
      "toHaveVersioning expects 'Enabled', 'Suspended', undefined (never set); it was given no argument.",
    ],
    [
      'toHaveMfaDelete()',
      () => call(expect(s3.bucket('plain')), 'toHaveMfaDelete'),
      "toHaveMfaDelete expects 'Enabled', 'Disabled', undefined (never set); it was given no argument.",
    ],
  ])('%s', (...row) => expectMistakes(row));

  it('and undefined is the state that was never set', () => {
    expect(s3.bucket('plain')).toHaveVersioning(undefined);
    expect(s3.bucket('plain')).toHaveMfaDelete(undefined);
    expect(vault()).not.toHaveVersioning(undefined);
  });
});

describe('a fixture of nothing throws if a variable was not set, or another answer was given', () => {
  const isUnset = 'the variable that names it was not set';
  it.each<Row>([
    ['fromListing({})', () => fromListing({}), 'fromListing was given {}.'],
    [
      'fromListing(ListObjectsV2)',
      () => fromListing({ KeyCount: 0, IsTruncated: false } as object),
      'fromListing was given a listing of objects, which has no versions.',
    ],
    ['createBucket(String(undefined))', () => s3.createBucket(String(unset)), isUnset],
    ['account.user(String(undefined))', () => s3.account.user(String(unset)), isUnset],
    ['account.role(String(undefined), {})', () => s3.account.role(String(unset), {}), isUnset],
  ])('%s', (...row) => expectMistakes(row));
});

describe('a misspelt member of a handle, or a habit with a cure, throws', () => {
  it.each<Row>([
    ['s3.buckt', () => read(s3, 'buckt'), "s3: there is no member 'buckt'. Did you mean bucket?"],
    ['s3.request', () => read(s3, 'request'), 'Did you mean requests?'],
    ['bucket.verisoning', () => read(vault(), 'verisoning'), 'Did you mean versioning?'],
    ['bucket.polcy', () => read(vault(), 'polcy'), 'Did you mean policy?'],
    ['s3.requests.lenght', () => read(s3, 'requests.lenght'), 'Did you mean length?'],
    ['s3.events.lenght', () => read(s3, 'events.lenght'), 'Did you mean length?'],
    ['s3.clock.advanced', () => read(s3, 'clock.advanced'), 'Did you mean advance?'],
    ['rule.request', () => read(s3.on('PutObject').fail('SlowDown'), 'request'), 'Did you mean requests?'],
    ['outage.useed', () => read(s3.outage({ region: 'us-east-1' }), 'useed'), 'Did you mean used?'],
    ['object.versionIdd', () => read(vault().object('a'), 'versionIdd'), 'Did you mean versionId?'],
    ['s3.iam.revoke', () => read(s3, 'iam.revoke'), "Write refuse('a-revoked-api-key'), or expireTokens()."],
    ['s3.lifecycle.run', () => read(s3, 'lifecycle.run'), 's3.clock.advance({ days: 31 })'],
    ['s3.replication.settled', () => read(s3, 'replication.settled'), 's3.clock.advance({ days: 31 })'],
    ['s3.events.received', () => read(s3, 'events.received'), "Write s3.events.of('ObjectCreated:*')."],
    ['s3.kmsKeys.disable', () => read(s3, 'kmsKeys.disable'), "Write set('alias/vault', 'disabled')."],
    [
      's3.accounts.default',
      () => read(s3.accounts, 'default'),
      "s3.accounts: it is a list, and has no member 'default'. Write s3.accounts.find(({ name }) => name === 'default').",
    ],
  ])('%s', (...row) => expectMistakes(row));

  it('and data is compared, spread and cloned as any plain object', () => {
    const [version] = vault().versions('a');
    const marker = vault().delete('a');
    const usage = vault().usage();
    for (const copy of [version, marker, usage]) {
      expect(structuredClone({ ...copy, body: undefined })).toEqual({ ...copy, body: undefined });
      deepEqual({ ...copy }, copy);
      expect(copy).toStrictEqual({ ...copy });
      expect(`${JSON.stringify(copy)}${inspect({ copy }, { showHidden: true })}`).not.toContain('no such member');
      expect(() => s3.restore({ copy } as never)).toThrow('is not a snapshot'); // which prints it
    }
  });

  it('and runners that compare a handle with other members say how it differs', () => {
    expect(() => expect(vault()).toEqual({ other: 1 })).toThrow('expect(received)');
    expect(() => expect(s3.requests).toMatchObject({ others: 1 })).toThrow('expect(received)');
  });
});

describe('an empty result is right', () => {
  it.each<readonly [code: string, read: () => unknown, result: unknown]>([
    ['s3.requests.last() before any request', () => s3.requests.last(), undefined],
    ['s3.requests.at(99)', () => s3.requests.at(99), undefined],
    ['s3.requests[99]', () => s3.requests[99], undefined],
    ['s3.requests.of() before any request', () => s3.requests.of('PutObject'), []],
    [
      's3.requests.explain() before any request',
      () => s3.requests.explain(),
      expect.stringMatching(/^No request came/),
    ],
    ['s3.events.last()', () => s3.events.last(), undefined],
    [
      's3.events.last() of another destination',
      () => s3.events.last('ObjectCreated:*', { destination: 'eventbridge' }),
      undefined,
    ],
    ['s3.unusedRules() without rules', () => s3.unusedRules(), []],
    ['s3.lifecycle.plan() without rules', () => s3.lifecycle.plan(), []],
    ['s3.replication.plan() without rules', () => s3.replication.plan(), []],
    ['s3.accounts[1]', () => s3.accounts[1], undefined],
    ['s3.buckets.find() of a missing one', () => s3.buckets.find(({ name }) => name === 'other'), undefined],
    ['bucket.versions() of a missing key', () => s3.bucket('vault').versions('b'), []],
    ['bucket.current() of a missing key', () => s3.bucket('vault').current('b'), undefined],
    ['bucket.delete() of a missing key, unversioned', () => s3.bucket('plain').delete('b'), undefined],
    ['bucket.keys of an empty bucket', () => s3.bucket('plain').keys, []],
    ['bucket.objects of a missing key', () => s3.bucket('vault').objects['b'], undefined],
    ['bucket.policy without one', () => s3.bucket('vault').policy, undefined],
    ['bucket.usage() of a missing prefix', () => s3.bucket('vault').usage({ prefix: 'b/' }).versions.count, 0],
    ['bucket.usage().prefixes without a delimiter', () => s3.bucket('vault').usage().prefixes, undefined],
    ['bucket.usage().before without a moment', () => s3.bucket('vault').usage().before, undefined],
    ['usage().storageClasses.GLACIER', () => s3.bucket('vault').usage().storageClasses['GLACIER'], undefined],
    ['account.publicAccessBlock without one', () => s3.account.publicAccessBlock, undefined],
  ])('%s', (_, read, result) => expect(read()).toEqual(result));

  it('an argument that is undefined is as if it were left out', async () => {
    await upload();
    expect(s3).toHaveReceived('PutObject', unset);
    expect(vault()).toHaveObject('a', unset);
    expect(vault()).not.toBeLocked('a', unset);
    expect(vault().versions(unset)).toHaveLength(3);
  });
});
