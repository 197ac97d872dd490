import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { writeSentence } from '../text/sentences';

/** A form in which code stores bytes, and what undoes it. */
interface Form {
  readonly is: string;
  readonly decode: (stored: Buffer) => Buffer | undefined;
  readonly cure: string;
}

const base64 = /^[A-Za-z0-9+/]+={0,2}\s*$/;
const hexDigits = /^(?:[0-9a-f]{2})+$/i;

/** The bytes that are decoded; larger ones are compared with nothing. */
const LONGEST = 1_000_000;

const forms: readonly Form[] = [
  {
    is: 'the base64 text of the expected bytes',
    decode: (stored) =>
      base64.test(stored.toString('latin1')) ? Buffer.from(stored.toString('latin1'), 'base64') : undefined,
    cure: "S3 decodes nothing, whatever ContentEncoding says: send Buffer.from(text, 'base64')",
  },
  {
    is: 'the expected bytes as hex digits',
    decode: (stored) =>
      hexDigits.test(stored.toString('latin1')) ? Buffer.from(stored.toString('latin1'), 'hex') : undefined,
    cure: "S3 decodes nothing: send Buffer.from(text, 'hex')",
  },
  {
    is: 'the expected bytes in gzip',
    decode: unzip,
    cure: 'S3 decompresses nothing, whatever ContentEncoding says: expect the compressed bytes, or decompress them first, gunzipSync(body)',
  },
  {
    is: 'a JSON text of the expected bytes',
    decode: readJson,
    cure: 'send the Buffer itself, or the text in it, and not JSON.stringify of it',
  },
  {
    is: 'the expected text in UTF-16',
    decode: (stored) =>
      stored.length % 2 === 0 ? Buffer.from(stored.toString('utf16le').replace(/^\uFEFF/, '')) : undefined,
    cure: 'write it in UTF-8, Buffer.from(text)',
  },
  {
    is: 'the expected text with a byte order mark in front',
    decode: (stored) => (stored.toString('latin1', 0, 3) === '\xEF\xBB\xBF' ? stored.subarray(3) : undefined),
    cure: "take it away: text.replace(/^\\uFEFF/, '')",
  },
];

export const bytesOnly =
  'read and send bytes, and no text: await Body.transformToByteArray() in the SDK v3, await response.arrayBuffer() of a fetch, readFile without an encoding';

/** A form from which nothing leads back: code has made a text of the bytes, and stored the text. */
interface MadeForm extends Pick<Form, 'is' | 'cure'> {
  readonly make: (expected: Buffer) => Buffer;
}

const madeForms: readonly MadeForm[] = [
  {
    is: 'the expected bytes after they became a text in UTF-8, which replaces bytes that are no UTF-8',
    make: (expected) => Buffer.from(expected.toString()),
    cure: bytesOnly,
  },
  {
    is: 'the expected bytes as text, with a character for each byte, in UTF-8',
    make: (expected) => Buffer.from(expected.toString('latin1')),
    cure: "send bytes, and no text that was read as 'latin1' or 'binary': Buffer.from(text, 'latin1')",
  },
];

export function isGzip(stored: Buffer): boolean {
  return stored[0] === 0x1f && stored[1] === 0x8b;
}

const decoders: Readonly<Record<string, (stored: Buffer, options: { readonly maxOutputLength: number }) => unknown>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** Whether bytes are what ContentEncoding says of them, and become no more than is compared. */
export function isEncoded(stored: Buffer, encoding: string): boolean {
  try {
    return decoders[encoding]?.(stored, { maxOutputLength: LONGEST }) !== undefined;
  } catch {
    return false;
  }
}

export function unzip(stored: Buffer): Buffer | undefined {
  if (!isGzip(stored)) return undefined;
  try {
    return gunzipSync(stored, { maxOutputLength: LONGEST });
  } catch {
    return undefined;
  }
}

/** A text that JSON.stringify makes of a text, or of a Buffer. */
function readJson(stored: Buffer): Buffer | undefined {
  const text = stored.toString();
  if (!/^(?:"|\{"type":"Buffer")/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text, (_name, one: unknown) =>
      isJsonOfBuffer(one) ? Buffer.from(one.data) : one,
    );
    return typeof value === 'string' ? Buffer.from(value) : Buffer.isBuffer(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isJsonOfBuffer(value: unknown): value is { readonly data: readonly number[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value &&
    Array.isArray(value.data)
  );
}

/** Says in which form an object has the expected bytes, if it has them in another. The form was undone, or made of the expected bytes, and then the bytes are equal. */
export function writeBodyForm(expected: Uint8Array | string, stored: Uint8Array): string | undefined {
  if (stored.byteLength > LONGEST || stored.byteLength === 0) return undefined;
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const wanted = Buffer.from(expected);
  if (wanted.equals(bytes) || wanted.length === 0) return undefined;
  const form =
    forms.find(({ decode }) => decode(bytes)?.equals(wanted)) ??
    madeForms.find(({ make }) => wanted.length <= bytes.length && make(wanted).equals(bytes));
  return form && `The object is ${form.is}. ${writeSentence(form.cure)}`;
}
