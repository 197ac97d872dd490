import { inspect } from 'node:util';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3, S3MockError } from '../../src/index';
import { startedMocks } from '../support/started-mocks';
import { thrownBy } from '../support/thrown';
import { send } from '../support/wire-client';

const at = '2026-01-31T10:00:00Z';
const enable = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';

const start = startedMocks();

const putVersioning = (host = 'vault.s3.amazonaws.com', path = '/?versioning') =>
  send({ method: 'PUT', host, path, body: enable });

describe('a mock', () => {
  it('answers from its model, and records requests', async () => {
    const s3 = start({ buckets: { vault: {} }, now: at });
    const { status, body } = await putVersioning();
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(s3.bucket('vault').versioning).toBe('Enabled');
    expect(s3.requests.last()).toMatchObject({
      operation: 'PutBucketVersioning',
      bucket: 'vault',
      input: { Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } },
      caller: { account: '000000000000', user: undefined },
      status: 200,
      time: new Date(at),
    });
  });

  it('has the account of its options', () => {
    const s3 = start({ account: '111122223333' });
    expect(s3.account.id).toBe('111122223333');
    expect(s3.mfa.serial).toBe('arn:aws:iam::111122223333:mfa/root-account-mfa-device');
    expect(s3.mfa).toBe(s3.account.mfa);
  });

  it('gives the same ids for the same seed', async () => {
    const ids = async (seed: string) => {
      const s3 = start({ seed });
      const answer = await send({ path: '/' });
      await s3.stop();
      return {
        canonicalId: s3.account.canonicalId,
        accessKeyId: s3.account.credentials.accessKeyId,
        secret: s3.mfa.secret,
        requestId: answer.header('x-amz-request-id'),
      };
    };
    const first = await ids('one');
    expect(await ids('one')).toEqual(first);
    const others = Object.values(await ids('two'));
    expect(others.filter((id) => Object.values(first).includes(id))).toEqual([]);
  });

  it('has a clock that is stopped, or runs with the real time', () => {
    const s3 = start({ now: at });
    expect(s3.clock.now()).toEqual(new Date(at));
    s3.clock.advance({ days: 1, hours: 1 });
    expect(s3.clock.now()).toEqual(new Date('2026-02-01T11:00:00Z'));
    s3.clock.set(0);
    expect(s3.clock.now()).toEqual(new Date(0));
    jest.spyOn(Date, 'now').mockReturnValue(5000);
    expect(start({ hosts: { only: ['storage.test'] } }).clock.now()).toEqual(new Date(5000));
  });

  it('may be stopped twice, and stops at the end of its scope', async () => {
    const s3 = mockS3();
    await s3.stop();
    await s3.stop();
    let inside: MockS3 | undefined;
    {
      await using scoped = mockS3({ buckets: { vault: {} } });
      inside = scoped;
      expect((await putVersioning()).status).toBe(200);
    }
    expect(() => start()).not.toThrow();
    expect(inside.requests.length).toBe(1);
  });

  it('throws if another of the same file answers the hosts already, and names both places', async () => {
    await using _first = mockS3();
    const before = { ...process.env };
    const error = thrownBy(() => mockS3());
    expect(error).toBeInstanceOf(S3MockError);
    expect(error).toMatchObject({ name: 'S3MockError', code: 'HOSTS_TAKEN' });
    expect((error as S3MockError).message.match(/mock-s3\.test\.ts:\d+:\d+/g)).toHaveLength(2);
    expect({ ...process.env }).toEqual(before);
  });

  it('may run beside another that answers other hosts', async () => {
    const one = start({ hosts: { only: ['one.test'] }, buckets: { vault: {} } });
    const two = start({ hosts: { only: ['two.test'] }, buckets: { vault: {} } });
    expect((await putVersioning('vault.one.test')).status).toBe(200);
    expect({ ofOne: one.bucket('vault').versioning, ofTwo: two.bucket('vault').versioning }).toEqual({
      ofOne: 'Enabled',
      ofTwo: undefined,
    });
    expect({ ofOne: one.requests.length, ofTwo: two.requests.length }).toEqual({ ofOne: 1, ofTwo: 0 });
    await one.stop();
    expect((await putVersioning('vault.two.test')).status).toBe(200);
    expect(two.bucket('vault').versioning).toBe('Enabled');
  });
});

describe('accounts and devices', () => {
  it('are made by name, and own what they make', async () => {
    const s3 = start();
    const partner = s3.createAccount('partner');
    expect(partner.name).toBe('partner');
    const headers = { Authorization: `AWS ${partner.credentials.accessKeyId}:c2ln` };
    expect((await send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: '/', headers })).status).toBe(200);
    expect(s3.bucket('vault').owner).toBe(partner.id);
    expect(s3.requests.last()?.caller).toEqual({
      account: partner.id,
      user: undefined,
      accessKeyId: partner.credentials.accessKeyId,
    });
  });

  it('may have keys that the code under test knows', async () => {
    const credentials = { accessKeyId: 'PARTNERKEY', secretAccessKey: 'secret' };
    const s3 = start({ verifySignatures: true, buckets: { vault: {} } });
    const partner = s3.createAccount('partner', { credentials });
    expect(partner.credentials).toEqual(credentials);
    const client = new S3Client({ region: 'us-east-1', credentials });
    await client.send(new CreateBucketCommand({ Bucket: 'theirs' }));
    expect(s3.bucket('theirs').owner).toBe(partner.id);
    await expect(client.send(new ListObjectsV2Command({ Bucket: 'vault' }))).rejects.toThrow('Access Denied');
  });

  it.each<[given: readonly unknown[], message: string]>([
    [[], "createAccount: invalid name undefined; expected text, such as 'partner'"],
    [[''], "createAccount: invalid name ''; expected text, such as 'partner'"],
    [[7], "createAccount: invalid name 7; expected text, such as 'partner'"],
    [[{ id: '111122223333' }], "createAccount: invalid name undefined; expected text, such as 'partner'"],
    [
      [{ name: 'partner' }, { id: '111122223333' }],
      "createAccount: invalid name { name: 'partner' }; expected text, such as 'partner'",
    ],
    [
      ['partner', 'KEY'],
      "createAccount: 'KEY' is not an object of options. The options are: id, credentials, organizationId, users, roles, publicAccessBlock.",
    ],
    [
      ['partner', { id: '1' }],
      "createAccount: invalid id '1'; expected 12 digits in a string, such as '111122223333', or undefined",
    ],
    [
      ['partner', { accountId: '111122223333' }],
      "createAccount: there is no option 'accountId'. Give it as id. The options are: id, credentials, organizationId, users, roles, publicAccessBlock.",
    ],
    [
      ['partner', { name: 'partner' }],
      "createAccount: there is no option 'name'. The name is in front of the fixture: accounts: { partner: {} }. The options are: id, credentials, organizationId, users, roles, publicAccessBlock.",
    ],
  ])('cannot be made of %j: a TypeError', (given, message) => {
    const s3 = start();
    const error = thrownBy(() => Reflect.apply(s3.createAccount, s3, given));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toBe(message);
  });

  it('have different names', () => {
    const s3 = start();
    s3.createAccount('partner');
    for (const name of ['partner', 'default', '000000000000']) {
      expect(thrownBy(() => s3.createAccount(name))).toMatchObject({
        code: 'ACCOUNT_EXISTS',
        message: `createAccount: there is an account '${name}' already. Give another name.`,
      });
    }
  });

  it('turn MFA Delete on with any device of the root user', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const device = s3.createMfaDevice({ serial: 'GAHT12345678', digits: 8 });
    const body = enable.replace('</Version', '<MfaDelete>Enabled</MfaDelete></Version');
    const headers = { 'x-amz-mfa': device.header() };
    const { status } = await send({
      method: 'PUT',
      host: 'vault.s3.amazonaws.com',
      path: '/?versioning',
      headers,
      body,
    });
    expect(status).toBe(200);
    expect(s3.bucket('vault').mfaDelete).toBe('Enabled');
    expect(device.code()).toHaveLength(8);
  });

  it('accept no unknown option', () => {
    const s3 = start();
    expect(thrownBy(() => s3.createMfaDevice({ serail: 'GAHT12345678' } as object))).toEqual(
      new TypeError(
        "createMfaDevice: there is no option 'serail'. Did you mean serial? The options are: serial, secret, digits, period.",
      ),
    );
  });
});

describe('printed', () => {
  it('a mock that is printed shows its requests and buckets', async () => {
    const s3 = start({ buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Disabled' } } });
    expect(inspect(s3.bucket('vault'))).toBe('vault  versioning Enabled, MFA Delete Disabled');
    await send({ path: '/' });
    expect(inspect(s3.requests)).toContain('ListBuckets');
  });
});
