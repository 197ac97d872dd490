/**
 * Returns a function that makes a value at its first call and keeps it. Modules that are loaded late are loaded by it: the one argument of
 * `require` is then a path that the build and bundlers can read.
 */
export function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
