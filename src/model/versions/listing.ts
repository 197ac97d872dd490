import type { Bucket } from '../bucket';
import type { Store } from '../store';
import { keyOrder, orderAfterPrefix } from './key-order';
import { isObject, type ObjectVersion, type Version } from './version';
import { sequenceOfId } from './version-lookup';
import { newest, oldest, type Position, type VersionStacks } from './version-stacks';

/** How many entries a page has at most, whatever was asked for. */
export const longestPage = 1000;

/** What a page of a listing is cut by. */
export interface PageRequest {
  readonly prefix: string;
  /** Empty: nothing is rolled up. */
  readonly delimiter: string;
  /** Where to start: after this key, or after a version of it. Empty: at the beginning. */
  readonly after: string;
  readonly afterVersionId?: string | undefined;
  /** How many entries are asked for. */
  readonly limit: number;
}

/** One thing on a page: a version, or keys rolled up into what they have in common. */
export type PageItem<V extends Version> =
  | { readonly version: V; readonly isLatest: boolean }
  | { readonly commonPrefix: string };

/** A page and whether more would follow. */
export interface Page<V extends Version> {
  readonly items: readonly PageItem<V>[];
  readonly isTruncated: boolean;
}

/** A page of all versions and delete markers. */
export function listVersions(store: Store, bucket: Bucket, request: PageRequest): Page<Version> {
  return cutPage(
    bucket,
    request,
    startOf(bucket, request, store),
    (version): version is Version => version !== undefined,
    false,
  );
}

/** A page of the keys whose current version is an object. */
export function listCurrentObjects(bucket: Bucket, request: PageRequest): Page<ObjectVersion> {
  return cutPage(bucket, request, startOf(bucket, request), isObject, true);
}

/** What a key is rolled up into: all up to the delimiter that follows the prefix. */
export function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** Where a page starts; undefined where nothing can follow. */
function startOf(
  { versions }: Bucket,
  { prefix, delimiter, after, afterVersionId }: PageRequest,
  store?: Store,
): Position | undefined {
  const start = { order: keyOrder(prefix), sequence: newest };
  if (after === '')
    return afterVersionId === undefined || !store ? start : startInFirst(versions, start, afterVersionId, store);
  const order = keyOrder(after);
  if (order < start.order) return start;
  // A marker inside of what was rolled up stands for the whole of it (F60).
  const group = after.startsWith(prefix) ? groupOf(after, prefix, delimiter) : undefined;
  if (group !== undefined) return positionAfterPrefix(group);
  if (afterVersionId === undefined || !store) return { order, sequence: oldest };
  return positionBelow(versions, after, afterVersionId, store);
}

/** Just below a version, which may be gone since the last page. */
function positionBelow(versions: VersionStacks, key: string, versionId: string, store: Store): Position {
  const marker = versionId === 'null' ? versions.nullVersion(key) : undefined;
  const sequence = marker?.sequence ?? sequenceOfId(store, versions, key, versionId);
  return { order: keyOrder(key), sequence: sequence === undefined ? oldest : sequence - 0.5 };
}

/** A version beside no key counts in the stack of the first one; beside none, `null` stands behind everything (F68). */
function startInFirst(versions: VersionStacks, start: Position, versionId: string, store: Store): Position | undefined {
  const [first] = versions.from(start);
  return first && versionId !== 'null' ? positionBelow(versions, first.key, versionId, store) : undefined;
}

function positionAfterPrefix(prefix: string): Position | undefined {
  const order = orderAfterPrefix(keyOrder(prefix));
  return order === undefined ? undefined : { order, sequence: newest };
}

/** Cuts a page from the one order of all versions. A position is sought anew only where keys or versions are passed over. */
function cutPage<V extends Version>(
  { versions }: Bucket,
  { prefix, delimiter, limit }: PageRequest,
  start: Position | undefined,
  shows: (version: Version | undefined) => version is V,
  currentOnly: boolean,
): Page<V> {
  const items: PageItem<V>[] = [];
  const length = Math.min(limit, longestPage);
  const prefixOrder = keyOrder(prefix);
  // A page that starts inside of a stack has its newer versions behind it.
  let last = start && versions.above(start) ? start.order : undefined;
  let position = length > 0 ? start : undefined;
  while (position !== undefined) {
    let next: Position | undefined;
    for (const version of versions.from(position)) {
      if (!version.order.startsWith(prefixOrder)) break;
      const isLatest = version.order !== last;
      last = version.order;
      if (currentOnly && !isLatest) {
        next = { order: version.order, sequence: oldest };
        break;
      }
      if (!shows(version)) continue;
      const group = groupOf(version.key, prefix, delimiter);
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
