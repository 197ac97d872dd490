export function writeSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

export function joinSentences(first: string, second: string): string {
  if (/[?!]$/.test(first)) return `${first} ${second.slice(0, 1).toUpperCase()}${second.slice(1)}`;
  return `${first.replace(/\.$/, '')}; ${second}`;
}
