import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, S3MockError } from '../../src/index';
import { passingTroubles, replicationReasons } from '../../src/model/replication/replication-reasons';
import { textOf } from '../house/files';
import { put } from '../support/objects';
import { replicatedPair } from '../support/replicated-pair';
import { startedMocks } from '../support/started-mocks';
import { thrownBy } from '../support/thrown';
import { runTests } from './failing-calls';

const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start(replicatedPair);
});

const outcomes = () =>
  s3.requests.serviceActions.map(({ key, result, reason }) => ({ key, result, ...(reason && { reason }) }));
const bodies = (key: string) => s3.bucket('replica').versions(key).length;
const minute = () => s3.clock.advance({ minutes: 1 });

describe('a failure of replication', () => {
  it("makes a version FAILED for good by a reason of S3, and the journal's why names the rule", async () => {
    s3.on('ReplicateObject').fail('DstBucketNotFound');
    expect((await put('/vault/a')).status).toBe(200);
    s3.clock.advance({ days: 40 });
    expect(s3.requests.serviceActions).toEqual([
      expect.objectContaining({
        action: 'replicate',
        result: 'FAILED',
        reason: 'DstBucketNotFound',
        why: "on purpose, by s3.on('ReplicateObject').fail('DstBucketNotFound')",
      }),
    ]);
    expect(bodies('a')).toBe(0);
  });

  it.each(passingTroubles)('leaves a version PENDING after %s, and S3 copies it a minute later', async (trouble) => {
    s3.on('ReplicateObject').fail(trouble, { times: 1 });
    await put('/vault/a');
    expect(outcomes()).toEqual([{ key: 'a', result: 'PENDING', reason: trouble }]);
    s3.clock.advance({ seconds: 59 });
    expect(bodies('a')).toBe(0);
    s3.clock.advance({ seconds: 1 });
    expect(outcomes().at(-1)).toEqual({ key: 'a', result: 'COMPLETED' });
    expect(bodies('a')).toBe(1);
  });

  it('fails as many attempts as it says, and then S3 copies', async () => {
    const rule = s3.on('ReplicateObject').fail('SlowDown', { times: 2 });
    await put('/vault/a');
    minute();
    minute();
    expect(outcomes().map(({ result }) => result)).toEqual(['PENDING', 'PENDING', 'COMPLETED']);
    expect(rule.used).toBe(2);
  });

  it('may be followed by another one', async () => {
    s3.on('ReplicateObject').fail('SlowDown', { times: 1 }).fail('AssumeRoleNotPermitted');
    await put('/vault/a');
    minute();
    expect(outcomes()).toEqual([
      { key: 'a', result: 'PENDING', reason: 'SlowDown' },
      { key: 'a', result: 'FAILED', reason: 'AssumeRoleNotPermitted' },
    ]);
  });

  it('is drawn from the seed if it has a probability', async () => {
    const failed = async (seed?: string) => {
      await s3.stop();
      s3 = start({ ...replicatedPair, ...(seed && { seed }) });
      s3.on('ReplicateObject').fail('DstVersionNotFound', { probability: 0.5 });
      for (let count = 0; count < 12; count += 1) await put(`/vault/${count}`);
      return outcomes().flatMap(({ key, result }) => (result === 'FAILED' ? [key] : []));
    };
    const first = await failed();
    expect(await failed()).toEqual(first);
    expect(await failed('another')).not.toEqual(first);
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(12);
  });

  it.each([
    { Bucket: 'vault' },
    { Key: 'a' },
    { DestinationBucket: 'replica' },
    { RuleId: 'all' },
    { Part: 'object' },
    { Key: expect.stringMatching(/^a/) as never, VersionId: expect.any(String) as never },
  ] as const)('concerns an attempt that has %j', async (attempt) => {
    s3.on('ReplicateObject', attempt).fail('SrcVersionNotFound');
    await put('/vault/a');
    expect(outcomes()).toEqual([{ key: 'a', result: 'FAILED', reason: 'SrcVersionNotFound' }]);
  });

  it.each([
    { Bucket: 'replica' },
    { Key: 'b' },
    { DestinationBucket: 'vault' },
    { RuleId: 'some' },
    { Part: 'tags' },
    { VersionId: 'null' },
  ] as const)('does not concern an attempt that does not have %j', async (attempt) => {
    const rule = s3.on('ReplicateObject', attempt).fail('SrcVersionNotFound');
    await put('/vault/a');
    expect(outcomes()).toEqual([{ key: 'a', result: 'COMPLETED' }]);
    expect({ used: rule.used, unused: s3.unusedRules().length }).toEqual({ used: 0, unused: 1 });
  });

  it('is decided by the later of two rules, until its steps are used up', async () => {
    s3.on('ReplicateObject').fail('DstBucketNotFound');
    s3.on('ReplicateObject', { Bucket: 'vault' }).fail('DstBucketUnversioned', { times: 1 });
    await put('/vault/a');
    await put('/vault/b');
    expect(outcomes().map(({ reason }) => reason)).toEqual(['DstBucketUnversioned', 'DstBucketNotFound']);
  });

  it('is not used up by a plan, a picture or usage', async () => {
    s3.bucket('vault').lifecycle = {
      Rules: [{ Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
    };
    const rule = s3.on('ReplicateObject').fail('SlowDown', { times: 2 });
    await put('/vault/a');
    s3.lifecycle.plan();
    String(s3.bucket('vault'));
    s3.bucket('vault').usage({ at: '2026-05-01' });
    expect(rule.used).toBe(1);
  });

  it('does not affect requests, as rules about requests do not affect attempts', async () => {
    s3.on('ReplicateObject').fail('InternalError');
    s3.on('PutObject', { Bucket: 'replica' }).fail('InternalError');
    expect((await put('/vault/a')).status).toBe(200);
    expect(outcomes()).toEqual([{ key: 'a', result: 'PENDING', reason: 'InternalError' }]);
    expect(s3.unusedRules().map(({ operation }) => operation)).toEqual(['PutObject']);
  });
});

describe('a rule about replication', () => {
  it('is printed as it was written, and counts attempts', async () => {
    const rule = s3.on('ReplicateObject', { Bucket: 'vault' }).fail('SlowDown', { times: 1, probability: 1 });
    await put('/vault/a');
    const text = "on('ReplicateObject', { Bucket: 'vault' }).fail('SlowDown', { times: 1 })";
    expect(inspect(rule)).toBe(`${text}: used for 1 attempt`);
    s3.reset();
    expect(String(rule)).toBe(`${text}: used for 1 attempt; removed when the mock was reset`);
  });

  it('is among the unused rules until an attempt meets it', async () => {
    s3.on('ReplicateObject', { Bucket: 'vault' }).fail('SlowDown', { times: 1 });
    expect(s3.unusedRules()).toEqual([
      {
        operation: 'ReplicateObject',
        input: { Bucket: 'vault' },
        text: "on('ReplicateObject', { Bucket: 'vault' }).fail('SlowDown', { times: 1 })",
      },
    ]);
    await put('/vault/a');
    expect(s3.unusedRules()).toEqual([]);
  });

  it('is closed, and suggests no name that only the mock uses', () => {
    const rule = s3.on('ReplicateObject');
    expect(() => Object.assign(rule, { usd: 1 })).toThrow(
      "s3.on('ReplicateObject'): there is no member 'usd'. Did you mean used?",
    );
    expect(() => Object.assign(rule, { delai: 1 })).toThrow(
      "there is no member 'delai'. None of its members can be set.",
    );
    expect(() => Object.assign(rule, { used: 1 })).toThrow("s3.on('ReplicateObject'): used cannot be set.");
  });

  it('has counted the attempt that the last request caused, whatever of it is read first', async () => {
    const rule = s3.on('ReplicateObject').fail('SlowDown', { times: 2 });
    await put('/vault/a');
    expect(rule.used).toBe(1);
    await put('/vault/b');
    expect(String(rule)).toContain('used for 2 attempts');
  });

  it('fails no attempt that a request before its step caused', async () => {
    const rule = s3.on('ReplicateObject');
    await put('/vault/a');
    rule.fail('DstBucketNotFound');
    expect(outcomes()).toEqual([{ key: 'a', result: 'COMPLETED' }]);
  });

  it('still fails the attempt that the last request caused if it is removed', async () => {
    const rule = s3.on('ReplicateObject').fail('DstBucketNotFound');
    await put('/vault/a');
    rule.remove();
    expect(outcomes()).toEqual([{ key: 'a', result: 'FAILED', reason: 'DstBucketNotFound' }]);
  });

  it('ends by its remove(), and takes no further step', async () => {
    const rule = s3.on('ReplicateObject').fail('SlowDown', { times: 1 });
    rule.remove();
    await put('/vault/a');
    expect(outcomes()).toEqual([{ key: 'a', result: 'COMPLETED' }]);
    expect(() => rule.fail('SlowDown')).toThrow(S3MockError);
    expect(() => rule.fail('SlowDown')).toThrow('this rule for ReplicateObject was removed by its remove().');
  });

  it('begins again before each test if it was made outside of tests', async () => {
    await s3.stop();
    await runTests(replicatedPair, (own) => {
      s3 = own;
      const rule = s3.on('ReplicateObject').fail('DstBucketNotFound', { times: 1 });
      return async () => {
        expect(rule.used).toBe(0);
        await put('/vault/a');
        await put('/vault/b');
        expect(outcomes().map(({ result }) => result)).toEqual(['FAILED', 'COMPLETED']);
      };
    });
  });
});

describe('a wrong argument is a TypeError', () => {
  const on = (...given: unknown[]) => (s3.on as (...anything: unknown[]) => ReturnType<MockS3['on']>).apply(s3, given);
  const rule = () => on('ReplicateObject') as unknown as Record<string, (...given: unknown[]) => unknown>;
  const ofRequests = 'is a step for requests';
  function step(name: string, ...given: unknown[]) {
    return () => rule()[name]?.(...given);
  }

  it.each<[what: string, call: () => unknown, message: string]>([
    ['a misspelt name', () => on('ReplicateObjct'), "no operation 'ReplicateObjct'. Did you mean ReplicateObject"],
    [
      'a misspelt member',
      () => on('ReplicateObject', { Buket: 'vault' }),
      "s3.on('ReplicateObject'): an attempt has no Buket. Did you mean Bucket? It has: Bucket, Key, VersionId, DestinationBucket, RuleId, Part.",
    ],
    [
      'an input that is a text',
      () => on('ReplicateObject', 'vault'),
      "on('ReplicateObject'): invalid input 'vault'; expected an object",
    ],
    [
      'a function as a value',
      () => on('ReplicateObject', { Key: () => 'a' }),
      "s3.on('ReplicateObject'): an attempt: invalid Key [Function: Key]; expected a value: call the function",
    ],
    [
      'a variable that is not set',
      () => on('ReplicateObject', { Key: undefined }),
      "s3.on('ReplicateObject'): an attempt: invalid Key undefined; expected a value, which each has; leave Key out if any will do",
    ],
    ['a number as a key', () => on('ReplicateObject', { Key: 7 }), 'an attempt: invalid Key 7; expected'],
    [
      'a part that is none',
      () => on('ReplicateObject', { Part: 'tag' }),
      "s3.on('ReplicateObject'): an attempt: invalid Part 'tag'; expected 'object' or 'delete marker' or 'tags'",
    ],
    [
      'the address of a destination',
      () => on('ReplicateObject', { DestinationBucket: 'arn:aws:s3:::replica' }),
      "invalid DestinationBucket 'arn:aws:s3:::replica'; expected the name of a bucket: 'replica'",
    ],
    [
      'a misspelt reason',
      step('fail', 'DstBucketNotFond'),
      "on('ReplicateObject').fail: invalid reason 'DstBucketNotFond'; expected InternalError, ServiceUnavailable, SlowDown, after which S3 tries again, or one of S3's reasons: AssumeRoleNotPermitted, ",
    ],
    ['the nearest reason', step('fail', 'DstBucketNotFond'), '. Did you mean DstBucketNotFound?'],
    [
      'an error of the test',
      step('fail', { code: 'Teapot', status: 418, message: 'Short' }),
      "on('ReplicateObject').fail: invalid reason { code: 'Teapot', status: 418, message: 'Short' }; expected",
    ],
    [
      'a status',
      step('fail', 'InternalError', { status: 200 }),
      "on('ReplicateObject').fail: invalid status 200; expected undefined: nobody gets an answer to an attempt of S3",
    ],
    [
      'a header of an answer',
      step('fail', 'SlowDown', { retryAfter: 2 }),
      "on('ReplicateObject').fail: invalid retryAfter 2; expected undefined: nobody gets an answer",
    ],
    [
      'a misspelt option',
      step('fail', 'SlowDown', { time: 2 }),
      "on('ReplicateObject').fail: there is no option 'time'. Did you mean times?",
    ],
    ['no options', step('fail', 'SlowDown', 2), "on('ReplicateObject').fail: 2 is not an object of options."],
    [
      'a number of times',
      step('fail', 'SlowDown', { times: 0 }),
      'fail: invalid times 0; expected a whole number from 1 on, or undefined for all',
    ],
    ['delay', step('delay', { milliseconds: 1 }), `on('ReplicateObject'): delay ${ofRequests}`],
    [
      'disconnect',
      step('disconnect', { when: 'after' }),
      `disconnect ${ofRequests}; fail('InternalError', { times: 1 }) makes S3 try again a minute later. The step for replication is fail('SlowDown').`,
    ],
    ['corrupt', step('corrupt', { how: 'alter' }), `corrupt ${ofRequests}; S3 checks the bytes`],
    ['stall', step('stall', { after: 1 }), `stall ${ofRequests}; mockS3({ replicationDelay: … })`],
    ['reply', step('reply', { status: 503 }), `reply ${ofRequests}; nobody gets an answer`],
    ['failEntries', step('failEntries', {}, 'SlowDown'), `failEntries ${ofRequests}; an attempt copies`],
    [
      'a step after one for all attempts',
      () => s3.on('ReplicateObject').fail('SlowDown').fail('InternalError'),
      "on('ReplicateObject'): fail follows fail, which applies to all attempts. Give the earlier step { times }.",
    ],
  ])('%s', (_what, call, message) => {
    const error = thrownBy(call);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
  });

  it('and leaves no rule', () => {
    expect(() => on('ReplicateObject', { Buket: 'vault' })).toThrow(TypeError);
    expect(s3.unusedRules()).toEqual([]);
  });

  it('that does not compile', () => {
    const wrong = () => {
      // @ts-expect-error an attempt has no such member
      s3.on('ReplicateObject', { Buket: 'vault' });
      // @ts-expect-error a misspelt reason
      s3.on('ReplicateObject').fail('DstBucketNotFond');
      // @ts-expect-error attempts have no answer
      s3.on('ReplicateObject').fail('SlowDown', { retryAfter: 1 });
      // @ts-expect-error attempts have no connection
      s3.on('ReplicateObject').disconnect({ when: 'after' });
      // @ts-expect-error no such part
      s3.on('ReplicateObject', { Part: 'body' });
      // @ts-expect-error a reason of replication is not an error code
      s3.on('PutObject').fail('DstBucketNotFound');
    };
    expect(wrong).toThrow(TypeError);
  });
});

it('the reference lists every reason of a failure of replication', () => {
  const [, listed = ''] =
    /## Reason of a failure of replication\n(.*?)(?:\n## |$)/s.exec(textOf('docs/reference/failures.md')) ?? [];
  const named = [...listed.matchAll(/`([A-Z]\w+)`/g)].map(([, name]) => name);
  expect(named.filter((name) => name !== 'PENDING' && name !== 'FAILED').toSorted()).toEqual(
    [...passingTroubles, ...replicationReasons].toSorted(),
  );
});
