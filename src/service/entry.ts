import { aws } from '../dialects';
import type { RequestEntry } from '../journal/entry';
import type { Caller } from '../model/identity/account';
import type { S3Error } from '../refusals';
import type { WireReply, WireRequest } from '../wire';
import type { Call } from './call';
import { faultWithEntries, type Outcome } from './failures/outcome';
import { notesOf } from './notes';
import { whyOf, writeReasons } from './why';

/** Makes the journal's entry of a call and its outcome. */
export function entryOf(call: Call, outcome: Outcome): RequestEntry {
  const { output, refusal, reply } = outcome;
  const fault = faultWithEntries(outcome, call.failedEntries);
  const { request, found, recorded, caller, now } = call;
  const { wire, dialect, method, query } = request;
  const worded = refusal && dialect.answers.wordsOf(refusal);
  const entry = {
    service: 's3',
    operation: found.row?.name,
    input: recorded,
    bucket: request.bucket,
    key: request.key,
    versionId: query.get('versionId'),
    caller: callerEntry(caller),
    dialect: dialect.name,
    method,
    url: urlOf(wire),
    headers: recordOf(wire.headers),
    body: request.form === undefined ? request.body : wire.body,
    status: reply.status,
    error: worded && { code: worded.code, message: worded.message },
    // A test that made the request fail knows the reason.
    why: refusal ? (outcome.fault === undefined ? whyOf(refusal, dialect) : refusal.why) : writeReasons(call.reasons),
    notes: notesOf(call),
    output,
    time: new Date(now),
    client: clientName(wire.headers.get('user-agent')),
  };
  return (fault === undefined ? entry : { ...entry, fault }) as RequestEntry; // the operation's own members, read by its own declaration
}

/** The caller as entries name it. */
export function callerEntry({ account, user, role, session, accessKeyId }: Caller): RequestEntry['caller'] {
  if (account === undefined) return 'anonymous';
  if (role === undefined) return { account: account.id, user, accessKeyId };
  return { account: account.id, user, role, session: session?.name, accessKeyId };
}

/** The headers as an object. Object.fromEntries takes six times as long. */
export function recordOf(headers: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  // An assignment to that name makes no member.
  if (headers.has('__proto__')) return Object.fromEntries(headers);
  const record: Record<string, string> = {};
  for (const [name, value] of headers) record[name] = value;
  return record;
}

/** Makes the entry of a request that the mock refused before it read an operation from it. */
export function strayEntryOf(wire: WireRequest, refusal: S3Error, reply: WireReply, now: number): RequestEntry {
  const { code, message } = aws.answers.wordsOf(refusal);
  return {
    ...{ operation: undefined, input: {}, output: undefined, bucket: undefined, key: undefined, versionId: undefined },
    service: undefined,
    caller: 'anonymous',
    dialect: wire.endpoint.dialect,
    method: wire.method,
    url: urlOf(wire),
    headers: recordOf(wire.headers),
    body: wire.body,
    status: reply.status,
    error: { code, message },
    why: refusal.why,
    notes: [],
    time: new Date(now),
    client: clientName(wire.headers.get('user-agent')),
  };
}

/** The whole URL of a request, as the client wrote it. */
export function urlOf({ secure, headers, host, url }: WireRequest): string {
  return `${secure ? 'https' : 'http'}://${headers.get('host') ?? host}${url}`;
}

const LONGEST = 40;

/** The first product of a User-Agent, which names the client itself: `aws-sdk-js/3.1169.0`, `MinIO`, `axios/1.21.1`. */
export function clientName(userAgent: string | undefined): string | undefined {
  const product = userAgent?.trim().split(/\s/, 1)[0];
  return product === undefined || product === '' ? undefined : product.slice(0, LONGEST);
}
