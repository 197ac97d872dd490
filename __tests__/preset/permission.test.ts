import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccessConditions, type ActionName, type MockS3, mockS3, S3MockError, type UserHandle } from '../../src';
import { withAcls } from '../support/acl';
import { allowing, policyOf } from '../support/policy';
import { messageOfTypeError } from '../support/thrown';

let s3: MockS3;
beforeEach(() => {
  const Deny = {
    Sid: 'KeepVersions',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:DeleteObjectVersion',
    Resource: 'arn:aws:s3:::vault/*',
  };
  s3 = mockS3({
    now: '2026-01-31T10:00:00Z',
    accounts: { partner: {} },
    buckets: {
      vault: { versioning: 'Enabled', policy: policyOf(Deny), objects: { 'report.pdf': ['first', 'second'] } },
      plain: { objects: { 'report.pdf': 'first', 'odd*key': 'first' } },
      china: { region: 'cn-north-1' },
      shared: {
        ...withAcls,
        versioning: 'Enabled',
        objects: {
          'open.txt': [
            { body: 'a', versionId: 'v1', acl: 'authenticated-read' },
            { body: 'b', versionId: 'v2' },
          ],
        },
      },
    },
  });
});
afterEach(() => s3.stop());

const userWith = (...statements: readonly object[]): UserHandle =>
  s3.account.user('writer', { policy: policyOf(...statements) });

describe('may', () => {
  it('names the statement that decides', () => {
    const { account } = s3;
    expect(account.may('s3:DeleteObjectVersion', 'vault/report.pdf')).toEqual({
      allowed: false,
      by: 'denied by statement KeepVersions of the bucket policy of vault: s3:DeleteObjectVersion on arn:aws:s3:::vault/report.pdf',
    });
    const writer = account.user('writer', allowing('s3:PutObject'));
    expect(writer.may('s3:PutObject', 'plain/new.pdf')).toEqual({
      allowed: true,
      by: 'allowed by statement 1 of the policy of user writer: s3:PutObject on arn:aws:s3:::plain/new.pdf',
    });
    expect(account.may('s3:ListBucket', 'plain')).toEqual({
      allowed: true,
      by: 'allowed, since no policy limits account 000000000000: s3:ListBucket on arn:aws:s3:::plain',
    });
    expect(s3.createAccount('stranger').may('s3:ListBucket', 'plain').allowed).toBe(false);
  });

  it('makes no request, and changes nothing', () => {
    const before = s3.toJSON();
    s3.account.may('s3:DeleteObject', 'plain/report.pdf');
    expect(s3.requests.length).toBe(0);
    expect(s3.toJSON()).toEqual(before);
  });

  it.each<readonly [action: ActionName, resource: string]>([
    ['s3:ListBucket', 'vault'],
    ['s3:ListBucket', 'arn:aws:s3:::vault'],
    ['s3:ListBucket', 'arn:aws-cn:s3:::china'],
    ['s3:GetObject', 'vault/report.pdf'],
    ['s3:GetObject', 'arn:aws:s3:::vault/docs/2026/report.pdf'],
    ['s3:GetObject', 'vault/docs/'],
    ['s3:GetObject', 'plain/odd*key'],
    ['s3:ListAllMyBuckets', '*'],
    ['s3:CreateBucket', 'not-there-yet'],
  ])('%s takes the resource %s', (action, resource) => {
    expect(s3.account.may(action, resource).allowed).toBe(true);
  });

  it('asks about a bucket that need not exist for its creation alone', () => {
    const user = userWith({ Effect: 'Allow', Action: 's3:CreateBucket', Resource: 'arn:aws:s3:::team-*' });
    expect(user.may('s3:CreateBucket', 'team-a').allowed).toBe(true);
    expect(user.may('s3:CreateBucket', 'other').allowed).toBe(false);
    expect(() => user.may('s3:ListBucket', 'team-a')).toThrow(S3MockError);
  });

  it('reads the tags of the version that is meant', () => {
    const Condition = { StringEquals: { 's3:ExistingObjectTag/stage': 'done' } };
    const Action = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectAttributes'];
    const user = userWith({ Effect: 'Allow', Action, Resource: '*', Condition });
    const plain = s3.bucket('plain');
    plain.put('tagged', 'a', { tags: { stage: 'done' } });
    expect(user.may('s3:GetObject', 'plain/tagged').allowed).toBe(true);
    expect(user.may('s3:GetObjectAttributes', 'plain/tagged').allowed).toBe(false);
    expect(user.may('s3:GetObject', 'plain/report.pdf').allowed).toBe(false);
    expect(user.may('s3:GetObject', 'plain/report.pdf', { 's3:ExistingObjectTag/stage': 'done' }).allowed).toBe(true);
    const vault = s3.bucket('vault');
    vault.put('tagged', 'a', { tags: { stage: 'done' }, versionId: 'v1' });
    vault.put('tagged', 'b', { versionId: 'v2' });
    const allowed = (versionId: string) =>
      user.may('s3:GetObjectVersion', 'vault/tagged', { 's3:versionid': versionId }).allowed;
    expect({ v1: allowed('v1'), v2: allowed('v2') }).toEqual({ v1: true, v2: false });
  });

  it('reads the tags of a bucket to which access is decided by tags', () => {
    const Condition = { StringEquals: { 'aws:ResourceTag/stage': 'test' } };
    const user = userWith({ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', Condition });
    const plain = s3.bucket('plain');
    plain.tags = { stage: 'test' };
    expect(user.may('s3:ListBucket', 'plain').allowed).toBe(false);
    plain.abac = 'Enabled';
    expect(user.may('s3:ListBucket', 'plain').allowed).toBe(true);
  });

  it('reads the ACL of the version that is meant', () => {
    const partner = s3.createAccount('other');
    const allowed = (versionId: string) =>
      partner.may('s3:GetObjectVersion', 'shared/open.txt', { 's3:versionid': versionId }).allowed;
    s3.bucket('shared').publicAccessBlock = null;
    expect({ v1: allowed('v1'), v2: allowed('v2') }).toEqual({ v1: true, v2: false });
  });

  it('takes conditions as text, numbers, truth, dates and lists', () => {
    const condition = (operator: string, key: string, value: unknown) => ({ [operator]: { [key]: value } });
    const asked = (Condition: object, conditions: AccessConditions) => {
      s3.reset();
      const Action = ['s3:ListBucket', 's3:PutObject'];
      return userWith({ Effect: 'Allow', Action, Resource: '*', Condition }).may('s3:ListBucket', 'plain', conditions)
        .allowed;
    };
    expect(asked(condition('StringEquals', 's3:prefix', 'docs/'), { 's3:prefix': 'docs/' })).toBe(true);
    expect(asked(condition('StringEquals', 's3:prefix', 'docs/'), { 'S3:Prefix': 'docs/' })).toBe(true);
    expect(asked(condition('StringEquals', 's3:prefix', 'docs/'), { 's3:prefix': undefined })).toBe(false);
    expect(asked(condition('NumericLessThan', 's3:max-keys', 10), { 's3:max-keys': 9 })).toBe(true);
    expect(asked(condition('Bool', 'aws:SecureTransport', false), { 'aws:SecureTransport': false })).toBe(true);
    const before = condition('DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z');
    expect(asked(before, {})).toBe(false);
    expect(asked(before, { 'aws:CurrentTime': new Date('2025-01-01') })).toBe(true);
    const tags = condition('ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b']);
    expect(asked(tags, { 'aws:TagKeys': ['a', 'b'] })).toBe(true);
    expect(asked(tags, { 'aws:TagKeys': ['a', 'c'] })).toBe(false);
  });

  it('is about a request over TLS from this machine, unless it is said otherwise', () => {
    const tls = { Bool: { 'aws:SecureTransport': true } };
    const here = { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } };
    const user = userWith({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { ...tls, ...here } });
    expect(user.may('s3:GetObject', 'plain/report.pdf').allowed).toBe(true);
    expect(user.may('s3:GetObject', 'plain/report.pdf', { 'aws:SecureTransport': false }).allowed).toBe(false);
    expect(user.may('s3:GetObject', 'plain/report.pdf', { 'aws:SourceIp': '10.0.0.1' }).allowed).toBe(false);
  });
});

describe('a wrong question', () => {
  const messageOf = (action: unknown, resource: unknown, conditions: unknown = {}) =>
    messageOfTypeError(() =>
      s3.account.user('ann').may(action as ActionName, resource as string, conditions as AccessConditions),
    );

  it.each<readonly [action: unknown, hint: string]>([
    ['s3:getobject', ' Did you mean s3:GetObject?'],
    ['GetObject', ' Did you mean s3:GetObject?'],
    ['s3:Get*', ''],
    [undefined, ''],
    ['s3:ListObjects', ' ListObjects needs s3:ListBucket.'],
    ['HeadBucket', ' HeadBucket needs s3:ListBucket.'],
  ])('about the action %s is a TypeError', (action, hint) => {
    const given = typeof action === 'string' ? `'${action}'` : action;
    expect(messageOf(action, 'vault/report.pdf')).toBe(
      `user 'ann': may: there is no action ${given}. Give an action of S3 as policies name it, such as 's3:GetObject'.${hint}`,
    );
  });

  const object =
    "an object: give bucket and key or its ARN, such as 'vault/report.pdf' or 'arn:aws:s3:::vault/report.pdf'";
  const bucket = "a bucket: give its name or its ARN, such as 'vault' or 'arn:aws:s3:::vault'";
  it.each([
    ['s3:GetObject', 'vault', object],
    ['s3:GetObject', 's3://vault/report.pdf', object],
    ['s3:ListBucket', 'vault/report.pdf', bucket],
    ['s3:ListBucket', '*', bucket],
    ['s3:ListAllMyBuckets', 'vault', "no bucket and no object: give '*'"],
  ])('%s on %s is a TypeError that says what the action is about', (action, resource, about) => {
    expect(messageOf(action, resource)).toBe(
      `user 'ann': may: ${action} applies to ${about}. It was given '${resource}'.`,
    );
  });

  it.each([
    ['vault/*', "'vault/*' is a pattern. Give the key of one object, such as 'vault/report.pdf'."],
    [
      'arn:aws-cn:s3:::vault/report.pdf',
      'the ARN of a bucket in partition aws begins with arn:aws:s3:::, not arn:aws-cn:.',
    ],
  ])('about the object %s is a TypeError', (resource, message) => {
    expect(messageOf('s3:GetObject', resource)).toBe(`user 'ann': may: ${message}`);
  });

  const services = "Give a key of S3, 's3:...', or one of all services, 'aws:...'";
  const values = 'text, a number, true or false, a Date, or a list of these';
  const byKeys = "an object by condition keys, such as { 'aws:SourceIp': '10.0.0.1' }";
  it.each<readonly [conditions: unknown, message: string]>([
    [{ prefix: 'docs/' }, `there is no condition key 'prefix'. ${services}. Did you mean s3:prefix?`],
    [{ 's3:prefx': 'docs/' }, `there is no condition key 's3:prefx'. ${services}. Did you mean s3:prefix?`],
    [{ 'aws:Foo': '1' }, "there is no condition key 'aws:Foo'. Give a global condition key, such as 'aws:SourceVpc'."],
    [{ 'aws:SourcIp': '10.0.0.1' }, "there is no condition key 'aws:SourcIp'. Did you mean aws:SourceIp?"],
    [{ 's3:versionid': 'v1' }, "the condition key 's3:versionid' does not go with s3:ListBucket."],
    [
      { 's3:prefix': { starts: 'docs/' } },
      `conditions: 's3:prefix': invalid value { starts: 'docs/' }; expected ${values}`,
    ],
    [{ 's3:prefix': [] }, `conditions: 's3:prefix': invalid value []; expected ${values}`],
    [
      { 'aws:CurrentTime': new Date(Number.NaN) },
      `conditions: 'aws:CurrentTime': invalid value Invalid Date; expected ${values}`,
    ],
    [
      { 'aws:sourceip': '10.0.0' },
      "conditions: 'aws:sourceip': invalid value '10.0.0'; expected an address, such as '203.0.113.7'",
    ],
    [
      { 'aws:SecureTransport': 'yes' },
      "conditions: 'aws:SecureTransport': invalid value 'yes'; expected true or false",
    ],
    [
      { 'aws:CurrentTime': 'soon' },
      "conditions: 'aws:CurrentTime': invalid value 'soon'; expected a Date or text such as '2026-01-31T10:00:00Z'",
    ],
    [{ 's3:max-keys': 'few' }, "conditions: 's3:max-keys': invalid value 'few'; expected a number"],
    [null, `invalid conditions null; expected ${byKeys}`],
    ['docs/', `invalid conditions 'docs/'; expected ${byKeys}`],
  ])('with the conditions %j is a TypeError', (conditions, message) => {
    expect(messageOf('s3:ListBucket', 'vault', conditions)).toBe(`user 'ann': may: ${message}`);
  });

  it('takes keys of AWS that S3 does not set, and tags by any name', () => {
    const conditions = { 'aws:PrincipalTag/team': 'red', 'aws:ChatbotSourceArn': 'arn', 'aws:SOURCEIP': '2001:db8::1' };
    expect(s3.account.may('s3:ListBucket', 'vault', conditions).allowed).toBe(true);
  });

  // F660
  it('is about a request through a VPC endpoint if it has a key of one', () => {
    const Action = 's3:GetObject';
    const inNetwork = (key: string) => ({ IpAddress: { [key]: '127.0.0.0/8' } });
    const policyWith = (Condition: object) => ({
      policy: policyOf({ Effect: 'Allow', Action, Resource: '*', Condition }),
    });
    const outside = s3.account.user('outside', policyWith(inNetwork('aws:SourceIp')));
    const inside = s3.account.user('inside', policyWith(inNetwork('aws:VpcSourceIp')));
    const answers = (conditions?: AccessConditions) =>
      [outside, inside].map((user) => user.may(Action, 'vault/docs/a.txt', conditions).allowed);
    expect(answers()).toEqual([true, false]);
    expect(answers({ 'aws:SourceVpce': 'vpce-0a1b2c3d' })).toEqual([false, true]);
    expect(answers({ 'aws:SourceVpc': 'vpc-1', 'aws:SourceIp': '127.0.0.1' })).toEqual([true, true]);
  });

  it('about a bucket that is not there is an S3MockError', () => {
    expect(() => s3.account.may('s3:ListBucket', 'valt')).toThrow(
      new S3MockError(
        'NO_SUCH_BUCKET',
        "there is no bucket 'valt'. The buckets are: 'vault', 'plain', 'china', 'shared'. Did you mean vault?",
      ),
    );
  });
});
