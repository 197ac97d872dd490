import { readFileSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { writeJsonProblem } from '../text/secrets';
import { UsageError } from './usage-error';

export function readJsonFile(file: string, at: string, right: string): unknown {
  try {
    return JSON.parse(decode(readFileSync(file)));
  } catch (error) {
    throw new UsageError(`${at}: ${writeJsonProblem(error)}. ${right}`);
  }
}

/** PowerShell writes a byte order mark, and by `>` UTF-16. */
function decode(content: Buffer): string {
  const [first, second] = content;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(content);
}
