import { describe, expect, it } from '@jest/globals';
import { readUserPolicy } from '../../../src/model/access/user-policy';
import { Account, type Caller } from '../../../src/model/identity/account';
import { callDevice, callIdentity, callKeys } from '../../../src/model/identity/account-text';
import {
  anonymous,
  describeCaller,
  findRevocationPolicy,
  isRoot,
  makeRootCaller,
  writeCallerArn,
} from '../../../src/model/identity/caller';
import { refusalOfToken } from '../../../src/model/identity/session';
import { Ids } from '../../../src/model/ids';
import { writeGiven } from '../../../src/text/values';

const makeAccount = (id = '111122223333', ids = new Ids('seed')) => new Account({ id, name: 'partner' }, ids, () => 0);

describe('an account', () => {
  it('has ids and keys of the real shapes', () => {
    const account = makeAccount();
    expect(account.id).toBe('111122223333');
    expect(account.name).toBe('partner');
    expect(account.canonicalId).toMatch(/^[0-9a-f]{64}$/);
    expect(account.credentials.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(account.credentials.secretAccessKey).toMatch(/^[A-Za-z0-9]{40}$/);
  });

  it('is the same with the same seed, and differs from the next account', () => {
    const ids = new Ids('seed');
    const [first, second] = [makeAccount('111122223333', ids), makeAccount('444455556666', ids)];
    expect(makeAccount().canonicalId).toBe(first.canonicalId);
    expect(makeAccount().credentials).toEqual(first.credentials);
    expect(second.canonicalId).not.toBe(first.canonicalId);
    expect(second.credentials).not.toEqual(first.credentials);
  });
});

describe('the MFA devices of an account', () => {
  it('begin with a virtual device of its root user', () => {
    const account = makeAccount();
    expect(account.mfa.serial).toBe('arn:aws:iam::111122223333:mfa/root-account-mfa-device');
    expect(account.mfa.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(account.findMfaDevice(account.mfa.serial)).toBe(account.mfa);
  });

  it('are found by their serials', () => {
    const account = makeAccount();
    const second = account.addMfaDevice({});
    const hardware = account.addMfaDevice({ serial: 'GAHT12345678', secret: 'JBSWY3DPEHPK3PXP', digits: 8 });
    expect(second.serial).toBe('arn:aws:iam::111122223333:mfa/root-account-mfa-device-2');
    expect(account.findMfaDevice('GAHT12345678')).toBe(hardware);
    expect(account.findMfaDevice(second.serial)).toBe(second);
    expect(account.findMfaDevice('GAHT00000000')).toBeUndefined();
    expect({ secret: hardware.secret, digits: hardware.digits, period: hardware.period }).toEqual({
      secret: 'JBSWY3DPEHPK3PXP',
      digits: 8,
      period: 30,
    });
  });

  it('keep the first one in its place if another is added', () => {
    const account = makeAccount();
    const device = account.addMfaDevice({ serial: 'GAHT12345678' });
    expect(account.mfa).not.toBe(device);
    expect(account.mfa.serial).toBe('arn:aws:iam::111122223333:mfa/root-account-mfa-device');
  });

  it('keep the first one when an earlier state is restored', () => {
    const account = makeAccount();
    const { state, mfa } = account;
    mfa.deactivate();
    account.restore(state);
    expect(account.findMfaDevice(mfa.serial)).toBe(mfa);
    expect(mfa.verify(mfa.code())).toEqual({ accepted: true });
  });

  it('have different serials: a second device with the same one throws a TypeError', () => {
    const account = makeAccount();
    account.addMfaDevice({ serial: 'GAHT12345678' });
    expect(() => account.addMfaDevice({ serial: 'GAHT12345678' })).toThrow(
      new TypeError(
        "createMfaDevice: there is an MFA device 'GAHT12345678' already. Give each device a serial number of its own.",
      ),
    );
  });
});

describe('the users of an account', () => {
  it('have their own keys, the same each time', () => {
    const account = makeAccount();
    const user = account.user('deploy');
    expect(user).toEqual({
      name: 'deploy',
      path: '/',
      id: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      origin: {},
      tags: [],
      conditions: new Map(),
      credentials: {
        accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
        secretAccessKey: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      },
      mfa: expect.objectContaining({ serial: `arn:aws:iam::${account.id}:mfa/deploy` }),
    });
    expect(account.user('deploy')).toBe(user);
    expect(user.credentials).not.toEqual(account.credentials);
    expect(account.user('audit').credentials).not.toEqual(user.credentials);
  });

  it('have another record once their rights change, which snapshots do not share', () => {
    const account = makeAccount();
    const user = account.user('deploy');
    const { state } = account;
    const policy = readUserPolicy('{"Version":"2012-10-17","Statement":[]}');
    account.changeUser('deploy', { policy });
    expect(account.user('deploy')).toEqual({ ...user, policy });
    expect(account.user('deploy').origin).toBe(user.origin);
    account.restore(state);
    expect(account.user('deploy')).toBe(user);
    expect(account.user('audit').origin).not.toBe(user.origin);
  });

  it.each([[''], ['two words'], ['ü'], ['a'.repeat(65)], [undefined], [7]])(
    'have names that IAM takes: %p is a TypeError',
    (name) => {
      expect(() => makeAccount().user(name as string)).toThrow(
        new TypeError(`user: invalid name ${writeGiven(name)}; expected 1 to 64 letters, digits or any of _+=,.@-`),
      );
    },
  );

  it.each([['a'], ['deploy'], ['first.last@example.com'], ['a_b+c=d,e-f'], ['a'.repeat(64)]])(
    'may be called %s',
    (name) => {
      expect(makeAccount().user(name).name).toBe(name);
    },
  );
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
describe('the path of a user or a role', () => {
  it.each(['user', 'role'] as const)('of a %s has 512 characters at most, with its slashes', (kind) => {
    const path = 'a'.repeat(510);
    expect(makeAccount()[kind](`${path}/ann`).path).toBe(`/${path}/`);
    expect(() => makeAccount()[kind](`${path}a/ann`)).toThrow(TypeError);
    expect(() => makeAccount()[kind]('two words')).toThrow(TypeError);
  });
});

describe('users and roles that a test declares', () => {
  it.each(['user', 'role'] as const)('are known of a %s, also if it is declared later', (kind) => {
    const account = makeAccount();
    const change = (name: string, isDeclared: boolean) =>
      kind === 'user' ? account.changeUser(name, { isDeclared }) : account.changeRole(name, { isDeclared });
    const declared = () => [account.hasDeclared('user'), account.hasDeclared('role')];
    account[kind]('plain');
    change('plain', false);
    change('missing', true);
    expect(declared()).toEqual([false, false]);
    change('plain', true);
    expect(declared()).toEqual([kind === 'user', kind === 'role']);
    const other = makeAccount();
    expect(other[kind]('ann', { isDeclared: true }).isDeclared).toBe(true);
    expect([other.hasDeclared('user'), other.hasDeclared('role')]).toEqual([kind === 'user', kind === 'role']);
  });
});

// F1500
describe('the sessions of a role', () => {
  const begin = (account: Account, role: string | undefined) =>
    account.beginSession({ name: 'work', user: undefined, role, mfa: false, policy: undefined, lasts: 60_000 });

  it('are revoked if they began up to now, and no others', () => {
    const account = makeAccount();
    for (const name of ['reader', 'writer', 'idle']) account.role(name);
    const [old, ofWriter] = [begin(account, 'reader'), begin(account, 'writer')];
    for (const role of ['reader', 'idle']) account.revokeSessions(role);
    expect([old.issued, begin(account, 'reader').issued]).toEqual([0, 1]);
    expect([ofWriter.issued, begin(account, 'writer').issued]).toEqual([0, 0]);
    expect([begin(account, 'idle').issued, begin(account, undefined).issued]).toEqual([0, 0]);
    const policyOf = (role: string) => findRevocationPolicy({ ...makeRootCaller(account), role });
    expect(policyOf('reader')).toBe(account.role('reader').revocation?.policy);
    expect(policyOf('reader')).toBeDefined();
    expect(policyOf('writer')).toBeUndefined();
    expect(findRevocationPolicy(makeRootCaller(account))).toBeUndefined();
  });

  it('are known by their tokens, and end when their credentials say', () => {
    const account = makeAccount();
    const { credentials, expires } = begin(account, undefined);
    expect(expires).toBe(60_000);
    expect(credentials.expiration).toEqual(new Date(60_000));
    expect(account.hasToken(credentials.sessionToken)).toBe(true);
    expect(account.hasToken(`${credentials.sessionToken}x`)).toBe(false);
  });
});

describe('the root user', () => {
  const account = makeAccount();
  account.role('team/reader');
  const root = makeRootCaller(account);
  const session = account.beginSession({
    ...{ name: undefined, user: undefined, role: undefined, mfa: false, policy: undefined, lasts: 1000 },
  });
  const federated = { ...session, federated: 'visitor' };

  it.each<[what: string, caller: Caller, isOne: boolean]>([
    ['an account', root, true],
    ['a session of it', { ...root, session }, true],
    ['its federated user', { ...root, session: federated }, false],
    ['a user', { ...root, user: 'deploy' }, false],
    ['a role', { ...root, role: 'reader' }, false],
    ['an anonymous caller', anonymous, false],
  ])('is %s: %s', (_what, caller, isOne) => {
    expect(isRoot(caller)).toBe(isOne);
  });

  // F713
  it.each<[arn: string, caller: Caller]>([
    ['arn:aws:iam::111122223333:root', root],
    ['arn:aws:iam::111122223333:root', { ...root, session }],
    ['arn:aws:iam::111122223333:role/team/reader', { ...root, role: 'reader' }],
    [
      'arn:aws:sts::111122223333:assumed-role/reader/work',
      { ...root, role: 'reader', session: { ...session, name: 'work' } },
    ],
    ['arn:aws:sts::111122223333:federated-user/visitor', { ...root, user: 'deploy', session: federated }],
  ])('and others have the ARN %s', (arn, caller) => {
    expect(writeCallerArn(account, caller, 'aws')).toBe(arn);
  });

  it('has keys that a test can give', () => {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) };
    const given = new Account({ id: '111122223333', name: 'partner', credentials }, new Ids('seed'), () => 0);
    expect([given.hasGivenKeys, account.hasGivenKeys]).toEqual([true, false]);
    expect(given.credentials).toBe(credentials);
  });

  it('is named with its account where a reason tells how to get codes, keys and users', () => {
    const partner = { name: 'partner' };
    expect(callDevice(partner, 'ann', 'nextCode()').given).toEqual({ account: 'partner', user: 'ann' });
    expect(callDevice(partner, undefined, 'serial').given).toEqual({ account: 'partner' });
    expect(callDevice({ name: 'default' }, undefined, 'serial')).toEqual({ name: 's3.mfa.serial', given: {} });
    expect(callKeys(partner).given).toEqual({ account: 'partner' });
    expect(callIdentity(partner, 'role', 'reader').given).toEqual({ account: 'partner', name: 'reader' });
    const options = { isDeclared: true };
    expect(callIdentity(partner, 'user', 'ann', options).given).toEqual({
      account: 'partner',
      name: 'ann',
      '...': options,
    });
  });
});

// F496, F497
describe('the token of a session', () => {
  const session = makeAccount().beginSession({
    ...{ name: undefined, user: 'deploy', role: undefined, mfa: false, policy: undefined, lasts: 1000 },
  });
  const { accessKeyId, sessionToken } = session.credentials;

  it.each<[what: string, token: string | undefined, now: number, refusal: string | undefined, details: object]>([
    ['its own', sessionToken, 999, undefined, {}],
    ['its own, at its end', sessionToken, 1000, 'SecurityTokenExpired', { 'Token-0': sessionToken }],
    ['none', undefined, 0, 'InvalidAccessKeyId', { AWSAccessKeyId: accessKeyId }],
    ['an empty one', '', 0, 'InvalidAccessKeyId', { AWSAccessKeyId: accessKeyId }],
    ['that of another', 'issued', 0, 'InvalidAccessKeyId', { AWSAccessKeyId: accessKeyId }],
    ['that of nobody', 'made up', 1000, 'SecurityTokenInvalid', { 'Token-0': 'made up' }],
  ])('%s, %s at %s: %s', (_what, token, now, refusal, details) => {
    const answer = refusalOfToken(session, token, { now, isIssued: (one) => one === 'issued' });
    expect({ refusal: answer?.refusal, details: answer?.details ?? {} }).toEqual({ refusal, details });
  });

  it('is kept with its keys as SDKs keep theirs: they can note where the keys are from', () => {
    const { $source } = session.credentials as unknown as { readonly $source: Record<string, unknown> };
    $source['CREDENTIALS_CODE'] = 'e';
    expect(Object.keys(session.credentials)).not.toContain('$source');
  });
});

describe('a key', () => {
  const account = makeAccount();
  const { accessKeyId } = account.user('deploy').credentials;
  const session = account.beginSession({
    ...{ name: undefined, user: 'deploy', role: undefined, mfa: false, policy: undefined, lasts: 1000 },
  });
  const ofSession = session.credentials.accessKeyId;

  it.each<[string, string, Caller | undefined]>([
    [
      "the root user's",
      account.credentials.accessKeyId,
      { account, user: undefined, accessKeyId: account.credentials.accessKeyId },
    ],
    ["a user's", accessKeyId, { account, user: 'deploy', accessKeyId }],
    ["a session's", ofSession, { account, user: 'deploy', accessKeyId: ofSession, session }],
    ["nobody's", 'AKIAIOSFODNN7EXAMPLE', undefined],
    ["nobody's, in another case", accessKeyId.toLowerCase(), undefined],
  ])('is %s', (_whose, key, caller) => {
    expect(account.findCaller(key)).toEqual(caller);
  });

  it('is one of the keys of its account', () => {
    expect(account.accessKeyIds).toEqual([account.credentials.accessKeyId, accessKeyId, ofSession]);
  });
});

describe('describeCaller', () => {
  const account = makeAccount();
  const ofRole = (name: string | undefined): Caller => {
    const session = account.beginSession({
      ...{ name, user: undefined, role: 'purger', mfa: false, policy: undefined, lasts: 1000 },
    });
    return { account, user: undefined, role: 'purger', accessKeyId: 'A', session };
  };
  it.each<[string, Caller]>([
    ["account 'partner' (111122223333)", { account, user: undefined, accessKeyId: 'A' }],
    ["user deploy of account 'partner' (111122223333)", { account, user: 'deploy', accessKeyId: 'A' }],
    ["a session of role purger of account 'partner' (111122223333)", ofRole('session')],
    ["a session of role purger of account 'partner' (111122223333)", ofRole(undefined)],
    ["session build-7 of role purger of account 'partner' (111122223333)", ofRole('build-7')],
    ['an anonymous caller', { account: undefined, user: undefined, accessKeyId: undefined }],
  ])('%s', (words, caller) => {
    expect(describeCaller(caller)).toBe(words);
  });
});

describe('the state of an account', () => {
  it('is restored without the users and devices made since, and codes used since work again', () => {
    const account = makeAccount();
    const kept = account.mfa;
    const user = account.user('deploy');
    const { state } = account;
    account.user('audit');
    account.addMfaDevice({ serial: 'GAHT12345678' });
    const [, code = ''] = kept.header().split(' ');
    kept.verify(code);

    account.restore(state);

    expect(account.accessKeyIds).toEqual([account.credentials.accessKeyId, user.credentials.accessKeyId]);
    expect(account.findMfaDevice('GAHT12345678')).toBeUndefined();
    expect(account.mfa).toBe(kept);
    expect(kept.verify(code)).toEqual({ accepted: true });
  });

  it('does not change when users and devices are added', () => {
    const account = makeAccount();
    const { state, mfa } = account;
    account.user('deploy');
    account.addMfaDevice({});
    mfa.header();
    expect(state).toEqual({
      ...{ users: new Map(), usersByKey: new Map(), roles: new Map(), namesById: new Map(), declared: new Map() },
      ...{ sessions: new Map(), devices: new Map([[mfa.serial, mfa]]), publicAccessBlock: undefined },
      deviceStates: [[mfa, { active: true, handedOut: new Map(), accepted: new Map() }]],
    });
  });
});
