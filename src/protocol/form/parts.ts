/**
 * Takes a body of multipart/form-data apart, as a whole and without copies of its bytes.
 * https://www.rfc-editor.org/rfc/rfc7578
 * @module
 */

export interface FormPart {
  readonly name: string | undefined;
  readonly fileName: string | undefined;
  readonly at: number;
  readonly content: Uint8Array;
}

const lineEnd = Buffer.from('\r\n');
const blankLine = Buffer.from('\r\n\r\n');

export function isFile({ name }: FormPart): boolean {
  return name?.toLowerCase() === 'file';
}

/**
 * Returns the parts of a body in order, or the problem of a body that is not well-formed, in words. Fields have a limit of bytes. If no
 * file comes before the limit, the function returns the parts up to there: S3 reads a form as it arrives, so the rest does not count.
 */
export function readParts(body: Uint8Array, boundary: string, mostBytes: number): readonly FormPart[] | string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: FormPart[] = [];
  let hasFile = false;
  let line = firstDelimiter(bytes, delimiter);
  while (line !== undefined && !line.isLast) {
    if (!hasFile && line.end > mostBytes) return parts;
    const next = nextDelimiter(bytes, delimiter, line.end - lineEnd.length);
    if (next === undefined) return 'the last part does not end with the boundary and two hyphens';
    // The line before the headers ends with the first line break of a blank line if there are no headers.
    const headersEnd = bytes.indexOf(blankLine, line.end - lineEnd.length);
    const at = headersEnd + blankLine.length;
    if (headersEnd === -1 || at > next.start) return `part ${parts.length + 1} has no blank line after its headers`;
    const headers = bytes.toString('utf8', line.end, Math.max(line.end, headersEnd));
    const part = { ...readNames(headers), at, content: bytes.subarray(at, next.start) };
    parts.push(part);
    hasFile ||= isFile(part);
    line = next;
  }
  return line === undefined ? `the body has no line with the boundary ${JSON.stringify(boundary)}` : parts;
}

/** A line that separates parts: where it begins, with the line break before it, and where the next one begins. */
interface Delimiter {
  readonly start: number;
  readonly end: number;
  readonly isLast: boolean;
}

function firstDelimiter(bytes: Buffer, delimiter: Buffer): Delimiter | undefined {
  const dashed = delimiter.subarray(lineEnd.length);
  const atOnce = bytes.subarray(0, dashed.length).equals(dashed) ? readDelimiter(bytes, 0, dashed.length) : undefined;
  return atOnce ?? nextDelimiter(bytes, delimiter, 0);
}

function nextDelimiter(bytes: Buffer, delimiter: Buffer, from: number): Delimiter | undefined {
  for (let start = bytes.indexOf(delimiter, from); start !== -1; start = bytes.indexOf(delimiter, start + 1)) {
    const found = readDelimiter(bytes, start, start + delimiter.length);
    if (found) return found;
  }
  return undefined;
}

const hyphen = 0x2d;

/** Reads the rest of a delimiter's line: blanks, or two hyphens. Other bytes make the line a part of the content. */
function readDelimiter(bytes: Buffer, start: number, after: number): Delimiter | undefined {
  if (bytes[after] === hyphen && bytes[after + 1] === hyphen) return { start, end: after + 2, isLast: true };
  let end = after;
  while (bytes[end] === 0x20 || bytes[end] === 0x09) end += 1;
  const isEnded = bytes[end] === 0x0d && bytes[end + 1] === 0x0a;
  return isEnded ? { start, end: end + lineEnd.length, isLast: false } : undefined;
}

/** A part has a name only if its disposition is the disposition of a field (F560). */
function readNames(headers: string): Pick<FormPart, 'name' | 'fileName'> {
  const value = /(?:^|\r\n)content-disposition:([^\r\n]*)/i.exec(headers)?.[1] ?? '';
  const { word, parameters } = readParameters(value);
  if (word !== 'form-data') return { name: undefined, fileName: undefined };
  return { name: parameters.get('name'), fileName: parameters.get('filename') };
}

const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:\\"|[^"])*)"|([^\s;"]*))/g;

/** `form-data; name="key"`: the word and the names in lower case; of several parameters with a name, the first. In quotes, only `\"` is an escape, since browsers send the backslashes of a file's path as they are. */
export function readParameters(value: string) {
  const end = value.indexOf(';');
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of end === -1 ? [] : value.slice(end).matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replaceAll('\\"', '"') ?? plain);
  }
  return { word: (end === -1 ? value : value.slice(0, end)).trim().toLowerCase(), parameters };
}
