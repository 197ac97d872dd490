import { AsyncLocalStorage } from 'node:async_hooks';
import type { Delivery } from './chain';

/**
 * Knows which delivery a request is made by. On Node 20 a storage that is enabled makes each promise of the process slower, so it is made
 * with the first delivery. It stays until the mock stops, since a handler may leave a request behind that it does not await.
 */
export class Delivering {
  #storage: AsyncLocalStorage<Delivery> | undefined;

  /** The delivery in whose handler this is called. */
  get present(): Delivery | undefined {
    return this.#storage?.getStore();
  }

  run<T>(delivery: Delivery, action: () => Promise<T>): Promise<T> {
    this.#storage ??= new AsyncLocalStorage<Delivery>();
    return this.#storage.run(delivery, action);
  }

  /** Forgets all deliveries, also those of handlers that never end. */
  stop(): void {
    this.#storage?.disable();
    this.#storage = undefined;
  }
}
