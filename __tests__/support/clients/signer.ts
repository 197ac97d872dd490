import { createHash, createHmac } from 'node:crypto';

/**
 * Signs requests as AWS's documentation says, for clients that know nothing of S3 and for requests that no client makes.
 * It shares no code with the library, so that each tests the other.
 * @module
 */

export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region?: string;
  /** Default `s3`. */
  readonly service?: string;
  readonly at?: Date;
}

export interface Signable {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

export type Headers = Record<string, string>;

export interface SignedV4 {
  readonly headers: Headers;
  readonly seed: string;
  readonly date: string;
  readonly scope: string;
  readonly key: Buffer;
}

export const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const basic = (at: Date) => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** All headers are signed, unless `only` names some. */
export function signV4(request: Signable, signer: Signer, only?: readonly string[]): SignedV4 {
  const { date, scope, key } = termsOf(signer);
  const headers: Headers = {
    host: request.host,
    'x-amz-date': date,
    'x-amz-content-sha256': sha256(request.body ?? ''),
  };
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const names = only ?? Object.keys(headers).sort();
  const canonical = canonicalV4(request, headers, names, headers['x-amz-content-sha256'] ?? '');
  const dated = headers['x-amz-date'] ?? '';
  const seed = hmac(key, ['AWS4-HMAC-SHA256', dated, scope, sha256(canonical)].join('\n')).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${signer.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${seed}`;
  return { headers: { ...headers, authorization }, seed, date: dated, scope, key };
}

/** The given headers have to be sent, too. */
export function presignV4(request: Signable, signer: Signer, expires = 900): string {
  const { date, scope, key } = termsOf(signer);
  const headers: Headers = { host: request.host, ...request.headers };
  const names = Object.keys(headers).sort();
  const parameters = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${signer.accessKeyId}/${scope}`,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(expires),
    'X-Amz-SignedHeaders': names.join(';'),
  };
  const added = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const path = `${request.path}${request.path.includes('?') ? '&' : '?'}${added.join('&')}`;
  const unsaid = signer.service === 'sts' ? sha256('') : 'UNSIGNED-PAYLOAD';
  const payload = headers['x-amz-content-sha256'] ?? unsaid;
  const canonical = canonicalV4({ ...request, path }, headers, names, payload);
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  return `${path}&X-Amz-Signature=${hmac(key, text).toString('hex')}`;
}

function termsOf({ secretAccessKey, region = 'us-east-1', service = 's3', at = new Date() }: Signer) {
  const date = basic(at);
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  const key = scope.split('/').reduce<string | Buffer>((from, part) => hmac(from, part), `AWS4${secretAccessKey}`);
  return { date, scope, key: key as Buffer }; // a scope has four parts, so the last result is a Buffer
}

function canonicalV4(request: Signable, headers: Headers, names: readonly string[], payload: string): string {
  const [path = '', query = ''] = request.path.split('?');
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('=').map((half) => strict(decodeURIComponent(half))))
    .map(([name = '', value = '']): readonly [string, string] => [name, value])
    .sort(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1));
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  return [
    request.method,
    path
      .split('/')
      .map((part) => strict(decodeURIComponent(part)))
      .join('/'),
    pairs.map(([name, value]) => `${name}=${value}`).join('&'),
    lines.join(''),
    names.join(';'),
    payload,
  ].join('\n');
}

function strict(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `resource` is the bucket's and key's path with its sub-resource. */
export function signV2(request: Signable & { readonly resource: string }, signer: Signer): Headers {
  const headers: Headers = { date: (signer.at ?? new Date()).toUTCString() };
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const signature = signatureV2(
    request,
    headers,
    headers['x-amz-date'] === undefined ? (headers['date'] ?? '') : '',
    signer,
  );
  return { ...headers, authorization: `AWS ${signer.accessKeyId}:${signature}` };
}

/** The line for the date may be any. */
export function signatureV2(
  request: Signable & { readonly resource: string },
  headers: Headers,
  line: string,
  { secretAccessKey }: Signer,
): string {
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-amz-'))
    .sort()
    .map((name) => `${name}:${headers[name]}\n`);
  const [md5 = '', type = ''] = [headers['content-md5'], headers['content-type']];
  const text = `${request.method}\n${md5}\n${type}\n${line}\n${own.join('')}${request.resource}`;
  return createHmac('sha1', secretAccessKey).update(text).digest('base64');
}

/** `own` are S3's headers, which are in the query. `resource` is as for `signV2`. */
export function presignV2(
  request: Signable & { readonly resource: string },
  signer: Signer,
  { own = {}, seconds = 900 }: { readonly own?: Headers; readonly seconds?: number } = {},
): string {
  const expires = String(Math.floor((signer.at?.getTime() ?? Date.now()) / 1000) + seconds);
  const signature = signatureV2(request, { ...request.headers, ...own }, expires, signer);
  const query = { AWSAccessKeyId: signer.accessKeyId, Expires: expires, Signature: signature, ...own };
  return `${request.path}${request.path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`;
}

export function signChunks(
  chunks: readonly (string | Uint8Array)[],
  { seed, date, scope, key }: SignedV4,
  trailer?: string,
): Buffer {
  let before = seed;
  const framed = [...chunks, ''].map((chunk) => {
    const bytes = Buffer.from(chunk);
    before = hmac(
      key,
      ['AWS4-HMAC-SHA256-PAYLOAD', date, scope, before, sha256(''), sha256(bytes)].join('\n'),
    ).toString('hex');
    const head = Buffer.from(`${bytes.length.toString(16)};chunk-signature=${before}\r\n`);
    return Buffer.concat([head, bytes, Buffer.from(bytes.length === 0 ? '' : '\r\n')]);
  });
  if (trailer === undefined) return Buffer.concat([...framed, Buffer.from('\r\n')]);
  const last = hmac(key, ['AWS4-HMAC-SHA256-TRAILER', date, scope, before, sha256(`${trailer}\n`)].join('\n')).toString(
    'hex',
  );
  return Buffer.concat([...framed, Buffer.from(`${trailer}\r\nx-amz-trailer-signature:${last}\r\n\r\n`)]);
}
