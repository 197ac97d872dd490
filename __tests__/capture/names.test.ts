import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { Agent, interceptors, fetch as undiciFetch, request as undiciRequest } from 'undici';
import { ask, event, openPort, rest, startScene, unusedNetwork } from './scene';

/** An address of the range for documentation, which no machine has. */
const address = '203.0.113.9';
const name = 'vault.s3.amazonaws.com';
const vault = `https://${name}/report.pdf`;

unusedNetwork();

function resolvingAgent() {
  return new Agent().compose(
    interceptors.dns({ lookup: (_, __, done) => done(null, [{ address, ttl: 1000, family: 4 }]) }),
  );
}

async function askOver(socket: tls.TLSSocket): Promise<string> {
  await event(socket, 'secureConnect');
  socket.write(`GET /report.pdf HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
  return (await rest(socket)).split('\r\n').at(-1) ?? '';
}

describe('R24 a connection to an address is that to the name which TLS gives', () => {
  const options = { host: address, port: 443, servername: name };
  const over = async (host: string, more: https.RequestOptions) => (await ask(`https://${host}/report.pdf`, more)).text;

  it.each(
    Object.entries({
      'tls.connect with options': () => askOver(tls.connect(options)),
      'tls.connect with port and host': () => askOver(tls.connect(443, address, { servername: name })),
      'tls.connect in upper case': () => askOver(tls.connect({ ...options, servername: `${name}.`.toUpperCase() })),
      'tls.connect taken before the start': () => askOver(connectBefore(options)),
      'connect of a TLSSocket': () => askOver(new tls.TLSSocket(undefined as never).connect(options)),
      'https.request with servername': () => over(address, { servername: name }),
      'https.request with a Host header': () => over(address, { headers: { Host: name } }),
      'https.request without a pool': () => over(address, { servername: name, agent: false }),
      'an https.Agent that has a servername': () => over(address, { agent: new https.Agent({ servername: name }) }),
      "undici's dns interceptor": async () =>
        await (await undiciRequest(vault, { dispatcher: resolvingAgent() })).body.text(),
      "undici's dns interceptor and fetch": async () =>
        (await undiciFetch(vault, { dispatcher: resolvingAgent() })).text(),
      'an IPv6 address': () => over('[2001:db8::9]', { headers: { Host: name } }),
      'an address of this machine': () => over('127.0.0.1', { servername: name }),
      'another name': () => over('gateway.test', { servername: name }),
    }),
  )('%s', async (_, call) => {
    const scene = startScene({ guard: true });
    expect(await call()).toBe('GET /report.pdf 0');
    expect(scene.requests).toHaveLength(1);
    expect(scene.requests[0]).toMatchObject({ secure: true, endpoint: { base: 's3.amazonaws.com' } });
  });

  it('an endpoint of the user is one too, on its port alone', async () => {
    const scene = startScene({ guard: true, hosts: ['https://storage.test:9000'] });
    expect((await ask(`https://${address}:9000/a`, { servername: 'storage.test' })).text).toBe('GET /a 0');
    const other = ask(`https://${address}:9001/a`, { servername: 'storage.test' });
    await expect(other).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED' });
    expect(scene.requests).toHaveLength(1);
  });

  it('the host that the caller names wins over a servername', async () => {
    const scene = startScene({ guard: true });
    const options = { servername: 'other.test', rejectUnauthorized: false };
    expect((await ask(vault, options)).text).toBe('GET /report.pdf 0');
    expect(scene.requests[0]?.endpoint.base).toBe('s3.amazonaws.com');
  });
});

const { connect: connectBefore } = tls;

describe('the guard judges an address by its name', () => {
  it('and its error has the name', async () => {
    startScene({ guard: true });
    const refused = { code: 'ERR_S3_MOCK_REFUSED', address: 'other.test', port: 443 };
    await expect(ask(`https://${address}/`, { servername: 'other.test' })).rejects.toMatchObject(refused);
    await expect(undiciFetch('https://other.test/', { dispatcher: resolvingAgent() })).rejects.toMatchObject({
      cause: refused,
    });
  });

  it('but an address elsewhere is not this machine, whatever it is called', async () => {
    startScene({ guard: true });
    const refused = ask(`https://${address}/`, { servername: 'localhost' });
    await expect(refused).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED', address });
  });

  it('and lets a host of another mock pass', async () => {
    const first = startScene({ hosts: { only: ['a.test'] } });
    startScene({ hosts: { only: ['b.test'] }, guard: true });
    expect((await ask(`https://${address}/a`, { servername: 'a.test' })).text).toBe('GET /a 0');
    expect(first.requests).toHaveLength(1);
  });

  it('and lets a connection to this machine pass whose name is not one of S3', async () => {
    const scene = startScene({ guard: true });
    const server = http.createServer();
    const port = await openPort(server);
    const arrived = event(server, 'connection');
    const socket = tls.connect({ host: '127.0.0.1', port, servername: 'other.test' });
    // A server without TLS cannot complete the handshake, but the connection has reached it.
    socket.on('error', () => undefined);
    await arrived;
    socket.destroy();
    server.close();
    server.closeAllConnections();
    expect(scene.requests).toEqual([]);
  });
});
