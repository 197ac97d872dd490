/** Whether a text is an encryption context as S3 reads it: base64 of UTF-8 JSON, an object whose values are strings (F630). */
export function isEncryptionContext(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  const json = bytes.toString();
  if (bytes.toString('base64') !== text || !Buffer.from(json).equals(bytes)) return false;
  const value = readJson(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((one) => typeof one === 'string');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
