import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { describe, expect, it, jest } from '@jest/globals';
import axios from 'axios';
import { Agent, request as undiciRequest } from 'undici';
import { ask, closedNetwork, event, startScene } from './scene';

const lookups = closedNetwork();

const host = 'vault.s3.amazonaws.com';
const vault = `https://${host}/report.pdf`;
const address = '203.0.113.9';

type Lookup = jest.Mock<(name: string, options: dns.LookupOptions, done: (...found: unknown[]) => void) => void>;

function makeLookup(find: (options: dns.LookupOptions) => readonly unknown[]): Lookup & net.LookupFunction {
  // Its overloads cannot be met by one function.
  return jest.fn((_name, options, done) => void setImmediate(done, ...find(options))) as Lookup & net.LookupFunction;
}

const findsOne = () => makeLookup(({ all }) => (all ? [null, [{ address, family: 4 }]] : [null, address, 4]));

/** Connects, and returns the events up to the end of the connection's beginning. */
async function trace(options: object, secure = true): Promise<{ socket: net.Socket; seen: unknown[][] }> {
  const socket = secure ? tls.connect({ host, port: 443, ...options }) : net.connect({ host, port: 80, ...options });
  const seen: unknown[][] = [];
  for (const name of ['lookup', 'connectionAttempt', 'connect', 'secureConnect', 'error'])
    socket.on(name, (...values: unknown[]) => seen.push([name, ...values]));
  await Promise.race([event(socket, secure ? 'secureConnect' : 'ready'), event(socket, 'close')]);
  return { socket, seen };
}

describe('the function by which a client looks names up', () => {
  it.each<[string, (lookup: net.LookupFunction) => Promise<unknown>]>([
    ['https.request', (lookup) => ask(vault, { lookup, agent: false })],
    ['http.request', (lookup) => ask(`http://${host}/`, { lookup, agent: new http.Agent() })],
    ['undici', (lookup) => undiciRequest(vault, { dispatcher: new Agent({ connect: { lookup } }) })],
    [
      'axios',
      (lookup) =>
        axios.get(vault, {
          httpsAgent: new https.Agent(),
          lookup: (name, options, done) => lookup(name, options, done as never),
        }),
    ],
    ['a socket of its caller', (lookup) => event(new net.Socket().connect({ host, port: 80, lookup }), 'connect')],
  ])('is called by %s, and its failure is that of the call', async (_, call) => {
    const scene = startScene();
    const lookup = findsOne();
    await call(lookup);
    expect(lookup.mock.calls.map(([name]) => name)).toEqual([host]);
    const requests = scene.requests.length;

    const failing = makeLookup(() => [
      Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }),
    ]);
    if (_ === 'a socket of its caller') {
      const [error] = await event(new net.Socket().connect({ host, port: 80, lookup: failing }), 'error');
      expect(error).toMatchObject({ code: 'ENOTFOUND' });
    } else await expect(call(failing)).rejects.toThrow('ENOTFOUND');
    expect(scene.requests).toHaveLength(requests);
    expect(lookups).toEqual([]);
  });

  it.each`
    options                          | asked
    ${{}}                            | ${{ family: undefined, hints: dns.ADDRCONFIG, all: true }}
    ${{ autoSelectFamily: false }}   | ${{ family: undefined, hints: dns.ADDRCONFIG }}
    ${{ family: 4 }}                 | ${{ family: 4, hints: 0 }}
    ${{ family: 'IPv6' }}            | ${{ family: 6, hints: 0 }}
    ${{ hints: dns.V4MAPPED }}       | ${{ family: undefined, hints: dns.V4MAPPED, all: true }}
    ${{ localAddress: '127.0.0.1' }} | ${{ family: undefined, hints: dns.ADDRCONFIG }}
  `('is asked as Node asks, with $options for $asked', async ({ options, asked }) => {
    startScene();
    const lookup = findsOne();
    await trace({ ...options, lookup });
    expect(lookup.mock.calls).toEqual([[host, asked, expect.any(Function)]]);
  });

  it('says where the socket is connected to, in the order of Node', async () => {
    startScene();
    const { socket, seen } = await trace({ lookup: findsOne() });
    expect(seen).toEqual([
      ['lookup', null, address, 4, host],
      ['connectionAttempt', address, 443, 4],
      ['connect'],
      ['secureConnect'],
    ]);
    expect(socket).toMatchObject({ remoteAddress: address, remoteFamily: 'IPv4' });
  });

  it('may find several addresses, of which the first is reached and the families take turns', async () => {
    startScene();
    const found = ['192.0.2.1', '192.0.2.2', '192.0.2.1'].map((one) => ({ address: one, family: 4 }));
    const { socket, seen } = await trace({
      lookup: makeLookup(() => [null, [...found, { address: '2001:db8::1', family: 6 }]]),
    });
    expect(seen.filter(([name]) => name === 'lookup')).toHaveLength(4);
    expect(socket).toMatchObject({ remoteAddress: '192.0.2.1' });
    expect(socket.autoSelectFamilyAttemptedAddresses).toEqual(['192.0.2.1:443']);
  });

  it.each([
    ['no address', {}, [null, [{ address: 'junk', family: 4 }]], 'ERR_INVALID_IP_ADDRESS'],
    ['an address where a list is asked for', {}, [null, address, 4], 'ERR_INVALID_IP_ADDRESS'],
    ['an unknown family', { family: 4 }, [null, address, 5], 'ERR_INVALID_ADDRESS_FAMILY'],
    ['nothing', { family: 4 }, [null], 'ERR_INVALID_IP_ADDRESS'],
  ] as const)('that finds %s fails the connection', async (_, options, found, code) => {
    startScene();
    const { seen } = await trace({ ...options, lookup: makeLookup(() => found) });
    expect(seen.at(-1)).toEqual(['error', expect.objectContaining({ code })]);
  });

  it('may be asked later, and answers a socket that is gone by then in vain', async () => {
    startScene();
    let answer = (): void => undefined;
    const lookup = (_name: string, _options: object, done: (...found: unknown[]) => void) => {
      answer = () => done(null, [{ address, family: 4 }]);
    };
    const socket = tls.connect({ host, port: 443, lookup } as tls.ConnectionOptions);
    expect(socket.connecting).toBe(true);
    socket.destroy();
    await event(socket, 'close');
    answer();
    expect(socket.destroyed).toBe(true);
  });

  it('may ask dns.lookup, which then needs no network', async () => {
    const scene = startScene();
    const lookup: net.LookupFunction = (name, options, done) => dns.lookup(name, options, done);
    await ask(vault, { lookup, agent: false });
    await ask(vault, { lookup, agent: false, family: 4 });
    expect(scene.requests).toHaveLength(2);
    expect(lookups).toEqual([]);
  });

  it('is not called for an address', async () => {
    startScene({ hosts: ['203.0.113.9'] });
    const lookup = findsOne();
    const { socket, seen } = await trace({ host: address, lookup });
    expect(lookup).not.toHaveBeenCalled();
    expect(seen[0]).toEqual(['connectionAttempt', address, 443, 4]);
    expect(socket).toMatchObject({ remoteAddress: address, authorized: true });
  });
});

describe('a connection without such a function', () => {
  it.each<{ where: string; options: object; count: number }>`
    where                                                 | options                        | count
    ${host}                                               | ${{}}                          | ${8}
    ${host}                                               | ${{ autoSelectFamily: false }} | ${1}
    ${host}                                               | ${{ family: 4 }}               | ${1}
    ${'sts.amazonaws.com'}                                | ${{}}                          | ${1}
    ${'s3.us-south.cloud-object-storage.appdomain.cloud'} | ${{}}                          | ${1}
  `(
    'to $where with $options finds $count addresses, none of them of this machine',
    async ({ where, options, count }) => {
      startScene();
      const { socket, seen } = await trace({ host: where, ...options });
      const found = seen.filter(([name]) => name === 'lookup').map(([, , one]) => String(one));
      expect(found).toHaveLength(count);
      expect(socket.remoteAddress).toBe(found[0]);
      const own = new net.BlockList();
      own.addSubnet('127.0.0.0', 8);
      own.addSubnet('10.0.0.0', 8);
      expect(found.filter((one) => own.check(one))).toEqual([]);
    },
  );

  it('to a name of this machine finds its address', async () => {
    startScene({ hosts: ['bucket.localhost'] });
    expect((await trace({ host: 'bucket.localhost' })).socket.remoteAddress).toBe('127.0.0.1');
  });

  it('ends if a listener of its look-up destroys it, as filters of addresses do', async () => {
    const scene = startScene();
    const socket = tls.connect({ host, port: 443 });
    socket.once('lookup', () => socket.destroy(new Error('this address is not allowed')));
    expect(await event(socket, 'error')).toEqual([expect.objectContaining({ message: 'this address is not allowed' })]);
    expect(scene.requests).toEqual([]);
  });
});
