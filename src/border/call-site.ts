import type { CallSite } from '../test-file';

/** Returns the place that called `callee`, or a placeholder if the stack does not have it. */
export function findCallSite(callee: (...values: never[]) => unknown): CallSite {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, callee);
  const frame = (holder.stack ?? '').split('\n').find((line) => /:\d+:\d+\)?$/.test(line)) ?? '';
  const place = frame
    .replace(/^.*?(?:\(|at )((?:file:\/\/)?[^()]*:\d+:\d+)\)?$/, '$1')
    .replace(/^file:\/\//, '')
    .trim();
  return { file: place.replace(/:\d+:\d+$/, '') || 'an unknown file', place: place || 'an unknown place' };
}
