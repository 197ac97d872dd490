import { askAboutUnsent, askWhyUnsent } from '../journal/assertions';
import { findRequestsOnKey } from '../journal/key-requests';
import type { MockState } from '../mock/state';
import { describeNearKey } from '../model/versions/near-keys';
import { writeKey } from '../text/values';
import { type FailedError, isOfMissingObject } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { hasNothing, type LastHandleRead } from './handle-read';

interface Asked {
  readonly state: MockState;
  readonly ofHandle: LastHandleRead | undefined;
  /** The errors, if no assertion of the library failed, which says by itself that no request came. */
  readonly ofRunner: readonly FailedError[];
}

/** Says that no request has written what a test reads by a handle. */
export function writeUnwritten({ state: { store, journal }, ofHandle, ofRunner }: Asked): string | undefined {
  const isThrown = ofRunner.some(isOfMissingObject);
  // Any other TypeError says by itself what is wrong, such as those of the library.
  const isRead = (error: FailedError) => error.name === 'TypeError' && readCompared(error).isUndefined;
  const assertions = ofRunner.filter((error) => isAssertion(error) || isRead(error));
  if (ofHandle === undefined || (!isThrown && assertions.length === 0)) return undefined;
  if (journal.length === 0 && journal.dropped === 0) return askWhyUnsent(journal);
  const { bucket, key } = ofHandle;
  const named = store.buckets.get(bucket);
  if (key === undefined || named === undefined || named.versions.current(key) !== undefined) return undefined;
  if (!isThrown && !assertions.map(readCompared).some(hasNothing)) return undefined;
  if (findRequestsOnKey(journal, bucket, key).length > 0) return undefined;
  const near = describeNearKey(named, key);
  const unwritten = `Bucket '${bucket}' has no key ${writeKey(key)}, and no request asked to write it`;
  return near === undefined ? `${unwritten}.${askAboutUnsent(journal)}` : `${unwritten}; ${near}.`;
}
