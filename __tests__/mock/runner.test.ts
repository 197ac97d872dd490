import { once } from 'node:events';
import https from 'node:https';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { screenOf } from '../support/failed-tests';
import { put } from '../support/objects';
import { send } from '../support/wire-client';

let control: MockControl;
const first = { name: 'first' };
const second = { name: 'second' };
let present: object | undefined;
let context: typeof first | undefined;

beforeEach(() => {
  [present, context] = [undefined, undefined];
  delete process.env['AWS_REGION'];
  control = createMock({ buckets: { vault: {} } }, mockS3);
  control.lifetime.setRunner({
    testIsRunning: () => true,
    sender: () => {
      const test = context;
      return test && (() => (test === present ? undefined : test.name));
    },
  });
  control.lifetime.start();
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

const failed = (facts: object = {}) => screenOf(control, undefined, facts);

describe('a request whose client wrote it in the context of a test', () => {
  it('is of that test if it runs, and is in no journal if it is over', async () => {
    control.lifetime.beginTest();
    await put('/vault/earlier');
    control.lifetime.beginTest();
    [present, context] = [second, second];
    await put('/vault/own');
    context = first;
    await put('/vault/late');
    context = undefined;
    await put('/vault/unknown');
    const { requests } = control.mock;
    const keys = control.mock
      .bucket('vault')
      .versions()
      .map(({ key }) => key);
    expect({ recorded: requests.map(({ key }) => key), keys }).toEqual({
      recorded: ['own', 'unknown'],
      keys: ['own', 'unknown'],
    });
    const line =
      "The test 'first' had ended when 1 of its requests was answered, from the state in which it ended; the last was PUT https://s3.amazonaws.com/vault/late.";
    expect(failed()).toBe(`${line} Await the code in the test that calls it.`);
  });

  it('reads and writes the state in which its test ended', async () => {
    control.lifetime.beginTest();
    await put('/vault/earlier', 'of first');
    control.lifetime.beginTest();
    [present, context] = [second, first];
    await put('/vault/late', 'of first');
    const read = async (key: string) => (await send({ path: `/vault/${key}` })).body;
    expect({ earlier: await read('earlier'), late: await read('late') }).toEqual({
      earlier: 'of first',
      late: 'of first',
    });
    expect(control.mock.bucket('vault').versions()).toEqual([]);
    context = second;
    expect(await read('late')).toContain('<Code>NoSuchKey</Code>');
  });

  it('meets the rules of its test, and none of the next', async () => {
    control.lifetime.beginTest();
    control.mock.on('PutObject').fail('SlowDown');
    control.lifetime.beginTest();
    const next = control.mock.on('PutObject').fail('AccessDenied');
    [present, context] = [second, first];
    const late = await put('/vault/late');
    expect({ status: late.status, used: next.used }).toEqual({ status: 503, used: 0 });
    context = second;
    expect((await put('/vault/own')).status).toBe(403);
  });
});

describe('a request that the reset before a test overtook', () => {
  it('is named in the explanation of that test', async () => {
    const request = https.request({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: '/slow', agent: false });
    const answered = once(request, 'response');
    request.write('half');
    // The head is read in a later turn of the event loop; a whole exchange on another connection takes more turns.
    await put('/vault/other');
    control.lifetime.beginTest();
    request.end();
    const [response] = await answered;
    response.resume();
    // As S3 answers it: it has no signature.
    expect(response.statusCode).toBe(403);
    expect(failed()).toBe(
      'An earlier test had ended when 1 of its requests was answered, from the state in which it ended; the last was PUT ' +
        'https://vault.s3.amazonaws.com/slow. Await the code in the test that calls it.',
    );
  });
});

describe('the environment of a mock that a runner stops', () => {
  it('stays until the file ends, so that a later request meets the guard of the file', async () => {
    expect(process.env['AWS_REGION']).toBe('us-east-1');
    await control.mock.stop();
    expect(process.env['AWS_REGION']).toBe('us-east-1');
    control.lifetime.restoreEnvironment();
    expect(process.env['AWS_REGION']).toBeUndefined();
  });
});

describe('a test whose time is over', () => {
  it('is said to have had faked timers, if a request came under them', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    await put('/vault/a');
    jest.useRealTimers();
    expect(failed({ isTimedOut: true })).toMatch(/^Timers are faked: /);
    expect(failed()).toBeUndefined();
    control.lifetime.endRequestsOfTest();
    expect(failed({ isTimedOut: true })).toBeUndefined();
  });
});

describe('a value that a test calls', () => {
  it.each([
    ['s3.bucket(...).object(...).body is not a function', /^The body of an object is a property/],
    ['s3.buckets is not a function', /^s3\.buckets is the list/],
  ])('%s', (message, text) => {
    expect(screenOf(control, message)).toMatch(text);
  });
  it('is not guessed at in other errors', () => {
    expect(screenOf(control, 'response.body is not a function')).toBeUndefined();
  });
});
