/**
 * Node's own modules, for what is evaluated in each test file: there, jest.mock('timers') replaces what an import gives.
 * @module
 */

export const path = process.getBuiltinModule('node:path');
export const stringDecoder = process.getBuiltinModule('node:string_decoder');
export const timers = process.getBuiltinModule('node:timers');
export const util = process.getBuiltinModule('node:util');
export const vm = process.getBuiltinModule('node:vm');
