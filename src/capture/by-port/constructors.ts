import { ofFunctions } from '../patches';
import { byFetch, type ClientRules, errorOfAddress } from './clients';

export type Callable = (...args: unknown[]) => unknown;

/** The classes of the global object whose instances connect by themselves. */
const names = ['EventSource', 'WebSocket', 'WebSocketStream'] as const;

/** Replaces the classes that connect when they are constructed. `present` returns what decides at this moment, newest first. */
export function guardConstructors(global: object, present: () => readonly ClientRules[]): void {
  for (const name of names) replaceClass(global, name, (original) => guardConstructor(name, original, present));
}

export function replaceClass(global: object, name: string, replace: (original: Callable) => Callable): void {
  const original: unknown = Reflect.get(global, name);
  if (typeof original !== 'function') return;
  const value = replace(original as Callable); // typeof proves no parameters
  Object.defineProperty(global, name, { value, writable: true, enumerable: false, configurable: true });
}

export function guardConstructor(name: string, original: Callable, present: () => readonly ClientRules[]): Callable {
  return replaceConstructor(name, original, (args) => {
    for (const rules of present()) {
      const error = errorOfAddress(rules, String(args[0]), byFetch(name));
      if (error !== undefined) throw error;
    }
    return args;
  });
}

/** Replaces a class by one that changes the arguments first. The prototype stays the same, so instances of the one class are instances of the other. */
export function replaceConstructor(
  name: string,
  original: Callable,
  change: (args: readonly unknown[]) => readonly unknown[],
): Callable {
  const guarded = {
    [name]: function (this: unknown, ...args: unknown[]): unknown {
      if (new.target === undefined) return Reflect.apply(original, this, args);
      return Reflect.construct(original, change(args), new.target === guarded ? original : new.target);
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
