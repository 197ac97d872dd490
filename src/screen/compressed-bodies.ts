import { isEncoded, unzip } from '../journal/encoded-bodies';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';

/** The first byte of gzip, which V8 quotes at the start of a text that is no JSON. */
const START = '\u001f';

/** Code has parsed the bytes of a compressed body, which would be JSON if it had decompressed them. */
export function writeCompressed(entries: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  if (!errors.some(({ name, message }) => name === 'SyntaxError' && message.includes(START))) return undefined;
  const read = entries.findLast(({ operation, error }) => operation === 'GetObject' && error === undefined);
  const body = memberOf(read?.output, 'Body');
  if (read === undefined || !Buffer.isBuffer(body) || !isCompressedJson(body)) return undefined;
  return `${writeCall(read)} answered the bytes as they are stored, in gzip, since neither S3 nor the SDK decompresses anything, whatever ContentEncoding says: JSON.parse(gunzipSync(await Body.transformToByteArray()).toString()).`;
}

/** What zlib says of bytes that are not compressed: of gzip and deflate, and of Brotli. */
const ofZlib: ReadonlySet<string> = new Set(['incorrect header check', 'Decompression failed']);

/** The functions of zlib that undo an encoding, as far as clients undo it by themselves. */
const undoing: Readonly<Record<string, string>> = {
  gzip: 'gunzipSync or createGunzip',
  deflate: 'inflateSync or createInflate',
  br: 'brotliDecompressSync or createBrotliDecompress',
};

/** The clients that decompress an answer by its Content-Encoding, by what they write in User-Agent. */
const decoding: Readonly<Record<string, string>> = { node: 'fetch', undici: 'fetch', axios: 'axios', got: 'got' };

/** Code decompresses a body once more, which its client has decompressed already. */
export function writeDecoded(entries: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  if (!errors.some(({ message }) => ofZlib.has(message))) return undefined;
  const read = entries.findLast(({ operation, error }) => operation === 'GetObject' && error === undefined);
  const encoding = String(memberOf(read?.output, 'ContentEncoding'));
  const client = decoding[read?.client?.split('/', 1)[0] ?? ''];
  const again = undoing[encoding];
  const body = memberOf(read?.output, 'Body');
  if (read === undefined || again === undefined || client === undefined) return undefined;
  // The client itself fails at bytes that are not compressed, although the object says so.
  if (Buffer.isBuffer(body) && !isEncoded(body, encoding)) return undefined;
  const isOfRequest = memberOf(read.input, 'ResponseContentEncoding') === encoding;
  const source = isOfRequest ? 'the request has ResponseContentEncoding' : 'the object has ContentEncoding';
  return `${writeCall(read)}: ${client} has decompressed the body already, since ${source}: '${encoding}': leave ${again} out.`;
}

function isCompressedJson(body: Buffer): boolean {
  try {
    JSON.parse(String(unzip(body)));
    return true;
  } catch {
    return false;
  }
}
