import { md5 } from './digests';
import { type ObjectBody, SparseBody } from './sparse-body';

/**
 * Bytes in short: text, or base64 if they are not text. Long bytes are their number and their MD5, and a placeholder is the number of its
 * bytes.
 */
export type ByteOutline =
  | string
  | { readonly base64: string }
  | { readonly bytes: number; readonly md5: string }
  | { readonly size: number };

const FEW = 200;

export function outlineBytes(bytes: ObjectBody): ByteOutline {
  if (bytes instanceof SparseBody) return { size: bytes.length };
  return bytes.byteLength > FEW
    ? { bytes: bytes.byteLength, md5: md5(bytes).toString('hex') }
    : writeTextOrBase64(bytes);
}

export function writeTextOrBase64(bytes: Uint8Array): string | { readonly base64: string } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString();
  return Buffer.from(text).equals(buffer) ? text : { base64: buffer.toString('base64') };
}
