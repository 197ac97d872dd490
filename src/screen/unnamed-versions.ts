import { readSentParts } from '../journal/batch';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { isObject } from '../model/versions/version';
import { listVersions } from '../preset/version-copies';
import { grouped } from '../text/counts';
import { isArray, memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { type LastHandleRead, readTexts } from './handle-read';
import type { Question } from './hint';
import { findOtherVersions, hasMoreVersions } from './library-assertions';
import { listMissing } from './trials/expectation';

interface UnnamedQuestion extends Question {
  readonly ofHandle: LastHandleRead | undefined;
}

/** A delete that named no version of keys whose versions the code had listed. */
interface Unnamed {
  readonly entry: RequestEntry;
  readonly keys: readonly string[];
}

/** Says that a delete named no VersionId, although the code had listed the versions, and the test expects that they are gone. */
export function writeUnnamedVersions(question: UnnamedQuestion): string | undefined {
  const { errors } = question;
  const deletes = listDeletes(question);
  const found = deletes.at(-1);
  if (found === undefined) return undefined;
  const { entry, keys } = found;
  const ofBucket = deletes.filter((one) => one.entry.bucket === entry.bucket);
  const all = { entry, keys: ofBucket.flatMap((one) => one.keys) };
  if (!errors.some((error) => hasMore(error, all) || isLeft(question, all, error))) return undefined;
  const [where, added] =
    entry.operation === 'DeleteObject'
      ? ['', 'a delete marker']
      : [` in ${grouped(keys.length)} ${keys.length === 1 ? 'entry' : 'entries'}`, 'delete markers'];
  return `${writeCall(entry)} named no VersionId${where}, so it added ${added} and removed none of the versions that ListObjectVersions had listed: send VersionId beside each Key. SDKs leave out a member of another name, such as VersionID.`;
}

/** The last requests that are looked at. */
const LOOKED_AT = 100;

/** The deletes without a version, each with those of its keys whose versions the last listing before it had, and that have versions still. */
function listDeletes({ store, entries }: Question): readonly Unnamed[] {
  const isKept = (bucket: string | undefined, key: string) => {
    const [current, ...older] = store.buckets.get(bucket ?? '')?.versions.of(key) ?? [];
    return current !== undefined && !isObject(current) && older.some(isObject);
  };
  const listed = new Map<string | undefined, ReadonlySet<unknown>>();
  return entries.slice(-LOOKED_AT).flatMap((entry) => {
    if (entry.operation === 'ListObjectVersions') listed.set(entry.bucket, readKeys(entry));
    const known = listed.get(entry.bucket);
    const keys =
      known === undefined ? [] : listUnnamed(entry).filter((key) => known.has(key) && isKept(entry.bucket, key));
    return keys.length === 0 ? [] : [{ entry, keys }];
  });
}

function readKeys({ output }: RequestEntry): ReadonlySet<unknown> {
  const listed = memberOf(output, 'Entries');
  return new Set(
    (isArray(listed) ? listed : []).map((one: unknown) =>
      memberOf(memberOf(one, 'Versions') ?? memberOf(one, 'DeleteMarkers'), 'Key'),
    ),
  );
}

function listUnnamed(entry: RequestEntry): readonly string[] {
  const { operation, error, key, versionId, output } = entry;
  if (error !== undefined) return [];
  if (operation === 'DeleteObject')
    return key !== undefined && versionId === undefined && memberOf(output, 'DeleteMarker') === true ? [key] : [];
  return readSentParts(entry).flatMap(({ part, refused }) => {
    const name = memberOf(part, 'Key');
    const isUnnamed = refused === undefined && memberOf(part, 'VersionId') === undefined;
    return typeof name === 'string' && isUnnamed ? [name] : [];
  });
}

/** Whether a matcher of the library found versions that the test did not expect. */
function hasMore(error: FailedError, { entry, keys }: Unnamed): boolean {
  const other = findOtherVersions([error]);
  return other !== undefined && other.bucket === entry.bucket && keys.includes(other.key) && hasMoreVersions(other);
}

/** Whether a test read the versions after the delete, and received more of them than it expected. */
function isLeft({ store, entries, ofHandle }: UnnamedQuestion, { entry, keys }: Unnamed, error: FailedError): boolean {
  const listing = entries.slice(entries.indexOf(entry) + 1).findLast(({ method }) => method === 'GET');
  const read = ofHandle ?? (listing?.operation === 'ListObjectVersions' ? listing : undefined);
  const bucket = store.buckets.get(read?.bucket ?? '');
  const isOfVersions = ofHandle === undefined || ofHandle.isOfVersions;
  if (bucket === undefined || bucket.name !== entry.bucket || !isOfVersions || !isAssertion(error)) return false;
  const compared = readCompared(error);
  const { expected, received, numbers } = compared;
  const versions = [...listVersions(bucket, read?.key)].map(([version]) => version);
  const [wanted, came] = numbers;
  if (wanted !== undefined && came !== undefined) {
    const prefix = memberOf(listing?.input, 'Prefix');
    const counted = versions.filter(({ key }) => typeof prefix !== 'string' || key.startsWith(prefix));
    return came > wanted && came === (ofHandle === undefined ? counted : versions).length;
  }
  const ofDeletes = new Set(keys); // up to 100,000
  const texts = new Set(
    versions.filter(({ key }) => ofDeletes.has(key)).flatMap((one) => [one.key, ...readTexts(store, one)]),
  );
  const hasAll = listMissing(compared).length === 0;
  return hasAll && [...received].some((text) => !expected.has(text) && texts.has(text));
}
