import { createHash, randomFillSync } from 'node:crypto';
import { Readable } from 'node:stream';

export const mebibyte = 1024 * 1024;

/** Random bytes, so that no two places are equal. */
export function bytesOf(size: number): Buffer {
  return randomFillSync(Buffer.allocUnsafe(size));
}

/** Bytes as a stream delivers them, in pieces that do not fit the size of a part. */
export function streamOf(bytes: Buffer, piece = 700_001): Readable {
  let at = 0;
  return new Readable({
    read() {
      this.push(at < bytes.length ? bytes.subarray(at, at + piece) : null);
      at += piece;
    },
  });
}

export function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}
