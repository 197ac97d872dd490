import type { Accept, CaptureRefusal, Endpoint, WireDelay, WireReply } from '../wire';
import { withClose } from './reply-sender';
import { type RequestHead, wholeRequest } from './wire-request';

/** The functions that answer the requests of an exchange. */
export interface Answerers {
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
}

/** The answer to a request whose head has come. */
export interface ChosenAnswer {
  /** Whether the head alone decides the reply, so that a client which waits for `100 Continue` gets the reply instead. */
  readonly refusesHead: () => boolean;
  readonly reply: (body?: Uint8Array, rawTrailers?: readonly string[]) => WireReply | WireDelay;
}

/** Chooses the answer by the host of a request. */
export function chooseAnswer(
  head: RequestHead,
  endpoint: Endpoint | undefined,
  { accept, refuse }: Answerers,
): ChosenAnswer {
  if (endpoint === undefined || endpoint.service === 'refused') {
    const { host } = head;
    const why = endpoint?.why ?? `${host} is not one of the hosts of this mock`;
    const refusing: Endpoint = endpoint ?? { service: 'refused', base: host, dialect: 'aws', region: undefined, why };
    return answerOf((body, rawTrailers) =>
      refuse({ kind: 'unknown-host', host, why, request: wholeRequest(head, refusing, body, rawTrailers) }),
    );
  }
  try {
    const answer = accept();
    return {
      refusesHead: () => answer.refusesHead?.(wholeRequest(head, endpoint)) === true,
      reply: (body, rawTrailers) => answer(wholeRequest(head, endpoint, body, rawTrailers)),
    };
  } catch (error) {
    return answerOf(() => refuse({ kind: 'broken', error }));
  }
}

/** The answer whose reply the head decides. */
export function answerOf(reply: ChosenAnswer['reply']): ChosenAnswer {
  return { refusesHead: () => true, reply };
}

/** A reply after which the connection ends, at once or after a delay. */
export function closing(reply: WireReply | WireDelay): WireReply | WireDelay {
  if (!('until' in reply)) return withClose(reply);
  return { ...reply, reply: () => closing(reply.reply()) };
}
