/**
 * Binds the methods of an object, because tests give them to hooks and take them out of the object: `afterEach(s3.stop)`, `const { reset } = s3`.
 * @module
 */
import { isObject } from './value-kinds';

interface BoundMethod {
  readonly name: string;
  /** The own members of the method, such as its name and those that say that it was not called. */
  readonly members: PropertyDescriptorMap;
  readonly isOfHooks: boolean;
}

export interface Binding {
  /** The methods that take no argument, or options alone: they ignore what a runner passes to a hook. */
  readonly ofHooks: readonly string[];
  /** The only methods that are bound. Default: all. */
  readonly only?: readonly string[];
}

const frames = new WeakMap<object, object>();

/** The function that stands in stacks for a method, since a bound function stands in none. */
export function frameOf<Method extends object>(method: Method): Method {
  return (frames.get(method) as Method | undefined) ?? method; // it is called alike
}

/**
 * Returns a function that gives an object its bound methods. They are not enumerable, so that nothing prints or compares them. A bound method
 * asks the prototype at each call, since a spy can replace the method there.
 */
export function makeBinder<T extends object>(prototype: T, binding: Binding): (object: T) => void {
  const methods = listMethods(prototype, binding);
  return (object) => {
    for (const { name, members, isOfHooks } of methods) {
      const call = (...values: readonly unknown[]): unknown => {
        const method = Reflect.get(Object.getPrototypeOf(object), name);
        return isOfHooks && values.some(isHookValue) ? method.call(object) : method.call(object, ...values);
      };
      // vitest reads the parameters of a hook in its text, which a bound function does not have.
      const bound = Object.defineProperties(call.bind(undefined), members);
      Object.defineProperty(object, name, { value: bound, writable: true, configurable: true });
      frames.set(bound, call);
    }
  };
}

function listMethods(prototype: object, { ofHooks, only }: Binding): readonly BoundMethod[] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, { value }]) => {
    const isBound = only?.includes(name) ?? name !== 'constructor';
    if (!isBound || typeof value !== 'function') return [];
    const { prototype: _, ...members } = Object.getOwnPropertyDescriptors(value);
    const isOfHooks = ofHooks.includes(name);
    // A runner takes a function that declares a parameter for one that calls back.
    const length = isOfHooks && value.length > 0 ? { length: { value: 0, configurable: true } } : {};
    return [{ name, members: { ...members, ...length }, isOfHooks }];
  });
}

/** By these members a runner's object is known: the context of node:test, the context of deno, and the describe or the file of vitest, which can follow another argument. */
const membersOfContexts = [
  ['name', 'signal'],
  ['name', 'origin', 'step'],
  ['type', 'mode', 'tasks'],
] as const;

/** mocha and jest pass a function that ends the hook, and the context of vitest is a function, too. */
function isHookValue(value: unknown): boolean {
  if (typeof value === 'function') return true;
  // A proxy can throw.
  try {
    return isObject(value) && membersOfContexts.some((members) => members.every((member) => member in value));
  } catch {
    return false;
  }
}
