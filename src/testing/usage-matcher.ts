import { writeDifference } from '../journal/difference-text';
import { differencesOf } from '../journal/input-matching';
import type { BucketUsage, UsageOptions } from '../preset/usage';
import { structure } from '../shapes/elements';
import type { Members } from '../shapes/shape';
import { date, long, ranging } from '../shapes/values';
import { checkExpectedKinds } from '../text/expected-values';
import { checkOptionNames } from '../text/member-names';
import { checkPlainValues } from '../text/plain-values';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeGiven, writeValue } from '../text/values';
import { type BucketLike, bucketOf, type MatcherResult } from './bucket-like';

const number = ranging(long, [0, Number.POSITIVE_INFINITY]);
const amount = structure({ count: number, bytes: number });
const ofClass = {
  versions: amount,
  current: amount,
  noncurrent: amount,
  belowMinimumSize: amount,
  belowMinimumDays: amount,
  archiveMetadata: structure({ count: number, bytes: number, standardBytes: number }),
};
const ofPrefix = {
  bytes: number,
  ...ofClass,
  deleteMarkers: amount,
  restoredCopies: amount,
  uploads: structure({ count: number, bytes: number, parts: number }),
};

/** Members that have a part for each name, and the members of a part. */
const named = { storageClasses: ofClass, prefixes: { ...ofPrefix, storageClasses: structure({}) } };

/** The members that a test may expect. */
const members: Members = { at: date, ...ofPrefix, storageClasses: structure({}), prefixes: structure({}) };

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
  checkUsage('toHaveUsage', members, expected);
  for (const [name, ofPart] of Object.entries(named))
    for (const [part, given] of Object.entries(expected[name] ?? {}))
      checkUsage(`toHaveUsage: ${name}, ${writeGiven(part)}`, ofPart, given);
}

function checkUsage(at: string, known: Members, expected: unknown): void {
  checkPlainValues(at, expected);
  checkExpectedKinds(at, structure(known), expected);
  if (!isRecord(expected) || isAsymmetric(expected)) return;
  checkOptionNames(at, expected, Object.keys(known));
  for (const [name, shape] of Object.entries(known)) {
    const given = expected[name];
    const isNamed = Object.hasOwn(named, name);
    if (!isNamed && shape.kind === 'structure' && isRecord(given) && !isAsymmetric(given))
      checkOptionNames(`${at}: ${name}`, given, Object.keys(shape.members));
  }
}
