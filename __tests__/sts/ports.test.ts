import http from 'node:http';
import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import type { MockS3Options } from '../../src/index';
import { startedMocks } from '../support/started-mocks';
import { formOf, signedAs } from './form';

const startMock = startedMocks();
const RoleArn = 'arn:aws:iam::000000000000:role/reader';
const session = { RoleArn, RoleSessionName: 'backup' };

function start(options: MockS3Options = {}) {
  return startMock({ buckets: { vault: { versioning: 'Enabled' } }, roles: { reader: {} }, ...options });
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function ask(
  url: string,
  { method = 'POST', path = '/', headers, body = '' }: Sent,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(path, url), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

// F740
describe.each(['a port', 'a host of the user'])('at %s', (place) => {
  async function startAt(options: MockS3Options = {}) {
    const endpoint = 'http://localhost:9999';
    const s3 = start(place === 'a port' ? options : { ...options, hosts: [endpoint] });
    return { s3, endpoint: place === 'a port' ? (await s3.listen()).url : endpoint };
  }

  it('S3 and STS are both answered', async () => {
    const { s3, endpoint } = await startAt();
    const { Credentials } = await new STSClient({ endpoint }).send(new AssumeRoleCommand(session));
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    const client = new S3Client({ endpoint, forcePathStyle: true, credentials });
    expect(await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }))).toMatchObject({ Status: 'Enabled' });
    expect(s3.requests.map(({ service, operation }) => `${service} ${operation}`)).toEqual([
      'sts AssumeRole',
      's3 GetBucketVersioning',
    ]);
    expect(s3.requests.at(-1)?.caller).toMatchObject({ role: 'reader' });
  });

  it('web identities are answered, which nobody signs', async () => {
    const { endpoint } = await startAt();
    const web = new AssumeRoleWithWebIdentityCommand({ ...session, WebIdentityToken: 'token' });
    expect(await new STSClient({ endpoint }).send(web)).toHaveProperty('Credentials');
  });

  it('a signature in the query leads to STS as well', async () => {
    const { s3, endpoint } = await startAt({ verifySignatures: false });
    const query = new URLSearchParams({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAUNKNOWN/20260301/eu-west-1/sts/aws4_request',
      'X-Amz-Date': '20260301T120000Z',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': '0',
    });
    expect(await ask(endpoint, { method: 'GET', path: `/?${query}` })).toMatchObject({ status: 200 });
    expect(s3.requests.at(-1)).toMatchObject({ service: 'sts', operation: 'GetCallerIdentity' });
  });

  it('any region is right, as the scope says', async () => {
    const { endpoint } = await startAt({ verifySignatures: true });
    for (const region of ['us-east-1', 'eu-west-1'])
      expect(await new STSClient({ endpoint, region }).send(new GetCallerIdentityCommand({}))).toHaveProperty('Arn');
  });

  it('is in the region of the scope, for policies, ARNs and outages', async () => {
    const { s3, endpoint } = await startAt();
    const identityIn = (region: string) =>
      new STSClient({ endpoint, region, maxAttempts: 1 }).send(new GetCallerIdentityCommand({}));
    expect(await identityIn('cn-north-1')).toHaveProperty('Arn', 'arn:aws-cn:iam::000000000000:root');

    s3.outage({ region: 'eu-west-1' });
    expect(await identityIn('us-east-1')).toHaveProperty('Arn');
    await expect(identityIn('eu-west-1')).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });

  it.each<[string, Sent]>([
    ['an unknown action that nobody signed', { headers: form, body: formOf({ Action: 'Nothing' }) }],
    ['a form of another version', { headers: form, body: formOf({ ...session, Action: 'AssumeRole', Version: '1' }) }],
    ['a form to a path', { path: '/vault', headers: form, body: formOf({ Action: 'GetCallerIdentity' }) }],
    [
      'a form that is signed for S3',
      {
        headers: { ...form, ...signedAs({ accessKeyId: 'A' }, 'us-east-1', 's3') },
        body: formOf({ Action: 'GetCallerIdentity' }),
      },
    ],
    ['another type', { headers: { 'content-type': 'text/plain' }, body: formOf({ Action: 'GetCallerIdentity' }) }],
  ])('is for S3: %s', async (_, sent) => {
    const { s3, endpoint } = await startAt();
    await ask(endpoint, sent);
    expect(s3.requests.at(-1)?.service).toBe('s3');
  });

  it('STS is not answered under sts: false', async () => {
    const { s3, endpoint } = await startAt({ sts: false });
    const sent = {
      headers: { ...form, ...signedAs({ accessKeyId: 'A' }) },
      body: formOf({ Action: 'GetCallerIdentity' }),
    };
    const refusal = {
      'a port': 'signed for sts, and the mock does not answer STS<',
      'a host of the user': 'MethodNotAllowed',
    };
    expect((await ask(endpoint, sent)).body).toContain(Object.entries(refusal).find(([name]) => name === place)?.[1]);
    const entry = s3.requests.at(-1);
    expect(entry?.operation).toBeUndefined();
    if (place === 'a port') expect(entry?.why).toContain('does not answer STS; mockS3({ sts: false }) turned STS off');
  });

  it('STS is not there in the dialect of IBM COS', async () => {
    const { s3, endpoint } = await startAt({ dialect: 'ibm-cos' });
    await ask(endpoint, {
      headers: { ...form, ...signedAs({ accessKeyId: 'A' }) },
      body: formOf({ Action: 'GetCallerIdentity' }),
    });
    expect(s3.requests.at(-1)?.service).toBe('s3');
  });
});

describe('another service at a port', () => {
  it('is refused by its name, and recorded', async () => {
    const s3 = start();
    const { url } = await s3.listen();
    const client = new SQSClient({ endpoint: url, maxAttempts: 1 });
    const sent = client.send(new SendMessageCommand({ QueueUrl: `${url}/000000000000/jobs`, MessageBody: 'x' }));
    await expect(sent).rejects.toThrow(
      'the request is signed for sqs, and s3-versioning-mock answers only S3, STS and S3 Control',
    );
    expect(s3.requests.at(-1)).toMatchObject({
      service: undefined,
      operation: undefined,
      status: 400,
      error: {
        code: 'S3MockUnknownHost',
        message: '127.0.0.1: the request is signed for sqs, and s3-versioning-mock answers only S3, STS and S3 Control',
      },
    });
  });

  it.each(['sqs.eu-west-1.amazonaws.com', 'iam.amazonaws.com', 'portal.sso.eu-west-1.amazonaws.com'])(
    'is refused by its host: %s',
    async (host) => {
      const s3 = start();
      const { url } = await s3.listen();
      expect(await ask(url, { headers: { ...form, host } })).toEqual({
        status: 400,
        body: expect.stringContaining(
          `<Message>${host}: it is another AWS service, and s3-versioning-mock answers only S3, STS and S3 Control</Message>`,
        ),
      });
      expect(s3.requests.at(-1)?.error?.code).toBe('S3MockUnknownHost');
    },
  );

  it('is not a host of S3 or STS that a proxy leads there', async () => {
    const s3 = start();
    const { url } = await s3.listen();
    const body = formOf({ Action: 'GetCallerIdentity' });
    const headers = { ...form, ...signedAs({ accessKeyId: 'A' }), host: 'sts.eu-west-1.amazonaws.com' };
    expect(await ask(url, { headers, body })).toMatchObject({ status: 200 });
    expect(
      await ask(url, { method: 'GET', path: '/?versioning', headers: { host: 'vault.s3.amazonaws.com' } }),
    ).toMatchObject({ status: 403 });
    expect(s3.requests.map(({ service }) => service)).toEqual(['sts', 's3']);
  });
});

describe('s3.answers', () => {
  it('is true of the hosts of STS, unless the mock leaves them alone', () => {
    const answers = (options: MockS3Options) => {
      const s3 = start(options);
      const found = ['sts.amazonaws.com', 'https://sts.eu-west-1.amazonaws.com/', 'sqs.eu-west-1.amazonaws.com'].map(
        s3.answers,
      );
      void s3.stop();
      return found;
    };
    expect(answers({})).toEqual([true, true, false]);
    expect(answers({ sts: false })).toEqual([false, false, false]);
    expect(answers({ hosts: { only: [] } })).toEqual([false, false, false]);
  });

  it('the option sts is true or false', () => {
    expect(() => start({ sts: 'no' as never })).toThrow(
      "mockS3: invalid sts 'no'; expected true or false, or undefined",
    );
  });
});
