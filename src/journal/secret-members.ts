/**
 * Members of inputs with which anybody could ask for the same session: tests read them, and a text that is printed has a word in their place.
 * @module
 */

const words: ReadonlyMap<string, string> = new Map([
  ['WebIdentityToken', '<token>'],
  ['TradeInToken', '<token>'],
  ['SAMLAssertion', '<assertion>'],
]);

/** The value of a member as it may be printed. */
export function printableMember(name: string, value: unknown): unknown {
  return typeof value === 'string' ? (words.get(name) ?? value) : value;
}
