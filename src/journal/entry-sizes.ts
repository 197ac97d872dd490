import { types } from 'node:util';
import type { RequestEntry } from './entry';
import { withMembers } from './entry-record';

/**
 * Measures the memory that the large parts of an entry hold, and makes the entry without them. The numbers are what V8 takes on a machine
 * of 64 bits; a test compares them with the heap.
 * @module
 */

/** A member of fewer bytes is not counted: the number of entries bounds the memory of all of them. */
const LARGE = 1024;

type Section = 'input' | 'output' | 'headers';

interface LargePart {
  readonly place: Section | 'body';
  /** The name of the member or header; empty for the body. */
  readonly name: string;
  readonly size: number;
}

/** The members whose length HTTP limits, so that they are never dropped. */
const bounded = new Set(['Bucket', 'Key']);

type SizedEntry = Pick<RequestEntry, 'headers' | 'body'> & {
  readonly input: object;
  readonly output: object | undefined;
};

/** Returns the bytes that the large parts of an entry hold. */
export function sizeOfLargeParts(entry: SizedEntry): number {
  return findLargeParts(entry).reduce((sum, { size }) => sum + size, 0);
}

/** Returns a smaller entry that names in `dropped` what it lost. */
export function withoutLargeParts(entry: RequestEntry): RequestEntry {
  const parts = findLargeParts(entry);
  const namesAt = (place: Section) => parts.filter((one) => one.place === place).map(({ name }) => name);
  const names = [...new Set(parts.flatMap(({ name }) => name || []))];
  return withMembers(entry, {
    body: parts.some(({ place }) => place === 'body') ? undefined : entry.body,
    input: withUndefined(entry.input, namesAt('input')),
    output: entry.output && withUndefined(entry.output, namesAt('output')),
    headers: without(entry.headers, namesAt('headers')),
    ...(names.length > 0 && { dropped: names }),
  });
}

/** Keeps the names of the dropped members with the value undefined, so that an entry shows that they were there. */
function withUndefined(members: object, names: readonly string[]): object {
  return { ...members, ...Object.fromEntries(names.map((name) => [name, undefined])) };
}

function without(headers: RequestEntry['headers'], names: readonly string[]): RequestEntry['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function findLargeParts(entry: SizedEntry): readonly LargePart[] {
  const { body, input, output = {}, headers } = entry;
  const bytes =
    body === undefined || body.byteLength === 0 ? [] : [{ place: 'body', name: '', size: sizeOf(body) } as const];
  return [
    ...bytes,
    ...findLargeMembers('headers', headers, entry),
    ...findLargeMembers('input', input, entry),
    ...findLargeMembers('output', output, entry),
  ];
}

function findLargeMembers(place: Section, members: object, { body }: SizedEntry): readonly LargePart[] {
  const found: LargePart[] = [];
  const own = members as Readonly<Record<string, unknown>>; // read by its own names
  for (const name in own) {
    const value = own[name];
    if (types.isUint8Array(value)) {
      // A body that is also a member of the input is counted once.
      if (value.byteLength > 0) found.push({ place, name, size: value.buffer === body?.buffer ? 0 : sizeOf(value) });
      continue;
    }
    if (place === 'input' && bounded.has(name)) continue;
    const size = Math.max(sizeOf(value), place === 'input' ? sizeOfDocument(name, value, body) : 0);
    if (size > LARGE) found.push({ place, name, size });
  }
  return found;
}

/** Text that was cut out of a document keeps the whole document, even if the input contains only a few words of it. */
function sizeOfDocument(name: string, value: unknown, body: Uint8Array | undefined): number {
  const isRead = typeof value === 'object' && value !== null && !types.isDate(value) && name !== 'Metadata';
  return isRead ? (body?.byteLength ?? 0) : 0;
}

const POINTER = 8;
const TEXT = 16;
const NUMBER = 16;
const DATE = 96;
const OBJECT = 24;
const LIST = 32;
/** The bytes that V8 and Node need for a Buffer in addition to its memory. */
const BYTES = 200;

/** Returns the bytes of memory that a value holds. */
export function sizeOf(value: unknown): number {
  let size = 0;
  // A list of work instead of recursion, since a document may be nested deeper than the call stack allows.
  const work: unknown[] = [value];
  while (work.length > 0) {
    const part = work.pop();
    if (typeof part === 'string') size += sizeOfText(part);
    else if (typeof part === 'number') size += isSmall(part) ? 0 : NUMBER;
    else if (typeof part === 'object' && part !== null) size += sizeOfObject(part, work);
  }
  return size;
}

/** Whether a number takes no memory of its own: V8 stores small whole numbers in the place of the pointer. */
function isSmall(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 30;
}

const wide = /[\u{100}-\u{10ffff}]/u;

/** A text with one letter beyond Latin 1 takes two bytes a letter. */
function sizeOfText(text: string): number {
  return TEXT + text.length * (wide.test(text) ? 2 : 1);
}

/** Returns the bytes of an object itself, and adds its members to the list of work. */
function sizeOfObject(value: object, work: unknown[]): number {
  if (types.isUint8Array(value)) return BYTES + value.buffer.byteLength;
  if (types.isDate(value)) return DATE;
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const member of members) work.push(member);
  return (Array.isArray(value) ? LIST : OBJECT) + POINTER * members.length;
}
