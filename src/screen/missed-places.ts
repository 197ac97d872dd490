import type { RequestEntry } from '../journal/entry';
import { readCopySource } from '../protocol/request/copy-source-address';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { listMissing } from './trials/expectation';

/** A bucket, or an object in it. */
type Place = Pick<RequestEntry, 'bucket' | 'key'>;

/** Lists what a test has not found, and what an earlier test may have written: the objects of refused requests, and keys that listings lack. */
export function listMissedPlaces(entries: readonly RequestEntry[], errors: readonly FailedError[]): readonly Place[] {
  const refused = entries.flatMap((entry) => findMissing(entry) ?? []);
  // A test that writes something expects what it has written.
  if (entries.some(({ method }) => method !== 'GET' && method !== 'HEAD')) return refused;
  const listed = new Set(
    entries.flatMap(({ operation, bucket, output }) =>
      operation?.startsWith('ListObject') === true && output !== undefined ? [bucket] : [],
    ),
  );
  const missing = errors.filter(isAssertion).map(readCompared).flatMap(listMissing);
  return [...refused, ...[...listed].flatMap((bucket) => missing.map((key) => ({ bucket, key })))];
}

/** What the request named and does not exist on S3; of a copy, its source. */
function findMissing({ error, bucket, key, input }: RequestEntry): Place | undefined {
  if (error?.code === 'NoSuchBucket') return { bucket, key: undefined };
  if (error?.code !== 'NoSuchKey' && error?.code !== 'NoSuchVersion') return undefined;
  const source = memberOf(input, 'CopySource');
  return typeof source === 'string' ? readCopySource(source) : { bucket, key };
}
