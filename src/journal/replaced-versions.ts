import { writeKey } from '../text/values';

interface ReplacedVersions {
  readonly bucket: string;
  readonly key: string;
  readonly status: 'Enabled' | 'Suspended' | undefined;
}

/** Says why a key has one version although it was written several times. */
export function writeReplaced({ bucket, key, status }: ReplacedVersions): string {
  const [state, what] =
    status === undefined ? ['no versioning', 'the object'] : ['suspended versioning', 'the null version of'];
  return `Bucket '${bucket}' has ${state}, so each write replaces ${what} ${writeKey(key)}. Set versioning: 'Enabled' in its fixture to keep each write as a version.`;
}
