import { format, inspect } from 'node:util';
import { NoSuchKey } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { habitsOfMock } from '../../src/mock/mock-members';
import { habitsOfAttempts, habitsOfRequests } from '../../src/service/failures/habits';
import { send } from '../support/wire-client';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'a.pdf': 'first' } } } });
});
// Its rules have no step.
afterEach(() => s3.stop().catch(() => {}));

function thrownByCall(object: object, name: string): unknown {
  try {
    return (object as Record<string, (...given: unknown[]) => unknown>)[name]?.('a.pdf');
  } catch (error) {
    return error;
  }
}

const noClient = 'The mock is not a client: it answers the clients of the code under test.';

describe('a member that other libraries have is a TypeError that says what to write', () => {
  it.each<[string, (mock: MockS3) => object, string, string]>([
    ['s3', (mock) => mock, 'commandCalls', "Write s3.requests.of('PutObject')."],
    ['s3', (mock) => mock, 'send', `${noClient} Send the command with new S3Client({}).`],
    ['s3', (mock) => mock, 'config', `${noClient} Give the code under test new S3Client({}).`],
    ['s3', (mock) => mock, 'middlewareStack', `${noClient} Give the code under test new S3Client({}).`],
    ['s3', (mock) => mock, 'rejects', "Write s3.on('PutObject').fail('SlowDown', { times: 1 })."],
    ['s3', (mock) => mock, 'get', "Write s3.bucket('vault').object('report.pdf')."],
    ['s3', (mock) => mock, 'keys', "Write s3.bucket('vault').keys, or s3.buckets for the handles of all buckets."],
    [
      "s3.on('GetObject')",
      (mock) => mock.on('GetObject'),
      'resolves',
      'S3 answers from its buckets: put what it should answer into the fixture. reply({ status, body }) sends an answer of your own.',
    ],
    [
      "s3.on('GetObject')",
      (mock) => mock.on('GetObject'),
      'rejects',
      "Write fail('SlowDown'), or disconnect({ when: 'before' }) for a lost connection.",
    ],
    [
      "s3.on('GetObject')",
      (mock) => mock.on('GetObject'),
      'commandCalls',
      "Write requests, which the rule affected, or s3.requests.of('GetObject') for all.",
    ],
    [
      "s3.on('GetObject')",
      (mock) => mock.on('GetObject'),
      'keys',
      "A rule only makes something fail. The state is in s3.bucket('vault').",
    ],
    ["s3.on('*')", (mock) => mock.on('*'), 'commandCalls', 'Write requests, which the rule affected.'],
    ['s3.outage', (mock) => mock.outage(), 'stop', 'Write end().'],
    [
      's3.outage',
      (mock) => mock.outage(),
      'fail',
      "The option 'as' says how clients see the outage: s3.outage({ as: 'refused' }).",
    ],
    [
      "s3.on('ReplicateObject')",
      (mock) => mock.on('ReplicateObject'),
      'rejectsOnce',
      "Write fail('SlowDown', { times: 1 }).",
    ],
    [
      "bucket 'vault'",
      (mock) => mock.bucket('vault'),
      'get',
      "Write object('report.pdf').text(), or current('report.pdf').",
    ],
    ["bucket 'vault'", (mock) => mock.bucket('vault'), 'on', "Write s3.on('PutObject', { Bucket: 'vault' })."],
    [
      "object 'a.pdf'",
      (mock) => mock.bucket('vault').object('a.pdf'),
      'delete',
      "Write s3.bucket('vault').delete('a.pdf').",
    ],
    [
      "bucket 'vault'",
      (mock) => mock.bucket('vault'),
      'text',
      "It belongs to an object: write object('report.pdf').text().",
    ],
    ...(['newest', 'oldest', 'current', 'versions', 'object'] as const).map(
      (name): [string, (mock: MockS3) => object, string, string] => [
        "object 'a.pdf'",
        (mock) => mock.bucket('vault').object('a.pdf'),
        name,
        `Write s3.bucket('vault').${name}('a.pdf').`,
      ],
    ),
    ['s3.requests', ({ requests }) => requests, 'resetHistory', 'Write s3.requests.clear().'],
    ['s3.requests', ({ requests }) => requests, 'flatMap', 'It is not an array: write [...s3.requests].'],
    ['s3.events', ({ events }) => events, 'get', "Write s3.events.of('ObjectCreated:*')."],
    ['s3.clock', ({ clock }) => clock, 'tick', 'Write s3.clock.advance({ days: 1 }).'],
  ])('%s: %s', (label, find, name, cure) => {
    expect(thrownByCall(find(s3), name)).toEqual(new TypeError(`${label}: there is no member '${name}'. ${cure}`));
    expect(name in find(s3)).toBe(false);
  });

  it.each<[string, () => object, object]>([
    ['the mock', () => s3, habitsOfMock],
    ['a rule for requests', () => s3.on('GetObject'), habitsOfRequests],
    ['a rule for replication', () => s3.on('ReplicateObject'), habitsOfAttempts],
  ])('and none of those of %s is a member that it has', (_what, find, habits) => {
    expect(Object.keys(habits).filter((name) => name in find())).toEqual([]);
  });

  it('and no runner and no printer reads one by itself', async () => {
    await send({ path: '/vault/a.pdf' });
    const rule = s3.on('GetObject').fail('SlowDown');
    const all = [s3, rule, s3.bucket('vault'), s3.bucket('vault').object('a.pdf'), s3.requests, s3.events, s3.clock];
    for (const one of all) {
      expect(one).toEqual(one);
      expect(one).not.toEqual({});
      expect(new Set([one])).toEqual(new Set([one]));
      expect(() => expect(one).toEqual({ other: 1 })).toThrow('expect(received)');
      expect(`${inspect(one)}${format('%o', one)}`).not.toBe('');
      expect(await Promise.resolve(one)).toBe(one);
    }
  });
});

describe('an error that SDKs name, given to fail', () => {
  const fail = (given: unknown, operation: 'GetObject' | 'AssumeRole' = 'GetObject') =>
    (s3.on(operation).fail as (error: unknown) => unknown)(given);

  it.each([
    [
      'NotFound',
      "SDKs use this name for a 404 of a HEAD request, whose answer has no code: give 'NoSuchKey' or 'NoSuchBucket'.",
    ],
    ['Forbidden', "SDKs use this name for a 403 of a HEAD request, whose answer has no code: give 'AccessDenied'."],
    ['ThrottlingException', "S3's code is 'SlowDown'."],
    ['ECONNRESET', "It is the error of a lost connection: disconnect({ when: 'before' }) causes it."],
    [
      'TimeoutError',
      'The client throws it by itself if no answer comes in time: delay({ milliseconds: 60_000 }) makes it wait.',
    ],
    [
      404,
      "Give a code such as 'NoSuchKey', whose status is 404, or { code, status, message } for an error of your own.",
    ],
    [
      new NoSuchKey({ message: 'gone', $metadata: {} }),
      "The client makes its error from the answer: give the code, 'NoSuchKey'.",
    ],
    [
      new Error('gone'),
      'The client makes its error from the answer: give the code of S3, or { code, status, message }.',
    ],
  ])('%p is a TypeError that says what to give', (given, cure) => {
    expect(() => fail(given)).toThrow(TypeError);
    expect(() => fail(given)).toThrow(cure);
  });

  it('names the member that is meant', () => {
    expect(() => fail({ name: 'Teapot', statusCode: 418 })).toThrow("there is no option 'name'. Give it as code.");
  });

  it('of STS gets no advice of S3', () => {
    expect(() => fail('NotFound', 'AssumeRole')).toThrow("Give a code such as 'Throttling'");
  });
});

describe('a bucket that is named by something else', () => {
  it.each([
    ['arn:aws:s3:::vault', "Write s3.bucket('vault')."],
    ['s3://vault/a.pdf', "Write s3.bucket('vault')."],
    ['vault/a.pdf', "Write s3.bucket('vault')."],
    [
      'reports-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias',
      'It is the alias of an access point, which the mock does not have: give the name of a bucket.',
    ],
    [
      'vault--use1-az4--x-s3',
      'It is the name of a directory bucket, which the mock does not have: give the name of a bucket.',
    ],
  ])('%s', (name, cure) => {
    expect(() => s3.bucket(name)).toThrow(`there is no bucket '${name}'. The buckets are: 'vault'. ${cure}`);
  });

  it('leads to the bucket of an access point', () => {
    s3.createBucket('points', { accessPoints: { reports: {} } });
    const { arn, alias } = s3.bucket('points').accessPoints?.['reports'] ?? {};
    for (const name of [arn, alias, 'reports-000000000000'])
      expect(() => s3.bucket(String(name))).toThrow("This is the name of an access point: write s3.bucket('points').");
  });

  it('is named in the reason of a refusal', async () => {
    await send({ path: '/reports-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias/a.pdf' });
    expect(s3.requests.last()?.why).toBe(
      "the mock has these buckets: vault. 'reports-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias' is the alias of an access point, " +
        "which the mock does not have: give its bucket accessPoints: { reports: { alias: 'reports-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias' } }, or give the code the name of a bucket",
    );
  });
});

describe('a member that IAM has, in a fixture', () => {
  it.each([
    ['PermissionsBoundary', 'Give it as permissionsBoundary, the document of the policy.'],
    ['AssumeRolePolicyDocument', 'Give it as trust.'],
    ['trustPolicy', 'Give it as trust.'],
    ['managedPolicyArns', 'Give managedPolicies: the documents of the policies by their names.'],
    ['groups', 'The mock has no groups: give the policies of a group in managedPolicies.'],
  ])('%s is a TypeError that says what to give', (name, cure) => {
    const fixture = { roles: { deployer: { [name]: {} } } };
    expect(() => mockS3(fixture)).toThrow(
      new TypeError(
        `mockS3: roles: role 'deployer': there is no option '${name}'. ${cure} The options are: policy, managedPolicies, permissionsBoundary, tags, conditions, id, trust, maxSessionDuration.`,
      ),
    );
  });
});

describe('an input that names a member of another level', () => {
  const on = (operation: string, input: object) =>
    (s3.on as (name: string, given: object) => unknown).call(s3, operation, input);

  it('is a TypeError that names its place', () => {
    expect(() => on('PutBucketVersioning', { Status: 'Suspended' })).toThrow(
      new TypeError(
        's3.on: the input of PutBucketVersioning has no Status. Status is a member of VersioningConfiguration.',
      ),
    );
  });

  it('names failEntries if the member is one of an entry', () => {
    const cure =
      "Write s3.on('DeleteObjects').failEntries({ Key: 'report.pdf' }, 'AccessDenied'): it makes matching entries fail.";
    expect(() => on('DeleteObjects', { Bucket: 'vault', Key: 'a.pdf' })).toThrow(
      new TypeError(`s3.on: the input of DeleteObjects has no Key. Key is a member of Delete.Objects. ${cure}`),
    );
    expect(() => (s3.requests.of as (...given: unknown[]) => unknown)('DeleteObjects', { Key: 'a.pdf' })).toThrow(
      's3.requests.of: the input of DeleteObjects has no Key. Key is a member of Delete.Objects.',
    );
  });
});

describe('an amount of time in the place of a moment', () => {
  it.each<[string, () => unknown, string]>([
    ['plan', () => s3.lifecycle.plan({ days: 30 } as never), 'Write { until: { days: … } }.'],
    ['replication.plan', () => s3.replication.plan({ hours: 1 } as never), 'Write { until: { hours: … } }.'],
    ['usage', () => s3.bucket('vault').usage({ days: 30 } as never), 'Write { at: { days: … } }.'],
    ['clock.set', () => s3.clock.set({ days: 30 } as never), 's3.clock.advance takes an amount of time'],
    ['clock.advance', () => s3.clock.advance('2026-03-01' as never), 's3.clock.set takes a moment'],
    ['clock.advance of a Date', () => s3.clock.advance(new Date(0) as never), 's3.clock.set takes a moment'],
  ])('is a TypeError of %s that says what to write, and so is the reverse', (_, call, cure) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(cure);
  });
});
