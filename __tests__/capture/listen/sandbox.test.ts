import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type MockS3, type MockS3Options, mockS3 } from '../../../src/index';
import { rest } from '../scene';

const running: MockS3[] = [];

afterEach(async () => {
  for (const s3 of running.splice(0)) await s3.stop();
});

const objects = {
  'page.html': { body: '<script>fetch("/_mock/reset", { method: "POST" })</script>', contentType: 'text/html' },
  'worker.js': { body: 'onmessage = () => {}', contentType: 'text/javascript' },
  'picture.svg': { body: '<svg xmlns="http://www.w3.org/2000/svg"/>', contentType: 'image/svg+xml' },
};
const cors = { CORSRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET' as const] }] };

interface Served {
  readonly s3: MockS3;
  readonly port: number;
}

async function serve(options: MockS3Options = {}): Promise<Served> {
  const s3 = mockS3({
    hosts: { only: [] },
    now: '2026-01-31T10:00:00Z',
    buckets: { vault: { objects, cors } },
    ...options,
  });
  running.push(s3);
  const { port } = await s3.listen();
  return { s3, port };
}

/** The head and the body of the last answer on a connection, which the server or the request ends. */
async function exchange(
  port: number,
  bytes: string,
): Promise<{ readonly head: readonly string[]; readonly body: string }> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {}); // a reset, which a rule may ask for
  socket.write(bytes);
  const [head = '', ...body] = (await rest(socket)).split('\r\n\r\n');
  return { head: head.split('\r\n'), body: body.join('\r\n\r\n') };
}

/** As the owner, who signs by version 2, from a browser. */
function ask(port: number, line: string, headers: Readonly<Record<string, string>> = {}, body = '') {
  const all = {
    Host: 'localhost',
    'User-Agent': 'Mozilla/5.0',
    Authorization: 'AWS any:any',
    Date: 'Sat, 31 Jan 2026 10:00:00 GMT',
    Connection: 'close',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return exchange(port, `${line}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

interface Asked {
  readonly what: string;
  readonly status: number;
  readonly line: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

const policiesIn = (head: readonly string[]) => head.filter((line) => /^content-security-policy:/i.test(line));
const sandboxed = ['Content-Security-Policy: sandbox'];

const destinations = [
  ...['document', 'iframe', 'frame', 'embed', 'object', 'fencedframe'],
  ...[
    'worker',
    'sharedworker',
    'serviceworker',
    'audioworklet',
    'script',
    'style',
    'image',
    'xslt',
    'manifest',
    'empty',
  ],
];

describe('a page that somebody stored, at a port', () => {
  it.each(destinations)('has no origin, fetched as %s', async (destination) => {
    const { port } = await serve();
    for (const name of Object.keys(objects)) {
      const { head } = await ask(port, `GET /vault/${name} HTTP/1.1`, { 'Sec-Fetch-Dest': destination });
      expect({ status: head[0], policies: policiesIn(head) }).toEqual({
        status: 'HTTP/1.1 200 OK',
        policies: sandboxed,
      });
    }
  });

  it('has none at names for which browsers do not say what they fetch', async () => {
    const { port } = await serve();
    const { head } = await ask(port, 'GET /page.html HTTP/1.1', {
      Host: 'vault.s3.test',
      Authorization: 'AWS any:any',
    });
    expect(policiesIn(head)).toEqual(sandboxed);
  });

  it('has none although its request or its metadata ask for another policy', async () => {
    const { s3, port } = await serve();
    const headers = { 'x-amz-meta-content-security-policy': 'sandbox allow-scripts', 'Content-Length': '3' };
    await ask(
      port,
      'PUT /vault/own.html HTTP/1.1',
      { ...headers, 'Content-Security-Policy': 'sandbox allow-same-origin' },
      'abc',
    );
    const overrides = 'response-content-type=text/html&response-cache-control=max-age%3D9';
    const { head } = await ask(port, `GET /vault/own.html?${overrides} HTTP/1.1`);
    expect(head).toEqual(expect.arrayContaining(['Content-Type: text/html', 'Cache-Control: max-age=9']));
    expect(policiesIn(head)).toEqual(sandboxed);
    expect(s3.requests.length).toBe(2);
  });

  it('keeps the policy that a test gave it, beside the sandbox', async () => {
    const { s3, port } = await serve();
    const own = 'sandbox allow-same-origin allow-scripts';
    s3.on('GetObject').reply({ status: 200, headers: { 'content-security-policy': own }, body: 'own' });
    const { head } = await ask(port, 'GET /vault/page.html HTTP/1.1');
    expect(policiesIn(head)).toEqual([`content-security-policy: ${own}`, ...sandboxed]);
  });
});

describe('an answer of a port that is not an object', () => {
  const conditions = [
    { bucket: 'vault' },
    ...['$key', '$success_action_redirect'].map((name) => ['starts-with', name, '']),
  ];
  const fields = {
    key: 'form.html',
    AWSAccessKeyId: 'any',
    policy: Buffer.from(JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions })).toString('base64'),
    signature: 'any',
    success_action_redirect: 'http://localhost/_mock/',
    file: '<script></script>',
  };
  const form = `${Object.entries(fields)
    .map(([name, value]) => `--X\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--X--\r\n`;
  const body = (text: string) => ({ 'Content-Length': String(text.length) });
  const token = 'Action=GetCallerIdentity&Version=2011-06-15';
  const signed = (service: string) => ({
    Authorization: `AWS4-HMAC-SHA256 Credential=any/20260131/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
    'x-amz-date': '20260131T100000Z',
  });

  const ofForm = { 'Content-Type': 'multipart/form-data; boundary=X', ...body(form) };
  const ofToken = { ...signed('sts'), 'Content-Type': 'application/x-www-form-urlencoded', ...body(token) };
  const preflight = { Origin: 'http://evil.test', 'Access-Control-Request-Method': 'GET' };
  const get = 'GET /vault/page.html HTTP/1.1';
  const cases: readonly Asked[] = [
    { what: 'a HEAD', status: 200, line: 'HEAD /vault/page.html HTTP/1.1' },
    { what: 'a range', status: 206, line: get, headers: { Range: 'bytes=0-3' } },
    { what: 'an object that did not change', status: 304, line: get, headers: { 'If-None-Match': '*' } },
    { what: 'a listing', status: 200, line: 'GET /vault HTTP/1.1' },
    { what: 'an unknown key', status: 404, line: 'GET /vault/none HTTP/1.1' },
    { what: 'a signature that cannot be read', status: 400, line: get, headers: { Authorization: 'AWS4-HMAC-SHA256' } },
    { what: 'a deletion', status: 204, line: 'DELETE /vault/page.html HTTP/1.1' },
    { what: 'a preflight', status: 200, line: 'OPTIONS /vault/page.html HTTP/1.1', headers: preflight },
    { what: 'what a rule of CORS lets in', status: 200, line: get, headers: { Origin: 'http://evil.test' } },
    { what: 'the redirect of a form', status: 303, line: 'POST /vault HTTP/1.1', headers: ofForm, text: form },
    { what: 'STS', status: 200, line: 'POST / HTTP/1.1', headers: ofToken, text: token },
    { what: 'another service', status: 400, line: 'POST / HTTP/1.1', headers: signed('sqs') },
    { what: 'a host of SQS', status: 400, line: 'GET / HTTP/1.1', headers: { Host: 'sqs.us-east-1.amazonaws.com' } },
    {
      what: 'the path of the door in a bucket',
      status: 404,
      line: 'GET /_mock/ HTTP/1.1',
      headers: { Host: 'vault.localhost' },
    },
    { what: 'a path beside the door', status: 404, line: 'GET /_mock2/ HTTP/1.1' },
    { what: 'an address in place of a path', status: 200, line: 'GET http://localhost/vault/page.html HTTP/1.1' },
    { what: 'HTTP/1.0', status: 200, line: 'GET /vault/page.html HTTP/1.0' },
    { what: 'an upgrade', status: 200, line: get, headers: { Connection: 'upgrade, close', Upgrade: 'websocket' } },
    {
      what: 'a head that is refused',
      status: 404,
      line: 'PUT /none/a HTTP/1.1',
      headers: { Expect: '100-continue', 'Content-Length': '9' },
    },
    { what: 'a method that HTTP does not have', status: 400, line: 'FETCH /vault HTTP/1.1' },
    { what: 'a line that is not HTTP', status: 400, line: 'GET /vault page HTTP/1.1' },
  ];

  it.each(cases)('has no origin: $what', async ({ status, line, headers, text }) => {
    const { port } = await serve();
    const { head } = await ask(port, line, headers, text);
    expect({ status: Number(head[0]?.split(' ')[1]), policies: policiesIn(head) }).toEqual({
      status,
      policies: sandboxed,
    });
  });

  it('has no origin at a port of IBM COS, tokens included', async () => {
    const { port } = await serve({ dialect: 'ibm-cos', buckets: { vault: {} } });
    const text = 'grant_type=x&apikey=any';
    const { head } = await ask(
      port,
      'POST /identity/token HTTP/1.1',
      { 'Content-Type': 'application/x-www-form-urlencoded', ...body(text) },
      text,
    );
    expect(policiesIn(head)).toEqual(sandboxed);
  });

  it('has no origin if a rule delays it, or breaks it off', async () => {
    const { s3, port } = await serve();
    s3.on('GetObject').delay({ milliseconds: 1, times: 1 }).disconnect({ when: 'during' });
    expect(policiesIn((await ask(port, 'GET /vault/page.html HTTP/1.1')).head)).toEqual(sandboxed);
    const half = await ask(port, 'GET /vault/page.html HTTP/1.1');
    expect(policiesIn(half.head)).toEqual(sandboxed);
  });

  const marks = [
    { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    { 'Sec-Fetch-Site': 'none' },
    { 'Sec-Fetch-Dest': 'empty' },
    { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64)' },
  ];

  it.each(marks)('has no origin for whom one mark shows to be a browser: %j', async (mark) => {
    const { port } = await serve();
    const { head } = await ask(port, get, { 'User-Agent': 'Any/1.0', ...mark });
    expect(policiesIn(head)).toEqual(sandboxed);
  });

  it.each([
    { 'User-Agent': 'Boto3/1.42.0 md/Botocore#1.42.0' },
    { 'User-Agent': 'node', 'Sec-Fetch-Mode': 'cors', 'Accept-Language': '*' },
    { 'User-Agent': '' },
    { 'User-Agent': 'python-requests/2.32.3', Accept: '*/*', Origin: 'http://app.test' },
    { 'User-Agent': 'node', 'Sec-Fetch-Mode': 'cors', Origin: 'null' },
  ])("has S3's headers alone for a client that is no browser: %j", async (client) => {
    const { port } = await serve();
    expect(policiesIn((await ask(port, get, client)).head)).toEqual([]);
    expect(policiesIn((await ask(port, 'GET /vault/none HTTP/1.1', client)).head)).toEqual([]);
  });

  it('has the header at a port alone', async () => {
    const { s3, port } = await serve({ hosts: [] });
    const captured = await fetch('https://vault.s3.us-east-1.amazonaws.com/page.html');
    expect(captured.headers.get('content-security-policy')).toBeNull();
    expect(policiesIn((await ask(port, 'GET /vault/page.html HTTP/1.1')).head)).toEqual(sandboxed);
    expect(s3.requests.length).toBe(2);
  });
});
