import { decodePercent } from '../../formats/url-encoding';
import { firstFound } from '../../text/lists';
import { isLetterOff } from '../../text/spelling';
import { writeKey } from '../../text/values';
import type { Bucket } from '../bucket';
import type { Store } from '../store';
import { listCurrentObjects } from './listings';
import { findVersion } from './version-lookup';

type Fold = (key: string, bucket: string) => string;

/** Where a caller of the mock writes a version id, as the end of a sentence. Handles and writes take no id, and need no such end. */
export const placesOfId = {
  request: 'give the id as VersionId',
  // A copy has no member VersionId.
  source: 'in a CopySource, encode the key alone, and write ?versionId= behind it',
} as const;

type PlaceOfId = (typeof placesOfId)[keyof typeof placesOfId];

/** The bucket in which a key was not found. */
interface Missed {
  readonly bucket: string;
  readonly placeOfId: PlaceOfId | undefined;
  readonly isVersion: (key: string, id: string) => boolean;
}

/** A habit by which people write one key in two ways. Two keys that the fold makes equal differ in nothing else. */
interface Habit {
  readonly differsIn: string | ((asked: string, found: string, missed: Missed) => string);
  readonly fold: Fold;
  /** What to do, if this is why the key was not found. */
  readonly cure?: (asked: string, found: string, missed: Missed) => string | undefined;
}

const unicodeForms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** In the order in which they are undone: a URL is encoded last. */
const habits: readonly Habit[] = [
  {
    differsIn: 'its URL encoding',
    fold: (key) => decodePercent(decodePercent(key) ?? key) ?? key,
    cure: (asked, found) => (decodePercent(asked) === found ? 'the key was encoded once too often' : undefined),
  },
  {
    // The text can be the id of another key, or of no version at all.
    differsIn: (asked, found, { isVersion }) =>
      isVersion(found, readVersionId(asked)) ? 'a version id at its end' : "'?versionId=' at its end",
    fold: withoutVersionId,
    cure(asked, found, { placeOfId, isVersion }) {
      if (withoutVersionId(decodePercent(asked) ?? asked) !== found) return undefined;
      const id = readVersionId(asked);
      return isVersion(found, id) ? placeOfId : `${writeKey(found)} has no version ${writeKey(id)}`;
    },
  },
  {
    differsIn: 'plus signs and blanks',
    fold: (key) => key.replaceAll('+', ' '),
    cure: (asked, found) =>
      [...found].some((letter, at) => letter === '+' && asked[at] === ' ')
        ? 'a plus sign in a URL is read as a blank: write it %2B'
        : decodePercent(asked.replaceAll('+', ' ')) === found
          ? "the key of an event has + for a blank: read it with decodeURIComponent(key.replaceAll('+', ' ')); the path of a URL has %20 for it"
          : undefined,
  },
  {
    differsIn: 'its Unicode form',
    fold: (key) => key.normalize('NFKC'),
    cure(asked, found) {
      const form = unicodeForms.find((one) => asked.normalize(one) === found);
      return form && `key.normalize('${form}') turns one into the other`;
    },
  },
  { differsIn: 'backslashes', fold: (key) => key.replaceAll('\\', '/') },
  { differsIn: 'blanks at its ends', fold: (key) => key.trim() },
  {
    differsIn: 'the name of the bucket in front',
    fold: (key, bucket) => withoutBucket(key, bucket),
    cure: (asked, found, { bucket }) =>
      withoutBucket(asked, bucket) === found ? 'the bucket is not a part of the key' : undefined,
  },
  { differsIn: 'the slash at its start', fold: (key) => key.replace(/^(?:\.?\/)+/, '') },
  { differsIn: 'the slash at its end', fold: (key) => key.replace(/(?<!\/)\/+$/, '') },
  { differsIn: 'a slash that is doubled', fold: (key) => key.replace(/\/{2,}/g, '/') },
  { differsIn: 'upper and lower case', fold: (key) => key.toLowerCase() },
];

const idAtEnd = /\?versionId=(.*)$/s;

function withoutVersionId(key: string): string {
  return key.replace(idAtEnd, '');
}

function readVersionId(key: string): string {
  return idAtEnd.exec(decodePercent(key) ?? key)?.[1] ?? '';
}

/** Removes `vault/`, `s3://vault/`, the ARN and the URL of a bucket in front of a key. */
function withoutBucket(key: string, bucket: string): string {
  const [whole = '', host, rest = ''] = /^https?:\/\/([^/]*)\/(.*)$/s.exec(key) ?? [];
  if (whole !== '') return host?.startsWith(`${bucket}.`) === true ? rest : withoutBucket(rest, bucket);
  const path = key.replace(/^(?:s3:\/\/|arn:[\w-]+:s3:::|\/)/, '');
  return path.startsWith(`${bucket}/`) ? path.slice(bucket.length + 1) : key;
}

/** A key that the habits change in nothing but its case; most keys are so. */
const ofPlainParts = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9._-]+)*$/;

function foldAll(key: string, bucket: string, except?: Habit): string {
  if (except === undefined && ofPlainParts.test(key) && !key.startsWith(`${bucket}/`)) return key.toLowerCase();
  return habits.reduce((folded, habit) => (habit === except ? folded : habit.fold(folded, bucket)), key);
}

/** The most keys that are compared with a key that is missing, since a test can ask for thousands. */
const COMPARED = 250;

/** Returns the keys of a bucket with which others can be confused. In a large bucket, it also looks up the keys that one habit alone leads to. */
function listCandidates(bucket: Bucket, key: string): readonly string[] {
  const plus = key.replaceAll(' ', '+');
  const forms = habits.map(({ fold }) => fold(key, bucket.name));
  const further = [`/${key}`, `${key}/`, `${bucket.name}/${key}`, plus, key.normalize('NFD')];
  const decoded = decodePercent(key.replaceAll('+', ' ')) ?? key;
  const known = [...forms, ...further, decoded].filter((form) => bucket.versions.currentObject(form) !== undefined);
  const { items } = listCurrentObjects(bucket, { prefix: '', delimiter: '', after: '', limit: COMPARED });
  return [...known, ...items.flatMap((item) => ('version' in item ? [item.version.key] : []))];
}

function describeDifference(asked: string, found: string, missed: Missed): string {
  const { bucket } = missed;
  const alone = habits.find(({ fold }) => fold(asked, bucket) === fold(found, bucket));
  const several = habits.filter((habit) => foldAll(asked, bucket, habit) !== foldAll(found, bucket, habit));
  const differing = alone === undefined ? several : [alone];
  const parts = differing.map(({ differsIn }) =>
    typeof differsIn === 'string' ? differsIn : differsIn(asked, found, missed),
  );
  const words = parts.length === 0 ? '' : `, which differs in ${parts.join(' and ')}`;
  const cures = differing.flatMap(({ cure }) => cure?.(asked, found, missed) ?? []);
  return [words, ...cures].join('; ');
}

/** The texts that JavaScript writes for values that the code has not set. */
const unset = /(?:^|[/_-])(undefined|null|NaN|\[object \w+\])(?=$|[/._-])/;

function describeUnset(key: string): string | undefined {
  const text = unset.exec(key)?.[1];
  return text && `the code wrote a value that is ${text} into the key`;
}

/** A key with the text of a value that the code has not set. */
export interface UnsetKey {
  readonly text: string;
  /** Whether another key differs from it in that text alone, within one part of the key. */
  readonly isOf: (other: string) => boolean;
}

export function findUnset(key: string): UnsetKey | undefined {
  const found = unset.exec(key);
  const text = found?.[1];
  if (found === null || text === undefined) return undefined;
  const at = found.index + found[0].length - text.length;
  const [head, tail] = [key.slice(0, at), key.slice(at + text.length)];
  const isOf = (other: string) =>
    other.length > head.length + tail.length &&
    other.startsWith(head) &&
    other.endsWith(tail) &&
    !other.slice(head.length, other.length - tail.length).includes('/');
  return { text, isOf };
}

/** The bucket has the key with the text of an unset value in place of a part. */
function describeUnsetKey(key: string, candidates: readonly string[]): string | undefined {
  return firstFound(candidates, (candidate) => {
    const found = findUnset(candidate);
    return found?.isOf(key) === true
      ? `the bucket has ${writeKey(candidate)}: the code wrote a value that is ${found.text} into that key`
      : undefined;
  });
}

/** S3 has no folders, so a key can look like one that exists because other keys begin with it. */
function describeFolder(bucket: Bucket, key: string): string | undefined {
  const prefix = key.endsWith('/') ? key : `${key}/`;
  const { items } = listCurrentObjects(bucket, { prefix, delimiter: '', after: '', limit: 1 });
  const [first] = items.flatMap((item) => ('version' in item ? [item.version.key] : []));
  return first && `S3 has no folders: ${writeKey(prefix)} is only the beginning of ${writeKey(first)}`;
}

type IdStore = Pick<Store, 'versionIds'>;

/**
 * Names the key of the bucket that a caller may mean by a key without an object, and says in what they differ: `the bucket has 'Report.pdf',
 * which differs in upper and lower case`. Returns undefined if no key of the bucket is near. `placeOfId`: where the caller writes a version id.
 */
export function describeNearKey(
  store: IdStore,
  bucket: Bucket,
  key: string,
  placeOfId?: PlaceOfId,
): string | undefined {
  const isVersion = (one: string, id: string) => findVersion(store, bucket, one, id) !== undefined;
  return bucket.unobserved(() => findNearKey(bucket, key, { bucket: bucket.name, placeOfId, isVersion }));
}

function findNearKey(bucket: Bucket, key: string, missed: Missed): string | undefined {
  const { name } = bucket;
  if (bucket.uploads.listOpen(key).length > 0)
    return 'an upload of the key is under way: CompleteMultipartUpload makes it an object';
  const candidates = listCandidates(bucket, key).filter((candidate) => candidate !== key);
  const folded = foldAll(key, name);
  const found = candidates.find((candidate) => foldAll(candidate, name) === folded);
  if (found !== undefined) return `the bucket has ${writeKey(found)}${describeDifference(key, found, missed)}`;
  const spelt = candidates.find((candidate) => isLetterOff(key, candidate));
  if (spelt !== undefined) return `the bucket has ${writeKey(spelt)}, which differs in a letter`;
  return (
    describeUnset(key) ??
    describeUnsetKey(key, candidates) ??
    describeFragment(bucket, key) ??
    describeFolder(bucket, key)
  );
}

/** In a URL, a part of the key that begins with # is not sent, and one that begins with ? is the query. */
function describeFragment(bucket: Bucket, key: string): string | undefined {
  return firstFound(['#', '?'], (mark) => {
    const { items } = listCurrentObjects(bucket, { prefix: `${key}${mark}`, delimiter: '', after: '', limit: 1 });
    const [found] = items.flatMap((item) => ('version' in item ? [item.version.key] : []));
    const what = mark === '#' ? 'ends the path, and what follows is not sent' : 'ends the path, and begins the query';
    return found && `the bucket has ${writeKey(found)}: in a URL, ${mark} ${what}: encode the key, encodeURIComponent`;
  });
}

/** Writes the same as the end of a sentence; an empty text if no key is near. */
export function writeNearKey(store: IdStore, bucket: Bucket, key: string, placeOfId?: PlaceOfId): string {
  const near = describeNearKey(store, bucket, key, placeOfId);
  return near === undefined ? '' : `; ${near}`;
}

/** Names a key that begins with a prefix in another form, if no key begins with the prefix itself. */
export function describeNearPrefix(bucket: Bucket, prefix: string): string | undefined {
  const folded = foldAll(prefix, bucket.name);
  if (folded === '') return undefined;
  const page = { prefix: '', delimiter: '', after: '', limit: COMPARED };
  const { items } = bucket.unobserved(() => listCurrentObjects(bucket, page));
  const keys = items.flatMap((item) => ('version' in item ? [item.version.key] : []));
  const found = keys.find((key) => foldAll(key, bucket.name).startsWith(folded));
  return found && `no key begins with ${writeKey(prefix)}; the bucket has ${writeKey(found)}`;
}
