/**
 * Makes functions and classes that belong to the test file and call the functions and classes of the engine. This module is evaluated in
 * the test file.
 * @module
 */

export type Call = (self: unknown, given: readonly unknown[]) => unknown;

/** Unlike `function`, a method is not a constructor. */
export function makeFunction(call: Call): (...given: unknown[]) => unknown {
  return {
    made(this: unknown, ...given: unknown[]): unknown {
      return call(this, given);
    },
  }.made;
}

export function makeClass(construct: Call): (...given: unknown[]) => unknown {
  return function made(...given: unknown[]): unknown {
    return construct(new.target, given);
  };
}

export function makeErrorClass(name: string, base: ErrorConstructor): ErrorConstructor {
  return { [name]: class extends base {} }[name] as ErrorConstructor; // by that name
}
