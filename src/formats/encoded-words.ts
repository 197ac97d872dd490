/** RFC 2047, as S3 writes and reads user metadata: by the rules of javax.mail's MimeUtility (F215). @module */

import { TextDecoder } from 'node:util';

const longest = 63;

export function encodeWords(text: string): string {
  const others = [...text.matchAll(/[^\t\x20-\x7e]/g)].length;
  if (others === 0) return text;
  const encoding = text.length - others > others ? 'Q' : 'B';
  return makeWords(text, encoding).join(' ');
}

function makeWords(text: string, encoding: 'Q' | 'B'): readonly string[] {
  const bytes = Buffer.from(text);
  const payload = encoding === 'B' ? bytes.toString('base64') : quoted(bytes);
  if (payload.length <= longest || text.length < 2) return [`=?UTF-8?${encoding}?${payload}?=`];
  const half = Math.floor(text.length / 2);
  const middle = /[\ud800-\udbff]/.test(text.charAt(half - 1)) ? half - 1 : half;
  // A pair of surrogates is one character, and goes into one word.
  if (middle === 0) return [`=?UTF-8?${encoding}?${payload}?=`];
  return [...makeWords(text.slice(0, middle), encoding), ...makeWords(text.slice(middle), encoding)];
}

function quoted(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[^\x20-\x7e]|[=_?]/g, (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replaceAll(' ', '_');
}

/** Decodes the encoded words in a text. Blanks between two encoded words are dropped. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  let decoded = '';
  let isAfterWord = false;
  let blanks = '';
  for (const part of text.split(/([ \t\r\n]+)/)) {
    if (/^[ \t\r\n]*$/.test(part)) {
      blanks += part;
      continue;
    }
    const word = decodeWord(part);
    decoded += `${isAfterWord && word !== undefined ? '' : blanks}${word ?? part}`;
    isAfterWord = word !== undefined;
    blanks = '';
  }
  return decoded + blanks;
}

function decodeWord(part: string): string | undefined {
  const [, charset = '', encoding, payload = '', rest = ''] = /^=\?([^?]+)\?([bq])\?(.*?)\?=(.*)$/is.exec(part) ?? [];
  if (encoding === undefined) return undefined;
  const bytes = encoding.toUpperCase() === 'B' ? lenientBase64(payload) : unquoted(payload);
  const decoded = bytes && decodeCharset(charset.split('*', 1)[0] ?? '', bytes);
  return decoded === undefined ? undefined : decoded + rest;
}

function decodeCharset(charset: string, bytes: Uint8Array): string | undefined {
  // TextDecoder reads this name as windows-1252, which has other characters from 0x80 to 0x9F.
  if (/^iso-8859-1$/i.test(charset)) return Buffer.from(bytes).toString('latin1');
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unquoted(payload: string): Uint8Array | undefined {
  if (/=(?![\da-f]{2})/i.test(payload)) return undefined;
  const text = payload
    .replaceAll('_', ' ')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Characters beyond the alphabet are skipped, and an `=` before the end has all bits but the last (F215). */
function lenientBase64(payload: string): Uint8Array {
  const digits = payload.replace(/[^A-Za-z\d+/=]/g, '').replace(/={1,2}$/, '');
  let bits = '';
  for (const digit of digits) bits += (digit === '=' ? 62 : base64.indexOf(digit)).toString(2).padStart(6, '0');
  return Uint8Array.from(bits.match(/[01]{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
