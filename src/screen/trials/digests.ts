import type { Hint } from '../hint';
import { withHeader } from './wire';

/** The bytes of MD5, of the SHA and CRC sums, as hex digits. */
const hex = /^(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;

const ofDigest = /^(?:content-md5|x-amz-checksum-(?!algorithm|mode|type).*|x-amz-.*customer-key-md5)$/;

/** `digest('hex')` is written where S3 reads base64. */
export const tryDigestsInBase64: Hint = {
  tries: 'the digest in base64 in place of hex',
  of: 'refused requests',
  changes: ({ wire }) =>
    [...wire.headers]
      .filter(([name, value]) => ofDigest.test(name) && hex.test(value))
      .map(([name, value]) => ({
        wire: withHeader(wire, name, Buffer.from(value, 'hex').toString('base64')),
        says: () =>
          `it would have been answered with ${name} in base64; the code sent it in hex: write digest('base64') in place of digest('hex').`,
      })),
};
