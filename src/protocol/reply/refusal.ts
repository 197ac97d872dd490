import type { RefusedRequest, Stamp } from '../../dialects';
import { writeHttpDate } from '../../formats/dates';
import type { Header, S3Error, WordedRefusal } from '../../refusals';
import type { WireReply } from '../../wire';
import { xmlText } from '../document/characters';
import { type Addressee, connectionHeader, jsonHeaders, type ReplyShape } from './reply';

interface Refused extends Addressee, RefusedRequest {
  readonly headers?: ReadonlyMap<string, string>;
}

export function writeRefusal(
  refusal: S3Error,
  request: Refused,
  stamp: Stamp,
  extra: readonly Header[] = [],
  { slow, undeclaredRefusals = [] }: Pick<ReplyShape, 'slow' | 'undeclaredRefusals'> = {},
): WireReply {
  const { answers, documents } = request.dialect;
  const worded = answers.wordsOf(refusal);
  const { status, bare, undeclared } = worded;
  if (request.service === 'iam') {
    const body = iamErrorBody(worded, request.headers?.get('user-agent'), stamp);
    return { status, headers: jsonHeaders(body, stamp), body };
  }
  if (bare) return { status, headers: [...bare, ['Date', writeHttpDate(stamp.now)], ['Server', 'AmazonS3']], body: '' };
  const isListed = undeclaredRefusals.includes(worded.code) || undeclaredRefusals.includes(refusal.refusal);
  const isDeclared = slow === undefined && !isListed && !undeclared;
  const declaration = isDeclared || documents.declaresSlowRefusals ? documents.declaration : '';
  const isEmpty = worded.message === '' && status < 400;
  const body = isEmpty ? '' : `${declaration}${errorElement(worded, request, stamp)}`;
  const headers = answers.refusalHeaders(worded, body, extra, request.method, stamp);
  return { status, headers, body: request.method === 'HEAD' ? '' : body };
}

/** The characters with which S3 keeps the connection while it works (F670). */
const blanks = '\n   \n';

/** The answer of a request that S3 refused after it sent the status 200. S3 does not know the length yet, so both services send the document in chunks. */
export function writeRefusalIn200(
  refusal: S3Error,
  request: Refused,
  stamp: Stamp,
  extra: readonly Header[],
  { batch, slow }: Pick<ReplyShape, 'batch' | 'slow'>,
): WireReply {
  const { answers, documents } = request.dialect;
  const headers = answers.headers(
    [
      ...extra,
      ...connectionHeader(batch, request.dialect),
      ['Content-Type', 'application/xml'],
      ['Transfer-Encoding', 'chunked'],
    ],
    request.method,
    stamp,
  );
  // S3 writes no blanks before the error of a batch.
  const before = slow === undefined ? documents.beforeRoot : blanks;
  const error = errorElement(answers.wordsOf(refusal), request, stamp);
  return { status: 200, headers, body: `${documents.declaration}${before}${error}` };
}

function errorElement(worded: WordedRefusal, request: Refused, stamp: Stamp): string {
  if (request.service === 's3-control') return errorResponse(worded, stamp);
  const { code, message, quotesStay } = worded;
  const { answers } = request.dialect;
  const fields = answers.errorFields(worded, request, stamp).map(([name, text]) => xmlText(name, text));
  const written = fields.join('');
  const head = `${xmlText('Code', code)}${withQuotes(xmlText('Message', message))}`;
  return `<Error>${head}${quotesStay ? withQuotes(written) : written}</Error>`;
}

/** F1686 */
function withQuotes(written: string): string {
  return written.replaceAll('&quot;', '"');
}

/** S3 Control writes the ids beside the error, not in it, and no namespace (F1104). */
function errorResponse({ code, message, fields }: WordedRefusal, { requestId, hostId }: Stamp): string {
  const details = Object.entries({ Code: code, Message: message, ...fields })
    .map(([name, text]) => (text === undefined ? '' : xmlText(name, text)))
    .join('');
  const ids = `${xmlText('RequestId', requestId)}${xmlText('HostId', hostId)}`;
  return `<ErrorResponse><Error>${details}</Error>${ids}</ErrorResponse>`;
}

/** The body as it was recorded, with the circumstances first (F168). Where the service names its machines, the mock names itself. */
function iamErrorBody(
  { code, message }: WordedRefusal,
  userAgent: string | undefined,
  { requestId, now }: Stamp,
): string {
  const time = iamTime(now);
  const context = {
    requestId: requestId.replaceAll('-', ''),
    requestType: 'incoming.Identity_Token',
    userAgent: userAgent ?? '',
    clientIp: '127.0.0.1',
    url: 'https://iam.cloud.ibm.com',
    instanceId: 's3-versioning-mock',
    threadId: '1',
    host: 's3-versioning-mock',
    startTime: time,
    endTime: time,
    elapsedTime: '0',
    locale: 'en_US',
    clusterName: 's3-versioning-mock',
  };
  return JSON.stringify({ context, errorCode: code, errorMessage: message });
}

/** `12.08.2019 12:37:11:756 UTC` */
function iamTime(now: number): string {
  const [, year, month, day, time = '', fraction] =
    /^(\d+)-(\d\d)-(\d\d)T(.{8})\.(\d{3})/.exec(new Date(now).toISOString()) ?? [];
  return `${day}.${month}.${year} ${time}:${fraction} UTC`;
}
