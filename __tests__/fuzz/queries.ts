import { encoded, inheritedName, keyOf, run, type SeenIds, strangeText, uploadIdOf, versionIdOf } from './names';
import type { Random } from './random';

const parameters: Readonly<Record<string, (random: Random, seen: SeenIds) => string>> = {
  prefix: (random) => random.pick(['', 'folder/', 'r', 'key-0']),
  delimiter: (random) => random.pick(['', '/', '-', 'e']),
  marker: keyOf,
  'start-after': keyOf,
  'key-marker': keyOf,
  'version-id-marker': versionIdOf,
  'upload-id-marker': uploadIdOf,
  'max-keys': number,
  'max-uploads': number,
  'max-parts': number,
  'part-number-marker': number,
  'max-buckets': number,
  partNumber: number,
  'encoding-type': (random) => random.pick(['url', 'URL', '']),
  'continuation-token': (random) => random.pick(['', 'a.b', '.']),
  'fetch-owner': (random) => random.pick(['true', 'false', 'maybe']),
  versionId: versionIdOf,
  uploadId: uploadIdOf,
  'response-content-type': () => 'text/plain',
  'response-expires': () => 'never',
  'list-type': (random) => random.pick(['1', '2', '3']),
  id: (random) => random.pick(['one', 'two', '', inheritedName(random)]),
  'X-Amz-Algorithm': (random) => random.pick(['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256', 'x']),
  'X-Amz-Signature': () => 'abc',
  'X-Amz-Credential': (random) => random.pick(['a/20260101/us-east-1/s3/aws4_request', '////', 'a']),
  'X-Amz-Meta-Note': (random) => `=?${run(random, 4000)}\u2028?q?a?=`,
  Signature: () => 'abc',
  AWSAccessKeyId: () => 'AKID',
  Expires: number,
};

function number(random: Random): string {
  return String(random.pick([0, 1, 2, 10, 1000, 1001, 10_000, -1, 2 ** 31, 2 ** 40, 0.5]));
}

export function queryOf(random: Random, seen: SeenIds): readonly string[] {
  if (random.below(4) < (random.isCalm ? 3 : 1)) return [];
  if (random.chance(0.02)) return random.some(1, 3, () => run(random, 8000)).map((part) => encodeURIComponent(part));
  return random.some(1, 4, () => {
    const [name, value] = random.pick(Object.entries(parameters));
    const text = random.chance(0.85) ? value(random, seen) : strangeText(random);
    return `${random.chance(0.94) ? name : encoded(random, strangeName(random))}=${encoded(random, text)}`;
  });
}

function strangeName(random: Random): string {
  return random.one(
    () => strangeText(random),
    () => inheritedName(random),
    () => `x-amz-meta-${inheritedName(random)}`,
  );
}
