import { describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import {
  allow,
  arnOfAnn,
  copy,
  DocumentedScene,
  demo,
  deny,
  done,
  type Example,
  forbidden,
  get,
  itself,
  kms,
  list,
  put,
  refused,
  retain,
  rowsOf,
  tag,
  tags,
  unallowed,
} from '../support/documented-policies';

/**
 * The examples of AWS's documentation of bucket policies on the headers, tags and parameters of a request.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
 * @module
 */
const scene = new DocumentedScene(mockS3(demo));
const { partner } = scene;

const examples: readonly Example[] = [
  {
    title: 'SSE-KMS for all writes',
    policy: [deny('s3:PutObject', { Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'true' } })],
    rows: [
      ['a free user', put('new.txt', { ...kms, SSEKMSKeyId: 'alias/own' }), done],
      ['a free user', put('new.txt', kms), forbidden],
      ['a free user', put('new.txt', { ServerSideEncryption: 'AES256' }), forbidden],
      ['root', put('new.txt'), forbidden],
      ['anyone', put('new.txt'), refused],
    ],
  },
  {
    title: 'SSE-S3 for all writes, by a header that is sent',
    policy: [deny('s3:PutObject', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } })],
    rows: [
      ['a free user', put('new.txt', { ServerSideEncryption: 'AES256' }), done],
      ['a free user', put('new.txt', kms), forbidden],
      ['a free user', put('new.txt'), forbidden],
    ],
  },
  {
    title: 'full control of the owner over what another account writes',
    policy: [
      allow('s3:PutObject', {
        Principal: { AWS: partner.id },
        Condition: { StringEquals: { 's3:x-amz-acl': ['bucket-owner-full-control'] } },
      }),
      allow('s3:PutObjectAcl', { Principal: { AWS: `arn:aws:iam::${partner.id}:root` } }),
    ],
    rows: [
      ['partner', put('new.txt', { ACL: 'bucket-owner-full-control' }), done],
      ['a user of the partner', put('new.txt', { ACL: 'bucket-owner-full-control' }), done],
      ['a limited user of the partner', put('new.txt', { ACL: 'bucket-owner-full-control' }), refused],
      ['partner', put('new.txt', { ACL: 'public-read' }), refused],
      ['partner', put('new.txt'), refused],
      ['a limited user', put('new.txt', { ACL: 'bucket-owner-full-control' }), unallowed],
    ],
  },
  {
    title: 'objects with a tag alone',
    policy: [
      allow(['s3:GetObject', 's3:GetObjectVersion'], {
        Principal: arnOfAnn,
        Condition: { StringEquals: { 's3:ExistingObjectTag/environment': 'production' } },
      }),
    ],
    rows: [
      ['a limited user', get('live.txt'), done],
      ['a limited user', get('plain.txt'), unallowed],
      ['a limited user', get('missing.txt'), unallowed],
      ['a limited user', tags('live.txt'), unallowed],
      ['partner', get('live.txt'), refused],
    ],
  },
  {
    title: 'tags of some names, or none',
    policy: [
      allow('s3:PutObjectTagging', {
        Principal: arnOfAnn,
        Condition: { 'ForAllValues:StringLike': { 's3:RequestObjectTagKeys': ['Owner', 'CreationDate'] } },
      }),
    ],
    rows: [
      ['a limited user', tag('plain.txt', 'Owner'), done],
      ['a limited user', tag('plain.txt', 'Owner', 'CreationDate'), done],
      ['a limited user', tag('plain.txt', 'Owner', 'Other'), unallowed],
      // The documentation says so: the condition holds for a request without tags.
      ['a limited user', tag('plain.txt'), done],
    ],
  },
  {
    title: 'tags of some names, at least one',
    policy: [
      allow('s3:PutObjectTagging', {
        Principal: arnOfAnn,
        Condition: {
          'ForAllValues:StringLike': { 's3:RequestObjectTagKeys': ['Owner', 'CreationDate'] },
          'ForAnyValue:StringLike': { 's3:RequestObjectTagKeys': ['Owner', 'CreationDate'] },
        },
      }),
    ],
    rows: [
      ['a limited user', tag('plain.txt', 'Owner'), done],
      ['a limited user', tag('plain.txt', 'Owner', 'Other'), unallowed],
      ['a limited user', tag('plain.txt'), unallowed],
    ],
  },
  {
    title: 'a tag with one of two values, in what is written',
    policy: [
      allow(['s3:PutObject', 's3:PutObjectTagging'], {
        Principal: arnOfAnn,
        Condition: { StringEquals: { 's3:RequestObjectTag/Project': ['X', 'Y'] } },
      }),
    ],
    rows: [
      ['a limited user', put('new.txt', { Tagging: 'Project=X&Other=1' }), done],
      ['a limited user', put('new.txt', { Tagging: 'Project=Z' }), unallowed],
      ['a limited user', put('new.txt'), unallowed],
    ],
  },
  {
    title: 'a listing of a folder, and of no other',
    policy: [
      allow('s3:ListBucket', {
        Principal: arnOfAnn,
        Resource: itself,
        Condition: { StringEquals: { 's3:prefix': 'projects' } },
      }),
      deny(
        's3:ListBucket',
        { StringNotEquals: { 's3:prefix': 'projects' } },
        { Principal: arnOfAnn, Resource: itself },
      ),
    ],
    rows: [
      ['a limited user', list({ Prefix: 'projects' }), done],
      ['a limited user', list({ Prefix: 'projects/' }), forbidden],
      ['a limited user', list(), forbidden],
      ['a free user', list(), done],
    ],
  },
  {
    title: 'short pages alone, which the client has to ask for',
    policy: [
      allow('s3:ListBucket', {
        Principal: arnOfAnn,
        Resource: itself,
        Condition: { NumericLessThanEquals: { 's3:max-keys': '10' } },
      }),
    ],
    rows: [
      ['a limited user', list({ MaxKeys: 10 }), done],
      ['a limited user', list({ MaxKeys: 11 }), unallowed],
      ['a limited user', list(), unallowed],
    ],
  },
  {
    title: 'retention of 10 days at most',
    policy: [
      deny('s3:PutObjectRetention', { NumericGreaterThan: { 's3:object-lock-remaining-retention-days': '10' } }),
    ],
    rows: [
      ['a free user', retain(9), done],
      ['a free user', retain(12), forbidden],
    ],
  },
  {
    title: 'one storage class',
    policy: [
      allow('s3:PutObject', {
        Principal: arnOfAnn,
        Condition: { StringEquals: { 's3:x-amz-storage-class': ['STANDARD_IA'] } },
      }),
    ],
    rows: [
      ['a limited user', put('a', { StorageClass: 'STANDARD_IA' }), done],
      ['a limited user', put('a', { StorageClass: 'GLACIER' }), unallowed],
      ['a limited user', put('a'), unallowed],
    ],
  },
  {
    title: 'copies of a folder, and no data of its own',
    policy: [
      allow('s3:GetObject', { Principal: arnOfAnn }),
      allow('s3:PutObject', { Principal: arnOfAnn }),
      deny('s3:PutObject', { StringNotLike: { 's3:x-amz-copy-source': 'demo/plain*' } }, { Principal: arnOfAnn }),
    ],
    rows: [
      ['a limited user', copy('demo/plain.txt'), done],
      ['a limited user', copy('demo/missing.txt'), forbidden],
      ['a limited user', put('a'), forbidden],
    ],
  },
  {
    title: 'writes of new objects alone, by If-None-Match',
    policy: [
      deny('s3:PutObject', { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } }),
    ],
    rows: [
      ['a free user', put('new.txt', { IfNoneMatch: '*' }), done],
      ['a free user', put('new.txt'), forbidden],
    ],
  },
];

describe.each(examples)('$title', (example) => {
  test.each(rowsOf(example))('$at $caller: $outcome', async ({ caller, step, outcome }) => {
    await scene.setPolicy(example);
    expect(await scene.outcomeOf(caller, step)).toBe(outcome);
  });
});
