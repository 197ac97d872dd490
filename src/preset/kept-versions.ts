import type { Bucket } from '../model/bucket';
import { readSelection, type Selection } from '../model/configurations/filters';
import { leastSize, movesAnySize } from '../model/lifecycle/due-actions';
import { type LifecycleConfiguration, type LifecycleRule, makeFilterSubject } from '../model/lifecycle/rules';
import type { Store } from '../model/store';
import type { ObjectVersion, Version } from '../model/versions/version';
import { counted, grouped } from '../text/counts';
import { writeKey } from '../text/values';
import { findEnds, type PlannedAction, planLifecycle } from './plans';
import { listVersions, showFacts } from './version-copies';

/** Says why lifecycle has left the versions of a key. The list is empty if the bucket has no rules, or the key no versions. */
export function whyKept(store: Store, bucket: Bucket, key: string): readonly string[] {
  const { lifecycle } = bucket;
  const current = bucket.versions.current(key);
  if (!lifecycle || current === undefined) return [];
  const ends = listEnds(store, bucket, key);
  if (ends.length > 0) return [writeEnds(ends, current, store)];
  const reasons = lifecycle.Rules.flatMap((rule, index) => whyNot(rule, `rule ${index + 1}`, current) ?? []);
  if (reasons.length === 0) return [];
  return [[`No lifecycle rule removes ${writeKey(key)}:`, ...reasons.map((one) => `- ${one}`)].join('\n')];
}

function listEnds(store: Store, bucket: Bucket, key: string): readonly string[] {
  const findEnd = findEnds(store, bucket);
  return [...listVersions(bucket, key)].flatMap(([version, isLatest]) => {
    const { versionId } = showFacts(store, version, isLatest);
    const end = findEnd(key, versionId);
    if (end === undefined) return [];
    const written = end.startsWith('expires') ? end : `is ${end}`;
    return [`${versionId === 'null' ? 'the null version' : `version ${versionId}`} ${written}`];
  });
}

function writeEnds(ends: readonly string[], { created }: Version, { clock }: Store): string {
  const now = clock.now();
  const when = `By lifecycle, ${ends.join(', ')}; the clock of the mock is at ${new Date(now).toISOString()}, and s3.clock.advance moves it.`;
  return clock.moved > 0 && created >= now ? `${when} ${writtenAfterMove}` : when;
}

const writtenAfterMove = 'The current version was written after the clock was moved. Move the clock after the write.';

function whyNot(rule: LifecycleRule, name: string, version: Version): string | undefined {
  const { Expiration, NoncurrentVersionExpiration } = rule;
  const other = whyNotSelected(rule, name, version);
  if (other !== undefined) return other;
  if (Expiration === undefined && NoncurrentVersionExpiration === undefined) return `${name} has no expiration`;
  return undefined;
}

function whyNotSelected(rule: LifecycleRule, name: string, version: Version): string | undefined {
  if (rule.Status !== 'Enabled') return `${name} is Disabled: give it Status: 'Enabled'`;
  const subject = makeFilterSubject(version);
  const [failing] = [...readSelection(rule).narrowing].filter(([, { selects }]) => !selects(subject));
  if (failing === undefined) return undefined;
  const [condition, { why }] = failing;
  const folder = version.key.slice(0, version.key.lastIndexOf('/') + 1);
  const cure = condition === 'Prefix' && folder !== '' ? `; ${writeKey(folder)} would match` : '';
  return `${name} does not match: ${why(subject)}${cure}`;
}

/** Says why lifecycle has not moved the current version of a key to a storage class. The list is empty if no rule names the class. */
export function whyUnmoved(store: Store, bucket: Bucket, key: string, storageClass: string): readonly string[] {
  const { lifecycle } = bucket;
  const current = bucket.versions.currentObject(key);
  if (!lifecycle || current === undefined || current.content.storageClass === storageClass) return [];
  const move = planLifecycle(store).find(
    (one) => one.bucket === bucket.name && one.key === key && one.storageClass === storageClass,
  );
  if (move !== undefined) return [writeMove(move, current, store)];
  const reasons = lifecycle.Rules.flatMap((rule, index) =>
    movesTo(rule, storageClass)
      ? (whyNotMoved(lifecycle, rule, `rule ${index + 1}`, [current, storageClass]) ?? [])
      : [],
  );
  if (reasons.length === 0) return [];
  return [
    [`No lifecycle rule moves ${writeKey(key)} to ${storageClass}:`, ...reasons.map((one) => `- ${one}`)].join('\n'),
  ];
}

function writeMove({ at, storageClass }: PlannedAction, { key, created }: Version, { clock }: Store): string {
  const now = clock.now();
  const when = `By lifecycle, ${writeKey(key)} moves to ${storageClass} on ${at.toISOString().slice(0, 10)}; the clock of the mock is at ${new Date(now).toISOString()}, and s3.clock.advance moves it.`;
  return clock.moved > 0 && created >= now ? `${when} ${writtenAfterMove}` : when;
}

function movesTo(
  { Transitions = [], NoncurrentVersionTransitions = [] }: LifecycleRule,
  storageClass: string,
): boolean {
  return [...Transitions, ...NoncurrentVersionTransitions].some((one) => one.StorageClass === storageClass);
}

function whyNotMoved(
  lifecycle: LifecycleConfiguration,
  rule: LifecycleRule,
  name: string,
  [version, storageClass]: readonly [ObjectVersion, string],
): string | undefined {
  const other = whyNotSelected(rule, name, version);
  if (other !== undefined) return other;
  const { key, content } = version;
  const selection = readSelection(rule);
  const size = content.body.length;
  if (size < leastSize && !movesAnySize(lifecycle, selection, storageClass))
    return `${name} moves no object below 128 KB to ${storageClass}, and ${writeKey(key)} has ${counted(size, 'byte')}: write ${grouped(leastSize)} bytes in the test, or give the rule ${writeFilterOfSize(selection)}`;
  if (!rule.Transitions?.some((one) => one.StorageClass === storageClass))
    return `${name} moves noncurrent versions alone, by its NoncurrentVersionTransitions: Transitions move current versions`;
  return undefined;
}

/** A filter with a size takes the place of the 128 KB. */
function writeFilterOfSize({ written }: Selection): string {
  const { Prefix, ...others } = written;
  if (Object.keys(others).length > 0) return 'ObjectSizeGreaterThan: 0 in the And of its filter';
  if (Prefix === undefined || Prefix === '') return 'Filter: { ObjectSizeGreaterThan: 0 }';
  return `Filter: { And: { Prefix: ${writeKey(Prefix)}, ObjectSizeGreaterThan: 0 } }`;
}
