import type { Change } from '../../src/model/changes';
import type { Store } from '../../src/model/store';

/** Calls a listener with the changes of each transaction from now on, whoever makes it. */
export function listenToChanges(store: Store, listener: (changes: readonly Change[]) => void): void {
  const commit: Store['commit'] = store.commit.bind(store);
  store.commit = (action, originOf) => {
    const committed = commit(action, originOf);
    if (committed.changes.length > 0) listener(committed.changes);
    return committed;
  };
}
