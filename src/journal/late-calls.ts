import type { RequestEntry } from './entry';

/** The headers in which AWS's SDKs name a call and number its attempts. */
const CALL_ID = 'amz-sdk-invocation-id';
const ATTEMPT = 'amz-sdk-request';

/** The first words of the remark on a request that came late. */
export const lateCall = 'its call began';
/** More calls than a test leaves behind that go on. */
const REMEMBERED = 100;

/** The id of the SDK's call that a request is an attempt of; undefined if its client sends none. */
export function callIdOf({ headers }: RequestEntry): string | undefined {
  return headers[CALL_ID];
}

/** The calls whose requests a journal had when it was cleared. Their later attempts are those of an earlier test. */
export class EarlierCalls {
  #ids: ReadonlySet<string | undefined> = new Set();

  /** Remembers the calls of the last requests, in place of those of before. */
  remember(entries: { readonly length: number; at(index: number): RequestEntry | undefined }): void {
    const last = Array.from({ length: Math.min(entries.length, REMEMBERED) }, (_, index) => entries.at(-1 - index));
    this.#ids = new Set(last.map((entry) => entry && callIdOf(entry)));
  }

  /** The remark on an attempt of one of these calls; undefined for any other request. */
  noteOn(entry: RequestEntry): string | undefined {
    const id = callIdOf(entry);
    if (id === undefined || !this.#ids.has(id)) return undefined;
    const attempt = /^attempt=\d+/.exec(entry.headers[ATTEMPT] ?? '')?.[0].replace('=', ' ') ?? 'another attempt';
    return `${lateCall} before the journal was cleared, in an earlier test perhaps, and this is ${attempt}. Await the call in the test that makes it`;
  }
}
