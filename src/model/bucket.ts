import type { Account } from './account';
import type { VersioningConfiguration } from './versioning';

/** What a bucket is made with. */
export interface BucketSettings {
  readonly name: string;
  readonly owner: Account;
  /** Undefined where the bucket answers at the hosts of every region. */
  readonly region: string | undefined;
  /** What GetBucketLocation tells: AWS's region, or COS's region with its storage class. Undefined for the first region, us-east-1. */
  readonly location: string | undefined;
  readonly created: number;
  readonly objectLock: boolean;
  readonly versioning: VersioningConfiguration;
}

/** A bucket and its settings. */
export class Bucket {
  readonly name: string;
  readonly owner: Account;
  readonly region: string | undefined;
  readonly location: string | undefined;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly objectLock: boolean;
  versioning: VersioningConfiguration;

  constructor({ name, owner, region, location, created, objectLock, versioning }: BucketSettings) {
    this.name = name;
    this.owner = owner;
    this.region = region;
    this.location = location;
    this.created = created;
    this.objectLock = objectLock;
    this.versioning = versioning;
  }

  /** The same bucket for a snapshot; what is changed in the one does not show in the other. */
  copy(): Bucket {
    return new Bucket(this);
  }
}
