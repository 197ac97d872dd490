import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, S3MockError } from '../../src/index';
import { textsOf } from '../support/documents';
import { deleteMany, get, put } from '../support/objects';
import { startedMocks } from '../support/started-mocks';
import { options, puts, runTests, statuses } from './failing-calls';

const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start(options);
});

describe('used of a rule', () => {
  it('counts the requests that it affected, not those that only match', async () => {
    const rule = s3.on('PutObject', { Key: 'a' }).fail('SlowDown', { times: 2 });
    expect(rule.used).toBe(0);
    await put('/vault/b');
    expect(rule.used).toBe(0);
    await statuses(puts(5));
    expect(rule.used).toBe(2);
  });

  it('is 0 again after a reset, for a rule that was made outside of tests', async () => {
    await s3.stop();
    await runTests(options, (own) => {
      const rule = own.on('PutObject').fail('SlowDown', { times: 1 });
      return async () => {
        expect({ used: rule.used, unusedRules: own.unusedRules().length }).toEqual({ used: 0, unusedRules: 1 });
        expect(await statuses(puts(2))).toEqual([503, 200]);
        expect({ used: rule.used, unusedRules: own.unusedRules().length }).toEqual({ used: 1, unusedRules: 0 });
      };
    });
  });
});

describe('a rule about entries that was made outside of tests', () => {
  it('begins again before each test', async () => {
    await s3.stop();
    const failed = async () => textsOf('Code', await deleteMany('vault', '<Object><Key>report.pdf</Key></Object>'));
    await runTests(options, (own) => {
      const rule = own.on('DeleteObjects').failEntries({ Key: 'report.pdf' }, 'InternalError', { times: 1 });
      return async () => {
        expect({ used: rule.used, unused: own.unusedRules().length }).toEqual({ used: 0, unused: 1 });
        expect({ first: await failed(), second: await failed() }).toEqual({ first: ['InternalError'], second: [] });
        expect({ used: rule.used, unused: own.unusedRules().length }).toEqual({ used: 1, unused: 0 });
      };
    });
  });
});

it('requests of a rule are those that it affected, as long as the journal has them', async () => {
  await s3.stop();
  s3 = start({ ...options, journal: { limit: 2 } });
  const rule = s3.on('PutObject').fail('SlowDown', { times: 3 });
  await statuses(puts(3));
  expect(rule.requests).toEqual([...s3.requests]);
  await get('/vault/report.pdf');
  expect(rule.requests).toEqual([s3.requests.at(0)]);
});

describe('remove of a rule', () => {
  it('ends it, whatever steps are left, and may be called again', async () => {
    const rule = s3.on('PutObject').fail('SlowDown');
    expect(await statuses(puts(1))).toEqual([503]);
    rule.remove();
    rule.remove();
    expect(await statuses(puts(1))).toEqual([200]);
    expect(rule.used).toBe(1);
    expect(s3.unusedRules()).toEqual([]);
  });

  it('leaves the other rules of the operation', async () => {
    s3.on('PutObject').fail('InternalError');
    const later = s3.on('PutObject').fail('SlowDown');
    later.remove();
    expect(await statuses(puts(1))).toEqual([500]);
  });

  it('makes a further step throw', () => {
    const rule = s3.on('PutObject').fail('SlowDown', { times: 1 });
    rule.remove();
    expect(() => rule.fail('SlowDown')).toThrow(S3MockError);
    expect(() => rule.fail('SlowDown')).toThrow(
      "this rule for PutObject was removed by its remove(). Create another with s3.on('PutObject').",
    );
  });

  it('holds for the test in which it was called, if the rule was made outside of tests', async () => {
    await s3.stop();
    await runTests(options, (own) => {
      const rule = own.on('PutObject').fail('SlowDown');
      return async (test) => {
        if (test === 'first') rule.remove();
        expect(await statuses(puts(1))).toEqual([test === 'first' ? 200 : 503]);
      };
    });
  });
});

describe('unusedRules', () => {
  it('lists the rules that no request has met, in the order in which they were made', async () => {
    s3.on('PutObject').fail('SlowDown', { times: 1 });
    s3.on('GetObject', { Key: 'reprot.pdf' }).fail('SlowDown');
    s3.on('DeleteObject').fail('SlowDown');
    await put('/vault/a');
    await get('/vault/report.pdf');
    expect(s3.unusedRules()).toEqual([
      {
        operation: 'GetObject',
        input: { Key: 'reprot.pdf' },
        text: "on('GetObject', { Key: 'reprot.pdf' }).fail('SlowDown')",
      },
      { operation: 'DeleteObject', input: undefined, text: "on('DeleteObject').fail('SlowDown')" },
    ]);
    s3.reset();
    expect(s3.unusedRules()).toEqual([]);
  });

  it('does not list a rule that chance spared', async () => {
    const rule = s3.on('PutObject').fail('SlowDown', { probability: 1e-9 });
    await put('/vault/a');
    expect({ used: rule.used, unusedRules: s3.unusedRules() }).toEqual({ used: 0, unusedRules: [] });
  });
});

describe('a printed rule', () => {
  it('is the rule as it was written, and how often it was used', async () => {
    const rule = s3
      .on('PutObject', { Bucket: 'vault', Key: expect.stringMatching(/^a/) as never })
      .fail('SlowDown', { times: 1, retryAfter: 2, probability: 1 })
      .fail({ code: 'Teapot', status: 418, message: 'Short' }, { times: 1 })
      .delay({ milliseconds: 0, times: 1 })
      .disconnect({ when: 'after', times: 1 })
      .corrupt({ how: 'truncate', times: 1 })
      .reply({ status: 204 }, { times: 1 })
      .reply({ status: 502, headers: { 'X-From': 'proxy' }, body: 'bad' });
    await put('/vault/a');
    const text =
      "on('PutObject', { Bucket: 'vault', Key: StringMatching /^a/ }).fail('SlowDown', { retryAfter: 2, times: 1 }).fail({ code: 'Teapot', status: 418, message: 'Short' }, { times: 1 }).delay({ milliseconds: 0, times: 1 }).disconnect({ when: 'after', times: 1 }).corrupt({ how: 'truncate', times: 1 }).reply({ status: 204 }, { times: 1 }).reply({ status: 502, headers: { 'X-From': 'proxy' }, body: 'bad' })";
    expect(inspect(rule)).toBe(`${text}: used for 1 request`);
    expect(String(rule)).toBe(inspect(rule));
    s3.reset();
    expect(inspect(rule)).toBe(`${text}: used for 1 request; removed when the mock was reset`);
  });
});
