import { types } from 'node:util';
import type { ExpectedEntry } from '../../journal/batch';
import type { GivenError } from '../../refusals';
import { usualCodes } from '../../refusals/error-codes';
import { required } from '../../shapes/elements';
import { expecting, givenNames, matching, readBy, shapeOf } from '../../shapes/given';
import { readGiven, readOptions } from '../../shapes/given-reader';
import type { LeafShape } from '../../shapes/shape';
import { long, ranging, text, words } from '../../shapes/values';
import { Code, call } from '../../text/calls';
import { sameCure } from '../../text/closed-members';
import { invalidValue } from '../../text/invalid-value';
import { readItems } from '../../text/lists';
import { checkOptionNames } from '../../text/member-names';
import { makeMistake } from '../../text/mistakes';
import { clause, type Said, say } from '../../text/reason';
import { writeSuggestion } from '../../text/spelling';
import { type Bytes, isRecord } from '../../text/value-kinds';
import { writeGiven } from '../../text/values';
import type { Broken, WireReply } from '../../wire';

/** The number of requests to which a step of a rule applies. */
export interface FailureTimes {
  /** The number of requests that the step affects. Default: all, until the rule is removed. */
  readonly times?: number | undefined;
}

/** The options of `fail`. */
export interface FailOptions extends FailureTimes {
  /** The probability that a request fails, above 0 and up to 1, drawn from the mock's seed. Default 1. */
  readonly probability?: number | undefined;
  /** The seconds in the Retry-After header of the answer. By default the answer has no such header, like most answers of S3. */
  readonly retryAfter?: number | undefined;
  /**
   * 200 puts the error into a 200, as S3 does if it fails after it began to answer. Only for CopyObject, UploadPartCopy,
   * CompleteMultipartUpload and DeleteObjects. Default: the status of the error.
   */
  readonly status?: 200 | undefined;
}

/** The options of `disconnect`. */
export interface DisconnectOptions extends FailureTimes {
  /**
   * `before`: before the request is applied; `during`: in the middle of the answer, after the client has read a part; `after`: after the
   * request was applied and before the answer.
   */
  readonly when: 'before' | 'during' | 'after';
  /** With `during`: the bytes of the body that are sent before the connection is lost; 0 for the head alone. Default: half of the body. */
  readonly after?: number | undefined;
}

/** The options of `failEntries`. */
export interface FailEntriesOptions {
  /** The number of requests in which entries fail, however many entries. Default: all, until the rule is removed. */
  readonly times?: number | undefined;
  /** The probability that a matching entry fails, above 0 and up to 1, drawn from the mock's seed for each entry. Default 1. */
  readonly probability?: number | undefined;
}

/** An answer that replaces S3's answer. */
export interface FailureReply {
  /** The status, from 200 to 599. */
  readonly status: number;
  /** The headers, which are sent unchanged; a Content-Length is added. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The body, as text or bytes. */
  readonly body?: string | Bytes | undefined;
}

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
      readonly after?: number | undefined;
      readonly broken?: Broken | undefined;
    }
  | { readonly kind: 'corrupt'; readonly how: 'truncate' | 'alter' }
  | { readonly kind: 'stall'; readonly after: number }
  | { readonly kind: 'reply'; readonly reply: WireReply }
) & {
  /** The cause of the failure, if it is not a rule for the operation. */
  readonly cause?: string | undefined;
  /** The rule, if it fails every request. */
  readonly endless?: string | undefined;
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

const isWhole = (least: number) => (value: unknown) => Number.isInteger(value) && Number(value) >= least;
const isCount = (value: unknown) => value === Number.POSITIVE_INFINITY || isWhole(1)(value);
const isLength = (value: unknown) => Number.isSafeInteger(value) && isWhole(0)(value);
const isShare = (value: unknown) => typeof value === 'number' && value > 0 && value <= 1;
const isWait = (value: unknown) => typeof value === 'number' && value >= 0 && value <= longestDelay;

const times = expecting(long, 'a whole number from 1 on, or undefined for all', isCount);
const probability = expecting(long, 'a number above 0 and up to 1', isShare);
const milliseconds = required(expecting(long, `a number from 0 to ${longestDelay}`, isWait));

const only200: LeafShape<200> = { kind: 'long' };

/** The options of steps by their kinds. */
const optionsOf = {
  fail: shapeOf<FailOptions>()({
    times,
    probability,
    retryAfter: expecting(long, 'whole seconds, such as 2, or undefined', isWhole(0)),
    status: expecting(only200, '200, or undefined for the status of the error', (value) => value === 200),
  }),
  failEntries: shapeOf<FailEntriesOptions>()({ times, probability }),
  delay: shapeOf<{ readonly milliseconds: number } & FailureTimes>()({ milliseconds, times }),
  disconnect: shapeOf<DisconnectOptions>()({
    when: required(words('before', 'during', 'after')),
    after: expecting(long, 'a whole number of bytes from 0 on, or undefined for half of the body', isLength),
    times,
  }),
  corrupt: shapeOf<{ readonly how: 'truncate' | 'alter' } & FailureTimes>()({
    how: required(words('truncate', 'alter')),
    times,
  }),
  stall: shapeOf<{ readonly after?: number | undefined } & FailureTimes>()({
    after: expecting(long, 'a whole number of bytes from 0 on, or undefined for the head alone', isLength),
    times,
  }),
  reply: shapeOf<FailureTimes>()({ times }),
};

/** Whether a member of a failure is an option of its step, as a rule writes it. */
export function isOption({ kind }: Failure | EntryFailure, name: string): boolean {
  return Object.hasOwn(optionsOf[kind].members, name);
}

const byDefault = { delay: {}, disconnect: {}, corrupt: {}, stall: { after: 0 } };

/** A step whose failure is its options. */
export function readStep(kind: keyof typeof byDefault, options: object): Step {
  const read = readOptions(optionsOf[kind].members, options, { at: kind, now: 0 });
  const { times: most, ...failure } = read;
  return makeStep({ kind, ...byDefault[kind], ...failure } as Failure, { times: most }); // read by the shape of its kind
}

export function makeDelay(call: string, given: number): Failure {
  return { kind: 'delay', ...readGiven({ milliseconds }, { milliseconds: given }, { at: call, now: 0 }) };
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
    return say`It is the error of a lost connection${clause`: ${call('disconnect(disconnect)', { disconnect: { when: 'before' } })} causes it`}.`;
  if (/^(?:TimeoutError|AbortError)$/.test(name))
    return say`The client throws it by itself if no answer comes in time${clause`: ${aMinute} makes it wait`}.`;
  if (service !== 'S3') return undefined;
  if (/^(?:Throttl(?:ing|ed)|TooManyRequests|RequestLimitExceeded|Provisioned)/.test(name))
    return "S3's code is 'SlowDown'.";
  if (name === 'NotFound')
    return "SDKs use this name for a 404 of a HEAD request, whose answer has no code: give 'NoSuchKey' or 'NoSuchBucket'.";
  if (name === 'Forbidden' || name === 'Unauthorized')
    return "SDKs use this name for a 403 of a HEAD request, whose answer has no code: give 'AccessDenied'.";
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
    ? 'The client makes its error from the answer: give the code of S3, or { code, status, message }.'
    : `The client makes its error from the answer: give the code, ${writeGiven(known)}.`;
}

const inside200 = ', and the option { status: 200 } for an error inside of a 200';

const otherNames = {
  ...sameCure(['name', 'Code'], 'Give it as code.'),
  ...sameCure(['statusCode', 'httpStatusCode', '$metadata'], 'Give it as status.'),
  Message: 'Give it as message.',
};

const errorShape = shapeOf<GivenError>()({
  code: required(matching(/^[\w.-]+$/, "letters, digits, dots, hyphens and underscores, such as 'SlowDown'")),
  status: required(readBy(readErrorStatus)),
  message: required(expecting(text, 'a text')),
});

function readErrorStatus(at: string, status: number): number {
  if (Number.isInteger(status) && status >= 300 && status <= 599) return status;
  throw invalidValue(at, 'status', status, `a whole number from 300 to 599${status === 200 ? inside200 : ''}`);
}

function readGivenError(call: string, given: GivenError): GivenError {
  const { members } = errorShape;
  const { code, status, message } = readOptions(members, given, { at: call, now: 0 }, givenNames(members), otherNames);
  return { code, status, message: status === 304 ? '' : message };
}

export function readFail<Reason extends string | GivenError>(error: Reason, options: FailOptions = {}) {
  const { retryAfter, status, ...limits } = readOptions(optionsOf.fail.members, options, { at: 'fail', now: 0 });
  if (status !== undefined && retryAfter !== undefined)
    throw invalidValue('fail', 'retryAfter', retryAfter, 'undefined: S3 sends the headers of a 200 before it fails');
  return makeStep({ kind: 'fail' as const, error, retryAfter, status }, limits);
}

export function readFailEntries(
  entries: ExpectedEntry | readonly ExpectedEntry[],
  error: string | GivenError,
  options: FailEntriesOptions = {},
): Step {
  const limits = readOptions(optionsOf.failEntries.members, options, { at: 'failEntries', now: 0 });
  const list = Array.isArray(entries) ? readItems(entries) : [entries];
  if (list.length === 0 || !list.every(isRecord))
    throw invalidValue(
      'failEntries',
      'entries',
      entries,
      "an object such as { Key: 'a.pdf' }, a list of such objects, or {} for all entries",
    );
  return makeStep({ kind: 'failEntries', entries, error }, limits);
}

const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
const headerValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

const replyShape = shapeOf<FailureReply>()({
  status: required(ranging(long, [200, 599])),
  headers: readBy(readHeaders),
  body: readBy(readReplyBody),
});

export function readReply(given: FailureReply, options: FailureTimes = {}): Step {
  checkOptionNames('reply', given, givenNames(replyShape.members));
  const limits = readOptions(optionsOf.reply.members, options, { at: 'reply', now: 0 });
  const { status, headers = [], body = '' } = readGiven(replyShape.members, given, { at: 'reply', now: 0 });
  return makeStep({ kind: 'reply', reply: { status, headers, body } }, limits);
}

function readHeaders(at: string, headers: Readonly<Record<string, string>>): WireReply['headers'] {
  if (!isRecord(headers)) throw invalidValue(at, 'headers', headers, 'an object of header names and texts');
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name) || typeof value !== 'string' || !headerValue.test(value))
      throw invalidValue(at, 'header', { [name]: value }, 'a name and a text that HTTP can carry');
  }
  return Object.entries(headers);
}

function readReplyBody(at: string, body: string | Bytes): string | Uint8Array {
  if (typeof body === 'string') return body;
  if (types.isUint8Array(body)) return Uint8Array.from(body);
  throw invalidValue(at, 'body', body, 'a string or bytes, or undefined');
}

function makeStep<Kind extends Failure | EntryFailure>(
  failure: Kind,
  { times: most = Number.POSITIVE_INFINITY, probability: share = 1 }: FailEntriesOptions,
): Step<Kind> {
  return { failure, times: most, probability: share };
}
