import net from 'node:net';
import tls from 'node:tls';
import { expect, it } from '@jest/globals';
import { traceLines } from '../../../src/cli/log';
import { makeSelfSigned } from '../../support/self-signed';
import { startedMocks } from '../../support/started-mocks';

const start = startedMocks();
const ended = (socket: net.Socket) =>
  new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());

it('a client that speaks TLS to a port of HTTP is noted', async () => {
  const s3 = start({ hosts: { only: [] } });
  const { url, port } = await s3.listen();
  await ended(tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false }));
  const note = `a client spoke TLS: this port speaks HTTP, write ${url} (or give tls: { cert, key } to s3.listen)`;
  expect(s3.requests.explain()).toContain(note);
  expect(String(s3.requests)).toContain(note);
  s3.requests.clear();
  expect(s3.requests.explain()).not.toContain('TLS');
});

it('a client that speaks HTTP to a port of HTTPS is noted', async () => {
  const s3 = start({ hosts: { only: [] } });
  const { cert, key } = makeSelfSigned('localhost');
  const { url, port } = await s3.listen({ tls: { cert, key } });
  const socket = net.connect({ port, host: '127.0.0.1' });
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await ended(socket);
  expect(s3.requests.explain()).toContain(`a client spoke HTTP: this port speaks HTTPS, write ${url}`);
});

it('other bytes are no protocol', async () => {
  const s3 = start({ hosts: { only: [] } });
  const { port } = await s3.listen();
  const socket = net.connect({ port, host: '127.0.0.1' });
  socket.write('\x16 no TLS\r\n\r\n');
  await ended(socket);
  expect(s3.requests.explain()).toMatch(/^No request came at all\. If the code under test/);
});

it('the command prints a line with its flags', () => {
  const url = 'http://127.0.0.1:9000';
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const tell = () => undefined;
  for (const isJson of [false, true])
    traceLines(print, { isJson, isColoured: false, tell }).otherProtocol?.('TLS', url);
  const note = `a client spoke TLS: this port speaks HTTP, write ${url} (or give --tls-cert and --tls-key)`;
  expect(lines).toEqual([note, JSON.stringify({ note })]);
});
