import { byCodeUnits } from '../../text/lists';
import type { VersionStep } from '../changes';
import { OrderedTree } from '../ordered-tree';
import { type DueSubjects, DueTimes } from '../schedule/due-times';
import { nextSortKey } from '../touches';
import { type Step, Transactions } from '../transactions';
import { isSameContent } from './content';
import { makeSortKey, sortKeyAfterPrefix } from './sort-key';
import { freezeVersion, isObject, type ObjectVersion, type Version } from './version';

/** The due keys by the sort keys of a bucket, separately for each cause. */
class DueKeys {
  constructor(
    readonly lifecycle = new DueTimes(),
    readonly restores = new DueTimes(),
    readonly tiers = new DueTimes(),
  ) {}

  /** The copy shares all nodes until one of the two changes them. */
  copy(): DueKeys {
    return new DueKeys(this.lifecycle.copy(), this.restores.copy(), this.tiers.copy());
  }

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

/** The sequences above the newest version of a key, and below the oldest. */
export const newest = Number.POSITIVE_INFINITY;
export const oldest = -1;

/** No entry begins with the id of another, since an id has no line break. */
function explicitIdEntry(id: string, sortKey: string): string {
  return `${id}\n${sortKey}`;
}

/** Returns undefined for the null version and for an id that follows from the sequence. */
function findIdEntry({ explicitId, sortKey }: Version): string | undefined {
  return explicitId === undefined || explicitId === 'null' ? undefined : explicitIdEntry(explicitId, sortKey);
}

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

/** `number`: of the write that gets the id; undefined takes it back. */
function numberId({ explicitIds }: Trees, version: Version, number: number | undefined): void {
  const entry = findIdEntry(version);
  if (entry === undefined) return;
  if (number === undefined) explicitIds.delete(entry);
  else explicitIds.set(entry, number);
}

/** Returns the number that the id had before. */
function renumberId({ explicitIds }: Trees, version: Version): number | undefined {
  const entry = findIdEntry(version);
  if (entry === undefined) return undefined;
  const before = explicitIds.get(entry);
  explicitIds.set(entry, version.sequence);
  return before;
}

/** A single record, since a fixture makes thousands within one transaction. */
class StackStep implements Step, VersionStep {
  constructor(
    readonly bucket: string,
    readonly before: Version | undefined,
    readonly after: Version | undefined,
    readonly stacks: VersionStacks,
    readonly trees: Trees,
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

function sharing({ key, sortKey, content: before }: Version, version: Version): Version {
  const { content } = version;
  return { ...version, key, sortKey, content: content && before && isSameContent(before, content) ? before : content };
}

function compare(a: Position, b: Position): number {
  if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
  return b.sequence - a.sequence;
}

interface Trees {
  readonly versions: OrderedTree<Position, undefined>;
  /** Null versions that have others above them, or had, by their sort keys: no position leads to them. */
  readonly buriedNulls: OrderedTree<string, Version>;
  /** The numbers by id and sort key. Ids of removed versions stay. */
  readonly explicitIds: OrderedTree<string, number>;
  /** Sort keys of keys that have a version with a restore, or had one. */
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

  constructor(
    bucket = '',
    transactions = new Transactions(),
    trees: Trees = {
      versions: new OrderedTree(undefined, compare),
      // The tree's own order asks of each text first whether it is a number.
      buriedNulls: new OrderedTree(undefined, byCodeUnits),
      explicitIds: new OrderedTree(undefined, byCodeUnits),
      restored: new OrderedTree(undefined, byCodeUnits),
    },
    due = new DueKeys(),
  ) {
    this.#bucket = bucket;
    this.#transactions = transactions;
    this.#trees = trees;
    this.due = due;
  }

  get restored(): Pick<OrderedTree<string, undefined>, 'isEmpty' | 'keys' | 'size'> {
    return this.#trees.restored;
  }

  /** The copy shares all nodes until one of the two changes them. */
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

  get size(): number {
    this.#transactions.onTouch?.({ bucket: this.#bucket, part: { from: '', before: undefined }, isWrite: false });
    return this.#trees.versions.size;
  }

  current(key: string): Version | undefined {
    const sortKey = makeSortKey(key);
    this.#report(sortKey);
    const version = this.#first({ sortKey, sequence: newest });
    return version?.sortKey === sortKey ? version : undefined;
  }

  currentObject(key: string): ObjectVersion | undefined {
    const version = this.current(key);
    return isObject(version) ? version : undefined;
  }

  at(key: string, sequence: number): Version | undefined {
    const sortKey = makeSortKey(key);
    this.#report(sortKey);
    const version = this.#first({ sortKey, sequence });
    return version?.sortKey === sortKey && version.sequence === sequence ? version : undefined;
  }

  /** A key has at most one, at the top or below (F52). */
  nullVersion(key: string): Version | undefined {
    const current = this.current(key);
    return current?.explicitId === 'null' ? current : this.#trees.buriedNulls.get(makeSortKey(key));
  }

  /** Returns the sequence, also of a version that was removed. */
  sequenceOfExplicitId(key: string, id: string): number | undefined {
    const sortKey = makeSortKey(key);
    this.#report(sortKey);
    return this.#trees.explicitIds.get(explicitIdEntry(id, sortKey));
  }

  isExplicitId(id: string): boolean {
    this.#transactions.onTouch?.({ bucket: this.#bucket, part: { explicitId: id }, isWrite: false });
    const start = explicitIdEntry(id, '');
    const entry = this.#trees.explicitIds.getPairOrNextHigher(start)?.[0];
    return entry?.startsWith(start) === true;
  }

  /** The prefix of sort keys says what the caller asks about: it leaves alone what it finds behind. */
  from(position: Position, prefix = ''): IterableIterator<Version> {
    return this.#transactions.onTouch === undefined ? this.#walk(position) : this.#walkObserved(position, prefix);
  }

  #walk(position: Position): IterableIterator<Version> {
    return this.#trees.versions.keys(position) as IterableIterator<Version>; // every position in the tree is a version's
  }

  /** Reports how far the caller went, since no change behind that place could show there. */
  *#walkObserved(position: Position, prefix: string): Generator<Version> {
    const from = position.sequence === oldest ? nextSortKey(position.sortKey) : position.sortKey;
    const end = sortKeyAfterPrefix(prefix);
    let reached: string | undefined = from;
    try {
      for (const version of this.#walk(position)) {
        reached = nextSortKey(version.sortKey);
        yield version;
      }
      reached = undefined;
    } finally {
      const before = reached === undefined || (end !== undefined && end < reached) ? end : reached;
      this.#transactions.onTouch?.({ bucket: this.#bucket, part: { from, before }, isWrite: false });
    }
  }

  #report(sortKey: string): void {
    this.#transactions.onTouch?.({ bucket: this.#bucket, part: { key: sortKey }, isWrite: false });
  }

  #noteWrite(version: Version): void {
    this.#transactions.noteWrite({ bucket: this.#bucket, part: { key: version.sortKey } });
    const { explicitId } = version;
    if (findIdEntry(version) !== undefined && explicitId !== undefined)
      this.#transactions.noteWrite({ bucket: this.#bucket, part: { explicitId } });
  }

  /** An iterator for one version takes longer than all else of a write. */
  #first(position: Position): Version | undefined {
    return this.#trees.versions.getPairOrNextHigher(position)?.[0] as Version | undefined; // as in from()
  }

  /** Generates the newest version of each key, in the order of the keys. */
  *newestOfEachKey(): Generator<Version> {
    let last: string | undefined;
    for (const version of this.from({ sortKey: '', sequence: newest })) {
      if (version.sortKey !== last) yield version;
      last = version.sortKey;
    }
  }

  /** A soonest time for each key, by its stack. */
  makeDueSubjects(basis: object, dueOf: (stack: readonly Version[]) => number): DueSubjects {
    return {
      basis,
      names: () => Array.from(this.newestOfEachKey(), ({ sortKey }) => sortKey),
      dueAt: (sortKey) => dueOf([...this.stackAt(sortKey)]),
    };
  }

  /** Newest first. */
  of(key: string): Generator<Version> {
    return this.stackAt(makeSortKey(key));
  }

  /** Newest first. */
  stackAt(sortKey: string): Generator<Version> {
    return this.#downFrom({ sortKey, sequence: newest });
  }

  /** The versions of the key below a position, newest first. */
  below({ sortKey, sequence }: Position): Generator<Version> {
    return this.#downFrom({ sortKey, sequence: sequence - 1 });
  }

  *#downFrom(position: Position): Generator<Version> {
    this.#report(position.sortKey);
    for (const version of this.#walk(position)) {
      if (version.sortKey !== position.sortKey) return;
      yield version;
    }
  }

  /**
   * Adds a version at the place of its sequence: a new version comes on top. A key has at most one null version, so a null version takes
   * the place of an older one (F51).
   */
  add(version: Version): void {
    this.#noteWrite(version);
    const replaced = version.explicitId === 'null' ? this.nullVersion(version.key) : undefined;
    if (replaced) drop(this.#trees, replaced);
    const covered = this.current(version.key);
    const added = covered ? sharing(covered, version) : version;
    freezeVersion(added);
    insert(this.#trees, added, covered);
    const numberBefore = renumberId(this.#trees, added);
    this.touch(added);
    if (this.#transactions.isOpen) this.#note(replaced, added, numberBefore);
  }

  replace(version: Version): void {
    this.#noteWrite(version);
    const before = this.#transactions.isOpen ? this.at(version.key, version.sequence) : undefined;
    freezeVersion(version);
    overwrite(this.#trees, version);
    this.touch(version);
    if (before) this.#note(before, version);
  }

  remove(version: Version): void {
    this.#noteWrite(version);
    const removed = this.#transactions.isOpen ? this.at(version.key, version.sequence) : undefined;
    drop(this.#trees, version);
    this.touch(version);
    if (removed) this.#note(removed, undefined);
  }

  touch(version: Version | undefined): void {
    if (version) this.due.touch(version.sortKey);
  }

  #note(before: Version | undefined, after: Version | undefined, numberBefore?: number): void {
    this.#transactions.note(new StackStep(this.#bucket, before, after, this, this.#trees, numberBefore));
  }

  /** Returns the version that made the version at the position noncurrent. */
  above({ sortKey, sequence }: Position): Version | undefined {
    this.#report(sortKey);
    const pair = this.#trees.versions.nextLowerPair({ sortKey, sequence });
    const above = pair?.[0] as Version | undefined; // as in from()
    return above?.sortKey === sortKey ? above : undefined;
  }
}
