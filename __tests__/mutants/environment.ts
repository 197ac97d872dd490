import Environment from '../support/environment';
import { install, type Switch } from './switch';

/** What the process that runs the tests does before and after each. */
export interface ListensToTests extends Pick<Switch, 'ask'> {
  begin(): void;
  end(name: string, isFailed: boolean): void;
}

/** The name of the process's listener. Jest evaluates this file beside the one that made it. */
export const listenerKey: unique symbol = Symbol.for('s3-versioning-mock: mutants') as never; // a symbol like any other

const shared = globalThis as { readonly [listenerKey]?: ListensToTests };

/** An event of jest-circus, as far as it is looked at. */
interface TestEvent {
  readonly name: string;
  readonly test?: { readonly errors: readonly unknown[]; readonly parent: Describe };
}

interface Describe {
  readonly name: string;
  readonly parent?: Describe;
}

/** The environment of our tests, with the switch of the process. */
export default class extends Environment {
  override async setup(): Promise<void> {
    await super.setup();
    const listener = shared[listenerKey];
    if (listener !== undefined) install(this.global, listener);
  }

  override handleTestEvent(event: TestEvent): void {
    super.handleTestEvent(event);
    // Not of a test that is skipped.
    if (event.name === 'test_started') shared[listenerKey]?.begin();
    if (event.name === 'test_done' && event.test !== undefined)
      shared[listenerKey]?.end(firstDescribe(event.test.parent), event.test.errors.length > 0);
  }
}

/** In the test that runs a room, it is the name of a file. */
function firstDescribe({ name, parent }: Describe): string {
  return parent === undefined || parent.parent === undefined ? name : firstDescribe(parent);
}
