import { type DoorRequest, doorSurface } from '../door/surface';
import type { RequestEntry } from '../journal/entry';
import { type Surface, translateCalls, type WrittenCall } from '../text/calls';
import { joinSentences } from '../text/sentences';
import { isRecord } from '../text/value-kinds';
import type { WrittenValue } from '../text/written-values';
import { flagsIn, mockFlags } from './flags';

interface RunningCommand {
  readonly process: number;
  readonly door: string | undefined;
}

interface CommandLineSurface extends Surface {
  readonly page: string | undefined;
}

export function commandLineSurface({ process, door }: RunningCommand): CommandLineSurface {
  const throughDoor = doorSurface({ path: door ?? '', write: writeCurl, option: writeFlag });
  return {
    call: (call) => {
      const ways = [ownWay(call, process), door === undefined ? undefined : throughDoor.call(call)];
      const known = ways.filter((way) => way !== undefined);
      return known.length === 0 ? undefined : known.join(', or ');
    },
    option: writeFlag,
    page: door === undefined ? undefined : `${door}/`,
  };
}

export function writeReason(reason: string, entry: RequestEntry | undefined, surface: CommandLineSurface): string {
  const written = translateCalls(reason, surface);
  // S3 leads those who open its root in a browser to its product page.
  if (entry?.operation !== 'ListBuckets' || entry.error?.code !== 'TemporaryRedirect') return written;
  const page = surface.page === undefined ? '' : `, and the page of the mock is ${surface.page}`;
  return joinSentences(written, `this address is for clients of S3${page}`);
}

function ownWay({ steps }: WrittenCall, process: number): string | undefined {
  const path = steps.map(({ name }) => name).join('.');
  const [value] = steps.at(-1)?.given ?? [];
  if (path === 'mfa.header') return `kill -USR2 ${process}`;
  if (path === 'actAs') return typeof value === 'string' ? writeFlag('caller', value) : undefined;
  if (path === 'createBucket') return typeof value === 'string' ? writeFlag('buckets', value) : undefined;
  const name = isRecord(value) ? value['name'] : undefined;
  return path === 'createAccount' && typeof name === 'string' ? writeFlag('accounts', name) : undefined;
}

function writeCurl({ method, path, body, isNamed }: DoorRequest): string {
  const address = /[?&{}]/.test(path) ? quoted(path) : path;
  // A call that is only named would have a body which nobody knows.
  if (isNamed && method !== 'GET') return `${method} ${address}`;
  // With a body, curl sends a POST unless it is told otherwise.
  const isDefault = method === (body === undefined ? 'GET' : 'POST');
  return [
    'curl',
    ...(isDefault ? [] : ['-X', method]),
    address,
    ...(body === undefined ? [] : ['-d', quoted(body)]),
  ].join(' ');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const flags = flagsIn(mockFlags);

function writeFlag(option: string, value: WrittenValue): string | undefined {
  const found = flags.find(({ path: [name] }) => name === option);
  if (found === undefined || value === undefined) return found?.flag;
  if ('sets' in found) return found.sets === value ? found.flag : undefined;
  const text = isRecord(value) ? writeSettings(value, found.value) : String(value);
  return `${found.flag} ${quoted(text)}`;
}

function writeSettings(settings: Readonly<Record<string, unknown>>, form: string): string {
  if (form === '<json>') return JSON.stringify(settings);
  const entries = Object.entries(settings);
  // A flag whose value is one of the members has the name of that member: `<seconds>`.
  return form === `<${entries[0]?.[0]}>` ? String(entries[0]?.[1]) : entries.map((one) => one.join('=')).join(',');
}
