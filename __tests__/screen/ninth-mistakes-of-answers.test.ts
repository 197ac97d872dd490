import assert from 'node:assert';
import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { deleteMarker, mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import { Warnings } from '../../src/mock/warnings';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { tryMistakes } from '../support/explained-mistakes';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

beforeEach(() => {
  const versioning = 'Enabled' as const;
  start({ buckets: { avatars: {}, mails: { versioning, objects: { '1.eml': 'Hi', '2.eml': ['Hi', deleteMarker] } } } });
});
afterEach(stop);

function start(options: Parameters<typeof mockS3>[0]): void {
  control = createMock(options, mockS3);
  control.lifetime.start();
  s3 = control.mock;
}

async function stop(): Promise<void> {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
}

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object, more: sdk.S3ClientConfig = {}): Promise<Record<string, never>> {
  const client = new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1', ...more });
  return (await client.send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);

const marker = "If the test asks for the marker, expect the error NotFound, or read s3.bucket('mails').newest('1.eml')";

tryAll(
  'a delete marker that the code has made',
  [
    {
      of: 'its headers',
      async test() {
        await send('DeleteObject', { Bucket: 'mails', Key: '1.eml' });
        await send('HeadObject', { Bucket: 'mails', Key: '1.eml' });
      },
      says: `makes that version the current one again. ${marker}.deleteMarker.`,
    },
    {
      of: 'its body',
      async test() {
        await send('DeleteObject', { Bucket: 'mails', Key: '1.eml' });
        await send('GetObject', { Bucket: 'mails', Key: '1.eml' });
      },
      says: `If the test asks for the marker, expect the error NoSuchKey, or read s3.bucket('mails').newest('1.eml')`,
    },
  ],
  [
    {
      of: 'a marker of the fixture',
      test: () => send('HeadObject', { Bucket: 'mails', Key: '2.eml' }),
      hides: 'If the test asks for the marker',
    },
    {
      of: 'a marker of another key',
      async test() {
        await send('DeleteObject', { Bucket: 'mails', Key: '1.eml' });
        await send('HeadObject', { Bucket: 'mails', Key: '2.eml' });
      },
      hides: 'If the test asks for the marker',
    },
    {
      of: 'a refusal that the test has expected',
      async test() {
        await send('DeleteObject', { Bucket: 'mails', Key: '1.eml' });
        await expect(send('HeadObject', { Bucket: 'mails', Key: '1.eml' })).rejects.toThrow();
        expect(1).toBe(2);
      },
      hides: 'If the test asks for the marker',
    },
  ],
);

/** What node:assert says, whose own function takes no class of jest. */
const ofOtherClass = (name: string) =>
  Object.assign(new Error(`The error is expected to be an instance of "NotThere". Received "${name}"`), {
    name: 'AssertionError',
  });
const noBody = 'so that the client names the error NotFound, and never NoSuchKey';

tryAll(
  'the error of a HEAD',
  [
    {
      of: 'a delete that finds nothing',
      test: () => assert.rejects(send('DeleteObject', { Bucket: 'avatars', Key: 'bob' })),
      says: 'send a HeadObject before, whose error has the name NotFound, and not NoSuchKey.',
    },
    {
      of: 'another class of errors',
      async test() {
        await send('HeadObject', { Bucket: 'avatars', Key: 'bob' }).catch(() => undefined);
        throw ofOtherClass('NotFound');
      },
      says: noBody,
    },
  ],
  [
    {
      of: 'another error',
      async test() {
        await send('HeadObject', { Bucket: 'avatars', Key: 'bob' }).catch(() => undefined);
        throw ofOtherClass('RangeError');
      },
      hides: noBody,
    },
  ],
);

const rootOfCos = 'https://s3.eu-de.cloud-object-storage.appdomain.cloud/';
const rootAlone = 'The URL was the address of the endpoint alone, without a key and a signature.';
const open = async (url: string, agent = 'node') => {
  expect((await fetch(url, { redirect: 'manual', headers: { 'user-agent': agent } })).status).toBe(200);
};

tryAll(
  'the address of an endpoint alone',
  [{ of: 'IBM COS', test: () => open(rootOfCos), says: `${rootAlone} If it is from getSignedUrl of ibm-cos-sdk:` }],
  [
    { of: 'a key', test: () => open(`${rootOfCos}avatars/bob`), hides: rootAlone },
    { of: 'a query', test: () => open(`${rootOfCos}?x=1`), hides: rootAlone },
    {
      of: 'an SDK without keys',
      test: () => open(rootOfCos, 'ibm-cos-sdk-nodejs/1.15.1'),
      hides: rootAlone,
    },
    {
      of: 'another store',
      async test() {
        await stop();
        start({ hosts: ['storage.test'], buckets: { avatars: {} } });
        await open('http://storage.test/');
      },
      hides: rootAlone,
    },
    {
      of: 'a signed listing of the buckets',
      async test() {
        await stop();
        start({ buckets: { avatars: { region: 'eu-de-standard' } } });
        const client = new sdk.S3Client({ endpoint: rootOfCos, region: 'us-east-1' });
        client.middlewareStack.add(
          (next) => (given) => {
            const { headers, query } = given.request as { headers: Record<string, string>; query: object };
            for (const name of Object.keys(query)) Reflect.deleteProperty(query, name);
            headers['user-agent'] = 'node';
            return next(given);
          },
          { step: 'build', priority: 'low' },
        );
        await client.send(new sdk.ListBucketsCommand({}));
        expect(1).toBe(2);
      },
      hides: rootAlone,
    },
    {
      of: 'a request after it',
      async test() {
        await fetch(rootOfCos);
        await send('ListBuckets', {});
        expect(1).toBe(2);
      },
      hides: rootAlone,
    },
    {
      of: 'a rejection that fetch has not',
      test: () => expect(fetch(rootOfCos)).rejects.toThrow(),
      hides: rootAlone,
    },
    {
      of: 'an error of the code',
      async test() {
        await fetch(rootOfCos);
        throw new Error('no bucket');
      },
      hides: rootAlone,
    },
  ],
);

it('without a reset, a test reads the cure once, and without a port not of a request', async () => {
  await send('HeadBucket', { Bucket: 'avatars' });
  const error = Object.assign(new Error('Expected 1 to be 2'), { name: 'AssertionError' });
  expect(s3.requests.explain(error)).toContain('beforeEach(() => s3.reset()).');
  const asserted = await Promise.resolve()
    .then(() => s3.requests.expectTimes('HeadBucket', 2))
    .catch((thrown: Error) => thrown);
  const said = await Promise.resolve()
    .then(() => s3.requests.expectTimes('HeadBucket', 0))
    .catch((thrown: Error) => thrown);
  expect(s3.requests.explain(asserted)).toContain('s3.reset() was never called');
  expect(String(said)).toContain('beforeEach(() => s3.reset())');
  expect(s3.requests.explain(said)).not.toContain('s3.reset() was never called');
});

const replicating = {
  Role: 'arn:aws:iam::000000000000:role/replication',
  Rules: [
    {
      ...{ ID: 'all', Priority: 1, Status: 'Enabled' as const, Filter: {} },
      DeleteMarkerReplication: { Status: 'Disabled' as const },
      Destination: { Bucket: 'arn:aws:s3:::standby' },
    },
  ],
};

it('a handle that says why nothing was copied needs no other reason', async () => {
  await stop();
  const versioning = 'Enabled' as const;
  const buckets = { primary: { versioning, objects: { 'a.txt': 'a' } }, standby: { versioning } };
  start({ buckets });
  const put = () =>
    send('PutBucketReplication', { Bucket: 'primary', ReplicationConfiguration: replicating }).then(() => undefined);
  const screen = await screenOfTest(control, async () => {
    await put();
    s3.bucket('standby').object('a.txt');
  });
  expect(screen).not.toContain('no request asked to write it');
  const other = await screenOfTest(control, async () => {
    await put();
    s3.bucket('standby').object('b.txt');
  });
  expect(other).toContain("Bucket 'standby' has no key 'b.txt', and no request asked to write it");
});

const notification = {
  LambdaFunctionConfigurations: [
    {
      LambdaFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:indexer',
      Events: ['s3:ObjectCreated:*' as const],
    },
  ],
};

it('a matcher that says why no handler was called asks nothing about clients', async () => {
  await stop();
  const buckets = { documents: { notification }, index: {} };
  const deliver = { 'arn:aws:lambda:us-east-1:000000000000:function:indexer': () => undefined };
  start({ buckets, deliver });
  const expectIndexed = () => expect(s3.bucket('index')).toHaveObject('a.json');
  expect(expectIndexed).toThrow('Is its client replaced');
  s3.bucket('documents').put('a.txt', 'hello');
  expect(expectIndexed).toThrow(/No handler was called for:[\s\S]*was it called, and awaited\?$/);
});

it('a late request names who awaits nothing', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  try {
    new Warnings({} as never, () => ({ place: 'here' }) as never).ofLate(
      { text: 'PUT /a', isOfHandler: false },
      'saves',
    );
    const [text] = warn.mock.calls[0] ?? [];
    expect(text).toContain('and in each function around it: forEach does not wait for an async function');
  } finally {
    warn.mockRestore();
  }
});
