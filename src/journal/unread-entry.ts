import { keepReasons } from '../text/kept-reasons';
import type { Said } from '../text/reason';
import type { RequestEntry, RequestFailure } from './entry';
import { makeEntry, type UnreadNotes } from './entry-record';

/** What few requests have. */
export interface SeldomFacts {
  readonly accessPoint?: string | undefined;
  readonly error?: RequestEntry['error'];
  readonly why?: Said | undefined;
  readonly failure?: RequestFailure | undefined;
}

/** What the journal adds to a request, or takes from it. */
/**
 * A request with its answer. It becomes an entry when somebody reads the entry, and most entries are never read. A journal can contain
 * 100,000, so each member counts.
 */
export abstract class UnreadEntry implements UnreadNotes {
  /** Checking a private member does not look at a prototype, and prototypes of closed entries are slow. */
  static is(kept: object): kept is UnreadEntry {
    return #dropped in kept;
  }

  abstract readonly operation: RequestEntry['operation'];
  abstract readonly service: RequestEntry['service'];
  abstract readonly bucket: string | undefined;
  abstract readonly key: string | undefined;
  abstract readonly versionId: string | undefined;
  abstract readonly caller: RequestEntry['caller'];
  abstract readonly dialect: RequestEntry['dialect'];
  abstract readonly method: string;
  abstract readonly url: string;
  abstract readonly headers: RequestEntry['headers'];
  abstract readonly status: number;
  /** When the request came, by the mock's clock. */
  abstract readonly time: number;
  abstract readonly seldom: SeldomFacts;
  // The journal replaces bytes, and drops them.
  abstract input: object;
  abstract output: object | undefined;
  abstract body: Uint8Array | undefined;
  /** The names of members whose bytes the journal dropped. */
  #dropped: readonly string[] | undefined;

  /** The mock's remarks, which are found when a test reads them. */
  protected abstract makeNotes(): readonly Said[];

  get error(): RequestEntry['error'] {
    return this.seldom.error;
  }

  /** Drops the body, unless it is empty, and members of the input and the output that are bytes. */
  dropBytes(names: readonly string[]): void {
    if (this.body?.byteLength !== 0) this.body = undefined;
    this.input = withoutBytes(this.input, names);
    this.output = this.output && withoutBytes(this.output, names);
    this.#dropped = names;
  }

  makeEntry(): RequestEntry {
    const { accessPoint, error, why, failure } = this.seldom;
    const dropped = this.#dropped;
    const members = {
      service: this.service,
      operation: this.operation,
      input: this.input,
      bucket: this.bucket,
      key: this.key,
      versionId: this.versionId,
      caller: this.caller,
      dialect: this.dialect,
      method: this.method,
      url: this.url,
      headers: this.headers,
      body: this.body,
      status: this.status,
      error,
      why: why && String(why),
      output: this.output,
      time: new Date(this.time),
      client: clientName(this.headers['user-agent']),
      accessPoint,
      dropped: dropped?.length === 0 ? undefined : dropped,
      failure,
    };
    const entry = makeEntry(members, this);
    if (why !== undefined) keepReasons(entry, { why });
    return entry;
  }

  makeNotesOf(entry: object): readonly string[] {
    const notes = this.makeNotes();
    keepReasons(entry, { why: this.seldom.why, notes });
    return notes.map(String);
  }
}

/** Their names show that they were there. */
function withoutBytes(members: object, names: readonly string[]): object {
  const dropped = names.filter((name) => Object.hasOwn(members, name));
  return dropped.length === 0
    ? members
    : { ...members, ...Object.fromEntries(dropped.map((name) => [name, undefined])) };
}

const LONGEST = 40;

/** `aws-sdk-js/3.1169.0`, `MinIO`, `axios/1.21.1`. */
export function clientName(userAgent: string | undefined): string | undefined {
  const product = userAgent?.trim().split(/\s/, 1)[0];
  return product === undefined || product === '' ? undefined : product.slice(0, LONGEST);
}
