import { aws } from '../dialects';
import { writeHttpDate } from '../formats/dates';
import type { Store } from '../model/store';
import type { S3Error } from '../refusals';
import { makeStsStamp, writeStsRefusal } from '../sts/reply';
import type { WireReply, WireRequest } from '../wire';
import { signedNames, signedService } from './called-service';
import { replyToStray } from './stray-replies';

/** Every service has its own form of a refusal. If the form is wrong, an SDK reports an unknown error. */
export function replyToOther(store: Store, wire: WireRequest, refusal: S3Error): WireReply {
  const type = wire.headers.get('content-type') ?? '';
  const worded = aws.answers.wordsOf(refusal);
  const { status, code, message } = worded;
  const now = store.clock.processNow();
  if (/json/i.test(type) || (type === '' && readsJson(wire))) {
    const body = JSON.stringify({ __type: code, message });
    const length = String(Buffer.byteLength(body));
    const headers = [
      ['content-type', type === '' ? 'application/json' : type],
      ['x-amzn-errortype', code],
      ['content-length', length],
      ['date', writeHttpDate(now)],
    ] as const;
    return { status, headers, body: wire.method === 'HEAD' ? '' : body };
  }
  if (/x-www-form-urlencoded/i.test(type))
    return writeStsRefusal(worded, { wire, wantsJson: false }, makeStsStamp(store.ids, 'us-east-1', now, 'stray'));
  return replyToStray(store, { method: 'GET' }, refusal);
}

/** The services of AWS that answer with XML. All other services answer with JSON, or take forms. */
const xmlServices: ReadonlySet<string> = new Set([...signedNames, 'sts', 'route53', 'cloudfront']);

const hostOfJsonService =
  /(?:^|\.)s3(?:tables|vectors|files)[.-]|^(?:config|control)\.(?:[a-z]+\.)?cloud-object-storage\./;

/** Whether the client of a request without a body reads JSON: by the service for which it is signed, or by the host. S3 on Outposts has operations of both kinds. */
function readsJson(wire: WireRequest): boolean {
  if (wire.url.startsWith('/S3Outposts/')) return true;
  const signed = signedService(wire);
  return signed === undefined ? hostOfJsonService.test(wire.host) : !xmlServices.has(signed);
}
