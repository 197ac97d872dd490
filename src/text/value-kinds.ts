/** A matcher of any test runner, which decides by itself what it matches. */
export interface AsymmetricMatcher {
  asymmetricMatch(other: unknown): boolean;
}

/** Whether a value decides by itself what it matches, as `expect.any(String)` does. */
export function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  return (
    typeof value === 'object' &&
    value !== null &&
    'asymmetricMatch' in value &&
    typeof value.asymmetricMatch === 'function'
  );
}

/**
 * Whether a value is an object with members, not a list, a Map or a Date. Decided by its tag, not by its prototype: under
 * jest, objects of the test and of Node have different prototypes. An imported module is also an object with members.
 */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Object]' || tag === '[object Module]';
}
