interface SentHeaders {
  readonly headers: ReadonlyMap<string, string>;
  /** Names and values in turn, in the order in which they came. */
  readonly rawHeaders: readonly string[];
}

/** Whether a header came more than once: `headers` then has one value for its lines. */
export function isHeaderRepeated({ headers, rawHeaders }: SentHeaders): boolean {
  return rawHeaders.length !== 2 * headers.size;
}

export function hasOneOf(headers: ReadonlyMap<string, string>, names: readonly string[]): boolean {
  for (const name of names) if (headers.has(name)) return true;
  return false;
}

/** Whether a text is a valid name of a header (RFC 9110, 5.1). */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}
