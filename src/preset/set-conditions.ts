import type { SetConditions } from '../model/access/condition-key-values';
import { isConditionKey } from '../model/access/condition-keys';
import { hintFor } from '../text/spelling';
import { writeGiven } from '../text/values';
import { checkSpelling, globalKeys, type RequestConditions, readValues } from './access-conditions';

/** Reads the condition keys that a test gives to requests. Throws a TypeError for a key that S3 takes from the request itself (F661). */
export function readSetConditions(at: string, given: RequestConditions | undefined): SetConditions {
  if (given === undefined) return new Map();
  const read = readValues(at, given, (key) => checkKey(at, key));
  return new Map(read.map(([key, values]) => [key.toLowerCase(), { key, values }]));
}

function checkKey(at: string, key: string): void {
  if (/^aws:./i.test(key)) {
    checkSpelling(at, key);
    return;
  }
  const right = "Give keys of all services, 'aws:...'";
  if (isConditionKey(key))
    throw new TypeError(
      `${at}: conditions: S3 takes ${writeGiven(key)} from the request itself. ${right}; may() also takes keys of S3.`,
    );
  const full = `aws:${key}`;
  const hint = globalKeys.some((one) => one.toLowerCase() === full.toLowerCase())
    ? ` Did you mean ${full}?`
    : hintFor(key, globalKeys);
  throw new TypeError(`${at}: conditions: there is no condition key ${writeGiven(key)}. ${right}.${hint}`);
}

/** The condition keys as the option that gives them. */
export function conditionsLiteral(conditions: SetConditions): RequestConditions {
  const entries = [...conditions.values()].map(({ key, values }) => {
    const [first = '', ...others] = values;
    return [key, others.length === 0 ? first : Object.freeze([...values])] as const;
  });
  return Object.freeze(Object.fromEntries(entries));
}
