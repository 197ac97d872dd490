import { describe, expect, it } from '@jest/globals';
import { MalformedPolicyDocument } from '../../../src/model/access/policy-form';
import { readUserPolicy } from '../../../src/model/access/user-policy';
import { thrownBy } from '../../support/thrown';

const right = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' };

const policyOf = (change: object, document: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { ...right, ...change }, ...document });

/** IAM's answer to a managed policy; undefined if it accepts it. */
function answerTo(text: string): string | undefined {
  const thrown = thrownBy(() => readUserPolicy(text, 'Managed'));
  if (thrown instanceof MalformedPolicyDocument) return thrown.message;
  return thrown === 'nothing' ? undefined : String(thrown);
}

const syntax = 'Syntax errors in policy.';
const version = 'Policy document must be version 2012-10-17 or greater.';
const legacy = 'The policy failed legacy parsing';
const noActions = 'Policy statement must contain actions.';
const noResources = 'Policy statement must contain resources.';
const prefix = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';

// F580
describe('the policy of a user', () => {
  it.each([
    ['text that is not JSON', 'no JSON', syntax],
    ['no statement', '{"Version":"2012-10-17"}', syntax],
    ['a statement that is text', policyOf({}, { Statement: ['a'] }), syntax],
    ['an unknown version', policyOf({}, { Version: '2013-10-17' }), syntax],
    ['an unknown member', policyOf({}, { More: 'a' }), syntax],
    ['an id that is not text', policyOf({}, { Id: {} }), syntax],
    ['an unknown member of a statement', policyOf({ More: 'a' }), syntax],
    ['a Sid that is not text', policyOf({ Sid: [] }), syntax],
    ['no effect', policyOf({ Effect: undefined }), syntax],
    ['an unknown effect', policyOf({ Effect: 'Permit' }), syntax],
    ['Action beside NotAction', policyOf({ NotAction: 's3:*' }), syntax],
    ['Resource beside NotResource', policyOf({ NotResource: [] }), syntax],
    ['an action in a list in a list', policyOf({ Action: [[]] }), syntax],
    ['a resource that is an object', policyOf({ Resource: [{}] }), syntax],
    ['a list of conditions', policyOf({ Condition: [{ StringEquals: { 'aws:username': 'a' } }] }), syntax],
    ['an operator without keys in an object', policyOf({ Condition: { StringEquals: [] } }), syntax],
    ['a value that is an object', policyOf({ Condition: { StringEquals: { 'aws:username': {} } } }), syntax],
    ['an unknown operator', policyOf({ Condition: { StringSame: { 'aws:username': 'a' } } }), syntax],
    ['a prefix with two colons', policyOf({ Condition: { 'ForAnyValue::StringLike': { a: 'b' } } }), syntax],
    ['no version', policyOf({}, { Version: undefined }), version],
    ['the version of 2008', policyOf({}, { Version: '2008-10-17' }), version],
    ['an effect in other case', policyOf({ Effect: 'allow' }), legacy],
    ['no actions', policyOf({ Action: undefined }), noActions],
    ['an empty list of actions', policyOf({ Action: [] }), noActions],
    ['no resources', policyOf({ Resource: undefined }), noResources],
    ['an empty list of resources', policyOf({ Resource: [] }), noResources],
    ['an action without a service', policyOf({ Action: 'GetObject' }), prefix],
    ['an empty action', policyOf({ Action: undefined, NotAction: '' }), prefix],
    ['two colons in an action', policyOf({ Action: 's3:Get:Object' }), 'Actions/Condition can contain only one colon.'],
    ['a service with a blank', policyOf({ Action: 's 3:GetObject' }), 'Vendor s 3 is not valid'],
    ['a service with a wildcard', policyOf({ Action: 's*:GetObject' }), 'Vendor s* is not valid'],
    ['a principal', policyOf({ Principal: '*' }), 'Policy document should not specify a principal.'],
    ['a principal to spare', policyOf({ NotPrincipal: '*' }), 'Policy document should not specify a principal.'],
  ])('is refused with %s', (_title, text, message) => {
    expect(answerTo(text)).toBe(message);
  });

  it('is refused for the first mistake in the order of IAM', () => {
    const mistakes: readonly (readonly [change: object, message: string])[] = [
      [{ Effect: 'allow' }, legacy],
      [
        { Sid: 'a-b' },
        'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
      ],
      [{ Action: undefined }, noActions],
      [{ Resource: 'vault' }, 'Resource vault must be in ARN format or "*".'],
      [{ Resource: undefined }, noResources],
      [{ Action: 'GetObject' }, prefix],
    ];
    for (const [at, [change, message]] of mistakes.entries()) {
      const later = Object.assign({}, ...mistakes.slice(at + 1).map(([other]) => other), change);
      expect({ change, answer: answerTo(policyOf(later)) }).toEqual({ change, answer: message });
    }
    expect(answerTo(policyOf({ Effect: 'allow' }, { Version: undefined }))).toBe(version);
  });

  it('has ids of statements that differ', () => {
    const twice = (Sid: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { ...right, Sid },
          { ...right, Sid },
        ],
      });
    expect(answerTo(twice('a'))).toBe('Statement IDs (SID) in a single policy must be unique.');
    expect(answerTo(twice(''))).toBeUndefined();
  });

  it('may be of 2008 or without a version if it is not managed', () => {
    for (const Version of ['2008-10-17', undefined])
      expect(thrownBy(() => readUserPolicy(policyOf({}, { Version })))).toBe('nothing');
  });

  it.each<object>([
    { Action: ['s3:ListBuckets', 's3:HeadObject', 's3:GetObjct', 'ec2:RunInstances', 'aaa:b c d', 's3.s-s:List'] },
    { Action: '*:*' },
    { Condition: { StringEquals: { a: 'b', 'ec2:Region': 'c', 's3:nosuch': 'd' }, Bool: { 'kms:x': true } } },
    { Condition: { NumericLessThan: { 's3:max-keys': 10 }, StringLike: { a: [] }, NoOperator: {} } },
    { Condition: { StringEquals: { 's3:prefix': 'a' } } }, // with an action that has no such key
  ])('may have %j, which a bucket policy may not', (change) => {
    expect(answerTo(policyOf(change))).toBeUndefined();
  });

  it('is a value with its name and its id, and a refusal names the statement', () => {
    const { name, document } = readUserPolicy(policyOf({}, { Id: 'one' }), 'Managed');
    expect({ name, id: document.id }).toEqual({ name: 'Managed', id: 'one' });
    const thrown = thrownBy(() => readUserPolicy(policyOf({ Sid: 'First', Action: undefined })));
    expect(thrown).toMatchObject({ message: noActions, why: 'statement 1 ("First")' });
  });

  it('may have no statement, which IAM refuses, so that a test can give no rights', () => {
    expect(answerTo(policyOf({}, { Statement: [] }))).toBeUndefined();
  });
});

// F581
describe('a resource in the policy of a user', () => {
  const region = (arn: string) => `Resource ${arn} can not contain region information.`;
  const noArn = (arn: string) => `Resource ${arn} must be in ARN format or "*".`;
  const partition = (name: string, arn: string) => `Partition "${name}" is not valid for resource "${arn}".`;
  const vendor = 'Resource vendor must be fully qualified and cannot contain regexes.';
  const iam =
    'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.';

  it.each([
    ['*', undefined],
    ['arn:aws:s3:::vault', undefined],
    ['arn:*:s3:::vault/*', undefined],
    ['arn:aws-cn:s3:::vault/*', undefined],
    ['arn:aws:s33:::vault', undefined],
    ['arn:aws:ec2:us-east-1::x', undefined],
    ['arn:aws:s3::111122223333:vault', undefined],
    ['arn:aws:s3', undefined],
    ['arn:aws:s3:*:*:*', undefined],
    ['arn:aws:s3:us-west-2:111122223333:accesspoint/mine/object/*', undefined],
    ['arn:aws:iam:::user/ann', undefined],
    [`arn:aws:iam::*:user/$${'{aws:username}'}`, undefined],
    ['', noArn('')],
    ['vault/*', noArn('vault/*')],
    ['am:aws:s3:::vault', noArn('am:aws:s3:::vault')],
    ['aws:s3:::vault', partition('s3', 'arn:s3:::vault:*')],
    ['arn:amazon:s3:::vault', partition('amazon', 'arn:amazon:s3:::vault')],
    ['arn::s3:::vault', partition('', 'arn::s3:::vault')],
    ['arn:amazon', partition('amazon', 'arn:amazon:*:*:*:*')],
    ['a:b:c:d:e:f:g:h', partition('b', 'arn:b:c:d:e:f:g:h')],
    ['arn:aws', vendor],
    ['arn:aws:s*:::vault', vendor],
    ['arn:aws::::vault', legacy],
    ['arn:aws::vault', legacy],
    ['arn:aws:s3::vault/*', legacy],
    ['arn:aws:s3:us-east-1::vault', region('arn:aws:s3:us-east-1::vault')],
    ['arn:aws:s3:*:*:vault/*', region('arn:aws:s3:*:*:vault/*')],
    ['arn:aws:s3:us-west-2:111122223333:vault/*', region('arn:aws:s3:us-west-2:111122223333:vault/*')],
    [
      'arn:aws:iam:us-east-1::user/ann',
      'IAM resource arn:aws:iam:us-east-1::user/ann cannot contain region information.',
    ],
    ['arn:aws:iam:::ann', iam],
  ])('%s: %s', (arn, message) => {
    expect(answerTo(policyOf({ Resource: arn }))).toBe(message);
    expect(answerTo(policyOf({ Resource: undefined, NotResource: ['*', arn] }))).toBe(message);
  });

  it.each([
    ['2017-07-01T00:00:00Z', undefined],
    ['2016-12-13t2:00:00.593194+23', undefined],
    ['2026-11-21T10:00:00-05:00', undefined],
    ['01T', undefined],
    ['-292275054', undefined],
    ['9223372036854775807', undefined],
    ['9223372036854775808', legacy],
    ['tomorrow', legacy],
    ['234-13', legacy],
    ['2026-00-01', legacy],
    ['2026-01-00', legacy],
    ['2026-01-31T00:00:00Z', undefined],
    ['292275054-01-01', undefined],
    ['292275055-01-01', legacy],
    ['2016-12-13t2:00:00.593194+1', legacy],
    ['2016-12-13t2:00:00.1999999999+10:59', legacy],
  ])('the date %s of a condition: %s', (value, message) => {
    expect(answerTo(policyOf({ Condition: { DateLessThan: { 'aws:CurrentTime': [value] } } }))).toBe(message);
  });

  it('addresses and bytes of conditions have a form', () => {
    expect(answerTo(policyOf({ Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }))).toBeUndefined();
    expect(answerTo(policyOf({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0' } } }))).toBe(legacy);
    expect(answerTo(policyOf({ Condition: { BinaryEquals: { 'x:y': '?' } } }))).toBe(legacy);
  });
});
