import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';

/** The JSON of a policy that a test gives as an object or as JSON. A policy that JSON cannot hold, such as one that contains itself, is a TypeError. */
export function policyJson(at: string, given: unknown): string {
  if (typeof given === 'string') return given;
  if (!isRecord(given))
    throw new TypeError(`${at}: ${writeGiven(given)}. Give the document as an object, or its JSON.`);
  try {
    return JSON.stringify(given);
  } catch (error) {
    const [problem = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new TypeError(
      `${at}: it cannot be written as JSON: ${problem}. Give the document as an object, or its JSON.`,
    );
  }
}
