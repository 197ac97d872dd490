import { inspect } from 'node:util';

/** Throws a TypeError where options have a member that means nothing, since it was meant to mean something. */
export function checkMembers(what: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`${what}: ${JSON.stringify(options)} is no object of options. There are: ${known.join(', ')}.`);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`${what}: there is no option '${unknown}'. There are: ${known.join(', ')}.`);
}

/** Whether a value is an object of members: no list, no Map, nothing with a class of its own kind. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** A wrong value in a message, on one line and no longer than it takes to find it. */
export function wrong(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 60, maxArrayLength: 5 });
}

/** A key in a message, quoted; of a long one, its beginning. */
export function quotedKey(key: string): string {
  return `'${visible(key.length > 80 ? `${key.slice(0, 80)}…` : key)}'`;
}

/** A key as text that shows on one line what stands in it. */
export function visible(key: string): string {
  return key.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
