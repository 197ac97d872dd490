import type { RequestFault } from '../../journal/entry';
import type { S3Error } from '../../refusals/s3-error';
import type { WireReply } from '../../wire';
import type { Fault } from './steps';

/** What became of a request. */
export interface Outcome {
  readonly output?: object | undefined;
  readonly refusal?: S3Error;
  readonly reply: WireReply;
  /** What was done to it on purpose. */
  readonly fault?: RequestFault;
}

/** What is as it would be if nothing went wrong. */
export interface Ordinary {
  /** Applies the request. */
  readonly carryOut: () => Outcome;
  /** Refuses it, unapplied, by a code of S3's. */
  readonly refuse: (failure: string) => Outcome;
}

/** Nothing is sent, so there is no status. */
const noReply: WireReply = { status: 0, headers: [], body: '', disconnect: 'before' };

/** What becomes of a request that a fault meets. */
export function disturb(fault: Fault, { carryOut, refuse }: Ordinary): Outcome {
  switch (fault.kind) {
    case 'fail': {
      const { retryAfter, failure } = fault;
      const outcome = refuse(failure);
      const reply =
        retryAfter === undefined ? outcome.reply : withHeader(outcome.reply, 'Retry-After', `${retryAfter}`);
      return { ...outcome, reply, fault: told(fault.kind, `failed with ${failure}`, false) };
    }
    case 'reply': {
      const { reply } = fault;
      return { reply, fault: told(fault.kind, `answered ${reply.status} in place of S3's answer`, false) };
    }
    case 'delay':
      return applied(fault, carryOut(), `delayed by ${fault.milliseconds} ms`);
    case 'corrupt': {
      const outcome = carryOut();
      const reply = corrupted(outcome.reply, fault.how);
      const done = fault.how === 'truncate' ? 'answer truncated' : 'answer altered';
      return applied(fault, { ...outcome, reply }, reply === outcome.reply ? `${done} (it has no body)` : done);
    }
    case 'disconnect': {
      if (fault.when === 'before')
        return { reply: noReply, fault: told(fault.kind, 'connection lost before the request was applied', false) };
      const outcome = carryOut();
      return fault.when === 'after'
        ? applied(fault, { ...outcome, reply: noReply }, 'connection lost before any answer')
        : applied(
            fault,
            { ...outcome, reply: { ...outcome.reply, disconnect: 'during' } },
            'connection lost in the middle of the answer',
          );
    }
  }
}

function applied({ kind }: Fault, outcome: Outcome, what: string): Outcome {
  return { ...outcome, fault: told(kind, what, outcome.refusal === undefined) };
}

function told(kind: RequestFault['kind'], what: string, isApplied: boolean): RequestFault {
  return { kind, what, applied: isApplied };
}

function withHeader(reply: WireReply, name: string, value: string): WireReply {
  return { ...reply, headers: [...reply.headers, [name, value]] };
}

/** The same answer with half of its body, or with another byte in the middle of it; its framing is right, so that nobody hangs. */
export function corrupted(reply: WireReply, how: 'truncate' | 'alter'): WireReply {
  const bytes = Buffer.from(reply.body);
  if (bytes.length === 0) return reply;
  const middle = Math.floor(bytes.length / 2);
  if (how === 'alter') bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  const body = how === 'alter' ? bytes : bytes.subarray(0, middle);
  const headers = reply.headers.map(([name, value]): readonly [string, string] =>
    name.toLowerCase() === 'content-length' ? [name, String(body.length)] : [name, value],
  );
  return { ...reply, headers, body };
}
