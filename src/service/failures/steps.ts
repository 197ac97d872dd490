import { types } from 'node:util';
import type { ExpectedEntry } from '../../journal/batch';
import type { GivenError } from '../../refusals';
import { usualCodes } from '../../refusals/error-codes';
import { Code, call } from '../../text/calls';
import { sameCure } from '../../text/closed-members';
import { invalidValue } from '../../text/invalid-value';
import { readItems, writeAlternatives } from '../../text/lists';
import { checkOptionNames } from '../../text/member-names';
import { makeMistake } from '../../text/mistakes';
import { clause, type Said, say } from '../../text/reason';
import { writeSuggestion } from '../../text/spelling';
import { type Bytes, isAsymmetric, isRecord } from '../../text/value-kinds';
import { writeGiven } from '../../text/values';
import type { Broken, WireReply } from '../../wire';

/** The number of requests to which a step of a rule applies. */
export interface FailureTimes {
  /** The number of requests that the step affects. Default: all, until the rule is removed. */
  readonly times?: number | undefined;
}

/**
 * The older name of FailureTimes, until 1.0.
 * @deprecated Name `FailureTimes`.
 */
export type FaultTimes = FailureTimes;

/** The options of `fail`. */
export interface FailOptions extends FailureTimes {
  /** The probability that a request fails, above 0 and up to 1, drawn from the mock's seed. Default 1. */
  readonly probability?: number | undefined;
  /** The seconds in the Retry-After header of the answer. Default: no such header, as in most answers of S3. */
  readonly retryAfter?: number | undefined;
  /**
   * 200 for an error inside of a 200, as S3 sends it if it fails after it began to answer: CopyObject, UploadPartCopy,
   * CompleteMultipartUpload and DeleteObjects alone. Default: the status of the error.
   */
  readonly status?: 200 | undefined;
}

/** The options of `failEntries`. */
export interface FailEntriesOptions {
  /** The number of requests in which entries fail, however many. Default: all, until the rule is removed. */
  readonly times?: number | undefined;
  /** The probability that a matching entry fails, above 0 and up to 1, drawn from the mock's seed for each. Default 1. */
  readonly probability?: number | undefined;
}

/** An answer that replaces S3's. */
export interface FailureReply {
  /** The status, from 200 to 599. */
  readonly status: number;
  /** Its headers, which are sent unchanged; a Content-Length is added. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Its body, as text or bytes. */
  readonly body?: string | Bytes | undefined;
}

/**
 * The older name of FailureReply, until 1.0.
 * @deprecated Name `FailureReply`.
 */
export type FaultReply = FailureReply;

export type Failure = (
  | {
      readonly kind: 'fail';
      readonly error: string | GivenError;
      readonly retryAfter: number | undefined;
      readonly status: 200 | undefined;
    }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | {
      readonly kind: 'disconnect';
      readonly when: 'before' | 'during' | 'after';
      readonly broken?: Broken | undefined;
    }
  | { readonly kind: 'corrupt'; readonly how: 'truncate' | 'alter' }
  | { readonly kind: 'stall'; readonly after: number }
  | { readonly kind: 'reply'; readonly reply: WireReply }
) & {
  /** What asked for it, if that is not a rule for the operation. */
  readonly cause?: string | undefined;
};

export interface EntryFailure {
  readonly kind: 'failEntries';
  readonly entries: ExpectedEntry | readonly ExpectedEntry[];
  readonly error: string | GivenError;
}

export interface Step<Kind extends Failure | EntryFailure = Failure | EntryFailure> {
  readonly failure: Kind;
  readonly times: number;
  readonly probability: number;
}

const longestDelay = 2 ** 31 - 1;

export function readDelay(options: { readonly milliseconds: number } & FailureTimes): Step {
  checkOptionNames('delay', options, ['milliseconds', 'times']);
  return step(makeDelay('delay', options.milliseconds), options);
}

export function makeDelay(call: string, milliseconds: number): Failure {
  if (typeof milliseconds === 'number' && milliseconds >= 0 && milliseconds <= longestDelay)
    return { kind: 'delay', milliseconds };
  throw invalidValue(call, 'milliseconds', milliseconds, `a number from 0 to ${longestDelay}`);
}

export function readDisconnect(options: { readonly when: 'before' | 'during' | 'after' } & FailureTimes): Step {
  checkOptionNames('disconnect', options, ['when', 'times']);
  const when = readChoice('disconnect', 'when', options.when, ['before', 'during', 'after'] as const);
  return step({ kind: 'disconnect', when }, options);
}

export function readCorrupt(options: { readonly how: 'truncate' | 'alter' } & FailureTimes): Step {
  checkOptionNames('corrupt', options, ['how', 'times']);
  const how = readChoice('corrupt', 'how', options.how, ['truncate', 'alter'] as const);
  return step({ kind: 'corrupt', how }, options);
}

export function readStall(options: { readonly after?: number | undefined } & FailureTimes = {}): Step {
  checkOptionNames('stall', options, ['after', 'times']);
  const { after = 0 } = options;
  if (!Number.isSafeInteger(after) || after < 0)
    throw invalidValue('stall', 'after', after, 'a whole number of bytes from 0 on, or undefined for the head alone');
  return step({ kind: 'stall', after }, options);
}

export interface KnownCodes {
  readonly service: 'S3' | 'STS';
  readonly codes: readonly string[];
}

const advice = { S3: "Give a code such as 'SlowDown'", STS: "Give a code such as 'Throttling'" };

export function readError(label: string, given: string | GivenError, known: KnownCodes): string | GivenError {
  const { service, codes } = known;
  if (typeof given === 'object' && isRecord(given)) return readGivenError(label, given);
  if (typeof given === 'string' && codes.includes(given)) return given;
  const hint =
    cureOfError(given, known) ??
    writeSuggestion(given, codes) ??
    `${advice[service]}, or { code, status, message } for an error of your own.`;
  throw makeMistake(say`${label}: ${writeGiven(given)} is not an error code of ${service}. ${hint}`);
}

/** Longer than clients wait. */
export const aMinute = call('delay(delay)', { delay: { milliseconds: new Code('60_000', 60_000) } });

function cureOfError(given: unknown, { service, codes }: KnownCodes): Said | undefined {
  if (isRecord(given) || types.isNativeError(given)) return cureOfObject(given, codes);
  const name = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
  if (
    /^(?:E(?:CONN[A-Z]+|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH)|NetworkingError|socket hang up)$/.test(
      name,
    )
  )
    return say`It is an error of a connection${clause`: ${call('disconnect(disconnect)', { disconnect: { when: 'before' } })} makes one`}.`;
  if (/^(?:TimeoutError|AbortError)$/.test(name))
    return say`The client makes it by itself if no answer comes in time${clause`: ${aMinute} makes it wait`}.`;
  if (service !== 'S3') return undefined;
  if (/^(?:Throttl(?:ing|ed)|TooManyRequests|RequestLimitExceeded|Provisioned)/.test(name))
    return "S3's code is 'SlowDown'.";
  if (name === 'NotFound')
    return "SDKs call the 404 of a HEAD so, whose answer has no code: give 'NoSuchKey' or 'NoSuchBucket'.";
  if (name === 'Forbidden' || name === 'Unauthorized')
    return "SDKs call the 403 of a HEAD so, whose answer has no code: give 'AccessDenied'.";
  const usual = usualCodes[name];
  return (
    usual &&
    `Give a code such as '${usual}', whose status is ${name}, or { code, status, message } for an error of your own.`
  );
}

/** The client of an SDK makes it of an answer: only the code is sent. */
function cureOfObject(given: object, codes: readonly string[]): string | undefined {
  const { name, Code, code }: { readonly name?: unknown; readonly Code?: unknown; readonly code?: unknown } = given;
  const known = [Code, code, name].find((one) => typeof one === 'string' && codes.includes(one));
  return known === undefined
    ? 'The client makes its error of the answer: give the code of S3, or { code, status, message }.'
    : `The client makes its error of the answer: give the code, ${writeGiven(known)}.`;
}

const inside200 = ', and the option { status: 200 } for an error inside of a 200';

const otherNames = {
  ...sameCure(['name', 'Code'], 'Give it as code.'),
  ...sameCure(['statusCode', 'httpStatusCode', '$metadata'], 'Give it as status.'),
  Message: 'Give it as message.',
};

function readGivenError(call: string, given: GivenError): GivenError {
  checkOptionNames(call, given, ['code', 'status', 'message'], otherNames);
  const { code, status, message } = given;
  if (typeof code !== 'string' || !/^[\w.-]+$/.test(code))
    throw invalidValue(call, 'code', code, "letters, digits, dots, hyphens and underscores, such as 'SlowDown'");
  if (!Number.isInteger(status) || status < 300 || status > 599)
    throw invalidValue(call, 'status', status, `a whole number from 300 to 599${status === 200 ? inside200 : ''}`);
  if (typeof message !== 'string') throw invalidValue(call, 'message', message, 'a text');
  return { code, status, message: status === 304 ? '' : message };
}

export function readFail<Reason extends string | GivenError>(error: Reason, options: FailOptions = {}) {
  checkOptionNames('fail', options, ['times', 'probability', 'retryAfter', 'status']);
  const { retryAfter, status } = options;
  if (retryAfter !== undefined && !(Number.isInteger(retryAfter) && retryAfter >= 0))
    throw invalidValue('fail', 'retryAfter', retryAfter, 'whole seconds, such as 2, or undefined');
  if (status !== undefined && status !== 200)
    throw invalidValue('fail', 'status', status, '200, or undefined for the status of the error');
  if (status !== undefined && retryAfter !== undefined)
    throw invalidValue('fail', 'retryAfter', retryAfter, 'undefined: S3 sends the headers of a 200 before it fails');
  return step({ kind: 'fail' as const, error, retryAfter, status }, options);
}

export function readFailEntries(
  entries: ExpectedEntry | readonly ExpectedEntry[],
  error: string | GivenError,
  options: FailEntriesOptions = {},
): Step {
  checkOptionNames('failEntries', options, ['times', 'probability']);
  const isEntry = (one: unknown) => isAsymmetric(one) || (isRecord(one) && !Array.isArray(one));
  const list = Array.isArray(entries) ? readItems(entries) : [entries];
  if (list.length === 0 || !list.every(isEntry))
    throw invalidValue(
      'failEntries',
      'entries',
      entries,
      "an object such as { Key: 'a.pdf' }, a list of such objects, or {} for all entries",
    );
  return step({ kind: 'failEntries', entries, error }, options);
}

const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
const headerValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

export function readReply(given: FailureReply, options: FailureTimes = {}): Step {
  checkOptionNames('reply', given, ['status', 'headers', 'body']);
  checkOptionNames('reply', options, ['times']);
  const { status, headers = {}, body = '' } = given;
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw invalidValue('reply', 'status', status, 'a whole number from 200 to 599');
  if (!isRecord(headers)) throw invalidValue('reply', 'headers', headers, 'an object of header names and texts');
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name) || typeof value !== 'string' || !headerValue.test(value))
      throw invalidValue('reply', 'header', { [name]: value }, 'a name and a text that HTTP can carry');
  }
  if (typeof body !== 'string' && !types.isUint8Array(body))
    throw invalidValue('reply', 'body', body, 'a string or bytes, or undefined');
  const copy = typeof body === 'string' ? body : Uint8Array.from(body);
  return step({ kind: 'reply', reply: { status, headers: Object.entries(headers), body: copy } }, options);
}

function step<Kind extends Failure | EntryFailure>(
  failure: Kind,
  { times = Number.POSITIVE_INFINITY, probability = 1 }: FailEntriesOptions,
): Step<Kind> {
  if (typeof probability !== 'number' || !(probability > 0 && probability <= 1))
    throw invalidValue(failure.kind, 'probability', probability, 'a number above 0 and up to 1');
  if (times !== Number.POSITIVE_INFINITY && !(Number.isInteger(times) && times >= 1))
    throw invalidValue(failure.kind, 'times', times, 'a whole number from 1 on, or undefined for all');
  return { failure, times, probability };
}

function readChoice<Word extends string>(call: string, name: string, given: Word, words: readonly Word[]): Word {
  const word = words.find((known) => known === given);
  if (word !== undefined) return word;
  throw invalidValue(call, name, given, writeAlternatives(words));
}
