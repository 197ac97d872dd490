import type { RecordedCase, RecordedCases } from '../../case';

const Bucket = 'vault';
const data = { Body: 'data', ContentMD5: 'jXd/OF09/siBXSD3SWAm3A==' } as const;
const all = { Effect: 'Allow', Action: 's3:*', Resource: '*' } as const;
const twoDays = { defaultRetention: { Mode: 'GOVERNANCE', Days: 2 } } as const;
const allowing = (...Action: readonly string[]) => ({ Effect: 'Allow', Action, Resource: '*' });
const state = (objectLock: typeof twoDays | true = true): NonNullable<RecordedCase['state']> => ({
  now: '2026-09-21T07:16:00Z',
  roles: { any: { policy: { Statement: all } } },
  buckets: {
    vault: {
      objectLock,
      objects: {
        free: { body: 'data', versionId: 'f1' },
        locked: {
          body: 'data',
          versionId: 'v1',
          legalHold: 'ON',
          retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-09-24T07:16:00Z' },
        },
      },
    },
  },
});
/** A session of a role that may do all, limited by these statements. */
const by = (...Statement: readonly object[]) => ({
  by: { caller: 'role/any', session: { policy: { Version: '2012-10-17', Statement } } },
});
const denying = (Action: string | readonly string[], Condition?: object) =>
  by(all, { Effect: 'Deny', Action, Resource: '*', ...(Condition && { Condition }) });
const ofLock = ['s3:PutObject', 's3:PutObjectRetention', 's3:PutObjectLegalHold'];
const denyPolicy = (Action: string | readonly string[], Condition?: object) => ({
  Bucket,
  Policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Deny', Principal: '*', Action, Resource: 'arn:aws:s3:::vault/*', ...(Condition && { Condition }) },
    ],
  }),
});
const locked = { Bucket, Key: 'locked', VersionId: 'v1' };
const until = (RetainUntilDate: string) => ({ Retention: { Mode: 'GOVERNANCE', RetainUntilDate } });
const retained = (RetainUntilDate: string) => ({
  ObjectLockMode: 'GOVERNANCE',
  ObjectLockRetainUntilDate: RetainUntilDate,
});
const bypass = { BypassGovernanceRetention: true };
const denied = '403 AccessDenied';

export const authority: RecordedCases = {
  file: 'object_lock_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'a bucket with object lock needs the rights to versioning and to its configuration': {
      state: { roles: { any: { policy: { Statement: all } } } },
      calls: [
        [
          'create-only',
          'CreateBucket',
          { Bucket, ObjectLockEnabledForBucket: true },
          denied,
          {},
          by(allowing('s3:CreateBucket')),
        ],
        [
          'create-version',
          'CreateBucket',
          { Bucket, ObjectLockEnabledForBucket: true },
          denied,
          {},
          by(allowing('s3:CreateBucket', 's3:PutBucketVersioning')),
        ],
        [
          'create-lock',
          'CreateBucket',
          { Bucket, ObjectLockEnabledForBucket: true },
          denied,
          {},
          by(allowing('s3:CreateBucket', 's3:PutBucketObjectLockConfiguration')),
        ],
        [
          'create-all',
          'CreateBucket',
          { Bucket, ObjectLockEnabledForBucket: true },
          '200',
          {},
          by(allowing('s3:CreateBucket', 's3:PutBucketVersioning', 's3:PutBucketObjectLockConfiguration')),
        ],
        [
          'create-false-only',
          'CreateBucket',
          { Bucket: 'plain', ObjectLockEnabledForBucket: false },
          '200',
          {},
          by(allowing('s3:CreateBucket')),
        ],
      ],
    },
    'a default of the bucket needs no right, and a lock of the request does': {
      state: state(twoDays),
      calls: [
        [
          'implicit-default-put',
          'PutObject',
          { Bucket, Key: 'default', ...data },
          '200',
          {},
          by(allowing('s3:PutObject', 's3:GetObject', 's3:GetObjectVersion')),
        ],
        [
          'implicit-default-observed',
          'GetObjectRetention',
          { Bucket, Key: 'default' },
          '200',
          until('2026-09-23T07:16:00Z'),
        ],
        [
          'explicit-retention-without-grant',
          'PutObject',
          { Bucket, Key: 'k', ...data, ...retained('2026-09-24T07:15:59Z') },
          denied,
          {},
          by(allowing('s3:PutObject')),
        ],
        [
          'explicit-legal-without-grant',
          'PutObject',
          { Bucket, Key: 'k', ...data, ObjectLockLegalHoldStatus: 'ON' },
          denied,
          {},
          by(allowing('s3:PutObject')),
        ],
        [
          'copy-implicit',
          'CopyObject',
          { Bucket, Key: 'copy', CopySource: 'vault/free?versionId=f1' },
          '200',
          {},
          by(allowing('s3:PutObject', 's3:GetObjectVersion')),
        ],
        [
          'copy-retention-denied',
          'CopyObject',
          { Bucket, Key: 'k', CopySource: 'vault/free?versionId=f1', ...retained('2026-09-24T07:16:18Z') },
          denied,
          {},
          by(allowing('s3:PutObject', 's3:GetObjectVersion')),
        ],
        [
          'copy-legal-denied',
          'CopyObject',
          { Bucket, Key: 'k', CopySource: 'vault/free?versionId=f1', ObjectLockLegalHoldStatus: 'ON' },
          denied,
          {},
          by(allowing('s3:PutObject', 's3:GetObjectVersion')),
        ],
        ['mpu-implicit', 'CreateMultipartUpload', { Bucket, Key: 'parts' }, '200', {}, by(allowing('s3:PutObject'))],
        [
          'mpu-retention-denied',
          'CreateMultipartUpload',
          { Bucket, Key: 'k', ...retained('2026-09-24T07:16:18Z') },
          denied,
          {},
          by(allowing('s3:PutObject')),
        ],
        [
          'mpu-legal-denied',
          'CreateMultipartUpload',
          { Bucket, Key: 'k', ObjectLockLegalHoldStatus: 'ON' },
          denied,
          {},
          by(allowing('s3:PutObject')),
        ],
      ],
    },
    'a read leaves out the part of a lock that its caller may not read': {
      state: state(),
      calls: [
        [
          'payload-head',
          'HeadObject',
          locked,
          '200',
          {},
          {
            ...by(allowing('s3:GetObject', 's3:GetObjectVersion')),
            absent: ['ObjectLockMode', 'ObjectLockRetainUntilDate', 'ObjectLockLegalHoldStatus'],
          },
        ],
        [
          'payload-get-retention',
          'GetObjectRetention',
          locked,
          denied,
          {},
          by(allowing('s3:GetObject', 's3:GetObjectVersion')),
        ],
        [
          'retention-head',
          'HeadObject',
          locked,
          '200',
          retained('2026-09-24T07:16:00Z'),
          { ...by(allowing('s3:GetObjectVersion', 's3:GetObjectRetention')), absent: ['ObjectLockLegalHoldStatus'] },
        ],
        [
          'retention-get-legal',
          'GetObjectLegalHold',
          locked,
          denied,
          {},
          by(allowing('s3:GetObjectVersion', 's3:GetObjectRetention')),
        ],
        [
          'audit-legal-get',
          'GetObject',
          locked,
          '200',
          { Body: 'data', ObjectLockLegalHoldStatus: 'ON' },
          {
            ...by(allowing('s3:GetObjectVersion', 's3:GetObjectLegalHold')),
            absent: ['ObjectLockMode', 'ObjectLockRetainUntilDate'],
          },
        ],
        [
          'metadata-head',
          'HeadObject',
          locked,
          '403',
          {},
          by(allowing('s3:GetObjectRetention', 's3:GetObjectLegalHold')),
        ],
        [
          'metadata-get-retention',
          'GetObjectRetention',
          locked,
          '200',
          until('2026-09-24T07:16:00Z'),
          by(allowing('s3:GetObjectRetention', 's3:GetObjectLegalHold')),
        ],
        [
          'setter-retention-without-putobject',
          'PutObjectRetention',
          { ...locked, ...until('2026-09-25T07:16:32Z') },
          '200',
          {},
          by(allowing('s3:PutObjectRetention', 's3:PutObjectLegalHold')),
        ],
        [
          'setter-legal-without-putobject',
          'PutObjectLegalHold',
          { ...locked, LegalHold: { Status: 'OFF' } },
          '200',
          {},
          by(allowing('s3:PutObjectRetention', 's3:PutObjectLegalHold')),
        ],
        [
          'wrong-object-resource-put-object-legal-hold',
          'PutObjectLegalHold',
          { ...locked, LegalHold: { Status: 'OFF' } },
          denied,
          {},
          by({ Effect: 'Allow', Action: 's3:PutObjectLegalHold', Resource: 'arn:aws:s3:::vault' }),
        ],
        [
          'bucket-lock-wrong-resource-put',
          'GetObjectLockConfiguration',
          { Bucket },
          denied,
          {},
          by({ Effect: 'Allow', Action: 's3:GetBucketObjectLockConfiguration', Resource: 'arn:aws:s3:::vault/*' }),
        ],
      ],
    },
    'the header of a bypass needs its right even if no lock is in the way': {
      fact: 'F521',
      state: {
        ...state(),
        buckets: {
          vault: {
            objectLock: true,
            objects: {
              free: { body: 'data', versionId: 'f1' },
              over: {
                body: 'data',
                versionId: 'o1',
                retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-09-21T07:15:38Z' },
              },
              kept: {
                body: 'data',
                versionId: 'k1',
                retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-09-25T07:16:00Z' },
              },
            },
          },
        },
      },
      calls: [
        [
          'unprotected-header-no-bypass-action',
          'DeleteObject',
          { Bucket, Key: 'free', VersionId: 'f1', ...bypass },
          denied,
          {},
          denying('s3:BypassGovernanceRetention'),
        ],
        [
          'unprotected-no-header-no-bypass-action',
          'DeleteObject',
          { Bucket, Key: 'free', VersionId: 'f1' },
          '204',
          {},
          denying('s3:BypassGovernanceRetention'),
        ],
        [
          'expired-header-no-bypass-action',
          'DeleteObject',
          { Bucket, Key: 'over', VersionId: 'o1', ...bypass },
          denied,
          {},
          denying('s3:BypassGovernanceRetention'),
        ],
        [
          'expired-no-header-no-bypass-action',
          'DeleteObject',
          { Bucket, Key: 'over', VersionId: 'o1' },
          '204',
          {},
          denying('s3:BypassGovernanceRetention'),
        ],
        [
          'bypass-action-without-header-delete',
          'DeleteObject',
          { Bucket, Key: 'kept', VersionId: 'k1' },
          denied,
          {},
          by(all),
        ],
        [
          'bypass-header-without-action-delete',
          'DeleteObject',
          { Bucket, Key: 'kept', VersionId: 'k1', ...bypass },
          denied,
          {},
          denying('s3:BypassGovernanceRetention'),
        ],
        [
          'shorten-action-no-header',
          'PutObjectRetention',
          { Bucket, Key: 'kept', VersionId: 'k1', ...until('2026-09-22T07:16:35Z') },
          denied,
          {},
          by(all),
        ],
        [
          'shorten-header-no-action',
          'PutObjectRetention',
          { Bucket, Key: 'kept', VersionId: 'k1', ...until('2026-09-22T07:16:35Z'), ...bypass },
          denied,
          {},
          denying('s3:BypassGovernanceRetention'),
        ],
        [
          'shorten-both',
          'PutObjectRetention',
          { Bucket, Key: 'kept', VersionId: 'k1', ...until('2026-09-22T07:16:35Z'), ...bypass },
          '200',
          {},
          by(all),
        ],
        [
          'resource-explicit-deny',
          'PutBucketPolicy',
          denyPolicy(['s3:PutObjectRetention', 's3:PutObjectLegalHold', 's3:BypassGovernanceRetention']),
          '204',
        ],
        [
          'owner-resource-deny-retention',
          'PutObjectRetention',
          { Bucket, Key: 'kept', VersionId: 'k1', ...until('2026-09-26T07:16:52Z') },
          denied,
        ],
        [
          'owner-resource-deny-legal',
          'PutObjectLegalHold',
          { Bucket, Key: 'kept', VersionId: 'k1', LegalHold: { Status: 'ON' } },
          denied,
        ],
        ['owner-resource-deny-bypass', 'DeleteObject', { Bucket, Key: 'kept', VersionId: 'k1', ...bypass }, denied],
      ],
    },
    'the condition keys of a write are those of its headers, or of the default of its bucket': {
      fact: 'F490',
      state: state(twoDays),
      calls: [
        [
          'condition-mode-retention',
          'PutObjectRetention',
          { ...locked, ...until('2026-09-26T07:16:39Z') },
          denied,
          {},
          denying(ofLock, { StringEquals: { 's3:object-lock-mode': 'GOVERNANCE' } }),
        ],
        [
          'condition-mode-explicit',
          'PutObject',
          { Bucket, Key: 'k', ...data, ...retained('2026-09-26T07:16:40Z') },
          denied,
          {},
          denying(ofLock, { StringEquals: { 's3:object-lock-mode': 'GOVERNANCE' } }),
        ],
        [
          'condition-mode-implicit',
          'PutObject',
          { Bucket, Key: 'k', ...data },
          denied,
          {},
          denying(ofLock, { StringEquals: { 's3:object-lock-mode': 'GOVERNANCE' } }),
        ],
        [
          'condition-date-retention',
          'PutObjectRetention',
          { ...locked, ...until('2026-09-26T07:16:43Z') },
          denied,
          {},
          denying(ofLock, { DateGreaterThan: { 's3:object-lock-retain-until-date': '2026-09-22T07:16:39+00:00' } }),
        ],
        [
          'condition-date-implicit',
          'PutObject',
          { Bucket, Key: 'k', ...data },
          denied,
          {},
          denying(ofLock, { DateGreaterThan: { 's3:object-lock-retain-until-date': '2026-09-22T07:16:39+00:00' } }),
        ],
        [
          'condition-remaining-explicit',
          'PutObject',
          { Bucket, Key: 'k', ...data, ...retained('2026-09-26T07:16:47Z') },
          denied,
          {},
          denying(ofLock, { NumericGreaterThan: { 's3:object-lock-remaining-retention-days': '2' } }),
        ],
        [
          'condition-remaining-implicit',
          'PutObject',
          { Bucket, Key: 'k', ...data },
          '200',
          {},
          denying(ofLock, { NumericGreaterThan: { 's3:object-lock-remaining-retention-days': '2' } }),
        ],
        [
          'condition-legal-on',
          'PutObjectLegalHold',
          { ...locked, LegalHold: { Status: 'ON' } },
          denied,
          {},
          denying(ofLock, { StringEquals: { 's3:object-lock-legal-hold': 'ON' } }),
        ],
        [
          'condition-legal-off',
          'PutObjectLegalHold',
          { ...locked, LegalHold: { Status: 'OFF' } },
          '200',
          {},
          denying(ofLock, { StringEquals: { 's3:object-lock-legal-hold': 'ON' } }),
        ],
        [
          'condition-legal-put-on',
          'PutObject',
          { Bucket, Key: 'k', ...data, ObjectLockLegalHoldStatus: 'ON' },
          denied,
          {},
          denying(ofLock, { StringEquals: { 's3:object-lock-legal-hold': 'ON' } }),
        ],
        [
          'implicit-days-deny-key-present-s3:PutObject',
          'PutBucketPolicy',
          denyPolicy('s3:PutObject', { Null: { 's3:object-lock-remaining-retention-days': 'false' } }),
          '204',
        ],
        ['implicit-days-key-presence-s3:PutObject', 'PutObject', { Bucket, Key: 'k', ...data }, denied],
        [
          'implicit-days-deny-key-present-s3:PutObjectRetention',
          'PutBucketPolicy',
          denyPolicy('s3:PutObjectRetention', { Null: { 's3:object-lock-remaining-retention-days': 'false' } }),
          '204',
        ],
        ['implicit-days-key-presence-s3:PutObjectRetention', 'PutObject', { Bucket, Key: 'k', ...data }, '200'],
      ],
    },
    'the remaining days are whole ones, and what is left of a day does not count': {
      fact: 'F490',
      state: state(),
      calls: [
        [
          'rounding-deny-remaining-over2',
          'PutBucketPolicy',
          denyPolicy('s3:PutObjectRetention', {
            NumericGreaterThan: { 's3:object-lock-remaining-retention-days': '2' },
          }),
          '204',
        ],
        [
          'rounding-set-two-days-minus60',
          'PutObjectRetention',
          { Bucket, Key: 'free', ...until('2026-09-23T07:15:00Z') },
          '200',
        ],
        [
          'rounding-set-two-days-plus60',
          'PutObjectRetention',
          { Bucket, Key: 'free', ...until('2026-09-23T07:16:59Z') },
          '200',
        ],
        [
          'rounding-set-three-days-plus60',
          'PutObjectRetention',
          { Bucket, Key: 'free', ...until('2026-09-24T07:16:59Z') },
          denied,
        ],
      ],
    },
    'another account has the rights of a lock that the bucket grants': {
      state: { ...state(twoDays), accounts: ['partner'] },
      calls: [
        ['foreign-no-resource-grant', 'GetObjectRetention', locked, denied, {}, { by: 'partner' }],
        [
          'foreign-owned-resource-grant',
          'PutBucketPolicy',
          {
            Bucket,
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { AWS: '$(account:partner)' },
                  Action: [
                    's3:GetBucketObjectLockConfiguration',
                    's3:PutBucketObjectLockConfiguration',
                    's3:GetObjectRetention',
                    's3:PutObjectRetention',
                    's3:GetObjectLegalHold',
                    's3:PutObjectLegalHold',
                    's3:DeleteObjectVersion',
                    's3:BypassGovernanceRetention',
                  ],
                  Resource: ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'],
                },
              ],
            }),
          },
          '204',
        ],
        [
          'foreign-granted-get-object-lock-configuration',
          'GetObjectLockConfiguration',
          { Bucket },
          '200',
          { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 2 } } } },
          { by: 'partner' },
        ],
        [
          'foreign-granted-get-object-retention',
          'GetObjectRetention',
          locked,
          '200',
          until('2026-09-24T07:16:00Z'),
          { by: 'partner' },
        ],
        [
          'foreign-granted-put-object-retention',
          'PutObjectRetention',
          { ...locked, ...until('2026-09-26T07:17:02Z') },
          '200',
          {},
          { by: 'partner' },
        ],
        [
          'foreign-granted-put-object-legal-hold',
          'PutObjectLegalHold',
          { ...locked, LegalHold: { Status: 'OFF' } },
          '200',
          {},
          { by: 'partner' },
        ],
        ['foreign-bypass-delete', 'DeleteObject', { ...locked, ...bypass }, '204', {}, { by: 'partner' }],
      ],
    },
    'the parts of an upload with a lock need a digest': {
      fact: 'F105',
      state: state(),
      calls: [
        ['plain-put-no-default-no-checksum', 'PutObject', { Bucket, Key: 'k', Body: 'data' }, '200'],
        ['plain-mpu-init', 'CreateMultipartUpload', { Bucket, Key: 'plain' }, '200', { UploadId: '$(plain)' }],
        [
          'plain-part-no-checksum',
          'UploadPart',
          { Bucket, Key: 'plain', UploadId: '$(plain)', PartNumber: 1, Body: 'data' },
          '200',
        ],
        [
          'explicit-mpu-init',
          'CreateMultipartUpload',
          { Bucket, Key: 'own', ...retained('2026-09-21T07:49:20Z') },
          '200',
          { UploadId: '$(own)' },
        ],
        [
          'explicit-part-no-checksum',
          'UploadPart',
          { Bucket, Key: 'own', UploadId: '$(own)', PartNumber: 1, Body: 'data' },
          '400 InvalidRequest',
        ],
        [
          'explicit-part-md5-control',
          'UploadPart',
          { Bucket, Key: 'own', UploadId: '$(own)', PartNumber: 1, ...data },
          '200',
        ],
        [
          'set-fixed-default',
          'PutObjectLockConfiguration',
          {
            Bucket,
            ObjectLockConfiguration: {
              ObjectLockEnabled: 'Enabled',
              Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } },
            },
          },
          '200',
        ],
        ['default-mpu-init', 'CreateMultipartUpload', { Bucket, Key: 'default' }, '200', { UploadId: '$(default)' }],
        [
          'default-part-no-checksum',
          'UploadPart',
          { Bucket, Key: 'default', UploadId: '$(default)', PartNumber: 1, Body: 'data' },
          '400 InvalidRequest',
        ],
        [
          'default-part-md5-control',
          'UploadPart',
          { Bucket, Key: 'default', UploadId: '$(default)', PartNumber: 1, ...data },
          '200',
        ],
        [
          'invalid-mode-header',
          'PutObject',
          { Bucket, Key: 'k', ...data, ...retained('2026-09-21T07:49:20Z'), ObjectLockMode: 'INVALID' },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-object-lock-mode', ArgumentValue: 'INVALID' },
        ],
      ],
    },
  },
};
