import { inspect } from 'node:util';
import type { Bucket } from '../model/bucket';
import type { Store } from '../model/store';
import type { MfaDeleteStatus, VersioningStatus } from '../model/versioning';
import { S3MockError } from '../s3-mock-error';
import { checkVersioning } from './fixtures';
import { drawBucket } from './picture';

/**
 * A bucket as a test looks at it and sets it up, past the wire and its rules. It finds its bucket by name, so it lives on when the
 * bucket is made anew.
 */
export class BucketHandle {
  /** The bucket's name. */
  readonly name: string;
  readonly #find: () => Bucket;

  /** @internal */
  constructor(name: string, find: () => Bucket) {
    this.name = name;
    this.#find = find;
  }

  /** `undefined` where versioning was never set. */
  get versioning(): VersioningStatus | undefined {
    return this.#find().versioning.Status;
  }

  set versioning(status: VersioningStatus | undefined) {
    const bucket = this.#find();
    if (status === undefined && bucket.versioning.Status !== undefined) {
      throw new TypeError(`bucket '${this.name}': versioning cannot be unset, on S3 neither. Make another bucket.`);
    }
    checkVersioning(this.name, {
      versioning: status,
      mfaDelete: bucket.versioning.MFADelete,
      objectLock: bucket.objectLock,
    });
    bucket.versioning = { ...bucket.versioning, Status: status };
  }

  /** `undefined` until MFA Delete is set for the first time. */
  get mfaDelete(): MfaDeleteStatus | undefined {
    return this.#find().versioning.MFADelete;
  }

  set mfaDelete(status: MfaDeleteStatus | undefined) {
    const bucket = this.#find();
    checkVersioning(this.name, {
      versioning: bucket.versioning.Status,
      mfaDelete: status,
      objectLock: bucket.objectLock,
    });
    bucket.versioning = { ...bucket.versioning, MFADelete: status };
  }

  /** The region, undefined where the bucket answers at every host. */
  get region(): string | undefined {
    return this.#find().location ?? this.#find().region;
  }

  /** The id of the account that owns it. */
  get owner(): string {
    return this.#find().owner.id;
  }

  /** Whether it was made with object lock. */
  get objectLock(): boolean {
    return this.#find().objectLock;
  }

  /** The bucket as text: its name and what is set on it. */
  toString(): string {
    return drawBucket(this.#find());
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** The handle of a bucket that must be there; S3MockError with the names of those that are, where it is not. */
export function bucketHandle(store: Store, name: string, settle: () => void, wasReset: () => boolean): BucketHandle {
  const find = () => {
    settle();
    const bucket = store.buckets.get(name);
    if (bucket) return bucket;
    const known = [...store.buckets.keys()].map((one) => `'${one}'`).join(', ') || 'none';
    const reset = wasReset() ? ' The mock was reset since it began, which takes away what a test made.' : '';
    throw new S3MockError('NO_SUCH_BUCKET', `there is no bucket '${name}'. There are: ${known}.${reset}`);
  };
  find();
  return new BucketHandle(name, find);
}
