import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const policyOf = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (...Action: readonly string[]) => ({ Effect: 'Allow', Action, Resource: '*' });
const policy = (...actions: readonly string[]) => policyOf(allow(...actions));
const upload = { Bucket: 'vault', Key: 'k' };
const put = { ...upload, Body: 'body' };
const copy = { ...upload, CopySource: 'vault/source' };
const inputs = { PutObject: put, CopyObject: copy, CreateMultipartUpload: upload } as const;
const objects = { source: 'source' };
const open = { BlockPublicAcls: false, IgnorePublicAcls: false };
const writer = { 'object-only': { policy: policy('s3:GetObject', 's3:PutObject') } };
const withAcls = {
  buckets: { vault: { ownershipControls: 'ObjectWriter' as const, publicAccessBlock: open, objects } },
  roles: writer,
};
const withoutAcls = { buckets: { vault: { publicAccessBlock: open, objects } }, roles: writer };
const by = { by: 'role/object-only' };
const enforced = { Bucket: 'vault', OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } };
const kept = { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } };

const writing = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };

const aboutAcls = {
  GetBucketOwnershipControls: {},
  PutBucketOwnershipControls: { OwnershipControls: writing },
  DeleteBucketOwnershipControls: {},
  GetBucketAcl: {},
  PutBucketAcl: { ACL: 'private' },
  GetObjectAcl: { Key: 'source' },
  PutObjectAcl: { Key: 'source', ACL: 'private' },
} as const;

function asksOf(label: string, role: string, allowed: readonly string[]): readonly RecordedCall[] {
  const answer = (name: string) => (allowed.includes(name) ? '200' : '403 AccessDenied');
  const made = { by: `role/${role}` };
  const version = { Bucket: 'vault', Key: 'source', VersionId: '$(version)' };
  return [
    ...Object.entries(aboutAcls).map(
      ([operation, input]): RecordedCall => [
        `${label}-${operation}`,
        operation,
        { Bucket: 'vault', ...input },
        operation.startsWith('Delete') ? answer(operation).replace('200', '204') : answer(operation),
        {},
        made,
      ],
    ),
    ...['none', 'private', 'bucket-owner-full-control', 'public-read'].map(
      (ACL): RecordedCall => [
        `${label}-put-${ACL}`,
        'PutObject',
        { ...put, ...(ACL !== 'none' && { ACL }) },
        answer(`put-${ACL}`),
        {},
        made,
      ],
    ),
    [`${label}-get_object_acl-explicit-version`, 'GetObjectAcl', version, answer('GetObjectVersionAcl'), {}, made],
    [
      `${label}-put_object_acl-explicit-version`,
      'PutObjectAcl',
      { ...version, ACL: 'private' },
      answer('PutObjectVersionAcl'),
      {},
      made,
    ],
  ];
}

const ofAnotherAccount = {
  accounts: { partner: {} },
  buckets: {
    vault: {
      publicAccessBlock: { BlockPublicPolicy: false },
      objects,
      policy: policyOf({ ...allow('s3:*'), Principal: '*', Resource: 'arn:aws:s3:::vault/*' }),
    },
  },
};
const byPartner = { by: 'partner' };

const notSupported = '400 AccessControlListNotSupported';

const fromAnotherAccount: Readonly<Record<string, readonly [headers: object, answer: string]>> = {
  none: [{}, '200'],
  private: [{ ACL: 'private' }, notSupported],
  'bucket-owner-read': [{ ACL: 'bucket-owner-read' }, notSupported],
  'bucket-owner-full-control': [{ ACL: 'bucket-owner-full-control' }, '200'],
  'root-full': [{ GrantFullControl: 'id="$(owner)"' }, '200'],
  'member-full': [{ GrantFullControl: 'id="$(owner:partner)"' }, notSupported],
  'both-full': [{ GrantFullControl: 'id="$(owner)", id="$(owner:partner)"' }, '200'],
};
const ofTheOwner = {
  Owner: { ID: '$(owner)' },
  Grants: [{ Grantee: { ID: '$(owner)', Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
};

export const admission: RecordedCases = {
  file: 'ownership_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'a write with bucket-owner-full-control needs no right to ACLs, and a write with another ACL does': {
      fact: 'F520',
      state: withAcls,
      calls: [
        [
          'role-ObjectWriter-copy-bucket-owner-full-control',
          'CopyObject',
          { ...copy, ACL: 'bucket-owner-full-control' },
          '200',
          {},
          by,
        ],
        [
          'role-ObjectWriter-create_multipart-bucket-owner-full-control',
          'CreateMultipartUpload',
          { ...upload, ACL: 'bucket-owner-full-control' },
          '200',
          {},
          by,
        ],
      ],
    },
    'the operations of ownership and ACLs ask for the expected owner': {
      fact: 'F37',
      state: withAcls,
      calls: Object.entries(aboutAcls).flatMap(([operation, input]): readonly RecordedCall[] => [
        [
          `${operation}-expected-wrong`,
          operation,
          { Bucket: 'vault', ...input, ExpectedBucketOwner: '000000000001' },
          '403 AccessDenied',
        ],
        [
          `${operation}-expected-correct`,
          operation,
          { Bucket: 'vault', ...input, ExpectedBucketOwner: '$(account)' },
          operation.startsWith('Delete') ? '204' : '200',
        ],
      ]),
    },
    'each operation of ownership and ACLs needs its own action, and the ACL of a named version needs the action for versions':
      {
        fact: 'F520',
        state: {
          ...withAcls,
          buckets: { vault: { ...withAcls.buckets.vault, versioning: 'Enabled' } },
          roles: {
            ...writer,
            'current-acl': {
              policy: policy(
                ...['s3:GetObjectAcl', 's3:PutObjectAcl', 's3:GetBucketAcl'],
                ...['s3:GetBucketOwnershipControls', 's3:PutBucketOwnershipControls'],
              ),
            },
            'version-acl': {
              policy: policy('s3:GetObject', 's3:PutObject', 's3:GetObjectVersionAcl', 's3:PutObjectVersionAcl'),
            },
          },
        },
        calls: [
          ['set-up version', 'HeadObject', { Bucket: 'vault', Key: 'source' }, '200', { VersionId: '$(version)' }],
          ...asksOf('object-only', 'object-only', ['put-none', 'put-private', 'put-bucket-owner-full-control']),
          ...asksOf('acl-current-only', 'current-acl', [
            ...['GetBucketOwnershipControls', 'PutBucketOwnershipControls', 'DeleteBucketOwnershipControls'],
            ...['GetBucketAcl', 'GetObjectAcl', 'PutObjectAcl'],
          ]),
          ...asksOf('version-role', 'version-acl', [
            ...['put-none', 'put-private', 'put-bucket-owner-full-control'],
            ...['GetObjectVersionAcl', 'PutObjectVersionAcl'],
          ]),
        ],
      },
    'a bucket without ACLs refuses an ACL before S3 checks the right to set ACLs': {
      fact: 'F59',
      state: withoutAcls,
      calls: [
        [
          'role-BucketOwnerEnforced-copy-public-read',
          'CopyObject',
          { ...copy, ACL: 'public-read' },
          '400 AccessControlListNotSupported',
          {},
          by,
        ],
        [
          'role-BucketOwnerEnforced-create_multipart-public-read',
          'CreateMultipartUpload',
          { ...upload, ACL: 'public-read' },
          '400 AccessControlListNotSupported',
          {},
          by,
        ],
      ],
    },
    'in a bucket without ACLs, a write of another account may only have an ACL that gives the bucket owner full control':
      {
        fact: 'F59',
        state: ofAnotherAccount,
        calls: Object.entries({
          put_object: 'PutObject',
          copy_object: 'CopyObject',
          create_multipart_upload: 'CreateMultipartUpload',
        } as const).flatMap(([name, operation]): readonly RecordedCall[] => {
          const input = inputs[operation];
          return Object.entries(fromAnotherAccount).flatMap(([acl, [headers, answer]]): readonly RecordedCall[] => {
            const label = `cross-boundary-${name}-${acl}`;
            const written: RecordedCall = [
              label,
              operation,
              { ...input, Key: label, ...headers },
              answer,
              {},
              byPartner,
            ];
            if (answer !== '200' || operation === 'CreateMultipartUpload') return [written];
            return [written, [`${label}-acl`, 'GetObjectAcl', { Bucket: 'vault', Key: label }, '200', ofTheOwner]];
          });
        }),
      },
  },
};

export const controls: RecordedCases = {
  file: 'ownership_replay.json',
  recorded: 'September 2026',
  cases: {
    'PutObjectAcl with a canned ACL is refused in a bucket without ACLs': {
      fact: 'F59',
      state: withoutAcls,
      calls: [
        [
          'put-object-acl-bucket-owner-full-control',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'source', ACL: 'bucket-owner-full-control' },
          '400 AccessControlListNotSupported',
        ],
        [
          'put-object-acl-private',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'source', ACL: 'private' },
          '400 AccessControlListNotSupported',
        ],
      ],
    },
    'ACLs can be disabled only while the ACL of the bucket grants nothing but FULL_CONTROL to its owner': {
      fact: 'F284',
      state: withAcls,
      calls: [
        ['owner READ alone', 'PutBucketAcl', { Bucket: 'vault', GrantRead: 'id=$(owner)' }, '200'],
        ['…, enforced', 'PutBucketOwnershipControls', enforced, '400 InvalidBucketAclWithObjectOwnership'],
        ['…, kept', 'GetBucketOwnershipControls', { Bucket: 'vault' }, '200', kept],
        [
          'no grant',
          'PutBucketAcl',
          { Bucket: 'vault', AccessControlPolicy: { Owner: { ID: '$(owner)' }, Grants: [] } },
          '200',
        ],
        ['…, enforced', 'PutBucketOwnershipControls', enforced, '400 InvalidBucketAclWithObjectOwnership'],
        ['private', 'PutBucketAcl', { Bucket: 'vault', ACL: 'private' }, '200'],
        ['…, enforced', 'PutBucketOwnershipControls', enforced, '200'],
      ],
    },
  },
};

const read = { Bucket: 'vault', Key: 'public' };
const narrow = { caller: 'role/reader', session: { policy: policy('s3:GetBucketLocation') } };
const denied = {
  caller: 'role/reader',
  session: { policy: policyOf(allow('s3:*'), { ...allow('s3:GetObject'), Effect: 'Deny' }) },
};

export const sessions: RecordedCases = {
  file: 'local_acl_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    "a session of the owner's account can read what an ACL opens to everyone, even if its session policy does not allow it":
      {
        fact: 'F477',
        state: {
          accounts: { partner: { roles: { reader: { policy: policy('s3:*') } } } },
          roles: { reader: { policy: policy('s3:*') } },
          buckets: {
            vault: {
              ownershipControls: 'ObjectWriter',
              publicAccessBlock: open,
              objects: {
                public: { body: 'public', acl: 'public-read' },
                known: { body: 'known', acl: 'authenticated-read' },
                private: 'private',
              },
            },
          },
        },
        calls: [
          ['role-session-no-get/public-acl', 'GetObject', read, '200', { Body: 'public' }, { by: narrow }],
          [
            'role-session-no-get/authenticated-acl',
            'GetObject',
            { ...read, Key: 'known' },
            '200',
            { Body: 'known' },
            { by: narrow },
          ],
          [
            'role-session-no-get/private',
            'GetObject',
            { ...read, Key: 'private' },
            '403 AccessDenied',
            {},
            { by: narrow },
          ],
          ['role-session-deny/public-acl', 'GetObject', read, '403 AccessDenied', {}, { by: denied }],
          [
            'member-session-no-get/public-acl',
            'GetObject',
            read,
            '403 AccessDenied',
            {},
            { by: { ...narrow, caller: 'partner:role/reader' } },
          ],
          ['anonymous/public-acl', 'GetObject', read, '200', {}, { by: 'anonymous' }],
        ],
      },
  },
};

const aclOf = (label: string, Key: string, grants: readonly object[], VersionId?: string): RecordedCall => [
  label,
  'GetObjectAcl',
  { Bucket: 'vault', Key, ...(VersionId && { VersionId }) },
  '200',
  { Owner: { ID: '$(owner)' }, Grants: grants },
  { absent: ['Owner.DisplayName'] },
];
const mine = { Grantee: { ID: '$(owner)', Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' };
const group = (name: string) => ({
  Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/${name}` },
  Permission: 'READ',
});
const everyone = [mine, group('global/AllUsers')];
const known = [mine, group('global/AuthenticatedUsers')];
const modeIs = (label: string, ObjectOwnership: string): RecordedCall => [
  label,
  'PutBucketOwnershipControls',
  { Bucket: 'vault', OwnershipControls: { Rules: [{ ObjectOwnership }] } },
  '200',
];
const writes = ['PutObject', 'CopyObject', 'CreateMultipartUpload'] as const;

const ofWrites = {
  'bucket-owner-read': [{ ACL: 'bucket-owner-read' }, '200'],
  'public-read': [{ ACL: 'public-read' }, '400 AccessControlListNotSupported'],
  'owner-full-control-header': [{ GrantFullControl: 'id="$(owner)"' }, '200'],
  'owner-read-header': [{ GrantRead: 'id="$(owner)"' }, '400 AccessControlListNotSupported'],
} as const;

const transition = (label: string, acl: object, change: RecordedCall): readonly RecordedCall[] => [
  [
    `transition-multipart-${label}-init`,
    'CreateMultipartUpload',
    { Bucket: 'vault', Key: label, ...acl },
    '200',
    { UploadId: `$(upload-${label})` },
  ],
  [
    `transition-multipart-${label}-part`,
    'UploadPart',
    { Bucket: 'vault', Key: label, UploadId: `$(upload-${label})`, PartNumber: 1, Body: 'part' },
    '200',
    { ETag: `$(etag-${label})` },
  ],
  change,
  [
    `transition-multipart-${label}-complete`,
    'CompleteMultipartUpload',
    {
      Bucket: 'vault',
      Key: label,
      UploadId: `$(upload-${label})`,
      MultipartUpload: { Parts: [{ PartNumber: 1, ETag: `$(etag-${label})` }] },
    },
    '200',
  ],
];

export const modes: RecordedCases = {
  file: 'ownership_replay.json',
  recorded: 'September 2026',
  cases: {
    'in a bucket without ACLs, a write of the owner may only have an ACL that leaves everything to the owner': {
      fact: 'F59',
      state: withoutAcls,
      calls: [
        ...Object.entries(ofWrites).flatMap(([label, [acl, answer]]) =>
          writes.map(
            (operation): RecordedCall => [
              `BucketOwnerEnforced-${operation}-${label}`,
              operation,
              { ...inputs[operation], ...acl },
              answer,
            ],
          ),
        ),
        aclOf('BucketOwnerEnforced-put_object-bucket-owner-read-acl', 'k', [mine]),
        [
          'enforced-put-owner-full-plus-read',
          'PutObject',
          { ...put, GrantFullControl: 'id="$(owner)"', GrantRead: 'id="$(owner)"' },
          '400 AccessControlListNotSupported',
        ],
        [
          'enforced-put-owner-full-duplicate',
          'PutObject',
          { ...put, GrantFullControl: 'id="$(owner)", id="$(owner)"' },
          '400 AccessControlListNotSupported',
        ],
        ...[
          { ACL: 'private' },
          { ACL: 'bucket-owner-full-control' },
          { ACL: 'bucket-owner-read' },
          { ACL: 'public-read' },
          { GrantFullControl: 'id="$(owner)"' },
          { GrantRead: 'id="$(owner)"' },
        ].flatMap((acl): readonly RecordedCall[] => [
          [
            `BucketOwnerEnforced-put-bucket-acl ${JSON.stringify(acl)}`,
            'PutBucketAcl',
            { Bucket: 'vault', ...acl },
            '400 AccessControlListNotSupported',
          ],
          [
            `BucketOwnerEnforced-put-object-acl ${JSON.stringify(acl)}`,
            'PutObjectAcl',
            { Bucket: 'vault', Key: 'source', ...acl },
            '400 AccessControlListNotSupported',
          ],
        ]),
        [
          'BucketOwnerEnforced-bucket-acl-after-public-read',
          'GetBucketAcl',
          { Bucket: 'vault' },
          '200',
          { Owner: { ID: '$(owner)' }, Grants: [mine] },
        ],
      ],
    },
    'a bucket with ACLs accepts a write of its owner with any ACL': {
      fact: 'F281',
      state: withAcls,
      calls: [
        ...['BucketOwnerPreferred', 'ObjectWriter'].flatMap((mode): readonly RecordedCall[] => [
          modeIs(`mode-${mode}`, mode),
          ...(['PutObject', 'CopyObject'] as const).flatMap((operation): readonly RecordedCall[] => [
            [
              `${mode}-${operation}-bucket-owner-full-control`,
              operation,
              { ...inputs[operation], ACL: 'bucket-owner-full-control' },
              '200',
            ],
            aclOf(`${mode}-${operation}-bucket-owner-full-control-acl`, 'k', [mine]),
            [`${mode}-${operation}-public-read`, operation, { ...inputs[operation], ACL: 'public-read' }, '200'],
            aclOf(`${mode}-${operation}-public-read-acl`, 'k', everyone),
            [
              `${mode}-${operation}-owner-read-header`,
              operation,
              { ...inputs[operation], GrantRead: 'id="$(owner)"' },
              '200',
            ],
            aclOf(`${mode}-${operation}-owner-read-header-acl`, 'k', [{ ...mine, Permission: 'READ' }]),
          ]),
        ]),
        ['delete-ownership', 'DeleteBucketOwnershipControls', { Bucket: 'vault' }, '204'],
        [
          'deleted-ownership-get',
          'GetBucketOwnershipControls',
          { Bucket: 'vault' },
          '404 OwnershipControlsNotFoundError',
        ],
        ['delete-ownership-again', 'DeleteBucketOwnershipControls', { Bucket: 'vault' }, '204'],
        ['legacy-put_object-public-read', 'PutObject', { ...put, ACL: 'public-read' }, '200'],
        aclOf('legacy-put_object-public-read-acl', 'k', everyone),
      ],
    },
    'a bucket without ACLs hides the ACLs of its versions, and shows them again once ACLs are enabled': {
      fact: 'F507',
      state: { buckets: { vault: { ...withAcls.buckets.vault, versioning: 'Enabled' } } },
      calls: [
        ['version-one-public-read', 'PutObject', { ...put, ACL: 'public-read' }, '200', { VersionId: '$(one)' }],
        ['version-two-private', 'PutObject', { ...put, ACL: 'private' }, '200', { VersionId: '$(two)' }],
        [
          'version-one-authenticated-read',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'k', VersionId: '$(one)', ACL: 'authenticated-read' },
          '200',
        ],
        aclOf('version-one-before-enforcement', 'k', known, '$(one)'),
        aclOf('version-two-before-enforcement', 'k', [mine], '$(two)'),
        aclOf('current-before-enforcement', 'k', [mine]),
        [
          'copy-public-source-does-not-inherit-acl',
          'CopyObject',
          { Bucket: 'vault', Key: 'copy', CopySource: 'vault/k?versionId=$(one)' },
          '200',
          { CopySourceVersionId: '$(one)' },
        ],
        aclOf('copy-source-default-acl', 'copy', [mine]),
        modeIs('retention-enforced', 'BucketOwnerEnforced'),
        aclOf('version-one-enforced', 'k', [mine], '$(one)'),
        aclOf('version-two-enforced', 'k', [mine], '$(two)'),
        [
          'version-one-acl-write-disabled',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'k', VersionId: '$(one)', ACL: 'private' },
          '400 AccessControlListNotSupported',
        ],
        ['created-under-enforcement', 'PutObject', { ...put, Key: 'born' }, '200'],
        [
          'versions-enforced-no-new-version',
          'ListObjectVersions',
          { Bucket: 'vault', Prefix: 'k' },
          '200',
          { Versions: [{ VersionId: '$(two)' }, { VersionId: '$(one)' }] },
        ],
        modeIs('retention-preferred-restored', 'BucketOwnerPreferred'),
        aclOf('version-one-restored-preferred', 'k', known, '$(one)'),
        aclOf('enforced-born-restored', 'born', [mine]),
        ['retention-delete-ownership', 'DeleteBucketOwnershipControls', { Bucket: 'vault' }, '204'],
        aclOf('version-one-restored-legacy', 'k', known, '$(one)'),
      ],
    },
    'the ACL of a delete marker is not allowed, and that of a missing version is not found': {
      fact: 'F505',
      state: { buckets: { vault: { ...withAcls.buckets.vault, versioning: 'Enabled' } } },
      calls: [
        ['version-one', 'PutObject', { ...put, ACL: 'authenticated-read' }, '200', { VersionId: '$(one)' }],
        ['create-delete-marker', 'DeleteObject', { Bucket: 'vault', Key: 'k' }, '204', { VersionId: '$(marker)' }],
        [
          'get_object_acl-current',
          'GetObjectAcl',
          { Bucket: 'vault', Key: 'k' },
          '404 NoSuchKey',
          {},
          { headers: { 'x-amz-delete-marker': 'true' } },
        ],
        [
          'get_object_acl-delete-marker',
          'GetObjectAcl',
          { Bucket: 'vault', Key: 'k', VersionId: '$(marker)' },
          '405 MethodNotAllowed',
          {},
          { headers: { 'x-amz-delete-marker': 'true', allow: 'DELETE' } },
        ],
        [
          'get_object_acl-missing-version',
          'GetObjectAcl',
          { Bucket: 'vault', Key: 'k', VersionId: 'does-not-exist' },
          '400 InvalidArgument',
        ],
        aclOf('get_object_acl-old-version', 'k', known, '$(one)'),
        ['get_object_acl-missing-key', 'GetObjectAcl', { Bucket: 'vault', Key: 'never' }, '404 NoSuchKey'],
        [
          'put_object_acl-current',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'k', ACL: 'private' },
          '405 MethodNotAllowed',
          {},
          { headers: { allow: 'DELETE', 'x-amz-delete-marker': null, 'x-amz-version-id': null } },
        ],
        [
          'put_object_acl-delete-marker',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'k', VersionId: '$(marker)', ACL: 'private' },
          '405 MethodNotAllowed',
          {},
          { headers: { 'x-amz-delete-marker': 'true', allow: 'DELETE' } },
        ],
        [
          'put_object_acl-missing-version',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'k', VersionId: 'does-not-exist', ACL: 'private' },
          '400 InvalidArgument',
        ],
        [
          'put_object_acl-old-version',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'k', VersionId: '$(one)', ACL: 'private' },
          '200',
        ],
        [
          'put_object_acl-missing-key',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'never', ACL: 'private' },
          '404 NoSuchKey',
        ],
        [
          'valid-absent-version-get_object_acl',
          'GetObjectAcl',
          { Bucket: 'vault', Key: 'source', VersionId: '$(one)' },
          '404 NoSuchVersion',
        ],
        [
          'valid-absent-version-put_object_acl',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'source', VersionId: '$(one)', ACL: 'private' },
          '404 NoSuchVersion',
        ],
      ],
    },
    'ACL documents grant rights to groups and to the owner, and the ACL of an object never blocks a change of ownership':
      {
        fact: 'F284',
        state: withAcls,
        calls: [
          ...['global/AllUsers', 'global/AuthenticatedUsers', 's3/LogDelivery'].flatMap(
            (name, at): readonly RecordedCall[] => {
              const AccessControlPolicy = {
                Owner: { ID: '$(owner)', DisplayName: 'ignored-display' },
                Grants: [mine, group(name)],
              };
              return [
                [`group-${at}-put_bucket_acl`, 'PutBucketAcl', { Bucket: 'vault', AccessControlPolicy }, '200'],
                [
                  `group-${at}-put_bucket_acl-read`,
                  'GetBucketAcl',
                  { Bucket: 'vault' },
                  '200',
                  { Grants: [mine, group(name)] },
                  { absent: ['Owner.DisplayName'] },
                ],
                [
                  `group-${at}-put_object_acl`,
                  'PutObjectAcl',
                  { Bucket: 'vault', Key: 'source', AccessControlPolicy },
                  '200',
                ],
                aclOf(`group-${at}-put_object_acl-read`, 'source', [mine, group(name)]),
                [
                  `enforce-with-group-${at}-bucket-grant`,
                  'PutBucketOwnershipControls',
                  enforced,
                  '400 InvalidBucketAclWithObjectOwnership',
                ],
                [`group-${at}-reset-bucket`, 'PutBucketAcl', { Bucket: 'vault', ACL: 'private' }, '200'],
              ];
            },
          ),
          ...['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'].flatMap(
            (Permission): readonly RecordedCall[] => {
              const Grants = [{ ...mine, Permission }];
              const AccessControlPolicy = { Owner: { ID: '$(owner)' }, Grants };
              return [
                [
                  `canonical-${Permission}-put_bucket_acl`,
                  'PutBucketAcl',
                  { Bucket: 'vault', AccessControlPolicy },
                  '200',
                ],
                [`canonical-${Permission}-put_bucket_acl-read`, 'GetBucketAcl', { Bucket: 'vault' }, '200', { Grants }],
                [
                  `canonical-${Permission}-put_object_acl`,
                  'PutObjectAcl',
                  { Bucket: 'vault', Key: 'source', AccessControlPolicy },
                  '200',
                ],
                aclOf(`canonical-${Permission}-put_object_acl-read`, 'source', Grants),
              ];
            },
          ),
          ['reset-canonical-bucket', 'PutBucketAcl', { Bucket: 'vault', ACL: 'private' }, '200'],
          [
            'object-public-for-independent-precondition',
            'PutObjectAcl',
            { Bucket: 'vault', Key: 'source', ACL: 'public-read' },
            '200',
          ],
          modeIs('object-public-does-not-block-enforced', 'BucketOwnerEnforced'),
          aclOf('public-object-masked', 'source', [mine]),
          modeIs('object-public-restored-writer', 'ObjectWriter'),
          aclOf('public-object-restored', 'source', everyone),
        ],
      },
    'an upload keeps the ACL with which it began even if the ownership changes': {
      fact: 'F507',
      state: withAcls,
      calls: [
        ...transition(
          'BucketOwnerEnforced',
          { ACL: 'public-read' },
          modeIs('transition-multipart-BucketOwnerEnforced-change-mode', 'BucketOwnerEnforced'),
        ),
        aclOf('transition-multipart-BucketOwnerEnforced-acl', 'BucketOwnerEnforced', [mine]),
        modeIs('transition-multipart-BucketOwnerEnforced-restore-writer', 'ObjectWriter'),
        aclOf('transition-multipart-BucketOwnerEnforced-restored-acl', 'BucketOwnerEnforced', everyone),
        ...transition(
          'BucketOwnerPreferred',
          { ACL: 'public-read' },
          modeIs('transition-multipart-BucketOwnerPreferred-change-mode', 'BucketOwnerPreferred'),
        ),
        aclOf('transition-multipart-BucketOwnerPreferred-acl', 'BucketOwnerPreferred', everyone),
        ...transition('legacy', { ACL: 'public-read' }, [
          'transition-multipart-legacy-delete-ownership',
          'DeleteBucketOwnershipControls',
          { Bucket: 'vault' },
          '204',
        ]),
        aclOf('transition-multipart-legacy-acl', 'legacy', everyone),
        modeIs('anonymous-enforce', 'BucketOwnerEnforced'),
        ...transition('enforced-init', { ACL: 'private' }, modeIs('anonymous-restore', 'ObjectWriter')),
        aclOf('enforced-init-final-acl', 'enforced-init', [mine]),
      ],
    },
  },
};

const theirs = { Grantee: { ID: '$(owner:partner)', Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' };
const root = (account: string) => `arn:aws:iam::$(${account}):root`;
const shared = {
  Effect: 'Allow',
  Principal: { AWS: [root('account'), root('account:partner')] },
  Action: [
    's3:GetObject',
    's3:GetObjectVersion',
    's3:GetObjectAcl',
    's3:GetObjectVersionAcl',
    's3:PutObject',
    's3:PutObjectAcl',
    's3:PutObjectVersionAcl',
  ],
  Resource: 'arn:aws:s3:::vault/*',
};
const share = (label: string, ...more: readonly object[]): RecordedCall => [
  label,
  'PutBucketPolicy',
  { Bucket: 'vault', Policy: policyOf(shared, ...more) },
  '204',
];
const ofTwoAccounts = {
  accounts: { partner: {} },
  buckets: {
    vault: { ownershipControls: 'ObjectWriter' as const, publicAccessBlock: open, versioning: 'Enabled' as const },
  },
};

const owners = {
  writer: { Owner: { ID: '$(owner:partner)' }, Grants: [theirs] },
  both: { Owner: { ID: '$(owner:partner)' }, Grants: [theirs, mine] },
  reader: { Owner: { ID: '$(owner:partner)' }, Grants: [theirs, { ...mine, Permission: 'READ' }] },
  owner: { Owner: { ID: '$(owner)' }, Grants: [mine] },
};

/** The bucket's owner and the writer read an object and its ACL: the owner's reads are refused by ACLs of the writer alone. */
function readsOf(
  label: string,
  Key: string,
  owner: keyof typeof owners,
  more: { readonly VersionId?: string } = {},
): readonly RecordedCall[] {
  const object = { Bucket: 'vault', Key, ...more };
  const refused = '403 AccessDenied';
  const isRead = owner !== 'writer';
  const isAclRead = isRead && owner !== 'reader';
  return [
    [
      `${label}-bucket-owner-get_object_acl`,
      'GetObjectAcl',
      object,
      isAclRead ? '200' : refused,
      isAclRead ? owners[owner] : {},
    ],
    [`${label}-bucket-owner-get_object`, 'GetObject', object, isRead ? '200' : refused],
    [`${label}-member-owner-get_object_acl`, 'GetObjectAcl', object, '200', owners[owner], byPartner],
    [`${label}-member-owner-get_object`, 'GetObject', object, '200', {}, byPartner],
  ];
}

const written = (label: string, Key: string, acl: object, answer = '200'): RecordedCall => [
  label,
  'PutObject',
  { ...put, Key, ...acl },
  answer,
  {},
  byPartner,
];
const handedOver = { ACL: 'bucket-owner-full-control' };
const ownersOfModes = {
  ObjectWriter: 'both',
  BucketOwnerPreferred: 'owner',
  legacy: 'both',
} as const;

const partnersUpload = (from: string, to: string, acl: object): readonly RecordedCall[] => {
  const label = `cross-mpu-${from}-to-${to}${'ACL' in acl ? '-full' : '-none'}`;
  const calls = transition(label, acl, modeIs(`${label}-target-mode`, to));
  return [
    modeIs(`${label}-start-mode`, from),
    ...calls.map(([name, operation, input, answer, output = {}]): RecordedCall => {
      const more = operation === 'PutBucketOwnershipControls' ? {} : byPartner;
      return [name, operation, input, answer, output, more];
    }),
  ];
};

export const accounts: RecordedCases = {
  file: 'ownership_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'another account owns the objects that it writes unless it hands them over, and no bucket policy opens them': {
      fact: 'F281',
      state: ofTwoAccounts,
      calls: [
        share('cross-allow-both-accounts-owned-objects'),
        written('foreign-private', 'foreign', {}),
        ...Object.entries(ownersOfModes).flatMap(([mode, owner]): readonly RecordedCall[] => [
          mode === 'legacy'
            ? ['cross-delete-ownership', 'DeleteBucketOwnershipControls', { Bucket: 'vault' }, '204']
            : modeIs(`cross-mode-${mode}`, mode),
          written(`cross-${mode}-none-put`, 'none', {}),
          ...readsOf(`cross-${mode}-none`, 'none', 'writer'),
          written(`cross-${mode}-private-put`, 'private', { ACL: 'private' }),
          ...readsOf(`cross-${mode}-private`, 'private', 'writer'),
          written(`cross-${mode}-bucket-owner-full-control-put`, 'full', handedOver),
          ...readsOf(`cross-${mode}-bucket-owner-full-control`, 'full', owner),
          [
            `cross-copy-${mode}`,
            'CopyObject',
            { Bucket: 'vault', Key: 'copy', CopySource: 'vault/foreign' },
            '200',
            {},
            byPartner,
          ],
          ...readsOf(`cross-copy-${mode}`, 'copy', 'writer'),
        ]),
        modeIs('cross-existing-preferred', 'BucketOwnerPreferred'),
        ...readsOf('cross-before-existing-bo-full', 'foreign', 'writer'),
        [
          'cross-existing-put-acl-bo-full',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'foreign', ...handedOver },
          '200',
          {},
          byPartner,
        ],
        ...readsOf('cross-after-existing-bo-full', 'foreign', 'both'),
        modeIs('cross-mode-BucketOwnerEnforced', 'BucketOwnerEnforced'),
        written('cross-BucketOwnerEnforced-none-put', 'none', {}),
        ...readsOf('cross-BucketOwnerEnforced-none', 'none', 'owner'),
        written(
          'cross-BucketOwnerEnforced-private-put',
          'private',
          { ACL: 'private' },
          '400 AccessControlListNotSupported',
        ),
        written('cross-BucketOwnerEnforced-bucket-owner-full-control-put', 'full', handedOver),
        ...readsOf('cross-BucketOwnerEnforced-bucket-owner-full-control', 'full', 'owner'),
        [
          'cross-copy-BucketOwnerEnforced',
          'CopyObject',
          { Bucket: 'vault', Key: 'copy', CopySource: 'vault/foreign' },
          '200',
          {},
          byPartner,
        ],
        ...readsOf('cross-copy-BucketOwnerEnforced', 'copy', 'owner'),
      ],
    },
    'versions get their owners and ACLs back when the bucket enables ACLs again': {
      fact: 'F507',
      state: ofTwoAccounts,
      calls: [
        share('cross-allow-both-accounts-owned-objects'),
        ['cross-retention-v1-private', 'PutObject', put, '200', { VersionId: '$(one)' }, byPartner],
        [
          'cross-retention-v1-root-read-grant',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'k', VersionId: '$(one)', AccessControlPolicy: owners.reader },
          '200',
          {},
          byPartner,
        ],
        ['cross-retention-v2-full', 'PutObject', { ...put, ...handedOver }, '200', { VersionId: '$(two)' }, byPartner],
        ...readsOf('cross-retention-v1-before', 'k', 'reader', { VersionId: '$(one)' }),
        ...readsOf('cross-retention-v2-before', 'k', 'both', { VersionId: '$(two)' }),
        modeIs('cross-retention-enforce', 'BucketOwnerEnforced'),
        ...readsOf('cross-retention-v1-enforced', 'k', 'owner', { VersionId: '$(one)' }),
        ...readsOf('cross-retention-v2-enforced', 'k', 'owner', { VersionId: '$(two)' }),
        written('cross-born-enforced-put', 'born', {}),
        ...readsOf('cross-born-enforced', 'born', 'owner'),
        modeIs('cross-retention-restore-writer', 'ObjectWriter'),
        ...readsOf('cross-retention-v1-restored-writer', 'k', 'reader', { VersionId: '$(one)' }),
        ...readsOf('cross-retention-v2-restored-writer', 'k', 'both', { VersionId: '$(two)' }),
        ...readsOf('cross-born-enforced-restored', 'born', 'owner'),
        modeIs('cross-retention-restore-preferred', 'BucketOwnerPreferred'),
        ...readsOf('cross-retention-v1-restored-preferred', 'k', 'reader', { VersionId: '$(one)' }),
        ['cross-retention-delete-ownership', 'DeleteBucketOwnershipControls', { Bucket: 'vault' }, '204'],
        ...readsOf('cross-retention-v1-restored-legacy', 'k', 'reader', { VersionId: '$(one)' }),
      ],
    },
    'who owns an uploaded object is decided when its upload begins': {
      fact: 'F507',
      state: ofTwoAccounts,
      calls: [
        share('cross-allow-both-accounts-owned-objects'),
        ...(['none', 'full'] as const).flatMap((acl): readonly RecordedCall[] => {
          const label = `cross-mpu-ObjectWriter-to-BucketOwnerEnforced-${acl}`;
          return [
            ...partnersUpload('ObjectWriter', 'BucketOwnerEnforced', acl === 'full' ? handedOver : {}),
            ...readsOf(`${label}-completed`, label, 'owner'),
            modeIs(`${label}-restore-writer`, 'ObjectWriter'),
            ...readsOf(`${label}-restored`, label, acl === 'full' ? 'both' : 'writer'),
          ];
        }),
        ...(
          [
            ['ObjectWriter', 'BucketOwnerPreferred', 'writer', 'both'],
            ['BucketOwnerPreferred', 'ObjectWriter', 'writer', 'owner'],
            ['BucketOwnerEnforced', 'ObjectWriter', 'owner', 'owner'],
          ] as const
        ).flatMap(([from, to, ofNone, ofFull]) =>
          (['none', 'full'] as const).flatMap((acl): readonly RecordedCall[] => {
            const label = `cross-mpu-${from}-to-${to}-${acl}`;
            return [
              ...partnersUpload(from, to, acl === 'full' ? handedOver : {}),
              ...readsOf(`${label}-completed`, label, acl === 'full' ? ofFull : ofNone),
            ];
          }),
        ),
      ],
    },
    'a Deny in the bucket policy applies to the owner of the object and to the owner of the bucket': {
      fact: 'F501',
      state: ofTwoAccounts,
      calls: [
        share('cross-boundary-allow'),
        written('cross-boundary-foreign-private', 'foreign', {}),
        ...readsOf('cross-boundary-before-deny', 'foreign', 'writer').slice(2),
        ...[
          ['cross-boundary-deny-role', { AWS: root('account:partner') }] as const,
          ['cross-boundary-deny-wildcard', '*'] as const,
        ].flatMap(([label, Principal]): readonly RecordedCall[] => [
          share(label, {
            Effect: 'Deny',
            Principal,
            Action: ['s3:GetObject', 's3:GetObjectAcl'],
            Resource: 'arn:aws:s3:::vault/foreign',
          }),
          [
            `${label}-delay-20-get_object`,
            'GetObject',
            { Bucket: 'vault', Key: 'foreign' },
            '403 AccessDenied',
            {},
            byPartner,
          ],
          [
            `${label}-delay-20-get_object_acl`,
            'GetObjectAcl',
            { Bucket: 'vault', Key: 'foreign' },
            '403 AccessDenied',
            {},
            byPartner,
          ],
        ]),
        share('cross-policy-private-put'),
        [
          'cross-policy-share-bo-full',
          'PutObjectAcl',
          { Bucket: 'vault', Key: 'foreign', ...handedOver },
          '200',
          {},
          byPartner,
        ],
        ...readsOf('cross-policy-shared-before-deny', 'foreign', 'both'),
        share('cross-policy-deny-bucket-owner', {
          Effect: 'Deny',
          Principal: { AWS: root('account') },
          Action: ['s3:GetObject', 's3:GetObjectAcl'],
          Resource: 'arn:aws:s3:::vault/foreign',
        }),
        [
          'cross-policy-deny-bucket-owner-bucket-owner-get_object_acl',
          'GetObjectAcl',
          { Bucket: 'vault', Key: 'foreign' },
          '403 AccessDenied',
        ],
        [
          'cross-policy-deny-bucket-owner-bucket-owner-get_object',
          'GetObject',
          { Bucket: 'vault', Key: 'foreign' },
          '403 AccessDenied',
        ],
        ...readsOf('cross-policy-deny-bucket-owner', 'foreign', 'both').slice(2),
      ],
    },
  },
};
