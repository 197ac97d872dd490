/** The object that jest gives to each module, as far as it is read here. */
interface JestObject {
  isEnvironmentTornDown?(): boolean;
}

// A parameter of the function in which jest wraps each module. Other runners have no such name.
declare const jest: JestObject | undefined;

/**
 * Whether the test file that loaded this module has ended. jest keeps Node's core modules for the next file of the worker, with all
 * that was left on them. False under other runners.
 */
export function testFileIsOver(): boolean {
  return typeof jest !== 'undefined' && jest.isEnvironmentTornDown?.() === true;
}
