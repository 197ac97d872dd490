import { URLSearchParams } from 'node:url';
import { decodePercent } from '../formats/url-encoding';
import { writeSentence } from '../text/sentences';
import { writeValue } from '../text/values';
import type { RequestEntry } from './entry';

/** Reads a text as code does that takes its bytes for Latin-1. */
export function garble(text: string): string {
  return Buffer.from(text).toString('latin1');
}

export function readStored(stored: string): string {
  return readEncodedWord(stored) ?? stored;
}

export function writeEncodingHint(text: string, stored: string): string | undefined {
  const garbled = garble(text);
  if (garbled === text || ![text, garbled].includes(readStored(stored)) || stored === text) return undefined;
  return `Headers carry metadata in ASCII: send encodeURIComponent(${writeValue(text)}), and read it with decodeURIComponent.`;
}

/** Reads a text as S3 writes it into a header if it is not ASCII (RFC 2047). */
function readEncodedWord(stored: string): string | undefined {
  const [, form, encoded = ''] = /^=\?UTF-8\?([BQ])\?(.*)\?=$/i.exec(stored) ?? [];
  if (form === undefined) return undefined;
  if (form.toUpperCase() === 'B') return Buffer.from(encoded, 'base64').toString();
  return decodePercent(encoded.replaceAll('_', ' ').replaceAll('%', '%25').replaceAll('=', '%'));
}

/** Returns undefined unless the stored value is what remains of a value that the code did not encode. */
export function writeTaggingHint(text: string, stored: string): string | undefined {
  const remains = new URLSearchParams(`tag=${text}`).get('tag');
  return stored !== text && stored === remains ? writeSentence(writeTagCure(text).slice(0, -1)) : undefined;
}

/** The characters that S3 accepts in tags. */
const ofTags = /^[\p{L}\p{N}\p{Z}+\-=._:/@]*$/u;

export function writeTagCure(text: string): string {
  const query = `the Tagging of a write is a query, which ends the value ${writeValue(text)} early`;
  if (ofTags.test(text)) return `${query}: write ${writeValue(encodeURIComponent(text))}, as encodeURIComponent does.`;
  return `${query}. Choose another text, since S3 accepts only letters, digits, blanks and + - = . _ : / @ in tags.`;
}

/** Whether a URL was signed without a header, so that whoever uses the URL chooses the header. */
function isSignedWithout(header: string, url: string): boolean {
  const at = url.indexOf('?');
  const signed = at === -1 ? null : new URLSearchParams(url.slice(at)).get('X-Amz-SignedHeaders');
  return signed !== null && !signed.split(';').includes(header);
}

/** Says who chose the type of an object, and where to set another one. Returns undefined if nobody knows who did. */
export function writeTypeHint(
  type: string,
  stored: string | undefined,
  write?: Pick<RequestEntry, 'url' | 'client'>,
): string | undefined {
  const sender = writeSender(stored, write?.client);
  if (sender === undefined) return undefined;
  const header = `headers: { 'content-type': ${writeValue(type)} }`;
  if (write === undefined || !isSignedWithout('content-type', write.url))
    return `${sender} if the code sets no type. Set it: ${header} in a request, or ContentType: ${writeValue(type)} in the input of an SDK.`;
  const bound = /[?&]x-id=/.test(write.url) // the SDK v3 writes it
    ? " To make S3 refuse other types, sign the header: getSignedUrl(client, command, { signableHeaders: new Set(['content-type']) }), with ContentType in the command."
    : '';
  return `${sender} if the code sets no type. The URL was signed without content-type, so a ContentType that was given when it was signed sets none: whoever sends the request does, by ${header}.${bound}`;
}

/** Who sends a type by itself, as the beginning of a sentence. */
function writeSender(stored = '', client = ''): string | undefined {
  const name = /^(?:axios|Python-urllib|curl)\b/.exec(client)?.[0];
  if (name !== undefined && stored === 'application/x-www-form-urlencoded')
    return `${name} sends this type with a body`;
  return Object.hasOwn(sendersOfTypes, stored) ? sendersOfTypes[stored] : undefined;
}

/** The clients that send a content type by themselves. */
export const sendersOfTypes: Readonly<Record<string, string>> = {
  'application/x-www-form-urlencoded': 'axios sends this type with a text',
  'text/plain;charset=UTF-8': 'fetch sends this type with a text',
  'application/octet-stream': 'An SDK sends this type with a body',
  'binary/octet-stream': 'S3 gives this type to what was written without one',
};
