import { describe, expect, it } from '@jest/globals';
import { answerTo, policyOf, read, whyOf } from './policies';

const invalid = (kind: string, principal: string) => `Invalid principal in policy | "${kind}" : "${principal}"`;
const ofPrincipal = (Principal: unknown, partition?: string) => answerTo(policyOf({ Principal }), partition);

// F307
describe('a principal', () => {
  it.each`
    Principal                                                                            | kind
    ${'*'}                                                                               | ${'everyone'}
    ${{ AWS: '*' }}                                                                      | ${'everyone'}
    ${{ AWS: ['*'] }}                                                                    | ${'everyone'}
    ${{ AWS: '111122223333' }}                                                           | ${'account'}
    ${{ AWS: 'arn:aws:iam::111122223333:root' }}                                         | ${'account'}
    ${{ AWS: 'arn:aws:iam::123456789012:user/ann' }}                                     | ${'user'}
    ${{ AWS: 'arn:aws:iam::111122223333:user/team/bob' }}                                | ${'user'}
    ${{ AWS: 'arn:aws:iam::111122223333:user/team:(a)/bob' }}                            | ${'user'}
    ${{ AWS: 'arn:aws:iam::123456789012:role/team/reader' }}                             | ${'role'}
    ${{ AWS: 'arn:aws:sts::123456789012:assumed-role/reader/session' }}                  | ${'session'}
    ${{ AWS: 'arn:aws:sts::111122223333:assumed-role/nobody/session' }}                  | ${'session'}
    ${{ AWS: 'arn:aws:iam::111122223333:role/nobody' }}                                  | ${'role'}
    ${{ AWS: 'arn:aws:sts::123456789012:federated-user/ann' }}                           | ${'session'}
    ${{ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1ABCDE' }} | ${'origin access identity'}
    ${{ CanonicalUser: 'a'.repeat(64) }}                                                 | ${'canonical user'}
    ${{ Service: 'cloudfront.amazonaws.com' }}                                           | ${'service'}
    ${{ Service: 'delivery.logs.amazonaws.com' }}                                        | ${'service'}
    ${{ Federated: 'graph.facebook.com' }}                                               | ${'federated'}
    ${{ Federated: 'arn:aws:iam::123456789012:saml-provider/idp' }}                      | ${'federated'}
    ${{ Federated: 'arn:aws:iam::123456789012:oidc-provider/token.example.com' }}        | ${'federated'}
  `('$Principal is of kind $kind', ({ Principal, kind }) => {
    const [statement] = read(policyOf({ Principal })).document.statements;
    expect(statement?.principals?.of.map((principal) => principal.kind)).toEqual([kind]);
  });

  it.each<{ kind: string; text: string }>`
    kind               | text
    ${'AWS'}           | ${''}
    ${'AWS'}           | ${'ann'}
    ${'AWS'}           | ${'12345678901'}
    ${'AWS'}           | ${'AIDAIOSFODNN7EXAMPLE'}
    ${'AWS'}           | ${'arn:aws:iam::123456789012:user/nobody'}
    ${'AWS'}           | ${'arn:aws:iam::123456789012:user/team/ann'}
    ${'AWS'}           | ${'arn:aws:iam::123456789012:role/nobody'}
    ${'AWS'}           | ${'arn:aws:iam::123456789012:role/reader'}
    ${'AWS'}           | ${'arn:aws:sts::123456789012:assumed-role/nobody/session'}
    ${'AWS'}           | ${'arn:aws:iam::123456789012:user/*'}
    ${'AWS'}           | ${'arn:aws:iam::111122223333:user/team*/bob'}
    ${'AWS'}           | ${'arn:aws:iam::111122223333:role/read*'}
    ${'AWS'}           | ${'arn:aws:iam::111122223333:user/'}
    ${'AWS'}           | ${'arn:aws:iam::*:root'}
    ${'AWS'}           | ${'arn:aws:iam::1111222233334444:root'}
    ${'AWS'}           | ${'arn:aws:iam::111122223333:group/team'}
    ${'AWS'}           | ${'arn:aws:iam:us-east-1:111122223333:root'}
    ${'AWS'}           | ${'arn:aws:sts::111122223333:assumed-role/reader'}
    ${'AWS'}           | ${'arn:aws-cn:iam::111122223333:root'}
    ${'AWS'}           | ${'arn:aws:iam::111122223333:saml-provider/idp'}
    ${'AWS'}           | ${'arn:aws:iam::111122223333:group/team/bob'}
    ${'AWS'}           | ${'arn:aws:sts::111122223333:root'}
    ${'AWS'}           | ${'arn:aws:iam::111122223333:user/CloudFront Origin Access Identity E1'}
    ${'AWS'}           | ${'arn:aws:sts::cloudfront:user/CloudFront Origin Access Identity E1'}
    ${'AWS'}           | ${'arn:aws:iam::cloudfront:user/ann'}
    ${'CanonicalUser'} | ${'abc'}
    ${'Service'}       | ${'*'}
    ${'Service'}       | ${'example.com'}
    ${'Federated'}     | ${'facebook'}
    ${'Federated'}     | ${'arn:aws-cn:iam::123456789012:saml-provider/idp'}
  `('"$kind": "$text" is refused', ({ kind, text }) => {
    expect(ofPrincipal({ [kind]: text })).toBe(invalid(kind, text));
    expect(
      ofPrincipal({ AWS: '111122223333', ...(kind === 'AWS' ? { AWS: ['111122223333', text] } : { [kind]: text }) }),
    ).toBe(invalid(kind, text));
  });

  it.each`
    Principal                           | answer
    ${'arn:aws:iam::111122223333:root'} | ${'Invalid policy syntax.'}
    ${'111122223333'}                   | ${'Invalid policy syntax.'}
    ${''}                               | ${'Invalid policy syntax.'}
    ${null}                             | ${'Invalid policy syntax.'}
    ${['*']}                            | ${'Invalid policy syntax.'}
    ${{ AWS: null }}                    | ${'Invalid policy syntax.'}
    ${{ AWS: [{}] }}                    | ${'Invalid policy syntax.'}
    ${{}}                               | ${'Missing required field Principal cannot be empty!'}
    ${[]}                               | ${'Missing required field Principal cannot be empty!'}
    ${{ AWS: [] }}                      | ${'Missing required field Principal cannot be empty!'}
    ${{ aws: '*' }}                     | ${'Unknown field aws'}
    ${{ AWS: ['*', '111122223333'] }}   | ${invalid('AWS', '*')}
    ${{ AWS: ['111122223333', '*'] }}   | ${invalid('AWS', '*')}
  `('$Principal is answered with $answer', ({ Principal, answer }) => {
    expect(ofPrincipal(Principal)).toBe(answer);
  });

  it('belongs to the partition of the bucket', () => {
    const inChina = policyOf({
      Principal: { AWS: 'arn:aws-cn:iam::111122223333:root' },
      Resource: 'arn:aws-cn:s3:::vault/*',
    });
    expect(answerTo(inChina, 'aws-cn')).toBeUndefined();
    expect(ofPrincipal({ AWS: 'arn:aws:iam::111122223333:root' }, 'aws-cn')).toBe(
      invalid('AWS', 'arn:aws:iam::111122223333:root'),
    );
    const text = policyOf({ Principal: { AWS: '111122223333' }, Resource: 'arn:aws-cn:s3:::vault/*' });
    expect(read(text, 'aws-cn').text).toContain('"AWS":"arn:aws-cn:iam::111122223333:root"');
  });

  it('is explained in the journal', () => {
    expect(whyOf(policyOf({ Principal: { AWS: 'arn:aws:iam::123456789012:user/nobody' } }))).toBe(
      "statement 1: account 123456789012 has no such user; s3.account.user('nobody') creates it",
    );
    const role = ['arn:aws:iam::123456789012:role/nobody', 'arn:aws:sts::123456789012:assumed-role/nobody/session'];
    for (const AWS of role)
      expect(whyOf(policyOf({ Principal: { AWS } }))).toBe(
        "statement 1: account 123456789012 has no such role; s3.account.role('nobody') creates it",
      );
    expect(whyOf(policyOf({ Principal: { AWS: 'ann' } }))).toBe(
      'statement 1: "ann" is not an ARN of partition aws, an account\'s 12 digits or *',
    );
    const form = "is not an ARN of partition aws, an account's 12 digits or *";
    const long = 'x'.repeat(80);
    expect(whyOf(policyOf({ Principal: { AWS: long } }))).toBe(`statement 1: "${long}" ${form}`);
    expect(whyOf(policyOf({ Principal: { AWS: `${long}x` } }))).toBe(`statement 1: "${long}"… ${form}`);
    expect(whyOf(policyOf({ Principal: { AWS: ['*', '111122223333'] } }))).toBe(
      'statement 1: "*" has other principals beside it',
    );
  });
});
