import type { Caller } from '../model/identity/account';
import type { Store } from '../model/store';

/** The handles of a mock's accounts, users, roles and sessions, as callers of S3. */
export class Callers {
  readonly #store: () => Store;
  readonly #byHandle = new WeakMap<object, () => Caller>();

  constructor(store: () => Store) {
    this.#store = store;
  }

  /** The present store. */
  get store(): Store {
    return this.#store();
  }

  /** Adds a handle. `caller` throws if a reset removed the caller. */
  add(handle: object, caller: () => Caller): void {
    this.#byHandle.set(handle, caller);
  }

  /** The caller that a handle of this mock is for; undefined for any other value. */
  find(handle: unknown): Caller | undefined {
    return typeof handle === 'object' && handle !== null ? this.#byHandle.get(handle)?.() : undefined;
  }
}
