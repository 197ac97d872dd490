import https from 'node:https';
import type net from 'node:net';
import { inspect } from 'node:util';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import type { OutageForm, OutageOptions } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { fetch } from 'undici';
import type { AnyExpectedInput } from '../../src/journal/entry';
import { cosHost } from '../support/clients/story-client';
import { send } from '../support/wire-client';

const partner = { accessKeyId: 'PARTNERKEY', secretAccessKey: 'secret' };
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  accounts: { partner: { credentials: partner } },
  buckets: {
    east: { region: 'us-east-1', versioning: 'Enabled', objects: { a: 'text' } },
    west: { region: 'us-west-2', versioning: 'Enabled', objects: { a: 'text' } },
    theirs: {
      region: 'us-west-2',
      owner: 'partner',
      objects: { a: 'text' },
      policy: {
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: '000000000000' },
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::theirs/*',
        },
      },
    },
    anywhere: {},
    german: { region: 'eu-de-standard' },
  },
  replicationDelay: { seconds: 0 },
});

const credentials = { accessKeyId: 'TESTKEY', secretAccessKey: 'secret' };
const clientIn = (region: string, keys = credentials) => new S3Client({ region, credentials: keys, maxAttempts: 1 });
const east = clientIn('us-east-1');
const west = clientIn('us-west-2');
const sts = new STSClient({ region: 'us-east-1', credentials, maxAttempts: 1 });

const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    ({ name }: Error) => name,
  );
const putIn = (client: S3Client, Bucket: string) =>
  client.send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'text' }));
const put = (client: S3Client, Bucket: string) => outcome(putIn(client, Bucket));
const list = (client: S3Client) => client.send(new ListBucketsCommand({}));
const copy = (client: S3Client, Bucket: string, CopySource: string) =>
  client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));

const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  'put east': () => putIn(east, 'east'),
  'put west': () => putIn(west, 'west'),
  'put anywhere in us-east-1': () => putIn(east, 'anywhere'),
  'put anywhere in us-west-2': () => putIn(west, 'anywhere'),
  'get theirs': () => west.send(new GetObjectCommand({ Bucket: 'theirs', Key: 'a' })),
  'copy east to west': () => copy(west, 'west', 'east/a'),
  'copy west to east': () => copy(east, 'east', 'west/a'),
  'copy theirs to east': () => copy(east, 'east', 'theirs/a'),
  'list in us-east-1': () => list(east),
  'list in us-west-2': () => list(west),
  'list as partner': () => list(clientIn('us-west-2', partner)),
  'ask STS': () => sts.send(new GetCallerIdentityCommand({})),
};

describe('s3.outage', () => {
  it('answers every request of S3 and STS with a 503, applies none, and knows them', async () => {
    const outage = s3.outage();
    expect(await put(east, 'east')).toBe('SlowDown');
    expect(await outcome(east.send(new ListBucketsCommand({})))).toBe('SlowDown');
    expect(await outcome(sts.send(new GetCallerIdentityCommand({})))).toBe('ServiceUnavailable');
    expect(s3.bucket('east').versions('new')).toEqual([]);
    expect(outage.used).toBe(3);
    expect(outage.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ['PutObject', 503],
      ['ListBuckets', 503],
      ['GetCallerIdentity', 503],
    ]);
    expect(s3.requests[0]?.failure).toEqual({
      kind: 'fail',
      what: 'failed with SlowDown, by s3.outage()',
      applied: false,
      endless: 's3.outage()',
    });
    outage.end();
    expect(await put(east, 'east')).toBe('done');
    expect(outage.requests).toHaveLength(3);
  });

  it.each<[what: string, failed: readonly string[], given: OutageOptions]>([
    ['everything', Object.keys(calls), {}],
    [
      'a region',
      [
        'put east',
        'put anywhere in us-east-1',
        'copy east to west',
        'copy west to east',
        'copy theirs to east',
        'list in us-east-1',
        'ask STS',
      ],
      { region: 'us-east-1' },
    ],
    ['a bucket', ['put west', 'copy east to west', 'copy west to east'], { bucket: 'west' }],
    ['an account', ['get theirs', 'copy theirs to east', 'list as partner'], { account: 'partner' }],
    ['an account by its handle, in a region', [], { account: s3.accounts[1], region: 'us-east-1' }],
    [
      'an account by its handle',
      ['get theirs', 'copy theirs to east', 'list as partner'],
      { account: s3.accounts[1], region: 'us-west-2' },
    ],
    [
      'the default account',
      Object.keys(calls).filter((name) => name !== 'get theirs' && name !== 'list as partner'),
      { account: '000000000000' },
    ],
    ['a service', ['ask STS'], { service: 'sts' }],
  ])('of %s makes these requests fail, and no others: %p', async (_what, failed, given) => {
    s3.outage(given);
    const outcomes: (readonly [name: string, outcome: string])[] = [];
    for (const [name, call] of Object.entries(calls)) outcomes.push([name, await outcome(call())]);
    expect(outcomes.filter(([, one]) => one !== 'done').map(([name]) => name)).toEqual(failed);
  });

  it("takes the region of a global endpoint's bucket", async () => {
    s3.outage({ region: 'us-east-1' });
    expect((await send({ path: '/a', host: 'west.s3.amazonaws.com' })).status).toBe(200);
    expect((await send({ path: '/a', host: 'east.s3.amazonaws.com' })).status).toBe(503);
    expect((await send({ path: '/', host: 's3.amazonaws.com' })).status).toBe(503);
    expect((await send({ path: '/west/a', host: 's3.amazonaws.com' })).status).toBe(503);
  });

  it('covers a region of IBM COS', async () => {
    s3.outage({ region: 'us-south' });
    expect((await send({ path: '/german', host: cosHost })).status).toBe(503);
    expect((await send({ path: '/german', host: 's3.eu-de.cloud-object-storage.appdomain.cloud' })).status).toBe(200);
  });

  it("covers IBM Cloud's tokens, which have no region, if it is of everything", async () => {
    const askToken = () => {
      const body = new URLSearchParams({ grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: 'key' });
      return fetch('https://iam.cloud.ibm.com/identity/token', { method: 'POST', body });
    };
    const outage = s3.outage({ region: 'us-east-1' });
    expect((await askToken()).status).toBe(200);
    outage.end();
    s3.outage();
    expect((await askToken()).status).toBe(503);
  });

  it('meets requests that are no operation of S3', async () => {
    const outage = s3.outage();
    expect((await send({ method: 'PATCH', path: '/east/a' })).status).toBe(503);
    expect(outage.used).toBe(1);
  });
});

describe('the form of an outage', () => {
  it.each<{ as: OutageForm; ofS3: string; ofSts: string }>`
    as                      | ofS3                    | ofSts
    ${'SlowDown'}           | ${'SlowDown'}           | ${'ServiceUnavailable'}
    ${'ServiceUnavailable'} | ${'ServiceUnavailable'} | ${'ServiceUnavailable'}
    ${'InternalError'}      | ${'InternalError'}      | ${'InternalFailure'}
  `('$as is $ofSts at STS', async ({ as, ofS3, ofSts }) => {
    s3.outage({ as });
    expect(await put(east, 'east')).toBe(ofS3);
    expect(await outcome(sts.send(new GetCallerIdentityCommand({})))).toBe(ofSts);
  });

  it.each<{ as: OutageForm; code: string; message: unknown; what: string }>`
    as           | code              | message                                               | what
    ${'refused'} | ${'ECONNREFUSED'} | ${''}                                                 | ${'connection refused'}
    ${'timeout'} | ${'ETIMEDOUT'}    | ${''}                                                 | ${'connection timed out'}
    ${'lost'}    | ${'ECONNRESET'}   | ${expect.stringMatching(/socket hang up|ECONNRESET/)} | ${'connection lost before the request was applied'}
  `('$as is the error $code of the connection', async ({ as, code, message, what }) => {
    s3.outage({ as });
    await expect(send({ path: '/east/a' })).rejects.toMatchObject({ code, message });
    await expect(fetch('https://s3.us-east-1.amazonaws.com/east/a')).rejects.toMatchObject({ cause: { code } });
    const sent = east.send(new GetObjectCommand({ Bucket: 'east', Key: 'a' }));
    await expect(sent).rejects.toMatchObject({ code });
    expect(s3.requests[0]).toMatchObject({
      status: 0,
      failure: { kind: 'disconnect', what: `${what}, by s3.outage({ as: '${as}' })`, applied: false },
    });
  });

  const errorOf = (options: https.RequestOptions) =>
    new Promise<Error>((resolve) => {
      https.get({ host: 's3.amazonaws.com', path: '/east/a', agent: false, ...options }).on('error', resolve);
    });

  it.each([
    ['refused', 'ECONNREFUSED', -111],
    ['timeout', 'ETIMEDOUT', -110],
  ] as const)('%s has an error for each address of the name, as in Node', async (as, code, errno) => {
    s3.outage({ as });
    const addresses = ['192.0.2.1', '192.0.2.2'];
    const lookup: net.LookupFunction = (_name, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    const error = await errorOf({ lookup });
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({
      ...{ code, message: '' },
      errors: addresses.map((address) => ({
        ...{ code, errno, syscall: 'connect', address, port: 443, message: `connect ${code} ${address}:443` },
      })),
    });
    const ofS3 = await errorOf({});
    expect((ofS3 as AggregateError).errors).toHaveLength(8);
  });

  it.each<[string, object]>([
    ['a client that tries one address', { autoSelectFamily: false }],
    ['a client that asks for one family', { family: 4 }],
    ['STS', { host: 'sts.amazonaws.com' }],
  ])('refused is one error for %s', async (_, options) => {
    s3.outage({ as: 'refused' });
    const error = await errorOf(options);
    expect(error).not.toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 52.216.8.11:443' });
  });

  it('is a broken connection that was open before, too', async () => {
    expect(await put(east, 'east')).toBe('done');
    s3.outage({ as: 'timeout' });
    expect(await put(east, 'east')).toBe('TimeoutError');
  });

  it.each([30, { milliseconds: 30 }])('delays the answer by %j, and applies the request', async (delay) => {
    const outage = s3.outage({ as: { delay } });
    expect(await put(east, 'east')).toBe('done');
    expect(outage.requests[0]?.failure).toMatchObject({ kind: 'delay', applied: true });
  });

  it('delays beyond the time-out of a client', async () => {
    s3.outage({ as: { delay: { minutes: 1 } } });
    const hasty = new S3Client({
      region: 'us-east-1',
      maxAttempts: 1,
      requestHandler: { requestTimeout: 20, throwOnRequestTimeout: true },
    });
    expect(await put(hasty, 'east')).toBe('TimeoutError');
  });
});

describe('the time of an outage', () => {
  it('is from one moment up to another, by the clock of the mock', async () => {
    const outage = s3.outage({ from: '2026-03-01T13:00:00Z', until: { hours: 2 } });
    expect(await put(east, 'east')).toBe('done');
    s3.clock.set('2026-03-01T13:00:00Z');
    expect(await put(east, 'east')).toBe('SlowDown');
    s3.clock.set('2026-03-01T13:59:59Z');
    expect(await put(east, 'east')).toBe('SlowDown');
    s3.clock.advance({ seconds: 1 });
    expect(await put(east, 'east')).toBe('done');
    expect(outage.used).toBe(2);
  });
});

describe('replication in an outage', () => {
  const role = 'arn:aws:iam::000000000000:role/copier';
  const replicate = () => {
    s3.bucket('east').replication = {
      Role: role,
      Rules: [
        {
          Status: 'Enabled',
          Priority: 1,
          Filter: {},
          DeleteMarkerReplication: { Status: 'Disabled' },
          Destination: { Bucket: 'arn:aws:s3:::west' },
        },
      ],
    };
  };
  const results = () =>
    s3.requests.serviceActions.map(({ result, reason }) => (reason ? `${result} ${reason}` : result));

  it('waits for the destination, and is tried again as after any trouble that passes', async () => {
    replicate();
    s3.outage({ region: 'us-west-2', until: { minutes: 3 } });
    expect(await put(east, 'east')).toBe('done');
    expect(results()).toEqual(['PENDING SlowDown']);
    // One step over the end of the outage: each attempt is judged by its own moment.
    s3.clock.advance({ minutes: 10 });
    expect(results()).toEqual(['PENDING SlowDown', 'PENDING SlowDown', 'PENDING SlowDown', 'COMPLETED']);
    expect(s3.requests.serviceActions[0]).toMatchObject({
      why: "on purpose, by s3.outage({ region: 'us-west-2', until: { minutes: 3 } })",
    });
    expect(s3.unusedRules()).toEqual([]);
    expect(s3.bucket('west').versions('new')).toHaveLength(1);
  });

  it('waits while the source is out', async () => {
    replicate();
    expect(await put(east, 'east')).toBe('done');
    const outage = s3.outage({ bucket: 'east', as: 'refused' });
    expect(await put(west, 'west')).toBe('done');
    outage.end();
    expect(results()).toEqual(['COMPLETED']);
  });

  it('copies at once if answers are only late', async () => {
    replicate();
    s3.outage({ as: { delay: 1 } });
    expect(await put(east, 'east')).toBe('done');
    expect(results()).toEqual(['COMPLETED']);
  });
});

describe('an outage as a rule', () => {
  it('is unused until something meets it, and is printed as it was written', async () => {
    const outage = s3.outage({ region: 'us-east-1', as: 'lost' });
    expect(s3.unusedRules()).toEqual([
      {
        operation: '*',
        input: { region: 'us-east-1', as: 'lost' },
        text: "outage({ region: 'us-east-1', as: 'lost' })",
      },
    ]);
    await put(east, 'east');
    expect(s3.unusedRules()).toEqual([]);
    expect(inspect(outage)).toBe("outage({ region: 'us-east-1', as: 'lost' }): used for 1 request");
    outage.end();
    expect(String(outage)).toBe(
      "outage({ region: 'us-east-1', as: 'lost' }): used for 1 request; removed by its end()",
    );
  });

  it.each<[given: OutageOptions, note: string]>([
    [{ region: 'eu-west-1' }, "the requests that came were of { region: 'us-east-1' }, { region: 'us-west-2' }"],
    [
      { region: 'us-east-1', bucket: 'west' },
      "the requests that came were of { region: 'us-east-1', bucket: 'east' }, { region: 'us-west-2', bucket: 'west' }",
    ],
    [{ service: 'sts' }, "the requests that came were of { service: 's3' }"],
    [{ account: 'partner' }, "the requests that came were of { account: '000000000000' }"],
    [
      { bucket: 'east', from: { minutes: 1 } },
      'matching requests came, but before the outage began or after it was over',
    ],
  ])('says which requests came if none met %p', async (given, note) => {
    s3.outage(given);
    expect(s3.unusedRules()[0]).not.toHaveProperty('note');
    await put(east, 'east');
    await put(west, 'west');
    expect(s3.unusedRules()).toMatchObject([{ note }]);
  });

  it('says of five places at most that requests came', async () => {
    s3.outage({ bucket: 'none' });
    for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) await send({ path: `/${name}` });
    const [{ note } = {}] = s3.unusedRules();
    expect(note?.match(/bucket: '[a-z]+'/g)?.at(-1)).toBe("bucket: 'five'");
  });

  it('is gone after a reset', async () => {
    s3.outage();
    s3.reset();
    expect(await put(east, 'east')).toBe('done');
  });

  it('gives way to a later rule for an operation', async () => {
    s3.outage();
    s3.on('PutObject').fail('AccessDenied', { times: 1 });
    expect([await put(east, 'east'), await put(east, 'east')]).toEqual(['AccessDenied', 'SlowDown']);
  });

  it.each<{ given: OutageOptions; message: RegExp }>`
    given                                          | message
    ${{ regions: 'us-east-1' }}                    | ${/there is no option 'regions'. Did you mean region\?/}
    ${{ region: 'us-eest-1' }}                     | ${/s3.outage: invalid region 'us-eest-1'.*Did you mean us-east-1\?/}
    ${{ bucket: '' }}                              | ${/s3.outage: invalid bucket ''/}
    ${{ account: 'partnr' }}                       | ${/s3.outage: there is no account 'partnr'.*Did you mean partner\?/}
    ${{ service: 'S3' }}                           | ${/s3.outage: invalid service 'S3'/}
    ${{ as: 'slowdown' }}                          | ${/s3.outage: invalid as 'slowdown'.*Did you mean SlowDown\?/}
    ${{ as: { delay: -1 } }}                       | ${/s3.outage: as, delay: invalid milliseconds -1/}
    ${{ as: { delay: { s: 1 } } }}                 | ${/s3.outage: as, delay: invalid duration \{ s: 1 \}/}
    ${{ as: null }}                                | ${/s3.outage: invalid as null/}
    ${{ as: { delay: 1, by: 2 } }}                 | ${/s3.outage: invalid as \{ delay: 1, by: 2 \}; expected .*or \{ delay: 500 \}/}
    ${{ from: 'soon' }}                            | ${/s3.outage: from: invalid moment 'soon'/}
    ${{ until: { minutes: -1 } }}                  | ${/s3.outage: invalid until .*after the outage begins/}
    ${{ from: '2026-03-02', until: '2026-03-02' }} | ${/s3.outage: invalid until .*after the outage begins/}
    ${'us-east-1'}                                 | ${/s3.outage: 'us-east-1' is not an object of options/}
  `('throws a TypeError for $given', ({ given, message }) => {
    expect(() => s3.outage(given)).toThrow(TypeError);
    expect(() => s3.outage(given)).toThrow(message);
    expect(s3.unusedRules()).toEqual([]);
  });
});

describe("s3.on('*')", () => {
  it('makes requests of every operation fail that has the members', async () => {
    const rule = s3.on('*', { Bucket: 'east' }).fail('InternalError');
    expect(await put(east, 'east')).toBe('InternalError');
    expect(await outcome(east.send(new ListObjectsV2Command({ Bucket: 'east' })))).toBe('InternalError');
    expect(await put(west, 'west')).toBe('done');
    expect(await outcome(east.send(new ListBucketsCommand({})))).toBe('done');
    expect(rule.requests.map(({ operation }) => operation)).toEqual(['PutObject', 'ListObjectsV2']);
    expect(s3.unusedRules()).toEqual([]);
  });

  it('leaves alone the service that does not have the code', async () => {
    s3.on('*').fail('SlowDown');
    expect(await outcome(sts.send(new GetCallerIdentityCommand({})))).toBe('done');
    expect(await put(east, 'east')).toBe('SlowDown');
  });

  it('makes requests fail with an error of the test', async () => {
    s3.on('*').fail({ code: 'Teapot', status: 418, message: 'Short and stout' });
    expect(await put(east, 'east')).toBe('Teapot');
  });

  it.each<{ input: AnyExpectedInput; message: RegExp }>`
    input                               | message
    ${{ Bukcet: 'east' }}               | ${/no operation has a member 'Bukcet'. Did you mean Bucket\?/}
    ${{ Bucket: 'east', RoleArn: 'x' }} | ${/no operation has all of the members Bucket, RoleArn/}
    ${{ region: 'us-east-1' }}          | ${/no operation has a member 'region'\. s3\.outage\({ region }\) makes/}
    ${{ Bucket: 7 }}                    | ${/Bucket/}
  `('throws a TypeError for $input', ({ input, message }) => {
    expect(() => s3.on('*', input)).toThrow(TypeError);
    expect(() => s3.on('*', input)).toThrow(message);
  });

  it.each([
    ['failEntries', () => s3.on('*').failEntries({}, 'InternalError')],
    ['a 200', () => s3.on('*').fail('InternalError', { status: 200 })],
    ['a code that neither service has', () => s3.on('*').fail('Slow' as 'SlowDown')],
  ])('throws a TypeError for %s', (_, make) => {
    expect(make).toThrow(TypeError);
  });
});

describe('the requests of a rule', () => {
  it('are those that it affected, of a batch too', async () => {
    const rule = s3.on('DeleteObjects').failEntries({ Key: 'a' }, 'InternalError', { times: 1 });
    const Delete = (Key: string) => new DeleteObjectsCommand({ Bucket: 'east', Delete: { Objects: [{ Key }] } });
    await east.send(Delete('b'));
    await east.send(Delete('a'));
    await east.send(Delete('a'));
    expect(rule.requests).toEqual([s3.requests[1]]);
    expect(rule.used).toBe(1);
  });
});
