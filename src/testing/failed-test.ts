import { engine } from '../faces/engine';
import type { FailedTest } from '../mock/failed-test';
import type { CircusTest } from './circus';

/** An object that jest prints as an error: it has a stack, or a message that can end with a stack. */
interface PrintedError {
  stack?: unknown;
  message?: unknown;
}

// A hook that fails before several tests gives all of them the same error.
const explained = new WeakSet<object>();

export function explainFailure(test: CircusTest, explain: (failed: FailedTest) => string | undefined): void {
  const [first, ...others] = test.errors;
  if (first === undefined || explained.has(findThrown(first) as object)) return;
  const printed = test.errors.map((one) => writePrinted(findThrown(one))).join('\n');
  const isTimedOut = test.errors.some((one) => /^Exceeded timeout of /.test(String(findThrown(one))));
  const text = explain({ printed, isConcurrent: test.concurrent, isTimedOut });
  if (text !== undefined) test.errors = [withText(first, text), ...others];
}

function findThrown(error: unknown): unknown {
  return Array.isArray(error) ? error[0] : error;
}

function writePrinted(thrown: unknown): string {
  if (!isPrintedError(thrown)) return typeof thrown === 'string' ? thrown : engine.writeGiven(thrown);
  return `${thrown.message} ${thrown.stack}`;
}

function isPrintedError(thrown: unknown): thrown is PrintedError {
  return typeof thrown === 'object' && thrown !== null && ('stack' in thrown || 'message' in thrown);
}

function withText(error: unknown, text: string): unknown {
  const thrown = findThrown(error);
  if (!isPrintedError(thrown)) return thrownWithText(error, thrown, text);
  const member = typeof thrown.stack === 'string' ? 'stack' : 'message';
  const whole = aboveFrames(String(thrown[member]), text);
  if (!Reflect.set(thrown, member, whole)) return { message: whole };
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
