import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const AccountId = '123456789012';
const other = '$(account:other)';
const path = 'GET /v20180820/configuration/publicAccessBlock';
const hostOf = (account: string, region = 'us-east-1') => `${account}.s3-control.${region}.amazonaws.com`;
const state = { account: AccountId, accounts: { other: {} } };
const missing = '404 NoSuchPublicAccessBlockConfiguration';
const xml = { 'content-type': 'application/xml' };

function read(label: string, header?: string): RecordedCall {
  const headers = header === undefined ? {} : { 'x-amz-account-id': header };
  return [label, path, { host: hostOf(AccountId), headers }, missing, { Error: { AccountId } }, { headers: xml }];
}

export const hosts: RecordedCases = {
  file: 'testdata/aws/s3control/native_raw_replay.json',
  recorded: '2026-09',
  cases: {
    'the host decides which account a request is about, whatever the header says': {
      fact: 'F1105',
      state,
      calls: [
        read('owner_self_east', AccountId),
        [
          'owner_self_us-west-2',
          path,
          { host: hostOf(AccountId, 'us-west-2'), headers: { 'x-amz-account-id': AccountId } },
          missing,
          { Error: { AccountId } },
          { headers: xml, region: 'us-west-2' },
        ],
        [
          'member_self_us-east-1',
          path,
          { host: hostOf(other), headers: { 'x-amz-account-id': other } },
          missing,
          { Error: { AccountId: other } },
          { by: 'other', headers: xml },
        ],
        read('owner_missing_header_prefixed'),
        read('owner_empty_header_prefixed', ''),
        read('owner_short_header_prefixed', '123'),
        read('owner_nonnumeric_header_prefixed', 'not-an-account'),
        read('owner_mismatched_host_header', other),
        read('owner_sdk_invalid_account_as_header', 'not_an_account'),
      ],
    },
    'a request about another account is denied, and an invalid account id is named in the refusal': {
      fact: 'F1105',
      state,
      calls: [
        [
          'owner_foreign_member',
          path,
          { host: hostOf(other), headers: { 'x-amz-account-id': other } },
          '403 AccessDenied',
          {},
          { absent: ['Error.AccountId'], headers: xml },
        ],
        [
          'member_foreign_owner',
          path,
          { host: hostOf(AccountId), headers: { 'x-amz-account-id': AccountId } },
          '403 AccessDenied',
          {},
          { by: 'other', absent: ['Error.AccountId'], headers: xml },
        ],
        [
          'owner_short_host_and_header',
          path,
          { host: hostOf('123'), headers: { 'x-amz-account-id': '123' } },
          '403 AccessDenied',
          { Error: { AccountId: '123' } },
          { headers: xml },
        ],
      ],
    },
  },
};

const PublicAccessBlockConfiguration = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

export const blocks: RecordedCases = {
  file: 'tests/aws/services/s3control/test_s3control.snapshot.json of localstack',
  recorded: '2024-05',
  cases: {
    'the public access block of an account is put, read and deleted': {
      fact: 'F1100',
      state,
      calls: [
        [
          'get-default-public-access-block',
          'GetAccountPublicAccessBlock',
          { AccountId },
          missing,
          { AccountId, Message: 'The public access block configuration was not found' },
        ],
        [
          'put-public-access-block',
          'PutAccountPublicAccessBlock',
          {
            AccountId,
            PublicAccessBlockConfiguration: {
              BlockPublicAcls: false,
              IgnorePublicAcls: false,
              BlockPublicPolicy: false,
            },
          },
          '200',
        ],
        [
          'get-public-access-block',
          'GetAccountPublicAccessBlock',
          { AccountId },
          '200',
          { PublicAccessBlockConfiguration },
        ],
        ['delete-public-access-block', 'DeleteAccountPublicAccessBlock', { AccountId }, '204'],
        ['get-public-access-block-after-delete', 'GetAccountPublicAccessBlock', { AccountId }, missing, { AccountId }],
        ['idempotent-delete-public-access-block', 'DeleteAccountPublicAccessBlock', { AccountId }, '204'],
      ],
    },
    'a public access block of an account without any setting is refused': {
      fact: 'F1100',
      state,
      calls: [
        [
          'put-public-access-block-empty',
          'PutAccountPublicAccessBlock',
          { AccountId, PublicAccessBlockConfiguration: {} },
          '400 InvalidRequest',
          { Message: 'Must specify at least one configuration.' },
        ],
      ],
    },
  },
};

const ResourceArn = 'arn:aws:s3:::vault';
const tagged = { ...state, buckets: { vault: {} } };
const one = { Key: 'key1', Value: 'value1' };
const two = { Key: 'key2', Value: 'value2' };
const three = { Key: 'key3', Value: 'value3' };
const badTag =
  "This request contains a tag key or value that isn't valid. Valid characters include the following: [a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters.";

function refusedTags(label: string, Tags: readonly object[], Message: string): RecordedCall {
  return [label, 'TagResource', { AccountId, ResourceArn, Tags }, '400 InvalidTag', { Message }];
}

function ofNothing(label: string, operation: string, more: object): RecordedCall {
  const input = { AccountId, ResourceArn: 'arn:aws:s3:::none', ...more };
  return [label, operation, input, '404 NoSuchResource', { Message: "The specified resource doesn't exist." }];
}

export const tags: RecordedCases = {
  file: 'tests/aws/services/s3control/test_s3control.snapshot.json of localstack',
  recorded: '2025-11',
  cases: {
    'the tags of a bucket are merged, listed and removed by its ARN': {
      fact: 'F1116',
      state: tagged,
      calls: [
        ['list-tags-before', 'ListTagsForResource', { AccountId, ResourceArn }, '200', { Tags: [] }],
        ['tag-resource', 'TagResource', { AccountId, ResourceArn, Tags: [one, two] }, '204'],
        ['list-tags-1', 'ListTagsForResource', { AccountId, ResourceArn }, '200', { Tags: [one, two] }],
        ['tag-resource-after-update', 'TagResource', { AccountId, ResourceArn, Tags: [three] }, '204'],
        [
          'list-tags-after-update',
          'ListTagsForResource',
          { AccountId, ResourceArn },
          '200',
          { Tags: [one, two, three] },
        ],
        ['untag-resource', 'UntagResource', { AccountId, ResourceArn, TagKeys: ['key3'] }, '204'],
        ['list-tags-after-untag', 'ListTagsForResource', { AccountId, ResourceArn }, '200', { Tags: [one, two] }],
        ['untag-resource-idempotent', 'UntagResource', { AccountId, ResourceArn, TagKeys: ['key3'] }, '204'],
      ],
    },
    'invalid tags of a bucket are refused': {
      fact: 'F1116',
      state: tagged,
      calls: [
        [
          'tags-key-none',
          'TagResource',
          { AccountId, ResourceArn, Tags: [{ Value: 'value1' }] },
          '400 MalformedXML',
          { Message: 'The XML you provided was not well-formed or did not validate against our published schema' },
        ],
        ['tags-value-none', 'TagResource', { AccountId, ResourceArn, Tags: [{ Key: 'key1' }] }, '400 MalformedXML'],
        refusedTags(
          'tags-key-aws-prefix',
          [{ Key: 'aws:test', Value: 'value1' }],
          'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
        ),
        refusedTags(
          'tags-key-aws-duplicated-key',
          [one, one],
          'There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.',
        ),
        refusedTags('tags-key-aws-bad-value', [{ Key: 'test', Value: 'value1,value2' }], badTag),
        refusedTags('tags-key-aws-bad-key', [{ Key: 'test,test2', Value: 'value1' }], badTag),
      ],
    },
    'the tags of a bucket that does not exist are refused': {
      fact: 'F1116',
      state: tagged,
      calls: [
        ofNothing('tag-resource-no-exist', 'TagResource', { Tags: [one] }),
        ofNothing('untag-resource-no-exist', 'UntagResource', { TagKeys: ['key1'] }),
        ofNothing('list-resource-tags-no-exist', 'ListTagsForResource', {}),
      ],
    },
  },
};
