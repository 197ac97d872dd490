import type { Bucket } from '../model/bucket';
import type { ObjectEventName } from '../model/events/event-kinds';
import type { EventVersion } from '../model/events/report';
import type { Store } from '../model/store';
import type { Version } from '../model/versions/version';
import { findVersion, versionIdOf } from '../model/versions/version-lookup';
import { newest } from '../model/versions/version-stacks';
import { invalidValue } from '../text/invalid-value';
import { quotedList } from '../text/lists';
import { writeKey } from '../text/values';

/** The kinds of versions that an event can be about. */
type Subject = 'an object' | 'a delete marker' | 'either';

/** The events that can be built of a stored version alone, and what they are about. */
const subjects = {
  'ObjectCreated:Put': 'an object',
  'ObjectCreated:Post': 'an object',
  'ObjectCreated:Copy': 'an object',
  'ObjectCreated:CompleteMultipartUpload': 'an object',
  'ObjectRemoved:Delete': 'either',
  'ObjectRemoved:DeleteMarkerCreated': 'a delete marker',
  'LifecycleExpiration:Delete': 'either',
  'LifecycleExpiration:DeleteMarkerCreated': 'a delete marker',
  LifecycleTransition: 'an object',
  'ObjectTagging:Put': 'an object',
  'ObjectTagging:Delete': 'an object',
  'ObjectAcl:Put': 'an object',
  'ObjectRetention:Put': 'an object',
} as const satisfies Partial<Record<ObjectEventName, Subject>>;

/** The name of an event that can be built of a stored version alone. */
export type StoredEventName = keyof typeof subjects;

const names = Object.keys(subjects) as readonly StoredEventName[]; // its own keys

/** Throws unless an event with this name can be built of a stored version. */
export function checkName(at: string, name: unknown, version: EventVersion): asserts name is StoredEventName {
  if (!names.some((one) => one === name)) throw invalidValue(at, 'name', name, `one of ${names.join(', ')}`, names);
  if (name === 'ObjectRetention:Put' && version !== '2.6')
    throw invalidValue(at, 'name', name, `an event that S3 sent before 2026, the epoch of events: { version: '2.1' }`);
}

interface Asked {
  readonly at: string;
  readonly name: StoredEventName;
  readonly key: string;
  /** Undefined for the current version. */
  readonly versionId: unknown;
}

/**
 * The version that an event is about: the one with the id, or the current one. Undefined for the deletion of a key that has none while
 * versioning was never set: then its message names no version, and the handler comes to a key that is gone.
 */
export function findSubject(store: Store, bucket: Bucket, { at, name, key, versionId }: Asked): Version | undefined {
  const current = bucket.versions.current(key);
  if (current === undefined) {
    const isRemoval = name === 'ObjectRemoved:Delete' || name === 'LifecycleExpiration:Delete';
    if (isRemoval && bucket.versioning.Status === undefined && versionId === undefined) return undefined;
    const keys = someKeys(bucket);
    throw invalidValue(at, 'key', key, `a key that has versions: ${quotedList(keys.slice(0, listed))}`, keys);
  }
  if (versionId === undefined) return current;
  const version = typeof versionId === 'string' ? findVersion(store, bucket, key, versionId) : undefined;
  if (version !== undefined) return version;
  const ids = [...bucket.versions.of(key)].map((one) => versionIdOf(store, one));
  const expected = `the id of a version of ${writeKey(key)}: ${quotedList(ids.slice(0, listed))}`;
  throw invalidValue(at, 'versionId', versionId, expected, ids);
}

/** The most keys or ids that a message lists. */
const listed = 20;
/** The most versions whose keys are compared with a misspelt one. */
const compared = 1000;

function someKeys({ versions }: Bucket): readonly string[] {
  const keys = new Set<string>();
  let number = 0;
  for (const { key } of versions.from({ sortKey: '', sequence: newest })) {
    number += 1;
    if (number > compared) break;
    keys.add(key);
  }
  return [...keys];
}

/** Throws if S3 has no such event about a version. */
export function checkSubject(at: string, name: StoredEventName, version: Version | undefined): void {
  if (version === undefined) return;
  const is = version.content === undefined ? 'a delete marker' : 'an object';
  if (subjects[name] !== 'either' && subjects[name] !== is) {
    const fitting = names.filter((one) => subjects[one] === 'either' || subjects[one] === is);
    throw invalidValue(at, 'name', name, `one of ${fitting.join(', ')}, since the version is ${is}`);
  }
  if (name === 'LifecycleTransition' && version.content?.storageClass === 'STANDARD')
    throw invalidValue(at, 'name', name, 'another event, since nothing is moved to STANDARD, the class of the version');
  if (name === 'ObjectRetention:Put' && version.lock?.retention === undefined)
    throw invalidValue(at, 'name', name, 'another event, since the version has no retention');
}
