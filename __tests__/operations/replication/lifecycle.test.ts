import { expect, it } from '@jest/globals';
import { hour } from '../../../src/formats/durations';
import { settle } from '../../../src/model/schedule/settle';
import type { StoreOptions } from '../../../src/model/store';
import { versionIdOf } from '../../../src/model/versions/version-lookup';
import { findEnds, makeBucketAt, planLifecycle } from '../../../src/preset/plans';
import { AnsweredStore } from '../../support/answered-store';

const toReplica = {
  Destination: { Bucket: 'arn:aws:s3:::replica' },
  Status: 'Enabled',
  Prefix: '',
  ID: 'all',
} as const;
const afterDays = (Days: number) =>
  ({ Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, Expiration: { Days } }] }) as const;

/** Two buckets whose versions expire, the copies 30 hours after they were written: on 1 April at 13:35. */
class Scene extends AnsweredStore {
  constructor(options: Partial<StoreOptions> = {}) {
    super(
      {
        replica: { versioning: 'Enabled', lifecycle: afterDays(3) },
        vault: {
          versioning: 'Enabled',
          lifecycle: afterDays(1),
          replication: { Role: 'arn:aws:iam::000000000000:role/replication', Rules: [toReplica] },
        },
      },
      { replicationDelay: 30 * hour, ...options },
    );
    this.ask({ method: 'PUT', path: '/vault/report.pdf', body: 'report' });
  }

  bucket(name: string) {
    const bucket = this.store.buckets.get(name);
    if (bucket === undefined) throw new Error(`no bucket ${name}`);
    return bucket;
  }

  plan() {
    return planLifecycle(this.store).map(({ bucket, key, action, at }) => `${at.toJSON()} ${action} ${bucket} ${key}`);
  }

  advance(days: number) {
    this.store.clock.advance({ days });
    return settle(this.store).flatMap(({ at, action, bucket, key }) =>
      action === 'replicate' ? [] : [`${new Date(at).toJSON()} ${action} ${bucket} ${key}`],
    );
  }
}

// Without replication the version would expire on 2 April; it is copied at 13:35 of that day.
const planned = [
  '2026-04-02T00:00:00.000Z expire vault report.pdf',
  '2026-04-04T00:00:00.000Z expire replica report.pdf',
];

// F872
it('a plan of lifecycle shows what will be done once versions were copied, also to their replicas', () => {
  const scene = new Scene();
  expect(scene.plan()).toEqual(planned);
  expect(scene.advance(30)).toEqual(planned);
});

it('a plan of lifecycle waits for copies that come after the day of a rule', () => {
  const scene = new Scene({ replicationDelay: 50 * hour });
  const waiting = ['2026-04-03T00:00:00.000Z expire vault report.pdf', planned[1] ?? ''];
  expect(scene.plan()).toEqual(waiting);
  expect(scene.advance(30)).toEqual(waiting);
});

it('a plan of lifecycle leaves out versions that cannot be copied', () => {
  const scene = new Scene();
  scene.store.deleteBucket('replica');
  expect({ plan: scene.plan(), done: scene.advance(30) }).toEqual({ plan: [], done: [] });
});

it('a bucket at a later moment has the replicas that will be there', () => {
  const scene = new Scene();
  const { store } = scene;
  const start = store.clock.now();
  const keysAfter = (hours: number) => makeBucketAt(store, scene.bucket('replica'), start + hours * hour).versions.size;
  expect({ before: keysAfter(29), after: keysAfter(30), now: scene.bucket('replica').versions.size }).toEqual({
    before: 0,
    after: 1,
    now: 0,
  });
});

it('the end of a version is that of its own bucket, not that of its copy elsewhere', () => {
  const scene = new Scene();
  const version = scene.bucket('vault').versions.current('report.pdf');
  const id = version === undefined ? '' : versionIdOf(scene.store, version);
  const endIn = (name: string) => findEnds(scene.store, scene.bucket(name))('report.pdf', id);
  expect({ vault: endIn('vault'), replica: endIn('replica') }).toEqual({
    vault: 'expires on 2026-04-02',
    replica: 'expires on 2026-04-04',
  });
});

it('a plan changes nothing, takes no id, and asks no test whether a copy fails', () => {
  const asked: string[] = [];
  const scene = new Scene({ failureOfReplication: (_, { key }) => void asked.push(key) });
  const picture = () => ({ ...scene.picture(), ids: scene.store.ids.state, sequence: scene.store.sequence });
  const before = picture();
  scene.plan();
  makeBucketAt(scene.store, scene.bucket('replica'), scene.store.clock.now() + 31 * hour);
  expect({ picture: picture(), asked }).toEqual({ picture: before, asked: [] });
});
