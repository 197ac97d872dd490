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

interface MarkersAlone {
  readonly key: string;
  readonly versioning: VersioningHistory['present'];
  /** The ids of the delete markers, which are all that the key has. */
  readonly ids: readonly string[];
  /** Whether the key had no object when the first of the deletes came. */
  readonly hadNoObject: boolean;
  /** Whether a delete by a version id is refused if it has no code of an MFA device. */
  readonly needsMfa: boolean;
}

/** Says why a key that has no object has a delete marker. */
export function writeMarkerAlone({ key, versioning, ids, hadNoObject, needsMfa }: MarkersAlone): string {
  // The null version goes without a delete marker only if its id is named, and so does nothing at all.
  if (versioning === 'Suspended' && ids.length === 1 && ids[0] === 'null' && !needsMfa)
    return `The versioning of the bucket is Suspended, so a delete without a version id leaves a null delete marker, in place of the null version if there is one. To leave nothing of ${writeKey(key)}, delete it with VersionId: 'null'.`;
  return hadNoObject && versioning === 'Enabled'
    ? `A delete without a version id adds a delete marker in a bucket with versioning, also to a key without an object. To leave ${writeKey(key)} as it is, delete it only if a HeadObject finds it; to remove a marker, delete it with its VersionId.`
    : 'A delete without a version id adds a delete marker in a bucket with versioning: to remove a marker, delete it with its VersionId.';
}
