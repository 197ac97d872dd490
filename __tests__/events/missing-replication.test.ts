import { describe, expect, it } from '@jest/globals';
import { whyNoOutcome, whyNoReplica } from '../../src/events/absence';
import { minute } from '../../src/formats/durations';
import type { Bucket } from '../../src/model/bucket';
import { settle } from '../../src/model/schedule/settle';
import { journalOf } from '../journal/entries';
import { EventScene, put } from '../support/event-scene';

const destination = {
  Bucket: 'arn:aws:s3:::replica',
  ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
  Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
} as const;

function pendingScene() {
  const rule = {
    ID: 'all',
    Status: 'Enabled',
    Priority: 1,
    Filter: { Prefix: '' },
    DeleteMarkerReplication: { Status: 'Disabled' },
    Destination: destination,
  } as const;
  const scene = new EventScene({
    replica: { versioning: 'Enabled' },
    vault: {
      versioning: 'Enabled',
      replication: { Role: 'arn:aws:iam::000000000000:role/replication', Rules: [rule] },
    },
  });
  Object.assign(scene.store, { replicationDelay: 20 * minute });
  scene.ask(put('/vault/a.txt', 'x'));
  return scene;
}

function bucketOf({ store }: EventScene, name: string): Bucket {
  const bucket = store.buckets.get(name);
  if (bucket === undefined) throw new Error(`there is no bucket ${name}`);
  return bucket;
}

describe('a replication that is not due by the clock', () => {
  const waits =
    "The copy of object vault/a.txt to 'replica' waits for the mock's clock: S3 makes it at 2026-03-31T07:55:05.000Z, after s3.clock.advance({ minutes: 20 })";

  it('is why its source has not reported it, with the time at which it is late', () => {
    const scene = pendingScene();
    const missed = { names: ['Replication:OperationMissedThreshold'], key: 'a.txt' } as const;
    expect(whyNoOutcome(journalOf([]), scene.store, bucketOf(scene, 'vault'), missed)).toEqual([
      `${waits}; it is late at 2026-03-31T07:50:05.000Z.`,
    ]);
  });

  it('is why its destination has no replica', () => {
    const scene = pendingScene();
    expect(whyNoReplica(journalOf([]), scene.store, bucketOf(scene, 'replica'), { key: 'a.txt' })).toEqual([
      `${waits}.`,
    ]);
  });

  it.each([
    ['another key', 'b.txt', 0],
    ['a copy that was made', 'a.txt', 20],
  ])('does not explain %s', (_what, key, minutes) => {
    const scene = pendingScene();
    scene.store.clock.advance({ minutes });
    settle(scene.store);
    expect(whyNoReplica(journalOf([]), scene.store, bucketOf(scene, 'replica'), { key })).toEqual([]);
  });
});
