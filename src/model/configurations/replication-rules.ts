import { S3Error } from '../../refusals/s3-error';
import { findRepeated } from '../../text/lists';
import { writeGiven } from '../../text/values';
import type { ReplicationRule, ReplicationSchema } from './replication-schema';

/** Throws if S3 refuses the rules, whatever their destinations are. S3 checks the schema of all rules before the values of any. */
export function checkRules(rules: readonly ReplicationRule[], schema: ReplicationSchema): void {
  for (const rule of rules) {
    checkMembers(rule, schema);
    checkFilterSchema(rule);
  }
  if (rules.length > 1000) throw new S3Error('ReplicationRulesTooMany', {}, `the document has ${rules.length} rules`);
  checkIds(rules, schema);
  const isV1 = areOfFirstVersion(rules);
  for (const rule of rules) {
    if (isV1) checkV1(rule);
    else checkV2(rule);
    checkPrefix(rule);
    checkTagKeys(rule);
    checkMarkers(rule, schema);
    checkCriteria(rule);
  }
  checkPriorities(rules);
  if (isV1) checkPrefixes(rules);
}

/** Whether rules are those of the first version: one rule without a filter makes all rules so (F369). */
export function areOfFirstVersion(rules: readonly ReplicationRule[]): boolean {
  return rules.some(({ Filter }) => Filter === undefined);
}

function refusalForForm(why: string): S3Error {
  return new S3Error('MalformedXML', {}, why);
}

/** The values by which a reader finds a rule. */
function named({ ID, Destination: { Bucket } }: ReplicationRule) {
  return { ID, Bucket };
}

function whichRule({ ID, Destination: { Bucket } }: ReplicationRule): string {
  return ID ? `the rule ${writeGiven(ID)}` : `the rule to ${writeGiven(Bucket)}`;
}

function checkMembers(rule: ReplicationRule, { requiredMembers, lackedMembers }: ReplicationSchema): void {
  const missing = requiredMembers.find((name) => rule[name] === undefined);
  if (missing !== undefined) throw refusalForForm(`a <Rule> has no <${missing}>, which is required`);
  const given = [...Object.keys(rule), ...Object.keys(rule.Destination)];
  const lacked = lackedMembers.find((name) => given.includes(name));
  if (lacked !== undefined) throw refusalForForm(`the service has no ${lacked}`);
  const { DeleteMarkerReplication: markers, Destination } = rule;
  if (markers !== undefined && markers.Status === undefined)
    throw refusalForForm('<DeleteMarkerReplication> has no <Status>, which is required');
  // Those of directory buckets cannot be a destination.
  if (Destination.StorageClass === 'EXPRESS_ONEZONE') throw refusalForForm('no replica has the class EXPRESS_ONEZONE');
}

function checkFilterSchema({ Prefix, Filter }: ReplicationRule): void {
  if ((Prefix === undefined) === (Filter === undefined))
    throw refusalForForm('a <Rule> has either <Filter> or <Prefix>');
  if (Filter === undefined) return;
  const { And } = Filter;
  if (Object.keys(Filter).length > 1)
    throw refusalForForm('a <Filter> has one condition; several conditions need an <And>');
  if (And === undefined) return;
  const conditions = (And.Prefix === undefined ? 0 : 1) + (And.Tags?.length ?? 0);
  if (conditions < 2) throw refusalForForm('an <And> has two conditions or more');
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

function checkV1(rule: ReplicationRule): void {
  for (const member of ['Priority', 'DeleteMarkerReplication'] as const) {
    if (rule[member] !== undefined)
      throw new S3Error(
        'ReplicationMemberInV1',
        { member },
        `${whichRule(rule)} has ${member}, but a rule of the document has no Filter`,
      );
  }
}

function checkV2(rule: ReplicationRule): void {
  for (const member of ['Priority', 'DeleteMarkerReplication'] as const) {
    if (rule[member] === undefined)
      throw new S3Error('ReplicationMemberMissing', { member }, `${whichRule(rule)} has a Filter, and no ${member}`);
  }
}

/** The text that the keys of a rule begin with. */
export function prefixOf({ Prefix, Filter }: ReplicationRule): string {
  return Prefix ?? Filter?.Prefix ?? Filter?.And?.Prefix ?? '';
}

function checkPrefix(rule: ReplicationRule): void {
  const prefix = prefixOf(rule);
  if (Buffer.byteLength(prefix) > 1024) throw new S3Error('ReplicationPrefixTooLong').quoting({ Prefix: prefix });
}

function checkTagKeys(rule: ReplicationRule): void {
  const repeated = findRepeated((rule.Filter?.And?.Tags ?? []).map(({ Key }) => Key));
  if (repeated !== undefined) throw new S3Error('ReplicationTagKeyRepeated').quoting({ ...named(rule), Key: repeated });
}

function checkMarkers(rule: ReplicationRule, { copiesMarkersByTags }: ReplicationSchema): void {
  const { DeleteMarkerReplication, Filter = {} } = rule;
  const hasTags = Filter.Tag !== undefined || (Filter.And?.Tags ?? []).length > 0;
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

/** Rules of the first version have no priority, so that only one may apply to a key. */
function checkPrefixes(rules: readonly ReplicationRule[]): void {
  const prefixes = rules.map(prefixOf);
  for (const [index, longer] of prefixes.entries()) {
    for (const before of prefixes.slice(0, index)) {
      if (longer.startsWith(before)) throw new S3Error('ReplicationPrefixesOverlap', { shorter: before, longer });
      if (before.startsWith(longer))
        throw new S3Error('ReplicationPrefixesOverlap', { shorter: longer, longer: before });
    }
  }
}
