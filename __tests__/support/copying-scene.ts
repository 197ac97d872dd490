import { expect } from '@jest/globals';
import { readTrustPolicy } from '../../src/model/access/trust-policy';
import { readUserPolicy } from '../../src/model/access/user-policy';
import type { Bucket } from '../../src/model/bucket';
import type { Account } from '../../src/model/identity/account';
import { makeRootCaller } from '../../src/model/identity/caller';
import { startReplication } from '../../src/model/replication/queueing';
import type { ServiceAction } from '../../src/model/schedule/service-action';
import { settle } from '../../src/model/schedule/settle';
import { Store } from '../../src/model/store';
import type { Encryption, ObjectPart, Version } from '../../src/model/versions/version';
import { versionIdOf } from '../../src/model/versions/version-lookup';
import { deleteKey, putVersion } from '../../src/model/versions/writes';
import { addBucket, type BucketFixture } from '../../src/preset/bucket-fixture';
import { type RuleParts, ruleToReplica } from './replication';
import { plainContent } from './stacks';

export type Statement = Readonly<Record<string, unknown>>;

export const own = '111111111111';
export const replicator = `arn:aws:iam::${own}:role/replication`;

export const trustsS3: Statement = {
  Effect: 'Allow',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'sts:AssumeRole',
};

interface SceneOptions {
  readonly Role?: string;
  readonly rule?: RuleParts;
  readonly source?: BucketFixture;
  readonly destination?: BucketFixture;
  /** Owns the destination; by default the owner of the source does. */
  readonly partner?: boolean;
}

interface Writing {
  readonly tags?: Version['tags'];
  readonly lock?: Version['lock'];
  readonly encryption?: Encryption;
  readonly parts?: readonly ObjectPart[];
}

/** A bucket `vault` whose rule `all` copies to `replica` a minute after a request. Requests change it past the wire. */
export class CopyingScene {
  readonly store = new Store({
    accountId: own,
    seed: 'copying',
    realNow: () => 0,
    start: Date.UTC(2026, 2, 1, 12),
    replicationDelay: 60_000,
  });
  readonly partner: Account = this.store.addAccount('partner');
  readonly vault: Bucket;
  readonly replica: Bucket;

  constructor({ Role = replicator, rule = {}, source = {}, destination = {}, partner = false }: SceneOptions = {}) {
    const { store } = this;
    startReplication(store);
    const versioned = { versioning: 'Enabled' } as const;
    const owner = partner ? this.partner.id : own;
    this.replica = addBucket(store, 'replica', { ...versioned, owner, ...destination });
    this.vault = addBucket(store, 'vault', { ...versioned, ...source });
    this.configure(rule, Role);
  }

  configure(rule: RuleParts = {}, Role = replicator): void {
    this.vault.change({ replication: { Role, Rules: [ruleToReplica(rule)] } });
  }

  role(
    name: string,
    policy?: readonly Statement[],
    trust?: readonly Statement[],
    boundary?: readonly Statement[],
  ): void {
    const write = (Statement: readonly Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement });
    this.store.defaultAccount.role(name, {
      ...(policy?.length === 0 ? { managedPolicies: [] } : { policy: policy && readUserPolicy(write(policy)) }),
      permissionsBoundary: boundary && readUserPolicy(write(boundary)),
      trust: trust && readTrustPolicy(write(trust), { partition: 'aws', accounts: [] }),
    });
  }

  put({ tags = [], lock, encryption = { ServerSideEncryption: 'AES256' }, parts }: Writing = {}): string {
    const content = plainContent(this.store, Buffer.from('report'), 'STANDARD', encryption);
    const version = this.request('PutObject', () =>
      putVersion(this.store, this.vault, { key: 'report.pdf', content: { ...content, parts }, tags, lock }),
    );
    return versionIdOf(this.store, version);
  }

  delete(): void {
    this.request('DeleteObject', () => deleteKey(this.store, this.vault, 'report.pdf'));
  }

  change(operation: string, parts: Partial<Version>): void {
    this.request(operation, () => this.vault.versions.replace({ ...this.current(), ...parts }));
  }

  current(bucket: Bucket = this.vault): Version {
    const version = bucket.versions.current('report.pdf');
    if (version === undefined) throw new Error(`${bucket.name} has no report.pdf`);
    return version;
  }

  /** Returns what became of the last copy. */
  pass(): Pick<ServiceAction, 'result' | 'reason' | 'why'> | undefined {
    this.store.clock.advance({ minutes: 1 });
    const done = settle(this.store).findLast((one) => one.action === 'replicate');
    return done && { result: done.result, reason: done.reason, why: done.why };
  }

  copy(writing?: Writing): ReturnType<CopyingScene['pass']> {
    this.put(writing);
    return this.pass();
  }

  request<Result>(operation: string, action: () => Result): Result {
    const { clock, defaultAccount } = this.store;
    const ids = { requestId: '', hostId: '', sourceAddress: '203.0.113.7' };
    const cause = {
      by: 'request',
      operation,
      caller: makeRootCaller(defaultAccount),
      ...ids,
      isReported: true,
    } as const;
    return this.store.commit(action, () => ({ cause, time: clock.now() })).result;
  }
}

export const failed = (reason: string, why: unknown = expect.any(String)) => ({ result: 'FAILED', reason, why });

export const completed = { result: 'COMPLETED', reason: undefined, why: undefined } as const;
