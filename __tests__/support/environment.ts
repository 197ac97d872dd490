import hooks from 'node:async_hooks';
import { join } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';
import { root } from '../house/files';
import { compiledFolder } from './sources/compiled';
import { Scripts } from './sources/scripts';

/** Of the run: in watch mode, a process may have several. */
let scripts: Scripts | undefined;

/**
 * Jest's environment for Node, and a test file costs its process less:
 *
 * - `src` and the compiler are compiled once for all files of the process; each file evaluates its own modules of src (decision 33).
 * - A file does not make the later ones slower: jest-circus 30 makes an `AsyncLocalStorage` for each file and leaves it enabled, and on
 *   Node 20 each enabled one costs every promise.
 */
export default class extends TestEnvironment {
  readonly #stores: hooks.AsyncLocalStorage<unknown>[] = [];
  readonly #AsyncLocalStorage = hooks.AsyncLocalStorage;

  override async setup(): Promise<void> {
    await super.setup();
    this.#share();
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

  #share(): void {
    const context = this.getVmContext();
    if (context === null) return;
    const folder = compiledFolder();
    if (scripts?.folder !== folder) scripts = new Scripts(join(root, 'src'), folder);
    const shared = { sources: scripts.modulesIn(context), typescript: () => require('typescript') };
    Object.defineProperty(this.global, Symbol.for('s3-versioning-mock: shared'), { value: shared });
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
