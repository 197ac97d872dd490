import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedV4, textOf } from '../support/documents';
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

describe('the reason of a refused AssumeRole', () => {
  it.each([
    ['aws:SourceIpp', "; it is not one of AWS's global condition keys. Did you mean aws:SourceIp?"],
    ['s3:prefix', '; it is a key of another service'],
    ['sts:ExternalIdd', '; requests of STS have no such condition key. Did you mean sts:ExternalId?'],
    ['ExternalId', '; requests of STS have no such condition key. Did you mean sts:ExternalId?'],
  ])('ends with what is wrong with the key %s', async (key, end) => {
    expect(await assume({ StringEquals: { [key]: 'x' } })).toBe('AccessDenied');
    expect(s3.requests.last()?.why).toContain(end);
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

describe('an operation of STS that the mock lacks', () => {
  const body = 'Action=AssumeRoleWithSAML&Version=2011-06-15&RoleArn=arn&PrincipalArn=arn&SAMLAssertion=text';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const lacking = 's3-versioning-mock does not implement AssumeRoleWithSAML.';

  it('is named in the answer, with the call that answers it', async () => {
    const answer = await send({ method: 'POST', path: '/', body, host: 'sts.amazonaws.com', headers });
    expect(textOf('Message', answer)).toBe(
      `${lacking} To answer it in a test, write s3.on('AssumeRoleWithSAML').reply({ status: 200, body: '...' }).`,
    );
  });

  it('is named in the answer at a port, whose client may be written in any language', async () => {
    const { url } = await s3.listen();
    const answer = await fetch(url, { method: 'POST', body, headers });
    expect(textOf('Message', { body: await answer.text() })).toBe(
      `${lacking} A rule of the mock can reply in its place.`,
    );
  });
});

describe('an action that STS does not have', () => {
  const ask = async (host: string, body: string) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await send({ method: 'POST', path: '/', body, host, headers });
    return { code: textOf('Code', answer), why: s3.requests.last()?.why };
  };
  const global = 'sts.amazonaws.com';
  const regional = 'sts.eu-west-1.amazonaws.com';

  it.each<[what: string, host: string, body: string, why: string | undefined]>([
    ['anywhere', global, 'Action=Nothing&Version=2011-06-15', undefined],
    ['in another version', regional, 'Action=GetScopedCredentials&Version=1', undefined],
    [
      'at its global endpoint',
      global,
      'Action=GetScopedCredentials&Version=2011-06-15',
      'the global endpoint of STS does not have GetScopedCredentials: call the endpoint of a region',
    ],
  ])('%s is refused, with a reason if another endpoint has it', async (_what, host, body, why) => {
    expect(await ask(host, body)).toEqual({ code: 'InvalidAction', why });
  });
});

describe('a rule that denies a request to STS', () => {
  const deniedWith = async (body: string, Authorization?: string) => {
    s3.on('*').fail('AccessDenied');
    const date = { 'x-amz-date': '20260131T000000Z' };
    const headers = { 'content-type': 'application/x-www-form-urlencoded', Authorization, ...date };
    const answer = await send({ method: 'POST', path: '/', body, host: 'sts.amazonaws.com', headers });
    return { status: answer.status, code: textOf('Code', answer) };
  };

  it.each([
    ['that nobody signed', 'Action=AssumeRoleWithWebIdentity&Version=2011-06-15', undefined],
    ['of an action that STS does not have', 'Action=Nothing&Version=2011-06-15', signedV4().replace('/s3/', '/sts/')],
  ])('denies a request %s', async (_what, body, Authorization) => {
    expect(await deniedWith(body, Authorization)).toEqual({ status: 403, code: 'AccessDenied' });
    const caller = Authorization === undefined ? 'anonymous' : expect.objectContaining({ account: '111122223333' });
    expect(s3.requests.last()).toMatchObject({ caller, failure: { kind: 'fail' } });
  });
});
