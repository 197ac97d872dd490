import { readFileSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { writeJsonProblem } from '../text/secrets';
import { UsageError } from './usage-error';

/** Reads a file of JSON. `right` is the sentence of a message that says what to give instead. */
export function readJsonFile(file: string, at: string, right: string): unknown {
  const text = readContent(file, at, right);
  if (text.trim() === '') throw new UsageError(`${at}: the file is empty. ${right}`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${at}: the file is not JSON: ${writeJsonProblem(error)}. ${right}`);
  }
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read the file',
};

/** Reads a file of text. `right` is the sentence of a message that says what to give instead. */
export function readContent(file: string, at: string, right: string): string {
  try {
    return decode(readFileSync(file));
  } catch (error) {
    const { code = '', message = String(error) } = error as NodeJS.ErrnoException; // of node:fs
    throw new UsageError(`${at}: ${problems[code] ?? message}. ${right}`);
  }
}

/** PowerShell writes a byte order mark, and by `>` UTF-16. */
function decode(content: Buffer): string {
  const [first, second] = content;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(content);
}
