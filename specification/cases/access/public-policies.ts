import type { RecordedCase, RecordedCases } from '../../../src/facts/case';

/**
 * The policies of public_policy_replay.json, September 2026, by their names there: a statement that lets everyone read an object, with these
 * members in place of its own, or several such statements. S3 answered for each whether it is public, and took or refused it under
 * BlockPublicPolicy accordingly.
 */
interface RecordedPolicies {
  readonly public: Readonly<Record<string, PolicyChange>>;
  readonly notPublic: Readonly<Record<string, PolicyChange>>;
  /** 400 MalformedPolicy. */
  readonly refused: Readonly<Record<string, PolicyChange>>;
}

type PolicyChange = object | readonly object[];

const fixed = '123456789012';
const root = `arn:aws:iam::${fixed}:root`;
const where = (operator: string, key: string, value: string | readonly string[]) => ({
  Condition: { [operator]: { [key]: value } },
});
const equals = (key: string, value: string | readonly string[]) => where('StringEquals', key, value);
const address = (value: string | readonly string[]) => where('IpAddress', 'aws:SourceIp', value);
const arnLike = (key: string, value: string) => where('ArnLike', key, value);
const deny = { Effect: 'Deny' };
const allButRoot = { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: root } };
const allButOne = { Resource: undefined, NotResource: 'arn:aws:s3:::vault/other' };
const topic = 'arn:aws:sns:us-east-1';

const recordedPolicies: RecordedPolicies = {
  public: {
    'wildcard-principal': {},
    'aws-wildcard-principal': { Principal: { AWS: '*' } },
    'notresource-allow': allButOne,
    'anchor-aws-SourceOwner': equals('aws:SourceOwner', fixed),
    'sourcevpc-wildcard': where('StringLike', 'aws:SourceVpc', 'vpc-*'),
    'sourcevpc-question': where('StringLike', 'aws:SourceVpc', 'vpc-1234567?'),
    'sourcevpc-variable': equals('aws:SourceVpc', `\${aws:SourceVpc}`),
    'sourceaccount-variable': equals('aws:SourceAccount', `\${aws:PrincipalAccount}`),
    'sourcevpc-forall': where('ForAllValues:StringEquals', 'aws:SourceVpc', 'vpc-12345678'),
    'sourcevpc-ifexists': where('StringEqualsIfExists', 'aws:SourceVpc', 'vpc-12345678'),
    'sourcevpc-forall-ifexists': where('ForAllValues:StringEqualsIfExists', 'aws:SourceVpc', 'vpc-12345678'),
    'sourcevpc-not-equals': where('StringNotEquals', 'aws:SourceVpc', 'vpc-12345678'),
    'userid-wildcard': where('StringLike', 'aws:userid', '*'),
    'accesspoint-account-wildcard': arnLike('s3:DataAccessPointArn', 'arn:aws:s3:us-east-1:*:accesspoint/fixed'),
    'sourcevpc-array-mixed': where('StringLike', 'aws:SourceVpc', ['vpc-12345678', 'vpc-*']),
    'sourceip-0.0.0.0_0': address('0.0.0.0/0'),
    'sourceip-0.0.0.0_7': address('0.0.0.0/7'),
    'sourceip-10.0.0.0_7': address('10.0.0.0/7'),
    'sourceip---_0': address('::/0'),
    'sourceip-2000--_31': address('2000::/31'),
    'sourceip-fc00--_7': address('fc00::/7'),
    'sourceip-fe80--_10': address('fe80::/10'),
    'sourceip-ifexists': where('IpAddressIfExists', 'aws:SourceIp', '11.0.0.0/8'),
    'sourceip-forall': where('ForAllValues:IpAddress', 'aws:SourceIp', '11.0.0.0/8'),
    'sourceip-not': where('NotIpAddress', 'aws:SourceIp', '11.0.0.0/8'),
    'untrusted-referer': equals('aws:Referer', 'https://example.invalid'),
    'fixed-and-public-statements': [{ Principal: { AWS: fixed } }, {}],
    'supplement-sourcearn-wildcard-account': arnLike('aws:SourceArn', `${topic}:*:fixed`),
    'supplement-sourcearn-variable-resource': arnLike('aws:SourceArn', `${topic}:${fixed}:\${aws:username}`),
    'supplement-sourcearn-variable-account': arnLike('aws:SourceArn', `${topic}:\${aws:PrincipalAccount}:fixed`),
    'supplement-principalarn-wildcard-account': arnLike('aws:PrincipalArn', 'arn:aws:iam::*:role/fixed'),
    'supplement-principalarn-variable-resource': arnLike(
      'aws:PrincipalArn',
      `arn:aws:iam::${fixed}:role/\${aws:username}`,
    ),
    'supplement-sourceowner-lowercase': equals('aws:sourceowner', fixed),
    'supplement-sourceip-mixed-array': address(['11.0.0.0/8', '0.0.0.0/0']),
    'supplement-public-allow-notprincipal-deny': [{}, allButRoot],
  },
  notPublic: {
    'fixed-account': { Principal: { AWS: fixed } },
    'fixed-root': { Principal: { AWS: root } },
    'fixed-user': { Principal: { AWS: `arn:aws:iam::${fixed}:user/delegated` } },
    service: { Principal: { Service: 'cloudtrail.amazonaws.com' } },
    'anchor-aws-SourceAccount': equals('aws:SourceAccount', fixed),
    'anchor-aws-SourceArn': equals('aws:SourceArn', `${topic}:${fixed}:fixed`),
    'anchor-aws-PrincipalArn': equals('aws:PrincipalArn', `arn:aws:iam::${fixed}:user/delegated`),
    'anchor-aws-PrincipalOrgID': equals('aws:PrincipalOrgID', 'o-1234567890'),
    'anchor-aws-SourceVpc': equals('aws:SourceVpc', 'vpc-12345678'),
    'anchor-aws-SourceVpce': equals('aws:SourceVpce', 'vpce-12345678'),
    'anchor-aws-userid': equals('aws:userid', 'AIDAQAAAAAAAMEZHRHAHY'),
    'anchor-s3-DataAccessPointArn': equals('s3:DataAccessPointArn', `arn:aws:s3:us-east-1:${fixed}:accesspoint/fixed`),
    'anchor-s3-DataAccessPointAccount': equals('s3:DataAccessPointAccount', fixed),
    'sourcevpc-like-fixed': where('StringLike', 'aws:SourceVpc', 'vpc-12345678'),
    'sourcevpc-equals-wildcard': equals('aws:SourceVpc', 'vpc-*'),
    'principalaccount-unlisted': equals('aws:PrincipalAccount', fixed),
    'sourceorgid-unlisted': equals('aws:SourceOrgID', 'o-1234567890'),
    'sourcearn-wildcard': arnLike('aws:SourceArn', `${topic}:${fixed}:*`),
    'principalarn-wildcard': arnLike('aws:PrincipalArn', `arn:aws:iam::${fixed}:role/*`),
    'sourcevpc-forany': where('ForAnyValue:StringEquals', 'aws:SourceVpc', 'vpc-12345678'),
    'userid-role-session-wildcard': where('StringLike', 'aws:userid', 'AROAEXAMPLEUNIQUEID:*'),
    'accesspoint-name-wildcard': arnLike('s3:DataAccessPointArn', `arn:aws:s3:us-east-1:${fixed}:accesspoint/*`),
    'accesspoint-region-wildcard': arnLike('s3:DataAccessPointArn', `arn:aws:s3:*:${fixed}:accesspoint/*`),
    'sourcevpc-array-fixed': equals('aws:SourceVpc', ['vpc-12345678', 'vpc-abcdef12']),
    'sourcevpc-empty-array': equals('aws:SourceVpc', []),
    'sourceip-11.0.0.0_8': address('11.0.0.0/8'),
    'sourceip-11.0.0.0_9': address('11.0.0.0/9'),
    'sourceip-10.0.0.0_8': address('10.0.0.0/8'),
    'sourceip-172.16.0.0_12': address('172.16.0.0/12'),
    'sourceip-192.168.0.0_16': address('192.168.0.0/16'),
    'sourceip-127.0.0.0_8': address('127.0.0.0/8'),
    'sourceip-2001-db8--_32': address('2001:db8::/32'),
    'sourceip-2001-db8--_33': address('2001:db8::/33'),
    'fixed-and-wildcard-conditions': {
      Condition: { StringEquals: { 'aws:SourceAccount': fixed }, StringLike: { 'aws:SourceVpc': 'vpc-*' } },
    },
    'deny-only': deny,
    'public-allow-and-identical-deny': [{}, deny],
    'fixed-allow-public-deny': [{ Principal: { AWS: fixed } }, deny],
    'supplement-sourcearn-wildcard-region': arnLike('aws:SourceArn', `arn:aws:sns:*:${fixed}:*`),
    'supplement-forall-with-presence': {
      Condition: {
        'ForAllValues:StringEquals': { 'aws:SourceVpc': 'vpc-12345678' },
        Null: { 'aws:SourceVpc': 'false' },
      },
    },
    'supplement-ifexists-with-presence': {
      Condition: { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-12345678' }, Null: { 'aws:SourceVpc': 'false' } },
    },
    'supplement-sourceip-forany': where('ForAnyValue:IpAddress', 'aws:SourceIp', '11.0.0.0/8'),
    'supplement-notprincipal-deny-only': allButRoot,
    'supplement-notresource-deny-only': { ...deny, ...allButOne },
    'supplement-public-allow-deny-outside-account': [
      {},
      { ...deny, ...where('StringNotEquals', 'aws:SourceAccount', fixed) },
    ],
  },
  refused: {
    'wildcard-service': { Principal: { Service: '*.amazonaws.com' } },
    'partial-principal': { Principal: { AWS: `arn:aws:iam::${fixed}:user/*` } },
    'notprincipal-allow': { Principal: undefined, NotPrincipal: { AWS: root } },
    'resource-star': { Resource: '*' },
    'invalid-other-bucket-resource': { Resource: 'arn:aws:s3:::other/read.txt' },
    'action-resource-mismatch': { Action: 's3:ListBucket' },
    'invalid-action': { Action: 's3:NotASupportedAction' },
    'sourcevpc-arn-equals': where('ArnEquals', 'aws:SourceVpc', 'vpc-12345678'),
  },
};

const statement = {
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::vault/read.txt',
};

function policyOf(change: PolicyChange): string {
  const Statement = [change].flat().map((one) => ({ ...statement, ...one }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

const open = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

const state = {
  account: '123456789012',
  users: { delegated: {} },
  buckets: { vault: { publicAccessBlock: open } },
};

function caseOf(label: string, change: PolicyChange, verdict: keyof typeof recordedPolicies): RecordedCase {
  const [Bucket, Policy] = ['vault', policyOf(change)];
  if (verdict === 'refused')
    return { fact: 'F310', state, calls: [[label, 'PutBucketPolicy', { Bucket, Policy }, '400 MalformedPolicy']] };
  const IsPublic = verdict === 'public';
  const PublicAccessBlockConfiguration = { ...open, BlockPublicPolicy: true };
  return {
    fact: 'F310',
    state,
    calls: [
      [label, 'PutBucketPolicy', { Bucket, Policy }, '204'],
      [`${label}, status`, 'GetBucketPolicyStatus', { Bucket }, '200', { PolicyStatus: { IsPublic } }],
      [`${label}, block`, 'PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration }, '200'],
      [`${label}, blocked`, 'PutBucketPolicy', { Bucket, Policy }, IsPublic ? '403 AccessDenied' : '204'],
    ],
  };
}

function casesOf(verdict: keyof typeof recordedPolicies, title: string): RecordedCases {
  const cases = Object.entries(recordedPolicies[verdict]).map(
    ([label, change]) => [`a bucket policy ${title}: ${label}`, caseOf(label, change, verdict)] as const,
  );
  return { file: 'public_policy_replay.json', recorded: 'September 2026', cases: Object.fromEntries(cases) };
}

export const publicPolicies = casesOf('public', 'is public');
export const notPublic = casesOf('notPublic', 'is not public');
export const refused = casesOf('refused', 'is refused');
