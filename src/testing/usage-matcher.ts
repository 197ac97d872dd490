import { writeDifference } from '../journal/difference-text';
import { differencesOf } from '../journal/input-matching';
import type { BucketUsage, UsageOptions } from '../preset/bucket-usage';
import { checkOptionNames } from '../text/member-names';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeGiven, writeValue } from '../text/values';
import { type BucketLike, bucketOf, type MatcherResult } from './bucket-like';

const amount = ['count', 'bytes'] as const;
const ofClass = { versions: amount, current: amount, noncurrent: amount } as const;
/** The members that a test may expect, and theirs. The names of storage classes and prefixes are free. */
const members: Readonly<Record<string, readonly string[] | undefined>> = {
  at: undefined,
  bytes: undefined,
  ...ofClass,
  deleteMarkers: amount,
  restoredCopies: amount,
  uploads: [...amount, 'parts'],
  storageClasses: undefined,
  prefixes: undefined,
};

/** Whether a bucket takes what is expected: any members of what `usage` returns. */
export function toHaveUsage(handle: unknown, expected: unknown, options?: unknown): MatcherResult {
  const bucket = bucketOf(handle, 'toHaveUsage') as BucketLike & { usage(options: unknown): BucketUsage }; // handles of this library have it
  checkExpected(expected);
  const usage = bucket.usage(options as UsageOptions | undefined); // which checks it
  const differences = differencesOf(expected, usage);
  const pass = differences.length === 0;
  const message = () =>
    [
      `Expected bucket '${bucket.name}' ${pass ? 'not ' : ''}to have the usage ${writeValue(expected)}, but it ${pass ? 'has' : 'differs'}.`,
      ...(pass ? [] : [differences.map(writeDifference).join('\n')]),
      String(usage),
    ].join('\n\n');
  return { pass, message };
}

function checkExpected(expected: unknown): void {
  if (isAsymmetric(expected)) return;
  if (!isRecord(expected))
    throw new TypeError(
      `toHaveUsage takes members of what usage() returns: expect(s3.bucket('vault')).toHaveUsage({ noncurrent: { count: 0 } }). It was given ${writeGiven(expected)}.`,
    );
  checkOptionNames('toHaveUsage', expected, Object.keys(members));
  for (const [name, own] of Object.entries(members)) {
    const given = expected[name];
    if (own !== undefined && isRecord(given) && !isAsymmetric(given))
      checkOptionNames(`toHaveUsage: ${name}`, given, own);
  }
}
