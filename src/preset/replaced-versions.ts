import type { VersioningHistory } from '../model/bucket';
import { writeKey } from '../text/values';

interface ReplacedVersions {
  readonly bucket: string;
  readonly key: string;
  readonly versioning: VersioningHistory;
}

/** Says why a key has one version although it was written several times. */
export function writeReplaced({ bucket, key, versioning }: ReplacedVersions): string {
  const [state, what] =
    versioning.present === undefined
      ? ['no versioning', 'the object']
      : ['suspended versioning', 'the null version of'];
  return `Bucket '${bucket}' has ${state}, so each write replaces ${what} ${writeKey(key)}. ${writeCure(versioning)}`;
}

function writeCure({ first, begun }: VersioningHistory): string {
  if (first !== 'Enabled') return "Set versioning: 'Enabled' in its fixture to keep each write as a version.";
  return begun === 'Enabled'
    ? "Its fixture has versioning: 'Enabled', and this test has changed it."
    : "Its fixture has versioning: 'Enabled', and something outside of a test has changed it, such as a beforeAll of another describe, which lasts to the end of the file: do that in a beforeEach, or in a test.";
}

/** Says why a key that has no object has a delete marker. */
export function writeMarkerAlone(key: string): string {
  return `A delete without a version id adds a delete marker in a bucket with versioning, also to a key without an object. To leave ${writeKey(key)} as it is, delete it only if a HeadObject finds it; to remove a marker, delete it with its VersionId.`;
}
