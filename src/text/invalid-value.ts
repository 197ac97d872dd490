import { writeSuggestion } from './spelling';
import { writeGiven } from './values';

/**
 * The error of a call that cannot use a value which it was given: `reply: invalid status 700; expected a whole number from 200 to 599`.
 * `names` are the right values, if the nearest of them helps: `; expected one of private, public-read. Did you mean private?`
 */
export function invalidValue(
  at: string,
  thing: string,
  value: unknown,
  expected: string,
  names: readonly string[] = [],
): TypeError {
  const hint = writeSuggestion(value, names, 1);
  return new TypeError(
    `${writeInvalid(at, thing, writeGiven(value), expected)}${hint === undefined ? '' : `. ${hint}`}`,
  );
}

/** The same words, of a value that is already written as a message quotes it. */
export function writeInvalid(at: string, thing: string, written: string, expected: string): string {
  return `${at}: invalid ${thing} ${written}; expected ${expected}`;
}
