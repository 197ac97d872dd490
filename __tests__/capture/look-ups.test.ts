import dns, { lookup as namedLookup } from 'node:dns';
import http from 'node:http';
import { promisify } from 'node:util';
import { expect, it, jest } from '@jest/globals';
import { Agent, interceptors, request as undiciRequest } from 'undici';
import { ask, closedNetwork, startScene } from './scene';

const host = 'vault.s3.amazonaws.com';
const address = '52.216.8.11';
const mapped = '::ffff:52.216.8.11';
const before = { lookup: dns.lookup, promised: dns.promises.lookup, resolve4: dns.resolve4 };

/** Lists the names for which this machine's resolver is asked. */
const asked = closedNetwork();

function call(take: (done: (...values: unknown[]) => void) => unknown): Promise<unknown[]> {
  return new Promise((resolve) => take((...values) => resolve(values)));
}

it.each<[string, () => Promise<unknown>, unknown]>([
  ['dns.lookup', () => call((done) => dns.lookup(host, done)), [null, address, 4]],
  ['dns.lookup with a family', () => call((done) => dns.lookup(host, 6, done)), [null, mapped, 6]],
  ['dns.lookup of IPv4', () => call((done) => dns.lookup(host, { family: 'IPv4' }, done)), [null, address, 4]],
  [
    'dns.lookup in upper case',
    () => call((done) => dns.lookup(`${host.toUpperCase()}.`, {}, done)),
    [null, address, 4],
  ],
  ['dns.lookup by a named import', () => call((done) => namedLookup(host, {}, done)), [null, address, 4]],
  ['dns.lookup, taken before the start', () => call((done) => before.lookup(host, {}, done)), [null, address, 4]],
  ['dns.promises.lookup', () => dns.promises.lookup(host), { address, family: 4 }],
  ['dns.promises.lookup with a family', () => dns.promises.lookup(host, { family: 6 }), { address: mapped, family: 6 }],
])('%s of a captured host answers without DNS', async (_, look, found) => {
  startScene();
  expect(await look()).toEqual(found);
  expect(asked).toEqual([]);
});

it('dns.lookup finds all addresses of S3 for a caller that asks for all', async () => {
  startScene();
  const [error, found] = await call((done) => dns.lookup(host, { all: true }, done));
  expect({ error, found }).toEqual({ error: null, found: expect.arrayContaining([{ address, family: 4 }]) });
  expect(found).toHaveLength(8);
  expect(await dns.promises.lookup(host, { all: true })).toEqual(found);
});

const first = expect.arrayContaining([address]);
const timed = expect.arrayContaining([{ address, ttl: expect.any(Number) }]);
const typed = expect.arrayContaining([{ address, ttl: expect.any(Number), type: 'A' }]);
const noData = expect.objectContaining({ code: 'ENODATA', hostname: host });

it.each<[string, () => Promise<unknown>, unknown]>([
  ['dns.resolve', () => call((done) => dns.resolve(host, done)), [null, first]],
  ['dns.resolve4', () => call((done) => dns.resolve4(host, done)), [null, first]],
  ['dns.resolve4 with ttl', () => call((done) => dns.resolve4(host, { ttl: true }, done)), [null, timed]],
  ['dns.resolve4, taken before the start', () => call((done) => before.resolve4(host, done)), [null, first]],
  ['dns.resolve6', () => call((done) => dns.resolve6(host, done)), [noData]],
  ['dns.resolveAny', () => call((done) => dns.resolveAny(host, done)), [null, typed]],
  ['dns.resolveCname', () => call((done) => dns.resolveCname(host, done)), [noData]],
  ['dns.resolve of MX', () => call((done) => dns.resolve(host, 'MX', done)), [noData]],
  ['a Resolver', () => call((done) => new dns.Resolver().resolve4(host, done)), [null, first]],
  ['dns.promises.resolve4', () => dns.promises.resolve4(host), first],
  ['dns.promises.resolveTxt', () => dns.promises.resolveTxt(host).catch((error: unknown) => error), noData],
  ['a Resolver of promises', () => new dns.promises.Resolver().resolve(host), first],
])('%s of a captured host answers without DNS', async (_, look, found) => {
  startScene();
  expect(await look()).toEqual(found);
});

it('the name of an own host answers, whatever its port is', async () => {
  startScene({ hosts: ['http://storage.test:9000'] });
  expect(await dns.promises.lookup('vault.storage.test')).toEqual({ address, family: 4 });
});

it.each(['other.test', 'real.test', 'sqs.us-east-1.amazonaws.com'])('%s is looked up by the machine', async (name) => {
  startScene({ hosts: { pass: ['real.test'] } });
  const [error] = await call((done) => dns.lookup(name, done));
  expect(error).toMatchObject({ code: 'ENOTFOUND' });
  expect(asked).toEqual([name]);
});

it('addresses, and this machine, are what they are', async () => {
  startScene({ hosts: ['http://localhost:9000'] });
  expect(await dns.promises.lookup('203.0.113.9')).toEqual({ address: '203.0.113.9', family: 4 });
  expect(await call((done) => dns.lookup('localhost', 4, done))).toEqual([null, '127.0.0.1', 4]);
});

it('dns.lookup has the form for promisify that Node gives it', async () => {
  jest.restoreAllMocks();
  startScene();
  expect(await promisify(dns.lookup)(host)).toEqual({ address, family: 4 });
});

it('options that Node refuses are refused by Node', () => {
  jest.restoreAllMocks();
  startScene();
  expect(() => dns.lookup(host, { family: 7 }, () => undefined)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
  );
  expect(() => dns.resolve(host, 'JUNK', () => undefined)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
  );
});

it.each([
  'https://vault.s3.amazonaws.com/a',
  'http://vault.s3.amazonaws.com/a',
  'http://storage.test:9000/vault/a',
  'https://storage.test:9000/vault/a',
])('undici with interceptors.dns() reaches the mock at %s', async (url) => {
  const scene = startScene({ hosts: ['storage.test:9000'] });
  const dispatcher = new Agent().compose(interceptors.dns());
  const { statusCode, body } = await undiciRequest(url, { dispatcher });
  await body.dump();
  expect({ statusCode, hosts: scene.requests.map((request) => request.host), asked }).toEqual({
    statusCode: 200,
    hosts: [new URL(url).hostname],
    asked: [],
  });
});

it('a connection to an address that was handed out never leaves, whoever it is for', async () => {
  const scene = startScene();
  const { address: found } = await dns.promises.lookup(host);
  const { text } = await ask(`http://${found}:5432/`, { headers: { Host: 'other.test' }, agent: new http.Agent() });
  expect({ text, refusals: scene.refusals.map(({ kind }) => kind) }).toEqual({
    text: 'unknown-host',
    refusals: ['unknown-host'],
  });
});

it('nothing of it is left after the stop', async () => {
  const places = () => {
    const channel: object = Object.getPrototypeOf(Reflect.get(new dns.Resolver(), '_handle'));
    return [
      dns.lookup,
      dns.promises.lookup,
      ...Object.keys(channel).map((name): unknown => Reflect.get(channel, name)),
    ];
  };
  const untouched = places();
  const scene = startScene();
  expect(places()).not.toEqual(untouched);
  scene.stop();
  expect(places()).toEqual(untouched);
});
