import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src/index';
import { get, head } from '../support/objects';

let s3: MockS3;
afterEach(async () => {
  jest.useRealTimers();
  await s3.stop();
});

const buckets = {
  logs: {
    objects: { k: 'data' },
    lifecycle: { Rules: [{ ID: 'x', Status: 'Enabled' as const, Filter: {}, Expiration: { Days: 1 } }] },
  },
};
const gone = () => s3.bucket('logs').versions().length === 0;

/** Starts a mock whose clock runs with the process's time, which is faked. */
function start(): void {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
  jest.setSystemTime(new Date('2026-01-15T10:30:00Z'));
  s3 = mockS3({ buckets });
}
const passMidnights = () => jest.setSystemTime(new Date('2026-01-17T00:00:00Z'));

describe('a due lifecycle action is applied', () => {
  it('at once when the clock is advanced', () => {
    s3 = mockS3({ now: '2026-01-15T10:30:00Z', buckets });
    const { requests } = s3;
    s3.clock.advance({ days: 1 });
    expect(requests.serviceActions).toEqual([]);
    s3.clock.advance({ days: 1 });
    expect(requests.serviceActions).toMatchObject([{ key: 'k', at: new Date('2026-01-17') }]);
  });

  it('at once when the clock is set ahead', () => {
    s3 = mockS3({ now: '2026-01-15T10:30:00Z', buckets });
    const { requests } = s3;
    s3.clock.set('2026-01-16T23:59:59.999Z');
    expect(requests.serviceActions).toHaveLength(0);
    s3.clock.set('2026-01-17T00:00:00Z');
    expect(requests.serviceActions).toHaveLength(1);
  });

  it('before the next request, whatever moved the time', async () => {
    start();
    expect((await head('/logs/k')).status).toBe(200);
    passMidnights();
    expect((await get('/logs/k')).status).toBe(404);
    expect(String(s3.requests)).toMatch(/HeadObject.*\n.*S3\.EXPIRE\.OBJECT {2}logs\/k.*\n.*GetObject/);
  });

  it('before a request that was delayed, if the time moved while it waited', async () => {
    start();
    const passing = {
      $$typeof: Symbol.for('jest.asymmetricMatcher'),
      asymmetricMatch(): boolean {
        passMidnights();
        return true;
      },
    };
    s3.on('GetObject', { Key: passing } as object).delay({ milliseconds: 1 });
    expect((await get('/logs/k')).status).toBe(404);
  });

  it.each<[string, () => unknown]>([
    ['a look into a bucket', () => s3.bucket('logs').versions()],
    ['a look at the requests', () => s3.requests],
    ['a plan', () => s3.lifecycle.plan()],
    ['a snapshot', () => s3.snapshot()],
    ['toJSON', () => s3.toJSON()],
  ])('before %s', (_what, look) => {
    start();
    const { requests } = s3;
    passMidnights();
    expect(requests.serviceActions).toHaveLength(0);
    look();
    expect(requests.serviceActions).toHaveLength(1);
    expect(gone()).toBe(true);
  });

  it('once', () => {
    start();
    passMidnights();
    expect({ atOnce: gone(), onAsking: gone() }).toEqual({ atOnce: true, onAsking: true });
    expect(s3.requests.serviceActions).toHaveLength(1);
  });
});

describe('a reset or a restore', () => {
  it('brings back the objects that lifecycle removed, and the earlier time', () => {
    s3 = mockS3({ now: '2026-01-15T10:30:00Z', buckets });
    const before = s3.snapshot();
    s3.clock.advance({ days: 5 });
    s3.restore(before);
    expect({ gone: gone(), now: s3.clock.now() }).toEqual({ gone: false, now: new Date('2026-01-15T10:30:00Z') });
    s3.clock.advance({ days: 5 });
    expect({ gone: gone(), serviceActions: s3.requests.serviceActions.length }).toEqual({
      gone: true,
      serviceActions: 2,
    });
    s3.reset();
    expect({ gone: gone(), serviceActions: s3.requests.serviceActions.length }).toEqual({
      gone: false,
      serviceActions: 0,
    });
    s3.clock.advance({ days: 5 });
    expect(gone()).toBe(true);
  });

  it("applies at once the actions that became due with the process's time", () => {
    start();
    const before = s3.snapshot();
    passMidnights();
    expect(gone()).toBe(true);
    s3.restore(before);
    expect({ gone: gone(), serviceActions: s3.requests.serviceActions.length }).toEqual({
      gone: true,
      serviceActions: 2,
    });
  });
});
