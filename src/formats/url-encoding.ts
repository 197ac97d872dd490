/**
 * Encodes text as S3 does under `encoding-type=url`: as Java's URLEncoder does, except that `/` stays (F67).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
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
  return byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Decodes percent-encoded UTF-8; undefined if it is malformed. */
export function decodePercent(encoded: string): string | undefined {
  if (!encoded.includes('%')) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
