import { S3Error } from '../../refusals/s3-error';
import { required, structure } from '../../shapes/elements';
import { replicationFilter } from '../../shapes/filters';
import type { ValueOf } from '../../shapes/shape';
import { integer, text, words } from '../../shapes/values';
import { findRepeated } from '../../text/lists';
import { writeGiven } from '../../text/values';
import { hasFormOfKmsKey } from '../kms';
import { countConditions, type Exclusion, listExclusions, readSelection, writeAnd } from './filters';

const status = required(words('Enabled', 'Disabled'));

const minutes = structure({ Minutes: integer });

const encryption = structure({ ReplicaKmsKeyID: text, UseSourceMultiRegionKey: structure({ Status: status }) });

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
  EncryptionConfiguration: encryption,
  ReplicationTime: structure({ Status: status, Time: required(minutes) }),
  Metrics: structure({ Status: status, EventThreshold: minutes }),
});

export const replicationRule = structure({
  ID: text,
  Priority: integer,
  Prefix: text,
  Filter: replicationFilter,
  Status: status,
  SourceSelectionCriteria: structure({
    SseKmsEncryptedObjects: structure({ Status: status }),
    ReplicaModifications: structure({ Status: status }),
  }),
  ExistingObjectReplication: structure({ Status: status }),
  Destination: required(destination),
  DeleteMarkerReplication: structure({ Status: words('Enabled', 'Disabled') }),
});

const { ID, Status, DeleteMarkerReplication, Destination, Priority, Filter, ...others } = replicationRule.members;

/** The rule with its members in the order of IBM COS (F370). */
export const replicationRuleOnCos = structure({
  ID,
  Status,
  DeleteMarkerReplication,
  Destination,
  Priority,
  Filter,
  ...others,
});

export type ReplicationRule = ValueOf<typeof replicationRule>;

/** The differences between AWS and IBM COS in rules of replication (F370). */
export interface ReplicationSchema {
  readonly requiresRole: boolean;
  /** The group of the address is the name of the bucket. */
  readonly destination: RegExp;
  readonly idCharacters: RegExp;
  readonly requiredMembers: readonly (keyof ReplicationRule)[];
  readonly lackedMembers: readonly (keyof ReplicationRule | keyof ReplicationRule['Destination'])[];
  /** Whether a filter can contain a Not (F1621). */
  readonly excludesObjects: boolean;
  /** Whether a rule that filters by tags can replicate delete markers. */
  readonly copiesMarkersByTags: boolean;
  /** Whether only one rule copies a version. If not, one rule copies it to each destination. It is the rule with the highest priority. */
  readonly appliesOneRule: boolean;
  readonly copiesCustomerKeys: boolean;
  /** Whether objects that a KMS key encrypts are copied only if a rule says so. */
  readonly selectsKmsObjects: boolean;
  readonly copiesAcls: boolean;
  /** The refusal of a destination that does not exist (F368). */
  readonly missingDestination: 'ReplicationDestinationMissing' | 'ReplicationDestinationUnversioned';
  /** The rule and the role by which tasks that wait are copied (F853). */
  readonly goesBy: 'configuration of the write' | 'configuration of the copy';
  /** The days for which IBM COS tries a failed copy again. Is undefined on AWS, where a copy fails for good unless the failure is temporary. */
  readonly retriedDays: number | undefined;
}

/** AWS no longer has ExistingObjectReplication. */
export const awsReplication: ReplicationSchema = {
  requiresRole: true,
  destination: /^arn:aws[\w-]*:s3:::([^:/*]+)$/,
  idCharacters: /^/,
  requiredMembers: [],
  lackedMembers: ['ExistingObjectReplication'],
  excludesObjects: true,
  copiesMarkersByTags: false,
  appliesOneRule: false,
  copiesCustomerKeys: true,
  selectsKmsObjects: true,
  copiesAcls: true,
  missingDestination: 'ReplicationDestinationMissing',
  goesBy: 'configuration of the write',
  retriedDays: undefined,
};

export const cosReplication: ReplicationSchema = {
  requiresRole: false,
  destination: /^crn:v1:[\w-]+:[\w-]+:cloud-object-storage:[\w-]*:[\w/-]*:[\w-]*:bucket:([^:/*]+)$/,
  idCharacters: /^[\w!.*'()-]*$/,
  requiredMembers: ['Filter', 'Priority', 'DeleteMarkerReplication'],
  lackedMembers: [
    ...(['Prefix', 'SourceSelectionCriteria', 'ExistingObjectReplication'] as const),
    ...(['Account', 'StorageClass', 'AccessControlTranslation', 'EncryptionConfiguration'] as const),
    ...(['ReplicationTime', 'Metrics'] as const),
  ],
  excludesObjects: false,
  copiesMarkersByTags: true,
  appliesOneRule: true,
  copiesCustomerKeys: false,
  selectsKmsObjects: false,
  copiesAcls: false,
  missingDestination: 'ReplicationDestinationUnversioned',
  goesBy: 'configuration of the copy',
  retriedDays: 30,
};

/** Checks the rules, whatever their destinations are. S3 checks the schema of all rules before the values of any. */
export function checkRules(rules: readonly ReplicationRule[], schema: ReplicationSchema): void {
  for (const rule of rules) {
    checkMembers(rule, schema);
    checkFilterSchema(rule, schema);
  }
  if (rules.length > 1000) throw new S3Error('ReplicationRulesTooMany', {}, `the document has ${rules.length} rules`);
  checkIds(rules, schema);
  const isV1 = areOfFirstVersion(rules);
  for (const rule of rules) {
    checkVersion(rule, isV1);
    checkPrefix(rule);
    checkTagKeys(rule);
    checkMarkers(rule, schema);
    checkCriteria(rule);
  }
  checkPriorities(rules);
  if (isV1) checkPrefixes(rules);
}

/** If one rule has no filter, all rules are of the first version (F369). */
export function areOfFirstVersion(rules: readonly ReplicationRule[]): boolean {
  return rules.some(({ Filter }) => Filter === undefined);
}

function refusalForForm(why: string): S3Error {
  return new S3Error('MalformedXML', {}, why);
}

function named({ ID, Destination: { Bucket } }: ReplicationRule) {
  return { ID, Bucket };
}

function whichRule({ ID, Destination: { Bucket } }: ReplicationRule): string {
  return ID ? `the rule ${writeGiven(ID)}` : `the rule to ${writeGiven(Bucket)}`;
}

function checkMembers(rule: ReplicationRule, { requiredMembers, lackedMembers }: ReplicationSchema): void {
  const missing = requiredMembers.find((name) => rule[name] === undefined);
  if (missing !== undefined) throw refusalForForm(`a <Rule> has no <${missing}>, which is required`);
  const names = [...Object.keys(rule), ...Object.keys(rule.Destination)];
  const lacked = lackedMembers.find((name) => names.includes(name));
  if (lacked !== undefined) throw refusalForForm(`the service has no ${lacked}`);
  const { DeleteMarkerReplication: markers, Destination } = rule;
  if (markers !== undefined && markers.Status === undefined)
    throw refusalForForm('<DeleteMarkerReplication> has no <Status>, which is required');
  // A directory bucket, whose only class this is, cannot be a destination.
  if (Destination.StorageClass === 'EXPRESS_ONEZONE')
    throw refusalForForm('a replica cannot have the storage class EXPRESS_ONEZONE');
}

function checkFilterSchema({ Prefix, Filter }: ReplicationRule, { excludesObjects }: ReplicationSchema): void {
  if ((Prefix === undefined) === (Filter === undefined))
    throw refusalForForm('a <Rule> has either <Filter> or <Prefix>');
  if (Filter === undefined) return;
  const { And, Not = And?.Not } = Filter;
  if (Object.keys(Filter).length > 1)
    throw refusalForForm(`a <Filter> has one condition; several conditions need an <And>${writeAnd(Filter)}`);
  if (Not !== undefined && !excludesObjects) throw refusalForForm('the service has no Not');
  if (Not !== undefined) checkExclusionSchema(Not);
  if (And !== undefined && countConditions(And) < 2) throw refusalForForm('an <And> has two conditions or more');
}

function checkExclusionSchema(exclusion: Exclusion): void {
  const { Or } = exclusion;
  if (Object.keys(exclusion).length !== 1)
    throw refusalForForm('a <Not> has one of <Prefix>, <Tag> and <Or>; several need an <Or>');
  if (Or !== undefined && listExclusions(exclusion).length === 0)
    throw refusalForForm('an <Or> has a <Prefix> or a <Tag> at least');
}

function checkIds(rules: readonly ReplicationRule[], { idCharacters }: ReplicationSchema): void {
  const ids = rules.flatMap(({ ID }) => (ID ? [ID] : []));
  for (const [index, id] of ids.entries()) {
    const argument = { ArgumentName: 'ID', ArgumentValue: id };
    if (id.length > 255) throw new S3Error('ReplicationIdTooLong', argument);
    if (!idCharacters.test(id)) throw new S3Error('ReplicationIdCharacters', argument);
    if (ids.indexOf(id) < index) throw new S3Error('ReplicationIdRepeated', argument);
  }
}

function checkVersion(rule: ReplicationRule, isV1: boolean): void {
  for (const member of ['Priority', 'DeleteMarkerReplication'] as const) {
    const isThere = rule[member] !== undefined;
    if (isV1 && isThere)
      throw new S3Error(
        'ReplicationMemberInV1',
        { member },
        `${whichRule(rule)} has ${member}, but a rule of the document has no Filter`,
      );
    if (!isV1 && !isThere)
      throw new S3Error('ReplicationMemberMissing', { member }, `${whichRule(rule)} has a Filter, and no ${member}`);
  }
}

function checkPrefix(rule: ReplicationRule): void {
  const { written } = readSelection(rule);
  const long = [written.Prefix, ...listExclusions(written.Not).map((one) => one.prefix)].find(
    (one = '') => Buffer.byteLength(one) > 1024,
  );
  if (long !== undefined) throw new S3Error('ReplicationPrefixTooLong').quoting({ Prefix: long });
}

function checkTagKeys(rule: ReplicationRule): void {
  const repeated = findRepeated((rule.Filter?.And?.Tags ?? []).map(({ Key }) => Key));
  if (repeated !== undefined) throw new S3Error('ReplicationTagKeyRepeated').quoting({ ...named(rule), Key: repeated });
}

function checkMarkers(rule: ReplicationRule, { copiesMarkersByTags }: ReplicationSchema): void {
  const { DeleteMarkerReplication } = rule;
  const { written, tags } = readSelection(rule);
  const hasTags = [...tags, ...listExclusions(written.Not).flatMap((one) => one.tags)].length > 0;
  if (hasTags && DeleteMarkerReplication?.Status === 'Enabled' && !copiesMarkersByTags)
    throw new S3Error('ReplicationMarkersWithTags').quoting(named(rule));
}

function checkCriteria(rule: ReplicationRule): void {
  const { SourceSelectionCriteria: criteria } = rule;
  if (criteria !== undefined && Object.keys(criteria).length === 0)
    throw new S3Error('ReplicationCriteriaEmpty').quoting(named(rule));
}

function checkPriorities(rules: readonly ReplicationRule[]): void {
  const priorities = rules.flatMap(({ Priority }) => (Priority === undefined ? [] : [Priority]));
  const negative = priorities.find((priority) => priority < 0);
  if (negative !== undefined) throw new S3Error('ReplicationPriorityNegative').quoting({ Priority: negative });
  const repeated = priorities.find((priority, index) => priorities.indexOf(priority) < index);
  if (repeated !== undefined) throw new S3Error('ReplicationPriorityRepeated', { priority: repeated });
}

/** Rules of the first version have no priority, so only one rule can apply to a key. */
function checkPrefixes(rules: readonly ReplicationRule[]): void {
  const prefixes = rules.map((rule) => readSelection(rule).written.Prefix ?? '');
  for (const [index, longer] of prefixes.entries()) {
    for (const before of prefixes.slice(0, index)) {
      if (longer.startsWith(before)) throw new S3Error('ReplicationPrefixesOverlap', { shorter: before, longer });
      if (before.startsWith(longer))
        throw new S3Error('ReplicationPrefixesOverlap', { shorter: longer, longer: before });
    }
  }
}

type Destination = ReplicationRule['Destination'];

/** Reads the names of the destinations, whatever the state of these buckets is. Throws if S3 refuses them. */
export function readDestinations(
  rules: readonly ReplicationRule[],
  source: string,
  { destination }: ReplicationSchema,
): readonly string[] {
  const names = rules.map((rule) => {
    const name = readBucketName(rule.Destination, destination);
    if (name === source)
      throw new S3Error('ReplicationDestinationIsSource').quoting({ Bucket: rule.Destination.Bucket });
    checkOwner(rule.Destination);
    checkKey(rule);
    checkTime(rule.Destination);
    return name;
  });
  const different = [...new Set(names)];
  // Rules of the first version have one destination (F369).
  if (different.length > 1 && areOfFirstVersion(rules))
    throw new S3Error('ReplicationDestinationsDiffer').quoting({ Bucket: different.join(', ') });
  return different;
}

function readBucketName({ Bucket }: Destination, address: RegExp): string {
  if (Bucket === '') throw new S3Error('ReplicationDestinationEmpty').quoting({ Bucket });
  const [, name] = address.exec(Bucket) ?? [];
  if (name === undefined)
    throw new S3Error('ReplicationDestinationInvalid', { ArgumentName: 'Bucket', ArgumentValue: Bucket });
  return name;
}

function checkOwner({ Account, AccessControlTranslation: translation, Bucket }: Destination): void {
  if (Account === '') throw new S3Error('ReplicationAccountEmpty', { ArgumentName: 'Account', ArgumentValue: Account });
  if (translation !== undefined && Account === undefined)
    throw new S3Error('ReplicationAccountMissing').quoting({ Bucket, Owner: translation.Owner });
}

function checkKey({ Destination: destination, SourceSelectionCriteria: criteria }: ReplicationRule): void {
  const { Bucket, EncryptionConfiguration: encryption } = destination;
  const isSelected = criteria?.SseKmsEncryptedObjects !== undefined;
  if (encryption !== undefined && !isSelected) throw new S3Error('ReplicationKeyUnexpected').quoting({ Bucket });
  const key = encryption?.ReplicaKmsKeyID;
  const usesSourceKey = encryption?.UseSourceMultiRegionKey?.Status === 'Enabled';
  if (isSelected && !key && !usesSourceKey) throw new S3Error('ReplicationKeyMissing').quoting({ Bucket });
  // S3 reads the form of the name, and does not look for the key.
  if (key !== undefined && !hasFormOfKmsKey(key))
    throw new S3Error('ReplicationKeyInvalid', { ArgumentName: 'ReplicaKmsKeyID', ArgumentValue: key });
}

const timeInMinutes = 15;

function checkTime({ Bucket, ReplicationTime: time, Metrics: metrics }: Destination): void {
  if (time !== undefined && metrics === undefined) throw new S3Error('ReplicationMetricsMissing').quoting({ Bucket });
  if (time !== undefined && time.Time.Minutes !== timeInMinutes)
    throw new S3Error('ReplicationTimeInvalid', argument('ReplicationTime', time.Time.Minutes));
  checkThreshold(time?.Status === 'Enabled', metrics?.EventThreshold?.Minutes);
  if (time !== undefined && time.Status !== metrics?.Status)
    throw new S3Error('ReplicationStatusesDiffer').quoting({ Bucket });
}

function checkThreshold(isEnabled: boolean, threshold: number | undefined): void {
  if (!isEnabled) {
    if (threshold !== undefined) throw new S3Error('ReplicationThresholdUnexpected', argument('Metrics', threshold));
    return;
  }
  if (threshold === undefined)
    throw new S3Error('ReplicationThresholdMissing', argument('ReplicationMetrics', threshold));
  if (threshold !== timeInMinutes)
    throw new S3Error('ReplicationThresholdInvalid', argument('ReplicationMetrics', threshold));
}

function argument(ArgumentName: string, value: number | undefined) {
  return { ArgumentName, ArgumentValue: value === undefined ? '' : String(value) };
}
