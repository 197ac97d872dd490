import { aws } from '../dialects';
import { SparseBody } from '../formats/sparse-body';
import { type RequestEntry, type ServiceName, withFailure } from '../journal/entry';
import { writeAccessPointArn } from '../model/access-points';
import type { S3Error } from '../refusals';
import { keepReasons } from '../text/kept-reasons';
import type { Said } from '../text/reason';
import type { WireReply, WireRequest } from '../wire';
import { describeMisspeltRegion } from './bucket-check';
import type { Call } from './call';
import { failureWithEntries, type Outcome } from './failures/outcome';
import type { RepeatedParts } from './repeated-parts';
import { describeUnchecked, writeReasons, writeWhy } from './why';

export function makeEntry(call: Call, outcome: Outcome, parts: RepeatedParts): RequestEntry {
  const { output, refusal, reply } = outcome;
  const failure = failureWithEntries(outcome, call.failedEntries);
  const { request, found, recorded, caller, now } = call;
  const { wire, dialect, method, query } = request;
  const worded = refusal && dialect.answers.wordsOf(refusal);
  // A test that made the request fail knows the reason.
  const why = refusal
    ? outcome.failure === undefined
      ? writeWhy(refusal, dialect)
      : refusal.why
    : writeReasons(call.reasons);
  const notes = collectNotes(call, refusal);
  const entry = {
    service: serviceOf(call),
    operation: found.row?.name,
    input: recorded,
    bucket: request.bucket,
    key: request.key,
    versionId: query.get('versionId'),
    caller: parts.callerOf(caller),
    dialect: dialect.name,
    method,
    url: parts.urlOf(wire),
    headers: Object.fromEntries(wire.headers),
    body: request.form === undefined ? request.body : wire.body,
    status: reply.status,
    error: worded && { code: worded.code, message: worded.message },
    why: why && String(why),
    notes: notes === none ? noTexts : notes.map(String),
    output: output && copyPresentMembers(output),
    time: new Date(now),
    client: parts.clientOf(wire),
  };
  const point = request.accessPoint?.point;
  if (point !== undefined) Object.assign(entry, { accessPoint: writeAccessPointArn(point) });
  if (why !== undefined || notes !== none) keepReasons(entry, { why, notes });
  return (failure === undefined ? entry : withFailure(entry, failure)) as RequestEntry; // the operation's own members, read by its own declaration
}

export function makeStrayEntry(
  wire: WireRequest,
  refusal: S3Error,
  reply: WireReply,
  now: number,
  parts: RepeatedParts,
): RequestEntry {
  const { code, message } = aws.answers.wordsOf(refusal);
  const entry: RequestEntry = {
    ...{ operation: undefined, input: {}, output: undefined, bucket: undefined, key: undefined, versionId: undefined },
    service: undefined,
    caller: 'anonymous',
    dialect: wire.endpoint.dialect,
    method: wire.method,
    url: parts.urlOf(wire),
    headers: Object.fromEntries(wire.headers),
    body: wire.body,
    status: reply.status,
    error: { code, message },
    why: refusal.why && String(refusal.why),
    notes: [],
    time: new Date(now),
    client: parts.clientOf(wire),
  };
  return keepReasons(entry, { why: refusal.why });
}

/** A long placeholder is not kept. */
function copyPresentMembers(output: object): object {
  const members: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(output))
    if (value !== undefined && !(value instanceof SparseBody)) members[name] = value;
  return members;
}

/** IBM Cloud's tokens are operations of S3 in the journal. */
function serviceOf({ request: { service } }: Call): ServiceName {
  return service === 's3-control' ? service : 's3';
}

// Shared by all requests without a note.
const none: readonly Said[] = Object.freeze([]);
const noTexts: readonly string[] = Object.freeze([]);

function collectNotes(call: Call, refusal: S3Error | undefined): readonly Said[] {
  const { request, handlerNotes } = call;
  const unchecked = describeUnchecked(call.unchecked, refusal, serviceOf(call), request.dialect);
  const overHttp = describeMfaOverHttp(call);
  const misspelt = describeMisspeltRegion(request.endpoint.region, request.dialect);
  if ((unchecked ?? overHttp ?? misspelt ?? handlerNotes) === undefined) return none;
  return [unchecked, overHttp, misspelt, ...(handlerNotes?.lines() ?? [])].filter((note) => note !== undefined);
}

// F204
function describeMfaOverHttp({ request: { wire, headers } }: Call): string | undefined {
  if (wire.secure || !headers.has('x-amz-mfa')) return undefined;
  return 'x-amz-mfa came over http; S3 takes it over https alone, and the mock over both';
}
