import type { Author, EarlierRow, VersionHistoryRow } from '../../mock/version-changes';
import type { BucketFixture } from '../../preset/bucket-fixture';
import type { BucketHandle } from '../../preset/bucket-handle';
import type { VersionDetails } from '../../preset/object-fixtures';
import type { AccessPointState } from '../../preset/parts/access-points';
import type { BodyFixture } from '../../preset/parts/content';
import type { BucketOutline } from '../../preset/state-json';
import type { StoredDeleteMarker, StoredObject, StoredVersion, VersionRow } from '../../preset/version-copies';
import { longestExpiry } from '../../protocol/signature/service-time';
import { required } from '../../shapes/elements';
import { entriesOf, expecting } from '../../shapes/given';
import { integer, text, wordsOf } from '../../shapes/values';
import { counted } from '../../text/counts';
import { firstOf } from '../../text/lists';
import { makeMistake } from '../../text/mistakes';
import { writeKey } from '../../text/values';
import { DoorError } from '../door-error';
import { moment, wholeNumber } from '../given';
import { presign } from '../presign';
import { type DoorCall, type Route, route } from '../route';
import { setMembers } from '../set-members';
import { findAccount } from './accounts';

/** A bucket in short. */
interface BucketRow {
  readonly name: string;
  readonly versioning?: 'Enabled' | 'Suspended' | undefined;
  readonly mfaDelete?: 'Enabled' | 'Disabled' | undefined;
  readonly region?: string | undefined;
  /** The id of the account that owns it. */
  readonly owner: string;
  readonly objectLock: unknown;
  /** The number of its access points. */
  readonly accessPoints: number;
  /** The number of keys whose current version is an object. */
  readonly objects: number;
  /** The number of versions, without delete markers. */
  readonly versions: number;
  readonly deleteMarkers: number;
  /** The bytes of all versions, and of the parts of incomplete uploads. */
  readonly bytes: number;
}

/** An access point with its name. */
interface AccessPointRow extends AccessPointState {
  readonly name: string;
}

/** A key with what lies under it. With `at`, as it was at that moment. */
interface KeyRow {
  readonly key: string;
  /** The number of its versions, without delete markers. */
  readonly versions: number;
  readonly deleteMarkers: number;
  /** The kind of its current version. */
  readonly current: 'object' | 'deleteMarker';
  /** The bytes of the current version. */
  readonly size: number;
  readonly lastModified: Date;
  /** With `at`: what removed the version that was current then. */
  readonly removed?: VersionHistoryRow | undefined;
}

/** The keys of a bucket up to a delimiter, as a listing has them in CommonPrefixes. */
interface FolderRow {
  /** What its keys begin with, with the delimiter at the end. */
  readonly folder: string;
  /** The number of its keys, the keys of delete markers included. */
  readonly keys: number;
}

/** A version without its bytes. */
type VersionOfKey = Omit<StoredVersion, 'body'> & {
  /** The number of its bytes. */
  readonly size: number;
  /** The moment at which lifecycle ends the version, in words. */
  readonly ends?: string | undefined;
  /** Who wrote the version; left out if a fixture or a handle of the test did, or if the mock no longer knows. */
  readonly writtenBy?: Author | undefined;
  /** With `at`: what removed the version since. Such a version has no other members than its facts. */
  readonly removed?: VersionHistoryRow | undefined;
};

/** The versions of a key. */
interface VersionsOfKey {
  readonly versions: readonly VersionOfKey[];
  /** Where the next page begins; left out on the last page. */
  readonly next?: string | undefined;
  /** If the list is empty: the key of the bucket that the query can mean. */
  readonly hint?: string | undefined;
}

/** The first bytes of a version. */
interface FirstBytes {
  /** The number of all its bytes. */
  readonly size: number;
  /** The bytes that are shown, from the first on. */
  readonly base64: string;
}

/** An object that is written. */
interface PutBody extends VersionDetails {
  readonly key: string;
  readonly body: BodyFixture;
}

/** The newest version of the key after a delete. */
interface Deleted {
  /** The delete marker; left out if versioning was never set: then the object is gone. */
  readonly deleteMarker?: Omit<StoredDeleteMarker, 'body'> | undefined;
}

/** A request that somebody else will send. */
interface RequestToSign {
  /** Default: `GET`. */
  readonly method?: Verb | undefined;
  /** Default: the bucket itself. */
  readonly key?: string | undefined;
  /** The query, such as `{ "versionId": "…" }`. */
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** The headers that it has to be sent with, such as `x-amz-copy-source`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The seconds for which the URL is valid, by the mock's clock. Default: 900. */
  readonly expiresIn?: number | undefined;
  /** The account whose root user signs. Default: the owner of the bucket. */
  readonly account?: string | undefined;
}

const verbs = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] as const;
type Verb = (typeof verbs)[number];

const limit = 'The most to answer. Default 200.';
const at =
  'A moment in ISO 8601: answers as it was then, with what requests or S3 itself removed since. Default: the present.';
const versionOfKey = { key: 'The key.', versionId: 'The id of the version.' };

/** The number of bytes that are returned for a person to look at. */
const shown = 256 * 1024;
/** The largest size in bytes: a version is copied to be shown, and the bytes of a placeholder are made for it. */
const mostToShow = 64 * 1024 * 1024;

export const bucketRoutes: readonly Route[] = [
  route<undefined, { readonly buckets: readonly BucketRow[] }>({
    method: 'GET',
    path: '/buckets',
    call: 's3.buckets',
    summary: 'All buckets, by name.',
    handle: ({ mock }) => ({ buckets: mock.buckets.map(makeRow) }),
  }),
  route<BucketFixture & { readonly name: string }, BucketRow>({
    method: 'POST',
    path: '/buckets',
    call: 's3.createBucket(name, ...)',
    summary: 'Creates a bucket in a state: versioning, configurations, objects with their versions.',
    takesBody: true,
    status: 201,
    handle: ({ mock, body: { name, ...fixture } }) => makeRow(mock.createBucket(name, fixture)),
  }),
  route<undefined, Omit<BucketOutline, 'objects'>>({
    method: 'GET',
    path: '/buckets/{bucket}',
    call: 's3.bucket(bucket)',
    summary: 'The settings of a bucket, in the form of a fixture.',
    handle: (call) => {
      const { objects: _, ...settings } = findBucket(call).toJSON() ?? {};
      return settings;
    },
  }),
  route<BucketFixture, BucketRow>({
    method: 'PATCH',
    path: '/buckets/{bucket}',
    call: 's3.bucket(bucket)',
    summary: 'Sets settings of a bucket, without a request; null removes one. If one is wrong, none is set.',
    takesBody: true,
    handle: (call) => makeRow(setMembers(call, () => findBucket(call))),
  }),
  route<undefined, { readonly accessPoints: readonly AccessPointRow[] }>({
    method: 'GET',
    path: '/buckets/{bucket}/access-points',
    call: 's3.bucket(bucket).accessPoints',
    summary:
      'The access points of a bucket, each with the ARN and the alias that clients take in the place of its name.',
    handle: (call) => {
      const points = Object.entries(findBucket(call).accessPoints ?? {});
      return { accessPoints: points.map(([name, point]) => ({ name, ...point })) };
    },
  }),
  route<undefined, { readonly keys: readonly (KeyRow | FolderRow)[]; readonly next?: string | undefined }>({
    method: 'GET',
    path: '/buckets/{bucket}/keys',
    summary: 'The keys of a bucket, also the keys of delete markers, in S3’s order.',
    query: {
      prefix: 'The keys that begin with it.',
      delimiter: 'Keys that contain it after the prefix are one folder.',
      after: 'The keys after it: `next` of the page before.',
      at,
      limit,
    },
    handle: listKeys,
  }),
  route<undefined, VersionsOfKey>({
    method: 'GET',
    path: '/buckets/{bucket}/versions',
    call: 's3.bucket(bucket).versions(key)',
    summary: 'The versions of a key, newest first, without their bytes.',
    query: {
      key: 'The key.',
      versionId: 'This version alone.',
      after: 'The versions after it, an id: `next` of the page before.',
      at,
      limit,
    },
    handle: listVersions,
  }),
  route<undefined, { readonly history: readonly VersionHistoryRow[] }>({
    method: 'GET',
    path: '/buckets/{bucket}/history',
    summary:
      'The versions and delete markers that requests or S3 itself wrote and removed, each with who did it, newest first.',
    query: { key: 'The key. Default: all keys.', limit },
    handle: (call) => {
      const { versionChanges, query } = call;
      return { history: [...firstOf(versionChanges.of(findBucket(call).name, query['key']), readLimit(call))] };
    },
  }),
  route<undefined, FirstBytes>({
    method: 'GET',
    path: '/buckets/{bucket}/bytes',
    summary: 'The first 256 KB of a version of at most 64 MB, whatever its media type.',
    query: versionOfKey,
    handle: showBytes,
  }),
  route<undefined, Uint8Array>({
    method: 'GET',
    path: '/buckets/{bucket}/download',
    summary: 'The bytes of a version as a file to store, which no browser opens as a page.',
    query: versionOfKey,
    sends: 'application/octet-stream',
    fileName: ({ query }) => query['key'] ?? '',
    handle: (call) => findObject(call, Number.POSITIVE_INFINITY).body,
  }),
  route<PutBody, VersionOfKey>({
    method: 'POST',
    path: '/buckets/{bucket}/put',
    call: 's3.bucket(bucket).put(key, body, ...)',
    summary: 'Writes an object without a request, as the versioning of the bucket requires.',
    takesBody: true,
    status: 201,
    handle: (call) => {
      const { key, body, ...details } = call.body;
      const { body: _, ...version } = findBucket(call).put(key, body, details);
      return version;
    },
  }),
  route<{ readonly key: string }, Deleted>({
    method: 'POST',
    path: '/buckets/{bucket}/delete',
    call: 's3.bucket(bucket).delete(key)',
    summary: 'Deletes a key without a request, as the versioning of the bucket requires.',
    takesBody: { key: required(expecting(text, 'a key')) },
    handle: (call) => ({ deleteMarker: findBucket(call).delete(call.body.key) }),
  }),
  route<RequestToSign, { readonly url: string }>({
    method: 'POST',
    path: '/buckets/{bucket}/presign',
    summary: 'A presigned URL: whoever sends this request to it is the root user of an account. Nothing is sent.',
    takesBody: {
      method: wordsOf<Verb>(verbs),
      key: expecting(text, 'a key'),
      query: entriesOf(text, { label: 'query' }),
      headers: entriesOf(text, { label: 'header' }),
      expiresIn: expecting(integer, `a whole number of seconds from 1 to ${longestExpiry}`, isWithinWeek),
      account: expecting(text, 'the name or the id of an account'),
    },
    handle: makeUrl,
  }),
];

function isWithinWeek(seconds: unknown): boolean {
  return typeof seconds === 'number' && seconds >= 1 && seconds <= longestExpiry;
}

/** A bucket that is not there yet can be named too: CreateBucket has a URL. */
function makeUrl(call: DoorCall<RequestToSign>): { readonly url: string } {
  const { method = 'GET', key = '', query = {}, headers = {}, expiresIn = 900, account } = call.body;
  const { mock, origin, path } = call;
  const { bucket = '' } = path;
  const found = mock.buckets.find(({ name }) => name === bucket);
  const { credentials } = findAccount(call, account ?? found?.owner);
  const terms = { keys: credentials, region: found?.region ?? 'us-east-1', now: mock.clock.now(), expires: expiresIn };
  return { url: presign({ method, origin, bucket, key, query, headers }, terms) };
}

type Call = DoorCall<unknown>;

function findBucket({ mock, path }: Call): BucketHandle {
  return mock.bucket(path['bucket'] ?? '');
}

function makeRow(bucket: BucketHandle): BucketRow {
  const { name, versioning, mfaDelete, region, owner, objectLock, accessPoints = {} } = bucket;
  const { current, noncurrent, deleteMarkers, bytes } = bucket.usage();
  const counts = {
    accessPoints: Object.keys(accessPoints).length,
    objects: current.count,
    versions: current.count + noncurrent.count,
    deleteMarkers: deleteMarkers.count,
  };
  return { name, versioning, mfaDelete, region, owner, objectLock, ...counts, bytes };
}

function readLimit({ name, query }: Call): number {
  return query['limit'] === undefined ? 200 : wholeNumber(name, 'limit', query['limit']);
}

function listKeys(call: Call): { readonly keys: readonly (KeyRow | FolderRow)[]; readonly next?: string | undefined } {
  const { prefix = '', delimiter = '', after } = call.query;
  const most = readLimit(call);
  const keys: (KeyRow | FolderRow)[] = [];
  let key: string | undefined;
  let isAfter = after === undefined;
  for (const row of readRows(call)) {
    const folder = findFolder(row.key, prefix, delimiter);
    const name = folder ?? row.key;
    const last = keys.at(-1);
    if (last !== undefined && nameOf(last) === name) keys[keys.length - 1] = withRow(last, row, row.key !== key);
    else if (isAfter && name !== after && row.key.startsWith(prefix)) {
      if (keys.length === most) return { keys, next: last && nameOf(last) };
      keys.push(folder === undefined ? makeKeyRow(row) : { folder, keys: 1 });
    }
    isAfter ||= name === after;
    key = row.key;
  }
  return { keys };
}

function nameOf(entry: KeyRow | FolderRow): string {
  return 'folder' in entry ? entry.folder : entry.key;
}

function findFolder(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** The versions of the bucket, or of a key, now or at the moment that the query names. */
function readRows(call: Call, key?: string): Iterable<EarlierRow> {
  const bucket = findBucket(call);
  const { at: asked } = call.query;
  if (asked === undefined) return bucket.rows(key);
  return call.versionChanges.rowsAt(bucket.rows(key), moment(call.name, 'at', asked), bucket.name, key);
}

function makeKeyRow({ key, deleteMarker, size, lastModified, removed }: EarlierRow): KeyRow {
  const counts = deleteMarker ? { versions: 0, deleteMarkers: 1 } : { versions: 1, deleteMarkers: 0 };
  return { key, ...counts, current: deleteMarker ? 'deleteMarker' : 'object', size, lastModified, removed };
}

function withRow(entry: KeyRow | FolderRow, { deleteMarker }: EarlierRow, isOfNewKey: boolean): KeyRow | FolderRow {
  if ('folder' in entry) return { ...entry, keys: entry.keys + (isOfNewKey ? 1 : 0) };
  return deleteMarker
    ? { ...entry, deleteMarkers: entry.deleteMarkers + 1 }
    : { ...entry, versions: entry.versions + 1 };
}

function listVersions(call: Call): VersionsOfKey {
  const { key, versionId, after } = call.query;
  if (key === undefined) throw makeMistake(`${call.name}: the query must contain a key.`);
  const most = readLimit(call);
  const bucket = findBucket(call);
  const endOf = bucket.lifecycle === undefined ? undefined : bucket.ends();
  const authorOf = call.versionChanges.authorsOf(bucket.name, key);
  const versions: VersionOfKey[] = [];
  let isAfter = after === undefined;
  for (const row of readRows(call, key)) {
    if (versionId !== undefined && row.versionId !== versionId) continue;
    if (isAfter && versions.length === most) return { versions, next: versions.at(-1)?.versionId };
    if (isAfter) {
      const ends = row.removed === undefined ? endOf?.(row.key, row.versionId) : undefined;
      versions.push(describe(row, { ends, writtenBy: authorOf(row.versionId, row.lastModified) }));
    }
    isAfter ||= row.versionId === after;
  }
  return versions.length > 0 || after !== undefined ? { versions } : { versions, hint: hintAtKey(bucket, key) };
}

/** An empty list can mean a key that the query wrote otherwise. */
function hintAtKey(bucket: BucketHandle, key: string): string | undefined {
  const near = bucket.current(key) === undefined ? bucket.nearKey(key) : undefined;
  return near && `Bucket '${bucket.name}' has no key ${writeKey(key)}; ${near}.`;
}

function describe(
  { describe: describeRow, ...facts }: EarlierRow,
  { ends, writtenBy }: Pick<VersionOfKey, 'ends' | 'writtenBy'>,
): VersionOfKey {
  const { isLatest, size } = facts;
  const described = (describeRow?.() ?? facts) as VersionOfKey; // a version without its bytes
  return { ...described, isLatest, size, ...(ends !== undefined && { ends }), ...(writtenBy && { writtenBy }) };
}

function showBytes(call: Call): FirstBytes {
  const { size, body } = findObject(call, mostToShow);
  return { size, base64: body.subarray(0, shown).toString('base64') };
}

/** A version that is an object. The library copies all bytes of each version that it lists, so that its place is found first. */
function findObject(call: Call, most: number): StoredObject {
  const { key, versionId } = call.query;
  if (key === undefined || versionId === undefined)
    throw makeMistake(`${call.name}: the query must contain a key and a versionId.`);
  const bucket = findBucket(call);
  let place = 0;
  for (const row of bucket.rows(key)) {
    if (row.versionId === versionId) {
      checkHasBytes(row, most);
      const found = bucket.newest(key, place);
      if (!found.deleteMarker) return found;
    }
    place += 1;
  }
  throw new DoorError(404, 'NO_SUCH_VERSION', `the key ${writeKey(key)} has no version '${versionId}'.`);
}

function checkHasBytes({ key, versionId, deleteMarker, size }: VersionRow, most: number): void {
  if (deleteMarker)
    throw new DoorError(
      404,
      'NO_SUCH_VERSION',
      `'${versionId}' of ${writeKey(key)} is a delete marker, which has no bytes.`,
    );
  if (size > most)
    throw new DoorError(
      413,
      'TOO_LARGE',
      `the version has ${counted(size, 'byte')}, and the door only shows versions of at most ${counted(most, 'byte')}. Read a range of it with GetObject.`,
    );
}
