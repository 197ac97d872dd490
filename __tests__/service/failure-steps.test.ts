import https from 'node:https';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { MockS3 } from '../../src/index';
import { get, head, put } from '../support/objects';
import { startedMocks } from '../support/started-mocks';
import { exchangeBytes, send } from '../support/wire-client';
import { lost, options } from './failing-calls';

// A mock needs real timers to stop, so this hook is declared before the hook of startedMocks().
afterEach(() => {
  jest.useRealTimers();
});
const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start(options);
});

const versions = (key = 'a') => s3.bucket('vault').versions(key).length;
const faults = () => [...s3.requests].map(({ operation, status, failure }) => [operation, status, failure?.applied]);

/** What a client reads of an answer whose connection is lost. */
function readUntilLost(path: string): Promise<object> {
  return new Promise((resolve) => {
    let text = '';
    const headers = { Authorization: 'AWS KEY:SIG' };
    const request = https.get({ host: 's3.amazonaws.com', path, headers, agent: false }, (response) => {
      const { statusCode: status, headers: answered } = response;
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('error', ({ code }: NodeJS.ErrnoException) =>
        resolve({ status, length: answered['content-length'], text, code }),
      );
    });
    // A reset is an error of the request too.
    request.on('error', () => undefined);
  });
}

describe('delay', () => {
  it('waits before the request is applied', async () => {
    s3.on('PutObject').delay({ milliseconds: 300, times: 1 });
    const began = performance.now();
    const answer = put('/vault/a');
    await get('/vault/report.pdf');
    expect(versions()).toBe(0);
    expect((await answer).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThanOrEqual(299);
    expect(versions()).toBe(1);
    expect(s3.requests.last()?.failure).toEqual({ kind: 'delay', what: 'delayed by 300 ms', applied: true });
  });

  it('takes real time, even with fake timers', async () => {
    s3.on('PutObject').delay({ milliseconds: 20 });
    jest.useFakeTimers();
    expect((await put('/vault/a')).status).toBe(200);
  });

  it('applies the request although its client has gone', async () => {
    s3.on('PutObject').delay({ milliseconds: 300, times: 1 });
    s3.on('GetObject').delay({ milliseconds: 400 });
    const headers = { Authorization: 'AWS KEY:SIG' };
    const call = https.request({ method: 'PUT', host: 's3.amazonaws.com', path: '/vault/a', headers, agent: false });
    call.on('error', () => {}).end('x');
    // The request is accepted in a later turn of the event loop. A whole exchange on another connection takes more turns.
    await send({ path: '/' });
    call.destroy();
    expect(versions()).toBe(0);
    await get('/vault/report.pdf');
    expect(versions()).toBe(1);
  });

  it('ends at once at a reset, and the request is applied to the state before it', async () => {
    s3.on('PutObject').delay({ milliseconds: 60_000 });
    const answer = put('/vault/a');
    await get('/vault/report.pdf');
    s3.reset();
    expect((await answer).status).toBe(200);
    expect({ versions: versions(), requests: s3.requests.length }).toEqual({ versions: 0, requests: 0 });
  });

  it('is over at once if the rule that asks for it ends the state in which it begins', async () => {
    const resetting = {
      $$typeof: Symbol.for('jest.asymmetricMatcher'),
      asymmetricMatch(): boolean {
        s3.reset();
        return true;
      },
    };
    s3.on('PutObject', { Key: resetting } as object).delay({ milliseconds: 600_000 });
    expect((await put('/vault/a')).status).toBe(200);
    expect({ versions: versions(), requests: s3.requests.length }).toEqual({ versions: 0, requests: 0 });
  });

  it('ends at once at stop', async () => {
    s3.on('PutObject').delay({ milliseconds: 60_000 });
    const answer = put('/vault/a');
    await get('/vault/report.pdf');
    await s3.stop();
    expect((await answer).status).toBe(200);
    expect(s3.requests.length).toBe(1);
  });

  it('does not delay requests of other connections', async () => {
    s3.on('PutObject', { Key: 'slow' }).delay({ milliseconds: 300 });
    const order: string[] = [];
    const slow = put('/vault/slow').then(() => order.push('slow'));
    await put('/vault/quick').then(() => order.push('quick'));
    await slow;
    expect(order).toEqual(['quick', 'slow']);
  });
});

describe('disconnect', () => {
  it.each<{ when: 'before' | 'during' | 'after'; applied: boolean; status: number; stored: number }>`
    when        | applied  | status | stored
    ${'before'} | ${false} | ${0}   | ${0}
    ${'during'} | ${true}  | ${200} | ${1}
    ${'after'}  | ${true}  | ${0}   | ${1}
  `('$when: applied is $applied', async ({ when, applied, status, stored }) => {
    s3.on('PutObject').disconnect({ when, times: 1 });
    expect(await lost(put('/vault/a'))).toBe('ECONNRESET');
    expect(versions()).toBe(stored);
    expect(faults()).toEqual([['PutObject', status, applied]]);
    expect((await put('/vault/a')).status).toBe(200);
  });

  it('during: the client receives half of the body', async () => {
    s3.on('GetObject').disconnect({ when: 'during', times: 1 });
    expect(await readUntilLost('/vault/report.pdf')).toEqual({
      status: 200,
      length: '10',
      text: 'the r',
      code: 'ECONNRESET',
    });
  });

  it.each([
    [0, ''],
    [4, 'the '],
    [9, 'the repor'],
  ])('during, after %d bytes: the client receives these and then a reset', async (after, text) => {
    s3.on('GetObject').disconnect({ when: 'during', after, times: 1 });
    expect(await readUntilLost('/vault/report.pdf')).toEqual({ status: 200, length: '10', text, code: 'ECONNRESET' });
    expect(s3.requests.last()?.failure).toEqual({
      kind: 'disconnect',
      what: `connection lost after ${after} of 10 bytes of the answer`,
      applied: true,
    });
    expect((await get('/vault/report.pdf')).body).toBe('the report');
  });

  it('during: sends an answer whole that has no more bytes', async () => {
    s3.on('*').disconnect({ when: 'during', after: 10 });
    expect((await get('/vault/report.pdf')).body).toBe('the report');
    expect((await head('/vault/report.pdf')).status).toBe(200);
    expect([...s3.requests].map(({ failure }) => failure?.what)).toEqual([
      'answer sent whole, since it has no more than 10 bytes',
      'answer sent whole, since it has no body',
    ]);
  });

  it.each<[operation: 'GetObject' | 'PutObject', when: 'before' | 'during' | 'after', after: number, message: string]>([
    [
      'GetObject',
      'during',
      -1,
      'disconnect: invalid after -1; expected a whole number of bytes from 0 on, or undefined for half of the body',
    ],
    ['GetObject', 'before', 3, "disconnect: invalid after 3; expected undefined: it needs { when: 'during' }"],
    ['GetObject', 'after', 3, "disconnect: invalid after 3; expected undefined: it needs { when: 'during' }"],
    [
      'PutObject',
      'during',
      3,
      "on('PutObject').disconnect: an answer of PutObject has no body that could be cut. disconnect({ when: 'after' }) loses the whole answer.",
    ],
  ])('%s, %s, after %d: a TypeError', (operation, when, after, message) => {
    expect(() => s3.on(operation).disconnect({ when, after })).toThrow(new TypeError(message));
  });

  it('during: breaks a chunked answer, and one without a body', async () => {
    s3.on('GetBucketVersioning').disconnect({ when: 'during' });
    s3.on('HeadObject').disconnect({ when: 'during' });
    expect(await lost(get('/vault?versioning'))).toBe('ECONNRESET');
    expect(await lost(head('/vault/report.pdf'))).toMatch(/^(?:ECONNRESET|HPE_)/);
  });

  it('comes after the answers to earlier requests of the connection', async () => {
    s3.on('GetObject').delay({ milliseconds: 20, times: 1 });
    s3.on('HeadBucket').disconnect({ when: 'before' });
    const head = 'Host: s3.amazonaws.com\r\nAuthorization: AWS KEY:SIG\r\n\r\n';
    const asked = `GET /vault/report.pdf HTTP/1.1\r\n${head}HEAD /vault HTTP/1.1\r\n${head}`;
    await exchangeBytes(asked).catch(() => {});
    expect(faults()).toEqual([
      ['GetObject', 200, true],
      ['HeadBucket', 0, false],
    ]);
  });
});

// F163
describe('corrupt', () => {
  it('truncate: drops the second half of the body, in valid framing', async () => {
    s3.on('GetObject').corrupt({ how: 'truncate' });
    const { status, body, header } = await get('/vault/report.pdf');
    expect({ status, body, contentLength: header('content-length') }).toEqual({
      status: 200,
      body: 'the r',
      contentLength: '5',
    });
  });

  it('alter: changes one byte', async () => {
    s3.on('GetObject').corrupt({ how: 'alter', times: 1 });
    expect((await get('/vault/report.pdf')).body).toBe('the rdport');
    expect((await get('/vault/report.pdf')).body).toBe('the report');
  });

  it('leaves an answer without a body unchanged', async () => {
    s3.on('PutObject').corrupt({ how: 'truncate' });
    expect((await put('/vault/a')).status).toBe(200);
    expect(s3.requests.last()?.failure?.what).toBe('answer truncated (it has no body)');
  });
});

describe('a failure of an answer that S3 refused', () => {
  it.each<[what: string, fail: (rule: ReturnType<MockS3['on']>) => void]>([
    ['altered', (rule) => rule.corrupt({ how: 'alter' })],
    ['lost', (rule) => rule.disconnect({ when: 'after' })],
    ['lost in its middle', (rule) => rule.disconnect({ when: 'during' })],
  ])('leaves the refusal in the journal, and applies nothing: %s', async (_what, fail) => {
    fail(s3.on('GetObject'));
    await lost(get('/vault/none'));
    expect(s3.requests.last()).toMatchObject({ error: { code: 'NoSuchKey' }, failure: { applied: false } });
  });
});
