import { ofFunctions } from '../patches';
import { byFetch, type ClientRules, errorOfAddress } from './clients';

type Callable = (...args: unknown[]) => unknown;

/** The classes of the global object whose instances connect by themselves. */
const names = ['EventSource', 'WebSocket', 'WebSocketStream'] as const;

/** Replaces the classes that connect when they are constructed. `present` returns what decides at this moment, newest first. */
export function guardConstructors(global: object, present: () => readonly ClientRules[]): void {
  for (const name of names) {
    const original: unknown = Reflect.get(global, name);
    if (typeof original !== 'function') continue;
    const value = guardConstructor(name, original as Callable, present); // typeof proves no parameters
    Object.defineProperty(global, name, { value, writable: true, enumerable: false, configurable: true });
  }
}

/** The prototype stays the same, so instances of the one class are instances of the other. */
export function guardConstructor(name: string, original: Callable, present: () => readonly ClientRules[]): Callable {
  const guarded = {
    [name]: function (this: unknown, ...args: unknown[]): unknown {
      const isNew = new.target !== undefined;
      for (const rules of isNew ? present() : []) {
        const error = errorOfAddress(rules, String(args[0]), byFetch(name));
        if (error !== undefined) throw error;
      }
      const constructed = new.target === guarded || !isNew ? original : new.target;
      return isNew ? Reflect.construct(original, args, constructed) : Reflect.apply(original, this, args);
    },
  }[name] as Callable; // it was just made
  Object.setPrototypeOf(guarded, original);
  for (const key of Reflect.ownKeys(original)) {
    const descriptor = ofFunctions.has(key) ? undefined : Object.getOwnPropertyDescriptor(original, key);
    if (descriptor) Object.defineProperty(guarded, key, descriptor);
  }
  Object.defineProperty(guarded, 'prototype', { value: original.prototype });
  return guarded;
}
