import { URL } from 'node:url';
import { encodeUri } from '../formats/url-encoding';
import { canonicalRequest, stringToSign } from '../protocol/signature/canonical-request';
import { hmacSigner } from '../protocol/signature/keys';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface RequestToSign {
  readonly method: string;
  /** The address at which it will be sent: `http://127.0.0.1:9000`. */
  readonly origin: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: Readonly<Record<string, string>>;
  /** The headers that it has to be sent with. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Terms {
  readonly keys: Keys;
  readonly region: string;
  readonly now: Date;
  /** The seconds for which the URL is valid. */
  readonly expires: number;
}

/**
 * Signs a URL as the presigners of the SDKs do.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function presign(request: RequestToSign, { keys, region, now, expires }: Terms): string {
  const date = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const headers = { ...request.headers, host: new URL(request.origin).host };
  const signedHeaders = Object.keys(headers).map(lower).toSorted().join(';');
  const query = {
    ...request.query,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${keys.accessKeyId}/${scope}`,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(expires),
    'X-Amz-SignedHeaders': signedHeaders,
  };
  const url = `${pathOf(request)}?${Object.entries(query).map(writePair).join('&')}`;
  const rawHeaders = Object.entries(headers).flat();
  const canonical = canonicalRequest({
    method: request.method,
    url,
    rawHeaders,
    signedHeaders,
    payload: 'UNSIGNED-PAYLOAD',
  });
  const signature = hmacSigner(keys.secretAccessKey, scope)(stringToSign('AWS4-HMAC-SHA256', date, scope, canonical));
  return `${request.origin}${url}&X-Amz-Signature=${signature}`;
}

const lower = (name: string) => name.toLowerCase();

function pathOf({ bucket, key }: RequestToSign): string {
  const path = key === '' ? [bucket] : [bucket, ...key.split('/')];
  return `/${path.map(encodeUri).join('/')}`;
}

function writePair([name, value]: readonly [string, string]): string {
  return `${encodeUri(name)}=${encodeUri(value)}`;
}
