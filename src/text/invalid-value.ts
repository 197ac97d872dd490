import { makeMistake } from './mistakes';
import { maskMemberOf } from './secrets';
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
  // `thing` may be a path to it.
  const printed = maskMemberOf(at, thing.slice(thing.lastIndexOf('.') + 1), value);
  return makeMistake(
    `${writeInvalid(at, thing, writeGiven(printed), expected)}${hint === undefined ? '' : `. ${hint}`}`,
  );
}

export function writeInvalid(at: string, thing: string, written: string, expected: string): string {
  return `${at}: invalid ${thing} ${written}; expected ${expected}`;
}
