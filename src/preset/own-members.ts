/**
 * Accessors of a class as own enumerable members of its objects: test runners compare and print own members only. Runners also copy the
 * accessors of values that failed into plain objects, which another process reads when the state is gone: these have undefined.
 */
export function ownAccessors<T extends object>(
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
