import type { Bucket } from '../bucket';
import { type DueSubjects, never } from '../schedule/due-times';
import type { Done, DueSource } from '../schedule/run';
import { isObject, type ObjectVersion, type Version } from '../versions/version';
import { type ArchiveAction, type ArchiveStore, carryOut } from './archive-action';

// Only the versions themselves decide when a restore goes on.
const basis = {};

/** Restores as a source of what is due: their copies are made, and removed when their days are over. */
export class Restores implements DueSource<ArchiveAction> {
  readonly #store: ArchiveStore;

  constructor(store: ArchiveStore) {
    this.#store = store;
  }

  concerns({ versions }: Bucket): boolean {
    return !versions.restored.isEmpty;
  }

  next({ versions }: Bucket, after: number): number {
    // In buckets without restores no key is asked.
    return versions.restored.isEmpty ? never : Math.max(after, versions.due.restores.soonest(subjectsOf(versions)));
  }

  *act(bucket: Bucket, at: number): Generator<Done<ArchiveAction>> {
    const { versions } = bucket;
    for (const sortKey of versions.due.restores.take(at)) {
      // The oldest first, as lifecycle does.
      const due = [...versions.stackAt(sortKey)].filter((version) => dueOf(version) <= at).toReversed();
      for (const version of due) if (isObject(version)) yield this.#goOn(bucket, version);
    }
  }

  #goOn(bucket: Bucket, version: ObjectVersion): Done<ArchiveAction> {
    const at = dueOf(version);
    const { restore } = version;
    if (!restore?.isOngoing)
      return carryOut(this.#store, bucket, { ...version, restore: undefined }, { action: 'discard', at });
    // Without days, the object is back in the tier that is read at once, and no restore is left (F811).
    const after =
      restore.expires === undefined
        ? { ...version, restore: undefined, accessTier: undefined }
        : { ...version, restore: { ...restore, isOngoing: false } };
    return carryOut(this.#store, bucket, after, { action: 'restore', at });
  }
}

function subjectsOf(versions: Bucket['versions']): DueSubjects {
  const dueAt = (sortKey: string) => soonestOf([...versions.stackAt(sortKey)]);
  return {
    basis,
    size: versions.restored.size,
    forEach: (visit) => {
      for (const sortKey of versions.restored.keys()) visit(sortKey, dueAt(sortKey));
    },
    dueAt,
  };
}

function soonestOf(stack: readonly Version[]): number {
  return stack.reduce((least, one) => Math.min(least, dueOf(one)), never);
}

/** When a restore goes on: its copy is made, or removed. */
function dueOf({ restore }: Version): number {
  if (restore === undefined) return never;
  return (restore.isOngoing ? restore.ready : restore.expires) ?? never;
}
