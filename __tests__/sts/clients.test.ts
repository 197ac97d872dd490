import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni, fromTemporaryCredentials, fromTokenFile, fromWebToken } from '@aws-sdk/credential-providers';
import { describe, expect, it } from '@jest/globals';
import type STS from 'aws-sdk/clients/sts';
import type { MockS3, MockS3Options } from '../../src/index';
import { startedMocks } from '../support/started-mocks';
import { AWS } from './aws-sdk-v2';
import { profilesOfTests } from './profiles';

const startMock = startedMocks();
const { write, writeProfiles } = profilesOfTests();
const writeToken = () => write('token', 'token-of-the-pod');
const RoleArn = 'arn:aws:iam::000000000000:role/reader';
const reads = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } as const;

function start(options: MockS3Options = {}): MockS3 {
  return startMock({
    buckets: { vault: { versioning: 'Enabled' } },
    users: { ann: {} },
    roles: { reader: { policy: reads }, writer: {} },
    ...options,
  });
}

async function read(credentials: NonNullable<ConstructorParameters<typeof S3Client>[0]>['credentials']): Promise<void> {
  const client = new S3Client({ region: 'eu-west-1', ...(credentials && { credentials }) });
  await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  client.destroy();
}

/** The requests of a test, without what SDKs make up. */
const calls = (s3: MockS3) =>
  s3.requests.map(({ operation, url, caller }) => ({ operation, host: new URL(url).host, caller: callerOf(caller) }));
const callerOf = (caller: MockS3['requests'][number]['caller']) =>
  caller === 'anonymous' ? caller : (caller.role ?? caller.user ?? 'root');
const bucketCall = (caller: string) => ({
  operation: 'GetBucketVersioning',
  host: expect.stringMatching(/s3/),
  caller,
});

describe('the AWS SDK v3', () => {
  it.each([
    [{ region: 'eu-west-1' }, 'sts.eu-west-1.amazonaws.com'],
    [{ region: 'aws-global' }, 'sts.amazonaws.com'],
    [{ region: 'eu-west-1', useGlobalEndpoint: true }, 'sts.amazonaws.com'],
    [{ region: 'us-east-1', useFipsEndpoint: true }, 'sts-fips.us-east-1.amazonaws.com'],
    [{ region: 'eu-west-1', useDualstackEndpoint: true }, 'sts.eu-west-1.api.aws'],
    [{ region: 'cn-north-1' }, 'sts.cn-north-1.amazonaws.com.cn'],
    [{ region: 'us-gov-west-1' }, 'sts.us-gov-west-1.amazonaws.com'],
    [{ region: 'us-iso-east-1' }, 'sts.us-iso-east-1.c2s.ic.gov'],
  ])('is answered at the host that it has for %j, with a signature for it', async (options, host) => {
    const s3 = start({ verifySignatures: true });
    const client = new STSClient({ ...options, credentials: s3.account.user('ann').credentials });
    expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: expect.stringMatching(/user\/ann$/),
    });
    expect(calls(s3)).toEqual([{ operation: 'GetCallerIdentity', host, caller: 'ann' }]);
    client.destroy();
  });

  it('fromTemporaryCredentials assumes the role once, and S3 knows its session', async () => {
    const s3 = start();
    const masterCredentials = s3.account.user('ann').credentials;
    const provider = fromTemporaryCredentials({
      masterCredentials,
      params: { RoleArn },
      clientConfig: { region: 'eu-west-1' },
    });
    const client = new S3Client({ credentials: provider });
    for (let count = 0; count < 3; count += 1) await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
    expect(calls(s3)).toEqual([
      { operation: 'AssumeRole', host: 'sts.eu-west-1.amazonaws.com', caller: 'ann' },
      ...[1, 2, 3].map(() => bucketCall('reader')),
    ]);
    expect(s3.requests.of('AssumeRole')[0]?.input).toEqual({
      RoleArn,
      RoleSessionName: expect.stringMatching(/^aws-sdk-js-\d+$/),
    });
    client.destroy();
  });

  it('fromIni assumes the role of a profile', async () => {
    const s3 = start();
    writeProfiles(
      s3,
      `[profile deploy]\nrole_arn = ${RoleArn}\nsource_profile = base\nexternal_id = partner\nregion = eu-central-1\n`,
    );
    await read(fromIni({ profile: 'deploy' }));
    expect(calls(s3)).toEqual([
      { operation: 'AssumeRole', host: 'sts.eu-central-1.amazonaws.com', caller: 'ann' },
      bucketCall('reader'),
    ]);
    expect(s3.requests.of('AssumeRole')[0]?.input).toMatchObject({ DurationSeconds: 3600, ExternalId: 'partner' });
  });

  it('fromIni assumes the role of a profile by the keys of the environment', async () => {
    const s3 = start({ caller: 'ann' });
    writeProfiles(s3, `[profile deploy]\nrole_arn = ${RoleArn}\ncredential_source = Environment\nregion = eu-west-1\n`);
    await read(fromIni({ profile: 'deploy' }));
    expect(calls(s3)[0]).toMatchObject({ operation: 'AssumeRole', caller: 'ann' });
  });

  it('fromIni signs the second of two chained roles with the session of the first', async () => {
    const s3 = start();
    writeProfiles(
      s3,
      `[profile first]\nrole_arn = arn:aws:iam::000000000000:role/writer\nsource_profile = base\nregion = eu-west-1\n` +
        `[profile second]\nrole_arn = ${RoleArn}\nsource_profile = first\nregion = eu-west-1\n`,
    );
    await read(fromIni({ profile: 'second' }));
    expect(calls(s3).map(({ operation, caller }) => `${operation} ${caller}`)).toEqual([
      'AssumeRole ann',
      'AssumeRole writer',
      'GetBucketVersioning reader',
    ]);
  });

  it.each([
    [
      'fromTokenFile',
      () =>
        fromTokenFile({
          webIdentityTokenFile: writeToken(),
          roleArn: RoleArn,
          roleSessionName: 'pod',
          clientConfig: { region: 'eu-west-1' },
        }),
    ],
    [
      'fromWebToken',
      () =>
        fromWebToken({
          webIdentityToken: 'token-of-the-pod',
          roleArn: RoleArn,
          roleSessionName: 'pod',
          clientConfig: { region: 'eu-west-1' },
        }),
    ],
  ])('%s exchanges its token without a signature', async (_, provider) => {
    const s3 = start({ verifySignatures: true });
    await read(provider());
    expect(calls(s3)).toEqual([
      { operation: 'AssumeRoleWithWebIdentity', host: 'sts.eu-west-1.amazonaws.com', caller: 'anonymous' },
      bucketCall('reader'),
    ]);
    expect(s3.requests[0]?.input).toMatchObject({ RoleSessionName: 'pod', WebIdentityToken: 'token-of-the-pod' });
  });

  it('AWS_ENDPOINT_URL leads STS to the host of S3, which answers both', async () => {
    process.env['AWS_ENDPOINT_URL'] = 'http://localhost:4566';
    const s3 = start();
    await new STSClient({}).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'backup' }));
    expect(calls(s3)).toMatchObject([{ operation: 'AssumeRole', host: 'localhost:4566' }]);
  });
});

describe('an error of STS', () => {
  it.each([
    ['AccessDenied', 'AccessDenied'],
    ['ExpiredToken', 'ExpiredToken'],
    ['InvalidClientTokenId', 'InvalidClientTokenId'],
    ['SignatureDoesNotMatch', 'SignatureDoesNotMatch'],
    ['ValidationError', 'ValidationError'],
    ['PackedPolicyTooLarge', 'PackedPolicyTooLargeException'],
    ['MalformedPolicyDocument', 'MalformedPolicyDocumentException'],
    ['InvalidIdentityToken', 'InvalidIdentityTokenException'],
    ['IDPCommunicationError', 'IDPCommunicationErrorException'],
    ['RegionDisabledException', 'RegionDisabledException'],
    ['ExpiredTokenException', 'ExpiredTokenException'],
  ] as const)('%s is the %s of v3, and has its code in v2', async (code, name) => {
    const s3 = start();
    s3.on('AssumeRole').fail(code);
    const client = new STSClient({ maxAttempts: 1 });
    const input = { RoleArn, RoleSessionName: 'backup' };
    await expect(client.send(new AssumeRoleCommand(input))).rejects.toMatchObject({ name });
    await expect(new AWS.STS({ maxRetries: 0 }).assumeRole(input).promise()).rejects.toMatchObject({ code });
    client.destroy();
  });

  it('is retried by v3 if the identity provider was not reached, and otherwise is not', async () => {
    const s3 = start();
    s3.on('AssumeRole').fail('IDPCommunicationError', { times: 1 }).fail('AccessDenied', { times: 1 });
    const client = new STSClient({});
    const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'backup' });
    await expect(client.send(assume)).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { attempts: 2 } });
    client.destroy();
  });
});

describe('the environment under credentials: false', () => {
  it('has the web identity that a test sets, and the SDK exchanges it', async () => {
    Object.assign(process.env, {
      AWS_ROLE_ARN: RoleArn,
      AWS_WEB_IDENTITY_TOKEN_FILE: writeToken(),
      AWS_ROLE_SESSION_NAME: 'pod',
      AWS_REGION: 'eu-west-1',
    });
    const s3 = start({ credentials: false });
    await read(undefined);
    expect(calls(s3).map(({ operation, caller }) => `${operation} ${caller}`)).toEqual([
      'AssumeRoleWithWebIdentity anonymous',
      'GetBucketVersioning reader',
    ]);
    expect(s3.requests[0]?.input).toMatchObject({ RoleSessionName: 'pod', WebIdentityToken: 'token-of-the-pod' });
  });

  it('has the profile that a test sets', async () => {
    process.env['AWS_PROFILE'] = 'deploy';
    const s3 = start({ credentials: false });
    writeProfiles(s3, `[profile deploy]\nrole_arn = ${RoleArn}\nsource_profile = base\nregion = eu-west-1\n`);
    await read(undefined);
    expect(calls(s3).map(({ operation, caller }) => `${operation} ${caller}`)).toEqual([
      'AssumeRole ann',
      'GetBucketVersioning reader',
    ]);
  });

  it('is hidden without that option: the code runs on the keys of the mock', async () => {
    Object.assign(process.env, {
      AWS_ROLE_ARN: RoleArn,
      AWS_WEB_IDENTITY_TOKEN_FILE: writeToken(),
      AWS_PROFILE: 'deploy',
    });
    const s3 = start();
    await read(undefined);
    expect(calls(s3)).toEqual([bucketCall('root')]);
  });
});

/** The SDK's types require the name of the session, for which it has a default. */
function withoutName<Parameters extends object>(
  parameters: Parameters,
): Parameters & { readonly RoleSessionName: string } {
  return parameters as Parameters & { readonly RoleSessionName: string }; // as above
}

describe('the AWS SDK v2', () => {
  it.each<[STS.ClientConfiguration, string]>([
    [{ region: 'eu-west-1' }, 'sts.amazonaws.com'],
    [{ region: 'eu-west-1', stsRegionalEndpoints: 'regional' }, 'sts.eu-west-1.amazonaws.com'],
    [{ region: 'cn-north-1' }, 'sts.cn-north-1.amazonaws.com.cn'],
    [{ region: 'us-gov-west-1' }, 'sts.us-gov-west-1.amazonaws.com'],
  ])('is answered at the host that it has for %j, with a signature for it', async (options, host) => {
    const s3 = start({ verifySignatures: true });
    const sts = new AWS.STS({ ...options, credentials: s3.account.user('ann').credentials });
    expect(await sts.getCallerIdentity().promise()).toMatchObject({ Arn: expect.stringMatching(/user\/ann$/) });
    expect(calls(s3)).toEqual([{ operation: 'GetCallerIdentity', host, caller: 'ann' }]);
  });

  it('TemporaryCredentials assume the role, under a name of their own', async () => {
    const s3 = start();
    const masterCredentials = new AWS.Credentials(s3.account.user('ann').credentials);
    const credentials = new AWS.TemporaryCredentials(withoutName({ RoleArn }), masterCredentials);
    await new AWS.S3({ credentials, region: 'us-east-1' }).getBucketVersioning({ Bucket: 'vault' }).promise();
    expect(calls(s3)).toEqual([
      { operation: 'AssumeRole', host: 'sts.amazonaws.com', caller: 'ann' },
      bucketCall('reader'),
    ]);
    expect(s3.requests.of('AssumeRole')[0]?.input.RoleSessionName).toBe('temporary-credentials');
  });

  it('TemporaryCredentials without a role call GetSessionToken', async () => {
    const s3 = start();
    const credentials = new AWS.TemporaryCredentials(
      // @ts-expect-error its types require a role
      undefined,
      new AWS.Credentials(s3.account.user('ann').credentials),
    );
    await new AWS.S3({ credentials, region: 'us-east-1' }).getBucketVersioning({ Bucket: 'vault' }).promise();
    expect(calls(s3).map(({ operation, caller }) => `${operation} ${caller}`)).toEqual([
      'GetSessionToken ann',
      'GetBucketVersioning ann',
    ]);
  });

  it('WebIdentityCredentials and TokenFileWebIdentityCredentials exchange their tokens', async () => {
    const s3 = start();
    Object.assign(process.env, { AWS_ROLE_ARN: RoleArn, AWS_WEB_IDENTITY_TOKEN_FILE: writeToken() });
    const web = new AWS.WebIdentityCredentials(withoutName({ RoleArn, WebIdentityToken: 'token' }));
    const file = new AWS.TokenFileWebIdentityCredentials();
    for (const credentials of [web, file])
      await new AWS.S3({ credentials, region: 'us-east-1' }).getBucketVersioning({ Bucket: 'vault' }).promise();
    expect(
      s3.requests.of('AssumeRoleWithWebIdentity').map(({ input, caller }) => ({ name: input.RoleSessionName, caller })),
    ).toEqual([
      { name: 'web-identity', caller: 'anonymous' },
      { name: 'token-file-web-identity', caller: 'anonymous' },
    ]);
  });
});
