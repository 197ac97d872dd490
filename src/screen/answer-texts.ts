import { isArray, isRecord } from '../text/value-kinds';

/** The most values of an answer that are looked at. */
const VALUES = 2000;

/** The texts and numbers of an answer, and the text of its body. */
export function readAnswer(output: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const work: unknown[] = [output];
  for (const value of work) {
    if (work.length > VALUES) break;
    if (isArray(value)) for (const item of value) work.push(item);
    else if (isRecord(value)) for (const [name, item] of Object.entries(value)) work.push(name, item);
    else if (value instanceof Uint8Array) found.add(Buffer.from(value).toString());
    else if (typeof value === 'string' || typeof value === 'number') addText(found, String(value));
  }
  return found;
}

/** A test can leave out the quotation marks of an ETag. */
function addText(found: Set<string>, text: string): void {
  found.add(text);
  if (/^".*"$/.test(text)) found.add(text.slice(1, -1));
}
