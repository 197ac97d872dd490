import { Bucket } from '../bucket';
import { type ConditionName, isConditionName, readSelection, withoutCondition } from '../configurations/filters';
import type { ReplicationRule } from '../configurations/replication-rules';
import { isObject, type ObjectContent, type Version } from '../versions/version';
import { chooseRules } from './replication-rules';

type Repair = ConditionName | keyof typeof repairs;

export type Obstacle = Repair | 'another rule' | 'unknown';

interface Case {
  readonly rule: ReplicationRule;
  readonly version: Version;
}

const repairs = {
  disabled: ({ rule, version }) => ({ rule: { ...rule, Status: 'Enabled' }, version }),
  'delete marker': ({ rule, version }) => ({ rule: isObject(version) ? rule : copyingMarkers(rule), version }),
  'storage class': ({ rule, version }) => ({ rule, version: withContent(version, { storageClass: 'STANDARD' }) }),
  encryption: ({ rule, version }) => ({ rule, version: withContent(version, { encryption: {} }) }),
  owner: ({ rule, version }) => ({ rule, version: { ...version, acl: undefined } }),
  'null version': ({ rule, version }) => ({
    rule,
    version: version.explicitId === 'null' ? { ...version, explicitId: undefined } : version,
  }),
} as const satisfies Readonly<Record<string, (one: Case) => Case>>;

type OtherRepair = keyof typeof repairs;

/** The names of the repairs. Repairs of the rule come first, so that its obstacles are named first. */
const repairNames = Object.keys(repairs) as [OtherRepair, ...OtherRepair[]]; // its own keys

function repair({ rule, version }: Case, name: Repair): Case {
  return isConditionName(name) ? { rule: selectingMore(rule, name), version } : repairs[name]({ rule, version });
}

/** Asks the rules themselves what they would do if one thing were otherwise, so that it cannot say anything else than they do. */
export function findObstacles(
  rule: ReplicationRule,
  version: Version,
  bucket: Bucket,
  buckets: ReadonlyMap<string, Bucket>,
): readonly Obstacle[] {
  if (chooseRules(version, bucket, buckets).includes(rule)) return [];
  const [disabled, ...others] = repairNames;
  const names: readonly Repair[] = [disabled, ...readSelection(rule).narrowing.keys(), ...others];
  const isSelected = (some: readonly Repair[]) => {
    const repaired = some.reduce<Case>(repair, { rule, version });
    return chooseRules(repaired.version, withOnly(repaired.rule, bucket), buckets).length > 0;
  };
  if (isSelected([])) return ['another rule'];
  if (!isSelected(names)) return ['unknown'];
  return names.filter((name) => !isSelected(names.filter((other) => other !== name)));
}

/** Makes the bucket as it would be with this rule alone. Neither bucket is changed, so they can share their contents. */
function withOnly(rule: ReplicationRule, bucket: Bucket): Bucket {
  const { settings, versions, uploads, replications } = bucket;
  const replication = { ...settings.replication, Rules: [rule] };
  return new Bucket(bucket, { ...settings, replication }, undefined, { versions, uploads, replications });
}

function withContent(version: Version, changed: Partial<ObjectContent>): Version {
  return isObject(version) ? { ...version, content: { ...version.content, ...changed } } : version;
}

function selectingMore({ Filter, ...rule }: ReplicationRule, name: ConditionName): ReplicationRule {
  if (Filter !== undefined) return { ...rule, Filter: withoutCondition(Filter, name) };
  return name === 'Prefix' ? { ...rule, Prefix: '' } : rule;
}

/** Rules of the first version do not say whether they copy markers. */
function copyingMarkers(rule: ReplicationRule): ReplicationRule {
  return {
    ...rule,
    Filter: rule.Filter ?? { Prefix: rule.Prefix ?? '' },
    DeleteMarkerReplication: { Status: 'Enabled' },
  };
}
