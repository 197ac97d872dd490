import type { Bucket, BucketSettings } from '../model/bucket';
import { managedKey, readKmsKeyArn } from '../model/kms';
import type { Store } from '../model/store';
import { hidesDigest, makeEtag } from '../model/versions/content';
import { withKmsKey } from '../model/versions/encryption';
import { isObject, type ObjectVersion } from '../model/versions/version';
import { newest } from '../model/versions/version-stacks';

/** How the buckets of a test could be set up by their owner. */
export interface BucketChange {
  /** Whether a bucket can change so, and is not so already. */
  readonly isPossible: (bucket: Bucket) => boolean;
  readonly change: (bucket: Bucket, store: Store) => void;
}

export const versioning: BucketChange = {
  isPossible: ({ settings }) => settings.versioning?.Status === undefined,
  change: (bucket) => bucket.change({ versioning: { Status: 'Enabled' } }),
};

const locked: BucketSettings = {
  versioning: { Status: 'Enabled' },
  objectLock: true,
  defaultRetention: { Mode: 'GOVERNANCE', Days: 1 },
};

/** Object lock and suspended versioning exclude each other. */
export const retention: BucketChange = {
  isPossible: ({ settings: { objectLock, versioning: before } }) =>
    objectLock === undefined && before?.Status !== 'Suspended',
  change: (bucket) => bucket.change(locked),
};

/**
 * An object that was there before has another ETag as well, as if the bucket always had this default. The ETag of an upload in parts is no MD5 anyway.
 */
export const kms: BucketChange = {
  isPossible: ({ settings }) => settings.encryption === undefined,
  change(bucket, { ids }) {
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }];
    bucket.change({ encryption: { Rules } });
    const { owner, region } = bucket;
    const encryption = withKmsKey('aws:kms', readKmsKeyArn(managedKey, { account: owner.id, region }), false);
    const encrypt = ({ content, ...version }: ObjectVersion): ObjectVersion => ({
      ...version,
      content: { ...content, encryption, etag: makeEtag(ids, content.body, encryption) },
    });
    for (const version of [...bucket.versions.from({ sortKey: '', sequence: newest })])
      if (isObject(version) && hasDigest(version)) bucket.versions.replace(encrypt(version));
  },
};

function hasDigest({ content: { etag, encryption } }: ObjectVersion): boolean {
  return !hidesDigest(encryption) && !etag.includes('-');
}
