import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ now: '2026-01-31T10:00:00Z' });
});
afterEach(() => s3.stop());

describe('the MFA device of a user', () => {
  it('has the name of the user in its serial number, and a secret of its own', () => {
    const [ann, bob] = [s3.account.user('ann'), s3.account.user('team/bob')];
    expect({ ann: ann.mfa.serial, bob: bob.mfa.serial }).toEqual({
      ann: 'arn:aws:iam::000000000000:mfa/ann',
      bob: 'arn:aws:iam::000000000000:mfa/bob',
    });
    expect(ann.mfa.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set([ann.mfa.secret, bob.mfa.secret, s3.mfa.secret]).size).toBe(3);
    expect(ann.mfa).toBe(s3.account.user('ann').mfa);
  });

  it('has the same secret in each mock of the seed, and leaves all other ids as they are', async () => {
    const other = mockS3({ now: '2026-01-31T10:00:00Z', hosts: { only: [] } });
    other.account.user('ann');
    expect(s3.account.user('bob').mfa.secret).toBe(other.account.user('bob').mfa.secret);
    expect(s3.createMfaDevice().secret).toBe(other.createMfaDevice().secret);
    await other.stop();
  });

  it('shows its codes by the clock of the mock', () => {
    const { mfa } = s3.account.user('ann');
    const code = mfa.code();
    expect(mfa.code()).toBe(code);
    s3.clock.advance({ seconds: 30 });
    expect(mfa.code()).not.toBe(code);
  });
});

describe('nextCode', () => {
  it('returns a code of six digits that was never given, by header() either', () => {
    const { mfa } = s3.account.user('ann');
    const codes = [mfa.nextCode(), mfa.nextCode(), mfa.header().slice(-6), mfa.nextCode()];
    expect(new Set(codes).size).toBe(4);
    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
  });

  it('begins with the code that the device shows, and goes back to it with a reset', () => {
    expect(s3.mfa.nextCode()).toBe(s3.mfa.code());
    expect(s3.mfa.nextCode()).not.toBe(s3.mfa.code());
    s3.reset();
    expect(s3.mfa.nextCode()).toBe(s3.mfa.code());
  });
});
