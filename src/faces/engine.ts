import { enter, findCallSite } from '../border/entrance';
import type { Engine } from '../engine';
import type { MockControl } from '../mock/create-mock';
import type { MockS3Options } from '../mock/options';

export const engine: Engine = enter('engine', () => require('../engine') as typeof import('../engine')); // what the path leads to

export function createMock(options: MockS3Options | undefined, from: (...values: never[]) => unknown): MockControl {
  return engine.createMock(options, findCallSite(from));
}
