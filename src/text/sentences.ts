export function writeSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

/** The end of each advice to await a call. */
export const inLoops =
  'in each function around it: forEach does not wait for an async function, so write for…of, or await Promise.all(list.map(…)).';
