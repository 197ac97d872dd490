import type { RequestEntry } from '../journal/entry';
import type { Clock } from '../model/clock';
import { firstFound } from '../text/lists';
import { memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { type Comparison, readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { findOtherObject, listDifferences } from './library-assertions';

/** A longer text is not parsed. */
const LONGEST = 20_000;

/** The JSON of an object or a list without blanks; undefined for any other text. */
export function readJson(text: string): { readonly value: unknown; readonly short: string } | undefined {
  if (text.length > LONGEST || !/^\s{0,100}[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return { value, short: JSON.stringify(value) };
  } catch {
    return undefined;
  }
}

const indents = [0, 2, 4, '\t'] as const;

function writeIndent(value: unknown, received: string): string {
  const indent = indents.find((one) => JSON.stringify(value, null, one) === received);
  if (indent === undefined) return '';
  const cure = indent === 0 ? 'JSON.stringify(value)' : `JSON.stringify(value, null, ${writeValue(indent)})`;
  return `, or expect ${cure}`;
}

/** Numbers and characters can have several forms in JSON as well, such as 1.0. */
function hasOtherBlanks(text: string, other: string): boolean {
  return text.replace(/\s+/g, '') === other.replace(/\s+/g, '');
}

/** The text of a body that one side has, if the other side is the same JSON with other blanks. */
function writeJsonForm(
  expected: Iterable<string>,
  received: ReadonlySet<string>,
  isBody: (text: string) => boolean,
): string | undefined {
  return firstFound([...expected], (text) => {
    const wanted = received.has(text) ? undefined : readJson(text);
    if (wanted === undefined) return undefined;
    const other = [...received].find((one) => isBody(one) && readJson(one)?.short === wanted.short);
    return other === undefined
      ? undefined
      : `The expected text and the body are the same JSON ${hasOtherBlanks(text, other) ? 'with other blanks' : 'in another form'}: compare JSON.parse(body)${writeIndent(wanted.value, other)}.`;
  });
}

function listBodies(entries: readonly RequestEntry[]): ReadonlySet<string> {
  return new Set(
    entries.flatMap(({ input, output }) =>
      [memberOf(input, 'Body'), memberOf(output, 'Body')].flatMap((body) =>
        Buffer.isBuffer(body) && body.length <= LONGEST ? body.toString() : [],
      ),
    ),
  );
}

/** Two texts of one JSON value differ in line breaks and blanks. */
export const hintAtJsonForm: Comparison = ({ expected, received, entries }) => {
  const bodies = listBodies(entries);
  return writeJsonForm(expected, received, (text) => bodies.has(text));
};

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A text as the matchers write it has its line breaks as escapes. */
function readEscapes(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}

/** The last requests whose bodies are read. */
const LOOKED_AT = 100;

/** The same for a matcher of the library, which compares a body with a text. */
export function writeJsonFormOfBody(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  return firstFound(errors, (error) => {
    const { message } = error;
    if (!message.startsWith('Expected to receive ')) return findOtherObject([error]) && writeJsonFormOfLines(message);
    // vitest passes the printed forms of both inputs.
    const { expected, received } = readCompared(error);
    const bodies = listBodies(entries.slice(-LOOKED_AT));
    return writeJsonForm(expected, received, (text) => bodies.has(text)) ?? writeJsonFormOfLines(message);
  });
}

/** A matcher writes a body that differs, if it is short, on a line of its own. */
function writeJsonFormOfLines(message: string): string | undefined {
  const lines = message.split('\n').map((line) => line.trimStart());
  const ofBodies = lines.filter((line) => /^- [Bb]ody: /.test(line)).join('\n');
  return firstFound(listDifferences(ofBodies), ({ expected = '', received = '' }) =>
    writeJsonForm([readEscapes(expected)], new Set([readEscapes(received)]), () => true),
  );
}

const ofTime = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,3})?Z/g;

/** Whether code has made the text of a time: it has milliseconds, which S3 does not keep, or a body has it. */
function isOfDate(time: string, entries: readonly RequestEntry[]): boolean {
  return /\.(?!0+Z)\d+Z$/.test(time) || [...listBodies(entries.slice(-LOOKED_AT))].some((body) => body.includes(time));
}

/** The texts that differ only in times, of which the received ones are of this run. */
export function writeTimesOfRun(
  clock: Clock,
  entries: readonly RequestEntry[],
  ofRunner: readonly FailedError[],
): string | undefined {
  const [begun] = entries;
  if (begun === undefined || clock.isStopped) return undefined;
  const isOfRun = (text: string) => {
    const at = Date.parse(text.replace(' ', 'T'));
    return at >= Math.floor(begun.time.getTime() / 1000) * 1000 && at <= clock.now();
  };
  return firstFound(ofRunner.filter(isAssertion), (error) => {
    const { expected, received } = readCompared(error);
    const [[text = '', ...more], [other = '', ...others]] = [[...expected], [...received]];
    const [times, ofRun] = [text.match(ofTime) ?? [], other.match(ofTime) ?? []];
    const isSame = text !== other && text.replace(ofTime, '') === other.replace(ofTime, '');
    if (!isSame || more.length + others.length > 0 || !ofRun.some(isOfRun)) return undefined;
    // The clock of the mock does not stop the Date of the code.
    if (ofRun.some((one) => isOfDate(one, entries))) return undefined;
    const [time = ''] = times;
    const cure = times.every((one) => one === time) ? `now: ${writeValue(time.replace(' ', 'T'))}` : 'now';
    return `Both texts differ in times alone, and the received ones are of this run: stop the clock with the option ${cure} of mockS3.`;
  });
}
