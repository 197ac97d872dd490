import { describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import {
  clientsOf,
  demo,
  done,
  type Example,
  get,
  list,
  listBuckets,
  outcomeOf,
  put,
  remove,
  rowsOf,
  setVersioning,
  versions,
} from '../support/documented-policies';
import { policyOf } from '../support/policy';

/**
 * The examples of AWS's documentation of the policies of users.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-policies-s3.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples.html
 * @module
 */
const s3 = mockS3(demo);

const allow = (Action: string | readonly string[], Resource: string | readonly string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const itself = 'arn:aws:s3:::demo';
const objects = 'arn:aws:s3:::demo/*';
const own = `\${aws:username}`;
const unallowed = 'because no identity-based policy';
const denied = 'with an explicit deny in an identity-based policy';
const user = 'the user';

const examples: readonly (Example & { readonly name: string })[] = [
  {
    name: 'dave',
    title: 'one bucket, with the list of all',
    policy: [
      allow('s3:ListAllMyBuckets', '*'),
      allow(['s3:ListBucket', 's3:GetBucketLocation'], itself),
      allow(['s3:PutObject', 's3:PutObjectAcl', 's3:GetObject', 's3:GetObjectAcl', 's3:DeleteObject'], objects),
    ],
    rows: [
      [user, listBuckets, done],
      [user, list(), done],
      [user, put('a'), done],
      [user, get('plain.txt'), done],
      [user, remove('plain.txt'), done],
      [user, remove('plain.txt', () => firstVersion()), unallowed],
      [user, get('plain.txt', () => firstVersion()), unallowed],
      [user, versions, unallowed],
      [user, setVersioning('Enabled'), unallowed],
    ],
  },
  {
    name: 'carol',
    title: 'one bucket alone',
    policy: [allow('s3:*', [itself, objects])],
    rows: [
      [user, listBuckets, unallowed],
      [user, remove('plain.txt', () => firstVersion()), done],
      [user, versions, done],
    ],
  },
  {
    name: 'zoe',
    title: 'the list of buckets, of `arn:aws:s3:::*`',
    policy: [allow(['s3:ListAllMyBuckets', 's3:GetBucketLocation'], 'arn:aws:s3:::*')],
    rows: [
      [user, listBuckets, done],
      [user, list(), unallowed],
    ],
  },
  {
    name: 'bob',
    title: 'a home directory',
    policy: [
      allow('s3:ListBucket', itself, { StringLike: { 's3:prefix': ['', 'team/', `team/${own}/*`] } }),
      allow('s3:*', [`${itself}/team/${own}`, `${itself}/team/${own}/*`]),
    ],
    rows: [
      [user, list({ Prefix: '' }), done],
      [user, list({ Prefix: 'team/' }), done],
      [user, list({ Prefix: 'team/bob/' }), done],
      [user, list({ Prefix: 'team/bob' }), unallowed],
      [user, list({ Prefix: 'team/eve/' }), unallowed],
      // Without a prefix, the request has no such key.
      [user, list(), unallowed],
      [user, put('team/bob/a'), done],
      [user, put('team/eve/a'), unallowed],
    ],
  },
  {
    name: 'mia',
    title: 'the folders at the top, by prefix and delimiter',
    policy: [
      allow('s3:ListBucket', itself, { StringEquals: { 's3:prefix': [''], 's3:delimiter': ['/'] } }),
      { ...allow('s3:ListBucket', itself, { StringLike: { 's3:prefix': ['Confidential/*'] } }), Effect: 'Deny' },
      allow('s3:ListBucket', itself, { StringLike: { 's3:prefix': ['*/*'] } }),
    ],
    rows: [
      [user, list({ Prefix: '', Delimiter: '/' }), done],
      [user, list({ Prefix: '' }), unallowed],
      [user, list({ Prefix: 'Open/' }), done],
      [user, list({ Prefix: 'Confidential/' }), denied],
    ],
  },
  {
    name: 'max',
    title: 'reads alone without a code, by BoolIfExists',
    policy: [
      allow('s3:*', '*'),
      {
        Effect: 'Deny',
        NotAction: ['s3:GetObject', 'iam:*', 'sts:GetSessionToken'],
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
    rows: [
      [user, get('plain.txt'), done],
      [user, put('a'), denied],
      ['a session of the user', put('a'), denied],
      ['a session of the user with MFA', put('a'), done],
    ],
  },
];

function firstVersion(): string {
  return s3.bucket('demo').versions('plain.txt').at(-1)?.versionId ?? '';
}

describe.each(examples)('$title', (example) => {
  const clients = clientsOf(s3.account.user(example.name, { policy: policyOf(...example.policy) }));

  test.each(rowsOf(example))('$at $caller: $outcome', async ({ caller, step, outcome }) => {
    expect(await outcomeOf(clients[caller], step)).toBe(outcome);
  });
});
