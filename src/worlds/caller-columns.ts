import { longestLength } from '../text/columns';
import { visible } from '../text/values';

/** The columns of the callers. Each line is the request of one caller, so a column can begin before the column to its left ends. */
export interface CallerColumns {
  /** The lines above the requests. */
  readonly heading: readonly string[];
  /** Moves a line to the column of its caller, or of the caller that it restarts. What belongs to no caller is in the first column. */
  readonly place: (caller: string, line: string) => string;
}

/** Lines are this long at most, if there is room for the names of the callers. */
const LINE = 98;
/** The columns of callers differ by at least this. */
const NARROWEST = 4;

/** `width` is the width of a column that ends before the next one begins, and `longest` the length of the longest line. */
export function layOutColumns(callers: readonly string[], width: number, longest: number): CallerColumns {
  const names = callers.map(visible);
  const left = Math.floor((LINE - longest) / Math.max(1, callers.length - 1));
  const shift = Math.max(NARROWEST, Math.min(width, left));
  const indent = (index: number) => ' '.repeat(Math.max(0, index) * shift);
  const isOneLine = longestLength(names.slice(0, -1)) + 2 <= shift;
  const heading = isOneLine
    ? [
        names
          .map((name) => name.padEnd(shift))
          .join('')
          .trimEnd(),
      ]
    : names.map((name, index) => indent(index) + name);
  return {
    heading: callers.length === 0 ? [] : heading,
    place: (caller, line) => indent(findColumn(callers, caller)) + line,
  };
}

function findColumn(callers: readonly string[], caller: string): number {
  return callers.includes(caller) ? callers.indexOf(caller) : callers.findIndex((name) => caller === `${name} again`);
}
