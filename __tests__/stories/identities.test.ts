import { GetObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { policyOf } from '../support/policy';

const s3 = mockS3({
  roles: { 'service-role/archivist': { id: 'AROAEXAMPLEID' }, auditor: {} },
  users: { ann: {}, bob: {} },
  buckets: { vault: { objects: { 'archive/k': 'data' } } },
});

async function read(config: S3ClientConfig): Promise<string> {
  const client = new S3Client({ region: 'us-east-1', ...config });
  return client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'archive/k' })).then(
    () => 'read',
    (error: Error) => error.name,
  );
}

function deny(Condition: object): void {
  const statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::vault/*',
    Condition,
  };
  s3.bucket('vault').policy = policyOf(statement);
}

describe('the bucket policies of AWS that ask for more than a name', () => {
  // F660
  it('a VPC endpoint by the host', async () => {
    deny({ StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } });
    const through = (id: string) => ({ endpoint: `https://bucket.${id}-k4l5m6n7.s3.us-east-1.vpce.amazonaws.com` });
    expect(await read(through('vpce-0a1b2c3d'))).toBe('read');
    expect(await read(through('vpce-99999999'))).toBe('AccessDenied');
    expect(await read({})).toBe('AccessDenied');
  });

  // F662
  it('a tag of the caller, as a variable', async () => {
    const Resource = `arn:aws:s3:::vault/\${aws:PrincipalTag/team}/*`;
    const policy = policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource });
    const ann = s3.account.user('carol', { policy, tags: { Team: 'archive' } });
    const bob = s3.account.user('dave', { policy });
    expect(await read({ credentials: ann.credentials })).toBe('read');
    expect(await read({ credentials: bob.credentials })).toBe('AccessDenied');
    const role = s3.account.role('reader', { policy, tags: { team: 'none' } });
    expect(await read({ credentials: role.session().credentials })).toBe('AccessDenied');
    expect(await read({ credentials: role.session({ tags: { team: 'archive' } }).credentials })).toBe('read');
  });

  // F663, F664
  it('the unique id of a role', async () => {
    deny({ StringNotLike: { 'aws:userid': ['AROAEXAMPLEID:*', s3.account.user('bob').id] } });
    const sessionOf = (role: string) => ({ credentials: s3.account.role(role).session({ name: 'night' }).credentials });
    expect(await read(sessionOf('archivist'))).toBe('read');
    expect(await read(sessionOf('auditor'))).toBe('AccessDenied');
    expect(await read({ credentials: s3.account.user('bob').credentials })).toBe('read');
    expect(await read({ credentials: s3.account.user('ann').credentials })).toBe('AccessDenied');
    expect(s3.requests.at(0)?.caller).toMatchObject({ role: 'archivist', session: 'night' });
  });
});
