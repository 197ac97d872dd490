import { describe, expect, it } from '@jest/globals';
import { answerTo, policyOf, read, whyOf } from './policies';

const both = ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'];
const ofCondition = (Condition: unknown, change: object = {}) => answerTo(policyOf({ Condition, ...change }));
const notApplying = 'Conditions do not apply to combination of actions and resources in statement';
const notApplicable = (key: string, action: string) =>
  `${notApplying} | Condition "${key}" and action "${action}" in statement "NO_ID-0"`;

// F308
describe('the operator of a condition', () => {
  it.each([
    ['StringEquals'],
    ['StringNotLikeIfExists'],
    ['ForAnyValue:StringEqualsIgnoreCase'],
    ['ForAllValues:StringLikeIfExists'],
    ['NumericLessThanEquals'],
    ['DateGreaterThan'],
    ['BoolIfExists'],
    ['Null'],
    ['BinaryEquals'],
  ])('may be %s', (operator) => {
    expect(ofCondition({ [operator]: { 's3:authType': 'POST' } })).toBeUndefined();
  });

  it.each([
    ['ArnNotLike', 's3:authType', 'arn:aws:iam::123456789012:root'],
    ['ArnEquals', 'aws:PrincipalArn', 'text'],
    ['ArnLike', 'aws:userid', 'AIDA*'],
  ])('may be %s of %s and %j', (operator, key, value) => {
    expect(ofCondition({ [operator]: { [key]: value } })).toBeUndefined();
  });

  it('is not one of ARNs if neither key nor value is one', () => {
    expect(ofCondition({ ArnNotLike: { 'aws:SourceVpc': ['arn:aws:iam::123456789012:root', 'vpc-1'] } })).toBe(
      notApplying,
    );
  });

  it.each([['stringequals'], ['StringEqual'], ['NullIfExists'], ['ForSomeValues:StringLike'], ['IfExists'], ['']])(
    'is not %j',
    (operator) => {
      expect(ofCondition({ [operator]: { 's3:authType': 'POST' } })).toBe(`Invalid Condition type : ${operator}`);
    },
  );

  it('is read in its parts', () => {
    const Condition = { 'ForAllValues:StringLikeIfExists': { 's3:AuthType': ['POST', 'REST*'] } };
    expect(read(policyOf({ Condition })).document.statements[0]?.conditions).toEqual([
      {
        name: 'StringLike',
        quantifier: 'ForAllValues',
        ifExists: true,
        key: 's3:AuthType',
        values: ['POST', 'REST*'],
        holds: expect.any(Function),
      },
    ]);
  });

  it('is explained in the journal', () => {
    expect(whyOf(policyOf({ Condition: { stringequals: {} } }))).toBe(
      'statement 1 has a condition operator that IAM does not have. Did you mean StringEquals?',
    );
  });
});

// F306
describe('the key of a condition', () => {
  it.each([
    ['aws:SourceIp'],
    ['aws:Whatever'],
    ['AWS:whatever'],
    ['s3:x-amz-acl'],
    ['S3:X-AMZ-ACL'],
    ['s3:RequestObjectTag/team'],
    ['s3:BucketTag/team'],
  ])('may be %s', (key) => {
    expect(ofCondition({ Null: { [key]: 'true' } }, { Action: 's3:PutObject' })).toBeUndefined();
  });

  it.each([
    ['s3:VersionStatus'],
    ['s3:ExistingObjectTag'],
    ['s3:ExistingObjectTag/'],
    ['s3:prefix/a'],
    ['aws:'],
    ['kms:ViaService'],
    ['prefix'],
    [''],
  ])('is not %j', (key) => {
    expect(ofCondition({ StringEquals: { [key]: 'x' } })).toBe(`Policy has an invalid condition key | ${key}`);
    expect(whyOf(policyOf({ Condition: { StringEquals: { [key]: 'x' } } }))).toBe(
      `statement 1 has a condition on ${JSON.stringify(key)}, which is not a key of S3`,
    );
  });

  it.each<{ key: string; action: string; fits: boolean }>`
    key                                     | action                             | fits
    ${'s3:prefix'}                          | ${'s3:ListBucket'}                 | ${true}
    ${'s3:delimiter'}                       | ${'s3:ListBucketVersions'}         | ${true}
    ${'s3:prefix'}                          | ${'s3:GetObject'}                  | ${false}
    ${'s3:max-keys'}                        | ${'s3:ListBucketMultipartUploads'} | ${false}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:GetObject'}                  | ${true}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:GetObjectAttributes'}        | ${true}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:DeleteObjectTagging'}        | ${true}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:PutObjectVersionAcl'}        | ${true}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:PutObject'}                  | ${false}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:DeleteObject'}               | ${false}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:DeleteObjectVersion'}        | ${false}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:GetObjectRetention'}         | ${false}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:PutObjectLegalHold'}         | ${false}
    ${'s3:ExistingObjectTag/team'}          | ${'s3:BypassGovernanceRetention'}  | ${false}
    ${'s3:RequestObjectTag/team'}           | ${'s3:PutObject'}                  | ${true}
    ${'s3:RequestObjectTagKeys'}            | ${'s3:PutObjectVersionTagging'}    | ${true}
    ${'s3:RequestObjectTagKeys'}            | ${'s3:PutObjectAcl'}               | ${false}
    ${'s3:RequestObjectTag/team'}           | ${'s3:PutObjectRetention'}         | ${false}
    ${'s3:x-amz-acl'}                       | ${'s3:PutBucketAcl'}               | ${true}
    ${'s3:x-amz-grant-read'}                | ${'s3:PutObjectVersionAcl'}        | ${true}
    ${'s3:x-amz-acl'}                       | ${'s3:GetObject'}                  | ${false}
    ${'s3:x-amz-grant-full-control'}        | ${'s3:GetObjectVersion'}           | ${false}
    ${'s3:x-amz-copy-source'}               | ${'s3:PutObject'}                  | ${true}
    ${'s3:x-amz-server-side-encryption'}    | ${'s3:GetObject'}                  | ${false}
    ${'s3:x-amz-storage-class'}             | ${'s3:PutObjectAcl'}               | ${true}
    ${'s3:x-amz-website-redirect-location'} | ${'s3:GetObjectVersion'}           | ${false}
    ${'s3:versionid'}                       | ${'s3:GetObjectVersion'}           | ${true}
    ${'s3:VersionId'}                       | ${'s3:DeleteObjectVersion'}        | ${true}
    ${'s3:versionid'}                       | ${'s3:GetObject'}                  | ${false}
    ${'s3:if-match'}                        | ${'s3:DeleteObject'}               | ${true}
    ${'s3:if-none-match'}                   | ${'s3:DeleteObject'}               | ${false}
    ${'s3:ObjectCreationOperation'}         | ${'s3:PutObject'}                  | ${true}
    ${'s3:object-lock-mode'}                | ${'s3:PutObjectRetention'}         | ${true}
    ${'s3:object-lock-legal-hold'}          | ${'s3:PutObjectLegalHold'}         | ${true}
    ${'s3:object-lock-legal-hold'}          | ${'s3:PutObjectRetention'}         | ${false}
    ${'s3:locationconstraint'}              | ${'s3:PutObject'}                  | ${false}
    ${'s3:AccessGrantScope'}                | ${'s3:GetObject'}                  | ${false}
    ${'s3:authType'}                        | ${'s3:GetBucketPolicy'}            | ${true}
    ${'s3:TlsVersion'}                      | ${'s3:PutObjectLegalHold'}         | ${true}
    ${'aws:SourceArn'}                      | ${'s3:DeleteObject'}               | ${true}
  `('$key goes with $action: $fits', ({ key, action, fits }) => {
    const answer = ofCondition({ Null: { [key]: 'true' } }, { Action: action, Resource: both });
    expect(answer).toBe(fits ? undefined : notApplicable(key, action));
  });

  // Recorded: justincormack/argmin, the plans of its conditions.
  it.each<{ keys: string; goes: string; not: string }>`
    keys                                                                                                                                                                                                                         | goes                                                                                                                                                                                                                                                                              | not
    ${'prefix delimiter max-keys'}                                                                                                                                                                                               | ${'ListBucket ListBucketVersions'}                                                                                                                                                                                                                                                | ${'GetObject ListBucketMultipartUploads'}
    ${'ExistingObjectTag/a'}                                                                                                                                                                                                     | ${'GetObjectAcl PutObjectAcl GetObjectTagging PutObjectTagging DeleteObjectTagging GetObject GetObjectAttributes GetObjectVersion GetObjectVersionAcl PutObjectVersionAcl GetObjectVersionTagging PutObjectVersionTagging DeleteObjectVersionTagging GetObjectVersionAttributes'} | ${'PutObject DeleteObject DeleteObjectVersion GetObjectRetention PutObjectRetention GetObjectLegalHold PutObjectLegalHold BypassGovernanceRetention'}
    ${'RequestObjectTag/a RequestObjectTagKeys'}                                                                                                                                                                                 | ${'PutObject PutObjectTagging PutObjectVersionTagging BypassGovernanceRetention'}                                                                                                                                                                                                 | ${'PutObjectAcl PutObjectRetention PutObjectLegalHold'}
    ${'x-amz-acl x-amz-grant-read x-amz-grant-write x-amz-grant-read-acp x-amz-grant-write-acp x-amz-grant-full-control'}                                                                                                        | ${'PutObject PutObjectAcl PutObjectVersionAcl PutBucketAcl'}                                                                                                                                                                                                                      | ${'GetObject GetObjectVersion'}
    ${'x-amz-copy-source x-amz-metadata-directive x-amz-server-side-encryption x-amz-server-side-encryption-aws-kms-key-id x-amz-server-side-encryption-customer-algorithm x-amz-storage-class x-amz-website-redirect-location'} | ${'PutObject'}                                                                                                                                                                                                                                                                    | ${'GetObject GetObjectVersion'}
    ${'versionid'}                                                                                                                                                                                                               | ${'GetObjectVersion GetObjectVersionAcl DeleteObjectVersion GetObjectVersionTagging'}                                                                                                                                                                                             | ${'GetObject'}
    ${'if-match'}                                                                                                                                                                                                                | ${'PutObject DeleteObject'}                                                                                                                                                                                                                                                       | ${'GetObject'}
    ${'if-none-match ObjectCreationOperation'}                                                                                                                                                                                   | ${'PutObject'}                                                                                                                                                                                                                                                                    | ${'GetObject'}
    ${'object-lock-mode object-lock-retain-until-date object-lock-remaining-retention-days'}                                                                                                                                     | ${'PutObject PutObjectRetention'}                                                                                                                                                                                                                                                 | ${'PutObjectLegalHold'}
    ${'object-lock-legal-hold'}                                                                                                                                                                                                  | ${'PutObject PutObjectLegalHold'}                                                                                                                                                                                                                                                 | ${'PutObjectRetention'}
    ${'authType signatureversion signatureAge TlsVersion x-amz-content-sha256 ResourceAccount'}                                                                                                                                  | ${'GetObject PutObject DeleteObjectVersion ListBucket PutBucketPolicy GetLifecycleConfiguration'}                                                                                                                                                                                 | ${''}
  `('$keys go with $goes, not with $not', ({ keys, goes, not }) => {
    const words = (text: string) => text.split(' ').filter((word) => word !== '');
    const answers = (actions: string) =>
      words(keys).flatMap((key) =>
        words(actions).map((action) => [
          ofCondition({ Null: { [`s3:${key}`]: 'true' } }, { Action: `s3:${action}`, Resource: both }),
          notApplicable(`s3:${key}`, `s3:${action}`),
        ]),
      );
    for (const [answer] of answers(goes)) expect(answer).toBeUndefined();
    for (const [answer, refusal] of answers(not)) expect(answer).toBe(refusal);
  });

  it('goes with every action of the statement, and with one of those that a pattern matches', () => {
    const prefix = { StringEquals: { 's3:prefix': 'a/' } };
    expect(ofCondition(prefix, { Action: ['s3:ListBucket', 's3:GetObject'], Resource: both })).toBe(
      notApplicable('s3:prefix', 's3:GetObject'),
    );
    expect(ofCondition(prefix, { Action: ['s3:ListBucket', 's3:List*'], Resource: both })).toBeUndefined();
    expect(ofCondition(prefix, { Action: ['s3:ListBucket', 's3:Get*'], Resource: both })).toBe(
      notApplicable('s3:prefix', 's3:Get*'),
    );
    expect(ofCondition(prefix, { Action: undefined, NotAction: 's3:GetObject' })).toBeUndefined();
    expect(whyOf(policyOf({ Condition: prefix }))).toBe('statement 1: s3:GetObject has no key "s3:prefix"');
  });
});

describe('the values of a condition', () => {
  it.each`
    Condition                                             | answer
    ${null}                                               | ${'Invalid policy syntax.'}
    ${[]}                                                 | ${'Invalid policy syntax.'}
    ${{ StringEquals: 'x' }}                              | ${'Invalid policy syntax.'}
    ${{ StringEquals: { 's3:authType': null } }}          | ${'Invalid policy syntax.'}
    ${{ StringEquals: { 's3:authType': ['a', {}] } }}     | ${'Invalid policy syntax.'}
    ${{}}                                                 | ${undefined}
    ${{ StringEquals: {} }}                               | ${undefined}
    ${{ NumericEquals: { 's3:signatureAge': [1, '2'] } }} | ${undefined}
    ${{ NumericEquals: { 's3:signatureAge': 'old' } }}    | ${undefined}
    ${{ Bool: { 'aws:SecureTransport': false } }}         | ${undefined}
  `('in $Condition are answered with $answer', ({ Condition, answer }) => {
    expect(ofCondition(Condition)).toBe(answer);
  });

  // F442
  it.each<{ operator: string; value: string; isRight: boolean }>`
    operator                      | value           | isRight
    ${'BinaryEquals'}             | ${'QmluYXJ5'}   | ${true}
    ${'BinaryEquals'}             | ${'YQ=='}       | ${true}
    ${'BinaryEquals'}             | ${''}           | ${true}
    ${'BinaryEquals'}             | ${'not-base64'} | ${false}
    ${'BinaryEquals'}             | ${'YQ'}         | ${false}
    ${'BinaryEquals'}             | ${'YQ== '}      | ${false}
    ${'BinaryEqualsIfExists'}     | ${'*'}          | ${false}
    ${'ForAnyValue:BinaryEquals'} | ${'a'}          | ${false}
    ${'StringEquals'}             | ${'not-base64'} | ${true}
  `('$operator compares with $value: $isRight', ({ operator, value, isRight }) => {
    const answer = isRight ? undefined : 'Invalid Base64 value for binary condition';
    for (const values of [value, ['YWI=', value]])
      expect(ofCondition({ [operator]: { 's3:ExistingObjectTag/security': values } })).toBe(answer);
  });

  it('of BinaryEquals that is not base64 is named in the journal', () => {
    expect(whyOf(policyOf({ Condition: { BinaryEquals: { 'aws:x': 'a-b' } } }))).toBe(
      'statement 1: "a-b" is not base64',
    );
  });

  // F308
  it.each<{ operator: string; key: string; value: string; isRight: boolean }>`
    operator          | key                  | value               | isRight
    ${'IpAddress'}    | ${'aws:SourceIp'}    | ${'203.0.113.7'}    | ${true}
    ${'IpAddress'}    | ${'aws:SourceIp'}    | ${'203.0.113.0/24'} | ${true}
    ${'NotIpAddress'} | ${'aws:SourceIp'}    | ${'2001:db8::/32'}  | ${true}
    ${'IpAddress'}    | ${'aws:SourceIp'}    | ${'203.0.113'}      | ${false}
    ${'IpAddress'}    | ${'aws:SourceIp'}    | ${'203.0.113.0/33'} | ${false}
    ${'IpAddress'}    | ${'aws:SourceIp'}    | ${'203.0.113.*'}    | ${false}
    ${'IpAddress'}    | ${'aws:VpcSourceIp'} | ${'vpc'}            | ${false}
    ${'NotIpAddress'} | ${'aws:VpcSourceIp'} | ${'vpc'}            | ${false}
    ${'StringLike'}   | ${'aws:sourceip'}    | ${'203.0.*'}        | ${false}
    ${'Null'}         | ${'aws:SourceIp'}    | ${'true'}           | ${true}
  `('$operator compares $key with $value: $isRight', ({ operator, key, value, isRight }) => {
    const answer = ofCondition({ [operator]: { [key]: ['10.0.0.0/8', value] } });
    expect(operator === 'Null' ? undefined : answer).toBe(isRight ? undefined : 'Invalid IP address in Conditions');
    expect(ofCondition({ [operator]: { [key]: value } })).toBe(
      isRight ? undefined : 'Invalid IP address in Conditions',
    );
  });
});
