import { findNamedBucket } from '../model/access-points';
import type { Bucket } from '../model/bucket';
import { findReservedKind } from '../model/bucket-names';
import { problemOfKey } from '../model/object-keys';
import type { Store } from '../model/store';
import { listCurrentObjects } from '../model/versions/listings';
import { describeNearKey } from '../model/versions/near-keys';
import { makeMockError, S3MockError } from '../s3-mock-error';
import { type Call, Code, call } from '../text/calls';
import { counted } from '../text/counts';
import { writeQuotedList } from '../text/lists';
import { clause, joinParts, type Said, say } from '../text/reason';
import { writeSentence } from '../text/sentences';
import { hintFor, writeSuggestion } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven, writeKey } from '../text/values';

export function findBucket(store: Store, name: string, wasRemoved: boolean): Bucket {
  const bucket = store.buckets.get(name);
  if (bucket) return bucket;
  const names = [...store.buckets.keys()];
  const reset = wasRemoved ? 'The mock was reset, which removes the buckets that a test created.' : undefined;
  const point = typeof name === 'string' ? findNamedBucket(store.buckets, name) : undefined;
  const ofPoint = point && say`This is the name of an access point: write ${callBucket(point.bucket.name)}.`;
  const hint = ofPoint ?? reset ?? hintForBucket(name, names);
  throw makeMockError(
    'NO_SUCH_BUCKET',
    joinParts([`there is no bucket ${writeGiven(name)}. The buckets are: ${writeQuotedList(names)}.`, hint], ' '),
  );
}

function hintForBucket(name: unknown, names: readonly string[]): Said | undefined {
  if (typeof name !== 'string') return "Give the name of a bucket, such as 'vault'.";
  const kind = findReservedKind(name);
  if (kind !== undefined) return `It is ${kind}, which the mock does not have: give the name of a bucket.`;
  const [meant = ''] = name.replace(/^(?:arn:aws[\w-]*:s3:::|s3:\/\/)/, '').split('/');
  return meant !== name && names.includes(meant) ? say`Write ${callBucket(meant)}.` : writeSuggestion(name, names, 1);
}

function callBucket(bucket: string): Call {
  return call('s3.bucket(bucket)', { bucket });
}

const listedKeys = 20;
/** The most keys that are compared, since more would take long. */
const comparedKeys = 1000;

function knownKeys(store: Store, bucket: Bucket, key: string, isSpeltSo: boolean) {
  const { items } = listCurrentObjects(bucket, { prefix: '', delimiter: '', after: '', limit: comparedKeys });
  const keys = items.flatMap((item) => ('version' in item ? [item.version.key] : []));
  const more = keys.length > listedKeys ? ', and more' : '';
  const near = isSpeltSo ? '' : hintAtKey(store, bucket, key, keys);
  return { text: `${writeQuotedList(keys.slice(0, listedKeys))}${more}.${near}`, hasNear: near !== '' };
}

function hintAtKey(store: Store, bucket: Bucket, key: string, keys: readonly string[]): string {
  const near = describeNearKey(store, bucket, key);
  // The next number is another key, and no misspelling.
  const others = keys.filter((one) => withoutDigits(one) !== withoutDigits(key));
  return near === undefined ? hintFor(key, others) : ` ${writeSentence(near)}`;
}

function withoutDigits(key: string): string {
  return key.replace(/\d/g, '');
}

interface Missing {
  /** Why replication has not copied the object, or not yet. */
  readonly waiting?: readonly string[];
  readonly hasMoved?: boolean;
  /** Whether events are still on their way to handlers. */
  readonly isDelivering?: boolean;
}

export function makeNoSuchObject(
  store: Store,
  bucket: Bucket,
  key: string,
  requests: Iterable<unknown> = [],
  { waiting = [], hasMoved = false, isDelivering = false }: Missing = {},
): S3MockError {
  const isMarked = bucket.versions.current(key) !== undefined;
  const why = isMarked ? ': its current version is a delete marker' : '';
  const known = knownKeys(store, bucket, key, isMarked || isAskedFor(requests, bucket.name, key));
  const waits = waiting.map((one) => ` ${writeSentence(one)}`).join('');
  const handle = `s3.bucket('${bucket.name}')`;
  const cure = new Code(
    `${handle}.current(${writeKey(key)}) === undefined, or with the matchers of this library expect(${handle}).not.toHaveObject(${writeKey(key)})`,
  );
  // A test that has done nothing yet can mean to make the object, if S3 takes the key.
  const isFirst = requests[Symbol.iterator]().next().done === true && !hasMoved && waiting.length === 0;
  const canMake = isFirst && !isMarked && !known.hasNear && problemOfKey(key) === undefined;
  const making = canMake ? new Code(`${handle}.put(${writeKey(key)}, 'text')`) : undefined;
  const ofMaking = making === undefined ? '' : say`${clause` To make it in the test, write ${making}.`}`;
  // A handler can still write the object, so that the test means it to exist.
  const ofAbsence = isDelivering ? '' : say`${clause` If it should not exist, write ${cure}.`}`;
  return makeMockError(
    'NO_SUCH_OBJECT',
    say`there is no object ${writeKey(key)} in bucket '${bucket.name}'${why}. The keys are: ${known.text}${waits}${ofMaking}${ofAbsence}`,
  );
}

/** Whether the code under test also names the key, so that the key is not misspelt. */
function isAskedFor(requests: Iterable<unknown>, bucket: string, key: string): boolean {
  for (const request of requests) {
    if (!isRecord(request) || request['bucket'] !== bucket) continue;
    if (request['key'] === key || readDeletedKeys(request['input']).includes(key)) return true;
  }
  return false;
}

function readDeletedKeys(input: unknown): readonly unknown[] {
  const batch = isRecord(input) ? input['Delete'] : undefined;
  const objects: unknown = isRecord(batch) ? batch['Objects'] : undefined;
  return Array.isArray(objects) ? objects.map((one: unknown) => (isRecord(one) ? one['Key'] : undefined)) : [];
}

export function makeNoSuchVersion({ name, versions }: Bucket, key: string, call: string): S3MockError {
  const count = [...versions.of(key)].length;
  const has =
    count === 0 ? `key ${writeKey(key)} has no version` : `key ${writeKey(key)} has ${counted(count, 'version')}`;
  return new S3MockError('NO_SUCH_VERSION', `bucket '${name}': ${has}, but ${call} asks for a further version.`);
}

export type MockLogs = readonly [requests: Iterable<unknown>, events?: object | undefined];
