import { list, required, structure } from '../elements';
import { tag } from '../lifecycle';
import { integer, text, words } from '../values';

/** What a copy to another bucket is of: a whole version, or a part of one that was copied before. */
export type ReplicatedPart = 'object' | 'delete marker' | 'tags' | 'annotations' | 'acl' | 'retention' | 'legal hold';

const status = required(words('Enabled', 'Disabled'));

const minutes = structure({ Minutes: integer });

const destination = structure({
  Bucket: required(text),
  Account: text,
  StorageClass: words(
    'STANDARD',
    'REDUCED_REDUNDANCY',
    'STANDARD_IA',
    'INTELLIGENT_TIERING',
    'ONEZONE_IA',
    'GLACIER_IR',
    'GLACIER',
    'DEEP_ARCHIVE',
    'EXPRESS_ONEZONE',
    'OUTPOSTS',
    'SNOW',
    'FSX_OPENZFS',
    'FSX_ONTAP',
    'AWS_BACKUP_WARM',
    'AWS_BACKUP_LOW_COST_WARM',
  ),
  AccessControlTranslation: structure({ Owner: required(words('Destination')) }),
  EncryptionConfiguration: structure({ ReplicaKmsKeyID: text }),
  ReplicationTime: structure({ Status: status, Time: required(minutes) }),
  Metrics: structure({ Status: status, EventThreshold: minutes }),
});

const rule = structure({
  ID: text,
  Priority: integer,
  Prefix: text,
  Filter: structure({
    Prefix: text,
    Tag: tag,
    And: structure({ Prefix: text, Tags: list(tag, 'Tag') }),
  }),
  Status: status,
  SourceSelectionCriteria: structure({
    SseKmsEncryptedObjects: structure({ Status: status }),
    ReplicaModifications: structure({ Status: status }),
  }),
  ExistingObjectReplication: structure({ Status: status }),
  Destination: required(destination),
  DeleteMarkerReplication: structure({ Status: words('Enabled', 'Disabled') }),
});

/** The rules by which versions are copied to other buckets. */
export const replication = structure({ Role: text, Rules: required(list(rule, 'Rule')) });

const { ID, Status, DeleteMarkerReplication, Destination, Priority, Filter, ...others } = rule.members;

/** The same in the order in which IBM COS writes it (F370). */
export const replicationOnCos = structure({
  Role: text,
  Rules: required(
    list(structure({ ID, Status, DeleteMarkerReplication, Destination, Priority, Filter, ...others }), 'Rule'),
  ),
});
