import { aws, type Dialect } from '../dialects';
import type { RequestEntry, ServiceName } from '../journal/entry';
import { makeEntry as makeRecord } from '../journal/entry-record';
import { writeAccessPointArn } from '../model/access-points';
import type { S3Error } from '../refusals';
import type { Said } from '../text/reason';
import type { WireReply, WireRequest } from '../wire';
import { describeMisspeltRegion } from './bucket-check';
import type { Call } from './call';
import { describeCaller, readOutput, readWireParts } from './entry-parts';
import { failureWithEntries, type Outcome } from './failures/outcome';
import { writeReasons, writeWhy } from './why';

export function makeEntry(call: Call, outcome: Outcome): RequestEntry {
  const { request, found, failedEntries, endless } = call;
  const { wire, dialect } = request;
  const { refusal, reply } = outcome;
  const worded = refusal && dialect.answers.wordsOf(refusal);
  const point = request.accessPoint?.point;
  const failure = failureWithEntries(outcome, failedEntries, endless);
  return makeRecord({
    service: serviceOf(call),
    operation: found.row?.name,
    input: call.recorded,
    bucket: request.bucket,
    key: request.key,
    versionId: request.query.get('versionId'),
    caller: describeCaller(call.caller),
    dialect: dialect.name,
    method: request.method,
    ...readWireParts(wire),
    body: request.form === undefined ? request.body : wire.body,
    status: reply.status,
    error: worded && { code: worded.code, message: worded.message },
    why: refusal === undefined ? writeReasons(call.reasons) : whyRefused(refusal, outcome, dialect),
    notes: collectNotes(call),
    output: readOutput(outcome.output),
    time: new Date(call.now),
    ...(point && { accessPoint: writeAccessPointArn(point) }),
    ...(request.visited !== undefined && { website: writeLoggedVisit(request.method) }),
    ...(failure && { failure }),
  });
}

/** The operation in S3's access log (F1800). */
function writeLoggedVisit(method: string): string {
  if (method === 'OPTIONS') return 'WEBSITE.OPTIONS.PREFLIGHT';
  return method === 'GET' || method === 'HEAD' ? `WEBSITE.${method}.OBJECT` : 'WEBSITE.INVALIDOPERATION';
}

/** A test that made the request fail knows the reason. */
function whyRefused(refusal: S3Error, { failure }: Outcome, dialect: Dialect): Said | undefined {
  return failure === undefined ? writeWhy(refusal, dialect) : refusal.why;
}

export function makeStrayEntry(wire: WireRequest, refusal: S3Error, reply: WireReply, now: number): RequestEntry {
  const { code, message } = aws.answers.wordsOf(refusal);
  return makeRecord({
    service: undefined,
    operation: undefined,
    input: {},
    ...{ bucket: undefined, key: undefined, versionId: undefined },
    caller: 'anonymous',
    dialect: wire.endpoint.dialect,
    method: wire.method,
    ...readWireParts(wire),
    body: wire.body,
    status: reply.status,
    error: { code, message },
    why: refusal.why,
    notes: [],
    output: undefined,
    time: new Date(now),
  });
}

/** IBM Cloud's tokens are operations of S3 in the journal. */
function serviceOf({ request: { service } }: Call): ServiceName {
  return service === 's3-control' ? service : 's3';
}

function collectNotes(call: Call): readonly Said[] {
  const { request, handlerNotes } = call;
  return [
    describeMfaOverHttp(call),
    describeMisspeltRegion(request.endpoint.region, request.dialect),
    describeEmptyKey(call),
    ...(handlerNotes?.lines() ?? []),
  ].filter((note) => note !== undefined);
}

/** SDKs name their operation in the query. Without a key, S3 takes the request for another operation, on the bucket. */
function describeEmptyKey({ request: { query, key, bucket }, found: { row } }: Call): string | undefined {
  const meant = query.get('x-id');
  if (key !== undefined || bucket === undefined || meant === undefined || row === undefined) return undefined;
  if (meant === row.name || !/Object|Part|Upload$/.test(meant)) return undefined;
  return `the client sent ${meant} with an empty key, which S3 takes for ${row.name}: give it a Key`;
}

// F204
function describeMfaOverHttp({ request: { wire, headers } }: Call): string | undefined {
  if (wire.secure || !headers.has('x-amz-mfa')) return undefined;
  return 'the request sent x-amz-mfa over http; the mock accepts it, but S3 accepts it only over https';
}
