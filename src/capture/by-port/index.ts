import type http from 'node:http';
import type { Endpoint, WireHead } from '../../wire';
import { guardError } from '../guard';
import {
  findCalled,
  findOurs,
  isAnswered,
  type JudgementRules,
  judgeHead,
  readNamedRequest,
  type Verdict,
} from '../judgement';
import { HandedOut } from '../look-ups';
import { isKept, keepPatches, layPlaces, type PatchedPlace } from '../patches';
import { isPassed, isPortOfMock } from '../registry';
import { type ConnectOptions, readTarget, type Target } from '../target';
import { errorOfProtocols } from '../tls-face';
import { bunClientPlaces, replaceBodyClasses, watchBunFiles } from './bun-client';
import { denoClientPlaces, guardConstructors } from './clients';
import { connectionPlaces, type ProxiedRules, proxiedPlaces } from './connections';
import { type FetchRules, fetchPlaces, preconnectPlaces, replaceBunFetches } from './fetches';
import { type NameRules, namePlaces } from './names';
import type { OwnPort } from './own-port';

/**
 * Captures the calls of a process in a runtime whose sockets cannot be made: the functions with which clients connect lead to a port of this
 * process. Decision 100
 * @module
 */

interface PortRules extends JudgementRules {
  readonly isOver: () => boolean;
  readonly endpointOfName: (host: string) => Endpoint | undefined;
  readonly onOtherHost?: (host: string, port: number, isRefused: boolean) => void;
  readonly global: typeof globalThis;
  /** Where the connections lead. A guard, which answers no host, has no port. */
  readonly ownPort?: OwnPort;
}

/** What the replaced functions ask. */
interface Decisions extends ProxiedRules, FetchRules, NameRules {}

/** The captures and guards that run, oldest first. */
const running: Decisions[] = [];

const present = () => running.toReversed();

function findPlaces(global: object): readonly PatchedPlace<Decisions>[] {
  return [
    ...connectionPlaces,
    ...proxiedPlaces,
    ...namePlaces(global),
    ...bunClientPlaces(global),
    ...denoClientPlaces(global),
    ...fetchPlaces(global),
  ];
}

/**
 * Replaces the functions when the library is loaded, for as long as the process runs: code that takes a reference to one of them before the
 * start of a mock takes the replacement, which does nothing without a mock. Decision 101
 */
export function layEarlyPatches(global: typeof globalThis): void {
  keepPatches(findPlaces(global), present);
  keepPatches(preconnectPlaces(global.fetch), present);
  guardConstructors(global, present);
  replaceBunFetches(present);
  watchBunFiles(global);
  replaceBodyClasses(global, present);
}

export function layPortPatches(rules: PortRules): () => void {
  const decisions = makeDecisions(rules);
  const takeOff = layPlaces(
    findPlaces(rules.global).filter(({ holder, name }) => !isKept(holder, name)),
    decisions,
  );
  running.push(decisions);
  return () => {
    running.splice(running.indexOf(decisions), 1);
    takeOff();
  };
}

function makeDecisions(rules: PortRules): Decisions {
  const { isOver, global, ownPort } = rules;
  const handedOut = new HandedOut(rules.endpointOfName);
  const errorOfOther = (target: Target, named: Target | undefined) => {
    const error = rules.guardErrorOf(target, named);
    if (error !== undefined) rules.tellRefused(target);
    return error;
  };
  const findTaken = (target: Target, named: Target | undefined) =>
    findOurs(rules, target, named) ?? (handedOut.has(target) ? target : undefined);
  return {
    isOver,
    global,
    findOurs: findTaken,
    errorOfOther,
    findCalled: (request, options, secure) => findNamed(rules, request, options, secure),
    notePassing: (target, named) => notePassing(rules, target, named),
    isLed: (socket) => ownPort?.leads(socket) === true,
    lead: (socket, target, { options }) => ownPort?.lead(socket, target, options),
    errorOfCaptured: (target) => guardError(global.Error, target, whyCaptured, cureOfCaptured),
    errorOfProtocols: ({ host }, options) => errorOfProtocols(global.Error, host, options),
    judgeFetch: (target, head) => judgeFetch(rules, target, head),
    keepsFrom: (target) => findTaken(target, undefined) !== undefined || errorOfOther(target, undefined) !== undefined,
    leadFetch: (url) => ownPort?.leadFetch(url) ?? Promise.reject(new global.Error('the capture has no port')),
    leadClient: (target, origin) =>
      ownPort !== undefined && findTaken(target, undefined) !== undefined ? ownPort.leadClient(origin) : undefined,
    errorOfClient: (target, { name, cure }) =>
      findTaken(target, undefined) === undefined
        ? errorOfOther(target, undefined)
        : guardError(
            global.Error,
            target,
            `${name} connects by itself, so the mock cannot answer it in the process`,
            cure,
          ),
    addressesOf: (host) => (isOver() ? undefined : handedOut.addressesOf(host)),
    lookup: () => false,
  };
}

/** Returns the target that a request names itself, if the mock answers it there and the connection would lead elsewhere. */
function findNamed(rules: PortRules, request: http.ClientRequest, options: ConnectOptions, secure: boolean) {
  const target = readTarget({ options: { ...options, path: undefined }, listener: undefined }, secure);
  const header = request.getHeader('host');
  const named = readNamedRequest(request.method, request.path, typeof header === 'string' ? header : undefined, secure);
  if (target === undefined || named === undefined || isAnswered(target)) return undefined;
  if (named.form === 'origin') return findCalled(rules, named.target, target);
  return named.form === 'absolute' && rules.endpointOf(named.target) !== undefined ? named.target : undefined;
}

function judgeFetch(rules: PortRules, target: Target, head: WireHead): Verdict {
  const route = { call: { options: {}, listener: undefined }, target, named: undefined };
  const verdict = judgeHead(rules, head, route);
  if (verdict.kind === 'passes') notePassing(rules, target, undefined);
  return verdict;
}

const whyCaptured = 'the client took tls.connect from its module before the library was loaded';
const cureOfCaptured =
  'Load s3-versioning-mock before the client, such as in a preload, or let the client call tls.connect of node:tls.';

function notePassing({ onOtherHost }: PortRules, target: Target, named: Target | undefined): void {
  const isKnown = ({ host, port }: Target) => isPassed(host, port) || isPortOfMock(host, port);
  if (isAnswered(target) || [target, named].some((one) => one !== undefined && isKnown(one))) return;
  onOtherHost?.(target.host, target.port, false);
}
