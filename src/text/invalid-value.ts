import { isPublicName, printableGiven } from './secrets';
import { writeSuggestion } from './spelling';
import { writeGiven } from './values';

/** `reply: invalid status 700; expected a whole number from 200 to 599`. `names` are the right values, if the nearest of them helps. */
export function invalidValue(
  at: string,
  thing: string,
  value: unknown,
  expected: string,
  names: readonly string[] = [],
): TypeError {
  const hint = writeSuggestion(value, names, 1);
  return new TypeError(
    `${writeInvalid(at, thing, writeGiven(printableThing(at, thing, value)), expected)}${hint === undefined ? '' : `. ${hint}`}`,
  );
}

/** `thing` may be a path to it, and a value of a user or an account is named by what is in front of it. */
function printableThing(at: string, thing: string, value: unknown): unknown {
  const name = thing.slice(thing.lastIndexOf('.') + 1);
  return isPublicName(name) ? value : printableGiven(at, printableGiven(name, value));
}

export function writeInvalid(at: string, thing: string, written: string, expected: string): string {
  return `${at}: invalid ${thing} ${written}; expected ${expected}`;
}
