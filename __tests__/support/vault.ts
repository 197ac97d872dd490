import { Store } from '../../src/model/store';
import { addBucket, type BucketFixture } from '../../src/preset/bucket-fixture';
import { type BucketHandle, makeBucketHandle } from '../../src/preset/bucket-handle';

export const noon = Date.UTC(2026, 0, 31, 12);

export const makeStore = () =>
  new Store({ accountId: '000000000000', seed: 'seed', realNow: () => noon, start: undefined });

export function handleIn(store: Store, name = 'vault', wasReset = false, settle = () => {}): BucketHandle {
  return makeBucketHandle(store, name, { settle, wasRemoved: () => wasReset });
}

/** The handle of a bucket that is made, in a store of its own unless one is given. */
export function makeVault(fixture: BucketFixture = {}, store = makeStore()): BucketHandle {
  addBucket(store, 'vault', fixture);
  return handleIn(store);
}
