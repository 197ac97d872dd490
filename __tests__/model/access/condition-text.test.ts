import { describe, expect, it } from '@jest/globals';
import { describeDecision } from '../../../src/model/access/decision-text';
import type { StsActionName } from '../../../src/model/access/sts-actions';
import { decideOwn } from '../../../src/model/sessions/trust';
import { AccessScene, type CallerName, type Statement, type Wish } from '../../support/access-scene';

const what = 's3:GetObject on arn:aws:s3:::vault/report.pdf';
const deny = (change: Statement): Statement => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'],
  ...change,
});

function reasonOf(condition: object, { caller = 'root', ...wish }: Wish & { caller?: CallerName } = {}): string {
  const scene = new AccessScene({ bucket: [deny({ Condition: condition })] });
  const text = describeDecision(scene.decide(caller, wish), scene.caller(caller), scene.store.accounts);
  const [, reason] = /^denied by statement 1 of the bucket policy of vault: .*?, because (.*)$/s.exec(text) ?? [];
  return reason ?? text;
}

const has = (key: string, ...values: readonly string[]) => ({ conditions: { [key.toLowerCase()]: values } });

describe('a condition of a Deny that holds', () => {
  it('follows the action and the resource', () => {
    const scene = new AccessScene({
      bucket: [deny({ Sid: 'MfaOnly', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })],
    });
    expect(describeDecision(scene.decide('root'), scene.caller('root'), scene.store.accounts)).toBe(
      `denied by statement MfaOnly of the bucket policy of vault: ${what}, because aws:MultiFactorAuthPresent is absent, as the caller is not a session with MFA (BoolIfExists "false" holds without it)`,
    );
  });

  it.each<[operator: string, key: string, wanted: unknown, wish: Wish, reason: string]>([
    ['Bool', 'aws:SecureTransport', 'false', has('aws:SecureTransport', 'false'), 'is "false" (Bool "false")'],
    [
      'BoolIfExists',
      'aws:SecureTransport',
      false,
      has('aws:SecureTransport', 'false'),
      'is "false" (BoolIfExists "false")',
    ],
    ['StringEquals', 'aws:Referer', ['a', 'b'], has('aws:Referer', 'b'), 'is "b" (StringEquals "a" and "b")'],
    ['StringNotEquals', 'aws:Referer', 'a', has('aws:Referer', 'b'), 'is "b" (StringNotEquals "a")'],
    [
      'StringNotEquals',
      'aws:Referer',
      'a*',
      has('aws:Referer', 'abc'),
      'is "abc" (StringNotEquals "a*"); StringNotEquals takes * and ? literally: StringNotLike would not hold',
    ],
    ['StringNotEquals', 'aws:Referer', 'a', {}, 'is absent (StringNotEquals "a" holds without it)'],
    ['StringNotLikeIfExists', 'aws:Referer', 'a*', {}, 'is absent (StringNotLikeIfExists "a*" holds without it)'],
    [
      'NotIpAddress',
      'aws:SourceIp',
      '10.0.0.0/8',
      has('aws:SourceIp', '1.2.3.4'),
      'is "1.2.3.4" (NotIpAddress "10.0.0.0/8")',
    ],
    ['NumericGreaterThan', 's3:TlsVersion', 1, has('s3:TlsVersion', '1.2'), 'is "1.2" (NumericGreaterThan "1")'],
    ['Null', 'aws:Referer', 'true', {}, 'is absent (Null "true")'],
    ['Null', 'aws:Referer', 'false', has('aws:Referer', ''), 'is "" (Null "false")'],
    [
      'ForAllValues:StringEquals',
      'aws:TagKeys',
      ['a', 'b'],
      has('aws:TagKeys', 'a', 'b'),
      'has "a" and "b" (ForAllValues:StringEquals "a" and "b")',
    ],
    ['ForAllValues:StringEquals', 'aws:TagKeys', 'a', {}, 'is absent (ForAllValues:StringEquals "a" holds without it)'],
    [
      'ForAllValues:StringEquals',
      'aws:TagKeys',
      'a',
      has('aws:TagKeys'),
      'is absent (ForAllValues:StringEquals "a" holds without it)',
    ],
    [
      'ForAnyValue:StringLike',
      'aws:TagKeys',
      'b*',
      has('aws:TagKeys', 'a', 'bc'),
      'has "a" and "bc" (ForAnyValue:StringLike "b*")',
    ],
    [
      'Bool',
      'aws:MultiFactorAuthPresent',
      'false',
      has('aws:MultiFactorAuthPresent', 'false'),
      'is "false", since only GetSessionToken with a code makes it true, and AssumeRole passes that on (Bool "false")',
    ],
    [
      'Bool',
      'aws:MultiFactorAuthPresent',
      'true',
      has('aws:MultiFactorAuthPresent', 'true'),
      'is "true" (Bool "true")',
    ],
  ])('%s %s %j, %j: %s', (operator, key, wanted, wish, reason) => {
    expect(reasonOf({ [operator]: { [key]: wanted } }, wish)).toBe(`${key} ${reason}`);
  });

  it.each<[key: string, caller: CallerName, wish: Wish, reason: string]>([
    ['aws:MultiFactorAuthPresent', 'root', {}, ', as the caller is not a session with MFA'],
    ['aws:MultiFactorAuthAge', 'session of root', {}, ', as the caller is not a session with MFA'],
    ['aws:SourceVpce', 'root', {}, ', as the request did not come through a VPC endpoint'],
    ['aws:sourcevpc', 'root', {}, ', as the request did not come through a VPC endpoint'],
    ['aws:username', 'session of reader', {}, ', as the caller is not a user'],
    ['s3:x-amz-acl', 'root', { action: 's3:PutObject' }, ', as the request has no such header'],
    ['s3:if-none-match', 'root', { action: 's3:PutObject' }, ', as the request has no such header'],
    [
      's3:x-amz-server-side-encryption',
      'root',
      { action: 's3:PutObject' },
      ', as the request has no such header: S3 adds the default encryption of the bucket later, and no policy sees it',
    ],
    ['s3:x-amz-acl', 'root', {}, ', as s3:GetObject has no such key'],
    ['s3:prefix', 'root', { action: 's3:ListBucket', key: null }, ''],
    ['aws:nosuch', 'root', {}, ''],
  ])('%s is absent from a request of %s that needs %j%s', (key, caller, wish, reason) => {
    expect(reasonOf({ Null: { [key]: 'true' } }, { caller, ...wish })).toBe(`${key} is absent${reason} (Null "true")`);
  });

  it('is named beside the others that hold, three of them at most', () => {
    const wish = { conditions: { 'aws:referer': ['r'], 'aws:useragent': ['u'] } };
    expect(reasonOf({ StringEquals: { 'aws:Referer': 'r' }, StringLike: { 'aws:UserAgent': '*' } }, wish)).toBe(
      'aws:Referer is "r" (StringEquals "r") and aws:UserAgent is "u" (StringLike "*")',
    );
    const five = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`aws:PrincipalTag/${name}`, 'true']));
    expect(reasonOf({ Null: five })).toBe(
      'aws:PrincipalTag/a is absent (Null "true"), aws:PrincipalTag/b is absent (Null "true"), aws:PrincipalTag/c is absent (Null "true") and 2 more',
    );
  });

  it('quotes values and texts of the policy up to a bound', () => {
    const long = 'x'.repeat(9000);
    const reason = reasonOf(
      { StringLike: { [`aws:RequestTag/${long}`]: ['*', `${long}*`] } },
      has(`aws:RequestTag/${long}`, `"${long}`),
    );
    expect(reason).toBe(
      `aws:RequestTag/${'x'.repeat(185)}… is "\\"${'x'.repeat(79)}"… (StringLike "*" and "${'x'.repeat(80)}"…)`,
    );
  });

  it('of a policy of a user may have a key that S3 does not have', () => {
    const { Principal, ...ofUser } = deny({ Condition: { StringNotEquals: { 's3:prefixx': 'a' } } });
    const scene = new AccessScene({ identity: [ofUser] });
    expect(describeDecision(scene.decide('ann'), scene.caller('ann'), scene.store.accounts)).toBe(
      `denied by statement 1 of the policy of user ann: ${what}, because s3:prefixx is absent (StringNotEquals "a" holds without it); S3 has no such condition key. Did you mean s3:prefix?`,
    );
  });
});

describe('a condition of an Allow that does not hold', () => {
  it.each<[key: string, wish: Wish, has: string]>([
    ['aws:MultiFactorAuthPresent', {}, 'none, as the caller is not a session with MFA'],
    ['s3:x-amz-acl', {}, 'none, as s3:GetObject has no such key'],
    ['s3:x-amz-acl', { action: 's3:PutObject' }, 'none, as the request has no such header'],
    ['aws:Referer', has('aws:Referer'), 'none'],
    ['saml:sub', {}, 'none, as the caller is not a session that began with an assertion of SAML'],
    [
      'accounts.google.com:sub',
      {},
      'none, as the caller is not a session that began with a token of accounts.google.com',
    ],
    ['aws:Referer', has('aws:Referer', 'a', 'b'), '"a" and "b"'],
  ])('%s: %j has %s', (key, wish, words) => {
    const Condition = { StringEquals: { [key]: 'wanted' } };
    const scene = new AccessScene({ identity: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition }] });
    const text = describeDecision(scene.decide('ann', wish), scene.caller('ann'), scene.store.accounts);
    expect(text.split(' came nearest, ')[1]).toBe(
      `whose condition StringEquals ${key} wants "wanted", and the request has ${words}`,
    );
  });

  it.each<[operator: string, key: string, wanted: string, given: readonly string[], note: string | undefined]>([
    ['StringEquals', 'aws:Referer', 'a*', ['abc'], 'StringEquals takes * and ? literally: StringLike would hold'],
    ['StringEquals', 'aws:Referer', 'b*', ['abc'], undefined],
    [
      'StringEquals',
      'aws:Referer',
      'ABC',
      ['abc'],
      'StringEquals tells capital letters from small ones: StringEqualsIgnoreCase would hold',
    ],
    [
      'ArnLike',
      'aws:PrincipalArn',
      'arn:aws:iam::*/ann',
      ['arn:aws:iam::111111111111:user/ann'],
      'ArnLike compares each part of an ARN by itself: StringLike would hold',
    ],
    [
      'StringEquals',
      'aws:TagKeys',
      'a',
      ['a', 'b'],
      'the key is a list, which StringEquals never matches: ForAnyValue:StringEquals would hold',
    ],
    ['ForAllValues:StringEquals', 'aws:TagKeys', 'a', ['a', 'b'], undefined],
  ])('%s %s %s, given %j: %s', (operator, key, wanted, given, note) => {
    const Condition = { [operator]: { [key]: wanted } };
    const scene = new AccessScene({ identity: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition }] });
    const decision = scene.decide('ann', has(key, ...given));
    const text = describeDecision(decision, scene.caller('ann'), scene.store.accounts);
    expect(text.split('; ')[2]).toBe(note);
  });

  it.each<[action: StsActionName, key: string, given: readonly string[] | undefined, has: string]>([
    [
      'sts:AssumeRole',
      'saml:sub',
      undefined,
      'none, as the caller is not a session that began with an assertion of SAML',
    ],
    ['sts:AssumeRoleWithWebIdentity', 'accounts.google.com:aud', undefined, 'none, as the token has no such claim'],
    ['sts:TagSession', 'accounts.google.com:aud', undefined, 'none'],
    ['sts:AssumeRole', 'aws:MultiFactorAuthPresent', ['false'], '"false"'],
  ])('of a request to STS that needs %s: %s, given %j, has %s', (action, key, given, words) => {
    const Condition = { StringEquals: { [key]: 'wanted' } };
    const scene = new AccessScene({ identity: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*', Condition }] });
    const caller = scene.caller('ann');
    const { owner } = scene.bucket;
    const resource = 'arn:aws:iam::111111111111:role/reader';
    const decision = decideOwn({ caller, action, resource, partition: 'aws', owner, conditions: () => given });
    expect(describeDecision(decision, caller, scene.store.accounts).split(' came nearest, ')[1]).toBe(
      `whose condition StringEquals ${key} wants "wanted", and the request has ${words}`,
    );
  });
});
