import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { CallSite, TestFile } from '../test-file';
import type { Accept, Answer, CaptureRefusal, DialectName, FurtherService, WireReply } from '../wire';
import type { WaitingRequest } from './direct-connection';
import { findUserEndpoint, findUserStsEndpoint } from './environment';
import { assertRealTimers } from './event-loop';
import { Exchange } from './exchange';
import { createGuard } from './guard';
import type { HostsOption } from './host-entries';
import { createHosts, furtherServices } from './hosts';
import { createInterception } from './interception';
import { claimsNothing, nativeRuntime, refuseNativeRuntime } from './native-runtime';
import { type Nock, openNock } from './nock';
import { layPatches } from './patches';
import { claimHosts, type LiveCapture, register, reportLeft } from './registry';
import type { Target } from './target';
import { passRequestOn, playProxy, readProxies } from './tunnel';

export type { WaitingRequest } from './direct-connection';
export { type EnvironmentValues, prepareEnvironment, publishEndpoint } from './environment';
export { isLocal } from './guard';
export { whyHeld } from './held-ticks';
export type { HostsOption } from './host-entries';
export { hostKinds, startHostGuard } from './host-guard';
export {
  type DoorHandler,
  type DoorOptions,
  type Listener,
  type ListenOptions,
  listen,
  type OpenDoorOfPort,
  type StoppableListener,
} from './listen';
export type { Nock } from './nock';
export { readOtherHost } from './other-hosts';
export { untilAtRest } from './rest';

export interface CaptureOptions {
  readonly hosts?: HostsOption;
  /** Default: all. */
  readonly services?: ReadonlySet<FurtherService>;
  /** The dialect of the user's own hosts; known hosts speak the dialect of their service. */
  readonly dialect: DialectName;
  readonly guard: boolean;
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
  /** Asked for the words before a host that no mock answers. */
  readonly isBucket?: (name: string) => boolean;
  readonly onOtherHost?: (host: string, port: number, isRefused: boolean) => void;
  /** Called if a client's own check, or its own options, keep it from a host that is answered. */
  readonly onRefusedByClient?: (host: string, port: number, error: unknown) => void;
  /** Called if fake timers hold what a call to us waits for. */
  readonly onHeld?: () => void;
  /** Identifies the code that sends a request, by the asynchronous context in which it writes; undefined if that is unknown. */
  readonly senderOf?: () => object | undefined;
  readonly nock?: Nock;
  /** nock then also lets the connections to that port through. */
  readonly listensAt?: (host: string, port: number) => boolean;
  readonly testFile: Pick<TestFile, 'global' | 'process'>;
  /** Finds where the test called mockS3(). */
  readonly findCallSite: () => CallSite;
  readonly fileIsOver?: () => boolean;
  /** Whether the capture ends with its test file. Otherwise somebody had to stop it: it refuses what comes later, and warns. */
  readonly endsWithFile?: boolean;
}

export interface Capture {
  /** Of `hosts: { only: [] }`. */
  readonly takesNothing: boolean;
  stop(): void;
  takes(host: string, port: number): boolean;
  /** Whether a request has come whose answer has not begun. */
  isAnswering(): boolean;
  waiting(): readonly WaitingRequest[];
}

/** Worker threads and child processes have core modules of their own, and are not captured. */
export function startCapture(options: CaptureOptions): Capture {
  assertRealTimers();
  const { refuse, guard, findCallSite, fileIsOver = () => false, endsWithFile = false } = options;
  const { process, global } = options.testFile;
  const hosts = createHosts(options.hosts, options.dialect, findUserEndpoint(process), {
    services: options.services ?? furtherServices,
    stsEndpoint: findUserStsEndpoint(process),
  });
  if (guard) refuseNativeRuntime('The option guard refuses connections of the process');
  if (!claimsNothing(hosts.claims)) refuseNativeRuntime('mockS3() captures the S3 calls of the process');
  claimHosts(hosts.claims, global, findCallSite);

  const isOver = () => endsWithFile && fileIsOver();
  const takes = (host: string, port: number) => !isOver() && hosts.endpointOf(host, port) !== undefined;
  const guardErrorOf = guard ? createGuard(options.isBucket ?? (() => false), global.Error) : () => undefined;
  const reported = (target: Target) => {
    const error = guardErrorOf(target);
    options.onOtherHost?.(target.host, target.port, error !== undefined);
    return error;
  };
  const exchange = new Exchange({
    accept: () => (fileIsOver() ? acceptAfterFile(capture, options) : options.accept()),
    refuse,
    endpointOf: hosts.endpointOf,
    senderOf: options.senderOf,
    passOn: (request, response, target) => passRequestOn(request, response, target, reported),
  });
  playProxy(exchange, reported);
  const serve = (end: Socket) => exchange.serve(end);
  const receive = (request: IncomingMessage, response: ServerResponse) => exchange.receive(request, response);
  const proxies = readProxies(process.env);

  // openNock is first, since it may throw; the connections end last, when no new one can be opened any more.
  const undo: (() => void)[] = [];
  const { nock, listensAt = () => false } = options;
  if (nock !== undefined) undo.push(openNock(nock, (host, port) => takes(host, port) || listensAt(host, port)));
  const stop = () => {
    for (const step of undo.splice(0)) step();
  };
  const capture = {
    get file() {
      return findCallSite().file;
    },
    get callSite() {
      return findCallSite().place;
    },
    ...{ realm: global, claims: hosts.claims, wasReported: false, endsWithFile },
    ...{ takes, isOver, fileHasEnded: fileIsOver, serve, receive, stop },
  };
  const tunnelErrorOf = () => undefined;
  const { onOtherHost, onRefusedByClient, onHeld } = options;
  const rules = {
    endpointOf: ({ host, port }: Target) => hosts.endpointOf(host, port),
    proxies,
    guardErrorOf,
    tunnelErrorOf,
    isOver,
    serve,
    report: exchange.report,
    errorClasses: { Error: global.Error, AggregateError: global.AggregateError },
    ...(onOtherHost && { onOtherHost }),
    ...(onRefusedByClient && {
      onRefusedByClient: ({ host, port }: Target, error: unknown) => onRefusedByClient(host, port, error),
    }),
    ...(onHeld && { onHeld }),
  };
  // Nothing to capture there, and patches that nothing was tested with.
  if (nativeRuntime() === undefined) undo.push(layPatches(createInterception(rules)));
  undo.push(register(capture));
  undo.push(() => exchange.stop());
  return { takesNothing: claimsNothing(hosts.claims), stop, takes, isAnswering: () => exchange.isAnswering, waiting: () => exchange.waiting() };
}

/** Refuses a request of another test file that comes after the end of this one: its answer would depend on the order of the files. */
function acceptAfterFile(capture: LiveCapture, { refuse, endsWithFile, findCallSite }: CaptureOptions): Answer {
  if (!endsWithFile) reportLeft(capture, 'its test file has ended, so it refuses the requests of other files');
  const answer: Answer = () =>
    refuse(endsWithFile ? { kind: 'stopped' } : { kind: 'left', callSite: findCallSite().place });
  answer.refusesHead = () => true;
  return answer;
}
