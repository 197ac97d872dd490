import { firstFound } from '../text/lists';
import { makeMistake } from '../text/mistakes';
import { isLetterOff } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { RequestEntry } from './entry';

/** The buckets that a test can mean. */
export interface MeantBuckets {
  /** The names of the buckets that exist, or with which the test began. */
  readonly names: readonly string[];
  readonly requests: Iterable<Pick<RequestEntry, 'bucket' | 'input' | 'error'>>;
}

/** The names of the members that name a bucket: in a request, in an event, and in an attempt to copy. */
const namingMembers = ['Bucket', 'bucket', 'DestinationBucket'];

/**
 * Returns the mistake if a bucket is one letter off a bucket that exists, or existed in this test: nothing can match, and nothing would say so.
 * A name that a request carried is right, and so is any other name, since code may be forbidden to touch it.
 */
export function findMisspeltBucket(call: string, members: unknown, buckets: MeantBuckets): TypeError | undefined {
  return firstFound(readBuckets(members), (given) => {
    if (buckets.names.includes(given) || isCarried(given, buckets.requests)) return undefined;
    const meant = [...buckets.names, ...listBuckets(buckets.requests)].find((name) => isLetterOff(given, name));
    if (meant === undefined) return undefined;
    return makeMistake(
      `${call}: there is no bucket ${writeGiven(given)}, and no request has named it. Did you mean ${meant}? If it is the right name, create that bucket first, or give a matcher such as expect.stringMatching(${writePattern(given)}).`,
    );
  });
}

function readBuckets(members: unknown): readonly string[] {
  if (!isRecord(members)) return [];
  const names = [...namingMembers.map((name) => members[name]), readSourceBucket(members['CopySource'])];
  return names.filter((name) => typeof name === 'string');
}

/** Reads the bucket of a path such as `bucket/key?versionId=id`. */
function readSourceBucket(source: unknown): string | undefined {
  return typeof source === 'string' ? source.replace(/^\//, '').split('/')[0] : undefined;
}

function isCarried(name: string, requests: MeantBuckets['requests']): boolean {
  for (const { bucket, input } of requests) if (bucket === name || readBuckets(input).includes(name)) return true;
  return false;
}

/** Buckets that a request of the test created and another one deleted. */
function listBuckets(requests: MeantBuckets['requests']): readonly string[] {
  return [...requests].flatMap(({ bucket, error }) => (error === undefined ? (bucket ?? []) : []));
}

function writePattern(name: string): string {
  return `/^${name.replace(/[^\w-]/g, (character) => `\\${character}`)}$/`;
}
