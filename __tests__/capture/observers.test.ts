import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import http from 'node:http';
import { PerformanceObserver } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src/index';
import { closeNetwork, settle } from './scene';

closeNetwork();

const channels = ['http.client.request.start', 'http.client.response.finish'];
const serverChannels = [
  'http.server.request.start',
  'http.server.response.created',
  'http.server.response.finish',
  'net.server.socket',
];

let heard: string[] = [];
const listeners = [...channels, ...serverChannels].map((name) => [name, () => void heard.push(name)] as const);
const observer = new PerformanceObserver((list) => {
  heard.push(...list.getEntries().map(({ name }) => name));
});

beforeEach(() => {
  heard = [];
  for (const [name, listener] of listeners) subscribe(name, listener);
  observer.observe({ entryTypes: ['http'] });
});
afterEach(() => {
  for (const [name, listener] of listeners) unsubscribe(name, listener);
  observer.disconnect();
});

async function heardOf(url: string): Promise<readonly string[]> {
  await new Promise<void>((resolve) => {
    http.get(url, { agent: false }, (answer) => answer.resume().on('close', resolve));
  });
  await settle();
  return [...new Set(heard)].toSorted();
}

const client = [...channels, 'HttpClient'].toSorted();

describe('observers of the process', () => {
  it('hear of the client alone if the server is in memory', async () => {
    await using _ = mockS3({ buckets: { vault: {} } });
    expect(await heardOf('http://vault.s3.amazonaws.com/a.txt')).toEqual(client);
  });

  it('hear of the client alone if the server is at a port of the mock', async () => {
    await using s3 = mockS3({ buckets: { vault: {} } });
    const { url } = await s3.listen();
    expect(await heardOf(`${url}/vault/a.txt`)).toEqual(client);
  });
});

it("observers of the process hear of the user's own servers, and of nothing of the mock after its stop", async () => {
  const publish = () =>
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(channel(serverChannels[0] ?? '')), 'publish');
  // Until its first mock, a file of jest refuses calls of S3.
  await mockS3().stop();
  const before = publish();
  const s3 = mockS3({ buckets: { vault: {} } });
  expect(publish()).not.toEqual(before);
  const server = http.createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const expected = [
    ...client,
    'HttpRequest',
    ...serverChannels.filter((name) => name !== 'http.server.response.created'),
  ];
  expect(await heardOf(`http://127.0.0.1:${port}/`)).toEqual(expect.arrayContaining(expected));
  server.close();
  await s3.stop();
  expect(publish()).toEqual(before);
});
