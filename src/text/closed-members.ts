import { inspect } from 'node:util';
import { printableEntries } from './secrets';
import { isMisspelling, writeSuggestion } from './spelling';
import { refuseUnreadable } from './unreadable-values';
import { writeGiven } from './values';

type Label<T> = (object: T) => string;

const refuses = Symbol('refuses');

/** What to write in place of members that other libraries have, by their names: `Write s3.requests.clear().` */
export type Habits<T> = Readonly<Record<string, string | ((object: T) => string)>>;

/**
 * Setting a member that the objects do not have, or one that cannot be set, throws, also in sloppy code. The Proxy is behind the class's
 * prototype and sees only names that are found nowhere before, so the objects are ordinary ones with private fields. Methods can be replaced,
 * since spies do that. No message suggests the `hidden` names. Reading a member of `habits` throws too; runners must not read these by themselves.
 */
export function closeClass<T extends object>(
  prototype: T,
  label: Label<T>,
  hidden: readonly (keyof T)[] = [],
  habits: Habits<T> = {},
): void {
  hiddenNames.set(prototype, hidden);
  habitsOf.set(prototype, habits);
  refuseReadOnly(prototype, label);
  const base: unknown = Object.getPrototypeOf(prototype);
  if (!isPrototype<T>(base)) Object.setPrototypeOf(prototype, makeGuard(label));
  else if (!guards.has(base) && !hiddenNames.has(base)) closeClass(base, label);
}

const hiddenNames = new WeakMap<object, readonly PropertyKey[]>();

const habitsOf = new WeakMap<object, Habits<never>>();

function findCure(object: object, name: PropertyKey): string | undefined {
  for (let at = object; at !== null; at = Object.getPrototypeOf(at)) {
    const habits = habitsOf.get(at);
    if (habits === undefined || typeof name !== 'string' || !Object.hasOwn(habits, name)) continue;
    const cure = habits[name];
    // A prototype by itself is not an object of the class, and has no label.
    if (at !== object) return typeof cure === 'function' ? cure(object as never) : cure; // of the class that was closed with it
  }
  return undefined;
}

export function sameCure<Cure>(names: readonly string[], cure: Cure): Readonly<Record<string, Cure>> {
  return Object.fromEntries(names.map((name) => [name, cure]));
}

/** Names that runners, printers and clients ask every object for. */
const probedNames: ReadonlySet<string> = new Set([
  ...['then', 'catch', 'length', 'size', 'get', 'message', 'stack', 'code', 'inspect', 'asymmetricMatch', 'calls'],
  ...['next', 'test', 'type', 'data'],
  ...['nodeType', 'nodeName', 'tagName', 'localName', 'displayName', 'hasAttribute', 'jquery', 'mock', 'accountId'],
]);

/**
 * A misspelt member would be undefined, and undefined passes for what is not there. A name that is nearly one of the habits has their cure. A
 * runner that compares an object with another reads the other's names of it, so that only what nobody means otherwise is refused.
 */
function findMeant(object: object, name: PropertyKey): string | undefined {
  if (typeof name !== 'string' || name.length < 4 || probedNames.has(name)) return undefined;
  const habits = listHabits(object);
  const meant = [...suggestedNames(object), ...habits].find((one) => isMisspelling(name, one));
  if (meant === undefined) return undefined;
  return habits.includes(meant) ? findCure(object, meant) : `Did you mean ${meant}?`;
}

function listHabits(object: object): readonly string[] {
  const own = Object.keys(habitsOf.get(object) ?? {});
  const base: object | null = Object.getPrototypeOf(object);
  return base === null ? own : [...own, ...listHabits(base)];
}

/**
 * Members of a function, a promise or a plain copy that throw when they are read: undefined would pass for what is not there. They are own ones,
 * since these cross to the test, and not enumerable, so that nobody who wraps, copies or compares reads them.
 */
export function makeRefusals(label: string, names: readonly string[], cure: string): PropertyDescriptorMap {
  const get = () => {
    throw new TypeError(`${label}: ${cure}`);
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

const guards = new WeakSet<object>();

function isPrototype<T extends object>(value: unknown): value is T {
  return typeof value === 'object' && value !== null && value !== Object.prototype;
}

/** Its values can no longer be set; its functions can be replaced. */
export function closeMembers<T extends object>(object: T, label: Label<T>): void {
  for (const [name, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (get !== undefined || typeof value === 'function') continue;
    Object.defineProperty(object, name, { get: () => value, configurable: true, enumerable: true });
  }
  refuseReadOnly(object, label);
}

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

export function makeClosedObject<T extends object>(label: string, members: T, habits: Habits<T> = {}): T {
  const write = () => label;
  const prototype = Object.create(makeGuard(write));
  habitsOf.set(prototype, habits);
  const object: T = Object.create(prototype, Object.getOwnPropertyDescriptors(members));
  closeMembers(object, write);
  return object;
}

function refuseReadOnly<T extends object>(holder: T, label: Label<T>): void {
  for (const [name, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
    if (set !== undefined) refuseUnreadableIn(holder, label, name);
    if (get === undefined || set !== undefined) continue;
    const refuse = function (this: T): never {
      throw cannotBeSet(this, label, name);
    };
    Object.defineProperty(holder, name, { set: Object.assign(refuse, { [refuses]: true }) });
  }
}

function refuseUnreadableIn<T extends object>(holder: T, label: Label<T>, name: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  const set = function (this: T, value: unknown): void {
    refuseUnreadable(
      () => `${label(this)}: ${name}`,
      [value],
      () => descriptor?.set?.call(this, value),
    );
  };
  Object.defineProperty(holder, name, { ...descriptor, set });
}

function makeGuard<T extends object>(label: Label<T>): object {
  const members = { [inspect.custom]: printMembers };
  const guard = new Proxy(members, {
    get(target, name, object: T) {
      const cure = findCure(object, name) ?? findMeant(object, name);
      if (cure === undefined) return Reflect.get(target, name, object);
      throw new TypeError(`${label(object)}: there is no member ${writeGiven(name)}. ${cure}`);
    },
    set(target, name, value: unknown, object: T) {
      // Tools mark objects with symbols. The names of every object, such as toString, exist.
      if (typeof name === 'symbol' || name in target) return Reflect.set(target, name, value, object);
      // The journal shows requests under their indexes, where its own objects have nothing.
      if (name in object) throw cannotBeSet(object, label, name);
      const hint = findCure(object, name) ?? writeSuggestion(name, suggestedNames(object), 1);
      const parts = [`${label(object)}: there is no member ${writeGiven(name)}.`, hint, settableText(object)];
      throw new TypeError(parts.filter((part) => part !== undefined).join(' '));
    },
  });
  guards.add(guard);
  return guard;
}

function cannotBeSet<T extends object>(object: T, label: Label<T>, name: string): TypeError {
  return new TypeError(`${label(object)}: ${name} cannot be set. ${settableText(object)}`);
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
  const hidden = new Set<PropertyKey>();
  for (let at = object; at !== null; at = Object.getPrototypeOf(at))
    for (const name of hiddenNames.get(at) ?? []) hidden.add(name);
  return memberNames(object).filter((name) => !hidden.has(name));
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
  return `${name === 'Object' ? '' : `${name} `}${inspect(Object.fromEntries(printableEntries({ ...this })), { ...options, depth })}`;
}
