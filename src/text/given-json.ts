import { invalidValue } from './invalid-value';
import { makeMistake } from './mistakes';
import { isRecord, messageOf } from './value-kinds';

/** Returns the text of a document that a test writes as an object, or as its JSON. */
export function readJsonText(at: string, given: unknown): string {
  if (typeof given === 'string') return given;
  if (!isRecord(given)) throw invalidValue(at, 'document', given, 'an object, or its JSON');
  let lost: TypeError | undefined;
  const text = writeJson(at, given, (name, value) => {
    if (canBeJson(value)) return value;
    // JSON would leave such a value out, or write null or {}: a statement without its condition allows more.
    lost ??= invalidValue(at, Number.isNaN(Number(name)) ? name : 'value', value, rightPart);
    return undefined;
  });
  if (lost !== undefined) throw lost;
  return text;
}

const rightPart = 'a text, a number, true, false, a list or an object, as JSON has them';

function writeJson(at: string, given: object, replace: (name: string, value: unknown) => unknown): string {
  try {
    return JSON.stringify(given, replace);
  } catch (error) {
    const [problem = ''] = messageOf(error).split('\n');
    throw makeMistake(`${at}: the document cannot be written as JSON: ${problem}`);
  }
}

/** Whether JSON can express a value. Undefined counts, since such a member is left out, and so does null, which S3 itself refuses. */
function canBeJson(value: unknown): boolean {
  switch (typeof value) {
    case 'function':
    case 'symbol':
    case 'bigint':
      return false;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || Array.isArray(value) || isRecord(value) || typeof value.valueOf() !== 'object';
    default:
      return true;
  }
}
