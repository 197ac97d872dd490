import { inspect } from 'node:util';
import { makeMistake } from './mistakes';
import { isMisspelling, isMisspeltMember, writeSuggestion } from './spelling';
import { writeGiven } from './values';

const refuses = Symbol('refuses');

/**
 * The sentences that say what to write in place of a member that another library has, by the member's name: `Write s3.requests.clear().`
 */
export type Habits<T> = Readonly<Record<string, string | ((object: T) => string)>>;

/**
 * The closing of one kind of handle. If a test reads a member that a handle lacks, it is a TypeError if the library knows what was meant:
 * the name is a habit with a cure, or a misspelt member. Any other name is undefined, because runners read the names of other objects
 * when they compare a handle with them. If a test sets a member that a handle lacks, it is always a TypeError.
 */
export interface Closing<T> {
  /** The words with which messages begin: `bucket 'vault'`. */
  readonly label: string | ((object: T) => string);
  readonly cures?: Habits<T>;
  /** The members that no message suggests. */
  readonly hidden?: readonly string[];
  /** The members that only some handles of the kind have. Reading such a member returns undefined. */
  readonly others?: readonly string[];
  /**
   * The accessors of the class that each handle has as own members, because test runners compare and print own members only. Runners also
   * copy accessors into plain objects, and read the copies after the state is gone. On such a copy, an accessor returns undefined.
   */
  readonly own?: readonly string[];
}

interface Closed extends Closing<never> {
  /** What `own` names, made once for a class. */
  readonly accessors?: PropertyDescriptorMap;
}

/** The closings by the prototypes of the objects. */
const closings = new WeakMap<object, Closed>();

/**
 * The Proxy behind the class's prototype only sees names that are found nowhere before, so the objects are ordinary objects with private
 * fields. Methods can be replaced, since spies do that.
 */
export function closeClass<T extends object>(prototype: T, closing: Closing<T>): void {
  refuseReadOnly(prototype);
  // The accessors include the setters that refuse.
  closings.set(prototype, { ...closing, accessors: makeOwnAccessors(prototype, closing.own) });
  const base: unknown = Object.getPrototypeOf(prototype);
  if (base === Object.prototype) Object.setPrototypeOf(prototype, guard);
  else if (isUnclosed<T>(base)) closeClass(base, { label: closing.label });
}

function isUnclosed<T extends object>(base: unknown): base is T {
  return typeof base === 'object' && base !== null && base !== guard && !closings.has(base);
}

/** Makes the values of an object read-only, and adds its own accessors. Its functions can still be replaced, since spies do that. */
export function closeMembers(object: object): void {
  for (const [name, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (get !== undefined || typeof value === 'function') continue;
    Object.defineProperty(object, name, { get: () => value, configurable: true, enumerable: true });
  }
  refuseReadOnly(object);
  Object.defineProperties(object, closings.get(Object.getPrototypeOf(object))?.accessors ?? {});
}

/** Closes a handle. Its functions can still be replaced. */
export function makeClosedObject<T extends object>(closing: Closing<T>, members: T): T {
  const prototype = Object.create(guard);
  closings.set(prototype, closing);
  const object: T = Object.create(prototype, Object.getOwnPropertyDescriptors(members));
  closeMembers(object);
  return object;
}

export function sameCure<Cure>(names: readonly string[], cure: Cure): Readonly<Record<string, Cure>> {
  return Object.fromEntries(names.map((name) => [name, cure]));
}

/**
 * Makes members that throw when a test reads them, for a function, a promise or a list. If they were undefined, a test would take them for
 * missing. They are own members, because the border copies only own members to the test. They are not enumerable, so code that wraps, copies
 * or compares the object does not read them.
 */
export function makeRefusals(label: string, names: readonly string[], cure: string): PropertyDescriptorMap {
  const get = () => {
    throw makeMistake(`${label}: ${cure}`);
  };
  return Object.fromEntries(names.map((name) => [name, { get, configurable: true }]));
}

/** The call that the test meant, and the names of the members of its result. */
export type Uncalled = readonly [call: string, names: readonly string[]];

/**
 * Makes a method throw if a test reads a member of its result without calling it. If the result is a list, the `length` of the method becomes
 * NaN, because no assertion expects this number.
 */
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

function makeOwnAccessors(prototype: object, names: readonly string[] = []): PropertyDescriptorMap {
  return Object.fromEntries(names.map((name) => [name, ownAccessor(prototype, name)]));
}

function ownAccessor(prototype: object, name: string): PropertyDescriptor {
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  const read = function (this: object): unknown {
    return Object.prototype.isPrototypeOf.call(prototype, this) ? get?.call(this) : undefined;
  };
  return { get: read, ...(set && { set }), enumerable: true, configurable: true };
}

/**
 * Returns the members that JSON writes for a copy without the private fields of its class. If `toJSON` threw, jest would print only that
 * error.
 */
export function makeCopyJson<Outline>(copy: object): Outline {
  return { ...copy } as Outline; // of the same handle
}

function refuseReadOnly(holder: object): void {
  for (const [name, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
    if (get === undefined || set !== undefined) continue;
    const refuse = function (this: object): never {
      throw cannotBeSet(this, name);
    };
    Object.defineProperty(holder, name, { set: Object.assign(refuse, { [refuses]: true }) });
  }
}

/** The names that the language, runners and printers read on every object before they know its kind. Reading them always returns undefined. */
const probedNames: ReadonlySet<string> = new Set([
  ...['then', 'toJSON', 'asymmetricMatch', 'sample', 'inverse', '$$typeof', 'nodeType', 'tagName', 'hasAttribute'],
  ...['_isMockFunction', '@@__IMMUTABLE_ITERABLE__@@', '@@__IMMUTABLE_RECORD__@@'],
]);

function readMissing(target: object, name: string | symbol, object: object): unknown {
  if (typeof name === 'symbol' || name in target || isOpen(object, name)) return Reflect.get(target, name, object);
  const hint = findCure(object, name) ?? findMisspelt(object, name);
  if (hint === undefined) return undefined;
  throw makeMistake(joinParts(noMember(object, name), hint));
}

function setMissing(target: object, name: string | symbol, value: unknown, object: object): boolean {
  // Tools mark objects with symbols. The names of every object, such as toString, exist.
  if (typeof name === 'symbol' || name in target) return Reflect.set(target, name, value, object);
  // A test reads a request of the journal by its index. The object of the journal itself has no such member.
  if (name in object) throw cannotBeSet(object, name);
  const hint = findCure(object, name) ?? suggest(object, name);
  throw makeMistake(joinParts(noMember(object, name), hint, settableText(object)));
}

/** Whether a missing name may be read or set. A prototype is not an object of its class and has no label, so no message could name it. */
function isOpen(object: object, name: string): boolean {
  if (closings.has(object) || probedNames.has(name)) return true;
  return closingsOf(object)[0]?.others?.includes(name) === true;
}

const guard: object = new Proxy({ [inspect.custom]: printMembers }, { get: readMissing, set: setMissing });

/** Returns the closings of the classes of an object. The closing of its own class comes first. */
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

/** A cure is the last thing to try, because a misspelt member is more likely. */
function findMisspelt(object: object, name: string): string | undefined {
  const isMeant = (one: string) => isMisspeltMember(name, one);
  const member = suggestedNames(object).find(isMeant);
  if (member !== undefined) return `Did you mean ${member}?`;
  const habit = closingsOf(object)
    .flatMap(({ cures = {} }) => Object.keys(cures))
    .find(isMeant);
  return habit === undefined ? undefined : findCure(object, habit);
}

/** Suggests a member for a name that a test sets: it must mean one of the members. */
function suggest(object: object, name: string): string | undefined {
  const names = suggestedNames(object);
  // Any short name is similar to any other, so a short name must differ in one letter.
  return writeSuggestion(name, name.length > 3 ? names : names.filter((one) => isMisspelling(name, one)), 1);
}

function cannotBeSet(object: object, name: string): TypeError {
  return makeMistake(`${labelOf(object)}: ${name} cannot be set. ${settableText(object)}`);
}

export function settableNames(object: object): readonly string[] {
  // An own member may be a copy of the accessor of the class, so it is enough if one of the two refuses.
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
