/** A clause as a sentence of its own: with a capital letter and a point. */
export function writeSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

/**
 * One sentence after another that may end with a point, a question or neither: the code of a reason does not know how the part begins that it goes on
 * from. `there are no roles.` and `the key is unknown` are `there are no roles; the key is unknown`.
 */
export function joinSentences(first: string, second: string): string {
  if (/[?!]$/.test(first)) return `${first} ${second.slice(0, 1).toUpperCase()}${second.slice(1)}`;
  return `${first.replace(/\.$/, '')}; ${second}`;
}
