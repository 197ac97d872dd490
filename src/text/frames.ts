/**
 * Reads the lines of a stack. Node writes a file as a path of its system, or as an address, and bundlers write it with slashes on all systems.
 * @module
 */
import { path } from '../core-modules';

/** A bundler may have put the library into another file, perhaps with the tests. */
const ownFolders = { frames: path.join(__dirname, '..'), shared: __dirname } as const;

const [, ownFolder] = Object.entries(ownFolders).find(([name]) => name === path.parse(__filename).name) ?? [];

/** Whether a bundle contains the library. Its frames are then told from others by source maps alone. */
export const isBundled = ownFolder === undefined;

/** Returns a function that says whether a line of a stack is one of the library, whose files are in `folder`; undefined in a bundle. */
export function makeOwnFrameTest(folder: string | undefined): (line: string) => boolean {
  // Source maps name the files from which the bundle was made.
  const files = folder === undefined ? '/s3-versioning-mock/dist/' : `${writePlainly(folder)}/`;
  return (line) => writePlainly(line).includes(files);
}

export const isOwnFrame = makeOwnFrameTest(ownFolder);

/** A frame of a function that is part of the language, such as `map`, belongs to the frame above it, which the function calls. */
export function leaveOut(isOwn: (line: string) => boolean, frames: readonly string[]): readonly string[] {
  let isLeftOut = true;
  return frames.filter((line) => {
    if (!line.endsWith('(<anonymous>)')) isLeftOut = isOwn(line);
    return !isLeftOut;
  });
}

/** The file, line and column of a frame, as an editor opens them; undefined for a frame that has none. */
export function readPlace(line: string): string | undefined {
  const [open, at] = [line.lastIndexOf('('), line.indexOf('at ')];
  if (open === -1 && at === -1) return undefined;
  const text = (open === -1 ? line.slice(at + 3).replace(/^async /, '') : line.slice(open + 1)).replace(/\)$/, '');
  if (text.includes(')') || !/:\d+:\d+$/.test(text)) return undefined;
  const address = text.startsWith('file://') ? decode(text.slice(7)).replace(/^\/(?=[A-Za-z]:)/, '') : text;
  return address.trim();
}

/** One spelling for what Node and bundlers write on all systems. Windows does not distinguish the letters of its drives by case. */
function writePlainly(text: string): string {
  const decoded = text.includes('file://') ? decode(text) : text;
  return decoded.replaceAll('\\', '/').replace(/\b[A-Z]:\//g, (drive) => drive.toLowerCase());
}

function decode(address: string): string {
  return address.replace(/(?:%[\da-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}
