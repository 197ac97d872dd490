import { useEffect, useState } from 'preact/hooks';
import type { VersionLine } from './answers';
import { addressOf, ask, sentenceOf } from './door';
import { visible } from './writing';

/** The beginning of a version, as far as the door shows it. */
export interface Bytes {
  readonly size: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface LoadedBytes {
  readonly loaded: Bytes | undefined;
  readonly problem: string | undefined;
}

const nothing: LoadedBytes = { loaded: undefined, problem: undefined };

/**
 * Loads the bytes once: the bytes of a version do not change. If the id is `null`, another version can have the same id, with another ETag
 * or time.
 */
export function useBytes(bucket: string, version: VersionLine | undefined): LoadedBytes {
  const [state, setState] = useState(nothing);
  const { key, versionId, etag, lastModified } = version ?? {};
  useEffect(() => {
    if (key === undefined) return;
    let isOver = false;
    const tell = (next: LoadedBytes) => !isOver && setState(next);
    ask<{ size: number; base64: string }>('GET', pathOf(bucket, 'bytes'), { query: { key, versionId } }).then(
      ({ size, base64 }) => tell({ loaded: { size, bytes: decode(base64) }, problem: undefined }),
      (error) => tell({ loaded: undefined, problem: sentenceOf(error) }),
    );
    return () => {
      isOver = true;
      setState(nothing);
    };
  }, [bucket, key, versionId, etag, lastModified]);
  return state;
}

function pathOf(bucket: string, what: string): string {
  return `buckets/${encodeURIComponent(bucket)}/${what}`;
}

/** Where all bytes of a version are, as a file to store. */
export function addressOfFile(bucket: string, { key, versionId }: VersionLine): string {
  return addressOf(pathOf(bucket, 'download'), { key, versionId });
}

export async function encode(bytes: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(bytes);
  });
  return url.slice(url.indexOf(',') + 1);
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** How bytes are shown. What they are follows from themselves alone: the media type is what somebody said, and a page or a drawing is text. */
export type Look =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly text: string; readonly isIndented: boolean }
  | { readonly kind: 'picture'; readonly type: string }
  | { readonly kind: 'binary' };

export function lookAt({ bytes, size }: Bytes): Look {
  if (size === 0) return { kind: 'nothing' };
  const type = findPicture(bytes);
  if (type !== undefined) return { kind: 'picture', type };
  const text = readText(bytes, bytes.length === size);
  if (text === undefined) return { kind: 'binary' };
  const json = bytes.length === size ? indentJson(text) : undefined;
  return json === undefined ? { kind: 'text', text } : { kind: 'json', text: json, isIndented: json !== text.trim() };
}

/** The pictures that a browser draws from points, by the bytes with which they begin. */
const pictures: readonly (readonly [type: string, at: number, mark: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
];

function findPicture(bytes: Uint8Array): string | undefined {
  const head = Array.from(bytes.subarray(0, 16), (byte) => String.fromCharCode(byte)).join('');
  return pictures.find(([, at, mark]) => head.startsWith(mark, at))?.[0];
}

/** Characters that no text has, beside tabs, ends of lines and pages, and the colours of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
const binary = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

function readText(bytes: Uint8Array, isWhole: boolean): string | undefined {
  try {
    // What is cut may end within a character.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
    return binary.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** JSON on lines, with each value as it was written: a number can have more digits than the browser's numbers. */
export function indentJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text) || !isJson(text)) return undefined;
  let depth = 0;
  const line = (by: number) => {
    depth += by;
    return `\n${'  '.repeat(depth)}`;
  };
  const tokens = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{},:]|[^\s[\]{},:"]+/g) ?? [];
  return tokens
    .map((token, at) => {
      const isEmpty = /[[{]/.test(tokens[at - 1] ?? '') && /^[\]}]$/.test(token);
      const opensNothing = /^[\]}]$/.test(tokens[at + 1] ?? '');
      if (token === '{' || token === '[') return opensNothing ? token : token + line(1);
      if (token === '}' || token === ']') return isEmpty ? token : line(-1) + token;
      if (token === ',') return token + line(0);
      return token === ':' ? ': ' : token;
    })
    .join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The lines of a text, with their tabs; other characters that nobody sees are written. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.split('\t').map(visible).join('\t'));
}

/** `00000010  48 65 6c 6c 6f  Hello` */
export function writeHexadecimal(bytes: Uint8Array, width: number): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    const part = [...bytes.subarray(at, at + width)];
    const digits = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${digits.padEnd(3 * width - 1)}  ${letters}`);
  }
  return lines.join('\n');
}
