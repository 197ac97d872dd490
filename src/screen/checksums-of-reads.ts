import type { RequestEntry } from '../journal/entry';
import { isRecord, memberOf } from '../text/value-kinds';

/** Whether a read asks for the checksum of the object. */
export function asksForChecksum({ input }: Pick<RequestEntry, 'input'>): boolean {
  return memberOf(input, 'ChecksumMode') !== undefined;
}

/** Whether a read is of a part of an object. S3 then answers no checksum of the whole, whoever asks for it. */
export function isOfPart({ input }: Pick<RequestEntry, 'input'>): boolean {
  return memberOf(input, 'Range') !== undefined || memberOf(input, 'PartNumber') !== undefined;
}

/** MD5 and longer digests, in hex or in base64. */
const ofDigest = /^(?:[\da-f]{32,128}|[\w+/-]{22,86}={0,2})$/i;

/** Whether the metadata of a request or an answer have a digest, so that the code can compare that one and needs no checksum of S3. */
export function hasOwnDigest(value: unknown): boolean {
  const metadata = memberOf(value, 'Metadata');
  return isRecord(metadata) && Object.values(metadata).some((text) => ofDigest.test(String(text)));
}
