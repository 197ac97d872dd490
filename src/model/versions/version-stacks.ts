import BTree from 'sorted-btree';
import { sortKeyOf } from './sort-key';
import { isObject, type ObjectVersion, type Version } from './version';

/** A position in the order of all versions: by key, and for each key the newest first. */
export interface Position {
  readonly sortKey: string;
  readonly sequence: number;
}

/** The sequences of the positions above the newest version of a key, and below the oldest. */
export const newest = Number.POSITIVE_INFINITY;
export const oldest = -1;

/** An id has no line break, so that no entry begins with the id of another. */
function explicitIdEntry(id: string, sortKey: string): string {
  return `${id}\n${sortKey}`;
}

function compare(a: Position, b: Position): number {
  if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
  return b.sequence - a.sequence;
}

/** All that the stacks of a bucket hold. */
interface Trees {
  /** Each key is a version, and serves as its own position. */
  readonly versions: BTree<Position, undefined>;
  /** Null versions with others above them, by the order of their keys: no position leads to them. */
  readonly buriedNulls: BTree<string, Version>;
  /** Ids that a test gave, each with the order of its key, and the numbers of their writes. Ids of removed versions stay. */
  readonly explicitIds: BTree<string, number>;
}

/**
 * The versions of all keys of a bucket, a stack for each key, in one ordered tree, so that the cost of a page does not grow with the bucket.
 * The current version is the top of a stack: no other field names it.
 */
export class VersionStacks {
  readonly #trees: Trees;

  constructor(
    trees: Trees = { versions: new BTree(undefined, compare), buriedNulls: new BTree(), explicitIds: new BTree() },
  ) {
    this.#trees = trees;
  }

  /** A copy that shares all nodes until one of the two changes them. */
  copy(): VersionStacks {
    const { versions, buriedNulls, explicitIds } = this.#trees;
    return new VersionStacks({
      versions: versions.clone(),
      buriedNulls: buriedNulls.clone(),
      explicitIds: explicitIds.clone(),
    });
  }

  /** The number of versions and delete markers. */
  get size(): number {
    return this.#trees.versions.size;
  }

  /** The top of a key's stack. */
  current(key: string): Version | undefined {
    const sortKey = sortKeyOf(key);
    const [version] = this.from({ sortKey, sequence: newest });
    return version?.sortKey === sortKey ? version : undefined;
  }

  /** The current version if it is an object; undefined if it is a delete marker. */
  currentObject(key: string): ObjectVersion | undefined {
    const version = this.current(key);
    return isObject(version) ? version : undefined;
  }

  /** A key's version by the number of its write. */
  at(key: string, sequence: number): Version | undefined {
    const sortKey = sortKeyOf(key);
    const [version] = this.from({ sortKey, sequence });
    return version?.sortKey === sortKey && version.sequence === sequence ? version : undefined;
  }

  /** The null version of a key, at the top or below; a key has one at most (F52). */
  nullVersion(key: string): Version | undefined {
    const current = this.current(key);
    return current?.explicitId === 'null' ? current : this.#trees.buriedNulls.get(sortKeyOf(key));
  }

  /** The number of the write that a test gave an id, even if its version is removed. */
  sequenceOfExplicitId(key: string, id: string): number | undefined {
    return this.#trees.explicitIds.get(explicitIdEntry(id, sortKeyOf(key)));
  }

  /** Whether a test gave a version of any key this id. */
  isExplicitId(id: string): boolean {
    const start = explicitIdEntry(id, '');
    const [entry] = this.#trees.explicitIds.keys(start);
    return entry?.startsWith(start) === true;
  }

  /** The versions from a position on, in order. */
  from(position: Position): IterableIterator<Version> {
    return this.#trees.versions.keys(position) as IterableIterator<Version>; // every position in the tree is a version's
  }

  /** A key's versions, newest first. */
  *of(key: string): Generator<Version> {
    const sortKey = sortKeyOf(key);
    for (const version of this.from({ sortKey, sequence: newest })) {
      if (version.sortKey !== sortKey) return;
      yield version;
    }
  }

  /** Adds a version at the position that its sequence gives: a new version on top. */
  add(version: Version): void {
    const covered = this.current(version.key);
    const onTop = covered === undefined || covered.sequence < version.sequence;
    if (onTop && covered?.explicitId === 'null') this.#trees.buriedNulls.set(covered.sortKey, covered);
    if (!onTop && version.explicitId === 'null') this.#trees.buriedNulls.set(version.sortKey, version);
    if (version.explicitId !== undefined && version.explicitId !== 'null')
      this.#trees.explicitIds.set(explicitIdEntry(version.explicitId, version.sortKey), version.sequence);
    // Versions of the same key share its text.
    this.#trees.versions.set(covered ? { ...version, key: covered.key, sortKey: covered.sortKey } : version, undefined);
  }

  /** Replaces the version with the same position. */
  replace(version: Version): void {
    this.#trees.versions.set(version, undefined, true);
    if (this.#trees.buriedNulls.get(version.sortKey)?.sequence === version.sequence)
      this.#trees.buriedNulls.set(version.sortKey, version);
  }

  /** Removes a version permanently. */
  remove(version: Version): void {
    this.#trees.versions.delete(version);
    const buried = this.#trees.buriedNulls.get(version.sortKey);
    const uncovered = buried && this.current(version.key)?.sequence === buried.sequence;
    if (buried?.sequence === version.sequence || uncovered) this.#trees.buriedNulls.delete(version.sortKey);
  }

  /** The version next above a position in its key's stack: of a version, the one that made it noncurrent. */
  above({ sortKey, sequence }: Position): Version | undefined {
    const pair = this.#trees.versions.nextLowerPair({ sortKey, sequence });
    const above = pair?.[0] as Version | undefined; // as in from()
    return above?.sortKey === sortKey ? above : undefined;
  }
}
