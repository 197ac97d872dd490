import { closePrototype } from '../text/closed-members';
import { copyReasons } from '../text/kept-reasons';
import { addCopiedClass, type CopiesOfTest, type Crossing } from '../text/record-copies';
import { isObject } from '../text/value-kinds';
import { closeParts, type RequestEntry, type RequestFailure, requestClosing } from './entry';

/**
 * The entries as a test gets them. A journal can contain 100,000, so all have one form for V8. If an object gets another prototype and is
 * then frozen, it has a form of its own, and reading it takes forty times as long.
 * @module
 */

/** Makes the notes of an entry when somebody reads them. */
export interface UnreadNotes {
  makeNotesOf(entry: object): readonly string[];
}

type Notes = readonly string[] | UnreadNotes;

type Told = 'bucket' | 'key' | 'versionId' | 'caller' | 'dialect' | 'method' | 'url' | 'headers' | 'body';
type Answered = 'status' | 'error' | 'why' | 'time' | 'client' | 'accessPoint' | 'dropped' | 'failure';

export interface EntryMembers extends Pick<RequestEntry, Told | Answered> {
  readonly service: RequestEntry['service'];
  readonly operation: RequestEntry['operation'];
  readonly input: object;
  readonly output: object | undefined;
}

/** Whoever copies the getter with the entry, as jest does for a failed assertion, must not fail: the copy says where the notes are. */
const notesOfCopy: readonly string[] = Object.freeze([
  'this is a copy of an entry, and only the entry itself has notes: read the notes of the entry in s3.requests',
]);

function isRead(notes: Notes): notes is readonly string[] {
  return Array.isArray(notes);
}

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
  #copy: object | undefined;
  /** Seldom members, or notes that were given. */
  #hasOthers: boolean;

  constructor(members: EntryMembers, notes: Notes, memberOfNotes: PropertyDescriptor) {
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
    this.#hasOthers = isRead(notes);
    Object.defineProperty(this, 'notes', memberOfNotes);
  }

  static notesOf(entry: object): Notes | undefined {
    return #notes in entry ? entry.#notes : undefined;
  }

  static readNotes(entry: object): readonly string[] {
    if (!(#notes in entry)) return notesOfCopy;
    if (isRead(entry.#notes)) return entry.#notes;
    const notes = entry.#notes.makeNotesOf(entry);
    entry.#notes = notes;
    return notes;
  }

  static addOther(entry: object, name: string, member: PropertyDescriptor): void {
    if (#hasOthers in entry) entry.#hasOthers = true;
    Object.defineProperty(entry, name, member);
  }

  /** Whether it has the members of most entries. */
  static isOrdinary(entry: object): boolean {
    return #hasOthers in entry && !entry.#hasOthers;
  }

  /** The copy of an entry for the test that read it first. */
  static copyOf(entry: object): object | undefined {
    return #copy in entry ? entry.#copy : undefined;
  }

  static setCopy(entry: object, copy: object): void {
    if (#copy in entry) entry.#copy = copy;
  }
}

class EntryRecord extends BeginningOfEntry {
  readonly output: object | undefined;
  readonly time: Date;
  readonly client: string | undefined;

  constructor(members: EntryMembers, notes: Notes, memberOfNotes = isRead(notes) ? memberWith(notes) : unreadNotes) {
    super(members, notes, memberOfNotes);
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
  if (value !== undefined) BeginningOfEntry.addOther(entry, name, memberWith(value));
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

/** Its parts are closed with it. */
export function closeRequest(entry: RequestEntry): RequestEntry {
  closeParts(entry);
  return Object.freeze(entry);
}

/** The copy, for what has got its members: jest copies the getters of what it reports. */
const ownCopy = Symbol('copy');

/** What a test that has a realm of its own gets of an entry. */
class EntryCopy extends EntryRecord {
  readonly #entry: RequestEntry;

  constructor(entry: RequestEntry, crossing: Crossing, notes: PropertyDescriptor) {
    super(entry, [], notes);
    this.#entry = entry;
    copyParts(this, entry, crossing);
    Object.defineProperty(this, ownCopy, { value: this });
  }

  static originalOf(copy: object): RequestEntry | undefined {
    return #entry in copy ? copy.#entry : undefined;
  }

  static readNotesOfCopy(reader: object): readonly string[] {
    const copy: unknown = Reflect.get(reader, ownCopy);
    return (isObject(copy) && EntryCopy.originalOf(copy)?.notes) || notesOfCopy;
  }
}

type Parts = { -readonly [Name in keyof EntryMembers]: EntryMembers[Name] };

function copyParts(copy: Parts, entry: RequestEntry, { copy: cross, copyPlain, copyDate }: Crossing): void {
  copy.input = copyPlain(entry.input);
  copy.headers = copyPlain(entry.headers);
  copy.time = copyDate(entry.time);
  if (entry.output !== undefined) copy.output = copyPlain(entry.output);
  if (entry.caller !== 'anonymous') copy.caller = cross(entry.caller);
  if (entry.error !== undefined) copy.error = cross(entry.error);
}

function makeCopies(crossing: Crossing): CopiesOfTest {
  class CopyOfTest extends EntryCopy {}
  const { prototype } = CopyOfTest;
  // What says how entries are closed, and that `constructor` is Object, is behind it.
  Reflect.deleteProperty(prototype, 'constructor');
  Object.setPrototypeOf(prototype, crossing.prototype);
  const get = crossing.makeGetter(EntryCopy.readNotesOfCopy);
  const notes = { get, enumerable: true, configurable: true };
  return {
    prototype,
    copy(entry) {
      const known = BeginningOfEntry.copyOf(entry);
      if (known !== undefined) return Object.getPrototypeOf(known) === prototype ? known : undefined;
      if (!BeginningOfEntry.isOrdinary(entry)) return undefined;
      const copy = Object.freeze(new CopyOfTest(entry as RequestEntry, crossing, notes)); // a closed one
      BeginningOfEntry.setCopy(entry, copy);
      return copy;
    },
  };
}

addCopiedClass({
  prototype: EntryRecord.prototype,
  makeCopies,
  copyOf: BeginningOfEntry.copyOf,
  originalOf: EntryCopy.originalOf,
});
