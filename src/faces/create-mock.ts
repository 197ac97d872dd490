import { findCallSite } from '../border/call-site';
import type { MockControl } from '../mock/create-mock';
import type { MockS3Options } from '../mock/options';
import { engine } from './engine';

/** Creates a mock for an entry to start and stop. `from` is the function that the user called. */
export function createMock(options: MockS3Options | undefined, from: (...values: never[]) => unknown): MockControl {
  return engine.createMock(options, findCallSite(from));
}
