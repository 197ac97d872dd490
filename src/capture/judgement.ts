import type { Endpoint, UnansweredRequest, WireHead } from '../wire';
import { type GuardErrorOf, guardError } from './guard';
import { findOwner } from './registry';
import type { ErrorClasses } from './socket-state';
import { type ConnectCall, isLocal, readAuthority, type Target } from './target';

/**
 * Judges the head of a request that a client is about to write to a server outside of the process.
 * @module
 */

/** A connection to a server outside of the process, by the names under which a client reaches it. */
export interface Route {
  readonly call: ConnectCall;
  readonly target: Target;
  /** The target with the name that TLS gives. */
  readonly named: Target | undefined;
}

export type Verdict =
  | { readonly kind: 'passes' }
  /** The bytes that follow are not requests, for instance in a tunnel or a WebSocket. */
  | { readonly kind: 'leaves' }
  | { readonly kind: 'refused'; readonly error: Error }
  /**
   * The mock answers. Later requests of the connection can still need the real server: a proxy, or an address that S3 shares with other
   * services.
   */
  | { readonly kind: 'answered'; readonly target: Target; readonly needsServer: boolean };

export interface JudgementRules {
  readonly endpointOf: (target: Target) => Endpoint | undefined;
  readonly proxies: Proxies;
  readonly guardErrorOf: GuardErrorOf;
  readonly tellRefused: (target: Target) => void;
  readonly errorClasses: ErrorClasses;
  readonly unanswered?: UnansweredRules;
  /** At an address that S3 shares with other services, finds the requests for the other services. */
  readonly shared?: SharedRules | undefined;
}

export interface Proxies {
  has(target: Target): boolean;
}

interface SharedRules {
  readonly isForOthers: (head: WireHead) => boolean;
  readonly errorOf: GuardErrorOf;
}

/** Decides about requests that are signed for S3 and that no mock answers. */
export interface UnansweredRules {
  readonly isSignedForS3: (head: WireHead) => boolean;
  /** Whether the code under test is meant to reach this host. */
  readonly passesOnPurpose: (target: Target) => boolean;
  /** Returns the error with which the guard refuses the request; undefined without the guard. */
  readonly errorOf: (target: Target) => Error | undefined;
  readonly note: (request: UnansweredRequest) => void;
}

interface NamedRequest {
  readonly form: 'tunnel' | 'absolute' | 'origin';
  readonly target: Target;
}

const passes: Verdict = { kind: 'passes' };
const leaves: Verdict = { kind: 'leaves' };

export const isAnswered = ({ host, port }: Target) => findOwner(host, port) !== undefined;

/**
 * Finds the target under whose name this capture answers a connection: the address, or else the name that TLS gives. Returns undefined if this capture
 * does not answer the connection. If another capture answers the address, the connection belongs to it, whatever name TLS gives.
 */
export function findOurs(
  { endpointOf }: Pick<JudgementRules, 'endpointOf'>,
  target: Target,
  named: Target | undefined,
): Target | undefined {
  if (endpointOf(target) !== undefined) return target;
  return named !== undefined && endpointOf(named) !== undefined && !isAnswered(target) ? named : undefined;
}

export function judgeHead(rules: JudgementRules, head: WireHead, { target, named }: Route): Verdict {
  const request = readNamedRequest(head.method, head.url, head.headers.get('host'), target.secure);
  if (request !== undefined && request.form !== 'origin') return judgeForProxy(rules, head, target, request);
  const ours = findOurs(rules, target, named) ?? findCalled(rules, request?.target, target);
  if (ours !== undefined) return judgeOurs(rules, head, ours);
  const verdict = judgeUnanswered(rules, head, target, named);
  return verdict === passes && head.headers.has('upgrade') ? leaves : verdict;
}

function judgeOurs({ endpointOf, shared }: JudgementRules, head: WireHead, target: Target): Verdict {
  const needsServer = shared !== undefined && endpointOf(target)?.ofAllServices === true;
  if (!needsServer || !shared.isForOthers(head)) return { kind: 'answered', target, needsServer };
  const error = shared.errorOf(target);
  return error === undefined ? passes : { kind: 'refused', error };
}

function judgeForProxy(rules: JudgementRules, head: WireHead, target: Target, request: NamedRequest): Verdict {
  if (isAnswered(request.target)) return { kind: 'answered', target, needsServer: true };
  const verdict = judgeUnanswered(rules, head, request.target);
  return verdict === passes && request.form === 'tunnel' ? leaves : verdict;
}

function judgeUnanswered(
  { guardErrorOf, tellRefused, unanswered }: JudgementRules,
  head: WireHead,
  target: Target,
  named?: Target,
): Verdict {
  const error = guardErrorOf(target, named);
  if (error !== undefined) {
    tellRefused(target);
    return { kind: 'refused', error };
  }
  if (!unanswered?.isSignedForS3(head)) return passes;
  const isMeant = (one: Target) => isAnswered(one) || unanswered.passesOnPurpose(one);
  return [target, named].some((one) => one !== undefined && isMeant(one))
    ? passes
    : judgeSigned(unanswered, head, target);
}

function judgeSigned({ errorOf, note }: UnansweredRules, { method, url }: WireHead, target: Target): Verdict {
  const { host, port } = target;
  const [path = ''] = url.replace(absoluteForm, '').split('?', 1);
  const error = errorOf(target);
  note({ host, port, method, path, isRefused: error !== undefined });
  return error === undefined ? passes : { kind: 'refused', error };
}

/**
 * Judges bytes that are not the head of a request. If it is known that they belong to a request that began before the start, they are refused. If it is not
 * known, they are refused only at S3's own hosts, because clients send nothing but requests to these.
 */
export function judgeBegun(rules: JudgementRules, { target, named }: Route, isKnown: () => boolean): Verdict {
  const ours = findOurs(rules, target, named);
  if (ours === undefined || (rules.endpointOf(ours)?.own && !isKnown())) return passes;
  return { kind: 'refused', error: guardError(rules.errorClasses.Error, ours, whyBegun, cureOfBegun) };
}

const whyBegun = 'the request, or one whose answer is still to come, began before mockS3() was called';
const cureOfBegun = 'Call mockS3() before the code sends its first request, or await that request first.';

/** A Host header decides only for addresses of other machines and for proxies: code that calls a server of this machine wants to reach this server. */
export function findCalled(
  { endpointOf, proxies }: Pick<JudgementRules, 'endpointOf' | 'proxies'>,
  called: Target | undefined,
  target: Target,
): Target | undefined {
  if (called === undefined || endpointOf(called) === undefined) return undefined;
  return !isLocal(target.host) || proxies.has(target) ? called : undefined;
}

const absoluteForm = /^https?:\/\/([^/?#]*)/i;

export function readNamedRequest(
  method: string,
  url: string,
  hostHeader: string | undefined,
  secure: boolean,
): NamedRequest | undefined {
  if (method === 'CONNECT') return { form: 'tunnel', target: readAuthority(url, 443, secure) };
  const absolute = url.startsWith('/') ? undefined : absoluteForm.exec(url)?.[1];
  const authority = absolute ?? hostHeader;
  if (!authority) return undefined;
  const target = readAuthority(authority.trim(), secure ? 443 : 80, secure);
  return { form: absolute === undefined ? 'origin' : 'absolute', target };
}
