import { inspect } from 'node:util';
import { printableEntries } from './secrets';
import { suggestion } from './spelling';
import { writeGiven } from './values';

/** The name of an object in messages: `bucket 'vault'`. */
type Label<T> = (object: T) => string;

const refuses = Symbol('refuses');

/**
 * Closes the objects of a class: setting a member that they do not have, or one that cannot be set, throws a TypeError, also in sloppy code.
 * The Proxy is behind the class's prototype and sees only names that are found nowhere before, so the objects are ordinary ones with
 * private fields. Methods can be replaced, since spies do that. No message suggests the `hidden` names. The classes that it extends are
 * closed with it, unless they are already: those keep their own label.
 */
export function closeClass<T extends object>(prototype: T, label: Label<T>, hidden: readonly (keyof T)[] = []): void {
  hiddenNames.set(prototype, hidden);
  refuseReadOnly(prototype, label);
  const base: unknown = Object.getPrototypeOf(prototype);
  if (!isPrototype<T>(base)) Object.setPrototypeOf(prototype, makeGuard(label));
  else if (!guards.has(base) && !hiddenNames.has(base)) closeClass(base, label);
}

/** The names that no message suggests, by the prototype of the class that was closed with them. */
const hiddenNames = new WeakMap<object, readonly PropertyKey[]>();

const guards = new WeakSet<object>();

/** Whether a value is the prototype of a class of the library, and not that of all objects. */
function isPrototype<T extends object>(value: unknown): value is T {
  return typeof value === 'object' && value !== null && value !== Object.prototype;
}

/** Closes the own members of an object whose class is closed. Its values can no longer be set; its functions can be replaced. */
export function closeMembers<T extends object>(object: T, label: Label<T>): void {
  for (const [name, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (get !== undefined || typeof value === 'function') continue;
    Object.defineProperty(object, name, { get: () => value, configurable: true, enumerable: true });
  }
  refuseReadOnly(object, label);
}

export function closedObject<T extends object>(label: string, members: T): T {
  const write = () => label;
  const object: T = Object.create(makeGuard(write), Object.getOwnPropertyDescriptors(members));
  closeMembers(object, write);
  return object;
}

function refuseReadOnly<T extends object>(holder: T, label: Label<T>): void {
  for (const [name, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
    if (get === undefined || set !== undefined) continue;
    const refuse = function (this: T): never {
      throw cannotBeSet(this, label, name);
    };
    Object.defineProperty(holder, name, { set: Object.assign(refuse, { [refuses]: true }) });
  }
}

function makeGuard<T extends object>(label: Label<T>): object {
  const members = { [inspect.custom]: printMembers };
  const guard = new Proxy(members, {
    set(target, name, value: unknown, object: T) {
      // Tools mark objects with symbols. The names of every object, such as toString, exist.
      if (typeof name === 'symbol' || name in target) return Reflect.set(target, name, value, object);
      // The journal shows requests under their indexes, where its own objects have nothing.
      if (name in object) throw cannotBeSet(object, label, name);
      const hint = suggestion(name, suggestedNames(object), 1);
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

function settableText(object: object): string {
  // An own member may be a copy of the class's accessor, so one of them that refuses is enough.
  const refused = memberNames(object, ({ set }) => set !== undefined && refuses in set);
  const names = memberNames(object, ({ set }) => set !== undefined).filter((name) => !refused.includes(name));
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
