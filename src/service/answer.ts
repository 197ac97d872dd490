import type { Stamp } from '../dialects';
import { firstRegion } from '../formats/regions';
import type { RequestEntry } from '../journal/entry';
import type { Origin } from '../model/changes';
import type { Caller } from '../model/identity/account';
import { anonymous } from '../model/identity/caller';
import type { Store } from '../model/store';
import type { BatchEntry, Context, FurtherAction } from '../operations/operation';
import { findOperation, type NamedOperation } from '../operations/table';
import { bind } from '../protocol/document/binding';
import { readFormRequest } from '../protocol/form/form-request';
import { writeRefusal, writeRefusalIn200 } from '../protocol/reply/refusal';
import { writeReply } from '../protocol/reply/reply';
import { readRequest } from '../protocol/request/request';
import { type GivenError, type Header, refusalForFailure, S3Error } from '../refusals';
import type { Accept, Answer, CaptureRefusal, WireDelay, WireReply, WireRequest } from '../wire';
import { refusalOf } from './access';
import { attempt } from './attempt';
import { refusalForMissingBucket } from './bucket-check';
import type { Call } from './call';
import { callerOf } from './caller';
import { check, checkAddress, isHeadRefused, rowOf } from './checks';
import { answerPreflight, crossOriginHeadersOf } from './cors';
import { entryOf, strayEntryOf } from './entry';
import { disturb, type Outcome } from './failures/outcome';
import type { FailureRules, TakenFailures } from './failures/rules';
import type { Failure } from './failures/steps';
import { addNote } from './handler-notes';
import { type RepeatedParts, urlOf } from './repeated-parts';
import { chargeOf } from './request-payment';
import { refusalForCapture, replyToStray, stampOf } from './stray-replies';

/** The parts of the mock that answering needs. */
interface AnswerOptions {
  readonly store: Store;
  /** Whether signatures are checked. By default the mock believes them. */
  readonly verifySignatures?: boolean;
  readonly journal: {
    /** Adds a request; `sender` is that of the capture. */
    append(entry: RequestEntry, sender: object | undefined): void;
    /** Adds a request that is not this journal's, since it began before a reset. */
    addLate(request: string): void;
  };
  /** The parts that entries share. */
  readonly parts: RepeatedParts;
  readonly rules: Pick<FailureRules, 'take'>;
  /** Called when a request begins, before anything of it is read, and again when the wait of a delayed one is over. */
  readonly onRequest: () => void;
  /** Takes a thrown value that is not a refusal of S3. It is a bug in the mock. */
  readonly onBug: (bug: unknown) => void;
}

/** Answers requests, one whole request at a time. */
export interface Answerer {
  readonly accept: Accept;
  /** Answers a case in which capture has no request. */
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
  /** Refuses all requests that have begun, so that they are not applied. */
  readonly refusePending: (why: 'MockReset' | 'MockStopped') => void;
}

/** The time between two resets. A request that began in it is not applied once it is over. */
interface Era {
  why?: 'MockReset' | 'MockStopped';
  /** Functions, each of which ends the wait of a delayed request. */
  readonly waiting: Set<() => void>;
}

/** Makes an answerer for a store. It writes each request into a journal. */
export function createAnswerer(options: AnswerOptions): Answerer {
  const { store, onRequest, onBug } = options;
  let present: Era = { waiting: new Set() };
  const refusesHead = (head: WireRequest) => {
    try {
      return isHeadRefused(readCall(options, head));
    } catch {
      // A bug of the mock, which the answer to the whole request meets again and reports.
      return false;
    }
  };
  const refusalForBug = (thrown: unknown) => refusalForThrown(thrown, onBug);

  return {
    accept() {
      onRequest();
      const era = present;
      const answer: Answer = (wire) => answerIn(era, wire, options);
      answer.refusesHead = refusesHead;
      return answer;
    },
    refuse(given) {
      const refusal = refusalForCapture(given, refusalForBug);
      const reply = replyToStray(store, { method: 'GET' }, refusal);
      if (given.kind === 'unknown-host') {
        onRequest();
        const entry = strayEntryOf(given.request, refusal, reply, store.clock.now(), options.parts);
        options.journal.append(entry, given.request.sender);
      }
      return reply;
    },
    refusePending(why) {
      const { waiting } = present;
      present.why = why;
      present = { waiting: new Set() };
      for (const endNow of [...waiting]) endNow();
    },
  };
}

/** Answers a request that began in an era. */
function answerIn(era: Era, wire: WireRequest, options: AnswerOptions): WireReply | WireDelay {
  if (era.why !== undefined) return refuseLate(era.why, wire, options);
  const call = readCall(options, wire);
  const { failure, failEntry } = options.rules.take(call.found.row?.name, call.recorded);
  return failure?.kind === 'delay'
    ? delay(wire, era, { failure, failEntry }, options)
    : settle(call, { failure, failEntry }, options);
}

function delay(
  wire: WireRequest,
  era: Era,
  taken: TakenFailures & { readonly failure: Failure & { readonly kind: 'delay' } },
  options: AnswerOptions,
): WireDelay {
  let overtaken: () => void = () => {};
  return {
    milliseconds: taken.failure.milliseconds,
    onOvertaken(endNow) {
      overtaken = endNow;
      era.waiting.add(endNow);
    },
    reply() {
      era.waiting.delete(overtaken);
      options.onRequest();
      if (era.why !== undefined) return refuseLate(era.why, wire, options);
      return settle(readCall(options, wire), taken, options);
    },
  };
}

/**
 * Refuses a request that was overtaken by a reset or the stop. After a reset, the journal is that of the next test, whose requests this one is
 * not: it is only counted there.
 */
function refuseLate(why: NonNullable<Era['why']>, wire: WireRequest, { store, journal }: AnswerOptions): WireReply {
  if (why === 'MockReset') journal.addLate(`${wire.method} ${urlOf(wire)}`);
  return replyToStray(store, wire, new S3Error(why));
}

/** Carries out a call, or makes it fail, and writes it into the journal. */
function settle(call: Call, { failure, failEntry }: TakenFailures, options: AnswerOptions): WireReply {
  const { store, journal, onBug } = options;
  call.failEntry = failEntry;
  const carryOut = () => {
    call.caller = anonymous;
    return apply(call, onBug);
  };
  const refuse = (error: string | GivenError, status: 200 | undefined) =>
    refusedOutcome(
      call,
      refusalForFailure(error, { ...call.request, dialect: call.request.dialect.name }),
      stampOf(store, call.request.dialect),
      crossOriginHeadersOf(call),
      status,
    );
  // A request that is not applied is not checked either. The journal names its caller all the same.
  if (failure) call.caller = readableCaller(call);
  const outcome = failure === undefined ? carryOut() : disturb(failure, { carryOut, refuse });
  journal.append(entryOf(call, outcome, options.parts), call.request.wire.sender);
  return outcome.reply;
}

function readCall({ store, verifySignatures = false }: AnswerOptions, wire: WireRequest): Call {
  const sent = readRequest(wire);
  const bucket = sent.bucket === undefined ? undefined : store.buckets.get(sent.bucket);
  const found = findOperation(sent);
  const request = found.row?.takesForm ? readFormRequest(sent) : sent;
  const { input, recorded, refusals } = bind(found.row?.input ?? noMembers, request);
  const now = store.clock.now();
  return {
    store,
    request,
    found,
    input,
    recorded,
    refusals,
    bucket,
    now,
    verifySignatures,
    received: undefined,
    caller: anonymous,
    policy: undefined,
    reasons: undefined,
    handlerNotes: undefined,
    failEntry: undefined,
    failedEntries: undefined,
  };
}

const noMembers = {};

function readableCaller({ store, request: { identity, dialect } }: Call): Caller {
  try {
    return identity instanceof S3Error ? anonymous : callerOf(store, identity, dialect);
  } catch {
    return anonymous;
  }
}

function apply(call: Call, onBug: (bug: unknown) => void): Outcome {
  const { request, store } = call;
  const stamp = stampOf(store, request.dialect);
  // A request that changes the rules is still answered by the old ones.
  const crossOrigin = crossOriginHeadersOf(call);
  try {
    if ('preflight' in call.found) {
      checkAddress(call);
      return { reply: answerPreflight(call, call.found.preflight, stamp) };
    }
    check(call);
    const row = rowOf(call);
    const charge = chargeOf(call);
    // An answer that cannot be written is a bug, which leaves nothing changed either: a client that reads of an error may try again.
    return store.transaction(
      () => {
        const output = row.handle?.(contextOf(call), call.input);
        return { output, reply: writeReply(row, output ?? {}, request, stamp, [...charge, ...crossOrigin]) };
      },
      () => originOf(row, call, stamp),
    );
  } catch (thrown) {
    return refusedOutcome(call, refusalForThrown(thrown, onBug), stamp, crossOrigin);
  }
}

function originOf({ name }: NamedOperation, { caller, now }: Call, { requestId }: Stamp): Origin {
  return { cause: { by: 'request', operation: name, caller, requestId }, time: now };
}

function refusedOutcome(
  call: Call,
  refusal: S3Error,
  stamp: Stamp,
  crossOrigin: readonly Header[],
  status?: 200,
): Outcome {
  const { request, found } = call;
  if (status === 200 && found.row)
    return { refusal, reply: writeRefusalIn200(refusal, request, stamp, crossOrigin, found.row) };
  const extra = [...regionOfRefusal(call, refusal), ...crossOrigin];
  return { refusal, reply: writeRefusal(refusal, request, stamp, extra, found.row) };
}

function contextOf(call: Call): Context {
  const { store, request, bucket, caller, now, policy } = call;
  const context: Record<keyof Context, unknown> = {
    refusalOf: (asked: FurtherAction) => refusalOf(call, asked),
    checkAccess(asked: FurtherAction, introduction?: string) {
      const refusal = refusalOf(call, asked);
      if (refusal) throw introduction === undefined ? refusal : refusal.introducedBy(introduction);
    },
    attempt: (entry: BatchEntry, action: () => unknown) => attempt(call, entry, action),
    note: (write: () => string) => addNote(call, write),
    store,
    request,
    caller,
    now,
    policy,
    bucket,
  };
  if (bucket === undefined) {
    const get = () => {
      throw refusalForMissingBucket(store, request.bucket ?? '');
    };
    Object.defineProperty(context, 'bucket', { get, enumerable: true });
  }
  return context as unknown as Context; // a bucket that is missing throws when it is read
}

function refusalForThrown(thrown: unknown, onBug: (bug: unknown) => void): S3Error {
  if (thrown instanceof S3Error) return thrown;
  onBug(thrown);
  const problem = thrown instanceof Error ? thrown.message : String(thrown);
  return new S3Error('MockInternalError', { problem }, thrown instanceof Error ? thrown.stack : problem);
}

/**
 * Amazon S3 names a bucket's region in every answer to a HEAD of the bucket, refused or not, and to those who may not list the bucket; to
 * those who may not use an object it does not (F527).
 */
function regionOfRefusal({ request, found, bucket }: Call, refusal: S3Error): readonly Header[] {
  if (!request.dialect.buckets.areRegional || bucket === undefined) return [];
  const isHead = request.method === 'HEAD' && request.key === undefined;
  const isListing = found.row?.action === 's3:ListBucket';
  const isDenied = isListing && request.dialect.answers.wordsOf(refusal).code === 'AccessDenied';
  const { region } = request.endpoint;
  const isElsewhere = bucket.region !== undefined && region !== undefined && bucket.region !== region;
  return (isHead || isDenied) && !isElsewhere ? [['x-amz-bucket-region', bucket.region ?? firstRegion]] : [];
}
