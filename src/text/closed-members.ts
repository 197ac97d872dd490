import { inspect } from 'node:util';
import { makeMistake } from './mistakes';
import { isMisspelling, writeSuggestion } from './spelling';
import { refuseUnreadable } from './unreadable-values';
import { writeGiven } from './values';

const refuses = Symbol('refuses');

/** What to write in place of members that other libraries have, by their names: `Write s3.requests.clear().` */
export type Habits<T> = Readonly<Record<string, string | ((object: T) => string)>>;

/** How objects of one kind are closed: what a test reads or sets and they do not have is a TypeError. */
export interface Closing<T> {
  /** Messages begin with it: `bucket 'vault'`. */
  readonly label: string | ((object: T) => string);
  readonly cures?: Habits<T>;
  /** No message suggests them. */
  readonly hidden?: readonly string[];
  /** The members of other objects of the kind: reading such a member returns undefined. */
  readonly others?: readonly string[];
}

/** The closings by the prototypes of the objects. */
const closings = new WeakMap<object, Closing<never>>();

/**
 * The Proxy behind the class's prototype only sees names that are found nowhere before, so the objects are ordinary objects with private
 * fields. Methods can be replaced, since spies do that.
 */
export function closeClass<T extends object>(prototype: T, closing: Closing<T>): void {
  closings.set(prototype, closing);
  refuseReadOnly(prototype);
  const base: unknown = Object.getPrototypeOf(prototype);
  if (base === Object.prototype) Object.setPrototypeOf(prototype, guard);
  else if (isUnclosed<T>(base)) closeClass(base, { label: closing.label });
}

function isUnclosed<T extends object>(base: unknown): base is T {
  return typeof base === 'object' && base !== null && base !== guard && !closings.has(base);
}

/** Its values can no longer be set; its functions can be replaced. */
export function closeMembers(object: object): void {
  for (const [name, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (get !== undefined || typeof value === 'function') continue;
    Object.defineProperty(object, name, { get: () => value, configurable: true, enumerable: true });
  }
  refuseReadOnly(object);
}

/** A handle, whose functions can be replaced. */
export function makeClosedObject<T extends object>(closing: Closing<T>, members: T): T {
  const prototype = Object.create(guard);
  closings.set(prototype, closing);
  const object: T = Object.create(prototype, Object.getOwnPropertyDescriptors(members));
  closeMembers(object);
  return object;
}

/**
 * Returns a function that freezes and closes plain objects of one kind. For runners, printers and clones they stay plain objects:
 * `constructor` is Object. Nothing is added to the objects themselves, since there can be a million of them.
 */
export function makeCloser<T extends object>(closing: Closing<T>): <Members extends T>(members: Members) => Members {
  const prototype = closePrototype({}, closing);
  return (members) => Object.freeze(Object.setPrototypeOf(members, prototype));
}

/** Does the same for the objects of a class, which are closed when they are frozen. */
export function closePrototype<T extends object>(prototype: object, closing: Closing<T>): object {
  Object.setPrototypeOf(prototype, recordGuard);
  closings.set(prototype, closing);
  return Object.defineProperties(prototype, {
    constructor: { value: Object, writable: false, configurable: false },
    [inspect.custom]: { value: printed },
  });
}

/** If it were missing, a member that is made when it is read would be printed as a getter. */
function printed(this: object): object {
  return { ...this };
}

/** The prototype of closed plain objects, with which a copy is closed as well. */
export function isRecordPrototype(prototype: object | null): prototype is object {
  return prototype !== null && Object.getPrototypeOf(prototype) === recordGuard;
}

export function sameCure<Cure>(names: readonly string[], cure: Cure): Readonly<Record<string, Cure>> {
  return Object.fromEntries(names.map((name) => [name, cure]));
}

/**
 * Members of a function, a promise or a list that throw when they are read: undefined would look like a missing member. They are own
 * members, since own members cross to the test. They are not enumerable, so nobody who wraps, copies or compares reads them.
 */
export function makeRefusals(label: string, names: readonly string[], cure: string): PropertyDescriptorMap {
  const get = () => {
    throw makeMistake(`${label}: ${cure}`);
  };
  return Object.fromEntries(names.map((name) => [name, { get, configurable: true }]));
}

/** The call to write, and names that its result has. */
export type Uncalled = readonly [call: string, names: readonly string[]];

/** A method that is not called has no result. If that is a list, the length is no number that an assertion could expect. */
export function refuseUncalled(holder: object, label: string, methods: Readonly<Record<string, Uncalled>>): void {
  for (const [name, [call, names]] of Object.entries(methods)) {
    const method: unknown = Reflect.get(holder, name);
    if (typeof method !== 'function') continue;
    const cure = `it is a method, which was not called. Write ${label}.${call}.`;
    Object.defineProperties(method, makeRefusals(`${label}.${name}`, names, cure));
    if (names === namesOfLists) Object.defineProperty(method, 'length', { value: Number.NaN });
  }
}

export const namesOfLists = [
  '0',
  'at',
  'map',
  'filter',
  'find',
  'some',
  'every',
  'forEach',
  'flatMap',
  'includes',
] as const;

/** Test runners compare and print own members only. They also copy accessors into plain objects, read when the state is gone: these have undefined. */
export function makeOwnAccessors<T extends object>(
  prototype: T,
  names: readonly (keyof T & string)[],
): PropertyDescriptorMap {
  return Object.fromEntries(names.map((name) => [name, ownAccessor(prototype, name)]));
}

function ownAccessor(prototype: object, name: string): PropertyDescriptor {
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  const read = function (this: object): unknown {
    return Object.prototype.isPrototypeOf.call(prototype, this) ? get?.call(this) : undefined;
  };
  return { get: read, ...(set && { set }), enumerable: true, configurable: true };
}

/** What JSON writes of a copy without the private fields of its class. If `toJSON` threw, jest would print nothing but that error. */
export function makeCopyJson<Outline>(copy: object): Outline {
  return { ...copy } as Outline; // of the same handle
}

function refuseReadOnly(holder: object): void {
  for (const [name, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
    if (set !== undefined) refuseUnreadableIn(holder, name);
    if (get === undefined || set !== undefined) continue;
    const refuse = function (this: object): never {
      throw cannotBeSet(this, name);
    };
    Object.defineProperty(holder, name, { set: Object.assign(refuse, { [refuses]: true }) });
  }
}

function refuseUnreadableIn(holder: object, name: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  const set = function (this: object, value: unknown): void {
    refuseUnreadable(
      () => `${labelOf(this)}: ${name}`,
      [value],
      () => descriptor?.set?.call(this, value),
    );
  };
  Object.defineProperty(holder, name, { ...descriptor, set });
}

/**
 * The names that the language reads on every object, and that runners and printers read before they know the object's kind. Any other name
 * that a package reads is left to it. These names are also read by runners that were bundled with the tests, so that they are no files of a
 * package (decision 18).
 */
const probedNames: ReadonlySet<string> = new Set([
  ...['then', 'toJSON', 'asymmetricMatch', 'sample', 'inverse', '$$typeof', 'nodeType', 'tagName', 'hasAttribute'],
  ...['_isMockFunction', '@@__IMMUTABLE_ITERABLE__@@', '@@__IMMUTABLE_RECORD__@@'],
]);

/** The function that reads for whoever called it, as the trap of a Proxy does. */
let trapOfReader: CallableFunction | undefined;

/** Reads a member for the caller of `trap`: if there is none, who called it decides what that means. */
export function readFor<Result>(trap: CallableFunction, read: () => Result): Result {
  const before = trapOfReader;
  trapOfReader ??= trap;
  try {
    return read();
  } finally {
    trapOfReader = before;
  }
}

/** In the package, the room is a part of a file. */
const ownFolder = __dirname.replace(/[\\/]text$/, '');
const fileOfPackage = /[\\/]node_modules[\\/]|^node:/;
const framesRead = 10;

/**
 * Whether a package, Node or this library reads, and not the test or the code under test. A runner that compares an object with another reads the
 * other's names of it, and its message is the better one.
 */
function isReadByPackage(): boolean {
  const reader = listFiles(trapOfReader ?? readMissing)[0];
  return (
    reader === undefined ||
    fileOfPackage.test(reader) ||
    (reader.startsWith(ownFolder) && /[\\/]/.test(reader.charAt(ownFolder.length)))
  );
}

/** The files of the functions that called `from`. Native functions, such as Reflect.get, have none. Not the text of the stack, which runners map to other lines. */
function listFiles(from: CallableFunction): readonly string[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { readonly stack?: readonly NodeJS.CallSite[] } = {};
  Error.prepareStackTrace = (_, sites) => sites;
  Error.stackTraceLimit = framesRead;
  try {
    Error.captureStackTrace(holder, from);
    return (holder.stack ?? []).flatMap((site) => site.getFileName() ?? site.getEvalOrigin() ?? []);
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}

function readMissing(target: object, name: string | symbol, object: object): unknown {
  if (typeof name === 'symbol' || name in target || isOpen(object, name)) return Reflect.get(target, name, object);
  const cure = findCure(object, name);
  // A client or an array in place of a handle is what a package would use: getSignedUrl(s3, command) reads s3.config.
  if ((cure === undefined || target === ofCopies) && isReadByPackage()) return undefined;
  const hint = cure ?? findNearCure(object, name) ?? suggest(object, name) ?? writeMembers(object);
  throw makeMistake(joinParts(noMember(object, name), hint));
}

function setMissing(target: object, name: string | symbol, value: unknown, object: object): boolean {
  // Tools mark objects with symbols. The names of every object, such as toString, exist.
  if (typeof name === 'symbol' || name in target) return Reflect.set(target, name, value, object);
  // The journal shows requests under their indexes, where its own objects have nothing.
  if (name in object) throw cannotBeSet(object, name);
  const hint = findCure(object, name) ?? suggest(object, name);
  throw makeMistake(joinParts(noMember(object, name), hint, settableText(object)));
}

/** A prototype by itself is not an object of the class, and has no label. A list has no item at an index that is too high. */
function isOpen(object: object, name: string): boolean {
  if (closings.has(object) || probedNames.has(name) || (/^\d+$/.test(name) && 'forEach' in object)) return true;
  return closingsOf(object)[0]?.others?.includes(name) === true;
}

const traps = { get: readMissing, set: setMissing };
const guard: object = new Proxy({ [inspect.custom]: printMembers }, traps);
/** Node prints plain objects by itself. */
const ofCopies = {};
const recordGuard: object = new Proxy(ofCopies, traps);

/** The class's own first. */
function closingsOf(object: object): readonly Closing<never>[] {
  const found: Closing<never>[] = [];
  for (let at = Object.getPrototypeOf(object); at !== null; at = Object.getPrototypeOf(at)) {
    const closing = closings.get(at);
    if (closing !== undefined) found.push(closing);
  }
  return found;
}

function labelOf(object: object): string {
  const label = closingsOf(object)[0]?.label ?? 'object';
  return typeof label === 'function' ? label(object as never) : label; // of the class that was closed with it
}

function noMember(object: object, name: string): string {
  return `${labelOf(object)}: there is no member ${writeGiven(name)}.`;
}

function joinParts(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}

function findCure(object: object, name: string): string | undefined {
  const cures = closingsOf(object).find((closing) => Object.hasOwn(closing.cures ?? {}, name))?.cures;
  const cure = cures?.[name];
  return typeof cure === 'function' ? cure(object as never) : cure; // of the class that was closed with it
}

/** Finds a name with a cure that is nearly this name, unless a member is nearly this name. */
function findNearCure(object: object, name: string): string | undefined {
  const isNear = (one: string) => isMisspelling(name, one);
  if (name.length < 4 || suggestedNames(object).some(isNear)) return undefined;
  const cured = closingsOf(object).flatMap(({ cures = {} }) => Object.keys(cures));
  const meant = cured.find(isNear);
  return meant === undefined ? undefined : findCure(object, meant);
}

function suggest(object: object, name: string): string | undefined {
  const names = suggestedNames(object);
  // Of a short name, any other short one is near.
  return writeSuggestion(name, name.length > 3 ? names : names.filter((one) => isMisspelling(name, one)), 1);
}

const mostListed = 24;

function writeMembers(object: object): string | undefined {
  const names = suggestedNames(object);
  return names.length > mostListed ? undefined : `Its members are ${names.join(', ')}.`;
}

function cannotBeSet(object: object, name: string): TypeError {
  return makeMistake(`${labelOf(object)}: ${name} cannot be set. ${settableText(object)}`);
}

export function settableNames(object: object): readonly string[] {
  // An own member may be a copy of the class's accessor, so one of them that refuses is enough.
  const refused = memberNames(object, ({ set }) => set !== undefined && refuses in set);
  return memberNames(object, ({ set }) => set !== undefined).filter((name) => !refused.includes(name));
}

function settableText(object: object): string {
  const names = settableNames(object);
  if (names.length === 0) return 'None of its members can be set.';
  return `The members that can be set are: ${names.join(', ')}.`;
}

function suggestedNames(object: object): readonly string[] {
  const all = closingsOf(object);
  const hidden = new Set(all.flatMap((closing) => closing.hidden ?? []));
  const names = [...memberNames(object), ...all.flatMap(({ others = [] }) => others)];
  return [...new Set(names)].filter((name) => !hidden.has(name));
}

function memberNames(object: object, has: (member: PropertyDescriptor) => boolean = () => true): readonly string[] {
  const names = new Set<string>();
  for (let at = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (name !== 'constructor' && has(member)) names.add(name);
  }
  return [...names];
}

function printMembers(this: object, depth: number, options: object): string {
  const { name } = this.constructor;
  return `${name === 'Object' ? '' : `${name} `}${inspect({ ...this }, { ...options, depth })}`;
}
