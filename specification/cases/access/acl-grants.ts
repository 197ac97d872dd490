import type { RecordedCases } from '../../../src/facts/case';

const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
const object = { Bucket: 'vault', Key: 'acl-probe' };
const full = { Grantee: { ID: '$(owner)', Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' };
const readAcp = { Grantee: { Type: 'Group', URI: logDelivery }, Permission: 'READ_ACP' };

export const aclGrants: RecordedCases = {
  file: 'acl_notifications_replay.json',
  recorded: 'September 2026',
  cases: {
    'grants of headers are listed in a fixed order, and grants of a document in the order of the document': {
      fact: 'F280',
      state: { buckets: { vault: { ownershipControls: 'ObjectWriter', objects: { 'acl-probe': 'data' } } } },
      calls: [
        ['get-object-acl-9', 'GetObjectAcl', object, '200', { Grants: [full] }],
        [
          'put-object-acl-10',
          'PutObjectAcl',
          { ...object, GrantFullControl: 'id="$(owner)"', GrantReadACP: `uri="${logDelivery}"` },
          '200',
        ],
        ['get-object-acl-11', 'GetObjectAcl', object, '200', { Grants: [full, readAcp] }],
        [
          'put-object-acl-13',
          'PutObjectAcl',
          { ...object, AccessControlPolicy: { Owner: { ID: '$(owner)' }, Grants: [readAcp, full] } },
          '200',
        ],
      ],
    },
  },
};
