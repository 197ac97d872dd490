import type { RecordedCall, RecordedCases, RecordedDetails } from '../../../src/facts/case';

const AccountId = '123456789012';
const other = '$(account:other)';
const everySwitch = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const noSwitch = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const state = {
  account: AccountId,
  accounts: { other: {} },
  buckets: { east: { region: 'us-east-1' }, west: { region: 'us-west-2' } },
};
const inWest = { region: 'us-west-2' };

const arnOf = (name: string, region = 'us-east-1') => `arn:aws:s3:${region}:${AccountId}:accesspoint/${name}`;
const of = (Name: string, more: object = {}) => ({ AccountId, Name, ...more });
const create = (
  label: string,
  Name: string,
  more: object = {},
  answer = '200',
  details: RecordedDetails = {},
): RecordedCall => [label, 'CreateAccessPoint', of(Name, { Bucket: 'east', ...more }), answer, {}, details];
const get = (label: string, Name: string, output: object, more: RecordedDetails = {}): RecordedCall => [
  label,
  'GetAccessPoint',
  of(Name),
  '200',
  output,
  more,
];

function policyFor(name: string, Principal: unknown): string {
  const statement = { Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `${arnOf(name)}/object/*` };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }).replace(/([:,])(?=["[{])/g, '$1 ');
}
const compact = (policy: string) => policy.replace(/([:,]) /g, '$1');
const own = { AWS: `arn:aws:iam::${AccountId}:root` };
const put = (label: string, name: string, Policy: string, answer = '204'): RecordedCall => [
  label,
  'PutAccessPointPolicy',
  of(name, { Policy }),
  answer,
];
const status = (label: string, name: string, IsPublic: boolean): RecordedCall => [
  label,
  'GetAccessPointPolicyStatus',
  of(name),
  '200',
  { PolicyStatus: { IsPublic } },
];
const ask = (label: string, operation: string, Name: string, answer: string): RecordedCall => [
  label,
  operation,
  of(Name),
  answer,
];
const noPolicy = '404 NoSuchAccessPointPolicy';
const noPoint = '404 NoSuchAccessPoint';
const switchesOf = (PublicAccessBlockConfiguration: object) => ({ PublicAccessBlockConfiguration });

const privatePolicy = policyFor('plain', own);
const blockOfBucket = (label: string, BlockPublicPolicy: boolean): RecordedCall => [
  label,
  'PutPublicAccessBlock',
  { Bucket: 'east', PublicAccessBlockConfiguration: { ...everySwitch, BlockPublicPolicy } },
  '200',
];

const listed = (Name: string, VpcId?: string) => ({
  Name,
  Bucket: 'east',
  NetworkOrigin: VpcId === undefined ? 'Internet' : 'VPC',
  ...(VpcId !== undefined && { VpcConfiguration: { VpcId } }),
  BucketAccountId: AccountId,
});
const list = (
  label: string,
  more: object,
  answer: string,
  output: object,
  details: RecordedDetails = {},
): RecordedCall => [label, 'ListAccessPoints', { AccountId, ...more }, answer, output, details];
const ofEast = { Bucket: 'east' };
const vpcId = 'vpc-0123456789abcdef0';
const all = {
  AccessPointList: [
    listed('empty'),
    listed('explicit'),
    listed('plain'),
    listed('tagged'),
    listed('vpc-bad', 'not-a-vpc'),
    listed('vpc-none', vpcId),
  ],
};

const tagged = (label: string, operation: string, name: string, more: object, answer: string, output: object = {}) =>
  [label, operation, { AccountId, ResourceArn: arnOf(name), ...more }, answer, output] satisfies RecordedCall;
const [a1, b2] = [
  { Key: 'a', Value: '1' },
  { Key: 'b', Value: '2' },
];
const [a9, c0] = [
  { Key: 'a', Value: 'new' },
  { Key: 'c', Value: '' },
];

export const control: RecordedCases = {
  file: 'testdata/aws/s3control/access_point_control_replay.json',
  recorded: '2026-09',
  cases: {
    "all settings of an access point's public access block are on, unless its document has others": {
      fact: 'F1107',
      state,
      calls: [
        create('create-default', 'plain'),
        create('create-sparse', 'sparse', switchesOf({ BlockPublicAcls: false })),
        create('empty-pab', 'empty', switchesOf({})),
        create('sparse-true', 'one-true', switchesOf({ BlockPublicAcls: true })),
        get('get-default', 'plain', switchesOf(everySwitch)),
        get('get-sparse', 'sparse', switchesOf(noSwitch)),
        get('empty-pab-get', 'empty', switchesOf(noSwitch)),
        get('sparse-true-get', 'one-true', switchesOf({ ...noSwitch, BlockPublicAcls: true })),
      ],
    },
    'the policy of an access point is put, read and deleted, and a second deletion succeeds': {
      fact: 'F1140',
      state,
      calls: [
        create('create-default', 'plain'),
        ask('policy-missing-get', 'GetAccessPointPolicy', 'plain', noPolicy),
        ask('policy-missing-status', 'GetAccessPointPolicyStatus', 'plain', noPolicy),
        ask('policy-missing-delete', 'DeleteAccessPointPolicy', 'plain', '204'),
        put('policy-malformed', 'plain', 'not-json', '400 MalformedPolicy'),
        put('policy-private-put', 'plain', privatePolicy),
        ['policy-private-get', 'GetAccessPointPolicy', of('plain'), '200', { Policy: compact(privatePolicy) }],
        status('policy-private-status', 'plain', false),
        ask('policy-delete', 'DeleteAccessPointPolicy', 'plain', '204'),
        ask('policy-after-delete-get', 'GetAccessPointPolicy', 'plain', noPolicy),
        ask('policy-after-delete-status', 'GetAccessPointPolicyStatus', 'plain', noPolicy),
        ask('policy-delete-again', 'DeleteAccessPointPolicy', 'plain', '204'),
        ask('nonexistent-ap-get-access-point-policy', 'GetAccessPointPolicy', 'missing', noPoint),
        ask('nonexistent-ap-delete-access-point-policy', 'DeleteAccessPointPolicy', 'missing', noPoint),
        ask('nonexistent-ap-get-access-point-policy-status', 'GetAccessPointPolicyStatus', 'missing', noPoint),
      ],
    },
    'a public policy is accepted only if neither the access point nor the bucket blocks it': {
      fact: 'F1114',
      state,
      calls: [
        blockOfBucket('local setup: block public bucket policies', true),
        create('create-default', 'plain'),
        create('create-sparse', 'sparse', switchesOf({ BlockPublicAcls: false })),
        put('policy-public-default-put', 'plain', policyFor('plain', '*'), '403 AccessDenied'),
        put('policy-public-sparse-bucket-blocked-put', 'sparse', policyFor('sparse', '*'), '403 AccessDenied'),
        ask('policy-public-sparse-status', 'GetAccessPointPolicyStatus', 'sparse', noPolicy),
        blockOfBucket('owned-bucket-pab-false', false),
        put('policy-public-default-bucket-unblocked-put', 'plain', policyFor('plain', '*'), '403 AccessDenied'),
        put('policy-public-sparse-bucket-unblocked-put', 'sparse', policyFor('sparse', '*')),
        status('policy-public-sparse-status-after', 'sparse', true),
      ],
    },
    'the policy of an access point of a VPC is never public': {
      fact: 'F1114',
      state,
      calls: [
        blockOfBucket('retain native bucket public block', true),
        create('create-vpc', 'vpc', { VpcConfiguration: { VpcId: vpcId } }),
        get('get-vpc', 'vpc', { NetworkOrigin: 'VPC', PublicAccessBlockConfiguration: everySwitch }),
        put('public-policy-vpc', 'vpc', policyFor('vpc', '*')),
        status('public-status-vpc', 'vpc', false),
        ['vpc-policy-read', 'GetAccessPointPolicy', of('vpc'), '200', { Policy: compact(policyFor('vpc', '*')) }],
        ['vpc-exterior-data', 'ListObjectsV2', { Bucket: arnOf('vpc') }, '403 AccessDenied'],
      ],
    },
    'the VPC of an access point may have any name, and requests from elsewhere are denied': {
      fact: 'F1107',
      state,
      calls: [
        create('vpc-malformed', 'vpc-bad', { VpcConfiguration: { VpcId: 'not-a-vpc' } }),
        create('vpc-nonexistent', 'vpc-none', { VpcConfiguration: { VpcId: vpcId } }),
        get('vpc-malformed-get', 'vpc-bad', { NetworkOrigin: 'VPC', VpcConfiguration: { VpcId: 'not-a-vpc' } }),
        get('vpc-nonexistent-get', 'vpc-none', { NetworkOrigin: 'VPC', VpcConfiguration: { VpcId: vpcId } }),
        ['vpc-ap-outside-data', 'ListObjectsV2', { Bucket: arnOf('vpc-none') }, '403 AccessDenied'],
        ['vpc-malformed-outside-data', 'ListObjectsV2', { Bucket: arnOf('vpc-bad') }, '403 AccessDenied'],
        create('create-default', 'plain'),
        [
          'internet-control-data',
          'ListObjectsV2',
          { Bucket: arnOf('plain') },
          '200',
          { KeyCount: 0, IsTruncated: false },
        ],
      ],
    },
    'the tags of an access point are merged and removed by its ARN': {
      fact: 'F1141',
      state,
      calls: [
        create('create-default', 'plain'),
        create('create-tags', 'tagged', { Tags: [{ Key: 'initial', Value: 'v1' }] }),
        tagged('tags-empty', 'ListTagsForResource', 'plain', {}, '200', { Tags: [] }),
        tagged('tags-create-initial', 'ListTagsForResource', 'tagged', {}, '200', {
          Tags: [{ Key: 'initial', Value: 'v1' }],
        }),
        tagged('tags-add', 'TagResource', 'plain', { Tags: [a1, b2] }, '200'),
        tagged('tags-overwrite-add', 'TagResource', 'plain', { Tags: [a9, c0] }, '200'),
        tagged('tags-merged', 'ListTagsForResource', 'plain', {}, '200', { Tags: [a9, b2, c0] }),
        tagged('tags-delete-missing', 'UntagResource', 'plain', { TagKeys: ['missing'] }, '204'),
        tagged('tags-delete-one', 'UntagResource', 'plain', { TagKeys: ['a'] }, '204'),
        tagged('tags-remaining', 'ListTagsForResource', 'plain', {}, '200', { Tags: [b2, c0] }),
        tagged('tags-duplicate-key', 'TagResource', 'plain', { Tags: [a1, a9] }, '400 InvalidTag'),
        tagged(
          'tags-reserved-key',
          'TagResource',
          'plain',
          { Tags: [{ Key: 'aws:probe', Value: 'one' }] },
          '400 InvalidTag',
        ),
        tagged('tags-empty-add', 'TagResource', 'plain', { Tags: [] }, '400 InvalidRequest'),
        tagged('tags-empty-untag', 'UntagResource', 'plain', { TagKeys: [] }, '400 InvalidRequest'),
        tagged('tags-final', 'ListTagsForResource', 'plain', {}, '200', { Tags: [b2, c0] }),
        tagged('tags-missing-list-tags-for-resource', 'ListTagsForResource', 'missing', {}, noPoint),
        tagged('tags-missing-tag-resource', 'TagResource', 'missing', { Tags: [a1] }, noPoint),
        tagged('tags-missing-untag-resource', 'UntagResource', 'missing', { TagKeys: ['x'] }, noPoint),
      ],
    },
    'only GetAccessPoint accepts an alias': {
      fact: 'F1142',
      state,
      calls: [
        create('create-default', 'plain', {}, '200'),
        get('alias-after-mutations', 'plain', { Alias: '$(alias)' }),
        get('alias-as-control-name', '$(alias)', { Name: 'plain', Alias: '$(alias)' }),
        ask('tagged-alias-delete', 'DeleteAccessPoint', '$(alias)', '400 InvalidURI'),
        get('tagged-after-alias-delete', 'plain', { Name: 'plain', Alias: '$(alias)' }),
        put('alias-policy-put', '$(alias)', privatePolicy, '400 InvalidURI'),
        ask('alias-policy-get', 'GetAccessPointPolicy', '$(alias)', '400 InvalidURI'),
        ask('alias-policy-status', 'GetAccessPointPolicyStatus', '$(alias)', '400 InvalidURI'),
        ask('alias-policy-delete', 'DeleteAccessPointPolicy', '$(alias)', '400 InvalidURI'),
      ],
    },
    'an access point that is created again has another alias, no tags and no policy': {
      fact: 'F1143',
      state,
      calls: [
        create('create-default', 'plain', { Tags: [a1] }),
        get('get-default', 'plain', { Alias: '$(alias)' }),
        put('policy-private-put', 'plain', privatePolicy),
        ask('recreation-delete', 'DeleteAccessPoint', 'plain', '204'),
        ['deleted-arn', 'ListObjectsV2', { Bucket: arnOf('plain') }, '404 NoSuchBucket'],
        ['deleted-alias', 'ListObjectsV2', { Bucket: '$(alias)' }, '403 AccessDenied'],
        create('recreation-create', 'plain'),
        get('recreation-get', 'plain', { Name: 'plain', Alias: '$(later-alias)' }),
        ask('old-alias-after-recreate', 'GetAccessPoint', '$(alias)', noPoint),
        tagged('recreated access point does not inherit tags', 'ListTagsForResource', 'plain', {}, '200', { Tags: [] }),
        ask('recreated access point does not inherit policy', 'GetAccessPointPolicy', 'plain', noPolicy),
      ],
    },
    'an access point belongs to one account, one region and one bucket': {
      fact: 'F1107',
      state,
      calls: [
        create('create-default', 'plain'),
        create('duplicate-same', 'plain', {}, '409 AccessPointAlreadyOwnedByYou'),
        create('duplicate-different-bucket', 'plain', { Bucket: 'west' }, '400 InvalidRequest'),
        ask('missing-get', 'GetAccessPoint', 'missing', noPoint),
        ask('missing-delete', 'DeleteAccessPoint', 'missing', noPoint),
        ['wrong-region-get', 'GetAccessPoint', of('plain'), noPoint, {}, inWest],
        create('east-bucket-west-ap', 'region', {}, '400 InvalidRequest', inWest),
        create('same-name-west', 'plain', { Bucket: 'west' }, '200', inWest),
        get(
          'west-get',
          'plain',
          { Name: 'plain', Bucket: 'west', AccessPointArn: arnOf('plain', 'us-west-2') },
          inWest,
        ),
        create('nonexistent-bucket', 'absent', { Bucket: 'none' }, '400 InvalidRequest'),
        create('foreign-owner-own-bucket', 'foreign', { BucketAccountId: other }, '400 InvalidRequest'),
        create(
          'foreign-owner-missing-bucket',
          'foreign-missing',
          { Bucket: 'none', BucketAccountId: other },
          '400 InvalidRequest',
        ),
        create('malformed-bucket-owner', 'bad-owner', { BucketAccountId: '123' }, '400 InvalidRequest'),
        create('explicit-owner', 'explicit', { BucketAccountId: AccountId }),
        get('explicit-owner-get', 'explicit', { BucketAccountId: AccountId, Bucket: 'east' }),
        ['foreign-account-get-access-point', 'GetAccessPoint', of('plain', { AccountId: other }), '403 AccessDenied'],
        ['foreign-account-list', 'ListAccessPoints', { AccountId: other, ...ofEast }, '403 AccessDenied'],
        create('foreign-account-create', 'foreign-account', { AccountId: other }, '403 AccessDenied'),
        ['bucket-live-ap-delete', 'DeleteBucket', { Bucket: 'west' }, '400 BucketHasAccessPointsAttached', {}, inWest],
        get('after-bucket-delete-get', 'plain', { Name: 'plain', Bucket: 'west' }, inWest),
        [
          'after-bucket-delete-data',
          'ListObjectsV2',
          { Bucket: arnOf('plain', 'us-west-2') },
          '200',
          { KeyCount: 0, IsTruncated: false },
        ],
      ],
    },
    'the name of an access point is checked as a part of the path first, and then as a name': {
      fact: 'F1110',
      state,
      calls: [
        create('name-uppercase', 'stackd-ap-control-Upper', {}, '400 InvalidURI'),
        create('name-underscore', 'stackd-ap-control_under', {}, '400 InvalidURI'),
        create('name-dot', 'stackd-ap-control.dot', {}, '400 InvalidRequest'),
        create('name-trailing-dash', 'stackd-ap-control-', {}, '400 InvalidRequest'),
        create('name-reserved-alias', 'stackd-ap-control-s3alias', {}, '400 InvalidRequest'),
        create('name-51', 'x'.repeat(51), {}, '400 InvalidURI'),
        create('name-52', 'x'.repeat(52), {}, '400 InvalidURI'),
        create('name-exact-50', 'x'.repeat(50)),
      ],
    },
    'access points are listed by name, in pages of any size': {
      fact: 'F1109',
      state,
      calls: [
        create('create-default', 'plain'),
        create('explicit-owner', 'explicit', { BucketAccountId: AccountId }),
        create('vpc-malformed', 'vpc-bad', { VpcConfiguration: { VpcId: 'not-a-vpc' } }),
        create('vpc-nonexistent', 'vpc-none', { VpcConfiguration: { VpcId: vpcId } }),
        create('empty-pab', 'empty', switchesOf({})),
        create('create-tags', 'tagged', { Tags: [a1] }),
        create('same-name-west', 'plain', { Bucket: 'west' }, '200', inWest),
        list('list-east-filter', ofEast, '200', all),
        list(
          'list-west-filter',
          { Bucket: 'west' },
          '200',
          { AccessPointList: [{ ...listed('plain'), Bucket: 'west' }] },
          inWest,
        ),
        list('list-missing-filter', { Bucket: 'none' }, '400 InvalidRequest', {}),
        list('list-page-one', { ...ofEast, MaxResults: 1 }, '200', {
          AccessPointList: [listed('empty')],
          NextToken: '$(page)',
        }),
        list('list-page-two', { ...ofEast, MaxResults: 1, NextToken: '$(page)' }, '200', {
          AccessPointList: [listed('explicit')],
        }),
        list(
          'list-token-different-filter',
          { Bucket: 'west', MaxResults: 1, NextToken: '$(page)' },
          '400 InvalidRequest',
          {},
        ),
        list('list-invalid-token', { ...ofEast, NextToken: 'not-a-token' }, '400 InvalidRequest', {}),
        list('list-zero', { ...ofEast, MaxResults: 0 }, '200', all, { absent: ['NextToken'] }),
        list('list-data-source-s3', { ...ofEast, DataSourceType: 'S3' }, '200', all),
        list('list-data-source-all', { ...ofEast, DataSourceType: 'ALL' }, '200', all),
        list('list-data-source-id', { DataSourceId: 'east', DataSourceType: 'S3' }, '400 InvalidRequest', {}),
        list('list-too-large-page', { ...ofEast, MaxResults: 1001 }, '200', all, { absent: ['NextToken'] }),
      ],
    },
    'a bucket can be deleted while another account has an access point for it': {
      fact: 'F1144',
      state,
      calls: [
        [
          'create-member-access-point',
          'CreateAccessPoint',
          { AccountId: other, Name: 'member', Bucket: 'east', BucketAccountId: AccountId },
          '200',
          {},
          { by: 'other' },
        ],
        [
          'delete-owner-bucket-with-live-foreign-access-point',
          'DeleteBucket',
          { Bucket: 'east', ExpectedBucketOwner: AccountId },
          '204',
        ],
        [
          'list-through-member-access-point-after-bucket-delete-attempt',
          'ListObjectsV2',
          { Bucket: `arn:aws:s3:us-east-1:${other}:accesspoint/member` },
          '404 NoSuchBucket',
          {},
          { by: 'other' },
        ],
      ],
      leftOut: [
        {
          label: 'get-member-access-point-after-bucket-delete-attempt',
          reason: 'the mock takes a point away with its bucket',
        },
        { label: 'cleanup-member-access-point', reason: 'the mock takes a point away with its bucket' },
      ],
    },
  },
};
