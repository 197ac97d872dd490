import type { RequestEntry } from '../journal/entry';
import type { MockState } from '../mock/state';
import { isObject, type Version } from '../model/versions/version';
import { findVersion, versionIdOf } from '../model/versions/version-lookup';
import { memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';

/** Who wrote an object: a request or S3 itself, the fixture, or a call of a handle in the test. */
export type Origin = 'request' | 'fixture' | 'handle';

/** Finds who wrote the object that a request was answered. Returns undefined if nobody knows, as of a request that the journal has forgotten. */
export function findOrigin(state: MockState, read: RequestEntry): Origin | undefined {
  const version = findAnswered(state, read);
  if (version === undefined) return undefined;
  const { bucket = '', key = '' } = read;
  const { store, fixtures, journal, versionChanges } = state;
  const id = versionIdOf(store, version);
  if (versionChanges.authorsOf(bucket, key)(id, new Date(version.created)) !== undefined) return 'request';
  if (state.isOfOptions(version)) return 'fixture';
  const isOfFixtures = store.unobserved(() =>
    store.actOn(fixtures, () => store.buckets.get(bucket)?.versions.at(key, version.sequence) !== undefined),
  ).result;
  // A hook before all tests can have written by a request, which the journal has forgotten since.
  return isOfFixtures || journal.dropped > 0 ? undefined : 'handle';
}

/** The version of an answer, unless another one is there now. */
function findAnswered({ store }: MockState, { bucket = '', key = '', output }: RequestEntry): Version | undefined {
  const named = store.buckets.get(bucket);
  const id = memberOf(output, 'VersionId');
  const version = named && (typeof id === 'string' ? findVersion(store, named, key, id) : named.versions.current(key));
  if (version === undefined || !isObject(version)) return undefined;
  return `"${version.content.etag}"` === memberOf(output, 'ETag') ? version : undefined;
}

/** What to write into the fixture, or into the call of the handle, so that the object has a detail such as its type. */
export function writeDetail(
  origin: 'fixture' | 'handle',
  { bucket = '', key = '' }: Pick<RequestEntry, 'bucket' | 'key'>,
  detail: string,
): string {
  return origin === 'fixture'
    ? `${writeKey(key)}: { body: …, ${detail} }`
    : `s3.bucket(${writeKey(bucket)}).put(${writeKey(key)}, …, { ${detail} })`;
}
