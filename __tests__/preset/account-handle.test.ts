import { describe, expect, it } from '@jest/globals';
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
