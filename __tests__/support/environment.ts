import hooks from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's environment for Node, and a file does not make the later ones of its process slower: jest-circus 30 makes an
 * `AsyncLocalStorage` for each file and leaves it enabled, and on Node 20 each enabled one costs every promise.
 */
export default class extends TestEnvironment {
  readonly #stores: hooks.AsyncLocalStorage<unknown>[] = [];
  readonly #AsyncLocalStorage = hooks.AsyncLocalStorage;

  override async setup(): Promise<void> {
    await super.setup();
    const stores = this.#stores;
    replace(
      class<T> extends this.#AsyncLocalStorage<T> {
        constructor(...options: []) {
          super(...options);
          stores.push(this);
        }
      },
    );
  }

  /** Its first event is `setup`: by then jest-circus is loaded, and nothing of the test file is. */
  handleTestEvent({ name }: { readonly name: string }): void {
    if (name === 'setup') replace(this.#AsyncLocalStorage);
  }

  override async teardown(): Promise<void> {
    replace(this.#AsyncLocalStorage);
    for (const store of this.#stores) store.disable();
    await super.teardown();
  }
}

/** From Node 22 on the module has a getter, to which nothing can be assigned. */
function replace(value: typeof hooks.AsyncLocalStorage): void {
  Object.defineProperty(hooks, 'AsyncLocalStorage', { value, writable: true, enumerable: true, configurable: true });
}
