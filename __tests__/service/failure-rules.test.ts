import { beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, S3MockError } from '../../src/index';
import { FailureRules } from '../../src/service/failures/rules';
import { get, put } from '../support/objects';
import { startedMocks } from '../support/started-mocks';
import { thrownBy } from '../support/thrown';
import { options, puts, runTests, statuses } from './failing-calls';

const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start(options);
});

const versions = (key = 'a') => s3.bucket('vault').versions(key).length;

describe('steps', () => {
  it('run one after another, each as many times as it says, and then S3 answers', async () => {
    s3.on('PutObject')
      .fail('SlowDown', { times: 2 })
      .reply({ status: 418 }, { times: 1 })
      .fail('InternalError', { times: 1 });
    expect(await statuses(puts(6))).toEqual([503, 503, 418, 500, 200, 200]);
    expect(versions()).toBe(2);
  });

  it('affect every request if they have no times', async () => {
    s3.on('PutObject').fail('SlowDown');
    expect(new Set(await statuses(puts(20)))).toEqual(new Set([503]));
  });

  it('draw from the seed whether a request fails, and count only the requests that fail', async () => {
    const strikes = async (seed?: string) => {
      await s3.stop();
      s3 = start({ ...options, ...(seed && { seed }) });
      const rule = s3.on('PutObject').fail('SlowDown', { probability: 0.3, times: 5 });
      const found = await statuses(puts(40));
      expect(rule.used).toBe(found.filter((status) => status === 503).length);
      return found;
    };
    const first = await strikes();
    expect(first.filter((status) => status === 503)).toHaveLength(5);
    expect(first.slice(0, 5)).not.toEqual([503, 503, 503, 503, 503]);
    expect(await strikes()).toEqual(first);
    expect(await strikes('another')).not.toEqual(first);
  });
});

it('a step that always strikes draws nothing from the seed', async () => {
  const strikes = async (hasOther: boolean) => {
    s3.reset();
    s3.on('PutObject').fail('SlowDown', { probability: 0.5 });
    if (hasOther) s3.on('GetObject').fail('SlowDown');
    await get('/vault/report.pdf');
    return statuses(puts(20));
  };
  expect(await strikes(true)).toEqual(await strikes(false));
});

it('a rule whose steps are used up is not in force', () => {
  const rules = new FailureRules({
    draw: () => 0,
    operationNamed: (name: string) => name,
    checkInput: () => {},
    checkBuckets: () => {},
    failuresOf: () => ({ service: 'S3', codes: ['SlowDown'] }),
    onTouch: () => {},
  } as never);
  for (const operation of ['PutObject', 'GetObject']) rules.on(operation).fail('SlowDown', { times: 1 });
  rules.take({ service: 's3', operation: 'PutObject', input: {}, places: () => [] });
  expect(rules.inForce()).toEqual(["on('GetObject').fail('SlowDown', { times: 1 })"]);
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
    const makeRule = (own: MockS3) => {
      const rule = own.on('PutObject').fail('SlowDown', { times: 1 });
      return async () => {
        own.on('GetObject').fail('AccessDenied');
        rule.fail('InternalError', { times: 1 });
        expect(await statuses([...puts(3), () => get('/vault/report.pdf')])).toEqual([503, 500, 200, 403]);
      };
    };
    await runTests(options, makeRule, async () => {
      expect((await get('/vault/report.pdf')).status).toBe(200);
    });
  });

  it('restarts, before each test, an outage that was made outside of tests', async () => {
    await s3.stop();
    await runTests(options, (own) => {
      const outage = own.outage({ bucket: 'vault' });
      const answers = (path: string) => get(path).then(({ status }) => status);
      return async () => {
        expect(own.unusedRules()[0]).not.toHaveProperty('note');
        expect(await answers('/plain/a')).toBe(404);
        expect(own.unusedRules()[0]).toHaveProperty('note', "the requests that came were of { bucket: 'plain' }");
        expect(await answers('/vault/report.pdf')).toBe(503);
        outage.end();
        expect(await answers('/vault/report.pdf')).toBe(200);
        expect(outage.used).toBe(1);
      };
    });
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

it('a rule also affects the requests of other processes', async () => {
  await s3.stop();
  s3 = start({ ...options, hosts: { only: [] } });
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
  function step(name: string, ...given: unknown[]) {
    return () => rule()[name]?.(...given);
  }

  it.each<[what: string, call: () => unknown, message: string]>([
    ['operation', () => on('PutObjct'), "S3, STS and S3 Control have no operation 'PutObjct'. Did you mean PutObject"],
    [
      'input',
      () => on('PutObject', 'vault'),
      "on('PutObject'): invalid input 'vault'; expected an object such as { Bucket: 'vault' }, an asymmetric matcher, or undefined",
    ],
    ['code', step('fail', 'SlowDwn'), "fail: 'SlowDwn' is not an error code of S3. Did you mean SlowDown?"],
    [
      'number',
      step('fail', 503),
      "fail: 503 is not an error code of S3. Give a code such as 'SlowDown', whose status is 503, or { code, status, message } for an error of your own.",
    ],
    [
      'number as a text',
      step('fail', '404'),
      "fail: '404' is not an error code of S3. Give a code such as 'NoSuchKey', whose status is 404",
    ],
    [
      'the error of a lost connection',
      step('fail', 'ECONNRESET'),
      "It is the error of a lost connection: disconnect({ when: 'before' }) causes it.",
    ],
    [
      'the error of a time-out',
      step('fail', 'TimeoutError'),
      'The client throws it by itself if no answer comes in time: delay({ milliseconds: 60_000 }) makes it wait.',
    ],
    ['a code of another service', step('fail', 'ThrottlingException'), "S3's code is 'SlowDown'."],
    [
      'a code of another service, of STS',
      () => on('AssumeRole').fail('TooManyRequests' as never),
      "fail: 'TooManyRequests' is not an error code of STS. Give a code such as 'Throttling', or { code, status, message }",
    ],
    [
      'the error of a time-out, of STS',
      () => on('AssumeRole').fail('TimeoutError' as never),
      'is not an error code of STS. The client throws it by itself if no answer comes in time',
    ],
    [
      "an SDK's name for a 404",
      step('fail', 'NotFound'),
      "SDKs use this name for a 404 of a HEAD request, whose answer has no code: give 'NoSuchKey' or 'NoSuchBucket'.",
    ],
    ...['Forbidden', 'Unauthorized'].map((name): [string, () => unknown, string] => [
      "an SDK's name for a 403",
      step('fail', name),
      `fail: '${name}' is not an error code of S3. SDKs use this name for a 403 of a HEAD request, whose answer has no code: give 'AccessDenied'.`,
    ]),
    [
      'the error of a client',
      step('fail', Object.assign(new Error('Not there'), { Code: 'NoSuchKey' })),
      "The client makes its error from the answer: give the code, 'NoSuchKey'.",
    ],
    [
      'an error without a code',
      step('fail', new Error('Not there')),
      'The client makes its error from the answer: give the code of S3, or { code, status, message }.',
    ],
    ['own code', step('fail', 'S3MockReset'), "fail: 'S3MockReset' is not an error code of S3."],
    [
      'option',
      step('fail', 'SlowDown', { time: 2 }),
      "fail: there is no option 'time'. Did you mean times? The options are: times,",
    ],
    [
      'times',
      step('fail', 'SlowDown', { times: 0 }),
      'fail: invalid times 0; expected a whole number from 1 on, or undefined for all',
    ],
    [
      'a part of a request',
      step('fail', 'SlowDown', { times: 1.5 }),
      'fail: invalid times 1.5; expected a whole number',
    ],
    [
      'probability',
      step('fail', 'SlowDown', { probability: 30 }),
      'fail: invalid probability 30; expected a number above 0 and up to 1',
    ],
    ['probability as a text', step('fail', 'SlowDown', { probability: '0.5' }), "fail: invalid probability '0.5'"],
    [
      'retryAfter',
      step('fail', 'SlowDown', { retryAfter: 'soon' }),
      "fail: invalid retryAfter 'soon'; expected whole seconds, such as 2, or undefined",
    ],
    [
      'milliseconds',
      step('delay', { milliseconds: -1 }),
      'delay: invalid milliseconds -1; expected a number from 0 to 2147483647',
    ],
    ['milliseconds as a text', step('delay', { milliseconds: '20' }), "delay: invalid milliseconds '20'"],
    ['too many milliseconds', step('delay', { milliseconds: 2 ** 31 }), 'delay: invalid milliseconds 2147483648'],
    ['no options', step('delay', 20), 'delay: 20 is not an object of options. The options are: milliseconds, times.'],
    [
      'when',
      step('disconnect', { when: 'now' }),
      "disconnect: invalid when 'now'; expected 'before' or 'during' or 'after'",
    ],
    ['how', step('corrupt', { how: 'eat' }), "corrupt: invalid how 'eat'; expected 'truncate' or 'alter'"],
    [
      'after',
      () => on('GetObject')['stall']?.({ after: 0.5 }),
      'stall: invalid after 0.5; expected a whole number of bytes from 0 on, or undefined for the head alone',
    ],
    ['after', () => on('GetObject')['stall']?.({ after: 2 ** 53 }), 'stall: invalid after 9007199254740992; expected'],
    ['status', step('reply', { status: 99 }), 'reply: invalid status 99; expected a whole number from 200 to 599'],
    [
      'headers',
      step('reply', { status: 200, headers: { a: 'ü\n' } }),
      "reply: invalid header { a: 'ü\\n' }; expected a name and a text that HTTP can carry",
    ],
    [
      'no headers',
      step('reply', { status: 200, headers: 'a: b' }),
      "reply: invalid headers 'a: b'; expected an object of header names and texts",
    ],
    [
      'name of a header',
      step('reply', { status: 200, headers: { 'a b': 'c' } }),
      "reply: invalid header { 'a b': 'c' }",
    ],
    ['number in a header', step('reply', { status: 200, headers: { a: 7 } }), 'reply: invalid header { a: 7 }'],
    [
      'a misspelt member of a reply',
      step('reply', { status: 200, boddy: '' }),
      "reply: there is no option 'boddy'. Did you mean body?",
    ],
    ['times of a reply', step('reply', { status: 200 }, { times: 0 }), 'reply: invalid times 0; expected'],
    [
      'entries in a list of lists',
      () => on('DeleteObjects').failEntries([[]] as never, 'InternalError'),
      'failEntries: invalid entries [[]]; expected an object such as',
    ],
    [
      'body',
      step('reply', { status: 200, body: {} }),
      'reply: invalid body {}; expected a string or bytes, or undefined',
    ],
    [
      'a given code',
      step('fail', { code: 'No code', status: 400, message: '' }),
      "fail: invalid code 'No code'; expected letters, digits, dots, hyphens and underscores, such as 'SlowDown'",
    ],
    [
      'a given status',
      step('fail', { code: 'A', status: 200, message: '' }),
      'fail: invalid status 200; expected a whole number from 300 to 599',
    ],
    ...[299, 404.5, 600].map((status): [string, () => unknown, string] => [
      'a given status',
      step('fail', { code: 'A', status, message: '' }),
      `fail: invalid status ${status}; expected a whole number from 300 to 599`,
    ]),
    ['a given text', step('fail', { code: 'A', status: 400 }), 'fail: invalid message undefined; expected a text'],
    [
      'a misspelt member',
      step('fail', { code: 'A', status: 400, mesage: 'a' }),
      "fail: there is no option 'mesage'. Did you mean message?",
    ],
    ['no error', step('fail', undefined), 'fail: undefined is not an error code of S3. Give a code'],
    [
      'a step after one that applies to all requests',
      () => on('PutObject').fail('SlowDown').delay({ milliseconds: 1 }),
      "on('PutObject'): delay follows fail, which applies to all requests. Give the earlier step { times }.",
    ],
  ])('%s', (_what, call, message) => {
    const error = thrownBy(call);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
  });

  it.each<[what: string, call: () => unknown]>([
    ['an unlimited number of times', step('fail', 'SlowDown', { times: Number.POSITIVE_INFINITY })],
    ['the longest delay', step('delay', { milliseconds: 2 ** 31 - 1 })],
    ['the lowest status of an error', step('fail', { code: 'A', status: 300, message: '' })],
    ['the highest status of an error', step('fail', { code: 'A', status: 599, message: '' })],
    ['a matcher of entries', () => on('DeleteObjects').failEntries(expect.anything() as never, 'InternalError')],
  ])('but not %s', (_what, call) => {
    expect(call).not.toThrow();
  });

  it('that does not compile', () => {
    const wrong = () => {
      // @ts-expect-error no such operation
      s3.on('PutObjct');
      // @ts-expect-error the input has no such member
      s3.on('PutObject', { Bukkit: 'vault' });
      // @ts-expect-error another moment
      s3.on('PutObject').disconnect({ when: 'now' });
      // @ts-expect-error no such option
      s3.on('PutObject').fail('SlowDown', { time: 2 });
      // @ts-expect-error a misspelt code
      s3.on('PutObject').fail('SlwDown');
      // @ts-expect-error an error without a text
      s3.on('PutObject').fail({ code: 'Teapot', status: 418 });
    };
    expect(wrong).toThrow(TypeError);
  });
});
