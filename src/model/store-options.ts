import type { SetConditions } from './access/condition-key-values';
import type { Bucket } from './bucket';
import type { SseC } from './configurations/configuration';
import type { EventVersion } from './events/report';
import type { ReplicationFailure } from './replication/replication-reasons';
import type { ReplicationTask } from './replication/replication-task';

export interface StoreOptions {
  /** The 12 digits of the default account. */
  readonly accountId: string;
  readonly seed: string;
  /** The real time, in milliseconds since 1970. */
  readonly realNow: () => number;
  /** The moment at which the clock stands still; if undefined, the clock runs with the real time. */
  readonly start: number | undefined;
  /** The GUID or CRN of the default account's instance of IBM COS; if undefined, every instance matches. */
  readonly serviceInstanceId?: string | undefined;
  /** The milliseconds until all of S3 knows that a bucket's versioning was enabled. */
  readonly propagation?: number | undefined;
  /** The most entries on a page of any listing, if that is less than S3's own limit. */
  readonly pageSize?: number | undefined;
  /** The address that the requests come from: `aws:SourceIp`. */
  readonly sourceIp?: string | undefined;
  /** Whether new buckets refuse writes with a customer's key. */
  readonly sseC?: SseC | undefined;
  /** The organization that the default account is a member of. */
  readonly organizationId?: string | undefined;
  readonly conditions?: SetConditions | undefined;
  readonly eventVersion?: EventVersion | undefined;
  /** The milliseconds between a request and the copies that replication makes because of it. */
  readonly replicationDelay?: number | undefined;
  /** Asks whether a test wants a copy to fail, and why. */
  readonly failureOfReplication?: FailureOfReplication | undefined;
}

/** Asks why an attempt at a task of a bucket fails; undefined if it is carried out. */
export type FailureOfReplication = (
  source: Bucket,
  task: ReplicationTask,
  where: {
    /** The bucket that it copies to, if it is there. */
    readonly destination: Bucket | undefined;
    /** The moment of the attempt; the clock may be ahead of it. */
    readonly at: number;
  },
) => ReplicationFailure | undefined;
