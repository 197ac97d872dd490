import { checksumHeader } from '../formats/digests';
import { hasOneOf } from '../formats/header-names';
import { mayLoadXxhash, xxhashAlgorithms } from '../formats/xxhash';
import type { WireRequest } from '../wire';

const headerNames = xxhashAlgorithms.map(checksumHeader);
const headersOfNames = ['x-amz-checksum-algorithm', 'x-amz-sdk-checksum-algorithm', 'x-amz-trailer'];
const xxhash = /xxhash/i;
/** The spellings of the name in documents and forms. The bytes are searched without decoding them, because a form can contain a large file. */
const spellings = ['XXHASH', 'xxhash', 'Xxhash'];

/** Is called before anything is read, until the mock knows whether it can compute XXHash. If a request only contains a similar word, the package is loaded for nothing. */
export function namesXxhash({ method, url, headers, body }: WireRequest): boolean {
  if (!mayLoadXxhash()) return false;
  if (hasOneOf(headers, headerNames)) return true;
  for (const name of headersOfNames) {
    const sent = headers.get(name);
    if (sent !== undefined && xxhash.test(sent)) return true;
  }
  return (
    xxhash.test(url) ||
    // CompleteMultipartUpload names the checksums of parts in its document, and a browser's form names the checksum of its file in a field.
    (method === 'POST' && namesIt(body))
  );
}

function namesIt({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return spellings.some((spelling) => bytes.includes(spelling));
}
