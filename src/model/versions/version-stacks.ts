import BTree from 'sorted-btree';
import { keyOrder } from './key-order';
import { isObject, type ObjectVersion, type Version } from './version';

/** A place in the order of all versions: by key, and for each key the newest first. */
export interface Place {
  readonly order: string;
  readonly sequence: number;
}

/** Above the newest version of a key, and below the oldest. */
export const newest = Number.POSITIVE_INFINITY;
export const oldest = -1;

/** No id has a line break in it, so that none is the beginning of another. */
function givenIdEntry(id: string, order: string): string {
  return `${id}\n${order}`;
}

function compare(a: Place, b: Place): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return b.sequence - a.sequence;
}

/**
 * The versions of all keys of a bucket, a stack a key, in one ordered tree, so that what a page costs does not grow with the bucket.
 * What is current is the top of a stack, and nothing else says so.
 */
export class VersionStacks {
  readonly #tree: BTree<Place, undefined>;
  /** Null versions with others above them, which no place leads to. */
  readonly #buriedNulls: BTree<string, Version>;
  /** Ids that a test gave, each with the order of its key, and the numbers of their writes. What is removed stays known. */
  readonly #givenIds: BTree<string, number>;

  constructor(from?: VersionStacks) {
    this.#tree = from ? from.#tree.clone() : new BTree<Place, undefined>(undefined, compare);
    this.#buriedNulls = from ? from.#buriedNulls.clone() : new BTree<string, Version>();
    this.#givenIds = from ? from.#givenIds.clone() : new BTree<string, number>();
  }

  /** How many versions and delete markers there are. */
  get size(): number {
    return this.#tree.size;
  }

  /** The top of a key's stack. */
  current(key: string): Version | undefined {
    const order = keyOrder(key);
    const [version] = this.from({ order, sequence: newest });
    return version?.order === order ? version : undefined;
  }

  /** The current version where it is an object. */
  currentObject(key: string): ObjectVersion | undefined {
    const version = this.current(key);
    return isObject(version) ? version : undefined;
  }

  /** A key's version by the number of its write. */
  at(key: string, sequence: number): Version | undefined {
    const order = keyOrder(key);
    const [version] = this.from({ order, sequence });
    return version?.order === order && version.sequence === sequence ? version : undefined;
  }

  /** The one null version that a key may have, wherever it stands (F52). */
  nullVersion(key: string): Version | undefined {
    const current = this.current(key);
    return current?.givenId === 'null' ? current : this.#buriedNulls.get(keyOrder(key));
  }

  /** The number of the write that a test gave an id, be its version there or gone. */
  sequenceOfGivenId(key: string, id: string): number | undefined {
    return this.#givenIds.get(givenIdEntry(id, keyOrder(key)));
  }

  /** Whether a test gave some version such an id. */
  isGivenId(id: string): boolean {
    const start = givenIdEntry(id, '');
    const [entry] = this.#givenIds.keys(start);
    return entry?.startsWith(start) === true;
  }

  /** The versions from a place on, in order. */
  from(place: Place): IterableIterator<Version> {
    return this.#tree.keys(place) as IterableIterator<Version>; // every place in the tree is a version's
  }

  /** A key's versions, newest first. */
  *of(key: string): Generator<Version> {
    const order = keyOrder(key);
    for (const version of this.from({ order, sequence: newest })) {
      if (version.order !== order) return;
      yield version;
    }
  }

  /** Puts a version in its place by its sequence: on top, for a new one. */
  add(version: Version): void {
    const covered = this.current(version.key);
    const onTop = covered === undefined || covered.sequence < version.sequence;
    if (onTop && covered?.givenId === 'null') this.#buriedNulls.set(covered.order, covered);
    if (!onTop && version.givenId === 'null') this.#buriedNulls.set(version.order, version);
    if (version.givenId !== undefined && version.givenId !== 'null')
      this.#givenIds.set(givenIdEntry(version.givenId, version.order), version.sequence);
    // Keys that are the same share their text.
    this.#tree.set(covered ? { ...version, key: covered.key, order: covered.order } : version, undefined);
  }

  /** Puts a version in the place of the one it was made from. */
  replace(version: Version): void {
    this.#tree.set(version, undefined, true);
    if (this.#buriedNulls.get(version.order)?.sequence === version.sequence)
      this.#buriedNulls.set(version.order, version);
  }

  /** Takes a version away for good. */
  remove(version: Version): void {
    this.#tree.delete(version);
    const buried = this.#buriedNulls.get(version.order);
    const uncovered = buried && this.current(version.key)?.sequence === buried.sequence;
    if (buried?.sequence === version.sequence || uncovered) this.#buriedNulls.delete(version.order);
  }

  /** The version next above a place in its key's stack: of a version, the one that made it noncurrent. */
  above({ order, sequence }: Place): Version | undefined {
    const pair = this.#tree.nextLowerPair({ order, sequence });
    const above = pair?.[0] as Version | undefined; // as in from()
    return above?.order === order ? above : undefined;
  }
}
