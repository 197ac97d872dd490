import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Bucket } from '../model/bucket';
import { destinationOf } from '../model/replication/replication-rules';
import type { Store } from '../model/store';
import { findVersion } from '../model/versions/version-lookup';
import { firstFound } from '../text/lists';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isMissingRejection } from './errors';

/** The last requests of a test that are looked at. */
const ASKED = 10;

interface ReplicaQuestion {
  readonly store: Store;
  readonly entries: readonly RequestEntry[];
  readonly errors: readonly FailedError[];
}

/** Says that S3 never replicates the delete of a version, if a test no longer expects the replica of one. */
export function writeKeptReplicas({ store, entries, errors }: ReplicaQuestion): string | undefined {
  const deletes = entries.filter(
    ({ operation, versionId, error }) => operation === 'DeleteObject' && versionId !== undefined && error === undefined,
  );
  return firstFound(deletes.slice(-ASKED).toReversed(), (entry) => {
    const { bucket = '', key = '', versionId = '' } = entry;
    const source = store.buckets.get(bucket);
    if (source === undefined || findVersion(store, source, key, versionId) !== undefined) return undefined;
    const kept = listDestinations(store, source).find(
      (destination) => findVersion(store, destination, key, versionId) !== undefined,
    );
    if (kept === undefined || !isMissed({ store, entries, errors }, entry, kept)) return undefined;
    return `${writeCall(entry)}: S3 never replicates the delete of a version, so bucket '${kept.name}' still has the version ${writeValue(versionId)} of the key: delete it there as well, by the same VersionId.`;
  });
}

function listDestinations(store: Store, { settings }: Bucket): readonly Bucket[] {
  const names = new Set((settings.replication?.Rules ?? []).map(destinationOf));
  return [...names].flatMap((name) => store.buckets.get(name) ?? []);
}

/** Whether the test found the replica where it expected none. */
function isMissed(
  { entries, errors }: ReplicaQuestion,
  deleted: RequestEntry,
  { name }: Pick<Bucket, 'name'>,
): boolean {
  const { key = '', versionId = '' } = deleted;
  const read = entries
    .slice(entries.indexOf(deleted) + 1)
    .findLast(({ method }) => method === 'GET' || method === 'HEAD');
  const isRead = read?.bucket === name && (read.key === undefined || read.key === key) && read.error === undefined;
  return errors.some((error) => {
    const { expected, received, numbers, printed } = readCompared(error);
    const [wanted, found = 0] = numbers;
    const isLess = isMissingRejection(printed) || (wanted !== undefined && wanted < found);
    if (isRead && isLess) return true;
    if (received.has(versionId) && !expected.has(versionId)) return true;
    return printed.includes(`bucket '${name}' `) && printed.includes(writeKey(key)) && ofMore.test(printed);
  });
}

/** What the matchers of the library say of a version that was not expected. */
const ofMore = /^Expected bucket '[^'\n]*' not to have object |^- \[\d+\]: expected nothing, received /m;
