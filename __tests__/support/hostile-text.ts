import process from 'node:process';

const longest = 256 * 1024;
let length = longest;

/** A part again and again, for 256 KB, or for a piece of it where the growth of a reading is measured. */
export const filled = (part: string) => part.repeat(Math.ceil(length / part.length));

/** Parts that differ by their numbers, as many as `filled` would have letters. */
export function numbered(part: (number: string) => string): readonly string[] {
  const parts: string[] = [];
  for (let size = 0; size < length; size += parts.at(-1)?.length ?? 0) parts.push(part(parts.length.toString(36)));
  return parts;
}

/** Below this a reading, in milliseconds, cannot have looked at most of its letters again and again. */
const unmeasured = 30;

/** The number of short texts that have as many letters as a long one. */
const pieces = 64;

/**
 * Whether a reading of texts of `filled` and `numbered` takes a time that grows with their length, rather than with its square: one text
 * takes no more than sixteen times the time of 64 that have as many letters together, not 64 times. A ratio, and the least of several
 * times, so that neither the speed of the machine nor what else it does is measured. A list of many thousands takes up to nine times the
 * time of as many short ones, since the system has to find the memory for it.
 */
export function growsWithItsLength(read: () => unknown, letters = longest): boolean {
  let [whole, inPieces] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 20; round += 1) {
    whole = Math.min(whole, costOf(read, letters, 1));
    if (whole < unmeasured) return true;
    inPieces = Math.min(inPieces, costOf(read, letters, pieces));
    // A single reading of the pieces can be interrupted for longer than it takes.
    if (whole < inPieces * (round === 0 ? 4 : 16)) return true;
    // Six readings leave no doubt.
    if (round > 4 && whole > inPieces * 32) return false;
  }
  return false;
}

/** The milliseconds of the processor that it takes to read that many letters in a number of texts. */
function costOf(read: () => unknown, letters: number, texts: number): number {
  length = letters / texts;
  try {
    const before = process.cpuUsage();
    for (let count = 0; count < texts; count += 1) read();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  } finally {
    length = longest;
  }
}
