import { aws, type Dialect, dialects } from '../dialects';
import type { OperationName, RequestEntry, ServiceName } from '../journal/entry';
import { clientName, type SeldomFacts, UnreadEntry } from '../journal/unread-entry';
import { writeAccessPointArn } from '../model/access-points';
import type { S3Error } from '../refusals';
import { keepReasons } from '../text/kept-reasons';
import type { Said } from '../text/reason';
import type { DialectName, WireReply, WireRequest } from '../wire';
import { describeMisspeltRegion } from './bucket-check';
import type { Call, Signing } from './call';
import { failureWithEntries, type Outcome } from './failures/outcome';
import type { RepeatedParts } from './repeated-parts';
import { findUncheckedRefusal } from './unchecked-signature';
import { describeUnchecked, writeReasons, writeWhy } from './why';

export function makeEntry(call: Call, outcome: Outcome, parts: RepeatedParts): UnreadEntry {
  return new AnsweredCall(call, outcome, parts);
}

/** What few calls have. */
interface SeldomFactsOfCall extends SeldomFacts {
  readonly refused?: S3Error['refusal'] | undefined;
  readonly notes?: readonly Said[];
  readonly unchecked?: S3Error | undefined;
}

/** Contains what may change before somebody reads the entry. */
class AnsweredCall extends UnreadEntry {
  // Declared alone: as fields, each would be set twice.
  declare readonly service: ServiceName;
  declare readonly operation: OperationName | undefined;
  declare input: object;
  declare readonly bucket: string | undefined;
  declare readonly key: string | undefined;
  declare readonly versionId: string | undefined;
  declare readonly caller: RequestEntry['caller'];
  declare readonly dialect: DialectName;
  declare readonly method: string;
  declare readonly url: string;
  declare readonly headers: RequestEntry['headers'];
  declare body: Uint8Array | undefined;
  declare readonly status: number;
  declare output: object | undefined;
  declare readonly time: number;
  declare readonly seldom: SeldomFactsOfCall;
  readonly #signing: Signing | undefined;

  constructor(call: Call, outcome: Outcome, parts: RepeatedParts) {
    super();
    const { request, found, signing } = call;
    const { wire } = request;
    this.service = serviceOf(call);
    this.operation = found.row?.name;
    this.input = call.recorded;
    this.bucket = request.bucket;
    this.key = request.key;
    this.versionId = request.query.get('versionId');
    this.caller = parts.callerOf(call.caller);
    this.dialect = request.dialect.name;
    this.method = request.method;
    this.url = parts.urlOf(wire);
    this.headers = parts.headersOf(wire);
    this.body = request.form === undefined ? request.body : wire.body;
    this.status = outcome.reply.status;
    this.output = parts.outputOf(outcome.output);
    this.time = call.now;
    this.seldom = readSeldom(call, outcome);
    this.#signing = signing && parts.signingOf(signing);
  }

  protected override makeNotes(): readonly Said[] {
    const { refused, notes = none, unchecked = this.#findUnchecked() } = this.seldom;
    const note = describeUnchecked(unchecked, refused, this.service, dialects[this.dialect]);
    return note === undefined ? notes : [note, ...notes];
  }

  #findUnchecked(): S3Error | undefined {
    return this.#signing && findUncheckedRefusal(this, this.#signing);
  }
}

const ordinary: SeldomFactsOfCall = Object.freeze({});

function readSeldom(call: Call, outcome: Outcome): SeldomFactsOfCall {
  const { request, reasons, unchecked, failedEntries } = call;
  const { refusal, failure } = outcome;
  const point = request.accessPoint?.point;
  const notes = collectNotes(call);
  if ((refusal ?? failure ?? reasons ?? unchecked ?? failedEntries ?? point) === undefined && notes === none)
    return ordinary;
  const worded = refusal && request.dialect.answers.wordsOf(refusal);
  return {
    accessPoint: point && writeAccessPointArn(point),
    error: worded && { code: worded.code, message: worded.message },
    why: refusal === undefined ? writeReasons(reasons) : whyRefused(refusal, outcome, request.dialect),
    failure: failureWithEntries(outcome, failedEntries),
    refused: refusal?.refusal,
    notes,
    unchecked,
  };
}

/** A test that made the request fail knows the reason. */
function whyRefused(refusal: S3Error, { failure }: Outcome, dialect: Dialect): Said | undefined {
  return failure === undefined ? writeWhy(refusal, dialect) : refusal.why;
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
    headers: parts.headersOf(wire),
    body: wire.body,
    status: reply.status,
    error: { code, message },
    why: refusal.why && String(refusal.why),
    notes: [],
    time: new Date(now),
    client: clientName(wire.headers.get('user-agent')),
  };
  return keepReasons(entry, { why: refusal.why });
}

/** IBM Cloud's tokens are operations of S3 in the journal. */
function serviceOf({ request: { service } }: Call): ServiceName {
  return service === 's3-control' ? service : 's3';
}

// Shared by all requests without a note.
const none: readonly Said[] = Object.freeze([]);

/** Collects the notes, except the note on the signature. */
function collectNotes(call: Call): readonly Said[] {
  const { request, handlerNotes } = call;
  const overHttp = describeMfaOverHttp(call);
  const misspelt = describeMisspeltRegion(request.endpoint.region, request.dialect);
  if ((overHttp ?? misspelt ?? handlerNotes) === undefined) return none;
  return [overHttp, misspelt, ...(handlerNotes?.lines() ?? [])].filter((note) => note !== undefined);
}

// F204
function describeMfaOverHttp({ request: { wire, headers } }: Call): string | undefined {
  if (wire.secure || !headers.has('x-amz-mfa')) return undefined;
  return 'the request sent x-amz-mfa over http; the mock accepts it, but S3 accepts it only over https';
}
