import { afterEach, beforeEach } from '@jest/globals';

/** Makes Node say in each test of the file that it is a runtime whose sockets cannot be made in memory. */
export function sayRuntime(runtime: 'bun' | 'deno'): void {
  const { versions } = process;
  const say = (value: object) => Object.defineProperty(process, 'versions', { value, configurable: true });
  beforeEach(() => {
    say({ ...versions, [runtime]: '1.0.0' });
  });
  afterEach(() => {
    say(versions);
  });
}
