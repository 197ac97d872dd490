import { md5 } from '../formats/digests';

/** No version is filled with more than this. */
export const fillingLimit = 1024 * 1024;

const line = 8;

let lines: Buffer | undefined;

/** Numbered lines, made when first asked for, of which every filling is a part. */
function allLines(): Buffer {
  lines ??= Buffer.from(
    Array.from({ length: (2 * fillingLimit) / line }, (_, index) => `${String(index).padStart(line - 1, '0')}\n`).join(
      '',
    ),
  );
  return lines;
}

/** Bytes to stand for those of a version that are not known: the same at each run, and hardly those of another version. */
export function filling(version: string, size: number): Uint8Array {
  const start = (md5(Buffer.from(version)).readUInt32LE() % (fillingLimit / line)) * line;
  return allLines().subarray(start, start + Math.min(size, fillingLimit));
}

/** Whether bytes are a filling, which nobody changes and nobody need copy. */
export function isFilling(bytes: Uint8Array): boolean {
  return lines !== undefined && bytes.buffer === lines.buffer;
}
