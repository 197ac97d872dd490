/** A line of a head that anybody reads in the same way. */
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

/** The greatest number of lines that are kept. */
const limit = 500;
/** Longer lines are not kept: most of them have a signature, and never come again. */
const longest = 200;

/**
 * The lines of the heads that came. A client repeats most of its headers in each request: a line that is known need not be read again, and
 * the journal keeps its text once.
 */
export class HeaderLines {
  readonly #lines = new Map<string, HeaderLine>();

  find(text: string): HeaderLine | undefined {
    return this.#lines.get(text);
  }

  /** Reads a line that is not known; undefined if Node's server has to read it. */
  read(text: string): HeaderLine | undefined {
    const line = readLine(text);
    if (line === undefined || text.length > longest) return line;
    if (this.#lines.size >= limit) this.#lines.clear();
    this.#lines.set(text, line);
    return line;
  }
}

function readLine(text: string): HeaderLine | undefined {
  const [, name, value] = plainLine.exec(text) ?? [];
  if (name === undefined || value === undefined) return undefined;
  const lowerName = name.toLowerCase();
  if (namesOfNode.has(lowerName)) return undefined;
  if (lowerName === 'connection' && value.toLowerCase() !== 'keep-alive') return undefined;
  return { name, lowerName, value };
}
