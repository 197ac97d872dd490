import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3, type RoleSessionOptions, S3MockError, type SessionOptions } from '../../src';
import { allowing, policyOf } from '../support/policy';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ now: '2026-01-31T10:00:00Z', buckets: { vault: { objects: { 'report.pdf': 'first' } } } });
});
afterEach(() => s3.stop());

const read = allowing('s3:GetObject');

describe('the handle of a role', () => {
  it('has a name, an ARN and its policy, and no keys', () => {
    const role = s3.account.role('deployer', read);
    expect({ ...role }).toEqual({
      name: 'deployer',
      arn: 'arn:aws:iam::000000000000:role/deployer',
      id: role.id,
      policy: read.policy,
    });
    expect(role.toJSON()).toEqual({ arn: role.arn, id: role.id, policy: read.policy });
    expect(s3.account.role('deployer', read)).toBe(role);
  });

  it('is not the user of the same name', () => {
    s3.account.user('deployer', read);
    expect(s3.account.role('deployer').policy).toBeUndefined();
  });

  it('throws if a second call has another policy', () => {
    s3.account.role('deployer');
    expect(() => s3.account.role('deployer', { managedPolicies: {} })).toThrow(
      new S3MockError(
        'POLICY_EXISTS',
        "role 'deployer': it has no policy, so nothing limits it, but was also given { managedPolicies: {} }. Give it once, set its policy, or use another name.",
      ),
    );
  });

  it('says what its sessions may do', () => {
    const role = s3.account.role('deployer', read);
    expect(role.may('s3:GetObject', 'vault/report.pdf').allowed).toBe(true);
    expect(role.may('s3:PutObject', 'vault/report.pdf')).toEqual({
      allowed: false,
      by: 'nothing allows role deployer of account 000000000000 to do s3:PutObject on arn:aws:s3:::vault/report.pdf; the policy of role deployer was evaluated',
    });
  });

  it('is gone after a reset', () => {
    const role = s3.account.role('deployer');
    s3.reset();
    expect(() => role.session()).toThrow(
      new S3MockError('REMOVED', "role 'deployer': a reset removed it. Call account.role('deployer') in each test."),
    );
  });
});

describe('a session', () => {
  it('of a role has credentials for an hour, and the name of the session in its ARN', () => {
    const session = s3.account.role('deployer').session({ name: 'build-7' });
    expect(session.arn).toBe('arn:aws:sts::000000000000:assumed-role/deployer/build-7');
    expect(session.credentials).toEqual({
      accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      sessionToken: expect.stringMatching(/^[A-Za-z0-9]{356}$/),
      expiration: new Date('2026-01-31T11:00:00Z'),
    });
    expect(session.toJSON()).toEqual({ arn: session.arn, expiration: '2026-01-31T11:00:00.000Z' });
    expect(s3.account.role('deployer').session().arn).toMatch(/\/deployer\/session$/);
  });

  it('of a user or the root user has twelve hours, and the ARN of its owner', () => {
    const [ofUser, ofRoot] = [s3.account.user('ann').session(), s3.account.session()];
    expect({ ofUser: ofUser.arn, ofRoot: ofRoot.arn }).toEqual({
      ofUser: 'arn:aws:iam::000000000000:user/ann',
      ofRoot: 'arn:aws:iam::000000000000:root',
    });
    const expiration = new Date('2026-01-31T22:00:00Z');
    expect({ ofUser: ofUser.expiration, ofRoot: ofRoot.expiration }).toEqual({
      ofUser: expiration,
      ofRoot: expiration,
    });
    expect(ofUser.credentials.accessKeyId).not.toBe(s3.account.user('ann').session().credentials.accessKeyId);
  });

  it('lasts as long as it is said to', () => {
    const { expiration } = s3.account.session({ expiresIn: { days: 1, minutes: 30 } });
    expect(expiration).toEqual(new Date('2026-02-01T10:30:00Z'));
  });

  it('may do what both its owner and its own policy allow', () => {
    const { policy } = allowing('s3:GetObject', 's3:PutObject');
    const session = s3.account.user('reader', read).session({ policy });
    expect(session.may('s3:GetObject', 'vault/report.pdf').allowed).toBe(true);
    expect(session.may('s3:PutObject', 'vault/report.pdf').allowed).toBe(false);
    const narrow = s3.account.user('ann', {}).session({ policy: JSON.stringify(read.policy) });
    expect(narrow.may('s3:PutObject', 'vault/report.pdf').allowed).toBe(false);
  });

  it('has what policies ask about MFA', () => {
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': true } };
    const policy = policyOf({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition });
    const user = s3.account.user('careful', { policy });
    expect(
      [user, user.session(), user.session({ mfa: true })].map(
        (one) => one.may('s3:GetObject', 'vault/report.pdf').allowed,
      ),
    ).toEqual([false, false, true]);
  });

  it.each<readonly [options: unknown, message: string]>([
    [
      { expiresIn: { hours: -1 } },
      'invalid expiresIn { hours: -1 }; expected more than no time, such as { minutes: 15 }',
    ],
    [{ expiresIn: {} }, 'expiresIn: invalid duration {}; expected an object such as { minutes: 10 }'],
    [{ expiresIn: -900 }, 'invalid expiresIn -900; expected more than no time, such as { minutes: 15 }'],
    [{ expiresIn: '900' }, "expiresIn: invalid duration '900'; expected an object such as { minutes: 10 }"],
    [
      { expiresIn: { hour: 1 } },
      'expiresIn: invalid duration { hour: 1 }; expected numbers of days, hours, minutes, seconds or milliseconds. Did you mean hours?',
    ],
    [{ mfa: 'yes' }, "invalid mfa 'yes'; expected true or false"],
    [{ name: 'x' }, "invalid name 'x'; expected 2 to 64 letters, digits or any of _+=,.@-"],
    [{ policy: 7 }, 'policy: invalid document 7; expected an object, or its JSON'],
    [
      { duration: 7 },
      "there is no option 'duration'. The options are: name, tags, mfa, policy, expiresIn, conditions.",
    ],
  ])('with %j is a TypeError', (options, message) => {
    const role = s3.account.role('deployer');
    expect(() => role.session(options as RoleSessionOptions)).toThrow(
      new TypeError(`role 'deployer': session: ${message}`),
    );
  });

  it('of a user has no name', () => {
    expect(() => s3.account.user('ann').session({ name: 'a-name' } as SessionOptions)).toThrow(
      new TypeError(
        "user 'ann': session: there is no option 'name'. The options are: mfa, policy, expiresIn, conditions.",
      ),
    );
    expect(() => s3.account.session({ name: 'a-name' } as SessionOptions)).toThrow(
      new TypeError(
        "account 'default': session: there is no option 'name'. The options are: mfa, policy, expiresIn, conditions.",
      ),
    );
  });
});
