import { unzip } from '../journal/encoded-bodies';
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

function isCompressedJson(body: Buffer): boolean {
  try {
    JSON.parse(String(unzip(body)));
    return true;
  } catch {
    return false;
  }
}
