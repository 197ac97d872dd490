/** A list whose entries are read by their index. */
interface IndexedList {
  readonly length: number;
  at(index: number): unknown;
}

/**
 * The same list, with each entry as an own enumerable member under its index, and with the tag of an array: `toEqual` and
 * `toMatchObject` of test runners compare by these. The members are looked up when they are read, so that an entry costs nothing more.
 */
export function comparableList<List extends IndexedList>(list: List): List {
  const methods = new Map<string | symbol, unknown>();
  return new Proxy(list, {
    get(target, name) {
      if (name === Symbol.toStringTag) return 'Array';
      if (isIndex(name)) return target.at(Number(name));
      const value: unknown = methods.get(name) ?? Reflect.get(target, name, target);
      // A function of the list's own is a spy of the test.
      if (typeof value !== 'function' || name === 'constructor' || Object.hasOwn(target, name))
        return Reflect.get(target, name, target);
      // A method reads private members, which the proxy does not have.
      if (!methods.has(name)) methods.set(name, value.bind(target));
      return methods.get(name);
    },
    has: (target, name) => (isIndex(name) ? Number(name) < target.length : Reflect.has(target, name)),
    ownKeys: (target) => [
      ...Array.from({ length: target.length }, (_, index) => String(index)),
      ...Reflect.ownKeys(target),
    ],
    getOwnPropertyDescriptor(target, name) {
      if (!isIndex(name)) return Reflect.getOwnPropertyDescriptor(target, name);
      const value = target.at(Number(name));
      return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: false };
    },
  });
}

function isIndex(name: string | symbol): boolean {
  return typeof name === 'string' && /^(?:0|[1-9]\d{0,8})$/.test(name);
}
