/**
 * The model keeps what a request sent and answers what it keeps, and the journal has both: without this, a test that changes an entry would
 * change the bucket.
 */
export function readOnly<Value>(value: Value): Value {
  if (!isPlain(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) readOnly(member);
  return value;
}

/** Whether a value is a plain object or a list, of any realm: under jest, `Object.prototype` of a test differs from Node's. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
