import Environment from '../support/environment';
import { install, type Switch } from './switch';

/** The name of the process's switch. Jest evaluates this file beside the one that made the switch. */
export const switchKey: unique symbol = Symbol.for('s3-versioning-mock: mutants') as never; // a symbol like any other

const shared = globalThis as { readonly [switchKey]?: Switch };

/** The environment of our tests, with the switch of the process. */
export default class extends Environment {
  override async setup(): Promise<void> {
    await super.setup();
    const theSwitch = shared[switchKey];
    if (theSwitch !== undefined) install(this.global, theSwitch);
  }
}
