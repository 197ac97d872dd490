import type { Bucket } from '../model/bucket';
import { readSelection } from '../model/configurations/filters';
import { type LifecycleRule, makeFilterSubject } from '../model/lifecycle/rules';
import type { Store } from '../model/store';
import type { Version } from '../model/versions/version';
import { writeKey } from '../text/values';
import { findEnds } from './plans';
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
  return clock.moved > 0 && created >= now
    ? `${when} The current version was written after the clock was moved. Move the clock after the write.`
    : when;
}

function whyNot(rule: LifecycleRule, name: string, version: Version): string | undefined {
  const { Status, Expiration, NoncurrentVersionExpiration } = rule;
  if (Status !== 'Enabled') return `${name} is Disabled: give it Status: 'Enabled'`;
  const subject = makeFilterSubject(version);
  const [failing] = [...readSelection(rule).narrowing].filter(([, { selects }]) => !selects(subject));
  if (failing !== undefined) {
    const [condition, { why }] = failing;
    const folder = version.key.slice(0, version.key.lastIndexOf('/') + 1);
    const cure = condition === 'Prefix' && folder !== '' ? `; ${writeKey(folder)} would match` : '';
    return `${name} does not match: ${why(subject)}${cure}`;
  }
  if (Expiration === undefined && NoncurrentVersionExpiration === undefined) return `${name} has no expiration`;
  return undefined;
}
