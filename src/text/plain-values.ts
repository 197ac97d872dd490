import { invalidValue, writeInvalid } from './invalid-value';
import { memberPath } from './member-names';
import { makeMistake } from './mistakes';
import { type AsymmetricMatcher, findTag, isAsymmetric, isRecord } from './value-kinds';

/** Throws for functions and promises, which no value of S3 can be: a method was not called, or an `await` is missing. */
export function checkPlainValues(where: string, value: unknown): void {
  const seen = new Set<unknown>();
  // A list of work, since the value of a test may be nested deeper than the call stack allows, or have itself in it.
  const work: [path: string, value: unknown][] = [['', value]];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const [path, one] = next;
    if (typeof one === 'function')
      throw invalidValue(where, path || 'value', one, `a value: call the function, ${orMatcher}`);
    // A promise is refused by name, since its members differ from run to run. A promise of a test file of jest is behind a Proxy.
    if (findTag(one) === '[object Promise]')
      throw makeMistake(writeInvalid(where, path || 'value', '<promise>', `a value: await the promise, ${orMatcher}`));
    if (typeof one !== 'object' || one === null || seen.has(one)) continue;
    seen.add(one);
    if (isAsymmetric(one)) checkMatcher(where, path, one);
    else if (Array.isArray(one)) for (const [index, item] of one.entries()) work.push([`${path}[${index}]`, item]);
    else if (isRecord(one)) for (const [name, item] of Object.entries(one)) work.push([memberPath(path, name), item]);
  }
}

/** Checks the matchers within a matcher: runners would take the promise of an async matcher for a match. */
function checkMatcher(where: string, path: string, matcher: AsymmetricMatcher): void {
  const seen = new Set<unknown>();
  const work: unknown[] = [matcher];
  for (const one of work) {
    if (typeof one !== 'object' || one === null || seen.has(one)) continue;
    seen.add(one);
    if (isAsymmetric(one)) {
      // By its tag, since a function of a test file of jest is behind a Proxy.
      if (findTag(one.asymmetricMatch) === '[object AsyncFunction]')
        throw makeUnawaited(where, `result of ${path === '' ? 'its' : `${path}'s`} asymmetricMatch`);
      work.push(Reflect.get(one, 'sample'));
    } else if (Array.isArray(one) || isRecord(one)) for (const value of Object.values(one)) work.push(value);
  }
}

/** Makes the error for a function that returned a promise, although its answer is needed at once. */
export function makeUnawaited(where: string, thing: string): TypeError {
  return makeMistake(writeInvalid(where, thing, '<promise>', 'true or false: nothing awaits it'));
}

const orMatcher = 'or give a matcher such as expect.any(String)';
