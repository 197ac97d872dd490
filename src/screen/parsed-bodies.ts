import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';

/** What JavaScript makes of an object by itself, where code wanted a text. */
const START = '[object ';

/** A longer text is none that JavaScript made of an object. */
const LONGEST = 100;

/** What engines say of a text that begins like that of an object, and which bodies they would also say it of. */
const ofObjects: readonly { readonly says: string; readonly isSaidOf: (body: Buffer) => boolean }[] = [
  // V8 quotes the text.
  { says: `"${START}`, isSaidOf: () => false },
  { says: 'Unexpected token o in JSON at position 1', isSaidOf: (body) => body.toString('latin1', 1, 2) === 'o' },
  // JavaScriptCore names the word alone.
  { says: 'JSON Parse error: Unexpected identifier "object"', isSaidOf: (body) => body.includes('object') },
];

/** Code has given JSON.parse an object, such as a body that it has not read, or the text that somebody stored in place of one. */
export function writeParsedObject(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const messages = errors.filter(({ name }) => name === 'SyntaxError').map(({ message }) => message);
  const form = ofObjects.find(({ says }) => messages.some((message) => message.includes(says)));
  const reads = entries.filter(({ operation, output }) => operation === 'GetObject' && output !== undefined);
  const read = reads.at(-1);
  if (form === undefined || read === undefined) return undefined;
  const stored = reads.find((entry) => isTextOfObject(bodyOf(entry)));
  if (stored !== undefined)
    return `${writeCall(stored)} answered the text '${bodyOf(stored)?.toString()}', which JavaScript made of an object when the body was written: write JSON.stringify(value) as the body.`;
  const bodies = reads.map(bodyOf);
  if (bodies.some((body) => body === undefined || form.isSaidOf(body))) return undefined;
  const text = read.client?.startsWith('aws-sdk-js/3')
    ? 'JSON.parse(await Body.transformToString())'
    : 'JSON.parse(await text(stream)), with text of node:stream/consumers';
  return `The code has given JSON.parse an object, and JSON.parse takes a text. If it is the body of ${writeCall(read)}, which is a stream, read it first: ${text}.`;
}

function bodyOf({ output }: RequestEntry): Buffer | undefined {
  const body = memberOf(output, 'Body');
  return Buffer.isBuffer(body) ? body : undefined;
}

function isTextOfObject(body: Buffer | undefined): boolean {
  if (body === undefined || body.length > LONGEST) return false;
  const text = body.toString();
  return text.startsWith(START) && text.endsWith(']');
}
