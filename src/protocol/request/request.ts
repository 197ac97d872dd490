import { type Dialect, dialects } from '../../dialects';
import { reuseBody } from '../../formats/body-digests';
import { decodePercent } from '../../formats/url-encoding';
import type { AccessPoint } from '../../model/access-points';
import { S3Error } from '../../refusals';
import type { Endpoint, WireRequest } from '../../wire';
import type { Form } from '../form/form';
import { type Address, climbs, readAddress, readRegion, readService } from './address';
import { decodeBody } from './aws-chunked';
import { isGivenTwice, readHeaders, type SentHeaders } from './headers';
import { anonymousIdentity, type Identity, readIdentity } from './identity';
import type { Refusals } from './stages';

export interface S3Request extends Address {
  readonly wire: WireRequest;
  readonly method: string;
  readonly path: string;
  /** The endpoint that the host names; if the host serves several, another part of the request names it. */
  readonly endpoint: Endpoint;
  readonly identity: Identity | S3Error;
  readonly service: Endpoint['service'];
  readonly dialect: Dialect;
  /**
   * The headers by their names in lower case. For a presigned URL, they include the headers in its query, which `wire` does not contain.
   */
  readonly headers: ReadonlyMap<string, string>;
  readonly trailers: ReadonlyMap<string, string>;
  /** The first value of each parameter, as S3 reads them (F20). */
  readonly query: ReadonlyMap<string, string>;
  /** The body without the framing of aws-chunked; for a browser's form, its file. */
  readonly body: Uint8Array;
  /**
   * The access point through which the request came, by the alias or the ARN that its client named; `bucket` is then the bucket of the
   * point. An access point that does not exist has the name from the host.
   */
  readonly accessPoint?: { readonly named: string; readonly point: AccessPoint | undefined };
  /** The key or the folder that a visitor of a website named; `key` is then the key to which it leads. */
  readonly visited?: string;
  readonly account?: string | undefined;
  /** The labels of a path that has other ones than bucket and key. */
  readonly labels?: ReadonlyMap<string, string>;
  readonly form?: Form;
  readonly refusals: Pick<Refusals, 'address' | 'query' | 'form' | 'payload hash' | 'announcement' | 'framing'>;
}

/** Never throws: what cannot be read becomes a refusal. */
export function readRequest(wire: WireRequest): S3Request {
  const queryAt = wire.url.indexOf('?');
  const path = queryAt === -1 ? wire.url : wire.url.slice(0, queryAt);
  const query = readQuery(queryAt === -1 ? '' : wire.url.slice(queryAt + 1));
  const asked = readService(wire, path);
  const place = readAddress({ host: wire.host, endpoint: asked }, path);
  const dialect = dialects[asked.dialect];
  // The credentials of a request to the token service name IBM's own client, not the caller.
  const identity =
    asked.service === 'iam'
      ? anonymousIdentity
      : readIdentity({ rawHeaders: wire.rawHeaders, headers: wire.headers, query: query ?? none, dialect });
  const endpoint = readRegion(asked, identity instanceof S3Error ? undefined : identity);
  const scheme = 'scheme' in identity ? identity.scheme : 'anonymous';
  const { headers, trailers: sentTrailers, body: sentBody } = wire;
  const { body, trailers, ...ofFraming } = decodeBody({ headers, trailers: sentTrailers, body: sentBody, scheme });
  const sent = { wire, query: query ?? none, scheme } as const;
  const address =
    refusalOfSection(wire.rawHeaders) ??
    refusalOfTransferEncoding(wire.headers.get('transfer-encoding')) ??
    (place && query ? undefined : new S3Error('InvalidUri', { URI: path })) ??
    (dialect.requests.refusesOddKeys && place?.key !== undefined ? refusalOfPath(place.key, path) : undefined);
  return {
    wire,
    method: wire.method,
    path,
    endpoint,
    identity,
    service: endpoint.service,
    dialect,
    bucket: place?.bucket,
    key: place?.key,
    query: query ?? none,
    headers: readHeaders(sent),
    trailers,
    body: reuseBody(body),
    refusals: {
      ...ofFraming,
      ...(address && { address }),
      ...refusalsOfRepeated(sent, dialect),
    },
  };
}

const none: ReadonlyMap<string, string> = new Map();

function readQuery(text: string): ReadonlyMap<string, string> | undefined {
  if (text === '') return none;
  const query = new Map<string, string>();
  for (const part of text.split('&')) {
    const at = part.indexOf('=');
    const name = decodeForm(at === -1 ? part : part.slice(0, at));
    const value = at === -1 ? '' : decodeForm(part.slice(at + 1));
    if (name === undefined || value === undefined) return undefined;
    if (name !== '' && !query.has(name)) query.set(name, value);
  }
  return query;
}

function decodeForm(text: string): string | undefined {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/** The refusals of a presigned URL with a name that is also in a header: the owner (F217), and the payer, after the signature (F450). */
function refusalsOfRepeated(sent: SentHeaders, { requests, configurations }: Dialect): Refusals {
  const owner = 'x-amz-expected-bucket-owner';
  const payer = 'x-amz-request-payer';
  const sentAs = (name: string) => sent.wire.headers.get(name) ?? '';
  return {
    ...(requests.readsExpectedOwner &&
      isGivenTwice(owner, sent) && {
        query: new S3Error('ExpectedBucketOwnerTwice').quoting({ [owner]: sentAs(owner) }),
      }),
    ...(configurations.hasRequestPayment &&
      isGivenTwice(payer, sent) && {
        'payload hash': new S3Error('RequestPayerTwice', { ArgumentValue: sentAs(payer) }),
      }),
  };
}

function refusalOfPath(key: string, URI: string): S3Error | undefined {
  if (climbs(key)) return new S3Error('KeyClimbs').quoting({ 'the key': key });
  return key.includes('\0') ? new S3Error('InvalidUri', { URI }, 'the key has a null character') : undefined;
}

const longestSection = 8192;

/** The names and values of the headers, with what HTTP writes between them (F1692). */
function refusalOfSection(rawHeaders: readonly string[]): S3Error | undefined {
  let length = 0;
  for (const text of rawHeaders) length += text.length + 2;
  return length > longestSection ? refusalOfLongSection() : undefined;
}

export function refusalOfLongSection(): S3Error {
  return new S3Error('HeaderSectionTooLarge', { MaxSizeAllowed: longestSection });
}

/** S3 accepts bodies in chunks, and no other coding (F24). */
export function refusalOfTransferEncoding(header: string | undefined): S3Error | undefined {
  const codings = header ? header.split(',').map((coding) => coding.trim().toLowerCase()) : [];
  if (codings.every((coding) => coding === 'chunked' || coding === 'identity')) return undefined;
  return codings.some((coding) => /^(?:x-)?(?:gzip|compress|deflate)$/.test(coding))
    ? new S3Error('TransferEncodingUnsupported').quoting({ 'Transfer-Encoding': header })
    : new S3Error('TransferEncodingUnknown').quoting({ 'Transfer-Encoding': header });
}
