import { hintFor } from '../text/spelling';
import { messageOf } from '../text/value-kinds';

export class UsageError extends Error {}

/**
 * Reads an error of Node's parseArgs. Returns its text in one line, and the name of the option if Node does not know it. `exampleOf` says what
 * can be written, behind the words that an option needs a value.
 */
export function readArgumentProblem(
  error: unknown,
  names: readonly string[],
  exampleOf: (flag: string) => string = () => '',
): { readonly name: string | undefined; readonly text: string } {
  const message = messageOf(error);
  const [, flag] = /^Option '(--[\w-]+)' argument is ambiguous/.exec(message) ?? [];
  if (flag !== undefined)
    return {
      name: undefined,
      text: `Option '${flag}' has no value: the argument after it begins with a dash. If that is the value, write ${flag}=<value>.`,
    };
  const [, ofValue, misses] =
    /^Option '(?:-\w, )?(--[\w-]+)(?: <value>' (argument missing)|' does not take)/.exec(message) ?? [];
  if (ofValue !== undefined && misses === undefined) return { name: undefined, text: `${ofValue} takes no value.` };
  if (ofValue !== undefined) return { name: undefined, text: `${ofValue} needs a value${exampleOf(ofValue)}.` };
  // The second sentence is about positional arguments, which no command here has.
  const [sentence = ''] = message.split('. ', 1);
  const name = /'--([^' ]*)/.exec(sentence)?.[1];
  const hint = hintFor(name, names).replace('mean ', 'mean --') || hintForLetter(/'-(\w)/.exec(sentence)?.[1], names);
  return { name, text: `${sentence.replace(/\.$/, '')}.${hint}` };
}

/** Other programs have `-p` for the port. A long name is rarely what a letter stands for. */
function hintForLetter(letter: string | undefined, names: readonly string[]): string {
  const [shortest] = names.filter((one) => one[0] === letter).sort((one, other) => one.length - other.length);
  return shortest === undefined ? '' : ` Did you mean --${shortest}?`;
}
