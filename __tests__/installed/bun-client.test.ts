import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { blocks } from '../house/readme';
import { type Ended, Project } from '../support/project';
import { runners } from '../support/runners';
import { describeInstalled, installRuntimes } from './installation';

const imports = `
import { expect, test } from 'bun:test';
import { mockS3 } from 's3-versioning-mock/bun';
`;

/** Takes what would leave the process: bun's client reads the proxies of the environment at each call, as the rest of bun does. */
class Trap {
  readonly lines: string[] = [];
  readonly #server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      this.lines.push(String(data).split('\r\n', 1)[0] ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    });
  });

  async open(): Promise<NodeJS.ProcessEnv> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return { HTTP_PROXY: address, HTTPS_PROXY: address, http_proxy: address, https_proxy: address };
  }

  close(): void {
    this.#server.close();
  }
}

describeInstalled("bun's own client of S3", () => {
  const project = new Project('bun-client');
  const trap = new Trap();
  let bun: string;
  let proxies: NodeJS.ProcessEnv;
  const run = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    project.run(args, { NO_COLOR: '1', ...proxies, ...environment }, bun);
  /** Runs a file of tests, and expects that each of them passes and that nothing has left the process. */
  const pass = async (name: string, code: string, environment: NodeJS.ProcessEnv = {}) => {
    project.write(`${name}.test.mjs`, `${imports}${code}`);
    const { code: status, stdout, stderr } = await run(['test', `${name}.test.mjs`], environment);
    const { lines } = trap;
    expect({ status, output: stdout + stderr, lines }).toEqual({
      status: 0,
      output: expect.stringMatching(/^ *0 fail$/m),
      lines: [],
    });
  };

  beforeAll(async () => {
    project.linkPackages();
    project.compileLibrary();
    ({ bun } = await installRuntimes());
    proxies = await trap.open();
  });
  beforeEach(() => {
    trap.lines.splice(0);
  });
  afterAll(() => {
    trap.close();
    project.remove();
  });

  it('is caught by the trap of this file without a mock', async () => {
    project.write('bare.mjs', "await Bun.s3.write('vault/a.txt', 'a').catch(({ code }) => console.log(code));");
    const { stdout } = await run(['bare.mjs'], { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    expect({ stdout, lines: trap.lines }).toEqual({
      stdout: 'ProxyConnectFailed\n',
      lines: ['CONNECT s3.us-east-1.amazonaws.com:443 HTTP/1.1'],
    });
  });

  it('is answered without options, by each of its functions', () =>
    pass(
      'functions',
      `
      const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
      test('the client', async () => {
        const client = new Bun.S3Client({ bucket: 'vault' });
        expect(await client.write('a.txt', 'first')).toBe(5);
        await client.write('a.txt', new Response('second'), { type: 'text/csv', acl: 'private' });
        expect(s3.bucket('vault')).toHaveVersions('a.txt', ['first', 'second']);
        expect(s3).toHaveReceived('PutObject', { Bucket: 'vault', Key: 'a.txt', ContentType: 'text/csv', ACL: 'private' });
        expect(await client.exists('a.txt')).toBe(true);
        expect(await client.size('a.txt')).toBe(6);
        expect((await client.stat('a.txt')).etag).toBe('"a9f0e61a137d86aa9db53465e0801612"');
        expect((await client.list({ prefix: 'a' })).contents.map(({ key }) => key)).toEqual(['a.txt']);
        await client.delete('a.txt');
        expect(await client.exists('a.txt')).toBe(false);
      });
      test('its files, which the reset has emptied', async () => {
        const file = Bun.s3.file('vault/a.txt');
        expect(await file.exists()).toBe(false);
        await file.write('{"day":1}');
        expect(await file.json()).toEqual({ day: 1 });
        expect(await file.slice(2, 5).text()).toBe('day');
        expect(await new Response(file.stream()).text()).toBe('{"day":1}');
        expect((await file.bytes()).length).toBe(9);
        expect(await new Blob([file]).text()).toBe('{"day":1}');
        await file.unlink();
        expect(s3.requests.map(({ operation }) => operation)).toEqual([
          'HeadObject', 'PutObject', 'GetObject', 'GetObject', 'GetObject', 'GetObject', 'GetObject', 'DeleteObject',
        ]);
      });
      test('the class, and addresses of S3', async () => {
        await Bun.write('s3://vault/a.txt', 'a');
        await Bun.write('s3://vault/b.txt', Bun.file('s3://vault/a.txt'));
        expect(await Bun.S3Client.exists('vault/b.txt')).toBe(true);
        expect((await Bun.S3Client.stat(Bun.file('s3://vault/b.txt'))).size).toBe(1);
        const response = await fetch('s3://vault/b.txt');
        expect([response.status, response.url, await response.text()]).toEqual([
          200, 'https://s3.us-east-1.amazonaws.com/vault/b.txt', 'a',
        ]);
      });
      test('a signed address, which names S3 and is answered', async () => {
        await Bun.s3.write('vault/a.txt', 'a');
        const url = Bun.s3.presign('vault/a.txt', { expiresIn: 60 });
        expect(url).toStartWith('https://s3.us-east-1.amazonaws.com/vault/a.txt?');
        expect(url).toContain('X-Amz-Expires=60');
        expect(await (await fetch(url)).text()).toBe('a');
      });
      test('a writer, which uploads parts', async () => {
        const writer = Bun.s3.file('vault/large').writer({ partSize: 5 * 2 ** 20 });
        for (let part = 0; part < 6; part += 1) {
          writer.write(new Uint8Array(2 * 2 ** 20).fill(part));
          await writer.flush();
        }
        await writer.end();
        expect(s3).toHaveReceivedTimes('UploadPart', 3);
        expect(await Bun.s3.size('vault/large')).toBe(12 * 2 ** 20);
      });`,
    ));

  it('throws the errors of S3, and repeats only the requests of a writer', () =>
    pass(
      'errors',
      `
      const s3 = mockS3({ buckets: { vault: {} } });
      const told = (promise) => promise.catch(({ name, code, path }) => ({ name, code, path }));
      test('a key that is missing', async () => {
        expect(await told(Bun.s3.file('vault/none').text())).toEqual({ name: 'S3Error', code: 'NoSuchKey', path: 'vault/none' });
      });
      test('a failure', async () => {
        s3.on('PutObject').fail('SlowDown');
        expect((await told(Bun.s3.write('vault/a', 'a'))).code).toBe('SlowDown');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
        const writer = Bun.s3.file('vault/a').writer({ retry: 2 });
        writer.write('a');
        expect((await told(writer.end())).code).toBe('SlowDown');
        expect(s3).toHaveReceivedTimes('PutObject', 4);
      });
      test('a redirect of S3, which the client does not follow', async () => {
        s3.on('GetObject').fail('TemporaryRedirect');
        expect((await told(Bun.s3.file('vault/a').text())).code).toBe('TemporaryRedirect');
      });`,
    ));

  it('is answered at the host that it would call: by its region, its dialect and its signature', () =>
    pass(
      'places',
      `
      const s3 = mockS3({
        region: 'eu-west-1',
        verifySignatures: true,
        buckets: { vault: {}, frankfurt: { region: 'eu-central-1' }, 'cos-vault': {} },
      });
      const made = new Bun.S3Client({ bucket: 'vault', ...keysOf('eu-west-1') });
      function keysOf(region) { return { region, ...s3.account.credentials }; }
      const hosts = () => s3.requests.map(({ url }) => new URL(url).host);
      test('the region of the mock, if the client names none', async () => {
        await Bun.s3.write('vault/a', 'a');
        await new Bun.S3Client({ bucket: 'frankfurt', region: 'eu-central-1', virtualHostedStyle: true }).write('b', 'b');
        await made.write('c', 'c');
        expect(hosts()).toEqual([
          's3.eu-west-1.amazonaws.com', 'frankfurt.s3.eu-central-1.amazonaws.com', 's3.eu-west-1.amazonaws.com',
        ]);
      });
      test('a secret that is wrong', async () => {
        const { accessKeyId } = s3.account.credentials;
        const wrong = new Bun.S3Client({ bucket: 'vault', region: 'eu-west-1', accessKeyId, secretAccessKey: 'wrong' });
        expect((await wrong.write('a', 'a').catch((error) => error)).code).toBe('SignatureDoesNotMatch');
      });
      test('IBM COS', async () => {
        const endpoint = 'https://s3.us-south.cloud-object-storage.appdomain.cloud';
        await new Bun.S3Client({ bucket: 'cos-vault', endpoint, ...keysOf('us-south') }).write('a', 'a');
        expect(s3.requests.last()).toMatchObject({ dialect: 'ibm-cos', bucket: 'cos-vault' });
      });
      test('another store', async () => {
        const other = new Bun.S3Client({ bucket: 'vault', endpoint: 'https://nyc3.digitaloceanspaces.com', ...keysOf('nyc3') });
        expect((await other.write('a', 'a').catch((error) => error)).code).toBe('S3MockUnknownHost');
      });`,
    ));

  it('is answered at the endpoint that the environment names, and keeps the variables of the user', () =>
    pass(
      'environment',
      `
      const s3 = mockS3({ buckets: { vault: {} } });
      test('the endpoint of the user', async () => {
        await Bun.s3.write('a', 'a');
        expect(s3.requests.map(({ url }) => url)).toEqual(['http://127.0.0.1:9/vault/a']);
        expect(process.env.NO_PROXY).toMatch(/^127\\.0\\.0\\.1:\\d+$/);
        const { url, close } = await s3.listen({ env: true });
        expect({ endpoint: process.env.S3_ENDPOINT, sdk: process.env.AWS_ENDPOINT_URL_S3 }).toEqual({ endpoint: 'http://127.0.0.1:9/path', sdk: url });
        await close();
        await s3.stop();
        expect([process.env.S3_ENDPOINT, process.env.NO_PROXY, process.env.no_proxy]).toEqual(['http://127.0.0.1:9/path', undefined, undefined]);
      });`,
      {
        S3_ENDPOINT: 'http://127.0.0.1:9/path',
        S3_BUCKET: 'vault',
        S3_ACCESS_KEY_ID: 'test',
        S3_SECRET_ACCESS_KEY: 'test',
      },
    ));

  it('of a child process is led to a port by listen({ env: true })', () =>
    pass(
      'child',
      `
      const s3 = mockS3({ buckets: { vault: {} } });
      test('a program in bun', async () => {
        await s3.listen({ env: true });
        const env = { ...process.env, NO_PROXY: '127.0.0.1' };
        const child = Bun.spawn([process.execPath, '-e', "await Bun.s3.write('vault/a', 'child')"], { env });
        expect(await child.exited).toBe(0);
        expect(s3.bucket('vault')).toHaveObject('a', { body: 'child' });
      });`,
    ));

  it('is refused where the mock cannot answer it, and by the guard', () =>
    pass(
      'refused',
      `
      const s3 = mockS3({ guard: true, buckets: { vault: {} } });
      const keys = { accessKeyId: 'test', secretAccessKey: 'test', bucket: 'vault' };
      test('a file of before the import of the library', async () => {
        const refused = /refused by the S3 mock: A file of Bun\\.S3Client that was made before the library was loaded.*such as in a preload/;
        expect(await globalThis.early.text().catch(({ message }) => message)).toMatch(refused);
        expect(() => globalThis.early.stream()).toThrow(refused);
        await globalThis.early.write('written by its options');
        expect(s3.bucket('vault')).toHaveObject('early', { body: 'written by its options' });
      });
      test('another host', async () => {
        const other = new Bun.S3Client({ ...keys, endpoint: 'https://storage.example.test' });
        expect(await other.write('a', 'a').catch(({ message }) => message)).toMatch(/refused by the S3 mock: storage\\.example\\.test is not one of its hosts/);
        expect(await other.write('a', 'a', { expiresIn: -1 }).catch(({ message }) => message)).toMatch(/refused by the S3 mock/);
      });
      test('a request after the stop, of a writer that was led', async () => {
        const writer = Bun.s3.file('vault/late').writer({ retry: 0 });
        writer.write('late');
        await s3.stop();
        delete process.env.HTTP_PROXY;
        delete process.env.http_proxy;
        expect((await writer.end().catch((error) => error)).code).toBe('ConnectionRefused');
      });`,
      {
        BUN_OPTIONS: `--preload=${project.write('early.mjs', "globalThis.early = new Bun.S3Client({ accessKeyId: 'test', secretAccessKey: 'test', bucket: 'vault' }).file('early');")}`,
      },
    ));

  it('is answered by the mock of each of two describes', () =>
    pass(
      'two',
      `
      import { describe } from 'bun:test';
      for (const name of ['first', 'second'])
        describe(name, () => {
          const s3 = mockS3({ buckets: { vault: {} } });
          test('writes', async () => {
            await Bun.s3.write('vault/a', name);
            expect(s3).toHaveReceivedOnly('PutObject', { Key: 'a', Body: name });
          });
        });`,
    ));

  it('keeps no process alive, and leaves no port and no variable', async () => {
    project.write(
      'left.mjs',
      `import { mockS3 } from 's3-versioning-mock';
      mockS3({ buckets: { vault: {} } });
      await Bun.s3.write('vault/a', 'a');
      console.log(await Bun.s3.file('vault/a').text());`,
    );
    expect(await run(['left.mjs'])).toMatchObject({ code: 0, stdout: 'a\n' });
    expect(trap.lines).toEqual([]);
  });

  describe('the guide', () => {
    it.each(blocks.filter(({ page, runner }) => page === 'docs/guides/bun.md' && runner === 'bun'))(
      'runs its test at line $line',
      async ({ line, code }) => {
        project.write(`guide-${line}.test.mjs`, code);
        const { code: status, stdout, stderr } = await run(['test', `guide-${line}.test.mjs`]);
        expect({ status, output: stdout + stderr }).toEqual({
          status: 0,
          output: expect.stringMatching(runners['bun']?.passed ?? ''),
        });
      },
    );
  });
});
