import type { VersionStep } from '../changes';
import { OrderedTree } from '../ordered-tree';
import { DueTimes } from '../schedule/due-times';
import { type Step, Transactions } from '../transactions';
import { isSameContent } from './content';
import { sortKeyOf } from './sort-key';
import { closeVersion, isObject, type ObjectVersion, type Version } from './version';

/** When something is next due for each key of a bucket, by the text that it sorts by: for each cause by itself. */
class DueKeys {
  /** By the rules of lifecycle. */
  readonly lifecycle: DueTimes;
  /** Because a restore goes on. */
  readonly restores: DueTimes;
  /** By the configurations of Intelligent-Tiering. */
  readonly tiers: DueTimes;

  constructor({ lifecycle, restores, tiers }: Partial<Pick<DueKeys, 'lifecycle' | 'restores' | 'tiers'>> = {}) {
    this.lifecycle = lifecycle ?? new DueTimes();
    this.restores = restores ?? new DueTimes();
    this.tiers = tiers ?? new DueTimes();
  }

  /** A copy; it shares all nodes until one of the two changes them. */
  copy(): DueKeys {
    const { lifecycle, restores, tiers } = this;
    return new DueKeys({ lifecycle: lifecycle.copy(), restores: restores.copy(), tiers: tiers.copy() });
  }

  /** Notes that the stack of a key changed. */
  touch(sortKey: string): void {
    this.lifecycle.touch(sortKey);
    this.restores.touch(sortKey);
    this.tiers.touch(sortKey);
  }
}

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

/** The entry of an id that a test gave; undefined for the null version and for an id that follows from the sequence. */
function idEntryOf({ explicitId, sortKey }: Version): string | undefined {
  return explicitId === undefined || explicitId === 'null' ? undefined : explicitIdEntry(explicitId, sortKey);
}

/** Puts a version below or on top of the one that is current. */
function insert({ versions, buriedNulls, restored }: Trees, version: Version, current: Version | undefined): void {
  const onTop = current === undefined || current.sequence < version.sequence;
  if (onTop && current?.explicitId === 'null') buriedNulls.set(current.sortKey, current);
  if (!onTop && version.explicitId === 'null') buriedNulls.set(version.sortKey, version);
  versions.set(version, undefined);
  if (version.restore) restored.set(version.sortKey, undefined);
}

function overwrite({ versions, buriedNulls, restored }: Trees, version: Version): void {
  versions.set(version, undefined, true);
  if (version.restore) restored.set(version.sortKey, undefined);
  if (buriedNulls.get(version.sortKey)?.sequence === version.sequence) buriedNulls.set(version.sortKey, version);
}

function drop({ versions, buriedNulls }: Trees, version: Version): void {
  versions.delete(version);
  if (buriedNulls.get(version.sortKey)?.sequence === version.sequence) buriedNulls.delete(version.sortKey);
}

/** Gives the id that a test gave a version the number of a write; undefined takes it back. */
function numberId({ explicitIds }: Trees, version: Version, number: number | undefined): void {
  const entry = idEntryOf(version);
  if (entry === undefined) return;
  if (number === undefined) explicitIds.delete(entry);
  else explicitIds.set(entry, number);
}

/** A step of the stacks, in one record, since a fixture makes thousands within one transaction. */
class StackStep implements Step, VersionStep {
  constructor(
    readonly bucket: string,
    readonly before: Version | undefined,
    readonly after: Version | undefined,
    readonly stacks: VersionStacks,
    readonly trees: Trees,
    /** The number of the write that had the id of the version which came, if a test gave it. */
    readonly numberBefore: number | undefined,
  ) {}

  get ofBucket(): VersionStep {
    return this;
  }

  undo(): void {
    const { before, after, stacks, trees } = this;
    stacks.touch(after ?? before);
    if (before !== undefined && before.sequence === after?.sequence) {
      overwrite(trees, before);
      return;
    }
    if (after) drop(trees, after);
    if (after) numberId(trees, after, this.numberBefore);
    if (before) insert(trees, before, stacks.current(before.key));
  }
}

/** A version with the text of its key and, if it was written with the same again, the content of the one that it covers. */
function sharing({ key, sortKey, content: before }: Version, version: Version): Version {
  const { content } = version;
  return { ...version, key, sortKey, content: content && before && isSameContent(before, content) ? before : content };
}

function compare(a: Position, b: Position): number {
  if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
  return b.sequence - a.sequence;
}

interface Trees {
  /** Each key is a version, and serves as its own position. */
  readonly versions: OrderedTree<Position, undefined>;
  /** Null versions with others above them, now or once, by the order of their keys: no position leads to them. */
  readonly buriedNulls: OrderedTree<string, Version>;
  /** Ids that a test gave, each with the order of its key, and the numbers of their writes. Ids of removed versions stay. */
  readonly explicitIds: OrderedTree<string, number>;
  /** The keys that have a version with a restore, or had one, by the texts that they sort by. */
  readonly restored: OrderedTree<string, undefined>;
}

/**
 * The versions of all keys of a bucket, a stack for each key, in one ordered tree, so that the cost of a page does not grow with the bucket.
 * The current version is the top of a stack: no other field names it.
 */
export class VersionStacks {
  readonly #bucket: string;
  readonly #transactions: Transactions;
  readonly #trees: Trees;
  readonly due: DueKeys;

  /** Stacks of the bucket with a name, whose changes these transactions note. */
  constructor(
    bucket = '',
    transactions = new Transactions(),
    trees: Trees = {
      versions: new OrderedTree(undefined, compare),
      buriedNulls: new OrderedTree(),
      explicitIds: new OrderedTree(),
      restored: new OrderedTree(),
    },
    due = new DueKeys(),
  ) {
    this.#bucket = bucket;
    this.#transactions = transactions;
    this.#trees = trees;
    this.due = due;
  }

  /** The keys that have a version with a restore, or had one, by the texts that they sort by. */
  get restored(): Pick<OrderedTree<string, undefined>, 'isEmpty' | 'keys' | 'size'> {
    return this.#trees.restored;
  }

  /** A copy whose changes others note. It shares all nodes until one of the two changes them. */
  copy(transactions?: Transactions): VersionStacks {
    const { versions, buriedNulls, explicitIds, restored } = this.#trees;
    const trees = {
      versions: versions.clone(),
      buriedNulls: buriedNulls.clone(),
      explicitIds: explicitIds.clone(),
      restored: restored.clone(),
    };
    return new VersionStacks(this.#bucket, transactions, trees, this.due.copy());
  }

  /** The number of versions and delete markers. */
  get size(): number {
    return this.#trees.versions.size;
  }

  /** The top of a key's stack. */
  current(key: string): Version | undefined {
    const sortKey = sortKeyOf(key);
    const version = this.#first({ sortKey, sequence: newest });
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
    const version = this.#first({ sortKey, sequence });
    return version?.sortKey === sortKey && version.sequence === sequence ? version : undefined;
  }

  /** The null version of a key, at the top or below; a key has one at most (F52). */
  nullVersion(key: string): Version | undefined {
    const current = this.current(key);
    return current?.explicitId === 'null' ? current : this.#trees.buriedNulls.get(sortKeyOf(key));
  }

  /** The number of the write that a test gave an id, even if its version is removed. */
  sequenceOfExplicitId(key: string, id: string): number | undefined {
    return this.#numberOf(explicitIdEntry(id, sortKeyOf(key)));
  }

  #numberOf(entry: string | undefined): number | undefined {
    return entry === undefined ? undefined : this.#trees.explicitIds.get(entry);
  }

  /** Whether a test gave a version of any key this id. */
  isExplicitId(id: string): boolean {
    const start = explicitIdEntry(id, '');
    const entry = this.#trees.explicitIds.getPairOrNextHigher(start)?.[0];
    return entry?.startsWith(start) === true;
  }

  /** The versions from a position on, in order. */
  from(position: Position): IterableIterator<Version> {
    return this.#trees.versions.keys(position) as IterableIterator<Version>; // every position in the tree is a version's
  }

  /** The first version from a position on: an iterator for one version takes longer than all else of a write. */
  #first(position: Position): Version | undefined {
    return this.#trees.versions.getPairOrNextHigher(position)?.[0] as Version | undefined; // as in from()
  }

  /** Calls `visit` for each key, in order, with the text that it sorts by and its versions, newest first. */
  forEachStack(visit: (sortKey: string, stack: readonly Version[]) => void): void {
    let last = '';
    let stack: Version[] = [];
    // The tree's own walk takes less time than its iterator.
    this.#trees.versions.forEachPair((position) => {
      const version = position as Version; // as in from()
      if (version.sortKey !== last && stack.length > 0) {
        visit(last, stack);
        stack = [];
      }
      last = version.sortKey;
      stack.push(version);
    });
    if (stack.length > 0) visit(last, stack);
  }

  /** A key's versions, newest first. */
  of(key: string): Generator<Version> {
    return this.stackAt(sortKeyOf(key));
  }

  /** The versions of the key that sorts by a text, newest first. */
  *stackAt(sortKey: string): Generator<Version> {
    for (const version of this.from({ sortKey, sequence: newest })) {
      if (version.sortKey !== sortKey) return;
      yield version;
    }
  }

  /**
   * Adds a version at the position that its sequence gives: a new version on top. A key has one null version at most, so that a null version
   * takes the place of an older one (F51).
   */
  add(version: Version): void {
    const replaced = version.explicitId === 'null' ? this.nullVersion(version.key) : undefined;
    if (replaced) drop(this.#trees, replaced);
    const covered = this.current(version.key);
    const added = covered ? sharing(covered, version) : version;
    closeVersion(added);
    insert(this.#trees, added, covered);
    const numberBefore = this.#numberOf(idEntryOf(added));
    numberId(this.#trees, added, added.sequence);
    this.touch(added);
    if (this.#transactions.isOpen) this.#note(replaced, added, numberBefore);
  }

  /** Replaces the version with the same position. */
  replace(version: Version): void {
    const before = this.#transactions.isOpen ? this.at(version.key, version.sequence) : undefined;
    closeVersion(version);
    overwrite(this.#trees, version);
    this.touch(version);
    if (before) this.#note(before, version);
  }

  /** Removes a version permanently. */
  remove(version: Version): void {
    const removed = this.#transactions.isOpen ? this.at(version.key, version.sequence) : undefined;
    drop(this.#trees, version);
    this.touch(version);
    if (removed) this.#note(removed, undefined);
  }

  /** Notes that the stack of a version changed. */
  touch(version: Version | undefined): void {
    if (version) this.due.touch(version.sortKey);
  }

  #note(before: Version | undefined, after: Version | undefined, numberBefore?: number): void {
    this.#transactions.note(new StackStep(this.#bucket, before, after, this, this.#trees, numberBefore));
  }

  /** The version next above a position in its key's stack: of a version, the one that made it noncurrent. */
  above({ sortKey, sequence }: Position): Version | undefined {
    const pair = this.#trees.versions.nextLowerPair({ sortKey, sequence });
    const above = pair?.[0] as Version | undefined; // as in from()
    return above?.sortKey === sortKey ? above : undefined;
  }
}
