import { hintFor } from '../text/spelling';
import { UsageError } from './usage-error';

export interface Asked {
  readonly command: 'serve' | 'try' | 'facts' | 'list all options';
  readonly args: readonly string[];
}

const commands = ['try', 'facts'] as const;
const known = [...commands, 'help', 'version'];

/** Reads which command the arguments name, and what is left for it. Without a name, the arguments are options of the command that serves. */
export function readCommand(args: readonly string[]): Asked {
  const [first, second] = args;
  if (first === undefined) return { command: 'serve', args };
  if (first === 'help' || first === '--help' || first === '-h') return readHelp(second);
  if (first === 'version') return { command: 'serve', args: ['--version'] };
  const command = findCommand(first);
  if (command !== undefined) return { command, args: args.slice(1) };
  if (first.startsWith('-')) return { command: 'serve', args };
  throw unknownCommand(first);
}

/** `help try` and `--help try` are `try --help`. */
function readHelp(name: string | undefined): Asked {
  if (name === 'all') return { command: 'list all options', args: [] };
  const command = findCommand(name);
  if (command !== undefined) return { command, args: ['--help'] };
  if (name === undefined || name.startsWith('-') || known.includes(name)) return { command: 'serve', args: ['--help'] };
  throw unknownCommand(name);
}

export function findCommand(name: string | undefined): (typeof commands)[number] | undefined {
  return commands.find((command) => command === name);
}

function unknownCommand(name: string): UsageError {
  const hint = hintFor(name, known) || ' To serve a mock, write no command.';
  return new UsageError(
    `There is no command '${name}'.${hint} The commands are ${commands.join(' and ')}. --help lists the options.`,
  );
}
