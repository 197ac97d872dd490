import type { Bucket } from '../model/bucket';

/** A bucket as text, for a person: its name and what is set on it. */
export function drawBucket({ name, versioning, location, objectLock }: Bucket): string {
  const { Status, MFADelete } = versioning;
  const traits = [
    Status === undefined ? 'versioning never set' : `versioning ${Status}`,
    ...(MFADelete === undefined ? [] : [`MFA Delete ${MFADelete}`]),
    ...(objectLock ? ['object lock'] : []),
    ...(location === undefined ? [] : [location]),
  ];
  return `${name}  ${traits.join(', ')}`;
}
