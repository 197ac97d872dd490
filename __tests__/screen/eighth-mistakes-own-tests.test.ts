import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import S3 from 'aws-sdk/clients/s3';
import COS from 'ibm-cos-sdk';
import * as Minio from 'minio';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { tryMistakes } from '../support/explained-mistakes';
import { screenOf } from '../support/failed-tests';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0xff, 0xfe, 0x00, 0x80]);

let control: MockControl;
let s3: MockS3;

beforeEach(() => {
  control = createMock(
    {
      buckets: {
        notes: {},
        config: {
          objects: { 'flags.json': '{"beta":true}', 'text.json': '[object Object]', 'words.json': '{object}' },
        },
        scans: { objects: { 'a.png': { body: png, contentType: 'image/png' }, 'b.txt': { body: 'Gr\u{fffd}n' } } },
        tasks: { objects: { counter: 'count 41', 'a.txt': 'first' } },
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

const client = () => new sdk.S3Client({ region: 'us-east-1', maxAttempts: 1 });

interface Answer {
  readonly KeyCount?: number;
  readonly Contents?: readonly { readonly Key: string }[];
  readonly ETag?: string;
  readonly Status?: string;
  readonly Body?: { transformToString(): Promise<string>; transformToByteArray(): Promise<Uint8Array> };
}

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Answer> {
  return (await client().send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);
const put = (Bucket: string, Key: string, Body: string | Uint8Array, more: object = {}) =>
  send('PutObject', { Bucket, Key, Body, ...more });
const list = (Bucket: string, more: object = {}) => send('ListObjectsV2', { Bucket, ...more });
const readText = async (Bucket: string, Key: string) =>
  (await send('GetObject', { Bucket, Key })).Body?.transformToString();

const isLate = 'would have had another answer after';

tryAll(
  'a read before a write that nobody awaited',
  [
    {
      of: 'before several writes',
      async test() {
        const { KeyCount } = await list('notes');
        await put('notes', 'a.txt', 'a');
        await put('notes', 'b.txt', 'b');
        expect(KeyCount).toBe(2);
      },
      says: 'ListObjectsV2 notes: it came before 2 writes, of which PutObject notes/b.txt was the last, and would have had another answer after them, the one that the test expects: await the writes first.',
    },
    {
      of: 'before a write after which others came that it does not list',
      async test() {
        const { KeyCount } = await list('notes', { Prefix: 'a' });
        await put('notes', 'a.txt', 'a');
        await put('notes', 'b.txt', 'b');
        expect(KeyCount).toBe(1);
      },
      says: 'ListObjectsV2 notes: it came before PutObject notes/a.txt, and would have had another answer after it, the one that the test expects: await the write first.',
    },
    {
      of: 'of the key that is written, which the code may have changed',
      async test() {
        const text = await readText('tasks', 'counter');
        await put('tasks', 'counter', String(text).replace('41', '42'));
        expect(text).toBe('count 42');
      },
      says: 'GetObject tasks/counter: it came before PutObject tasks/counter, and would have had another answer after it, the one that the test expects: await the write first, or read again after it.',
    },
  ],
  [
    {
      of: 'keys that the code deleted because the listing has them, and one that came later',
      async test() {
        await put('notes', 'c.txt', 'third');
        await put('notes', 'a.txt', 'first');
        const { KeyCount, Contents = [] } = await list('notes');
        await put('notes', 'b.txt', 'second');
        for (const { Key } of Contents) await send('DeleteObject', { Bucket: 'notes', Key });
        expect(KeyCount).toBe(1);
      },
      hides: isLate,
    },
    {
      of: 'a batch that deleted the keys of the listing',
      async test() {
        const { KeyCount, Contents = [] } = await list('tasks');
        await send('DeleteObjects', { Bucket: 'tasks', Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } });
        expect(KeyCount).toBe(0);
      },
      hides: isLate,
    },
    {
      of: 'copies of the keys of the listing',
      async test() {
        const { KeyCount, Contents = [] } = await list('tasks');
        for (const { Key } of Contents)
          await send('CopyObject', { Bucket: 'tasks', Key: `copy/${Key}`, CopySource: `tasks/${Key}` });
        expect(KeyCount).toBe(4);
      },
      hides: isLate,
    },
    {
      of: 'a write that needs the ETag of the read',
      async test() {
        const { Body, ETag } = await send('GetObject', { Bucket: 'tasks', Key: 'counter' });
        const text = await Body?.transformToString();
        await put('tasks', 'counter', 'count 42', { IfMatch: ETag });
        expect(text).toBe('count 42');
      },
      hides: isLate,
    },
    {
      of: 'a change of the bucket by its handle after the write',
      async test() {
        const { KeyCount } = await list('notes');
        await put('notes', 'a.txt', 'a');
        s3.bucket('notes').put('b.txt', 'b');
        expect(KeyCount).toBe(2);
      },
      hides: isLate,
    },
    {
      of: 'a missing key that was written and then put again by the handle',
      async test() {
        const error = await readText('notes', 'a.txt').catch((thrown: unknown) => thrown);
        await put('notes', 'a.txt', 'a');
        s3.bucket('notes').put('a.txt', 'b');
        throw error;
      },
      hides: isLate,
    },
    {
      of: 'calls of a function',
      async test() {
        const report = jest.fn();
        await list('notes');
        await put('notes', 'a.txt', 'a');
        expect(report).toHaveBeenCalledTimes(1);
      },
      hides: isLate,
    },
  ],
);

describe('a read before a write of another, concurrent test', () => {
  it('is told nothing of that write, which it cannot await', async () => {
    await list('notes');
    await put('notes', 'a.txt', 'a');
    const error = {
      name: 'AssertionError',
      message: 'expected +0 to be 1 // Object.is equality',
      compared: { expected: [{ name: '', value: 1 }], received: [{ name: '', value: 0 }] },
    };
    expect(screenOf(control, error)).toContain(isLate);
    expect(screenOf(control, error, { isConcurrent: true })).not.toContain(isLate);
  });
});

const credentialsOf = (given: unknown) => ({ credentials: given as sdk.S3ClientConfig['credentials'] & object });
const listWith = (given: unknown) => async () => {
  const config = { region: 'us-east-1', maxAttempts: 1, ...credentialsOf(given) };
  await new sdk.S3Client(config).send(new sdk.ListObjectsV2Command({ Bucket: 'notes' }));
};
const ofVariables =
  'If the code reads them from variables, set these before it makes the client, or leave credentials out, and it takes the keys that the mock has set in process.env.';
const lacksKeys = `The client signed nothing, since the credentials that the code has given it lack accessKeyId or secretAccessKey. ${ofVariables}`;
const unset: { readonly [name: string]: string | undefined } = {};
tryAll(
  'credentials that the code gives a client',
  [
    {
      of: 'variables that are not set, in the SDK v3',
      test: listWith({ accessKeyId: unset['KEY'], secretAccessKey: unset['SECRET'] }),
      says: lacksKeys,
    },
    {
      of: 'the secret alone is not set',
      test: listWith({ accessKeyId: 'AKIA', secretAccessKey: unset['SECRET'] }),
      says: lacksKeys,
    },
    { of: 'a provider that returns nothing', test: listWith(async () => undefined), says: lacksKeys },
    {
      of: 'variables that are not set, in the SDK v2',
      async test() {
        const keys = { accessKeyId: unset['KEY'], secretAccessKey: unset['SECRET'] };
        await new S3({ region: 'us-east-1', credentials: keys } as never).listObjectsV2({ Bucket: 'notes' }).promise();
      },
      says: lacksKeys,
    },
    {
      of: 'an empty key',
      test: listWith({ accessKeyId: '', secretAccessKey: '' }),
      says: `ListObjectsV2 notes was signed with an empty accessKeyId, which is in the credentials that the code has given the client. ${ofVariables}`,
    },
    {
      of: 'a profile',
      async test() {
        const error = new Error('Could not resolve credentials using profile: [dev]');
        throw Object.assign(error, { name: 'CredentialsProviderError' });
      },
      says: 'The client signed nothing: the code has told it where its credentials are, by credentials or profile, so it does not look at process.env, where the mock has set keys. Leave that out in the test, or give the client s3.account.credentials.',
    },
    {
      of: 'none, in ibm-cos-sdk',
      async test() {
        const endpoint = 's3.us-south.cloud-object-storage.appdomain.cloud';
        await new COS.S3({ endpoint }).listObjectsV2({ Bucket: 'notes' }).promise();
      },
      says: 'The client signed nothing, since it has no credentials: ibm-cos-sdk takes none from process.env. Give it accessKeyId and secretAccessKey of s3.account.credentials.',
    },
    {
      of: 'none, in minio',
      test: async () => {
        await new Minio.Client({ endPoint: 's3.amazonaws.com', region: 'us-east-1' }).putObject('notes', 'a', 'a');
      },
      says: 'PutObject notes/a has no signature, since minio signs nothing if accessKey or secretKey is missing. Give its client both, such as those of s3.account.credentials.',
    },
  ],
  [
    {
      of: 'an empty key, which is no matter of the region',
      test: listWith({ accessKeyId: '', secretAccessKey: '' }),
      hides: 'AWS_REGION',
    },
    {
      of: 'an assertion that expects the error',
      test: () => expect('done').toBe('Resolved credential object is not valid'),
      hides: 'signed nothing',
    },
    {
      of: 'the error of another client with a member of that name',
      test() {
        const user: { keys?: { accessKeyId: string } | null } = { keys: null };
        return (user.keys as { accessKeyId: string }).accessKeyId;
      },
      hides: 'signed nothing',
    },
    {
      of: 'an anonymous request of another client',
      async test() {
        await client().send(new sdk.ListObjectsV2Command({ Bucket: 'notes' }));
        const url = 'https://notes.s3.us-east-1.amazonaws.com/a';
        const { status } = await fetch(url, { method: 'PUT', body: 'a' });
        throw Object.assign(new Error('Access Denied'), { code: status === 403 ? 'AccessDenied' : '' });
      },
      hides: 'signs nothing',
    },
    {
      of: 'an anonymous request of minio that the code caught',
      async test() {
        await new Minio.Client({ endPoint: 's3.amazonaws.com', region: 'us-east-1' })
          .putObject('notes', 'a', 'a')
          .catch(() => undefined);
        throw new Error('no such backup');
      },
      hides: 'signs nothing',
    },
  ],
);

describe('credentials that a client misses in an environment without keys', () => {
  it.each([
    ['CredentialsError', 'Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1'],
    ['CredentialsProviderError', 'Could not load credentials from any providers'],
  ])('are not said to be those of the code: %s', async (name, message) => {
    const bare = createMock({ credentials: false }, mockS3);
    await control.mock.stop();
    control.lifetime.restoreEnvironment();
    bare.lifetime.start();
    expect(screenOf(bare, { name, message }) ?? '').not.toContain('signed nothing');
    await bare.mock.stop();
    bare.lifetime.restoreEnvironment();
  });

  it('are the credentials of the mock', async () => {
    const bare = createMock({ credentials: false }, mockS3);
    await control.mock.stop();
    control.lifetime.restoreEnvironment();
    bare.lifetime.start();
    expect(screenOf(bare, 'Resolved credential object is not valid')).toContain(
      'set these before it makes the client, or give it s3.account.credentials.',
    );
    await bare.mock.stop();
    bare.lifetime.restoreEnvironment();
  });
});

const parse = async (Key: string, message: string, name = 'SyntaxError') => {
  await readText('config', Key);
  throw Object.assign(new Error(message), { name });
};
const ofJavaScriptCore = 'JSON Parse error: Unexpected identifier "object"';
const ofNode18 = 'Unexpected token o in JSON at position 1';
const unread =
  'The code has given JSON.parse an object, or the text that JavaScript makes of an object. If it is the body of GetObject config/flags.json, which is a stream, read it first: JSON.parse(await Body.transformToString()).';

tryAll(
  'an object that code parses as JSON',
  [
    {
      of: 'a body that nobody has read',
      async test() {
        const { Body } = await send('GetObject', { Bucket: 'config', Key: 'flags.json' });
        JSON.parse(String(Body));
      },
      says: unread,
    },
    {
      of: 'a promise of its text',
      async test() {
        const { Body } = await send('GetObject', { Bucket: 'config', Key: 'flags.json' });
        JSON.parse(String(Body?.transformToString()));
      },
      says: unread,
    },
    { of: 'in JavaScriptCore', test: () => parse('flags.json', ofJavaScriptCore), says: unread },
    { of: 'in Node 18', test: () => parse('flags.json', ofNode18), says: unread },
    {
      of: 'the text of an object, which is stored',
      async test() {
        JSON.parse((await readText('config', 'text.json')) ?? '');
      },
      says: "GetObject config/text.json answered the text '[object Object]', which JavaScript made of an object when the body was written: write JSON.stringify(value) as the body.",
    },
    {
      of: 'a body of another client',
      async test() {
        const signed = await getSignedUrl(client(), new sdk.GetObjectCommand({ Bucket: 'config', Key: 'flags.json' }));
        const { body } = await fetch(signed);
        JSON.parse(String(body));
      },
      says: 'read it first: JSON.parse(await text(stream)), with text of node:stream/consumers.',
    },
  ],
  [
    {
      of: 'an object that came from no bucket',
      test: () => JSON.parse(String({})),
      hides: 'has given JSON.parse',
    },
    { of: 'a body with the word', test: () => parse('words.json', ofJavaScriptCore), hides: 'has given JSON.parse' },
    { of: 'a body with the letter', test: () => parse('words.json', ofNode18), hides: 'has given JSON.parse' },
    {
      of: 'an error that is none of JSON',
      test: () => parse('flags.json', '"[object Object]" is no name', 'Error'),
      hides: 'has given JSON.parse',
    },
    {
      of: 'another text',
      test: () => parse('flags.json', 'Unexpected token < in JSON'),
      hides: 'has given JSON.parse',
    },
  ],
);

const becameText = 'the expected bytes after they became a text in UTF-8, which replaces bytes that are no UTF-8.';
const move = async (encoding: BufferEncoding) => {
  const { Body } = await send('GetObject', { Bucket: 'scans', Key: 'a.png' });
  const text = Buffer.from((await Body?.transformToByteArray()) ?? []).toString(encoding);
  await put('scans', 'copy.png', text);
};
const readBytes = async (Key: string) =>
  Buffer.from((await (await send('GetObject', { Bucket: 'scans', Key })).Body?.transformToByteArray()) ?? []);

tryAll(
  'bytes that became a text',
  [
    {
      of: 'in UTF-8, as a plain matcher compares them',
      async test() {
        await move('utf8');
        expect(await readBytes('copy.png')).toEqual(png);
      },
      says: `GetObject scans/copy.png has ${becameText} Read and send bytes, and no text`,
    },
  ],
  [
    {
      of: 'other bytes, of the same text',
      async test() {
        await readBytes('a.png');
        const other = Buffer.from(png).fill(0xfc, 5, 6);
        expect(other).toEqual(png);
      },
      hides: 'became a text',
    },
    {
      of: 'the same text, which has the sign by itself',
      async test() {
        expect(await readText('scans', 'b.txt')).toBe('Grün');
      },
      hides: 'became a text',
    },
  ],
);

describe('an object whose bytes became a text', () => {
  const compare = () => expect(s3.bucket('scans')).toHaveObject('copy.png', { body: png });

  it('is told to be sent as bytes', async () => {
    await move('utf8');
    expect(compare).toThrow(
      `The object is ${becameText} Read and send bytes, and no text: await Body.transformToByteArray() in the SDK v3, await response.arrayBuffer() of a fetch, readFile without an encoding.\n`,
    );
    await move('latin1');
    expect(compare).toThrow(
      "The object is the expected bytes as text, with a character for each byte, in UTF-8. Send bytes, and no text that was read as 'latin1' or 'binary': Buffer.from(text, 'latin1').",
    );
  });

  it('is not meant if the bytes are others', async () => {
    await put('scans', 'copy.png', Buffer.from(png).reverse());
    expect(compare).not.toThrow(/became a text|a character for each byte/);
  });
});

const lost =
  'A request before the last reset wrote notes/a.txt, perhaps in an earlier test, and the mock is reset before each test: put it into the fixture, or write it in this test.';
/** As an earlier test. */
async function writeAndReset(Key = 'a.txt') {
  await put('notes', Key, 'a');
  s3.reset();
}
const copy = (CopySource: string) => send('CopyObject', { Bucket: 'notes', Key: 'copy.txt', CopySource });
const listKeys = async () => ((await list('notes')).Contents ?? []).map(({ Key }) => Key);

tryAll(
  'an object of an earlier test',
  [
    {
      of: 'as the source of a copy',
      async test() {
        await writeAndReset();
        await copy('notes/a.txt');
      },
      says: lost,
    },
    {
      of: 'in a listing',
      async test() {
        await writeAndReset();
        expect(await listKeys()).toEqual(['a.txt']);
      },
      says: lost,
    },
    {
      of: 'which the earlier test had cleared from the requests',
      async test() {
        await put('notes', 'a.txt', 'a');
        s3.requests.clear();
        s3.reset();
        await readText('notes', 'a.txt');
      },
      says: lost,
    },
  ],
  [
    {
      of: 'the target of a copy',
      async test() {
        await writeAndReset('copy.txt');
        await copy('notes/b.txt');
      },
      hides: 'before the last reset',
    },
    {
      of: 'a listing of a test that writes by itself',
      async test() {
        await writeAndReset();
        await put('notes', 'b.txt', 'b');
        expect(await listKeys()).toEqual(['a.txt', 'b.txt']);
      },
      hides: 'before the last reset',
    },
    {
      of: 'a listing of another bucket',
      async test() {
        await writeAndReset();
        await list('tasks');
        expect([]).toEqual(['a.txt']);
      },
      hides: 'before the last reset',
    },
    {
      of: 'no listing',
      async test() {
        await writeAndReset();
        await send('HeadBucket', { Bucket: 'notes' });
        expect([]).toEqual(['a.txt']);
      },
      hides: 'before the last reset',
    },
    {
      of: 'an object that this test deleted before it cleared the requests',
      async test() {
        await put('notes', 'a.txt', 'a');
        await send('DeleteObject', { Bucket: 'notes', Key: 'a.txt' });
        s3.requests.clear();
        await readText('notes', 'a.txt');
      },
      hides: 'before the last reset',
    },
  ],
);

const hasAll = 'The test received all that it expects, and more, $metadata';
const listTasks = (expected: object) => async () => expect(await list('tasks')).toEqual(expected);

tryAll(
  'an assertion on a whole answer',
  [
    {
      of: 'with the keys alone',
      test: listTasks({ Contents: [{ Key: 'a.txt' }, { Key: 'counter' }] }),
      says: 'The test received all that it expects, and more, $metadata, IsTruncated, KeyCount, MaxKeys and others, which the assertion compares as well. The SDK adds $metadata to what it returns and throws. To compare only what the test names, write expect(received).toMatchObject({ … }).',
    },
    { of: 'with the count alone', test: listTasks({ KeyCount: 2 }), says: hasAll },
    {
      of: 'with the tags and nothing else',
      async test() {
        expect(await send('GetObjectTagging', { Bucket: 'tasks', Key: 'a.txt' })).toEqual({ TagSet: [] });
      },
      says: `${hasAll}, which the assertion compares as well.`,
    },
  ],
  [
    { of: 'another count', test: listTasks({ KeyCount: 3 }), hides: hasAll },
    { of: 'fewer items than there are', test: listTasks({ Contents: [{ Key: 'a.txt' }] }), hides: hasAll },
    { of: 'a member that is not there', test: listTasks({ KeyCount: 2, Marker: 'a' }), hides: hasAll },
    {
      of: 'a matcher that compares only what the test names',
      async test() {
        expect(await list('tasks')).toMatchObject({ Contents: [{ Key: 'a.txt' }] });
      },
      hides: hasAll,
    },
    {
      of: 'a value without $metadata',
      async test() {
        const { $metadata, ...answer } = (await list('tasks')) as { $metadata?: object };
        expect(answer).toEqual({ KeyCount: 2 });
      },
      hides: hasAll,
    },
  ],
);

describe('an assertion on a whole answer, as vitest prints both values', () => {
  const print = (lines: readonly string[]) => ['{', ...lines.map((line) => `  ${line}`), '}'].join('\n');
  const received = print([
    ...['"$metadata": {', '  "attempts": 1,', '},', '"Contents": [', '  {', '    "ETag": "x",', '    "Key": "a.txt",'],
    ...['  },', '  {', '    "ETag": "y",', '    "Key": "b.txt",', '  },', '],', '"KeyCount": 2,'],
  ]);
  const explain = async (expected: readonly string[], how = 'to deeply equal') => {
    await list('tasks');
    return screenOf(control, {
      name: 'AssertionError',
      message: `expected { …(6) } ${how} { Contents: [ …(2) ] }`,
      compared: { expected: [{ name: '', value: print(expected) }], received: [{ name: '', value: received }] },
    });
  };
  const items = (...keys: readonly string[]) => keys.flatMap((key) => ['  {', `    "Key": "${key}",`, '  },']);

  it('is explained', async () => {
    expect(await explain(['"Contents": [', ...items('a.txt', 'b.txt'), '],'])).toContain(hasAll);
    expect(await explain(['"KeyCount": 2,'])).toContain(hasAll);
  });

  it('is not said of an assertion that compares only what the test names', async () => {
    expect(await explain(['"KeyCount": 2,'], 'to match object')).not.toContain(hasAll);
  });

  it.each([
    ['fewer items', ['"Contents": [', ...items('a.txt'), '],']],
    ['an item that is not there', ['"Contents": [', ...items('a.txt', 'c.txt'), '],']],
    ['a member of an item that the whole value has not', ['"ETag": "x",']],
    ['a member of $metadata', ['"attempts": 1,']],
  ])('is not the reason: %s', async (_of, expected) => {
    expect(await explain(expected)).not.toContain(hasAll);
  });
});

const replaced = (member: string) =>
  `No request came, and the code read ${member}, which the answers of S3 have, of undefined. If its client is replaced, by vi.mock, jest.mock, aws-sdk-client-mock or a spy, it sends nothing and returns undefined: restore it, since the mock answers real clients.`;
const stub = { send: async (): Promise<Answer> => undefined as never }; // as a mock of the module returns it
const throwTypeError = (message: string) => {
  throw new TypeError(message);
};

tryAll(
  'a client that is replaced',
  [
    {
      of: 'whose answer is read',
      test: async () => (await stub.send()).Contents,
      says: replaced('Contents'),
    },
    {
      of: 'whose answer is destructured',
      async test() {
        const { Body } = await stub.send();
        return Body;
      },
      says: replaced('Body'),
    },
    {
      of: 'in JavaScriptCore',
      test: () => throwTypeError("undefined is not an object (evaluating 'page.KeyCount')"),
      says: replaced('KeyCount'),
    },
  ],
  [
    {
      of: 'another member',
      test: () => throwTypeError("Cannot read properties of undefined (reading 'name')"),
      hides: 'No request came',
    },
    {
      of: 'a test with a request',
      async test() {
        await list('notes');
        throwTypeError("Cannot read properties of undefined (reading 'Contents')");
      },
      hides: 'No request came',
    },
    {
      of: 'another error with that text',
      test() {
        throw new Error("Cannot read properties of undefined (reading 'Contents')");
      },
      hides: 'No request came',
    },
  ],
);
