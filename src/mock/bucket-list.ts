import type { BucketHandle } from '../preset/bucket-handle';
import { writeGiven } from '../text/values';

/**
 * A list of handles. To read it by the name of a bucket throws, as `s3.buckets.vault` in JavaScript: undefined would fail only later, in
 * words that do not name the mistake.
 */
export function bucketList(handles: BucketHandle[]): readonly BucketHandle[] {
  for (const { name } of handles) {
    // A bucket may have the name of a method, such as map.
    if (name in handles) continue;
    const get = () => {
      throw new TypeError(
        `s3.buckets: it is a list, and has no member ${writeGiven(name)}. Write s3.bucket(${writeGiven(name)}).`,
      );
    };
    // Not enumerable, so that lists are printed and compared as before.
    Object.defineProperty(handles, name, { get, configurable: true });
  }
  return handles;
}
