import http from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type ListenOptions, type MockS3, mockS3 } from 's3-versioning-mock';
import { Admission } from '../../src/door/admission';

let s3: MockS3;

afterEach(() => s3.stop());

async function ask(options: ListenOptions, headers: Record<string, string>, path = '/_mock/mock', method = 'GET') {
  s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
  const { port } = await s3.listen(options);
  return new Promise<{ readonly status: number; readonly text: string; readonly headers: http.IncomingHttpHeaders }>(
    (resolve, reject) => {
      const given = { host: `127.0.0.1:${port}`, ...headers };
      const request = http.request(
        { port, host: '127.0.0.1', path, method, headers: given, agent: false },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (part: string) => {
            text += part;
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
        },
      );
      request.on('error', reject);
      request.end();
    },
  );
}

/** The headers of a person who opens an address in a browser. */
const visitor = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };

describe('the door', () => {
  it.each(['127.0.0.1', 'localhost', 'LOCALHOST:80', '[::1]:9000', 's3.localhost'])('is open at %s', async (host) => {
    expect(await ask({}, { host })).toMatchObject({ status: 200 });
  });

  it('is open at the name that the port was given', async () => {
    expect(await ask({ base: 's3.test' }, { host: 's3.test:9000' })).toMatchObject({ status: 200 });
  });

  it.each(['evil.test', '127.0.0.1.evil.test', 'localhost.evil.test', '10.0.0.1', 'a b'])(
    'is closed at the host %j, which a name of another owner may lead to',
    async (host) => {
      const { status, text } = await ask({}, { host });
      expect({ status, code: JSON.parse(text).error.code }).toEqual({ status: 403, code: 'DOOR_CLOSED' });
    },
  );

  it.each([
    ['mock.test:80', 'mock.test'],
    ['mock.test:80', 'mock.test:80'],
    ['mock.test:80', 'MOCK.test.'],
    ['mock.test', 'mock.test.:9000'],
    ['Mock.test.:9000', 'mock.test:9000'],
    ['b\u00fccher.test', 'xn--bcher-kva.test:9000'],
  ])('is open at a host that is named %s, asked for as %s', async (named, host) => {
    expect(await ask({ door: { hosts: [named] } }, { host })).toMatchObject({ status: 200 });
  });

  it.each([
    ['mock.test:80', 'mock.test:9000'],
    ['mock.test:9000', 'mock.test'],
    ['mock.test', 'mock.test..'],
  ])('is closed if %s is named and %s is asked for', async (named, host) => {
    expect(await ask({ door: { hosts: [named] } }, { host })).toMatchObject({ status: 403 });
  });

  it.each(['localhost.', 's3.test.', 'S3.TEST.:9000'])('is open at %s, as a name may end with a dot', async (host) => {
    expect(await ask({ base: 'S3.test.' }, { host })).toMatchObject({ status: 200 });
  });

  it('is open to a page of a host that is named with the port of its scheme', async () => {
    const headers = { host: 'localhost:9000', origin: 'https://app.test' };
    expect(await ask({ door: { hosts: ['app.test:443'] } }, headers)).toMatchObject({ status: 200 });
  });

  it('is open at a host that is named', async () => {
    expect(await ask({ door: { hosts: ['mock.test'] } }, { host: 'mock.test:9000' })).toMatchObject({ status: 200 });
  });

  it.each<readonly [remoteAddress: string | undefined, hosts: readonly string[], isOpen: boolean]>([
    ['127.0.0.1', [], true],
    ['::ffff:127.0.0.1', [], true],
    ['::1', [], true],
    ['10.0.0.7', [], false],
    ['::ffff:10.0.0.7', [], false],
    [undefined, [], false],
    ['10.0.0.7', ['localhost'], true],
  ])('is open to a connection from %s, with the hosts %j named: %s', (remoteAddress, hosts, isOpen) => {
    const admission = new Admission({ path: '/_mock', hosts, deliverHosts: [] }, undefined);
    const request = { method: 'GET', headers: { host: 'localhost:9000' }, socket: { remoteAddress } };
    const admit = () => admission.admit(request as http.IncomingMessage);
    if (isOpen) expect(admit()).toBeUndefined();
    else expect(admit).toThrow('only to this machine');
  });

  it.each([
    { origin: 'http://evil.test' },
    { origin: 'null' },
    { origin: 'http://localhost:3000' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
    { host: 'localhost:9000', origin: 'http://vault.localhost:9000' },
    { host: 'localhost:9000', origin: 'http://127.0.0.1:9000' },
    { host: 'localhost', origin: 'https://localhost', 'sec-fetch-site': 'cross-site' },
    ...['iframe', 'frame', 'embed', 'object', 'fencedframe'].map((destination) => ({
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': destination,
    })),
  ])('is closed to pages of other origins: %j', async (headers) => {
    expect(await ask({}, headers)).toMatchObject({ status: 403 });
  });

  it.each<readonly [method: string, path: string]>([
    ['GET', '/bytes?key=a&versionId=null'],
    ['GET', '/download?key=a&versionId=null'],
    ['POST', '/put'],
    ['POST', '/delete'],
  ])('is closed to pages of other origins, and at names of other owners: %s %s', async (method, path) => {
    const embedded = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' };
    for (const headers of [{ origin: 'null' }, { host: 'evil.test' }, embedded]) {
      expect(await ask({}, headers, `/_mock/buckets/vault${path}`, method)).toMatchObject({ status: 403 });
      await s3.stop();
    }
  });

  it('is open to its own pages, and to a visit by a link', async () => {
    expect(await ask({}, { host: 'localhost:9000', origin: 'http://localhost:9000' })).toMatchObject({ status: 200 });
    await s3.stop();
    const visit = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(await ask({}, visit)).toMatchObject({ status: 200 });
    await s3.stop();
    expect(await ask({}, visit, '/_mock/reset', 'POST')).toMatchObject({ status: 403 });
  });

  it('lets pages of an origin that is named read its answers', async () => {
    const door = { hosts: ['localhost:3000'] };
    const origin = 'http://localhost:3000';
    expect(await ask({ door }, { origin })).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': origin },
    });
    await s3.stop();
    expect(await ask({ door }, { origin }, '/_mock/reset', 'OPTIONS')).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-methods': expect.stringContaining('POST') },
    });
  });

  it('is not in a bucket: there its path is a key', async () => {
    const { text } = await ask({}, { host: 'vault.localhost' });
    expect(text).toContain('<Error>');
    expect(s3.requests.last()).toMatchObject({ bucket: 'vault', key: '_mock/mock' });
  });

  it('has the path that it was given', async () => {
    expect(await ask({ door: { path: '/_control' } }, {}, '/_control/mock')).toMatchObject({ status: 200 });
    await s3.stop();
    expect((await ask({ door: { path: '/_control' } }, {})).text).toContain('<Error>');
  });

  it('is not there if it was turned off', async () => {
    expect((await ask({ door: false }, {})).text).toContain('<Error>');
  });

  it('says what it has', async () => {
    const unknown = await ask({}, {}, '/_mock/request');
    expect(unknown.status).toBe(404);
    expect(JSON.parse(unknown.text).error.message).toBe(
      'the door has no /_mock/request. Did you mean /requests? GET /_mock/openapi.json lists its routes.',
    );
    await s3.stop();
    const wrong = await ask({}, {}, '/_mock/state', 'PATCH');
    expect(wrong).toMatchObject({ status: 405, text: expect.stringContaining('GET, PUT') });
  });

  it.each(['/_mock/mock', '/_mock/clock', '/_mock/requests'])(
    'answers a HEAD of %s as a GET, without a body',
    async (path) => {
      const headers = { accept: 'text/event-stream' };
      expect(await ask({}, headers, path, 'HEAD')).toMatchObject({ status: 200, text: '' });
    },
  );

  it('leads to its page', async () => {
    expect(await ask({}, {}, '/_mock')).toMatchObject({ status: 308, headers: { location: '/_mock/' } });
  });

  it.each([
    { door: {}, location: '/_mock/' },
    { door: { path: '/_control' }, location: '/_control/' },
  ])('leads a browser that opens the address of the port to its page at $location', async ({ door, location }) => {
    expect(await ask({ door }, visitor, '/')).toMatchObject({ status: 308, headers: { location } });
    expect(s3.requests).toHaveLength(0);
  });

  it.each<readonly [what: string, headers: Record<string, string>, path?: string, method?: string]>([
    ['curl', { accept: '*/*' }],
    ['a client that accepts pages', { accept: visitor.accept }],
    ['a script of a page', { ...visitor, 'sec-fetch-mode': 'cors' }],
    ['a navigation that accepts no page', { ...visitor, accept: '*/*' }],
    ['a request with a signature', { ...visitor, authorization: 'AWS any:any' }],
    ['a presigned request', visitor, '/?X-Amz-Algorithm=AWS4-HMAC-SHA256'],
    ['the page of a bucket', visitor, '/vault'],
    ['a form that is sent to the address', visitor, '/', 'POST'],
    ['the host of a bucket', { ...visitor, host: 'vault.localhost' }],
  ])('leaves S3 the answer to %s', async (_, headers, path = '/', method = 'GET') => {
    await ask({}, headers, path, method);
    expect(s3.requests).toHaveLength(1);
  });

  it('leads no browser to a page that is closed', async () => {
    expect(await ask({ door: false }, visitor, '/')).toMatchObject({
      status: 307,
      headers: { location: 'https://aws.amazon.com/s3/' },
    });
  });

  it.each(['/_mock', '/_mock/window.css', '/_mock/mock', '/_mock/none'])(
    'has %s read as what it is, by its own page alone, and in no frame',
    async (path) => {
      const { headers } = await ask({}, {}, path);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringMatching(
          /^default-src 'none'; .*connect-src 'self'; .*frame-ancestors 'none'$/,
        ),
      });
      // In a sandbox, the page would be a stranger to its own door.
      expect(headers['content-security-policy']).not.toContain('sandbox');
    },
  );

  it.each([
    [{ path: 'mock' }, 'path'],
    [{ path: '/vault' }, 'path'],
    [{ hosts: 'mock.test' }, 'hosts'],
    [{ deliverHosts: ['http://mock.test'] }, 'deliverHosts'],
    [{ paths: '/_mock' }, 'paths'],
  ])('refuses the option %j', async (door, name) => {
    s3 = mockS3();
    await expect(s3.listen({ door } as ListenOptions)).rejects.toThrow(name);
  });
});
