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
  const unhandled = listUnhandled(test);
  const all = new Set([...test.errors.map((one, index) => findThrown(thrown[index] ?? one)), ...unhandled]);
  const strays = [...all].map((one) => unhandled.includes(one));
  const errors = readFailedErrors([...all], engine.writeGiven).map((error, index) =>
    strays[index] ? { ...error, isUnhandled: true as const } : error,
  );
  // Only this text shows that jest ended the test for its time.
  const isTimedOut = test.errors.some((one) => /^Exceeded timeout of /.test(String(findThrown(one))));
  const text = explain({ errors, isConcurrent: test.concurrent, isTimedOut });
  if (text !== undefined) test.errors = [withText(first, text), ...others];
}

/** The messages of the errors that a test has thrown so far. */
export function messagesOf({ errors }: CircusTest): readonly string[] {
  return errors.map(findThrown).flatMap((thrown) => (isPrintedError(thrown) ? String(thrown.message) : []));
}

/** Rewrites the texts of all errors of a test that are printed. */
export function rewriteErrors({ errors }: CircusTest, rewrite: (text: string) => string): void {
  for (const thrown of errors.map(findThrown)) {
    if (!isPrintedError(thrown)) continue;
    for (const member of ['message', 'stack'] as const) {
      const text = thrown[member];
      if (typeof text === 'string' && rewrite(text) !== text) Reflect.set(thrown, member, rewrite(text));
    }
  }
}

/** Explains the errors that jest has added to a test after its end, behind the `known` ones. */
export function explainLateErrors(
  test: CircusTest,
  known: number,
  explain: (message: string) => string | undefined,
): void {
  const at = test.errors.findIndex((error, index) => index >= known && isPrintedError(findThrown(error)));
  const late = test.errors[at];
  const thrown = findThrown(late);
  if (!isPrintedError(thrown) || explained.has(thrown)) return;
  const text = explain(String(thrown.message));
  if (text !== undefined) test.errors = test.errors.with(at, withText(late, text));
}

/**
 * The rejections that nobody handled. jest adds them behind the error of the test, at the place of the test, where the errors of hooks have the
 * places of hooks. It adds late ones only after it has told that the test is done.
 */
function listUnhandled({ errors, asyncError, unhandledRejectionErrorByPromise: late }: CircusTest): readonly unknown[] {
  const added = errors
    .slice(1)
    .filter((one) => Array.isArray(one) && asyncError !== undefined && one[1] === asyncError);
  return [...added.map(findThrown), ...(types.isMap(late) ? late.values() : [])];
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
