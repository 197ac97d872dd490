import { partsIn } from '../journal/batch';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Bucket } from '../model/bucket';
import { destinationOf } from '../model/replication/replication-rules';
import type { Store } from '../model/store';
import { findVersion } from '../model/versions/version-lookup';
import { firstFound } from '../text/lists';
import { memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import { readCompared } from './compared-texts';
import { isMissingRejection } from './errors';
import type { LastHandleRead } from './handle-read';
import type { Question } from './hint';

/** The last requests of a test that are looked at. */
const ASKED = 10;
/** The last requests among which deletes are looked for. */
const LOOKED_AT = 100;

interface ReplicaQuestion extends Question {
  /** What the test has read by a handle since the last read by a request. */
  readonly ofHandle: LastHandleRead | undefined;
}

/** A version that a request has deleted, by itself or in a batch. */
interface DeletedVersion {
  readonly entry: RequestEntry;
  readonly key: string;
  readonly versionId: string;
}

function listDeleted(entry: RequestEntry): readonly DeletedVersion[] {
  const { operation, error, key, versionId, input } = entry;
  if (error !== undefined) return [];
  if (operation === 'DeleteObject' && key !== undefined && versionId !== undefined) return [{ entry, key, versionId }];
  return (partsIn(input) ?? []).slice(-ASKED).flatMap((one) => {
    const [named, id] = [memberOf(one, 'Key'), memberOf(one, 'VersionId')];
    return typeof named === 'string' && typeof id === 'string' ? [{ entry, key: named, versionId: id }] : [];
  });
}

/** Says that S3 never replicates the delete of a version, if a test no longer expects the replica of one. */
export function writeKeptReplicas(question: ReplicaQuestion): string | undefined {
  const { store, entries } = question;
  const deleted = entries.slice(-LOOKED_AT).flatMap(listDeleted);
  return firstFound(deleted.slice(-ASKED).toReversed(), (one) => {
    const { entry, key, versionId } = one;
    const source = store.buckets.get(entry.bucket ?? '');
    if (source === undefined || findVersion(store, source, key, versionId) !== undefined) return undefined;
    const kept = listDestinations(store, source).find(
      (destination) => findVersion(store, destination, key, versionId) !== undefined,
    );
    if (kept === undefined || !isMissed(question, one, kept)) return undefined;
    return `${writeCall(entry)}: S3 never replicates the delete of a version, so bucket '${kept.name}' still has the version ${writeValue(versionId)} of the key: delete it there as well, by the same VersionId.`;
  });
}

function listDestinations(store: Store, { settings }: Bucket): readonly Bucket[] {
  const names = new Set((settings.replication?.Rules ?? []).map(destinationOf));
  return [...names].flatMap((name) => store.buckets.get(name) ?? []);
}

/** Whether the test found the replica where it expected none. */
function isMissed(
  { entries, errors, ofHandle }: ReplicaQuestion,
  { entry, key, versionId }: DeletedVersion,
  { name }: Pick<Bucket, 'name'>,
): boolean {
  const read = entries
    .slice(entries.indexOf(entry) + 1)
    .findLast(({ method }) => method === 'GET' || method === 'HEAD');
  const last = ofHandle ?? (read?.error === undefined ? read : undefined);
  const isRead = last?.bucket === name && (last.key === undefined || last.key === key);
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
