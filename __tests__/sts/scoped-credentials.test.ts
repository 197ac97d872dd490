import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { send } from './form';

const host = 'sts.eu-west-1.amazonaws.com';
const allow = (Action: string | readonly string[], Resource = '*') => ({ Effect: 'Allow', Action, Resource });
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const reading = document(allow(['s3:GetObject', 'sts:GetScopedCredentials']));

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: { vault: { objects: { 'a.txt': 'a', 'b.txt': 'b' } } },
    roles: { deployer: {} },
  });
});
afterEach(() => s3.stop());

type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };

const session = () => s3.account.role('deployer').session({ name: 'build-7' }).credentials as Keys;

async function ask(
  key: { readonly accessKeyId: string; readonly sessionToken?: string },
  parameters: object,
  at = host,
) {
  const given = { Action: 'GetScopedCredentials', ...parameters };
  const { status, body } = await send(given, { host: at, key, region: 'eu-west-1' });
  const of = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? '';
  const keys = {
    accessKeyId: of('AccessKeyId'),
    secretAccessKey: of('SecretAccessKey'),
    sessionToken: of('SessionToken'),
  };
  return { status, of, keys, code: of('Code') };
}

async function outcomes(credentials: Keys) {
  const client = new S3Client({ region: 'us-east-1', credentials });
  const told = (sent: Promise<unknown>) =>
    sent.then(
      () => 'done',
      (error: Error) => error.name,
    );
  const where = { Bucket: 'vault', Key: 'a.txt' };
  return {
    read: await told(client.send(new GetObjectCommand(where))),
    other: await told(client.send(new GetObjectCommand({ ...where, Key: 'b.txt' }))),
    write: await told(client.send(new PutObjectCommand({ ...where, Key: 'c.txt', Body: 'c' }))),
  };
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getscopedcredentials.html F1711
describe('GetScopedCredentials', () => {
  it('answers the identity of the calling session, with what it takes of a token', async () => {
    const RoleArn = s3.account.role('deployer').arn;
    const assumed = { Action: 'AssumeRole', RoleArn, RoleSessionName: 'build-7', SourceIdentity: 'ann' };
    const calling = await ask(s3.account.user('ann', {}).credentials, assumed);
    const { status, of, keys } = await ask(calling.keys, { Policy: reading });
    expect(status).toBe(200);
    expect(of('Arn')).toBe(`arn:aws:sts::${s3.account.id}:assumed-role/deployer/build-7`);
    expect(of('ScopedSessionId')).toBe(`${s3.account.role('deployer').id}:build-7`);
    expect({ count: of('ScopedPoliciesCount'), source: of('SourceIdentity') }).toEqual({ count: '1', source: 'ann' });
    expect([of('SessionTokenSize'), of('SessionTokenUtilization')]).toEqual([String(keys.sessionToken.length), '9']);
    const large = await ask(session(), { DurationSeconds: '60', MinimumSessionTokenSize: '2048' });
    expect([large.of('SessionTokenSize'), large.of('SessionTokenUtilization')]).toEqual(['2048', '50']);
    expect(large.of('ScopedPoliciesCount')).toBe('0');
  });

  it('gives what the session, and each policy of a chain, allows', async () => {
    const first = await ask(session(), { Policy: reading });
    expect(await outcomes(first.keys)).toEqual({ read: 'done', other: 'done', write: 'AccessDenied' });
    const second = await ask(first.keys, { Policy: document(allow('s3:*', 'arn:aws:s3:::vault/a.txt')) });
    expect(second.of('ScopedPoliciesCount')).toBe('2');
    expect(await outcomes(second.keys)).toEqual({ read: 'done', other: 'AccessDenied', write: 'AccessDenied' });
    expect(s3.requests.last()?.why).toContain('scope down policy');
    expect(await outcomes(session())).toEqual({ read: 'done', other: 'done', write: 'done' });
  });

  it('gives no more, also where the policy of the bucket names the session', async () => {
    const { keys, of } = await ask(session(), { Policy: document(allow('s3:GetObject', 'arn:aws:s3:::vault/a.txt')) });
    const Statement = [{ ...allow('s3:*', 'arn:aws:s3:::vault/*'), Principal: { AWS: of('Arn') } }];
    s3.bucket('vault').policy = { Version: '2012-10-17', Statement } as never;
    expect(await outcomes(keys)).toEqual({ read: 'done', other: 'AccessDenied', write: 'AccessDenied' });
  });

  it('takes three policies, and a shorter life after that', async () => {
    let keys: Keys = session();
    for (const count of ['1', '2', '3']) {
      const scoped = await ask(keys, { Policy: reading });
      expect(scoped.of('ScopedPoliciesCount')).toBe(count);
      keys = scoped.keys;
    }
    expect(await ask(keys, { Policy: reading })).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(await ask(keys, { DurationSeconds: '60' })).toMatchObject({ status: 200 });
  });

  it('lasts as long as it is asked for, and no longer than the session', async () => {
    const calling = session();
    const { keys } = await ask(calling, { DurationSeconds: '1' });
    const whole = await ask(calling, { Policy: reading });
    s3.clock.advance({ seconds: 1 });
    expect((await outcomes(keys)).read).toBe('ExpiredToken');
    expect((await outcomes(whole.keys)).read).toBe('done');
    expect(await ask(calling, { DurationSeconds: '129600' })).toMatchObject({
      status: 400,
      code: 'InsufficientSessionLifetime',
    });
    s3.clock.advance({ hours: 1 });
    expect((await outcomes(whole.keys)).read).toBe('ExpiredToken');
  });

  it.each<[string, object, string]>([
    ['neither a policy nor a duration', {}, 'ValidationError'],
    ['a duration of 0', { DurationSeconds: '0' }, 'ValidationError'],
    ['a duration beyond 36 hours', { DurationSeconds: '129601' }, 'ValidationError'],
    ['a token beyond 4,096 bytes', { DurationSeconds: '60', MinimumSessionTokenSize: '4097' }, 'ValidationError'],
    ['a long description', { DurationSeconds: '60', ScopedSessionDescription: 'x'.repeat(257) }, 'ValidationError'],
    ['a policy that is not JSON', { Policy: 'no' }, 'MalformedPolicyDocument'],
  ])('is refused with %s', async (_what, parameters, code) => {
    expect(await ask(session(), parameters)).toMatchObject({ status: 400, code });
  });

  it('is for temporary credentials, those of a user as well, at the endpoint of a region', async () => {
    const ann = s3.account.user('ann', {});
    expect(await ask(ann.credentials, { Policy: reading })).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(s3.requests.last()?.why).toContain('call GetSessionToken first');
    const ofUser = await ask(ann.session().credentials as Keys, { Policy: reading });
    expect([ofUser.status, ofUser.of('Arn')]).toEqual([200, ann.arn]);
    expect(await ask(session(), { Policy: reading }, 'sts.amazonaws.com')).toMatchObject({
      status: 400,
      code: 'InvalidAction',
    });
    expect(s3.requests.last()?.why).toContain('call the endpoint of a region');
  });

  it('needs its right, which the policies of the session may deny', async () => {
    const { keys } = await ask(session(), { Policy: document(allow('s3:*')) });
    expect(await ask(keys, { DurationSeconds: '60' })).toMatchObject({ status: 403, code: 'AccessDenied' });
  });
});
