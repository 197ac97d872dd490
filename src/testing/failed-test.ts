import { types } from 'node:util';
import type { CircusTest } from '../border/circus';
import { engine } from '../faces/engine';
import type { FailedTest } from '../mock/failed-test';
import { isPrintedError, readFailedErrors } from '../thrown-errors';

// A hook that fails before several tests gives all of them the same error.
const explained = new WeakSet<object>();

/** `thrown` is what the test threw: in `errors`, jest writes errors of node:assert anew, as texts. */
export function explainFailure(
  test: CircusTest,
  thrown: readonly unknown[],
  explain: (failed: FailedTest) => string | undefined,
): void {
  const [first, ...others] = test.errors;
  if (first === undefined || explained.has(findThrown(first) as object)) return;
  const errors = readFailedErrors(
    [...test.errors.map((one, index) => findThrown(thrown[index] ?? one)), ...listUnhandled(test)],
    engine.writeGiven,
  );
  // Only this text shows that jest ended the test for its time.
  const isTimedOut = test.errors.some((one) => /^Exceeded timeout of /.test(String(findThrown(one))));
  const text = explain({ errors, isConcurrent: test.concurrent, isTimedOut });
  if (text !== undefined) test.errors = [withText(first, text), ...others];
}

/** jest 30 adds the rejections that nobody handled to the errors of a test only after it has told that the test is done. */
function listUnhandled({ unhandledRejectionErrorByPromise: errors }: CircusTest): readonly unknown[] {
  return types.isMap(errors) ? [...errors.values()] : [];
}

function findThrown(error: unknown): unknown {
  return Array.isArray(error) ? error[0] : error;
}

function withText(error: unknown, text: string): unknown {
  const thrown = findThrown(error);
  if (!isPrintedError(thrown)) return thrownWithText(error, thrown, text);
  const member = typeof thrown.stack === 'string' ? 'stack' : 'message';
  const written = aboveFrames(String(thrown[member]), text);
  if (!Reflect.set(thrown, member, written)) return { message: written };
  explained.add(thrown);
  return error;
}

function thrownWithText(error: unknown, thrown: unknown, text: string): Error {
  const site: unknown = Array.isArray(error) ? error[1] : undefined;
  const value = typeof thrown === 'string' ? `"${thrown}"` : engine.writeGiven(thrown);
  const message = `thrown: ${value}\n\n${text}`;
  const stack = isPrintedError(site) ? String(site.stack) : '';
  return Object.assign(new Error(message), { stack: `${message}${stack.slice(framesAt(stack))}` });
}

export function aboveFrames(stack: string, text: string): string {
  const at = framesAt(stack);
  return `${stack.slice(0, at)}\n\n${text}${stack.slice(at)}`;
}

function framesAt(stack: string): number {
  const at = stack.search(/\n[^\S\n]*at .*:\d+:\d+/);
  return at === -1 ? stack.length : at;
}
