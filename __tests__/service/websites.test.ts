import http from 'node:http';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { type MockS3Options, mockS3 } from 's3-versioning-mock/jest';
import * as undici from 'undici';
import { send, signedWith, type WireCall } from '../support/wire-client';

const index = { IndexDocument: { Suffix: 'index.html' } } as const;
const website = { ...index, ErrorDocument: { Key: 'error.html' } };
const policyOf = (bucket: string, Condition?: object) => ({
  Version: '2012-10-17',
  Statement: [
    {
      ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` },
      ...(Condition && { Condition }),
    },
  ],
});
const open = (bucket: string) => ({ policy: policyOf(bucket), publicAccessBlock: null, website });
const page = (body: string) => ({ body, contentType: 'text/html' });
const home = { 'index.html': page('home'), 'error.html': page('error'), 'docs/index.html': page('docs') };
const cors = { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://app.test'] }] };

const ofAcl = { website, ownershipControls: 'ObjectWriter', publicAccessBlock: null, acl: 'public-read' };
const readable = { acl: 'public-read' };

const s3 = mockS3({
  buckets: {
    vault: {
      ...open('vault'),
      cors,
      versioning: 'Enabled',
      objects: {
        ...home,
        'ü & ü.html': page('umlaut'),
        '/index.html': page('slash'),
        old: [{ ...page('first'), versionId: 'v1' }, page('second')],
        deleted: [page('first'), { deleteMarker: true }],
        moved: { body: '', headers: { 'x-amz-website-redirect-location': '/docs/' } },
        kms: { body: 'x', encryption: { ServerSideEncryption: 'aws:kms' } },
        cold: { body: 'x', storageClass: 'GLACIER' },
        'ü/index.html': page('folder'),
      },
    },
    cos: { ...ofAcl, objects: { 'docs/index.html': { ...page('docs'), ...readable } } },
    berlin: { website, region: 'eu-de-standard', objects: home },
    both: {
      ...ofAcl,
      region: 'eu-central-1',
      objects: {
        'index.html': { ...page('home'), ...readable },
        kms: { ...page('kms'), ...readable, encryption: { ServerSideEncryption: 'aws:kms' } },
      },
    },
    unsigned: {
      ...open('unsigned'),
      policy: {
        ...policyOf('unsigned'),
        Statement: [
          ...policyOf('unsigned').Statement,
          {
            ...{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::unsigned/*' },
            Condition: { Null: { 's3:signatureversion': 'false' } },
          },
        ],
      },
      objects: home,
    },
    plain: { objects: home, policy: policyOf('plain'), publicAccessBlock: null },
    bare: { ...open('bare'), website: index, objects: {} },
    referred: {
      ...open('referred'),
      policy: policyOf('referred', { StringLike: { 'aws:Referer': 'http://www.example.com/*' } }),
      objects: home,
    },
    munich: { website, region: 'eusc-de-east-1' },
    virginia: { website, region: 'us-east-1' },
    'aag.acorns.com': { website, region: 'us-west-2' },
    away: { website: { RedirectAllRequestsTo: { HostName: 'example.com' } } },
    private: { website, objects: home },
    paid: { ...open('paid'), requestPayment: 'Requester', objects: home },
    toll: {
      website: { RedirectAllRequestsTo: { HostName: 'example.com' } },
      requestPayment: 'Requester',
    },
    europe: { ...open('europe'), region: 'eu-central-1', objects: home },
    'www.example.com': { ...open('www.example.com'), objects: home },
    'www.example.eu': { ...open('www.example.eu'), region: 'eu-central-1', objects: home },
    shop: { ...open('shop'), objects: home },
  },
  hosts: { websites: ['www.example.com', 'www.example.eu', /^(?<bucket>[a-z]+)\.sites\.test$/] },
} as MockS3Options);

const at = (bucket: string, region = 'us-east-1') => `${bucket}.s3-website-${region}.amazonaws.com`;

const visit = (path: string, more: Partial<WireCall> = {}) =>
  send({ path, host: at('vault'), secure: false, headers: { authorization: undefined }, ...more });

const reasonOf = () => s3.requests.last()?.why;

describe('a website', () => {
  it('answers a page with the headers of GetObject (F1804)', async () => {
    const { head, body } = await visit('/');
    expect(body).toBe('home');
    expect(head).toEqual([
      'x-amz-id-2: HOST',
      'x-amz-request-id: ID',
      expect.stringContaining('Date: '),
      expect.stringContaining('Last-Modified: '),
      expect.stringContaining('ETag: '),
      'x-amz-server-side-encryption: AES256',
      expect.stringContaining('x-amz-version-id: '),
      'Accept-Ranges: bytes',
      'Content-Type: text/html',
      'Content-Length: 4',
      'Server: AmazonS3',
    ]);
  });

  it('answers keys that are encoded, beyond ASCII, or begin with a slash (F1801)', async () => {
    expect(await visit('/%C3%BC%20&%20%C3%BC.html')).toMatchObject({ status: 200, body: 'umlaut' });
    expect(await visit('//')).toMatchObject({ status: 200, body: 'slash' });
    const folder = await visit('/%C3%BC');
    expect({ status: folder.status, location: folder.header('location') }).toEqual({
      status: 302,
      location: '/%C3%BC/',
    });
  });

  it('answers conditions, ranges and CORS as S3 does elsewhere (F1804)', async () => {
    const etag = (await visit('/')).header('etag') ?? '';
    expect(await visit('/', { headers: { 'If-None-Match': etag } })).toMatchObject({ status: 304, body: '' });
    expect(await visit('/', { headers: { Range: 'bytes=1-2' } })).toMatchObject({ status: 206, body: 'om' });
    const crossed = await visit('/', { headers: { Origin: 'https://app.test' } });
    expect(crossed.header('access-control-allow-origin')).toBe('https://app.test');
    const lost = await visit('/lost', { headers: { Origin: 'https://app.test' } });
    expect({ status: lost.status, origin: lost.header('access-control-allow-origin') }).toEqual({
      status: 404,
      origin: 'https://app.test',
    });
    const asked = { Origin: 'https://app.test', 'Access-Control-Request-Method': 'GET' };
    expect(await visit('/', { method: 'OPTIONS', headers: asked })).toMatchObject({ status: 200, body: '' });
    const other = { ...asked, Origin: 'https://other.test' };
    expect(await visit('/', { method: 'OPTIONS', headers: other })).toMatchObject({
      status: 403,
      body: expect.stringContaining('<li>Code: AccessForbidden</li>'),
    });
  });

  it('answers a HEAD of what has not changed without a body, so that the connection stays', async () => {
    const etag = (await visit('/')).header('etag') ?? '';
    const asked = { method: 'HEAD', headers: { 'If-None-Match': etag } };
    const { status, header } = await visit('/', asked);
    expect({ status, code: header('x-amz-error-code'), framing: header('transfer-encoding') }).toEqual({ status: 304 });
    expect(await visit('/')).toMatchObject({ status: 200, body: 'home' });
  });

  it('redirects a visitor who asks for a range of an object that leads elsewhere (F1803)', async () => {
    const { status, header } = await visit('/moved', { headers: { Range: 'bytes=0-' } });
    expect({ status, location: header('location') }).toEqual({ status: 301, location: '/docs/' });
  });

  it('answers a failed condition and a range beyond the end with the error document (F1802)', async () => {
    expect(await visit('/', { headers: { 'If-Match': '"other"' } })).toMatchObject({ status: 412, body: 'error' });
    expect(await visit('/', { headers: { Range: 'bytes=99-' } })).toMatchObject({ status: 416, body: 'error' });
  });

  it('answers the newest version alone, and a delete marker as a missing object (F1804)', async () => {
    expect(await visit('/old')).toMatchObject({ body: 'second' });
    expect(await visit('/old?versionId=v1')).toMatchObject({ body: 'second' });
    const deleted = await visit('/deleted');
    expect(deleted).toMatchObject({ status: 404, body: 'error' });
    expect(reasonOf()).toContain("S3 served the error document 'error.html', with the status of the error");
    expect(deleted.header('x-amz-delete-marker')).toBeUndefined();
    expect(deleted.header('x-amz-error-detail-key')).toBe('deleted');
    await new S3Client({}).send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'index.html' }));
    expect(await visit('/')).toMatchObject({ status: 404 });
    await new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key: 'index.html', Body: 'new' }));
    expect(await visit('/')).toMatchObject({ status: 200, body: 'new' });
  });

  it('refuses what it cannot open, and says so (F1804)', async () => {
    expect(await visit('/kms')).toMatchObject({ status: 400, body: 'error' });
    expect(reasonOf()).toContain('the object is encrypted with KMS, and a website cannot serve it');
    expect(await visit('/cold')).toMatchObject({ status: 403, body: 'error' });
    expect(await visit(`/${'a'.repeat(1025)}`)).toMatchObject({ status: 400 });
    expect(await visit('/%GG')).toMatchObject({ status: 400 });
  });

  it('tells a HEAD the error in its headers, on a connection that stays (F1802)', async () => {
    const { status, body, header } = await visit('/lost', { method: 'HEAD' });
    expect({ status, body, code: header('x-amz-error-code'), type: header('content-type') }).toEqual({
      status: 404,
      body: '',
      code: 'NoSuchKey',
      type: undefined,
    });
    expect(await visit('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('needs a bucket that is public, in the region, and whose owner pays (F1800)', async () => {
    expect(await visit('/', { host: at('plain') })).toMatchObject({ status: 404 });
    expect(reasonOf()).toContain("give its fixture website: { IndexDocument: { Suffix: 'index.html' } }");
    expect(await visit('/', { host: at('absent') })).toMatchObject({
      status: 404,
      body: expect.stringContaining('<li>BucketName: absent</li>'),
    });
    expect(await visit('/', { host: at('private') })).toMatchObject({
      status: 403,
      body: expect.stringContaining('<h3>An Error Occurred'),
    });
    expect(reasonOf()).toContain("the error document 'error.html' could not be read either");
    expect(reasonOf()).toContain('a website reads objects that are public: let the policy of the bucket');
    expect(reasonOf()).not.toContain('presign');
    expect(await visit('/', { host: at('paid') })).toMatchObject({ status: 403 });
    expect(reasonOf()).toContain('the requester pays');
    // "Any request to such a bucket", and so one that would be led elsewhere.
    expect(await visit('/', { host: at('toll') })).toMatchObject({ status: 403 });
    expect(await visit('/', { host: at('europe') })).toMatchObject({
      status: 400,
      body: expect.stringContaining('<li>Endpoint: europe.s3-website.eu-central-1.amazonaws.com</li>'),
    });
    expect(reasonOf()).toContain('visit http://europe.s3-website.eu-central-1.amazonaws.com');
    expect(await visit('/', { host: 'europe.s3-website.eu-central-1.amazonaws.com' })).toMatchObject({ status: 200 });
  });

  it('names the right host with the suffix of the one that was visited (F1800)', async () => {
    const { body } = await visit('/', { host: 'munich.s3-website.eusc-de-east-2.amazonaws.eu' });
    expect(body).toContain('<li>Endpoint: munich.s3-website.eusc-de-east-1.amazonaws.eu</li>');
  });

  it.each([
    ['virginia', 'virginia.s3-website-us-east-1.amazonaws.com'],
    ['aag.acorns.com', 'aag.acorns.com.s3-website-us-west-2.amazonaws.com'],
  ])('names the host of an older region with a hyphen in front of the region: %s (F1800)', async (bucket, right) => {
    const { status, body } = await visit('/', { host: `${bucket}.s3-website.eu-central-1.amazonaws.com` });
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining(`<li>Endpoint: ${right}</li>`) });
  });

  it('reads the headers of a visitor that a policy asks for, and advises nobody to sign', async () => {
    const headers = { Referer: 'http://www.example.com/shop' };
    expect(await visit('/', { host: at('referred'), headers })).toMatchObject({ status: 200, body: 'home' });
    expect(await visit('/', { host: at('referred') })).toMatchObject({ status: 403 });
    expect(reasonOf()).toContain('whose condition StringLike aws:Referer wants');
    expect(reasonOf()).not.toContain('sign');
  });

  it('leads a visitor without a bucket to the page of S3 (F1800)', async () => {
    const host = 's3-website-us-east-1.amazonaws.com';
    const { status, header, body } = await visit('/a', { host });
    expect({ status, location: header('location'), code: header('x-amz-error-code') }).toEqual({
      status: 301,
      location: 'https://aws.amazon.com/s3/',
      code: 'WebsiteRedirect',
    });
    expect(body).toContain('<li>Message: Request does not contain a bucket name.</li>');
    const last = s3.requests.last();
    expect({ error: last?.error, output: last?.output }).toEqual({
      output: { WebsiteRedirectLocation: 'https://aws.amazon.com/s3/' },
    });
  });

  it('takes an empty query for none (F1803)', async () => {
    const { header } = await visit('/old?', { host: at('away') });
    expect(header('location')).toBe('http://example.com/old');
  });

  it('does not answer https, and says so (F1800)', async () => {
    const { status, body } = await send({ path: '/', host: at('vault') });
    expect({ status, body: body.includes('answer http alone') }).toEqual({ status: 400, body: true });
    expect(reasonOf()).toContain(`Let the test visit http://${at('vault')}`);
  });

  it('finds no signature in a signed visit, where a policy asks for one (F1800)', async () => {
    const visitSigned = { host: at('unsigned'), headers: signedWith('KEY') };
    expect(await visit('/', visitSigned)).toMatchObject({ status: 200, body: 'home' });
    expect(s3.requests.last()).toMatchObject({ caller: 'anonymous' });
  });

  it('knows no signature and no headers of S3', async () => {
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 nonsense',
      'x-amz-date': 'never',
      'x-amz-checksum-mode': 'ENABLED',
    };
    const asked = await visit('/', { headers });
    expect(asked).toMatchObject({ status: 200, body: 'home' });
    expect(asked.headers.filter(([name]) => name.startsWith('x-amz-checksum'))).toEqual([]);
    expect(await visit('/?X-Amz-Signature=a&response-content-type=a')).toMatchObject({ status: 200, body: 'home' });
  });

  it('answers on domains of the user (F1800)', async () => {
    expect(await visit('/docs/', { host: 'www.example.com' })).toMatchObject({ status: 200, body: 'docs' });
    expect(await visit('/docs/', { host: 'shop.sites.test' })).toMatchObject({ status: 200, body: 'docs' });
    const { header } = await visit('/docs', { host: 'www.example.com' });
    expect(header('location')).toBe('/docs/');
    expect(await visit('/docs/', { host: 'www.example.eu' })).toMatchObject({ status: 200, body: 'docs' });
  });

  it('of COS answers http and https (F1805)', async () => {
    const host = 'cos.s3-web.us-south.cloud-object-storage.appdomain.cloud';
    expect(await visit('/docs/', { host })).toMatchObject({ status: 200, body: 'docs' });
    expect(await visit('/docs/', { host, secure: true })).toMatchObject({ status: 200, body: 'docs' });
    const bare = 's3-web.us-south.cloud-object-storage.appdomain.cloud';
    expect(await visit('/', { host: bare })).toMatchObject({ status: 400 });
  });

  it('of COS knows the buckets of its region, and those that AWS has too (F46, F617)', async () => {
    const at = (bucket: string) => `${bucket}.s3-web.us-south.cloud-object-storage.appdomain.cloud`;
    expect(await visit('/', { host: at('berlin') })).toMatchObject({
      status: 404,
      body: expect.stringContaining('<li>Code: NoSuchBucket</li>'),
    });
    expect(await visit('/', { host: at('both') })).toMatchObject({ status: 200, body: 'home' });
    expect(await visit('/kms', { host: at('both') })).toMatchObject({ status: 200, body: 'kms' });
  });
});

describe('the journal', () => {
  it('has visits with the operation, the key and what S3 logs', async () => {
    await visit('/docs/');
    expect(s3.requests.last()).toMatchObject({
      operation: 'GetObject',
      website: 'WEBSITE.GET.OBJECT',
      bucket: 'vault',
      key: 'docs/index.html',
      status: 200,
      output: { ContentType: 'text/html', ContentLength: 4 },
    });
    await visit('/moved');
    expect(s3.requests.last()).toMatchObject({ status: 301, output: { WebsiteRedirectLocation: '/docs/' } });
    await visit('/docs', { method: 'HEAD' });
    expect(s3.requests.last()).toMatchObject({
      operation: 'HeadObject',
      website: 'WEBSITE.HEAD.OBJECT',
      status: 302,
      output: { WebsiteRedirectLocation: '/docs/' },
    });
    expect(s3.requests.last()?.error).toBeUndefined();
    await visit('/', { method: 'POST' });
    expect(s3.requests.last()).toMatchObject({
      status: 405,
      error: { code: 'MethodNotAllowed' },
      website: 'WEBSITE.INVALIDOPERATION',
    });
    await visit('/', { method: 'OPTIONS' });
    expect(s3.requests.last()).toMatchObject({ status: 400, website: 'WEBSITE.OPTIONS.PREFLIGHT' });
    await visit('/lost');
    expect(s3.requests.last()).toMatchObject({ status: 404, error: { code: 'NoSuchKey' }, why: expect.any(String) });
    expect(s3).toHaveReceived('GetObject', { Key: 'docs/index.html' });
  });

  it('has S3 itself without it', async () => {
    await new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'a' }));
    expect(s3.requests.last()).not.toHaveProperty('website');
  });
});

describe('a failure of a test', () => {
  it('is a page of S3, without the error document (F1802)', async () => {
    s3.on('GetObject', { Key: 'docs/index.html' }).fail('SlowDown', { times: 1 });
    const { status, body } = await visit('/docs/');
    expect(status).toBe(503);
    expect(body).toContain('<li>Code: SlowDown</li>');
    expect(await visit('/docs/')).toMatchObject({ status: 200 });
  });

  it('of a HEAD has a message in any language', async () => {
    s3.on('HeadObject').fail({ code: 'Odd', status: 418, message: 'ä' }, { times: 1 });
    const { status, header } = await visit('/docs/', { method: 'HEAD' });
    expect({ status, message: header('x-amz-error-message') }).toEqual({ status: 418, message: '%C3%A4' });
  });

  it('is found by exploring the code that visits', async () => {
    const failures = ['fail', 'disconnect before'] as const;
    const visitOnce = async () => {
      const answer = await fetch(`http://${at('vault')}/docs/`);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return answer.text();
    };
    await expect(s3.explore({ run: visitOnce, failures, mustSucceed: true })).rejects.toThrow(
      'visitOnce() does not survive this: GetObject vault/docs/index.html fails with InternalError',
    );
    const visitTwice = () => visitOnce().catch(visitOnce);
    expect(await s3.explore({ run: visitTwice, failures, mustSucceed: true })).toMatchObject({ ways: 4, tried: 4 });
  });

  it('can refuse with 404 too', async () => {
    s3.on('GetObject').fail('NoSuchKey');
    const { status, body } = await visit('/docs/');
    expect(status).toBe(404);
    expect(body).toContain('<li>Code: NoSuchKey</li>');
    expect(body).toContain('<li>Key: docs/index.html</li>');
  });
});

describe('a client that follows redirects', () => {
  it('comes to the page of a folder: fetch, axios, undici', async () => {
    const url = `http://${at('vault')}/docs?page=2`;
    expect(await (await fetch(url)).text()).toBe('docs');
    expect((await axios.get(url)).data).toBe('docs');
    expect(await (await undici.fetch(url)).text()).toBe('docs');
    const { statusCode, headers, body } = await undici.request(url);
    await body.dump();
    expect({ statusCode, location: headers['location'] }).toEqual({ statusCode: 302, location: '/docs/' });
    const lost = await axios.head(`http://${at('vault')}/lost`, { validateStatus: () => true });
    expect({ status: lost.status, code: lost.headers['x-amz-error-code'] }).toEqual({ status: 404, code: 'NoSuchKey' });
  });
});

describe('a port', () => {
  it('answers websites by the Host header', async () => {
    const listener = await s3.listen();
    const { port } = new URL(listener.url);
    const get = (Host: string, path: string) =>
      new Promise<{ status: number | undefined; body: string; location: string | undefined }>((resolve, reject) => {
        http
          .request({ port, host: '127.0.0.1', path, headers: { Host } }, (response) => {
            let body = '';
            response.on('data', (chunk) => (body += String(chunk)));
            response.on('end', () =>
              resolve({ status: response.statusCode, body, location: response.headers.location }),
            );
          })
          .on('error', reject)
          .end();
      });
    expect(await get(`vault.s3-website.localhost:${port}`, '/docs/')).toMatchObject({ status: 200, body: 'docs' });
    expect(await get(at('vault'), '/docs/')).toMatchObject({ status: 200, body: 'docs' });
    expect(await get('www.example.com', '/docs/')).toMatchObject({ status: 200, body: 'docs' });
    expect(await get(`vault.s3-website.localhost:${port}`, '/docs')).toMatchObject({ status: 302, location: '/docs/' });
    expect(await get(`s3-website.localhost:${port}`, '/')).toMatchObject({ status: 301 });
    expect(await get('www.example.com', '/_mock/')).toMatchObject({ status: 404, body: 'error' });
    expect(await get(`vault.s3-website.localhost:${port}`, '/_mock/')).toMatchObject({ status: 404, body: 'error' });
    expect(await get(`localhost:${port}`, '/_mock/requests')).toMatchObject({ status: 200 });
    await listener.close();
  });
});
