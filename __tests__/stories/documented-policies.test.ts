import { describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import {
  allow,
  browse,
  DocumentedScene,
  demo,
  deny,
  done,
  type Example,
  everything,
  forbidden,
  get,
  list,
  put,
  refused,
  rowsOf,
  unallowed,
} from '../support/documented-policies';

/**
 * The examples of AWS's documentation of bucket policies on callers and the places that they call from.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
 * @module
 */
const scene = new DocumentedScene(mockS3(demo));
const { partner } = scene;

const examples: readonly Example[] = [
  {
    title: 'read-only to anonymous users',
    policy: [allow(['s3:GetObject', 's3:GetObjectVersion'])],
    rows: [
      ['anyone', get('plain.txt'), done],
      ['a limited user', get('plain.txt'), done],
      ['a user of the partner', get('plain.txt'), done],
      ['a limited user of the partner', get('plain.txt'), refused],
      ['anyone', get('missing.txt'), refused],
      ['anyone', list(), refused],
      ['anyone', put('new.txt'), refused],
    ],
  },
  {
    title: 'a range of addresses, without an exception in it',
    policy: [
      allow('s3:*', {
        ...everything,
        Condition: {
          IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '2001:DB8:1234:5678::/64'] },
          NotIpAddress: { 'aws:SourceIp': ['192.0.2.188/32'] },
        },
      }),
    ],
    rows: [
      ['anyone', get('plain.txt'), done],
      ['anyone', list(), done],
    ],
  },
  {
    title: 'a range of addresses that excepts the caller',
    policy: [
      allow('s3:*', {
        ...everything,
        Condition: {
          IpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
          NotIpAddress: { 'aws:SourceIp': ['192.0.2.188/32', '192.0.2.7/32'] },
        },
      }),
    ],
    rows: [
      ['anyone', get('plain.txt'), refused],
      ['a limited user', get('plain.txt'), unallowed],
      ['root', get('plain.txt'), done],
    ],
  },
  {
    title: 'no access from other addresses',
    policy: [deny('s3:*', { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, everything), allow('s3:GetObject')],
    rows: [
      ['root', get('plain.txt'), forbidden],
      ['root', list(), forbidden],
      ['anyone', get('plain.txt'), refused],
    ],
  },
  {
    title: 'no access but through a VPC endpoint, which shuts everyone else out',
    policy: [deny('s3:*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }, everything)],
    rows: [['root', get('plain.txt'), forbidden]],
  },
  {
    title: 'HTTPS only',
    policy: [deny('s3:*', { Bool: { 'aws:SecureTransport': 'false' } }, everything)],
    rows: [
      ['a free user', get('plain.txt'), done],
      ['a limited user', get('plain.txt'), unallowed],
      ['a free user without TLS', get('plain.txt'), forbidden],
      ['a free user without TLS', list(), forbidden],
    ],
  },
  {
    title: 'MFA for a folder, of no longer than an hour ago',
    policy: [
      deny('s3:*', { Null: { 'aws:MultiFactorAuthAge': true } }, { Resource: 'arn:aws:s3:::demo/taxdocuments/*' }),
      deny(
        's3:*',
        { NumericGreaterThan: { 'aws:MultiFactorAuthAge': 3600 } },
        { Resource: 'arn:aws:s3:::demo/taxdocuments/*' },
      ),
    ],
    rows: [
      ['a session with MFA', put('taxdocuments/a'), done],
      ['a session with old MFA', put('taxdocuments/a'), forbidden],
      ['a session without MFA', put('taxdocuments/a'), forbidden],
      ['a free user', put('taxdocuments/a'), forbidden],
      ['root', put('taxdocuments/a'), forbidden],
      ['a free user', put('other/a'), done],
    ],
  },
  {
    title: 'MFA by a Bool, which long-term keys pass',
    policy: [deny('s3:PutObject', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })],
    rows: [
      ['a session without MFA', put('a'), forbidden],
      ['a session with MFA', put('a'), done],
      ['a free user', put('a'), done],
    ],
  },
  {
    title: 'folders of users',
    policy: [
      allow(['s3:GetObject', 's3:PutObject'], {
        Principal: { AWS: ['arn:aws:iam::000000000000:user/ann', `arn:aws:iam::${partner.id}:root`] },
        Resource: `arn:aws:s3:::demo/\${aws:username}/*`,
      }),
    ],
    rows: [
      ['a limited user', put('ann/a'), done],
      ['a limited user', put('bob/a'), unallowed],
      ['a limited user', put('ann'), unallowed],
      ['a user of the partner', put('dave/a'), done],
      ['a user of the partner', put('ann/a'), refused],
      // A root user has no name.
      ['partner', put('/a'), refused],
    ],
  },
  {
    title: 'a CloudFront distribution, which no client is',
    policy: [
      allow('s3:GetObject', {
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: {
          StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE' },
        },
      }),
    ],
    rows: [
      ['anyone', get('plain.txt'), refused],
      ['a limited user', get('plain.txt'), unallowed],
      ['partner', get('plain.txt'), refused],
      ['root', get('plain.txt'), done],
    ],
  },
  {
    title: 'all of the account, which no user is by itself',
    policy: [allow('s3:GetObject', { Principal: { AWS: 'arn:aws:iam::000000000000:root' } })],
    rows: [
      ['a limited user', get('plain.txt'), unallowed],
      ['root', get('plain.txt'), done],
      ['partner', get('plain.txt'), refused],
    ],
  },
  {
    title: 'services of AWS, which no client is',
    policy: [
      allow('s3:PutObject', {
        Principal: { Service: ['logging.s3.amazonaws.com', 'logdelivery.elasticloadbalancing.amazonaws.com'] },
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::source' },
          StringEquals: { 'aws:SourceAccount': '000000000000' },
        },
      }),
      allow('s3:PutObject', {
        Principal: { Service: 's3.amazonaws.com' },
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    ],
    rows: [
      ['a limited user', put('a', { ACL: 'bucket-owner-full-control' }), unallowed],
      ['anyone', put('a'), refused],
    ],
  },
  {
    title: 'an organization, to which no account belongs',
    policy: [allow('s3:GetObject', { Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-aa111bb222'] } } })],
    rows: [
      ['partner', get('plain.txt'), refused],
      ['root', get('plain.txt'), done],
    ],
  },
  {
    title: 'nobody but some users, by their ids',
    policy: [
      deny(
        's3:*',
        { StringNotLike: { 'aws:userid': ['AROAEXAMPLEID:*', 'AIDAEXAMPLEID', '000000000000'] } },
        everything,
      ),
      allow('s3:GetObject'),
    ],
    rows: [
      ['root', get('plain.txt'), done],
      ['a free user', get('plain.txt'), forbidden],
      ['partner', get('plain.txt'), refused],
      ['anyone', get('plain.txt'), refused],
    ],
  },
  {
    title: 'pages of a website, by their referer',
    policy: [
      allow('s3:GetObject', {
        Condition: { StringLike: { 'aws:Referer': ['http://www.example.com/*', 'http://example.com/*'] } },
      }),
    ],
    rows: [
      ['anyone', browse('http://www.example.com/page'), done],
      ['anyone', browse('http://www.example.org/page'), refused],
      ['anyone', browse(), refused],
    ],
  },
];

describe.each(examples)('$title', (example) => {
  test.each(rowsOf(example))('$at $caller: $outcome', async ({ caller, step, outcome }) => {
    await scene.setPolicy(example);
    expect(await scene.outcomeOf(caller, step)).toBe(outcome);
  });
});
