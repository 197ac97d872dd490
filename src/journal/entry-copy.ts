import type { RequestEntry, RequestFailure } from './entry';

/** The members that the journal replaces; those of the operation are known to be the same under the same names. */
type Replaced = Partial<Pick<RequestEntry, 'body' | 'headers' | 'notes' | 'dropped'>> & {
  readonly input?: object;
  readonly output?: object | undefined;
};

/**
 * A copy of an entry with other values of some members. It is written out, since V8 gives each copy by `{ ...entry }` a hidden class of its own
 * once it is frozen: such entries take twice the time to read, and more memory.
 */
export function withMembers(entry: RequestEntry, members: Replaced): RequestEntry {
  const copy = {
    service: entry.service,
    operation: entry.operation,
    input: entry.input,
    bucket: entry.bucket,
    key: entry.key,
    versionId: entry.versionId,
    caller: entry.caller,
    dialect: entry.dialect,
    method: entry.method,
    url: entry.url,
    headers: entry.headers,
    body: entry.body,
    status: entry.status,
    error: entry.error,
    why: entry.why,
    notes: entry.notes,
    output: entry.output,
    time: entry.time,
    client: entry.client,
  };
  const { failure, dropped } = entry;
  // The same members under the same names.
  const whole = Object.assign(copy, dropped && { dropped }, members);
  return (failure === undefined ? whole : withFailure(whole, failure)) as RequestEntry;
}

/** Gives an entry its failure, also under the older name, which is in no list of members. */
export function withFailure<Entry extends object>(entry: Entry, failure: RequestFailure): Entry {
  Object.defineProperty(entry, 'fault', { value: failure });
  return Object.assign(entry, { failure });
}
