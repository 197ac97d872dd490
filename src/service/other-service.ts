import { aws } from '../dialects';
import { httpDate } from '../formats/dates';
import type { Store } from '../model/store';
import type { S3Error } from '../refusals';
import { makeStsStamp, writeStsRefusal } from '../sts/reply';
import type { WireReply, WireRequest } from '../wire';
import { replyToStray } from './stray-replies';

/**
 * Refuses a request for a service that the mock does not answer, in the form that clients of such services read: JSON, the document of the query
 * protocol, or that of S3. Otherwise an SDK would say only that the error is unknown.
 */
export function replyToOther(store: Store, wire: WireRequest, refusal: S3Error): WireReply {
  const type = wire.headers.get('content-type') ?? '';
  const worded = aws.answers.wordsOf(refusal);
  const { status, code, message } = worded;
  const now = store.clock.processNow();
  if (/json/i.test(type)) {
    const body = JSON.stringify({ __type: code, message });
    const length = String(Buffer.byteLength(body));
    const headers = [
      ['content-type', type],
      ['x-amzn-errortype', code],
      ['content-length', length],
      ['date', httpDate(now)],
    ] as const;
    return { status, headers, body };
  }
  if (/x-www-form-urlencoded/i.test(type))
    return writeStsRefusal(worded, { wire, wantsJson: false }, makeStsStamp(store.ids, 'us-east-1', now, 'stray'));
  return replyToStray(store, { method: 'GET' }, refusal);
}
