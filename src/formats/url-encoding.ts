/** Encodes as Java's URLEncoder does, except that `/` stays (F67). */
export function encodeUrl(text: string): string {
  if (!/[^\w\-.*/]/.test(text)) return text;
  let encoded = '';
  for (const byte of Buffer.from(text)) {
    const character = String.fromCharCode(byte);
    encoded += /[\w\-.*/]/.test(character) ? character : encodeByte(byte);
  }
  return encoded;
}

function encodeByte(byte: number): string {
  return byte === 0x20 ? '+' : writePercent(byte);
}

export function writePercent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Encodes as signatures of version 4 demand: `encodeURIComponent` leaves five characters that they do not. */
export function encodeUri(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Decodes a URL's text. Bytes that are not UTF-8 become U+FFFD. */
export function decodeLossy(encoded: string): string | undefined {
  if (/%(?![\dA-Fa-f]{2})/.test(encoded)) return undefined;
  return encoded.replace(/(?:%..)+/g, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}

export function decodePercent(encoded: string): string | undefined {
  if (!encoded.includes('%')) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
