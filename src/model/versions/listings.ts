import type { Bucket } from '../bucket';
import type { Store } from '../store';
import { makeSortKey, sortKeyAfterPrefix } from './sort-key';
import { isObject, type ObjectVersion, type Version } from './version';
import { findSequence, findVersion } from './version-lookup';
import { newest, oldest, type Position, type VersionStacks } from './version-stacks';

/** The most entries of a page, however many the request asks for. */
const longestPage = 1000;

/** A listing of objects walks over this many noncurrent versions of a key before it looks for the next key: a look takes as long as many steps. */
const walked = 8;

export interface PageRequest {
  readonly prefix: string;
  readonly delimiter: string;
  /** Or the key whose version the page starts after. */
  readonly after: string;
  readonly afterVersionId?: string | undefined;
  readonly limit: number;
}

export type PageItem<V extends Version> =
  | { readonly version: V; readonly isLatest: boolean }
  | { readonly commonPrefix: string };

export interface Page<V extends Version> {
  readonly items: readonly PageItem<V>[];
  readonly isTruncated: boolean;
}

export function listVersions(store: Store, bucket: Bucket, request: PageRequest): Page<Version> {
  const isAny = (version: Version | undefined): version is Version => version !== undefined;
  return cutPage(bucket, request, findStart(bucket, request, store), isAny, false);
}

export function listCurrentObjects(bucket: Bucket, request: PageRequest): Page<ObjectVersion> {
  return cutPage(bucket, request, findStart(bucket, request), isObject, true);
}

export function listCurrentKeys({ versions }: Bucket): readonly string[] {
  return [...versions.newestOfEachKey()].filter(isObject).map(({ key }) => key);
}

export function findCommonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

function findStart(
  bucket: Bucket,
  { prefix, delimiter, after, afterVersionId }: PageRequest,
  store?: Store,
): Position | undefined {
  const { versions } = bucket;
  const start = { sortKey: makeSortKey(prefix), sequence: newest };
  if (after === '')
    return afterVersionId === undefined || !store ? start : startInFirst(bucket, start, afterVersionId, store);
  const sortKey = makeSortKey(after);
  if (sortKey < start.sortKey) return start;
  // A marker with a rolled-up prefix skips the whole prefix (F60).
  const group = after.startsWith(prefix) ? findCommonPrefix(after, prefix, delimiter) : undefined;
  if (group !== undefined) return positionAfterPrefix(group);
  if (afterVersionId === undefined || !store) return { sortKey, sequence: oldest };
  return positionBelow(versions, after, afterVersionId, store);
}

/** The version may have been removed since the last page. */
function positionBelow(versions: VersionStacks, key: string, versionId: string, store: Store): Position {
  const marker = versionId === 'null' ? versions.nullVersion(key) : undefined;
  const sequence = marker?.sequence ?? findSequence(store, versions, key, versionId);
  return { sortKey: makeSortKey(key), sequence: sequence === undefined ? oldest : sequence - 0.5 };
}

/** A version id without a key counts if it is of the first key of the bucket, whatever the prefix; `null` without a key skips everything (F68). */
function startInFirst(bucket: Bucket, start: Position, versionId: string, store: Store): Position | undefined {
  if (versionId === 'null') return undefined;
  const { versions } = bucket;
  const [first] = versions.from({ sortKey: makeSortKey(''), sequence: newest });
  if (first === undefined || findVersion(store, bucket, first.key, versionId) === undefined) return start;
  const below = positionBelow(versions, first.key, versionId, store);
  return below.sortKey < start.sortKey ? start : below;
}

function positionAfterPrefix(prefix: string): Position | undefined {
  const sortKey = sortKeyAfterPrefix(makeSortKey(prefix));
  return sortKey === undefined ? undefined : { sortKey, sequence: newest };
}

function isInsideStack({ sequence }: Position): boolean {
  return sequence !== newest && sequence !== oldest;
}

/** Seeks a new position only to skip keys or versions. */
function cutPage<V extends Version>(
  { versions }: Bucket,
  { prefix, delimiter, limit }: PageRequest,
  start: Position | undefined,
  shows: (version: Version | undefined) => version is V,
  currentOnly: boolean,
): Page<V> {
  const items: PageItem<V>[] = [];
  const length = Math.min(limit, longestPage);
  const prefixOrder = makeSortKey(prefix);
  // If a page starts inside a stack, an earlier page had its newer versions.
  let last = start && isInsideStack(start) && versions.above(start) ? start.sortKey : undefined;
  let position = length > 0 ? start : undefined;
  let noncurrent = 0;
  while (position !== undefined) {
    let next: Position | undefined;
    for (const version of versions.from(position, prefixOrder)) {
      if (!version.sortKey.startsWith(prefixOrder)) break;
      const isLatest = version.sortKey !== last;
      last = version.sortKey;
      noncurrent = isLatest ? 0 : noncurrent + 1;
      if (currentOnly && !isLatest) {
        if (noncurrent < walked) continue;
        next = { sortKey: version.sortKey, sequence: oldest };
        break;
      }
      if (!shows(version)) continue;
      const group = findCommonPrefix(version.key, prefix, delimiter);
      if (items.length === length) return { items, isTruncated: true };
      if (group === undefined) {
        items.push({ version, isLatest });
        continue;
      }
      items.push({ commonPrefix: group });
      next = positionAfterPrefix(group);
      break;
    }
    position = next;
  }
  return { items, isTruncated: false };
}
