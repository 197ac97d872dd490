import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Those of an upload of the AWS SDK v3: the MD5 that is its ETag, and the SHA-256 and the CRC32 that the SDK sends. */
export function digests() {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let checksum = 0;
  return {
    update(bytes) {
      md5.update(bytes);
      sha256.update(bytes);
      checksum = crc32(bytes, checksum);
    },
    end: () => ({ md5: md5.digest('hex'), sha256: sha256.digest('hex'), checksum }),
  };
}
