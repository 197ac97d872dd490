/**
 * Node's own modules, for what is evaluated in each test file: there, jest.mock('timers') replaces what an import gives.
 * @module
 */

// Node 22.0 to 22.2 lacks it: mocks of these modules reach what reads them there.
const readModule: typeof process.getBuiltinModule = process.getBuiltinModule ?? require;

export const path = readModule('node:path');
export const stringDecoder = readModule('node:string_decoder');
export const timers = readModule('node:timers');
export const util = readModule('node:util');
export const vm = readModule('node:vm');
