import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { type MockS3, type MockS3Options, mockS3 } from '../../../src/index';
import { core } from '../../support/core-process';
import { closeNetwork } from '../scene';

const awsOf = ({ env }: NodeJS.Process) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => /^AWS_|proxy$/i.test(name)));

const running: MockS3[] = [];
function start(options: MockS3Options = {}): MockS3 {
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } }, ...options });
  running.push(s3);
  return s3;
}

function unset(): void {
  for (const { env } of [process, core]) {
    for (const name of Object.keys(env)) if (/^AWS_|proxy$/i.test(name)) delete env[name];
  }
}

beforeEach(unset);
afterEach(async () => {
  for (const s3 of running.splice(0)) await s3.stop();
  expect({ process: awsOf(process), core: awsOf(core) }).toEqual({ process: {}, core: {} });
});

describe('listen({ env: true })', () => {
  it('sets an address, in both copies of the environment, until the port is closed', async () => {
    const s3 = start();
    const { port, close } = await s3.listen({ env: true, hostname: 'localhost' });
    const set = {
      AWS_ENDPOINT_URL_S3: expect.stringMatching(`^http://(?:127\\.0\\.0\\.1|\\[::1\\]):${port}$`),
      AWS_ENDPOINT_URL_STS: process.env['AWS_ENDPOINT_URL_S3'],
      AWS_ACCESS_KEY_ID: expect.any(String),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    expect({ process: awsOf(process), core: awsOf(core) }).toEqual({ process: set, core: set });
    const closed = close();
    expect(core).not.toBe(process);
    expect(awsOf(core)).toEqual({});
    expect(process.env['AWS_ENDPOINT_URL_S3']).toBeUndefined();
    await closed;
  });

  it('leaves a key pair and a region of the user, and sets none if the mock has credentials: false', async () => {
    Object.assign(core.env, { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1' });
    const own = start();
    await own.listen({ env: true });
    const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_STS, ...rest } = awsOf(core);
    expect(AWS_ENDPOINT_URL_S3).toMatch(/^http:/);
    expect(AWS_ENDPOINT_URL_STS).toBe(AWS_ENDPOINT_URL_S3);
    expect(rest).toEqual({ AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1' });
    await own.stop();
    unset();
    await start({ credentials: false }).listen({ env: true });
    expect(Object.keys(awsOf(core))).toEqual(['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_STS']);
  });

  it.each([{ sts: false }, { dialect: 'ibm-cos' as const }])(
    'leaves STS out if it is not answered: %j',
    async (options) => {
      await start({ credentials: false, ...options }).listen({ env: true });
      expect(Object.keys(awsOf(core))).toEqual(['AWS_ENDPOINT_URL_S3']);
    },
  );

  it('keeps a proxy of the environment away from the port', async () => {
    Object.assign(core.env, { http_proxy: 'http://proxy.test:3128', no_proxy: 'a.test' });
    await start().listen({ env: true });
    expect(awsOf(core)).toMatchObject({ NO_PROXY: 'a.test,127.0.0.1', no_proxy: 'a.test,127.0.0.1' });
    for (const s3 of running.splice(0)) await s3.stop();
    expect(awsOf(core)).toEqual({ http_proxy: 'http://proxy.test:3128', no_proxy: 'a.test' });
    unset();
  });

  it.each([
    ['first', 'second'],
    ['second', 'first'],
  ])('two mocks: the newest one decides, and %s may end before %s', async (...order) => {
    core.env['AWS_ENDPOINT_URL_S3'] = 'http://before.test';
    const mocks: Record<string, MockS3> = {};
    const urls: Record<string, string> = {};
    for (const name of ['first', 'second']) {
      mocks[name] = start({ hosts: { only: [`${name}.test`] } });
      urls[name] = (await mocks[name].listen({ env: true })).url;
      expect(core.env['AWS_ENDPOINT_URL_S3']).toBe(urls[name]);
    }
    await mocks[order[0] ?? '']?.stop();
    expect(core.env['AWS_ENDPOINT_URL_S3']).toBe(urls[order[1] ?? '']);
    await mocks[order[1] ?? '']?.stop();
    expect(core.env['AWS_ENDPOINT_URL_S3']).toBe('http://before.test');
    unset();
  });

  it('leaves a value that the test has set in the meantime', async () => {
    const s3 = start();
    await s3.listen({ env: true });
    core.env['AWS_ENDPOINT_URL_S3'] = 'http://later.test';
    await s3.stop();
    expect(core.env['AWS_ENDPOINT_URL_S3']).toBe('http://later.test');
    unset();
  });

  it('clients of this process reach the same mock, whether they are older or newer', async () => {
    const s3 = start();
    const read = async (client: S3Client) =>
      (await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }))).Status;
    const older = new S3Client({});
    expect(await read(older)).toBe('Enabled');
    const { url } = await s3.listen({ env: true });
    expect({ older: await read(older), newer: await read(new S3Client({})) }).toEqual({
      older: 'Enabled',
      newer: 'Enabled',
    });
    expect(s3.requests.map((request) => new URL(request.url).origin)).toEqual([
      'https://vault.s3.us-east-1.amazonaws.com',
      'https://vault.s3.us-east-1.amazonaws.com',
      url,
    ]);
  });

  it('is not taken for an endpoint of the user by another mock', async () => {
    const first = start({ hosts: { only: [] } });
    const { url } = await first.listen({ env: true });
    const second = start();
    expect({ first: first.answers(url), second: second.answers(url) }).toEqual({ first: true, second: false });
  });

  it('a port passes the guard of nock', async () => {
    const lookups = closeNetwork();
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
    try {
      const { url } = await start({ nock }).listen();
      expect((await fetch(`${url}/vault?versioning`)).status).toBe(403);
      await expect(fetch('http://127.0.0.1:1/')).rejects.toMatchObject({ message: expect.stringContaining('Nock') });
      expect(lookups).toEqual([]);
    } finally {
      nock.enableNetConnect();
      nock.cleanAll();
      nock.restore();
    }
  });

  it('refuses a wrong value, and an environment whose endpoints SDKs ignore', async () => {
    const s3 = start();
    for (const env of ['true', 1, {}, null]) {
      const refused = s3.listen({ env } as never);
      await expect(refused).rejects.toThrow(TypeError);
      await expect(refused).rejects.toThrow(
        '; expected true, which sets AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL_STS for child processes',
      );
    }
    process.env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] = 'true';
    await expect(s3.listen({ env: true })).rejects.toMatchObject({ code: 'ENDPOINT_IGNORED' });
    unset();
  });
});
