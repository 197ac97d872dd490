import { URL } from 'node:url';

/**
 * Returns the URL that a text is; undefined if it is none. In Node 20 and 22, `URL.canParse` calls a text with letters such as `ü` no URL once
 * it has run some two thousand times, so it is not asked.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
