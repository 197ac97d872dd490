import { createHmac } from 'node:crypto';
import { S3Error } from '../../refusals/s3-error';
import { Code } from '../../text/calls';
import { clause, type Said, say } from '../../text/reason';
import { writeValue } from '../../text/values';
import { readHeaderValues } from '../request/headers';
import { readTokenHeader } from '../request/identity';
import { expiryOrders, inOrder, once, signatureOrders } from '../request/orders';
import { subResources } from '../request/sub-resources';
import { bytesOf, readable } from './canonical-request';
import { describeMove, serviceTimeAtEnd } from './service-time';
import {
  checkSkew,
  checksOfKey,
  findSecret,
  type Keyed,
  readRequestDate,
  type SignatureDate,
  type SignedRequest,
  serverTime,
  type Verifier,
} from './terms';

/**
 * Signature Version 2, in the header and in the query, as S3 still accepts it. S3 answers the text that it would have signed as
 * StringToSign, which shows the parameters of the query that belong to it (brekkylab/backlot, 2026-09-29).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 * @module
 */

interface HeaderV2 extends Keyed {
  readonly authorization: string;
  readonly spaces: string;
  readonly date: () => SignatureDate;
}

const checkOrderOfHeader = inOrder<typeof signatureOrders.headerV2, HeaderV2>(signatureOrders.headerV2, {
  // Only this version refuses several spaces.
  'one space': ({ authorization, spaces }) => {
    if (spaces.length > 1) throw new S3Error('AuthorizationSpaceMissing', { ArgumentValue: authorization });
  },
  'a date': ({ date }) => void date(),
  'the date is near': ({ date, verifier }) => checkSkew(date(), verifier.times),
  ...checksOfKey,
});

export function checkHeaderV2(request: SignedRequest, verifier: Verifier): void {
  const { headers } = request;
  const authorization = headers.get('authorization') ?? '';
  const [, spaces = '', accessKeyId = '', signature = ''] =
    /^(?:authorization:\s*)?aws(\s+)([^:\s][^:]*|):([^:]+)$/i.exec(authorization.trimStart()) ?? [];
  const date = once(() => readRequestDate(headers));
  // If x-amz-date is among the signed headers, the line of the date is empty.
  const line = () => (headers.has('x-amz-date') ? '' : date().text);
  const sent = { accessKeyId, signature, line, sessionToken: readTokenHeader(request.wire) };
  checkOrderOfHeader({ ...makeKeyed(request, sent, verifier), authorization, spaces, date });
}

interface QueryV2 extends Keyed {
  readonly value: string;
  /** The time in milliseconds; NaN for a text that is no number of seconds. */
  readonly expires: number;
}

/** No URL ended before: a smaller number is a duration in place of a moment. */
const oldest = Date.parse('2000-01-01');

const yearZero = Date.parse('0000-01-01T00:00:00Z');

function whyNoMoment(value: string): Said {
  const rule = `Expires is ${writeValue(value)}, and in version 2 it is the moment of the end, in whole seconds since 1970`;
  return say`${rule}${clause`: ${new Code('Math.floor(Date.now() / 1000) + 900')}`}`;
}

const checksOfExpiry = {
  'the form of the end': ({ value, expires }: QueryV2) => {
    if (!(expires < 2 ** 31 * 1000)) throw new S3Error('ExpiresInvalid', { value }, whyNoMoment(value));
    if (expires < yearZero) throw new S3Error('DateBeyondYears', {}, whyNoMoment(value));
  },
  'the end of the URL': ({ value, expires, verifier: { times } }: QueryV2) => {
    const now = serviceTimeAtEnd(expires, times);
    if (now <= expires) return;
    const until = { Expires: serverTime(expires), ServerTime: serverTime(now) };
    const since = times.presumed === 'moved first' ? describeMove(undefined, times) : '';
    const ended = since === '' ? undefined : say`the url was valid until ${until.Expires}${since}`;
    const why = expires < oldest ? whyNoMoment(value) : ended;
    throw new S3Error('PresignedExpired', until, why);
  },
};

const checkOrderOfExpiry = inOrder<typeof expiryOrders.queryV2, QueryV2>(expiryOrders.queryV2, checksOfExpiry);

const checkOrderOfQuery = inOrder<typeof signatureOrders.queryV2, QueryV2>(signatureOrders.queryV2, {
  ...checksOfExpiry,
  ...checksOfKey,
});

export function checkQueryV2(request: SignedRequest, verifier: Verifier): void {
  checkOrderOfQuery(readQuery(request, verifier));
}

export function checkExpiryV2(request: SignedRequest, verifier: Verifier): void {
  checkOrderOfExpiry(readQuery(request, verifier));
}

function readQuery(request: SignedRequest, verifier: Verifier): QueryV2 {
  const { query, wire } = request;
  const value = query.get('Expires') ?? '';
  const sent = {
    accessKeyId: query.get('AWSAccessKeyId') ?? '',
    signature: query.get('Signature') ?? '',
    line: () => value,
    sessionToken: readTokenHeader(wire) ?? query.get('x-amz-security-token'),
  };
  const expires = /^[+-]?\d+$/.test(value) ? Number(value) * 1000 : Number.NaN;
  return { ...makeKeyed(request, sent, verifier), value, expires };
}

interface SignatureV2 {
  readonly accessKeyId: string;
  readonly signature: string;
  /** The line of the date. */
  readonly line: () => string;
  readonly sessionToken: string | undefined;
}

function makeKeyed(request: SignedRequest, sent: SignatureV2, verifier: Verifier): Keyed {
  const { accessKeyId, sessionToken } = sent;
  return {
    accessKeyId: () => accessKeyId,
    secret: once(() => findSecret(accessKeyId, verifier)),
    sessionToken,
    verifier,
    checkMatch: (secret) => checkMatch(request, sent, secret),
  };
}

function checkMatch(request: SignedRequest, { accessKeyId, signature, line }: SignatureV2, secret: string): void {
  const sign = (text: string) => createHmac('sha1', secret).update(bytesOf(text)).digest('base64');
  const text = stringToSignV2(request, line(), resourceOf(request));
  if (sign(text) === signature) return;
  throw new S3Error(
    'SignatureDoesNotMatch',
    { AWSAccessKeyId: accessKeyId, StringToSign: readable(text), SignatureProvided: signature },
    `${accessKeyId} signed another request, or with another secret: compare the method, Content-MD5, Content-Type, the x-amz- headers and the path with the StringToSign of the answer`,
  );
}

function stringToSignV2(request: SignedRequest, line: string, resource: string): string {
  const { method, headers } = request;
  const [md5 = '', type = ''] = [headers.get('content-md5'), headers.get('content-type')];
  return [method, md5, type, line, `${amzHeaders(request)}${resource}`].join('\n');
}

/** S3's own headers, whose bytes it reads as ISO-8859-1 (F216), and parameters of the query by such names, which win over headers. */
function amzHeaders({ wire, query }: SignedRequest): string {
  const lines = new Map<string, string>();
  for (const [name, values] of readHeaderValues(wire.rawHeaders)) {
    if (name.startsWith('x-amz-')) lines.set(name, bytes(values.join(',').trim()));
  }
  for (const [name, value] of query) {
    if (/^x-amz-/i.test(name)) lines.set(name.toLowerCase(), bytes(value));
  }
  return [...lines.keys()]
    .toSorted()
    .map((name) => `${name}:${lines.get(name)}\n`)
    .join('');
}

/** The resource as it was sent: S3 adds no slash to the path of a bucket, though botocore signs one (F578). */
function resourceOf({ wire, path, query, bucket, endpoint }: SignedRequest): string {
  const named = [...query.keys()].filter((name) => isSignedName(name) || signedWithValue.has(name)).toSorted();
  const parts = named.map((name) => (signedWithValue.has(name) ? `${name}=${bytes(query.get(name) ?? '')}` : name));
  const suffix = parts.length === 0 ? '' : `?${parts.join('&')}`;
  return wire.host.endsWith(`.${endpoint.base}`) ? `/${bucket}${path}${suffix}` : `${path}${suffix}`;
}

function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function isSignedName(name: string): boolean {
  const known = Object.hasOwn(subResources, name) ? subResources[name] : undefined;
  return name === 'annotationName' || (known !== undefined && known.dialect === undefined);
}

const signedWithValue = new Set(
  `partNumber response-cache-control response-content-disposition response-content-encoding response-content-language
   response-content-type response-expires select-type uploadId versionId`.split(/\s+/),
);
