import { types } from 'node:util';
import type { RequestEntry } from './entry';
import { isBytes } from './entry-bytes';
import { withMembers } from './entry-copy';
import { weightOf, weightOfRecord } from './weight';

/** A part of an entry that the journal can drop and keep the rest. */
export interface EntryPart {
  readonly place: 'body' | 'input' | 'output' | 'headers';
  /** The name of the member or the header; empty for the body. */
  readonly name: string;
  /** The memory that is free without it, in bytes. */
  readonly weight: number;
}

/** The members and headers that an entry keeps until it is dropped weigh this much at most. Those of an ordinary request weigh less. */
const LIGHT = 4096;

/** Members of the input that are also members of the entry itself. HTTP bounds their length. */
const ownMembers = new Set(['Bucket', 'Key']);

/**
 * The parts of an entry that a journal counts: all its bytes, and its largest members and headers, as many of them as leave the others
 * light. Empty bodies are not counted, since they take no memory.
 */
export function countedParts(entry: RequestEntry): readonly EntryPart[] {
  const bytes = [...bodyOf(entry), ...blobsIn(entry, 'input'), ...blobsIn(entry, 'output')];
  return isLight(entry) ? bytes : [...bytes, ...largeParts(entry)];
}

/** The weight of all counted parts of an entry. Nearly all have bytes alone, which are weighed without a list. */
export function weightOfParts(entry: RequestEntry): number {
  if (!isLight(entry)) return countedParts(entry).reduce((sum, { weight }) => sum + weight, 0);
  const { body, input, output = {} } = entry;
  return (body?.byteLength ?? 0) + bytesIn(input, body) + bytesIn(output, body);
}

/** The entry without some of its parts; `dropped` names them, except for the body. */
export function withoutParts(entry: RequestEntry, parts: readonly EntryPart[]): RequestEntry {
  const namesAt = (place: EntryPart['place']) => parts.filter((one) => one.place === place).map(({ name }) => name);
  const [inputs, outputs, headers] = [namesAt('input'), namesAt('output'), namesAt('headers')];
  const names = [...new Set([...inputs, ...outputs, ...headers])];
  return withMembers(entry, {
    body: namesAt('body').length === 0 ? entry.body : undefined,
    input: withUndefined(entry.input, inputs),
    output: entry.output && withUndefined(entry.output, outputs),
    headers:
      headers.length === 0
        ? entry.headers
        : Object.fromEntries(Object.entries(entry.headers).filter(([name]) => !headers.includes(name))),
    ...(names.length > 0 && { dropped: names }),
  });
}

function bodyOf({ body }: RequestEntry): readonly EntryPart[] {
  return body === undefined || body.byteLength === 0 ? [] : [{ place: 'body', name: '', weight: body.byteLength }];
}

function blobsIn(entry: RequestEntry, place: 'input' | 'output'): readonly EntryPart[] {
  const blobs: EntryPart[] = [];
  for (const [name, value] of Object.entries(entry[place] ?? {}))
    if (isBytes(value) && value.byteLength > 0) blobs.push({ place, name, weight: weightOfBlob(value, entry.body) });
  return blobs;
}

function bytesIn(members: object, body: Uint8Array | undefined): number {
  const given = members as Readonly<Record<string, unknown>>; // read by its own names
  let weight = 0;
  for (const name in given) {
    const value = given[name];
    if (isBytes(value)) weight += weightOfBlob(value, body);
  }
  return weight;
}

/** A body that is also a member of the input counts once. */
function weightOfBlob(blob: Uint8Array, body: Uint8Array | undefined): number {
  return blob.buffer === body?.buffer ? 0 : blob.byteLength;
}

/** Whether nothing of an entry is large; for an ordinary request that is all that is asked. */
function isLight({ body, input, output, headers }: RequestEntry): boolean {
  const members = weightOfRecord(headers) + weightOfRecord(input) + (output === undefined ? 0 : weightOfRecord(output));
  return (body?.byteLength ?? 0) + members <= LIGHT;
}

function largeParts(entry: RequestEntry): readonly EntryPart[] {
  const parts = [...partsIn(entry, 'headers'), ...partsIn(entry, 'input'), ...partsIn(entry, 'output')];
  let rest = parts.reduce((sum, { weight }) => sum + weight, 0);
  const large = new Set<EntryPart>();
  for (const part of parts.toSorted((one, other) => other.weight - one.weight)) {
    if (rest <= LIGHT) break;
    rest -= part.weight;
    large.add(part);
  }
  // In the order of the entry, in which a reader looks for them.
  return parts.filter((part) => large.has(part));
}

function partsIn(entry: RequestEntry, place: 'headers' | 'input' | 'output'): readonly EntryPart[] {
  const members: readonly [string, unknown][] = Object.entries(entry[place] ?? {});
  // Text that was cut out of a document keeps the whole document, however little of it the input has.
  const document = place === 'input' ? (entry.body?.byteLength ?? 0) : 0;
  return members
    .filter(([name, value]) => !types.isUint8Array(value) && !(place === 'input' && ownMembers.has(name)))
    .map(([name, value]) => {
      const weight = Math.max(weightOf(value), isOfDocument(name, value) ? document : 0);
      return { place, name, weight: name.length + weight };
    });
}

/** Whether a member of an input may have text of the document. Metadata and dates are those of headers. */
function isOfDocument(name: string, value: unknown): boolean {
  return typeof value === 'object' && !types.isDate(value) && name !== 'Metadata';
}

/** The members, some of which are undefined: their names show that they were there. */
function withUndefined(members: object, names: readonly string[]): object {
  if (names.length === 0) return members;
  return { ...members, ...Object.fromEntries(names.map((name) => [name, undefined])) };
}
