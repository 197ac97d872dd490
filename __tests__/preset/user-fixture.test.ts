import { describe, expect, it } from '@jest/globals';
import { S3MockError, type UserFixture } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { policyOf } from '../support/policy';
import { startedMocks } from '../support/started-mocks';
import { thrownBy } from '../support/thrown';

const s3 = mockS3({ buckets: { vault: {} } });
const startMock = startedMocks();
const iam = 'arn:aws:iam::000000000000';

// F664
describe('a path in front of a name', () => {
  it('is part of the ARN, but not of the name', () => {
    const user = s3.account.user('division/abc/ann');
    expect({ name: user.name, arn: user.arn }).toEqual({ name: 'ann', arn: `${iam}:user/division/abc/ann` });
    expect(s3.account.user('ann')).toBe(user);
    expect(s3.account.user('division/abc/ann')).toBe(user);
    const role = s3.account.role('service-role/x');
    expect({ name: role.name, arn: role.arn }).toEqual({ name: 'x', arn: `${iam}:role/service-role/x` });
    expect(role.session({ name: 'night' }).arn).toBe('arn:aws:sts::000000000000:assumed-role/x/night');
    expect(user.session().arn).toBe(user.arn);
  });

  it('has to match in a principal of a bucket policy', () => {
    s3.account.user('division/ann', { policy: policyOf() });
    const put = (name: string) => {
      const Principal = { AWS: `${iam}:user/${name}` };
      const rest = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' };
      s3.bucket('vault').policy = policyOf({ Effect: 'Allow', Principal, ...rest });
      return s3.account.user('ann').may('s3:GetObject', 'vault/k').allowed;
    };
    expect(put('division/ann')).toBe(true);
    expect(put('ann')).toBe(false);
  });

  it.each(['/ann', 'a//ann', 'division/', 'a b/ann', `${'x'.repeat(511)}/ann`])('%j is a TypeError', (name) => {
    expect(() => s3.account.user(name)).toThrow('; a path in front has 512 visible characters of ASCII at most');
    expect(() => s3.account.role(name)).toThrow(TypeError);
  });
});

// F663
describe('a unique id', () => {
  it('follows from the account and the name, or is given', () => {
    const { id } = s3.account.user('ann');
    expect(id).toMatch(/^AIDA[A-Z2-7]{17}$/);
    expect(s3.account.role('ann').id).toMatch(/^AROA[A-Z2-7]{17}$/);
    expect(s3.account.role('x', { id: 'AROAEXAMPLEID' }).toJSON()).toEqual({
      arn: `${iam}:role/x`,
      id: 'AROAEXAMPLEID',
    });
    s3.reset();
    expect(s3.account.user('ann').id).toBe(id);
    expect(s3.account.role('x').id).not.toBe('AROAEXAMPLEID');
  });

  it('belongs to one user or role of all accounts', () => {
    s3.account.user('team/ann', { id: 'AIDAEXAMPLE' });
    const partner = s3.createAccount('partner');
    expect(() => partner.user('bob', { id: 'AIDAEXAMPLE' })).toThrow(
      new TypeError("user 'bob': the id 'AIDAEXAMPLE' belongs to 'team/ann'. Give another id."),
    );
    expect(s3.account.user('ann', { id: 'AIDAEXAMPLE' }).id).toBe('AIDAEXAMPLE');
  });
});

describe('a later call', () => {
  const first: UserFixture = { tags: { team: 'a' }, conditions: { 'aws:SourceVpc': 'vpc-1' }, id: 'AIDAFIRST' };

  it('may give the same facts, some of them, or none', () => {
    const user = s3.account.user('division/ann', first);
    for (const fixture of [first, {}, { conditions: { 'AWS:sourcevpc': 'vpc-1' } }, { tags: { team: 'a' } }])
      expect(s3.account.user('ann', fixture)).toBe(user);
  });

  it.each<readonly [name: string, fixture: UserFixture, has: string]>([
    ['other/ann', {}, "path is '/division/', but was also given as '/other/'"],
    ['ann', { id: 'AIDASECOND' }, "id is 'AIDAFIRST', but was also given as 'AIDASECOND'"],
    ['ann', { tags: {} }, "tags is { team: 'a' }, but was also given as {}"],
    [
      'ann',
      { conditions: { 'aws:SourceVpc': 'vpc-2' } },
      "conditions is { 'aws:sourcevpc': ['vpc-1'] }, but was also given as { 'aws:sourcevpc': ['vpc-2'] }",
    ],
  ])('of %s with %j throws, and names both', (name, fixture, has) => {
    s3.account.user('division/ann', first);
    expect(thrownBy(() => s3.account.user(name, fixture))).toEqual(
      new S3MockError('USER_EXISTS', `user '${name}': its ${has}. Give it once, or use another name.`),
    );
  });

  it('of a role throws in the same way', () => {
    s3.account.role('a/x');
    expect(thrownBy(() => s3.account.role('b/x'))).toMatchObject({ code: 'ROLE_EXISTS' });
  });
});

describe('a wrong fact', () => {
  it.each<readonly [fixture: unknown, message: string]>([
    [
      { id: 'AROAEXAMPLEID' },
      "invalid id 'AROAEXAMPLEID'; expected AIDA and up to 124 capital letters and digits, such as 'AIDAEXAMPLEID', or undefined",
    ],
    [
      { id: 7 },
      "invalid id 7; expected AIDA and up to 124 capital letters and digits, such as 'AIDAEXAMPLEID', or undefined",
    ],
    [{ tags: ['a'] }, "invalid tags ['a']; expected an object of texts such as { team: 'archive' }"],
    [{ tags: { team: 1 } }, "invalid tags { team: 1 }; expected an object of texts such as { team: 'archive' }"],
    [{ tags: { 'aws:x': '' } }, "AWS reserves tags that begin with aws:, such as { 'aws:x': '' }"],
    [{ tags: { x: 'AWS:y' } }, "AWS reserves tags that begin with aws:, such as { x: 'AWS:y' }"],
    [
      { tags: { Team: 'a', team: 'b' } },
      "the tag 'team' is given twice, because the keys of these tags are compared without case",
    ],
    [
      { tags: { 'a#': 'b' } },
      "invalid tag { 'a#': 'b' }; expected a key of 1 to 128 and a value of up to 256 letters, digits, spaces or any of _ . : / = + - @",
    ],
    [
      { conditions: 7 },
      "invalid conditions 7; expected an object by condition keys, such as { 'aws:SourceIp': '10.0.0.1' }",
    ],
    [
      { conditions: { 'aws:SourceVpcc': 'vpc-1' } },
      "conditions: there is no condition key 'aws:SourceVpcc'. Did you mean aws:SourceVpc?",
    ],
    [
      { conditions: { SourceVpc: 'vpc-1' } },
      "conditions: there is no condition key 'SourceVpc'. Give keys of all services, 'aws:...'. Did you mean aws:SourceVpc?",
    ],
    [
      { conditions: { 's3:prefix': 'a' } },
      "conditions: S3 takes 's3:prefix' from the request itself. Give keys of all services, 'aws:...'; only the conditions of may() can contain keys of S3.",
    ],
    [
      { conditions: { 'aws:SourceIp': 'here' } },
      "conditions: 'aws:SourceIp': invalid value 'here'; expected an address, such as '203.0.113.7'",
    ],
    [
      { conditions: { 'aws:PrincipalOrgID': 'o-1' } },
      "conditions: 'aws:PrincipalOrgID': invalid value 'o-1'; expected the id of an organization, such as 'o-a1b2c3d4e5'",
    ],
    [
      { conditions: { 'aws:SourceVpc': [] } },
      "conditions: 'aws:SourceVpc': invalid value []; expected text, a number, true or false, a Date, or a list of these",
    ],
  ])('%j is a TypeError', (fixture, message) => {
    expect(() => s3.account.user('ann', fixture as UserFixture)).toThrow(new TypeError(`user 'ann': ${message}`));
  });

  it('is also a TypeError in a session or a mock', () => {
    const conditions = { 's3:prefix': 'a' };
    expect(() => s3.account.session({ conditions })).toThrow("account 'default': session: conditions: S3 takes");
    expect(() => s3.account.session({ tags: {} } as object)).toThrow("there is no option 'tags'");
    expect(() => s3.account.role('x').session({ tags: { 'aws:x': '' } })).toThrow('AWS reserves tags');
    expect(() => startMock({ conditions })).toThrow('mockS3: conditions: S3 takes');
    expect(() => startMock({ organizationId: 'a1b2c3d4e5' })).toThrow(
      new TypeError(
        "mockS3: invalid organizationId 'a1b2c3d4e5'; expected the id of an organization, such as 'o-a1b2c3d4e5': o- and 10 to 32 small letters and digits",
      ),
    );
  });
});

describe('a mock as JSON', () => {
  it('keeps ids, paths, tags, conditions and organizations', () => {
    const options = {
      organizationId: 'o-a1b2c3d4e5',
      conditions: { 'aws:SourceVpc': 'vpc-1', 'aws:CalledVia': ['athena.amazonaws.com', 'glue.amazonaws.com'] },
      users: { 'division/ann': { tags: { team: 'archive' }, conditions: { 'aws:SourceVpc': 'vpc-2' } } },
      roles: { 'service-role/x': { id: 'AROAEXAMPLEID' } },
      caller: 'ann',
      accounts: { partner: { organizationId: 'o-zzzzzzzzzz', users: { bob: { id: 'AIDABOB' } } } },
      buckets: {},
    };
    const mock = startMock({ ...options, hosts: { only: [] } });
    const json = JSON.parse(JSON.stringify(mock));
    expect(json).toEqual(options);
    expect(mock.account.toJSON()).toMatchObject({
      organizationId: 'o-a1b2c3d4e5',
      users: ['division/ann'],
      roles: ['service-role/x'],
    });
    expect(mock.account.user('ann').toJSON()).toMatchObject({
      id: expect.stringMatching(/^AIDA/),
      ...options.users['division/ann'],
    });
    mock.actAs('division/ann');
    expect(() => mock.actAs('other/ann')).toThrow("there is no user 'other/ann'");
  });
});
