import { describe, expect, it } from '@jest/globals';
import { aws } from '../../src/dialects/aws';
import { anonymous, makeRootCaller } from '../../src/model/identity/caller';
import { Store } from '../../src/model/store';

const store = new Store({ accountId: '123456789012', seed: 'seed', realNow: () => 0, start: 0 });
const owner = store.defaultAccount;
const partner = store.addAccount('partner');
const begun = { account: partner, accessKeyId: undefined } as const;
const session = partner.beginSession({
  name: 'nightly',
  user: undefined,
  role: 'uploader',
  mfa: false,
  policy: undefined,
  lasts: 1000,
});

// F213, F504
describe('the initiator of an upload', () => {
  it.each([
    ['the root user', makeRootCaller(partner), partner.canonicalId, 'partner'],
    ['a user', { ...begun, user: 'ann' }, `arn:aws:iam::${partner.id}:user/ann`, 'ann'],
    [
      'a session of a role',
      { ...begun, user: undefined, role: 'uploader', session },
      `arn:aws:sts::${partner.id}:assumed-role/uploader/nightly`,
      'uploader/nightly',
    ],
    ['nobody, as in a fixture', anonymous, owner.canonicalId, 'default'],
  ])('is named as AWS names it: %s', (_who, caller, ID, DisplayName) => {
    expect(aws.answers.initiatorOf(caller, owner)).toEqual({ ID, DisplayName });
  });
});
