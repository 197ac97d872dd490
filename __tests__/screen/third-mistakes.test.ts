import assert from 'node:assert';
import { Readable } from 'node:stream';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import { matchers } from '../../src/testing/matchers';
import { makeCommand } from '../support/commands';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const queue = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const heard = (Value: string) => ({
  QueueArn: queue,
  Events: ['s3:ObjectCreated:*' as const],
  Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value }] } },
});
const allow = (Action: 's3:GetObject' | 's3:ListBucket', Effect: 'Allow' | 'Deny' = 'Allow') => ({
  Version: '2012-10-17' as const,
  Statement: [
    {
      ...{ Effect, Principal: '*' as const, Action },
      Resource: Action === 's3:ListBucket' ? 'arn:aws:s3:::open' : 'arn:aws:s3:::open/*',
    },
  ],
});
const copied = (ID: string, Prefix: string) => ({
  Role: 'arn:aws:iam::000000000000:role/copier',
  Rules: [
    {
      ...{ ID, Status: 'Enabled' as const, Priority: 1, Filter: { Prefix } },
      DeleteMarkerReplication: { Status: 'Disabled' as const },
      Destination: { Bucket: 'arn:aws:s3:::target' },
    },
  ],
});

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      buckets: {
        visits: { versioning: 'Enabled', objects: { 'ann.log': 'personal' } },
        rules: {
          objects: { 'tmp/a': 'a', 'logs/a': 'a' },
          lifecycle: { Rules: [{ ID: 'tmp', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } }] },
        },
        docs: { objects: { 'a.pdf': { body: 'a', tags: { team: 'blue' } } } },
        told: { notification: { QueueConfigurations: [heard('in/')] } },
        pages: {
          cors: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://one.example'] }] },
          objects: { 'a.txt': 'a' },
        },
        open: { objects: { 'a.txt': 'a' }, publicAccessBlock: null, policy: allow('s3:GetObject') },
        source: { versioning: 'Enabled', replication: copied('one', 'in/') },
        target: { versioning: 'Enabled' },
        plain: { objects: { 'hello.txt': 'hello' } },
      },
    },
    mockS3,
  );
  control.lifetime.start();
  s3 = control.mock;
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Record<string, never>> {
  return (await new sdk.S3Client({ maxAttempts: 1 }).send(makeCommand(name, input))) as never; // of any command
}

const putRules = (Bucket: string, ...Rules: readonly object[]) =>
  send('PutBucketLifecycleConfiguration', { Bucket, LifecycleConfiguration: { Rules } });
const privacy = { ID: 'privacy', Status: 'Enabled', Filter: {}, Expiration: { Days: 90 } };
const noncurrent = { NoncurrentVersionExpiration: { NoncurrentDays: 1 } };
const markers = { ID: 'markers', Status: 'Enabled', Filter: {}, Expiration: { ExpiredObjectDeleteMarker: true } };

const messageOf = (key: string, expected: readonly string[]) =>
  matchers.toHaveVersions(s3.bucket('visits'), key, expected).message();

describe('the versions that an expiration leaves', () => {
  it('are those below the delete marker', async () => {
    await putRules('visits', privacy);
    s3.clock.advance({ days: 100 });
    expect(messageOf('ann.log', [])).toContain(
      '- rule 1 expires current versions alone: its Expiration puts a delete marker on top, and one version below it stays; NoncurrentVersionExpiration: { NoncurrentDays: 1 } beside it removes noncurrent versions, and the marker goes later, when the Expiration is due for it as well',
    );
  });

  it('are a delete marker alone, which the rule removes when it is due for that', async () => {
    await putRules('visits', { ...privacy, ...noncurrent });
    s3.clock.advance({ days: 100 });
    const left =
      "Only a delete marker is left of 'ann.log', without a version below it. Rule 'privacy' removes it at 2026-08-29T00:00Z, and the clock of the mock stands at 2026-06-09T12:00Z: move it there with s3.clock.set('2026-08-29T00:00Z'), or expect [deleteMarker].";
    expect(messageOf('ann.log', [])).toContain(left);
    expect(messageOf('ann.log', [])).not.toContain('NoncurrentVersionExpiration');
    expect(await screenOfTest(control, () => expect(s3.bucket('visits').versions('ann.log')).toEqual([]))).toContain(
      left,
    );
    s3.clock.set('2026-08-29T00:00Z');
    expect(s3.bucket('visits').versions('ann.log')).toEqual([]);
  });

  it('are versions that the rule removes on a day', async () => {
    await putRules('visits', { ...privacy, NoncurrentVersionExpiration: { NoncurrentDays: 30 } });
    s3.clock.advance({ days: 100 });
    expect(messageOf('ann.log', [])).toMatch(
      /By lifecycle, version \S+ is removed on 2026-08-29, version \S+ is removed on 2026-06-30; the clock of the mock/,
    );
  });

  it('are a delete marker that another rule removes', async () => {
    await putRules('visits', { ...privacy, ...noncurrent, ID: 'days' }, markers);
    s3.clock.set('2026-06-01T12:00Z');
    expect(messageOf('ann.log', [])).toContain("Rule 'markers' removes it at 2026-06-02T00:00Z");
  });
});

describe('a configuration that a PUT has replaced', () => {
  const logs = { ID: 'logs', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 5 } };
  const tmp = { ID: 'tmp', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } };
  const both = 'put the rules of both.';

  it('had a rule of lifecycle for the key', async () => {
    await putRules('rules', logs);
    s3.clock.advance({ days: 10 });
    const says = [
      "No lifecycle rule removes 'tmp/a':",
      "- rule 1 does not match: its prefix is 'logs/'",
      `The configuration before this one had the rule 'tmp' for the key, and PutBucketLifecycleConfiguration replaces all rules: ${both}`,
    ].join('\n');
    expect(matchers.toHaveObject(s3.bucket('rules'), 'tmp/a').message()).toContain(says);
    const ofRunner = () => expect(s3.bucket('rules').current('tmp/a')).toBeUndefined();
    expect(await screenOfTest(control, ofRunner)).toContain(says);
  });

  it('is not named if it had no rule for the key, or if the rules of both are there', async () => {
    await putRules('rules', { ...logs, Filter: { Prefix: 'log/' } });
    s3.clock.advance({ days: 1 });
    const { message } = matchers.toHaveObject(s3.bucket('rules'), 'logs/a');
    expect(message()).toContain("its prefix is 'log/'; 'logs/' would match");
    expect(message()).not.toContain('before this one');
    await putRules('rules', logs, tmp);
    expect(matchers.toHaveObject(s3.bucket('rules'), 'tmp/a').message()).not.toContain('before this one');
  });

  it('is forgotten with a reset', async () => {
    await putRules('rules', logs);
    s3.reset();
    s3.bucket('rules').lifecycle = undefined;
    await putRules('rules', logs);
    s3.clock.advance({ days: 10 });
    expect(matchers.toHaveObject(s3.bucket('rules'), 'tmp/a').message()).not.toContain('before this one');
  });

  it('had tags', async () => {
    const put = { Bucket: 'docs', Key: 'a.pdf', Tagging: { TagSet: [{ Key: 'done', Value: 'yes' }] } };
    await send('PutObjectTagging', put);
    const { TagSet } = await send('GetObjectTagging', { Bucket: 'docs', Key: 'a.pdf' });
    const says =
      'PutObjectTagging docs/a.pdf replaced all that was there, and 1 more item of TagSet with it, as S3 adds nothing to what it has: read it first with GetObjectTagging, and send all of it.';
    expect(await screenOfTest(control, () => expect(TagSet).toHaveLength(2))).toContain(says);
    const error = Object.assign(new Error('expected [ { Key: done } ] to have a length of 2 but got 1'), {
      name: 'AssertionError',
      ...{ expected: 2, actual: 1 },
    });
    const ofVitest = () => {
      throw error;
    };
    expect(await screenOfTest(control, ofVitest)).toContain(says);
    expect(await screenOfTest(control, () => expect(TagSet).toHaveLength(3))).not.toContain('replaced all');
  });

  it('had a destination of events', async () => {
    await send('PutBucketNotificationConfiguration', {
      ...{ Bucket: 'told', NotificationConfiguration: { QueueConfigurations: [heard('out/')] } },
    });
    await send('PutObject', { Bucket: 'told', Key: 'in/a.txt', Body: 'x' });
    const { message } = matchers.toHaveSent(s3.bucket('told'), 'ObjectCreated:Put', { key: 'in/a.txt' });
    const says = `The configuration before this one sent it to ${queue}, and PutBucketNotificationConfiguration replaces all destinations: put those of both.`;
    expect(message()).toContain(says);
    await send('PutObject', { Bucket: 'told', Key: 'other/a.txt', Body: 'x' });
    const other = matchers.toHaveSent(s3.bucket('told'), 'ObjectCreated:Put', { key: 'other/a.txt' });
    expect(other.message()).not.toContain('before this one');
  });

  const putPolicy = (policy: object) => send('PutBucketPolicy', { Bucket: 'open', Policy: JSON.stringify(policy) });
  const read = async () => {
    const url = 'https://open.s3.us-east-1.amazonaws.com/a.txt';
    expect((await fetch(url)).status).toBe(200);
  };
  const ofPolicy =
    'GetObject open/a.txt: it would have been answered with the statements of the policy before as well, which PutBucketPolicy replaced as a whole: put the statements of both.';

  it('had a statement that allowed a request', async () => {
    await putPolicy(allow('s3:ListBucket'));
    expect(await screenOfTest(control, read)).toContain(ofPolicy);
  });

  it('was not replaced by a PUT if the test has set it by a handle', async () => {
    s3.bucket('open').policy = allow('s3:ListBucket');
    expect(await screenOfTest(control, read)).not.toContain('replaced as a whole');
  });

  it('is no reason of a refusal that a statement denies', async () => {
    await putPolicy(allow('s3:GetObject', 'Deny'));
    expect(await screenOfTest(control, read)).not.toContain('replaced as a whole');
  });

  it('is no reason of a refusal that nobody has asked about', async () => {
    await putPolicy(allow('s3:ListBucket'));
    await fetch('https://open.s3.us-east-1.amazonaws.com/a.txt');
    expect(await screenOfTest(control, () => expect('a').toBe('b'))).not.toContain('replaced as a whole');
  });

  it('had a CORS rule', async () => {
    const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://two.example'] }];
    await send('PutBucketCors', { Bucket: 'pages', CORSConfiguration: { CORSRules } });
    const preflight = async () => {
      const headers = { origin: 'https://one.example', 'access-control-request-method': 'GET' };
      const answer = await fetch('https://pages.s3.us-east-1.amazonaws.com/a.txt', { method: 'OPTIONS', headers });
      expect(answer.status).toBe(200);
    };
    expect(await screenOfTest(control, preflight)).toContain('which PutBucketCors replaced as a whole');
  });

  it('had a rule of replication', async () => {
    await send('PutBucketReplication', { Bucket: 'source', ReplicationConfiguration: copied('two', 'out/') });
    await send('PutObject', { Bucket: 'source', Key: 'in/a.txt', Body: 'x' });
    s3.clock.advance({ minutes: 30 });
    const { message } = matchers.toHaveObject(s3.bucket('target'), 'in/a.txt');
    expect(message()).toContain(
      "Bucket 'source' has it, and no rule copies it to 'target': the configuration before had the rule 'one' for it, and PutBucketReplication replaces all rules: put the rules of both.",
    );
  });
});

describe('a URL that the client signs by the time of the process', () => {
  const sign = (expiresIn?: number) =>
    getSignedUrl(
      new sdk.S3Client({}),
      new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'hello.txt' }),
      expiresIn === undefined ? {} : { expiresIn },
    );

  it('is refused after the clock of the mock has moved further', async () => {
    const url = await sign();
    await fetch(url);
    s3.clock.advance({ minutes: 6 });
    const screen = await screenOfTest(control, async () => expect((await fetch(url)).status).toBe(403));
    expect(screen).toMatch(
      /it would have been refused after s3\.clock\.advance\(\{ (?:minutes: 9(?:, seconds: \d)?|minutes: 8, seconds: \d+) \}\) more: its URL was signed for 900 seconds, which are 15 minutes, and for [89] minutes[\d a-z]* of them it is valid still\. 900 seconds are what getSignedUrl takes by itself: its third argument, \{ expiresIn \}, sets other ones\./,
    );
    expect(screen).not.toContain('stands at');
    s3.clock.advance({ minutes: 9, seconds: 2 });
    expect((await fetch(url)).status).toBe(403);
  });

  it('says nothing of the default if the code has named a time', async () => {
    const url = await sign(600);
    await fetch(url);
    s3.clock.advance({ minutes: 6 });
    const screen = await screenOfTest(control, async () => expect((await fetch(url)).status).toBe(403));
    expect(screen).toMatch(/it would have been refused after s3\.clock\.advance\(/);
    expect(screen).not.toContain('by itself');
  });

  it('is answered before the clock is moved so far', async () => {
    const url = await sign();
    await fetch(url);
    s3.clock.advance({ minutes: 16 });
    const screen = await screenOfTest(control, async () => expect((await fetch(url)).status).toBe(200));
    expect(screen).toMatch(
      /it would have been answered before s3\.clock was moved, whose moves count from the signature on: 16 minutes[\d a-z]* have passed for it\. Sign after/,
    );
    expect(screen).not.toContain('the time of its signature');
  });
});

describe('what nobody has to ask', () => {
  it('is whether the SDK v2 sent a call, if another client sent all requests', async () => {
    await send('GetObject', { Bucket: 'plain', Key: 'hello.txt' });
    expect(matchers.toHaveObject(s3.bucket('plain'), 'a.txt').message()).not.toContain('SDK v2');
    expect(await screenOfTest(control, () => s3.bucket('plain').object('a.txt'))).toContain(
      "Bucket 'plain' has no key 'a.txt', and no request asked to write it.",
    );
    expect(await screenOfTest(control, () => s3.bucket('plain').object('a.txt'))).not.toContain('SDK v2');
  });

  it('is why no request came, if an error of the library says what is wrong', async () => {
    const explanation = (test: () => unknown) => {
      try {
        test();
      } catch (error) {
        return s3.requests.explain(error);
      }
      return undefined;
    };
    const says = 'No request came before the error, which says by itself what is wrong.';
    expect(explanation(() => s3.clock.set('never'))).toBe(says);
    expect(explanation(() => s3.bucket('none').keys)).toBe(says);
    expect(explanation(() => s3.bucket('plain').object('a.txt'))).toContain('No request came at all.');
    expect(explanation(() => assert.strictEqual(1, 2))).toContain('No request came at all.');
    expect(s3.requests.explain()).toContain('No request came at all.');
    expect(await screenOfTest(control, () => s3.clock.set('never'))).not.toContain('No request came');
  });
});

describe('the n of toHaveReceivedNth', () => {
  it('counts the requests of the operation', async () => {
    await send('HeadObject', { Bucket: 'plain', Key: 'hello.txt' });
    await send('PutObject', { Bucket: 'plain', Key: 'a.txt', Body: 'x' });
    const nth = (n: number, input: object) => matchers.toHaveReceivedNth(s3, n, 'PutObject', input).message();
    const says =
      'but only 1 PutObject request came; n counts the requests of PutObject alone, and request 2 of all is number 1 of them: write 1.';
    expect(nth(2, { Key: 'a.txt' })).toContain(says);
    expect(nth(2, { Key: 'b.txt' })).not.toContain('n counts');
    expect(nth(3, { Key: 'a.txt' })).not.toContain('n counts');
  });
});

describe('an error', () => {
  const retention = (RetainUntilDate: unknown) =>
    send('PutObjectRetention', {
      ...{ Bucket: 'plain', Key: 'hello.txt', Retention: { Mode: 'GOVERNANCE', RetainUntilDate } },
    });

  it('of the text of a date names the Date', async () => {
    expect(await screenOfTest(control, () => retention('2030-01-01'))).toContain(
      "RetainUntilDate is a Date, and it was given a text. Write RetainUntilDate: new Date('2030-01-01').",
    );
    expect(await screenOfTest(control, () => retention('tomorrow'))).not.toContain('new Date');
  });

  it('of tags that are an object names the query string', async () => {
    const put = () => send('PutObject', { Bucket: 'plain', Key: 'a.txt', Body: 'x', Tagging: { team: 'blue' } });
    expect(await screenOfTest(control, put)).toContain(
      "the key of a tag is '[object Object]', which JavaScript makes of an object: in a header, tags are a query string, Tagging: 'team=blue'",
    );
  });

  it('of a version without a lock says that S3 answers so', async () => {
    s3.createBucket('locked', { objectLock: true, objects: { 'a.txt': 'a' } });
    const read = (name: string) => screenOfTest(control, () => send(name, { Bucket: 'locked', Key: 'a.txt' }));
    expect(await read('GetObjectRetention')).toContain(
      'the version has no retention, and S3 answers that with an error: catch it',
    );
    expect(await read('GetObjectLegalHold')).toContain(
      'the version has no legal hold, and S3 answers that with an error: catch it',
    );
  });

  it('of an ARN names the bucket', async () => {
    const list = () => fetch('https://s3.us-east-1.amazonaws.com/arn:aws:s3:::plain');
    const screen = await screenOfTest(control, async () => expect((await list()).status).toBe(200));
    expect(screen).toContain(
      "it is an ARN, and a bucket is named by its name: write the last part of the ARN, 'plain'",
    );
  });
});

describe('a failure on purpose', () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const client = () => new sdk.S3Client({ maxAttempts: 3, logger });
  const store = (Body: string | Readable) =>
    client().send(new sdk.PutObjectCommand({ Bucket: 'plain', Key: '7.json', Body, ContentLength: 2 }));
  const repeated =
    "PutObject plain/7.json was sent again, and S3 applied it: clients retry failed requests. To make the whole call fail, let the rule fail each attempt: s3.on('PutObject').fail('InternalError'), without times, or give the client maxAttempts: 1.";

  it('that the client repeats fails no call', async () => {
    s3.on('PutObject').fail('InternalError', { times: 1 });
    const outcome = await store('{}').then(
      () => 'stored',
      ({ name }: Error) => `later: ${name}`,
    );
    expect(await screenOfTest(control, () => expect(outcome).toBe('later: InternalError'))).toContain(repeated);
    expect(await screenOfTest(control, () => expect(outcome).toBe('done'))).not.toContain('was sent again');
  });

  it('is final for a stream', async () => {
    s3.on('PutObject').fail('SlowDown', { times: 1 });
    const says =
      '; the SDK does not send a stream again, which it has read, although it may try 3 times: give it the bytes as the Body, or make a new stream and call again';
    expect(await screenOfTest(control, () => store(Readable.from([Buffer.from('{}')])))).toContain(says);
    s3.reset();
    s3.on('PutObject').fail('SlowDown');
    expect(await screenOfTest(control, () => store('{}'))).not.toContain('a stream again');
    const once = () =>
      new sdk.S3Client({ maxAttempts: 1, logger }).send(
        new sdk.PutObjectCommand({ Bucket: 'plain', Key: '7.json', Body: Readable.from(['{}']), ContentLength: 2 }),
      );
    expect(await screenOfTest(control, once)).not.toContain('a stream again');
  });
});

describe('a reset in a test', () => {
  it('takes what the test has written', async () => {
    control.lifetime.beginTest();
    await send('PutObject', { Bucket: 'plain', Key: 'a.txt', Body: 'x' });
    s3.reset();
    const read = () => send('GetObject', { Bucket: 'plain', Key: 'a.txt' });
    expect(await screenOfTest(control, read)).toContain(
      'This test called s3.reset() after a request had written plain/a.txt, so that the mock returned to its fixtures: s3.requests.clear() forgets the requests alone.',
    );
    control.lifetime.beginTest();
    const screen = await screenOfTest(control, read);
    expect(screen).not.toContain('This test called');
    expect(screen).toContain('A request before the last reset wrote plain/a.txt');
  });
});
