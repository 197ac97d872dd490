import { describe, expect, it } from '@jest/globals';
import type { MockS3, MockS3Options } from '../../src';
import { allowing, policyOf } from '../support/policy';
import { startedMocks } from '../support/started-mocks';

const startMock = startedMocks();
const start = (options: MockS3Options) => startMock({ hosts: { only: [] }, ...options });

const again = (s3: MockS3) => start(JSON.parse(JSON.stringify(s3)));
const read = allowing('s3:GetObject');
const write = allowing('s3:PutObject');
const managedPolicies = { Listers: policyOf({ Effect: 'Allow', Action: 's3:List*', Resource: '*' }) };

describe('a mock as JSON', () => {
  it('keeps users and roles with their policies, and the user that acts', () => {
    const options = {
      users: { writer: { ...write, managedPolicies }, ann: {} },
      roles: { deployer: read },
      caller: 'writer',
      accounts: { partner: { users: { bob: read }, roles: { auditor: {} } }, other: {} },
    };
    const { users, roles, caller, accounts } = JSON.parse(JSON.stringify(start(options)));
    expect({ users, roles, caller, accounts }).toEqual(options);
  });

  it('keeps those that a test made, with the same keys', () => {
    const s3 = start({ accounts: { first: {} } });
    const partner = s3.createAccount('partner', { users: { bob: read } });
    const [writer, bob] = [s3.account.user('writer', write), partner.user('bob')];
    s3.account.role('deployer', read);
    partner.role('auditor', { managedPolicies: {} });
    s3.actAs(writer);
    const json = JSON.parse(JSON.stringify(s3));
    expect(json).toEqual({
      users: { writer: write },
      roles: { deployer: read },
      caller: 'writer',
      accounts: { first: {}, partner: { users: { bob: read }, roles: { auditor: { managedPolicies: {} } } } },
      buckets: {},
    });
    const other = again(s3);
    expect(JSON.parse(JSON.stringify(other))).toEqual(json);
    expect(other.account.user('writer').credentials).toEqual(writer.credentials);
    const theirs = other.createAccount('third').id;
    expect(theirs).not.toBe(partner.id);
    expect(other.account.user('writer').policy).toEqual(write.policy);
    expect(bob.credentials.accessKeyId).toMatch(/^AKIA/);
  });

  it.each<readonly [what: string, act: (s3: MockS3) => void]>([
    ['a session', (s3) => s3.actAs(s3.account.user('ann').session())],
    ["another account's user", (s3) => s3.actAs(s3.createAccount('partner').user('bob'))],
    ['the root user', (s3) => s3.actAs(s3.account)],
  ])('does not keep %s that acts', (_what, act) => {
    const s3 = start({ users: { ann: {} }, caller: 'ann' });
    act(s3);
    expect(s3.toJSON()).not.toHaveProperty('caller');
    expect(s3.toJSON()).not.toHaveProperty('sessions');
  });
});
