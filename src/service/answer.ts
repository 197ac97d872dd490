import { loadXxhash } from '../formats/xxhash';
import type { RequestEntry } from '../journal/entry';
import type { Change } from '../model/changes';
import { anonymous } from '../model/identity/caller';
import { S3Error } from '../refusals';
import type { Accept, Answer, CaptureRefusal, WireDelay, WireReply, WireRequest } from '../wire';
import { strayEntryOf } from './entry';
import { disturb, type Outcome } from './failures/outcome';
import type { FailureRules, TakenFailures } from './failures/rules';
import type { Failure } from './failures/steps';
import { replyToOther } from './other-service';
import { type RepeatedParts, urlOf } from './repeated-parts';
import { s3 } from './s3-service';
import type { ReadOptions, ServedCall, Service } from './service';
import { refusalForCapture, replyToStray } from './stray-replies';
import { sts } from './sts-service';
import { refusalForThrown } from './thrown';
import { calledService, whyOther } from './which-service';
import { namesXxhash } from './xxhash-names';

/** The parts of the mock that answering needs. */
interface AnswerOptions extends ReadOptions {
  /** Whether STS is answered, beside S3. */
  readonly answersSts?: boolean;
  /** Does all that follows from a request that was answered. */
  readonly after: (request: AnsweredRequest) => void;
  /** Takes a request that belongs to an earlier test, since it began before a reset. */
  readonly onLate: (request: string) => void;
  /** The parts that entries share. */
  readonly parts: RepeatedParts;
  readonly rules: Pick<FailureRules, 'take'>;
  /** Called when a request begins, before anything of it is read, and again when the wait of a delayed one is over. */
  readonly onRequest: () => void;
  /** Takes a thrown value that is not a refusal of S3. It is a bug in the mock. */
  readonly onBug: (bug: unknown) => void;
}

/** A request with its answer, and what it changed. */
export interface AnsweredRequest {
  readonly entry: RequestEntry;
  /** That of the capture. */
  readonly sender: object | undefined;
  readonly changes: readonly Change[];
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
      // It loads while the body comes.
      if (namesXxhash(head) && loadXxhash() !== undefined) return false;
      return calledService(head, options) === 'sts'
        ? refusesHeadAs(sts, head, options)
        : refusesHeadAs(s3, head, options);
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
      if (given.kind !== 'unknown-host')
        return replyToStray(store, { method: 'GET' }, refusalForCapture(given, refusalForBug));
      onRequest();
      return refuseUnknown(given.request, given, options);
    },
    refusePending(why) {
      const { waiting } = present;
      present.why = why;
      present = { waiting: new Set() };
      for (const endNow of [...waiting]) endNow();
    },
  };
}

function refusesHeadAs<C extends ServedCall>(service: Service<C>, head: WireRequest, options: AnswerOptions): boolean {
  return service.isHeadRefused(service.read(options, head));
}

/** Answers a request that began in an era, as the service that it is for. */
function answerIn(era: Era, wire: WireRequest, options: AnswerOptions): WireReply | WireDelay {
  const loading = era.why === undefined && namesXxhash(wire) ? loadXxhash() : undefined;
  if (loading !== undefined) return waitFor(loading, era, options, () => answerIn(era, wire, options));
  const called = calledService(wire, options);
  if (called === 's3') return answerAs(s3, era, wire, options);
  if (called === 'sts') return answerAs(sts, era, wire, options);
  const { host } = wire;
  return refuseUnknown(wire, { host, why: whyOther(wire) }, options);
}

/** Refuses a request to a host, or for a service, that the mock does not answer. The journal has it all the same. */
function refuseUnknown(
  wire: WireRequest,
  { host, why }: { readonly host: string; readonly why: string },
  { store, after, parts }: AnswerOptions,
): WireReply {
  const refusal = new S3Error('MockUnknownHost', { host, why }, why);
  const reply = replyToOther(store, wire, refusal);
  const entry = strayEntryOf(wire, refusal, reply, store.clock.now(), parts);
  after({ entry, sender: wire.sender, changes: [] });
  return reply;
}

/** Answers a request as one of the services. */
function answerAs<C extends ServedCall>(
  service: Service<C>,
  era: Era,
  wire: WireRequest,
  options: AnswerOptions,
): WireReply | WireDelay {
  if (era.why !== undefined) return refuseLate(service, era.why, wire, options);
  const call = service.read(options, wire);
  const { failure, failEntry } = options.rules.take(service.operationOf(call), call.recorded);
  return failure?.kind === 'delay'
    ? delay(service, wire, era, { failure, failEntry }, options)
    : settle(service, call, wire, { failure, failEntry }, options);
}

function delay<C extends ServedCall>(
  service: Service<C>,
  wire: WireRequest,
  era: Era,
  taken: TakenFailures & { readonly failure: Failure & { readonly kind: 'delay' } },
  options: AnswerOptions,
): WireDelay {
  return waitFor(taken.failure.milliseconds, era, options, () => {
    if (era.why !== undefined) return refuseLate(service, era.why, wire, options);
    return settle(service, service.read(options, wire), wire, taken, options);
  });
}

/** Answers a request when a wait is over, or the era is. */
function waitFor(
  until: WireDelay['until'],
  era: Era,
  { onRequest }: AnswerOptions,
  reply: WireDelay['reply'],
): WireDelay {
  let overtaken: () => void = () => {};
  return {
    until,
    onOvertaken(endNow) {
      overtaken = endNow;
      era.waiting.add(endNow);
    },
    reply() {
      era.waiting.delete(overtaken);
      onRequest();
      return reply();
    },
  };
}

/**
 * Refuses a request that was overtaken by a reset or the stop. After a reset, the journal is that of the next test, whose requests this one is
 * not: it is only counted there.
 */
function refuseLate<C extends ServedCall>(
  service: Service<C>,
  why: NonNullable<Era['why']>,
  wire: WireRequest,
  { store, onLate }: AnswerOptions,
): WireReply {
  if (why === 'MockReset') onLate(`${wire.method} ${urlOf(wire)}`);
  return service.replyToLate(store, wire, new S3Error(why));
}

/** Carries out a call, or makes it fail, and does what follows from it. */
function settle<C extends ServedCall>(
  service: Service<C>,
  call: C,
  wire: WireRequest,
  { failure, failEntry }: TakenFailures,
  { after, parts, onBug }: AnswerOptions,
): WireReply {
  call.failEntry = failEntry;
  const outcome = outcomeOf(service, call, failure, onBug);
  try {
    const { changes = [] } = outcome;
    after({ entry: service.entryOf(call, outcome, parts), sender: wire.sender, changes });
  } catch (bug) {
    // What was carried out is answered so: a client that read of an error would try again.
    onBug(bug);
  }
  return outcome.reply;
}

function outcomeOf<C extends ServedCall>(
  service: Service<C>,
  call: C,
  failure: Failure | undefined,
  onBug: (bug: unknown) => void,
): Outcome {
  let carriedOut: Outcome | undefined;
  const carryOut = () => {
    call.caller = anonymous;
    carriedOut = service.carryOut(call, onBug);
    return carriedOut;
  };
  if (failure === undefined) return carryOut();
  // A request that is not applied is not checked either. The journal names its caller all the same.
  call.caller = service.readableCallerOf(call);
  try {
    return disturb(failure, { carryOut, refuse: (error, status) => service.refuse(call, error, status) });
  } catch (bug) {
    if (carriedOut === undefined) throw bug;
    onBug(bug);
    return carriedOut;
  }
}
