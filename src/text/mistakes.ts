import { isBundled, isOwnFrame, leaveOut } from './frames';
import { keepReasons } from './kept-reasons';
import type { Said } from './reason';

/** The depth of a stack that is read. A call goes through fewer of our functions. */
const FRAMES = 100;

/** The error of a wrong call. Its stack begins at the line of the test: Node and vitest would show ten functions of ours, and none of the test. */
export function makeMistake(message: Said): TypeError {
  const error = keepReasons(new TypeError(String(message)), { message });
  return leaveOutOwnFrames(error, makeMistake);
}

export function leaveOutOwnFrames<Thrown extends Error>(error: Thrown, from: (...values: never) => unknown): Thrown {
  const { stackTraceLimit } = Error;
  if (!(stackTraceLimit > 0)) return error;
  Error.stackTraceLimit = Math.max(stackTraceLimit, FRAMES);
  const frames = readFrames(from).split('\n');
  Error.stackTraceLimit = stackTraceLimit;
  const others = leaveOut(isOwnFrame, frames);
  if (others.length === 0) return error;
  // Nothing tells which frames of a bundle are the library's: the test's line may be the last.
  const isMixed = isBundled && others.length === frames.length;
  return setFrames(error, others.slice(0, isMixed ? FRAMES : stackTraceLimit).join('\n'));
}

/** The lines of the stack below a function that was called. */
export function readFrames(from: (...values: never) => unknown): string {
  const holder: { readonly stack?: string } = {};
  Error.captureStackTrace(holder, from);
  return (holder.stack ?? '')
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .join('\n');
}

export function setFrames<Thrown extends Error>(error: Thrown, frames: string): Thrown {
  error.stack = `${error.name}: ${error.message}\n${frames}`;
  return error;
}
