import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UnansweredRequest } from '../../src/wire';
import { ask, openPort, type SceneOptions, startScene, unusedNetwork } from './scene';

unusedNetwork();
let server: http.Server;
let port: number;
let seen: string[];
beforeEach(async () => {
  seen = [];
  server = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end('real');
  });
  port = await openPort(server);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Only whoever starts the capture knows how requests are signed. */
const isSignedForS3: NonNullable<SceneOptions['isSignedForS3']> = ({ headers }) =>
  headers.get('authorization') === 'for S3';
const signed = { headers: { Authorization: 'for S3' } };

function start(options: SceneOptions = {}): UnansweredRequest[] {
  const noted: UnansweredRequest[] = [];
  startScene({ isSignedForS3, onUnanswered: (request) => noted.push(request), ...options });
  return noted;
}

describe('a request that is signed for S3, to a host that no mock answers', () => {
  it('is reported, without its query, each time that it is sent over a connection', async () => {
    const noted = start();
    const agent = new http.Agent({ keepAlive: true });
    const url = `http://localhost:${port}/vault/a?X-Amz-Signature=1`;
    for (let count = 0; count < 2; count += 1) expect((await ask(url, { ...signed, agent })).text).toBe('real');
    const request = { host: 'localhost', port, method: 'GET', path: '/vault/a', isRefused: false };
    expect(noted).toEqual([request, request]);
    agent.destroy();
  });

  it('is refused by the guard on this machine, with the cure', async () => {
    const noted = start({ guard: true });
    await expect(ask(`http://127.0.0.1:${port}/vault`, signed)).rejects.toMatchObject({
      code: 'ERR_S3_MOCK_REFUSED',
      message: expect.stringMatching(
        /the request is signed for S3, and no mock answers it(?:; called from .*)?\. Answer them: mockS3\(\{ hosts: \['127\.0\.0\.1:\d+'\] \}\)\. .*pass: \['127\.0\.0\.1:\d+'\]/,
      ),
    });
    expect({ noted, seen }).toEqual({ noted: [expect.objectContaining({ isRefused: true })], seen: [] });
  });

  it('is named by its own host behind a proxy', async () => {
    const noted = start();
    await ask(`http://127.0.0.1:${port}`, { ...signed, path: 'http://minio.test:9000/vault?x' });
    expect(noted).toEqual([{ host: 'minio.test', port: 9000, method: 'GET', path: '/vault', isRefused: false }]);
  });
});

describe('nothing is reported or refused', () => {
  it.each<[string, SceneOptions, http.RequestOptions]>([
    ['of a request that is not signed for S3', {}, {}],
    ['of a request to a port of a mock', { listensAt: (_, at) => at === port }, signed],
  ])('%s', async (_, options, request) => {
    const noted = start({ guard: true, ...options });
    expect((await ask(`http://127.0.0.1:${port}/vault`, request)).text).toBe('real');
    expect(noted).toEqual([]);
  });

  it('of a request that another mock answers', async () => {
    startScene({ hosts: { only: [`localhost:${port}`] } });
    const noted = start({ guard: true, hosts: { only: ['other.test'] } });
    expect((await ask(`http://localhost:${port}/vault`, signed)).text).toBe('GET /vault 0');
    expect(noted).toEqual([]);
  });

  it('by a mock that captures nothing, without the guard', async () => {
    const noted = start({ hosts: { only: [] } });
    await ask(`http://127.0.0.1:${port}/vault`, signed);
    expect({ noted, seen }).toEqual({ noted: [], seen: ['GET /vault'] });
  });
});
