import https from 'node:https';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, type MockS3Options, mockS3, S3MockError } from '../../src/index';
import { createMock } from '../../src/mock/mock-s3';
import { failureNames } from '../../src/refusals/failures';
import { errorDocument, signedBy } from '../support/documents';
import { get, head, put } from '../support/objects';
import { exchangeBytes, send, type WireAnswer } from '../support/wire-client';

const options: MockS3Options = {
  now: '2026-03-31T07:35:05.678Z',
  buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': 'the report' } }, plain: {} },
};

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3(options);
});
afterEach(async () => {
  jest.useRealTimers();
  await s3.stop();
});

/** Returns the error code of a call that gets no answer. */
const lost = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    ({ code }: NodeJS.ErrnoException) => code,
  );
const statuses = async (calls: readonly (() => Promise<WireAnswer>)[]) => {
  const found: number[] = [];
  for (const call of calls) found.push((await call()).status);
  return found;
};
const puts = (count: number) => Array.from({ length: count }, () => () => put('/vault/a'));
const versions = (key = 'a') => s3.bucket('vault').versions(key).length;
const faults = () => [...s3.requests].map(({ operation, status, fault }) => [operation, status, fault?.applied]);

/** Returns the error that a call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return 'nothing';
}

describe('fail', () => {
  it.each<{ code: string; status: number; message: string }>`
    code                    | status | message
    ${'InternalError'}      | ${500} | ${'We encountered an internal error. Please try again.'}
    ${'SlowDown'}           | ${503} | ${'Please reduce your request rate.'}
    ${'ServiceUnavailable'} | ${503} | ${'Service is unable to handle request.'}
    ${'AccessDenied'}       | ${403} | ${'Access Denied'}
    ${'InvalidRequest'}     | ${400} | ${'Invalid Request'}
    ${'InvalidArgument'}    | ${400} | ${'Invalid Argument'}
    ${'MfaRequired'}        | ${403} | ${'Mfa Authentication must be used for this request'}
  `('answers $code as S3 does (F160)', async ({ code, status, message }) => {
    s3.on('PutObject').fail(code);
    const { text, ...answer } = await put('/vault/a');
    expect([answer.status, text]).toEqual([
      status,
      errorDocument(code === 'MfaRequired' ? 'AccessDenied' : code, message),
    ]);
    expect(answer.header('retry-after')).toBeUndefined();
    expect(versions()).toBe(0);
  });

  it('names the same parts of the request as S3 (F161)', async () => {
    s3.on('GetObject').fail('NoSuchKey', { times: 1 }).fail('NoSuchVersion', { times: 1 }).fail('NoSuchBucket');
    const texts = [
      (await get('/vault/a%20b')).text,
      (await get('/vault/a?versionId=x')).text,
      (await get('/vault/a')).text,
    ];
    expect(texts).toEqual([
      errorDocument('NoSuchKey', 'The specified key does not exist.', '<Key>a b</Key>'),
      errorDocument('NoSuchVersion', 'The specified version does not exist.', '<Key>a</Key><VersionId>x</VersionId>'),
      errorDocument('NoSuchBucket', 'The specified bucket does not exist', '<BucketName>vault</BucketName>'),
    ]);
  });

  it.each(failureNames.filter((name) => !name.startsWith('BXNIM') && !name.startsWith('Iam')))(
    '%s has a status and a message in both dialects',
    async (name) => {
      s3.on('GetObject').fail(name);
      for (const host of ['s3.amazonaws.com', 's3.us-south.cloud-object-storage.appdomain.cloud']) {
        const { status } = await get('/vault/a', {}, { host });
        expect(status).toBeGreaterThanOrEqual(300);
        expect(s3.requests.last()?.error?.code).toMatch(/^[A-Z]\w+$/);
        expect(s3.requests.last()?.error?.message).not.toMatch(/undefined|s3-versioning-mock/);
      }
    },
  );

  it('has no document for a HEAD', async () => {
    s3.on('HeadObject').fail('SlowDown');
    expect(await head('/vault/report.pdf')).toMatchObject({ status: 503, body: '' });
  });

  it('sends Retry-After if the rule names it', async () => {
    s3.on('PutObject').fail('SlowDown', { retryAfter: 3 });
    expect((await put('/vault/a')).header('retry-after')).toBe('3');
  });

  it("answers with COS's message", async () => {
    s3.on('PutObject').fail('SlowDown');
    const { status, body } = await send({
      method: 'PUT',
      path: '/vault/a',
      host: 's3.us-south.cloud-object-storage.appdomain.cloud',
    });
    expect([status, body]).toEqual([
      503,
      expect.stringContaining('<Code>SlowDown</Code><Message>Reduce your request rate.<'),
    ]);
  });

  it('fails the token service in its own form', async () => {
    s3.on('CreateIamToken').fail('InternalError');
    const { status, body } = await send({ method: 'POST', path: '/identity/token', host: 'iam.cloud.ibm.com' });
    expect([status, JSON.parse(body)]).toMatchObject([500, { errorCode: 'InternalError' }]);
  });

  it('comes before every check that S3 makes', async () => {
    s3.on('PutBucketVersioning').fail('SlowDown');
    const call = { method: 'PUT', path: '/nowhere?versioning', headers: { Authorization: undefined }, body: '<' };
    expect((await send(call)).status).toBe(503);
  });
});

describe('a rule affects', () => {
  it('the requests of its operation whose input matches', async () => {
    s3.on('PutObject', { Bucket: 'vault', Body: 'bad' }).fail('AccessDenied');
    expect(
      await statuses([() => put('/vault/a', 'good'), () => put('/vault/a', 'bad'), () => put('/plain/a', 'bad')]),
    ).toEqual([200, 403, 200]);
  });

  it('the requests that an asymmetric matcher accepts', async () => {
    s3.on('PutObject', { Key: expect.stringMatching(/^tmp\//) }).fail('AccessDenied');
    expect(await statuses([() => put('/vault/tmp/a'), () => put('/vault/a')])).toEqual([403, 200]);
  });

  it('an operation under its older name', async () => {
    s3.on('PutBucketLifecycle').fail('SlowDown');
    expect((await send({ method: 'PUT', path: '/vault?lifecycle', body: '<LifecycleConfiguration/>' })).status).toBe(
      503,
    );
  });

  it('a request that an earlier rule matches too, until its steps are used up', async () => {
    s3.on('PutObject').fail('InternalError');
    s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 1 });
    expect(await statuses(puts(2))).toEqual([503, 500]);
  });
});

describe('steps', () => {
  it('run one after another, each for its times; then S3 answers', async () => {
    s3.on('PutObject')
      .fail('SlowDown', { times: 2 })
      .reply({ status: 418 }, { times: 1 })
      .fail('InternalError', { times: 1 });
    expect(await statuses(puts(6))).toEqual([503, 503, 418, 500, 200, 200]);
    expect(versions()).toBe(2);
  });

  it('without times affect every request', async () => {
    s3.on('PutObject').fail('SlowDown');
    expect(new Set(await statuses(puts(20)))).toEqual(new Set([503]));
  });

  it('draw their probability from the seed, and count the requests that fail', async () => {
    const strikes = async (seed?: string) => {
      await s3.stop();
      s3 = mockS3({ ...options, ...(seed && { seed }) });
      s3.on('PutObject').fail('SlowDown', { probability: 0.3, times: 5 });
      return statuses(puts(40));
    };
    const first = await strikes();
    expect(first.filter((status) => status === 503)).toHaveLength(5);
    expect(first.slice(0, 5)).not.toEqual([503, 503, 503, 503, 503]);
    expect(await strikes()).toEqual(first);
    expect(await strikes('another')).not.toEqual(first);
  });
});

describe('delay', () => {
  it('waits before the request is applied', async () => {
    s3.on('PutObject').delay({ milliseconds: 20, times: 1 });
    const began = performance.now();
    const answer = put('/vault/a');
    await get('/vault/report.pdf');
    expect(versions()).toBe(0);
    expect((await answer).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThanOrEqual(19);
    expect(versions()).toBe(1);
    expect(s3.requests.last()?.fault).toEqual({ kind: 'delay', what: 'delayed by 20 ms', applied: true });
  });

  it('takes real time, even with fake timers', async () => {
    s3.on('PutObject').delay({ milliseconds: 20 });
    jest.useFakeTimers();
    expect((await put('/vault/a')).status).toBe(200);
  });

  it('applies the request although its client has gone', async () => {
    s3.on('PutObject').delay({ milliseconds: 20, times: 1 });
    s3.on('GetObject').delay({ milliseconds: 40 });
    const headers = { Authorization: 'AWS KEY:SIG' };
    const call = https.request({ method: 'PUT', host: 's3.amazonaws.com', path: '/vault/a', headers, agent: false });
    call.on('error', () => {}).end('x');
    // The request is accepted in a later turn of the event loop; a whole exchange on another connection takes more of them.
    await send({ path: '/' });
    call.destroy();
    expect(versions()).toBe(0);
    await get('/vault/report.pdf');
    expect(versions()).toBe(1);
  });

  it('ends at once at a reset, and the request is not applied', async () => {
    s3.on('PutObject').delay({ milliseconds: 60_000 });
    const answer = put('/vault/a');
    await get('/vault/report.pdf');
    s3.reset();
    const { status, body } = await answer;
    expect([status, body]).toEqual([400, expect.stringContaining('<Code>S3MockReset</Code>')]);
    expect([versions(), s3.requests.length]).toEqual([0, 0]);
  });

  it('ends at once at stop', async () => {
    s3.on('PutObject').delay({ milliseconds: 60_000 });
    const answer = put('/vault/a');
    await get('/vault/report.pdf');
    await s3.stop();
    const { status, body } = await answer;
    expect([status, body]).toEqual([400, expect.stringContaining('<Code>S3MockStopped</Code>')]);
    expect(s3.requests.length).toBe(1);
  });

  it('does not hold up requests of other connections', async () => {
    s3.on('PutObject', { Key: 'slow' }).delay({ milliseconds: 30 });
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
    s3.on('GetObject').disconnect({ when: 'during', times: 2 });
    const received = await new Promise<string>((resolve) => {
      let text = '';
      const headers = { Authorization: 'AWS KEY:SIG' };
      https.get({ host: 's3.amazonaws.com', path: '/vault/report.pdf', headers, agent: false }, (response) => {
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('error', () => resolve(`${response.statusCode} ${response.headers['content-length']} ${text}`));
      });
    });
    expect(received).toBe('200 10 the r');
  });

  it('during: breaks a chunked answer and one without a body too', async () => {
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
      ['HeadBucket', 0, false],
      ['GetObject', 200, true],
    ]);
  });
});

// F163
describe('corrupt', () => {
  it('truncate: drops the second half of the body, in valid framing', async () => {
    s3.on('GetObject').corrupt({ how: 'truncate' });
    const { status, body, header } = await get('/vault/report.pdf');
    expect([status, body, header('content-length')]).toEqual([200, 'the r', '5']);
  });

  it('alter: changes one byte', async () => {
    s3.on('GetObject').corrupt({ how: 'alter', times: 1 });
    expect((await get('/vault/report.pdf')).body).toBe(
      'the sdport'.replace('sd', 'sd').length === 10 ? 'the rdport' : '',
    );
    expect((await get('/vault/report.pdf')).body).toBe('the report');
  });

  it('leaves an answer without a body unchanged', async () => {
    s3.on('PutObject').corrupt({ how: 'truncate' });
    expect((await put('/vault/a')).status).toBe(200);
    expect(s3.requests.last()?.fault?.what).toBe('answer truncated (it has no body)');
  });
});

describe('reply', () => {
  it('answers instead of S3, exactly as given', async () => {
    s3.on('GetObject').reply({ status: 502, headers: { 'X-Proxy': 'yes' }, body: 'bad gateway' });
    const { status, head: lines, body } = await get('/vault/report.pdf');
    expect([status, lines, body]).toEqual([502, ['X-Proxy: yes', 'Content-Length: 11'], 'bad gateway']);
    expect(s3.requests.last()).toMatchObject({ status: 502, error: undefined, output: undefined });
  });

  it('accepts bytes, and copies them', async () => {
    const bytes = Buffer.from('abc');
    s3.on('GetObject').reply({ status: 200, body: bytes });
    bytes.fill(0);
    expect((await get('/vault/report.pdf')).body).toBe('abc');
  });
});

describe('the journal', () => {
  it('records the failure, and whether the request was applied', async () => {
    s3.on('PutObject').disconnect({ when: 'after', times: 1 }).fail('SlowDown', { times: 1 });
    await lost(put('/vault/a'));
    await put('/vault/a');
    await put('/vault/a');
    const lines = inspect(s3.requests)
      .split('\n')
      .map((line) => line.replace(/ +/g, ' '));
    expect(lines).toEqual([
      '3 requests:',
      " 1. 07:35:05.678 PutObject vault/a no answer { Body: 'data' }",
      ' on purpose: connection lost before any answer; applied',
      " 2. 07:35:05.678 PutObject vault/a 503 SlowDown { Body: 'data' }",
      ' why: Please reduce your request rate.',
      ' on purpose: failed with SlowDown; not applied',
      " 3. 07:35:05.678 PutObject vault/a 200 { Body: 'data' }",
    ]);
  });

  it('records no fault if no rule matches', async () => {
    await put('/vault/a');
    expect(s3.requests.last()).not.toHaveProperty('fault');
  });

  it('records the caller, even of a request that was not applied', async () => {
    s3.on('PutObject').fail('SlowDown');
    await put('/vault/a', 'data', { Authorization: signedBy(s3.createAccount({ name: 'partner' })) });
    expect(s3.requests.last()?.caller).toMatchObject({ account: expect.stringMatching(/^[1-9]{12}$/) });
  });
});

describe('a reset', () => {
  it('removes rules, and a step added afterwards throws', async () => {
    const rule = s3.on('PutObject').fail('SlowDown', { times: 1 });
    s3.reset();
    expect((await put('/vault/a')).status).toBe(200);
    expect(() => rule.fail('SlowDown')).toThrow(S3MockError);
    expect(() => rule.fail('SlowDown')).toThrow('this rule for PutObject was removed when the mock was reset');
  });

  it('restarts, before each test, the rules that were made outside of tests', async () => {
    await s3.stop();
    const { mock, start, beginTest, setRunner } = createMock(options, mockS3);
    s3 = mock;
    let running = false;
    setRunner({ testIsRunning: () => running });
    start();
    const rule = s3.on('PutObject').fail('SlowDown', { times: 1 });
    for (const _ of ['first', 'second']) {
      beginTest();
      running = true;
      s3.on('GetObject').fail('AccessDenied');
      rule.fail('InternalError', { times: 1 });
      expect(await statuses([...puts(3), () => get('/vault/report.pdf')])).toEqual([503, 500, 200, 403]);
      running = false;
    }
    expect((await get('/vault/report.pdf')).status).toBe(200);
  });

  it('draws the same probabilities again', async () => {
    const strikes = () => {
      s3.on('PutObject').fail('SlowDown', { probability: 0.5 });
      return statuses(puts(10));
    };
    const first = await strikes();
    s3.reset();
    expect(await strikes()).toEqual(first);
  });
});

it('affects the requests of other processes too', async () => {
  await s3.stop();
  s3 = mockS3({ ...options, hosts: { only: [] } });
  const { url } = await s3.listen();
  s3.on('PutObject').disconnect({ when: 'after', times: 1 }).delay({ milliseconds: 10, times: 1 });
  const headers = { Authorization: 'AWS KEY:SIG' };
  const call = () => fetch(`${url}/vault/a`, { method: 'PUT', body: 'x', headers });
  await expect(call()).rejects.toThrow('fetch failed');
  expect((await call()).status).toBe(200);
  s3.on('GetObject').disconnect({ when: 'during' });
  const answer = await fetch(`${url}/vault/report.pdf`, { headers });
  await expect(answer.text()).rejects.toThrow('terminated');
  expect(versions()).toBe(2);
});

describe('a wrong argument is a TypeError', () => {
  const on = (...given: unknown[]) => (s3.on as (...anything: unknown[]) => ReturnType<MockS3['on']>).apply(s3, given);
  const rule = () => on('PutObject') as unknown as Record<string, (...given: unknown[]) => unknown>;

  it.each<[string, () => unknown, string]>([
    ['operation', () => on('PutObjct'), "S3 has no operation 'PutObjct'. Did you mean PutObject"],
    [
      'input',
      () => on('PutObject', 'vault'),
      "on('PutObject'): input 'vault'. Give an object such as { Bucket: 'vault' }",
    ],
    ['code', () => rule()['fail']?.('SlowDwn'), "fail: 'SlowDwn' is not an error code of S3. Did you mean SlowDown?"],
    ['number', () => rule()['fail']?.(503), "fail: 503 is not an error code of S3. Give a code such as 'SlowDown'"],
    ['own code', () => rule()['fail']?.('S3MockReset'), "fail: 'S3MockReset' is not an error code of S3."],
    [
      'option',
      () => rule()['fail']?.('SlowDown', { time: 2 }),
      "fail: there is no option 'time'. Did you mean times? The options are: times,",
    ],
    ['times', () => rule()['fail']?.('SlowDown', { times: 0 }), 'fail: times 0. Give a whole number from 1 on'],
    [
      'probability',
      () => rule()['fail']?.('SlowDown', { probability: 30 }),
      'fail: probability 30. Give a number above 0',
    ],
    [
      'retryAfter',
      () => rule()['fail']?.('SlowDown', { retryAfter: 'soon' }),
      "fail: retryAfter 'soon'. Give whole seconds",
    ],
    ['milliseconds', () => rule()['delay']?.({ milliseconds: -1 }), 'delay: milliseconds -1. Give a number from 0'],
    [
      'no options',
      () => rule()['delay']?.(20),
      'delay: 20 is not an object of options. The options are: milliseconds, times.',
    ],
    [
      'when',
      () => rule()['disconnect']?.({ when: 'now' }),
      "disconnect: when 'now'. Give 'before' or 'during' or 'after'.",
    ],
    ['how', () => rule()['corrupt']?.({ how: 'eat' }), "corrupt: how 'eat'. Give 'truncate' or 'alter'."],
    ['status', () => rule()['reply']?.({ status: 99 }), 'reply: status 99. Give a whole number from 200 to 599.'],
    [
      'headers',
      () => rule()['reply']?.({ status: 200, headers: { a: 'ü\n' } }),
      "reply: header 'a': 'ü\\n'. Give a name and",
    ],
    ['body', () => rule()['reply']?.({ status: 200, body: {} }), 'reply: body {}. Give a string or bytes'],
    [
      'a step behind one for ever',
      () => on('PutObject').fail('SlowDown').delay({ milliseconds: 1 }),
      "on('PutObject'): delay follows fail, which applies to all requests. Give the earlier step { times }.",
    ],
  ])('%s', (_what, call, message) => {
    const error = thrownBy(call);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
  });

  it('that does not compile', () => {
    const wrong = () => {
      // @ts-expect-error no such operation
      s3.on('PutObjct');
      // @ts-expect-error no such member of its input
      s3.on('PutObject', { Bukkit: 'vault' });
      // @ts-expect-error another moment
      s3.on('PutObject').disconnect({ when: 'now' });
      // @ts-expect-error no such option
      s3.on('PutObject').fail('SlowDown', { time: 2 });
    };
    expect(wrong).toThrow(TypeError);
  });
});
