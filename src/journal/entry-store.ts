import { types } from 'node:util';
import { SecretValues } from '../text/secret-values';
import { type RequestEntry, withMembers } from './entry';
import { Queue } from './log';
import { closeEntry, isClosed, replaceEntry, secretsOf } from './request-secrets';

/** Counted parts are dropped first, then whole entries, the oldest first. What does not count is light, so that the number of entries bounds it. */
export class EntryStore extends Queue<RequestEntry> {
  readonly #weights: Queue<number>;
  #bytes = 0;
  #light = 0;
  /** Most entries are read by nobody: one is closed when it is read. */
  #closed = 0;
  #secrets = new SecretValues();

  constructor(
    limit: number,
    private readonly limitOfBytes: number,
  ) {
    super(limit);
    this.#weights = new Queue(limit);
  }

  override push(given: RequestEntry): void {
    const entry = readable(given);
    const weight = weightOfParts(entry);
    if (this.length === this.limit) {
      this.#bytes -= this.#weights.at(0) ?? 0;
      this.#light = Math.max(0, this.#light - 1);
    }
    super.push(entry);
    this.#weights.push(weight);
    this.#bytes += weight;
    if (this.#bytes > this.limitOfBytes) this.#dropParts();
  }

  override at(index: number): RequestEntry | undefined {
    const entry = this.peek(index);
    if (entry === undefined || isClosed(entry)) return entry;
    const closed = closeEntry(entry, this.#secrets);
    this.#secrets = secretsOf(closed);
    this.replace(index < 0 ? this.length + index : index, closed);
    return closed;
  }

  /** As it came, with its secrets. */
  peek(index: number): RequestEntry | undefined {
    return super.at(index);
  }

  override toArray(): readonly RequestEntry[] {
    for (let index = Math.max(0, this.#closed - this.before); index < this.length; index += 1) this.at(index);
    this.#closed = this.before + this.length;
    return super.toArray();
  }

  override clear(): void {
    super.clear();
    this.#secrets = new SecretValues();
    this.#weights.clear();
    this.#bytes = 0;
    this.#light = 0;
  }

  /** Down to half of the limit, so that the next requests need not drop some each. The newest entry keeps its own. */
  #dropParts(): void {
    for (; this.#bytes > this.limitOfBytes / 2 && this.#light < this.length - 1; this.#light += 1) {
      const weight = this.#weights.at(this.#light);
      const entry = this.peek(this.#light);
      if (weight === undefined || weight === 0 || entry === undefined) continue;
      this.replace(
        this.#light,
        replaceEntry(entry, (whole) => withoutParts(whole, countedParts(whole))),
      );
      this.#weights.replace(this.#light, 0);
      this.#bytes -= weight;
    }
  }
}

interface EntryPart {
  readonly place: 'body' | 'input' | 'output' | 'headers';
  /** Empty for the body. */
  readonly name: string;
  readonly weight: number;
}

/** Those of an ordinary request weigh less. */
const LIGHT = 4096;

/** HTTP bounds their length. */
const ownMembers = new Set(['Bucket', 'Key']);

/** All bytes, and the largest members and headers, as many of them as leave the others light. */
function countedParts(entry: RequestEntry): readonly EntryPart[] {
  const bytes = [...bodyOf(entry), ...blobsIn(entry, 'input'), ...blobsIn(entry, 'output')];
  return isLight(entry) ? bytes : [...bytes, ...largeParts(entry)];
}

/** Nearly all entries have bytes alone, which are weighed without a list. */
function weightOfParts(entry: RequestEntry): number {
  if (!isLight(entry)) return countedParts(entry).reduce((sum, { weight }) => sum + weight, 0);
  const { body, input, output = {} } = entry;
  return (body?.byteLength ?? 0) + bytesIn(input, body) + bytesIn(output, body);
}

function withoutParts(entry: RequestEntry, parts: readonly EntryPart[]): RequestEntry {
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
        : (withoutMembers(entry.headers, headers) as Readonly<Record<string, string>>), // those that are left
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

function isOfDocument(name: string, value: unknown): boolean {
  return typeof value === 'object' && !types.isDate(value) && name !== 'Metadata';
}

/** Their names show that they were there. */
function withUndefined(members: object, names: readonly string[]): object {
  if (names.length === 0) return members;
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(members));
  return Object.assign(copy, Object.fromEntries(names.map((name) => [name, undefined])));
}

function withoutMembers(members: object, names: readonly string[]): object {
  const kept = Object.entries(Object.getOwnPropertyDescriptors(members)).filter(([name]) => !names.includes(name));
  return Object.defineProperties({}, Object.fromEntries(kept));
}

/** The `toString()` of a Buffer returns text. */
function readable(entry: RequestEntry): RequestEntry {
  const body = entry.body && bufferOf(entry.body);
  const member = (value: Uint8Array) =>
    entry.body !== undefined && sameMemory(value, entry.body) ? body : bufferOf(value);
  const input = mapped(entry.input, member);
  const output = entry.output && mapped(entry.output, member);
  if (body === entry.body && input === entry.input && output === entry.output) return entry;
  return withMembers(entry, { body, input, output });
}

/** A copy if the bytes are a small part of a larger memory, such as a range of an object, so that this is not kept. */
function bufferOf(bytes: Uint8Array): Buffer {
  const isWhole = bytes.byteLength * 2 >= bytes.buffer.byteLength;
  if (Buffer.isBuffer(bytes) && (isWhole || bytes.byteLength === 0)) return bytes;
  if (isWhole) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Not Buffer.from(bytes), which puts short copies into a memory that they share with others.
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

function sameMemory(one: Uint8Array, other: Uint8Array): boolean {
  return one.buffer === other.buffer && one.byteOffset === other.byteOffset && one.byteLength === other.byteLength;
}

function mapped(members: object, member: (value: Uint8Array) => unknown): object {
  const given = members as Readonly<Record<string, unknown>>; // read by its own names
  let copy: Record<string, unknown> | undefined;
  for (const name in given) {
    const value = given[name];
    if (!isBytes(value)) continue;
    const replacement = member(value);
    if (replacement === value) continue;
    copy ??= { ...given };
    copy[name] = replacement;
  }
  return copy ?? members;
}

/** Most members are texts, which Node's own function takes longer to refuse. */
function isBytes(value: unknown): value is Uint8Array {
  return typeof value === 'object' && types.isUint8Array(value);
}

// Roughly the bytes that V8 takes for each on a machine of 64 bits: an estimate is enough to bound memory.
const TEXT = 24;
const NUMBER = 16;
const DATE = 120;
const OBJECT = 56;
const MEMBER = 8;

/** The items of a longer list are alike, such as those of a listing, so that as many of them as this are weighed for all. */
const LONG = 64;

/** In bytes. Bytes count alone, without the object around them. */
export function weightOf(value: unknown): number {
  // A list of work instead of recursion, since a document may be nested deeper than the call stack allows.
  const nested: object[] = [];
  return weightOfOne(value, nested) + weightOfAll(nested);
}

/** Each request is weighed, so that no list of its members is made. */
function weightOfRecord(record: object): number {
  const nested: object[] = [];
  return weightOfMembers(record, nested) + weightOfAll(nested);
}

function weightOfAll(nested: object[]): number {
  let weight = 0;
  for (let one = nested.pop(); one !== undefined; one = nested.pop())
    weight += Array.isArray(one) ? weightOfItems(one, nested) : weightOfMembers(one, nested);
  return weight;
}

function weightOfOne(value: unknown, nested: object[]): number {
  if (typeof value === 'string') return TEXT + value.length;
  if (typeof value === 'number') return NUMBER;
  if (typeof value !== 'object' || value === null) return 0;
  if (types.isUint8Array(value)) return value.byteLength;
  if (types.isDate(value)) return DATE;
  nested.push(value);
  return 0;
}

function weightOfMembers(record: object, nested: object[]): number {
  const members = record as Readonly<Record<string, unknown>>; // read by its own names
  let weight = OBJECT;
  // V8 reads the members of an object in this loop by their places, and finds no names.
  for (const name in members) weight += MEMBER + weightOfOne(members[name], nested);
  return weight;
}

function weightOfItems(items: readonly unknown[], nested: object[]): number {
  let weight = OBJECT + MEMBER * items.length;
  if (items.length > LONG) return weight + weightOfLong(items);
  for (const item of items) weight += weightOfOne(item, nested);
  return weight;
}

function weightOfLong(items: readonly unknown[]): number {
  const step = items.length / LONG;
  let weight = 0;
  for (let index = 0; index < LONG; index += 1) weight += weightOf(items[Math.floor(index * step)]);
  return weight * step;
}
