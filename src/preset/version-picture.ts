import type { Bucket } from '../model/bucket';
import type { DefaultRetention } from '../model/object-lock';
import type { Store } from '../model/store';
import { standard } from '../model/versions/content';
import { versionIdOf } from '../model/versions/version-lookup';
import { visible } from '../text/members';
import { endsOf } from './lifecycle-plan';
import { type StoredRetention, storedLock } from './object-lock';
import { versionsInOrder } from './version-copies';

/** What a picture shows of a version or delete marker. */
export interface DrawnVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly lastModified: Date;
  /** Undefined of a delete marker. */
  readonly size?: number | undefined;
  readonly storageClass?: string | undefined;
  readonly retention?: StoredRetention | undefined;
  readonly legalHold?: string | undefined;
  /** When lifecycle ends it, in words. */
  readonly end?: string | undefined;
}

/** As many versions have their ids in full, to be copied; more of them are told apart by the beginnings. */
const fullIds = 10;
const shortest = 6;
const versionsDrawn = 50;
const versionsOfKey = 12;

interface DrawnKey {
  readonly key: string;
  readonly versions: readonly DrawnVersion[];
  /** How many older ones are not drawn. */
  readonly more: number;
}

/** A bucket as text, for a person: its name and what is set on it, then its keys with their versions, newest first. */
export function drawBucket(store: Store, bucket: Bucket): string {
  const keys = cut(drawn(store, bucket));
  const shown = keys.reduce((total, { versions, more }) => total + versions.length + more, 0);
  const rest = bucket.versions.size - shown;
  const layout = layoutOf(keys);
  const lines = keys.flatMap((one, index) => {
    const [key = '', ...stack] = drawKey(one, layout);
    const isLast = index === keys.length - 1;
    return [`${isLast ? '└─' : '├─'} ${key}`, ...stack.map((line) => `${isLast ? '   ' : '│  '}${line}`)];
  });
  return [headOf(bucket), ...lines, ...(rest > 0 ? [`… ${counted(rest, 'more version')}`] : [])].join('\n');
}

/** The versions of one key as text, newest first. */
export function drawStack(versions: Iterable<DrawnVersion>): string {
  const keys = cut(versions);
  const layout = layoutOf(keys);
  return keys.flatMap((one) => drawKey(one, layout)).join('\n');
}

function headOf({ name, versioning, location, objectLock, defaultRetention, lifecycle }: Bucket): string {
  const { Status, MFADelete } = versioning;
  const traits = [
    Status === undefined ? 'versioning never set' : `versioning ${Status}`,
    ...(MFADelete === undefined ? [] : [`MFA Delete ${MFADelete}`]),
    ...(objectLock ? [`object lock${defaultRetention ? ` (${describeDefault(defaultRetention)})` : ''}`] : []),
    ...(lifecycle ? [counted(lifecycle.Rules.length, 'lifecycle rule')] : []),
    ...(location === undefined ? [] : [location]),
  ];
  return `${name}  ${traits.join(', ')}`;
}

function describeDefault({ Mode, Days, Years }: DefaultRetention): string {
  return `${Mode} for ${Days === undefined ? counted(Years ?? 0, 'year') : counted(Days, 'day')} by default`;
}

function* drawn(store: Store, bucket: Bucket): Generator<DrawnVersion> {
  const endOf = endsOf(store, bucket);
  for (const [version, isLatest] of versionsInOrder(bucket)) {
    const versionId = versionIdOf(store, version);
    yield {
      key: version.key,
      versionId,
      isLatest,
      lastModified: new Date(version.created),
      size: version.content?.body.byteLength,
      storageClass: version.content?.storageClass,
      ...storedLock(version.lock),
      end: endOf(version.key, versionId),
    };
  }
}

/** The first keys with their newest versions; no more is looked at than what is counted. */
function cut(versions: Iterable<DrawnVersion>): readonly DrawnKey[] {
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

/** A key and its versions, a line each. */
function drawKey({ key, versions, more }: DrawnKey, layout: Layout): readonly string[] {
  const lines = [
    ...versions.map((version) => aligned(cellsOf(version, layout.idLength), layout.widths)),
    ...(more > 0 ? [`… ${counted(more, 'older version')}`] : []),
  ];
  return [visible(key), ...lines.map((line, index) => `${index === lines.length - 1 ? '└─' : '├─'} ${line}`)];
}

/** How long ids are, and how wide the first columns. */
interface Layout {
  readonly idLength: number;
  readonly widths: readonly number[];
}

function layoutOf(keys: readonly DrawnKey[]): Layout {
  const versions = keys.flatMap((one) => one.versions);
  const length = idLength(versions);
  const rows = versions.map((version) => cellsOf(version, length));
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((cells) => cells[column]?.length ?? 0)));
  return { idLength: length, widths };
}

function cellsOf(version: DrawnVersion, length: number): readonly string[] {
  const { versionId, size, lastModified, isLatest, storageClass = standard, retention, legalHold, end } = version;
  return [
    versionId === 'null' ? '(null)' : shortened(versionId, length),
    size === undefined ? 'delete marker' : counted(size, 'byte'),
    momentOf(lastModified),
    ...(isLatest ? ['current'] : []),
    ...(storageClass === standard ? [] : [storageClass]),
    ...(retention ? [`${retention.Mode} until ${momentOf(retention.RetainUntilDate)}`] : []),
    ...(legalHold === 'ON' ? ['legal hold'] : []),
    ...(end === undefined ? [] : [end]),
  ];
}

function momentOf(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  return cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
}

/** The length at which ids differ that are to be shortened. */
function idLength(versions: readonly DrawnVersion[]): number {
  const ids = [...new Set(versions.map(({ versionId }) => versionId))];
  const longest = Math.max(0, ...ids.map((id) => id.length));
  if (ids.length <= fullIds) return longest;
  let length = shortest;
  while (length < longest && new Set(ids.map((id) => id.slice(0, length))).size < ids.length) length += 1;
  return length;
}

/** An ellipsis in the place of one letter would save nothing. */
function shortened(id: string, length: number): string {
  return id.length <= length + 1 ? id : `${id.slice(0, length)}…`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
