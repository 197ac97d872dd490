import { decodePercent } from '../../formats/url-encoding';
import { S3Error } from '../../refusals/s3-error';
import type { Dialect, Endpoint, WireRequest } from '../../wire';
import { type Address, readAddress } from './address';
import { decodeBody } from './aws-chunked';
import { readRegion, readService } from './endpoint';
import { type Credentials, readCredentials } from './identity';

/** A request as S3 sees it, before it is known which operation it asks for. */
export interface S3Request extends Address {
  readonly wire: WireRequest;
  readonly method: string;
  readonly path: string;
  /** The one that is asked, by the host and, where that stands for many, by the request. */
  readonly endpoint: Endpoint;
  /** Who asks, or what is wrong with how that is said. */
  readonly credentials: Credentials | S3Error;
  readonly service: Endpoint['service'];
  readonly dialect: Dialect;
  readonly headers: ReadonlyMap<string, string>;
  readonly trailers: ReadonlyMap<string, string>;
  /** The first value of each parameter, as S3 reads them (F20). */
  readonly query: ReadonlyMap<string, string>;
  /** Without the framing of aws-chunked. */
  readonly body: Uint8Array;
  /** Why it cannot be a request to S3 at all. */
  readonly refusal: S3Error | undefined;
  /** What is wrong with the framing of its body. */
  readonly bodyRefusal: S3Error | undefined;
}

/** Reads a request off the wire. Never throws: what cannot be read is told by its refusals. */
export function readRequest(wire: WireRequest): S3Request {
  const [path = '', queryText = ''] = splitOnce(wire.url, '?');
  const asked = readService(wire, path);
  const address = readAddress({ host: wire.host, endpoint: asked }, path);
  const query = readQuery(queryText);
  const credentials = credentialsOf(wire, asked, query);
  const endpoint = readRegion(asked, credentials instanceof S3Error ? undefined : credentials);
  const { body, trailers, refusal: bodyRefusal } = decodeBody(wire);
  return {
    wire,
    method: wire.method,
    path,
    endpoint,
    credentials,
    service: endpoint.service,
    dialect: endpoint.dialect,
    bucket: address?.bucket,
    key: address?.key,
    query: query ?? new Map(),
    headers: wire.headers,
    trailers,
    body,
    refusal:
      refuseTransferEncoding(wire.headers.get('transfer-encoding')) ??
      (address && query ? undefined : new S3Error('InvalidUri', { URI: path })),
    bodyRefusal,
  };
}

/** What the token service is asked with names IBM's own client, not who asks. */
function credentialsOf(
  { headers }: WireRequest,
  { service, dialect }: Endpoint,
  query: ReadonlyMap<string, string> = new Map(),
): Credentials | S3Error {
  return service === 'iam' ? { scheme: 'anonymous' } : readCredentials({ headers, query, dialect });
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function readQuery(text: string): ReadonlyMap<string, string> | undefined {
  const query = new Map<string, string>();
  for (const part of text === '' ? [] : text.split('&')) {
    const [name, value] = splitOnce(part, '=').map((half) => decodePercent(half.replaceAll('+', ' ')));
    if (name === undefined || (value === undefined && part.includes('='))) return undefined;
    if (name !== '' && !query.has(name)) query.set(name, value ?? '');
  }
  return query;
}

/** What S3 refuses of a Transfer-Encoding: it takes bodies in chunks, and in no other coding (F24). */
export function refuseTransferEncoding(header: string | undefined): S3Error | undefined {
  const codings = header?.split(',').map((coding) => coding.trim().toLowerCase()) ?? [];
  if (codings.every((coding) => coding === 'chunked' || coding === 'identity')) return undefined;
  return codings.some((coding) => /^(?:x-)?(?:gzip|compress|deflate)$/.test(coding))
    ? new S3Error('TransferEncodingUnsupported')
    : new S3Error('TransferEncodingUnknown');
}
