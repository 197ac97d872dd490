import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';

export interface WireCall {
  readonly method?: string | undefined;
  readonly path: string;
  readonly host?: string | undefined;
  /** Undefined leaves a default header out. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: string | Uint8Array | undefined;
  readonly secure?: boolean | undefined;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly header: (name: string) => string | undefined;
  readonly body: string;
  /** The headers as lines, with the ids and the date masked if they have S3's form. */
  readonly head: readonly string[];
  /** The body, with the ids masked if they are those of the headers. */
  readonly text: string;
}

const plainAgent = new http.Agent({ keepAlive: true });
const secureAgent = new https.Agent({ keepAlive: true });

/** By default to AWS's first region and as the owner of the default account. */
export function send({ method = 'GET', path, host, headers, body, secure = true }: WireCall): Promise<WireAnswer> {
  const { request } = secure ? https : http;
  const agent = secure ? secureAgent : plainAgent;
  const sent = headersOf(host, headers);
  // Over TLS, Node asks the certificate for the name of the header.
  const named = secure ? (headers?.['host'] ?? headers?.['Host']) : undefined;
  return new Promise<WireAnswer>((resolve, reject) => {
    const call = request({ method, path, host: host ?? named ?? defaultHost, headers: sent, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve(answerOf(response.statusCode ?? 0, pairs(response.rawHeaders), Buffer.concat(chunks).toString())),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** For what Node's client would not send: no header is added, framing included. The server has to close the connection. */
export function sendAsIs({
  method = 'GET',
  path,
  host,
  headers,
  body = '',
  secure = true,
}: WireCall): Promise<WireAnswer> {
  const lines = Object.entries(headersOf(host, headers)).map(([name, value]) => `${name}: ${value}`);
  return exchangeBytes(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`, { host, secure });
}

export function exchangeBytes(
  bytes: string,
  {
    host = defaultHost,
    secure = true,
  }: { readonly host?: string | undefined; readonly secure?: boolean | undefined } = {},
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const socket = secure ? tls.connect({ host, port: 443, servername: host }) : net.connect({ host, port: 80 });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(parseAnswer(Buffer.concat(chunks).toString())));
    socket.write(bytes);
  });
}

const defaultHost = 's3.amazonaws.com';
const ofOwner = signedWith('KEY');

/** The headers of a signature of version 4 for any region, which the mock does not check by default. KMS requires that version. */
export function signedWith(accessKeyId: string): {
  readonly Authorization: string;
  readonly 'x-amz-content-sha256': string;
} {
  const Authorization = `AWS4-ECDSA-P256-SHA256 Credential=${accessKeyId}/20260131/s3/aws4_request, SignedHeaders=host, Signature=00`;
  return { Authorization, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
}

function headersOf(host = defaultHost, headers: WireCall['headers'] = {}): Record<string, string> {
  const all = { Host: host, ...('Authorization' in headers ? {} : ofOwner), ...headers };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as [string, string]] : []));
}

function parseAnswer(received: string): WireAnswer {
  const [head = '', ...rest] = received.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const body = rest.join('\r\n\r\n');
  const chunked = headers.some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && value === 'chunked');
  return answerOf(Number(statusLine.split(' ')[1]), headers, chunked ? withoutChunks(body) : body);
}

/** Throws if the chunks are malformed, so that no answer passes that a client could not read. */
function withoutChunks(framed: string): string {
  let rest = Buffer.from(framed);
  const chunks: Buffer[] = [];
  for (;;) {
    const [line = '', digits = ''] = /^([\da-f]+)\r\n/i.exec(rest.toString('latin1')) ?? [];
    const size = Number.parseInt(digits, 16);
    if (Number.isNaN(size)) throw new Error(`not in chunks: ${rest.toString()}`);
    if (size === 0) return Buffer.concat(chunks).toString();
    chunks.push(rest.subarray(line.length, line.length + size));
    rest = rest.subarray(line.length + size + 2);
  }
}

function answerOf(status: number, headers: readonly [string, string][], body: string): WireAnswer {
  const header = (name: string) => headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
  return { status, headers, header, body, head: headers.map(masked), text: withoutIds(body, header) };
}

const masks: Readonly<Record<string, readonly [form: RegExp, mask: string]>> = {
  'x-amz-request-id': [/^[0-9A-HJKMNP-TV-Z]{16}$/, 'ID'],
  'x-amz-id-2': [/^[A-Za-z0-9+/]{75}=$/, 'HOST'],
  'x-clv-request-id': [/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, 'UUID'],
  date: [/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/, 'NOW'],
};

function masked([name, value]: readonly [string, string]): string {
  const [form, mask] = masks[name.toLowerCase()] ?? [];
  return `${name}: ${mask !== undefined && form?.test(value) ? mask : value}`;
}

function withoutIds(body: string, header: (name: string) => string | undefined): string {
  return body
    .replace(`<RequestId>${header('x-amz-request-id')}</RequestId>`, '<RequestId>ID</RequestId>')
    .replace(`<HostId>${header('x-amz-id-2')}</HostId>`, '<HostId>HOST</HostId>');
}
