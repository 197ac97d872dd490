import assert from 'node:assert';
import * as sdk from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import { askWhyUnsent } from '../../src/journal/assertions';
import { Elsewhere } from '../../src/journal/elsewhere';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import type { MockS3Options } from '../../src/mock/options';
import '../../src/testing/jest';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

function start(options: MockS3Options = {}): void {
  control = createMock({ buckets: { jobs: {}, site: { objects: { 'index.html': 'home' } } }, ...options }, mockS3);
  control.lifetime.start();
  s3 = control.mock;
}
beforeEach(() => start());
afterEach(async () => {
  await s3.stop();
  control.lifetime.restoreEnvironment();
});
async function restart(options: MockS3Options): Promise<void> {
  await s3.stop();
  control.lifetime.restoreEnvironment();
  start(options);
}

const client = (options: sdk.S3ClientConfig = {}) => new sdk.S3Client({ maxAttempts: 1, ...options });
const put = (own: sdk.S3Client, Key = 'a') => own.send(new sdk.PutObjectCommand({ Bucket: 'jobs', Key, Body: 'x' }));

describe('the requests of calls that an SDK repeats', () => {
  const eager = () => client({ maxAttempts: 3 });
  const storeAll = async (own: sdk.S3Client, keys = ['a', 'a', 'a']) => {
    for (const key of keys) await put(own, key).catch(() => undefined);
  };
  const count = () => s3.requests.of('PutObject').length;
  const cure = 'send each call once, with new S3Client({ maxAttempts: 1 })';
  const screenOfCount = (number: number) => screenOfTest(control, () => assert.strictEqual(count(), number));

  it('are counted by a test that expects the calls', async () => {
    s3.on('PutObject').fail('InternalError');
    await storeAll(eager());
    const screen = await screenOfCount(3);
    expect(screen).toContain(
      `The SDK itself sent each of the 3 calls 3 times, and each attempt is a request: expect 9, or ${cure}.`,
    );
    expect(screen).toContain('S3 refused 9 requests of this test: PutObject jobs/a 500 InternalError (3 attempts)');
    expect(screen).not.toContain('if a retry should succeed');
    expect(await screenOfCount(4)).not.toContain(cure);
    s3.requests.clear();
    await storeAll(client());
    assert.strictEqual(count(), 3);
  });

  it('are counted under mocha, which makes texts of the values of node:assert', async () => {
    s3.on('PutObject').fail('InternalError');
    await storeAll(eager());
    const screen = await screenOfTest(control, () => {
      const error = new assert.AssertionError({ actual: count(), expected: 3, operator: 'strictEqual' });
      throw Object.assign(error, { actual: String(error.actual), expected: String(error.expected) });
    });
    expect(screen).toContain('The SDK itself sent each of the 3 calls 3 times');
  });

  it('are counted among those of other operations', async () => {
    s3.on('PutObject').fail('InternalError');
    await client().send(new sdk.HeadObjectCommand({ Bucket: 'site', Key: 'index.html' }));
    await storeAll(eager(), ['a']);
    expect(await screenOfCount(1)).toContain('The SDK itself sent the one call 3 times');
  });

  it('are some of the calls, if S3 answered the others at once', async () => {
    s3.on('PutObject', { Key: 'a' }).fail('InternalError');
    await storeAll(eager(), ['a', 'b']);
    expect(await screenOfCount(2)).toContain(`The SDK itself sent some of the 2 calls more than once`);
  });

  it('belong to a call that was answered in the end', async () => {
    s3.on('PutObject').fail('InternalError', { times: 1 });
    await storeAll(eager(), ['a']);
    const screen = await screenOfCount(1);
    expect(screen).toContain('a call that was answered in the end is several requests, too');
    expect(screen).not.toContain(cure);
  });

  it('are not meant by a test that counts keys, by a handle or in a listing', async () => {
    await restart({ buckets: { jobs: { objects: { b: 'b', c: 'c', d: 'd' } } } });
    s3.on('PutObject').fail('InternalError');
    await storeAll(eager(), ['a']);
    expect(await screenOfCount(1)).toContain(cure);
    const ofHandle = await screenOfTest(control, () => assert.strictEqual(s3.bucket('jobs').keys.length, 1));
    expect(ofHandle).not.toContain(cure);
    await client().send(new sdk.ListObjectsV2Command({ Bucket: 'jobs' }));
    expect(await screenOfCount(1)).not.toContain(cure);
  });

  it('are one request each, if code repeats the calls', async () => {
    s3.on('PutObject').fail('InternalError');
    await storeAll(client());
    const screen = await screenOfCount(1);
    expect(screen).not.toContain('The SDK itself');
    expect(screen).toContain('S3 refused 3 requests of this test');
    expect(screen).toContain('write { times: 1 } if a retry should succeed');
  });
});

describe('a request of an Origin that no CORS rule allows', () => {
  const says = 'S3 refuses no GET because of its Origin.';
  const rule = { AllowedMethods: ['GET'], AllowedOrigins: ['https://shop.example.com'] };
  const load = async (origin: string | undefined, expiresIn = 900) => {
    const command = new sdk.GetObjectCommand({ Bucket: 'site', Key: 'index.html' });
    const url = await getSignedUrl(client(), command, { expiresIn });
    const answer = await fetch(url, { headers: origin === undefined ? {} : { origin } });
    if (!answer.ok) throw new Error(`cannot load it: ${answer.status}`);
    return answer;
  };
  const other = 'https://evil.example.com';
  beforeEach(() => restart({ buckets: { site: { objects: { 'index.html': 'home' }, cors: { CORSRules: [rule] } } } }));

  it('is answered, although a test expects a refusal', async () => {
    const screen = await screenOfTest(control, () => assert.rejects(load(other)));
    expect(screen).toContain(
      `${says} As no CORS rule of the bucket allows GET from '${other}', the answer has no access-control-allow-origin, and a browser hides it from the page; other clients read it. Compare that header, or send the OPTIONS that a browser sends before: it would have been refused, 403 AccessForbidden.`,
    );
    expect(screen).not.toContain('would have been refused after');
    expect((await load(other)).headers.has('access-control-allow-origin')).toBe(false);
    expect(await screenOfTest(control, async () => assert.strictEqual((await load(other)).status, 403))).toContain(
      says,
    );
    for (const error of [{ name: 'AccessDenied' }, { name: 'AccessForbidden' }, Error])
      expect(await screenOfTest(control, () => assert.rejects(load(other), error))).toContain(says);
  });

  it.each([
    ['an Origin that a rule allows', () => assert.rejects(load('https://shop.example.com'))],
    ['no Origin', () => assert.rejects(load(undefined))],
    ['another refusal, by its name', () => assert.rejects(load(other), { name: 'NoSuchKey' })],
    ['another status', async () => assert.strictEqual((await load(other)).status, 404)],
    ['a number that is not the status', async () => assert.strictEqual((await load(other)).status - 199, 403)],
  ])('is not the reason with %s', async (_of, test: () => Promise<unknown>) => {
    expect(await screenOfTest(control, test)).not.toContain(says);
  });

  it('has no word on the end of its URL', async () => {
    const screen = await screenOfTest(control, () => assert.rejects(load('https://shop.example.com')));
    expect(screen).not.toContain('would have been refused after');
    expect(await screenOfTest(control, () => assert.rejects(load(undefined, 5)))).toContain(
      'would have been refused after',
    );
  });

  it('is not the reason if the test has moved the clock for the end of the URL', async () => {
    s3.clock.advance({ seconds: 20 });
    const screen = await screenOfTest(control, () => assert.rejects(load(other, 60)));
    expect(screen).toContain('it would have been refused');
    expect(screen).not.toContain(says);
  });

  it('is not the reason in a bucket without CORS rules', async () => {
    await restart({});
    expect(await screenOfTest(control, () => assert.rejects(load(other)))).not.toContain(says);
  });

  it('is not the reason if another request came after it', async () => {
    const screen = await screenOfTest(control, async () => {
      await load(other);
      await assert.rejects(load('https://shop.example.com'));
    });
    expect(screen).not.toContain(says);
  });
});

describe('a test without any request', () => {
  const spies = 'Is its client replaced, by jest.mock, aws-sdk-client-mock or a spy?';
  const unsent = 'A call of the SDK v2 without .promise()';
  const screen = () =>
    s3.requests.explain(new assert.AssertionError({ actual: 1, expected: 2, operator: 'strictEqual' }));

  it('is asked about what its runner can replace', () => {
    expect(screen()).toContain(spies);
    expect(screen()).not.toContain('vi.mock');
  });

  it('is asked about the SDK v2 unless all earlier calls were of clients that number them', async () => {
    expect(screen()).toContain(unsent);
    await put(client());
    s3.reset();
    expect(screen()).not.toContain(unsent);
    await put(client());
    await fetch('https://site.s3.us-east-1.amazonaws.com/index.html');
    s3.reset();
    expect(screen()).toContain(unsent);
  });
});

it.each([
  [undefined, 'by aws-sdk-client-mock or a stub?', 'jest.mock'],
  ['vitest', 'by vi.mock, aws-sdk-client-mock or a spy?', 'jest.mock'],
  ['another program', 'does its client send to the address of the mock', 'client-mock'],
] as const)('the sender %s is asked what it can have done', (sender, says, hides) => {
  const elsewhere = new Elsewhere();
  elsewhere.watchSender(() => sender);
  expect(askWhyUnsent({ elsewhere })).toContain(says);
  expect(askWhyUnsent({ elsewhere })).not.toContain(hides);
});

describe('a write without a condition whose failure a test expects', () => {
  const write = (Body: string, condition: object = {}, Key = 'lock') =>
    client().send(new sdk.PutObjectCommand({ Bucket: 'jobs', Key, Body, ...condition }));
  const read = () => client().send(new sdk.GetObjectCommand({ Bucket: 'jobs', Key: 'lock' }));
  const failed = { name: 'PreconditionFailed' };
  const ofNone = "With IfNoneMatch: '*' it would have been refused: 412 PreconditionFailed.";

  it('is told of IfNoneMatch', async () => {
    const screen = await screenOfTest(control, async () => {
      await write('ann');
      await assert.rejects(write('bob'), failed);
    });
    expect(screen).toContain(
      `PutObject jobs/lock: it named no condition, so S3 carried it out, although PutObject jobs/lock had written the key before. ${ofNone}`,
    );
    await assert.rejects(write('bob', { IfNoneMatch: '*' }), failed);
  });

  it('is told of the ETag that the code had read before another write', async () => {
    await write('ann');
    const { ETag } = await read();
    await write('bob');
    const screen = await screenOfTest(control, () => assert.rejects(write('carl'), failed));
    expect(screen).toContain(`With IfMatch: '${ETag}', the ETag that the code had read before, it would have been`);
    expect(screen).not.toContain('IfNoneMatch');
  });

  it('is told of IfNoneMatch if the code has read the last version', async () => {
    await write('ann');
    await read();
    expect(await screenOfTest(control, () => assert.rejects(write('carl'), failed))).toContain(ofNone);
  });

  it.each([
    ['the test names another error', 'lock', { name: 'SlowDown' }, {}],
    ['nothing was there', 'other', failed, {}],
    ['it named a condition that held', 'lock', failed, { IfMatch: '"9d4b0ddfb61ac5d4b5b9bf5ac3dd5ff1"' }],
  ])('is told nothing if %s', async (_why, Key, error, condition) => {
    const { ETag } = await write('ann');
    const sent = 'IfMatch' in condition ? { IfMatch: ETag } : {};
    expect(await screenOfTest(control, () => assert.rejects(write('bob', sent, Key), error))).not.toContain(
      'named no condition',
    );
  });

  it('is told nothing if the object was deleted before', async () => {
    await write('ann');
    await client().send(new sdk.DeleteObjectCommand({ Bucket: 'jobs', Key: 'lock' }));
    expect(await screenOfTest(control, () => assert.rejects(write('bob'), failed))).not.toContain('named no condition');
  });

  it('is told nothing if the write before it did not arrive', async () => {
    s3.on('PutObject').disconnect({ when: 'before', times: 1 });
    await write('ann').catch(() => undefined);
    expect(await screenOfTest(control, () => assert.rejects(write('bob'), failed))).not.toContain('named no condition');
  });

  it('is told nothing if a read was the last request', async () => {
    await write('ann');
    await write('bob');
    expect(await screenOfTest(control, () => assert.rejects(read(), failed))).not.toContain('named no condition');
  });
});

describe('a user of the fixture that sent nothing', () => {
  const readsOnly = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' }],
  } as const;
  const buckets = { site: { objects: { 'index.html': 'home' } } };
  const publish = () =>
    client()
      .send(new sdk.PutObjectCommand({ Bucket: 'site', Key: 'index.html', Body: 'new' }))
      .then(
        () => ({ ok: true }),
        ({ name }: Error) => ({ ok: false, reason: name }),
      );
  const test = async () => assert.deepStrictEqual(await publish(), { ok: false, reason: 'AccessDenied' });
  const says = 'By user reader it would have been refused: 403 AccessDenied.';

  it('is named with the way to make it the caller', async () => {
    await restart({ users: { reader: { policy: readsOnly } }, buckets });
    expect(await screenOfTest(control, test)).toContain(
      `PutObject site/index.html: the root user sent it, who can do everything, and user reader sent no request of this test. ${says} Make it the caller: s3.actAs('reader'), or the option caller: 'reader'.`,
    );
    await restart({ users: { reader: { policy: readsOnly } }, caller: 'reader', buckets });
    await test();
  });

  it('is not meant if it may do what the request asks for', async () => {
    const Statement = [{ ...readsOnly.Statement[0], Action: 's3:*' }];
    await restart({ users: { reader: { policy: { ...readsOnly, Statement } } }, buckets });
    expect(await screenOfTest(control, test)).not.toContain(says);
  });

  it('is not meant if it has no policy, or if it sent a request', async () => {
    await restart({ users: { reader: {} }, buckets });
    expect(await screenOfTest(control, test)).not.toContain('By user reader');
    await restart({ users: { reader: { policy: readsOnly } }, buckets });
    s3.actAs('reader');
    await client().send(new sdk.GetObjectCommand({ Bucket: 'site', Key: 'index.html' }));
    s3.actAs(s3.account);
    expect(await screenOfTest(control, test)).not.toContain(says);
  });

  it('is not meant if another user sent the request, or if another request came last', async () => {
    const users = { reader: { policy: readsOnly }, writer: {} };
    await restart({ users, caller: 'writer', buckets });
    expect(await screenOfTest(control, test)).not.toContain(says);
    await restart({ users, buckets });
    const screen = await screenOfTest(control, async () => {
      await publish();
      await client().send(new sdk.GetObjectCommand({ Bucket: 'site', Key: 'index.html' }));
      assert.fail('AccessDenied');
    });
    expect(screen).not.toContain(says);
  });

  it('is not meant if a session of a role sent the request', async () => {
    await restart({ users: { reader: { policy: readsOnly } }, roles: { deployer: {} }, buckets });
    s3.actAs(s3.account.role('deployer').session());
    expect(await screenOfTest(control, test)).not.toContain(says);
  });

  it('is not meant if the request itself lacks what would have refused it', async () => {
    await restart({ users: { reader: { policy: readsOnly } }, buckets });
    await publish();
    const screen = await screenOfTest(control, () =>
      assert.rejects(client().send(new sdk.PutObjectCommand({ Bucket: 'site', Key: 'index.html', Body: 'x' })), {
        name: 'PreconditionFailed',
      }),
    );
    expect(screen).toContain("With IfNoneMatch: '*'");
    expect(screen).not.toContain(says);
  });
});

describe('a handler without a notification', () => {
  const queue = 'arn:aws:sqs:us-east-1:000000000000:index';
  const seen: string[] = [];
  const upload = (Bucket = 'docs') => client().send(new sdk.PutObjectCommand({ Bucket, Key: 'a.txt', Body: 'x' }));
  const test = async () => {
    await upload();
    await s3.events.settled();
    assert.deepStrictEqual(seen, ['a.txt']);
  };
  const deliver = (destination: string) =>
    restart({ buckets: { docs: {}, other: {} }, deliver: { [destination]: () => {} } });
  const says = 'Give the bucket of the fixture one: ';

  it.each([
    [queue, "QueueConfigurations: [{ QueueArn: 'QUEUE', Events: ['s3:ObjectCreated:*'] }]"],
    [
      'arn:aws:sns:us-east-1:000000000000:news',
      "TopicConfigurations: [{ TopicArn: 'QUEUE', Events: ['s3:ObjectCreated:*'] }]",
    ],
    [
      'arn:aws:lambda:us-east-1:000000000000:function:thumbnail',
      "LambdaFunctionConfigurations: [{ LambdaFunctionArn: 'QUEUE', Events: ['s3:ObjectCreated:*'] }]",
    ],
    ['eventbridge', 'EventBridgeConfiguration: {}'],
  ])('of %s is told which one', async (destination, notification) => {
    await deliver(destination);
    const written = `'docs': { notification: { ${notification.replace('QUEUE', destination)} } }.`;
    expect(await screenOfTest(control, test)).toContain(`${says}${written}`);
  });

  it('gets the event with the notification that it was told', async () => {
    const notification = { QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectCreated:*' as const] }] };
    await restart({ buckets: { docs: { notification } }, deliver: { [queue]: () => void seen.push('a.txt') } });
    await test();
    seen.splice(0);
  });

  it('is told the events of all changes', async () => {
    await deliver(queue);
    await upload();
    await client().send(new sdk.DeleteObjectCommand({ Bucket: 'docs', Key: 'a.txt' }));
    expect(await screenOfTest(control, () => assert.strictEqual(seen.length, 1))).toContain(
      "Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']",
    );
  });

  it('is told no bucket if two have changed, or none', async () => {
    await deliver(queue);
    expect(await screenOfTest(control, () => assert.strictEqual(seen.length, 1))).not.toContain(says);
    await upload('other');
    expect(await screenOfTest(control, test)).not.toContain(says);
  });

  it('is told none on IBM COS, which has no notifications', async () => {
    await restart({ dialect: 'ibm-cos', buckets: { docs: {} }, deliver: { [queue]: () => {} } });
    const endpoint = 'https://s3.eu-de.cloud-object-storage.appdomain.cloud';
    const own = client({ endpoint, region: 'eu-de' });
    await own.send(new sdk.PutObjectCommand({ Bucket: 'docs', Key: 'a.txt', Body: 'x' }));
    const screen = await screenOfTest(control, () => assert.strictEqual(seen.length, 1));
    expect(screen).toContain('No bucket has a notification configuration.');
    expect(screen).not.toContain(says);
  });

  it('is told no notification if a bucket has one of another destination', async () => {
    const notification = { QueueConfigurations: [{ QueueArn: `${queue}-2`, Events: ['s3:ObjectCreated:*' as const] }] };
    await restart({ buckets: { docs: {}, other: { notification } }, deliver: { [queue]: () => {} } });
    expect(await screenOfTest(control, test)).not.toContain(says);
  });
});

describe('a type that a client sends by itself', () => {
  const form = 'application/x-www-form-urlencoded';
  const url = (more = '') => `https://jobs.s3.us-east-1.amazonaws.com/june.csv${more}`;
  const send = (headers: Record<string, string>, more = '') =>
    fetch(url(more), { method: 'PUT', body: Buffer.from('a;b'), headers: { ...signed, ...headers } });
  const signed = {
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
    'x-amz-date': '20260101T000000Z',
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  };
  const test = (type = 'text/csv') =>
    screenOfTest(control, () => assert.strictEqual(s3.bucket('jobs').object('june.csv').contentType, type));

  it.each([
    ['Python-urllib/3.11', 'Python-urllib sends this type with a body if the code sets no type.'],
    ['axios/1.7.0', 'axios sends this type with a body if the code sets no type.'],
  ])('is that of %s, where a test reads it by a handle', async (client, says) => {
    await send({ 'user-agent': client, 'content-type': form });
    expect(await test()).toContain(`${says} Set it: headers: { 'content-type': 'text/csv' }`);
  });

  it('is that of an SDK', async () => {
    await client().send(new sdk.PutObjectCommand({ Bucket: 'jobs', Key: 'june.csv', Body: 'a' }));
    expect(await test()).toContain(
      "PutObject jobs/june.csv sent ContentType: 'application/octet-stream', because the upload named no type",
    );
  });

  it('is no default if the test expects no type', async () => {
    await send({ 'content-type': form });
    expect(await test('csv')).not.toContain('sends this type');
  });

  it('stands where the type is in the query of the URL', async () => {
    await send({ 'content-type': form }, '?Content-Type=text%2Fcsv');
    expect(await test()).toContain(
      `PutObject jobs/june.csv: its URL has Content-Type=text/csv in the query, where S3 does not read it, and the header of the request was '${form}'. Send the header content-type: text/csv with the PUT.`,
    );
  });

  it('is that of S3 if the request named none', async () => {
    await send({}, '?Content-Type=text%2Fcsv');
    expect(await test()).toContain('and the request had no such header.');
  });

  it('is not missed in a query that names another type', async () => {
    await send({ 'content-type': form }, '?Content-Type=text%2Fplain');
    expect(await test()).not.toContain('in the query');
  });
});

describe('objects that code chooses by their age', () => {
  const objects = {
    'old.md': { body: 'x', lastModified: '2024-01-01' },
    'new.md': { body: 'y', lastModified: '2024-03-30' },
  };
  const list = async () => {
    const { Contents = [] } = await client().send(new sdk.ListObjectsV2Command({ Bucket: 'drafts' }));
    return Contents.map(({ Key = '', LastModified }) => ({ Key, at: Number(LastModified) }));
  };
  const limit = 30 * 86_400_000;
  const listOld = async (now: number) => (await list()).filter(({ at }) => now - at > limit).map(({ Key }) => Key);
  const listNew = async (now: number) => (await list()).filter(({ at }) => now - at < limit).map(({ Key }) => Key);
  const says = 'for code that compares LastModified with Date.now(), the objects of ListObjectsV2 drafts are ';
  const now = '2024-03-31T12:00:00Z';
  beforeEach(() => restart({ now, buckets: { drafts: { objects } } }));

  it('are all old by Date, where the option now is in the past', async () => {
    const screen = await screenOfTest(control, async () =>
      assert.deepStrictEqual(await listOld(Date.now()), ['old.md']),
    );
    expect(screen).toContain('The clock of the mock stands at 2024-03-31T12:00:00.000Z, and Date at ');
    expect(screen).toMatch(new RegExp(`${says.replace(/[().]/g, '.')}\\d+ days older, and by their age it gets`));
    assert.deepStrictEqual(await listOld(Number(s3.clock.now())), ['old.md']);
  });

  it('are all young by Date, where the option now is in the future', async () => {
    const older = { body: 'x', lastModified: '2099-01-01' };
    await restart({
      now: '2100-01-01T00:00:00Z',
      buckets: { drafts: { objects: { 'old.md': older, 'new.md': 'y' } } },
    });
    const screen = await screenOfTest(control, async () =>
      assert.deepStrictEqual(await listNew(Date.now()), ['new.md']),
    );
    expect(screen).toMatch(/\d+ days younger, and by their age it gets/);
    assert.deepStrictEqual(await listNew(Number(s3.clock.now())), ['new.md']);
  });

  it.each([
    ['the received keys are not the older ones', ['old.md'], ['new.md']],
    ['the expected keys are not the older ones', ['new.md'], ['new.md', 'old.md']],
    ['a text is none of the keys', ['old.md', 'other.md'], ['new.md', 'old.md']],
    ['nothing was expected', [], ['new.md', 'old.md']],
    ['the order alone differs', ['old.md', 'new.md'], ['new.md', 'old.md']],
    ['the younger ones were expected, which are older by Date', ['new.md'], ['old.md', 'new.md']],
  ])('are not said to be if %s', async (_why, expected, received) => {
    await list();
    expect(await screenOfTest(control, () => assert.deepStrictEqual(received, expected))).not.toContain(says);
  });

  it('are not said to be if both clocks agree, or if a request was refused', async () => {
    const test = () => assert.deepStrictEqual(['new.md', 'old.md'], ['old.md']);
    await list();
    await client()
      .send(new sdk.GetObjectCommand({ Bucket: 'drafts', Key: 'none' }))
      .catch(() => undefined);
    expect(await screenOfTest(control, test)).not.toContain(says);
    await restart({ buckets: { drafts: { objects } } });
    await list();
    expect(await screenOfTest(control, test)).not.toContain(says);
  });
});

describe('a delete of a folder', () => {
  const objects = { '2024/01.log': 'x' };
  const remove = (agent: string, Key: string) =>
    fetch(`https://logs.s3.us-east-1.amazonaws.com/${Key}`, {
      method: 'DELETE',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20260101T000000Z',
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
        'user-agent': agent,
      },
    });
  const screen = () => screenOfTest(control, () => assert.strictEqual(s3.bucket('logs').keys.length, 0));
  const cure = 'aws s3 rm --recursive s3://logs/2024/ deletes the keys below it';
  beforeEach(() => restart({ buckets: { logs: { objects } } }));

  it.each(['2024/', '2024'])('%s by the AWS CLI is told of --recursive', async (key) => {
    await remove('aws-cli/1.45.11 md/Botocore#1.43.11', key);
    expect(await screen()).toContain(`is only the beginning of '2024/01.log': ${cure}`);
  });

  it('by another client is told to list the keys', async () => {
    await remove('Boto3/1.40.0', '2024/');
    expect(await screen()).toContain(': list the keys with that Prefix, and delete each of them');
    expect(await screen()).not.toContain('aws s3');
  });

  it('of a batch is told nothing more', async () => {
    const Delete = { Objects: [{ Key: '2024/' }] };
    await client().send(new sdk.DeleteObjectsCommand({ Bucket: 'logs', Delete }));
    expect(await screen()).toContain('nothing was deleted');
    expect(await screen()).not.toContain('with that Prefix');
  });

  it('is another matter than a delete of a key that is misspelt', async () => {
    await remove('aws-cli/1.45.11', '2024/01.LOG');
    expect(await screen()).toContain('nothing was deleted');
    expect(await screen()).not.toContain('--recursive');
  });
});

describe('an end of lifecycle that rounds up', () => {
  const Rules = [{ ID: 'day', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } } as const];
  const says = 'Days: 1 is over since 2026-03-02T09:00Z, and S3 rounds the end up to the next midnight UTC.';
  const test = () => assert.strictEqual(s3.bucket('tmp').keys.length, 0);
  beforeEach(() =>
    restart({ now: '2026-03-01T09:00:00Z', buckets: { tmp: { lifecycle: { Rules }, objects: { a: 'x' } } } }),
  );

  it('says why it is later, once the days are over', async () => {
    s3.clock.advance({ days: 1 });
    expect(await screenOfTest(control, test)).toContain(says);
    s3.clock.advance({ hours: 15 });
    test();
  });

  it('says nothing more before', async () => {
    s3.clock.advance({ hours: 23 });
    const screen = await screenOfTest(control, test);
    expect(screen).toContain('By lifecycle, the null version expires on 2026-03-03');
    expect(screen).not.toContain('rounds');
  });

  it('is also that of NoncurrentDays, from the next version on', async () => {
    const rule = {
      ID: 'old',
      Status: 'Enabled',
      Filter: {},
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    } as const;
    await restart({
      now: '2026-03-01T09:00:00Z',
      buckets: { tmp: { versioning: 'Enabled', lifecycle: { Rules: [rule] }, objects: { a: ['x'] } } },
    });
    await client().send(new sdk.PutObjectCommand({ Bucket: 'tmp', Key: 'a', Body: 'y' }));
    s3.clock.advance({ days: 1 });
    const screen = await screenOfTest(control, () => assert.strictEqual(s3.bucket('tmp').versions('a').length, 1));
    expect(screen).toContain('NoncurrentDays: 1 is over since 2026-03-02T09:00Z, and S3 rounds');
  });
});

describe('a role whose trust policy asks for a parameter', () => {
  const idle = 'belongs to nobody';
  const assume = (Condition: object, Principal = '000000000000') =>
    restart({
      roles: {
        import: {
          trust: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: Principal }, Action: 'sts:AssumeRole', Condition }],
          },
        },
      },
    } as MockS3Options);
  const test = () =>
    new STSClient({ maxAttempts: 1 }).send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/import', RoleSessionName: 'importer' }),
    );
  const ofId = { StringEquals: { 'sts:ExternalId': 'acme' } };

  it('is told of the parameter, and not to make a user the caller', async () => {
    await assume(ofId);
    const screen = await screenOfTest(control, test);
    expect(screen).toContain('sts:ExternalId wants "acme", and the request has none');
    expect(screen).not.toContain(idle);
  });

  it.each([
    ['a condition on the caller', { StringEquals: { 'aws:username': 'ann' } }, '000000000000'],
    ['another principal', ofId, 'arn:aws:iam::111111111111:user/ann'],
  ])('is told of the caller as well, with %s', async (_of, condition, principal) => {
    await assume(condition, principal);
    expect(await screenOfTest(control, test)).toContain(idle);
  });
});
