/** A clause as a sentence of its own: with a capital letter and a point. */
export function writeSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

/** Joins two sentences, of which the first may end with a point, a question mark or neither: `there are no roles; the key is unknown`. */
export function joinSentences(first: string, second: string): string {
  if (/[?!]$/.test(first)) return `${first} ${second.slice(0, 1).toUpperCase()}${second.slice(1)}`;
  return `${first.replace(/\.$/, '')}; ${second}`;
}
