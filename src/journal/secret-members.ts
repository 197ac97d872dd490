import { inspect } from 'node:util';

/**
 * Members with which anybody could ask for the same session: tests read them, and a text that is printed has a word in their place.
 * @module
 */

const words: ReadonlyMap<string, string> = new Map([
  ['WebIdentityToken', '<token>'],
  ['TradeInToken', '<token>'],
  ['SAMLAssertion', '<assertion>'],
  ['SecretAccessKey', '<secret>'],
  ['SessionToken', '<token>'],
]);

/** The value of a member as it may be printed. */
export function printableMember(name: string, value: unknown): unknown {
  return typeof value === 'string' ? (words.get(name) ?? value) : value;
}

/** Makes the members of an object print without their secrets, by `console.log`, as JSON and in the differences of test runners. */
export function hideSecrets<Members extends object>(members: Members): Members {
  const printed = () =>
    Object.fromEntries(Object.entries(members).map(([name, value]) => [name, printableMember(name, value)]));
  // Of no other effect: comparisons and copies do not see what is not enumerable.
  return Object.defineProperties(members, { toJSON: { value: printed }, [inspect.custom]: { value: printed } });
}
