import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { send } from '../support/wire-client';

const s3 = mockS3({ account: '111122223333', sourceIp: '203.0.113.7' });
const ann = 'arn:aws:iam::111122223333:user/ann';

function assume(Condition: object) {
  const { credentials } = s3.account.user('ann', {});
  const Statement = [{ Effect: 'Allow', Principal: { AWS: ann }, Action: 'sts:AssumeRole', Condition }];
  s3.account.role('reader', { trust: { Version: '2012-10-17', Statement } as never });
  const client = new STSClient({ region: 'eu-west-1', credentials, maxAttempts: 1, customUserAgent: 'copier' });
  const RoleArn = 'arn:aws:iam::111122223333:role/reader';
  return client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'work' })).then(
    () => 'assumed',
    ({ name }: Error) => name,
  );
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
describe('a trust policy', () => {
  it.each([
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'assumed'],
    [{ IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, 'AccessDenied'],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, 'assumed'],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, 'AccessDenied'],
    [{ StringLike: { 'aws:UserAgent': '*copier*' } }, 'assumed'],
    [{ StringLike: { 'aws:UserAgent': 'browser*' } }, 'AccessDenied'],
    [{ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, 'assumed'],
    [{ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, 'AccessDenied'],
  ])('asks what STS knows of the request: %j is %s', async (condition, expected) => {
    expect(await assume(condition)).toBe(expected);
  });
});

describe('a request that STS refuses before it knows the caller', () => {
  const post = (path: string, body: string) =>
    send({
      method: 'POST',
      path,
      body,
      host: 'sts.us-east-1.amazonaws.com',
      headers: { 'content-type': 'application/x-www-form-urlencoded', Authorization: undefined },
    });

  it('is in the journal as one of nobody, with its body', async () => {
    const body = 'Action=Nothing&Version=2011-06-15';
    expect((await post('/', body)).status).toBe(400);
    const entry = s3.requests.last();
    expect(entry).toMatchObject({ service: 'sts', caller: 'anonymous', error: { code: 'InvalidAction' } });
    expect(String(entry?.body)).toBe(body);
  });
});
