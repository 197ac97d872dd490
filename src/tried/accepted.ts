import { isRecord } from '../text/value-kinds';
import type { Judged } from './judge';

/** A way that somebody has looked at, and accepts as it is. */
export interface AcceptedWay {
  /** The name of the way: `PutObject reports/cache.json, AccessDenied`. */
  readonly way: string;
  /** The name of the test; if it is left out, the way is accepted in all tests. */
  readonly test?: string | undefined;
  readonly reason: string;
}

/** Reads the content of a file of accepted ways. Returns a text that says what is wrong with it. */
export function readAccepted(content: unknown): readonly AcceptedWay[] | string {
  if (!Array.isArray(content)) return 'it is not a list';
  for (const [index, entry] of content.entries()) {
    const number = `entry ${index + 1}`;
    if (!isRecord(entry)) return `${number} is not an object`;
    const unknown = Object.keys(entry).find((name) => !['way', 'test', 'reason'].includes(name));
    if (unknown !== undefined) return `${number} has an unknown member '${unknown}'`;
    const { way, test, reason } = entry;
    if (typeof way !== 'string' || way === '')
      return `${number} has no way, such as 'PutObject reports/cache.json, AccessDenied'`;
    if (test !== undefined && typeof test !== 'string') return `${number} has a test that is no text`;
    if (typeof reason !== 'string' || reason.trim() === '') return `${number} has no reason`;
  }
  return content as readonly AcceptedWay[]; // checked entry by entry
}

export function isAccepted({ way: { name, test } }: Judged, accepted: readonly AcceptedWay[]): boolean {
  return accepted.some((one) => one.way === name && (one.test === undefined || one.test === test.name));
}
