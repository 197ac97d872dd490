import { type RequestEntry, writesOfObjects } from './entry';
import { writeResource } from './entry-text';

export interface EntriesOfTest {
  readonly entries: readonly RequestEntry[];
}

/** SDKs send the same id with all attempts of a call. */
export const callIdHeader = 'amz-sdk-invocation-id';

/** The number of calls that are remembered. A test leaves fewer calls running. */
const REMEMBERED = 100;
/** The number of names of buckets and objects that are kept for a failed test. */
const WRITTEN = 1000;

/** A bucket, or an object in it. */
type Place = Pick<RequestEntry, 'bucket' | 'key'>;

function placeOf({ bucket, key = '' }: Place): string {
  return `${bucket}/${key}`;
}

/** What is behind the last slash of a key, whatever its case. */
function fileNameOf({ key = '' }: Place): string {
  return key.slice(key.lastIndexOf('/') + 1).toLowerCase();
}

/** Whether a request has written an object, or a bucket or a part of its settings. Others, such as those of tags or of a part, name a key as well. */
function isWrite({ method, status, error, key, operation }: RememberedCall): boolean {
  const isOfPlace = key === undefined || key === '' || writesOfObjects.has(operation);
  return isOfPlace && (method === 'PUT' || method === 'POST') && error === undefined && status > 0 && status < 300;
}

function addLast(names: Set<string>, name: string): void {
  names.delete(name);
  names.add(name);
  const [oldest] = names;
  if (oldest !== undefined && names.size > WRITTEN) names.delete(oldest);
}

export function callIdOf({ headers }: Pick<RequestEntry, 'headers'>): string | undefined {
  return headers[callIdHeader];
}

interface RememberedCalls {
  readonly length: number;
  at(index: number): RememberedCall | undefined;
}

function lastOf(entries: RememberedCalls): readonly (RememberedCall | undefined)[] {
  return Array.from({ length: Math.min(entries.length, REMEMBERED) }, (_, index) => entries.at(-1 - index));
}

type RememberedCall = Pick<RequestEntry, 'headers' | 'method' | 'status' | 'error' | 'bucket' | 'key' | 'operation'>;

/** The calls of earlier tests. If a later attempt of such a call comes, it belongs to the earlier test. */
export class EarlierCalls {
  #ids: Set<string | undefined> = new Set();
  /** The buckets and objects that the calls wrote last. */
  readonly #written = new Set<string>();
  /** What requests wrote that the test has cleared from the journal, and no reset has removed yet. */
  readonly #cleared = new Set<string>();
  readonly #counts = new Map<string, number>();
  /** What the present test had written before it reset the mock itself. */
  #own: ReadonlySet<string> = new Set();

  rememberOwn(entries: readonly RememberedCall[]): void {
    this.#own = new Set(entries.filter(isWrite).map(placeOf));
  }

  rememberCalls(entries: RememberedCalls): void {
    this.#own = new Set();
    this.#ids = new Set(lastOf(entries).map((entry) => entry && callIdOf(entry)));
  }

  rememberWritten(entries: RememberedCalls): void {
    for (const entry of lastOf(entries).toReversed())
      if (entry !== undefined && isWrite(entry)) addLast(this.#cleared, placeOf(entry));
  }

  /** A reset removes what the cleared requests wrote. */
  noteReset(): void {
    for (const name of this.#cleared) addLast(this.#written, name);
    this.#cleared.clear();
  }

  /** Whether calls came before the last reset, and each had an id, which the SDK v2 does not send. */
  get areNumbered(): boolean {
    return this.#ids.size > 0 && !this.#ids.has(undefined);
  }

  /** Counts the requests by their operations. */
  rememberCounts(entries: RememberedCalls): void {
    this.#counts.clear();
    for (const entry of lastOf(entries)) {
      const { operation } = entry ?? {};
      if (operation !== undefined) this.#counts.set(operation, (this.#counts.get(operation) ?? 0) + 1);
    }
  }

  /** The number of requests of an operation that came before the last reset, as far as they are remembered. */
  countOf(operation: string): number {
    return this.#counts.get(operation) ?? 0;
  }

  /** Returns undefined if an earlier test has written nothing of what the test misses. */
  writeLost(entries: readonly RequestEntry[], missing: readonly Place[]): string | undefined {
    if (this.#written.size === 0) return undefined;
    const place = missing.find((one) => this.#written.has(placeOf(one)));
    // What this test has written or deleted is not there for its own reason.
    const isOwn = (entry: RequestEntry) => isWrite(entry) || (entry.method === 'DELETE' && entry.error === undefined);
    if (place === undefined || entries.some((entry) => isOwn(entry) && placeOf(entry) === placeOf(place)))
      return undefined;
    const name = writeResource(place);
    if (this.#own.has(placeOf(place))) return writeOwnReset(name);
    return `A request before the last reset wrote ${name}, perhaps in an earlier test, and the mock is reset before each test: put it into the fixture, or write it in this test.`;
  }

  /**
   * Says that an object which no request has written since the last reset was written before it, so that the code may remember that. An object
   * that the test has written under such a name, in another folder or bucket, is likelier the one that it means.
   */
  writeRemembered(place: Place, entries: readonly RequestEntry[]): string | undefined {
    if (entries.some((entry) => isWrite(entry) && fileNameOf(entry) === fileNameOf(place))) return undefined;
    const name = writeResource(place);
    if (this.#own.has(placeOf(place))) return writeOwnReset(name);
    return this.#written.has(placeOf(place))
      ? `A request before the last reset wrote ${name}, perhaps in an earlier test, and none has since then: put it into the fixture, or write it in this test. If the code remembers what it has sent, for instance in a Map of its module, clear that before each test.`
      : undefined;
  }

  has(headers: ReadonlyMap<string, string>): boolean {
    const id = headers.get(callIdHeader);
    return id !== undefined && this.#ids.has(id);
  }

  /** Remembers the call of a late request as a call of an earlier test, so that its further attempts count as late too. */
  add(headers: ReadonlyMap<string, string>): void {
    const id = headers.get(callIdHeader);
    if (id !== undefined && this.#ids.size < 2 * REMEMBERED) this.#ids.add(id);
  }
}

function writeOwnReset(name: string): string {
  return `This test called s3.reset() after a request had written ${name}, so that the mock returned to its fixtures: s3.requests.clear() forgets the requests alone.`;
}
