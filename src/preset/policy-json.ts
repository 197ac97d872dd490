import { invalidValue } from '../text/invalid-value';
import { isRecord } from '../text/value-kinds';

/** The JSON of a policy that a test gives as an object or as JSON. A policy that JSON cannot hold, such as one that contains itself, is a TypeError. */
export function policyJson(at: string, given: unknown): string {
  if (typeof given === 'string') return given;
  if (!isRecord(given)) throw invalidValue(at, 'document', given, 'an object, or its JSON');
  try {
    return JSON.stringify(given);
  } catch (error) {
    const [problem = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new TypeError(`${at}: the document cannot be written as JSON: ${problem}`);
  }
}
