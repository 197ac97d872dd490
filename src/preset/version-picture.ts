import type { Bucket } from '../model/bucket';
import type { Store } from '../model/store';
import { isObject } from '../model/versions/version';
import { aligned, columnWidths, longestLength } from '../text/columns';
import { counted } from '../text/counts';
import { visible } from '../text/values';
import { bucketOptions } from './bucket-fixture';
import { drawParts, type StoredParts, showParts } from './parts';
import { type BucketOption, type Drawn, type DrawnSource, writeMoment } from './parts/part';
import { findEnds } from './plans';
import { listVersions, type StoredFacts, showFacts } from './version-copies';

interface DrawnVersion extends StoredFacts, Drawn<StoredParts> {
  readonly source?: DrawnSource;
  readonly end?: string | undefined;
}

/**
 * The most ids that are written in full, so that they can be copied. If there are more, only enough letters are written to distinguish
 * them.
 */
const fullIds = 10;
const shortest = 6;
const versionsDrawn = 50;
const versionsOfKey = 12;

interface DrawnKey {
  readonly key: string;
  readonly versions: readonly DrawnVersion[];
  readonly more: number;
}

export function drawBucket(store: Store, bucket: Bucket): string {
  const keys = firstKeys(drawnVersions(store, bucket));
  const drawnInKeys = keys.reduce((total, { versions, more }) => total + versions.length + more, 0);
  const rest = bucket.versions.size - drawnInKeys;
  const layout = makeLayout(keys);
  const lines = keys.flatMap((one, index) => {
    const [key = '', ...stack] = drawKey(one, layout);
    const isLast = index === keys.length - 1;
    return [`${isLast ? '└─' : '├─'} ${key}`, ...stack.map((line) => `${isLast ? '   ' : '│  '}${line}`)];
  });
  return [bucketHeadline(bucket), ...lines, ...(rest > 0 ? [`… ${counted(rest, 'more version')}`] : [])].join('\n');
}

export function drawStack(versions: Iterable<DrawnVersion>): string {
  const keys = firstKeys(versions);
  const layout = makeLayout(keys);
  return keys.flatMap((one) => drawKey(one, layout)).join('\n');
}

function bucketHeadline(bucket: Bucket): string {
  const traits = Object.values<BucketOption<unknown, never>>(bucketOptions).flatMap(({ draw }) => draw?.(bucket) ?? []);
  return `${bucket.name}  ${traits.join(', ')}`;
}

function* drawnVersions(store: Store, bucket: Bucket): Generator<DrawnVersion> {
  const findEnd = findEnds(store, bucket);
  for (const [version, isLatest] of listVersions(bucket)) {
    const facts = showFacts(store, version, isLatest);
    const source = { store, bucket, version, versionId: facts.versionId };
    const shown = { ...facts, source, end: findEnd(facts.key, facts.versionId) };
    yield isObject(version) ? showParts(version, source, shown) : shown;
  }
}

function firstKeys(versions: Iterable<DrawnVersion>): readonly DrawnKey[] {
  const keys: { key: string; versions: DrawnVersion[]; more: number }[] = [];
  let total = 0;
  for (const version of versions) {
    let last = keys.at(-1);
    if (last?.key !== version.key) {
      if (total >= versionsDrawn) break;
      last = { key: version.key, versions: [], more: 0 };
      keys.push(last);
    }
    if (last.versions.length === versionsOfKey) {
      last.more += 1;
      continue;
    }
    last.versions.push(version);
    total += 1;
  }
  return keys;
}

function drawKey({ key, versions, more }: DrawnKey, layout: Layout): readonly string[] {
  const lines = [
    ...versions.map((version, index) =>
      aligned([...versionCells(version, layout.idLength), ...writeFall(version, versions[index + 1])], layout.widths),
    ),
    ...(more > 0 ? [`… ${counted(more, 'older version')}`] : []),
  ];
  return [visible(key), ...lines.map((line, index) => `${index === lines.length - 1 ? '└─' : '├─'} ${line}`)];
}

/**
 * Notes a version that is older than the one below it: a test that writes a key's versions newest first gets them in the wrong order.
 * Uploads and replicas can be older.
 */
function writeFall(version: DrawnVersion, older: DrawnVersion | undefined): readonly string[] {
  const isExplained = version.etag?.includes('-') === true || version.replicationStatus === 'REPLICA';
  return older !== undefined && version.lastModified < older.lastModified && !isExplained
    ? ['older than the version below it']
    : [];
}

interface Layout {
  readonly idLength: number;
  readonly widths: readonly number[];
}

function makeLayout(keys: readonly DrawnKey[]): Layout {
  const versions = keys.flatMap((one) => one.versions);
  const length = idLength(versions);
  const rows = versions.map((version) => versionCells(version, length));
  return { idLength: length, widths: columnWidths(rows, 2) };
}

function versionCells(version: DrawnVersion, length: number): readonly string[] {
  const { versionId, size, lastModified, isLatest, source, end } = version;
  return [
    versionId === 'null' ? '(null)' : shortId(versionId, length),
    size === undefined ? 'delete marker' : counted(size, 'byte'),
    writeMoment(lastModified),
    ...(isLatest ? ['current'] : []),
    ...drawParts(version, source),
    ...(end === undefined ? [] : [end]),
  ];
}

function idLength(versions: readonly DrawnVersion[]): number {
  const ids = [...new Set(versions.map(({ versionId }) => versionId))];
  const longest = longestLength(ids);
  if (ids.length <= fullIds) return longest;
  let length = shortest;
  while (length < longest && new Set(ids.map((id) => id.slice(0, length))).size < ids.length) length += 1;
  return length;
}

function shortId(id: string, length: number): string {
  return id.length <= length + 1 ? id : `${id.slice(0, length)}…`;
}
