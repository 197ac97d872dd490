import { PutBucketPolicyCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { type AccountOutline, mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const s3 = mockS3({ users: { writer: {} }, buckets: { vault: { versioning: 'Enabled' } } });
const { door, client } = serveDoor(s3);
const allow = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const allowToAssume = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const put = (by: S3Client = client) => by.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: 'first' }));

interface WithKeys {
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

describe('MFA, through the door', () => {
  it('has a new code for each request', async () => {
    const { body } = await door('POST', '/mfa/code');
    const { serial, code, header } = body as Record<'serial' | 'code' | 'header', string>;
    expect({ serial, header }).toEqual({ serial: s3.mfa.serial, header: `${serial} ${code}` });
    const VersioningConfiguration = { Status: 'Enabled', MFADelete: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: 'vault', MFA: header, VersioningConfiguration }));
    expect(s3.bucket('vault').mfaDelete).toBe('Enabled');
  });

  it('is refused from when its device is deactivated until it is activated', async () => {
    const enable = async () => {
      const { body } = await door('POST', '/mfa/code');
      const VersioningConfiguration = { Status: 'Enabled', MFADelete: 'Enabled' } as const;
      const MFA = (body as { readonly header: string }).header;
      await client.send(new PutBucketVersioningCommand({ Bucket: 'vault', MFA, VersioningConfiguration }));
    };
    await door('POST', '/mfa/deactivate');
    await expect(enable()).rejects.toThrow();
    expect((await door('GET', '/accounts/default')).body).toMatchObject({ mfaDevices: [{ active: false }] });
    await door('POST', '/mfa/activate');
    await enable();
    await door('POST', '/mfa/deactivate', { user: 'writer' });
    expect(s3.account.user('writer').mfa.active).toBe(false);
  });

  it('is that of a user who is named', async () => {
    const { body } = await door('POST', '/mfa/code', { user: 'writer' });
    expect(body).toMatchObject({ serial: 'arn:aws:iam::000000000000:mfa/writer' });
    expect(await door('POST', '/mfa/code', { user: 'riter' })).toMatchObject(refused(400, 'writer'));
    expect(await door('POST', '/mfa/code', { account: 'nobody' })).toMatchObject({ status: 404 });
  });
});

describe('accounts, through the door', () => {
  it('have no secret of an MFA device, of which a program asks a code', async () => {
    const { secret } = s3.mfa;
    const answers = [
      await door('GET', '/accounts'),
      await door('GET', '/accounts/default'),
      await door('PATCH', '/accounts/default', { publicAccessBlock: { BlockPublicAcls: true } }),
      await door('POST', '/accounts', { name: 'partner' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 201]);
    expect(answers[1]?.body).toMatchObject({ mfaDevices: [{ digits: 6, period: 30, active: true }] });
    expect(JSON.stringify(answers)).not.toContain(secret);
    expect(answers[3]?.body).not.toHaveProperty('mfaDevices.0.secret');
  });

  it('are created, with keys that the mock made', async () => {
    const { status, body } = await door('POST', '/accounts', { name: 'partner' });
    expect(status).toBe(201);
    expect((body as WithKeys).credentials).toEqual({ ...s3.accounts[1]?.credentials });
    expect(await door('GET', '/accounts')).toMatchObject({
      body: { accounts: [{ name: 'default' }, { name: 'partner' }] },
    });
    expect(await door('POST', '/accounts', { name: 'partner' })).toMatchObject(
      refused(400, { code: 'ACCOUNT_EXISTS' }),
    );
  });

  it('are answered with all that they have, and without their keys', async () => {
    const block = { BlockPublicAcls: true };
    await door('POST', '/accounts', {
      name: 'partner',
      publicAccessBlock: block,
      users: { ann: {} },
      roles: { job: {} },
    });
    const { body } = await door('GET', '/accounts/partner');
    const { mfaDevices, ...rest } = JSON.parse(JSON.stringify(s3.accounts[1])) as AccountOutline;
    expect(body).toEqual({ ...rest, mfaDevices: mfaDevices.map(({ secret: _, ...device }) => device) });
    expect(body).toMatchObject({ users: ['ann'], roles: ['job'], publicAccessBlock: { BlockPublicAcls: true } });
    expect(await door('GET', '/accounts')).toMatchObject({ body: { accounts: [{ users: ['writer'] }, body] } });
    expect(await door('GET', '/accounts/partnr')).toMatchObject({ status: 404 });
  });

  it('have a public access block that is set, and removed by null', async () => {
    const policy = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }] };
    await door('PATCH', '/buckets/vault', { publicAccessBlock: null });
    const block = { BlockPublicPolicy: true };
    expect(await door('PATCH', '/accounts/default', { publicAccessBlock: block })).toMatchObject({
      status: 200,
      body: { publicAccessBlock: { BlockPublicPolicy: true, BlockPublicAcls: false } },
    });
    const Policy = JSON.stringify({
      ...policy,
      Statement: [{ ...policy.Statement[0], Resource: 'arn:aws:s3:::vault/*' }],
    });
    const putPolicy = () => client.send(new PutBucketPolicyCommand({ Bucket: 'vault', Policy }));
    await expect(putPolicy()).rejects.toMatchObject({ name: 'AccessDenied' });
    await door('PATCH', '/accounts/default', { publicAccessBlock: null });
    expect((await door('GET', '/accounts/default')).body).not.toHaveProperty('publicAccessBlock');
    await putPolicy();
  });

  it.each([
    [{ publicAccesBlock: {} }, /Did you mean publicAccessBlock\?/],
    [{ publicAccessBlock: {} }, /publicAccessBlock/],
    [{ publicAccessBlock: { BlockPublicAcl: true } }, /BlockPublicAcls/],
    [{ id: '111122223333' }, /id/],
  ])('refuse %j, and stay as they are', async (wrong, message) => {
    const before = (await door('GET', '/accounts/default')).body;
    expect(await door('PATCH', '/accounts/default', wrong)).toMatchObject(refused(400, message));
    expect((await door('GET', '/accounts/default')).body).toEqual(before);
  });

  it('have users and roles that are asked for, and none that a question makes', async () => {
    await door('POST', '/accounts/default/roles', { name: 'jobs/deployer', trust: allowToAssume, tags: { team: 'a' } });
    const role = { name: 'deployer', arn: 'arn:aws:iam::000000000000:role/jobs/deployer' };
    for (const name of ['deployer', 'jobs%2Fdeployer'])
      expect(await door('GET', `/accounts/default/roles/${name}`)).toMatchObject({
        status: 200,
        body: { arn: role.arn, tags: { team: 'a' }, trust: allowToAssume },
      });
    expect(await door('GET', '/accounts/default/users/writer')).toMatchObject({
      body: { arn: 'arn:aws:iam::000000000000:user/writer' },
    });
    for (const path of ['users/riter', 'roles/deploy'])
      expect(await door('GET', `/accounts/default/${path}`)).toMatchObject(
        refused(404, { message: expect.stringContaining(path.startsWith('users') ? 'writer' : 'jobs/deployer') }),
      );
    expect((await door('GET', '/accounts/default')).body).toMatchObject({
      users: ['writer'],
      roles: ['jobs/deployer'],
    });
  });

  it('may do what their block and policies allow', async () => {
    const asked = { action: 's3:PutObject', resource: 'vault/a.txt' };
    expect(await door('POST', '/accounts/default/may', asked)).toMatchObject({ body: { allowed: true } });
  });

  it('do not answer keys that they were given', async () => {
    const credentials = { accessKeyId: 'AKIAPARTNER', secretAccessKey: 'of-the-partner' };
    const { body } = await door('POST', '/accounts', { name: 'partner', credentials });
    expect(JSON.stringify(body)).not.toContain('of-the-partner');
  });

  it('have users and roles whose rights change', async () => {
    const { body } = await door('POST', '/accounts/default/users', { name: 'ann', policy: allow('s3:GetObject') });
    const { credentials } = body as WithKeys;
    const ann = new S3Client({ region: 'us-east-1', credentials });
    await expect(put(ann)).rejects.toMatchObject({ name: 'AccessDenied' });
    await door('PATCH', '/accounts/000000000000/users/ann', { policy: allow('s3:*') });
    await put(ann);
    ann.destroy();
    const asked = { action: 's3:PutObject', resource: 'vault/a.txt' };
    expect(await door('POST', '/accounts/default/users/ann/may', asked)).toMatchObject({ body: { allowed: true } });
    expect(
      await door('POST', '/accounts/default/users/ann/may', { action: 's3:PutObjec', resource: 'vault' }),
    ).toMatchObject({ status: 400 });
    await door('PATCH', '/accounts/default/users/ann', { policy: null });
    expect(s3.account.user('ann').policy).toBeUndefined();
  });

  it('begin sessions, and revoke them', async () => {
    await door('POST', '/accounts/default/roles', { name: 'deployer', policy: allow('s3:*') });
    const { body } = await door('POST', '/accounts/default/roles/deployer/sessions', { name: 'build-7' });
    expect(body).toMatchObject({ arn: 'arn:aws:sts::000000000000:assumed-role/deployer/build-7' });
    const { accessKeyId, secretAccessKey, sessionToken } = (body as WithKeys).credentials;
    const credentials = { accessKeyId, secretAccessKey, sessionToken: sessionToken ?? '' };
    const session = new S3Client({ region: 'us-east-1', credentials });
    await put(session);
    s3.clock.advance({ seconds: 1 });
    await door('POST', '/accounts/default/roles/deployer/revoke-sessions');
    await expect(put(session)).rejects.toMatchObject({ name: 'AccessDenied' });
    session.destroy();
    expect(await door('POST', '/accounts/default/sessions', { mfa: 'yes' })).toMatchObject({ status: 400 });
    expect(await door('POST', '/accounts/default/users/writer/sessions', { mfa: true })).toMatchObject({ status: 201 });
  });

  it('act in requests with unknown keys', async () => {
    await door('PATCH', '/accounts/default/users/writer', { policy: allow('s3:GetObject') });
    expect(await door('POST', '/act-as', { user: 'writer' })).toMatchObject({ status: 204 });
    await expect(put()).rejects.toMatchObject({ name: 'AccessDenied' });
    await door('POST', '/act-as', {});
    await put();
    expect(await door('POST', '/act-as', { user: 'writer', role: 'deployer' })).toMatchObject({ status: 400 });
  });
});
