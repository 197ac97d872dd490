import { once } from 'node:events';
import https from 'node:https';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { put } from '../support/objects';

let control: MockControl;
const first = { name: 'first' };
const second = { name: 'second' };
let present: object | undefined;
let context: object | undefined;

beforeEach(() => {
  delete process.env['AWS_REGION'];
  control = createMock({ buckets: { vault: {} } }, mockS3);
  control.setRunner({
    testIsRunning: () => true,
    sender: () => context,
    nameOfEarlier: (sender) => (sender === present ? undefined : (sender as typeof first).name),
  });
  control.start();
});
afterEach(async () => {
  await control.stop();
  control.restoreEnvironment();
});

const failed = (facts: object = {}) =>
  control.explain({ printed: '', isConcurrent: false, isTimedOut: false, ...facts });

describe('a request whose client wrote it in the context of a test', () => {
  it('is of that test if it runs, and has a note if it is over', async () => {
    [present, context] = [second, second];
    await put('/vault/own');
    context = first;
    await put('/vault/late');
    context = undefined;
    await put('/vault/unknown');
    const note = "its call began in the test 'first', which was over when it came. Let that test wait for its call";
    expect(control.mock.requests.map(({ key, notes }) => ({ key, notes }))).toEqual([
      { key: 'own', notes: [] },
      { key: 'late', notes: [note] },
      { key: 'unknown', notes: [] },
    ]);
    expect(failed()).toBe(`PutObject vault/late: ${note}.`);
    // The text of the test's own happens to be that of the note.
    expect(failed({ printed: `note: ${note}` })).toBe(`PutObject vault/late: ${note}.`);
    const byMatcher = `1 request that came:\n${control.mock.requests}`;
    expect(failed({ printed: byMatcher })).toBeUndefined();
  });
});

describe('a request that the reset before a test overtook', () => {
  it('is named in the explanation of that test', async () => {
    const request = https.request({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: '/slow', agent: false });
    const answered = once(request, 'response');
    request.write('half');
    // The head is read in a later turn of the event loop; a whole exchange on another connection takes more turns.
    await put('/vault/other');
    control.beginTest();
    request.end();
    const [response] = await answered;
    response.resume();
    expect(response.statusCode).toBe(400);
    expect(failed()).toBe(
      '1 request began before the mock was reset, perhaps in an earlier test, and got S3MockReset; the last was PUT ' +
        'https://vault.s3.amazonaws.com/slow. Await the code in the test that calls it.',
    );
  });
});

describe('the environment of a mock that a runner stops', () => {
  it('stays until the file ends, so that a later request meets the guard of the file', async () => {
    expect(process.env['AWS_REGION']).toBe('us-east-1');
    await control.stop();
    expect(process.env['AWS_REGION']).toBe('us-east-1');
    control.restoreEnvironment();
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
    control.endRequestsOfTest();
    expect(failed({ isTimedOut: true })).toBeUndefined();
  });
});

describe('a value that a test calls', () => {
  it.each([
    ['TypeError: s3.bucket(...).object(...).body is not a function', /^The body of an object is a property/],
    ['TypeError: s3.buckets is not a function', /^s3\.buckets is the list/],
  ])('%s', (printed, text) => {
    expect(failed({ printed })).toMatch(text);
  });
  it('is not guessed at in other errors', () => {
    expect(failed({ printed: 'TypeError: response.body is not a function' })).toBeUndefined();
  });
});
