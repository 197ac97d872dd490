import type { Bucket } from '../model/bucket';
import type { Store } from '../model/store';
import { listCurrentObjects } from '../model/versions/listing';
import { S3MockError } from '../s3-mock-error';
import { quotedList } from '../text/lists';
import { suggestion } from '../text/spelling';

/** The bucket with a name. If there is no such bucket, an S3MockError lists the names of those there are. */
export function findBucket(store: Store, name: string, wasReset: boolean): Bucket {
  const bucket = store.buckets.get(name);
  if (bucket) return bucket;
  const names = [...store.buckets.keys()];
  const reset = wasReset ? 'The mock was reset, which removes the buckets that a test created.' : undefined;
  const hint = suggestion(name, names, 1) ?? reset;
  throw new S3MockError(
    'NO_SUCH_BUCKET',
    `there is no bucket '${name}'. The buckets are: ${quotedList(names)}.${hint === undefined ? '' : ` ${hint}`}`,
  );
}

/** The first keys of a bucket that have an object, for a message. */
export function knownKeys(bucket: Bucket): string {
  const page = { prefix: '', delimiter: '', after: '', limit: 20 };
  const { items, isTruncated } = listCurrentObjects(bucket, page);
  const keys = items.flatMap((item) => ('version' in item ? [item.version.key] : []));
  return `${quotedList(keys)}${isTruncated ? ', and more' : ''}`;
}
