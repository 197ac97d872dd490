import { util } from '../core-modules';

const { types } = util;

/**
 * Bytes as a test gives them: a Uint8Array of any kind, such as a Buffer. The type contains only the member that distinguishes it from
 * other values, since an editor offers each member of a type within braces, and a Uint8Array has dozens.
 *
 * @example
 * const body: Bytes = Buffer.from('first');
 */
export interface Bytes {
  /** The word by which JavaScript tells a Uint8Array from other values. */
  readonly [Symbol.toStringTag]: 'Uint8Array';
}

/**
 * A matcher of any test runner, such as `expect.any(String)`, which decides by itself what it matches. It is declared as a class with a
 * private member, which no matcher needs: an editor offers no members of such a class within braces, where a test writes an input.
 */
export declare class AsymmetricMatcher {
  private readonly ofTestRunner?: never;
  asymmetricMatch(other: unknown): boolean;
}

/** Whether a value is an asymmetric matcher, such as `expect.any(String)`. */
export function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return 'asymmetricMatch' in value && typeof value.asymmetricMatch === 'function';
  } catch {
    return false;
  }
}

/** Whether it is a promise, of any realm. A promise that crossed from a test is a Proxy. */
export function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/**
 * Whether a value is an object with members. Its tag decides, since under jest objects of the test and of Node have different prototypes.
 * An imported module counts too.
 */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  const tag = findTag(value);
  return tag === '[object Object]' || tag === '[object Module]';
}

/** Returns undefined for a value that throws when its tag is read, as a revoked Proxy does. */
export function findTag(value: unknown): string | undefined {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return undefined;
  }
}

/** The array can come from any realm. The result is false for a Proxy that was revoked, for which Array.isArray throws. */
export function isArray(value: unknown): value is readonly unknown[] {
  return typeof value === 'object' && findTag(value) === '[object Array]';
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * The date can come from any realm: under jest, Node's dates, such as the times of a file, come from another realm. The function is for the
 * model, which knows no Node.
 */
export function isDate(value: unknown): value is Date {
  return types.isDate(value);
}

/** Whether a value is missing. Null counts as undefined: an option that a fixture leaves out or a handle deletes. */
export function isAbsent(setting: unknown): setting is undefined | null {
  return setting === undefined || setting === null;
}

/** An error of another realm, for example an error of V8 when a stack overflows below a test runner, is no `instanceof Error`. */
export function messageOf(thrown: unknown): string {
  return types.isNativeError(thrown) ? thrown.message : String(thrown);
}

/** The member of a plain object; undefined for any other value. */
export function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
