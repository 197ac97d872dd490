import { hintFor } from '../text/spelling';
import { messageOf } from '../text/value-kinds';

export class UsageError extends Error {}

/** What parseArgs of Node says about an argument, in one line, and the name of an option that it does not know. */
export function readArgumentProblem(
  error: unknown,
  names: readonly string[],
): { readonly name: string | undefined; readonly text: string } {
  const message = messageOf(error);
  const [, flag] = /^Option '(--[\w-]+)' argument is ambiguous/.exec(message) ?? [];
  if (flag !== undefined)
    return {
      name: undefined,
      text: `Option '${flag}' has no value: the argument after it begins with a dash. If that is the value, write ${flag}=<value>.`,
    };
  // The second sentence is about positional arguments, which no command here has.
  const [sentence = ''] = message.split('. ', 1);
  const name = /'--([^' ]*)/.exec(sentence)?.[1];
  const hint = hintFor(name, names).replace('mean ', 'mean --');
  return { name, text: `${sentence.replace(/\.$/, '')}.${hint}` };
}
