import type { Shape, ValueOf } from '../../shapes/shape';
import { abac } from './abac';
import { accelerate } from './accelerate';
import { analytics } from './analytics';
import { cors } from './cors';
import { encryption } from './encryption';
import { intelligentTiering } from './intelligent-tiering';
import { inventory } from './inventory';
import { logging } from './logging';
import { metrics } from './metrics';
import { notification } from './notification';
import { ownershipControls } from './ownership-controls';
import { protection } from './protection';
import { publicAccessBlock } from './public-access-block';
import { replication } from './replication';
import { requestPayment } from './request-payment';
import { website } from './website';

/** The registry: each configuration of a bucket, under the name that fixtures and handles have for it, with their sentence. */
export interface Configurations {
  /** Whether tags also decide who has access. While `abac` is `Enabled`, PutBucketTagging and DeleteBucketTagging are refused. */
  readonly abac: typeof abac;
  /** Whether clients reach it at the hosts of S3 Transfer Acceleration. If left out, they do not; once set, it cannot be unset. */
  readonly accelerate: typeof accelerate;
  /** Analyses of how its objects are accessed, each with its `Id`. The mock stores and lists them, and analyses nothing. */
  readonly analytics: typeof analytics;
  /** The web pages that can send requests to it from a browser: `{ CORSRules: [...] }`. If it was never put, no page can. */
  readonly cors: typeof cors;
  /**
   * The encryption of objects that are written without an encryption, and whether writes with a customer's key are refused. If it was never
   * put, it is `AES256`.
   */
  readonly encryption: typeof encryption;
  /** Configurations of archive tiers, each with its `Id`. Objects that nobody reads move into these tiers. */
  readonly intelligentTiering: typeof intelligentTiering;
  /** Inventories, each with its `Id`. The mock stores and lists them, and writes none. */
  readonly inventory: typeof inventory;
  /**
   * The bucket that the log of requests would go to: `{ LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: '' } }`. It can be another
   * bucket of the mock, or the bucket itself; the mock writes no log. The `buckets` of mockS3 can name a bucket that was deleted since.
   */
  readonly logging: typeof logging;
  /** Request metrics, each with its `Id`: `[{ Id: 'EntireBucket' }]`. The mock stores and lists them, and measures nothing. */
  readonly metrics: typeof metrics;
  /**
   * The queues, topics and functions to which events are sent, each with its `Events`. Any ARN of the bucket's region works: `s3.events`
   * contains what S3 sends, and `deliver` names the functions that get it.
   */
  readonly notification: typeof notification;
  /** Who owns the objects, and whether ACLs count. If it was never put, it is `BucketOwnerEnforced`. */
  readonly ownershipControls: typeof ownershipControls;
  /**
   * Its retention policy of IBM COS, which says how long objects are kept: `{ Status: 'Retention', MinimumRetention: { Days: 1 },
   * DefaultRetention: { Days: 30 }, MaximumRetention: { Days: 365 } }`. It can be changed, but never removed. A bucket with versioning
   * cannot have a retention policy.
   */
  readonly protection: typeof protection;
  /**
   * The switches that keep it from being public. If it was never put, all switches are on. Once it was put, a switch that is left out is
   * off.
   */
  readonly publicAccessBlock: typeof publicAccessBlock;
  /**
   * The rules that copy versions to other buckets. Replication needs versioning 'Enabled', and keeps it enabled. The destinations are other
   * buckets of the mock, with versioning. The `buckets` of mockS3 can name a bucket that was deleted since.
   */
  readonly replication: typeof replication;
  /** Who pays for requests. */
  readonly requestPayment: typeof requestPayment;
  /** Its pages and redirects as a website. The hosts of websites answer by it. */
  readonly website: typeof website;
}

/** The configurations in the order in which fixtures are read. */
export const configurations: Configurations = {
  ownershipControls,
  publicAccessBlock,
  abac,
  accelerate,
  analytics,
  cors,
  encryption,
  intelligentTiering,
  inventory,
  logging,
  metrics,
  notification,
  protection,
  replication,
  requestPayment,
  website,
};

/** The name of a configuration: `'publicAccessBlock'`. */
export type ConfigurationName = keyof Configurations;

export const configurationNames = Object.keys(configurations) as readonly ConfigurationName[]; // its own keys

export type FamilyName = {
  [Name in ConfigurationName]: Configurations[Name]['shape'] extends { readonly item: Shape } ? Name : never;
}[ConfigurationName];

export type DocumentName = Exclude<ConfigurationName, FamilyName>;

/** The values of configurations, as SDKs write them. */
export type ConfigurationValues = { readonly [Name in ConfigurationName]: ValueOf<Configurations[Name]['shape']> };

/**
 * The configurations that were put on a bucket. A member is absent until it is first put, and null after it was deleted if that is
 * something else to S3.
 */
export type StoredConfigurations = {
  readonly [Name in ConfigurationName]?: ConfigurationValues[Name] | null | undefined;
};
