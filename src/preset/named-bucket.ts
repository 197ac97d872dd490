import type { Store } from '../model/store';
import { BucketHandle } from './bucket-handle';
import { findBucket } from './bucket-lookup';

/** The handle of a bucket. If there is no such bucket, an S3MockError lists the names of those there are. */
export function bucketHandle(
  store: Store,
  name: string,
  settle: () => void,
  wasReset: () => boolean,
  requests: Iterable<unknown> = [],
  events?: object,
): BucketHandle {
  const find = () => {
    settle();
    return findBucket(store, name, wasReset());
  };
  find();
  return new BucketHandle(name, store, settle, find, requests, events);
}
