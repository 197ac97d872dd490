import http from 'node:http';
import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fetch as undiciFetch } from 'undici';
import { ask, event, openPort, startScene, stopScenes } from './scene';

afterEach(stopScenes);

async function other(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = http.createServer((_request, response) => response.end('real'));
  return {
    port: await openPort(server),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function recorder(): {
  readonly seen: string[];
  readonly onOtherHost: (...connection: [string, number, boolean]) => void;
} {
  const seen: string[] = [];
  return { seen, onOtherHost: (host, port, isRefused) => seen.push(`${host}:${port}${isRefused ? ' refused' : ''}`) };
}

describe('a connection to a host that the capture does not answer', () => {
  it.each<[string, (port: number) => Promise<unknown>]>([
    ['node:http', (port) => ask(`http://127.0.0.1:${port}/`)],
    ['fetch', (port) => fetch(`http://127.0.0.1:${port}/`, { headers: { Connection: 'close' } })],
    ['undici', (port) => undiciFetch(`http://127.0.0.1:${port}/`, { headers: { Connection: 'close' } })],
    ['net.connect', (port) => event(net.connect(port, '127.0.0.1'), 'connect')],
    ['net.createConnection', (port) => event(net.createConnection({ port, host: '127.0.0.1' }), 'connect')],
    ['socket.connect', (port) => event(new net.Socket().connect(port, '127.0.0.1'), 'connect')],
  ])('is reported once: %s', async (_name, open) => {
    await using server = await other();
    const { seen, onOtherHost } = recorder();
    startScene({ onOtherHost });
    await open(server.port);
    expect(seen).toEqual([`127.0.0.1:${server.port}`]);
  });

  it('is reported by each capture, and one to a host of another capture by none', async () => {
    await using server = await other();
    const [first, second] = [recorder(), recorder()];
    startScene({ hosts: { only: ['first.test'] }, onOtherHost: first.onOtherHost });
    startScene({ hosts: { only: ['second.test'] }, onOtherHost: second.onOtherHost });
    await ask('http://first.test/');
    await ask('https://second.test/');
    await event(new net.Socket().connect(80, 'first.test'), 'connect');
    expect({ first: first.seen, second: second.seen }).toEqual({ first: [], second: [] });
    await ask(`http://127.0.0.1:${server.port}/`);
    expect({ first: first.seen, second: second.seen }).toEqual({
      first: [`127.0.0.1:${server.port}`],
      second: [`127.0.0.1:${server.port}`],
    });
  });

  it('is reported as refused if the guard refuses it', async () => {
    const { seen, onOtherHost } = recorder();
    startScene({ guard: true, onOtherHost });
    await expect(ask('https://minio.test:9000/')).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED' });
    await expect(ask('http://minio.test/')).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED' });
    expect(seen).toEqual(['minio.test:9000 refused', 'minio.test:80 refused']);
  });
});
