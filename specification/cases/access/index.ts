import type { RecordedCase, RecordedCases } from '../../../src/facts/case';
import { abacControls, authorization, requestTagging, taggedBuckets } from './abac';
import { aclGrants } from './acl-grants';
import { listedOwners } from './listed-owners';
import { accounts, admission, controls, modes, sessions } from './ownership';
import { blocks, ignoredAcls, publicAccess } from './public-access';
import { type PolicyChange, recordedPolicies } from './public-policies';

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

export const recordings: readonly RecordedCases[] = [
  publicAccess,
  blocks,
  ignoredAcls,
  controls,
  modes,
  admission,
  accounts,
  sessions,
  aclGrants,
  listedOwners,
  abacControls,
  authorization,
  requestTagging,
  taggedBuckets,
  casesOf('public', 'is public'),
  casesOf('notPublic', 'is not public'),
  casesOf('refused', 'is refused'),
];
