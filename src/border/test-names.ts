/** The full names of tests that have ended: a test can leave many requests behind, and a file can have thousands of tests. */
const known = new WeakMap<object, string>();

/** Returns the full name of a test, with its number if several tests of the file have the same. `listTests` lists those of the file in their order. */
export function findUniqueName<Test extends object>(
  test: Test,
  nameOf: (test: Test) => string,
  listTests: () => readonly Test[],
): string {
  const name = known.get(test) ?? numberName(test, nameOf, listTests());
  known.set(test, name);
  return name;
}

function numberName<Test extends object>(test: Test, nameOf: (test: Test) => string, tests: readonly Test[]): string {
  const name = nameOf(test);
  const same = tests.filter((one) => nameOf(one) === name);
  return same.length < 2 ? name : `${name} (number ${same.indexOf(test) + 1} of ${same.length} tests of this name)`;
}
