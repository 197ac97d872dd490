import net from 'node:net';

/** Node's own `process`, which child processes and workers inherit. jest gives each test file a copy. */
export const core: NodeJS.Process = Object.getPrototypeOf(net).constructor.constructor('return process')();
