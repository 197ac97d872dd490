import dns from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import { closedNetwork, startScene } from '../scene';
import { sayRuntime } from './runtime';

sayRuntime('deno');
const lookups = closedNetwork();

const host = 'vault.s3.amazonaws.com';
const address = /^52\.216\./;
const { Resolver: PromisedResolver } = dns.promises;

const byCallback = (ask: (done: (error: Error | null, found?: unknown) => void) => void) =>
  new Promise((resolve, reject) => ask((error, found) => (error ? reject(error) : resolve(found))));

describe('a look-up of a name that the mock answers', () => {
  it.each([
    ['dns.lookup', () => byCallback((done) => dns.lookup(host, done))],
    ['dns.promises.lookup', async () => (await dns.promises.lookup(host)).address],
  ])('%s asks nobody', async (_, ask) => {
    startScene();
    expect(await ask()).toMatch(address);
    expect(lookups).toEqual([]);
  });

  it.each([
    ['dns.resolve', () => byCallback((done) => dns.resolve(host, done))],
    ['dns.resolve4', () => byCallback((done) => dns.resolve4(host, done))],
    ['Resolver', () => byCallback((done) => new dns.Resolver().resolve4(host, done))],
    ['dns.promises.resolve4', () => dns.promises.resolve4(host)],
    ['Resolver of dns.promises', () => new PromisedResolver().resolve(host)],
  ])('%s returns addresses of S3', async (_, ask) => {
    startScene();
    expect(await ask()).toContainEqual(expect.stringMatching(address));
  });

  it('has the lifetimes that the code asks for, and their type', async () => {
    startScene();
    const [first] = await dns.promises.resolve4(host, { ttl: true });
    expect(first).toEqual({ address: expect.stringMatching(address), ttl: 5 });
    expect((await dns.promises.resolveAny(host))[0]).toMatchObject({ type: 'A', ttl: 5 });
  });

  it('has no records of other types', async () => {
    startScene();
    await expect(dns.promises.resolveTxt(host)).rejects.toMatchObject({ code: 'ENODATA', syscall: 'queryTxt' });
    await expect(byCallback((done) => dns.resolve6(host, done))).rejects.toMatchObject({ code: 'ENODATA' });
  });

  it('of another name asks the functions below', async () => {
    startScene();
    await expect(byCallback((done) => dns.lookup('example.test', done))).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(lookups).toEqual(['example.test']);
  });
});
