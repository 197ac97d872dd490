import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../../src';
import { startedMocks } from '../../support/started-mocks';
import { ask, openPort } from '../scene';

const start = startedMocks();

const now = '2026-01-01T00:00:00Z';
const signedFor = (service: string) => ({
  Authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${'0'.repeat(64)}`,
  'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
  'X-Amz-Date': '20260101T000000Z',
});

/** Clients of this process, with connections of their own and with those of a pool. */
const clients: Readonly<Record<string, (url: string, service: string) => Promise<number | undefined>>> = {
  'node:http': async (url, service) => (await ask(url, { headers: signedFor(service), agent: false })).status,
  fetch: async (url, service) => (await fetch(url, { headers: signedFor(service) })).status,
};

const countOf = (...mocks: readonly MockS3[]) => mocks.map(({ requests }) => requests.length);
const named = (url: string) => {
  process.env['AWS_ENDPOINT_URL'] = url;
};

/** A port that is free, since nobody listens on it any more. */
async function freePort(): Promise<number> {
  const server = http.createServer();
  const port = await openPort(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

afterEach(() => {
  delete process.env['AWS_ENDPOINT_URL'];
});

describe.each(Object.entries(clients))('under AWS_ENDPOINT_URL, with %s,', (_, send) => {
  describe('a server of this process', () => {
    let server: http.Server;
    let url: string;
    let seen: string[];
    beforeEach(async () => {
      seen = [];
      server = http.createServer((request, response) => {
        seen.push(request.url ?? '');
        response.statusCode = 299;
        response.end();
      });
      url = `http://127.0.0.1:${await openPort(server)}`;
      named(url);
    });
    afterEach(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    it.each([false, true])('receives what is for other services, once, and nothing else; guard: %s', async (guard) => {
      const s3 = start({ now, buckets: { vault: {} }, guard });
      const statuses = [await send(`${url}/vault`, 's3'), await send(`${url}/queue`, 'sqs')];
      expect({ statuses, seen, answered: countOf(s3) }).toEqual({
        statuses: [200, 299],
        seen: ['/queue'],
        answered: [1],
      });
    });

    it('stays the address of other services while a mock publishes its port', async () => {
      const s3 = start({ now, buckets: { vault: {} } });
      const { url: port } = await s3.listen({ env: true });
      const statuses = [await send(`${port}/vault`, 's3'), await send(`${url}/queue`, 'sqs')];
      expect({ statuses, seen, answered: countOf(s3) }).toEqual({
        statuses: [200, 299],
        seen: ['/queue'],
        answered: [1],
      });
    });
  });

  it('the port of a mock answers a request once if it was named before the mock started', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    named(url);
    const s3 = start({ now, buckets: { vault: {} }, guard: true });
    await s3.listen({ port });
    expect({ status: await send(`${url}/vault`, 's3'), answered: countOf(s3) }).toEqual({ status: 200, answered: [1] });
    await send(`${url}/queue`, 'sqs');
    expect(countOf(s3)).toEqual([2]);
  });

  it('the port of a mock answers a request once if it was named after the mock started', async () => {
    const s3 = start({ now, buckets: { vault: {} }, guard: true });
    const { url } = await s3.listen();
    named(url);
    expect({ status: await send(`${url}/vault`, 's3'), answered: countOf(s3) }).toEqual({ status: 200, answered: [1] });
    expect(s3.requests.explain()).not.toContain('no mock answers');
  });

  it('the port of a mock receives what is for other services, and another mock what is for S3', async () => {
    const other = start({ hosts: { only: [] } });
    const { url } = await other.listen();
    named(url);
    const s3 = start({ now, buckets: { vault: {} } });
    expect({ status: await send(`${url}/vault`, 's3'), answered: countOf(s3, other) }).toEqual({
      status: 200,
      answered: [1, 0],
    });
    await send(`${url}/queue`, 'sqs');
    expect(countOf(s3, other)).toEqual([1, 1]);
  });
});
