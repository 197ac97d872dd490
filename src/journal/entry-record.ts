import { types } from 'node:util';
import { copyReasons, keepReasons } from '../text/kept-reasons';
import type { Said } from '../text/reason';
import { isObject, isRecord } from '../text/value-kinds';
import type { RequestEntry } from './entry';

/** An entry of any operation. */
type AnyEntry = Omit<RequestEntry<undefined>, 'service' | 'operation' | 'input' | 'output'> & {
  readonly service: RequestEntry['service'];
  readonly operation: RequestEntry['operation'];
  readonly input: object;
  readonly output: object | undefined;
};

/** The members of an entry as a service makes them. Its sentences contain calls as values, which each surface writes in its own way. */
export type EntryMembers = Omit<AnyEntry, 'why' | 'notes' | 'client'> & {
  readonly why: Said | undefined;
  readonly notes: readonly Said[];
};

const none: readonly string[] = Object.freeze([]);

/**
 * Makes the entry of a request: a plain object, frozen with all its parts except bytes, which cannot be frozen. The given object becomes the
 * entry: an object that V8 puts together of several takes 600 bytes more.
 */
export function makeEntry(members: EntryMembers): RequestEntry {
  const { why, notes, headers } = members;
  const texts = {
    why: why && String(why),
    notes: notes.length === 0 ? none : notes.map(String),
    client: clientName(headers['user-agent']),
  };
  return keepReasons(freezeEntry(Object.assign(members, readableBytes(members), texts)), { why, notes });
}

/** Returns a copy of an entry with other members, for example without its large parts. */
export function withMembers(entry: RequestEntry, members: Partial<AnyEntry>): RequestEntry {
  const copy = freezeEntry(Object.assign({ ...entry }, members));
  copyReasons(entry, copy);
  return copy;
}

function freezeEntry(entry: AnyEntry): RequestEntry {
  return freezeParts(entry) as RequestEntry; // the operation's own members, read by its own declaration
}

/**
 * Freezes an object with all its parts. It uses a list of work instead of recursion, since a document may be nested deeper than the call
 * stack allows.
 */
export function freezeParts<Frozen extends object>(value: Frozen): Frozen {
  const work: object[] = [value];
  for (let part = work.pop(); part !== undefined; part = work.pop()) {
    Object.freeze(part);
    for (const member of Object.values(part)) if (isFreezable(member)) work.push(member);
  }
  return value;
}

/** Whether a value can be frozen: lists and plain objects can, bytes and dates cannot. */
function isFreezable(value: unknown): value is object {
  return isObject(value) && (Array.isArray(value) || isRecord(value)) && !Object.isFrozen(value);
}

interface Parts {
  readonly body: Uint8Array | undefined;
  readonly input: object;
  readonly output: object | undefined;
}

/** Makes Buffers of bytes, since their `toString()` returns text. The body and a member of the input can be the same bytes. */
function readableBytes({ body: sent, input, output }: Parts): Parts {
  const body = sent && bufferOf(sent);
  const member = (bytes: Uint8Array) => (sent !== undefined && isSameMemory(bytes, sent) ? body : bufferOf(bytes));
  return { body, input: mapBytes(input, member), output: output && mapBytes(output, member) };
}

function mapBytes(members: object, change: (bytes: Uint8Array) => unknown): object {
  const entries = Object.entries(members);
  if (!entries.some(([, value]) => types.isUint8Array(value))) return members;
  return Object.fromEntries(entries.map(([name, value]) => [name, types.isUint8Array(value) ? change(value) : value]));
}

/** Returns a copy if the bytes are a small part of a larger memory, such as a range of an object, so that the rest can be freed. */
function bufferOf(bytes: Uint8Array): Buffer {
  const fillsMemory = bytes.byteLength * 2 >= bytes.buffer.byteLength;
  if (Buffer.isBuffer(bytes) && (fillsMemory || bytes.byteLength === 0)) return bytes;
  if (fillsMemory) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Buffer.from(bytes) would put a short copy into a memory that other buffers share.
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

function isSameMemory(one: Uint8Array, other: Uint8Array): boolean {
  return one.buffer === other.buffer && one.byteOffset === other.byteOffset && one.byteLength === other.byteLength;
}

const LONGEST = 40;

/** `aws-sdk-js/3.1169.0`, `MinIO`, `axios/1.21.1`. */
export function clientName(userAgent: string | undefined): string | undefined {
  const product = userAgent?.trim().split(/\s/, 1)[0];
  return product === undefined || product === '' ? undefined : product.slice(0, LONGEST);
}
