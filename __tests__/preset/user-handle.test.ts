import net from 'node:net';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3, S3MockError, type UserFixture } from '../../src';
import { allowing, policyOf } from '../support/policy';
import { thrownBy } from '../support/thrown';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ buckets: { vault: { objects: { 'report.pdf': 'first' } } } });
});
afterEach(() => s3.stop());

const clientOf = (credentials: { accessKeyId: string; secretAccessKey: string }) =>
  new S3Client({ region: 'us-east-1', credentials });

const read = allowing('s3:GetObject');
const write = allowing('s3:PutObject');

describe('the handle of a user', () => {
  it('has a name, an ARN, keys and its policy', () => {
    const user = s3.account.user('writer', write);
    expect(user.name).toBe('writer');
    expect(user.arn).toBe('arn:aws:iam::000000000000:user/writer');
    expect(user.credentials).toEqual({
      accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
    });
    expect(user.policy).toEqual(write.policy);
    expect(Object.isFrozen(user.policy)).toBe(true);
    expect(s3.account.user('ann', {}).policy).toBeUndefined();
  });

  it('reads a policy that is given as JSON', () => {
    expect(s3.account.user('writer', { policy: JSON.stringify(write.policy) }).policy).toEqual(write.policy);
  });

  it('is one object, so that a test can spy on it', () => {
    const user = s3.account.user('writer', write);
    expect(s3.account.user('writer')).toBe(user);
    expect(s3.account.user('writer', { ...write })).toBe(user);
    expect(s3.account.user('writer', { policy: JSON.stringify(write.policy, undefined, 2) })).toBe(user);
    const may = jest.spyOn(user, 'may').mockReturnValue({ allowed: true, by: 'the test' });
    expect(s3.account.user('writer').may('s3:GetObject', 'vault/report.pdf').by).toBe('the test');
    may.mockRestore();
  });

  it('differs from that of another user', () => {
    expect(s3.account.user('writer', write)).not.toEqual(s3.account.user('reader', read));
  });

  it('is ARN and policies as JSON, without keys', () => {
    const managedPolicies = { Readers: policyOf({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }) };
    const arn = 'arn:aws:iam::000000000000:user/';
    expect(s3.account.user('writer', { ...write, managedPolicies }).toJSON()).toEqual({
      arn: `${arn}writer`,
      id: s3.account.user('writer').id,
      policy: write.policy,
      managedPolicies,
    });
    expect(s3.account.user('ann', {}).toJSON()).toEqual({ arn: `${arn}ann`, id: expect.stringMatching(/^AIDA/) });
    const nothing = s3.account.user('nothing', { policy: policyOf() });
    expect(nothing.may('s3:ListAllMyBuckets', '*').allowed).toBe(false);
    expect(nothing.toJSON()).toEqual({ arn: `${arn}nothing`, id: nothing.id, policy: policyOf() });
    expect(s3.account.user('nobody', { managedPolicies: {} }).toJSON()).toEqual({
      arn: `${arn}nobody`,
      id: expect.stringMatching(/^AIDA/),
      managedPolicies: {},
    });
  });

  it('has keys that an SDK takes as they are, and leaves as they are', async () => {
    const { credentials } = s3.account.user('reader', read);
    const before = { ...credentials };
    const given = { accessKeyId: 'PARTNERKEY', secretAccessKey: 'secret' };
    const partner = s3.createAccount('partner', { credentials: given });
    for (const keys of [credentials, s3.account.credentials])
      await clientOf(keys).send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }));
    await expect(
      clientOf(partner.credentials).send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    expect({ ...credentials }).toEqual(before);
    expect(Object.keys(s3.account.credentials)).toEqual(['accessKeyId', 'secretAccessKey']);
  });

  it('has the same keys whoever was made before', () => {
    const { credentials } = s3.account.user('writer');
    s3.reset();
    s3.createAccount('partner').user('writer');
    s3.account.user('another');
    expect(s3.account.user('writer').credentials).toEqual(credentials);
  });
});

describe('a second call of account.user', () => {
  const allowsGet =
    "{ policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }] } }";
  const allowsPut = allowsGet.replace('Get', 'Put');

  it.each<readonly [what: string, first: UserFixture, second: UserFixture, has: string, wants: string]>([
    ['with another policy', read, write, allowsGet, allowsPut],
    ['of a user without a policy', {}, write, 'no policy, so nothing limits it', allowsPut],
    ['with no policies, of a user with one', write, { managedPolicies: {} }, allowsPut, '{ managedPolicies: {} }'],
  ])('%s throws, and names both', (_what, first, second, has, wants) => {
    const user = s3.account.user('writer', first);
    const thrown = thrownBy(() => s3.account.user('writer', second));
    const message = `user 'writer': it has ${has}, but was also given ${wants}. Give it once, set its policy, or use another name.`;
    expect(thrown).toEqual(new S3MockError('POLICY_EXISTS', message));
    expect(s3.account.user('writer')).toBe(user);
  });
});

const withSid = (Sid: string) => ({ Sid, Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });

describe('a wrong user', () => {
  it.each<readonly [name: unknown, fixture: unknown, message: string]>([
    ['', {}, "user: invalid name ''; expected 1 to 64 letters, digits or any of _+=,.@-"],
    [7, {}, 'user: invalid name 7; expected 1 to 64 letters, digits or any of _+=,.@-'],
    [
      'writer',
      { polcy: {} },
      "user 'writer': there is no option 'polcy'. Did you mean policy? The options are: policy, managedPolicies, permissionsBoundary, tags, conditions, id.",
    ],
    ['writer', { policy: 7 }, "user 'writer': policy: invalid document 7; expected an object, or its JSON"],
    [
      'writer',
      { managedPolicies: [] },
      "user 'writer': invalid managedPolicies []; expected an object of policies by name",
    ],
    [
      'writer',
      { managedPolicies: { 'a b': policyOf() } },
      "user 'writer': managedPolicies: invalid policy name 'a b'; expected 1 to 128 letters, digits or any of _+=,.@-",
    ],
    [
      'writer',
      policyOf(),
      "user 'writer': { Version: '2012-10-17', Statement: [] } is a policy. Give it as an option, { policy: { Version, Statement } }.",
    ],
    [
      'writer',
      { policy: policyOf(withSid('A'), withSid('A')) },
      'user \'writer\': policy: Statement IDs (SID) in a single policy must be unique. (statement 2 has the Sid "A" again)',
    ],
    [
      'writer',
      { policy: policyOf(withSid('keep versions')) },
      'user \'writer\': policy: Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]* (statement 1 has the Sid "keep versions")',
    ],
  ])('%j, %j: a TypeError', (name, fixture, message) => {
    expect(() => s3.account.user(name as string, fixture as UserFixture)).toThrow(new TypeError(message));
    expect(s3.account.toJSON().users).toEqual([]);
  });

  it.each<readonly [statement: object, why: string]>([
    [{ Efect: 'Allow', Action: 's3:*', Resource: '*' }, "the unknown member 'Efect'; it may have 'Sid',"],
    [{ Effect: 'Allow', Actoin: 's3:*', Resource: '*' }, "the unknown member 'Actoin'; it may have 'Sid',"],
    [{ Effect: 'Allow', Pricipal: '*', Action: 's3:*' }, "the unknown member 'Pricipal'; it may have 'Sid',"],
  ])('of a policy with the statement %j quotes the misspelt member', (statement, why) => {
    expect(() => s3.account.user('writer', { policy: policyOf(statement) })).toThrow(
      `user 'writer': policy: Syntax errors in policy. (statement 1 has ${why}`,
    );
  });

  it('of a policy with a misspelt word quotes the word', () => {
    const rest = { Action: 's3:*', Resource: '*' };
    const put = (statement: object) => () => s3.account.user('writer', { policy: policyOf(statement) });
    expect(put({ Effect: 'Alow', ...rest })).toThrow('(Effect of statement 1 is "Alow", not "Allow" or "Deny")');
    expect(put(rest)).toThrow('(Effect of statement 1 is not "Allow" or "Deny")');
    expect(put({ Effect: 'Allow', ...rest, Condition: { StringLik: { 'aws:userid': 'x' } } })).toThrow(
      '("StringLik" of statement 1 is not an operator. Did you mean StringLike?)',
    );
  });

  it('of a policy that contains itself is a TypeError', () => {
    const policy: Record<string, unknown> = { ...policyOf() };
    policy['Id'] = policy;
    expect(() => s3.account.user('writer', { policy } as object)).toThrow(
      new TypeError(
        "user 'writer': policy: the document cannot be written as JSON: Converting circular structure to JSON",
      ),
    );
  });

  it('of a mock is refused before the mock captures', () => {
    const policy = policyOf({ Effect: 'Allow', Action: 'GetObject', Resource: '*' });
    const connect = net.Socket.prototype.connect;
    for (const options of [
      { users: { writer: { policy } } },
      { roles: { writer: { policy } } },
      { users: { writer: undefined } },
    ])
      expect(() => mockS3({ hosts: ['http://other.test'], ...options } as object)).toThrow(
        /^mockS3: (users|roles): .*'writer'/,
      );
    expect(net.Socket.prototype.connect).toBe(connect);
  });

  it('is refused in the words of IAM', () => {
    const policy = policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3::vault/*' });
    const at = '(statement 1: "arn:aws:s3::vault/*" has too few colons; a bucket\'s ARN begins with arn:aws:s3:::)';
    expect(() => s3.account.user('writer', { policy })).toThrow(
      new TypeError(`user 'writer': policy: The policy failed legacy parsing ${at}`),
    );
    const old = { Statement: [] };
    expect(() => s3.account.user('writer', { managedPolicies: { Old: old } })).toThrow(
      new TypeError(
        `user 'writer': managedPolicies: Old: Policy document must be version 2012-10-17 or greater. (a managed policy needs "Version": "2012-10-17")`,
      ),
    );
  });
});

it('a user that a reset removed says so', () => {
  const user = s3.account.user('writer');
  const session = user.session();
  const partner = s3.createAccount('partner');
  s3.reset();
  const message = "user 'writer': a reset removed it. Call account.user('writer') in each test.";
  expect(() => user.may('s3:GetObject', 'vault/report.pdf')).toThrow(new S3MockError('REMOVED', message));
  expect(() => user.session()).toThrow(message);
  expect(() => s3.actAs(user)).toThrow(message);
  expect(() => session.may('s3:GetObject', 'vault/report.pdf')).toThrow(
    'session of arn:aws:iam::000000000000:user/writer: a reset ended it. Begin another session.',
  );
  expect(() => partner.may('s3:GetObject', 'vault/report.pdf')).toThrow(
    "account 'partner': a reset removed it. Create the account in each test.",
  );
  expect(s3.account.user('writer')).not.toBe(user);
});
