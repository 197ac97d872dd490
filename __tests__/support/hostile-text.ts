import process from 'node:process';

const longest = 256 * 1024;
let length = longest;

/** A part again and again, for 256 KB, or for a quarter of it where the growth of a reading is measured. */
export const filled = (part: string) => part.repeat(Math.ceil(length / part.length));

/** Parts that differ by their numbers, as many as `filled` would have letters. */
export function numbered(part: (number: string) => string): readonly string[] {
  const parts: string[] = [];
  for (let size = 0; size < length; size += parts.at(-1)?.length ?? 0) parts.push(part(parts.length.toString(36)));
  return parts;
}

/** Below this a reading of 256 KB, in milliseconds, cannot have looked at most of its letters again and again. */
const unmeasured = 30;

/**
 * Whether a reading of texts of `filled` and `numbered` takes a time that grows with their length, rather than with its square: for four
 * times the text less than eight times the time, not sixteen. A ratio, and the least of several times, so that neither the speed of the
 * machine nor what else it does is measured.
 */
export function growsWithItsLength(read: () => unknown): boolean {
  let [long, quarter] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 6; round += 1) {
    long = Math.min(long, costAt(longest, read));
    if (long < unmeasured) return true;
    quarter = Math.min(quarter, costAt(longest / 4, read));
    if (long < quarter * 8) return true;
  }
  return false;
}

/** The milliseconds of the processor that a reading takes with texts of a length. */
function costAt(letters: number, read: () => unknown): number {
  length = letters;
  try {
    const before = process.cpuUsage();
    read();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  } finally {
    length = longest;
  }
}
