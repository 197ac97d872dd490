import { type DoorRequest, doorSurface } from '../door/surface';
import type { RequestEntry } from '../journal/entry';
import type { Call, CallName } from '../text/calls';
import { joinSentences, type Surface, tell } from '../text/reason';
import { isRecord } from '../text/value-kinds';
import { writeShellWord } from '../text/values';
import { flagsIn, mockFlags } from './flags';

interface RunningCommand {
  readonly process: number;
  readonly door: string | undefined;
}

interface CommandLineSurface extends Surface {
  readonly page: string | undefined;
}

export function commandLineSurface({ process, door }: RunningCommand): CommandLineSurface {
  const write = door === undefined ? () => undefined : writeCurl;
  const throughDoor = doorSurface({ path: door ?? '', write, option: writeFlag });
  return {
    call: (call) => {
      const ways = [ownWays[call.name]?.(call, process), throughDoor.call(call)];
      const known = ways.filter((way) => way !== undefined);
      return known.length === 0 ? undefined : known.join(', or ');
    },
    page: door === undefined ? undefined : `${door}/`,
  };
}

/** Returns the reason of a refusal as the command line prints it. */
export function writeReason(entry: RequestEntry, surface: CommandLineSurface): string | undefined {
  const written = tell(entry, 'why', surface) ?? entry.error?.message;
  // S3 leads those who open its root in a browser to its product page.
  if (entry.operation !== 'ListBuckets' || entry.error?.code !== 'TemporaryRedirect') return written;
  const page = surface.page === undefined ? '' : `, and the page of the mock is ${surface.page}`;
  return String(joinSentences(written ?? '', `this address is for clients of S3${page}`));
}

type OwnWay = (call: Call, process: number) => string | undefined;

const ownWays: { readonly [Name in CallName]?: OwnWay } = {
  's3.mfa.header()': (_call, process) => `kill -USR2 ${process}`,
  's3.actAs(user)': ({ given }) => writeNamed('caller', given?.['user']),
  's3.createBucket(name, ...)': ({ given }) => writeNamed('buckets', given?.['name']),
  's3.createAccount(name, ...)': ({ given }) => writeNamed('accounts', given?.['name']),
};

function writeNamed(option: string, name: unknown): string | undefined {
  return typeof name === 'string' ? writeFlag(option, name) : undefined;
}

function writeCurl({ method, path, body, isNamed }: DoorRequest): string {
  const address = /[?&{}]/.test(path) ? writeShellWord(path) : path;
  // For a call that is named without its arguments, the body is unknown, so no curl command is written.
  if (isNamed && method !== 'GET') return `${method} ${address}`;
  // curl sends a POST if there is a body, and a GET otherwise.
  const isDefault = method === (body === undefined ? 'GET' : 'POST');
  return [
    'curl',
    ...(isDefault ? [] : ['-X', method]),
    address,
    ...(body === undefined ? [] : ['-d', writeShellWord(body)]),
  ].join(' ');
}

const flags = flagsIn(mockFlags);

function writeFlag(option: string, value: unknown): string | undefined {
  const ofOption = flags.filter(({ path: [name] }) => name === option);
  const found = ofOption.find((one) => value === undefined || !('sets' in one) || one.sets === value);
  if (found === undefined || value === undefined || 'sets' in found) return found?.flag;
  const text = isRecord(value) ? writeSettings(value, found.value) : String(value);
  return `${found.flag} ${writeShellWord(text)}`;
}

function writeSettings(settings: Readonly<Record<string, unknown>>, form: string): string {
  if (form === '<json>') return JSON.stringify(settings);
  const entries = Object.entries(settings);
  // A flag whose value is one of the members has the name of that member: `<seconds>`.
  return form === `<${entries[0]?.[0]}>` ? String(entries[0]?.[1]) : entries.map((one) => one.join('=')).join(',');
}
