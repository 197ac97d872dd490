import { GetBucketVersioningCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { fromIni, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { describe, expect, it } from '@jest/globals';
import type { Credentials } from 'aws-sdk/lib/credentials';
import type { MockS3, MockS3Options } from '../../src/index';
import { startedMocks } from '../support/started-mocks';
import { AWS } from './aws-sdk-v2';
import { profilesOfTests } from './profiles';

const startMock = startedMocks();
const { write, writeProfiles } = profilesOfTests();
const serial = 'arn:aws:iam::000000000000:mfa/ann';
const arnOf = (role: string) => `arn:aws:iam::000000000000:role/${role}`;

function start(options: MockS3Options = {}): MockS3 {
  const trusts = (principal: string, further: object = {}) => ({
    Version: '2012-10-17' as const,
    Statement: { Effect: 'Allow' as const, Principal: { AWS: principal }, Action: 'sts:AssumeRole', ...further },
  });
  const withCode = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } } };
  return startMock({
    buckets: { vault: { versioning: 'Enabled' } },
    users: { ann: {} },
    caller: 'ann',
    roles: {
      deployer: { trust: trusts('arn:aws:iam::000000000000:user/ann', withCode) },
      reader: { trust: trusts(arnOf('deployer')) },
    },
    ...options,
  });
}

function device({ account }: MockS3) {
  const asked: string[] = [];
  const ask = (of: string) => {
    asked.push(of);
    return account.user('ann').mfa.nextCode();
  };
  return { asked, ask };
}

async function readV3(credentials: NonNullable<S3ClientConfig['credentials']>): Promise<void> {
  const client = new S3Client({ region: 'eu-west-1', credentials });
  for (let count = 0; count < 2; count += 1) await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  client.destroy();
}

async function readV2(credentials: Credentials): Promise<void> {
  const client = new AWS.S3({ credentials, region: 'us-east-1' });
  for (let count = 0; count < 2; count += 1) await client.getBucketVersioning({ Bucket: 'vault' }).promise();
}

function calls(s3: MockS3): readonly string[] {
  return s3.requests.map(({ operation, caller }) => {
    const name = caller === 'anonymous' ? caller : (caller.role ?? caller.user ?? 'root');
    return `${operation} by ${name}`;
  });
}

const withOneCode = ['AssumeRole by ann', 'GetBucketVersioning by deployer', 'GetBucketVersioning by deployer'];

describe('a code for the role is asked for once', () => {
  it('by fromTemporaryCredentials of v3', async () => {
    const s3 = start();
    const { asked, ask } = device(s3);
    const params = { RoleArn: arnOf('deployer'), SerialNumber: serial };
    await readV3(fromTemporaryCredentials({ params, mfaCodeProvider: async (of) => ask(of) }));
    expect({ asked, calls: calls(s3) }).toEqual({ asked: [serial], calls: withOneCode });
    expect(s3.requests.of('AssumeRole')[0]?.input).toEqual({
      RoleArn: arnOf('deployer'),
      RoleSessionName: expect.stringMatching(/^aws-sdk-js-\d+$/),
      SerialNumber: serial,
      TokenCode: expect.stringMatching(/^\d{6}$/),
    });
  });

  it('by fromIni of v3 for a profile', async () => {
    const s3 = start();
    const { asked, ask } = device(s3);
    writeProfiles(
      s3,
      `[profile deploy]\nrole_arn = ${arnOf('deployer')}\nsource_profile = base\nmfa_serial = ${serial}\nrole_session_name = build-7\nduration_seconds = 900\nregion = eu-west-1\n`,
    );
    await readV3(fromIni({ profile: 'deploy', mfaCodeProvider: async (of) => ask(of) }));
    expect({ asked, calls: calls(s3) }).toEqual({ asked: [serial], calls: withOneCode });
    expect(s3.requests.of('AssumeRole')[0]?.input).toEqual({
      RoleArn: arnOf('deployer'),
      RoleSessionName: 'build-7',
      DurationSeconds: 900,
      SerialNumber: serial,
      TokenCode: expect.any(String),
    });
  });

  it('by ChainableTemporaryCredentials of v2', async () => {
    const s3 = start();
    const { asked, ask } = device(s3);
    const credentials = new AWS.ChainableTemporaryCredentials({
      params: { RoleArn: arnOf('deployer'), RoleSessionName: 'build-7', SerialNumber: serial },
      tokenCodeFn: (of, done) => done(undefined, ask(of)),
    });
    await readV2(credentials);
    expect({ asked, calls: calls(s3) }).toEqual({ asked: [serial], calls: withOneCode });
  });

  it('by SharedIniFileCredentials of v2 for a profile', async () => {
    const s3 = start();
    const { asked, ask } = device(s3);
    process.env['AWS_SDK_LOAD_CONFIG'] = '1';
    writeProfiles(
      s3,
      `[profile deploy]\nrole_arn = ${arnOf('deployer')}\nsource_profile = base\nmfa_serial = ${serial}\n`,
    );
    const credentials = new AWS.SharedIniFileCredentials({
      profile: 'deploy',
      tokenCodeFn: (of, done) => done(undefined, ask(of)),
    });
    await readV2(credentials);
    expect({ asked, calls: calls(s3) }).toEqual({ asked: [serial], calls: withOneCode });
  });

  it('and is refused to a second provider that sends it again', async () => {
    const s3 = start();
    const code = s3.account.user('ann').mfa.code();
    const params = { RoleArn: arnOf('deployer'), SerialNumber: serial };
    const provider = () => fromTemporaryCredentials({ params, mfaCodeProvider: async () => code });
    await provider()();
    await expect(provider()()).rejects.toThrow('invalid MFA one time pass code');
  });
});

describe('a role that only another role may assume is assumed through it', () => {
  const chained = [
    'AssumeRole by ann',
    'AssumeRole by deployer',
    'GetBucketVersioning by reader',
    'GetBucketVersioning by reader',
  ];

  it('by fromTemporaryCredentials of v3', async () => {
    const s3 = start();
    const first = { RoleArn: arnOf('deployer'), SerialNumber: serial };
    const masterCredentials = fromTemporaryCredentials({
      params: first,
      mfaCodeProvider: async () => device(s3).ask(serial),
    });
    await readV3(fromTemporaryCredentials({ masterCredentials, params: { RoleArn: arnOf('reader') } }));
    expect(calls(s3)).toEqual(chained);
  });

  it('by ChainableTemporaryCredentials of v2', async () => {
    const s3 = start();
    const masterCredentials = new AWS.ChainableTemporaryCredentials({
      params: { RoleArn: arnOf('deployer'), RoleSessionName: 'first', SerialNumber: serial },
      tokenCodeFn: (of, done) => done(undefined, device(s3).ask(of)),
    });
    const params = { RoleArn: arnOf('reader'), RoleSessionName: 'second' };
    await readV2(new AWS.ChainableTemporaryCredentials({ params, masterCredentials }));
    expect(calls(s3)).toEqual(chained);
  });
});

describe('the host of STS', () => {
  const open = { roles: { reader: {} } };
  const hosts = (s3: MockS3) => s3.requests.of('AssumeRole').map(({ url }) => new URL(url).host);

  it('is the regional one of v2 if AWS_STS_REGIONAL_ENDPOINTS says so, and the global one otherwise', async () => {
    const s3 = start(open);
    const params = { RoleArn: arnOf('reader'), RoleSessionName: 'backup' };
    await new AWS.STS({ region: 'eu-west-1' }).assumeRole(params).promise();
    process.env['AWS_STS_REGIONAL_ENDPOINTS'] = 'regional';
    await new AWS.STS({ region: 'eu-west-1' }).assumeRole(params).promise();
    expect(hosts(s3)).toEqual(['sts.amazonaws.com', 'sts.eu-west-1.amazonaws.com']);
  });

  it('is that of the region of the parent client for a provider of v3 that names none', async () => {
    const s3 = start(open);
    await readV3(fromTemporaryCredentials({ params: { RoleArn: arnOf('reader') } }));
    expect(hosts(s3)).toEqual(['sts.eu-west-1.amazonaws.com']);
  });
});

it('fromIni exchanges the token that a profile names, without a signature', async () => {
  const s3 = start({ roles: { reader: {} } });
  const token = write('token', 'token-of-the-pod');
  writeProfiles(
    s3,
    `[profile pod]\nrole_arn = ${arnOf('reader')}\nweb_identity_token_file = ${token}\nregion = eu-west-1\n`,
  );
  await readV3(fromIni({ profile: 'pod' }));
  expect(calls(s3)[0]).toBe('AssumeRoleWithWebIdentity by anonymous');
  expect(s3.requests.at(-1)?.caller).toMatchObject({ role: 'reader' });
});

// The first that reads AWS_ENDPOINT_URL_STS. An older one would call the real STS.
