import { describe, expect, it } from '@jest/globals';
import { makeConditions } from '../../../src/model/access/caller-conditions';
import type { Caller } from '../../../src/model/identity/account';
import { anonymous, makeRootCaller } from '../../../src/model/identity/caller';
import { Store } from '../../../src/model/store';

const now = Date.parse('2026-03-31T07:35:05.678Z');

function scene(seed = 'seed') {
  const store = new Store({ accountId: '123456789012', seed, realNow: () => now, start: now });
  const account = store.defaultAccount;
  account.user('ann');
  account.role('reader');
  const begin = (name: string | undefined, who: Pick<Caller, 'user' | 'role'>, mfa: boolean) => {
    const session = account.beginSession({
      name,
      user: who.user,
      role: who.role,
      mfa,
      policy: undefined,
      lasts: 3_600_000,
    });
    return { account, user: who.user, role: who.role, accessKeyId: session.credentials.accessKeyId, session };
  };
  const callers: Readonly<Record<string, Caller>> = {
    anonymous,
    root: makeRootCaller(account),
    user: { account, user: 'ann', accessKeyId: 'AKIA' },
    'session of the root': begin(undefined, { user: undefined }, false),
    'session of a user': begin(undefined, { user: 'ann' }, false),
    'session of a user with MFA': begin(undefined, { user: 'ann' }, true),
    'session of a role': begin('night', { user: undefined, role: 'reader' }, false),
  };
  const valueOfKey = (caller: string, key: string, owner: typeof account | undefined = account) =>
    makeConditions(
      { caller: callers[caller] ?? anonymous, partition: 'aws', owner, clock: store.clock },
      () => undefined,
    )(key);
  return { store, callers, valueOfKey };
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html F491
describe('the keys of a caller', () => {
  it.each<{ key: string; caller: string; value: string | undefined }>`
    key                             | caller                          | value
    ${'aws:principalarn'}           | ${'anonymous'}                  | ${undefined}
    ${'aws:principalarn'}           | ${'root'}                       | ${'arn:aws:iam::123456789012:root'}
    ${'aws:principalarn'}           | ${'user'}                       | ${'arn:aws:iam::123456789012:user/ann'}
    ${'aws:principalarn'}           | ${'session of a user'}          | ${'arn:aws:iam::123456789012:user/ann'}
    ${'aws:principalarn'}           | ${'session of a role'}          | ${'arn:aws:iam::123456789012:role/reader'}
    ${'aws:principalaccount'}       | ${'anonymous'}                  | ${'anonymous'}
    ${'aws:principalaccount'}       | ${'root'}                       | ${'123456789012'}
    ${'aws:principalaccount'}       | ${'session of a role'}          | ${'123456789012'}
    ${'aws:principaltype'}          | ${'anonymous'}                  | ${'Anonymous'}
    ${'aws:principaltype'}          | ${'root'}                       | ${'Account'}
    ${'aws:principaltype'}          | ${'session of the root'}        | ${'Account'}
    ${'aws:principaltype'}          | ${'user'}                       | ${'User'}
    ${'aws:principaltype'}          | ${'session of a user'}          | ${'User'}
    ${'aws:principaltype'}          | ${'session of a role'}          | ${'AssumedRole'}
    ${'aws:userid'}                 | ${'anonymous'}                  | ${'anonymous'}
    ${'aws:userid'}                 | ${'root'}                       | ${'123456789012'}
    ${'aws:userid'}                 | ${'session of the root'}        | ${'123456789012'}
    ${'aws:username'}               | ${'anonymous'}                  | ${undefined}
    ${'aws:username'}               | ${'root'}                       | ${undefined}
    ${'aws:username'}               | ${'user'}                       | ${'ann'}
    ${'aws:username'}               | ${'session of a user'}          | ${'ann'}
    ${'aws:username'}               | ${'session of a role'}          | ${undefined}
    ${'aws:multifactorauthpresent'} | ${'anonymous'}                  | ${undefined}
    ${'aws:multifactorauthpresent'} | ${'root'}                       | ${undefined}
    ${'aws:multifactorauthpresent'} | ${'user'}                       | ${undefined}
    ${'aws:multifactorauthpresent'} | ${'session of a user'}          | ${'false'}
    ${'aws:multifactorauthpresent'} | ${'session of a user with MFA'} | ${'true'}
    ${'aws:multifactorauthpresent'} | ${'session of a role'}          | ${'false'}
    ${'aws:multifactorauthage'}     | ${'user'}                       | ${undefined}
    ${'aws:multifactorauthage'}     | ${'session of a user'}          | ${undefined}
    ${'aws:multifactorauthage'}     | ${'session of a user with MFA'} | ${'0'}
    ${'aws:tokenissuetime'}         | ${'user'}                       | ${undefined}
    ${'aws:tokenissuetime'}         | ${'session of a role'}          | ${'2026-03-31T07:35:05.678Z'}
    ${'aws:principalisawsservice'}  | ${'user'}                       | ${'false'}
    ${'aws:principalisawsservice'}  | ${'anonymous'}                  | ${undefined}
    ${'aws:viaawsservice'}          | ${'anonymous'}                  | ${'false'}
    ${'aws:viaawsservice'}          | ${'user'}                       | ${'false'}
  `('$key of $caller is $value', ({ key, caller, value }) => {
    expect(scene().valueOfKey(caller, key)).toEqual(value === undefined ? undefined : [value]);
  });

  it('has unique ids, which follow from the seed', () => {
    const { valueOfKey } = scene();
    const [ann] = valueOfKey('user', 'aws:userid') ?? [];
    expect(ann).toMatch(/^AIDA[A-Z2-7]{17}$/);
    expect(valueOfKey('session of a user', 'aws:userid')).toEqual([ann]);
    expect(valueOfKey('session of a role', 'aws:userid')?.[0]).toMatch(/^AROA[A-Z2-7]{17}:night$/);
    expect(scene().valueOfKey('user', 'aws:userid')).toEqual([ann]);
    expect(scene('other').valueOfKey('user', 'aws:userid')).not.toEqual([ann]);
  });

  it('counts the seconds since MFA by the clock', () => {
    const { store, valueOfKey } = scene();
    store.clock.advance({ minutes: 2, milliseconds: 900 });
    expect(valueOfKey('session of a user with MFA', 'aws:multifactorauthage')).toEqual(['120']);
  });
});

describe('the keys of the time and of the bucket', () => {
  it.each([
    ['aws:currenttime', '2026-03-31T07:35:05.678Z'],
    ['aws:epochtime', '1774942505'],
    ['aws:resourceaccount', '123456789012'],
    ['s3:resourceaccount', '123456789012'],
  ])('%s is %s, for every caller', (key, value) => {
    const { callers, valueOfKey } = scene();
    for (const caller of Object.keys(callers)) expect(valueOfKey(caller, key)).toEqual([value]);
  });

  it('have no account without an owner', () => {
    const { store, callers } = scene();
    const values = makeConditions(
      { caller: callers['anonymous'] ?? anonymous, partition: 'aws', owner: undefined, clock: store.clock },
      () => undefined,
    );
    expect({
      awsResourceaccount: values('aws:resourceaccount'),
      s3Resourceaccount: values('s3:resourceaccount'),
    }).toEqual({ awsResourceaccount: undefined, s3Resourceaccount: undefined });
  });
});
