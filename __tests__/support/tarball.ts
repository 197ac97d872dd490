import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A file of a tarball, at its path in it. */
export interface TarredFile {
  readonly path: string;
  readonly content: Buffer;
}

const block = 512;

/** The files of a tarball of npm. It is read here, since not every machine has `tar`. */
export function filesOfTarball(tarball: string): readonly TarredFile[] {
  const bytes = gunzipSync(readFileSync(tarball));
  const files: TarredFile[] = [];
  let longPath: string | undefined;
  for (let at = 0; bytes[at] !== undefined && bytes[at] !== 0; ) {
    const header = bytes.subarray(at, at + block);
    const size = Number.parseInt(textAt(header, 124, 12), 8);
    const content = bytes.subarray(at + block, at + block + size);
    const kind = textAt(header, 156, 1);
    // A path of more than 100 characters is in a record before its file, or in two fields of the header.
    if (kind === 'x') longPath = /^\d+ path=(.*)$/m.exec(content.toString())?.[1];
    else {
      const path =
        longPath ?? [textAt(header, 345, 155), textAt(header, 0, 100)].filter((part) => part !== '').join('/');
      if (kind === '0' || kind === '') files.push({ path, content });
      longPath = undefined;
    }
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

function textAt(header: Buffer, start: number, length: number): string {
  return header.toString('utf8', start, start + length).replace(/\0.*$/s, '');
}
