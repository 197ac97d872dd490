import { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import { isObject, type ObjectContent, type Version } from '../versions/version';
import { chooseRules } from './replication-rules';

export type Obstacle = keyof typeof repairs | 'another rule' | 'unknown';

interface Case {
  readonly rule: ReplicationRule;
  readonly version: Version;
}

const repairs = {
  disabled: ({ rule, version }) => ({ rule: { ...rule, Status: 'Enabled' }, version }),
  prefix: ({ rule, version }) => ({ rule: withoutPrefix(rule), version }),
  tags: ({ rule, version }) => ({ rule: withoutTags(rule), version }),
  exclusion: ({ rule, version }) => ({ rule: withoutExclusion(rule), version }),
  'delete marker': ({ rule, version }) => ({ rule: isObject(version) ? rule : copyingMarkers(rule), version }),
  'storage class': ({ rule, version }) => ({ rule, version: withContent(version, { storageClass: 'STANDARD' }) }),
  encryption: ({ rule, version }) => ({ rule, version: withContent(version, { encryption: {} }) }),
  owner: ({ rule, version }) => ({ rule, version: { ...version, acl: undefined } }),
  'null version': ({ rule, version }) => ({
    rule,
    version: version.explicitId === 'null' ? { ...version, explicitId: undefined } : version,
  }),
} as const satisfies Readonly<Record<string, (one: Case) => Case>>;

const repairNames = Object.keys(repairs) as readonly (keyof typeof repairs)[]; // its own keys

/** Asks the rules themselves what they would do if one thing were otherwise, so that it cannot say anything else than they do. */
export function findObstacles(
  rule: ReplicationRule,
  version: Version,
  bucket: Bucket,
  buckets: ReadonlyMap<string, Bucket>,
): readonly Obstacle[] {
  if (chooseRules(version, bucket, buckets).includes(rule)) return [];
  const isSelected = (names: readonly (keyof typeof repairs)[]) => {
    const repaired = names.reduce<Case>((one, name) => repairs[name](one), { rule, version });
    return chooseRules(repaired.version, withOnly(repaired.rule, bucket), buckets).length > 0;
  };
  if (isSelected([])) return ['another rule'];
  if (!isSelected(repairNames)) return ['unknown'];
  return repairNames.filter((name) => !isSelected(repairNames.filter((other) => other !== name)));
}

/** Neither bucket is changed, so that they may share the contents. */
function withOnly(rule: ReplicationRule, bucket: Bucket): Bucket {
  const { settings, versions, uploads, replications } = bucket;
  const replication = { ...settings.replication, Rules: [rule] };
  return new Bucket(bucket, { ...settings, replication }, undefined, { versions, uploads, replications });
}

function withContent(version: Version, changed: Partial<ObjectContent>): Version {
  return isObject(version) ? { ...version, content: { ...version.content, ...changed } } : version;
}

function withoutPrefix(rule: ReplicationRule): ReplicationRule {
  const { Filter } = rule;
  if (Filter === undefined) return { ...rule, Prefix: '' };
  const { And } = Filter;
  return {
    ...rule,
    Filter: {
      ...(Filter.Tag && { Tag: Filter.Tag }),
      ...(And && { And: { ...(And.Tags && { Tags: And.Tags }), ...(And.Not && { Not: And.Not }) } }),
      ...(Filter.Not && { Not: Filter.Not }),
    },
  };
}

function withoutTags(rule: ReplicationRule): ReplicationRule {
  const { Filter } = rule;
  if (Filter === undefined) return rule;
  const { And, Not = And?.Not } = Filter;
  const Prefix = Filter.Prefix ?? And?.Prefix ?? '';
  return { ...rule, Filter: Not === undefined ? { Prefix } : { And: { Prefix, Not } } };
}

function withoutExclusion(rule: ReplicationRule): ReplicationRule {
  const { Filter } = rule;
  if (Filter === undefined) return rule;
  const { Not: _ofAll, And, ...others } = Filter;
  const { Not: _ofSome, ...ofAnd } = And ?? {};
  return { ...rule, Filter: { ...others, ...(And && { And: ofAnd }) } };
}

/** Rules of the first version do not say whether they copy markers. */
function copyingMarkers(rule: ReplicationRule): ReplicationRule {
  return {
    ...rule,
    Filter: rule.Filter ?? { Prefix: rule.Prefix ?? '' },
    DeleteMarkerReplication: { Status: 'Enabled' },
  };
}
