import { joinBodies, type ObjectBody, readAllBytes, SparseBody } from '../../formats/sparse-body';
import type { FailedEntry, RequestFailure } from '../../journal/entry';
import type { Change } from '../../model/changes';
import type { GivenError, S3Error } from '../../refusals';
import { BRIEF, writeValue } from '../../text/values';
import type { Broken, WireReply, WireStall } from '../../wire';
import type { Failure } from './steps';

export interface Outcome {
  readonly output?: object | undefined;
  readonly refusal?: S3Error;
  readonly reply: WireReply;
  readonly changes?: readonly Change[];
  readonly failure?: RequestFailure;
  /** The status of the answer that was lost. */
  readonly lostStatus?: number;
}

interface Ordinary {
  readonly carryOut: () => Outcome;
  readonly refuse: (error: string | GivenError, status: 200 | undefined) => Outcome;
  readonly onOvertaken: WireStall['onOvertaken'];
}

export const noReply: WireReply = { status: 0, headers: [], body: '', disconnect: 'before' };

const brokenBefore: Readonly<Record<Broken, string>> = {
  reset: 'connection lost before the request was applied',
  refused: 'connection refused',
  'timed out': 'connection timed out',
};

export function disturb(asked: Failure, ordinary: Ordinary): Outcome {
  const outcome = disturbAs(asked, ordinary);
  const { failure } = outcome;
  const { cause, endless } = asked;
  if (failure === undefined || (cause === undefined && endless === undefined)) return outcome;
  const what = cause === undefined ? failure.what : `${failure.what}, by ${cause}`;
  return { ...outcome, failure: { ...failure, what, ...(endless !== undefined && { endless }) } };
}

function disturbAs(failure: Failure, { carryOut, refuse, onOvertaken }: Ordinary): Outcome {
  switch (failure.kind) {
    case 'fail': {
      const { retryAfter, error, status } = failure;
      const outcome = refuse(error, status);
      const code = typeof error === 'string' ? error : error.code;
      const done = `failed with ${code}${status === undefined ? '' : ` inside of a ${status}`}`;
      const headers = [
        ...outcome.reply.headers,
        ...(retryAfter === undefined ? [] : [['Retry-After', `${retryAfter}`] as const]),
      ];
      return { ...outcome, reply: { ...outcome.reply, headers }, failure: makeFailure(failure.kind, done, false) };
    }
    case 'reply': {
      const { reply } = failure;
      return { reply, failure: makeFailure(failure.kind, `answered ${reply.status} instead of S3's answer`, false) };
    }
    case 'delay':
      return applied(failure, carryOut(), `delayed by ${failure.milliseconds} ms`);
    case 'corrupt': {
      const outcome = carryOut();
      const reply = corrupted(outcome.reply, failure.how);
      const done = failure.how === 'truncate' ? 'answer truncated' : 'answer altered';
      return applied(failure, { ...outcome, reply }, reply === outcome.reply ? `${done} (it has no body)` : done);
    }
    case 'stall':
      return stalled(failure, carryOut(), onOvertaken);
    case 'disconnect':
      return disconnected(failure, carryOut);
  }
}

function disconnected(failure: Failure & { readonly kind: 'disconnect' }, carryOut: () => Outcome): Outcome {
  const { kind, when, after, broken = 'reset' } = failure;
  if (when === 'before')
    return { reply: { ...noReply, broken }, failure: makeFailure(kind, brokenBefore[broken], false) };
  const outcome = carryOut();
  const lost = { ...outcome, reply: noReply, lostStatus: outcome.reply.status };
  if (when === 'after') return applied(failure, lost, 'connection lost before any answer');
  if (after !== undefined) return cutAfter(failure, outcome, after);
  const reply = { ...outcome.reply, disconnect: 'during' } as const;
  return applied(failure, { ...outcome, reply }, 'connection lost in the middle of the answer');
}

function cutAfter(failure: Failure, outcome: Outcome, after: number): Outcome {
  const size = countBytes(outcome.reply);
  if (after >= size) return applied(failure, outcome, sentWhole(size));
  const what = `connection lost after ${after} of ${size} bytes of the answer`;
  return applied(failure, { ...outcome, reply: { ...outcome.reply, disconnect: { after } } }, what);
}

function applied({ kind }: Failure, outcome: Outcome, what: string): Outcome {
  return { ...outcome, failure: makeFailure(kind, what, outcome.refusal === undefined) };
}

export function failureWithEntries(
  { failure, refusal }: Outcome,
  entries: readonly FailedEntry[] | undefined,
  endless?: string | undefined,
): RequestFailure | undefined {
  if (entries === undefined) return failure;
  const [first, ...others] = entries;
  const what = others.length === 0 ? writeValue(first?.entry, BRIEF) : `${entries.length} entries`;
  const codes = [...new Set(entries.map(({ code }) => code))].join(' and ');
  const done = `failed ${what} with ${codes}`;
  const ofRule = endless === undefined ? {} : { endless };
  return failure === undefined
    ? { kind: 'failEntries', what: done, applied: refusal === undefined, entries, ...ofRule }
    : { ...ofRule, ...failure, what: `${failure.what}; ${done}`, entries };
}

function makeFailure(kind: RequestFailure['kind'], what: string, isApplied: boolean): RequestFailure {
  return { kind, what, applied: isApplied };
}

function stalled(
  failure: Failure & { readonly kind: 'stall' },
  outcome: Outcome,
  onOvertaken: WireStall['onOvertaken'],
): Outcome {
  const { after } = failure;
  const size = countBytes(outcome.reply);
  if (after >= size) return applied(failure, outcome, sentWhole(size));
  const what = after === 0 ? 'answer stalled after its head' : `answer stalled after ${after} of ${size} bytes`;
  return applied(failure, { ...outcome, reply: { ...outcome.reply, stall: { after, onOvertaken } } }, what);
}

function countBytes({ body }: WireReply): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}

function sentWhole(size: number): string {
  return `answer sent whole, since it has no ${size === 0 ? 'body' : `more than ${size} bytes`}`;
}

/** Its framing stays valid, so that no client hangs. */
function corrupted(reply: WireReply, how: 'truncate' | 'alter'): WireReply {
  const bytes = reply.body instanceof SparseBody ? reply.body : Buffer.from(reply.body as string | Uint8Array); // the long bodies of the service
  if (bytes.length === 0) return reply;
  const middle = Math.floor(bytes.length / 2);
  const body = how === 'alter' ? withOtherByte(bytes, middle) : bytes.subarray(0, middle);
  const headers = reply.headers.map(([name, value]): readonly [string, string] =>
    name.toLowerCase() === 'content-length' ? [name, String(body.length)] : [name, value],
  );
  return { ...reply, headers, body };
}

function withOtherByte(bytes: ObjectBody, at: number): ObjectBody {
  const [byte = 0] = readAllBytes(bytes.subarray(at, at + 1));
  return joinBodies([bytes.subarray(0, at), Buffer.of(byte ^ 1), bytes.subarray(at + 1, bytes.length)]);
}
