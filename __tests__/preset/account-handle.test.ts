import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src/index';
import type { AccountHandle } from '../../src/preset/account-handle';
import { AccountHandles } from '../../src/preset/account-handle';
import { makeStore } from '../support/whole-records';

const makeAccount = (): AccountHandle => {
  const store = makeStore();
  return new AccountHandles(() => store).of(store.addAccount('partner'));
};

describe('an account handle', () => {
  it('has its ids, its name and its keys', () => {
    const { id, name, canonicalId, credentials } = makeAccount();
    expect({ id, name }).toEqual({ id: expect.stringMatching(/^[1-9]{12}$/), name: 'partner' });
    expect(canonicalId).toMatch(/^[0-9a-f]{64}$/);
    expect(credentials).toEqual({
      accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
    });
  });
});

describe('accounts', () => {
  const partner = { id: '111122223333', credentials: { accessKeyId: 'PARTNERKEY', secretAccessKey: 'of-the-partner' } };

  it('have their names in front of the fixture, or are a list of names', async () => {
    await using byName = mockS3({ hosts: { only: [] }, accounts: { partner, auditor: {} } });
    await using listed = mockS3({ hosts: { only: [] }, accounts: ['partner', 'auditor'] });
    const namesIn = ({ accounts }: typeof byName) => accounts.map(({ name }) => name);
    expect([namesIn(byName), namesIn(listed)]).toEqual([
      ['default', 'partner', 'auditor'],
      ['default', 'partner', 'auditor'],
    ]);
    expect(byName.accounts[1]).toMatchObject(partner);
    expect(JSON.parse(JSON.stringify(listed)).accounts).toEqual({ partner: {}, auditor: {} });
  });

  it('are made by a name and a fixture, or by a fixture with the name', async () => {
    await using s3 = mockS3({ hosts: { only: [] } });
    expect(s3.createAccount('partner', partner)).toMatchObject({ name: 'partner', ...partner });
    expect(s3.createAccount({ name: 'auditor' })).toMatchObject({
      name: 'auditor',
      id: expect.stringMatching(/^\d{12}$/),
    });
    expect(() => s3.createAccount({ name: 'auditor' })).toThrow("there is an account 'auditor' already");
    expect(() => s3.createAccount({ id: '111122223333' } as never)).toThrow('createAccount: invalid name undefined');
    expect(() => s3.createAccount({ name: 'other' }, partner)).toThrow("createAccount: invalid name { name: 'other' }");
  });

  it('take the object of a client that has sent a request, and read the keys of it', async () => {
    const credentials = { ...partner.credentials, expiration: new Date('2100-01-01'), accountId: '111122223333' };
    const own = mockS3({ accounts: { partner: { ...partner, credentials } } });
    await new S3Client({ region: 'us-east-1', credentials }).send(new ListBucketsCommand());
    await own.stop();
    expect(Object.keys(credentials)).toContain('$source');
    await using byName = mockS3({ hosts: { only: [] }, accounts: { partner: { credentials } } });
    await using created = mockS3({ hosts: { only: [] } });
    created.createAccount('partner', { credentials: { ...credentials, credentialScope: 'us-east-1' } as never });
    for (const { accounts } of [byName, created]) expect(accounts[1]?.credentials).toEqual(partner.credentials);
    expect(() => created.createAccount('other', { credentials: { ...credentials, key: 'a' } as never })).toThrow(
      "createAccount: credentials: there is no option 'key'. The options are: accessKeyId, secretAccessKey.",
    );
  });

  it.each([[['partner', 'partner']], [[{ name: 'partner' }]], ['partner'], [['default']]])(
    'cannot be %j',
    (accounts) => {
      expect(() => mockS3({ hosts: { only: [] }, accounts } as never)).toThrow(/accounts/);
    },
  );
});

describe('an MFA device handle', () => {
  it('has all that an authenticator of the code under test needs', () => {
    const { id, mfa } = makeAccount();
    const { serial, secret, digits, period } = mfa;
    expect(serial).toBe(`arn:aws:iam::${id}:mfa/root-account-mfa-device`);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect({ digits, period }).toEqual({ digits: 6, period: 30 });
  });

  it('shows a code, returns fresh ones, and has wrong ones', () => {
    const { mfa } = makeAccount();
    expect(mfa.code()).toMatch(/^\d{6}$/);
    expect(mfa.header()).toBe(`${mfa.serial} ${mfa.code()}`);
    const [first, second] = [mfa.header(), mfa.header()];
    expect(first).not.toBe(second);
    expect([first, second].map((header) => header.split(' ')[1])).not.toContain(mfa.wrongCode());
  });
});
