import { beforeAll, describe, expect, test } from '@jest/globals';
import { readJestRun } from '../../support/jest-run';
import { libraryProject } from '../../support/library-project';

// The tests of the fixture fail on purpose, in a jest of their own.
const project = libraryProject('failed-tests');
const fixture = `
const { mockS3 } = require('s3-versioning-mock/jest');
const { DeleteObjectsCommand, GetObjectCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');

const s3 = mockS3({ now: '2026-03-01T12:00:00Z', buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Enabled' } } });
const client = new S3Client({ maxAttempts: 3, retryStrategy: undefined });
const suspend = (MFA) =>
  client.send(new PutBucketVersioningCommand({ Bucket: 'vault', MFA, VersioningConfiguration: { Status: 'Suspended' } }));
const get = (Key) => client.send(new GetObjectCommand({ Bucket: 'vault', Key }));

test('an error of the SDK', () => suspend());
test('a matcher that printed it', async () => {
  await suspend().catch(() => {});
  expect(s3).not.toHaveReceived('PutBucketVersioning');
});
test('an assertion of another kind', async () => {
  await get('first').catch(() => {});
  expect(1).toBe(2);
});
test('an assertion of Node', async () => {
  await get('first').catch(() => {});
  require('node:assert').strictEqual(1, 2);
});
test('an assertion of Node without a refusal', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'k', Body: 'b' }));
  require('node:assert').strictEqual('k', 'l');
});
test('a connection that nobody answers', () =>
  new Promise((_, reject) => require('node:http').get('http://127.0.0.1:9/').on('error', reject)));
test('no request was refused', () => expect(1).toBe(2));
test('many requests were refused', async () => {
  for (let n = 1; n <= 7; n += 1) await get('key-' + n).catch(() => {});
  expect(1).toBe(2);
});
test('a retried request', async () => {
  s3.on('PutObject').fail('SlowDown');
  await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'k' }));
});
test('a value that is not an error', async () => {
  await get('first').catch(() => {});
  throw 'a text';
});
test('a frozen error', async () => {
  await get('first').catch(() => {});
  throw Object.freeze(new Error('cannot be changed'));
});
test('a time-out', async () => {
  await get('first').catch(() => {});
  await new Promise(() => {});
}, 1000);
test('a time-out with delayed and unread requests', async () => {
  require('node:https').request('https://vault.s3.amazonaws.com/cut', { method: 'PUT', headers: { 'Content-Length': 9 } }).write('short');
  await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'large', Body: Buffer.alloc(3_000_000) }));
  s3.on('GetObject', { Key: 'delayed' }).delay({ milliseconds: 60_000 });
  await get('large');
  const pending = get('delayed');
  await pending;
}, 3000);
test('a time-out with a stalled answer', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'k', Body: 'text' }));
  s3.on('GetObject').stall({ after: 1, times: 1 });
  await (await get('k')).Body.transformToString();
}, 3000);
describe('a hook', () => {
  beforeEach(() => get('in-a-hook'));
  test('fails', () => {});
});
describe('a hook before all', () => {
  beforeAll(() => get('in-a-hook'));
  test('fails for one', () => {});
  test('fails for the other', () => {});
});
describe('a hook after each', () => {
  afterEach(() => get('in-a-hook'));
  test('fails afterwards', () => {});
});
describe('together', () => {
  test.concurrent('one', () => get('one'));
  test.concurrent('other', () => new Promise(setImmediate));
});
describe('with a mock of its own', () => {
  mockS3({ hosts: { only: ['own.test'] } });
  test.concurrent('is refused there', () => fetch('http://own.test/none/key'));
});
test('after it', () => expect(1).toBe(2));
test('passes', () => get('first').catch(() => {}));
`;

let messages: Readonly<Record<string, string>>;
const messagesOf = async (file: string, text: string) => {
  project.write(file, text);
  const config = JSON.stringify({ testMatch: [`**/${file}`], transform: {} });
  const { tests } = readJestRun(await project.jest(['--config', config, '--json', '--no-color']));
  return Object.fromEntries(Object.entries(tests).map(([name, [, message]]) => [name.replace(/^\w+: /, ''), message]));
};

beforeAll(async () => {
  messages = await messagesOf('failing.test.js', fixture);
});

const messageOf = (title: string) => messages[title]?.replace(/\n\s+at [\s\S]*/, '');
const refused = (what: string, count = '1 request') => `\n\nS3 refused ${count} of this test: ${what}`;
const noKey = (key: string) => `GetObject vault/${key} 404 NoSuchKey: the key has no versions`;
const comparison = 'Error: expect(received).toBe(expected) // Object.is equality\n\nExpected: 2\nReceived: 1';

describe('the error of a failed test is followed by the requests that S3 refused', () => {
  test.each([
    [
      'an error of the SDK',
      `AccessDenied: Mfa Authentication must be used for this request${refused('PutBucketVersioning vault 403 AccessDenied: the request has no x-amz-mfa header; send MFA: s3.mfa.header()')}`,
    ],
    ['an assertion of another kind', comparison + refused(noKey('first'))],
    ['a value that is not an error', `thrown: "a text"${refused(noKey('first'))}`],
    ['a frozen error', `Error: cannot be changed${refused(noKey('first'))}`],
    ['fails', `NoSuchKey: The specified key does not exist.${refused(noKey('in-a-hook'))}`],
    ['fails for one', `NoSuchKey: The specified key does not exist.${refused(noKey('in-a-hook'))}`],
    ['fails for the other', `NoSuchKey: The specified key does not exist.${refused(noKey('in-a-hook'))}`],
    ['fails afterwards', `NoSuchKey: The specified key does not exist.${refused(noKey('in-a-hook'))}`],
    [
      'a retried request',
      `SlowDown: Please reduce your request rate.${refused("PutObject vault/k 503 SlowDown (3 attempts) (on purpose: s3.on('PutObject').fail('SlowDown') fails every request: write { times: 1 } if a retry should succeed)", '3 requests')}`,
    ],
    [
      'one',
      `NoSuchKey: The specified key does not exist.\n\nS3 refused 1 request of the concurrent tests, which share the mock: ${noKey('one')}`,
    ],
  ])('%s', (title, text) => expect(messageOf(String(title))).toBe(text));

  test('or by the connections that passed, if one of them failed', () => {
    expect(messageOf('a connection that nobody answers')).toBe(
      [
        'Error: connect ECONNREFUSED 127.0.0.1:9',
        '',
        'The mock let connections to other hosts pass: 127.0.0.1:9.',
        "If 127.0.0.1:9 is the S3 endpoint of your code, or its proxy, add it: mockS3({ hosts: ['127.0.0.1:9'] }). For another service, such as SQS, use aws-sdk-client-mock or nock.",
      ].join('\n'),
    );
  });

  test('an assertion of Node', () => {
    expect(messageOf('an assertion of Node')).toMatch(/^assert\.strictEqual\(received, expected\)/);
    expect(messageOf('an assertion of Node')).toContain(refused(noKey('first')));
  });

  test('a time-out', () => {
    expect(messageOf('a time-out')).toMatch(/^thrown: "Exceeded timeout of 1000 ms for a test\./);
    expect(messageOf('a time-out')).toContain(refused(noKey('first')));
  });

  test('with the requests that still wait, and the rules in force, for a time-out', () => {
    expect(messageOf('a time-out with delayed and unread requests')).toContain(
      [
        '',
        '3 requests are still waiting:',
        '  PUT https://vault.s3.amazonaws.com/cut, whose body has not arrived completely: does the client send as many bytes as its Content-Length says?',
        '  GET https://vault.s3.us-east-1.amazonaws.com/large?x-id=GetObject, whose answer was not read to the end: does the code read the whole Body?',
        '  GET https://vault.s3.us-east-1.amazonaws.com/delayed?x-id=GetObject, which a rule of s3.on delays',
        '',
        "1 rule of s3.on is in force: on('GetObject', { Key: 'delayed' }).delay({ milliseconds: 60000 })",
      ].join('\n'),
    );
  });

  test('with the answer that a rule stalls', () => {
    const message = messageOf('a time-out with a stalled answer');
    expect(message).toContain('GetObject vault/k 200 (on purpose: answer stalled after 1 of 4 bytes)');
    expect(message).toContain(
      'GET https://vault.s3.us-east-1.amazonaws.com/k?x-id=GetObject, whose answer a rule of s3.on stalls',
    );
  });

  test('the last five of many', () => {
    const lines = [3, 4, 5, 6, 7].map((n) => `  ${noKey(`key-${n}`)}`);
    const text = ['S3 refused 7 requests of this test; the last 5:', ...lines].join('\n');
    expect(messageOf('many requests were refused')).toBe(`${comparison}\n\n${text}`);
  });

  test('or else the requests that came, for an assertion of Node too, which jest writes anew', () => {
    expect(messageOf('an assertion of Node without a refusal')).toContain(
      "The request of this test, which was not refused:\n  1. PutObject  vault/k  200  { ContentType: 'application/octet-stream', Body: 'b' }",
    );
  });

  test('with the frames of the test below', () => {
    for (const title of ['an assertion of another kind', 'a value that is not an error', 'a time-out'])
      expect(messages[title]).toMatch(/\n\s+at .*failing\.test\.js:\d+:\d+/);
  });

  test('but neither a request that a matcher printed, nor any if none was refused', () => {
    expect(messages['a matcher that printed it']?.match(/the request has no x-amz-mfa header/g)).toHaveLength(1);
    expect(messageOf('no request was refused')).toBe(comparison);
    expect(messageOf('after it')).toBe(comparison);
    expect({ passes: messages['passes'], other: messages['other'] }).toEqual({ passes: '', other: '' });
  });
});

test('the option explain: false leaves them out', async () => {
  const text = fixture.replace('mockS3({', 'mockS3({ explain: false,');
  const found = await messagesOf('silent.test.js', text.slice(0, text.indexOf("test('a matcher that printed it'")));
  expect(found['an error of the SDK']).toMatch(
    /^AccessDenied: Mfa Authentication must be used for this request\n\s+at /,
  );
});
