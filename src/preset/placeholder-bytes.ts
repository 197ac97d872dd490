import { md5 } from '../formats/digests';

/** The most bytes that a version is filled with. */
const fillingLimit = 1024 * 1024;

const line = 8;

let lines: Buffer | undefined;

/** Numbered lines, created by the first call. Every filling is a part of them. */
function allLines(): Buffer {
  lines ??= Buffer.from(
    Array.from({ length: (2 * fillingLimit) / line }, (_, index) => `${String(index).padStart(line - 1, '0')}\n`).join(
      '',
    ),
  );
  return lines;
}

/** Bytes in place of the unknown ones of a version: the same at each run, and most likely different from other versions'. */
export function filling(version: string, size: number): Uint8Array {
  const start = (md5(Buffer.from(version)).readUInt32LE() % (fillingLimit / line)) * line;
  return allLines().subarray(start, start + Math.min(size, fillingLimit));
}

/** Whether bytes are a filling; nobody changes those, so they need not be copied. */
export function isFilling(bytes: Uint8Array): boolean {
  return lines !== undefined && bytes.buffer === lines.buffer;
}
