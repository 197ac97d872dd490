import timers from 'node:timers';

// These come from the core module at import: fake timers replace only functions that are looked up later.
export const { setTimeout: startTimer, clearTimeout: endTimer, setImmediate: later } = timers;
