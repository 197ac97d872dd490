import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { startedMocks } from '../support/started-mocks';

const startMock = startedMocks();

const roleOf = (Federated: string, Condition: object, key: string) => {
  const assuming = { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition };
  const writing = { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::vault/$\{${key}}/*` };
  const documentOf = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement });
  return { trust: documentOf(assuming), policy: documentOf(writing) };
};

async function writes(WebIdentityToken: string, ProviderId?: string): Promise<readonly unknown[]> {
  const role = { RoleArn: 'arn:aws:iam::000000000000:role/user', RoleSessionName: 'app' };
  const request = new AssumeRoleWithWebIdentityCommand({ ...role, WebIdentityToken, ProviderId });
  const { Credentials } = await new STSClient({}).send(request);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const client = new S3Client({ credentials, maxAttempts: 1 });
  const answers = ['ann', 'bob'].map((folder) =>
    client
      .send(new PutObjectCommand({ Bucket: 'vault', Key: `${folder}/a.txt`, Body: 'text' }))
      .catch((error: unknown) => (error instanceof S3ServiceException ? error : Promise.reject(error))),
  );
  return (await Promise.all(answers)).map(({ $metadata }) => $metadata.httpStatusCode);
}

// F1530, F1531
describe('S3 answers the session of a web identity by the keys', () => {
  it('of the token of a Cognito identity pool', async () => {
    const pool = 'cognito-identity.amazonaws.com';
    const Condition = {
      StringEquals: { [`${pool}:aud`]: 'eu-west-1:pool' },
      'ForAnyValue:StringLike': { [`${pool}:amr`]: 'authenticated' },
    };
    startMock({ roles: { user: roleOf(pool, Condition, `${pool}:sub`) }, buckets: { vault: {} } });
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: `https://${pool}`, aud: 'eu-west-1:pool', sub: 'ann', iat, exp: iat + 300 };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const tokenOf = (amr: readonly string[]) => `${part({ alg: 'RS512' })}.${part({ ...claims, amr })}.x`;
    expect(await writes(tokenOf(['authenticated', pool]))).toEqual([200, 403]);
    await expect(writes(tokenOf(['unauthenticated']))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('that the test sets, if the token is not a JWT', async () => {
    const amazon = 'www.amazon.com';
    const Condition = { StringEquals: { [`${amazon}:app_id`]: 'app-1' } };
    const user = roleOf(amazon, Condition, `${amazon}:user_id`);
    const conditions = { [`${amazon}:app_id`]: 'app-1', [`${amazon}:user_id`]: 'bob' };
    const s3 = startMock({ conditions, roles: { user }, buckets: { vault: {} } });
    expect(await writes('Atza|token', amazon)).toEqual([403, 200]);
    await s3.stop();
    startMock({ roles: { user }, buckets: { vault: {} } });
    await expect(writes('Atza|token', amazon)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
