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
import type { Header } from '../refusals';
import type { Said } from '../text/reason';
import type { FailEntry } from './failures/rule';

export interface Call {
  readonly store: Store;
  readonly request: S3Request;
  readonly found: Route<NamedOperation>;
  readonly input: object;
  readonly recorded: object;
  readonly refusals: Refusals;
  readonly bucket: Bucket | undefined;
  readonly now: number;
  readonly verifySignatures: boolean | undefined;
  readonly findUserSecret: (accessKeyId: string) => string | undefined;
  received: ReceivedBody | undefined;
  readonly acting: Caller;
  /** Anonymous until the stage `caller`. */
  caller: Caller;
  /** The headers. There are none until the stage `bucket`. */
  charge: readonly Header[];
  policy: PostPolicy | undefined;
  reasons: Said[] | undefined;
  /** Whether S3 has sent the status 200 before it knows the outcome. */
  hasBegunAnswer: boolean;
  handlerNotes: HandlerNotes | undefined;
  failEntry: FailEntry | undefined;
  readonly urlSignature: string | undefined;
  doubt: Said | undefined;
  failedEntries: FailedEntry[] | undefined;
  /** The rule that fails entries of every request. */
  endless: string | undefined;
}

/** A batch can have one for each entry. */
const WRITTEN = 5;

class HandlerNotes {
  readonly #written: Said[] = [];
  #more = 0;

  /** If there are too many notes, a further note is only counted, since writing it can take a search. */
  add(write: () => Said): void {
    if (this.#written.length < WRITTEN) this.#written.push(write());
    else this.#more += 1;
  }

  lines(): readonly Said[] {
    return this.#more > 0 ? [...this.#written, `and ${this.#more} more`] : this.#written;
  }
}

export function addNote(call: { handlerNotes: HandlerNotes | undefined }, write: () => Said): void {
  call.handlerNotes ??= new HandlerNotes();
  call.handlerNotes.add(write);
}
