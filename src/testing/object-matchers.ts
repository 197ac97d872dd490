import { writeDifference } from '../journal/difference-text';
import { type Difference, differencesOf, fits } from '../journal/input-matching';
import type { StoredVersion } from '../preset/version-copies';
import { drawStack } from '../preset/version-picture';
import { firstLines } from '../text/counts';
import { writeBlock, writeValue } from '../text/values';
import { type MatcherResult, type StackedBucket, stackedBucketOf } from './bucket-like';
import { checkVersionMembers, readExpectedVersions, versionDifferences, writeVersions } from './expected-versions';
import { whyKeyIsSo } from './key-requests';

/** A bucket, and the versions of the key that a test asserts on. */
interface Scene {
  readonly bucket: StackedBucket;
  readonly key: string;
  /** Newest first. */
  readonly stack: readonly StoredVersion[];
}

const mostDifferences = 8;

/** Whether the current version of a key is an object, and matches. */
export function toHaveObject(handle: unknown, key: unknown, expected?: unknown): MatcherResult {
  const scene = sceneOf(handle, key, 'toHaveObject');
  if (expected !== undefined) checkVersionMembers('toHaveObject', expected);
  const what = `to have object ${writeValue(key)}${expected === undefined ? '' : ` with ${writeBlock(expected)}`}`;
  const [current, ...older] = scene.stack;
  if (current === undefined) return matcherResult(scene, false, `${what}, but there is no such key.`);
  const fitting = older.find((one) => !one.deleteMarker && (expected === undefined || fits(expected, one)));
  const hint = fitting && `A noncurrent version matches: ${writeValue(fitting.versionId)}.`;
  if (current.deleteMarker)
    return matcherResult(scene, false, `${what}, but its current version is a delete marker.`, hint);
  const lines = expected === undefined ? [] : differencesOf(expected, current).map(objectDifference);
  if (lines.length === 0) return matcherResult(scene, true, `not ${what}, but it does.`);
  return matcherResult(scene, false, `${what}, but it differs.`, bounded(lines), hint);
}

/** Whether all versions and delete markers of a key match these, oldest first. */
export function toHaveVersions(handle: unknown, key: unknown, given: unknown): MatcherResult {
  const scene = sceneOf(handle, key, 'toHaveVersions');
  const expected = readExpectedVersions('toHaveVersions', given);
  const actual = scene.stack.toReversed();
  const what = `to have the versions ${writeVersions(expected)} of ${writeValue(key)}, oldest first`;
  const lines = versionDifferences(expected, actual);
  if (lines.length === 0) return matcherResult(scene, true, `not ${what}, but it does.`);
  const turned = Array.isArray(expected) && versionDifferences(expected.toReversed(), actual).length === 0;
  const hint = turned
    ? 'It has them in the opposite order. toHaveVersions takes them oldest first, as the literal of mockS3 does.'
    : undefined;
  const why = scene.stack.length === 0 ? 'there is no such key' : 'they differ';
  return matcherResult(scene, false, `${what}, but ${why}.`, bounded(lines), hint ?? hintAtIds(expected, scene.stack));
}

/** Whether the current version of a key is a delete marker. */
export function toHaveDeleteMarker(handle: unknown, key: unknown): MatcherResult {
  const scene = sceneOf(handle, key, 'toHaveDeleteMarker');
  const what = `to have a delete marker as the current version of ${writeValue(key)}`;
  const [current] = scene.stack;
  if (current?.deleteMarker) return matcherResult(scene, true, `not ${what}, but it does.`);
  return matcherResult(scene, false, `${what}, but ${current ? 'it is an object' : 'there is no such key'}.`);
}

/** A text is the body of a version; whoever writes an id for it means the version. */
function hintAtIds(expected: unknown, stack: readonly StoredVersion[]): string | undefined {
  const texts: readonly unknown[] = Array.isArray(expected) ? expected : [];
  const id = stack.find(({ versionId }) => texts.includes(versionId))?.versionId;
  return id === undefined
    ? undefined
    : `A text is the body of a version. Its id is written { versionId: ${writeValue(id)} }.`;
}

function sceneOf(handle: unknown, key: unknown, matcher: string): Scene {
  const bucket = stackedBucketOf(handle, matcher);
  if (typeof key !== 'string')
    throw new TypeError(
      `${matcher} takes a key: expect(s3.bucket('vault')).${matcher}('report.pdf'). It was given ${writeValue(key)}.`,
    );
  return { bucket, key, stack: bucket.versions(key) };
}

/** Below the message is a picture of the key's versions; if the key has none, of the bucket. */
function matcherResult(
  { bucket, key, stack }: Scene,
  pass: boolean,
  headline: string,
  ...more: readonly (string | undefined)[]
): MatcherResult {
  const message = () => {
    const picture = stack.length > 0 ? drawStack(stack) : String(bucket);
    const parts = [`Expected bucket '${bucket.name}' ${headline}`, ...more, picture, ...whyKeyIsSo(bucket, key)];
    return parts.filter((part) => part !== undefined).join('\n\n');
  };
  return { pass, message };
}

function objectDifference(one: Difference): string {
  return writeDifference(one.path === '' ? { ...one, path: 'the object' } : one);
}

function bounded(lines: readonly string[]): string {
  return firstLines(lines, mostDifferences, 'difference')
    .map((line) => `- ${line}`)
    .join('\n');
}
