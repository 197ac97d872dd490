import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument } from '../support/documents';
import { answerHead, closingRefusalHead, refusalHead } from '../support/heads';
import { exchangeBytes, send } from '../support/wire-client';

const page = 'https://page.example.com';
const cosHost = 's3.us-south.cloud-object-storage.appdomain.cloud';
const vary = 'Vary: Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

const s3 = mockS3({
  buckets: {
    vault: {
      objects: { key: 'data' },
      cors: {
        CORSRules: [
          {
            AllowedOrigins: ['https://*.example.com'],
            AllowedMethods: ['GET', 'PUT'],
            AllowedHeaders: ['X-Amz-*', 'content-type'],
            ExposeHeaders: ['ETag', 'x-amz-version-id'],
            MaxAgeSeconds: 3000,
          },
          { AllowedOrigins: ['*'], AllowedMethods: ['HEAD', 'DELETE', 'GET'] },
          { AllowedOrigins: ['https://zero.test'], AllowedMethods: ['POST'], MaxAgeSeconds: 0 },
        ],
      },
    },
    plain: { objects: { key: 'data' } },
  },
});

type Headers = Readonly<Record<string, string | undefined>>;

function ask(line: string, headers: Headers, host?: string) {
  const [method = '', path = ''] = line.split(' ');
  return send({ method, path, headers: { Authorization: undefined, ...headers }, ...(host && { host }) });
}

function asking(Origin: string, method?: string, headers?: string): Headers {
  return {
    Origin,
    ...(method !== undefined && { 'Access-Control-Request-Method': method }),
    ...(headers !== undefined && { 'Access-Control-Request-Headers': headers }),
  };
}

function added(head: readonly string[]): readonly string[] {
  return head.filter((line) => /^(?:access-control|vary)/i.test(line));
}

const ofPage = [
  `Access-Control-Allow-Origin: ${page}`,
  'Access-Control-Allow-Methods: GET, PUT',
  'Access-Control-Expose-Headers: ETag, x-amz-version-id',
  'Access-Control-Max-Age: 3000',
  'Access-Control-Allow-Credentials: true',
  vary,
];
const ofAnybody = ['Access-Control-Allow-Origin: *', 'Access-Control-Allow-Methods: HEAD, DELETE, GET', vary];

describe('a preflight that a rule allows (F341, F342)', () => {
  it.each<[line: string, headers: Headers, lines: readonly string[]]>([
    ['OPTIONS /vault', asking(page, 'PUT'), ofPage],
    ['OPTIONS /vault/key', asking(page, 'PUT'), ofPage],
    ['OPTIONS /vault/missing', asking(page, 'GET'), ofPage],
    ['OPTIONS /vault?acl', asking(page, 'GET', ''), ofPage],
    [
      'OPTIONS /vault/key',
      asking(page, 'PUT', 'X-AMZ-Date,  Content-Type'),
      ofPage.toSpliced(2, 0, 'Access-Control-Allow-Headers: x-amz-date, content-type'),
    ],
    ['OPTIONS /vault/key', asking(page, 'DELETE'), ofAnybody],
    ['OPTIONS /vault/key', asking('https://other.test', 'GET'), ofAnybody],
    [
      'OPTIONS /vault/key',
      asking('https://zero.test', 'POST'),
      [
        'Access-Control-Allow-Origin: https://zero.test',
        'Access-Control-Allow-Methods: POST',
        'Access-Control-Max-Age: 0',
        'Access-Control-Allow-Credentials: true',
        vary,
      ],
    ],
  ])('%s with %p', async (line, headers, lines) => {
    const { status, head, text } = await ask(line, headers);
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(head).toEqual(answerHead(...lines, 'Content-Length: 0'));
  });

  it('is recorded without an operation', async () => {
    await ask('OPTIONS /vault/key', asking(page, 'PUT'));
    expect(s3.requests.last()).toMatchObject({
      operation: undefined,
      input: {},
      output: undefined,
      bucket: 'vault',
      key: 'key',
      method: 'OPTIONS',
      caller: 'anonymous',
      status: 200,
      error: undefined,
      why: undefined,
    });
  });

  it('needs no credentials, and ignores those that it has', async () => {
    expect((await ask('OPTIONS /vault', { ...asking(page, 'PUT'), Authorization: 'Basic abc' })).status).toBe(200);
  });

  // Recorded: justincormack/argmin, test_cors_preflight_ignores_non_empty_body.
  it('may have a body, which S3 ignores', async () => {
    const headers = { Authorization: undefined, ...asking(page, 'PUT') };
    const { status, head } = await send({ method: 'OPTIONS', path: '/vault/key', headers, body: 'ignored' });
    expect({ status, added: added(head) }).toEqual({ status: 200, added: ofPage });
  });

  // Recorded: justincormack/argmin, test_cors_presigned_put_object_preflight.
  it('may be to a presigned URL, of which S3 reads nothing', async () => {
    const headers = asking(page, 'PUT', 'content-type');
    const { status, head } = await ask('OPTIONS /vault/new?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=x', headers);
    expect({ status, added: added(head) }).toEqual({
      status: 200,
      added: ofPage.toSpliced(2, 0, 'Access-Control-Allow-Headers: content-type'),
    });
  });

  it('is answered to fetch', async () => {
    const headers = { Origin: page, 'Access-Control-Request-Method': 'PUT' };
    const { status, headers: answered } = await fetch('https://vault.s3.amazonaws.com/key', {
      method: 'OPTIONS',
      headers,
    });
    expect({
      status,
      allowOrigin: answered.get('access-control-allow-origin'),
      contentType: answered.get('content-type'),
    }).toEqual({
      status: 200,
      allowOrigin: page,
      contentType: null,
    });
  });

  it.each([
    [
      'several lines of announced headers',
      'Access-Control-Request-Headers: x-amz-date\r\nAccess-Control-Request-Headers: content-type',
      200,
    ],
    ['several origins, which no rule has', 'Origin: https://other.test', 403],
    ['several methods, which no rule has', 'Access-Control-Request-Method: GET', 400],
  ])('is read from a raw socket with %s', async (_what, line, status) => {
    const first = `Host: s3.amazonaws.com\r\nConnection: close\r\nOrigin: ${page}\r\nAccess-Control-Request-Method: PUT`;
    const answer = await exchangeBytes(`OPTIONS /vault/key HTTP/1.1\r\n${first}\r\n${line}\r\n\r\n`);
    expect(answer.status).toBe(status);
    if (status === 200) expect(added(answer.head)).toContain('Access-Control-Allow-Headers: x-amz-date, content-type');
  });

  it('is also answered if the host names the bucket', async () => {
    const { status, head } = await ask('OPTIONS /key', asking(page, 'PUT'), 'vault.s3.amazonaws.com');
    expect({ status, added: added(head) }).toEqual({ status: 200, added: ofPage });
  });
});

describe('a preflight that is refused (F23, F341)', () => {
  const forbidden = (message: string, method: string, type: string) =>
    errorDocument(
      'AccessForbidden',
      `CORSResponse: ${message}`,
      `<Method>${method}</Method><ResourceType>${type}</ResourceType>`,
    );
  const notAllowed = (method: string, type: string) =>
    forbidden(
      "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      method,
      type,
    );
  const notEnabled = (method: string) => forbidden('CORS is not enabled for this bucket.', method, 'BUCKET');
  const bad = (message: string) => errorDocument('BadRequest', message);

  it.each<[line: string, headers: Headers, text: string, why: string | undefined]>([
    [
      'OPTIONS /vault/key',
      asking('http://other.test', 'PUT'),
      notAllowed('PUT', 'OBJECT'),
      "no rule that allows the origin 'http://other.test' allows the method 'PUT'",
    ],
    [
      'OPTIONS /vault',
      asking('http://page.example.com', 'PUT'),
      notAllowed('PUT', 'BUCKET'),
      "no rule that allows the origin 'http://page.example.com' allows the method 'PUT'",
    ],
    [
      'OPTIONS /vault',
      asking(page, 'PATCH'),
      notAllowed('PATCH', 'BUCKET'),
      `no rule that allows the origin '${page}' allows the method 'PATCH'`,
    ],
    [
      'OPTIONS /vault/key',
      asking(page, 'PUT', 'range'),
      notAllowed('PUT', 'OBJECT'),
      `no rule that allows the origin '${page}' and the method 'PUT' allows the header 'range'`,
    ],
    [
      'OPTIONS /vault/key',
      asking(page),
      notAllowed('OPTIONS', 'OBJECT'),
      'the preflight names no Access-Control-Request-Method',
    ],
    ['OPTIONS /plain/key', asking(page, 'PUT'), notEnabled('PUT'), undefined],
    ['OPTIONS /plain', asking(page), notEnabled('OPTIONS'), undefined],
    ['OPTIONS /nowhere/key', asking(page, 'PUT'), forbidden('Bucket not found', 'PUT', 'BUCKET'), undefined],
  ])('%s with %p', async (line, headers, text, why) => {
    const { status, text: answered, head } = await ask(line, headers);
    expect({ status, answered }).toEqual({ status: 403, answered: text });
    expect(head).toEqual(refusalHead());
    expect(s3.requests.last()).toMatchObject({ operation: undefined, error: { code: 'AccessForbidden' } });
    if (why !== undefined) expect(s3.requests.last()?.why).toBe(why);
  });

  it.each<{ line: string; headers: Headers; message: string }>`
    line                  | headers                            | message
    ${'OPTIONS /vault'}   | ${{}}                              | ${'Insufficient information. Origin request header needed.'}
    ${'OPTIONS /vault'}   | ${asking('', 'put', ':')}          | ${'Insufficient information. Origin request header needed.'}
    ${'OPTIONS /vault'}   | ${asking(page, 'put', ':')}        | ${'Invalid Access-Control-Request-Method: put'}
    ${'OPTIONS /nowhere'} | ${asking(page, 'TRACE')}           | ${'Invalid Access-Control-Request-Method: TRACE'}
    ${'OPTIONS /nowhere'} | ${asking(page, 'PUT', 'x-a, x b')} | ${'Access-Control-Request-Headers " x b" contains invalid character.'}
  `('$line with $headers before the bucket is looked for: $message', async ({ line, headers, message }) => {
    const { status, text, head } = await ask(line, headers);
    expect({ status, text }).toEqual({ status: 400, text: bad(message) });
    expect(head).toEqual(closingRefusalHead());
  });

  it('comes after two names in the query', async () => {
    const { status, text } = await ask('OPTIONS /vault?acl&versioning', asking(page, 'PUT'));
    expect({ status, text }).toEqual({
      status: 400,
      text: expect.stringContaining('Conflicting query string parameters'),
    });
  });
});

describe('the answer to a request with an Origin (F343)', () => {
  it('has no headers of CORS if S3’s HTTP server refuses the request', async () => {
    const { status, head } = await send({
      method: 'PUT',
      path: '/vault/key',
      headers: { ...asking(page), 'Transfer-Encoding': 'gzip, chunked' },
      body: 'data',
    });
    expect({ status, added: added(head) }).toEqual({ status: 501, added: [] });
  });

  it.each<{ line: string; headers: Headers; status: number; lines: readonly string[] }>`
    line                     | headers                                 | status | lines
    ${'GET /vault/key'}      | ${asking(page)}                         | ${200} | ${ofPage}
    ${'HEAD /vault/key'}     | ${asking(page)}                         | ${200} | ${ofAnybody}
    ${'HEAD /vault/key'}     | ${asking(page, 'PUT')}                  | ${200} | ${ofPage}
    ${'GET /vault/missing'}  | ${asking(page)}                         | ${404} | ${ofPage}
    ${'HEAD /vault/missing'} | ${asking(page)}                         | ${404} | ${ofAnybody}
    ${'GET /vault'}          | ${asking(page)}                         | ${200} | ${ofPage}
    ${'PUT /vault/new'}      | ${asking(page)}                         | ${200} | ${ofPage}
    ${'PUT /vault/new'}      | ${asking('https://other.test')}         | ${200} | ${[]}
    ${'POST /vault'}         | ${asking(page)}                         | ${412} | ${[]}
    ${'DELETE /vault/key'}   | ${asking(page)}                         | ${204} | ${ofAnybody}
    ${'GET /vault/key'}      | ${asking(page, 'PATCH')}                | ${200} | ${[]}
    ${'GET /vault/key'}      | ${asking(page, undefined, 'x-amz-acl')} | ${200} | ${ofPage.toSpliced(2, 0, 'Access-Control-Allow-Headers: x-amz-acl')}
    ${'GET /vault/key'}      | ${asking(page, undefined, 'range')}     | ${200} | ${[]}
    ${'GET /vault/key'}      | ${asking(page, undefined, 'x b')}       | ${400} | ${[]}
    ${'GET /vault/key'}      | ${{}}                                   | ${200} | ${[]}
    ${'GET /vault/key'}      | ${{ Origin: '' }}                       | ${200} | ${[]}
    ${'GET /plain/key'}      | ${asking(page)}                         | ${200} | ${[]}
    ${'GET /nowhere/key'}    | ${asking(page)}                         | ${404} | ${[]}
  `('$line with $headers', async ({ line, headers, status, lines }) => {
    const [method = '', path = ''] = line.split(' ');
    const answer = await send({ method, path, headers });
    expect({ status: answer.status, added: added(answer.head) }).toEqual({ status, added: lines });
  });

  it('has the headers whatever the request is and becomes', async () => {
    const rules = [{ AllowedOrigins: [page], AllowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] }];
    s3.createBucket('deep', { versioning: 'Enabled', cors: { CORSRules: rules } });
    const seen: string[] = [];
    const request = async (line: string, headers: Headers = {}, body?: string) => {
      const [method = '', path = ''] = line.split(' ');
      const answer = await send({ method, path: `/deep${path}`, headers: { Origin: page, ...headers }, body });
      const names = added(answer.head).map((one) => one.split(':')[0]);
      expect(names).toEqual([
        'Access-Control-Allow-Origin',
        'Access-Control-Allow-Methods',
        'Access-Control-Allow-Credentials',
        'Vary',
      ]);
      seen.push(`${line.replace(/=\S{20,}/g, '=ID')} ${answer.status}`);
      return answer;
    };
    const ETag = (await request('PUT /key', {}, 'data')).header('etag') ?? '';
    await request('GET /key', { 'If-None-Match': ETag });
    await request('GET /key', { 'If-Match': '"other"' });
    await request('GET /key', { Range: 'bytes=0-1' });
    await request('HEAD /key', { Range: 'bytes=9-' });
    const marker = (await request('DELETE /key')).header('x-amz-version-id');
    await request('GET /key');
    await request(`HEAD /key?versionId=${marker}`);
    const [, uploadId] = /<UploadId>(.*)<\/UploadId>/.exec((await request('POST /parts?uploads')).body) ?? [];
    await request(`PUT /parts?uploadId=${uploadId}&partNumber=1`, {}, 'part');
    await request(`POST /parts?uploadId=${uploadId}`, {}, '<CompleteMultipartUpload/>');
    await request(`DELETE /parts?uploadId=${uploadId}`);
    await request('GET /?policy');
    await request('PUT /?policy', {}, 'not json');
    await request('GET /key', { Authorization: 'nonsense' });
    expect(seen).toEqual([
      'PUT /key 200',
      'GET /key 304',
      'GET /key 412',
      'GET /key 206',
      'HEAD /key 416',
      'DELETE /key 204',
      'GET /key 404',
      'HEAD /key?versionId=ID 405',
      'POST /parts?uploads 200',
      'PUT /parts?uploadId=ID 200',
      'POST /parts?uploadId=ID 400',
      'DELETE /parts?uploadId=ID 204',
      'GET /?policy 404',
      'PUT /?policy 400',
      'GET /key 400',
    ]);
  });

  it('has the headers where S3 writes those of an answer', async () => {
    const { head } = await send({ path: '/vault?versioning', headers: asking(page) });
    expect(head).toEqual(answerHead(...ofPage, 'Transfer-Encoding: chunked'));
    const refused = await ask('GET /vault/key', asking(page));
    expect({ status: refused.status, head: refused.head }).toEqual({ status: 403, head: refusalHead(...ofPage) });
  });

  it('follows the rules from before a request that changes them', async () => {
    const deletion = await send({ method: 'DELETE', path: '/vault?cors', headers: asking(page) });
    expect({ status: deletion.status, added: added(deletion.head) }).toEqual({ status: 204, added: ofAnybody });
    expect(added((await send({ path: '/vault/key', headers: asking(page) })).head)).toEqual([]);
  });

  it('also has them for a failure that a test asked for', async () => {
    s3.on('GetObject').fail('SlowDown');
    const { status, head } = await send({ path: '/vault/key', headers: asking(page) });
    expect({ status, added: added(head) }).toEqual({ status: 503, added: ofPage });
  });
});

describe('IBM COS (F344)', () => {
  const ofCos = (lines: readonly string[]) => lines.map((line) => line.replace(vary, cosVary));
  const cosVary = 'Vary: Origin, Access-Control-Request-Headers, Access-Control-Allow-Methods';

  it('answers a preflight and a request as Amazon S3 does, with another Vary', async () => {
    const { status, head, text } = await ask('OPTIONS /vault/key', asking(page, 'PUT'), cosHost);
    expect({ status, text, added: added(head) }).toEqual({ status: 200, text: '', added: ofCos(ofPage) });
    expect(head.slice(-2)).toEqual([cosVary, 'Content-Length: 0']);
    const read = await send({ path: '/vault/missing', host: cosHost, headers: asking(page) });
    expect({ status: read.status, added: added(read.head) }).toEqual({ status: 404, added: ofCos(ofPage) });
  });

  it('also allows credentials to every origin', async () => {
    const { head } = await ask('OPTIONS /vault/key', asking(page, 'DELETE'), cosHost);
    expect(added(head)).toEqual(ofCos(ofAnybody).toSpliced(2, 0, 'Access-Control-Allow-Credentials: true'));
  });

  it('refuses a preflight in the same words', async () => {
    const { status, text } = await ask('OPTIONS /plain/key', asking(page, 'PUT'), cosHost);
    expect(status).toBe(403);
    expect(text).toContain('<Code>AccessForbidden</Code>');
    expect(text).toContain('<Message>CORSResponse: CORS is not enabled for this bucket.</Message>');
  });
});
