import { DeleteObjectCommand, GetObjectCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, type Credentials, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src/index';
import { startedMocks } from '../support/started-mocks';

const startMock = startedMocks();
const RoleArn = 'arn:aws:iam::000000000000:role/reader';
const object = { Bucket: 'vault', Key: 'a.pdf' };
const read = new GetObjectCommand(object);

let s3: MockS3;
beforeEach(() => {
  s3 = startMock({
    now: '2026-03-01T12:00:00Z',
    users: { ann: {} },
    roles: {
      reader: {
        policy: {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' },
        },
      },
    },
    buckets: {
      vault: { versioning: 'Enabled', objects: { 'a.pdf': [{ body: 'first', versionId: 'v1' }] } },
      locked: { versioning: 'Enabled', mfaDelete: 'Enabled' },
    },
  });
});

/** The keys of an answer of STS, as a client takes them. */
function keysOf(given: Credentials | undefined) {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

async function beginRole() {
  const sts = new STSClient({ credentials: s3.account.user('ann').credentials });
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'build-7' }));
  return keysOf(Credentials);
}

const client = (credentials: ReturnType<typeof keysOf> | { accessKeyId: string; secretAccessKey: string }) =>
  new S3Client({ credentials, maxAttempts: 1 });

// F496, F497
describe('S3 answers a request with the credentials of a session from STS', () => {
  it('as the role allows, and names the session where it refuses', async () => {
    const keys = await beginRole();
    await client(keys).send(read);
    await expect(client(keys).send(new DeleteObjectCommand(object))).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:sts::000000000000:assumed-role/reader/build-7 is not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::vault/a.pdf" because no identity-based policy allows the s3:DeleteObject action',
    });
  });

  it('with 403 InvalidAccessKeyId without its token, or with that of another', async () => {
    const { accessKeyId, secretAccessKey } = await beginRole();
    const { sessionToken } = await beginRole();
    const refusal = { name: 'InvalidAccessKeyId', $metadata: { httpStatusCode: 403 } };
    await expect(client({ accessKeyId, secretAccessKey }).send(read)).rejects.toMatchObject(refusal);
    await expect(client({ accessKeyId, secretAccessKey, sessionToken }).send(read)).rejects.toMatchObject(refusal);
  });

  it('with 400 ExpiredToken once it is over, where STS says 403 in other words', async () => {
    const keys = await beginRole();
    s3.clock.advance({ hours: 1 });
    await expect(client(keys).send(read)).rejects.toMatchObject({
      name: 'ExpiredToken',
      message: 'The provided token has expired.',
      $metadata: { httpStatusCode: 400 },
    });
    const sts = new STSClient({ credentials: keys, maxAttempts: 1 });
    await expect(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'next' }))).rejects.toMatchObject({
      name: 'ExpiredToken',
      message: 'The security token included in the request is expired',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

// F200
it('no session of STS satisfies MFA Delete, not even one of the root user that began with a code', async () => {
  const code = { SerialNumber: s3.mfa.serial, TokenCode: s3.mfa.nextCode() };
  const { Credentials } = await new STSClient({ credentials: s3.account.credentials }).send(
    new GetSessionTokenCommand(code),
  );
  const suspend = new PutBucketVersioningCommand({
    Bucket: 'locked',
    MFA: s3.mfa.header(),
    VersioningConfiguration: { Status: 'Suspended' },
  });
  await expect(client(keysOf(Credentials)).send(suspend)).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'DevPay and Mfa are mutually exclusive authorization methods.',
    $metadata: { httpStatusCode: 400 },
  });
  expect(s3.bucket('locked').versioning).toBe('Enabled');
});
