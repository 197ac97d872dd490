import { writeKey } from './values';

/** `'vault', 'archive'`; `none` for an empty list. */
export function quotedList(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => writeKey(name)).join(', ');
}

/** `'Enabled' or 'Suspended'`. */
export function alternatives(words: readonly string[]): string {
  return words.map((word) => writeKey(word)).join(' or ');
}
