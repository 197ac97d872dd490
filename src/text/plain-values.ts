import { types } from 'node:util';
import { invalidValue, writeInvalid } from './invalid-value';
import { memberPath } from './member-names';
import { makeMistake } from './mistakes';
import { isAsymmetric, isRecord } from './value-kinds';

/** No value of S3 is a function or a promise: a method was not called, or an `await` is missing. */
export function checkPlainValues(where: string, value: unknown): void {
  const seen = new Set<unknown>();
  // A list of work, since the value of a test may be nested deeper than the call stack allows, or have itself in it.
  const work: [path: string, value: unknown][] = [['', value]];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const [path, one] = next;
    if (typeof one === 'function')
      throw invalidValue(where, path || 'value', one, `a value: call the function, ${orMatcher}`);
    // Its members differ from run to run.
    if (types.isPromise(one))
      throw makeMistake(writeInvalid(where, path || 'value', '<promise>', `a value: await the promise, ${orMatcher}`));
    if (typeof one !== 'object' || one === null || seen.has(one) || isAsymmetric(one)) continue;
    seen.add(one);
    if (Array.isArray(one)) for (const [index, item] of one.entries()) work.push([`${path}[${index}]`, item]);
    else if (isRecord(one)) for (const [name, item] of Object.entries(one)) work.push([memberPath(path, name), item]);
  }
}

const orMatcher = 'or give a matcher such as expect.any(String)';
