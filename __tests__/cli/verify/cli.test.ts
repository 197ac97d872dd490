import { type ChildProcess, fork, spawn } from 'node:child_process';
import https from 'node:https';
import { join } from 'node:path';
import { ListObjectsV2Command, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../../src/index';
import { beginPut, connect } from '../../capture/listen/local-names';
import { ask, event, rest } from '../../capture/scene';
import { textOf } from '../../house/files';
import { curedRequests, curedState } from '../../support/cured-requests';
import { libraryProject } from '../../support/library-project';
import type { Ended } from '../../support/project';
import { replication, ruleTo } from '../../support/replicated-pair';
import { makeSelfSigned } from '../../support/self-signed';
import { findSignals, itWith } from '../../support/tools';

const project = libraryProject('cli');
const cli = join(project.folder, 'node_modules/s3-versioning-mock/dist/cli/run.js');
const version = (JSON.parse(textOf('package.json')) as { version: string }).version;
const key = 'AWS AKIA:c2lnbmF0dXJl';
const Authorization = key;
const signals = findSignals();

class Command {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown[]>;
  out = '';
  error = '';
  #waiting: (() => void)[] = [];

  constructor(args: readonly string[], ofNode: readonly string[] = []) {
    this.child = spawn(process.execPath, [...ofNode, cli, '--port', '0', ...args], { cwd: project.folder });
    this.ended = event(this.child, 'close');
    this.child.on('close', () => this.#wake());
    this.child.stdout?.on('data', (chunk: Buffer) => this.#take('out', chunk));
    this.child.stderr?.on('data', (chunk: Buffer) => this.#take('error', chunk));
  }

  /** What it prints within a minute: a command without these words is not waited for in each test until the time of the test is over. */
  async printed(expression: RegExp): Promise<string> {
    const signal = AbortSignal.timeout(60_000);
    signal.addEventListener('abort', () => this.#wake());
    for (;;) {
      const match = expression.exec(this.out);
      if (match) return match[1] ?? match[0];
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`it ended:\n${this.out}${this.error}`);
      if (signal.aborted) throw new Error(`it has not printed ${expression}:\n${this.out}${this.error}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** What it printed, without the times of requests. */
  untimed(): string {
    return this.out.replace(/^\d{2}:\d{2}:\d{2}\.\d{3} {2}/gm, '');
  }

  async port(): Promise<number> {
    return Number(await this.printed(/ready at http:\/\/127\.0\.0\.1:(\d+)\n[\s\S]*AWS_ACCESS_KEY_ID.*\n/));
  }

  #take(stream: 'out' | 'error', chunk: Buffer): void {
    this[stream] += chunk.toString();
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** One process in which the command is run again and again, until it ends or is ready to answer: to start one takes most of a run. */
class Runs {
  #child: ChildProcess | undefined;

  begin(): void {
    const program = project.write(
      'runs.cjs',
      `const cli = ${JSON.stringify(cli)};
      process.stdout.setMaxListeners(0);
      process.on('message', async (args) => {
        const written = { stdout: '', stderr: '' };
        for (const name of ['stdout', 'stderr']) process[name].write = (text) => void (written[name] += text);
        process.argv = [process.execPath, cli, ...args];
        process.exitCode = undefined;
        delete require.cache[cli];
        require(cli);
        while (process.exitCode === undefined && written.stdout === '') await new Promise(setImmediate);
        process.send({ code: process.exitCode, ...written });
      });`,
    );
    this.#child = fork(program, { cwd: project.folder });
  }

  async run(args: readonly string[]): Promise<Ended> {
    const child = this.#child;
    if (child === undefined) throw new Error('begin first');
    const ended = event(child, 'message');
    child.send(args);
    const [answer] = await ended;
    return answer as Ended; // what the program sends
  }

  end(): void {
    this.#child?.kill('SIGKILL');
  }
}

const running: Command[] = [];
function start(...args: string[]): Command {
  return keep(new Command(args));
}

function keep(command: Command): Command {
  running.push(command);
  return command;
}

async function serve(...args: string[]) {
  const command = start(...args);
  return { command, url: `http://127.0.0.1:${await command.port()}` };
}

afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
});

describe('the health check of the Dockerfile in the guide', () => {
  const [, check = ''] = /HEALTHCHECK .* CMD (node -e [\s\S]+?"\n)/.exec(textOf('docs/guides/serve.md')) ?? [];

  async function checked(url: string): Promise<unknown> {
    const [code] = await event(
      spawn('/bin/sh', ['-c', check.replaceAll('http://127.0.0.1:9000', url)], { stdio: 'ignore' }),
      'close',
    );
    return code;
  }

  it('passes while the command answers, and fails before and after', async () => {
    const { command, url } = await serve();
    expect(await checked(url)).toBe(0);
    command.child.kill('SIGKILL');
    await command.ended;
    expect(await checked(url)).toBe(1);
  });
});

describe('s3-versioning-mock', () => {
  it('prints its address, its page, its buckets, its keys and the way to get MFA codes', async () => {
    const vault = 'vault:versioning=Enabled,mfaDelete=Enabled';
    const command = start('--bucket', vault, '--bucket', 'scratch', '--region', 'eu-west-1');
    const port = await command.port();
    expect(command.out.split('\n')).toEqual([
      `s3-versioning-mock ${version} is ready at http://127.0.0.1:${port}`,
      `Page: http://127.0.0.1:${port}/_mock/`,
      'Buckets: scratch, vault',
      'Copy to another shell:',
      expect.stringMatching(
        new RegExp(
          `^export AWS_ENDPOINT_URL_S3=http://127.0.0.1:${port} AWS_ENDPOINT_URL_STS=http://127.0.0.1:${port} AWS_ENDPOINT_URL_S3_CONTROL=http://localhost:${port} AWS_ACCESS_KEY_ID=AKIA[A-Z2-7]{16} AWS_SECRET_ACCESS_KEY=[A-Za-z0-9]{40} AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1; unset AWS_PROFILE AWS_SESSION_TOKEN$`,
        ),
      ),
      expect.stringMatching(
        new RegExp(
          `^MFA codes of arn:aws:iam::0{12}:mfa/root-account-mfa-device: kill -USR2 ${command.child.pid}, or: oathtool --totp -b [A-Z2-7]{32}$`,
        ),
      ),
      'Ctrl+C stops it.',
      '',
      '',
    ]);
  });

  it('prints no way to get MFA codes if no bucket has MFA Delete', async () => {
    const { command } = await serve('--bucket', 'vault:versioning=Enabled');
    expect(command.out).not.toContain('MFA');
  });

  it('prints a line for each request, with the reason of a refusal', async () => {
    const { command, url } = await serve('--bucket', 'vault:versioning=Enabled,mfaDelete=Enabled');
    await ask(`${url}/vault?versioning`, { headers: { Authorization } });
    await ask(`${url}/vault/a%0Ab%1B?versionId=null`, { method: 'DELETE' });
    await ask(`${url}/vault?versioning`, {
      method: 'PUT',
      headers: { Authorization },
      body: '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>',
    });
    await command.printed(/PutBucketVersioning.*\n/);
    expect(command.untimed().split('\n').slice(-4)).toEqual([
      '200  GetBucketVersioning  vault',
      '403  DeleteObject  vault/a\\nb\\u{1b}  (null)  AccessDenied: an anonymous caller does not own the bucket; account 000000000000 does; the request has no signature: sign it, or presign its URL',
      expect.stringMatching(/^403 {2}PutBucketVersioning {2}vault {2}AccessDenied: .*Mfa/i),
      '',
    ]);
  });

  it('names the cure of each refusal as a reader of its log has it', async () => {
    project.write('cured.json', JSON.stringify(curedState));
    const { command, url } = await serve('--fixtures', 'cured.json');
    const before = command.out.length;
    for (const { path, ends: _, ...sent } of curedRequests) await ask(url + path, sent);
    await command.printed(/PutBucketPolicy.*\n/);
    const inLog = (text: string) => text.replace(/DOOR/g, `${url}/_mock`).replace(/PID/g, String(command.child.pid));
    const lines = command.out.slice(before).trimEnd().split('\n');
    const expected = curedRequests.map(({ ends }) => inLog(ends.inLog));
    expect(lines.map((line, index) => line.slice(-(expected[index]?.length ?? 0)))).toEqual(expected);
  });

  it('says what its address is for, if a browser opens it', async () => {
    const { command, url } = await serve();
    expect(await ask(url)).toMatchObject({ status: 307, headers: { location: 'https://aws.amazon.com/s3/' } });
    expect(await command.printed(/307 .*/)).toBe(
      `307  ListBuckets  TemporaryRedirect: the request has no credentials, and S3 redirects it to its product page, https://aws.amazon.com/s3/: a client that follows redirects, such as fetch, asks for that page outside of the process; sign the request, or pass { redirect: 'manual' } to fetch; this address is for clients of S3, and the page of the mock is ${url}/_mock/`,
    );
  });

  it('prints no character that a terminal obeys, in a key and in the name of an account', async () => {
    const characters = {
      ...{
        '\u001b': '\\u{1b}',
        '\u009b': '\\u{9b}',
        '\u061c': '\\u{61c}',
        '\u200e': '\\u{200e}',
        '\u202e': '\\u{202e}',
      },
      ...{ '\u2066': '\\u{2066}', '\u2028': '\\u{2028}', '\u2029': '\\u{2029}', ü: 'ü' },
    };
    const names = Object.keys(characters).map((character) => `a${character}b`);
    const { command, url } = await serve('--bucket', 'vault', ...names.flatMap((name) => ['--account', name]));
    for (const name of names) await ask(`${url}/vault/${encodeURIComponent(name)}`, { headers: { Authorization } });
    await command.printed(/aüb {2}NoSuchKey.*\n/);
    for (const printed of Object.values(characters)) {
      expect(command.out).toContain(`\naccount a${printed}b: AKIA`);
      expect(command.untimed()).toContain(`\n404  GetObject  vault/a${printed}b  NoSuchKey: `);
    }
    expect(command.out).not.toMatch(/[^\n\P{C}]/u);
  });

  it('prints what S3 does by itself', async () => {
    const buckets = { vault: { versioning: 'Enabled', replication: replication(ruleTo('replica')) }, replica: {} };
    const { command, url } = await serve(
      '--fixtures',
      project.write('pair.json', JSON.stringify({ buckets })),
      '--now',
      '2026-03-01',
    );
    for (const method of ['PUT', 'HEAD']) await ask(`${url}/vault/a.txt`, { method, headers: { Authorization } });
    await command.printed(/HeadObject.*\n/);
    expect(command.out.split('\n').slice(-4)).toEqual([
      '00:00:00.000  200  PutObject  vault/a.txt',
      expect.stringMatching(
        /^2026-03-01 00:00 {2}S3\.REPLICATE\.OBJECT {2}vault\/a\.txt {2}version \S+ to replica, by rule 'all' {2}FAILED DstBucketUnversioned/,
      ),
      '00:00:00.000  200  HeadObject  vault/a.txt',
      '',
    ]);
  });

  it('prints JSON for programs: its addresses and keys, then each request and what S3 does by itself', async () => {
    const buckets = { vault: { versioning: 'Enabled', replication: replication(ruleTo('replica')) }, replica: {} };
    const file = project.write('json-pair.json', JSON.stringify({ buckets }));
    const command = start(
      ...['--json', '--fixtures', file, '--now', '2026-03-01', '--account', 'partner:PARTNERKEY:secret'],
    );
    const { url, ...served } = JSON.parse(await command.printed(/^\{.*\}\n/));
    await ask(`${url}/vault/a.txt`, { method: 'PUT', headers: { Authorization }, body: 'data' });
    await ask(`${url}/vault/b.txt`);
    await command.printed(/b\.txt.*\n/);
    const [, ...lines] = command.out.trimEnd().split('\n');
    expect({ served, lines: lines.map((line) => JSON.parse(line)) }).toEqual({
      served: {
        page: `${url}/_mock/`,
        environment: expect.objectContaining({
          AWS_ENDPOINT_URL_S3: url,
          AWS_ENDPOINT_URL_STS: url,
          AWS_ACCESS_KEY_ID: expect.stringMatching(/^AKIA/),
          AWS_REGION: 'us-east-1',
          AWS_DEFAULT_REGION: 'us-east-1',
        }),
        buckets: ['replica', 'vault'],
        accounts: [{ name: 'partner', accessKeyId: 'PARTNERKEY', secretAccessKey: 'secret' }],
        mfa: { serial: expect.stringContaining(':mfa/'), secret: expect.stringMatching(/^[A-Z2-7]{32}$/) },
        process: command.child.pid,
      },
      lines: [
        expect.objectContaining({
          ...{ time: '2026-03-01T00:00:00.000Z', operation: 'PutObject', bucket: 'vault', key: 'a.txt', status: 200 },
          input: { Bucket: 'vault', Key: 'a.txt', Body: 'data' },
        }),
        expect.objectContaining({ operation: 'S3.REPLICATE.OBJECT', result: 'FAILED', reason: 'DstBucketUnversioned' }),
        expect.objectContaining({
          ...{ operation: 'GetObject', key: 'b.txt', status: 403, code: 'AccessDenied' },
          why: expect.stringContaining('the request has no signature'),
        }),
      ],
    });
  });

  it('speaks HTTPS with a certificate and its key, and names what is wrong about them', async () => {
    const { cert, key: itsKey } = makeSelfSigned('localhost');
    const [certFile, keyFile] = [project.write('cert.pem', cert), project.write('key.pem', itsKey)];
    const args = ['--tls-cert', certFile, '--address', 'localhost', '--bucket', 'vault'];
    const command = start('--tls-key', keyFile, ...args);
    const url = await command.printed(/ready at (https:\S+)\n/);
    const request = https.get(`${url}/vault`, { ca: cert });
    const [response] = await event(request, 'response');
    expect(response).toMatchObject({ statusCode: 403 });
    expect(command.out).toContain(`\nexport AWS_ENDPOINT_URL_S3=${url} `);
    const failed = async (...wrong: readonly string[]) => {
      const other = start(...wrong);
      await other.ended;
      return other.error;
    };
    expect(await failed(...args)).toMatch(/^s3-versioning-mock: --tls-key is missing\. Give the certificate/);
    expect(await failed('--tls-key', certFile, ...args)).toMatch(/: --tls-(?:cert|key)/);
    expect(await failed('--tls-key', 'no.pem', ...args)).toContain('--tls-key no.pem: there is no such file.');
  });

  itWith(signals, 'prints a new MFA header as JSON, if its lines are JSON', async () => {
    const command = start('--json');
    await command.printed(/^\{.*\}\n/);
    command.child.kill('SIGUSR2');
    const line = await command.printed(/\{"mfaHeader.*\n/);
    expect(JSON.parse(line)).toEqual({ mfaHeader: expect.stringMatching(/^arn:.* \d{6}$/) });
  });

  itWith(signals, 'prints a new MFA header on SIGUSR2, which is accepted', async () => {
    const { command, url } = await serve('--bucket', 'vault:versioning=Enabled,mfaDelete=Enabled', '--quiet');
    const body = '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>';
    const codes: string[] = [];
    for (const status of [200, 200]) {
      const before = command.out.length;
      command.child.kill('SIGUSR2');
      const header = await command.printed(new RegExp(`^[\\s\\S]{${before}}(arn:.* \\d{6})\\n`));
      codes.push(header);
      const headers = { Authorization, 'x-amz-mfa': header };
      expect(await ask(`${url}/vault?versioning`, { method: 'PUT', headers, body })).toMatchObject({ status });
    }
    expect(new Set(codes).size).toBe(2);
  });

  it('begins with the state that another one returned at its door', async () => {
    const { command, url } = await serve('--bucket', 'vault:versioning=Enabled');
    const headers = { Authorization };
    for (const body of ['first', 'second']) await ask(`${url}/vault/a.txt`, { method: 'PUT', headers, body });
    const before = await ask(`${url}/vault?versions`, { headers });
    const file = project.write('s3.json', (await ask(`${url}/_mock/state`)).text);
    command.child.kill('SIGKILL');
    const { url: later } = await serve('--fixtures', file);
    const { status, text } = await ask(`${later}/vault?versions`, { headers });
    expect({ status, text, count: text.match(/<VersionId>/g)?.length }).toEqual({
      ...{ status: before.status, text: before.text, count: 2 },
    });
  });

  it('reads the state that a mock has written, and adds the buckets of the command line', async () => {
    await using before = mockS3({ hosts: { only: [] }, seed: 'x' });
    const vault = before.createBucket('vault', { versioning: 'Enabled', region: 'eu-west-1' });
    const { versionId } = vault.put('a.txt', 'first');
    vault.put('a.txt', 'second');
    const file = project.write('state.json', JSON.stringify(before));
    const { url } = await serve('--fixtures', file, '--bucket', 'archive:objectLock=true,region=us-west-2');
    const read = async (path: string) => (await ask(url + path, { headers: { Authorization } })).text;
    expect(await read('/vault/a.txt')).toBe('second');
    expect(await read(`/vault/a.txt?versionId=${versionId}`)).toBe('first');
    expect(await read('/vault?location')).toContain('>eu-west-1<');
    expect(await read('/archive?versioning')).toContain('<Status>Enabled</Status>');
  });

  it.each<{ encoding: string; bytes: (text: string) => Uint8Array }>`
    encoding                               | bytes
    ${'UTF-8 with a byte order mark'}      | ${(text: string) => Buffer.from(`\ufeff${text}`)}
    ${'UTF-16, as PowerShell writes by >'} | ${(text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')}
    ${'UTF-16 with the higher byte first'} | ${(text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()}
  `('reads fixtures in $encoding', async ({ bytes }) => {
    const file = project.write(
      'encoded.json',
      bytes(JSON.stringify({ buckets: { vault: { versioning: 'Suspended' } } })),
    );
    const { url } = await serve('--fixtures', file);
    expect((await ask(`${url}/vault?versioning`, { headers: { Authorization } })).text).toContain('>Suspended<');
  });

  it('reads the listings of real buckets, named after their files', async () => {
    const version = { Key: 'a.txt', Size: 3, ETag: '"900150983cd24fb0d6963f7d28e17f72"', StorageClass: 'STANDARD' };
    const at = { LastModified: '2026-01-31T10:00:00+00:00' };
    const listed = { ...version, ...at, VersionId: 'v1', IsLatest: false };
    const marker = { ...at, LastModified: '2026-02-01T10:00:00+00:00', Key: 'a.txt', VersionId: 'm1', IsLatest: true };
    project.write('vault.json', JSON.stringify({ Versions: [listed], DeleteMarkers: [marker] }));
    project.write('plain.json', JSON.stringify({ Versions: [{ ...listed, VersionId: 'null', IsLatest: true }] }));
    const { url } = await serve(
      '--fixtures',
      'vault.json',
      '--fixtures',
      'plain.json',
      '--bucket',
      'vault:region=eu-west-1',
    );
    const read = (path: string) => ask(url + path, { headers: { Authorization } });
    expect(await read('/vault/a.txt')).toMatchObject({ status: 404 });
    expect(await read('/vault/a.txt?versionId=v1')).toMatchObject({ status: 200 });
    expect((await read('/vault?location')).text).toContain('>eu-west-1<');
    expect((await read('/vault?versioning')).text).toContain('<Status>Enabled</Status>');
    expect((await read('/plain?versioning')).text).not.toContain('Status');
    expect(await read('/plain/a.txt?versionId=null')).toMatchObject({ status: 200 });
  });

  it('makes accounts, and prints their keys', async () => {
    const { command, url } = await serve(
      ...['--account', 'partner:PARTNERKEY:se:cret', '--account', 'auditor', '--bucket', 'theirs:owner=partner'],
    );
    expect(command.out).toContain('\naccount partner: PARTNERKEY se:cret\n');
    expect(command.out).toMatch(/\naccount auditor: AKIA\w{16} \S{40}\n/);
    const list = async (id: string) => (await ask(url, { headers: { Authorization: `AWS ${id}:c2ln` } })).text;
    expect(await list('PARTNERKEY')).toContain('<Name>theirs</Name>');
    expect(await list('AKIAOFNOBODY')).not.toContain('<Name>');
  });

  it('lets a user of the fixtures send the requests with unknown keys', async () => {
    const policy = { Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }] };
    project.write('users.json', JSON.stringify({ users: { reader: { policy } }, buckets: { vault: {} } }));
    const { url } = await serve('--fixtures', 'users.json', '--caller', 'reader');
    const statusOf = async (path: string) => (await ask(url + path, { headers: { Authorization } })).status;
    expect({ buckets: await statusOf('/'), versioning: await statusOf('/vault?versioning') }).toEqual({
      buckets: 200,
      versioning: 403,
    });
  });

  it('serves users, roles, addresses and conditions of its arguments', async () => {
    const may = (Condition: object) => ({
      policy: { Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*', Condition }] },
    });
    const near = {
      IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
      Bool: { 'aws:ViaAWSService': 'true' },
    };
    const users = project.write('callers.json', JSON.stringify({ reader: may(near) }));
    const statusWith = async (...args: readonly string[]) => {
      const caller = ['--users', `@${users}`, '--caller', 'reader', '--organization-id', 'o-exampleorgid'];
      const command = start(...caller, '--conditions', 'aws:ViaAWSService=true', ...args);
      return (await ask(`http://127.0.0.1:${await command.port()}`, { headers: { Authorization } })).status;
    };
    expect(await statusWith('--source-ip', '203.0.113.7')).toBe(200);
    expect(await statusWith()).toBe(403);
  });

  it('answers STS at the same port, and under --no-sts does not', async () => {
    const asked = async (...args: readonly string[]) => {
      const command = start(...args);
      const endpoint = `http://127.0.0.1:${await command.port()}`;
      const credentials = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'secret' };
      const client = new STSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
      const identity = await client.send(new GetCallerIdentityCommand({})).catch((error: unknown) => error);
      return { identity, exported: command.out.includes(` AWS_ENDPOINT_URL_STS=${endpoint}`) };
    };
    expect(await asked()).toMatchObject({ identity: { Account: '000000000000' }, exported: true });
    expect(await asked('--no-sts')).toMatchObject({ identity: { name: 'S3MockUnknownHost' }, exported: false });
  });

  it('answers S3 Control at the same port by the name that it prints, and under --no-control does not', async () => {
    const asked = async (...args: readonly string[]) => {
      const command = start('--public-access-block', '{"BlockPublicPolicy":true}', ...args);
      const port = await command.port();
      const endpoint = /AWS_ENDPOINT_URL_S3_CONTROL=http:\/\/(\S+)/.exec(command.out)?.[1];
      // As its clients write it, and where they would connect if the name resolved.
      const headers = {
        Host: `000000000000.${endpoint ?? `localhost:${port}`}`,
        Authorization,
        'x-amz-account-id': '000000000000',
      };
      const { status } = await ask(`http://127.0.0.1:${port}/v20180820/configuration/publicAccessBlock`, { headers });
      return { isAnswered: status === 200, endpoint: endpoint?.replace(`${port}`, 'PORT') };
    };
    expect(await asked()).toEqual({ isAnswered: true, endpoint: 'localhost:PORT' });
    expect(await asked('--host', 's3.test')).toEqual({ isAnswered: true, endpoint: 's3.test:PORT' });
    expect(await asked('--no-control')).toEqual({ isAnswered: false, endpoint: undefined });
    expect(await asked('--dialect', 'ibm-cos')).toMatchObject({ isAnswered: false, endpoint: undefined });
  });

  it('stops its clock, cuts pages, delays the knowledge of versioning and verifies signatures', async () => {
    const times = ['--now', '2026-01-31T10:00:00Z', '--propagation', '900'];
    const command = start(...times, '--page-size', '1', '--verify-signatures', '--bucket', 'vault');
    const endpoint = `http://127.0.0.1:${await command.port()}`;
    const [accessKeyId = '', secretAccessKey = ''] = [...command.out.matchAll(/ AWS_(?:ACC|SEC)\w+=(\S+)/g)].map(
      ([, value = '']) => value,
    );
    const clientWith = (secret: string) =>
      new S3Client({
        endpoint,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: { accessKeyId, secretAccessKey: secret },
      });
    const client = clientWith(secretAccessKey);
    const Bucket = 'vault';
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    for (const Key of ['a', 'b'])
      expect((await client.send(new PutObjectCommand({ Bucket, Key, Body: 'data' }))).VersionId).toBeUndefined();
    const { Contents, IsTruncated } = await client.send(new ListObjectsV2Command({ Bucket }));
    expect({ Contents: Contents?.length, IsTruncated }).toEqual({ Contents: 1, IsTruncated: true });
    expect(Contents?.[0]?.LastModified).toEqual(new Date('2026-01-31T10:00:00Z'));
    const stranger = clientWith('another').send(new ListObjectsV2Command({ Bucket }));
    await expect(stranger).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  it('speaks as IBM COS, with the ids of a seed, at a host of its own', async () => {
    const args = ['--dialect', 'ibm-cos', '--seed', 'x', '--host', 's3.test', '--bucket', 'vault', '--quiet'];
    const [one, two] = [start(...args), start(...args)];
    const [port, other] = await Promise.all([one.port(), two.port()]);
    expect(port).not.toBe(other);
    const keyOf = ({ out }: Command) => /ACCESS_KEY_ID=(\w+)/.exec(out)?.[1];
    expect(keyOf(one)).toBe(keyOf(two));
    const { text } = await ask(`http://127.0.0.1:${port}/?location`, {
      headers: { Host: 'vault.s3.test', Authorization },
    });
    expect(text).toContain('>us-standard<');
    expect(one.out).not.toContain('GetBucketLocation');
  });

  itWith(signals, 'goes on answering after the reader of its lines has gone', async () => {
    const command = start('--bucket', 'vault');
    const port = await command.port();
    command.child.stdout?.destroy();
    for (let request = 0; request < 3; request += 1) {
      expect(await ask(`http://127.0.0.1:${port}/vault`)).toMatchObject({ status: 403 });
    }
    command.child.kill('SIGTERM');
    expect(await command.ended).toEqual([0, null]);
  });
});

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  itWith(signals, 'ends it after the requests in flight are answered', async () => {
    const command = start('--bucket', 'vault');
    const port = await command.port();
    const [idle, busy] = [await connect(port), await beginPut(port, '/vault/a.txt', `Authorization: ${key}\r\n`)];
    const [closed, answer] = [rest(idle), rest(busy)];
    command.child.kill(signal);
    expect(await closed).toBe('');
    busy.write('hello');
    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(await command.ended).toEqual([0, null]);
    expect(command.out).toMatch(/200 {2}PutObject {2}vault\/a\.txt\n$/);
    expect(command.error).toBe('');
  });

  itWith(signals, 'ends it soon although a client never completes its request', async () => {
    const command = start();
    await beginPut(await command.port(), '/vault/a.txt');
    command.child.kill(signal);
    expect(await command.ended).toEqual([0, null]);
  });
});

itWith(signals, 'a server ends at once at a second signal', async () => {
  const command = start();
  const port = await command.port();
  const idle = await connect(port);
  await beginPut(port, '/vault/a.txt');
  command.child.kill('SIGTERM');
  await rest(idle); // the first has been taken
  command.child.kill('SIGTERM');
  expect(await command.ended).toEqual([null, 'SIGTERM']);
});

describe('the lines of requests', () => {
  /** The turn of the event loop in which they came never ends, unless the process does. */
  async function serveInOneTurn() {
    const program = project.write(
      'one-turn.cjs',
      `const timers = require('node:timers');
      timers.setImmediate = Object.defineProperties(() => {}, Object.getOwnPropertyDescriptors(timers.setImmediate));
      process.on('SIGHUP', () => {
        throw new Error('nobody catches it');
      });`,
    );
    const command = keep(new Command(['--bucket', 'vault'], ['--require', program]));
    const port = await command.port();
    const greeting = command.out;
    const url = `http://127.0.0.1:${port}`;
    for (const path of ['/vault?versioning', '/vault?location', '/'])
      await ask(url + path, { headers: { Authorization } });
    return { command, port, greeting };
  }
  const lines = '200  GetBucketVersioning  vault\n200  GetBucketLocation  vault\n200  ListBuckets\n';

  itWith(signals, 'are written together, in their order, when the process ends by a signal', async () => {
    const { command, greeting } = await serveInOneTurn();
    expect(command.out).toBe(greeting);
    command.child.kill('SIGINT');
    expect({ ended: await command.ended, out: command.untimed() }).toEqual({ ended: [0, null], out: greeting + lines });
  });

  itWith(signals, 'are written at once after a signal, since a second one ends the process', async () => {
    const { command, greeting, port } = await serveInOneTurn();
    const headers = `Authorization: ${key}\r\n`;
    const last = await beginPut(port, '/vault/a.txt', headers);
    await beginPut(port, '/vault/b.txt', headers); // which keeps the process waiting
    command.child.kill('SIGTERM');
    await command.printed(/ListBuckets\n/);
    last.write('hello');
    await command.printed(/PutObject .*\n/);
    command.child.kill('SIGTERM');
    const expected = { ended: [null, 'SIGTERM'], out: `${greeting}${lines}200  PutObject  vault/a.txt\n` };
    expect({ ended: await command.ended, out: command.untimed() }).toEqual(expected);
  });

  itWith(signals, 'are written when the process ends by an error', async () => {
    const { command, greeting } = await serveInOneTurn();
    command.child.kill('SIGHUP');
    expect({ ended: await command.ended, out: command.untimed() }).toEqual({ ended: [1, null], out: greeting + lines });
    expect(command.error).toContain('nobody catches it');
  });
});

describe('the command line', () => {
  const runs = new Runs();
  beforeAll(() => {
    project.write('list.json', '[]');
    project.write('Contents.json', '{ "Contents": [] }');
    project.write('Vault.json', '{ "Versions": [] }');
    project.write('wrong.json', '{ "buckets": { "vault": { "version": "Enabled" } } }');
    project.write('number.json', '{ "buckets": {}, "pageSize": 0 }');
    project.write('option.json', '{ "buckets": {}, "pageSice": 1 }');
    runs.begin();
  });
  afterAll(() => runs.end());

  it.each`
    option         | text
    ${'--help'}    | ${'Usage: s3-versioning-mock [options]\n                        serves a mock'}
    ${'-h'}        | ${'Usage: s3-versioning-mock [options]'}
    ${'-v'}        | ${`${version}\n`}
    ${'--version'} | ${`${version}\n`}
    ${'help'}      | ${'Usage: s3-versioning-mock [options]'}
    ${'help all'}  | ${'Usage: s3-versioning-mock [options]'}
    ${'version'}   | ${`${version}\n`}
  `('$option prints its text and ends', async ({ option, text }) => {
    const { code, stdout, stderr } = await project.run([cli, ...String(option).split(' ')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.startsWith(String(text))).toBe(true);
  });

  it('ends with exit code 2 if its arguments are wrong', async () => {
    const { code, stdout, stderr } = await project.run([cli, '--port', 'http']);
    const text = 's3-versioning-mock: --port: invalid value http; expected a number';
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
  });

  it.each<[args: readonly string[], message: string]>([
    [['--prot', '9000'], "Unknown option '--prot'. Did you mean --port? --help all lists the options."],
    [['-p', '9000'], "Unknown option '-p'. Did you mean --port? --help all lists the options."],
    [['-x'], "Unknown option '-x'. --help all lists the options."],
    [
      ['vault'],
      "There is no command 'vault'. To serve a mock, write no command. The commands are try and facts. --help lists the options.\n",
    ],
    [['fact'], "There is no command 'fact'. Did you mean facts? The commands are try and facts. --help lists"],
    [['tri', '--', 'x'], "There is no command 'tri'. Did you mean try? The commands are try and facts."],
    [['help', 'tri'], "There is no command 'tri'. Did you mean try?"],
    [['--quiet', 'try'], 'try is a command, so write it first. try --help lists its options.\n'],
    [['--quiet', 'vault'], "Unexpected argument 'vault'. --help all lists the options.\n"],
    [['--quiet=1'], '--quiet takes no value. --help all lists the options.\n'],
    [
      ['--bucket'],
      '--bucket needs a value, such as --bucket vault:versioning=Enabled,mfaDelete=Enabled. --help all lists the options.',
    ],
    [['--port'], '--port needs a value: --port <number>. --help all lists the options.'],
    [
      ['--bucket', 'vault,versioning=Enabled'],
      '--bucket vault,versioning=Enabled: settings stand behind a colon: --bucket NAME:versioning=Enabled',
    ],
    [['--port', '70000'], '--port: invalid value 70000; expected a number up to 65535, or 0'],
    [['--port', 'http'], '--port: invalid value http; expected a number'],
    [['--dialect', 'azure'], '--dialect: invalid value azure; expected aws or ibm-cos'],
    [['--host', 'http://s3.test'], '--host: invalid value http://s3.test; expected a host name without scheme'],
    [
      ['--bucket', 'vault:Enabled'],
      "--bucket vault:Enabled: invalid setting 'Enabled'; expected name=value, such as versioning=Enabled",
    ],
    [['--bucket', 'vault:versioning=On'], '--bucket vault:versioning=On: expected Enabled or Suspended.\n'],
    [['--bucket', 'vault:objectLock=yes'], '--bucket vault:objectLock=yes: expected true or false.\n'],
    [
      ['--bucket', 'vault:ownershipControls=x'],
      '--bucket vault:ownershipControls=x: expected BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter.\n',
    ],
    [['--bucket', 'vault:objects=x'], '--bucket vault:objects=x: write objects in a file of --fixtures.\n'],
    [
      ['--bucket', 'vault:sseC=allowed'],
      '--bucket vault:sseC=allowed: sseC is no setting of a bucket. Write --sse-c.\n',
    ],
    [
      ['--bucket', 'vault:region=mars'],
      '--bucket vault:region=mars: invalid region mars; expected a region of AWS, such as eu-west-1, or a location of COS',
    ],
    [['--bucket', 'vault:owner=ann'], '--bucket vault:owner=ann: there is no account ann. The accounts are: default'],
    [['--bucket', 'vault:tags=a,tags=b'], '--bucket vault:tags=a,tags=b: tags is given twice. Give it once.'],
    [
      ['--bucket', 'vault:version=Enabled'],
      "--bucket vault:version=Enabled: there is no setting 'version'. Did you mean versioning? The settings are: versioning, mfaDelete, objectLock, region, owner, acl, ownershipControls, encryption, accelerate, requestPayment, abac. Write others, such as a policy, in a file of --fixtures.\n",
    ],
    [['--bucket', 'V:versioning=Enabled'], "--bucket V:versioning=Enabled: a bucket's name has"],
    [['--bucket', 'v.v', '--bucket', 'v.v'], '--bucket v.v: there is a bucket v.v already. Give each bucket once.'],
    [['--fixtures', 'missing.json'], '--fixtures missing.json: there is no such file. Give a file with'],
    [
      ['--fixtures', 'package.json'],
      '--fixtures package.json: the file contains no buckets. Give a file with the output of JSON.stringify(mock)',
    ],
    [['--fixtures', 'wrong.json'], "--fixtures wrong.json: bucket 'vault': there is no option 'version'"],
    [
      ['--account', 'partner:KEY'],
      '--account: invalid value partner:KEY; expected name, name:id, name:key:secret or name:id:key:secret, where the id has 12 digits',
    ],
    [['--account', 'a', '--account', 'a'], '--account a: there is an account a already. Give each account once.'],
    [
      ['--caller', 'ann'],
      '--caller: invalid value ann; expected the name of a user of --users; the mock has no users\n',
    ],
    [['--now', 'tomorrow'], '--now: invalid value tomorrow; expected a moment, such as 2026-01-31T10:00:00Z'],
    [['--page-size', 'all'], '--page-size: invalid value all; expected a number, such as 2'],
    [['--page-size', '0'], '--page-size: invalid value 0; expected a whole number from 1 on\n'],
    [['--port', '1', '--port', '2'], '--port is given twice: 1 and 2. Give it once.'],
    [['--region', 'a', '--region=b'], '--region is given twice: a and b. Give it once.'],
    [
      ['--door-path', '/bucket'],
      "--door-path: invalid value /bucket; expected a path that begins with no bucket's name, such as /_mock",
    ],
    [
      ['--door-host', 'http://a'],
      '--door-host: invalid value http://a; expected host names, such as mock.test or localhost:3000\n',
    ],
    [['--guard'], 'This command has no option --guard: it guards the process of a test'],
    [['--replication-delay', '5m'], "--replication-delay: invalid setting '5m'; expected name=value, such as days=..."],
    [
      ['--replication-delay', 'minute=5'],
      "--replication-delay: there is no setting 'minute'. Did you mean minutes? The settings are: days, hours",
    ],
    [
      ['--replication-delay', 'minutes=x'],
      '--replication-delay: minutes: invalid value x; expected a number, such as 5',
    ],
    [
      ['--replication-delay', 'days=36501'],
      '--replication-delay: invalid value days=36501; expected a duration from 0 to 36,500 days, such as minutes=5\n',
    ],
    [['--journal', 'limit=1,limit=2'], '--journal: limit is given twice. Give it once.'],
    [['--journal', 'limit=0'], '--journal: invalid limit 0; expected a whole number from 1 on\n'],
    [['--events', 'version=2.0'], '--events: version: invalid value 2.0; expected 2.1 or 2.6'],
    [['--events', 'duplicates=yes'], '--events: duplicates: invalid value yes; expected true or false'],
    [['--kms-keys', 'alias/a=off'], "--kms-keys: 'alias/a': invalid state 'off'; expected one of enabled, disabled"],
    [['--conditions', 's3:prefix=a'], "--conditions: S3 takes 's3:prefix' from the request itself"],
    [['--sse-c', 'maybe'], '--sse-c: invalid value maybe; expected blocked or allowed'],
    [
      ['--source-ip', 'here'],
      '--source-ip: invalid value here; expected an address, such as 203.0.113.7 or 2001:db8::1\n',
    ],
    [['--organization-id', 'x'], '--organization-id: invalid value x; expected'],
    [['--account-id', '12'], '--account-id: invalid value 12; expected 12 digits\n'],
    [['--account', ''], "--account: invalid value ''; expected name, name:id"],
    [
      ['--public-access-block', 'x'],
      `--public-access-block: invalid value x; expected an object as JSON, such as '{ "BlockPublicPolicy": true }', or @`,
    ],
    [
      ['--tls-cert', 'list.json'],
      '--tls-cert list.json: the file contains no -----BEGIN. Give the path of a file of PEM.\n',
    ],
    [['--users', '{ writer }'], "--users: invalid value …; expected an object as JSON, such as '{ "],
    [['--users', '[]'], '--users: invalid value …; expected an object as JSON'],
    [['--users', '{ "a": { "polcy": 1 } }'], "--users: user 'a': there is no option 'polcy'. Did you mean policy?"],
    [['--roles', '@missing.json'], '--roles @missing.json: there is no such file. Give an object as JSON'],
    [['--fixtures', 'number.json'], '--fixtures number.json: invalid pageSize 0; expected a whole number from 1 on\n'],
    [['--fixtures', 'option.json'], "--fixtures option.json: there is no option 'pageSice'. Did you mean pageSize?"],
    [
      ['--propagation', '--quiet'],
      "Option '--propagation' has no value: the argument after it begins with a dash. If that is the value, write --propagation=<value>. --help all lists the options.\n",
    ],
    [['--propagation', '-1'], '--propagation: invalid value -1; expected a number, such as 900'],
    [['--conditions', 'aws:Foo=1'], "--conditions: there is no condition key 'aws:Foo'. Give a global condition key"],
    [
      ['--conditions', 'aws:SourcVpc=1'],
      "--conditions: there is no condition key 'aws:SourcVpc'. Did you mean aws:SourceVpc?",
    ],
    [['facts', '--only', '--list'], "facts: Option '--only' has no value: the argument after it begins with a dash."],
    [['--propagation', 'soon'], '--propagation: invalid value soon; expected a number, such as 900'],
    [
      ['--fixtures', 'Contents.json'],
      '--fixtures Contents.json: fromListing was given a listing of objects, which has no versions.',
    ],
    [['--fixtures', 'Vault.json'], "invalid bucket name 'Vault'"],
    [['--fixtures', 'list.json'], '--fixtures list.json: the file contains no buckets.'],
  ])('%p is refused with exit code 2 and the allowed value', async (args, message) => {
    const { code, stdout, stderr } = await runs.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(`s3-versioning-mock: ${message}`) ? '' : stderr).toBe('');
    expect(stderr).not.toMatch(/\n.*at |\\n/);
  });

  it('ends with exit code 1 if the port is taken', async () => {
    const port = await start().port();
    const { code, stderr } = await project.run([cli, '--port', String(port)]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`s3-versioning-mock: --port ${port} of 127.0.0.1 is taken`),
    });
  });

  it('is the command of the package', () => {
    const { bin } = JSON.parse(textOf('package.json')) as { bin: Record<string, string> };
    expect(bin).toEqual({ 's3-versioning-mock': './dist/cli/run.js' });
    expect(textOf('src/cli/run.ts').split('\n')[0]).toBe('#!/usr/bin/env node');
  });
});
