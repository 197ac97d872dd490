import { checksumHeader } from '../formats/digests';
import { mayLoadXxhash, xxhashAlgorithms } from '../formats/xxhash';
import type { WireRequest } from '../wire';

const headerNames = xxhashAlgorithms.map(checksumHeader);
const headersOfNames = ['x-amz-checksum-algorithm', 'x-amz-sdk-checksum-algorithm', 'x-amz-trailer'];
const xxhash = /xxhash/i;
/** The ways in which documents and forms write it. Bytes are searched as they are, since a form may have a large file. */
const spellings = ['XXHASH', 'xxhash', 'Xxhash'];

/**
 * Whether a request names an algorithm of XXHash while nobody knows if the mock can compute them. It is asked of every request, before
 * anything is read. A word that only looks like one loads the package for nothing.
 */
export function namesXxhash({ method, url, headers, body }: WireRequest): boolean {
  if (!mayLoadXxhash()) return false;
  return (
    headerNames.some((name) => headers.has(name)) ||
    headersOfNames.some((name) => xxhash.test(headers.get(name) ?? '')) ||
    xxhash.test(url) ||
    // A completion names the checksums of parts in its document, and a browser's form that of its file in a field.
    (method === 'POST' && namesIt(body))
  );
}

function namesIt({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return spellings.some((spelling) => bytes.includes(spelling));
}
