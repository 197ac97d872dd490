import type { FailedEntry } from '../journal/entry';
import type { Bucket } from '../model/bucket';
import type { Caller } from '../model/identity/account';
import type { PostPolicy } from '../model/post-policy/document';
import type { Store } from '../model/store';
import type { NamedOperation } from '../operations/table';
import type { ReceivedBody } from '../protocol/request/checksums';
import type { S3Request } from '../protocol/request/request';
import type { Route } from '../protocol/request/route';
import type { Refusals } from '../protocol/request/stages';
import type { Header, S3Error } from '../refusals';
import type { FailEntry } from './failures/rule';

export interface Call {
  readonly store: Store;
  readonly request: S3Request;
  readonly found: Route<NamedOperation>;
  readonly input: object;
  /** The members of the request, with the texts that could not be read. */
  readonly recorded: object;
  readonly refusals: Refusals;
  readonly bucket: Bucket | undefined;
  readonly now: number;
  readonly verifySignatures: boolean;
  /** What S3 would refuse the signature with, in a mock that does not check it; undefined if nothing is known against it. */
  unchecked: S3Error | undefined;
  /** The body as its digests are read; undefined until then. */
  received: ReceivedBody | undefined;
  /** The caller that keys which nobody was given stand for. */
  readonly acting: Caller;
  /** Anonymous until the stage `caller`. */
  caller: Caller;
  /** The header of an answer that the caller is charged for; none until the stage `bucket`. */
  charge: readonly Header[];
  /** The policy of a signed form, once it was checked. */
  policy: PostPolicy | undefined;
  /** The reasons of the entries of a batch that were refused; undefined if none was. */
  reasons: string[] | undefined;
  /** Whether S3 has sent the status 200 before it knows the outcome. */
  hasBegunAnswer: boolean;
  /** The notes of its handler; undefined if it had none. */
  handlerNotes: HandlerNotes | undefined;
  /** Decides whether a test makes an entry of a batch fail; undefined if no rule is about entries. */
  failEntry: FailEntry | undefined;
  /** The entries that a test made fail; undefined if no entry did. */
  failedEntries: FailedEntry[] | undefined;
}

/** The most notes of a handler that are written: a batch may have one for each entry. */
const WRITTEN = 5;

class HandlerNotes {
  readonly #written: string[] = [];
  #more = 0;

  /** One note too many is only counted, since to write it may take a search. */
  add(write: () => string): void {
    if (this.#written.length < WRITTEN) this.#written.push(write());
    else this.#more += 1;
  }

  lines(): readonly string[] {
    return this.#more > 0 ? [...this.#written, `and ${this.#more} more`] : this.#written;
  }
}

export function addNote(call: { handlerNotes: HandlerNotes | undefined }, write: () => string): void {
  call.handlerNotes ??= new HandlerNotes();
  call.handlerNotes.add(write);
}
