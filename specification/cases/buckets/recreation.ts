import type { RecordedCases } from '../../../src/facts/case';

const owner = { Type: 'CanonicalUser', ID: '$(owner)' };
const logDelivery = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' };
const full = { Grantee: owner, Permission: 'FULL_CONTROL' };
const read = { Grantee: owner, Permission: 'READ' };
const shared = [full, { Grantee: logDelivery, Permission: 'WRITE' }];
const ofLogDelivery = {
  GrantFullControl: 'id="$(owner)"',
  GrantWrite: 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"',
};
const ownership = (word: 'BucketOwnerEnforced' | 'BucketOwnerPreferred') => ({
  OwnershipControls: { Rules: [{ ObjectOwnership: word }] },
});
const block = (off?: string) => ({
  PublicAccessBlockConfiguration: Object.fromEntries(
    ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map((name) => [
      name,
      name !== off,
    ]),
  ),
});
const preferred = { Bucket: 'vault', ObjectOwnership: 'BucketOwnerPreferred' };
const made = { Location: '/vault', BucketArn: 'arn:aws:s3:::vault' };
const vault = { Bucket: 'vault' };
const survivor = { Bucket: 'vault', Key: 'survivor' };
const west = 's3.us-west-2.amazonaws.com';
const inWest = {
  host: west,
  headers: { 'x-amz-object-ownership': 'BucketOwnerPreferred' },
  body: '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>',
};
const granted = (type: string, grantee: string, permission: string) =>
  `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${grantee}</Grantee><Permission>${permission}</Permission></Grant>`;
const put = { Bucket: 'vault', AccessControlPolicy: { Owner: { ID: '$(owner)' }, Grants: shared } };
const tags = (Key: string, Value: string) => ({ CreateBucketConfiguration: { Tags: [{ Key, Value }] } });
const taken = '409 BucketAlreadyOwnedByYou';

/** A new bucket, which is refused again while one switch of its public access block is off. */
const flag = (name: string): RecordedCases['cases'][string] => ({
  fact: 'F32',
  calls: [
    ['create', 'CreateBucket', vault, '200', made],
    [`${name}-change`, 'PutPublicAccessBlock', { ...vault, ...block(name) }, '200'],
    [`${name}-recreate`, 'CreateBucket', vault, taken],
    [`${name}-read`, 'GetPublicAccessBlock', vault, '200', block(name)],
    [`${name}-restore`, 'PutPublicAccessBlock', { ...vault, ...block() }, '200'],
    [`${name}-matching`, 'CreateBucket', vault, '200', made],
  ],
});

export const recreation: RecordedCases = {
  file: 'recreation_controls_replay.json',
  recorded: 'September 2026',
  cases: {
    'a bucket of the default ownership is not created again with another one': {
      fact: 'F32',
      calls: [
        ['fresh-default', 'CreateBucket', vault, '200', made],
        ['fresh-default-ownership', 'GetBucketOwnershipControls', vault, '200', ownership('BucketOwnerEnforced')],
        ['default-repeat-explicit-writer', 'CreateBucket', { ...vault, ObjectOwnership: 'ObjectWriter' }, taken],
        [
          'default-after-writer-ownership',
          'GetBucketOwnershipControls',
          vault,
          '200',
          ownership('BucketOwnerEnforced'),
        ],
        ['default-repeat-private', 'CreateBucket', { ...vault, ACL: 'private' }, '200', made],
      ],
    },
    'a bucket of another ownership is not created again without it, and keeps its ACL and its tags': {
      fact: 'F32',
      calls: [
        ['fresh-east-tagged-preferred', 'CreateBucket', { ...preferred, ...tags('birth', 'original') }, '200', made],
        ['seed-private-logdelivery-acl', 'PutBucketAcl', put, '200'],
        ['east-repeat-omitted', 'CreateBucket', vault, taken],
        ['after-omitted-get_bucket_acl', 'GetBucketAcl', vault, '200', { Grants: shared }],
        [
          'after-omitted-get_bucket_ownership_controls',
          'GetBucketOwnershipControls',
          vault,
          '200',
          ownership('BucketOwnerPreferred'),
        ],
        [
          'east-repeat-explicit-writer-private-tags',
          'CreateBucket',
          { ...vault, ObjectOwnership: 'ObjectWriter', ACL: 'private', ...tags('replacement', 'new') },
          taken,
        ],
        ['after-explicit-get_bucket_acl', 'GetBucketAcl', vault, '200', { Grants: shared }],
        [
          'after-explicit-get_bucket_tagging',
          'GetBucketTagging',
          vault,
          '200',
          { TagSet: [{ Key: 'birth', Value: 'original' }] },
        ],
        [
          'east-repeat-custom-owner-read-only',
          'CreateBucket',
          { ...preferred, GrantRead: 'id="$(owner)"' },
          '200',
          made,
        ],
        ['after-custom-acl', 'GetBucketAcl', vault, '200', { Grants: [read] }],
        [
          'east-repeat-logdelivery-no-ownership',
          'CreateBucket',
          { ...vault, ...ofLogDelivery },
          '400 InvalidBucketAclWithObjectOwnership',
        ],
        ['after-no-ownership-acl', 'GetBucketAcl', vault, '200', { Grants: [read] }],
        [
          'east-repeat-enforced-custom-acl',
          'CreateBucket',
          { ...vault, ObjectOwnership: 'BucketOwnerEnforced', ...ofLogDelivery },
          '400 InvalidBucketAclWithObjectOwnership',
        ],
        ['after-invalid-enforced-acl', 'GetBucketAcl', vault, '200', { Grants: [read] }],
        [
          'after-invalid-enforced-ownership',
          'GetBucketOwnershipControls',
          vault,
          '200',
          ownership('BucketOwnerPreferred'),
        ],
        [
          'east-repeat-enforced-private',
          'CreateBucket',
          { ...vault, ObjectOwnership: 'BucketOwnerEnforced', ACL: 'private' },
          taken,
        ],
        ['after-enforced-private-acl', 'GetBucketAcl', vault, '200', { Grants: [read] }],
        [
          'after-enforced-private-ownership',
          'GetBucketOwnershipControls',
          vault,
          '200',
          ownership('BucketOwnerPreferred'),
        ],
        [
          'east-repeat-config-east-explicit',
          'CreateBucket',
          { ...vault, CreateBucketConfiguration: { LocationConstraint: 'us-east-1' } },
          '400 InvalidLocationConstraint',
        ],
        [
          'east-repeat-config-invalid-location',
          'CreateBucket',
          { ...vault, CreateBucketConfiguration: { LocationConstraint: 'invalid-region' } },
          '400 InvalidLocationConstraint',
        ],
        ['after-config-errors-get_bucket_acl', 'GetBucketAcl', vault, '200', { Grants: [read] }],
        [
          'after-config-errors-get_bucket_tagging',
          'GetBucketTagging',
          vault,
          '200',
          { TagSet: [{ Key: 'birth', Value: 'original' }] },
        ],
        ['east-repeat-accelerated', 'PUT /', { host: 'vault.s3-accelerate.amazonaws.com' }, taken],
        ['after-accelerated-get_bucket_acl', 'GetBucketAcl', vault, '200', { Grants: [read] }],
      ],
    },
    'a bucket of another region is not created again': {
      fact: 'F32',
      state: { buckets: { vault: { region: 'us-west-2', ownershipControls: 'BucketOwnerPreferred' } } },
      calls: [
        [
          'west-repeat-matching',
          'PUT /vault',
          {
            host: 's3.us-west-2.amazonaws.com',
            headers: { 'x-amz-acl': 'private', 'x-amz-object-ownership': 'ObjectWriter' },
            body: '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>us-west-2</LocationConstraint><Tags><Tag><Key>replacement</Key><Value>ignored</Value></Tag></Tags></CreateBucketConfiguration>',
          },
          taken,
        ],
        [
          'west-repeat-omitted',
          'PUT /vault',
          { host: 's3.us-west-2.amazonaws.com' },
          '400 IllegalLocationConstraintException',
        ],
        [
          'west-after-get_bucket_ownership_controls',
          'GET /vault?ownershipControls',
          { host: 's3.us-west-2.amazonaws.com' },
          '200',
          { Rule: { ObjectOwnership: 'BucketOwnerPreferred' } },
        ],
      ],
    },
    'a bucket of another region is not created again with the same settings either, and keeps its ACL': {
      fact: 'F32',
      calls: [
        [
          'followup-create-west',
          'PUT /vault',
          inWest,
          '200',
          {},
          { headers: { location: 'http://vault.s3.amazonaws.com/', 'x-amz-bucket-arn': 'arn:aws:s3:::vault' } },
        ],
        [
          'followup-west-seed-acl',
          'PUT /vault?acl',
          {
            host: west,
            body: `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>$(owner)</ID></Owner><AccessControlList>${granted('CanonicalUser', '<ID>$(owner)</ID>', 'FULL_CONTROL')}${granted('Group', `<URI>${logDelivery.URI}</URI>`, 'WRITE')}</AccessControlList></AccessControlPolicy>`,
          },
          '200',
        ],
        ['followup-west-repeat-same-ownership', 'PUT /vault', inWest, taken],
        [
          'followup-west-after-acl',
          'GET /vault?acl',
          { host: west },
          '200',
          { AccessControlList: { Grant: [{ Permission: 'FULL_CONTROL' }, { Permission: 'WRITE' }] } },
        ],
      ],
    },
    'a bucket with default settings is created again without a change, and keeps its date, its tags and its objects': {
      fact: 'F32',
      calls: [
        ['followup-create-default', 'CreateBucket', vault, '200', made],
        [
          'followup-default-seed-object',
          'PutObject',
          { ...vault, Key: 'survivor', Body: 'default-retained', Metadata: { proof: 'default-retained' } },
          '200',
          { ETag: '"a007f47bb2126eadb566822d79f1375e"', ServerSideEncryption: 'AES256' },
          { absent: ['VersionId'] },
        ],
        [
          'followup-default-seed-tags',
          'PutBucketTagging',
          { ...vault, Tagging: { TagSet: [{ Key: 'state', Value: 'default-retained' }] } },
          '204',
        ],
        [
          'followup-default-before-list-buckets',
          'ListBuckets',
          { Prefix: 'vault', MaxBuckets: 10 },
          '200',
          {
            Buckets: [
              {
                Name: 'vault',
                CreationDate: '$(created)',
                BucketRegion: 'us-east-1',
                BucketArn: 'arn:aws:s3:::vault',
              },
            ],
            Owner: { ID: '$(owner)' },
            Prefix: 'vault',
          },
        ],
        ['followup-default-before-head', 'HeadObject', survivor, '200', { LastModified: '$(modified)' }],
        ['followup-default-repeat-omitted', 'CreateBucket', vault, '200', made, { after: { seconds: 7 } }],
        [
          'followup-default-after-get_bucket_ownership_controls',
          'GetBucketOwnershipControls',
          vault,
          '200',
          ownership('BucketOwnerEnforced'),
        ],
        [
          'followup-default-after-get_bucket_tagging',
          'GetBucketTagging',
          vault,
          '200',
          { TagSet: [{ Key: 'state', Value: 'default-retained' }] },
        ],
        [
          'followup-default-after-list-buckets',
          'ListBuckets',
          { Prefix: 'vault', MaxBuckets: 10 },
          '200',
          { Buckets: [{ Name: 'vault', CreationDate: '$(created)' }] },
        ],
        [
          'followup-default-after-read',
          'GetObject',
          survivor,
          '200',
          {
            Body: 'default-retained',
            LastModified: '$(modified)',
            Metadata: { proof: 'default-retained' },
          },
        ],
      ],
    },
    'a bucket that is created again loses its ACL and keeps everything else': {
      fact: 'F285',
      calls: [
        ['followup-create', 'CreateBucket', preferred, '200', made],
        [
          'followup-versioning',
          'PutBucketVersioning',
          { ...vault, VersioningConfiguration: { Status: 'Enabled' } },
          '200',
        ],
        ['followup-reset-acl', 'PutBucketAcl', put, '200'],
        [
          'followup-seed-tags',
          'PutBucketTagging',
          { ...vault, Tagging: { TagSet: [{ Key: 'state', Value: 'must-survive' }] } },
          '204',
        ],
        [
          'followup-seed-acceleration',
          'PutBucketAccelerateConfiguration',
          { ...vault, AccelerateConfiguration: { Status: 'Enabled' } },
          '200',
        ],
        ['followup-seed-object', 'PutObject', { ...vault, Key: 'k', Body: 'live' }, '200', { VersionId: '$(version)' }],
        ['followup-before-list-buckets', 'ListBuckets', {}, '200', { Buckets: [{ CreationDate: '$(created)' }] }],
        ['followup-same-ownership-omitted-acl', 'CreateBucket', preferred, '200', made, { after: { seconds: 7 } }],
        ['followup-after-reset-get_bucket_acl', 'GetBucketAcl', vault, '200', { Grants: [full] }],
        [
          'followup-after-reset-get_bucket_ownership_controls',
          'GetBucketOwnershipControls',
          vault,
          '200',
          ownership('BucketOwnerPreferred'),
        ],
        ['followup-after-reset-get_bucket_versioning', 'GetBucketVersioning', vault, '200', { Status: 'Enabled' }],
        [
          'followup-after-reset-get_bucket_tagging',
          'GetBucketTagging',
          vault,
          '200',
          { TagSet: [{ Key: 'state', Value: 'must-survive' }] },
        ],
        [
          'followup-after-reset-get_bucket_accelerate_configuration',
          'GetBucketAccelerateConfiguration',
          vault,
          '200',
          { Status: 'Enabled' },
        ],
        ['followup-after-reset-get_public_access_block', 'GetPublicAccessBlock', vault, '200', block()],
        ['followup-after-reset-list-buckets', 'ListBuckets', {}, '200', { Buckets: [{ CreationDate: '$(created)' }] }],
        [
          'followup-after-reset-versions',
          'ListObjectVersions',
          vault,
          '200',
          { Versions: [{ VersionId: '$(version)', IsLatest: true }] },
        ],
        ['followup-reset-acl', 'PutBucketAcl', put, '200'],
        [
          'followup-same-ownership-supplied-tags',
          'CreateBucket',
          { ...preferred, ...tags('replacement', 'new') },
          taken,
        ],
        ['followup-after-supplied-tags-acl', 'GetBucketAcl', vault, '200', { Grants: shared }],
        [
          'followup-repeat-accelerated-same-ownership',
          'PUT /',
          {
            host: 'vault.s3-accelerate.amazonaws.com',
            headers: { 'x-amz-object-ownership': 'BucketOwnerPreferred' },
          },
          '200',
        ],
        ['followup-after-accelerated-acl', 'GetBucketAcl', vault, '200', { Grants: [full] }],
        [
          'followup-same-ownership-empty-config',
          'CreateBucket',
          { ...preferred, CreateBucketConfiguration: {} },
          '200',
          made,
        ],
        [
          'followup-same-ownership-west-config',
          'CreateBucket',
          { ...preferred, CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } },
          taken,
        ],
        [
          'followup-after-west-config-location',
          'GetBucketLocation',
          vault,
          '200',
          {},
          { absent: ['LocationConstraint'] },
        ],
        ['followup-remove-ownership', 'DeleteBucketOwnershipControls', vault, '204'],
        ['followup-absent-ownership-repeat-omitted', 'CreateBucket', vault, '200', made],
        [
          'followup-after-absent-repeat-ownership',
          'GetBucketOwnershipControls',
          vault,
          '404 OwnershipControlsNotFoundError',
        ],
      ],
    },
    'a bucket without object lock is not created again with it': {
      fact: 'F32',
      calls: [
        ['bpa-equality-create-preferred', 'CreateBucket', preferred, '200', made],
        ['lock-disabled-repeat-enable', 'CreateBucket', { ...preferred, ObjectLockEnabledForBucket: true }, taken],
        ['lock-disabled-after-enable', 'GetObjectLockConfiguration', vault, '404 ObjectLockConfigurationNotFoundError'],
        ['lock-disabled-repeat-false', 'CreateBucket', { ...preferred, ObjectLockEnabledForBucket: false }, '200'],
      ],
    },
    'a bucket with object lock is not created again without it': {
      fact: 'F32',
      calls: [
        ['lock-create-enabled', 'CreateBucket', { ...vault, ObjectLockEnabledForBucket: true }, '200', made],
        ['lock-repeat-omitted', 'CreateBucket', vault, taken],
        ['lock-repeat-false', 'CreateBucket', { ...vault, ObjectLockEnabledForBucket: false }, taken],
        [
          'lock-after-false',
          'GetObjectLockConfiguration',
          vault,
          '200',
          { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
        ],
        ['lock-repeat-true', 'CreateBucket', { ...vault, ObjectLockEnabledForBucket: true }, '200', made],
      ],
    },
    'a bucket whose tags and ownership were changed is created again only with its current ownership and without tags':
      {
        fact: 'F32',
        calls: [
          ['matching-create', 'CreateBucket', { ...vault, ...tags('birth', 'original') }, '200', made],
          [
            'matching-repeat-identical-creation-tags',
            'CreateBucket',
            { ...vault, ...tags('birth', 'original') },
            taken,
          ],
          [
            'matching-repeat-empty-tags',
            'PUT /vault',
            {
              body: '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Tags/></CreateBucketConfiguration>',
            },
            '200',
          ],
          [
            'matching-tags-after-empty',
            'GetBucketTagging',
            vault,
            '200',
            { TagSet: [{ Key: 'birth', Value: 'original' }] },
          ],
          [
            'matching-change-tags',
            'PutBucketTagging',
            { ...vault, Tagging: { TagSet: [{ Key: 'state', Value: 'current' }] } },
            '204',
          ],
          ['matching-repeat-current-tags', 'CreateBucket', { ...vault, ...tags('state', 'current') }, taken],
          ['matching-repeat-original-tags', 'CreateBucket', { ...vault, ...tags('birth', 'original') }, taken],
          [
            'matching-tags-after-original',
            'GetBucketTagging',
            vault,
            '200',
            { TagSet: [{ Key: 'state', Value: 'current' }] },
          ],
          [
            'matching-set-ownership-writer',
            'PutBucketOwnershipControls',
            { ...vault, OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
            '200',
          ],
          [
            'matching-repeat-current-ownership',
            'CreateBucket',
            { ...vault, ObjectOwnership: 'ObjectWriter' },
            '200',
            made,
          ],
          ['matching-repeat-original-ownership', 'CreateBucket', vault, taken],
          [
            'matching-repeat-current-ownership-empty-config',
            'CreateBucket',
            { ...vault, ObjectOwnership: 'ObjectWriter', CreateBucketConfiguration: {} },
            '200',
            made,
          ],
        ],
      },
    'CreateBucket with a public ACL is refused before the bucket is compared, even if the bucket does not block public ACLs':
      {
        fact: 'F285',
        calls: [
          ['lock-create-enabled', 'CreateBucket', { ...preferred, ObjectLockEnabledForBucket: true }, '200', made],
          ['bpa-ignore-public-block-false', 'PutPublicAccessBlock', { ...vault, ...block('BlockPublicAcls') }, '200'],
          [
            'bpa-repeat-public-read-ignored',
            'CreateBucket',
            { ...preferred, ACL: 'public-read', ObjectLockEnabledForBucket: true },
            '400 InvalidBucketAclWithBlockPublicAccessError',
          ],
          ['bpa-after-public-acl', 'GetBucketAcl', vault, '200', { Grants: [full] }],
          [
            'bpa-repeat-private',
            'CreateBucket',
            { ...preferred, ACL: 'private', ObjectLockEnabledForBucket: true },
            taken,
          ],
        ],
      },
    'a bucket is created again if all settings of its public access block are on, or if it has no block': {
      fact: 'F32',
      calls: [
        ['bpa-equality-create-preferred', 'CreateBucket', preferred, '200', made],
        ['bpa-equality-disable-block', 'PutPublicAccessBlock', { ...vault, ...block('BlockPublicAcls') }, '200'],
        ['bpa-equality-repeat-private', 'CreateBucket', { ...preferred, ACL: 'private' }, taken],
        ['bpa-equality-after-private', 'GetPublicAccessBlock', vault, '200', block('BlockPublicAcls')],
        ['bpa-equality-restore-block', 'PutPublicAccessBlock', { ...vault, ...block() }, '200'],
        ['bpa-equality-repeat-restored', 'CreateBucket', { ...preferred, ACL: 'private' }, '200', made],
        ['bpa-equality-delete-controls', 'DeletePublicAccessBlock', vault, '204'],
        ['bpa-equality-repeat-absent', 'CreateBucket', preferred, '200', made],
        ['bpa-equality-after-absent', 'GetPublicAccessBlock', vault, '404 NoSuchPublicAccessBlockConfiguration'],
        [
          'list-owned',
          'ListBuckets',
          { Prefix: 'vault', MaxBuckets: 1 },
          '200',
          { Buckets: [{ Name: 'vault' }], Prefix: 'vault' },
        ],
        ['cleanup', 'DeleteBucket', vault, '204'],
        ['verify-absent', 'HeadBucket', vault, '404'],
      ],
    },
    'a bucket that does not block public ACLs is not created again': flag('BlockPublicAcls'),
    'a bucket that does not ignore public ACLs is not created again': flag('IgnorePublicAcls'),
    'a bucket that does not block public policies is not created again': flag('BlockPublicPolicy'),
    'a bucket that does not restrict public access is not created again': flag('RestrictPublicBuckets'),
  },
};
