import type { MockControl } from '../mock/create-mock';

/**
 * Finds the turns of tests by hooks, for runners that do not name the test that runs. They run afterEach hooks in the opposite order, so the
 * hook of the mock is the last.
 */
export class TurnsByHooks {
  readonly #control: MockControl;
  #isRunning = false;

  constructor(control: MockControl) {
    this.#control = control;
  }

  testIsRunning(): boolean {
    return this.#isRunning;
  }

  begin(): void {
    this.#isRunning = true;
    this.#control.lifetime.beginTest();
  }

  async end(): Promise<void> {
    try {
      await this.#control.lifetime.endTest();
    } finally {
      this.#isRunning = false;
    }
  }
}
