import { URLSearchParams } from 'node:url';
import { day } from '../formats/durations';
import type { Bucket } from '../model/bucket';
import { readSelection, type Selection } from '../model/configurations/filters';
import { leastSize, movesAnySize } from '../model/lifecycle/due-actions';
import {
  dueAfterDays,
  type LifecycleConfiguration,
  type LifecycleRule,
  makeFilterSubject,
} from '../model/lifecycle/rules';
import type { Store } from '../model/store';
import type { Tag } from '../model/tagging';
import { isObject, type ObjectVersion, type Version } from '../model/versions/version';
import { counted, grouped } from '../text/counts';
import { writeKey, writeValue } from '../text/values';
import { type PlannedAction, type PlannedEnd, planEnds, planLifecycle, writeEnd } from './plans';
import { listVersions, showFacts } from './version-copies';

interface AskedKey {
  /** Whoever asks for several keys plans the ends once, since a plan carries out the rules for the whole bucket. */
  readonly plan?: () => ReturnType<typeof planEnds>;
  /** Whether each line has to name its key. */
  readonly isOneOfSeveral?: boolean;
}

/** Says why lifecycle has left the versions of a key. The list is empty if the bucket has no rules, or the key no versions. */
export function whyKept(
  store: Store,
  bucket: Bucket,
  key: string,
  { plan = () => planEnds(store, bucket), isOneOfSeveral = false }: AskedKey = {},
): readonly string[] {
  const { lifecycle } = bucket;
  const current = bucket.versions.current(key);
  if (!lifecycle || current === undefined) return [];
  const findEnd = plan();
  const of = isOneOfSeveral ? ` of ${writeKey(key)}` : '';
  if (isMarkerAlone(bucket, current)) return [writeLeftMarker(store, current, findEnd)];
  const ends = listEnds(store, bucket, key, findEnd);
  if (ends.length > 0)
    return [
      [
        writeEnds(
          ends.map(({ version, end }) => `${version}${of} ${end}`),
          current,
          store,
        ),
        ...ends.flatMap(({ since }) => since ?? []).slice(0, 1),
      ].join(' '),
    ];
  const replaced = bucket.replaced.lifecycle?.Rules.find((rule) => whyNot(rule, '', current) === undefined);
  const reasons = lifecycle.Rules.flatMap((rule, index) => {
    const name = `rule ${index + 1}`;
    return whyNot(rule, name, current, replaced) ?? whyBelowMarker(rule, name, bucket, current) ?? [];
  });
  if (reasons.length === 0) return [];
  return [
    [
      `No lifecycle rule removes ${writeKey(key)}:`,
      ...reasons.map((one) => `- ${one}`),
      ...writeReplaced(replaced),
    ].join('\n'),
  ];
}

interface End {
  /** The version, as the subject of a sentence. */
  readonly version: string;
  readonly end: string;
  /** Says from when the days of the rule count, if the end would be past by the age of the version. */
  readonly since: string | undefined;
}

function writeReplaced(rule: LifecycleRule | undefined): readonly string[] {
  if (rule === undefined) return [];
  return [
    `The configuration before this one had the rule '${rule.ID}' for the key, and PutBucketLifecycleConfiguration replaces all rules: put the rules of both.`,
  ];
}

/** Whether nothing is left of a key but the delete marker that an expiration has put on top. */
function isMarkerAlone({ versions }: Bucket, current: Version): boolean {
  return !isObject(current) && [...versions.of(current.key)].length === 1;
}

function writeLeftMarker(store: Store, marker: Version, findEnd: ReturnType<typeof planEnds>): string {
  const key = writeKey(marker.key);
  const end = findEnd(marker.key, showFacts(store, marker, true).versionId);
  const left = `Only a delete marker is left of ${key}, without a version below it`;
  if (end === undefined)
    return `${left}, and no lifecycle rule removes it. A rule with Expiration: { ExpiredObjectDeleteMarker: true } does; otherwise expect [deleteMarker].`;
  const { at, rule } = end;
  return `${left}. Rule '${rule}' removes it at ${writeTime(at)}, and the clock of the mock stands at ${writeTime(new Date(store.clock.now()))}: move it there with s3.clock.set('${writeTime(at)}'), or expect [deleteMarker].`;
}

function writeTime(at: Date): string {
  return at.toISOString().replace(/:\d\d\.\d{3}Z$/, 'Z');
}

function listEnds(store: Store, bucket: Bucket, key: string, findEnd: ReturnType<typeof planEnds>): readonly End[] {
  const versions = [...listVersions(bucket, key)];
  return versions.flatMap(([version, isLatest], place) => {
    const { versionId } = showFacts(store, version, isLatest);
    const end = findEnd(key, versionId);
    if (end === undefined) return [];
    return [
      {
        version: versionId === 'null' ? 'the null version' : `version ${versionId}`,
        end: end.action === 'expire' ? writeEnd(end) : `is ${writeEnd(end)}`,
        since: whySince(store, bucket, end, [version, versions[place - 1]?.[0]]),
      },
    ];
  });
}

/** A version is noncurrent since its successor was written, which can be long after its own date. */
function whySince(
  { clock }: Store,
  { lifecycle }: Bucket,
  { action, rule: id }: PlannedEnd,
  [version, successor]: readonly [Version, Version | undefined],
): string | undefined {
  const rule = lifecycle?.Rules.find(({ ID }) => ID === id);
  const days = rule?.NoncurrentVersionExpiration?.NoncurrentDays;
  if (action === 'expire') return whyMidnight(clock.now(), version.created, ['Days', rule?.Expiration?.Days]);
  if (action !== 'remove' || days === undefined || successor === undefined) return undefined;
  const ofMidnight = whyMidnight(clock.now(), successor.created, ['NoncurrentDays', days]);
  if (ofMidnight !== undefined) return ofMidnight;
  const isPastByAge = dueAfterDays(version.created, days) <= clock.now();
  const since = new Date(successor.created).toISOString().slice(0, 10);
  return isPastByAge
    ? `NoncurrentDays counts from ${since}, when a newer version replaced it, and not from its LastModified.`
    : undefined;
}

/** Whoever has moved the clock by the days of a rule waits for the midnight after them. */
function whyMidnight(
  now: number,
  from: number,
  [name, days]: readonly [name: string, days: number | undefined],
): string | undefined {
  if (days === undefined || now < from + days * day) return undefined;
  return `${name}: ${days} is over since ${writeTime(new Date(from + days * day))}, and S3 rounds the end up to the next midnight UTC.`;
}

function writeEnds(ends: readonly string[], { created }: Version, { clock }: Store): string {
  const now = clock.now();
  const when = `By lifecycle, ${ends.join(', ')}; the clock of the mock is at ${new Date(now).toISOString()}, and s3.clock.advance moves it.`;
  return clock.moved > 0 && created >= now ? `${when} ${writtenAfterMove}` : when;
}

const writtenAfterMove = 'The current version was written after the clock was moved. Move the clock after the write.';

function whyNot(rule: LifecycleRule, name: string, version: Version, replaced?: LifecycleRule): string | undefined {
  const { Expiration, NoncurrentVersionExpiration } = rule;
  const other = whyNotSelected(rule, name, version, replaced);
  if (other !== undefined) return other;
  if (Expiration === undefined && NoncurrentVersionExpiration === undefined) return `${name} has no expiration`;
  if (!isObject(version)) return undefined;
  if (Expiration === undefined)
    return `${name} removes noncurrent versions alone, by its NoncurrentVersionExpiration: an Expiration with Days expires the current one`;
  return expiresObjects(Expiration)
    ? undefined
    : `${name} removes delete markers alone, by its ExpiredObjectDeleteMarker: an Expiration with Days expires objects`;
}

function expiresObjects(expiration: LifecycleRule['Expiration']): boolean {
  return expiration?.Days !== undefined || expiration?.Date !== undefined;
}

/** An expiration puts a delete marker on top, and leaves what is below it. */
function whyBelowMarker(
  { Expiration, NoncurrentVersionExpiration }: LifecycleRule,
  name: string,
  { versions }: Bucket,
  current: Version,
): string | undefined {
  const below = [...versions.of(current.key)].filter(isObject).length;
  if (NoncurrentVersionExpiration !== undefined || isObject(current) || below === 0) return undefined;
  const [which, stay] = below === 1 ? ['one version', 'stays'] : [`${below} versions`, 'stay'];
  const cure = 'NoncurrentVersionExpiration: { NoncurrentDays: 1 } beside it removes noncurrent versions';
  return expiresObjects(Expiration)
    ? `${name} expires current versions alone: its Expiration puts a delete marker on top, and ${which} below it ${stay}; ${cure}, and the marker goes later, when the Expiration is due for it as well`
    : `${name} removes only a delete marker below which no version is left, by its ExpiredObjectDeleteMarker, and ${which} below it ${stay}; ${cure}`;
}

/** Who knows a rule for the version that was replaced does not look for another prefix. */
function whyNotSelected(
  rule: LifecycleRule,
  name: string,
  version: Version,
  replaced?: LifecycleRule,
): string | undefined {
  if (rule.Status !== 'Enabled') return `${name} is Disabled: give it Status: 'Enabled'`;
  const subject = makeFilterSubject(version);
  const [failing] = [...readSelection(rule).narrowing].filter(([, { selects }]) => !selects(subject));
  if (failing === undefined) return undefined;
  const [condition, { why, tags }] = failing;
  const near = condition === 'Prefix' && replaced === undefined ? findNearPrefix(rule, version) : undefined;
  return `${name} does not match: ${why(subject)}${near === undefined ? '' : `; ${writeKey(near)} would match`}${writeMetadata(version, tags)}`;
}

/** Metadata looks like tags, and no rule selects by it. */
function writeMetadata(version: Version, tags: readonly Tag[]): string {
  const metadata = isObject(version) ? version.content.metadata : {};
  const isMetadata = tags.length > 0 && tags.every(({ Key, Value }) => metadata[Key.toLowerCase()] === Value);
  if (!isMetadata) return '';
  const tagging = new URLSearchParams(tags.map(({ Key, Value }): [string, string] => [Key, Value])).toString();
  return `; it has ${tags.length === 1 ? 'it' : 'them'} as metadata, and metadata is no tag: send Tagging: ${writeValue(tagging)}`;
}

/** A prefix with a slash in front, or with a wildcard, means the keys without them. Otherwise the folder of the key is near. */
function findNearPrefix(rule: LifecycleRule, { key }: Version): string | undefined {
  const { Prefix = '' } = readSelection(rule).written;
  const [beforeWildcard = ''] = Prefix.split('*', 1);
  const meant = beforeWildcard.replace(/^\/+/, '');
  if (meant !== '' && meant !== Prefix && key.startsWith(meant)) return meant;
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  return folder === '' ? undefined : folder;
}

/** Says why lifecycle has not moved the current version of a key to a storage class. The list is empty if no rule names the class. */
export function whyUnmoved(
  store: Store,
  bucket: Bucket,
  key: string,
  storageClass: string,
  plan: () => readonly PlannedAction[] = () => planLifecycle(store),
): readonly string[] {
  const { lifecycle } = bucket;
  const current = bucket.versions.currentObject(key);
  if (!lifecycle || current === undefined || current.content.storageClass === storageClass) return [];
  const replaced = bucket.replaced.lifecycle?.Rules.find(
    (rule) => movesTo(rule, storageClass) && whyNotSelected(rule, '', current) === undefined,
  );
  if (replaced === undefined && !lifecycle.Rules.some((rule) => movesTo(rule, storageClass))) return [];
  const move = plan().find((one) => one.bucket === bucket.name && one.key === key && one.storageClass === storageClass);
  if (move !== undefined) return [writeMove(move, current, store)];
  const reasons = lifecycle.Rules.flatMap((rule, index) =>
    movesTo(rule, storageClass)
      ? (whyNotMoved(lifecycle, rule, `rule ${index + 1}`, [current, storageClass]) ?? [])
      : replaced === undefined
        ? []
        : [`rule ${index + 1} moves nothing to ${storageClass}`],
  );
  if (reasons.length === 0) return [];
  return [
    [
      `No lifecycle rule moves ${writeKey(key)} to ${storageClass}:`,
      ...reasons.map((one) => `- ${one}`),
      ...writeReplaced(replaced),
    ].join('\n'),
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
