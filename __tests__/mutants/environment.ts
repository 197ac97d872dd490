import Environment from '../support/environment';
import type { CircusEvent, CircusState, Rounds } from './rounds';
import { install, type Switch } from './switch';

/** What the process's player shares with the environment. Jest evaluates this file beside the one that the player has. */
export const sharedKey: unique symbol = Symbol.for('s3-versioning-mock: mutants') as never; // a symbol like any other

export interface Shared {
  readonly theSwitch: Switch;
  readonly rounds: Rounds | undefined;
}

const holder = globalThis as { readonly [sharedKey]?: Shared };

/** The environment of our tests, with the switch of the process. */
export default class extends Environment {
  override async setup(): Promise<void> {
    await super.setup();
    const shared = holder[sharedKey];
    if (shared !== undefined) install(this.global, shared.theSwitch);
  }

  handleTestEvent(event: CircusEvent, state?: CircusState): void {
    if (state !== undefined) holder[sharedKey]?.rounds?.handle(event, state);
  }
}
