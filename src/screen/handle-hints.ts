import type { RequestEntry } from '../journal/entry';
import { areDeletesAlone, findRequestsOnKey } from '../journal/key-requests';
import type { Bucket } from '../model/bucket';
import { isObject } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { locks, whyOlderIsLocked } from '../preset/older-locks';
import { writeMarkerAlone } from '../preset/replaced-versions';
import { showVersions } from '../preset/version-copies';
import { firstFound } from '../text/lists';
import { memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';
import { type ComparedTexts, readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { hasMoreThanExpected, type LastHandleRead } from './handle-read';
import type { Question } from './hint';

interface HandleQuestion extends Question {
  readonly ofHandle: LastHandleRead | undefined;
}

function listExpectedLocks({ expected, received }: ComparedTexts): readonly string[] {
  return locks.filter((text) => expected.has(text) && !received.has(text));
}

/** Says of the versions of a key that a test has read what the matchers say of them. */
export function writeHandleHints({ store, entries, errors, ofHandle }: HandleQuestion): string | undefined {
  const read = ofHandle ?? findReadObject(entries);
  const bucket = store.buckets.get(read?.bucket ?? '');
  if (read?.key === undefined || bucket === undefined) return undefined;
  const { key } = read;
  const compared = errors.filter(isAssertion).map(readCompared);
  return firstFound(compared, (one) => {
    const ofLocks = listExpectedLocks(one);
    if (ofLocks.length > 0) return whyOlderIsLocked([...showVersions(store, bucket, key)], store.clock.now(), ofLocks);
    if (ofHandle === undefined || !hasMoreThanExpected(one, ofHandle, store)) return undefined;
    const marks = entries.some((entry) => entry.key === key && memberOf(entry.output, 'DeleteMarker') === true);
    return marks ? writeMarkers({ store, entries, bucket, key }, one) : undefined;
  });
}

interface MarkedKey extends Pick<Question, 'store' | 'entries'> {
  readonly bucket: Bucket;
  readonly key: string;
}

/** The versions that a test did not expect are delete markers. */
function writeMarkers({ store, entries, bucket, key }: MarkedKey, { numbers }: ComparedTexts): string | undefined {
  const versions = [...bucket.versions.of(key)];
  const markers = versions.filter((version) => !isObject(version)).length;
  if (markers === versions.length) {
    const requests = findRequestsOnKey({ dropped: 0, slice: () => [...entries] }, bucket.name, key);
    return writeMarkerAlone({
      ...{ key, versioning: bucket.versioningHistory.present, ids: versions.map((one) => versionIdOf(store, one)) },
      hadNoObject: bucket.lifecycle === undefined && areDeletesAlone(requests),
      needsMfa: bucket.versioning.MFADelete === 'Enabled',
    });
  }
  const [expected = 0, received = 0] = numbers;
  if (received - expected !== markers) return undefined;
  const which = markers === 1 ? 'one is a marker' : `${markers} are markers`;
  return `A delete without a version id adds a delete marker, which is a version too: of the ${versions.length} versions of ${writeKey(key)}, ${which}.`;
}

function findReadObject(
  entries: readonly RequestEntry[],
): (Pick<RequestEntry, 'bucket' | 'key'> & { bucket: string }) | undefined {
  const entry = entries.findLast(({ operation, error }) => /^(?:Get|Head)Object$/.test(operation ?? '') && !error);
  return entry?.bucket === undefined || entry.versionId !== undefined
    ? undefined
    : { bucket: entry.bucket, key: entry.key };
}
