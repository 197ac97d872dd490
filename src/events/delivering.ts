import { AsyncLocalStorage } from 'node:async_hooks';
import type { Delivery } from './chain';

/**
 * Knows which delivery a request is made by. On Node 20 a storage that is enabled makes each promise of the process slower, so there is one only
 * while a handler is running.
 */
export class Delivering {
  #storage: AsyncLocalStorage<Delivery> | undefined;
  #running = 0;

  /** The delivery in whose handler this is called. */
  get present(): Delivery | undefined {
    return this.#storage?.getStore();
  }

  async run<T>(delivery: Delivery, action: () => Promise<T>): Promise<T> {
    const storage = this.#storage ?? new AsyncLocalStorage<Delivery>();
    this.#storage = storage;
    this.#running += 1;
    try {
      return await storage.run(delivery, action);
    } finally {
      if (this.#storage === storage) {
        this.#running -= 1;
        if (this.#running === 0) this.stop();
      }
    }
  }

  /** Forgets all deliveries, also those of handlers that never end. */
  stop(): void {
    this.#storage?.disable();
    this.#storage = undefined;
    this.#running = 0;
  }
}
