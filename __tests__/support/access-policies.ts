import * as fc from 'fast-check';
import type { ActionName } from '../../src/model/access/actions';
import type { Statement } from './access-scene';

/**
 * Random policies, callers and requests about the bucket `vault`. OWNER and PARTNER are the accounts of a scene.
 * @module
 */

const some = <T>(...values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
/** Lists of one are often written as the value alone. */
const oneOrMore = <T>(list: fc.Arbitrary<T[]>) => list.map((values) => (values.length === 1 ? values[0] : values));

const arnsOfOwner = [
  'OWNER',
  'arn:aws:iam::OWNER:root',
  'arn:aws:iam::OWNER:user/ann',
  'arn:aws:iam::OWNER:role/reader',
  'arn:aws:sts::OWNER:assumed-role/reader/work',
] as const;
const arnsOfPartner = [
  'PARTNER',
  'arn:aws:iam::PARTNER:root',
  'arn:aws:iam::PARTNER:user/bob',
  'arn:aws:iam::PARTNER:role/auditor',
  'arn:aws:sts::PARTNER:assumed-role/auditor/work',
] as const;
const named = fc.oneof(
  oneOrMore(some(...arnsOfOwner)).map((AWS) => ({ AWS })),
  oneOrMore(some(...arnsOfPartner)).map((AWS) => ({ AWS })),
  some(...arnsOfOwner, ...arnsOfPartner).map((AWS) => ({ AWS })),
  fc.constantFrom({ CanonicalUser: 'OWNER-ID' }, { CanonicalUser: 'PARTNER-ID' }),
);
const everyone = fc.constantFrom('*', { AWS: '*' });
/** Statements that exempt a whole family, so that somebody is spared. */
const families = fc.constantFrom(
  { AWS: ['OWNER', 'arn:aws:iam::OWNER:user/ann'] },
  { AWS: [...arnsOfOwner] },
  { AWS: [...arnsOfPartner] },
  { AWS: arnsOfOwner.slice(0, 4) },
);

const variable = (key: string) => `\${${key}}`;
const objectActions = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:Get*',
  's3:?etObject',
  'S3:PUTobject*',
] as const;
const bucketActions = ['s3:ListBucket', 's3:ListBucketVersions', 's3:List*', 's3:GetBucketPolicy*'] as const;
const anyActions = ['s3:*', '*', 's3:Get*', 's3:*Object*', 's3:*Bucket*'] as const;
const ofBucket = 'arn:aws:s3:::vault';
const ofObjects = [
  'arn:aws:s3:::vault/*',
  'arn:aws:s3:::vault/docs/*',
  'arn:aws:s3:::vault/???s/a',
  'arn:aws:s3:::vault/logs/*',
  `arn:aws:s3:::vault/${variable('aws:username')}/*`,
] as const;

/** The elements of a statement about objects, about the bucket, or about both, so that a bucket policy may have it. */
const about = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ Action: oneOrMore(some(...objectActions)), Resource: oneOrMore(some(...ofObjects)) }),
  },
  { weight: 3, arbitrary: fc.record({ Action: oneOrMore(some(...bucketActions)), Resource: fc.constant(ofBucket) }) },
  {
    weight: 2,
    arbitrary: fc.record({ Action: fc.constantFrom(...anyActions), Resource: fc.constant([ofBucket, ofObjects[0]]) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      NotAction: oneOrMore(some(...objectActions, ...bucketActions)),
      Resource: fc.constant([ofBucket, ofObjects[0]]),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      Action: fc.constantFrom(...anyActions),
      NotResource: oneOrMore(some(...ofObjects, ofBucket)),
    }),
  },
);

/** Conditions whose keys go with every action. */
const conditions: fc.Arbitrary<Statement> = fc.constantFrom<Statement>(
  { Bool: { 'aws:SecureTransport': 'true' } },
  { Bool: { 'aws:SecureTransport': false } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': true } },
  { Null: { 'aws:username': 'true' } },
  { Null: { 'AWS:UserName': ['false'] } },
  { StringEquals: { 'aws:username': ['ann', 'eve'] } },
  { StringNotEquals: { 'aws:username': ['ann', 'eve'] } },
  { StringEqualsIfExists: { 'aws:username': 'bob' } },
  { StringLike: { 'aws:UserAgent': ['curl/*', `${variable('aws:username')}-?`] } },
  { StringNotLike: { 'aws:UserAgent': 'curl/*' } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } },
  { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::OWNER:*', 'arn:aws:iam::PARTNER:role/*'] } },
  { IpAddress: { 'aws:SourceIp': ['127.0.0.0/24', '10.0.0.0/8'] } },
  { NotIpAddress: { 'aws:SourceIp': '127.0.0.0/24' } },
  { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['owner', 'team'] } },
  { 'ForAllValues:StringLike': { 'aws:TagKeys': ['o*', 'team'] } },
  { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'owner' } },
  { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': ['owner', 'team'] } },
  { StringNotEqualsIfExists: { 'aws:TagKeys': 'owner' } },
  { NumericLessThan: { 'aws:MultiFactorAuthAge': 60 }, StringEquals: { 'aws:PrincipalType': 'User' } },
  { StringEquals: { 'aws:PrincipalType': ['Account', 'AssumedRole', 'Anonymous'], 'aws:SourceIp': '127.0.0.1' } },
);

const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny');
const Condition = fc.option(conditions, { nil: undefined, freq: 2 });

const tidy = (statement: object) => JSON.parse(JSON.stringify(statement)) as Statement; // what was just written

export const userStatement: fc.Arbitrary<Statement> = fc
  .tuple(fc.record({ Effect: effect, Condition }), about)
  .map(([rest, elements]) => tidy({ ...rest, ...elements }));

export const bucketStatement: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ Effect: effect, Principal: named }) },
      { weight: 2, arbitrary: fc.record({ Effect: effect, Principal: everyone }) },
      { weight: 1, arbitrary: fc.record({ Effect: fc.constant('Deny'), NotPrincipal: fc.oneof(named, families) }) },
    ),
    fc.record({ Condition }),
    about,
  )
  .map(([who, rest, elements]) => tidy({ ...who, ...rest, ...elements }));

export interface Policies {
  readonly identity: readonly Statement[] | undefined;
  readonly session: readonly Statement[] | undefined;
  readonly bucket: readonly Statement[] | undefined;
}

const upTo = (most: number, statement: fc.Arbitrary<Statement>) =>
  fc.option(fc.array(statement, { minLength: 1, maxLength: most }), { nil: undefined, freq: 4 });

export const policies: fc.Arbitrary<Policies> = fc.record({
  identity: upTo(3, userStatement),
  session: fc.option(fc.array(userStatement, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 }),
  bucket: upTo(4, bucketStatement),
});

/** Without a key it is about the bucket. */
export interface Request {
  readonly action: ActionName;
  readonly key: string | null;
}

/** One of them is what a variable without a value would leave. */
export const keys = ['docs/a', 'logs/a', 'ann/a', 'a', '/a'] as const;

export const requests: fc.Arbitrary<Request> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      action: fc.constantFrom<ActionName>('s3:GetObject', 's3:GetObject', 's3:PutObject', 's3:DeleteObject'),
      key: fc.constantFrom(...keys),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      action: fc.constantFrom<ActionName>('s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketPolicy'),
      key: fc.constant(null),
    }),
  },
);

export const requestValues = fc.record(
  {
    'aws:securetransport': fc.constantFrom(['true'], ['false']),
    'aws:sourceip': fc.constantFrom(['127.0.0.1'], ['10.1.2.3'], ['192.0.2.1']),
    'aws:useragent': fc.constantFrom(['curl/8'], ['ann-1'], ['node']),
    'aws:tagkeys': fc.constantFrom(['owner'], ['owner', 'team'], ['other'], ['owner', 'other']),
  },
  { requiredKeys: ['aws:securetransport', 'aws:sourceip'] },
);
