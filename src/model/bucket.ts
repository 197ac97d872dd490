import type { Account } from './identity/account';
import type { LifecycleConfiguration } from './lifecycle/rules';
import type { DefaultRetention } from './object-lock';
import type { Enabling } from './propagation';
import type { Tag } from './tagging';
import { UploadTable } from './uploads/upload-table';
import type { VersioningConfiguration } from './versioning';
import { VersionStacks } from './versions/version-stacks';

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
  /** What IBM COS encrypts it with, where a key of the user's own was named. */
  readonly rootKeyCrn?: string | undefined;
}

/** A bucket: its settings, and what is in it. */
export class Bucket {
  readonly name: string;
  readonly owner: Account;
  readonly region: string | undefined;
  readonly location: string | undefined;
  readonly rootKeyCrn: string | undefined;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Once on, it stays so. */
  objectLock: boolean;
  versioning: VersioningConfiguration;
  /** Undefined where no request ever enabled versioning. */
  enabling: Enabling | undefined;
  tags: readonly Tag[];
  lifecycle: LifecycleConfiguration | undefined;
  /** Of a bucket with object lock. */
  defaultRetention: DefaultRetention | undefined;
  readonly versions: VersionStacks;
  readonly uploads: UploadTable;

  constructor(
    { name, owner, region, location, created, objectLock, versioning, rootKeyCrn }: BucketSettings,
    from?: Bucket,
  ) {
    this.name = name;
    this.owner = owner;
    this.region = region;
    this.location = location;
    this.created = created;
    this.objectLock = objectLock;
    this.versioning = versioning;
    this.rootKeyCrn = rootKeyCrn;
    this.tags = from ? from.tags : [];
    this.enabling = from?.enabling;
    this.lifecycle = from?.lifecycle;
    this.defaultRetention = from?.defaultRetention;
    this.versions = new VersionStacks(from?.versions);
    this.uploads = new UploadTable(from?.uploads);
  }

  /** Lets the open uploads of a key know that it was written to or deleted in the meantime. */
  noteChange(key: string, change: 'put' | 'delete'): void {
    for (const upload of this.uploads.openOf(key)) this.uploads.set(upload.id, { ...upload, changed: change });
  }

  /** The same bucket for a snapshot; what is changed in the one does not show in the other. */
  copy(): Bucket {
    return new Bucket(this, this);
  }
}
