import type { RequestEntry } from '../journal/entry';
import type { StoredVersion } from '../preset/version-copies';
import { writeGiven } from '../text/values';

/** What a matcher answers to a test runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A bucket as a test looks at it. */
export interface BucketLike {
  readonly name: string;
  readonly versioning: 'Enabled' | 'Suspended' | undefined;
  readonly mfaDelete: 'Enabled' | 'Disabled' | undefined;
  /** The requests that came to the mock, where the handle can tell. */
  readonly requests?: Iterable<RequestEntry>;
}

/** A bucket whose versions can be looked at: by key, newest first. */
export interface StackedBucket extends BucketLike {
  versions(key?: string): readonly StoredVersion[];
}

/** The bucket that a matcher was given; TypeError for anything else. */
export function bucketOf(given: unknown, matcher: string): BucketLike {
  if (isBucket(given)) return given;
  throw noBucket(given, matcher);
}

/** The same, where the matcher looks at what is in the bucket. */
export function stackedBucketOf(given: unknown, matcher: string): StackedBucket {
  if (isBucket(given) && 'versions' in given && typeof given.versions === 'function') return given as StackedBucket; // by its shape
  throw noBucket(given, matcher);
}

/** By its shape, since a module may be loaded twice in a process. */
export function isBucket(value: unknown): value is BucketLike {
  return (
    typeof value === 'object' && value !== null && 'name' in value && 'versioning' in value && 'mfaDelete' in value
  );
}

function noBucket(given: unknown, matcher: string): TypeError {
  return new TypeError(
    `${matcher} looks at a bucket: expect(s3.bucket('vault')).${matcher}(...). It was given ${writeGiven(given)}.`,
  );
}
