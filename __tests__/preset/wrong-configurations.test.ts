import { beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start();
});

const queue = (QueueArn: string, ...Events: string[]) => ({ QueueConfigurations: [{ QueueArn, Events }] });
const pages = (rule: object) => ({ CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], ...rule }] });
const replica = (Bucket: string, rule: object = {}) => ({
  Role: 'arn:aws:iam::123456789012:role/copier',
  Rules: [
    {
      Status: 'Enabled',
      Priority: 1,
      Filter: {},
      DeleteMarkerReplication: { Status: 'Disabled' },
      ...rule,
      Destination: { Bucket },
    },
  ],
});

describe('the message about a wrong configuration of a fixture', () => {
  it.each<[string, unknown, string]>([
    [
      'accelerate',
      'enabled',
      "accelerate, Status: invalid value 'enabled'; expected 'Enabled' or 'Suspended'. Did you mean Enabled?",
    ],
    [
      'ownershipControls',
      'bucketOwnerEnforced',
      "ownershipControls, Rules 1, ObjectOwnership: invalid value 'bucketOwnerEnforced'; expected 'BucketOwnerPreferred' or 'ObjectWriter' or 'BucketOwnerEnforced'. Did you mean BucketOwnerEnforced?",
    ],
    [
      'publicAccessBlock',
      'all',
      "publicAccessBlock: invalid value 'all'; expected an object with members such as BlockPublicAcls",
    ],
    [
      'encryption',
      { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256', KMSMasterKeyID: 'alias/a' } }] },
      "encryption: a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse (KMSMasterKeyID is 'alias/a')",
    ],
    [
      'cors',
      pages({ AllowedMethods: ['get'] }),
      "cors: Found unsupported HTTP method in CORS config. Unsupported method is get (AllowedMethods names 'get', and a rule names GET, PUT, HEAD, POST, DELETE)",
    ],
    [
      'cors',
      pages({ MaxAgeSeconds: 2 ** 31 }),
      'cors, CORSRules 1, MaxAgeSeconds: invalid value 2147483648; expected a number of 32 bits',
    ],
    [
      'cors',
      pages({ MaxAgeSeconds: 1.5 }),
      'cors, CORSRules 1, MaxAgeSeconds: invalid value 1.5; expected a whole number',
    ],
    [
      'logging',
      { LoggingEnabled: { TargetBucket: 'nowhere', TargetPrefix: '' } },
      "logging: The target bucket for logging does not exist (TargetBucket is 'nowhere')",
    ],
    [
      'notification',
      queue('arn:aws:sqs:us-east-1:123456789012:jobs', 's3:ObjectRead'),
      "notification: The event is not supported for notifications (Event is 's3:ObjectRead')",
    ],
    [
      'notification',
      queue('arn:aws:sqs:us-east-1:123456789012:jobs', 'ObjectCreated:*'),
      "notification: The event is not supported for notifications (there is no event 'ObjectCreated:*'. Write it with s3: in front, 's3:ObjectCreated:*')",
    ],
    [
      'notification',
      queue('arn:aws:sqs:us-east-1:123456789012:jobs', 's3:ObjectCreated'),
      "notification: The event is not supported for notifications (there is no event 's3:ObjectCreated'. Write 's3:ObjectCreated:*' for the family)",
    ],
    [
      'notification',
      queue('jobs', 's3:ObjectCreated:*'),
      "notification: The ARN could not be parsed (Queue 'jobs' is not of the form arn:aws:sqs:REGION:ACCOUNT:NAME)",
    ],
    ['replication', replica('copies'), "replication: Invalid bucket ARN (Bucket is 'copies')"],
    [
      'website',
      { IndexDocument: { Suffix: '/index.html' } },
      "website: The IndexDocument Suffix is not well formed (IndexDocument is '/index.html')",
    ],
    [
      'policy',
      { Statement: [{ Effect: 'allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::vault' }] },
      'policy: Invalid effect: allow (statement 1 has neither "Allow" nor "Deny")',
    ],
    [
      'intelligentTiering',
      [{ Id: 'a', Status: 'Enabled', Tierings: [{ Days: 1, AccessTier: 'ARCHIVE_ACCESS' }] }],
      "intelligentTiering: Days specified in ARCHIVE_ACCESS tier should not be less than 90 (Days is '1')",
    ],
  ])('names %s, the value and what is right: %j', (name, wrong, message) => {
    expect(() => s3.createBucket('vault', { versioning: 'Enabled', [name]: wrong })).toThrow(
      new TypeError(`bucket 'vault': ${message}`),
    );
    expect(s3.buckets).toEqual([]);
  });

  it.each([
    ['bucketPolicy', 'policy'],
    ['publicAccessBlockConfiguration', 'publicAccessBlock'],
    ['corsRules', 'cors'],
    ['serverSideEncryption', 'encryption'],
    ['ownership', 'ownershipControls'],
  ])('has the right name for %s', (wrong, right) => {
    expect(() => s3.createBucket('vault', { [wrong]: {} })).toThrow(
      `bucket 'vault': there is no option '${wrong}'. Did you mean ${right}?`,
    );
  });
});

describe('a wrong configuration', () => {
  const fixture = {
    versioning: 'Enabled',
    accelerate: 'Enabled',
    ownershipControls: 'ObjectWriter',
    acl: 'public-read',
    tags: { stage: 'test' },
    encryption: 'aws:kms',
    metrics: [{ Id: 'all' }],
    publicAccessBlock: { BlockPublicAcls: true },
    policy: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::vault' }] },
  } as const;

  it('leaves what a handle had', () => {
    const vault = s3.createBucket('vault', fixture);
    const before = vault.toJSON();
    const wrong = {
      accelerate: 'on',
      ownershipControls: 'BucketOwnerEnforced',
      acl: 'public',
      tags: { '': 'test' },
      encryption: 'SSE-C',
      metrics: [{ Id: 'one' }, { Id: 'one' }],
      publicAccessBlock: {},
      policy: '{',
    };
    for (const [name, value] of Object.entries(wrong)) {
      expect(() => Reflect.set(vault, name, value)).toThrow(TypeError);
      expect(vault.toJSON()).toEqual(before);
    }
  });

  it('of a mock leaves nothing captured', async () => {
    await s3.stop();
    const environment = { ...process.env };
    expect(() => mockS3({ buckets: { first: fixture, vault: { ...fixture, policy: '{' } } })).toThrow(TypeError);
    expect(process.env).toEqual(environment);
    const other = start({ buckets: { first: {} } });
    expect(other.buckets.map(({ name }) => name)).toEqual(['first']);
  });
});
