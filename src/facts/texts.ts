/** Returns a value with each of its texts written by `write`, which gets the name of the member. Bytes and dates stay as they are. */
export function mapTexts(value: unknown, write: (text: string, member: string) => unknown, member = ''): unknown {
  if (typeof value === 'string') return write(value, member);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, write, member));
  if (typeof value !== 'object' || value === null || 'base64' in value) return value;
  if (value instanceof Uint8Array || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one, write, name)]));
}
