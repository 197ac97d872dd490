export interface HeaderLine {
  readonly name: string;
  readonly lowerName: string;
  readonly value: string;
}

/** A name, a colon, one blank, and printable characters of ASCII that neither begin nor end with a blank. */
const plainLine = /^([\w!#$%&'*+.^`|~-]+): ([!-~](?:[ -~]*[!-~])?)$/;

/** The headers by which Node's server decides how it reads on, or what it answers by itself. */
const namesOfNode: ReadonlySet<string> = new Set([
  'expect',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const limit = 500;
/** Longer lines are not kept: most of them have a signature, and never come again. */
const longest = 200;
/** A header that had as many values, such as the id of a call, has another one in each request, so that no more of its lines are kept. */
const mostValues = 50;

interface HeaderName extends Pick<HeaderLine, 'name' | 'lowerName'> {
  values: number;
}

/**
 * The lines of the heads that came. A client repeats most of its headers in each request: a line that is known need not be read again, and
 * the journal keeps its text once.
 */
export class HeaderLines {
  readonly #lines = new Map<string, HeaderLine>();
  readonly #names = new Map<string, HeaderName>();

  find(text: string): HeaderLine | undefined {
    return this.#lines.get(text);
  }

  /** Reads a line that is not known, and begins at a place of these bytes; undefined if Node's server has to read it. */
  read(text: string, bytes: Buffer, start: number): HeaderLine | undefined {
    const [, found, value] = plainLine.exec(text) ?? [];
    if (found === undefined || value === undefined) return undefined;
    const known = this.#names.get(found) ?? this.#readName(found);
    const { name, lowerName } = known;
    if (isForNode(lowerName, value)) return undefined;
    known.values += 1;
    const end = start + text.length;
    const line = { name, lowerName, value: ownText(bytes, end - value.length, end) };
    if (text.length <= longest && known.values <= mostValues) keep(this.#lines, ownText(bytes, start, end), line);
    return line;
  }

  #readName(found: string): HeaderName {
    const bytes = Buffer.from(found, 'latin1');
    const name = ownText(bytes, 0, bytes.length);
    return keep(this.#names, name, { name, lowerName: name.toLowerCase(), values: 0 });
  }
}

/** Returns a text that refers to no other: for a part of a longer text V8 keeps all of that in memory, and the journal keeps the parts. */
export function ownText(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end);
}

function isForNode(lowerName: string, value: string): boolean {
  return namesOfNode.has(lowerName) || (lowerName === 'connection' && value.toLowerCase() !== 'keep-alive');
}

function keep<Value>(kept: Map<string, Value>, text: string, value: Value): Value {
  if (kept.size >= limit) kept.clear();
  kept.set(text, value);
  return value;
}
