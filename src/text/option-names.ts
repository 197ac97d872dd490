import { suggestion } from './spelling';
import { isRecord } from './value-kinds';
import { writeGiven } from './values';

/** Throws a TypeError if options have a member that the call does not know: whoever wrote it meant something by it. */
export function checkOptionNames(call: string, options: object, known: readonly string[]): void {
  const list = `The options are: ${known.join(', ')}.`;
  if (!isRecord(options)) throw new TypeError(`${call}: ${writeGiven(options)} is not an object of options. ${list}`);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const hint = suggestion(unknown, known, 1);
  throw new TypeError(
    `${call}: there is no option ${writeGiven(unknown)}. ${hint === undefined ? list : `${hint} ${list}`}`,
  );
}
