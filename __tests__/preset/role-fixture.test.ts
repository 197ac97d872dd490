import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3, type RoleFixture, S3MockError, type TrustPolicyLiteral } from '../../src';
import { thrownBy } from '../support/thrown';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3();
});
afterEach(() => s3.stop());

const aside = { hosts: { only: [] } };

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::000000000000:user/ann' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'backup-42' } },
    },
  ],
} as const satisfies TrustPolicyLiteral;

describe('the trust policy of a role', () => {
  it('is in its handle, frozen, and in its JSON', () => {
    const role = s3.account.role('deployer', { trust });
    expect(role.trust).toEqual(trust);
    expect(Object.isFrozen(role.trust?.Statement)).toBe(true);
    expect(role.toJSON()).toEqual({ arn: role.arn, id: role.id, trust });
  });

  it('may be JSON, and may be in the options of the mock and of accounts', async () => {
    const other = mockS3({
      ...aside,
      roles: { deployer: { trust: JSON.stringify(trust) } },
      accounts: { partner: { roles: { 'team/auditor': { trust } } } },
    });
    expect(other.account.role('deployer').trust).toEqual(trust);
    expect(other.toJSON().accounts).toEqual({ partner: { roles: { 'team/auditor': { trust } } } });
    await other.stop();
  });

  it.each<[string, unknown, string]>([
    ['a resource', { Statement: [{ ...trust.Statement[0], Resource: '*' }] }, "has the unknown member 'Resource'"],
    [
      'an action of S3',
      { Statement: [{ ...trust.Statement[0], Action: 's3:GetObject' }] },
      'AssumeRole policy may only specify STS AssumeRole actions. (statement 1: "s3:GetObject" is not allowed',
    ],
    ['no document', 7, 'invalid document 7; expected an object, or its JSON'],
    ['broken JSON', '{', 'the body is not JSON'],
  ])('is a TypeError if it has %s', (_what, given, words) => {
    const options = { trust: given } as RoleFixture; // a mistake that the compiler does not see in JavaScript
    const thrown = thrownBy(() => s3.account.role('deployer', options));
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toContain("role 'deployer': trust: ");
    expect(String(thrown)).toContain(words);
  });

  it('may name principals of a partition', () => {
    const Principal = { AWS: 'arn:aws-cn:iam::111122223333:user/ann' };
    const chinese = { Statement: [{ ...trust.Statement[0], Principal }] };
    expect(s3.account.role('deployer', { trust: chinese }).trust).toEqual(chinese);
  });

  it('cannot be another one by a later call', () => {
    s3.account.role('deployer');
    expect(() => s3.account.role('deployer', { trust })).toThrow(
      new S3MockError(
        'ROLE_EXISTS',
        `role 'deployer': it has no trust policy, so its account may assume it, but was also given { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:user/ann' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'backup-42' } } }] }. Give it once, set its trust, or use another name.`,
      ),
    );
    const trusted = s3.account.role('trusted', { trust });
    expect(s3.account.role('trusted', { trust: JSON.stringify(trust) })).toBe(trusted);
  });

  it('is not an option of a user', () => {
    const options: object = { trust };
    expect(() => s3.account.user('ann', options)).toThrow(/user 'ann': there is no option 'trust'/);
  });
});

describe('the longest duration of a role', () => {
  it.each<[RoleFixture['maxSessionDuration'], object]>([
    [undefined, {}],
    [3600, {}],
    [{ hours: 1 }, {}],
    [7200, { maxSessionDuration: 7200 }],
    [{ hours: 12 }, { maxSessionDuration: 43_200 }],
    [{ hours: 1, minutes: 30 }, { maxSessionDuration: 5400 }],
  ])('%p is in its JSON, in seconds, unless it is an hour', (maxSessionDuration, literal) => {
    const role = s3.account.role('deployer', { maxSessionDuration });
    expect(role.toJSON()).toEqual({ arn: role.arn, id: role.id, ...literal });
  });

  it.each([
    [3599, '3599'],
    [{ minutes: 59 }, '{ minutes: 59 }'],
    [43_201, '43201'],
    [3600.5, '3600.5'],
    [Number.NaN, 'NaN'],
  ])('is a TypeError if it is %p', (maxSessionDuration, written) => {
    expect(() => s3.account.role('deployer', { maxSessionDuration })).toThrow(
      new TypeError(
        `role 'deployer': invalid maxSessionDuration ${written}; expected whole seconds from 3600 to 43200, or a time such as { hours: 2 }`,
      ),
    );
  });

  it('is a TypeError if it has an unknown unit', () => {
    const options = { maxSessionDuration: { hour: 2 } } as RoleFixture; // a mistake of a JavaScript file
    expect(() => s3.account.role('deployer', options)).toThrow(/Did you mean hours\?/);
  });

  it('cannot be another one by a later call', () => {
    s3.account.role('deployer', { maxSessionDuration: 7200 });
    expect(() => s3.account.role('deployer', { maxSessionDuration: { hours: 3 } })).toThrow(
      new S3MockError(
        'ROLE_EXISTS',
        "role 'deployer': its maxSessionDuration is 7200, but was also given as 10800. Give it once, or use another name.",
      ),
    );
  });
});

describe('a mock', () => {
  it('has its roles again after a restore of its JSON', async () => {
    s3.account.role('deployer', { trust, maxSessionDuration: { hours: 2 } });
    const other = mockS3({ ...s3.toJSON(), ...aside });
    expect(other.account.role('deployer').toJSON()).toEqual(s3.account.role('deployer').toJSON());
    await other.stop();
  });
});
