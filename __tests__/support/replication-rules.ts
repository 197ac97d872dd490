import type { ReplicationRule } from '../../src/model/configurations/replication-rules';
import type { ReplicationState } from '../../src/model/replication/replication-state';
import type { ReplicationTask } from '../../src/model/replication/replication-task';
import type { ServiceAction } from '../../src/model/schedule/service-action';
import { settle } from '../../src/model/schedule/settle';
import type { Version } from '../../src/model/versions/version';
import { findVersion } from '../../src/model/versions/version-lookup';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { AnsweredStore, type DirectCall } from './answered-store';

export const arnOf = (bucket: string) => `arn:aws:s3:::${bucket}`;

export const crnOf = (bucket: string) =>
  `crn:v1:bluemix:public:cloud-object-storage:global:a/9978e0e4:8f3ce3b4-73a2:bucket:${bucket}`;

type Facts = Partial<ReplicationRule> & { readonly to?: string };

export function ruleOf(ID: string, { to = arnOf('replica'), ...more }: Facts = {}): ReplicationRule {
  return {
    ID,
    Priority: 1,
    Filter: {},
    Status: 'Enabled',
    Destination: { Bucket: to },
    DeleteMarkerReplication: { Status: 'Disabled' },
    ...more,
  };
}

export function firstRuleOf(ID: string, Prefix = ''): ReplicationRule {
  return { ID, Prefix, Status: 'Enabled', Destination: { Bucket: arnOf('replica') } };
}

export const configurationOf = (...Rules: readonly ReplicationRule[]) => ({
  Role: 'arn:aws:iam::000000000000:role/replication',
  Rules,
});

export const withMarkers = { DeleteMarkerReplication: { Status: 'Enabled' } } as const;

export const withSync = { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } } as const;

export const copied = (...rules: readonly ReplicationRule[]) =>
  ({
    vault: { versioning: 'Enabled', ...withAcls, replication: configurationOf(...rules) },
    replica: { versioning: 'Enabled', ...withAcls },
  }) as const satisfies Readonly<Record<string, BucketFixture>>;

const withAcls = { ownershipControls: 'ObjectWriter', publicAccessBlock: null } as const;

type TaskFacts = Pick<ReplicationTask, 'key' | 'part' | 'destination' | 'rule'>;

/** A store whose requests are answered at once, and whose copies are made only when a test says so. */
export class ReplicationScene {
  readonly answered: AnsweredStore;

  constructor(buckets: Readonly<Record<string, BucketFixture>>) {
    this.answered = new AnsweredStore(buckets);
  }

  get store() {
    return this.answered.store;
  }

  /** The calls have to succeed; returns the version ids of their answers. */
  ask(...calls: readonly DirectCall[]): readonly string[] {
    return this.answered.idsOf(calls);
  }

  putRules(bucket: string, rules: string): void {
    const body = `<ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/replication</Role>${rules}</ReplicationConfiguration>`;
    this.ask({ method: 'PUT', path: `/${bucket}?replication`, body });
  }

  /** The tasks of a bucket, in the order in which they were caused. */
  waiting(bucket = 'vault'): readonly TaskFacts[] {
    return [...this.bucket(bucket).replications.values()].map(({ key, part, destination, rule }) => ({
      key,
      part,
      destination,
      rule,
    }));
  }

  copy(): readonly ServiceAction[] {
    return settle(this.store);
  }

  version(bucket: string, key: string, id?: string): Version | undefined {
    const place = this.bucket(bucket);
    return id === undefined ? place.versions.current(key) : findVersion(this.store, place, key, id);
  }

  state(bucket: string, key: string, id?: string): ReplicationState | undefined {
    return this.version(bucket, key, id)?.replication;
  }

  bucket(name: string) {
    const bucket = this.store.buckets.get(name);
    if (bucket === undefined) throw new Error(`there is no bucket '${name}'`);
    return bucket;
  }
}

/** A scene in which a version of the key `k`, with a tag, was copied from `vault`, and the id of the version. */
export function copiedScene(buckets: Readonly<Record<string, BucketFixture>>) {
  const scene = new ReplicationScene(buckets);
  const [id = ''] = scene.ask({
    method: 'PUT',
    path: '/vault/k',
    body: 'data',
    headers: { 'x-amz-tagging': 'first=x' },
  });
  scene.copy();
  return { scene, id };
}
