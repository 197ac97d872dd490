/**
 * Makes accessors of an object's class its own enumerable members: test runners compare and print own members only. Runners also copy
 * the accessors of values that failed into plain objects, which another process reads when the state is gone: these have undefined.
 */
export function ownMembers<T extends object>(object: T, prototype: T, names: readonly (keyof T)[]): void {
  for (const name of names) {
    const { get, set } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
    const read = function (this: object): unknown {
      return Object.prototype.isPrototypeOf.call(prototype, this) ? get?.call(object) : undefined;
    };
    Object.defineProperty(object, name, {
      get: read,
      // As it is, since a closed class marks the setters that refuse.
      ...(set && { set }),
      enumerable: true,
      configurable: true,
    });
  }
}
