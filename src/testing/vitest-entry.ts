/** The entry for vitest is an ES module, and requires this one. @module */

export { createMock } from '../faces/engine';
export { matchers } from './matchers';
export { holdMock, refuseInsideVitestTest, refuseOutsideVitest } from './vitest-hooks';
