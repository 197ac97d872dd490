import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';
import vm from 'node:vm';
import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { isLocal } from '../../src/capture/target';
import { ask, closedNetwork, event, openPort, startScene } from './scene';
import { createClient } from './sdk-client';

const lookups = closedNetwork();

const refusal = (host: string, port: number) =>
  expect.objectContaining({
    code: 'ERR_S3_MOCK_REFUSED',
    syscall: 'connect',
    address: host,
    port,
    message: expect.stringMatching(
      `^connect ENETUNREACH ${host}:${port} - refused by the S3 mock: ${host} is not one of its hosts; called from .*(?:guard\\.test|scene)\\.ts:\\d+:\\d+`,
    ),
  });

describe('with the guard', () => {
  beforeEach(() => {
    startScene({ guard: true, isBucket: (name) => name === 'vault' });
  });

  it('connections of node:https and node:http fail, and the error names host and caller', async () => {
    await expect(ask('https://example.test/')).rejects.toEqual(refusal('example.test', 443));
    await expect(ask('http://example.test:8080/')).rejects.toEqual(refusal('example.test', 8080));
    expect(lookups).toEqual([]);
  });

  it('the error names the caller even if Error.stackTraceLimit is small', async () => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 2;
    const refused = ask('https://example.test/');
    Error.stackTraceLimit = limit;
    await expect(refused).rejects.toEqual(refusal('example.test', 443));
  });

  it.each([10, 2])('the error of an SDK names the code that called it: Error.stackTraceLimit %s', async (limit) => {
    const client = createClient({ endpoint: 'https://example.test' });
    async function archive(): Promise<void> {
      await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
    }
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = limit;
    const message = await archive().catch(({ message }: Error) => message);
    const after = Error.stackTraceLimit;
    Error.stackTraceLimit = before;
    expect({ message, after }).toEqual({
      message: expect.stringMatching(/; called from archive \([^()]*guard\.test\.ts:\d+:\d+\)\. Answer it/),
      after: limit,
    });
  });

  it('the error names the library that connects if no code of the user is in the stack', async () => {
    const filename = '/project/node_modules/library/index.js';
    const begin: unknown = vm.runInThisContext('(connect) => setImmediate(() => connect())', { filename });
    if (typeof begin !== 'function') throw new TypeError('the script is not a function');
    const failure = new Promise((resolve) => {
      const connect = vm.runInThisContext('(net, resolve) => () => net.connect(25, "mail.test").on("error", resolve)', {
        filename,
      });
      begin(connect(net, resolve));
    });
    expect(await failure).toMatchObject({ message: expect.stringContaining(`called from ${filename}:1:`) });
  });

  it('fetch fails with the same error as its cause', async () => {
    await expect(fetch('https://example.test/')).rejects.toMatchObject({
      cause: { code: 'ERR_S3_MOCK_REFUSED', message: expect.stringContaining('connect ENETUNREACH example.test:443') },
    });
  });

  it('raw sockets fail, even those created before they connect', async () => {
    const sockets = [
      () => net.connect(25, 'mail.test'),
      () => tls.connect(25, 'mail.test'),
      () => new net.Socket().connect(25, 'mail.test'),
    ];
    for (const open of sockets) expect(await event(open(), 'error')).toEqual([refusal('mail.test', 25)]);
  });

  it('HTTP/2 fails', async () => {
    const session = http2.connect('https://example.test');
    const [error] = await event(session, 'error');
    expect(error).toEqual(refusal('example.test', 443));
  });

  it('a connection to an address fails like one to a name', async () => {
    await expect(ask('http://169.254.169.254/latest')).rejects.toEqual(refusal('169.254.169.254', 80));
    await expect(ask('http://[fd00:ec2::254]/latest')).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED' });
  });

  it.each([
    [
      'https://sqs.us-east-1.amazonaws.com/',
      /called from .*\d\. This is another AWS service, and the mock answers only S3, STS and S3 Control\. Answer it with aws-sdk-client-mock, nock or msw, or leave out guard: true\.$/,
    ],
    ['https://example.test/', /\d\. Answer it with aws-sdk-client-mock/],
    [
      'http://minio.test:9000/',
      /, or leave out guard: true\. If it is the S3 endpoint of your code, or its proxy, add it: mockS3\(\{ hosts: \['minio\.test:9000'\] \}\)\.$/,
    ],
    [
      'http://169.254.169.254/latest',
      /An SDK looks for credentials there: give the client credentials, such as s3\.account\.credentials\. Answer/,
    ],
    ['http://[fd00:ec2::254]/latest', /An SDK looks for credentials there/],
    ['https://resource-controller.cloud.ibm.com/', /\d\. Answer it with nock or msw, or leave out guard: true\.$/],
    [
      'http://vault.minio.test:9000/a.txt',
      /If minio\.test:9000 is the S3 endpoint of your code, or its proxy, add it: mockS3\(\{ hosts: \['minio\.test:9000'\] \}\)\.$/,
    ],
    ['https://portal.sso.us-east-1.amazonaws.com/', /An SDK looks for credentials there/],
  ])('the error says what its user can do: %s', async (url, cure) => {
    await expect(ask(url)).rejects.toMatchObject({ message: expect.stringMatching(cure) });
  });

  it.each(['https://vault.s3.amazonaws.com/', 'https://sts.eu-west-1.amazonaws.com/', 'https://sts.amazonaws.com/'])(
    'S3 and STS are answered: %s',
    async (url) => {
      expect((await ask(url)).status).toBe(200);
    },
  );

  it('connections to this machine pass', async () => {
    const server = http.createServer((_, response) => response.end('here'));
    const port = await openPort(server);
    expect((await ask(`http://127.0.0.1:${port}/`, { agent: false })).text).toBe('here');
    await new Promise((resolve) => server.close(resolve));
  });

  it('an SDK for another service tries once', async () => {
    const client = createClient({ endpoint: 'https://example.test' });
    const sent = client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
    await expect(sent).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED', $metadata: { attempts: 1 } });
  });
});

it('without the guard, connections to other hosts go to the network', async () => {
  startScene();
  await expect(ask('https://example.test/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  expect(lookups).toEqual(['example.test']);
});

describe('a host that is meant to be real', () => {
  it.each([
    'https://real.test/',
    'http://real.test/',
    'https://vault.s3.eu-west-1.amazonaws.com/',
    'https://nyc3.digitaloceanspaces.com/',
  ])('is neither refused, nor noted, nor guarded: %s', async (url) => {
    const noted: string[] = [];
    const { hostname } = new URL(url);
    startScene({ guard: true, hosts: { pass: [hostname] }, onOtherHost: (host) => noted.push(host) });
    await expect(ask(url)).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect({ lookups, noted }).toEqual({ lookups: [hostname], noted: [] });
  });

  it('passes the guard of another mock as well, by the name that TLS gives too', async () => {
    startScene({ hosts: { only: ['a.test'], pass: ['real.test'] } });
    startScene({ hosts: { only: ['b.test'] }, guard: true });
    await expect(ask('https://real.test/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(ask('https://other.test/', { servername: 'real.test' })).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(ask('https://other.test/')).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED' });
  });

  it('is guarded again after the stop of its mock', async () => {
    const first = startScene({ hosts: { only: [], pass: ['real.test'] } });
    startScene({ guard: true });
    first.stop();
    await expect(ask('https://real.test/')).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED' });
  });
});

it('a host that looks like S3 is captured, with the guard and without', async () => {
  for (const guard of [true, false]) {
    const scene = startScene({ guard });
    expect((await ask('https://s3.moon-1.amazonaws.com/')).text).toBe('unknown-host');
    scene.stop();
  }
  expect(lookups).toEqual([]);
});

describe('this machine', () => {
  it.each(['localhost', 'a.localhost', '127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '0.0.0.0', '::'])(
    'is %s',
    (host) => expect(isLocal(host)).toBe(true),
  );
  it.each(['localhost.test', '10.0.0.1', '127.test', '::2', '128.0.0.1', '::ffff:10.0.0.1', ''])('is not %s', (host) =>
    expect(isLocal(host)).toBe(false),
  );
});

describe('HTTP/2 to S3', () => {
  it('fails at once, since S3 has none', async () => {
    const scene = startScene();
    const session = http2.connect('https://vault.s3.amazonaws.com');
    expect(await event(session, 'error')).toEqual([
      expect.objectContaining({
        code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
        message: 'the S3 mock speaks HTTP/1.1 only, as S3 does; the client offered vault.s3.amazonaws.com h2',
      }),
    ]);
    expect(scene.requests).toEqual([]);
  });
});
