import { enter } from '../border/entrance';
import type { Engine } from '../engine';
import type { MockControl } from '../mock/create-mock';
import type { MockS3Options } from '../mock/options';
import type { CallSite } from '../test-file';
import { readPlace } from '../text/frames';

export const engine: Engine = enter('engine', () => require('../engine') as typeof import('../engine')); // what the path leads to

export function createMock(options: MockS3Options | undefined, from: (...values: never[]) => unknown): MockControl {
  return engine.createMock(options, findCallSite(from));
}

/** Returns a function, since a runner that maps the lines of a stack takes milliseconds, and few mocks name their place. */
function findCallSite(callee: (...values: never[]) => unknown): () => CallSite {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, callee);
  let known: CallSite | undefined;
  return () => {
    known ??= readCallSite(holder);
    return known;
  };
}

function readCallSite(holder: { readonly stack?: string }): CallSite {
  const frame = (holder.stack ?? '').split('\n').find((line) => /:\d+:\d+\)?$/.test(line)) ?? '';
  const place = readPlace(frame) ?? '';
  return { file: place.replace(/:\d+:\d+$/, '') || 'an unknown file', place: place || 'an unknown place' };
}
