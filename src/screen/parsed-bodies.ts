import { isOfV3 } from '../journal/attempts';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { isRecord, memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';

/** What JavaScript makes of an object by itself, where code wanted a text. */
const START = '[object ';

/** A longer text is none that JavaScript made of an object. */
const LONGEST = 100;

/** What engines say of a text that begins like that of an object, and which bodies they would also say it of. */
const ofObjects: readonly { readonly says: string; readonly isSaidOf: (body: Buffer) => boolean }[] = [
  // V8 quotes the text, or the beginning of a longer one.
  { says: `"${START}`, isSaidOf: (body) => body.includes(START) },
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
  const stored = reads.find((entry) =>
    isTextOfObject(
      bodyOf(entry)
        ?.subarray(0, LONGEST + 1)
        .toString(),
    ),
  );
  if (stored !== undefined)
    return `${writeCall(stored)} answered the text '${bodyOf(stored)?.toString()}', which JavaScript made of an object when the body was written: write JSON.stringify(value) as the body.`;
  const bodies = reads.map(bodyOf);
  if (bodies.some((body) => body === undefined || form.isSaidOf(body))) return undefined;
  // Metadata can have such a text as well, and is a text.
  if (entries.some(({ output }) => hasTextOfObject(memberOf(output, 'Metadata')))) return undefined;
  const isResponse = messages.some((message) => message.includes('[object Response]'));
  const cure = isResponse ? writeCureOfResponse(read) : writeCureOfClient(read);
  return `The code has given JSON.parse an object, or the text that JavaScript makes of an object.${cure}`;
}

function writeCureOfResponse(read: RequestEntry): string {
  return ` If it is the answer of fetch to ${writeCall(read)}, read its text first: JSON.parse(await response.text()).`;
}

/** What the body of an answer is, by the client. The others pass a stream. */
function writeCureOfClient(read: RequestEntry): string {
  const { client = '' } = read;
  const ofStream = ` If it is the body of ${writeCall(read)}, which is a stream, read it first:`;
  if (isOfV3(read)) return `${ofStream} JSON.parse(await Body.transformToString()).`;
  if (/^(?:aws-sdk-nodejs|ibm-cos-sdk)/.test(client))
    return ` If it is the answer to ${writeCall(read)}, parse its Body: JSON.parse(Body.toString()).`;
  // axios parses JSON by itself, and passes what the code has asked for.
  if (client.startsWith('axios')) return '';
  return `${ofStream} JSON.parse(await text(stream)), with text of node:stream/consumers.`;
}

function bodyOf({ output }: RequestEntry): Buffer | undefined {
  const body = memberOf(output, 'Body');
  return Buffer.isBuffer(body) ? body : undefined;
}

/** The text of another author can begin so, too. */
function isTextOfObject(text: unknown): boolean {
  return typeof text === 'string' && text.length <= LONGEST && /^\[object \w+\]$/.test(text);
}

function hasTextOfObject(metadata: unknown): boolean {
  return isRecord(metadata) && Object.values(metadata).some(isTextOfObject);
}
