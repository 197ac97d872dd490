import { describe, expect, it } from '@jest/globals';
import { checkBlockedPolicy, isPublicPointPolicy, isPublicPolicy } from '../../../src/model/access/public-policy';
import { S3Error, wordRefusal } from '../../../src/refusals/index';
import { thrownBy } from '../../support/thrown';
import { policyOf, read, statement } from './policies';

const isPublic = (change: object) => isPublicPolicy(read(policyOf(change)).document);

// F310
describe('a policy is public by its principals', () => {
  it.each`
    Principal                                                             | expected
    ${{ AWS: '*', Service: 'logging.s3.amazonaws.com' }}                  | ${true}
    ${{ Federated: 'graph.facebook.com' }}                                | ${true}
    ${{ AWS: ['111122223333', 'arn:aws:iam::111122223333:role/reader'] }} | ${false}
    ${{ Service: 'cloudfront.amazonaws.com' }}                            | ${false}
    ${{ CanonicalUser: 'a'.repeat(64) }}                                  | ${false}
    ${{ Federated: 'arn:aws:iam::123456789012:saml-provider/idp' }}       | ${false}
  `('$Principal: $expected', ({ Principal, expected }) => {
    expect(isPublic({ Principal })).toBe(expected);
    expect(isPublic({ Principal, Effect: 'Deny' })).toBe(false);
  });
});

// F310
describe('a Deny that spares fixed callers at most takes an Allow back if it is about all of it', () => {
  const outside = (operator: string, value: unknown, key = 'aws:SourceAccount') => ({
    Condition: { [operator]: { [key]: value } },
  });
  const objects = `${statement.Resource}`.replace(/\/.*/, '/*');

  const variable = `\${${'aws:username'}}`;
  const ofBucket = { Resource: objects.replace('/*', ''), NotResource: undefined };
  const list = { Action: 's3:ListBucket', Resource: undefined, NotResource: `${objects}.txt` };

  it.each<[string, object, object, boolean]>([
    ['everything', { Action: 's3:*' }, { Action: 's3:*' }, false],
    ['more actions', {}, { Action: 's3:Get*' }, false],
    ['other actions', {}, { Action: 's3:PutObject' }, true],
    ['one action of two', { Action: ['s3:GetObject', 's3:PutObject'] }, {}, true],
    ['more resources', {}, { Resource: objects }, false],
    ['fewer resources', { Resource: objects }, { Resource: `${objects}.txt` }, true],
    ['resources of one letter', { Resource: objects }, { Resource: objects.replace('*', '?') }, true],
    [
      'other resources than excluded ones',
      { Resource: objects.replace('*', 'a') },
      { Resource: undefined, NotResource: `${objects}.txt` },
      false,
    ],
    [
      'other resources than excluded ones, of all',
      { Resource: objects },
      { Resource: undefined, NotResource: `${objects}.txt` },
      true,
    ],
    ['all but a resource', { Resource: undefined, NotResource: `${objects}.txt` }, { Resource: objects }, false],
    ['others than a block of addresses', {}, outside('NotIpAddress', '203.0.113.0/24', 'aws:SourceIp'), false],
    ['others than most addresses', {}, outside('NotIpAddress', '128.0.0.0/1', 'aws:SourceIp'), true],
    ['others than any account', {}, outside('StringNotLike', '*'), true],
    ['an account', {}, outside('StringEquals', '111122223333'), true],
    ['others that have the key', {}, outside('ForAnyValue:StringNotEquals', '111122223333'), true],
    ['requests over plain HTTP', {}, outside('Bool', 'false', 'aws:SecureTransport'), true],
    ['fixed callers', {}, { Principal: { AWS: '111122223333' } }, true],
    ['nobody', {}, { Principal: undefined, NotPrincipal: '*' }, true],
    ['a pattern of the resource', { Resource: objects.replace('*', 'a') }, { Resource: objects }, false],
    [
      'other resources than the allowed one',
      { Resource: objects.replace('*', 'a') },
      { Resource: undefined, NotResource: objects.replace('*', 'a') },
      true,
    ],
    [
      'other resources than a variable, which can stand for the allowed one',
      { Resource: objects.replace('*', 'a') },
      { Resource: undefined, NotResource: objects.replace('*', variable) },
      true,
    ],
    [
      'other resources, where a variable can stand for one of these',
      { Resource: objects.replace('*', variable) },
      { Resource: undefined, NotResource: `${objects}.txt` },
      true,
    ],
    [
      'the same variable',
      { Resource: objects.replace('*', variable) },
      { Resource: objects.replace('*', variable) },
      false,
    ],
    [
      'a longer pattern with the same variable, which takes back nothing but itself',
      { Resource: objects.replace('*', `${variable}/a`) },
      { Resource: objects.replace('*', `${variable}/*`) },
      true,
    ],
    [
      'some objects, where all but one are allowed',
      { Resource: undefined, NotResource: `${objects}.txt` },
      { Resource: `${objects}.pdf` },
      true,
    ],
    ['the bucket, where all but some objects are allowed', list, { ...list, ...ofBucket }, false],
    ['objects, where the bucket is allowed beside them', list, { Action: 's3:*' }, true],
  ])('%s', (_what, allowed, denied, expected) => {
    const open = { ...statement, Principal: '*' };
    const Statement = [
      { ...open, ...allowed },
      { ...open, ...denied, Effect: 'Deny' },
    ];
    expect(isPublicPolicy(read(JSON.stringify({ Statement })).document)).toBe(expected);
  });
});

// F310
describe('a policy for everyone is public unless a condition names fixed callers', () => {
  it.each<{ operator: string; key: string; value: unknown; expected: boolean }>`
    operator          | key                            | value                                        | expected
    ${'IpAddress'}    | ${'aws:SourceIp'}              | ${'10.0.0.0/32'}                             | ${false}
    ${'IpAddress'}    | ${'aws:SourceIp'}              | ${'203.0.113.7'}                             | ${false}
    ${'StringEquals'} | ${'AWS:sourcevpce'}            | ${'vpce-1a2b3c4d'}                           | ${false}
    ${'ArnEquals'}    | ${'aws:SourceArn'}             | ${'arn:aws:s3:::*'}                          | ${true}
    ${'StringLike'}   | ${'aws:userid'}                | ${'AROA*'}                                   | ${true}
    ${'StringLike'}   | ${'s3:DataAccessPointArn'}     | ${'arn:aws:s3:*:111122223333:accesspoint/*'} | ${true}
    ${'StringEquals'} | ${'s3:authType'}               | ${'REST-HEADER'}                             | ${true}
    ${'Bool'}         | ${'aws:SecureTransport'}       | ${'true'}                                    | ${true}
    ${'StringEquals'} | ${'s3:ExistingObjectTag/site'} | ${'public'}                                  | ${true}
    ${'Null'}         | ${'aws:SourceVpc'}             | ${'false'}                                   | ${true}
  `('$operator $key $value: $expected', ({ operator, key, value, expected }) => {
    expect(isPublic({ Principal: '*', Condition: { [operator]: { [key]: value } } })).toBe(expected);
  });

  it.each<[beside: object, expected: boolean]>([
    [{}, true],
    [{ Null: { 'AWS:sourceaccount': 'false' } }, false],
    [{ Null: { 'aws:SourceAccount': 'true' } }, true],
    [{ Null: { 'aws:SourceVpc': 'false' } }, true],
    [{ StringNotEquals: { 'aws:SourceAccount': 'false' } }, true],
  ])('with IfExists, only beside a demand for its key: %j', (beside, expected) => {
    const Condition = { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' }, ...beside };
    expect(isPublic({ Principal: '*', Condition })).toBe(expected);
  });

  it('by the key that encrypts', () => {
    const key = 's3:x-amz-server-side-encryption-aws-kms-key-id';
    const Condition = { StringEquals: { [key]: 'arn:aws:kms:us-east-1:111122223333:key/1' } };
    expect(isPublic({ Principal: '*', Action: 's3:PutObject', Condition })).toBe(false);
  });
});

// F1114
it.each<[operator: string, key: string, value: string | readonly string[], isPublic: boolean, ofBucket: boolean]>([
  ['StringEquals', 's3:DataAccessPointArn', 'arn:aws:s3:us-east-1:111122223333:accesspoint/one', false, false],
  ['ArnLike', 's3:dataaccesspointarn', 'arn:aws:s3:*:111122223333:accesspoint/*', true, false],
  [
    'ArnLike',
    's3:DataAccessPointArn',
    ['arn:aws:s3:us-east-1:111122223333:accesspoint/one', 'arn:aws:s3:*:111122223333:accesspoint/*'],
    true,
    false,
  ],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/*', false, false],
])('the policy of an access point with %s %s %j is public: %s', (operator, key, value, expected, ofBucket) => {
  const open = { Principal: '*', Condition: { [operator]: { [key]: value } } };
  expect(isPublic(open)).toBe(ofBucket);
  expect(isPublicPointPolicy(read(policyOf(open)).document)).toBe(expected);
  expect(isPublicPointPolicy(read(policyOf({ ...open, Effect: 'Deny' })).document)).toBe(false);
  const Statement = [
    { ...statement, ...open },
    { ...statement, Principal: '*', Effect: 'Deny' },
  ];
  expect(isPublicPointPolicy(read(JSON.stringify({ Statement })).document)).toBe(false);
});

// F304
describe('BlockPublicPolicy', () => {
  const refusal = (change: object) => {
    const denied = { caller: 'arn:aws:iam::123456789012:user/ann', action: 's3:PutBucketPolicy' };
    const { document } = read(policyOf(change));
    return thrownBy(() => checkBlockedPolicy(document, 'the bucket', { ...denied, resource: 'arn:aws:s3:::vault' }));
  };

  it('refuses a public policy, and names the caller and the bucket', () => {
    const thrown = refusal({ Principal: '*' });
    if (!(thrown instanceof S3Error)) throw thrown;
    expect(wordRefusal(thrown, 'aws')).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::vault" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
      fields: {},
    });
    expect(thrown.why).toBe('statement 1 is public, and the bucket has BlockPublicPolicy');
  });

  it('tells no more than AccessDenied to a caller who may not know more', () => {
    const { document } = read(policyOf({ Principal: '*' }));
    const thrown = thrownBy(() => checkBlockedPolicy(document, 'the bucket', undefined));
    if (!(thrown instanceof S3Error)) throw thrown;
    expect(wordRefusal(thrown, 'aws')).toMatchObject({ status: 403, code: 'AccessDenied', message: 'Access Denied' });
    expect(thrown.why).toBe('statement 1 is public, and the bucket has BlockPublicPolicy');
  });

  it('accepts others', () => {
    expect(refusal({})).toBe('nothing');
  });
});
