import type { Duration } from '../model/clock';
import { invalidValue } from '../text/invalid-value';

/** A moment in ISO 8601, or a time from now as JSON, in a query. The library checks either. */
export function momentOrDuration(text: string): string | Duration {
  return text.startsWith('{') ? (parseJson('query', text) as Duration) : text; // the library checks its members
}

/** A whole number from 0 on, in a query. */
export function wholeNumber(call: string, name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalidValue(call, name, text, 'a whole number from 0 on');
}

export function trueOrFalse(call: string, name: string, text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw invalidValue(call, name, text, 'true or false');
}

export function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TypeError(`${what}: it is not JSON (${error instanceof Error ? error.message : error}).`);
  }
}
