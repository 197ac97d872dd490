import { describe, expect, it } from '@jest/globals';
import { hour, minute } from '../../../src/formats/durations';
import { isFrom, listFailures, nextCycle, taskAfterFailure } from '../../../src/model/replication/failures';
import type { ReplicationFailure } from '../../../src/model/replication/replication-reasons';
import type { ReplicationTask } from '../../../src/model/replication/replication-task';
import { ruleTo } from '../../support/cos-replication';

const begun = Date.UTC(2026, 2, 1, 12);
const task: ReplicationTask = {
  id: 'replica object 1 a',
  key: 'a',
  sequence: 1,
  versionId: '1',
  part: 'object',
  rule: 'all',
  destination: 'replica',
  operation: 'PutObject',
  begun,
  at: begun,
  size: 1,
  etag: 'e',
};
const cos = ruleTo('replica');
const aws = { ...cos, Destination: { Bucket: 'arn:aws:s3:::replica' } };
const failing = (reason: ReplicationFailure['reason']) => ({ reason, why: 'for a test' });

/** The times at which a task is tried that always fails for one reason, and how it is listed each time. */
function attempts(rule: typeof cos | undefined, reason: ReplicationFailure['reason'], most = 50) {
  const tried: { readonly at: string; readonly isListed: boolean; readonly isGivenUp: boolean }[] = [];
  let next: ReplicationTask | undefined = task;
  while (next !== undefined && !next.isGivenUp && tried.length < most) {
    const { at } = next;
    next = taskAfterFailure(next, rule, failing(reason), at);
    const isListed = next?.failed?.isDaily === true;
    tried.push({ at: new Date(at).toISOString(), isListed, isGivenUp: next?.isGivenUp === true });
  }
  return { tried, isOver: next === undefined };
}

// F861
describe('IBM COS tries again', () => {
  it('three times within hours after trouble that passes, and then once a day', () => {
    const { tried } = attempts(cos, 'InternalError', 6);
    expect(tried).toEqual([
      { at: '2026-03-01T12:00:00.000Z', isListed: false, isGivenUp: false },
      { at: '2026-03-01T13:00:00.000Z', isListed: false, isGivenUp: false },
      { at: '2026-03-01T14:00:00.000Z', isListed: false, isGivenUp: false },
      { at: '2026-03-01T15:00:00.000Z', isListed: true, isGivenUp: false },
      { at: '2026-03-02T00:00:00.000Z', isListed: true, isGivenUp: false },
      { at: '2026-03-03T00:00:00.000Z', isListed: true, isGivenUp: false },
    ]);
  });

  it('once a day after what does not pass by itself, until 30 days are over', () => {
    const { tried, isOver } = attempts(cos, 'DstBucketUnversioned');
    expect({ count: tried.length, isOver, first: tried[0], second: tried[1], last: tried.at(-1) }).toEqual({
      count: 31,
      isOver: false,
      first: { at: '2026-03-01T12:00:00.000Z', isListed: true, isGivenUp: false },
      second: { at: '2026-03-02T00:00:00.000Z', isListed: true, isGivenUp: false },
      last: { at: '2026-03-31T00:00:00.000Z', isListed: true, isGivenUp: true },
    });
  });

  it('on the thirtieth day too if the request came at midnight', () => {
    const ofMidnight = { ...task, begun: nextCycle(begun), at: nextCycle(begun) };
    const thirtieth = nextCycle(begun) + 29 * 24 * hour;
    const again = taskAfterFailure(ofMidnight, cos, failing('DstBucketUnversioned'), thirtieth);
    expect({ at: again?.at, isGivenUp: again?.isGivenUp }).toEqual({ at: thirtieth + 24 * hour, isGivenUp: undefined });
  });

  it('once a day what it tries once a day, though the next trouble passes', () => {
    const first = taskAfterFailure(task, cos, failing('DstBucketNotFound'), begun) ?? task;
    const second = taskAfterFailure(first, cos, failing('InternalError'), first.at);
    expect({ at: second?.at, failed: second?.failed }).toEqual({
      at: Date.UTC(2026, 2, 3),
      failed: { last: Date.UTC(2026, 2, 2), count: 2, reason: 'InternalError', isDaily: true },
    });
  });

  it.each([
    ['rule is gone', undefined, 'DstBucketUnversioned'],
    ['rule goes to another bucket now', cos, 'SrcBucketReplicationConfigMissing'],
  ] as const)('never if the %s', (_what, rule, reason) => {
    expect(taskAfterFailure(task, rule, failing(reason), begun)).toBeUndefined();
  });

  it('at the next midnight UTC, at midnight at the one after it', () => {
    const midnight = Date.UTC(2026, 2, 2);
    expect([midnight - 1, midnight].map(nextCycle)).toEqual([midnight, midnight + 24 * hour]);
  });
});

// F860
describe('Amazon S3 tries again', () => {
  it('a minute after trouble that passes', () => {
    const again = taskAfterFailure(task, aws, failing('SlowDown'), begun);
    const failed = { last: begun, count: 1, reason: 'SlowDown', isDaily: false };
    expect(again).toEqual({ ...task, failed, at: begun + minute });
  });

  // A test may let a month go by while the trouble lasts, and it waits for all attempts.
  it('each minute for an hour, and then each hour, as often as it takes', () => {
    const { tried, isOver } = attempts(aws, 'SlowDown', 800);
    const timeOf = (number: number) => tried[number]?.at;
    expect({ isOver, minute: timeOf(1), hour: timeOf(60), next: timeOf(61), month: timeOf(60 + 29 * 24) }).toEqual({
      isOver: false,
      minute: '2026-03-01T12:01:00.000Z',
      hour: '2026-03-01T13:00:00.000Z',
      next: '2026-03-01T14:00:00.000Z',
      month: '2026-03-30T13:00:00.000Z',
    });
  });

  it('nothing that does not pass', () => {
    expect(taskAfterFailure(task, aws, failing('DstBucketUnversioned'), begun)).toBeUndefined();
  });
});

// F865
describe('the list of failures', () => {
  it('has what is tried once a day, the newest first, by the number of the write and by the id', () => {
    const listed = (id: string, at: number, sequence: number, isDaily = true): ReplicationTask => ({
      ...task,
      id,
      begun: at,
      sequence,
      failed: { last: at, count: 1, reason: 'InternalError', isDaily },
    });
    const ordered = [listed('c', 2, 1), listed('a', 1, 2), listed('b', 1, 2), listed('0', 1, 1)];
    const strange = [task, listed('e', 3, 3, false)];
    for (const tasks of [ordered, ordered.toReversed()]) {
      const replications = new Map([...strange, ...tasks].map((one) => [one.id, one]));
      expect(listFailures({ replications } as never).map(({ id }) => id)).toEqual(['c', 'a', 'b', '0']);
    }
    const [, place] = ordered;
    expect(ordered.map((one) => place && isFrom(one, place))).toEqual([false, true, true, true]);
  });
});
