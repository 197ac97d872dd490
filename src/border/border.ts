/**
 * What crosses between a test file, which jest evaluates in a sandbox, and the engine, which is in the context of the process.
 *
 * Outward: a plain object, a list, a Date, a Map, a Set, an expression or a promise is copied when the test reads it; an error becomes one of the
 * test's classes, with the frames of the test; a function becomes one of the test's; an instance of a class of the engine stays where
 * it is, behind a Proxy. Bytes, and what Node itself makes, are the same on both sides.
 *
 * Inward: values are left as they are, since the engine knows them by kind. A function is wrapped, so that what it is given crosses outward,
 * and a list or an object is copied if there is one in it, or a matcher.
 * @module
 */
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { URL } from 'node:url';
import { inspect, types } from 'node:util';
import { S3MockError } from '../s3-mock-error';
import type { TestFile } from '../test-file';
import { findTag, isAsymmetric } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type * as makers from './makers';

type Side = typeof makers & { readonly file: TestFile };

type Callable = (...given: never[]) => unknown;

/** The number of lines of a stack that jest asks for. Jest sets this limit in its sandbox alone. */
const FRAMES = 100;

export function crossBorder<Opened extends object>(
  { file, ...makers }: Side,
  open: (file: TestFile) => Opened,
): Opened {
  return new Border(file, makers).outward(open(file)) as Opened; // made like it
}

const builtIns = [
  ...['Object', 'Function', 'Array', 'Date', 'Map', 'Set', 'RegExp', 'Promise'],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
] as const;

interface MemberCopying {
  readonly isFrozen: boolean;
  readonly copies: Map<object, object>;
}

type Constructor = { readonly prototype: object };

class Border {
  readonly #global: typeof globalThis;
  readonly #isDirect: TestFile['isDirect'];
  readonly #makers: typeof makers;
  /** The test's value for each value of the engine. */
  readonly #outside = new WeakMap<object, object>();
  /** The reverse, for all borders: each registry of jest has its own border, and matchers of one registry can get a mock of another. */
  static readonly #inside = new WeakMap<object, object>();
  /**
   * If the value has not changed, reading it again returns the same copy. A value that the engine froze, such as an entry of the journal,
   * does not change inside either.
   */
  readonly #copies = new WeakMap<object, object>();
  /** Whether what crosses belongs to something frozen, whose copy is known. */
  #isWithinFrozen = false;
  /** What stands for objects that functions of the engine were called on. As arguments, these objects cross like others. */
  readonly #selves = new WeakMap<object, object>();
  /** Values that came from the test, even instances of classes of Node. */
  readonly #given = new WeakSet<object>();

  /** What a test file changed in classes of the engine, which all files of the process share, and how it is undone. */
  static #changed: { readonly global: WeakRef<object>; readonly undo: (() => void)[] } | undefined;

  constructor({ global, S3MockError: OfTest, isDirect }: TestFile, made: typeof makers) {
    this.#global = global;
    this.#isDirect = isDirect;
    this.#makers = made;
    // A file may have several borders. One of another file begins with classes as they are.
    if (Border.#changed?.global.deref() !== global) {
      for (const undo of Border.#changed?.undo.toReversed() ?? []) undo();
      Border.#changed = { global: new WeakRef(global), undo: [] };
    }
    for (const name of builtIns) this.#pair(globalThis[name].prototype, (global[name] as Constructor).prototype);
    for (const name of builtIns) this.#pair(globalThis[name], global[name]);
    // It writes what it is given as it is, and returns a text.
    this.#pair(writeGiven, writeGiven);
    this.#pair(S3MockError, OfTest);
    this.#pair(S3MockError.prototype, OfTest.prototype);
  }

  #pair<Outside extends object>(inside: object, outside: Outside): Outside {
    this.#outside.set(inside, outside);
    Border.#inside.set(outside, inside);
    return outside;
  }

  static #findInside(value: object): object | undefined {
    return Border.#inside.get(value);
  }

  outward(value: unknown): unknown {
    return isPrimitive(value) ? value : (this.#findOutside(value) ?? this.#outwardObject(value, new Map()));
  }

  /** A frozen value has one copy. A test can ask for it again with each of many entries. */
  #findOutside(value: object): object | undefined {
    const known = this.#outside.get(value);
    if (known !== undefined) return known;
    const copy = this.#copies.get(value);
    return copy !== undefined && Object.isFrozen(value) ? copy : undefined;
  }

  #outwardObject(value: object, copies: Map<object, object>): object {
    const known = this.#findOutside(value) ?? copies.get(value);
    if (known !== undefined) return known;
    if (Border.#findInside(value) !== undefined || this.#given.has(value)) return value;
    if (types.isProxy(value) || typeof value === 'function') return this.#outwardOther(value, copies);
    return this.#outwardPlain(value, Object.getPrototypeOf(value), copies) ?? this.#outwardOther(value, copies);
  }

  /** Most of what crosses is of these kinds, which a look at the prototype tells. */
  #outwardPlain(value: object, prototype: object | null, copies: Map<object, object>): object | undefined {
    const test = this.#global;
    if (prototype === Array.prototype && Array.isArray(value))
      return this.#copy(value, new test.Array(value.length), copies);
    if (prototype === Object.prototype)
      return isPrototype(value) ? undefined : this.#copy(value, new test.Object(), copies);
    if (prototype === Date.prototype && types.isDate(value))
      return this.#unlessChanged(value, new test.Date(value.getTime()), haveSameTime);
    return undefined;
  }

  #outwardOther(value: object, copies: Map<object, object>): object {
    if (!isOfEngine(value)) return value;
    if (typeof value === 'function') return this.#outwardFunction(value as Callable);
    if (types.isProxy(value) || isPrototype(value)) return this.#outwardInstance(value);
    if (types.isNativeError(value))
      return isAssertion(value) ? this.#outwardAssertion(value) : this.#outwardError(value);
    if (types.isPromise(value)) return this.#outwardPromise(value);
    const test = this.#global;
    if (types.isDate(value)) return this.#unlessChanged(value, new test.Date(value.getTime()), haveSameTime);
    if (types.isRegExp(value) && isDirectInstance(value, globalThis.RegExp))
      return new test.RegExp(value.source, value.flags);
    const cross = (one: unknown) => (isPrimitive(one) ? one : this.#outwardObject(one, copies));
    if (types.isMap(value)) {
      const copy = new test.Map([...value].map(([key, one]) => [cross(key), cross(one)]));
      return this.#unlessChanged(value, copy, haveSameEntries);
    }
    if (types.isSet(value)) return this.#unlessChanged(value, new test.Set([...value].map(cross)), haveSameEntries);
    if (Array.isArray(value)) return this.#copy(value, new test.Array(value.length), copies);
    return Object.getPrototypeOf(value) === null
      ? this.#copy(value, test.Object.create(null), copies)
      : this.#outwardInstance(value);
  }

  #copy(value: object, copy: object, copies: Map<object, object>): object {
    const isFrozen = Object.isFrozen(value);
    if (isFrozen) this.#copies.set(value, copy);
    else copies.set(value, copy);
    const isWithinFrozen = this.#isWithinFrozen;
    this.#isWithinFrozen ||= isFrozen;
    if (isDenseList(value)) this.#copyItems(value, copy as unknown[], copies);
    else this.#copyMembers(value, copy, { isFrozen, copies });
    this.#isWithinFrozen = isWithinFrozen;
    if (isFrozen) return Object.freeze(copy);
    return this.#unlessChanged(value, copy, haveSameMembers);
  }

  #copyItems(list: readonly unknown[], copy: unknown[], copies: Map<object, object>): void {
    for (let index = 0; index < list.length; index += 1) {
      const item = list[index];
      copy[index] = isPrimitive(item) ? item : this.#outwardObject(item, copies);
    }
  }

  #copyMembers(value: object, copy: object, { isFrozen, copies }: MemberCopying): void {
    const members = copy as Record<PropertyKey, unknown>; // which gets those of the value
    for (const name of Reflect.ownKeys(value)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(value, name);
      if (descriptor === undefined) continue;
      // A test may look at many entries, and to define each of their members takes eight times as long.
      if (!isOrdinary(descriptor, isFrozen) || name in copy)
        Reflect.defineProperty(copy, name, this.#outwardDescriptor(descriptor, copies));
      else {
        const { value: one }: { readonly value?: unknown } = descriptor;
        members[name] = isPrimitive(one) ? one : this.#outwardObject(one, copies);
      }
    }
  }

  #unlessChanged<Copy extends object>(value: object, copy: Copy, same: (one: Copy, other: Copy) => boolean): Copy {
    const last = this.#copies.get(value) as Copy | undefined; // made of the same value
    if (last !== undefined && same(last, copy)) return last;
    // The copy of the frozen one has it. To remember each takes longer than to make it.
    if (!this.#isWithinFrozen) this.#copies.set(value, copy);
    return copy;
  }

  #outwardDescriptor(descriptor: PropertyDescriptor, copies = new Map<object, object>()): PropertyDescriptor {
    const crossed = { ...descriptor };
    for (const name of ['value', 'get', 'set'] as const) {
      const one: unknown = descriptor[name];
      if (!isPrimitive(one)) crossed[name] = this.#outwardObject(one, copies) as Callable; // as what it is set
    }
    return crossed;
  }

  #outwardFunction(inside: Callable): object {
    const { prototype, ...members } = Object.getOwnPropertyDescriptors(inside);
    // A function that is no class may also have a prototype, which can be replaced.
    const isClass = prototype?.writable === false;
    const call = (self: unknown, given: readonly unknown[]): unknown => {
      const taken = given.map((one) => this.inward(one));
      const act =
        isClass && self !== undefined
          ? () => Reflect.construct(inside, taken, this.inward(self) as Callable) // new.target
          : () => Reflect.apply(inside, this.#inwardSelf(self), taken);
      return this.#crossed(act, outside);
    };
    const outside = this.#pair(inside, isClass ? this.#makers.makeClass(call) : this.#makers.makeFunction(call));
    for (const [name, descriptor] of Object.entries(members))
      Object.defineProperty(outside, name, this.#outwardDescriptor(descriptor));
    if (isClass) Object.defineProperty(outside, 'prototype', this.#outwardDescriptor(prototype));
    return outside;
  }

  /** What `act` returns or throws crosses outward. `from` is the function that the test called. */
  #crossed(act: () => unknown, from: Callable): unknown {
    try {
      const result = act();
      // Frames are taken now: when a promise is rejected, the stack has no line of the test.
      return types.isPromise(result) && !this.#given.has(result)
        ? this.#outwardPromise(result, takeFrames(from))
        : this.outward(result);
    } catch (error) {
      throw this.#withFrames(error, takeFrames(from));
    }
  }

  #outwardPromise(inside: Promise<unknown>, frames?: () => string): object {
    const settled = (settle: (value: unknown) => void, cross: (value: unknown) => unknown) => (value: unknown) =>
      settle(cross(value));
    const outside = new this.#global.Promise((resolve, reject) => {
      inside
        .then(
          settled(resolve, (value) => this.outward(value)),
          settled(reject, (error) => (frames === undefined ? this.outward(error) : this.#withFrames(error, frames))),
        )
        .catch(reject);
    });
    // Those of the result, which say that the promise is to be awaited.
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(inside)))
      Reflect.defineProperty(outside, name, this.#outwardDescriptor(descriptor));
    return this.#pair(inside, outside);
  }

  #withFrames(error: unknown, frames: () => string): unknown {
    const isOfTest = !isPrimitive(error) && this.#given.has(error);
    const outside = this.outward(error);
    // A bug of ours is found by its own frames, and what the test threw by those of its function.
    if (isMistake(error) && !isOfTest) setStack(outside as Error, frames());
    return outside;
  }

  /** An error of node:assert is of a class that both sides have. The values that it compared cross, once. */
  #outwardAssertion(error: object): object {
    this.#given.add(error);
    for (const name of ['actual', 'expected']) {
      const descriptor = Reflect.getOwnPropertyDescriptor(error, name);
      if (descriptor !== undefined) Reflect.defineProperty(error, name, this.#outwardDescriptor(descriptor));
    }
    return error;
  }

  #outwardError(inside: Error): object {
    const outside = Reflect.construct(this.#global.Error, [], this.#errorClass(inside.constructor));
    this.#pair(inside, outside);
    for (const name of Reflect.ownKeys(outside)) Reflect.deleteProperty(outside, name);
    return this.#copy(inside, outside, new Map([[inside, outside]]));
  }

  #errorClass(inside: unknown): ErrorConstructor {
    if (typeof inside !== 'function') return this.#global.Error;
    const known = this.#outside.get(inside);
    if (known !== undefined) return known as ErrorConstructor; // paired with one
    return this.#pair(
      inside,
      this.#makers.makeErrorClass(inside.name, this.#errorClass(Object.getPrototypeOf(inside))),
    );
  }

  #outwardInstance(inside: object): object {
    const print = (depth: number, options: object) => inspect(inside, { ...options, depth });
    // Node prints a Proxy by its target.
    const shadow = Object.create(null, { [inspect.custom]: { value: print, configurable: true } });
    const get = (_: object, name: PropertyKey) =>
      this.#crossed(() => Reflect.get(inside, this.#translateName(name), inside), get);
    const set = (_: object, name: PropertyKey, value: unknown) => {
      this.#noteChange(inside, name);
      return this.#crossed(() => Reflect.set(inside, name, this.inward(value), inside), set) === true;
    };
    const outside = new Proxy<object>(shadow, {
      get,
      set,
      has: (_, name) => Reflect.has(inside, this.#translateName(name)),
      deleteProperty: (_, name) => {
        this.#noteChange(inside, name);
        return Reflect.deleteProperty(inside, name);
      },
      ownKeys: () => Reflect.ownKeys(inside),
      getOwnPropertyDescriptor: (_, name) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(inside, name);
        return descriptor && { ...this.#outwardDescriptor(descriptor), configurable: true };
      },
      defineProperty: (_, name, descriptor) => {
        this.#noteChange(inside, name);
        return Reflect.defineProperty(inside, name, this.#inwardDescriptor(descriptor));
      },
      getPrototypeOf: () => this.outward(Object.getPrototypeOf(inside)) as object | null, // of an object
      preventExtensions: () => false,
    });
    return this.#pair(inside, outside);
  }

  /** jsdom has no `Symbol.asyncDispose` on Node 20, so a test can bring its own symbol. */
  #translateName(name: PropertyKey): PropertyKey {
    return typeof name === 'symbol' && name === this.#global.Symbol.asyncDispose ? Symbol.asyncDispose : name;
  }

  #noteChange(inside: object, name: PropertyKey): void {
    if (!isPrototype(inside)) return;
    const before = Reflect.getOwnPropertyDescriptor(inside, name);
    Border.#changed?.undo.push(() => {
      if (before === undefined) Reflect.deleteProperty(inside, name);
      else Reflect.defineProperty(inside, name, before);
    });
  }

  inward(value: unknown): unknown {
    const crossed = this.#inwardMember(value);
    const isReady = isPrimitive(crossed) || crossed !== value || this.#isDirect(crossed);
    return isReady || !this.#hasToCross(crossed) ? crossed : this.#inwardCopy(crossed);
  }

  /** Few functions look at what they are called on, and that may be all functions of a runner: its members cross when they are read. */
  #inwardSelf(self: unknown): unknown {
    if (isPrimitive(self)) return self;
    const known = Border.#findInside(self) ?? this.#selves.get(self);
    if (known !== undefined) return known;
    if (!isPlain(self)) return this.inward(self);
    const inside = this.#readInward(self);
    this.#selves.set(self, inside);
    return inside;
  }

  #inwardMember(value: unknown): unknown {
    const crossed = this.#inwardResult(value);
    return crossed === value && this.#isInstance(value) ? this.#inwardInstance(value) : crossed;
  }

  #isInstance(value: unknown): value is object {
    if (typeof value !== 'object' || value === null || types.isProxy(value) || isPlain(value)) return false;
    return findTag(value) === '[object Object]' && findLastPrototype(value) === this.#global.Object.prototype;
  }

  #inwardInstance(outside: object): object {
    const inside = this.#readInward(outside);
    this.#pair(inside, outside);
    return inside;
  }

  #readInward(outside: object): object {
    return new Proxy(outside, {
      get: (target, name) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(target, name);
        const value = this.#guarded(() => Reflect.get(target, name, target));
        return descriptor?.configurable === false ? value : this.inward(value);
      },
    });
  }

  /** What the test throws is the test's, even an error of Node. */
  #guarded<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      throw this.#inwardResult(error);
    }
  }

  /** The value that a function of the test returned or threw. The engine calls nothing in it, and it may be the whole state of a runner. */
  #inwardResult(value: unknown): unknown {
    if (isPrimitive(value)) return value;
    const known = Border.#findInside(value);
    if (known !== undefined) return known;
    if (typeof value === 'function') return this.#isDirect(value) ? value : this.#inwardFunction(value as Callable);
    if (isAsymmetric(value)) return this.#inwardMatcher(value);
    this.#given.add(value);
    return types.isPromise(value) && !types.isProxy(value) ? this.#inwardPromise(value) : value;
  }

  /** The value that a promise of the test settles with is the test's. Adding functions to the promise itself would hide that nobody handles it. */
  #inwardPromise(outside: Promise<unknown>): object {
    const marked = (act: unknown) =>
      typeof act === 'function' ? (result: unknown): unknown => act(this.#inwardResult(result)) : act;
    const inside = new Proxy(outside, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (name === 'then') return (...acts: never[]) => Reflect.apply(target.then, target, acts.map(marked) as []);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    this.#pair(inside, outside);
    return inside;
  }

  #inwardFunction(outside: Callable): object {
    // A function that looks through a journal is called for each of its entries.
    const call = (self: unknown, given: unknown[], target?: unknown): unknown => {
      for (let index = 0; index < given.length; index += 1) given[index] = this.outward(given[index]);
      try {
        const result: unknown =
          target === undefined
            ? Reflect.apply(outside, this.outward(self), given)
            : Reflect.construct(outside, given, this.outward(target) as Callable); // new.target
        return this.#inwardResult(result);
      } catch (error) {
        throw this.#inwardResult(error);
      }
    };
    // A Proxy, which is printed as what the test wrote, and has its members.
    const inside: Callable = new Proxy(outside, {
      apply: (_, self, given) => call(self, given),
      construct: (_, given, target) => call(undefined, given, target === inside ? outside : target) as object,
    });
    this.#pair(inside, outside);
    return inside;
  }

  #inwardMatcher(outside: { asymmetricMatch(other: unknown): boolean }): object {
    const ask = (other: unknown) => this.#guarded(() => outside.asymmetricMatch(this.outward(other)));
    const inside = new Proxy(outside, {
      get: (target, name) => {
        const value: unknown = name === 'asymmetricMatch' ? ask : Reflect.get(target, name, target);
        // Its methods may read private members, which a Proxy does not have.
        return typeof value === 'function' && name !== 'constructor' ? value.bind(target) : value;
      },
    });
    this.#pair(inside, outside);
    return inside;
  }

  #hasToCross(whole: object): boolean {
    const seen = new Set<unknown>();
    // A list of work, since what a test gives may be nested deeper than the call stack allows.
    const work: unknown[] = [whole];
    while (work.length > 0) {
      const value = work.pop();
      if (isPrimitive(value) || seen.has(value)) continue;
      seen.add(value);
      if (typeof value === 'function' || Border.#findInside(value) !== undefined || isAsymmetric(value)) return true;
      if (this.#isInstance(value)) return true;
      if (!isPlain(value)) continue;
      for (const { value: one, get } of Object.values(Object.getOwnPropertyDescriptors(value)))
        work.push(one as unknown, get);
    }
    return false;
  }

  #inwardCopy(whole: object): object {
    const copies = new Map<object, object>([[whole, emptyCopy(whole)]]);
    // The lists and objects that are found are added to those that are gone through.
    for (const [value, copy] of copies) {
      for (const name of Reflect.ownKeys(value)) {
        const descriptor = Reflect.getOwnPropertyDescriptor(value, name);
        if (descriptor === undefined) continue;
        const crossed = this.#inwardMember(descriptor.value);
        if (!isPrimitive(crossed) && crossed === descriptor.value && isPlain(crossed) && !copies.has(crossed))
          copies.set(crossed, emptyCopy(crossed));
        const given = isPrimitive(crossed) ? crossed : (copies.get(crossed) ?? crossed);
        const get = () => this.inward(this.#guarded(() => Reflect.get(value, name, value)));
        Reflect.defineProperty(
          copy,
          name,
          'value' in descriptor ? { ...descriptor, value: given } : { ...descriptor, get },
        );
      }
    }
    for (const [value, copy] of copies) this.#outside.set(copy, value);
    return copies.get(whole) ?? whole;
  }

  #inwardDescriptor(descriptor: PropertyDescriptor): PropertyDescriptor {
    const crossed = { ...descriptor };
    for (const name of ['value', 'get', 'set'] as const)
      if (name in descriptor) crossed[name] = this.inward(descriptor[name]) as Callable; // as what it is set
    return crossed;
  }
}

function isPrimitive(value: unknown): value is string | number | bigint | boolean | symbol | null | undefined {
  return (typeof value !== 'object' && typeof value !== 'function') || value === null;
}

/** A list or a plain object, and not a Proxy: looking into one would call the test. */
function isPlain(value: object): boolean {
  if (types.isProxy(value)) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
}

function emptyCopy(value: object): object {
  return Array.isArray(value) ? new Array(value.length) : Object.create(Object.getPrototypeOf(value));
}

function isPrototype(value: object): boolean {
  const { constructor: made }: { readonly constructor?: unknown } = Object.hasOwn(value, 'constructor') ? value : {};
  return typeof made === 'function' && made.prototype === value;
}

function isDirectInstance(value: object, { prototype }: Constructor): boolean {
  return Object.getPrototypeOf(value) === prototype;
}

/** A list with all its items and no other members. The engine makes no list whose items are getters. */
function isDenseList(value: object): value is readonly unknown[] {
  return Array.isArray(value) && Reflect.ownKeys(value).length === value.length + 1;
}

/** Whether a member which is set, or set and then frozen, comes to the same. */
function isOrdinary(descriptor: PropertyDescriptor, isFrozen: boolean): boolean {
  const { enumerable, writable, configurable } = descriptor;
  return enumerable === true && (isFrozen ? 'value' in descriptor : writable === true && configurable === true);
}

/**
 * Its prototypes end in the prototypes of the process, unlike the prototypes of the test. A value that Node makes crosses as it is, unless
 * it is a plain value.
 */
function isOfEngine(value: object): boolean {
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return false;
  if (value instanceof EventEmitter || value instanceof URL) return false;
  if (findTag(value) === '[object DOMException]') return false;
  const end = findLastPrototype(value);
  return end === Object.prototype || end === value;
}

function findLastPrototype(value: object): object {
  let at = value;
  for (let next = Object.getPrototypeOf(at); next !== null; next = Object.getPrototypeOf(at)) at = next;
  return at;
}

function haveSameTime(one: Date, other: Date): boolean {
  return Object.is(one.getTime(), other.getTime());
}

/** A Set has each value twice in its entries. */
type Entries = Pick<Map<unknown, unknown> | Set<unknown>, 'entries'>;

function haveSameEntries(one: Entries, other: Entries): boolean {
  const [entries, others] = [[...one.entries()].flat(), [...other.entries()].flat()];
  return entries.length === others.length && entries.every((value, index) => Object.is(value, others[index]));
}

function haveSameMembers(one: object, other: object): boolean {
  const names = Reflect.ownKeys(one);
  if (names.length !== Reflect.ownKeys(other).length) return false;
  return names.every((name) => {
    const descriptor = Reflect.getOwnPropertyDescriptor(other, name);
    return descriptor !== undefined && Object.is(Reflect.getOwnPropertyDescriptor(one, name)?.value, descriptor.value);
  });
}

function isMistake(error: unknown): boolean {
  return error instanceof TypeError || error instanceof S3MockError || isAssertion(error);
}

function isAssertion(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_ASSERTION';
}

const ownFolder = path.join(__dirname, '..') + path.sep;

/** They are written when somebody needs them: a runner that maps the lines of a stack takes a millisecond for it, and reads files. */
function takeFrames(from: Callable): () => string {
  const { stackTraceLimit } = Error;
  const holder: { readonly stack?: string } = {};
  Error.stackTraceLimit = Math.max(stackTraceLimit, FRAMES);
  Error.captureStackTrace(holder, from);
  Error.stackTraceLimit = stackTraceLimit;
  return () =>
    (holder.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at /.test(line) && !line.includes(ownFolder))
      .join('\n');
}

function setStack(error: Error, frames: string): void {
  const { stack = '' } = error;
  const head = stack.slice(0, stack.search(/\n {4}at |$/));
  Reflect.defineProperty(error, 'stack', { value: `${head}\n${frames}`, writable: true, configurable: true });
}
