import { inspect } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import type { MockS3 } from '../../src/index';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();
const mock = () => start({ buckets: { vault: {} } });

describe('a method of the mock without the mock', () => {
  it('works as it does with it', async () => {
    const { reset, bucket, on, createBucket, snapshot, restore, stop, fork } = mock();
    const before = snapshot();
    createBucket('scratch').put('a', '1');
    on('PutObject').fail('SlowDown');
    expect(bucket('scratch').keys).toEqual(['a']);
    restore(before);
    expect(() => bucket('scratch')).toThrow("there is no bucket 'scratch'");
    await fork(async ({ createBucket: inWorld, buckets }) => {
      inWorld('third');
      expect(buckets.map(({ name }) => name)).toEqual(['vault']);
    });
    reset();
    await stop();
  });

  it('works for requests, events, rules and ports', async () => {
    const s3 = mock();
    const { clear } = s3.requests;
    await send({ host: 'vault.s3.amazonaws.com', path: '/' });
    expect(s3.requests).toHaveLength(1);
    clear();
    expect(s3.requests).toHaveLength(0);
    const { settled } = s3.events;
    await settled();
    const { remove } = s3.on('PutObject').fail('SlowDown');
    remove();
    const outage = s3.outage();
    const { end } = outage;
    end();
    const { close } = await s3.listen();
    await close();
    expect(String(outage)).toMatch(/removed by its end\(\)$/);
  });
});

class TestContext {
  readonly name = 'x';
  readonly fullName = 'x';
  readonly signal = new AbortController().signal;
}

const describeOfVitest = { type: 'suite', mode: 'run', tasks: [] };

/** What runners pass to a hook that declares no parameter, or one. */
const contexts = {
  'node:test': [new TestContext()],
  deno: [{ name: 'x', origin: 'file:///a.test.js', step: () => {} }],
  'vitest, of a test': [Object.assign(() => {}, { task: {} })],
  'vitest 3, of a describe': [describeOfVitest],
  'vitest 4, of a describe': [{}, describeOfVitest],
  'mocha and jest': [() => {}],
};

describe('a method that is given to a hook', () => {
  it.each(Object.entries(contexts))('ignores the argument of %s', async (_, context) => {
    const s3 = mock();
    const asHook = (method: (...values: never[]) => unknown) => Reflect.apply(method, undefined, context);
    s3.createBucket('scratch');
    asHook(s3.reset);
    expect(s3.buckets).toHaveLength(1);
    asHook(s3.requests.clear);
    await asHook(s3.events.settled);
    const outage = s3.outage();
    asHook(outage.end);
    asHook(s3.on('PutObject').fail('SlowDown').remove);
    const listener = (await asHook(s3.listen)) as Awaited<ReturnType<MockS3['listen']>>;
    await asHook(listener.close);
    await asHook(s3.stop);
  });

  it('declares no parameter, with which a runner would wait for a call back', () => {
    const s3 = mock();
    const { reset, stop, listen, outage } = s3;
    const methods = [reset, stop, listen, outage, s3.requests.clear, s3.events.settled, s3.outage().end];
    expect(methods.map(({ length }) => length)).toEqual(methods.map(() => 0));
  });

  it('has no parameter in its text, which vitest reads', () => {
    const { reset, stop } = mock();
    for (const method of [reset, stop]) expect(String(method)).toMatch(/^[^(]*\(\)/);
  });

  it('still refuses an argument of the test', () => {
    const { reset } = mock();
    expect(() => Reflect.apply(reset, undefined, [{ buckets: {} }])).toThrow(
      's3: reset: invalid further argument { buckets: {} }; expected no argument',
    );
  });
});

describe('the bound methods', () => {
  it('are neither printed nor listed', () => {
    const s3 = mock();
    const names = ['clock', 'lifecycle', 'replication', 'kmsKeys', 'answers'];
    expect(Object.keys(s3)).toEqual(names);
    expect(inspect(s3)).not.toContain('reset');
    expect(Object.keys(s3.requests)).toEqual([]);
    expect(Object.keys(s3.on('PutObject').fail('SlowDown'))).not.toContain('remove');
  });

  it('can be replaced by a spy, which can be restored', () => {
    const s3 = mock();
    const spy = jest.spyOn(s3, 'bucket');
    expect(s3.bucket('vault').name).toBe('vault');
    expect(spy).toHaveBeenCalledTimes(1);
    spy.mockRestore();
    expect(s3.bucket('vault').name).toBe('vault');
  });
});
