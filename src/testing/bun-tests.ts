import { types } from 'node:util';
import { engine } from '../faces/engine';
import type { FailedTest } from '../mock/failed-test';
import { readFailedErrors } from '../thrown-errors';

type Callable = (...values: unknown[]) => unknown;

/** Returns what bun calls in place of the function of a test. */
type PassOn = (run: Callable) => Callable;

/** The part of `bun:test` that registers tests. */
export interface BunModule {
  readonly mock: { module(name: string, make: () => object): unknown };
  readonly test: Callable;
  readonly it: Callable;
}

interface Explaining {
  /** Prints a value as bun prints it for a failed test. */
  print(value: unknown): string;
  isRunning(): boolean;
  /** Returns paragraphs. */
  explain(failed: FailedTest): readonly string[];
}

/** Errors that are thrown again, by a hook or by another test. */
const explained = new WeakSet<object>();

/**
 * bun tells no hook that a test failed (decision 110). So the functions that register tests get others in their place, also in files that have
 * imported them already, and what a test throws is explained on its way to bun.
 */
export function explainFailuresOfBun(bun: BunModule, mocks: Explaining): void {
  const explainFailure = explainBy(mocks);
  const passOn = (run: Callable) => wrapRun(run, mocks, explainFailure);
  const replaced = { test: wrapRegistering(bun.test, passOn), it: wrapRegistering(bun.it, passOn) };
  // A file has either the exports of the module or, by `require` and as its default export, this object.
  Object.assign(bun, replaced);
  bun.mock.module('bun:test', () => ({ ...bun }));
}

/** `test`, and what it has, such as `test.only`. bun asks that a member is called on what has it. */
function wrapRegistering(register: Callable, passOn: PassOn, holder?: Callable): Callable {
  const apply = (target: Callable, _on: unknown, values: readonly unknown[]): unknown => {
    // A class or a function in the first place is the name of the test.
    const passed = values.map((value, index) => (index > 0 && isFunction(value) ? passOn(value) : value));
    // bun takes the line of a test from the frame that registers it, and a call in this place leaves no frame of the library.
    return Reflect.apply(target, holder, passed);
  };
  return new Proxy(register, { apply, get: makeReader(passOn) });
}

/** The members that return a function which registers, as `test.each([…])` does. */
const choosing = /^(?:each|if|[a-z]+If)$/;

function wrapChoosing(choose: Callable, passOn: PassOn, holder: Callable): Callable {
  const apply = (target: Callable, _on: unknown, values: readonly unknown[]): unknown => {
    const chosen = callWithoutFrames(() => Reflect.apply(target, holder, values), apply);
    return isFunction(chosen) ? wrapRegistering(chosen, passOn) : chosen;
  };
  return new Proxy(choose, { apply });
}

function makeReader(passOn: PassOn): (target: Callable, name: PropertyKey) => unknown {
  const members = new Map<PropertyKey, Callable>();
  const get = (target: Callable, name: PropertyKey): unknown => {
    if (name in Function.prototype) return Reflect.get(target, name);
    const member = members.get(name) ?? callWithoutFrames(() => Reflect.get(target, name), get);
    if (!isFunction(member) || members.has(name)) return member;
    const wrapped = (choosing.test(String(name)) ? wrapChoosing : wrapRegistering)(member, passOn, target);
    members.set(name, wrapped);
    return wrapped;
  };
  return get;
}

/** bun prints the line of the first frame, so its refusals begin at the caller of `above`. */
function callWithoutFrames(call: () => unknown, above: (...values: never) => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if (isObject(error)) Error.captureStackTrace(error, above);
    throw error;
  }
}

function wrapRun(run: Callable, mocks: Explaining, explainFailure: (error: unknown) => never): Callable {
  const other = (...values: unknown[]): unknown => {
    // What is called back by the test itself, as bun calls the last argument `done`, is left to bun.
    const callsBack = values.length > 0 && typeof values.at(-1) === 'function';
    if (callsBack || !mocks.isRunning()) return run(...values);
    // A promise calls the function of the test, by functions without frames, so bun prints no frame of the library.
    const call = { get: run.bind(undefined, ...values), enumerable: true };
    const readResult = Object.values.bind(undefined, Object.defineProperty({}, 'result', call));
    return Promise.resolve().then(readResult).then(waitForPromise).then(undefined, explainFailure);
  };
  // bun sees by it whether a test calls back.
  return Object.defineProperty(other, 'length', { value: run.length });
}

/** bun waits for promises alone, and calls the `then` of no other object. */
function waitForPromise([result]: readonly unknown[]): unknown {
  return types.isPromise(result) ? result : undefined;
}

function explainBy(mocks: Explaining): (error: unknown) => never {
  return (error) => {
    const text = isObject(error) && explained.has(error) ? '' : writeExplanation(error, mocks);
    if (text !== '') addText(error, text);
    throw error;
  };
}

/** Once somebody reads the frames of an error, bun prints the error without its place in the line. What it prints has the same frames. */
function writeExplanation(error: unknown, mocks: Explaining): string {
  const errors = readFailedErrors([error], engine.writeGiven, mocks.print);
  return mocks.explain({ errors, isConcurrent: false, isTimedOut: false }).join('\n\n');
}

function addText(error: unknown, text: string): void {
  if (isObject(error) && hasAddedText(error, text)) explained.add(error);
  else console.error(text);
}

/** bun prints an AggregateError as its errors, and an object that is no error with all its members. */
function isPrintedByMessage(error: object): error is Error {
  const hasErrors = error instanceof AggregateError && error.errors.length > 0;
  return types.isNativeError(error) && !hasErrors;
}

/** A frozen error takes no text, and a getter or a setter of an error can throw. */
function hasAddedText(error: object, text: string): boolean {
  try {
    if (!isPrintedByMessage(error) || typeof error.message !== 'string') return false;
    const message = `${error.message}\n\n${text}`;
    return Reflect.set(error, 'message', message) && error.message === message;
  } catch {
    return false;
  }
}

function isFunction(value: unknown): value is Callable {
  return typeof value === 'function';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
