import { types } from 'node:util';
import type { RequestEntry } from './entry';
import { asRecord, closeRequest, withMembers } from './entry-record';
import { Queue } from './log';
import { UnreadEntry } from './unread-entry';

/** An entry, or the object from which the entry is made when it is read. */
export type KeptEntry = RequestEntry | UnreadEntry;

/** Counted parts are dropped first, then whole entries, the oldest first. What does not count is light, so that the number of entries bounds it. */
export class EntryStore extends Queue<KeptEntry> {
  readonly #weights: Queue<number>;
  #bytes = 0;
  #light = 0;
  /** Entries before this number are closed. Most entries are never read: an entry is closed when it is read. */
  #closed = 0;

  constructor(
    limit: number,
    private readonly limitOfBytes: number,
  ) {
    super(limit);
    this.#weights = new Queue(limit);
  }

  override push(given: KeptEntry): void {
    const entry = UnreadEntry.is(given) ? makeReadable(given) : readable(asRecord(given));
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
    return entry === undefined || Object.isFrozen(entry) ? entry : closeRequest(entry);
  }

  /** Returns the entry before it is closed. */
  peek(index: number): RequestEntry | undefined {
    const kept = super.at(index);
    if (kept === undefined || !UnreadEntry.is(kept)) return kept;
    const entry = kept.makeEntry();
    this.#replaceAt(index, entry);
    return entry;
  }

  /** What is kept of a request, whose entry is not made for this. */
  kept(index: number): KeptEntry | undefined {
    return super.at(index);
  }

  #replaceAt(index: number, entry: RequestEntry): void {
    this.replace(index < 0 ? this.length + index : index, entry);
  }

  override toArray(): readonly RequestEntry[] {
    for (let index = Math.max(0, this.#closed - this.before); index < this.length; index += 1) this.at(index);
    this.#closed = this.before + this.length;
    return super.toArray() as readonly RequestEntry[]; // each was just made
  }

  override *[Symbol.iterator](): IterableIterator<RequestEntry> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index) as RequestEntry; // below the length, each has a value
  }

  override clear(): void {
    super.clear();
    this.#weights.clear();
    this.#bytes = 0;
    this.#light = 0;
  }

  #dropPartsOf(index: number): void {
    const kept = this.kept(index);
    if (kept !== undefined && UnreadEntry.is(kept)) {
      const parts = countedParts(kept);
      if (hasBytesAlone(kept, parts)) {
        kept.dropBytes([...new Set(parts.flatMap(({ name }) => name || []))]);
        return;
      }
    }
    const entry = this.peek(index);
    if (entry === undefined) return;
    this.replace(index, withoutParts(entry, countedParts(entry)));
  }

  /** Down to half of the limit, so that the next requests need not drop some each. The newest entry keeps its own. */
  #dropParts(): void {
    for (; this.#bytes > this.limitOfBytes / 2 && this.#light < this.length - 1; this.#light += 1) {
      const weight = this.#weights.at(this.#light);
      if (weight === undefined || weight === 0) continue;
      this.#dropPartsOf(this.#light);
      this.#weights.replace(this.#light, 0);
      this.#bytes -= weight;
    }
  }
}

/**
 * Whether all parts are bytes and stay as they are. The bytes of a form can say what is a secret in other members, and members can say what
 * is a secret in a text.
 */
function hasBytesAlone({ method }: UnreadEntry, parts: readonly EntryPart[]): boolean {
  return method !== 'POST' && parts.every(({ isText }) => !isText);
}

interface EntryPart {
  readonly place: 'body' | 'input' | 'output' | 'headers';
  /** Empty for the body. */
  readonly name: string;
  readonly weight: number;
  /** Whether it is other than bytes. */
  readonly isText?: true;
}

/** Entries of ordinary requests weigh less. */
const LIGHT = 4096;

/** What is weighed of an entry, made or not. */
interface WeighedEntry {
  readonly headers: object;
  readonly body: Uint8Array | undefined;
  readonly input: object;
  readonly output: object | undefined;
}

/** HTTP bounds their length. */
const ownMembers = new Set(['Bucket', 'Key']);

/** All bytes, and the largest members and headers, as many of them as leave the others light. */
function countedParts(entry: WeighedEntry): readonly EntryPart[] {
  const bytes = [...bodyOf(entry), ...blobsIn(entry, 'input'), ...blobsIn(entry, 'output')];
  return isLight(entry) ? bytes : [...bytes, ...largeParts(entry)];
}

/** Nearly all entries have bytes alone, which are weighed without a list. */
function weightOfParts(entry: WeighedEntry): number {
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

function bodyOf({ body }: WeighedEntry): readonly EntryPart[] {
  return body === undefined || body.byteLength === 0 ? [] : [{ place: 'body', name: '', weight: body.byteLength }];
}

function blobsIn(entry: WeighedEntry, place: 'input' | 'output'): readonly EntryPart[] {
  const blobs: EntryPart[] = [];
  for (const [name, value] of Object.entries(entry[place] ?? {}))
    if (types.isUint8Array(value) && value.byteLength > 0)
      blobs.push({ place, name, weight: weightOfBlob(value, entry.body) });
  return blobs;
}

/** Most members are texts, which Node's own function takes longer to refuse. */
function bytesIn(members: object, body: Uint8Array | undefined): number {
  const given = members as Readonly<Record<string, unknown>>; // read by its own names
  let weight = 0;
  for (const name in given) {
    const value = given[name];
    if (typeof value === 'object' && types.isUint8Array(value)) weight += weightOfBlob(value, body);
  }
  return weight;
}

/** A body that is also a member of the input counts once. */
function weightOfBlob(blob: Uint8Array, body: Uint8Array | undefined): number {
  return blob.buffer === body?.buffer ? 0 : blob.byteLength;
}

function isLight({ body, input, output, headers }: WeighedEntry): boolean {
  const nested: object[] = [];
  const members = weightOfMembers(headers, nested) + weightOfMembers(input, nested);
  const answered = output === undefined ? 0 : weightOfMembers(output, nested);
  const deeper = nested.length === 0 ? 0 : weightOfAll(nested);
  return (body?.byteLength ?? 0) + members + answered + deeper <= LIGHT;
}

function largeParts(entry: WeighedEntry): readonly EntryPart[] {
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

function partsIn(entry: WeighedEntry, place: 'headers' | 'input' | 'output'): readonly EntryPart[] {
  const members: readonly [string, unknown][] = Object.entries(entry[place] ?? {});
  // Text that was cut out of a document keeps the whole document, however little of it the input has.
  const document = place === 'input' ? (entry.body?.byteLength ?? 0) : 0;
  return members
    .filter(([name, value]) => !types.isUint8Array(value) && !(place === 'input' && ownMembers.has(name)))
    .map(([name, value]) => {
      const weight = Math.max(weightOf(value), isOfDocument(name, value) ? document : 0);
      return { place, name, weight: name.length + weight, isText: true };
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
  const { body, input, output } = readableParts(entry);
  if (body === entry.body && input === entry.input && output === entry.output) return entry;
  return withMembers(entry, { body, input, output });
}

function makeReadable(entry: UnreadEntry): UnreadEntry {
  return Object.assign(entry, readableParts(entry));
}

function readableParts({ body: sent, ...members }: Pick<WeighedEntry, 'body' | 'input' | 'output'>): ReadableParts {
  const body = sent && bufferOf(sent);
  const member = (value: Uint8Array) => (sent !== undefined && sameMemory(value, sent) ? body : bufferOf(value));
  return { body, input: mapped(members.input, member), output: members.output && mapped(members.output, member) };
}

interface ReadableParts {
  readonly body: Buffer | undefined;
  readonly input: object;
  readonly output: object | undefined;
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
    if (typeof value !== 'object' || !types.isUint8Array(value)) continue;
    const replacement = member(value);
    if (replacement === value) continue;
    copy ??= { ...given };
    copy[name] = replacement;
  }
  return copy ?? members;
}

// Roughly the bytes that V8 takes for each on a machine of 64 bits: an estimate is enough to bound memory.
const TEXT = 24;
const NUMBER = 16;
const DATE = 120;
const OBJECT = 56;
const MEMBER = 8;

/** The items of a longer list are alike, for example in a listing. So this many items are weighed, and stand for all. */
const LONG = 64;

/** Returns the weight in bytes. Bytes count alone, without the object around them. */
export function weightOf(value: unknown): number {
  // A list of work instead of recursion, since a document may be nested deeper than the call stack allows.
  const nested: object[] = [];
  return weightOfOne(value, nested) + weightOfAll(nested);
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

/** Each request is weighed, so that no list of its members is made, and most members are texts. */
function weightOfMembers(record: object, nested: object[]): number {
  const members = record as Readonly<Record<string, unknown>>; // read by its own names
  let weight = OBJECT;
  // V8 reads the members of an object in this loop by their places, and finds no names.
  for (const name in members) {
    const value = members[name];
    weight += MEMBER + (typeof value === 'string' ? TEXT + value.length : weightOfOne(value, nested));
  }
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
