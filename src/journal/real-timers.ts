import timers from 'node:timers';

// Read from the core module at import: fake timers replace only functions that are looked up afterwards.
export const { setTimeout: startTimer, clearTimeout: endTimer, setImmediate: later } = timers;
