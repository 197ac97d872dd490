import { stripVTControlCharacters } from 'node:util';
import type { RequestEntry } from '../journal/entry';
import type { ComparedValue, FailedError } from '../thrown-errors';

/** Takes away what runners add to the messages and the values of errors. */
export function withoutForms({ message, compared, ...error }: FailedError): FailedError {
  return { ...error, message: stripVTControlCharacters(message), compared: compared && unquoted(compared) };
}

/** What vitest writes for a value that is no text. */
const isPrintOfOther = /^(?:undefined$|null$|true$|false$|-?\d+$|\d{4}-\d\d-\d\dT|\w* ?[[{])/;

/** If a text is compared with something else, vitest passes the printed forms of both, in which a text has quotation marks. */
function unquoted({ expected, received }: NonNullable<FailedError['compared']>): NonNullable<FailedError['compared']> {
  return {
    expected: expected.map((one) => unquote(one, received)),
    received: received.map((one) => unquote(one, expected)),
  };
}

function unquote(one: ComparedValue, others: readonly ComparedValue[]): ComparedValue {
  const [other] = others;
  const isMixed = others.length === 1 && typeof other?.value === 'string' && isPrintOfOther.test(other.value);
  const text = typeof one.value === 'string' && isMixed ? /^"(.*)"$/s.exec(one.value)?.[1] : undefined;
  return text === undefined ? one : { ...one, value: text.replaceAll('\\"', '"') };
}

/** What vitest says of a snapshot, whose error has no name of its own, either. */
const ofSnapshot = /^Snapshot `[^`\n]*` mismatched$/;

/** Whether an assertion of jest, vitest, chai or Node failed. Any other error says by itself what went wrong. */
export function isAssertion({ name, code, message }: FailedError): boolean {
  // The error of a matcher of jest has no name of its own, so the text with which jest begins is the last resort.
  const isNamed = name === 'AssertionError' || code === 'ERR_ASSERTION';
  return isNamed || message.startsWith('expect(') || ofSnapshot.test(message);
}

/** Errors of the library and of JavaScript that say by themselves which line is wrong. */
const explained: ReadonlySet<string> = new Set(['', 'S3MockError', 'ReferenceError', 'RangeError']);

/** What JavaScript says if code reads a value that has not come. Any other TypeError is about a call, and names it. */
const ofMissingValue = /properties of (?:undefined|null)\b|\bis not (?:a function|iterable)\b/;

/** The errors of Node and of the system, such as a file that is not there. */
const ofNode = /^(?:E[A-Z\d]+|ERR_\w+)$/;

/** Whether the code under test has thrown an error of its own, such as "there is no such report". */
export function isOfCode(error: FailedError): boolean {
  const { name, code = '', message, isOfClient } = error;
  if (isOfClient === true || explained.has(name) || ofNode.test(code) || isAssertion(error)) return false;
  // JSON can come from a body, and other code is read before it runs.
  if (name === 'SyntaxError') return message.includes('JSON');
  // A matcher that is not there is no function, either.
  return name !== 'TypeError' || (ofMissingValue.test(message) && !message.startsWith('expect'));
}

/** What jest and vitest, node:assert, bun, chai-as-promised, and the assertions of deno say. */
const missingRejections = [
  /promise resolved [\s\S]*?instead of reject/,
  /Missing expected rejection/,
  /Received promise that resolved/,
  /expected promise to be rejected\b[\s\S]*? but it was fulfilled/,
  /Expected function to reject/,
];

/** Whether an assertion waited for an error that did not come. The runners say so in their text alone. */
export function isMissingRejection(printed: string): boolean {
  return missingRejections.some((form) => form.test(printed));
}

/** What node:assert and chai-as-promised write in front of the name of the error that did not come. */
const namedRejection = /^Missing expected rejection \(|\bto be rejected with\b/m;

/** Whether the text of a missing rejection names the error, as those of jest and vitest do not. */
export function namesRejection(printed: string): boolean {
  return namedRejection.test(printed);
}

/** Whether a client made the error of the answer to a request, so that the error has the answer's message. */
export function isErrorOf(
  { name, code, message }: FailedError,
  { error, why }: Pick<RequestEntry, 'error' | 'why'>,
): boolean {
  if (error === undefined) return false;
  // A bug of the mock fails the test by itself, and its stack is the reason of the request.
  if (error.code === 'S3MockInternalError' && why?.startsWith(`${name}: ${message}`)) return true;
  return message === error.message && [name, code].includes(error.code);
}

/** Whether one of the errors has such a code. Names count as well, since undici gives some errors a name and no code. */
export function hasCode(errors: readonly FailedError[], codes: ReadonlySet<string>): boolean {
  return errors.some(({ name, code }) => codes.has(name) || (code !== undefined && codes.has(code)));
}

/** What jest, chai and node:assert print if a test expects one of true and false, and receives the other one. */
const ofTruth =
  /^Expected: (?:true|false)\s+Received: (?:true|false)$|toBe(?:Truthy|Falsy)\(\)\s+Received: (?:true|false)$|\bexpected (?:true|false) to (?:be|equal|deeply equal|strictly equal) (?:true|false|truthy|falsy)\b|^(?:false !== true|true !== false)$|evaluated to a falsy value/m;

/** Whether an assertion compared what the code says of an answer, and not a value of the answer. */
export function comparesTruth(error: FailedError): boolean {
  return isAssertion(error) && ofTruth.test(error.message);
}

/** What jest, chai and node:assert print if a test expects false, and receives true. */
const ofTrueForFalse =
  /^Expected: false\s+Received: true$|toBeFalsy\(\)\s+Received: true$|\bexpected true to (?:be|equal|deeply equal|strictly equal) (?:false|falsy)\b|^true !== false$/m;

/** Whether a test expects false, and receives true, by the text of its error. */
export function saysTrueForFalse(printed: string): boolean {
  return ofTrueForFalse.test(printed);
}

/** Whether code finds that something is there, or was done, where the test expects that it is not. */
export function findsTrue(error: FailedError): boolean {
  return isAssertion(error) && saysTrueForFalse(error.message);
}

/** What jest and vitest say of a function that was called more or less often. */
const ofSpies = /^Expected number of calls: |\bto be called (?:\d+ times|once)\b/m;

/** Whether an assertion counted the calls of a function, which is no number of an answer. */
export function countsCalls(printed: string): boolean {
  return ofSpies.test(printed);
}

/** What code says of bytes that it takes for damaged. */
const ofDamage =
  /\b(?:damaged?|corrupt(?:ed|ion)?|e-?tags?|md5|check-?sums?|digest|hash(?:es)?|integrity|tampered|mismatch(?:es|ed)?)\b|\b(?:not|n't) match/i;

/** Whether code has found by itself that bytes are others than it expected. */
export function isOfDamage(error: FailedError): boolean {
  const isOwn = !isAssertion(error) && error.isOfClient !== true && error.name === 'Error';
  return isOwn && ofDamage.test(error.message);
}
