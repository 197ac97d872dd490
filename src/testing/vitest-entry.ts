/**
 * The parts of the library that the entry for vitest needs. That entry is an ES module, and requires this one.
 * @module
 */

export { createMock } from '../faces/engine';
export { matchers } from './matchers';
export { holdMock, refuseInsideVitestTest, refuseOutsideVitest } from './vitest-hooks';
