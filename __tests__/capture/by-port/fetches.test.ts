import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { WireReply } from '../../../src/wire';
import { closedNetwork, startScene } from '../scene';
import { sayRuntime } from './runtime';

sayRuntime('deno');
const lookups = closedNetwork();

const names = (rawHeaders: readonly string[] = []) =>
  rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());

const redirecting =
  (location: string, status = 307) =>
  ({ url, method, body }: { readonly url: string; readonly method: string; readonly body: Uint8Array }): WireReply =>
    url === '/from'
      ? { status, headers: [['Location', location]], body: '' }
      : { status: 200, headers: [], body: `${method} ${url} ${body.length}` };

describe('fetch to a host of S3', () => {
  it('is answered, and the request has the headers that the code gave', async () => {
    const { requests } = startScene();
    const url = 'https://vault.s3.amazonaws.com/a%20b.txt?tagging';
    const response = await fetch(url, { method: 'PUT', body: 'bytes', headers: { 'X-Own': 'yes' } });
    const { status, redirected } = response;
    expect({ status, url: response.url, redirected, text: await response.text() }).toEqual({
      ...{ status: 200, url, redirected: false },
      text: 'PUT /a%20b.txt?tagging 5',
    });
    expect(requests).toMatchObject([{ host: 'vault.s3.amazonaws.com', secure: true }]);
    const [request] = requests;
    expect(request?.headers.get('host')).toBe('vault.s3.amazonaws.com');
    expect(request?.headers.get('x-own')).toBe('yes');
    expect(names(request?.rawHeaders).filter((name) => name.startsWith('x-s3-'))).toEqual([]);
    expect(names(request?.rawHeaders).filter((name) => name === 'host')).toEqual(['host']);
    expect(lookups).toEqual([]);
  });

  it('is answered if the property of the global object has a getter, as under jest in bun', async () => {
    const { fetch: value } = globalThis;
    const own = { get: () => value, configurable: true };
    Object.defineProperty(globalThis, 'fetch', own);
    const { requests, stop } = startScene();
    const { status } = await fetch('https://vault.s3.amazonaws.com/a.txt');
    expect({ status, requests: requests.length }).toEqual({ status: 200, requests: 1 });
    expect(lookups).toEqual([]);
    stop();
    expect(Object.getOwnPropertyDescriptor(globalThis, 'fetch')).toMatchObject(own);
  });

  it('gives a copy of the response the same address, after a redirect as well', async () => {
    startScene({ reply: redirecting('/to') });
    const response = await fetch('https://s3.amazonaws.com/from#part');
    const copy = response.clone().clone();
    const expected = { url: 'https://s3.amazonaws.com/to', redirected: true };
    expect([response, copy].map(({ url, redirected }) => ({ url, redirected }))).toEqual([expected, expected]);
    expect(await copy.text()).toBe('GET /to 0');
  });

  it('reads the request from an object, as bun does', async () => {
    const { requests } = startScene();
    await fetch({ url: 'https://s3.amazonaws.com/a.txt', method: 'DELETE' } as Request);
    expect(requests).toMatchObject([{ method: 'DELETE', url: '/a.txt' }]);
  });

  it('passes to the socket that its option names', async () => {
    const real = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('by the socket'));
    const { requests } = startScene();
    const response = await fetch('http://s3.amazonaws.com/', { unix: '/run/store.sock' } as RequestInit);
    expect({ text: await response.text(), requests }).toEqual({ text: 'by the socket', requests: [] });
    real.mockRestore();
  });

  it('keeps a port that the host names', async () => {
    const { requests } = startScene({ hosts: ['minio.test:9000'] });
    await fetch('http://minio.test:9000/vault');
    expect(requests[0]?.headers.get('host')).toBe('minio.test:9000');
    expect(requests).toMatchObject([{ host: 'minio.test', secure: false }]);
  });

  it('of a Request sends its method, its headers and the length of its body', async () => {
    const { requests } = startScene();
    const headers = { 'X-Own': 'yes' };
    await fetch(new Request('https://s3.amazonaws.com/vault/a.txt', { method: 'PUT', body: 'bytes', headers }));
    const [request] = requests;
    expect({ method: request?.method, body: String(request?.body), own: request?.headers.get('x-own') }).toEqual({
      ...{ method: 'PUT', body: 'bytes', own: 'yes' },
    });
    expect(request?.headers.get('content-length')).toBe('5');
  });

  it('ends when its signal is aborted', async () => {
    startScene();
    const asked = fetch('https://s3.amazonaws.com/', { signal: AbortSignal.abort(new Error('enough')) });
    await expect(asked).rejects.toThrow('enough');
  });

  it('follows a redirect within S3', async () => {
    startScene({ reply: redirecting('https://s3.eu-west-1.amazonaws.com/to') });
    const response = await fetch('https://s3.amazonaws.com/from', { method: 'PUT', body: 'bytes' });
    const { url, redirected } = response;
    expect({ url, redirected, text: await response.text() }).toEqual({
      url: 'https://s3.eu-west-1.amazonaws.com/to',
      redirected: true,
      text: 'PUT /to 5',
    });
    expect(lookups).toEqual([]);
  });

  it.each([
    [301, 'POST', 'GET /to 0'],
    [302, 'PUT', 'PUT /to 5'],
    [303, 'PUT', 'GET /to 0'],
    [308, 'POST', 'POST /to 5'],
  ])('after a redirect with %s, a %s becomes %s', async (status, method, expected) => {
    startScene({ reply: redirecting('/to', status) });
    const response = await fetch('https://s3.amazonaws.com/from', { method, body: 'bytes' });
    expect(await response.text()).toBe(expected);
  });

  it('follows no redirect if the code wants none', async () => {
    startScene({ reply: redirecting('https://example.test/to') });
    const { status } = await fetch('https://s3.amazonaws.com/from', { redirect: 'manual' });
    expect(status).toBe(307);
    const failing = fetch('https://s3.amazonaws.com/from', { redirect: 'error' });
    await expect(failing).rejects.toMatchObject({ message: 'fetch failed' });
    expect(lookups).toEqual([]);
  });

  it('follows a redirect to another host there, without the signature', async () => {
    const real = jest.spyOn(globalThis, 'fetch');
    startScene({ reply: redirecting('https://example.test/to') });
    const headers = { Authorization: 'AWS4-HMAC-SHA256 secret', 'X-Own': 'yes' };
    await fetch('https://s3.amazonaws.com/from', { headers }).catch(() => undefined);
    const [address, options] = real.mock.calls.at(-1) ?? [];
    expect({ address, headers: Object.fromEntries(new Headers(options?.headers)) }).toEqual({
      address: 'https://example.test/to',
      headers: { 'x-own': 'yes' },
    });
  });
});

describe('fetch to another host', () => {
  it('passes, and is reported', async () => {
    // The fetch of Node, which stands for that of bun here, also connects by node:net.
    const others = new Set<string>();
    startScene({ onOtherHost: (host, port, isRefused) => others.add(`${host}:${port} ${isRefused}`) });
    await expect(fetch('https://example.test/')).rejects.toThrow();
    expect({ lookups, others: [...others] }).toEqual({ lookups: ['example.test'], others: ['example.test:443 false'] });
  });

  describe('with the guard', () => {
    beforeEach(() => {
      startScene({ guard: true, isSignedForS3: ({ headers }) => headers.has('authorization') });
    });

    it('fails, and its cause names the host', async () => {
      await expect(fetch('https://example.test/')).rejects.toMatchObject({
        message: 'fetch failed',
        cause: { code: 'ERR_S3_MOCK_REFUSED', message: expect.stringContaining('ENETUNREACH example.test:443') },
      });
      expect(lookups).toEqual([]);
    });

    it('fails on this machine if it is signed for S3', async () => {
      const signed = { headers: { Authorization: 'AWS4-HMAC-SHA256' } };
      await expect(fetch('http://127.0.0.1:9/vault', signed)).rejects.toMatchObject({
        cause: { message: expect.stringContaining('the request is signed for S3, and no mock answers it') },
      });
    });
  });

  it('fails as before if its address is none', async () => {
    startScene();
    await expect(fetch('no address')).rejects.toMatchObject({ name: 'TypeError' });
  });
});
