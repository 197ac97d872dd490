import type { RecordedCases } from '../../../src/facts/case';

const arn = 'arn:aws:s3:::';
const source = { Bucket: 'vault' };
const role = 'arn:aws:iam::$(account):role/copier';
const off = { Status: 'Disabled' };
const to = (bucket: string, more: object = {}) => ({ Destination: { Bucket: `${arn}${bucket}`, ...more } });
const base = {
  ID: 'base',
  Priority: 1,
  Filter: { Prefix: '' },
  Status: 'Enabled',
  DeleteMarkerReplication: off,
  ...to('replica'),
};
const legacy = { ID: 'legacy', Prefix: 'legacy/', Status: 'Enabled', ...to('replica') };
const configuration = (rules: readonly object[], Role = role) => ({ ReplicationConfiguration: { Role, Rules: rules } });
const put = (...rules: readonly object[]) => ({ ...source, ...configuration(rules) });
const putBy = (Role: string) => ({ ...source, ...configuration([base], Role) });
const { ID: _id, ...withoutId } = base;
const { Priority: _priority, ...withoutPriority } = base;
const { DeleteMarkerReplication: _markers, ...withoutMarkers } = base;
const byKms = (key: string) => ({
  ...base,
  SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
  ...to('replica', { EncryptionConfiguration: { ReplicaKmsKeyID: key } }),
});
const xml = (content: string) => ({ body: `<ReplicationConfiguration>${content}</ReplicationConfiguration>` });
const roleElement = '<Role>arn:aws:iam::$(account):role/copier</Role>';
const ruleElement = (priority = '1', status = '<Status>Enabled</Status>') =>
  `<Rule><ID>raw</ID><Priority>${priority}</Priority><Filter><Prefix/></Filter>${status}<Destination><Bucket>${arn}replica</Bucket></Destination><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication></Rule>`;
const kept = ['…-readback', 'GetBucketReplication', source, '200', configuration([base])] as const;

const versioned = { versioning: 'Enabled' } as const;
const allowing = (...actions: readonly (readonly [action: string | readonly string[], resource: string])[]) => ({
  Version: '2012-10-17' as const,
  Statement: actions.map(([Action, Resource]) => ({ Effect: 'Allow' as const, Action, Resource })),
});
const ofVault = [['s3:PutReplicationConfiguration', 's3:GetReplicationConfiguration'], `${arn}vault`] as const;

export const control: RecordedCases = {
  file: 'replication_control_replay.json',
  recorded: 'September 2026',
  cases: {
    'a bucket without a replication configuration answers 404, and its deletion succeeds': {
      fact: 'F366',
      state: { buckets: { vault: {}, replica: {} } },
      calls: [
        ['get-missing-config', 'GetBucketReplication', source, '404 ReplicationConfigurationNotFoundError'],
        ['delete-missing-config', 'DeleteBucketReplication', source, '204'],
        ['get-bucket-replication-missing-bucket', 'GetBucketReplication', { Bucket: 'missing' }, '404 NoSuchBucket'],
        [
          'put-missing-bucket',
          'PutBucketReplication',
          { Bucket: 'missing', ...configuration([base]) },
          '404 NoSuchBucket',
        ],
        [
          'put-wrong-expected-owner',
          'PutBucketReplication',
          { ...put(base), ExpectedBucketOwner: '999999999999' },
          '403 AccessDenied',
        ],
        [
          'delete-bucket-replication-wrong-expected-owner',
          'DeleteBucketReplication',
          { ...source, ExpectedBucketOwner: '999999999999' },
          '403 AccessDenied',
        ],
      ],
    },
    'replication needs versioning in both buckets': {
      fact: 'F368',
      state: { buckets: { vault: {}, replica: {} } },
      calls: [
        ['source-unversioned-destination-unversioned', 'PutBucketReplication', put(base), '400 InvalidRequest'],
        [
          'enable-source-versioning',
          'PutBucketVersioning',
          { ...source, VersioningConfiguration: { Status: 'Enabled' } },
          '200',
        ],
        ['source-versioned-destination-unversioned', 'PutBucketReplication', put(base), '400 InvalidRequest'],
        [
          'enable-destination-versioning',
          'PutBucketVersioning',
          { Bucket: 'replica', VersioningConfiguration: { Status: 'Enabled' } },
          '200',
        ],
        ['valid-v2-positive-admission-control', 'PutBucketReplication', put(base), '200'],
        kept,
        [
          'suspend-source-with-replication',
          'PutBucketVersioning',
          { ...source, VersioningConfiguration: { Status: 'Suspended' } },
          '409 InvalidBucketState',
        ],
        [
          'suspend-destination-with-replication',
          'PutBucketVersioning',
          { Bucket: 'replica', VersioningConfiguration: { Status: 'Suspended' } },
          '200',
        ],
        ['destination-suspended', 'PutBucketReplication', put(base), '400 InvalidRequest'],
        kept,
        ['delete-existing-config', 'DeleteBucketReplication', source, '204'],
        ['get-after-delete', 'GetBucketReplication', source, '404 ReplicationConfigurationNotFoundError'],
        ['delete-repeated', 'DeleteBucketReplication', source, '204'],
        [
          'suspend-source-after-delete',
          'PutBucketVersioning',
          { ...source, VersioningConfiguration: { Status: 'Suspended' } },
          '200',
        ],
        ['source-suspended', 'PutBucketReplication', put(base), '400 InvalidRequest'],
      ],
    },
    'the role of a replication configuration is the ARN of a role of the same account, which need not exist': {
      fact: 'F367',
      state: { accounts: { partner: {} }, buckets: { vault: versioned, replica: versioned } },
      calls: [
        ['empty-role', 'PutBucketReplication', putBy(''), '400 InvalidArgument'],
        ['malformed-role', 'PutBucketReplication', putBy('not-an-arn'), '400 InvalidArgument'],
        ['missing-role-arn', 'PutBucketReplication', putBy('arn:aws:iam::$(account):role/absent'), '200'],
        [
          'foreign-role-arn',
          'PutBucketReplication',
          putBy('arn:aws:iam::$(account:partner):role/absent'),
          '403 AccessDenied',
        ],
        ['user-arn', 'PutBucketReplication', putBy('arn:aws:iam::$(account):user/absent'), '400 InvalidArgument'],
        [
          'user-arn-readback',
          'GetBucketReplication',
          source,
          '200',
          configuration([base], 'arn:aws:iam::$(account):role/absent'),
        ],
      ],
    },
    'invalid replication rules are refused, and the configuration stays': {
      fact: 'F367',
      state: { buckets: { vault: versioned, replica: versioned, more: versioned } },
      calls: [
        ['valid-v2-positive-admission-control', 'PutBucketReplication', put(base), '200'],
        ['empty-rules', 'PutBucketReplication', put(), '400 MalformedXML'],
        [
          'legacy-no-prefix',
          'PutBucketReplication',
          put({ ID: 'legacy', Status: 'Enabled', ...to('replica') }),
          '400 MalformedXML',
        ],
        ['legacy-with-priority', 'PutBucketReplication', put({ ...legacy, Priority: 1 }), '400 InvalidRequest'],
        [
          'legacy-with-delete-marker',
          'PutBucketReplication',
          put({ ...legacy, DeleteMarkerReplication: off }),
          '400 InvalidRequest',
        ],
        [
          'filter-and-duplicate-tag-keys',
          'PutBucketReplication',
          put({
            ...base,
            Filter: {
              And: {
                Tags: [
                  { Key: 'a', Value: '1' },
                  { Key: 'a', Value: '2' },
                ],
              },
            },
          }),
          '400 InvalidRequest',
        ],
        [
          'delete-marker-empty',
          'PutBucketReplication',
          put({ ...base, DeleteMarkerReplication: {} }),
          '400 MalformedXML',
        ],
        [
          'existing-object-disabled',
          'PutBucketReplication',
          put({ ...base, ExistingObjectReplication: off }),
          '400 MalformedXML',
        ],
        ['v2-missing-Priority', 'PutBucketReplication', put(withoutPriority), '400 InvalidRequest'],
        ['v2-missing-DeleteMarkerReplication', 'PutBucketReplication', put(withoutMarkers), '400 InvalidRequest'],
        ['duplicate-ids', 'PutBucketReplication', put(base, { ...base, Priority: 2 }), '400 InvalidArgument'],
        [
          'bare-destination-name',
          'PutBucketReplication',
          put({ ...base, Destination: { Bucket: 'replica' } }),
          '400 InvalidArgument',
        ],
        [
          'destination-object-arn',
          'PutBucketReplication',
          put({ ...base, ...to('replica/object') }),
          '400 InvalidArgument',
        ],
        [
          'ownership-override-no-account',
          'PutBucketReplication',
          put({ ...base, ...to('replica', { AccessControlTranslation: { Owner: 'Destination' } }) }),
          '400 InvalidRequest',
        ],
        [
          'ownership-override-invalid',
          'PutBucketReplication',
          put({
            ...base,
            ...to('replica', { Account: '$(account)', AccessControlTranslation: { Owner: 'Source' } }),
          }),
          '400 MalformedXML',
        ],
        [
          'storage-invalid',
          'PutBucketReplication',
          put({ ...base, ...to('replica', { StorageClass: 'NO_SUCH_CLASS' }) }),
          '400 MalformedXML',
        ],
        [
          'storage-express',
          'PutBucketReplication',
          put({ ...base, ...to('replica', { StorageClass: 'EXPRESS_ONEZONE' }) }),
          '400 MalformedXML',
        ],
        [
          'source-selection-empty',
          'PutBucketReplication',
          put({ ...base, SourceSelectionCriteria: {} }),
          '400 InvalidRequest',
        ],
        ...(['Enabled', 'Disabled'] as const).map(
          (Status) =>
            [
              Status === 'Enabled' ? 'kms-opt-in-no-key' : 'kms-opt-out',
              'PutBucketReplication',
              put({ ...base, SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status } } }),
              '400 InvalidRequest',
            ] as const,
        ),
        [
          'kms-key-without-opt-in',
          'PutBucketReplication',
          put({ ...base, ...to('replica', { EncryptionConfiguration: { ReplicaKmsKeyID: 'alias/replica' } }) }),
          '400 InvalidRequest',
        ],
        ['kms-opt-in-invalid-key', 'PutBucketReplication', put(byKms('not-a-key')), '400 InvalidArgument'],
        ['raw-missing-role', 'PUT /vault?replication', xml(ruleElement()), '400 MalformedXML'],
        ['raw-empty-rules', 'PUT /vault?replication', xml(roleElement), '400 MalformedXML'],
        [
          'raw-duplicate-role',
          'PUT /vault?replication',
          xml(`${roleElement}${roleElement}${ruleElement()}`),
          '400 MalformedXML',
        ],
        [
          'raw-unknown-root-field',
          'PUT /vault?replication',
          xml(`${roleElement}<Unknown>value</Unknown>${ruleElement()}`),
          '400 MalformedXML',
        ],
        [
          'raw-empty-status',
          'PUT /vault?replication',
          xml(`${roleElement}${ruleElement('1', '<Status/>')}`),
          '400 MalformedXML',
        ],
        [
          'raw-priority-overflow',
          'PUT /vault?replication',
          xml(`${roleElement}${ruleElement('2147483648')}`),
          '400 MalformedXML',
        ],
        [
          'raw-malformed-xml',
          'PUT /vault?replication',
          { body: `<ReplicationConfiguration>${roleElement}` },
          '400 MalformedXML',
        ],
        kept,
      ],
    },
    'valid replication rules are answered as they were put': {
      fact: 'F367',
      state: { buckets: { vault: versioned, replica: versioned, locked: { objectLock: true } } },
      calls: [
        ['legacy-prefix', 'PutBucketReplication', put(legacy), '200'],
        ['legacy-prefix-readback', 'GetBucketReplication', source, '200', configuration([legacy])],
        ['filter-empty', 'PutBucketReplication', put({ ...base, Filter: {} }), '200'],
        ['filter-empty-readback', 'GetBucketReplication', source, '200', configuration([{ ...base, Filter: {} }])],
        ['v2-missing-ID', 'PutBucketReplication', put(withoutId), '200'],
        ['v2-missing-ID-readback', 'GetBucketReplication', source, '200', configuration([{ ...base, ID: '$(id)' }])],
        [
          'v2-missing-Status-readback',
          'GetBucketReplication',
          source,
          '200',
          configuration([{ ...base, ID: '$(id)' }]),
        ],
        [
          'destination-account-owner',
          'PutBucketReplication',
          put({ ...base, ...to('replica', { Account: '$(account)' }) }),
          '200',
        ],
        [
          'destination-account-mismatch',
          'PutBucketReplication',
          put({ ...base, ...to('replica', { Account: '999999999999' }) }),
          '200',
        ],
        [
          'destination-account-invalid',
          'PutBucketReplication',
          put({ ...base, ...to('replica', { Account: 'abc' }) }),
          '200',
        ],
        [
          'destination-account-invalid-readback',
          'GetBucketReplication',
          source,
          '200',
          configuration([{ ...base, ...to('replica', { Account: 'abc' }) }]),
        ],
        ...(['Enabled', 'Disabled'] as const).flatMap((Status) => {
          const synced = { ...base, SourceSelectionCriteria: { ReplicaModifications: { Status } } };
          const label = `replica-modifications-${Status.toLowerCase()}`;
          return [
            [label, 'PutBucketReplication', put(synced), '200'],
            [`${label}-readback`, 'GetBucketReplication', source, '200', configuration([synced])],
          ] as const;
        }),
        [
          'set-up of kms-opt-in: a key that does not exist',
          'PutBucketReplication',
          put(byKms('arn:aws:kms:us-east-1:$(account):key/00000000-0000-0000-0000-999000999000')),
          '200',
        ],
        [
          'object-lock-source-unlocked-destination',
          'PutBucketReplication',
          { Bucket: 'locked', ...configuration([base]) },
          '200',
        ],
        ['unlocked-source-object-lock-destination', 'PutBucketReplication', put({ ...base, ...to('locked') }), '200'],
        ['raw-valid-reordered-elements', 'PUT /vault?replication', xml(`${ruleElement()}${roleElement}`), '200'],
        [
          'raw-valid-reordered-elements-readback',
          'GetBucketReplication',
          source,
          '200',
          configuration([{ ...base, ID: 'raw' }]),
        ],
      ],
    },
    'PutBucketReplication passes the role, and needs iam:PassRole': {
      fact: 'F960',
      state: {
        roles: {
          copier: {},
          former: { policy: allowing(ofVault) },
          caller: { policy: allowing(ofVault, ['iam:PassRole', 'arn:aws:iam::000000000000:role/copier']) },
        },
        accounts: { partner: { roles: { member: { policy: allowing(['*', '*']) } } } },
        buckets: { vault: versioned, replica: versioned },
      },
      calls: [
        ['owner-positive-admission', 'PutBucketReplication', put(base), '200'],
        [
          'caller-get-positive-control',
          'GetBucketReplication',
          source,
          '200',
          configuration([base]),
          { by: 'role/former' },
        ],
        [
          'caller-put-without-passrole',
          'PutBucketReplication',
          put(base),
          '403 AccessDenied',
          {},
          { by: 'role/former' },
        ],
        ['caller-delete-without-passrole', 'DeleteBucketReplication', source, '204', {}, { by: 'role/former' }],
        ['caller-put-with-passrole', 'PutBucketReplication', put(base), '200', {}, { by: 'role/caller' }],
        [
          'member-no-bucket-grant-get-bucket-replication',
          'GetBucketReplication',
          source,
          '403 AccessDenied',
          {},
          { by: 'partner:role/member' },
        ],
        [
          'member-no-bucket-grant-put-bucket-replication',
          'PutBucketReplication',
          put(base),
          '403 AccessDenied',
          {},
          { by: 'partner:role/member' },
        ],
        [
          'grant-member-on-owned-bucket',
          'PutBucketPolicy',
          {
            ...source,
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { AWS: 'arn:aws:iam::$(account:partner):role/member' },
                  Action: ofVault[0],
                  Resource: ofVault[1],
                },
              ],
            }),
          },
          '204',
        ],
        [
          'member-with-bucket-grant-get-bucket-replication',
          'GetBucketReplication',
          source,
          '200',
          configuration([base]),
          { by: 'partner:role/member' },
        ],
        [
          'member-with-bucket-grant-put-bucket-replication',
          'PutBucketReplication',
          put(base),
          '403 AccessDenied',
          {},
          { by: 'partner:role/member' },
        ],
        [
          'member-with-bucket-grant-delete-bucket-replication',
          'DeleteBucketReplication',
          source,
          '204',
          {},
          { by: 'partner:role/member' },
        ],
        ['owner-final-readback', 'GetBucketReplication', source, '404 ReplicationConfigurationNotFoundError'],
      ],
    },
  },
};
