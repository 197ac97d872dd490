/**
 * The border between a test file, which jest evaluates in a sandbox with classes of its own, and the engine, which a process loads once.
 *
 * A value of the engine crosses outward, to the test. Its kind decides how:
 * - Data is copied into the realm of the test: plain objects, lists, dates, maps, sets, expressions, errors and promises. A frozen object, a
 *   frozen list, an error and a promise have one copy. Other data is copied each time the test reads it.
 * - An instance of a class of the engine stays where it is, and the test gets a Proxy of it.
 * - A function is wrapped. Its arguments cross inward, and its result or error crosses outward.
 * - Bytes and other objects that Node itself makes are the same on both sides.
 *
 * A value of the test crosses inward, to the engine. The engine recognizes values by their kinds, and not by their classes, so it reads most
 * values as they are. It reads functions, matchers and instances through a Proxy, and their arguments and results cross the border too. If a plain
 * object contains a function, a matcher or an instance, the engine gets a copy of the object.
 * @module
 */
import { EventEmitter } from 'node:events';
import { URL } from 'node:url';
import { inspect, types } from 'node:util';
import { S3MockError } from '../s3-mock-error';
import type { TestFile } from '../test-file';
import { isOwnFrame, leaveOut } from '../text/frames';
import { findTag, isAsymmetric } from '../text/value-kinds';

type Callable = (...values: never[]) => unknown;

/** Makes a function that belongs to the test file. */
export type MakeFunction = (call: (self: unknown, values: readonly unknown[]) => unknown) => Callable;

export function crossBorder<Opened extends object>(
  file: TestFile,
  makeFunction: MakeFunction,
  open: (file: TestFile) => Opened,
): Opened {
  return new Border(file, makeFunction).outward(open(file)) as Opened; // its copy
}

const builtIns = [
  ...['Object', 'Function', 'Array', 'Date', 'Map', 'Set', 'RegExp', 'Promise'],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
] as const;

type Constructor = { readonly prototype: object };

class Border {
  readonly #global: typeof globalThis;
  readonly #makeFunction: MakeFunction;
  /** For each value of the engine that has only one copy, this copy. For each value of the test that crossed inward, the value itself. */
  readonly #outside = new WeakMap<object, object>();
  /** The reverse of it. All borders share it, because each registry of jest has its own border, and a matcher of one can get a mock of another. */
  static readonly #inside = new WeakMap<object, object>();

  constructor({ global, S3MockError: OfTest }: TestFile, makeFunction: MakeFunction) {
    this.#global = global;
    this.#makeFunction = makeFunction;
    for (const name of builtIns) this.#pairClasses(globalThis[name], global[name]);
    this.#pairClasses(S3MockError, OfTest);
  }

  #pairClasses(inside: Constructor, outside: Constructor): void {
    this.#pair(inside, outside);
    this.#pair(inside.prototype, outside.prototype);
  }

  #pair<Outside extends object>(inside: object, outside: Outside): Outside {
    this.#outside.set(inside, outside);
    Border.#inside.set(outside, inside);
    return outside;
  }

  /** Whether a value of the test is the copy of one of ours. */
  static returns(value: object): boolean {
    return Border.#inside.has(value);
  }

  outward(value: unknown): unknown {
    return isPrimitive(value) ? value : (this.#outside.get(value) ?? this.#outwardObject(value));
  }

  #outwardObject(value: object): object {
    const test = this.#global;
    const cross = (member: unknown) => this.outward(member);
    // The prototype decides whether a value is data. An instance of a class that extends Map, for example, is not.
    switch (types.isProxy(value) || isPrototype(value) ? undefined : Object.getPrototypeOf(value)) {
      case Object.prototype:
        return this.#copy(value, new test.Object());
      case null:
        return this.#copy(value, test.Object.create(null));
      case Array.prototype:
        return this.#copy(value, new test.Array());
      case Date.prototype:
        return new test.Date((value as Date).getTime());
      case Map.prototype:
        return new test.Map([...(value as Map<unknown, unknown>)].map(([key, member]) => [cross(key), cross(member)]));
      case Set.prototype:
        return new test.Set([...(value as Set<unknown>)].map(cross));
      case RegExp.prototype:
        return new test.RegExp((value as RegExp).source, (value as RegExp).flags);
      case Promise.prototype:
        return this.#outwardPromise(value as Promise<unknown>);
      default:
        return isOfTest(value) || isOfNode(value) ? value : this.#outwardOther(value);
    }
  }

  #outwardOther(value: object): object {
    if (typeof value === 'function') return this.#outwardFunction(value as Callable);
    if (!types.isNativeError(value)) return this.#outwardInstance(value);
    return isAssertion(value) ? this.#outwardAssertion(value) : this.#outwardError(value);
  }

  #copy(value: object, copy: object): object {
    // The value may contain itself.
    this.#outside.set(value, copy);
    this.#copyMembers(value, copy);
    if (Object.isFrozen(value)) return Object.freeze(copy);
    this.#outside.delete(value);
    return copy;
  }

  #copyMembers(value: object, copy: object, names = Reflect.ownKeys(value)): void {
    for (const name of names) {
      const descriptor = Reflect.getOwnPropertyDescriptor(value, name);
      if (descriptor !== undefined) Reflect.defineProperty(copy, name, this.#outwardDescriptor(descriptor));
    }
  }

  #outwardDescriptor(descriptor: PropertyDescriptor): PropertyDescriptor {
    if ('value' in descriptor) return { ...descriptor, value: this.outward(descriptor.value) };
    const [get, set] = [this.outward(descriptor.get), this.outward(descriptor.set)] as [Callable, Callable]; // functions, or missing
    return { ...descriptor, get, set };
  }

  /** A class of the engine becomes a function in the test as well. A test needs it for `instanceof` only, and makes no instances. */
  #outwardFunction(inside: Callable): object {
    const call = (self: unknown, values: readonly unknown[]): unknown =>
      this.#crossed(() => {
        const taken = values.map((value) => this.inward(value));
        return Reflect.apply(inside, isPrimitive(self) ? self : (Border.#inside.get(self) ?? self), taken);
      }, outside);
    const outside = this.#pair(inside, this.#makeFunction(call));
    this.#copyMembers(inside, outside);
    return outside;
  }

  /** Runs `act`. Its result or error crosses outward. `from` is the function that the test called. */
  #crossed(act: () => unknown, from: Callable): unknown {
    try {
      const result = act();
      // The frames are taken here, because the stack contains no line of the test when the promise is rejected.
      return types.isPromise(result) && !this.#outside.has(result)
        ? this.#outwardPromise(result, takeFrames(from))
        : this.outward(result);
    } catch (error) {
      throw this.#withFrames(error, takeFrames(from));
    }
  }

  #outwardPromise(inside: Promise<unknown>, frames?: () => string): object {
    const outside = new this.#global.Promise((resolve, reject) => {
      inside.then((value) => this.outward(value)).then(resolve, (error) => reject(this.#withFrames(error, frames)));
    });
    // The promise can have members of its result: they throw, and say that the test has to await the promise.
    this.#copyMembers(inside, outside);
    return this.#pair(inside, outside);
  }

  /**
   * If the library reports a mistake of the test, the error gets the frames of the call in the test. A bug of ours keeps its own frames, because they lead
   * to the bug, and so does an error that the test threw.
   */
  #withFrames(error: unknown, frames: (() => string) | undefined): unknown {
    const isOfTest = !isPrimitive(error) && this.#outside.has(error);
    const outside = this.outward(error);
    if (frames !== undefined && isMistake(error) && !isOfTest) setStack(outside as Error, frames());
    return outside;
  }

  /** Both sides have the class of an error of node:assert, so the error crosses as it is. The values that it compared cross, once. */
  #outwardAssertion(error: object): object {
    this.#copyMembers(error, error, ['actual', 'expected']);
    return this.#pair(error, error);
  }

  #outwardError(inside: Error): object {
    let prototype: unknown = Object.getPrototypeOf(inside);
    while (!isPrimitive(prototype) && !this.#outside.has(prototype)) prototype = Object.getPrototypeOf(prototype);
    const outside = Object.setPrototypeOf(new this.#global.Error(), this.outward(prototype) as object); // it is known
    this.#pair(inside, outside);
    this.#copyMembers(inside, outside);
    return outside;
  }

  #outwardInstance(inside: object): object {
    const get = (_: object, name: PropertyKey) => this.#crossed(() => Reflect.get(inside, name, inside), get);
    // All test files of the process have the same classes, so a test cannot change them.
    const canChange = !isPrototype(inside);
    const set = (_: object, name: PropertyKey, value: unknown) =>
      canChange && this.#crossed(() => Reflect.set(inside, name, this.inward(value), inside), set) === true;
    const outside = new Proxy<object>(makePrinted(inside), {
      get,
      set,
      has: (_, name) => Reflect.has(inside, name),
      deleteProperty: (_, name) => canChange && Reflect.deleteProperty(inside, name),
      ownKeys: () => Reflect.ownKeys(inside),
      getOwnPropertyDescriptor: (_, name) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(inside, name);
        return descriptor && { ...this.#outwardDescriptor(descriptor), configurable: true };
      },
      defineProperty: (_, name, descriptor) =>
        canChange && Reflect.defineProperty(inside, name, this.inward(descriptor) as PropertyDescriptor),
      getPrototypeOf: () => this.outward(Object.getPrototypeOf(inside)) as object | null, // of an object
      preventExtensions: () => false,
    });
    return this.#pair(inside, outside);
  }

  inward(value: unknown): unknown {
    if (isPrimitive(value)) return value;
    const inside = Border.#inside.get(value);
    if (inside !== undefined) return inside;
    if (typeof value === 'function') return this.#inwardFunction(value as Callable);
    if (types.isPromise(value)) return this.#inwardPromise(value);
    if (this.#isInstance(value)) return this.#inwardInstance(value);
    if (isPlain(value)) return this.#inwardPlain(value);
    // Node may have made the value for the test, for instance an error of node:fs.
    this.#outside.set(value, value);
    return value;
  }

  /** A matcher counts as an instance, even if it is a plain object. */
  #isInstance(value: object): boolean {
    if (isAsymmetric(value)) return true;
    if (types.isProxy(value) || isPlain(value)) return false;
    return findTag(value) === '[object Object]' && findLastPrototype(value) === this.#global.Object.prototype;
  }

  /** The Proxy prints as the function that the test wrote, and has its members. */
  #inwardFunction(outside: Callable): object {
    const apply = (_: object, self: unknown, values: unknown[]): unknown =>
      this.#guarded(() => {
        const taken = values.map((value) => this.outward(value));
        const result: unknown = Reflect.apply(outside, this.outward(self), taken as never[]);
        return this.inward(isPrimitive(result) ? result : handled(result));
      });
    // JavaScript writes no source for a Proxy.
    const get = (_: object, name: PropertyKey, self: unknown): unknown =>
      name === 'toString' && !Object.hasOwn(outside, name)
        ? () => Function.prototype.toString.call(outside)
        : Reflect.get(outside, name, self);
    const inside = new Proxy(outside, { apply, get });
    this.#pair(inside, outside);
    return inside;
  }

  #inwardInstance(outside: object): object {
    const get = (_: object, name: PropertyKey): unknown => {
      const { configurable, value } = Reflect.getOwnPropertyDescriptor(outside, name) ?? {};
      // If a member cannot change, the language demands that a Proxy returns the member itself.
      return configurable === false && value !== undefined ? value : this.#read(outside, name);
    };
    const inside = new Proxy(outside, { get });
    this.#pair(inside, outside);
    return inside;
  }

  /** Another promise is derived only when somebody calls `then`. If it were derived at once, Node would not notice that nobody handles this promise. */
  #inwardPromise(outside: Promise<unknown>): object {
    const settled = (act: unknown) =>
      typeof act === 'function' ? (result: unknown): unknown => act(this.inward(result)) : act;
    const then = (...acts: unknown[]) => Reflect.apply(outside.then, outside, acts.map(settled) as []); // one of them, or two
    const inside = new Proxy(outside, {
      get: (_, name) => (name === 'then' ? then : this.#read(outside, name)),
    });
    this.#pair(inside, outside);
    return inside;
  }

  /** Returns the object itself if nothing in it has to cross. */
  #inwardPlain(whole: object): object {
    const copies = new Map([[whole, emptyCopy(whole)]]);
    let hasToCross = false;
    const cross = (member: unknown): unknown => {
      if (this.#isPlainPart(member)) {
        if (!copies.has(member)) copies.set(member, emptyCopy(member));
        return copies.get(member);
      }
      const crossed = this.inward(member);
      hasToCross ||= !Object.is(crossed, member);
      return crossed;
    };
    // This also goes through the parts that it finds: they may be nested deeper than the call stack allows.
    for (const [value, copy] of copies)
      for (const name of Reflect.ownKeys(value)) {
        const descriptor = Reflect.getOwnPropertyDescriptor(value, name) ?? {};
        if ('value' in descriptor) {
          Reflect.defineProperty(copy, name, { ...descriptor, value: cross(descriptor.value) });
        } else {
          hasToCross = true;
          Reflect.defineProperty(copy, name, { ...descriptor, get: () => this.#read(value, name) });
        }
      }
    if (!hasToCross) return whole;
    for (const [value, copy] of copies) this.#outside.set(copy, value);
    return copies.get(whole) ?? whole;
  }

  #isPlainPart(value: unknown): value is object {
    return !isPrimitive(value) && !Border.#inside.has(value) && !isAsymmetric(value) && isPlain(value);
  }

  #read(outside: object, name: PropertyKey): unknown {
    return this.#guarded(() => this.inward(Reflect.get(outside, name, outside)));
  }

  /** An error that the test throws belongs to the test, even if it is an error of Node. */
  #guarded<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      throw this.inward(error);
    }
  }
}

/** If a function of the test returns a promise of ours, we read ours, and nobody would handle the one that the test got. */
function handled(result: object): object {
  if (types.isPromise(result) && Border.returns(result)) result.catch(() => {});
  return result;
}

function isPrimitive(value: unknown): value is string | number | bigint | boolean | symbol | null | undefined {
  return (typeof value !== 'object' && typeof value !== 'function') || value === null;
}

/** Whether a value is a list or a plain object of any realm. A Proxy is neither, because looking into it would call the test. */
function isPlain(value: object): boolean {
  if (types.isProxy(value) || typeof value === 'function') return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
}

function emptyCopy(value: object): object {
  return Array.isArray(value) ? new Array(value.length) : Object.create(Object.getPrototypeOf(value));
}

/** The target of a Proxy. Node prints the target in place of the Proxy. node:assert does not call the target's own printer, and prints the members. */
function makePrinted(inside: object): object {
  const print = (depth: number, options: object) => inspect(inside, { ...options, depth });
  const printed = Object.create(Object.getPrototypeOf(inside), {
    [inspect.custom]: { value: print, configurable: true },
  });
  for (const name of Object.keys(inside))
    Object.defineProperty(printed, name, {
      get: () => Reflect.get(inside, name),
      enumerable: true,
      configurable: true,
    });
  return printed;
}

function isPrototype(value: object): boolean {
  const { constructor: made }: { readonly constructor?: unknown } = Object.hasOwn(value, 'constructor') ? value : {};
  return typeof made === 'function' && made.prototype === value;
}

/** The chain of prototypes of a value of the engine ends in `Object.prototype` of the process. */
function isOfTest(value: object): boolean {
  const end = findLastPrototype(value);
  return end !== Object.prototype && end !== value;
}

function isOfNode(value: object): boolean {
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return true;
  return value instanceof EventEmitter || value instanceof URL || findTag(value) === '[object DOMException]';
}

function findLastPrototype(value: object): object {
  let at = value;
  for (let next = Object.getPrototypeOf(at); next !== null; next = Object.getPrototypeOf(at)) at = next;
  return at;
}

function isMistake(error: unknown): boolean {
  return error instanceof TypeError || error instanceof S3MockError || isAssertion(error);
}

function isAssertion(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_ASSERTION';
}

/** The number of lines of a stack that jest wants. Jest sets this limit in its sandbox only. */
const FRAMES = 100;

/** The frames become text only when somebody needs them: if a runner maps the lines of a stack, it reads files and takes a millisecond. */
function takeFrames(from: Callable): () => string {
  const { stackTraceLimit } = Error;
  const holder: { readonly stack?: string } = {};
  Error.stackTraceLimit = Math.max(stackTraceLimit, FRAMES);
  Error.captureStackTrace(holder, from);
  Error.stackTraceLimit = stackTraceLimit;
  return () =>
    leaveOut(
      isOwnFrame,
      (holder.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line)),
    ).join('\n');
}

function setStack(error: Error, frames: string): void {
  const { stack = '' } = error;
  const head = stack.slice(0, stack.search(/\n {4}at |$/));
  Reflect.defineProperty(error, 'stack', { value: `${head}\n${frames}`, writable: true, configurable: true });
}
