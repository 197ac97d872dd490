import { checkMembers, isRecord, wrong } from '../../text/members';
import type { WireReply } from '../../wire';

/** The number of requests to which a step of a rule applies. */
export interface FailureTimes {
  /** The number of requests that the step affects. Default: all, until the rule is removed. */
  readonly times?: number | undefined;
}

/** The options of `fail`. */
export interface FailOptions extends FailureTimes {
  /** The probability that a request fails, above 0 and up to 1, drawn from the mock's seed. Default 1. */
  readonly probability?: number | undefined;
  /** The seconds in the Retry-After header of the answer. Default: no such header, as in most answers of S3. */
  readonly retryAfter?: number | undefined;
}

/** An answer that replaces S3's. */
export interface FailureReply {
  /** From 200 to 599. */
  readonly status: number;
  /** Headers, which are sent unchanged; a Content-Length is added. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Text or bytes. */
  readonly body?: string | Uint8Array | undefined;
}

/** A failure that is done to a request. */
export type Failure =
  | { readonly kind: 'fail'; readonly code: string; readonly retryAfter: number | undefined }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'disconnect'; readonly when: 'before' | 'during' | 'after' }
  | { readonly kind: 'corrupt'; readonly how: 'truncate' | 'alter' }
  | { readonly kind: 'reply'; readonly reply: WireReply };

/** A failure, with the number of requests it affects and its probability. */
export interface Step {
  readonly failure: Failure;
  readonly times: number;
  readonly probability: number;
}

const longestDelay = 2 ** 31 - 1;

/** Reads the options of `delay` as a step. */
export function readDelay(options: { readonly milliseconds: number } & FailureTimes): Step {
  checkMembers('delay', options, ['milliseconds', 'times']);
  const { milliseconds } = options;
  if (typeof milliseconds !== 'number' || !(milliseconds >= 0 && milliseconds <= longestDelay))
    throw new TypeError(`delay: milliseconds ${wrong(milliseconds)}. Give a number from 0 to ${longestDelay}.`);
  return step({ kind: 'delay', milliseconds }, 'delay', options);
}

/** Reads the options of `disconnect` as a step. */
export function readDisconnect(options: { readonly when: 'before' | 'during' | 'after' } & FailureTimes): Step {
  checkMembers('disconnect', options, ['when', 'times']);
  const when = oneOf('disconnect: when', options.when, ['before', 'during', 'after'] as const);
  return step({ kind: 'disconnect', when }, 'disconnect', options);
}

/** Reads the options of `corrupt` as a step. */
export function readCorrupt(options: { readonly how: 'truncate' | 'alter' } & FailureTimes): Step {
  checkMembers('corrupt', options, ['how', 'times']);
  const how = oneOf('corrupt: how', options.how, ['truncate', 'alter'] as const);
  return step({ kind: 'corrupt', how }, 'corrupt', options);
}

/** Reads the arguments of `fail` as a step. */
export function readFail(code: string, options: FailOptions = {}): Step {
  checkMembers('fail', options, ['times', 'probability', 'retryAfter']);
  const { probability = 1, retryAfter } = options;
  if (typeof probability !== 'number' || !(probability > 0 && probability <= 1))
    throw new TypeError(`fail: probability ${wrong(probability)}. Give a number above 0 and up to 1.`);
  if (retryAfter !== undefined && !(Number.isInteger(retryAfter) && retryAfter >= 0))
    throw new TypeError(`fail: retryAfter ${wrong(retryAfter)}. Give whole seconds, such as 2, or leave it out.`);
  return { ...step({ kind: 'fail', code, retryAfter }, 'fail', options), probability };
}

const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
const headerValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/** Reads the arguments of `reply` as a step. */
export function readReply(given: FailureReply, options: FailureTimes = {}): Step {
  checkMembers('reply', given, ['status', 'headers', 'body']);
  checkMembers('reply', options, ['times']);
  const { status, headers = {}, body = '' } = given;
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw new TypeError(`reply: status ${wrong(status)}. Give a whole number from 200 to 599.`);
  if (!isRecord(headers))
    throw new TypeError(`reply: headers ${wrong(headers)}. Give an object of header names and texts.`);
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name) || typeof value !== 'string' || !headerValue.test(value))
      throw new TypeError(`reply: header ${wrong(name)}: ${wrong(value)}. Give a name and a text that HTTP can carry.`);
  }
  if (typeof body !== 'string' && !(body instanceof Uint8Array))
    throw new TypeError(`reply: body ${wrong(body)}. Give a string or bytes, or leave it out.`);
  const copy = typeof body === 'string' ? body : Uint8Array.from(body);
  return step({ kind: 'reply', reply: { status, headers: Object.entries(headers), body: copy } }, 'reply', options);
}

function step(failure: Failure, what: string, { times = Number.POSITIVE_INFINITY }: FailureTimes): Step {
  if (times !== Number.POSITIVE_INFINITY && !(Number.isInteger(times) && times >= 1))
    throw new TypeError(`${what}: times ${wrong(times)}. Give a whole number from 1 on, or leave it out for all.`);
  return { failure, times, probability: 1 };
}

function oneOf<Word extends string>(what: string, given: Word, words: readonly Word[]): Word {
  const word = words.find((known) => known === given);
  if (word !== undefined) return word;
  throw new TypeError(`${what} ${wrong(given)}. Give ${words.map((known) => `'${known}'`).join(' or ')}.`);
}
