/**
 * The times in a case are counted from the second of its call, since STS compares tokens with the clock of the process: `{ now: 900 }` is a number in a
 * claim, and `$(now + 900)` the same number in a text.
 */
const time = /\$\(now(?: ([+-]) (\d+))?\)/g;

/** Returns a value with the times of its texts. */
export function withTimes(value: unknown, now: number): unknown {
  if (typeof value === 'string')
    return value.replace(time, (_, sign = '+', seconds = '0') => String(now + Number(`${sign}${seconds}`)));
  if (Array.isArray(value)) return value.map((one) => withTimes(one, now));
  if (typeof value !== 'object' || value === null) return value;
  if ('now' in value) return now + Number(value.now);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withTimes(one, now)]));
}

/** Writes the token of a web identity. A case has its header and its claims, and nobody checks its signature. */
export function writeToken(jwt: unknown, now: number): string {
  const [head, claims] = Object(withTimes(jwt, now)) as readonly unknown[]; // the pair of a case
  return `${encoded(head)}.${encoded(claims)}.c2ln`;
}

const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
