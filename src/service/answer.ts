import { loadXxhash } from '../formats/xxhash';
import { callIdHeader } from '../journal/earlier-calls';
import type { RequestEntry } from '../journal/entry';
import type { Change } from '../model/changes';
import { anonymous } from '../model/identity/caller';
import type { Store } from '../model/store';
import { type GivenError, S3Error } from '../refusals';
import { S3MockError } from '../s3-mock-error';
import { counted } from '../text/counts';
import { maskUrl } from '../text/masks';
import { joinSentences, type Said } from '../text/reason';
import type { Accept, Answer, CaptureRefusal, FurtherService, WireDelay, WireReply, WireRequest } from '../wire';
import { calledService, whyOther, withService } from './called-service';
import { makeStrayEntry } from './entry';
import { writeUrl } from './entry-parts';
import { type EndedState, type Era, Eras } from './eras';
import { disturb, noReply, type Outcome } from './failures/outcome';
import { type FailureRules, noFailures, type TakenFailures } from './failures/rules';
import type { Failure } from './failures/steps';
import { isThrownByTest } from './failures/thrown-by-test';
import { namesXxhash } from './named-xxhash';
import { replyToOther } from './other-replies';
import { RepeatedPages } from './repeated-pages';
import { type ReadOptions, refusalForThrown, type ServedCall, type Service } from './service';
import { refusalForCapture, replyToStray } from './stray-replies';
import { type Trial, type TrialOptions, type TriedState, type TryRequest, tryRequest } from './trial';
import type { Turn, TurnDecision, Turns } from './turns';
import { isServed } from './why';

interface AnswerOptions extends ReadOptions {
  readonly services?: ReadonlySet<FurtherService>;
  readonly after: (request: AnsweredRequest) => void;
  /** Returns whether the code of a test that has ended sends the request. */
  readonly isOfEarlierTest: (wire: WireRequest) => boolean;
  readonly onLate: (request: LateRequest) => void;
  readonly rules: Pick<FailureRules, 'take'>;
  /** If it is left out, each request is applied when it arrives. */
  readonly turns?: Turns;
  /** Is called when the mock is reset or stopped. */
  readonly keepState: () => EndedState;
  /** Does what the request has made due, if an exploration looks at all that follows from it. Otherwise that waits for the next request. */
  readonly doDue: () => void;
  /** Is called before anything of the request is read, and again when the delay of a request is over. */
  readonly onRequest: () => void;
  readonly onBug: (bug: unknown) => void;
}

export interface AnsweredRequest {
  readonly entry: RequestEntry;
  readonly wire: WireRequest;
  readonly changes: readonly Change[];
  readonly rules: TakenFailures['rules'];
  /** What is not known of the time of its signature, if S3 possibly answers otherwise. */
  readonly doubt?: Said | undefined;
}

/** A request that a test left behind. No journal contains it. */
export interface LateRequest {
  readonly text: string;
  readonly wire: WireRequest;
}

export interface Answerer {
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
  /** Returns a function that sends requests to copies of the present state. It returns undefined for a request that is none of S3, STS or S3 Control. */
  readonly openTrials: () => TryRequest;
  readonly eras: Pick<Eras, 'begin' | 'end' | 'stop'>;
}

interface Parts extends AnswerOptions {
  readonly eras: Eras;
  readonly pages: RepeatedPages;
}

export function createAnswerer(parts: AnswerOptions): Answerer {
  const { store, keepState, onRequest, onBug } = parts;
  const pages = new RepeatedPages();
  const eras = new Eras(() => {
    pages.endTest();
    return keepState();
  });
  const options: Parts = { ...parts, eras, pages };
  const refusesHead = (head: WireRequest) => {
    try {
      // The package loads while the body arrives.
      if (namesXxhash(head) && loadXxhash() !== undefined) return false;
      const called = calledService(head, options);
      return withService(called === 'other' ? 's3' : called, (service) =>
        service.isHeadRefused(service.read(options, head)),
      );
    } catch {
      // This is a bug of the mock. It happens again when the whole request is answered, and is reported there.
      return false;
    }
  };
  const refusalForBug = (thrown: unknown) => refusalForThrown(thrown, onBug);

  return {
    accept() {
      onRequest();
      const era = eras.present;
      const answer: Answer = (wire) => answerIn(era, wire, options);
      answer.refusesHead = refusesHead;
      answer.onOvertaken = (endNow) => notifyAtEnd(era, endNow);
      return answer;
    },
    refuse(given) {
      const refusal: CaptureRefusal = given.kind === 'overtaken' && eras.isStopped ? { kind: 'stopped' } : given;
      if (refusal.kind !== 'unknown-host')
        return replyToStray(store, { method: 'GET' }, refusalForCapture(refusal, refusalForBug));
      onRequest();
      return refuseUnknown(eras.present, refusal.request, refusal, options);
    },
    openTrials() {
      const snapshot = store.unobserved(() => store.snapshot());
      return (wire, trial) => tryAgain(wire, { ...options, snapshot }, trial);
    },
    eras,
  };
}

function tryAgain(wire: WireRequest, options: Parts & TriedState, trial?: TrialOptions): Trial | undefined {
  // The package that computes it is loaded while a request waits, and a trial cannot wait.
  if (namesXxhash(wire)) return undefined;
  const called = calledService(wire, options);
  return called === 'other' ? undefined : withService(called, (service) => tryRequest(service, wire, options, trial));
}

function answerIn(era: Era, wire: WireRequest, options: Parts): WireReply | WireDelay {
  const loading = namesXxhash(wire) ? loadXxhash() : undefined;
  // A reset does not end this wait, because there is no answer to give before the package is loaded.
  if (loading !== undefined)
    return waitFor(
      loading,
      () => {},
      options,
      () => answerIn(era, wire, options),
    );
  const called = calledService(wire, options);
  if (called !== 'other') return withService(called, (service) => answerAs(service, era, wire, options));
  const { host } = wire;
  return refuseUnknown(era, wire, { host, ...whyOther(wire) }, options);
}

function refuseUnknown(
  era: Era,
  wire: WireRequest,
  { host, why, cause }: { readonly host: string; readonly why: string; readonly cause?: Said | undefined },
  options: Parts,
): WireReply {
  const { store, after } = options;
  const whole = cause === undefined ? why : joinSentences(why, cause);
  // The journal names the option in the words of whoever reads the entry. At a port, nobody knows who reads the answer, so it is plain text.
  const refusal = new S3Error('MockUnknownHost', { host, why: isServed(wire) ? why : String(whole) }, whole);
  const reply = replyToOther(store, wire, refusal);
  if (findEnded(era, wire, options) !== undefined) {
    noteLate(wire, options);
    return reply;
  }
  const entry = makeStrayEntry(wire, refusal, reply, store.clock.now());
  after({ entry, wire, changes: [], rules: [] });
  return reply;
}

function answerAs<C extends ServedCall>(
  service: Service<C>,
  era: Era,
  wire: WireRequest,
  options: Parts,
): WireReply | WireDelay {
  if (options.turns?.isOver) return leaveAt(Promise.resolve(), noReply, era, options);
  const ended = findEnded(era, wire, options);
  if (ended !== undefined) return answerLate(service, ended, wire, options);
  const call = service.read(options, wire);
  const part = refusalOfPart(service, call, wire);
  if (part !== undefined) return refuseUnapplied(service, call, wire, part, options);
  const turn = options.turns?.take?.({
    service: service.name,
    operation: service.operationOf(call),
    input: call.recorded,
    run: wire.run,
    callId: wire.headers.get(callIdHeader),
    sender: wire.sender,
  });
  if (turn === undefined) return answerByRules(service, call, wire, { era }, options);
  const answer = () => answerInTurn(service, wire, { era, turn }, options);
  return turn.until === undefined ? answer() : waitInEra(service, wire, { era, until: turn.until }, options, answer);
}

/** The request is read again after the decision: from there to the end, an exploration observes what the request touches. */
function answerInTurn<C extends ServedCall>(
  service: Service<C>,
  wire: WireRequest,
  { era, turn }: { readonly era: Era; readonly turn: Turn },
  options: Parts,
): WireReply | WireDelay {
  const { failure, failEntry, silence, heldUntil, pieceSize } = turn.decide();
  if (silence?.isApplied === false) return leaveAt(silence.until, noReply, era, options);
  const call = service.read(options, wire);
  const asked = { failure, failEntry, pieceSize };
  const reply = answerByRules(
    service,
    call,
    wire,
    { era, asked, onSettled: turn.settled, onAnswered: turn.answered },
    options,
  );
  if (heldUntil !== undefined) return leaveAt(heldUntil, reply, era, options);
  return silence === undefined ? reply : leaveAt(silence.until, noReply, era, options);
}

/** The client reads neither an answer nor an end of its connection until the promise resolves. */
function leaveAt(until: Promise<void>, reply: WireReply | WireDelay, era: Era, options: Parts): WireDelay {
  const onOvertaken = (endNow: () => void) => void notifyAtEnd(era, endNow);
  return waitFor(until, onOvertaken, options, () => reply);
}

interface Passage {
  readonly era: Era;
  /** The failure that an exploration wants, in place of the rules of the test. */
  readonly asked?: Pick<TurnDecision, 'failure' | 'failEntry' | 'pieceSize'>;
  readonly onSettled?: Turn['settled'];
  readonly onAnswered?: Turn['answered'];
}

/** Asks the rules of the test what fails, and answers. */
function answerByRules<C extends ServedCall>(
  service: Service<C>,
  call: C,
  wire: WireRequest,
  { asked, ...passage }: Passage,
  options: Parts,
): WireReply | WireDelay {
  // A program that calls a port may list a bucket every second for as long as it runs. No test waits for it, so it is never refused as endless.
  const endless =
    wire.endpoint.isPort === true ? undefined : options.pages.refusalOf(readListing(service, call), false);
  if (endless !== undefined) return refuseUnapplied(service, call, wire, endless, options, passage);
  // If an exploration makes the request fail, no rule is used up.
  const ruled = asked?.failure === undefined ? takeFailures(service, call, options) : noFailures;
  if (ruled instanceof S3MockError)
    return refuseUnapplied(service, call, wire, refusalForThrown(ruled, options.onBug), options, passage);
  const failure = asked?.failure ?? ruled.failure;
  const failEntry = asked?.failEntry ?? ruled.failEntry;
  const taken = { ...ruled, ...passage, failure, failEntry, pieceSize: asked?.pieceSize };
  return failure?.kind === 'delay'
    ? waitInEra(service, wire, { era: passage.era, until: failure.milliseconds }, options, () =>
        answerAndNote(service, service.read(options, wire), wire, taken, options),
      )
    : answerAndNote(service, call, wire, taken, options);
}

function readListing<C extends ServedCall>(service: Service<C>, call: C) {
  return { operation: service.operationOf(call), input: call.recorded };
}

/** Takes the failures of the rules. If a function of the test throws, nobody knows whether the request should fail, so its error is returned. */
function takeFailures<C extends ServedCall>(
  service: Service<C>,
  call: C,
  { rules }: AnswerOptions,
): TakenFailures | S3MockError {
  try {
    return rules.take({
      service: service.name,
      operation: service.operationOf(call),
      input: call.recorded,
      places: () => service.findPlaces(call),
    });
  } catch (thrown) {
    if (isThrownByTest(thrown)) return thrown;
    throw thrown;
  }
}

/** Refuses a request that is neither checked nor applied. The journal still names its caller. */
function refuseUnapplied<C extends ServedCall>(
  service: Service<C>,
  call: C,
  wire: WireRequest,
  refusal: S3Error,
  { store, after }: AnswerOptions,
  { onSettled, onAnswered }: Pick<Passage, 'onSettled' | 'onAnswered'> = {},
): WireReply {
  noteSignature(call, store);
  call.caller = service.findReadableCaller(call);
  const outcome = service.refuse(call, refusal, undefined);
  const entry = service.makeEntry(call, outcome);
  after({ entry, wire, changes: [], rules: [] });
  onAnswered?.(entry, false);
  onSettled?.(entry, undefined);
  return outcome.reply;
}

/** Refuses a request whose body ended too early. If S3 refuses the head alone, the body does not matter. */
function refusalOfPart<C extends ServedCall>(service: Service<C>, call: C, wire: WireRequest): S3Error | undefined {
  if (!wire.isCutShort || service.isHeadRefused(call)) return undefined;
  return new S3Error('RequestTimeout', {}, whyCutShort(wire));
}

function whyCutShort({ headers, body }: WireRequest): string {
  const announced = headers.get('content-length');
  const sent = counted(body.length, 'byte');
  const part = announced === undefined ? `${sent} of a body without an end` : `${sent} of a body of ${announced}`;
  return `the client sent ${part}, and then nothing for 20 seconds`;
}

/** The state may change while the request waits, so `goOn` has to read the request again. */
function waitInEra<C extends ServedCall>(
  service: Service<C>,
  wire: WireRequest,
  { era, until }: { readonly era: Era; readonly until: WireDelay['until'] },
  options: Parts,
  goOn: () => WireReply | WireDelay,
): WireDelay {
  let forget = () => {};
  const onOvertaken = (endNow: () => void) => {
    forget = notifyAtEnd(era, endNow);
  };
  return waitFor(until, onOvertaken, options, () => {
    forget();
    if (era.ended !== undefined) return answerLate(service, era.ended, wire, options);
    return goOn();
  });
}

function waitFor(
  until: WireDelay['until'],
  onOvertaken: WireDelay['onOvertaken'],
  { onRequest }: AnswerOptions,
  reply: WireDelay['reply'],
): WireDelay {
  return {
    until,
    onOvertaken,
    reply() {
      onRequest();
      return reply();
    },
  };
}

function findEnded(
  { ended }: Era,
  wire: WireRequest,
  { eras: { lastOfTest }, isOfEarlierTest }: Parts,
): EndedState | undefined {
  return ended ?? (lastOfTest !== undefined && isOfEarlierTest(wire) ? lastOfTest.ended : undefined);
}

/** Answers a request of a test that has ended. It leaves the journal, the events and the handlers alone, because they belong to the next test. */
function answerLate<C extends ServedCall>(
  service: Service<C>,
  ended: EndedState,
  wire: WireRequest,
  options: Parts,
): WireReply {
  noteLate(wire, options);
  const { store, eras } = options;
  const { reply } = ended.act(() => makeLateOutcome(service, wire, options));
  // The client would send the request again, and then the real service would answer it.
  if (eras.isStopped && isRepeated(reply)) return service.replyToLate(store, wire, new S3Error('MockStopped'));
  // After the end of the test, nothing ends a stall any more.
  return { ...reply, stall: undefined };
}

function noteLate(wire: WireRequest, { onLate }: AnswerOptions): void {
  onLate({ text: `${wire.method} ${maskUrl(writeUrl(wire))}`, wire });
}

/** A rule of the ended test does not delay the request here: a delay ends with its test. */
function makeLateOutcome<C extends ServedCall>(service: Service<C>, wire: WireRequest, options: Parts): Outcome {
  const call = service.read(options, wire);
  const onBug = options.onBug;
  noteSignature(call, options.store);
  const listing = readListing(service, call);
  const refused = refusalOfPart(service, call, wire) ?? options.pages.refusalOf(listing, true);
  const taken = refused ?? takeFailures(service, call, options);
  if (taken instanceof Error) {
    call.caller = service.findReadableCaller(call);
    return service.refuse(call, taken instanceof S3Error ? taken : refusalForThrown(taken, onBug), undefined);
  }
  call.failEntry = taken.failEntry;
  const outcome = makeOutcome(service, call, { failure: taken.failure, era: options.eras.present }, onBug);
  options.pages.note(listing, outcome.output, true);
  return outcome;
}

const repeatedCodes =
  /<Code>(?:RequestTimeout|RequestTimeTooSkewed|SlowDown|Throttling|PriorRequestNotComplete|BandwidthLimitExceeded)\w*</;

/** Whether SDKs answer the reply with another attempt. */
function isRepeated({ status, body, disconnect }: WireReply): boolean {
  if (disconnect !== undefined || status >= 500 || status === 429) return true;
  return status >= 400 && typeof body === 'string' && repeatedCodes.test(body);
}

type Answering = TakenFailures & Omit<Passage, 'asked'> & Pick<TurnDecision, 'pieceSize'>;

/** Carries the request out, and tells the journal, the exploration and the rules what came of it. */
function answerAndNote<C extends ServedCall>(
  service: Service<C>,
  call: C,
  wire: WireRequest,
  { failure, failEntry, rules, era, onSettled, onAnswered, pieceSize }: Answering,
  { store, after, doDue, onBug, pages }: Parts,
): WireReply {
  call.failEntry = failEntry;
  const outcome = makeOutcome(service, call, { failure, era }, onBug);
  const reply = pieceSize === undefined ? outcome.reply : { ...outcome.reply, pieceSize };
  noteSignature(call, store);
  pages.note(readListing(service, call), outcome.output, false);
  try {
    const { changes = [] } = outcome;
    const entry = service.makeEntry(call, outcome);
    after({ entry, wire, changes, rules, doubt: call.doubt });
    onAnswered?.(entry, rules.length > 0);
    if (onSettled === undefined) return reply;
    doDue();
    onSettled(entry, outcome.lostStatus);
  } catch (bug) {
    // The request has been carried out, so the answer says so. If it were an error, the client would send the request again.
    onBug(bug);
  }
  return reply;
}

/** Whatever is answered: a later move of the clock comes after the signature for certain. */
function noteSignature({ urlSignature }: ServedCall, { clock }: Store): void {
  if (urlSignature !== undefined) clock.noteSignature(urlSignature);
}

function makeOutcome<C extends ServedCall>(
  service: Service<C>,
  call: C,
  { failure, era }: { readonly failure: Failure | undefined; readonly era: Era },
  onBug: (bug: unknown) => void,
): Outcome {
  let carriedOut: Outcome | undefined;
  const carryOut = () => {
    call.caller = anonymous;
    carriedOut = service.carryOut(call, onBug);
    return carriedOut;
  };
  if (failure === undefined) return carryOut();
  // A request that is not applied is not checked either. The journal still names its caller.
  call.caller = service.findReadableCaller(call);
  try {
    const onOvertaken = (endNow: () => void) => notifyAtEnd(era, endNow);
    const refuse = (error: string | GivenError, status: 200 | undefined) => service.refuse(call, error, status);
    return disturb(failure, { carryOut, refuse, onOvertaken });
  } catch (bug) {
    if (carriedOut === undefined) throw bug;
    onBug(bug);
    return carriedOut;
  }
}

function notifyAtEnd({ ended, waiting }: Era, endNow: () => void): () => void {
  // Something that the request caused may have stopped the mock in the meantime.
  if (ended !== undefined) endNow();
  else waiting.add(endNow);
  return () => waiting.delete(endNow);
}
