import { closePrototype } from '../text/closed-members';
import { copyReasons } from '../text/kept-reasons';
import type { SecretValues } from '../text/secret-values';
import { closeParts, type RequestEntry, type RequestFailure, requestClosing } from './entry';

/**
 * The entries as a test gets them. A journal can contain 100,000, so all have one form for V8. If an object gets another prototype and is
 * then frozen, it has a form of its own, and reading it takes forty times as long.
 * @module
 */

/** A function makes the notes when somebody reads them. */
type Notes = readonly string[] | (() => readonly string[]);

type Told = 'bucket' | 'key' | 'versionId' | 'caller' | 'dialect' | 'method' | 'url' | 'headers' | 'body';
type Answered = 'status' | 'error' | 'why' | 'time' | 'client' | 'accessPoint' | 'dropped' | 'failure';

export interface EntryMembers extends Pick<RequestEntry, Told | Answered> {
  readonly service: RequestEntry['service'];
  readonly operation: RequestEntry['operation'];
  readonly input: object;
  readonly output: object | undefined;
}

interface Closed {
  readonly secrets: SecretValues;
  /** The entry with all its members, also the hidden members. */
  readonly whole: RequestEntry;
}

/** Whoever copies the getter with the entry, as jest does for a failed assertion, must not fail: the copy says where the notes are. */
const notesOfCopy: readonly string[] = Object.freeze([
  'this is a copy of an entry, and only the entry itself has notes: read the notes of the entry in s3.requests',
]);

/** The members in front of the notes. They are fields: a closed prototype refuses a member that is set and that an object lacks. */
class BeginningOfEntry {
  readonly service: RequestEntry['service'];
  readonly operation: RequestEntry['operation'];
  readonly input: object;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly versionId: string | undefined;
  readonly caller: RequestEntry['caller'];
  readonly dialect: RequestEntry['dialect'];
  readonly method: string;
  readonly url: string;
  readonly headers: RequestEntry['headers'];
  readonly body: Uint8Array | undefined;
  readonly status: number;
  readonly error: RequestEntry['error'];
  readonly why: string | undefined;
  #notes: Notes;
  #closed: Closed | undefined;

  constructor(members: EntryMembers, notes: Notes) {
    this.service = members.service;
    this.operation = members.operation;
    this.input = members.input;
    this.bucket = members.bucket;
    this.key = members.key;
    this.versionId = members.versionId;
    this.caller = members.caller;
    this.dialect = members.dialect;
    this.method = members.method;
    this.url = members.url;
    this.headers = members.headers;
    this.body = members.body;
    this.status = members.status;
    this.error = members.error;
    this.why = members.why;
    this.#notes = notes;
    Object.defineProperty(this, 'notes', typeof notes === 'function' ? unreadNotes : memberWith(notes));
  }

  static notesOf(entry: object): Notes | undefined {
    return #notes in entry ? entry.#notes : undefined;
  }

  static readNotes(entry: object): readonly string[] {
    if (!(#notes in entry)) return notesOfCopy;
    if (typeof entry.#notes === 'function') entry.#notes = entry.#notes();
    return entry.#notes;
  }

  static closedOf(entry: object): Closed | undefined {
    return #closed in entry ? entry.#closed : undefined;
  }

  static setClosed(entry: object, closed: Closed): void {
    if (#closed in entry) entry.#closed = closed;
  }
}

class EntryRecord extends BeginningOfEntry {
  readonly output: object | undefined;
  readonly time: Date;
  readonly client: string | undefined;

  constructor(members: EntryMembers, notes: Notes) {
    super(members, notes);
    this.output = members.output;
    this.time = members.time;
    this.client = members.client;
  }
}

/** All entries share one getter, which keeps their form. */
const unreadNotes: PropertyDescriptor = {
  get(this: object) {
    return BeginningOfEntry.readNotes(this);
  },
  enumerable: true,
  configurable: true,
};

function memberWith(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

closePrototype(EntryRecord.prototype, requestClosing);

/** An entry that is closed when it is frozen. */
export function makeEntry(members: EntryMembers, notes: Notes): RequestEntry {
  const entry = new EntryRecord(members, notes);
  if (Object.hasOwn(members, 'accessPoint')) addMember(entry, 'accessPoint', members.accessPoint);
  if (Object.hasOwn(members, 'dropped')) addMember(entry, 'dropped', members.dropped);
  if (Object.hasOwn(members, 'failure')) addFailure(entry, members.failure);
  return entry as unknown as RequestEntry; // the operation's own members, read by its own declaration
}

function addMember(entry: object, name: string, value: unknown): void {
  if (value !== undefined) Object.defineProperty(entry, name, memberWith(value));
}

/** The older name is not enumerable. */
function addFailure(entry: object, failure: RequestFailure | undefined): void {
  if (failure === undefined) return;
  Object.defineProperty(entry, 'fault', { value: failure, configurable: true });
  addMember(entry, 'failure', failure);
}

/** Takes an entry that was made elsewhere, such as an entry of a request to STS. */
export function asRecord(entry: RequestEntry): RequestEntry {
  if (BeginningOfEntry.notesOf(entry) !== undefined) return entry;
  const record = makeEntry(entry, entry.notes);
  copyReasons(entry, record);
  return record;
}

type Replaced = Partial<
  Pick<EntryMembers, 'input' | 'output' | 'body' | 'headers' | 'dropped' | 'why' | 'error' | 'failure'>
> & {
  readonly notes?: Notes;
};

export function withMembers(entry: RequestEntry, members: Replaced): RequestEntry {
  const { dropped, failure, notes = BeginningOfEntry.notesOf(entry) ?? entry.notes, ...replaced } = members;
  const copy = makeEntry(entry, notes);
  addMember(copy, 'dropped', dropped);
  addFailure(copy, failure);
  copyReasons(entry, copy);
  return Object.assign(copy, replaced);
}

/** The notes after a change, which is made when somebody reads them if they are. */
export function changedNotes(entry: RequestEntry, change: (note: string) => string): Notes {
  const notes = BeginningOfEntry.notesOf(entry) ?? entry.notes;
  return typeof notes === 'function' ? () => BeginningOfEntry.readNotes(entry).map(change) : notes.map(change);
}

/** Its parts are closed with it. */
export function closeRequest(entry: RequestEntry, closed: Closed): RequestEntry {
  closeParts(entry);
  setClosed(entry, closed);
  return Object.freeze(entry);
}

export const { closedOf, setClosed } = BeginningOfEntry;
