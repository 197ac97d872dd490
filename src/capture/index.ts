import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { CallSite, TestFile } from '../test-file';
import type {
  Accept,
  Answer,
  CaptureRefusal,
  DialectName,
  Endpoint,
  FurtherService,
  UnansweredRequest,
  WireHead,
  WireReply,
} from '../wire';
import { layPortPatches } from './by-port/index';
import { OwnPort } from './by-port/own-port';
import type { WaitingRequest } from './direct-connection';
import { findBunEndpoint, findSharedEndpoint, findUserEndpoint, findUserStsEndpoint } from './environment';
import { assertRealTimers, untilAtRest } from './event-loop';
import { Exchange } from './exchange';
import { createGuard, createSharedGuard, type GuardErrorOf, signedRequestError } from './guard';
import { startHostGuard } from './host-guard';
import { claimsNothing, createHosts, furtherServices, type Hosts, type HostsOption } from './hosts';
import { createInterception } from './in-memory';
import { capturesByPort, refuseWorkerd } from './native-runtime';
import { type Nock, openNock } from './nock';
import { type IsForOthers, passRequestOn, passToOthers, playProxy, readProxies } from './passed-on';
import { layPatches } from './patches';
import {
  claimHosts,
  hasSibling,
  isLeftToOther,
  isPassed,
  isPortOfMock,
  type LiveCapture,
  register,
  reportLeft,
} from './registry';
import { acceptStarted, presentRun, refuseWith, type StartedCode } from './runs';
import type { Target } from './target';

export type { WaitingRequest } from './direct-connection';
export {
  type EnvironmentValues,
  findEnvironmentSecret,
  findNamedEndpoint,
  listPrepared,
  type PreparedVariable,
  prepareEnvironment,
  publishEndpoint,
} from './environment';
export { untilAtRest, whyHeld } from './event-loop';
export { readOtherHost } from './guard';
export { hostKinds, prepareCapture, startHostGuard } from './host-guard';
export type { HostsByPurpose, HostsOption } from './hosts';
export {
  type DoorHandler,
  type DoorOptions,
  type Listener,
  type ListenOptions,
  type ListenTls,
  listen,
  type OpenDoorOfPort,
  type StoppableListener,
} from './listen';
export { nativeRuntime } from './native-runtime';
export type { Nock } from './nock';
export {
  listenToRequests,
  nextRun,
  noRun,
  notingThrow,
  presentRun,
  runOfUncaught,
  StartedCode,
  watchRuns,
  within,
} from './runs';
export { isLocal } from './target';

export interface CaptureOptions {
  readonly hosts?: HostsOption;
  /** The further services that the mock answers besides S3. Default: all. */
  readonly services?: ReadonlySet<FurtherService>;
  /** The dialect of the user's own hosts; known hosts speak the dialect of their service. */
  readonly dialect: DialectName;
  readonly guard: boolean;
  /** Whether a request at an address that services share, AWS_ENDPOINT_URL, is for another service. It is then passed on to the real server. */
  readonly isForOthers?: IsForOthers;
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
  /** Whether the words in front of a host that no mock answers are the name of a bucket. */
  readonly isBucket?: (name: string) => boolean;
  readonly onOtherHost?: (host: string, port: number, isRefused: boolean) => void;
  /** Called for the head of a request to a host that no mock answers. If it returns true, the request is reported, and the guard refuses it. */
  readonly isSignedForS3?: (head: WireHead) => boolean;
  readonly onUnanswered?: (request: UnansweredRequest) => void;
  /** Called if a client's own check, or its own options, keep it from a host that is answered. */
  readonly onRefusedByClient?: (host: string, port: number, error: unknown) => void;
  /** Called if fake timers hold what a call to us waits for. */
  readonly onHeld?: () => void;
  /** Identifies the code that sends a request, by the asynchronous context in which it writes; undefined if that is unknown. */
  readonly senderOf?: (request: object | undefined) => object | undefined;
  readonly nock?: Nock;
  /** Code of the test that the mock has started. The capture goes on for its requests until the code has ended. */
  readonly started?: StartedCode;
  /** Whether the mock has a port there: nock then lets connections to it through. */
  readonly listensAt?: (host: string, port: number) => boolean;
  /** The milliseconds for which a client can send nothing of a body. Default: those of S3. */
  readonly bodyPatience?: number;
  readonly testFile: Pick<TestFile, 'global' | 'process'>;
  /** Finds where the test called mockS3(). */
  readonly findCallSite: () => CallSite;
  readonly fileIsOver?: () => boolean;
  /** Whether the capture ends with its test file. Otherwise somebody had to stop it: it refuses what comes later, and warns. */
  readonly endsWithFile?: boolean;
}

export interface Capture {
  /** Whether the option is `hosts: { only: [] }`, so that the capture takes no request. */
  readonly takesNothing: boolean;
  stop(): void;
  /** Whether the mock answers a host. The stores that it refuses do not count. */
  answers(host: string, port: number): boolean;
  /** The expressions of the option `hosts` that have matched no host so far. */
  unmatchedPatterns(): readonly string[];
  /** Called when it is about to stop. From then on, a new capture takes its hosts over. */
  giveWay(): void;
  /** Whether a request has come whose answer has not begun. */
  isAnswering(): boolean;
  waiting(): readonly WaitingRequest[];
  /** Whether another mock answers requests. */
  hasSibling(): boolean;
}

/** Worker threads and child processes have core modules of their own, and are not captured. */
export function startCapture(options: CaptureOptions): Capture {
  const { guard, findCallSite } = options;
  const { process, global } = options.testFile;
  const hosts = createHosts(options.hosts, options.dialect, findUserEndpoint(process), {
    services: options.services ?? furtherServices,
    stsEndpoint: findUserStsEndpoint(process),
    sharedEndpoint: options.isForOthers && findSharedEndpoint(process),
    bunEndpoint: findBunEndpoint(process),
  });
  if (guard) refuseWorkerd('The option guard refuses connections of the process');
  if (!claimsNothing(hosts.claims)) refuseWorkerd('mockS3() captures the S3 calls of the process');
  assertRealTimers();
  claimHosts(hosts.claims, global, findCallSite);
  return openCapture(options, hosts, 'process');
}

/** Captures the calls of the whole process, or, after the end of a capture, those of the code that its mock has started. */
function openCapture(options: CaptureOptions, hosts: Hosts, callers: 'process' | 'started code'): Capture {
  const { refuse, guard, findCallSite, fileIsOver = () => false, endsWithFile = false, started } = options;
  const { process, global } = options.testFile;
  const isOfProcess = callers === 'process';
  const isOver = () => (isOfProcess ? endsWithFile && fileIsOver() : started?.has(presentRun()) !== true);
  const unlessLeft = (endpoint: Endpoint | undefined, host: string, port: number) =>
    endpoint?.store && isLeftToOther(capture, host, port) ? undefined : endpoint;
  const endpointOf = (host: string, port: number) => unlessLeft(hosts.endpointOf(host, port), host, port);
  const takes = (host: string, port: number) => !isOver() && endpointOf(host, port) !== undefined;
  const answers = (host: string, port: number) => takes(host, port) && hosts.endpointOf(host, port)?.store !== true;
  const passes = (host: string, port: number) => !isOver() && hosts.passes(host, port);
  const isBucket = options.isBucket ?? (() => false);
  const guardErrorOf: GuardErrorOf = guard ? createGuard(isBucket, global.Error) : () => undefined;
  const onOtherHost = (host: string, port: number, isRefused: boolean) => {
    if (!isPassed(host, port)) options.onOtherHost?.(host, port, isRefused);
  };
  const sharedErrorOf: GuardErrorOf = guard ? createSharedGuard(global.Error) : () => undefined;
  const reporting = (errorOf: GuardErrorOf) => (target: Target) => {
    const error = errorOf(target);
    onOtherHost(target.host, target.port, error !== undefined);
    return error;
  };
  const reported = reporting(guardErrorOf);
  const accept: Accept = (run) => {
    // Other code can get a connection of started code from a pool.
    if (!isOfProcess) return refuseWith(() => refuse({ kind: 'stopped' }));
    return fileIsOver() ? acceptAfterFile(capture, options) : options.accept(run);
  };
  const ownPort = capturesByPort() ? new OwnPort(() => exchange, process) : undefined;
  const exchange: Exchange = new Exchange({
    sentHeadOf: ownPort && ((request) => ownPort.read(request)),
    isLed: ownPort && ((socket) => ownPort.hasLed(socket)),
    accept: (run) => acceptStarted(run) ?? accept(run),
    refuse,
    endpointOf,
    senderOf: options.senderOf,
    bodyPatience: options.bodyPatience,
    keepsAlive: isOfProcess,
    passOn: (request, response, target) => passRequestOn(request, response, target, reported),
    others: options.isForOthers && passToOthers(options.isForOthers, reporting(sharedErrorOf)),
  });
  playProxy(exchange, reported);
  const serve = (end: Socket) => exchange.serve(end);
  const receive = (request: IncomingMessage, response: ServerResponse) => exchange.receive(request, response);
  const proxies = readProxies(process.env);

  // openNock is first, since it may throw; the connections end last, when no new one can be opened any more.
  const undo: (() => void)[] = [];
  const { nock, listensAt = () => false } = options;
  if (nock !== undefined) undo.push(openNock(nock, (host, port) => takes(host, port) || listensAt(host, port)));
  let isEnding = false;
  const stop = () => {
    const steps = undo.splice(0);
    for (const step of steps) step();
    if (steps.length === 0 || !isOfProcess) return;
    if (started !== undefined) started.isCaptured = false;
    goOnForStarted(options, hosts);
  };
  const capture: LiveCapture = {
    get file() {
      return findCallSite().file;
    },
    get callSite() {
      return findCallSite().place;
    },
    ...{ realm: global, claims: hosts.claims, wasReported: false, endsWithFile },
    ...{
      takes,
      answers,
      passes,
      listensAt: (host: string, port: number) => ownPort?.isAt(host, port) || listensAt(host, port),
      isOver,
      isEnding: () => isEnding,
      fileHasEnded: fileIsOver,
      serve,
      receive,
      stop,
    },
  };
  const tunnelErrorOf = () => undefined;
  const { onRefusedByClient, onHeld, isSignedForS3, onUnanswered = () => {} } = options;
  // With `hosts: { only: [] }` the code under test is not meant to reach the mock by other hosts, so unanswered requests are not reported.
  const hasUnanswered = guard || !claimsNothing(hosts.claims);
  const errorOf = (target: Target) => (guard ? signedRequestError(global.Error, target, isBucket) : undefined);
  const tellRefused = ({ host, port }: Target) => onOtherHost(host, port, true);
  const rules = {
    endpointOf: ({ host, port }: Target) => endpointOf(host, port),
    endpointOfName: (host: string) => unlessLeft(hosts.endpointOfName(host), host, 443),
    proxies,
    guardErrorOf,
    tunnelErrorOf,
    shared: options.isForOthers && { isForOthers: options.isForOthers, errorOf: reporting(sharedErrorOf) },
    isOver,
    serve,
    report: exchange.report,
    errorClasses: { Error: global.Error, AggregateError: global.AggregateError },
    onOtherHost,
    ...(isSignedForS3 &&
      hasUnanswered && { unanswered: { isSignedForS3, passesOnPurpose, errorOf, note: onUnanswered } }),
    ...(onRefusedByClient && {
      onRefusedByClient: ({ host, port }: Target, error: unknown) => onRefusedByClient(host, port, error),
    }),
    ...(onHeld && { onHeld }),
  };
  if (ownPort === undefined) undo.push(layPatches(createInterception(rules)));
  else undo.push(layPortPatches({ ...rules, tellRefused, global, ownPort }));
  if (isOfProcess) undo.push(register(capture));
  if (isOfProcess && started !== undefined) started.isCaptured = true;
  undo.push(() => exchange.stop());
  if (ownPort !== undefined) undo.push(() => ownPort.close());
  const { unmatchedPatterns } = hosts;
  return {
    takesNothing: claimsNothing(hosts.claims),
    ...{ stop, answers, unmatchedPatterns },
    giveWay: () => {
      isEnding = true;
    },
    isAnswering: () => exchange.isAnswering,
    waiting: () => exchange.waiting(),
    hasSibling: () => hasSibling(capture),
  };
}

/** Goes on for the code that the mock has started, until this code has ended: a later request of it must not reach the real S3. */
function goOnForStarted({ started, ...options }: CaptureOptions, hosts: Hosts): void {
  if (started === undefined || started.isOver) return;
  if (capturesByPort()) refuseByGuard(started, options, hosts);
  else answerStarted(started, options, hosts);
}

function answerStarted(started: StartedCode, options: Omit<CaptureOptions, 'started'>, hosts: Hosts): void {
  const { dialect, guard, accept, refuse, testFile, findCallSite, isBucket, bodyPatience, services, isForOthers } =
    options;
  const further = {
    ...(isBucket && { isBucket }),
    ...(bodyPatience !== undefined && { bodyPatience }),
    ...(services && { services }),
    ...(isForOthers && { isForOthers }),
  };
  const parts = { dialect, guard, accept, refuse, testFile, findCallSite, started, ...further };
  let capture = openCapture(parts, hosts, 'started code');
  // The code can hang for ever. It must not keep the mock and the test file in memory, so another capture refuses what it sends later.
  started.onRefuse((reply) => {
    const { file, place } = findCallSite();
    const refusing = {
      accept: () => refuseWith(() => reply),
      refuse: () => reply,
      findCallSite: () => ({ file, place }),
    };
    const before = capture;
    capture = openCapture(
      { dialect, guard, testFile: { global, process }, started, ...refusing },
      hosts,
      'started code',
    );
    before.stop();
  });
  // The code may have left requests behind, which are on their way.
  const stop = () => capture.stop();
  started.afterLast(() => void untilAtRest(() => capture.isAnswering(), true).then(stop, stop));
}

/** A port of the process does not know the code that sends a request. */
function refuseByGuard(started: StartedCode, { testFile }: Pick<CaptureOptions, 'testFile'>, hosts: Hosts): void {
  const whyRefused = (host: string, port: number) =>
    started.has(presentRun()) && hosts.endpointOf(host, port)
      ? 'the mock that started this code was stopped'
      : undefined;
  started.afterLast(startHostGuard({ whyRefused, fileIsOver: () => false, testFile }));
}

/** Whether the code under test is meant to reach a host that no mock answers: nothing refuses it there, and nothing notes it. */
function passesOnPurpose({ host, port }: Target): boolean {
  return isPassed(host, port) || isPortOfMock(host, port);
}

/** Refuses a request of another test file that comes after the end of this one: its answer would depend on the order of the files. */
function acceptAfterFile(capture: LiveCapture, { refuse, endsWithFile, findCallSite }: CaptureOptions): Answer {
  if (!endsWithFile) reportLeft(capture, 'its test file has ended, so it refuses the requests of other files');
  return refuseWith(() =>
    refuse(endsWithFile ? { kind: 'stopped' } : { kind: 'left', callSite: findCallSite().place }),
  );
}

export { watchMadeRequests } from './patches';
export type { OtherProtocol } from './wire-request';
