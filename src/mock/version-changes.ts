import type { RequestEntry } from '../journal/entry';
import type { Journal } from '../journal/journal';
import { Queue } from '../journal/log';
import type { Change, VersionChange } from '../model/changes';
import type { ServiceAction } from '../model/schedule/service-action';
import type { Store } from '../model/store';
import { makeSortKey } from '../model/versions/sort-key';
import { isObject, type Version } from '../model/versions/version';
import { findSequence, versionIdOf } from '../model/versions/version-lookup';
import { oldest } from '../model/versions/version-stacks';
import type { VersionRow } from '../preset/version-copies';

/** The request that changed a version, or what S3 did by itself. */
export interface Author {
  /** The number of the request, for GET /requests/{id}; left out if S3 did it by itself. */
  readonly request?: number;
  /** The number of the action among those of S3 itself; left out for a request. */
  readonly serviceAction?: number;
  /** The operation of the request, or the name of the action in S3's server access logs. */
  readonly operation: string;
  /** The caller of the request, as the journal has it; left out if S3 did it by itself. */
  readonly caller?: RequestEntry['caller'];
  /** The id of the rule because of which S3 did it. */
  readonly rule?: string;
}

/** A version that was written or removed, with its author. */
export interface VersionHistoryRow {
  readonly key: string;
  readonly versionId: string;
  /** `replaced`: a new null version took the place of the null version. */
  readonly what: 'written' | 'removed' | 'replaced';
  /** Whether the version is a delete marker. */
  readonly deleteMarker: boolean;
  readonly size: number;
  /** The moment at which the version was written. */
  readonly lastModified: Date;
  /** The moment of the change. */
  readonly at: Date;
  readonly by: Author;
}

/** What is kept of a version: no bytes. */
interface Noted extends Pick<VersionHistoryRow, 'what' | 'size' | 'by'> {
  readonly bucket: string;
  readonly version: Pick<Version, 'key' | 'sequence' | 'created' | 'explicitId'>;
  readonly deleteMarker: boolean;
  readonly at: number;
  /** Whether a restore led back to a moment before the change. */
  isUndone?: boolean;
}

/** A version of a key as it was at an earlier moment. */
export interface EarlierRow extends Omit<VersionRow, 'describe'> {
  /** The version, if it is still there. */
  readonly describe?: VersionRow['describe'];
  /** What removed it since. */
  readonly removed?: VersionHistoryRow;
}

/**
 * The versions that requests and S3 itself wrote and removed, oldest first, as many as the journal has requests. A batch can be quiet, and
 * a null version has no id in its answer, so neither follows from the journal. What a test does by handles is left out.
 */
export class VersionChanges {
  readonly #store: Store;
  readonly #journal: Journal;
  readonly #changes: Queue<Noted>;

  constructor(store: Store, journal: Journal) {
    this.#store = store;
    this.#journal = journal;
    this.#changes = new Queue(journal.limit);
  }

  /** Notes the changes of the request that the journal got last. */
  noteRequest(changes: readonly Change[], { operation, method, caller }: RequestEntry): void {
    if (changes.length === 0) return;
    this.#note(changes, { request: this.#journal.reader().id, operation: operation ?? method, caller });
  }

  /** Notes the changes of the action that the journal got last. */
  noteAction(changes: readonly Change[], { operation, rule }: ServiceAction): void {
    const { before, length } = this.#journal.actions.feed;
    this.#note(changes, { serviceAction: before + length, operation, ...(rule !== undefined && { rule }) });
  }

  clear(): void {
    this.#changes.clear();
  }

  /** The changes of a bucket, or of one of its keys, newest first. */
  *of(bucket: string, key?: string): Generator<VersionHistoryRow> {
    for (let index = this.#changes.length - 1; index >= 0; index -= 1) {
      const noted = this.#changes.at(index);
      if (noted?.bucket === bucket && (key === undefined || noted.version.key === key)) yield this.#show(noted);
    }
  }

  /**
   * Returns a function that finds the author of a version. The moment of the write counts as well, since a restored state can use an id
   * again.
   */
  authorsOf(bucket: string, key: string): (versionId: string, lastModified: Date) => Author | undefined {
    const authors = new Map<string, Author>();
    for (const row of this.of(bucket, key)) {
      const id = identify(row.versionId, row.lastModified.getTime());
      if (row.what === 'written' && !authors.has(id)) authors.set(id, row.by);
    }
    return (versionId, lastModified) => authors.get(identify(versionId, lastModified.getTime()));
  }

  /**
   * The state went back to an earlier moment by a restore. The history keeps what happened since, as the journal does, but nothing of it
   * belongs to the past of the restored state.
   */
  noteRestore(): void {
    const now = this.#store.clock.now();
    for (const noted of this.#changes) noted.isUndone ||= noted.at > now;
  }

  /** Returns the rows of a bucket as they were at a moment: without later versions, and with the versions that were removed since. */
  rowsAt(rows: Iterable<VersionRow>, at: number, bucket: string, key?: string): readonly EarlierRow[] {
    const earlier = new Map<string, PlacedRow>();
    const add = (row: EarlierRow, sequence: number) => {
      const id = identify(row.key, sequence, row.lastModified.getTime());
      if (!earlier.has(id)) earlier.set(id, { row, sequence });
    };
    for (const row of rows) if (row.lastModified.getTime() <= at) add(row, this.#sequenceOf(bucket, row));
    const noted = this.#changes.toArray().filter((one) => one.bucket === bucket && !one.isUndone);
    const asked = key === undefined ? noted : noted.filter(({ version }) => version.key === key);
    for (const one of asked) {
      const wasThere = one.what !== 'written' && one.at > at && one.version.created <= at;
      if (wasThere) add(makeGoneRow(this.#show(one)), one.version.sequence);
    }
    // An upload gives its version the moment at which it began, and a copy has the moment of its source.
    for (const { what, at: written, version } of asked)
      if (what === 'written' && written > at) earlier.delete(identify(version.key, version.sequence, version.created));
    return arrange([...earlier.values()]);
  }

  /** The place of a version in the stack of its key, which neither its moment nor its id says. */
  #sequenceOf(bucket: string, { key, versionId }: VersionRow): number {
    const versions = this.#store.buckets.get(bucket)?.versions;
    if (versions === undefined) return oldest;
    if (versionId === 'null') return versions.nullVersion(key)?.sequence ?? oldest;
    return findSequence(this.#store, versions, key, versionId) ?? oldest;
  }

  #note(changes: readonly Change[], by: Author): void {
    for (const change of changes) {
      if (!isOfVersion(change)) continue;
      const { bucket, version, before, kind, time } = change;
      if (kind === 'version removed') this.#changes.push(take('removed', version, { bucket, at: time, by }));
      else {
        if (before !== undefined) this.#changes.push(take('replaced', before, { bucket, at: time, by }));
        this.#changes.push(take('written', version, { bucket, at: time, by }));
      }
    }
  }

  #show({ version, what, deleteMarker, size, at, by }: Noted): VersionHistoryRow {
    const versionId = versionIdOf(this.#store, version);
    const lastModified = new Date(version.created);
    return { key: version.key, versionId, what, deleteMarker, size, lastModified, at: new Date(at), by };
  }
}

const kinds: ReadonlySet<string> = new Set<VersionChange['kind']>([
  'version written',
  'delete marker made',
  'version removed',
]);

function isOfVersion(change: Change): change is VersionChange {
  return kinds.has(change.kind);
}

function take(what: Noted['what'], version: Version, rest: Pick<Noted, 'bucket' | 'at' | 'by'>): Noted {
  const { key, sequence, created, explicitId } = version;
  const size = isObject(version) ? version.content.body.byteLength : 0;
  const deleteMarker = !isObject(version);
  return { ...rest, what, size, deleteMarker, version: { key, sequence, created, explicitId } };
}

const identify = (...parts: readonly (string | number)[]) => JSON.stringify(parts);

function makeGoneRow(removed: VersionHistoryRow): EarlierRow {
  const { key, versionId, deleteMarker, size, lastModified } = removed;
  return { key, versionId, deleteMarker, size, lastModified, isLatest: false, removed };
}

interface PlacedRow {
  readonly row: EarlierRow;
  readonly sequence: number;
}

/** Returns the rows in S3's order: by key, and the newest version first. */
function arrange(placed: readonly PlacedRow[]): readonly EarlierRow[] {
  const ordered = placed.map(({ row, sequence }) => ({ order: makeSortKey(row.key), row, sequence }));
  ordered.sort((a, b) => (a.order === b.order ? b.sequence - a.sequence : a.order < b.order ? -1 : 1));
  return ordered.map(({ row, order }, index) => ({ ...row, isLatest: ordered[index - 1]?.order !== order }));
}
