import { findNamedBucket } from '../model/access-points';
import type { Bucket } from '../model/bucket';
import { findReservedKind } from '../model/bucket-names';
import type { Store } from '../model/store';
import { listCurrentObjects } from '../model/versions/listings';
import { S3MockError } from '../s3-mock-error';
import { counted } from '../text/counts';
import { writeQuotedList } from '../text/lists';
import { writeSentence } from '../text/sentences';
import { hintFor, writeSuggestion } from '../text/spelling';
import { writeGiven, writeKey } from '../text/values';

export function findBucket(store: Store, name: string, wasReset: boolean): Bucket {
  const bucket = store.buckets.get(name);
  if (bucket) return bucket;
  const names = [...store.buckets.keys()];
  const reset = wasReset ? 'The mock was reset, which removes the buckets that a test created.' : undefined;
  const point = typeof name === 'string' ? findNamedBucket(store.buckets, name) : undefined;
  const ofPoint = point && `It is that of an access point: write s3.bucket('${point.bucket.name}').`;
  const hint = ofPoint ?? hintForBucket(name, names) ?? reset;
  throw new S3MockError(
    'NO_SUCH_BUCKET',
    `there is no bucket ${writeGiven(name)}. The buckets are: ${writeQuotedList(names)}.${hint === undefined ? '' : ` ${hint}`}`,
  );
}

function hintForBucket(name: unknown, names: readonly string[]): string | undefined {
  if (typeof name !== 'string') return undefined;
  const kind = findReservedKind(name);
  if (kind !== undefined) return `It is ${kind}, which the mock does not have: give the name of a bucket.`;
  const [meant = ''] = name.replace(/^(?:arn:aws[\w-]*:s3:::|s3:\/\/)/, '').split('/');
  return meant !== name && names.includes(meant) ? `Write s3.bucket('${meant}').` : writeSuggestion(name, names, 1);
}

const listedKeys = 20;
/** More keys would take long. */
const comparedKeys = 1000;

function knownKeys(bucket: Bucket, given: unknown): string {
  const { items } = listCurrentObjects(bucket, { prefix: '', delimiter: '', after: '', limit: comparedKeys });
  const keys = items.flatMap((item) => ('version' in item ? [item.version.key] : []));
  const more = keys.length > listedKeys ? ', and more' : '';
  return `${writeQuotedList(keys.slice(0, listedKeys))}${more}.${hintFor(given, keys)}`;
}

export function makeNoSuchObject(bucket: Bucket, key: string, waiting: readonly string[] = []): S3MockError {
  const why = bucket.versions.current(key) ? ': its current version is a delete marker' : '';
  return new S3MockError(
    'NO_SUCH_OBJECT',
    `there is no object ${writeKey(key)} in bucket '${bucket.name}'${why}. The keys are: ${knownKeys(bucket, key)}${waiting.map((one) => ` ${writeSentence(one)}`).join('')}`,
  );
}

export function makeNoSuchVersion({ name, versions }: Bucket, key: string, call: string): S3MockError {
  const count = [...versions.of(key)].length;
  const has =
    count === 0 ? `key ${writeKey(key)} has no version` : `key ${writeKey(key)} has ${counted(count, 'version')}`;
  return new S3MockError('NO_SUCH_VERSION', `bucket '${name}': ${has}, and ${call} asks for another.`);
}

export type MockLogs = readonly [requests: Iterable<unknown>, events?: object | undefined];
