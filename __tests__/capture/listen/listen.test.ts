import { execFile } from 'node:child_process';
import http from 'node:http';
import { promisify } from 'node:util';
import {
  CreateBucketCommand,
  type CreateBucketConfiguration,
  GetBucketVersioningCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { type MockS3, type MockS3Options, mockS3, S3MockError } from '../../../src/index';
import { offline, plainEnvironment } from '../../support/plain-environment';
import { findCurl, itWith } from '../../support/tools';
import { ask, closeNetwork, rest } from '../scene';
import { connect, localAgent } from './local-names';

const running: MockS3[] = [];
const agent = localAgent();

function start(options: MockS3Options = {}): MockS3 {
  const s3 = mockS3({ hosts: { only: [] }, ...options });
  running.push(s3);
  return s3;
}

function clientOf(s3: MockS3, endpoint: string, more: object = {}): S3Client {
  const { credentials } = s3.account;
  const requestHandler = { httpAgent: localAgent({ keepAlive: true }) };
  return new S3Client({ endpoint, region: 'us-east-1', credentials, requestHandler, ...more });
}

afterEach(async () => {
  agent.destroy();
  for (const s3 of running.splice(0)) await s3.stop();
});

describe('a mock that listens', () => {
  it('applies the requests that come together in their order', async () => {
    const s3 = start({ buckets: { vault: { objects: { 'a.txt': 'before' } } } });
    const { port } = await s3.listen();
    const socket = await connect(port);
    const line = (method: string, more = '') =>
      `${method} /vault/a.txt HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS AKIA:c2ln\r\n${more}\r\n`;
    const requests = [
      line('GET'),
      `${line('PUT', 'Content-Length: 5\r\n')}after`,
      line('GET', 'Connection: close\r\n'),
    ];
    const answers = rest(socket);
    socket.write(requests.join(''));
    expect((await answers).match(/HTTP\/1.1 \d+|before|after/g)).toEqual([
      ...['HTTP/1.1 200', 'before', 'HTTP/1.1 200', 'HTTP/1.1 200', 'after'],
    ]);
    expect(s3.requests.map(({ operation }) => operation)).toEqual(['GetObject', 'PutObject', 'GetObject']);
  });

  it.each`
    host                                  | path            | bucket        | key
    ${'127.0.0.1:9000'}                   | ${'/vault/a/b'} | ${'vault'}    | ${'a/b'}
    ${'localhost:9000'}                   | ${'/vault/a'}   | ${'vault'}    | ${'a'}
    ${'localhost'}                        | ${'/'}          | ${undefined}  | ${undefined}
    ${'vault.localhost:9000'}             | ${'/a/b'}       | ${'vault'}    | ${'a/b'}
    ${'s3.localhost:9000'}                | ${'/vault/a'}   | ${'vault'}    | ${'a'}
    ${'vault.s3.localhost:9000'}          | ${'/a'}         | ${'vault'}    | ${'a'}
    ${'my.vault.s3.localhost'}            | ${'/a'}         | ${'my.vault'} | ${'a'}
    ${'s3.test:9000'}                     | ${'/vault/a'}   | ${'vault'}    | ${'a'}
    ${'Vault.S3.test:9000'}               | ${'/a'}         | ${'vault'}    | ${'a'}
    ${'storage:9000'}                     | ${'/vault/a'}   | ${'vault'}    | ${'a'}
    ${'vault.s3.eu-west-1.amazonaws.com'} | ${'/a'}         | ${'vault'}    | ${'a'}
  `('reads the bucket $bucket and the key $key of $path at $host', async ({ host, path, bucket, key }) => {
    const s3 = start();
    const { url } = await s3.listen({ base: 's3.test' });
    await ask(url, { path: String(path), headers: { Host: String(host) } });
    expect(s3.requests.last()).toMatchObject({ bucket, key, dialect: 'aws' });
  });

  it.each`
    style              | host              | settings
    ${'path style'}    | ${'127.0.0.1'}    | ${{ forcePathStyle: true }}
    ${'virtual hosts'} | ${'localhost'}    | ${{}}
    ${'virtual hosts'} | ${'s3.localhost'} | ${{}}
    ${'virtual hosts'} | ${'storage.test'} | ${{}}
  `('answers the AWS SDK at $host, $style', async ({ host, settings }) => {
    const s3 = start({ buckets: { vault: {} } });
    const { port } = await s3.listen({ base: 'storage.test' });
    const client = clientOf(s3, `http://${host}:${port}`, { ...(settings as object) });
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration }));
    expect(await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }))).toMatchObject({ Status: 'Enabled' });
    expect(s3.bucket('vault').versioning).toBe('Enabled');
    const style = host === '127.0.0.1' ? `http://${host}:${port}/vault` : `http://vault.${host}:${port}/`;
    expect(s3.requests.last()?.url).toContain(style);
    client.destroy();
  });

  it.each([['/identity/token'], ['/oidc/token']])('issues tokens at %s if its dialect is ibm-cos', async (path) => {
    const s3 = start({ dialect: 'ibm-cos', buckets: { vault: { versioning: 'Suspended' } } });
    const { url } = await s3.listen();
    const settings = {
      endpoint: url,
      ibmAuthEndpoint: `${url}${path}`,
      apiKeyId: 'any',
      s3ForcePathStyle: true,
    };
    const answer = await new CosS3(settings).getBucketVersioning({ Bucket: 'vault' }).promise();
    expect(answer.Status).toBe('Suspended');
    expect([...s3.requests].map(({ operation, bucket }) => [operation, bucket])).toEqual([
      ['CreateIamToken', undefined],
      ['GetBucketVersioning', 'vault'],
    ]);
  });

  // It signs from 7.75 on, and knows that *.localhost is this machine from 7.77 on.
  itWith(findCurl('7.77'), 'answers curl, which signs and knows *.localhost', async ({ program }) => {
    const s3 = start({ buckets: { vault: { versioning: 'Suspended' } } });
    const { port } = await s3.listen();
    const { accessKeyId, secretAccessKey } = s3.account.credentials;
    const signed = ['--aws-sigv4', 'aws:amz:us-east-1:s3', '--user', `${accessKeyId}:${secretAccessKey}`];
    const unsignedBody = ['-H', 'x-amz-content-sha256: UNSIGNED-PAYLOAD'];
    const address = `http://vault.localhost:${port}/?versioning`;
    const { stdout } = await promisify(execFile)(program, ['-sS', ...signed, ...unsignedBody, address], {
      env: { ...plainEnvironment(), ...offline },
    });
    expect(stdout).toContain('<Status>Suspended</Status>');
  });

  it('captures calls of this process too, as one mock', async () => {
    const s3 = start({ hosts: [], buckets: { vault: {} } });
    const { url } = await s3.listen();
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    const captured = new S3Client({ region: 'us-east-1', maxAttempts: 1 });
    const listened = clientOf(s3, url, { forcePathStyle: true });
    await captured.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration }));
    expect(await listened.send(new GetBucketVersioningCommand({ Bucket: 'vault' }))).toMatchObject({
      Status: 'Enabled',
    });
    expect([...s3.requests].map((entry) => new URL(entry.url).host)).toEqual([
      'vault.s3.us-east-1.amazonaws.com',
      new URL(url).host,
    ]);
    captured.destroy();
    listened.destroy();
  });

  it('captures nothing with hosts: { only: [] }', async () => {
    const names = closeNetwork();
    start();
    start(); // two handles may capture at the same time
    await expect(ask('https://vault.s3.amazonaws.com/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(names).toEqual(['vault.s3.amazonaws.com']);
  });

  it('keeps listening after a reset', async () => {
    const s3 = start();
    const { url } = await s3.listen();
    s3.createBucket('vault');
    s3.reset();
    expect(await ask(`${url}/vault`)).toMatchObject({ status: 404 });
  });
});

describe('regions at one address', () => {
  const inIreland = { LocationConstraint: 'eu-west-1' } as const;
  const inTokyo = { LocationConstraint: 'ap-northeast-1' } as const;

  it.each(['a port', 'a captured host'])('are told apart by the signature: %s', async (way) => {
    const s3 = start({ hosts: { only: ['http://minio.test:9000'] } });
    const endpoint = way === 'a port' ? (await s3.listen()).url : 'http://minio.test:9000';
    const [ireland, virginia] = ['eu-west-1', 'us-east-1'].map((region) =>
      clientOf(s3, endpoint, { region, forcePathStyle: true }),
    );
    const create = (
      client: S3Client | undefined,
      Bucket: string,
      CreateBucketConfiguration?: CreateBucketConfiguration,
    ) =>
      client?.send(
        new CreateBucketCommand({ Bucket, ...(CreateBucketConfiguration && { CreateBucketConfiguration }) }),
      );

    await expect(create(ireland, 'dublin', inTokyo)).rejects.toMatchObject({
      name: 'IllegalLocationConstraintException',
    });
    await create(ireland, 'dublin', inIreland);
    await create(virginia, 'home');
    await create(virginia, 'cork', inIreland); // the first region's endpoint makes them everywhere
    expect(s3.buckets.map(({ name, region }) => [name, region])).toEqual([
      ['cork', 'eu-west-1'],
      ['dublin', 'eu-west-1'],
      ['home', 'us-east-1'],
    ]);
    await expect(virginia?.send(new GetBucketVersioningCommand({ Bucket: 'dublin' }))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      Endpoint: new URL(endpoint).host,
      $response: { headers: { 'x-amz-bucket-region': 'eu-west-1' } },
    });
    await expect(ireland?.send(new GetBucketVersioningCommand({ Bucket: 'home' }))).rejects.toMatchObject({
      name: 'PermanentRedirect',
    });
    ireland?.destroy();
    virginia?.destroy();
  });

  it('are found by a client that follows redirects', async () => {
    const s3 = start({ buckets: { dublin: { region: 'eu-west-1', versioning: 'Enabled' } } });
    const { url } = await s3.listen();
    const client = clientOf(s3, url, { forcePathStyle: true, followRegionRedirects: true });
    expect(await client.send(new GetBucketVersioningCommand({ Bucket: 'dublin' }))).toMatchObject({
      Status: 'Enabled',
    });
    client.destroy();
  });

  it.each([
    ['none', ''],
    [
      'one of a region that AWS does not have',
      'AWS4-HMAC-SHA256 Credential=AKIA/20260101/moon-1/s3/aws4_request, SignedHeaders=host, Signature=0',
    ],
    ['one of an older kind', 'AWS AKIA:c2lnbmF0dXJl'],
  ])('are all reached with a signature that names no region: %s', async (_signature, credentials) => {
    const s3 = start({ buckets: { dublin: { region: 'eu-west-1' } } });
    const { url } = await s3.listen();
    const headers = { Authorization: String(credentials), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const { status } = await ask(`${url}/dublin?location`, { headers });
    expect(status).toBe(credentials === '' ? 403 : 200);
  });
});

describe('what listen() cannot do', () => {
  it('opens no port twice', async () => {
    const { port } = await start().listen();
    const second = start();
    const failure = await second.listen({ port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(S3MockError);
    expect(failure).toMatchObject({
      code: 'PORT_TAKEN',
      message: `listen: port ${port} of 127.0.0.1 is taken, by another process or another mock. Give another port, or 0 for any free one.`,
    });
    await expect(second.listen()).resolves.toMatchObject({ port: expect.any(Number) });
  });

  it('listens on addresses of this machine only', async () => {
    await expect(start().listen({ hostname: '192.0.2.7' })).rejects.toMatchObject({
      code: 'CANNOT_LISTEN',
      message: expect.stringContaining('hostname 192.0.2.7 is no address of this machine'),
    });
  });

  it('opens nothing for a mock that was stopped', async () => {
    const s3 = start();
    await s3.stop();
    await expect(s3.listen()).rejects.toMatchObject({ code: 'STOPPED' });
  });

  it.each`
    options                     | message
    ${{ port: 70_000 }}         | ${'invalid port 70000; expected a whole number up to 65535, or 0 for any free port'}
    ${{ port: '9000' }}         | ${"invalid port '9000'; expected a whole number up to 65535, or 0 for any free port"}
    ${{ hostname: '' }}         | ${"invalid hostname ''; expected an address of this machine, such as '127.0.0.1' or '0.0.0.0'"}
    ${{ hostname: 'a b' }}      | ${"invalid hostname 'a b'; expected an address of this machine, such as '127.0.0.1' or '0.0.0.0'"}
    ${{ base: 's3.test:9000' }} | ${"invalid base 's3.test:9000'; expected a host name without scheme, port and bucket, such as 's3.test'"}
    ${{ base: '*.s3.test' }}    | ${"invalid base '*.s3.test'; expected a host name without scheme, port and bucket, such as 's3.test'"}
    ${{ base: '127.0.0.1' }}    | ${"invalid base '127.0.0.1'; expected a host name without scheme, port and bucket, such as 's3.test'"}
    ${{ env: 'yes' }}           | ${"invalid env 'yes'; expected true, which sets AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL_STS for child processes and workers, or undefined"}
    ${{ ref: 'yes' }}           | ${"invalid ref 'yes'; expected true, with which the port keeps the process alive, or false"}
    ${{ host: '127.0.0.1' }}    | ${"there is no option 'host'. Did you mean hostname? The options are: port, hostname, base, env, ref, tls, door."}
    ${{ prot: 9000 }}           | ${"there is no option 'prot'. Did you mean port? The options are: port, hostname, base, env, ref, tls, door."}
    ${9000}                     | ${'9000 is not an object of options. The options are: port, hostname, base, env, ref, tls, door.'}
  `('refuses $options', async ({ options, message }) => {
    const listening = start().listen(options as object);
    await expect(listening).rejects.toThrow(TypeError);
    await expect(listening).rejects.toThrow(`listen: ${message}`);
  });
});

describe('a body that is longer than its Content-Length', () => {
  const md5 = 'N7UdGUp1E+RbVvZSTy1R8g=='; // of bar
  const sha256 = 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9'; // of bar

  it.each`
    headers                                                   | status                   | code
    ${`Content-Length: 2\r\nContent-MD5: ${md5}`}             | ${'400 Bad Request'}     | ${'BadDigest'}
    ${`Content-Length: 2\r\nx-amz-content-sha256: ${sha256}`} | ${'400 Bad Request'}     | ${'XAmzContentSHA256Mismatch'}
    ${'X-Without: length'}                                    | ${'411 Length Required'} | ${'MissingContentLength'}
  `('is $code with $headers', async ({ headers, status, code }) => {
    const s3 = start({ buckets: { vault: {} } });
    const { port } = await s3.listen();
    const { accessKeyId } = s3.account.credentials;
    const socket = await connect(port);
    socket.write(
      `PUT /vault/a HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS ${accessKeyId}:x\r\n${headers}\r\n\r\nbar`,
    );
    const text = await rest(socket);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n`));
    expect(text).toContain(`<Code>${code}</Code>`);
    expect(text).toContain('\r\nConnection: close\r\n');
    expect(JSON.stringify(s3.bucket('vault'))).not.toContain('"a"');
  });
});

it('answers a HEAD that cannot be read without a document if it comes in two parts', async () => {
  const { port, url } = await start().listen();
  const socket = await connect(port);
  socket.write('HEAD / HT');
  await ask(url, { agent }); // by then the first part has arrived
  socket.write('TP/1.1\r\nBad(Header: x\r\n\r\n');
  expect(await rest(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?:[\w-]+: [^\r]*\r\n)+\r\n$/);
});

describe('the url', () => {
  it.each`
    hostname       | host
    ${undefined}   | ${'127.0.0.1'}
    ${'localhost'} | ${'localhost'}
    ${'0.0.0.0'}   | ${'127.0.0.1'}
  `('of $hostname has a host that clients can connect to: $host', async ({ hostname, host }) => {
    const { url, port } = await start().listen(hostname === undefined ? {} : { hostname: String(hostname) });
    expect(url).toBe(`http://${host}:${port}`);
    expect(await ask(`${url}/`, { agent: new http.Agent() })).toMatchObject({ status: 307 });
  });
});
