import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../src/model/identity/account';
import { checkMfa } from '../../src/model/mfa-delete';
import { Store } from '../../src/model/store';
import type { MfaDeleteStatus, VersioningConfiguration, VersioningStatus } from '../../src/model/versioning';
import { changeVersioning, type VersioningChange } from '../../src/model/versioning-change';
import { S3Error } from '../../src/refusals/s3-error';

function scene(versioning: VersioningConfiguration = {}, { objectLock = false } = {}) {
  const store = new Store({
    accountId: '111122223333',
    seed: 'seed',
    realNow: () => 0,
    start: Date.UTC(2026, 0, 31, 10),
  });
  const owner = store.defaultAccount;
  const stranger = store.addAccount('stranger');
  const bucket = store.addBucket(
    { name: 'vault', owner, region: undefined, location: undefined, created: 0 },
    { versioning, ...(objectLock && { objectLock }) },
  );
  const root: Caller = { account: owner, user: undefined, accessKeyId: undefined };
  const callers = {
    root,
    user: { ...root, user: 'deploy' },
    stranger: { ...root, account: stranger },
    anonymous: { ...root, account: undefined },
  };
  const change = (asked: Partial<VersioningChange>) =>
    refusalOf(() => changeVersioning(store, bucket, { mfa: undefined, caller: root, temporary: false, ...asked }));
  return { bucket, owner, device: owner.mfa, callers, change };
}

function refusalOf(act: () => void): { readonly refusal: string; readonly why: string | undefined } | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof S3Error) return { refusal: error.refusal, why: error.why && String(error.why) };
    throw error;
  }
}

describe('a change of versioning without MFA Delete', () => {
  it.each<[VersioningConfiguration, VersioningConfiguration, VersioningConfiguration]>([
    [{}, { Status: 'Enabled' }, { Status: 'Enabled' }],
    [{}, { Status: 'Suspended' }, { Status: 'Suspended' }],
    [{}, { Status: 'Enabled', MFADelete: 'Disabled' }, { Status: 'Enabled', MFADelete: 'Disabled' }],
    [{ Status: 'Enabled' }, { Status: 'Enabled' }, { Status: 'Enabled' }],
    [{ Status: 'Enabled' }, { Status: 'Suspended' }, { Status: 'Suspended' }],
    [{ Status: 'Suspended' }, { Status: 'Enabled' }, { Status: 'Enabled' }],
    [{ Status: 'Suspended' }, { Status: 'Suspended' }, { Status: 'Suspended' }],
    [{ Status: 'Enabled' }, { Status: 'Enabled', MFADelete: 'Disabled' }, { Status: 'Enabled', MFADelete: 'Disabled' }],
    // F14
    [
      { Status: 'Enabled', MFADelete: 'Disabled' },
      { Status: 'Suspended' },
      { Status: 'Suspended', MFADelete: 'Disabled' },
    ],
  ])('%j with a request for %j becomes %j, without a code', (before, asked, after) => {
    const { bucket, change } = scene(before);
    expect(change(asked)).toBeUndefined();
    expect(bucket.versioning).toEqual(after);
  });

  it.each<[VersioningConfiguration, VersioningConfiguration]>([
    [{}, { MFADelete: 'Enabled' }],
    [{ Status: 'Enabled' }, {}],
    [{ Status: 'Enabled' }, { MFADelete: 'Disabled' }],
  ])('%j with a request for %j, which has no Status, stays', (before, asked) => {
    const { bucket, change } = scene(before);
    expect(change(asked)).toEqual({ refusal: 'VersioningStatusMissing', why: undefined });
    expect(bucket.versioning).toEqual(before);
  });

  it('ignores a useless code', () => {
    const { bucket, change } = scene();
    expect(change({ Status: 'Enabled', mfa: 'nonsense' })).toBeUndefined();
    expect(bucket.versioning).toEqual({ Status: 'Enabled' });
  });
});

describe('a change of versioning that takes a code', () => {
  it.each<[VersioningConfiguration, VersioningConfiguration, VersioningStatus, MfaDeleteStatus]>([
    [{}, { Status: 'Enabled', MFADelete: 'Enabled' }, 'Enabled', 'Enabled'],
    [{ Status: 'Enabled' }, { Status: 'Suspended', MFADelete: 'Enabled' }, 'Suspended', 'Enabled'],
    [{ Status: 'Enabled', MFADelete: 'Disabled' }, { Status: 'Enabled', MFADelete: 'Enabled' }, 'Enabled', 'Enabled'],
    [{ Status: 'Enabled', MFADelete: 'Enabled' }, { Status: 'Enabled', MFADelete: 'Disabled' }, 'Enabled', 'Disabled'],
    [{ Status: 'Enabled', MFADelete: 'Enabled' }, { Status: 'Enabled' }, 'Enabled', 'Enabled'],
    [{ Status: 'Enabled', MFADelete: 'Enabled' }, { Status: 'Suspended' }, 'Suspended', 'Enabled'],
    [{ Status: 'Suspended', MFADelete: 'Enabled' }, { Status: 'Suspended' }, 'Suspended', 'Enabled'],
    [{ Status: 'Suspended', MFADelete: 'Enabled' }, { Status: 'Enabled' }, 'Enabled', 'Enabled'],
  ])('%j with a request for %j is refused without a code and changes with one', (before, asked, Status, MFADelete) => {
    const { bucket, change, device } = scene(before);
    expect(change(asked)).toEqual({
      refusal: 'MfaRequired',
      why: 'the request has no x-amz-mfa header; send MFA: s3.mfa.header()',
    });
    expect(bucket.versioning).toEqual(before);
    expect(change({ ...asked, mfa: device.header() })).toBeUndefined();
    expect(bucket.versioning).toEqual({ Status, MFADelete });
  });

  it('uses up no code if the Status is missing', () => {
    const { bucket, change, device } = scene({ Status: 'Enabled', MFADelete: 'Enabled' });
    const mfa = device.header();
    expect(change({ mfa })?.refusal).toBe('VersioningStatusMissing');
    expect(change({ mfa, Status: 'Suspended' })).toBeUndefined();
    expect(bucket.versioning.Status).toBe('Suspended');
  });
});

describe('a bucket with object lock', () => {
  it('keeps its versioning', () => {
    const { bucket, change } = scene({ Status: 'Enabled' }, { objectLock: true });
    expect(change({ Status: 'Suspended' })).toEqual({ refusal: 'VersioningFixedByObjectLock', why: undefined });
    expect(bucket.versioning).toEqual({ Status: 'Enabled' });
    expect(change({ Status: 'Enabled' })).toBeUndefined();
  });
});

describe('a code', () => {
  const on: VersioningConfiguration = { Status: 'Enabled', MFADelete: 'Enabled' };
  const serial = 'arn:aws:iam::111122223333:mfa/root-account-mfa-device';

  it.each<[keyof ReturnType<typeof scene>['callers'], string]>([
    [
      'user',
      "user deploy of account 111122223333 is not the root user of the bucket's owner, account 111122223333; sign with its keys: s3.account.credentials",
    ],
    [
      'stranger',
      "account 'stranger' (594883674147) is not the root user of the bucket's owner, account 111122223333; sign with its keys: s3.account.credentials",
    ],
    [
      'anonymous',
      "an anonymous caller is not the root user of the bucket's owner, account 111122223333; sign with its keys: s3.account.credentials",
    ],
  ])('from a caller other than the root user of the owner is refused and not used up: %s', (who, why) => {
    const { change, callers, device } = scene(on);
    const mfa = device.header();
    expect(change({ Status: 'Suspended', mfa, caller: callers[who] })).toEqual({ refusal: 'MfaNotByOwner', why });
    expect(change({ Status: 'Suspended', mfa })).toBeUndefined();
  });

  it.each([
    [''],
    ['123456'],
    [serial],
    [`${serial} `],
    [` ${serial} 123456`],
    [`${serial} 123456 `],
    [`${serial}  123456`],
    [`${serial}\t123456`],
    [`${serial} 123 456`],
  ])('in a malformed header is refused for the form: %j', (mfa) => {
    const { change } = scene(on);
    expect(change({ Status: 'Suspended', mfa })?.refusal).toBe('MfaHeaderMalformed');
  });

  it('of an unknown device is refused', () => {
    const { change, device } = scene(on);
    expect(change({ Status: 'Suspended', mfa: `GAHT12345678 ${device.code()}` })).toEqual({
      refusal: 'MfaDeviceNotOwned',
      why: 'the root user of account 111122223333 has no MFA device GAHT12345678; send MFA: s3.mfa.header(), which is s3.mfa.serial, a space, then s3.mfa.nextCode()',
    });
  });

  it('that is wrong or used is refused with the reason', () => {
    const { change, device } = scene(on);
    const wrong = device.wrongCode();
    expect(change({ Status: 'Suspended', mfa: `${serial} ${wrong}` })).toEqual({
      refusal: 'MfaCodeInvalid',
      why: `${serial} does not show the code ${wrong} within a step of 2026-01-31T10:00:00.000Z, the time of the clock of the mock; its current code is ${device.code()}`,
    });
    const mfa = device.header();
    expect(change({ Status: 'Suspended', mfa })).toBeUndefined();
    expect(change({ Status: 'Enabled', mfa })).toEqual({
      refusal: 'MfaCodeInvalid',
      why: `the code ${mfa.split(' ')[1]} was already accepted at 10:00:00; each code works only once, so get another code: s3.mfa.header(), which gives another at once; the device by itself shows the used code until 10:00:30`,
    });
  });

  it('of any device of the root user is accepted', () => {
    const { change, owner } = scene(on);
    const hardware = owner.addMfaDevice({ serial: 'GAHT12345678' });
    expect(change({ Status: 'Suspended', mfa: hardware.header() })).toBeUndefined();
  });

  it('is checked by checkMfa alone', () => {
    const { bucket, callers, device } = scene(on);
    const request = { caller: callers.root, mfa: device.header(), temporary: false };
    expect(refusalOf(() => checkMfa(bucket, { ...request, mfa: undefined }))?.refusal).toBe('MfaRequired');
    expect(refusalOf(() => checkMfa(bucket, request))).toBeUndefined();
    expect(refusalOf(() => checkMfa(bucket, request))?.refusal).toBe('MfaCodeInvalid');
  });

  // F15, F200
  it.each<{ wrong: string; request: object; refusal: string }>`
    wrong                                | request                                                              | refusal
    ${'all but that there is no header'} | ${{ mfa: undefined, temporary: true, user: 'deploy' }}               | ${'MfaRequired'}
    ${'the session token and all below'} | ${{ mfa: '970589', temporary: true, user: 'deploy' }}                | ${'MfaWithTemporaryCredentials'}
    ${'the form and all below'}          | ${{ mfa: '970589', temporary: false, user: 'deploy' }}               | ${'MfaHeaderMalformed'}
    ${'the user and all below'}          | ${{ mfa: 'GAHT00000000 000000', temporary: false, user: 'deploy' }}  | ${'MfaNotByOwner'}
    ${'the device and the code'}         | ${{ mfa: 'GAHT00000000 000000', temporary: false, user: undefined }} | ${'MfaDeviceNotOwned'}
    ${'the state and the code'}          | ${{ mfa: 'inactive 000000', temporary: false, user: undefined }}     | ${'MfaDeviceNotActive'}
    ${'the code'}                        | ${{ mfa: `${serial} abcdef`, temporary: false, user: undefined }}    | ${'MfaCodeInvalid'}
  `('of which $wrong is wrong is refused as $refusal', ({ request, refusal }) => {
    const { change, callers, owner } = scene(on);
    owner.addMfaDevice({ serial: 'inactive' }).deactivate();
    const { user, ...rest } = request as { readonly user: string | undefined };
    expect(change({ Status: 'Suspended', ...rest, caller: { ...callers.root, user } })?.refusal).toBe(refusal);
  });
});
