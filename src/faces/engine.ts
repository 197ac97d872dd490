import { enter } from '../border/entrance';
import type { Engine } from '../engine';

/** The engine, as this test file calls it. */
export const engine: Engine = enter('engine', () => require('../engine') as typeof import('../engine')); // what the path leads to
